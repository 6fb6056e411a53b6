"""Write every register of the sample world under the names that the registers give their files."""

from datetime import datetime
from pathlib import Path

from bo_harmonise.world.samples import (
    bods_offshore,
    bods_older,
    dk_cvr,
    gb_companies,
    gb_psc,
    gleif,
    lv_ur,
    sk_rpvs,
)
from bo_harmonise.world.samples.answers import write_answers
from bo_harmonise.world.samples.numbers import DATE
from bo_harmonise.world.writers import bods as bods_writer
from bo_harmonise.world.writers import bods_flat as bods_flat_writer
from bo_harmonise.world.writers import dk_cvr as dk_cvr_writer
from bo_harmonise.world.writers import gb_companies as gb_companies_writer
from bo_harmonise.world.writers import gb_psc as gb_psc_writer
from bo_harmonise.world.writers import gleif as gleif_writer
from bo_harmonise.world.writers import gleif_csv as gleif_csv_writer
from bo_harmonise.world.writers import lv_ur as lv_ur_writer
from bo_harmonise.world.writers import sk_rpvs as sk_rpvs_writer
from bo_harmonise.world.writers.containers import text_file, zip_member

_AT = datetime.fromisoformat(f"{DATE}T03:40:00+00:00")


def write_samples(out: Path) -> None:
    """Write all files below `out`: one folder a register, and the right answers in `expected`.

    The same bytes every time.
    """
    _write_gb(out / "gb_psc")
    _write_gleif(out / "gleif")
    with text_file(out / "dk_cvr" / f"cvr-permanent-{DATE}.ndjson") as file:
        dk_cvr_writer.write_hits(dk_cvr.COMPANIES, dk_cvr.PEOPLE, file)
    with text_file(out / "sk_rpvs" / f"rpvs-partneri-{DATE}.jsonl") as file:
        sk_rpvs_writer.write_entries(sk_rpvs.ENTRIES, file)
    _write_lv(out / "lv_ur" / DATE)
    _write_bods(out / "bods")
    write_answers(out / "expected")


def _write_gb(folder: Path) -> None:
    stem = f"persons-with-significant-control-snapshot-{DATE}"
    with zip_member(folder / f"{stem}.zip", f"{stem}.txt", _AT) as out:
        gb_psc_writer.write_psc(gb_psc.RECORDS, out, _AT)
    stem = f"BasicCompanyData-{DATE}-part1_1"
    with zip_member(folder / f"{stem}.zip", f"{stem}.csv", _AT) as out:
        gb_companies_writer.write_basic_company_data(gb_companies.COMPANIES, out)


def _write_lv(folder: Path) -> None:
    with text_file(folder / "register.csv") as out:
        lv_ur_writer.write_register(lv_ur.COMPANIES, out)
    for name, row_type, rows in (
        ("register_name_history", lv_ur_writer.FormerName, lv_ur.FORMER_NAMES),
        ("beneficial_owners", lv_ur_writer.BeneficialOwner, lv_ur.BENEFICIAL_OWNERS),
        ("members", lv_ur_writer.Member, lv_ur.MEMBERS),
        ("members_joint_owners", lv_ur_writer.JointOwner, lv_ur.JOINT_OWNERS),
        ("stockholders", lv_ur_writer.Stockholder, lv_ur.STOCKHOLDERS),
        ("officers", lv_ur_writer.Officer, lv_ur.OFFICERS),
    ):
        with text_file(folder / f"{name}.csv") as out:
            lv_ur_writer.write_rows(rows, row_type, out)


def _write_gleif(folder: Path) -> None:
    morning, evening = (
        f"{DATE.replace('-', '')}-{time}-gleif-goldencopy-{{}}-golden-copy" for time in ("0800", "1600")
    )
    stem = morning.format("lei2")
    with zip_member(folder / f"{stem}.xml.zip", f"{stem}.xml", _AT) as out:
        gleif_writer.write_lei_xml(gleif.RECORDS, out, _AT)
    stem = morning.format("rr")
    with zip_member(folder / f"{stem}.csv.zip", f"{stem}.csv", _AT) as out:
        gleif_csv_writer.write_rr_csv(gleif.RELATIONSHIPS, out)
    with text_file(folder / f"{morning.format('repex')}.xml") as out:
        gleif_writer.write_repex_xml(gleif.EXCEPTIONS, out, _AT)
    with text_file(folder / f"{evening.format('lei2')}.csv") as out:
        gleif_csv_writer.write_lei_csv(gleif.LATER_RECORDS, out)
    with text_file(folder / f"{evening.format('rr')}.xml") as out:
        gleif_writer.write_rr_xml(gleif.LATER_RELATIONSHIPS, out, _AT)


def _write_bods(folder: Path) -> None:
    with text_file(folder / f"offshore-pilot-bods-0.4-{DATE}.jsonl") as out:
        bods_writer.write_json_lines(bods_offshore.STATEMENTS, bods_offshore.PUBLISHER, out)
    with text_file(folder / f"belmarra-procurement-bods-0.3-{DATE}.json") as out:
        bods_flat_writer.write_flat_array(
            bods_older.PROCUREMENT_STATEMENTS, bods_older.PROCUREMENT, out, "0.3"
        )
    with text_file(folder / f"extractives-bods-0.2-{DATE}.json") as out:
        bods_flat_writer.write_flat_array(
            bods_older.EXTRACTIVES_STATEMENTS, bods_older.EXTRACTIVES, out, "0.2"
        )
