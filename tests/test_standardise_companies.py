"""Names of companies and their legal forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bo_harmonise.standardise import legal_forms
from bo_harmonise.standardise.companies import CompanyName, company_name, company_names
from bo_harmonise.standardise.data import rows
from bo_harmonise.standardise.scripts import fold


def one(text: str) -> CompanyName:
    [name] = company_names(text)
    return name


@pytest.mark.parametrize(
    ("text", "core", "form", "form_class"),
    [
        ("Alpha Beta Limited", "alpha beta", "ltd", "limited"),
        ("ALPHA BETA LTD.", "alpha beta", "ltd", "limited"),
        ("Alpha-Beta GmbH & Co. KG", "alpha beta", "kg", "limited-partnership"),
        ("Альфа ООО", "alfa", "ooo", "limited"),
        ("Общество с ограниченной ответственностью «Альфа»", "alfa", "ooo", "limited"),
        ("ТОВ «Альфа»", "alfa", "tov", "limited"),
        ('Товариство з обмеженою відповідальністю "Альфа"', "alfa", "tov", "limited"),
        ('SIA "Alfa"', "alfa", "sia", "limited"),
        ("Alfa, spol. s r.o.", "alfa", "sro", "limited"),
        ("Alfa Sp. z o.o.", "alfa", "spzoo", "limited"),
        ("Alfa S.à r.l.", "alfa", "sarl", "limited"),
        ("Alfa A/S", "alfa", "as", "joint-stock"),
        ("Alfa ApS", "alfa", "aps", "limited"),
        ("Άλφα Α.Ε.", "alfa", "ae", "joint-stock"),
        ("შპს ალფა", "alpa", "spe-ge", "limited"),
        ("«Ալֆա» ՍՊԸ", "alfa", "spy-am", "limited"),
        ("Public Joint Stock Company Alfa", "alfa", "pao", "joint-stock"),
        ("株式会社アルファ", "arufa", "kk", "joint-stock"),
        ("阿尔法有限公司", "aerfa", "co-ltd", "limited"),
        ("Alfa Ltda.", "alfa", "lda", "limited"),
        ("Alfa p.l.c.", "alfa", "plc", "joint-stock"),
    ],
)
def test_the_legal_form_is_set_apart(text: str, core: str, form: str, form_class: str) -> None:
    name = one(text)
    assert (name.core, name.legal_form, name.legal_form_class) == (core, form, form_class)


def test_equal_names_of_other_form_keep_the_difference() -> None:
    closed, limited = one("ЗАО Альфа"), one("ООО Альфа")
    assert closed.core_tokens == limited.core_tokens
    assert closed.legal_form_class != limited.legal_form_class


@pytest.mark.parametrize(
    "text", ["Limited", "Holding GmbH", "ООО", "Trading Company Ltd", "International Group"]
)
def test_generic_names_are_marked(text: str) -> None:
    assert one(text).is_generic


def test_numbers_in_words_ordinals_and_roman_are_figures() -> None:
    assert one("Second Oak Fund Ltd").core_tokens == one("2nd Oak Fund Ltd").core_tokens
    assert one("Oak Fund II LP").numbers == one("Oak Fund 2 LP").numbers == ("2",)
    assert one("Oak Fund III LP").numbers == ("3",)
    assert one("Oak Fifty-Three").numbers == ("53",)


def test_number_signs_before_a_figure_and_joined_initials_are_no_numbers() -> None:
    assert one("Oak Fund No. 3 LP").core_tokens == one("Oak Fund III LP").core_tokens
    assert one("ИП Петров И.И.").numbers == ()
    assert one("Petrov II Ltd").numbers == ("2",)


@pytest.mark.parametrize(
    "text",
    [
        "Alfa s.r.o. v likvidácii",
        "Alfa Ltd (in liquidation)",
        "ALFA ApS under konkurs",
        "Alfa GmbH i. L.",
        "ООО «Алфа» (в стадии ликвидации)",
    ],
)
def test_what_registers_write_of_a_state_is_no_part_of_the_name(text: str) -> None:
    assert one(text).core_tokens == ("alfa",)
    assert one(text).legal_form is not None


def test_a_name_that_is_such_a_remark_stays() -> None:
    assert one("Dissolved Ltd").core == "dissolved"


def test_a_form_before_a_country_is_found() -> None:
    assert (one("Alfa Ltd. Cyprus").core, one("Alfa Ltd. Cyprus").legal_form) == ("alfa cyprus", "ltd")
    assert one("Alfa (Cyprus) Ltd").core == "alfa cyprus"
    assert one("Bank of Georgia").legal_form is None


def test_finnish_forms_stand_at_both_ends() -> None:
    assert one("Oy Alfa Ab").core == "alfa"


def test_acronym_and_initialised_names_meet() -> None:
    assert one("North Sea Trawlers").acronym == one("N.S.T. Limited").core == "nst"


def test_common_words_in_other_languages_share_their_key() -> None:
    assert set(one("Banco del Lago").phonetic) & set(one("Lago Bank").phonetic) == {"bnk", "lk"}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Lagune Shipping Bank", "ТОВ «Лагуна Шипінг Банк»"),
        ("Delta Holdings Limited", "«Дельта Холдінгс Лімітед»"),
        (
            "Delta Sea Service Company JSC",
            'Акціонерне товариство "Дельта морська сервісна компанія"',
        ),
        ("Namsan Trading Corporation", "남산무역회사"),
        ("Korea Tongil Bank", "조선통일은행"),
        ("Huaxin International Shipping", "華信國際船務有限公司"),
    ],
)
def test_translated_words_share_their_keys(left: str, right: str) -> None:
    assert one(left).phonetic
    assert set(one(left).phonetic) == set(one(right).phonetic)


def test_a_form_written_out_inside_a_name_is_found() -> None:
    name = one('Торгове товариство з обмеженою відповідальністю "Дельта"')
    assert (name.legal_form, name.core) == ("tov", "torhove delta")


def test_short_names_beside_a_form_are_names() -> None:
    assert [one(t).core for t in ("K&S AG", "AS Company SA", "H & M Ltd")] == ["ks", "as", "hm"]


def test_registers_own_terms_and_iso_20275_codes_are_read() -> None:
    assert legal_forms.of_record("2HBR", None) == legal_forms.of_record(None, "GmbH")
    assert legal_forms.of_record("8888", "Sabiedrība ar ierobežotu atbildību") == legal_forms.recognise("SIA")
    assert legal_forms.of_record(None, "a term that nobody knows") is None


def test_two_scripts_side_by_side_are_two_names() -> None:
    assert [n.script for n in company_names("阿尔法酒店有限公司 Alfa Hotel Co. Ltd.")] == ["han", "latin"]


def test_a_word_of_a_name_is_not_taken_for_a_legal_form() -> None:
    assert one("Trust Travel Ltd").core == "trust travel"
    assert one("Company of Bakers").core == "company of bakers"


def test_every_alias_is_recognised_as_its_own_form() -> None:
    folded: dict[str, set[str]] = {}
    for row in rows("legal_forms"):
        key = " ".join(legal_forms.join_single_letters(fold(row["alias"]).split()))
        folded.setdefault(key, set()).add(row["class"])
    for row in rows("legal_forms"):
        found = legal_forms.recognise(row["alias"])
        assert found is not None, row["alias"]
        key = " ".join(legal_forms.join_single_letters(fold(row["alias"]).split()))
        assert found.form_class in folded[key], row["alias"]


@given(st.text(max_size=40))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for name in company_names(text):
        assert name.core_tokens == tuple(sorted(set(name.core_tokens)))
        assert len(name.phonetic) == len(name.core_tokens)
        assert name.full.isascii()
        assert name.full


@given(st.text(alphabet="abcdefghij ", min_size=1, max_size=20))
def test_letter_case_and_punctuation_do_not_matter(text: str) -> None:
    left, right = company_name(text + " ltd"), company_name(f"  “{text.upper()}”, LTD.")
    assert left is not None
    assert right is not None
    assert (left.core, left.legal_form) == (right.core, right.legal_form)
