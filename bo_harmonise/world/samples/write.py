"""Write every register of the sample world under the names that the registers give their files."""

from datetime import datetime
from pathlib import Path

from bo_harmonise.world.samples import gb_companies, gb_psc, lv_ur
from bo_harmonise.world.samples.numbers import DATE
from bo_harmonise.world.writers import gb_companies as gb_companies_writer
from bo_harmonise.world.writers import gb_psc as gb_psc_writer
from bo_harmonise.world.writers import lv_ur as lv_ur_writer
from bo_harmonise.world.writers.containers import text_file, zip_member

_AT = datetime.fromisoformat(f"{DATE}T03:40:00+00:00")


def write_samples(out: Path) -> None:
    """Write all files below `out`, one folder a register; the same bytes every time."""
    _write_gb(out / "gb_psc")
    _write_lv(out / "lv_ur" / DATE)


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
