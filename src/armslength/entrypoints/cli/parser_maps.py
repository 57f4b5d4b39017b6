"""The commands of the map's layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.entrypoints.cli.parser_watch import READ, SIGN

if TYPE_CHECKING:
    from armslength.entrypoints.cli.parser_watch import Commands


def add_maps(top: Commands) -> None:
    """Add `map`: borders, places and waters on this node's maps."""
    maps = top.group("map", "borders, names of places and finer waters on this node's maps")
    take = maps.add("import", "put a GeoJSON file on this node's maps", "maps:map_import", shared=SIGN)
    take.add_argument("file", metavar="FILE", help="GeoJSON in WGS 84 degrees")
    take.add_argument("--name", metavar="NAME", required=True, help="small letters and hyphens: borders-2014")
    take.add_argument("--kind", choices=("borders", "places", "water"), required=True, help="how it is drawn")
    take.add_argument(
        "--disclaimer", metavar="TEXT", required=True, help="whose lines or names these are; shown under every map"
    )
    maps.add("list", "list the layers of this node's maps", "maps:map_list", shared=READ)
    remove = maps.add("remove", "take a layer off this node's maps", "maps:map_remove", shared=SIGN)
    remove.add_argument("name", metavar="NAME", help="as `map list` shows it")
