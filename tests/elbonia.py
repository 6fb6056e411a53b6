"""A register of one company, one person and one stake, for tests that call commands."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from bo_harmonise import cli


def call(*arguments: str | Path) -> list[dict[str, Any]]:
    result = CliRunner().invoke(cli.cli, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout) if result.stdout.startswith("[") else []


def statement(kind: str, key: str, day: str, **details: Any) -> dict[str, Any]:
    return {
        "statementId": f"statement-{kind}-{key}-{day}-0123456789abcdef",
        "declarationSubject": "company-record",
        "statementDate": day,
        "recordId": f"{key}-record",
        "recordType": kind,
        "recordStatus": "new",
        "recordDetails": details,
        "publicationDetails": {
            "publicationDate": day,
            "bodsVersion": "0.4",
            "publisher": {"name": "Register of Elbonia"},
        },
    }


def delivery(path: Path, day: str, share: float, publisher: str = "Elbonia") -> Path:
    """One person, one company, and the stake, without a date of its own."""
    rows = [
        statement(
            "entity",
            "company",
            day,
            isComponent=False,
            entityType={"type": "registeredEntity"},
            name="Quillmere Ferries",
            identifiers=[{"scheme": "XX-REG", "id": "4711"}],
        ),
        statement(
            "person",
            "person",
            day,
            isComponent=False,
            personType="knownPerson",
            names=[{"type": "individual", "fullName": "Tessaly Brandrethe"}],
            birthDate="1970-02-03",
        ),
        statement(
            "relationship",
            "stake",
            day,
            isComponent=False,
            subject="company-record",
            interestedParty="person-record",
            interests=[{"type": "shareholding", "directOrIndirect": "direct", "share": {"exact": share}}],
        ),
    ]
    for row in rows:
        row["publicationDetails"]["publisher"]["name"] = f"Register of {publisher}"
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path
