"""A local record's fields as rows for the officer who is to sign it: every field, by its name, nothing left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.channels import contacts, decisions
from armslength.core.errors import ArmslengthError
from armslength.core.instants import Instant, rfc3339
from armslength.desk.form_json import place_json, plain
from armslength.register.documents import FACILITY_KEYS, REPORT_KEYS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue

FIRST_OWN: Final = 20
"""Fields below belong to every record: id, time, author, addressees, officer."""

INSTANT_FLOOR: Final = 10**14
"""No count, distance or age in a local record is as large; an instant of microseconds since 1973 is."""

OFFICER_NAMES: Final[Mapping[int, str]] = {
    20: "step",
    21: "change",
    22: "what",
    23: "officer concerned",
    24: "name",
    25: "roles",
    26: "key: kind, algorithm, public key",
    27: "key id",
    28: "credential id",
    29: "reason",
    30: "hash of the code",
    31: "code holds until",
    32: "label",
    33: "undoes",
}
"""Fields of a change of officers, and of its approval."""

NAMES: Final[Mapping[str, Mapping[int, str]]] = {
    "facility": {number: name for name, (number, _) in FACILITY_KEYS.items()},
    "report": {number: name for name, (number, _) in REPORT_KEYS.items()},
    "concern-step": {20: "concern", 21: "step", 22: "reason"},
    "alarm-accepted": {20: "alarm"},
    "alarm-passed": {20: "alarm", 21: "passed to", 22: "reason"},
    "alarm-shelved": {20: "alarm", 21: "step", 22: "until", 23: "reason"},
    "session": {20: "judgement", 21: "reason"},
    "contact": contacts.FIELD_NAMES,
    "decision": decisions.FIELD_NAMES,
    "import": {
        20: "what",
        21: "read as",
        22: "file",
        23: "SHA-256 of the file",
        24: "rows read",
        25: "rows to enter",
        26: "rows refused",
        27: "hash over the rows",
        28: "received at",
        29: "batches",
        30: "options",
    },
    "rules": {20: "rules", 21: "reason"},
    "officer-change": OFFICER_NAMES,
    "officer-approval": OFFICER_NAMES,
    "map-layer": {20: "name", 21: "kind", 22: "disclaimer", 23: "sha-256", 24: "features", 25: "file"},
    "feed": {
        20: "name",
        21: "read as",
        22: "from",
        23: "seconds to the next reading",
        24: "late after seconds",
        25: "rows an hour at most",
        26: "on",
        27: "options",
        28: "files afterwards",
    },
    "codebook": {20: "version", 21: "digest", 22: "languages", 23: "entries"},
    "codebook-sign": {
        20: "version",
        21: "digest",
        22: "what",
        23: "languages",
        24: "first entry",
        25: "last entry",
        26: "native speaker",
        27: "note",
    },
    "window": {20: "plan", 21: "lines"},
    "window-step": {
        20: "window",
        21: "step",
        22: "reason",
        24: "assurance",
        25: "violation",
        26: "crews",
        27: "from, until, assurances by",
        28: "pillars",
    },
    "translation": {
        20: "of a",
        21: "reference",
        22: "into",
        23: "from",
        24: "stage",
        25: "text",
        26: "doubts",
        27: "changes the meaning",
        28: "what it changes",
        29: "began with a machine draft of",
        30: "version",
        31: "received at",
        32: "original",
        33: "agrees",
    },
    "notice-step": {
        30: "step",
        31: "notice",
        32: "party",
        33: "version, or notices and versions",
        34: "receipt level",
        35: "reason, or how it is known",
    },
    "translation-read": {20: "of a", 21: "reference", 22: "into", 23: "version read"},
    "term": {20: "record", 21: "entries or peer", 22: "file or names", 23: "back-translation from", 24: "reason"},
    "list": {20: "year", 21: "line", 22: "sites", 23: "salt", 24: "digest", 25: "due at"},
    "channel": {20: "channel", 21: "reason"},
    "channel-state": {
        20: "channel",
        21: "manner",
        22: "state",
        23: "since",
        24: "by",
        25: "silence",
        26: "evidence",
        27: "reason",
    },
    "ladder": {20: "ladder", 21: "reason"},
    "roster": {20: "roster", 21: "reason"},
    "shift": {
        20: "step",
        21: "form",
        22: "hash of the form",
        23: "watch",
        24: "reason",
        26: "entry of the hand-over",
        27: "change of the watch",
    },
    "drill": {
        20: "step",
        21: "drill",
        22: "title",
        23: "from",
        24: "until",
        25: "script",
        26: "supervisor of the watch",
        27: "reason",
        28: "hash of the script",
    },
    "rung": {
        20: "step",
        21: "run",
        22: "rung",
        23: "at",
        24: "reason",
        25: "using it says",
        26: "approved by",
        27: "ladder of",
        28: "for",
        29: "answer",
    },
    "delegation": {
        20: "kind",
        21: "officers",
        22: "forms",
        23: "facility",
        24: "valid from",
        25: "valid until",
        26: "minutes of the day",
        27: "covers checks",
        28: "draft",
        29: "given by",
        30: "called back",
        31: "delegation",
    },
    "call": {
        20: "call",
        21: "channel",
        22: "direction",
        23: "began at",
        24: "we",
        25: "they",
        26: "interpreter",
        27: "telephone",
        28: "calls back",
        29: "case",
        30: "about",
        31: "recorded by",
        32: "number of the book",
    },
    "check-plan": {20: "plan", 21: "reason"},
    "line-check": {
        20: "channel",
        21: "result",
        22: "planned for",
        23: "made at",
        24: "reason",
        25: "who calls",
        26: "came back",
        27: "language",
        28: "text",
        29: "note",
        30: "corrects the one before",
    },
    "case": {20: "case", 21: "title", 22: "subject", 23: "facility", 24: "reason", 25: "joins"},
    "case-step": {
        20: "case",
        21: "step",
        22: "reason",
        23: "what joins or leaves",
        24: "account",
        25: "cannot both hold",
    },
    "log": {20: "text", 21: "tags", 22: "about", 23: "happened at"},
    "call-step": {
        20: "call",
        21: "step",
        22: "at",
        23: "text",
        24: "side",
        25: "names",
        26: "item",
        27: "by",
        28: "call-back",
        29: "language",
        30: "place sent and read back",
        31: "number sent and read back",
        32: "important",
        33: "draft",
    },
}
"""Record type -> field number -> its name; a number without one is shown as a number."""

_PLACE: Final = 23

PLAN: Final = {
    1: "window",
    2: "proposer",
    3: "facility",
    4: "zone",
    5: "works",
    6: "crews",
    7: "observers",
    8: "parties",
    9: "from",
    10: "until",
    11: "assurances by",
}
"""The plan of a window of silence, which is a map of its own in the record."""

CHANNEL: Final = {
    1: "channel",
    2: "name",
    3: "medium",
    4: "level",
    5: "end",
    6: "purpose",
    7: "not for",
    8: "may open",
    9: "approves",
    10: "manned: days, from and until minute of the day",
    11: "time zone",
    12: "languages",
    13: "form of address",
    14: "how it came to be",
    15: "told of it",
    16: "costs",
    17: "its use says",
    18: "our line to",
}
"""A channel, which is a map of its own in the record."""

LADDER: Final = {1: "subject", 2: "rung; seconds to wait; note", 3: "when none answered; seconds to wait"}
"""A ladder, which is a map of its own in the record."""

ROSTER: Final = {
    1: "roster",
    2: "time zone",
    3: "watch; from; until; officers; supervisor",
    4: "can be woken; how; deputy; note",
}
"""A roster, which is a map of its own in the record."""

CHECK_PLAN: Final = {
    1: "channel",
    2: "at",
    3: "every so many minutes",
    4: "time zone",
    5: "rule",
    6: "days of the week, 1 is Monday",
    7: "we work on",
    8: "our holiday",
    9: "they work on",
    10: "their holiday",
    11: "who calls",
    12: "who begins",
    13: "from",
    14: "until",
    15: "so early is that check, s",
    16: "in time within, s",
    17: "late for so long more, s",
    18: "languages",
    19: "with a text",
    20: "our line to",
}
"""A plan of line checks, which is a map of its own in the record."""

INNER: Final[Mapping[tuple[str, int], Mapping[int, str]]] = {
    ("window", 20): PLAN,
    ("channel", 20): CHANNEL,
    ("ladder", 20): LADDER,
    ("roster", 20): ROSTER,
    ("check-plan", 20): CHECK_PLAN,
}
"""Record type and field -> the names of the map that it holds."""

_ZONE, _SITES, _TIMES = 4, 22, 2

_READ_BACK: Final = ("call-step", 30)
"""Places of a step of a call, as sent and as read back."""


def body_rows(record_type: str, body: Mapping[int, CborValue]) -> list[tuple[str, object]]:
    """Return name and value of every own field, one row for each item of a list of lists."""
    names = NAMES.get(record_type, {})
    rows: list[tuple[str, object]] = []
    for number in sorted(one for one in body if one >= FIRST_OWN):
        name = names.get(number, f"field {number}").replace("_", " ")
        value = body[number]
        if number == _PLACE and record_type in {"facility", "report"}:
            rows.append((f"  {name}", _place(value)))
        elif (record_type, number) in INNER and isinstance(value, dict):
            rows += _inner_rows(INNER[(record_type, number)], value)
        elif (record_type, number) == _READ_BACK and isinstance(value, tuple):
            rows += [(f"  {name}", _place(one)) for one in value]
        elif number == _SITES and record_type == "list" and isinstance(value, tuple):
            rows += [(f"  {name}", _site(one)) for one in value]
        else:
            rows += _value_rows(name, value)
    return rows


def _value_rows(name: str, value: CborValue) -> list[tuple[str, object]]:
    if isinstance(value, tuple) and value and all(isinstance(one, tuple) for one in value):
        return [(f"  {name}", "; ".join(str(_shown(part)) for part in one)) for one in value]  # type: ignore[union-attr]  # each was just seen to be a tuple
    return [(f"  {name}", _shown(value))]


def _inner_rows(names: Mapping[int, str], value: Mapping[Any, CborValue]) -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = []
    for key in sorted(value):
        name = names.get(int(key), "field")
        if names is CHECK_PLAN and key == _TIMES and isinstance(value[key], tuple):
            times = [divmod(cast("int", one), 60) for one in cast("tuple[CborValue, ...]", value[key])]
            rows.append(("  at", ", ".join(f"{hour:02}:{minute:02}" for hour, minute in times) or "no times of day"))
        elif names is PLAN and key == _ZONE:
            rows.append((f"  {name}", zone_text(value[key])))
        else:
            rows += _value_rows(name, value[key])
    return rows


def _site(value: CborValue) -> object:
    if not isinstance(value, tuple) or len(value) < 2:
        return _shown(value)
    *said, place = value
    where = "no place" if place is None else _place(place)
    return f"{'; '.join(str(_shown(part)) for part in said)}; {where}"


def zone_text(value: Any) -> object:  # noqa: ANN401 - a value of the encoding, or what JSON made of one
    """Return a zone in words: around a place, within places, along places."""
    try:
        shape, where, *metres = value
        if shape == "CIRCLE":
            return f"circle of {metres[0]} m around {_place(tuple(where))}"
        points = "; ".join(str(_place(tuple(point))) for point in where)
        return f"within {points}" if shape == "POLYGON" else f"{metres[0]} m along {points}"
    except (IndexError, TypeError, ValueError):
        return plain(value)


def _place(value: CborValue) -> object:
    try:
        place: dict[str, Any] = place_json(value)
    except ArmslengthError:
        return plain(value)
    return f"{place['degrees']}, MGRS {place['mgrs']}, precision {place['precision_m']} m"


def _shown(value: CborValue) -> object:
    if isinstance(value, tuple):
        return [_shown(one) for one in value]
    if type(value) is int and value >= INSTANT_FLOOR:
        return rfc3339(Instant(value))
    return "-" if value is None else plain(value)
