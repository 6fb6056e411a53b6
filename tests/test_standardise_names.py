"""Names of people: what meets, what must not, and what holds for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bo_harmonise.standardise.names import PersonName, person_names
from bo_harmonise.standardise.scripts import clean, dominant_script, fold, to_latin
from bo_harmonise.standardise.sounds import phonetic, skeleton

ANY_TEXT = st.text(max_size=40)
WORDS = st.lists(
    st.text(alphabet="abcdefghijklmnopqrstuvwxyzéüłžабвгдежзиклмнортуфхцчш", min_size=2), max_size=5
)


def one(text: str, **stated: str) -> PersonName:
    [name] = person_names(text, **stated)
    return name


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Anna Petrenko", "Анна Петренко"),
        ("Volodymyr Hryhorenko", "Володимир Григоренко"),
        ("Vladimir Grigorenko", "Volodymyr Hryhorenko"),
        ("Hassan Rezvani", "حسن رضوانی"),
        ("Mohammad Reza Tavanpour", "محمدرضا توان پور"),
        ("Abd al-Rahman al-Masri", "عبدالرحمن المصري"),
        ("Abdurrahman Masri", "Abdel Rahman El Masri"),
        ("Nur ad-Din Saleh", "نورالدين صالح"),
        ("Habib Ullah Wardak", "حبیب الله وردک"),
        ("Nikos Dimitriou", "Νίκος Δημητρίου"),
        ("Giorgi Beridze", "გიორგი ბერიძე"),
        ("Tigran Harutyunyan", "Տիգրան Հարությունյան"),
        ("Nikolajs Pčelicins", "Николай Пчелицын"),
        ("PCELICINS NIKOLAJS", "Nikolai Pchelitsyn"),
        ("Jurij Jarovenko", "Yuriy Yarovenko"),
        ("Nadežda Jakušskaja", "Надежда Якушская"),
        ("Ihors Čornyšyns", "Ihor Chornyshyn"),
        ("Aivars Krūmiņš", "Aivars Krumins"),
    ],
)
def test_two_spellings_share_their_sound_keys(left: str, right: str) -> None:
    keys = [{key for name in person_names(text) for key in name.phonetic} for text in (left, right)]
    assert keys[0] & keys[1] >= set(one(left).phonetic)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Park Min-soo", "박민수"),
        ("Pak Min Su", "박민수"),
        ("Lee Min-ho", "이민호"),
        ("Ri Min Ho", "이민호"),
        ("Min-ho Lee", "이민호"),
        ("Wang Xiaoming", "王小明"),
        ("Wong Siu Ming", "王小明"),
        ("Chan Kwok Wai", "陳國偉"),
    ],
)
def test_east_asian_spellings_share_a_reading(left: str, right: str) -> None:
    readings = [{r for name in person_names(text) for r in name.readings} for text in (left, right)]
    assert readings[0] & readings[1]


@pytest.mark.parametrize(
    "text", ["James Collins", "Jānis Bērziņš", "Ján Jurčák", "Kaj Martin Søby", "Eva Belčková"]
)
def test_names_of_other_languages_are_not_read_as_slavic(text: str) -> None:
    assert one(text).tokens == tuple(sorted(fold(text).split()))


def test_east_asian_given_names_are_one_word() -> None:
    assert one("KIM Min-jun").tokens == one("Kim Min Jun").tokens == ("kim", "minjun")
    assert one("김민준").family == ("kim",)
    assert one("남궁민수").family == ("namgung",)


def test_a_european_name_has_no_reading() -> None:
    assert one("Anna Schmidt").readings == ()


@pytest.mark.parametrize(
    "order", ["Ivan Petrovich Sidorov", "Sidorov Ivan Petrovich", "SIDOROV, Ivan Petrovich"]
)
def test_order_does_not_matter_and_the_patronymic_is_set_apart(order: str) -> None:
    name = one(order)
    assert name.tokens == ("ivan", "sidorov")
    assert name.patronymic == "petrovich"


def test_a_family_name_in_vich_stays_one() -> None:
    assert one("Boris Markovich").patronymic is None
    assert one("Boris Lvovich Markovich").patronymic == "lvovich"
    assert one("Rashad Elchin oglu Mammadov").patronymic == "elchin"


def test_stated_parts_are_used() -> None:
    name = one("Maria Lopez Garcia", given="Maria", family="Lopez Garcia")
    assert (name.given, name.family) == (("maria",), ("lopez", "garcia"))
    assert one("", given="Jan", family="de Vries").tokens == ("jan", "vries")
    assert one("Олена Коваль", patronymic="Іванівна").patronymic == "ivanivna"


def test_titles_particles_and_initials_are_set_apart() -> None:
    assert one("Dr. Eva Berg, PhD").tokens == ("berg", "eva")
    assert one("Ing. Ján Novák, PhD.").tokens == ("jan", "novak")
    assert one("Brigadier General Omar Haddad").tokens == ("haddad", "omar")
    assert one("Ludwig von der Heide").tokens == ("heide", "ludwig")
    assert one("J. P. Berg").initials == ("j", "p")
    assert one("JP Berg").initials == ("j", "p")


def test_one_field_may_hold_several_names() -> None:
    assert [n.script for n in person_names("Игорь Юрьевич Лугин / Ігор Юрійович Лугін")] == ["cyrillic"] * 2
    assert [n.script for n in person_names("HOSSEINI Farzin فرزین حسینی")] == ["latin", "arabic"]
    assert len(person_names("Anna Berg; Anna Stein")) == 2


@pytest.mark.parametrize(
    ("text", "borne", "at_birth"),
    [
        ("Maria Schmidt geb. Weber", ("maria", "schmidt"), ("maria", "weber")),
        ("Anna Berg (née Olsen)", ("anna", "berg"), ("anna", "olsen")),
        ("Jana Nováková, roz. Malá", ("jana", "novakova"), ("jana", "mala")),
        ("Иванова Мария Петровна (урожд. Сидорова)", ("ivanova", "mariya"), ("mariya", "sidorova")),
        ("ILZE KALNIŅA DZIM. BĒRZIŅA", ("ilze", "kalnina"), ("berzina", "ilze")),
    ],
)
def test_a_name_at_birth_is_a_further_name(text: str, borne: tuple[str], at_birth: tuple[str]) -> None:
    assert [name.tokens for name in person_names(text)] == [borne, at_birth]


def test_a_stated_family_name_may_tell_the_one_at_birth() -> None:
    [name] = person_names("Maria Schmidt", given="Maria", family="Schmidt geb. Weber")
    assert name.family == ("schmidt",)


def test_words_that_are_names_tell_of_no_birth() -> None:
    assert one("Max Born").tokens == one("Born Max").tokens == ("born", "max")
    assert one("Aung Nee Oo").tokens == ("aung", "nee", "oo")


def test_subjects_behind_a_title_are_no_names() -> None:
    assert one("Dr. med. Prof. Hans von und zu Berg").tokens == ("berg", "hans")
    assert one("Ing. Dr. rer. nat. Eva Stein").tokens == ("eva", "stein")


def test_turkic_patronymics_in_one_word_are_set_apart() -> None:
    assert one("Гүлнар Нұрланқызы Ахметова").patronymic == "nurlanqyzy"
    assert one("Nursultan Abishuly Omarov").patronymic == "abishuly"
    assert one("Mehmet Ali Dervişoğlu").patronymic is None


def test_behind_the_family_name_the_given_name_is_known_by_its_patronymic() -> None:
    assert one("Иванова Анна Сергеевна").family == ("ivanova",)
    assert one("Aliyev Vagif Rasul oğlu").family == ("aliyev",)


def test_portuguese_and_is_no_initial() -> None:
    assert one("Maria dos Santos e Silva").initials == ()
    assert one("John E Silva").initials == ("e",)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Đorđe Đukić", "Djordje Djukic"),
        ("Ђорђе Ђукић", "Đorđe Đukić"),
        ("Χρήστος Χατζής", "Christos Chatzis"),
        ("Χρήστος Χατζής", "Hristos Hatzis"),
        ("דוד לוי", "David Levi"),
    ],
)
def test_letters_with_two_spellings_are_read_in_both(left: str, right: str) -> None:
    spellings = [{name.tokens for name in person_names(text)} for text in (left, right)]
    assert spellings[0] & spellings[1]


def test_names_in_brackets_count_in_another_script_only() -> None:
    assert [n.script for n in person_names("Ivan Petrov (Иван Петров)")] == ["latin", "cyrillic"]
    assert len(person_names("Ivan Petrov (formerly listed as)")) == 1


def test_two_words_of_which_one_looks_like_a_particle_are_both_kept() -> None:
    assert one("Ван Лін").tokens == ("lin", "van")
    assert one("El Masri").tokens == ("masri",)


def test_persian_and_arabic_readings_are_both_kept() -> None:
    assert {n.tokens for n in person_names("رضا حسن")} == {("hasan", "rada"), ("hasan", "raza")}


@pytest.mark.parametrize("text", ["", "   ", "---", "123", "Korean:", "Text of image", "original script"])
def test_remarks_are_no_names(text: str) -> None:
    assert person_names(text) == []


def test_look_alike_letters_are_repaired() -> None:
    assert one("Iгор Кoваль").tokens == one("Ігор Коваль").tokens
    assert one("B0ris Stein").tokens == ("boris", "stein")


@given(ANY_TEXT)
def test_any_text_is_read_without_a_crash(text: str) -> None:
    for name in person_names(text):
        assert name.tokens == tuple(sorted(set(name.tokens)))
        assert len(name.phonetic) == len(name.tokens)
        assert all(name.phonetic)
        assert set(name.given) | set(name.family) <= set(name.tokens)
        assert name.full.isascii()


@given(ANY_TEXT)
def test_folding_is_idempotent_ascii_and_clean(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded
    assert folded == " ".join(folded.split()).lower()
    assert clean(clean(text)) == clean(text)
    assert to_latin(text).isascii()
    assert dominant_script(text)


@given(st.permutations(["anna", "maria", "berg", "stein", "olsen"]))
def test_names_are_the_same_in_any_order(words: list[str]) -> None:
    assert one(" ".join(words)).tokens == ("anna", "berg", "maria", "olsen", "stein")
    assert one(" ".join(words)).skeleton == one("Anna Maria Berg Stein Olsen").skeleton


@given(ANY_TEXT, WORDS)
def test_latin_text_is_read_as_it_was(text: str, words: list[str]) -> None:
    assert to_latin(to_latin(text)) == to_latin(text)
    for name in person_names(" ".join(words)):
        if name.script == "latin" and name.patronymic is None and not name.readings:
            [again] = person_names(name.full)
            assert again.tokens == name.tokens


@given(WORDS, st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_tokens_do_not_depend_on_the_order_of_latin_words(words: list[str], random: object) -> None:
    folded = [fold(w) for w in words]
    shuffled = list(words)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert sorted(folded) == sorted(fold(w) for w in shuffled)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_sound_keys_are_never_empty_and_ignore_doubled_letters(word: str) -> None:
    assert phonetic(word)
    assert skeleton(word)
    assert phonetic(word) == phonetic(word + word[-1]) or word[-1] in "cfhx"
