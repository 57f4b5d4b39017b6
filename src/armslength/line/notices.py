"""What binds a notice beyond its form: the agreement under which it is sent, and how long ahead it is due (A1, B5).

One line carries many agreements, each with a status of its own: in 2023 the notices of one treaty stopped while launch
and exercise notices went on. A late notice is never refused, since it is better than none: it says how late it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.line import fields as no
from armslength.line.form_values import takes_back

if TYPE_CHECKING:
    from collections.abc import Iterable

    from armslength.core.instants import Instant
    from armslength.line.form_types import Form, Values

IN_FORCE: Final = "in-force"
"""The status of an agreement under which messages are sent; with every other one they are not."""

EMERGENCY_LEAD_S: Final = 24 * 3600
"""A humanitarian movement flagged as an emergency is notified a day ahead, not two (the rules for Yemen)."""

_URGENCY: Final = 104
_SECOND_US: Final = 1_000_000


def check_agreement(agreements: Iterable[tuple[str, str]], values: Values) -> None:
    """Refuse a draft that names an agreement which the charter does not carry, or carries with another status.

    What takes an earlier message back may always leave: whoever notified something must be able to cancel it.

    Args:
        agreements: name and status of each, as the charter in force has them.
        values: the draft's body map.

    Raises:
        LocalError: AGREEMENT-UNKNOWN, AGREEMENT-SUSPENDED.
    """
    name = values.get(no.AGREEMENT)
    if name is None or takes_back(values):
        return
    held = dict(agreements)
    status = held.get(name) if isinstance(name, str) else None
    if status is None:
        raise LocalError("AGREEMENT-UNKNOWN", got=name, expected=", ".join(held) or "none: the charter carries none")
    if status != IN_FORCE:
        raise LocalError("AGREEMENT-SUSPENDED", agreement=name, status=status)


def lead_needed_s(entry: Form, values: Values) -> int | None:
    """Return how many seconds before field 28 a message of this form is due at the latest; None, no rule."""
    if entry.code == "MOVE-NOTICE" and values.get(_URGENCY) == "EMERGENCY":
        return EMERGENCY_LEAD_S
    return entry.lead_s


def short_by_s(entry: Form, values: Values, at: Instant) -> int | None:
    """Return by how many seconds a notice comes later than it is due; 0 in time, None when nothing is due.

    Args:
        entry: its form.
        values: its body map.
        at: when it is released or received, by the clock of whoever asks.
    """
    needed, effect = lead_needed_s(entry, values), values.get(no.TAKES_EFFECT_AT)
    if needed is None or type(effect) is not int:
        return None
    return max(0, needed - (effect - at) // _SECOND_US)
