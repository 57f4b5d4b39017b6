"""Views of the layers of this node's maps.

MAP_LAYERS: name -> {1: entry, 2: kind, 3: disclaimer, 4: SHA-256 of the data, 5: features, 6: file, 7: officer, 8: at}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.desk import views

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.projection import Fact, Projector


def _layer(fact: Fact) -> None:
    body = fact.body
    key = str(body[20]).encode()
    if body[23] is None:
        fact.unit.delete(views.MAP_LAYERS, key)
        return
    row: dict[int, CborValue] = {
        1: fact.index,
        2: body[21],
        3: body[22],
        4: body[23],
        5: body[24],
        6: body[25],
        7: body.get(5),
        8: fact.entry.at,
    }
    fact.unit.put(views.MAP_LAYERS, key, row)


PROJECTORS: Final[Mapping[str, Projector]] = {"map-layer": _layer}
