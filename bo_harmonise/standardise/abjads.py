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
_LONG = "اآأىیيوؤةهە"
_PERSIAN_YE = str.maketrans({"ي": "ی", "ې": "ی", "ك": "ک"})
_MARKS = re.compile(r"[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0591-\u05bd\u05bf-\u05c7]")

_HEBREW = {
    "א": "a", "ב": "v", "ג": "g", "ד": "d", "ה": "h", "ו": "v", "ז": "z", "ח": "h", "ט": "t",
    "י": "y", "כ": "kh", "ך": "kh", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s",
    "ע": "a", "פ": "f", "ף": "f", "צ": "ts", "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
_HEBREW_INITIAL = {"ב": "b", "כ": "k", "פ": "p"}
_GERESH = (("ג'", "j"), ("ז'", "zh"), ("צ'", "ch"), ("ץ'", "ch"), ("ת'", "th"))


def _glide(previous: str, following: str, vowels: str, consonant: str, vowel: str) -> str:
    """Read a letter that is a consonant before a vowel or at the start, and a vowel elsewhere."""
    return consonant if not previous or following in vowels and following else vowel


def arabic_to_latin(word: str) -> str:
    """Romanise one Arabic, Persian, Urdu or Pashto word; the article is set off with a hyphen.

    >>> [arabic_to_latin(w) for w in ("محمد", "شینواری", "الدليمي", "یونس", "علی")]
    ['mhmd', 'shinvari', 'al-dlimi', 'yuns', 'ali']
    """
    word = _MARKS.sub("", unicodedata.normalize("NFC", word)).translate(_PERSIAN_YE)
    if word.startswith("ال") and len(word) > 4:
        return "al-" + arabic_to_latin(word[2:])
    out = []
    for i, char in enumerate(word):
        previous, following = word[i - 1 : i], word[i + 1 : i + 2]
        if char == "و":
            out.append(_glide(previous, following, _LONG, "v", "u"))
        elif char == "ی":
            out.append(_glide(previous, following, _LONG, "y", "i"))
        elif char == "ى":
            out.append("i" if following or previous not in ("س", "ف", "ل", "ن") else "a")
        else:
            out.append(_ARABIC.get(char, char))
    return "".join(out)


def hebrew_to_latin(word: str) -> str:
    """Romanise one Hebrew word; ו and י are vowels between consonants.

    >>> [hebrew_to_latin(w) for w in ("משה", "אביחי", "ויצמן", "נתניהו", "גופשטיין")]
    ['msha', 'avihi', 'vitsmn', 'ntnihu', 'gofshtin']
    """
    word = _MARKS.sub("", unicodedata.normalize("NFC", word)).replace("וו", "װ").replace("יי", "ײ")
    out = ""
    for native, latin in _GERESH:
        word = word.replace(native, latin)
    for i, char in enumerate(word):
        last = i == len(word) - 1
        if char == "ו":
            out += "v" if i == 0 else ("u" if last else "o")
        elif char == "װ":
            out += "v"
        elif char == "י":
            out += "y" if i == 0 else "i"
        elif char == "ײ":
            out += "y" if i == 0 else "i"
        elif char == "ה" and last:
            out += "a"
        elif i == 0 and char in _HEBREW_INITIAL:
            out += _HEBREW_INITIAL[char]
        else:
            out += _HEBREW.get(char, char)
    return out
