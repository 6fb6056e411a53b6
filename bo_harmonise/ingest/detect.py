"""Find which adapter, and which of its files, an input is: by content, then by name."""

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bo_harmonise.adapters.spec import Adapter, FileSpec
from bo_harmonise.errors import UnknownFileError
from bo_harmonise.read.containers import Member, encoding_of, head, members

_DATE = re.compile(r"(?<!\d)(\d{4})-?(\d{2})-?(\d{2})(?!\d)")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_SKIPPED_NAMES = {"readme.md", "readme.txt", "licence", "license", "datapackage.json"}


@dataclass(frozen=True)
class Found:
    """An input and what it is."""

    member: Member
    adapter: Adapter
    spec: FileSpec


def expand(paths: Iterable[Path]) -> list[Path]:
    """Return the files among `paths` and below folders, in order; hidden and read-me files are left out."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [
                item
                for item in sorted(path.rglob("*"))
                if item.is_file()
                and item.name.lower() not in _SKIPPED_NAMES
                and not any(part.startswith(".") for part in item.relative_to(path).parts)
            ]
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def identify(path: Path, adapters: dict[str, Adapter], *, forced: Adapter | None = None) -> list[Found]:
    """Return what each readable file in `path` is.

    Content decides; where several kinds fit, the one whose name patterns fit the file's name is taken.
    UnknownFileError lists the registers that are known and how to force one.
    """
    candidates = {forced.name: forced} if forced else adapters
    found = members(path)
    if len(found) > 1:
        found = [member for member in found if member.name.lower() not in _SKIPPED_NAMES]
    return [_identify(member, candidates, forced=forced is not None) for member in found]


def _identify(member: Member, adapters: dict[str, Adapter], *, forced: bool) -> Found:
    raw = head(member)
    fitting: list[tuple[bool, Found]] = []
    named: list[Found] = []
    for adapter in adapters.values():
        for spec in adapter.files:
            found = Found(member, adapter, spec)
            by_name = spec.fits_name(member.name) or spec.fits_name(member.path.name)
            if spec.fits_content(_as_declared(_text(raw, spec.encoding), spec)):
                fitting.append((by_name, found))
            elif by_name:
                named.append(found)
    if fitting:
        best = [found for by_name, found in fitting if by_name] or [found for _, found in fitting]
        if len(best) == 1 or len({f.adapter.name for f in best}) == 1:
            return best[0]
        raise UnknownFileError(
            f"{member.label} fits several adapters: {', '.join(sorted({f.adapter.name for f in best}))}.",
            hint="Say which: --adapter NAME",
        )
    if forced and len(named) == 1:
        return named[0]
    if not raw:
        raise UnknownFileError(f"{member.label} is empty.", hint="Fetch the file again, or leave it out")
    known = "\n".join(f"  {a.name:<10} {a.title}" for a in adapters.values())
    looks = (
        f" Its name is that of {named[0].adapter.name} ({named[0].spec.title}), its content is not."
        if named
        else ""
    )
    begin = _text(raw, "utf-8")[:80].replace("\n", "⏎")
    raise UnknownFileError(
        f"no adapter knows {member.label}.{looks} It begins: {begin!r}. Known registers:\n{known}",
        hint="Name the register with --adapter NAME, or write an adapter: bo-harmonise adapters new NAME",
    )


def _text(raw: bytes, encoding: str) -> str:
    decoder = codecs.getincrementaldecoder(encoding_of(raw, encoding))(errors="replace")
    return decoder.decode(raw).removeprefix("\ufeff")


def _as_declared(text: str, spec: FileSpec) -> str:
    """Put the delimiter that the adapter declares where a `sep=` line names another one."""
    mark = text.partition("\n")[0].rstrip("\r")
    if spec.format == "csv" and mark.lower().startswith("sep=") and len(mark) == len("sep=;"):
        return text.replace(mark[-1], spec.delimiter)
    return text


def date_in_name(member: Member) -> date | None:
    """Return the date in the name of the content, the file or the two folders above it."""
    parents = [parent.name for parent in list(member.path.resolve().parents)[:2]]
    for name in (member.name, member.path.name, *parents):
        for parts in _DATE.findall(name):
            found = valid_date("-".join(parts))
            if found and _FIRST_YEAR <= found.year <= _LAST_YEAR:
                return found
    return None


def valid_date(text: str) -> date | None:
    """Return the date written as YYYY-MM-DD; None when there is no such day.

    >>> valid_date("2026-02-28"), valid_date("2026-02-30")
    (datetime.date(2026, 2, 28), None)
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
