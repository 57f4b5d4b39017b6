"""Values of messages for tests: one complete example a form, and a strategy that draws any valid message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st

from armslength.core.instants import Instant, parse_rfc3339
from armslength.core.text import is_invisible
from armslength.language.codebook_table import DIGEST, VERSION
from armslength.language.phrases import shown_digest
from armslength.line import fields as no
from armslength.line.form_types import FieldKind as Kind
from armslength.line.forms import FORMS, fields_of
from armslength.line.vocabularies import FACILITY_KIND, VOCABULARIES

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.line.form_types import Form, FormField

ZNPP = (475_122_000, 345_858_000, 10)
EVENING = parse_rfc3339("2022-11-19T16:00:00Z")
MORNING = parse_rfc3339("2022-11-20T08:00:00Z")
NOON = parse_rfc3339("2022-11-20T12:00:00Z")
HASH = bytes(range(32))

OWN: dict[str, dict[int, CborValue]] = {
    "TEST": {100: "The quick brown fox jumps over the lazy dog 0123456789."},
    "CONCERN": {
        no.REPLY_BY: NOON,
        no.TOPIC: "nuclear-safety",
        no.FACILITY_ID: "UA-ZNPP",
        no.PLACE: ZNPP,
        no.ATTRIBUTION: "NO-ATTRIBUTION",
        no.FREE_TEXT: "More than twelve explosions within forty minutes.",
        100: ("Запорізька АЕС", "uk", "NUCLEAR-POWER-PLANT"),
        101: "SHELLING",
        102: (EVENING, MORNING),
        103: ("RELEASE-OF-RADIATION",),
        104: (("PHYSICAL-INTEGRITY", "COMPROMISED"), ("OFF-SITE-POWER", "HELD")),
        105: ("CEASE-FIRE-AT-PLACE", "EXAMINE-AND-ANSWER"),
        106: "INTERNATIONAL-MONITOR",
        107: "CONFIRMED-BY-MONITOR",
        108: ("AP-I-ARTICLE-56", "CUSTOMARY-RULE-42"),
        109: ("CIRCLE", ZNPP, 1500),
    },
    "CLARIFICATION-REQUEST": {no.PLACE: ZNPP, 101: ("PURPOSE-OF-ACTIVITY", "TIME-OF-END")},
    "REPLY": {no.ANSWERS: HASH, 100: "being-examined", 101: "FACTS-BEING-ESTABLISHED", 103: NOON},
    "NOT-OURS": {no.ANSWERS: HASH, 100: "FIRE"},
    "INCIDENT": {
        no.PLACE: ZNPP,
        no.ATTRIBUTION: "NO-ATTRIBUTION",
        101: "BREACH-OF-DAM",
        102: (EVENING, MORNING),
        106: "OPEN-SOURCES",
        107: "SEVERAL-SOURCES",
        108: 0,
    },
    "STOP": {no.PLACE: ZNPP},
    "SERVICE": {100: "PLANNED-OUTAGE", 101: (MORNING, NOON), 102: ("HTTPS", "SMTP")},
    "QUERY-RECEIPT": {100: HASH, 101: 7, 103: "R0"},
    "WINDOW": {
        no.REPLY_BY: EVENING,
        no.FACILITY_ID: "UA-ZNPP",
        100: "IAEA-W-2022-0001",
        101: ("CIRCLE", ZNPP, 1500),
        102: (MORNING, NOON),
        103: ("REPAIR-OF-POWER-LINE",),
        104: ("Line crew 1",),
        105: ("EUCOM", "NDMC"),
        106: ("Observers of the mission",),
    },
    "ASSURANCE": {
        no.ANSWERS: HASH,
        100: "IAEA-W-2022-0001",
        101: "GIVEN",
        102: ("Operational command of the sector",),
        103: (MORNING, NOON),
    },
    "WINDOW-STATUS": {
        100: "IAEA-W-2022-0001",
        101: "VIOLATED",
        102: "VIOLATION-OBSERVED",
        103: MORNING,
        104: "SHELLING",
        107: ("R-2022-0007",),
        108: 1,
    },
    "SITE-NOTICE": {
        no.FACILITY_ID: "UA-ZNPP",
        no.PLACE: ZNPP,
        no.VALID_UNTIL: NOON,
        100: ("Запорізька АЕС", "uk", "NUCLEAR-POWER-PLANT"),
        102: "NOT-DISPLAYED",
    },
    "PHRASE": {
        100: (
            VERSION,
            shown_digest(DIGEST),
            (
                (13, ZNPP),
                (11, 21),
                (21, ("Запорізька АЕС", "uk", "NUCLEAR-POWER-PLANT")),
                (71, 25, "M-14; northern part", MORNING, NOON),
            ),
        ),
    },
    "CODEBOOK": {100: VERSION, 101: DIGEST, 102: ("en", "ru"), 103: 1, 104: 39, 105: True},
    "LIST-EXCHANGE": {
        100: "REVEAL",
        101: 2023,
        102: 2,
        103: HASH,
        104: HASH,
        105: (
            ("UA-ZNPP", "Запорізька АЕС", "uk", "NUCLEAR-POWER-PLANT", ZNPP),
            ("UA-KHPP", "Каховська ГЕС; гребля", "uk", "DAM", None),
        ),
    },
    "ACTIVITY-NOTICE": {
        no.TAKES_EFFECT_AT: EVENING,
        no.VALID_UNTIL: NOON,
        no.AGREEMENT: "INCSEA-1972",
        100: "N-2022-0003",
        101: "GUN-FIRING",
        102: ("CIRCLE", ZNPP, 9_000),
        103: (EVENING, MORNING),
        104: ("121.5 MHz", "4125 kHz"),
        105: ("Duty officer, +00 000 0000",),
        106: 3_000,
    },
    "LAUNCH-NOTICE": {
        no.TAKES_EFFECT_AT: EVENING,
        no.VALID_UNTIL: EVENING + 4 * 86_400_000_000,
        100: "L-2022-0001",
        101: "SPACE-ROCKET",
        102: (EVENING, MORNING),
        103: ("Northern range",),
        104: ("CIRCLE", ZNPP, 20_000),
        105: ("POLYGON", (ZNPP, (475_000_000, 346_000_000, 0), (476_000_000, 347_000_000, 0))),
    },
    "MOVE-NOTICE": {
        no.TAKES_EFFECT_AT: MORNING,
        no.VALID_FROM: EVENING,
        no.VALID_UNTIL: NOON,
        100: "N-2022-0007",
        101: ("Relief (North)",),
        102: ("Duty desk, +00 000 0001",),
        103: ("DELIVERY-OF-RELIEF", "EVACUATION-OF-SICK-AND-WOUNDED"),
        104: "EMERGENCY",
        105: (MORNING, NOON),
        106: ("ROUTE", (ZNPP, (475_500_000, 346_000_000, 10)), 500),
        107: (("STOP-1", "Міська лікарня", "uk", "HOSPITAL", ZNPP),),
        108: 3,
        109: ("AA 0001", "AA 0002"),
        110: ("EMBLEM-OF-ORGANISATION",),
        111: 11,
        112: ("MEDICAL-SUPPLIES", "FOOD"),
        113: "NO-ESCORT",
    },
    "DAILY-PLAN": {
        no.REPLY_BY: NOON,
        no.VALID_UNTIL: NOON,
        100: "P-2022-11-20",
        101: (EVENING, NOON),
        102: "PROPOSED",
        103: ("N-2022-0007, 08:00 to 12:00", "Works at the pumping station"),
        106: ("Joint desk",),
    },
    "CALL-REQUEST": {
        no.REPLY_BY: NOON,
        no.TOPIC: "nuclear-safety",
        100: ("Chief of the General Staff",),
        101: ("Chairman",),
        102: 21,
        103: ("en", "ru"),
        104: (MORNING, NOON),
        108: True,
    },
    "CALL-RECORD": {
        100: "CL-2022-0002",
        101: (MORNING, NOON),
        102: ("Duty officer",),
        103: ("Officer on watch",),
        105: "Both sides stated their positions.\nNo decision was taken.",
        106: "ru",
        107: "Стороны изложили свои позиции.\nРешений не принято.",
        109: "EUCOM",
    },
    "SUSPEND": {
        100: NOON,
        101: "REASON-NOT-STATED",
        102: ("STOPS-AND-RECEIPTS", "NAMED-AGREEMENTS"),
        103: ("INCSEA-1972",),
        104: ("Duty desk, +00 000 0002",),
    },
    "RESUME": {100: NOON},
    "PUBLIC-WORDING": {
        100: "PW-2022-0001",
        101: "WORDING-PROPOSED",
        102: "NO-OBJECTION-ASKED",
        103: NOON,
        104: "The line was used to prevent an incident.",
        105: "uk",
        106: "Лінію використано, щоб запобігти інциденту.",
    },
    "PRESENCE-QUERY": {100: ("Minister of Defence",), 101: 5},
    "PRESENCE": {no.ANSWERS: HASH, 100: ("Minister of Defence",), 101: "REACHABLE-LATER", 102: 12},
}


def example(code: str) -> dict[int, CborValue]:
    """A complete message of a form at its usual precedence."""
    entry = FORMS[code]
    head: dict[int, CborValue] = {
        no.FORM_CODE: entry.code,
        no.FORM_VERSION: entry.version,
        no.PRECEDENCE: int(entry.precedences[0]),
        no.LANGUAGE: "en",
    }
    return head | OWN[code]


# --- any valid message ------------------------------------------------------------------------------------------------

_E7 = 10_000_000
_INSTANTS = st.one_of(
    st.integers(EVENING, NOON),
    # Whole minutes and seconds take the short way on paper.
    st.integers(0, 10**6).map(lambda minute: EVENING + minute * 60_000_000),
    st.integers(0, 10**6).map(lambda second: EVENING + second * 1_000_000),
)
_PLACES = st.tuples(
    st.integers(-80 * _E7, 80 * _E7), st.integers(-180 * _E7, 180 * _E7), st.sampled_from([0, 1, 10, 500, 100_000])
)
_TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=("Cs",)), st.sampled_from(" \n[U+0041]-(1)/12—ЇЖё\u202e\u00a0")),
    min_size=1,
    max_size=200,
)


def _fits(text: str) -> bool:
    return bool(text.strip()) and not any(is_invisible(char) for char in text)


_LINES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Mn", "Me", "Mc")), min_size=1, max_size=16
).filter(_fits)
_HASHES = st.binary(min_size=32, max_size=32)


def _nearby(place: tuple[int, int, int], count: int) -> tuple[tuple[int, int, int], ...]:
    """Different places around one, so that any number of them makes an area."""
    return tuple((place[0] + step * 1_000, place[1] // 2 + step * step * 700, place[2]) for step in range(count))


_AREAS = st.one_of(
    st.tuples(st.just("CIRCLE"), _PLACES, st.integers(1, 1_000_000)),
    st.builds(lambda place, n: ("POLYGON", _nearby(place, n)), _PLACES, st.integers(3, 6)),
    st.builds(lambda place, n, w: ("ROUTE", _nearby(place, n), w), _PLACES, st.integers(2, 5), st.integers(1, 9_999)),
)
_WINDOWS = st.tuples(_INSTANTS, _INSTANTS).map(lambda pair: tuple(sorted(pair)))


def _codes(table: str | None) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(VOCABULARIES[table or ""].codes))


def _statuses(field: FormField) -> st.SearchStrategy[CborValue]:
    pairs = st.dictionaries(_codes(field.vocabulary), _codes(field.grades), min_size=1, max_size=7)
    return pairs.map(lambda found: tuple(found.items()))


def _values(field: FormField) -> st.SearchStrategy[CborValue]:
    """Any value that the field may have."""
    kinds: dict[Kind, st.SearchStrategy[CborValue]] = {
        Kind.PLACE: _PLACES,
        Kind.AREA: _AREAS,
        Kind.INSTANT: _INSTANTS,
        Kind.WINDOW: _WINDOWS,
        Kind.TEXT: _TEXTS,
        Kind.WORD: _LINES,
        Kind.FACILITY: st.tuples(_LINES, st.sampled_from(["en", "ru", "uk"]), _codes(FACILITY_KIND.name)),
        Kind.COUNT: st.integers(0, 10**9),
        Kind.HASH: _HASHES,
        Kind.NAMES: st.lists(_LINES, min_size=1, max_size=3).map(tuple),
        Kind.PARTY: st.sampled_from(["EUCOM", "NDMC", "IAEA", "A-1"]),
        Kind.PARTIES: _PARTIES,
        Kind.FLAG: st.booleans(),
        Kind.SITES: _SITES,
        Kind.PHRASES: _PHRASES,
    }
    if field.kind is Kind.CODE:
        return _codes(field.vocabulary)
    if field.kind is Kind.CODES:
        return st.lists(_codes(field.vocabulary), min_size=1, max_size=4, unique=True).map(tuple)
    if field.kind is Kind.STATUSES:
        return _statuses(field)
    if field.kind is Kind.RELATION:
        return st.tuples(st.sampled_from(["updates", "adds", "relates"]), _HASHES)
    return kinds[field.kind]


_ARGUMENTS = st.one_of(
    st.integers(0, 10**9),
    _INSTANTS,
    _LINES,
    _PLACES,
    st.tuples(_LINES, st.sampled_from(["en", "ru", "uk"]), _codes(FACILITY_KIND.name)),
)
_PHRASES = st.tuples(
    st.sampled_from([VERSION, 2]),
    st.sampled_from([shown_digest(DIGEST), "0badcafe"]),
    st.lists(
        st.tuples(st.integers(1, 999), st.lists(_ARGUMENTS, max_size=4)).map(lambda phrase: (phrase[0], *phrase[1])),
        min_size=1,
        max_size=4,
    ).map(tuple),
)
"""Phrases that the line lets through, whether or not this version of the codebook has them."""
_SITES = st.lists(
    st.tuples(
        _LINES, _LINES, st.sampled_from(["en", "ru", "uk"]), _codes(FACILITY_KIND.name), st.one_of(st.none(), _PLACES)
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda site: site[0],
).map(tuple)
_PARTIES = st.lists(st.sampled_from(["EUCOM", "NDMC", "IAEA", "A-1"]), min_size=1, unique=True).map(tuple)

_PERIOD = {no.VALID_FROM: EVENING, no.VALID_UNTIL: MORNING}
"""Their order is a rule of its own, so that they are not drawn."""


@st.composite
def messages(draw: st.DrawFn) -> tuple[Form, dict[int, CborValue]]:
    """A form and a message of it with any of its fields."""
    entry = FORMS[draw(st.sampled_from(sorted(FORMS)))]
    values = example(entry.code) | {no.PRECEDENCE: int(draw(st.sampled_from(entry.precedences)))}
    fixed = {no.FORM_CODE, no.FORM_VERSION, no.PRECEDENCE, *_PERIOD}
    optional = [field for number, field in fields_of(entry).items() if number not in fixed]
    for field in draw(st.lists(st.sampled_from(optional), unique_by=lambda field: field.number, max_size=6)):
        values[field.number] = draw(_values(field))
    return entry, values | (_PERIOD if draw(st.booleans()) else {})


def instant(text: str) -> Instant:
    """A moment for a header."""
    return parse_rfc3339(text)
