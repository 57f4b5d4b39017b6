"""Borders, names of places and finer waters on the maps of this node, each with a disclaimer and who put it there.

Where a border is drawn and what a town is called is a statement, so none ships. What is drawn is data of the site and
stands beside the journal; the journal holds who put it there: a `map-layer` record, 20 name, 21 kind, 22 disclaimer,
23 SHA-256 of the data, or null where the layer is taken away, 24 features, 25 name of the file.
"""

from __future__ import annotations

import re
import zlib
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from armslength.core.errors import LocalError
from armslength.core.instants import Instant, rfc3339
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.core.text import check_text
from armslength.desk import channel_book, views
from armslength.desk.prepared import Prepared, Signed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.desk import Desk
    from armslength.desk.ports import Unit

Json = dict[str, Any]

BORDERS, PLACES, WATER = "borders", "places", "water"
KINDS: Final = (BORDERS, PLACES, WATER)
"""What a layer holds: it decides how it is drawn and which geometry is read."""

LAYERS_MAX: Final = 16
"""Layers of one node: more than a map can show and a person can tell apart."""

DATA_BYTES_MAX: Final = 24 * 1024 * 1024
"""Bytes of one layer as a map gets it: 600,000 points."""

DISCLAIMER_BYTES_MAX: Final = 1_000
"""Bytes: a disclaimer stands at the foot of every map that shows the layer."""

REFUSED_SHOWN_MAX: Final = 50
"""Refused features in one answer; the count says how many there are."""

_CODE: Final = "MAP-LAYER-VALUE"
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_FILE_CHARS: Final = 200
_CHUNK: Final = 256 * 1024
_HELD: Final = "map-data"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFeature:
    """A feature that cannot be drawn, with the reason."""

    number: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRead:
    """What a file holds: GeoJSON as maps get it, how many features, and which were refused."""

    data: bytes
    features: int
    refused: tuple[RefusedFeature, ...]


class LayerFormats(Protocol):
    """Reads files of layers."""

    def read(self, name: str, data: bytes, kind: str) -> LayerRead:
        """Return what a file holds for a kind of layer.

        Raises:
            LocalError: the file as a whole is refused.
        """
        ...


# --- the record -------------------------------------------------------------------------------------------------------


