"""GLEIF golden copies: level 1, relationship records and reporting exceptions, as XML.

Formats: REGISTERS.md section 2; `gleif_csv.py` writes the same records as CSV.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr

_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_LEI = 'xmlns:lei="http://www.gleif.org/data/schema/leidata/2016"'
_EXTENSION = 'xmlns:gleif="http://www.gleif.org/data/schema/golden-copy/extensions/1.0"'
_RR = 'xmlns:rr="http://www.gleif.org/data/schema/rr/2016"'
_REPEX = 'xmlns:repex="http://www.gleif.org/data/schema/repex/2016"'

MANAGING_LOU = "998500000000SAMPLE35"
"""LEI of the invented issuer that manages all records of the samples."""


@dataclass(frozen=True, kw_only=True)
class Address:
    """Address of an LEI record."""

    first_line: str
    city: str
    country: str
    region: str | None = None
    post_code: str | None = None
    additional_lines: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class LeiRecord:
    """One level 1 record. `other_names` are (name, type, language); dates are ISO dates."""

    lei: str
    name: str
    language: str = "en"
    other_names: tuple[tuple[str, str, str], ...] = ()
    transliterated_names: tuple[tuple[str, str, str], ...] = ()
    legal_address: Address
    headquarters: Address | None = None
    authority: str
    authority_entity_id: str | None = None
    other_authority: str | None = None
    jurisdiction: str
    category: str = "GENERAL"
    form_code: str = "8888"
    other_form: str | None = None
    status: str = "ACTIVE"
    created: str | None = None
    expired: tuple[str, str] | None = None
    successor_lei: str | None = None
    registered: str = "2019-05-06"
    updated: str = "2026-05-06"
    registration_status: str = "ISSUED"
    renewal: str = "2027-05-06"
    validation: str = "FULLY_CORROBORATED"
    is_geocoded: bool = False


@dataclass(frozen=True, kw_only=True)
class RelationshipRecord:
    """One relationship: `start` is the child, `end` the parent, manager or umbrella.

    `periods` are (start, end or None, type); `percentage` is the rare quantifier.
    """

    start: str
    end: str
    type: str
    periods: tuple[tuple[str, str | None, str], ...]
    status: str = "ACTIVE"
    accounting_standard: str | None = None
    percentage: str | None = None
    registration_status: str = "PUBLISHED"
    registered: str = "2019-05-06"
    updated: str = "2026-05-06"
    renewal: str = "2027-05-06"
    documents: str = "SUPPORTING_DOCUMENTS"
    reference: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReportingException:
    """One reporting exception: why no accounting parent is reported."""

    lei: str
    category: str
    reasons: tuple[str, ...]
    references: tuple[str, ...] = ()


class _Xml:
    """Write indented elements of one prefix the way the golden copies look."""

    def __init__(self, out: TextIO, prefix: str) -> None:
        self._out = out
        self._prefix = prefix
        self._depth = 0

    def leaf(self, name: str, text: str | None, **attributes: str) -> None:
        if text is None:
            return
        listed = "".join(f" {k.replace('_', ':')}={quoteattr(v)}" for k, v in attributes.items())
        tag = f"{self._prefix}:{name}"
        self._line(f"<{tag}{listed}>{escape(text)}</{tag}>")

    @contextmanager
    def branch(self, name: str, attributes: str = "") -> Iterator[None]:
        tag = f"{self._prefix}:{name}"
        self._line(f"<{tag}{' ' + attributes if attributes else ''}>")
        self._depth += 1
        yield
        self._depth -= 1
        self._line(f"</{tag}>")

    def using(self, prefix: str) -> "_Xml":
        other = _Xml(self._out, prefix)
        other._depth = self._depth
        return other

    def _line(self, text: str) -> None:
        self._out.write("   " * self._depth + text + "\n")


def write_lei_xml(records: Sequence[LeiRecord], out: TextIO, at: datetime) -> None:
    """Write a level 1 golden copy."""
    root = f"<lei:LEIData {_LEI} {_XSI}>"
    with _document(out, at, len(records), root=root, header="lei:LEIHeader", records="lei:LEIRecords"):
        for record in records:
            _lei_record(record, out)


def write_rr_xml(records: Sequence[RelationshipRecord], out: TextIO, at: datetime) -> None:
    """Write a golden copy of relationship records."""
    root = f'<rr:RelationshipData  {_RR} {_XSI} xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
    with _document(out, at, len(records), root=root, header="rr:Header", records="rr:RelationshipRecords"):
        for record in records:
            _relationship_record(record, out)


def write_repex_xml(records: Sequence[ReportingException], out: TextIO, at: datetime) -> None:
    """Write a golden copy of reporting exceptions."""
    root = f'<repex:ReportingExceptionData {_REPEX} {_XSI} xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
    with _document(
        out, at, len(records), root=root, header="repex:Header", records="repex:ReportingExceptions"
    ):
        xml = _Xml(out, "repex")
        for record in records:
            with xml.branch("Exception", _REPEX):
                xml.leaf("LEI", record.lei)
                xml.leaf("ExceptionCategory", record.category)
                for reason in record.reasons:
                    xml.leaf("ExceptionReason", reason)
                for reference in record.references:
                    xml.leaf("ExceptionReference", reference)


@contextmanager
def _document(
    out: TextIO, at: datetime, count: int, *, root: str, header: str, records: str
) -> Iterator[None]:
    prefix = header.partition(":")[0]
    out.write(
        f'<?xml version="1.0" encoding="UTF-8"?>{root}\n'
        f"  <{header}>\n"
        f"    <{prefix}:ContentDate>{at:%Y-%m-%dT%H:%M:%SZ}</{prefix}:ContentDate>\n"
        f"    <{prefix}:FileContent>GLEIF_FULL_PUBLISHED</{prefix}:FileContent>\n"
        f"    <{prefix}:RecordCount>{count}</{prefix}:RecordCount>\n"
        f"  </{header}>\n"
        f"  <{records}>\n"
    )
    yield
    out.write(f"  </{records}>\n</{root[1:].split(maxsplit=1)[0]}>\n")


def _lei_record(record: LeiRecord, out: TextIO) -> None:
    xml = _Xml(out, "lei")
    with xml.branch("LEIRecord", f"{_XSI} {_LEI} {_EXTENSION}"):
        xml.leaf("LEI", record.lei)
        with xml.branch("Entity"):
            _entity(record, xml)
        with xml.branch("Registration"):
            xml.leaf("InitialRegistrationDate", moment(record.registered))
            xml.leaf("LastUpdateDate", moment(record.updated))
            xml.leaf("RegistrationStatus", record.registration_status)
            xml.leaf("NextRenewalDate", moment(record.renewal))
            xml.leaf("ManagingLOU", MANAGING_LOU)
            xml.leaf("ValidationSources", record.validation)
            with xml.branch("ValidationAuthority"):
                xml.leaf("ValidationAuthorityID", record.authority)
                xml.leaf("ValidationAuthorityEntityID", record.authority_entity_id)
        if record.is_geocoded:
            with xml.branch("Extension"):
                _geocoding(record.legal_address, xml.using("gleif"))


def _entity(record: LeiRecord, xml: _Xml) -> None:
    xml.leaf("LegalName", record.name, xml_lang=record.language)
    for group, member, names in (
        ("OtherEntityNames", "OtherEntityName", record.other_names),
        ("TransliteratedOtherEntityNames", "TransliteratedOtherEntityName", record.transliterated_names),
    ):
        if names:
            with xml.branch(group):
                for name, kind, language in names:
                    xml.leaf(member, name, xml_lang=language, type=kind)
    for element, address in (
        ("LegalAddress", record.legal_address),
        ("HeadquartersAddress", record.headquarters or record.legal_address),
    ):
        with xml.branch(element, f"xml:lang={quoteattr(address.language)}"):
            xml.leaf("FirstAddressLine", address.first_line)
            for line in address.additional_lines:
                xml.leaf("AdditionalAddressLine", line)
            xml.leaf("City", address.city)
            xml.leaf("Region", address.region)
            xml.leaf("Country", address.country)
            xml.leaf("PostalCode", address.post_code)
    with xml.branch("RegistrationAuthority"):
        xml.leaf("RegistrationAuthorityID", record.authority)
        xml.leaf("OtherRegistrationAuthorityID", record.other_authority)
        xml.leaf("RegistrationAuthorityEntityID", record.authority_entity_id)
    xml.leaf("LegalJurisdiction", record.jurisdiction)
    xml.leaf("EntityCategory", record.category)
    with xml.branch("LegalForm"):
        xml.leaf("EntityLegalFormCode", record.form_code)
        xml.leaf("OtherLegalForm", record.other_form)
    xml.leaf("EntityStatus", record.status)
    xml.leaf("EntityCreationDate", record.created and moment(record.created))
    if record.expired:
        xml.leaf("EntityExpirationDate", moment(record.expired[0]))
        xml.leaf("EntityExpirationReason", record.expired[1])
    if record.successor_lei:
        with xml.branch("SuccessorEntity"):
            xml.leaf("SuccessorLEI", record.successor_lei)


def _geocoding(address: Address, xml: _Xml) -> None:
    with xml.branch("Geocoding"):
        xml.leaf(
            "original_address",
            ", ".join(p for p in (address.post_code, address.city, address.country) if p),
        )
        xml.leaf("relevance", "0.86")
        xml.leaf("match_level", "postalCode")
        xml.leaf("mapped_country", address.country)


def _relationship_record(record: RelationshipRecord, out: TextIO) -> None:
    xml = _Xml(out, "rr")
    with xml.branch("RelationshipRecord", f"{_XSI} {_EXTENSION} {_RR}"):
        with xml.branch("Relationship"):
            for node, lei in (("StartNode", record.start), ("EndNode", record.end)):
                with xml.branch(node):
                    xml.leaf("NodeID", lei)
                    xml.leaf("NodeIDType", "LEI")
            xml.leaf("RelationshipType", record.type)
            with xml.branch("RelationshipPeriods"):
                for start, end, kind in record.periods:
                    with xml.branch("RelationshipPeriod"):
                        xml.leaf("StartDate", moment(start))
                        xml.leaf("EndDate", end and moment(end))
                        xml.leaf("PeriodType", kind)
            xml.leaf("RelationshipStatus", record.status)
            if record.accounting_standard:
                with xml.branch("RelationshipQualifiers"), xml.branch("RelationshipQualifier"):
                    xml.leaf("QualifierDimension", "ACCOUNTING_STANDARD")
                    xml.leaf("QualifierCategory", record.accounting_standard)
            if record.percentage:
                with xml.branch("RelationshipQuantifiers"), xml.branch("RelationshipQuantifier"):
                    xml.leaf("MeasurementMethod", "ACCOUNTING_CONSOLIDATION")
                    xml.leaf("QuantifierAmount", record.percentage)
                    xml.leaf("QuantifierUnits", "PERCENTAGE")
        with xml.branch("Registration"):
            xml.leaf("InitialRegistrationDate", moment(record.registered))
            xml.leaf("LastUpdateDate", moment(record.updated))
            xml.leaf("RegistrationStatus", record.registration_status)
            xml.leaf("NextRenewalDate", moment(record.renewal))
            xml.leaf("ManagingLOU", MANAGING_LOU)
            xml.leaf("ValidationSources", "FULLY_CORROBORATED")
            xml.leaf("ValidationDocuments", record.documents)
            xml.leaf("ValidationReference", record.reference)


def moment(date: str) -> str:
    """Return a date as the golden copies write it; what is a moment already is left alone.

    >>> moment("2019-05-06"), moment("2019-05-06T10:00:00+01:00")
    ('2019-05-06T00:00:00.000Z', '2019-05-06T10:00:00+01:00')
    """
    return date if "T" in date else f"{date}T00:00:00.000Z"
