"""Latvia, Uzņēmumu reģistrs: the daily CSV files (REGISTERS.md section 5).

Every file begins with the line `sep=;`. Values follow the rule of PostgreSQL's COPY: an unknown value is
nothing at all, an empty text is `""`, quotes stand only where the value needs them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TextIO

from bo_harmonise.world.check_digits import sepa_creditor

_REGISTER_TYPES = {
    "K": "Komercreģistrs",
    "U": "Uzņēmumu reģistra žurnāls",
    "B": "Biedrību un nodibinājumu reģistrs",
    "C": "Pārstāvniecību reģistrs",
}
_TYPES = {
    "SIA": ("K", "Sabiedrība ar ierobežotu atbildību"),
    "AS": ("K", "Akciju sabiedrība"),
    "IK": ("K", "Individuālais komersants"),
    "PS": ("K", "Pilnsabiedrība"),
    "KS": ("K", "Komandītsabiedrība"),
    "FIL": ("K", "Filiāle"),
    "AKF": ("K", "Ārvalsts komersanta filiāle"),
    "ZEM": ("U", "Zemnieku saimniecība"),
    "IND": ("U", "Individuālais uzņēmums"),
    "KB": ("U", "Kooperatīvā sabiedrība"),
    "BDR": ("B", "Biedrība"),
    "NOD": ("B", "Nodibinājums"),
    "PAR": ("C", "Ārvalsts komersanta pārstāvniecība"),
}

_REGISTER_HEADER = (
    "regcode;sepa;name;name_before_quotes;name_in_quotes;name_after_quotes;without_quotes;regtype;regtype_text;"
    "type;type_text;registered;terminated;closed;address;index;addressid;region;city;atvk;reregistration_term"
)


@dataclass(frozen=True, kw_only=True)
class Company:
    """One row of `register.csv`. `before`, `inside`, `after` are the parts of the name around its quotes."""

    regcode: str
    inside: str
    type: str = "SIA"
    before: str = "SIA"
    after: str = ""
    without_quotes: bool = False
    registered: str = "2015-01-05"
    terminated: str | None = None
    closed: str = " "
    address: str = ""
    index: str | None = None
    address_id: str = "100000000"
    region: str = "0"
    city: str = "100003003"
    atvk: str = "0010000"
    has_sepa: bool = True

    @property
    def name(self) -> str:
        """The whole name, as the register writes it.

        >>> Company(regcode="40203999006", inside="Krasta Osta").name
        'SIA "Krasta Osta"'
        """
        inside = self.inside if self.without_quotes else f'"{self.inside}"'
        return " ".join(part for part in (self.before, inside, self.after) if part)


@dataclass(frozen=True, kw_only=True)
class FormerName:
    """One row of `register_name_history.csv`."""

    regcode: str
    date_to: str
    name: str


@dataclass(frozen=True, kw_only=True)
class BeneficialOwner:
    """One row of `beneficial_owners.csv`; it holds current owners only, with no share and no end."""

    id: int
    legal_entity_registration_number: str
    forename: str
    surname: str
    latvian_identity_number_masked: str = ""
    birth_date: str = ""
    nationality: str = "LV"
    residence: str = "LV"
    registered_on: str = "2018-01-10"
    last_modified_at: str = "2018-01-10 10:15:00"


@dataclass(frozen=True, kw_only=True)
class _Party:
    id: int
    uri: str = ""
    at_legal_entity_registration_number: str
    entity_type: str
    name: str = ""
    latvian_identity_number_masked: str = ""
    birth_date: str = ""
    legal_entity_registration_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Member(_Party):
    """One row of `members.csv` (owners of an SIA). JOINT_OWNERS rows name nobody: see `JointOwner`."""

    number_of_shares: int
    share_nominal_value: str = "1.00"
    share_currency: str = "EUR"
    date_from: str = "2018-01-05"
    registered_on: str = "2018-01-10"
    last_modified_at: str = "2018-01-10 10:15:00"


@dataclass(frozen=True, kw_only=True)
class JointOwner:
    """One row of `members_joint_owners.csv`; `member_id` points to a JOINT_OWNERS row of `members.csv`."""

    id: int
    uri: str = ""
    member_id: int
    entity_type: str
    name: str
    latvian_identity_number_masked: str = ""
    birth_date: str = ""
    legal_entity_registration_number: str = ""
    registered_on: str = "2018-01-10"
    last_modified_at: str = "2018-01-10 10:15:00"


@dataclass(frozen=True, kw_only=True)
class Stockholder(_Party):
    """One row of `stockholders.csv` (owners of an AS)."""

    number_of_shares: int
    share_nominal_value: str = "1.00"
    share_currency: str = "EUR"
    votes: int | None = None
    stock_type: str = "ORDINARY"
    depository_registration_number: str = ""
    depository_name: str = ""
    date_from: str = "2018-01-05"
    registered_on: str = "2018-01-10"
    last_modified_at: str = "2018-01-10 10:15:00"


@dataclass(frozen=True, kw_only=True)
class Officer:
    """One row of `officers.csv`; `name` is "Surname Forename"."""

    id: int
    uri: str = ""
    at_legal_entity_registration_number: str
    entity_type: str = "NATURAL_PERSON"
    position: str = "BOARD_MEMBER"
    governing_body: str = "EXECUTIVE_BOARD"
    name: str
    latvian_identity_number_masked: str = ""
    birth_date: str = ""
    legal_entity_registration_number: str = ""
    rights_of_representation_type: str = "INDIVIDUALLY"
    representation_with_at_least: int | None = None
    registered_on: str = "2018-01-10"
    last_modified_at: str = "2018-01-10 10:15:00"


Row = FormerName | BeneficialOwner | Member | JointOwner | Stockholder | Officer


def masked_code(birth_date: str) -> str:
    """Return the personal code of someone born on an ISO date as the register masks it.

    >>> masked_code("1974-09-03")
    '030974-*****'
    """
    year, month, day = birth_date.split("-")
    return f"{day}{month}{year[2:]}-*****"


def write_register(companies: Iterable[Company], out: TextIO) -> None:
    """Write `register.csv`."""
    out.write(register_header())
    out.writelines(register_line(company) for company in companies)


def register_header() -> str:
    """Return the first two lines of `register.csv`."""
    return "sep=;\n" + _REGISTER_HEADER + "\n"


def register_line(company: Company) -> str:
    """Return the row of a company in `register.csv`."""
    register_type, type_text = _TYPES[company.type]
    sepa = sepa_creditor("LV", company.regcode) if company.has_sepa else None
    values = (
        company.regcode,
        sepa,
        company.name,
        company.before,
        company.inside,
        company.after,
        str(int(company.without_quotes)),
        register_type,
        _REGISTER_TYPES[register_type],
        company.type,
        type_text,
        company.registered,
        company.terminated,
        company.closed,
        company.address,
        company.index,
        company.address_id,
        company.region,
        company.city,
        company.atvk,
        None,
    )
    return ";".join(_value(value) for value in values) + "\n"


def write_rows(rows: Iterable[Row], row_type: type[Row], out: TextIO) -> None:
    """Write one of the other files: its columns are the fields of `row_type`, in order."""
    out.write(rows_header(row_type))
    out.writelines(row_line(row) for row in rows)


def rows_header(row_type: type[Row]) -> str:
    """Return the first two lines of the file of `row_type`."""
    return "sep=;\n" + ";".join(_names(row_type)) + "\n"


def row_line(row: Row) -> str:
    """Return the line of a row."""
    return ";".join(_value(getattr(row, name)) for name in _names(type(row))) + "\n"


def _names(row_type: type[Row]) -> tuple[str, ...]:
    return tuple(row_type.__dataclass_fields__)


def _value(value: str | int | None) -> str:
    if value is None:
        return ""
    text = str(value)
    if text == "" or any(c in text for c in ';"\n'):
        return '"' + text.replace('"', '""') + '"'
    return text