def prepare(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    """Return the body of a layer for the officer's signature.

    Args:
        books: of a reading unit.
        officer: who signs.
        given: name, and kind, disclaimer, sha256, features and file; or name and removed.

    Raises:
        LocalError: MAP-LAYER-VALUE, MAP-LAYER-UNKNOWN, MAP-LAYER-DATA.
    """
    name = str(given["name"])
    if given.get("removed") is True:
        row = _row(books.unit, name)
        fields: dict[int, CborValue] = {20: name, 21: row[2], 22: row[3], 23: None, 24: 0, 25: ""}
    else:
        fields = {
            20: name,
            21: str(given.get("kind") or ""),
            22: str(given.get("disclaimer") or ""),
            23: _digest(str(given.get("sha256") or "")),
            24: int(given.get("features") or 0),
            25: str(given.get("file") or "")[:_FILE_CHARS],
        }
    body: dict[int, CborValue] = {**books.common(officer), **fields}
    _check(books, body)
    return Prepared(type="map-layer", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def submit(books: Books, signed: Signed) -> int:
    """Enter a layer, or that it is taken away; return the journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, and as `prepare`.
    """
    return channel_book.enter_local(books, signed, _check)


def _digest(text: str) -> bytes:
    try:
        digest = bytes.fromhex(text)
    except ValueError:
        digest = b""
    if len(digest) != sha256().digest_size:
        raise LocalError(_CODE, field="sha256", expected="64 hexadecimal digits", got=text)
    return digest


def _check(books: Books, body: Mapping[int, CborValue]) -> None:
    name, kind, disclaimer, digest = body.get(20), body.get(21), body.get(22), body.get(23)
    if not isinstance(name, str) or _NAME.fullmatch(name) is None:
        raise LocalError(_CODE, field="name", expected="small letters, digits and hyphens, at most 32", got=name)
    if kind not in KINDS:
        raise LocalError(_CODE, field="kind", expected=", ".join(KINDS), got=kind)
    # A border that nobody answers for would be the product's word.
    if not isinstance(disclaimer, str) or not disclaimer.strip():
        raise LocalError(_CODE, field="disclaimer", expected="whose lines or names these are, in words", got=disclaimer)
    check_text(disclaimer, bytes_max=DISCLAIMER_BYTES_MAX)
    check_text(str(body.get(25) or "-"), bytes_max=4 * _FILE_CHARS)
    if digest is None:
        _row(books.unit, name)
        return
    if not isinstance(digest, bytes) or _size(books.unit, digest.hex()) is None:
        raise LocalError("MAP-LAYER-DATA", expected="the file, read by this node before", got=name)
    held = {key for key, _ in views.rows(books.unit, views.MAP_LAYERS)}
    if len(held | {name.encode()}) > LAYERS_MAX:
        raise LocalError(_CODE, field="name", expected=f"at most {LAYERS_MAX} layers", got=len(held) + 1)


def _row(unit: Unit, name: str) -> views.Row:
    row = views.row(unit, views.MAP_LAYERS, name.encode(errors="replace"))
    if row is None:
        raise LocalError("MAP-LAYER-UNKNOWN", asked=name)
    return row


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {"map-layer": prepare}
SUBMITS: Final[dict[str, Callable[[Books, Signed], int]]] = {"map-layer": submit}


# --- data beside the journal ------------------------------------------------------------------------------------------


def _size(unit: Unit, digest: str) -> int | None:
    held = unit.setting(f"{_HELD}:{digest}")
    return held if isinstance(held, int) and held > 0 else None


def _put(books: Books, data: bytes) -> str:
    unit, digest = books.unit, sha256(data).hexdigest()
    listed = cast("tuple[str, ...]", unit.setting(_HELD) or ())
    used = {cast("bytes", row[4]).hex() for _, row in views.rows(unit, views.MAP_LAYERS)} | {digest}
    for other in listed:
        # What no layer shows any more, and was never signed for, goes.
        if other not in used:
            for number in range(_size(unit, other) or 0):
                unit.set_setting(f"{_HELD}:{other}:{number}", b"")
            unit.set_setting(f"{_HELD}:{other}", 0)
    packed = zlib.compress(data, 6)
    chunks = [packed[at : at + _CHUNK] for at in range(0, len(packed), _CHUNK)]
    for number, chunk in enumerate(chunks):
        unit.set_setting(f"{_HELD}:{digest}:{number}", chunk)
    unit.set_setting(f"{_HELD}:{digest}", len(chunks))
    unit.set_setting(_HELD, tuple(sorted({one for one in listed if one in used} | {digest})))
    return digest


def _get(unit: Unit, digest: bytes, name: str) -> bytes:
    count = _size(unit, digest.hex()) or 0
    parts = (unit.setting(f"{_HELD}:{digest.hex()}:{number}") for number in range(count))
    packed = b"".join(part for part in parts if isinstance(part, bytes))
    try:
        reader = zlib.decompressobj()
        data = reader.decompress(packed, DATA_BYTES_MAX)
    except zlib.error as error:
        raise LocalError("MAP-LAYER-DATA", asked=name) from error
    if sha256(data).digest() != digest:
        raise LocalError("MAP-LAYER-DATA", asked=name)
    return data


# --- what faces ask ---------------------------------------------------------------------------------------------------


def read_layers(books: Books) -> list[Json]:
    """Return the layers of this node's maps: name, kind, disclaimer, who put it there and when."""
    return [
        {
            "name": key.decode(),
            "kind": row[2],
            "disclaimer": row[3],
            "sha256": row[4].hex(),
            "features": row[5],
            "file": row[6],
            "officer": row[7],
            "at": rfc3339(Instant(row[8])),
            "entry": row[1],
        }
        for key, row in views.rows(books.unit, views.MAP_LAYERS)
    ]


def read_layer(books: Books, name: str) -> bytes:
    """Return a layer as GeoJSON.

    Raises:
        LocalError: MAP-LAYER-UNKNOWN; MAP-LAYER-DATA, the data is not that of the record.
    """
    return _get(books.unit, _row(books.unit, name)[4], name)


class MapDesk:
    """Takes files of layers.

    Args:
        desk: the node's desk.
        formats: reads files.
    """

    def __init__(self, desk: Desk, formats: LayerFormats) -> None:
        self._desk = desk
        self._formats = formats

    async def take(self, given: Mapping[str, Any]) -> Json:
        """Read a file, keep what is drawn of it, and say its hash; on maps it stands once a record names that hash.

        Args:
            given: file, kind, and data in base64.

        Raises:
            LocalError: PREPARED-MALFORMED, MAP-LAYER-VALUE, and what refuses the file.
        """
        try:
            file, kind, data = str(given["file"]), str(given["kind"]), b64decode(str(given["data"]), validate=True)
        except (Base64Error, KeyError, ValueError) as error:
            raise LocalError("PREPARED-MALFORMED", part="file, kind and data") from error
        if kind not in KINDS:
            raise LocalError(_CODE, field="kind", expected=", ".join(KINDS), got=kind)
        found = self._formats.read(file, data, kind)
        if len(found.data) > DATA_BYTES_MAX:
            raise LocalError("FILE-TOO-LARGE", file=file, expected=f"at most {DATA_BYTES_MAX} bytes to be drawn")
        digest = await self._desk.write(lambda books: _put(books, found.data))
        return {
            "file": file,
            "sha256": digest,
            "features": found.features,
            "bytes": len(found.data),
            "refused_count": len(found.refused),
            "refused": [
                {"feature": one.number, "code": one.code, "reason": one.reason}
                for one in found.refused[:REFUSED_SHOWN_MAX]
            ],
        }
