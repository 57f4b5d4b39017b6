"""Error texts of the family *local* for layers of the map.

Rows as in `error_texts_local`, of which this is a part with a file of its own.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "MAP-LAYER-DATA": (
        "The data of this map layer is not held by this node, or is not what its record names.",
        "Import the file again; maps go on without the layer meanwhile.",
    ),
    "MAP-LAYER-EMPTY": (
        "The file holds nothing that this kind of map layer can show.",
        "Choose the kind that fits: borders and water are lines or areas, places are points. Nothing was imported.",
    ),
    "MAP-LAYER-UNKNOWN": (
        "This node's maps have no layer of that name.",
        "List the layers, and name one of them.",
    ),
    "MAP-LAYER-VALUE": (
        "A map layer cannot be entered that way.",
        "Correct what is named; nothing was changed on any map.",
    ),
}
