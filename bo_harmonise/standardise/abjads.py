"""Write Arabic and Hebrew in Latin letters.

Both leave out short vowels, so that what can be compared is the row of consonants (see `sounds`). The
letters that stand for long vowels or consonants (و ی ا, ו י א) are read by their neighbours.
"""

import re
import unicodedata

_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th",
    "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh",
    "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f",
    "ق": "q", "ڤ": "v", "ک": "k", "ك": "k", "گ": "g", "ڭ": "ng", "ل": "l", "م": "m", "ن": "n",
    "ه": "h", "ة": "a", "ۀ": "a", "ھ": "h", "ہ": "h", "ۃ": "a", "ء": "", "ئ": "y", "ؤ": "o",
    "ى": "a", "ے": "e", "ں": "n", "ٹ": "t", "ڈ": "d", "ڑ": "r", "ې": "e", "ۍ": "ai", "ټ": "t",
    "ډ": "d", "ړ": "r", "ښ": "sh", "ږ": "zh", "ځ": "z", "څ": "ts", "ڼ": "n", "ګ": "g", "ۆ": "o",
    "ێ": "e", "ە": "a", "ڵ": "l", "ڕ": "r", "ـ": "",
}  # fmt: skip
# Letters that are pronounced, and written in Latin, otherwise in Persian, Dari, Pashto and Urdu.
_PERSIAN = {"ث": "s", "ذ": "z", "ض": "z", "ظ": "z", "ق": "gh", "ة": "at", "و": "v"}

_PERSIAN_TABLE = _ARABIC | _PERSIAN
_LONG = frozenset("اآأىیيوؤةهە")
_LETTERS = str.maketrans(
    {"ي": "ی", "ې": "ی", "ے": "ی", "ك": "ک", "ہ": "ه", "ھ": "ه", "ە": "ه", "\u200c": None}
)
_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05bd\u05bf-\u05c7]")
_VOWELS = frozenset("aeiou")
_FINAL_A = frozenset(
    {"موسى", "عیسى", "یحیى", "مصطفى", "مرتضى", "مجتبى", "لیلى", "سلمى", "هدى", "منى", "بشرى", "کبرى", "صغرى"}
)
_IRREGULAR = {"عبد": "abd", "طه": "taha", "یس": "yasin", "عمرو": "amr", "اللهی": "allahi"}
_BEGINNINGS = {
    "ابوال": "abu ", "أبوال": "abu ", "ابو": "abu ", "أبو": "abu ", "عبدال": "abd ", "ذوال": "dhul",
    "ال": "al-",
}  # fmt: skip
_ENDINGS = {"الدین": " al-din", "وند": "vand"}
# Words that begin with alif and lam without the article.
_NO_ARTICLE = (
    "الله",
    "الیا",
    "الهام",
    "الهه",
    "الناز",
    "الکس",
    "الین",
    "البرت",
    "البرز",
    "الفرد",
    "الیز",
    "الیک",
    "الهی",
)

