"""Joint holdings: one stake held by several, of which the register gives no parts, in each format.

| adapter | can its format state one? | what becomes of it |
|---|---|---|
| lv_ur | yes: JOINT_OWNERS, their owners in files of their own | an arrangement (test_adapter_lv_ur) |
| bods | yes: an arrangement whose details or name say joint | the arrangement, as stated (here) |
| gb_psc | no: "as firm", "as trust" are through what the person controls | an indirect stake (here) |
| dk_cvr, sk_rpvs, gleif, ftm | no: each owner has a stake of its own | nothing to recognise |

What rules make of one is in test_ownership_rules: in Britain each holder holds all of it, elsewhere an
unknown part.
"""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from elbonia import call, statement

import bo_harmonise

NATURES = Path(bo_harmonise.__file__).parent / "adapters" / "gb_psc" / "natures_of_control.csv"
DAY = "2024-01-10"


def stake(key: str, subject: str, party: str, kind: str, share: float | None = None) -> dict[str, Any]:
    interest: dict[str, Any] = {"type": kind, "directOrIndirect": "direct"}
    if share is not None:
        interest["share"] = {"exact": share}
    return statement(
        "relationship",
        key,
        DAY,
        isComponent=False,
        subject=f"{subject}-record",
        interestedParty=f"{party}-record",
        interests=[interest],
    )


def joint_file(path: Path, details: str) -> Path:
    """Two people hold 60 per cent of a company together, over an arrangement."""
    people = [
        statement(
            "person",
            key,
            DAY,
            isComponent=False,
            personType="knownPerson",
            names=[{"type": "individual", "fullName": name}],
        )
        for key, name in (("one", "Tessaly Brandrethe"), ("two", "Osric Penhalvern"))
    ]
    rows = [
        statement(
            "entity",
            "company",
            DAY,
            isComponent=False,
            entityType={"type": "registeredEntity"},
            name="Quillmere Ferries",
        ),
        statement(
            "entity", "held", DAY, isComponent=False, entityType={"type": "arrangement", "details": details}
        ),
        *people,
        stake("first", "held", "one", "otherInfluenceOrControl"),
        stake("second", "held", "two", "otherInfluenceOrControl"),
        stake("third", "company", "held", "shareholding", 60),
    ]
    path.write_text(json.dumps(rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("details", "british"),
    [("Joint holding of shares", {"yes"}), ("Shares held jointly", {"yes"}), ("Joint venture", {"possible"})],
)
def test_a_joint_holding_in_bods(tmp_path: Path, details: str, british: set[str]) -> None:
    workspace = tmp_path / "ws"
    call(
        "ingest",
        joint_file(tmp_path / "elbonia.json", details),
        "-w",
        workspace,
        "--snapshot",
        DAY,
        "--quiet",
    )
    call("build", "-w", workspace, "--as-of", "2024-06-01", "--quiet")
    last = ("-w", workspace, "--format", "json")
    shares = {
        row["owner_name"]: (row["share_min"], row["share_max"])
        for row in call("owners", "Quillmere Ferries", *last)
        if row["kind"] == "person" and row["dimension"] == "economic"
    }
    assert shares == {"Tessaly Brandrethe": (0, 60), "Osric Penhalvern": (0, 60)}
    rows = call("owners", "Quillmere Ferries", "--rule", "uk-owned-or-controlled", *last)
    assert {row["verdict"] for row in rows if row["kind"] == "person"} == british
    rows = call("owners", "Quillmere Ferries", "--rule", "ofac-50", *last)
    assert {row["verdict"] for row in rows if row["kind"] == "person"} == {"unknown"}


def test_british_natures_as_firm_and_as_trust_are_stakes_of_the_person_and_no_joint_holdings() -> None:
    """Each says what the nature without it says, of the same size, but indirect."""
    with NATURES.open(encoding="utf-8", newline="") as stream:
        rows = {row["slug"]: row for row in csv.DictReader(stream)}
    through = {slug: row for slug, row in rows.items() if "-as-firm" in slug or "-as-trust" in slug}
    assert len(through) > 20
    size = ("type", "share_min", "share_max", "share_min_exclusive")
    compared = 0
    for slug, row in through.items():
        assert "joint" not in slug
        plain = rows.get(slug.replace("-as-firm", "").replace("-as-trust", ""))
        if plain is not None:
            assert [row[name] for name in size] == [plain[name] for name in size]
            compared += 1
        assert row["direct_or_indirect"] == "indirect", slug
    assert compared > 20
