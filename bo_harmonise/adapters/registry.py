"""Find adapters: those of the package and, beside them, those of a user's own folder."""

from difflib import get_close_matches
from pathlib import Path

from bo_harmonise.adapters.spec import Adapter, load
from bo_harmonise.errors import AdapterError

_BUILT_IN = Path(__file__).resolve().parent


def find_adapters(extra: Path | None = None) -> dict[str, Adapter]:
    """All adapters by name; a user's adapter takes the place of a built-in one of the same name."""
    found: dict[str, Adapter] = {}
    for root in (_BUILT_IN, extra):
        if root is None:
            continue
        if not root.is_dir():
            raise AdapterError(f"{root} is no folder.", hint="--adapters takes a folder of adapter folders.")
        for path in sorted(root.glob("*/adapter.toml")):
            adapter = load(path.parent)
            found[adapter.name] = adapter
    return found


def get_adapter(name: str, adapters: dict[str, Adapter]) -> Adapter:
    """Return one adapter by name; AdapterError suggests what may have been meant."""
    if name in adapters:
        return adapters[name]
    close = get_close_matches(name, adapters, n=1)
    hint = f"Did you mean {close[0]}?" if close else "Known: " + ", ".join(adapters)
    raise AdapterError(f"there is no adapter {name!r}.", hint=hint)
