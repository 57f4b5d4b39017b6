"""What a map asks over the API: the register and the reports as columns."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from fastapi import Request, Response
from pydantic import Field

from armslength.desk import map_layers, service_map
from armslength.desk.form_json import instant_of
from armslength.entrypoints.api.answers import Answer, Prepared
from armslength.entrypoints.api.asked import (
    IndexQuery,
    LocaleQuery,
    NameQuery,
    PathName,
    as_json,
    caller_of,
    node_of,
)
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import BASE64, Count, Name, Shape

if TYPE_CHECKING:
    from armslength.desk.books import Books

FILE_CHARS_MAX: Final = 45 * 1024 * 1024
"""Base64 of the largest file that is read (32 MiB)."""

Kind = Literal["borders", "places", "water"]


class MapOutline(Answer):
    """Outline or course of one facility: POLYGON or LINE, parts of [latitude, longitude] in 1e-7 degree."""

    facility: int
    kind: str
    parts: list[list[list[int]]]


class MapColumns(Answer):
    """Facilities as columns of one length; kind, rings and sign are places in the three lists that stand first.

    `also` (index, name) are the names in other languages, `needs` (index, on what, how) the dependencies.
    """

    kinds: list[str]
    signs: list[str]
    rings_m: list[list[int]]
    id: list[str]
    name: list[str]
    also: list[list[Any]]
    kind: list[int]
    lat_e7: list[int]
    lon_e7: list[int]
    precision_m: list[int]
    radius_m: list[int]
    rings: list[int]
    sign: list[int]
    needs: list[list[Any]]
    outlines: list[MapOutline]


class MapRegister(Answer):
    """The register for a map; no columns where the caller holds this version already."""

    version: str
    columns: MapColumns | None


class MapReports(Answer):
    """Reports as columns of one length; `more` says that there are more than were asked for."""

    kinds: list[str]
    whats: list[str]
    located_by: list[str]
    more: bool
    id: list[str]
    kind: list[int]
    what: list[int]
    located: list[int]
    title: list[str]
    lat_e7: list[int]
    lon_e7: list[int]
    uncertainty_m: list[int]
    from_ms: list[int]
    until_ms: list[int]


async def register(request: Request, locale: LocaleQuery = None, known: NameQuery = None) -> Response:
    """Return every facility of the register as columns, or nothing but the version that the caller holds already."""

    def read(books: Books) -> bytes:
        return service_map.read_map(books, locale or books.manifest().languages[0], known or "")

    found = await asyncio.to_thread(node_of(request).service.look, read)
    return Response(found, media_type="application/json")


async def reports(
    request: Request, since: NameQuery = None, until: NameQuery = None, limit: IndexQuery = "10000"
) -> Response:
    """Return reports of what happened in an interval as columns, at most 20,000; the last 30 days without one."""
    begin = None if since is None else instant_of(since)
    end = None if until is None else instant_of(until)
    look = node_of(request).service.look
    return as_json(
        await asyncio.to_thread(look, lambda books: service_map.read_map_reports(books, begin, end, int(limit)))
    )


class LayerData(Shape):
    """A file of borders, places or waters as GeoJSON."""

    file: Name
    kind: Kind
    data: Annotated[str, Field(pattern=BASE64, max_length=FILE_CHARS_MAX)]


class LayerRefused(Answer):
    """A feature that cannot be drawn."""

    feature: int
    code: str
    reason: str


class LayerTaken(Answer):
    """What was read of a file; it stands on maps once a record names its hash."""

    file: str
    sha256: str
    features: int
    bytes: int
    refused_count: int
    refused: list[LayerRefused]


class LayerSet(Shape):
    """A layer to be put on this node's maps, by the hash of what was read, or to be taken away."""

    name: Name = Field(description="Small letters, digits and hyphens, at most 32.")
    kind: Kind | None = None
    disclaimer: Annotated[str, Field(max_length=map_layers.DISCLAIMER_BYTES_MAX)] | None = None
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    features: Count | None = None
    file: Name | None = None
    removed: bool | None = None


class Layer(Answer):
    """A layer of this node's maps."""

    name: str
    kind: str
    disclaimer: str
    sha256: str
    features: int
    file: str
    officer: str | None
    at: str
    entry: int


async def layers(request: Request) -> Response:
    """Return the layers that an officer put on this node's maps, with their disclaimers."""
    return as_json(await asyncio.to_thread(node_of(request).service.look, map_layers.read_layers))


async def layer(request: Request, layer: PathName) -> Response:
    """Return one layer as GeoJSON."""
    look = node_of(request).service.look
    found = await asyncio.to_thread(look, lambda books: map_layers.read_layer(books, layer))
    return Response(found, media_type="application/json")


async def take_data(request: Request, body: LayerData) -> Response:
    """Read a file of a layer and keep what is drawn of it; nothing stands on a map by this."""
    return as_json(await node_of(request).maps.take(body.model_dump()))


async def prepare_layer(request: Request, body: LayerSet) -> Response:
    """Prepare a layer for this node's maps, or that it is taken away."""
    given = body.model_dump(exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, "map-layer", given))


OPERATIONS: Final = (
    Operation("GET", "/v1/map", "map", register, MapRegister),
    Operation("GET", "/v1/map/reports", "map-reports", reports, MapReports),
    Operation("GET", "/v1/map-layers", "map-layers", layers, list[Layer]),
    Operation("GET", "/v1/map-layers/{layer}", "map-layer", layer, dict[str, Any]),
    Operation("POST", "/v1/map-data", "map-data", take_data, LayerTaken),
    Operation("POST", "/v1/prepare/map-layer", "prepare-map-layer", prepare_layer, Prepared),
)
"""What a map asks."""
