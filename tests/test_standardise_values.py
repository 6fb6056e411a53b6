"""Dates, identifiers, countries and addresses."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bo_harmonise.standardise import addresses, countries, dates, identifiers
from bo_harmonise.standardise.data import rows

TODAY = date(2026, 6, 30)
DATES = st.dates(date(1900, 1, 1), date(2020, 12, 31))


@given(DATES)
def test_a_masked_code_allows_the_date_it_was_made_of(born: date) -> None:
    candidates = dates.unmask(f"{born:%d%m%y}-*****", TODAY)
    assert (born.isoformat() in candidates) == (born > date(1915, 6, 30))


def test_new_latvian_codes_hide_the_date() -> None:
    assert dates.unmask("329999-*****", TODAY) == ()
    assert dates.unmask("not a code", TODAY) == ()


@given(DATES, DATES)
def test_comparison_of_dates_is_symmetric_and_knows_prefixes(left: date, right: date) -> None:
    a, b = left.isoformat(), right.isoformat()
    assert dates.compare((a,), (b,)) == dates.compare((b,), (a,))
    for length in (4, 7, 10):
        assert dates.compare((a,), (a[:length],)) == dates.COMPATIBLE
    assert dates.compare((a, b), (b,)) == dates.COMPATIBLE


PARTIAL = st.builds(lambda born, size: born.isoformat()[:size], DATES, st.sampled_from([4, 7, 10]))


@given(st.lists(PARTIAL, max_size=3).map(tuple), st.lists(PARTIAL, max_size=3).map(tuple))
def test_comparison_of_several_partial_dates_is_symmetric(
    left: tuple[str, ...], right: tuple[str, ...]
) -> None:
    found = dates.compare(left, right)
    assert found == dates.compare(right, left)
    assert (found == dates.ABSENT) == (not left or not right)
    assert not left or dates.compare(left, left) == dates.COMPATIBLE


@given(DATES)
def test_swapping_twice_gives_the_date_back(born: date) -> None:
    swapped = dates.swap(born.isoformat())
    assert swapped is None or dates.swap(swapped) == born.isoformat()


@given(st.text(max_size=15))
def test_partial_dates_are_idempotent(text: str) -> None:
    once = dates.partial_date(text)
    assert once is None or dates.partial_date(once) == once


def test_age_bands_hold_everyone_of_that_age() -> None:
    first, last = dates.age_band(31, 40, TODAY)
    assert first <= 1985
    assert last >= 1995


@pytest.mark.parametrize(
    ("scheme", "good", "bad"),
    [
        ("DK-CVR", "13585628", "13585629"),
        ("CZ-ICO", "25123891", "25123890"),
        ("EE-RIK", "12345678", "12345677"),
        ("NO-BRC", "988077917", "988077918"),
        ("BR-CNPJ", "16.727.230/0001-97", "16.727.230/0001-98"),
        ("LT-RC", "111111113", "111111111"),
        ("XI-LEI", "213800KUD8LAJWSQ9D15", "213800KUD8LAJWSQ9D14"),
        ("GB-COH", "OC301540", "OC30"),
    ],
)
def test_check_digits_and_shapes(scheme: str, good: str, bad: str) -> None:
    assert identifiers.is_valid(scheme, good) is True
    if scheme != "GB-COH":
        assert identifiers.is_valid(scheme, bad) is False


@given(st.sampled_from([row["scheme"] for row in rows("identifier_schemes")]), st.text(max_size=25))
def test_normalising_is_idempotent_and_never_crashes(scheme: str, value: str) -> None:
    once = identifiers.normalise(scheme, value)
    assert identifiers.normalise(scheme, once) == once
    assert identifiers.is_valid(scheme, value) in (True, False)


@given(st.none() | st.text(max_size=10), st.text(max_size=25))
def test_any_identifier_gives_sorted_distinct_keys(scheme: str | None, value: str) -> None:
    found, country = identifiers.keys(scheme, value)
    assert found == sorted(set(found))
    assert country is None or len(country) == 2


@given(st.text(max_size=25))
def test_any_text_may_be_asked_for_an_euid(value: str) -> None:
    found = identifiers.from_euid(value)
    assert found is None or found[0].startswith(value.strip().upper()[:2])


def test_an_euid_meets_the_national_number() -> None:
    euid, _ = identifiers.keys("XI-EUID", "DKCVR.13585628")
    national, _ = identifiers.keys("DK-CVR", "13 58 56 28")
    assert set(national) <= set(euid)


def test_identifiers_without_scheme_do_not_meet_those_with_one() -> None:
    assert identifiers.keys(None, "12345678")[0] == ["?:12345678"]


def test_every_current_country_is_found_by_all_its_codes_and_its_name() -> None:
    for row in rows("countries"):
        for text in (row["code"], row["alpha3"], row["numeric"], row["name"], row["name"].upper()):
            assert countries.to_iso2(text) == row["code"], text


def test_every_known_text_is_found() -> None:
    codes = {row["code"] for row in rows("countries")}
    for row in rows("country_words"):
        assert row["code"] in codes
        assert countries.to_iso2(row["text"]) is not None


def test_names_in_other_languages_are_found_and_have_one_meaning() -> None:
    for row in rows("country_names_cldr"):
        assert countries.to_iso2(row["text"]) == row["code"], row


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("De Forenede Arabiske Emirater", "AE"),
        ("Azerbaidžāna", "AZ"),
        ("Spojené arabské emiráty", "AE"),
        ("대한민국", "KR"),
        ("ישראל", "IL"),
        ("ایران", "IR"),
        ("Deutsche Demokratische Republik", "DD"),
        ("Jugoslavien", "YU"),
        ("Sovetunionen", "SU"),
        ("Republika Hrvatska", "HR"),
        ("EL", "GR"),
        ("United Kingdom (England And Wales)", "GB"),
        ("England & Wales", "GB"),
        ("Delaware, Usa", "US"),
        ("Jersey, Channel Islands", "JE"),
        ("Slovenská republika", "SK"),
        ("Danmark", "DK"),
        ("Krievijas Federācija", "RU"),
        ("Республика Кипр", "CY"),
        ("Федеративна Республіка Німеччина", "DE"),
        ("Hongkong", "HK"),
        ("Virgin Islands, British", "VG"),
        ("Citizen of Seychelles", "SC"),
        ("Czechoslovakia", "CS"),
        ("Congolese (DRC)", "CD"),
    ],
)
def test_spellings_of_the_registers(text: str, code: str) -> None:
    assert countries.to_iso2(text) == code


def test_country_tables_have_one_row_a_text() -> None:
    for table in (countries.table(), countries.nationality_table()):
        texts = table["text"].to_pylist()
        assert texts == sorted(set(texts))
        assert all(text == text.lower() for text in texts)


@given(st.text(max_size=30))
def test_any_text_may_be_asked_for_a_country(text: str) -> None:
    code = countries.to_iso2(text)
    assert code is None or len(code) == 2
    assert code is None or countries.to_iso2(code) == code
    assert all(countries.to_iso2(c) == c for c in countries.to_iso2_list(text))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (
            ("Flat 3, 12a High Street", "Leeds", "LS1 4AP", "GB"),
            ("12A HIGH ST, LEEDS LS1 4AP", None, None, "GB"),
        ),
        (("Brīvības iela 10-5", "Rīga", "LV-1010", "LV"), ("Brivibas 10", "Riga", "1010", "LV")),
        (("Hlavná 7", "Košice", "040 01", "SK"), ("Hlavna ul. 7, 04001 Kosice", None, None, "SK")),
    ],
)
def test_two_spellings_of_an_address_share_the_key(
    left: tuple[str | None, ...], right: tuple[str | None, ...]
) -> None:
    assert addresses.parse(*left).key == addresses.parse(*right).key is not None


@pytest.mark.parametrize(
    ("line", "country", "code", "town", "house"),
    [
        ("Hauptstr. 12, 10115 Berlin", "DE", "10115", "berlin", "12"),
        ("10115 Berlin, Hauptstraße 12", "DE", "10115", "berlin", "12"),
        ("12 rue de la Paix, 75002 Paris", "FR", "75002", "paris", "12"),
        ("Østergade 5, st. th., 8000 Aarhus C", "DK", "8000", "aarhus", "5"),
        ("Via Lunga 1/A, 00100 Roma RM", "IT", "00100", "rome", "1a"),
        ("Kerkstraat 12-b, 1017 GA Amsterdam", "NL", "1017GA", "amsterdam", "12b"),
        ("1234 Great North Road, Hexmouth", "AU", None, "hexmouth", "1234"),
    ],
)
def test_code_and_town_are_read_in_the_order_of_the_country(
    line: str, country: str, code: str | None, town: str, house: str
) -> None:
    found = addresses.parse(line, None, None, country)
    assert (found.post_code, found.locality, found.house_number) == (code, town, house)


@given(st.text(max_size=25), st.sampled_from([None, "GB", "DE", "LV", "NL", "PT", "US", "ZZ"]))
def test_post_codes_and_towns_stay_as_they_are(text: str, country: str | None) -> None:
    code, town = addresses.post_code(text, country), addresses.locality(text)
    assert code is None or addresses.post_code(code, country) == code
    assert town is None or addresses.locality(town) == town


def test_without_a_house_number_there_is_no_key() -> None:
    assert addresses.parse("Rose Cottage", "Leeds", "LS1 4AP", "GB").key is None
    assert addresses.parse("P O Box 123", "Road Town", None, "VG").key is None


@given(
    st.tuples(*[st.none() | st.text(max_size=25)] * 3, st.none() | st.sampled_from(["GB", "LV", "US", "ZZ"]))
)
def test_any_address_is_read_without_a_crash(parts: tuple[str | None, ...]) -> None:
    found = addresses.parse(*parts)
    assert found.tokens == tuple(sorted(set(found.tokens)))
