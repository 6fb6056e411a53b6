"""Companies House: BasicCompanyData, the monthly CSV of live companies (REGISTERS.md 1.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from bo_harmonise.world.writers.gb_psc import Address

_PREVIOUS_NAMES = 10

# The header is unquoted and, as in life, some of its names begin with a space.
_HEADER = (
    "CompanyName, CompanyNumber,RegAddress.CareOf,RegAddress.POBox,RegAddress.AddressLine1,"
    " RegAddress.AddressLine2,"
    "RegAddress.PostTown,RegAddress.County,RegAddress.Country,RegAddress.PostCode,CompanyCategory,CompanyStatus,"
    "CountryOfOrigin,DissolutionDate,IncorporationDate,Accounts.AccountRefDay,Accounts.AccountRefMonth,"
    "Accounts.NextDueDate,Accounts.LastMadeUpDate,Accounts.AccountCategory,Returns.NextDueDate,"
    "Returns.LastMadeUpDate,Mortgages.NumMortCharges,Mortgages.NumMortOutstanding,Mortgages.NumMortPartSatisfied,"
    "Mortgages.NumMortSatisfied,SICCode.SicText_1,SICCode.SicText_2,SICCode.SicText_3,SICCode.SicText_4,"
    "LimitedPartnerships.NumGenPartners,LimitedPartnerships.NumLimPartners,URI,"
    "PreviousName_1.CONDATE, PreviousName_1.CompanyName, PreviousName_2.CONDATE, PreviousName_2.CompanyName,"
    + "".join(
        f"PreviousName_{n}.CONDATE, PreviousName_{n}.CompanyName," for n in range(3, _PREVIOUS_NAMES + 1)
    )
    + "ConfStmtNextDueDate, ConfStmtLastMadeUpDate"
)


@dataclass(frozen=True, kw_only=True)
class Company:
    """One live company. Dates are ISO here and `dd/mm/yyyy` in the file."""

    number: str
    name: str
    address: Address
    incorporated: str
    category: str = "Private Limited Company"
    status: str = "Active"
    country_of_origin: str = "United Kingdom"
    dissolved: str | None = None
    accounts: str = "MICRO ENTITY"
    sic: tuple[str, ...] = ()
    previous_names: tuple[tuple[str, str], ...] = ()
    charges: int = 0
    general_partners: int = 0
    limited_partners: int = 0
    last_statement: str = "2026-03-01"
    next_statement: str = "2027-03-15"


def write_basic_company_data(companies: Iterable[Company], out: TextIO) -> None:
    """Write header and rows."""
    out.write(header_line())
    out.writelines(company_line(company) for company in companies)


def header_line() -> str:
    """Return the first line of the file."""
    return _HEADER + "\n"


def company_line(company: Company) -> str:
    """Return the row of a company: every value in double quotes, an unknown value as an empty string."""
    return ",".join(f'"{value.replace(chr(34), chr(34) * 2)}"' for value in _row(company)) + "\n"


def _row(company: Company) -> list[str]:
    address = company.address
    first_line = " ".join(part for part in (address.premises, address.address_line_1) if part)
    sic = [*company.sic, "", "", "", ""][:4]
    previous = [value for changed, name in company.previous_names for value in (_date(changed), name.upper())]
    return [
        company.name.upper(),
        company.number,
        *(_capitals(part) for part in (address.care_of, address.po_box, first_line, address.address_line_2)),
        *(_capitals(part) for part in (address.locality, address.region, address.country)),
        address.postal_code or "",
        company.category,
        company.status,
        company.country_of_origin,
        _date(company.dissolved),
        _date(company.incorporated),
        *("31", "3", "31/12/2026", "31/03/2025", company.accounts, "", ""),
        *(str(company.charges), str(company.charges), "0", "0"),
        *sic,
        str(company.general_partners),
        str(company.limited_partners),
        f"http://business.data.gov.uk/id/company/{company.number}",
        *(previous + [""] * (2 * _PREVIOUS_NAMES))[: 2 * _PREVIOUS_NAMES],
        _date(company.next_statement),
        _date(company.last_statement),
    ]


def _capitals(text: str | None) -> str:
    return (text or "").upper()


def _date(iso: str | None) -> str:
    return "/".join(reversed(iso.split("-"))) if iso else ""
