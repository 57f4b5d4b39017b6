"""Views of the channel book and the ladders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from armslength.core.instants import Instant
from armslength.desk import ladder_changes, views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.projection import Fact, Projector


def _channel(fact: Fact) -> None:
    value = cast("Mapping[int, CborValue]", fact.body[20])
    key = cast("str", value[1]).encode()
    made: dict[int, CborValue] = {1: fact.index, 2: fact.entry.at, 4: fact.body.get(5), 5: fact.body[21]}
    fact.unit.put(views.CHANNELS, key, {**made, 3: cast("CborValue", value)})
    fact.unit.put(views.CHANNEL_VERSIONS, key + b"\x00" + fact.index.to_bytes(8, "big"), made)


def _state(fact: Fact) -> None:
    key = cast("str", fact.body[20]).encode() + b"\x00" + fact.index.to_bytes(8, "big")
    said = {number: fact.body[number] for number in range(20, 28)}
    fact.unit.put(views.CHANNEL_STATES, key, {1: fact.index, 2: fact.entry.at, 5: fact.body.get(5), **said})


def _ladder(fact: Fact) -> None:
    value = cast("Mapping[int, CborValue]", fact.body[20])
    row: dict[int, CborValue] = {
        1: fact.index,
        2: fact.entry.at,
        3: cast("CborValue", value),
        4: fact.body.get(5),
        5: fact.body[21],
    }
    fact.unit.put(views.LADDERS, cast("str", value[1]).encode(), row)


def _rung(fact: Fact) -> None:
    found = ladder_changes.by_record(fact.unit, fact.body, Instant(fact.entry.at))
    ladder_changes.put(fact.unit, found.state)


PROJECTORS: Final[Mapping[str, Projector]] = {
    "channel": _channel,
    "channel-state": _state,
    "ladder": _ladder,
    "rung": _rung,
}
