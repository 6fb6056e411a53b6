"""Write the truth about a world as Parquet: who is who, who holds what, and the right answers."""

from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from bo_harmonise.world.answers import Effective, Shown
from bo_harmonise.world.model import Arrangement, Cell, Party, Person

_TEXT, _LIST, _SHARE = pa.string(), pa.list_(pa.string()), pa.float64()

TABLES: dict[str, pa.Schema] = {
    "record": pa.schema(
        {"record_id": _TEXT, "party_id": _TEXT, "kind": _TEXT, "register": _TEXT, "phenomena": _LIST}
    ),
    "party": pa.schema(
        {
            "party_id": _TEXT,
            "kind": _TEXT,
            "name": _TEXT,
            "latin_name": _TEXT,
            "country": _TEXT,
            "culture": _TEXT,
            "birth_date": _TEXT,
            "pattern": _TEXT,
            "cell": pa.int64(),
            "phenomena": _LIST,
        }
    ),
    "stake": pa.schema(
        {
            "owner": _TEXT,
            "company": _TEXT,
            "share": _SHARE,
            "role": _TEXT,
            "start_date": _TEXT,
            "end_date": _TEXT,
            "registers": _LIST,
        }
    ),
    "ultimate_owner": pa.schema(
        {"owner": _TEXT, "company": _TEXT, "share": _SHARE, "is_shown": pa.bool_(), "pattern": _TEXT}
    ),
    "hidden_common_owner": pa.schema(
        {
            "owner": _TEXT,
            "company_l": _TEXT,
            "company_r": _TEXT,
            "registers": _LIST,
            "registers_needed": pa.int64(),
            "share_l": _SHARE,
            "share_r": _SHARE,
            "status": _TEXT,
            "pattern": _TEXT,
        }
    ),
    "pattern": pa.schema({"cell": pa.int64(), "pattern": _TEXT, "phenomenon": _TEXT, "parties": _LIST}),
}
"""Columns of the truth tables; docs/world.md says what they mean."""

_ROWS_AT_ONCE = 50_000


class TruthWriter:
    """Write the truth tables, some rows at a time."""

    def __init__(self, folder: Path, registers: tuple[str, ...]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._registers = registers
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self._files = {
            name: pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            for name, schema in TABLES.items()
        }
        self.counts = dict.fromkeys(TABLES, 0)

    def __enter__(self) -> Self:
        """Return self."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Write what is left and close the files."""
        for name, file in self._files.items():
            if kind is None:
                self._flush(name)
            file.close()

    def add(self, cell: Cell) -> None:
        """Add what is true of a cell."""
        parties: list[Party] = [*cell.people, *cell.companies, *cell.arrangements]
        for party in parties:
            self._add("party", _party(cell, party))
        for record_id, record in cell.records.items():
            self._add(
                "record",
                {
                    "record_id": record_id,
                    "party_id": record.party.party_id,
                    "kind": _kind(record.party),
                    "register": record.register,
                    "phenomena": sorted(record.phenomena),
                },
            )
        shown_in: dict[tuple[str, str], set[str]] = {}
        for owner, company, register in cell.shown:
            shown_in.setdefault((owner.party_id, company.party_id), set()).add(register)
        for stake in cell.stakes:
            pair = (stake.owner.party_id, stake.company.party_id)
            registers = sorted(shown_in.get(pair, ())) if stake.end is None else []
            self._add(
                "stake",
                {
                    "owner": pair[0],
                    "company": pair[1],
                    "share": stake.share,
                    "role": stake.role,
                    "start_date": stake.start,
                    "end_date": stake.end,
                    "registers": registers,
                },
            )
        for phenomenon, planted in cell.planted:
            ids = [party.party_id for party in planted]
            row = {"cell": cell.number, "pattern": cell.pattern, "phenomenon": phenomenon, "parties": ids}
            self._add("pattern", row)
        self._answers(cell)

    def _answers(self, cell: Cell) -> None:
        effective, shown = Effective(cell), Shown(cell, self._registers)
        for person, company, share in effective.of_people():
            self._add(
                "ultimate_owner",
                {
                    "owner": person.party_id,
                    "company": company.party_id,
                    "share": share,
                    "is_shown": shown.leads(person, company),
                    "pattern": cell.pattern,
                },
            )
        for row in shown.common_owners(effective):
            self._add(
                "hidden_common_owner",
                {
                    "owner": row.owner.party_id,
                    "company_l": row.company_l.party_id,
                    "company_r": row.company_r.party_id,
                    "registers": list(row.registers),
                    "registers_needed": len(row.registers),
                    "share_l": row.share_l,
                    "share_r": row.share_r,
                    "status": row.status,
                    "pattern": cell.pattern,
                },
            )

    def _add(self, table: str, row: dict[str, Any]) -> None:
        self._rows[table].append(row)
        self.counts[table] += 1
        if len(self._rows[table]) >= _ROWS_AT_ONCE:
            self._flush(table)

    def _flush(self, table: str) -> None:
        self._files[table].write_table(pa.Table.from_pylist(self._rows[table], schema=TABLES[table]))
        self._rows[table] = []


def _kind(party: Party) -> str:
    return "person" if isinstance(party, Person) else "entity"


def _party(cell: Cell, party: Party) -> dict[str, Any]:
    row = {
        "party_id": party.party_id,
        "kind": _kind(party),
        "pattern": cell.pattern,
        "cell": cell.number,
        "phenomena": sorted(party.phenomena),
    }
    if isinstance(party, Person):
        return row | {
            "name": party.name.full,
            "country": party.nationality,
            "culture": party.name.culture,
            "birth_date": party.birth,
        }
    if isinstance(party, Arrangement):
        return row | {"name": party.name, "country": party.country, "phenomena": [party.kind]}
    return row | {"name": party.name.native, "latin_name": party.name.latin, "country": party.country}
