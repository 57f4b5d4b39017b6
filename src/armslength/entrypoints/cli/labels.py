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


def body_rows(record_type: str, body: Mapping[int, CborValue]) -> list[tuple[str, object]]:
    """Return name and value of every own field, one row for each item of a list of lists."""
    names = NAMES.get(record_type, {})
    rows: list[tuple[str, object]] = []
    for number in sorted(one for one in body if one >= FIRST_OWN):
        name = names.get(number, f"field {number}").replace("_", " ")
        value = body[number]
        if number == _PLACE and record_type in {"facility", "report"}:
            rows.append((f"  {name}", _place(value)))
        elif isinstance(value, tuple) and value and all(isinstance(one, tuple) for one in value):
            rows += [(f"  {name}", "; ".join(str(_shown(part)) for part in one)) for one in value]  # type: ignore[union-attr]  # each was just seen to be a tuple
        else:
            rows.append((f"  {name}", _shown(value)))
    return rows


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