_HEBREW = {
    "א": "a", "ב": "v", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "װ": "v", "ז": "z", "ח": "h", "ט": "t",
    "י": "y", "כ": "kh", "ך": "kh", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s",
    "ע": "a", "פ": "f", "ף": "f", "צ": "ts", "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
_HEBREW_INITIAL = {"ב": "b", "כ": "k", "פ": "p"}
_HEBREW_VOWELS = frozenset("אהועיװײ")
# Names whose ו is a consonant.
_HEBREW_IRREGULAR = {"דוד": "david", "לוי": "levi", "הלוי": "halevi"}
_GERESH = (("ג'", "j"), ("ז'", "zh"), ("צ'", "ch"), ("ץ'", "ch"), ("ת'", "th"))


def _arabic_letter(word: str, i: int, table: dict[str, str]) -> str:
    """Read one letter: و and ی are consonants at the start and before a vowel, and vowels elsewhere."""
    char, previous, following = word[i], word[i - 1 : i] if i else "", word[i + 1 : i + 2]
    if char in "وی":
        is_consonant = not previous or (bool(following) and following in _LONG)
        if char == "و" and previous == "ا" and following:
            is_consonant = True
        return ("v" if char == "و" else "y") if is_consonant else ("u" if char == "و" else "i")
    if char == "ى":
        return "a" if word in _FINAL_A else "i"
    return table.get(char, char)


def _vocalised(letters: list[str]) -> str:
    """Join the letters with an `a` between consonants: a vowel is there, but not written."""
    out = ""
    for letter in letters:
        clash = letter and out and out[-1] not in _VOWELS and letter[0] not in _VOWELS
        # Fathi, Azhar, Ishaq: before h inside a word the vowel is mostly missing in Latin spellings, too.
        if clash and not (letter == "h" and len(out) > 2 and out[-1] in "tszdkg"):
            out += "i" if letter == "y" else "a"
        out += letter
    return out


def has_two_readings(text: str) -> bool:
    """Tell whether Arabic and Persian read the text differently.

    >>> has_two_readings("رضا"), has_two_readings("حسن")
    (True, False)
    """
    return any(char in _PERSIAN and char != "و" for char in text)


def arabic_to_latin(word: str, *, persian: bool = False) -> str:
    """Romanise one Arabic, Persian, Urdu or Pashto word; article and kunya are set off.

    Unwritten vowels are `a`. With `persian`, ض ذ ظ are z, ث is s and ق is gh.

    >>> [arabic_to_latin(w) for w in ("محمد", "شینواری", "الدليمي", "یونس", "عبدالله", "ابوطالب")]
    ['mahamad', 'shinavari', 'al-dalimi', 'yunas', 'abd allah', 'abu talab']
    >>> arabic_to_latin("رضا"), arabic_to_latin("رضا", persian=True)
    ('rada', 'raza')
    """
    word = _MARKS.sub("", unicodedata.normalize("NFC", word)).translate(_LETTERS)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    before, stem, after = _parted(word)
    if before or after:
        # Behind its article or Abu a stem has no second one; before God and faith it may have.
        read = _stem if before else arabic_to_latin
        return f"{before}{read(stem, persian=persian) if stem else ''}{after}".strip()
    return _stem(word, persian=persian)


def _stem(word: str, *, persian: bool) -> str:
    table = _PERSIAN_TABLE if persian else _ARABIC
    word = word.replace("تش", "چ")  # how Arabic writes ch
    return _vocalised([_arabic_letter(word, i, table) for i in range(len(word))])


def _parted(word: str) -> tuple[str, str, str]:
    """Part a word into article, Abd or Abu before the stem, the stem, and what is set behind it."""
    if word.endswith("لله"):
        return "", word.removesuffix("لله").removesuffix("ا"), " allah"
    for ending, after in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return "", word.removesuffix(ending), after
    for beginning, before in _BEGINNINGS.items():
        if word.startswith(beginning) and len(word) > len(beginning) + 1 and not word.startswith(_NO_ARTICLE):
            return before, word.removeprefix(beginning), ""
    return "", word, ""


def hebrew_to_latin(word: str, *, variant: int = 0) -> str:
    """Romanise one Hebrew word; ו and י are vowels between consonants, unwritten vowels are `a`.

    Letters with two readings take the other one by `variant`: 1 is ch for ח and כ, 2 is b and p inside a
    word, 3 both.

    >>> [hebrew_to_latin(w) for w in ("משה", "אביחי", "ויצמן", "ברקוביץ", "ישראל")]
    ['masha', 'avihi', 'vitsaman', 'barakovits', 'isharal']
    >>> [hebrew_to_latin("אביחי", variant=i) for i in (1, 2, 3)]
    ['avichi', 'abihi', 'abichi']
    """
    word = _MARKS.sub("", unicodedata.normalize("NFC", word))
    if word in _HEBREW_IRREGULAR:
        return _HEBREW_IRREGULAR[word]
    word = word.replace("וו", "װ").replace("יי", "ײ")
    for native, latin in _GERESH:
        word = word.replace(native, latin)
    letters = []
    for i, char in enumerate(word):
        is_last = i == len(word) - 1
        if char == "ו":
            letters.append("v" if i == 0 else ("u" if is_last else "o"))
        elif char in "יײ":
            letters.append("y" if i == 0 and word[1:2] in _HEBREW_VOWELS else "i")
        elif char == "ה" and is_last:
            letters.append("a")
        elif i == 0 and char in _HEBREW_INITIAL:
            letters.append(_HEBREW_INITIAL[char])
        elif variant & 1 and char in "חכך":
            letters.append("ch")
        elif variant & 2 and char in "בפ":
            letters.append("b" if char == "ב" else "p")
        else:
            letters.append(_HEBREW.get(char, char))
    return _vocalised(letters)
