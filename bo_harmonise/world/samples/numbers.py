"""Identifiers of the invented companies: right shape, right check digits, in ranges that are not issued."""

from collections.abc import Callable, Iterable

from bo_harmonise.world.check_digits import cvr, ico, lei, lv_regcode

DATE = "2026-10-01"
"""Date of the snapshot of every register."""


def _series(keys: Iterable[str], first: int, make: Callable[[int], str | None]) -> dict[str, str]:
    numbers: dict[str, str] = {}
    n = first
    for key in keys:
        while (number := make(n)) is None:
            n += 1
        numbers[key] = number
        n += 37
    return numbers


GB = {
    "thornwick": "19000417",
    "wychmoor": "19001288",
    "saltmarsh": "19002306",
    "penhallow": "19003355",
    "quillhaven": "19004121",
    "ravensgill": "19004977",
    "merrowdown": "19005810",
    "larkbarrow": "19006642",
    "bundgaard": "19007239",
    "hrabinsky": "19008015",
    "prydderch_senior": "00900736",
    "prydderch_junior": "19009544",
    "brackenfold": "19010283",
    "tolvaddon": "06900128",
    "tolvaddon_retail": "19011902",
    "tolvaddon_estates": "19012375",
    "cindermoss": "SC900214",
    "cindermoss_lp": "SL900345",
    "fennimore": "OC900461",
    "slatequay": "NI900522",
    "marlstone": "OE900037",
    "orchardleigh": "OE900112",
    "nordvale": "OE900256",
    "gatewing": "OE900301",
    "larchmere": "19013460",
    "ouroboros": "19014008",
    "harrowgate": "19014756",
    "pepperstone": "19015223",
    "skelwith": "19015991",
    "vantrees": "19016384",
    "windle": "19017150",
    "exchange": "19017844",
    "dissolved": "19018392",
    "yarrowby": "19019027",
    "zennor": "19019688",
    "applecross": "19020150",
    "digits": "19020731",
}

LV = _series(
    (
        "ostmala",
        "jurmalas_vejs",
        "selu_darzi",
        "linu_fabrika",
        "gaujas_papirs",
        "kurzemes_koks",
        "baltezera",
        "miglas_tilti",
        "meness_audumi",
        "latgales_mals",
        "zala_pede",
        "abavas_piens",
        "teterevi",
        "velna_dzirnavas",
        "dzintara_cels",
        "sarma",
    ),
    4029900010,
    lv_regcode,
)
LV_FARM = "689900172"
"""Nine digits: the shape of old farms."""

DK = _series(
    (
        "norrevig",
        "skovbrynet",
        "vadehav",
        "bundgaard",
        "klitrose",
        "lyngholm",
        "havnegade",
        "ravhuset",
        "mosevang",
        "tangloppen",
        "birkelund",
        "fejlagtig",
        "revision",
        "smedegaard",
    ),
    9100110,
    cvr,
)

SK = _series(
    (
        "terminaly",
        "hrabinsky",
        "tatranska",
        "kysucke",
        "podtatranske",
        "zahorie",
        "gemerska",
        "liptovske",
        "oravsky_podnikatel",
        "sarisska",
        "fond_zubor",
        "hontianska",
    ),
    7100021,
    ico,
) | {"nitrianska": ico(90713), "advokat": ico(7990042)}
"""`nitrianska` begins with zeros, which the register leaves out."""

LEI = {
    key: lei(f"99850000{n:04d}SAMPLE")
    for n, key in enumerate(
        (
            "issuer",
            "thornwick",
            "wychmoor",
            "gruenspecht",
            "ostmala",
            "gaujas_papirs",
            "tatranska",
            "spare",
            "tolvaddon",
            "tolvaddon_retail",
            "cindermoss",
            "lyngholm",
            "havnegade",
            "krokodyl",
            "krokodyl_france",
            "sable_reef",
            "fund",
            "fund_manager",
            "umbrella",
            "feeder",
            "branch",
            "proprietor",
            "government",
            "international",
            "retired",
            "duplicate",
            "annulled",
            "brackenfold",
            "zahorie",
            "kurzemes_koks",
            "moravian",
            "null_status",
        )
    )
}

RA = {
    "GB": "RA000585",
    "DK": "RA000170",
    "SK": "RA000526",
    "LV": "RA000423",
    "CZ": "RA000163",
    "FR": "RA000189",
    "PL": "RA000484",
    "AT": "RA000017",
    "other": "RA888888",
    "none": "RA999999",
}
"""Registration authorities, as GLEIF numbers them."""


def gb(key: str) -> str:
    """Return the record id of a UK company."""
    return f"gb_psc:entity:{GB[key]}"


def lv(key: str) -> str:
    """Return the record id of a Latvian company."""
    return f"lv_ur:entity:{LV[key]}"


def dk(key: str) -> str:
    """Return the record id of a Danish company."""
    return f"dk_cvr:entity:{DK[key]}"


def sk(key: str) -> str:
    """Return the record id of a Slovak partner of the public sector."""
    return f"sk_rpvs:entity:{SK[key]}"


def gleif(key: str) -> str:
    """Return the record id of a legal entity with an LEI."""
    return f"gleif:entity:{LEI[key]}"
