"""A local record's fields as rows for the officer who is to sign it: every field, by its name, nothing left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

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

NAMES: Final[Mapping[str, Mapping[int, str]]] = {
    "facility": {number: name for name, (number, _) in FACILITY_KEYS.items()},
    "report": {number: name for name, (number, _) in REPORT_KEYS.items()},
    "concern-step": {20: "concern", 21: "step", 22: "reason"},
    "alarm-accepted": {20: "alarm"},
    "session": {20: "judgement", 21: "reason"},
    "decision": {20: "what", 21: "options", 22: "chosen", 23: "reason", 24: "information", 25: "at"},
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
    "list": {20: "year", 21: "line", 22: "sites", 23: "salt", 24: "digest", 25: "due at"},
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

_PLAN, _ZONE, _SITES = 20, 4, 22


def body_rows(record_type: str, body: Mapping[int, CborValue]) -> list[tuple[str, object]]:
    """Return name and value of every own field, one row for each item of a list of lists."""
    names = NAMES.get(record_type, {})
    rows: list[tuple[str, object]] = []
    for number in sorted(one for one in body if one >= FIRST_OWN):
        name = names.get(number, f"field {number}").replace("_", " ")
        value = body[number]
        if number == _PLACE and record_type in {"facility", "report"}:
            rows.append((f"  {name}", _place(value)))
        elif number == _PLAN and record_type == "window" and isinstance(value, dict):
            rows += [(f"  {PLAN.get(int(key), 'field')}", _plan_part(key, value[key])) for key in sorted(value)]
        elif number == _SITES and record_type == "list" and isinstance(value, tuple):
            rows += [(f"  {name}", _site(one)) for one in value]
        elif isinstance(value, tuple) and value and all(isinstance(one, tuple) for one in value):
            rows += [(f"  {name}", "; ".join(str(_shown(part)) for part in one)) for one in value]  # type: ignore[union-attr]  # each was just seen to be a tuple
        else:
            rows.append((f"  {name}", _shown(value)))
    return rows


def _plan_part(key: object, value: CborValue) -> object:
    return zone_text(value) if key == _ZONE else _shown(value)


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
