import pyarrow as pa
import pytest

from bo_harmonise import db
from bo_harmonise.resources import folder
from bo_harmonise.schema import STATEMENT_TABLES, Column, codelist, data_dictionary, table, tables

BODS = {
    "addressType": "placeOfBirth residence registered service alternative business",
    "annotationMotivation": "commenting correcting identifying linking transformation",
    "directOrIndirect": "direct indirect unknown",
    "entitySubtype": "governmentDepartment stateAgency trust nomination other",
    "entityType": ("registeredEntity legalEntity arrangement anonymousEntity unknownEntity state stateBody"),
    "interestType": (
        "shareholding beneficiaryOfLegalArrangement rightsToSurplusAssetsOnDissolution "
        "rightsToProfitOrIncome enjoymentAndUseOfAssets rightToProfitOrIncomeFromAssets "
        "votingRights appointmentOfBoard otherInfluenceOrControl seniorManagingOfficial settlor "
        "trustee protector rightsGrantedByContract "
        "conditionalRightsGrantedByContract controlViaCompanyRulesOrArticles controlByLegalFramework "
        "boardMember boardChair nominee nominator unknownInterest unpublishedInterest"
    ),
    "nameType": "legal translation transliteration former alternative birth",
    "personType": "knownPerson anonymousPerson unknownPerson",
    "politicalExposureStatus": "isPep isNotPep unknown",
    "recordStatus": "new updated closed",
    "recordType": "entity person relationship",
    "securitiesIdentifierSchemes": "isin figi cusip cins",
    "sourceType": "selfDeclaration officialRegister thirdParty primaryResearch verified",
    "unspecifiedReason": (
        "noBeneficialOwners subjectUnableToConfirmOrIdentifyBeneficialOwner "
        "interestedPartyHasNotProvidedInformation subjectExemptFromDisclosure "
        "interestedPartyExemptFromDisclosure unknown informationUnknownToPublisher"
    ),
}

CONTRACT = {
    "party": "party_id kind name names jurisdictions birth_date identifiers registers record_count",
    "party_record": "party_id record_id source_id register",
    "match": "record_id_l record_id_r kind method match_weight match_probability is_joined",
    "ownership_edge": (
        "owner_party_id owned_party_id dimension share_min share_max is_quantified start_date end_date "
        "registers statement_ids"
    ),
    "effective_ownership": (
        "owner_party_id company_party_id dimension share_min share_max is_ultimate chain_count shortest_chain"
    ),
    "control": "controller_party_id company_party_id rule verdict deciding_chain",
    "hidden_common_owner": (
        "owner_party_id owner_name company_l_party_id company_r_party_id company_l_name company_r_name "
        "registers registers_needed share_min_l share_max_l share_min_r share_max_r match_probability "
        "chain_l chain_r statement_ids"
    ),
    "discrepancy": "party_id about register_l register_r value_l value_r statement_id_l statement_id_r",
    "red_flag": "flag kind party_id evidence",
    "entity": (
        "statement_id record_id record_status statement_date declaration_subject source_id source_key "
        "source_row entity_type entity_subtype unspecified_reason unspecified_description name "
        "alternate_names jurisdiction founding_date dissolution_date status status_native legal_form_native "
        "legal_form_code identifiers "
        "addresses uri public_listing"
    ),
    "person": (
        "person_type unspecified_reason unspecified_description names birth_date death_date nationalities "
        "tax_residencies residence_countries identifiers addresses political_exposure"
    ),
    "relationship": (
        "subject_record_id subject_reason interested_party_record_id interested_party_type "
        "interested_party_reason interested_party_description is_component component_records interests"
    ),
    "source": (
        "source_id register title jurisdiction publisher licence url snapshot_date file_name file_sha256 "
        "file_bytes retrieved_at adapter_version records_read records_mapped records_rejected records_ignored"
    ),
    "reject": "source_id source_row code message raw",
}


def columns(items: tuple[Column, ...]) -> list[Column]:
    return [found for item in items for found in (item, *columns(item.fields))]


@pytest.mark.parametrize("name", BODS)
def test_bods_codelists_are_complete(name: str) -> None:
    assert set(codelist(name)) == set(BODS[name].split())
    assert all(codelist(name).values())


@pytest.mark.parametrize("name", CONTRACT)
def test_tables_have_the_columns_of_the_contract(name: str) -> None:
    assert set(CONTRACT[name].split()) <= set(table(name).column_names)


@pytest.mark.parametrize("name", tables())
def test_every_column_is_described_and_its_codelist_exists(name: str) -> None:
    item = table(name)
    assert item.description
    assert len(set(item.column_names)) == len(item.columns)
    for column in columns(item.columns):
        assert column.description, column.name
        if column.codelist:
            assert codelist(column.codelist), column.name


@pytest.mark.parametrize("name", tables())
def test_sql_and_arrow_are_the_same_types(name: str) -> None:
    item = table(name)
    with db.connect() as connection:
        connection.execute(item.ddl())
        connection.execute(item.ddl("other", temporary=True))
        made = connection.sql(f'FROM "{name}"').to_arrow_table().schema
        empty = pa.Table.from_pylist([], schema=item.arrow_schema)
        connection.register("empty", empty)
        connection.execute(f'INSERT INTO "{name}" FROM empty')
        required = {
            row[0]
            for row in connection.execute(
                "SELECT column_name FROM duckdb_columns() WHERE table_name = $name AND NOT is_nullable",
                {"name": name},
            ).fetchall()
        }
    assert made.names == item.arrow_schema.names
    assert [str(field.type).replace("list<l: ", "list<item: ") for field in made] == [
        str(field.type) for field in item.arrow_schema
    ]
    assert required == {column.name for column in item.columns if not column.nullable}


def test_codelists_are_files_with_code_and_title() -> None:
    for path in sorted((folder("schemas") / "codelists").glob("*.csv")):
        codes = codelist(path.stem)
        assert codes, path.name
        assert len(path.read_text(encoding="utf-8").strip().splitlines()) == len(codes) + 1, path.name


def test_what_a_table_is_missing_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        table("nothing")
    assert set(STATEMENT_TABLES) <= set(tables())


def test_the_data_dictionary_has_every_column() -> None:
    text = data_dictionary()
    for name, item in tables().items():
        assert f"## {name}\n" in text
        for column in columns(item.columns):
            assert f"{column.name}` | {column.type} |" in text
