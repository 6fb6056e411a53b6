"""Slugs of the PSC feed: 86 natures of control, 28 statements, 5 exemptions (REGISTERS.md 1.1)."""

BANDS = ("25-to-50", "50-to-75", "75-to-100")
_SUFFIXES = ("", "-as-trust", "-as-firm")
_LLP = "-limited-liability-partnership"
_ROE = "-registered-overseas-entity"
_CONTROL_OVER = ("-as-control-over-trust", "-as-control-over-firm")

COMPANY_NATURES = (
    *(f"ownership-of-shares-{band}-percent{s}" for s in _SUFFIXES for band in BANDS),
    *(f"voting-rights-{band}-percent{s}" for s in _SUFFIXES for band in BANDS),
    *(f"right-to-appoint-and-remove-directors{s}" for s in _SUFFIXES),
    *(f"significant-influence-or-control{s}" for s in _SUFFIXES),
)
LLP_NATURES = (
    *(f"right-to-share-surplus-assets-{band}-percent{s}{_LLP}" for s in _SUFFIXES for band in BANDS),
    *(f"voting-rights-{band}-percent{s}{_LLP}" for s in _SUFFIXES for band in BANDS),
    *(f"right-to-appoint-and-remove-members{s}{_LLP}" for s in _SUFFIXES),
    *(f"significant-influence-or-control{s}{_LLP}" for s in _SUFFIXES),
)
SCOTTISH_NATURES = (
    *(f"part-right-to-share-surplus-assets-{band}-percent{s}" for s in _SUFFIXES for band in BANDS),
    *(f"right-to-appoint-and-remove-person{s}" for s in _SUFFIXES),
)
OVERSEAS_NATURES = (
    *(
        f"{right}{s}{_ROE}"
        for right in (
            "ownership-of-shares-more-than-25-percent",
            "voting-rights-more-than-25-percent",
            "right-to-appoint-and-remove-directors",
            "significant-influence-or-control",
        )
        for s in (*_SUFFIXES, *_CONTROL_OVER)
    ),
    *(
        f"registered-owner-as-nominee-{holder}-{place}{_ROE}"
        for holder in ("person", "another-entity")
        for place in ("england-wales", "scotland", "northern-ireland")
    ),
)
NATURES = (*COMPANY_NATURES, *LLP_NATURES, *SCOTTISH_NATURES, *OVERSEAS_NATURES)

_COMPANY_ONLY = (
    "no-individual-or-entity-with-signficant-control",
    "psc-exists-but-not-identified",
    "psc-details-not-confirmed",
    "steps-to-find-psc-not-yet-completed",
    "psc-contacted-but-no-response",
    "psc-has-failed-to-confirm-changed-details",
    "restrictions-notice-issued-to-psc",
)
COMPANY_STATEMENTS = (*_COMPANY_ONLY, "awaiting-confirmation-from-psc")
PARTNERSHIP_STATEMENTS = tuple(f"{slug}-partnership" for slug in _COMPANY_ONLY)
OVERSEAS_STATEMENTS = (
    "all-beneficial-owners-identified",
    "no-beneficial-owner-identified",
    "at-least-one-beneficial-owner-unidentified",
    "information-not-provided-for-at-least-one-beneficial-owner",
    "at-least-one-beneficial-owner-unidentified-and-information-not-provided-for-at-least-one-beneficial-owner",
    "nobody-has-become-or-ceased-to-be-a-beneficial-owner",
    "somebody-has-become-or-ceased-to-be-a-beneficial-owner",
    *(
        f"{slug}-relevant-period"
        for subject in ("change-beneficial-owner", "trust-involved", "change-beneficiary")
        for slug in (f"no-{subject}", subject)
    ),
)
STATEMENTS = (*COMPANY_STATEMENTS, *PARTNERSHIP_STATEMENTS, *OVERSEAS_STATEMENTS)

EXEMPTIONS = (
    "disclosure-transparency-rules-chapter-five-applies",
    "psc-exempt-as-trading-on-regulated-market",
    "psc-exempt-as-shares-admitted-on-market",
    "psc-exempt-as-trading-on-uk-regulated-market",
    "psc-exempt-as-trading-on-eu-regulated-market",
)
