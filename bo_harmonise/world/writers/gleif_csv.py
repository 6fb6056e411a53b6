"""GLEIF golden copies as CSV: level 1 and relationship records, all columns of the published files.

Columns are paths of the XML, repeats are numbered from 1 to 5; all values stand in double quotes.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import TextIO

from bo_harmonise.world.writers.gleif import MANAGING_LOU, Address, LeiRecord, RelationshipRecord, moment

_REPEATS = range(1, 6)
_ADDRESS = (
    "FirstAddressLine",
    "AddressNumber",
    "AddressNumberWithinBuilding",
    "MailRouting",
    *(f"AdditionalAddressLine.{n}" for n in range(1, 4)),
    "City",
    "Region",
    "Country",
    "PostalCode",
)
_EVENT = (
    "group_type",
    "event_status",
    "LegalEntityEventType",
    "LegalEntityEventEffectiveDate",
    "LegalEntityEventRecordedDate",
    "ValidationDocuments",
)
_REGISTRATION = (
    "Registration.InitialRegistrationDate",
    "Registration.LastUpdateDate",
    "Registration.RegistrationStatus",
    "Registration.NextRenewalDate",
    "Registration.ManagingLOU",
    "Registration.ValidationSources",
)


def lei_columns() -> list[str]:
    """Return the header of the level 1 file."""
    return ["LEI", *_entity_columns(), *_REGISTRATION, *_validation_columns(), "ConformityFlag"]


def rr_columns() -> list[str]:
    """Return the header of the relationship file.

    >>> len(rr_columns())
    54
    """
    relationship = "Relationship"
    return [
        *(f"{relationship}.{n}Node.{c}" for n in ("Start", "End") for c in ("NodeID", "NodeIDType")),
        f"{relationship}.RelationshipType",
        f"{relationship}.RelationshipStatus",
        *(f"{relationship}.Period.{n}.{c}" for n in _REPEATS for c in ("startDate", "endDate", "periodType")),
        *(
            f"{relationship}.Qualifiers.{n}.{c}"
            for n in _REPEATS
            for c in ("QualifierDimension", "QualifierCategory")
        ),
        *(
            f"{relationship}.Quantifiers.{n}.{c}"
            for n in _REPEATS
            for c in ("MeasurementMethod", "QuantifierAmount", "QuantifierUnits")
        ),
        *_REGISTRATION,
        "Registration.ValidationDocuments",
        "Registration.ValidationReference",
    ]


def write_lei_csv(records: Iterable[LeiRecord], out: TextIO) -> None:
    """Write level 1 records as CSV."""
    out.write(lei_header())
    out.writelines(lei_line(record) for record in records)


def write_rr_csv(records: Iterable[RelationshipRecord], out: TextIO) -> None:
    """Write relationship records as CSV."""
    out.write(rr_header())
    out.writelines(rr_line(record) for record in records)


def lei_header() -> str:
    """Return the first line of the level 1 file."""
    return _line(_places(lei_columns))


def lei_line(record: LeiRecord) -> str:
    """Return the row of a level 1 record."""
    return _row(_places(lei_columns), _lei_values(record))


def rr_header() -> str:
    """Return the first line of the relationship file."""
    return _line(_places(rr_columns))


def rr_line(record: RelationshipRecord) -> str:
    """Return the row of a relationship record."""
    return _row(_places(rr_columns), _rr_values(record))


def _entity_columns() -> Iterator[str]:
    yield from ("Entity.LegalName", "Entity.LegalName.xmllang")
    for path in (
        "Entity.OtherEntityNames.OtherEntityName",
        "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName",
    ):
        yield from (f"{path}.{n}{suffix}" for n in _REPEATS for suffix in ("", ".xmllang", ".type"))
    for path in ("Entity.LegalAddress", "Entity.HeadquartersAddress"):
        yield from (f"{path}.{c}" for c in ("xmllang", *_ADDRESS))
    for path in (
        "Entity.OtherAddresses.OtherAddress",
        "Entity.TransliteratedOtherAddresses.TransliteratedOtherAddress",
    ):
        yield from (f"{path}.{n}.{c}" for n in _REPEATS for c in ("xmllang", "type", *_ADDRESS))
    authority = "RegistrationAuthority"
    yield from (f"Entity.{authority}.{c}" for c in (f"{authority}ID", f"Other{authority}ID"))
    yield from (
        f"Entity.{authority}.{authority}EntityID",
        "Entity.LegalJurisdiction",
        "Entity.EntityCategory",
        "Entity.EntitySubCategory",
        "Entity.LegalForm.EntityLegalFormCode",
        "Entity.LegalForm.OtherLegalForm",
        "Entity.AssociatedEntity.type",
        "Entity.AssociatedEntity.AssociatedLEI",
        "Entity.AssociatedEntity.AssociatedEntityName",
        "Entity.AssociatedEntity.AssociatedEntityName.xmllang",
        "Entity.EntityStatus",
        "Entity.EntityCreationDate",
        "Entity.EntityExpirationDate",
        "Entity.EntityExpirationReason",
    )
    for n in _REPEATS:
        path = f"Entity.SuccessorEntity.{n}"
        yield from (
            f"{path}.{c}" for c in ("SuccessorLEI", "SuccessorEntityName", "SuccessorEntityName.xmllang")
        )
    for n in _REPEATS:
        yield from (f"Entity.LegalEntityEvents.LegalEntityEvent.{n}.{c}" for c in _EVENT)


def _validation_columns() -> Iterator[str]:
    columns = ("ValidationAuthorityID", "OtherValidationAuthorityID", "ValidationAuthorityEntityID")
    yield from (f"Registration.ValidationAuthority.{c}" for c in columns)
    for n in _REPEATS:
        path = f"Registration.OtherValidationAuthorities.OtherValidationAuthority.{n}"
        yield from (f"{path}.{c}" for c in columns)


def _lei_values(record: LeiRecord) -> dict[str, str | None]:
    values: dict[str, str | None] = {
        "LEI": record.lei,
        "Entity.LegalName": record.name,
        "Entity.LegalName.xmllang": record.language,
        "Entity.RegistrationAuthority.RegistrationAuthorityID": record.authority,
        "Entity.RegistrationAuthority.OtherRegistrationAuthorityID": record.other_authority,
        "Entity.RegistrationAuthority.RegistrationAuthorityEntityID": record.authority_entity_id,
        "Entity.LegalJurisdiction": record.jurisdiction,
        "Entity.EntityCategory": record.category,
        "Entity.LegalForm.EntityLegalFormCode": record.form_code,
        "Entity.LegalForm.OtherLegalForm": record.other_form,
        "Entity.EntityStatus": record.status,
        "Entity.EntityCreationDate": record.created and moment(record.created),
        "Entity.SuccessorEntity.1.SuccessorLEI": record.successor_lei,
        **_registration(record),
        "Registration.ValidationSources": record.validation,
        "Registration.ValidationAuthority.ValidationAuthorityID": record.authority,
        "Registration.ValidationAuthority.ValidationAuthorityEntityID": record.authority_entity_id,
        "ConformityFlag": "CONFORMING",
    }
    if record.expired:
        values["Entity.EntityExpirationDate"] = moment(record.expired[0])
        values["Entity.EntityExpirationReason"] = record.expired[1]
    for path, names in (
        ("Entity.OtherEntityNames.OtherEntityName", record.other_names),
        ("Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName", record.transliterated_names),
    ):
        for n, (name, kind, language) in enumerate(names, start=1):
            values |= {f"{path}.{n}": name, f"{path}.{n}.xmllang": language, f"{path}.{n}.type": kind}
    values |= _address("Entity.LegalAddress", record.legal_address)
    return values | _address("Entity.HeadquartersAddress", record.headquarters or record.legal_address)


def _rr_values(record: RelationshipRecord) -> dict[str, str | None]:
    relationship = "Relationship"
    values: dict[str, str | None] = {
        f"{relationship}.StartNode.NodeID": record.start,
        f"{relationship}.StartNode.NodeIDType": "LEI",
        f"{relationship}.EndNode.NodeID": record.end,
        f"{relationship}.EndNode.NodeIDType": "LEI",
        f"{relationship}.RelationshipType": record.type,
        f"{relationship}.RelationshipStatus": record.status,
        **_registration(record),
        "Registration.ValidationSources": "FULLY_CORROBORATED",
        "Registration.ValidationDocuments": record.documents,
        "Registration.ValidationReference": record.reference,
    }
    for n, (start, end, kind) in enumerate(record.periods, start=1):
        path = f"{relationship}.Period.{n}"
        values |= {
            f"{path}.startDate": moment(start),
            f"{path}.endDate": end and moment(end),
            f"{path}.periodType": kind,
        }
    if record.accounting_standard:
        values[f"{relationship}.Qualifiers.1.QualifierDimension"] = "ACCOUNTING_STANDARD"
        values[f"{relationship}.Qualifiers.1.QualifierCategory"] = record.accounting_standard
    if record.percentage:
        values[f"{relationship}.Quantifiers.1.MeasurementMethod"] = "ACCOUNTING_CONSOLIDATION"
        values[f"{relationship}.Quantifiers.1.QuantifierAmount"] = record.percentage
        values[f"{relationship}.Quantifiers.1.QuantifierUnits"] = "PERCENTAGE"
    return values


def _registration(record: LeiRecord | RelationshipRecord) -> dict[str, str | None]:
    return {
        "Registration.InitialRegistrationDate": moment(record.registered),
        "Registration.LastUpdateDate": moment(record.updated),
        "Registration.RegistrationStatus": record.registration_status,
        "Registration.NextRenewalDate": moment(record.renewal),
        "Registration.ManagingLOU": MANAGING_LOU,
    }


def _address(path: str, address: Address) -> dict[str, str | None]:
    lines = {
        f"{path}.AdditionalAddressLine.{n}": line for n, line in enumerate(address.additional_lines, start=1)
    }
    return {
        f"{path}.xmllang": address.language,
        f"{path}.FirstAddressLine": address.first_line,
        f"{path}.City": address.city,
        f"{path}.Region": address.region,
        f"{path}.Country": address.country,
        f"{path}.PostalCode": address.post_code,
        **lines,
    }


@cache
def _places(columns: Callable[[], list[str]]) -> dict[str, int]:
    return {name: place for place, name in enumerate(columns())}


def _row(places: Mapping[str, int], values: Mapping[str, str | None]) -> str:
    """Return the line of a row; KeyError for a column that the file does not have."""
    cells = [""] * len(places)
    for name, value in values.items():
        cells[places[name]] = value or ""
    return _line(cells)


def _line(values: Iterable[str]) -> str:
    return ",".join('"' + value.replace('"', '""') + '"' for value in values) + "\n"
