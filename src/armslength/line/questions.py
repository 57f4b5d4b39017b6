"""What a message asks, item by item, and which items its answer covers (B6).

The Vienna Document's chapter III lists what an answer on unusual activity says: its objectives, exact place, end dates,
units, subordination, numbers and types. A reply that passes over an item is not refused; the item stands there as not
answered, for both sides to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.line import fields as no

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.line.form_types import Values

_QUESTIONS: Final = 101
"""Field of a CLARIFICATION-REQUEST."""

_REQUESTED: Final[Mapping[str, int]] = MappingProxyType({"CONCERN": 105, "INCIDENT": 105})
"""Form to the field of its requested actions; an action is answered by the verb of the REPLY."""

_ANSWERED_BY: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType(
    {
        "PURPOSE-OF-ACTIVITY": (105,),
        "EXACT-PLACE": (no.PLACE, 106),
        "TIME-OF-END": (107,),
        "UNITS-INVOLVED": (108,),
        "SUBORDINATION": (109,),
        "NUMBERS-AND-TYPES": (110,),
        # What remains has no field of its own: only the author's text can answer it.
        "MEANING-OF-MESSAGE": (no.FREE_TEXT,),
        "PLACE-OR-TIME-IN-DOUBT": (no.PLACE, 106, 107, no.FREE_TEXT),
        "STATUS-OF-FACILITY": (no.FREE_TEXT,),
        "CASUALTIES": (no.FREE_TEXT,),
    }
)
"""Question to the fields of a REPLY of which any one answers it."""

_VERB: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that is asked.

    Args:
        code: its code.
        vocabulary: the code's table, QUESTION or REQUESTED_ACTION.
        fields: numbers of the fields of a REPLY of which any one answers it.
    """

    code: str
    vocabulary: str
    fields: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One item and whether a reply covers it."""

    item: Item
    covered: bool


def asked(values: Values) -> tuple[Item, ...]:
    """Return what a message asks, in the order it asks; empty for forms that ask nothing item by item.

    Args:
        values: its body map, as it was accepted; what a newer node asks and this one does not know is left out.
    """
    form = values.get(no.FORM_CODE)
    if form == "CLARIFICATION-REQUEST":
        return tuple(
            Item(code=code, vocabulary="QUESTION", fields=_ANSWERED_BY[code])
            for code in _codes(values.get(_QUESTIONS))
            if code in _ANSWERED_BY
        )
    field = _REQUESTED.get(form) if isinstance(form, str) else None
    if field is None:
        return ()
    return tuple(
        Item(code=code, vocabulary="REQUESTED_ACTION", fields=(_VERB,))
        for code in _codes(values.get(field))
        if code != "NO-ACTION-REQUESTED"
    )


def answered(items: tuple[Item, ...], reply: Values) -> tuple[Answered, ...]:
    """Return each item and whether the reply has a field that answers it."""
    return tuple(Answered(item=item, covered=any(field in reply for field in item.fields)) for item in items)


def _codes(value: object) -> tuple[str, ...]:
    return tuple(code for code in value if isinstance(code, str)) if isinstance(value, tuple) else ()
