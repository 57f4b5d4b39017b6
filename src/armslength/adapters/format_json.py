"""JSON from outside: whole documents, lines of them, and collections of features, in bounded size and depth.

JSON as RFC 8259 and I-JSON (RFC 7493) want it, and no more: UTF-8, no name twice in an object (two readers would see
two values), no NaN or Infinity, no number that a float or 19 digits cannot hold, no half of a surrogate pair.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from armslength.adapters.format_lines import Lines, TooLongError
from armslength.adapters.format_rows import ROW_SIZE, ROW_TEXT, ROW_VALUE, refused
from armslength.adapters.format_unpack import WHOLE_BYTES_MAX, OpenFile
from armslength.core.errors import LocalError, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from armslength.register.importing import RefusedRow

JSON_BYTES_MAX: Final = WHOLE_BYTES_MAX
"""Bytes of one document, which is read whole: 1,000 outlined sites have 0.6 MB, 35,000 points 7."""

JSON_DEPTH_MAX: Final = 32
"""Objects and lists within each other: several polygons in a collection of features have 8."""

JSON_VALUES_MAX: Final = 4_000_000
"""Values of one document: 35,000 points with ten properties have 600,000; each costs up to 80 bytes of memory."""

INTEGER_DIGITS_MAX: Final = 19
"""Digits of a whole number: what 64 bits hold; longer ones take square time to read."""

FEATURES_MAX: Final = 500_000
"""Features of one collection: a country's buildings of one kind."""

ROWS_MAX: Final = 2_000_000
"""Lines of one file of JSON lines."""

Json = Any
"""What a document holds: dict, list, str, int, float, bool or None."""

_SURROGATE_ESCAPE: Final = re.compile(r"\\u[dD][89a-fA-F]")
# A string that is not closed runs to the end and is taken in one step, or looking for its end would take square time.
_STRING: Final = re.compile(rb'"(?:[^"\\]++|\\.|\\\Z)*+(?:"|\Z)', re.DOTALL)
_NOT_STRUCTURE: Final = bytes(set(range(256)) - set(b"[]{},"))
_CRS_MEANT: Final = re.compile(r"(?:urn:ogc:def:crs:)?(?:OGC:(?:1\.3)?:?CRS84|EPSG:(?:[0-9.]*:)?4326)")


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonRow:
    """One line of a file of JSON lines.

    Args:
        number: its line in the file, the first is 1.
        value: what it holds.
    """

    number: int
    value: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One feature of a GeoJSON collection, its geometry not read yet.

    Args:
        number: its place in the collection, the first is 1.
        feature_id: its id as text, empty when it has none.
        properties: its properties; empty when it has none.
        geometry: its geometry as it stands there; None when it has none.
    """

    number: int
    feature_id: str
    properties: Mapping[str, Json]
    geometry: Json


class _RefusedError(Exception):
    """A document is refused; says what was expected and what came."""

    def __init__(self, expected: str, got: object) -> None:
        super().__init__(expected, got)
        self.expected = expected
        self.got = got


def parse_json(data: bytes, name: str = "file") -> Json:
    """Return the value of a document.

    Args:
        data: UTF-8, with or without its mark.
        name: the file's name, for errors.

    Raises:
        LocalError: FILE-FORMAT, FILE-TOO-LARGE.
    """
    if len(data) > JSON_BYTES_MAX:
        raise LocalError("FILE-TOO-LARGE", file=name, expected=f"at most {JSON_BYTES_MAX} bytes")
    try:
        return _parsed(data.removeprefix(b"\xef\xbb\xbf"))
    except _RefusedError as error:
        raise LocalError("FILE-FORMAT", file=name, expected=error.expected, got=error.got) from None


def read_json(file: OpenFile) -> Json:
    """Return the value of an opened file's document.

    Raises:
        LocalError: FILE-FORMAT, FILE-TOO-LARGE and what the file raises.
    """
    return parse_json(file.whole(JSON_BYTES_MAX), file.name)


def read_json_lines(file: OpenFile | bytes, name: str = "file") -> Iterator[JsonRow | RefusedRow]:
    """Yield the documents of a file that has one in each line; empty lines are passed over.

    Raises:
        LocalError: FILE-TOO-LARGE and what the file raises.
    """
    chunks: Iterable[bytes] = (file,) if isinstance(file, bytes) else file.chunks()
    lines = Lines(chunks, encoding="utf-8", name=name if isinstance(file, bytes) else file.name)
    while True:
        number = lines.number + 1
        if number > ROWS_MAX:
            raise LocalError("FILE-TOO-LARGE", file=name, expected=f"at most {ROWS_MAX} lines")
        lines.chars, lines.fault = 0, ""
        try:
            line = next(lines)
        except StopIteration:
            return
        except TooLongError:
            yield refused(number, ROW_SIZE, expected="a line of one document", got="more")
            continue
        if lines.fault:
            yield refused(number, ROW_TEXT, expected="UTF-8", got=lines.fault)
        elif line.strip():
            yield _line(number, line)


def _line(number: int, line: str) -> JsonRow | RefusedRow:
    try:
        return JsonRow(number=number, value=_parsed(line.encode()))
    except _RefusedError as error:
        return refused(number, ROW_VALUE, expected=error.expected, got=error.got)


def _parsed(data: bytes) -> Json:
    _check_structure(data)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise _RefusedError("UTF-8", f"byte {error.start + 1}") from None
    try:
        value = _DECODER.decode(text)
        if _SURROGATE_ESCAPE.search(text):
            # Escapes can spell half a character, which nothing can store or sign.
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise _RefusedError("characters", "half of a surrogate pair") from None
    except (ValueError, RecursionError) as error:
        raise _RefusedError("JSON", error) from None
    return value


def _check_structure(data: bytes) -> None:
    """Refuse a document for its depth or its number of values, before any of it is built."""
    if data.count(b'"') > 4 * JSON_VALUES_MAX:
        raise _RefusedError(f"at most {JSON_VALUES_MAX} values", "more quotes than those have")
    structure = _STRING.sub(b"", data).translate(None, _NOT_STRUCTURE)
    if len(structure) > JSON_VALUES_MAX:
        raise _RefusedError(f"at most {JSON_VALUES_MAX} values", "more")
    depth = 0
    for sign in structure.replace(b",", b""):
        # [ and { have 0x5B and 0x7B, ] and } two more.
        depth += 1 if sign in b"[{" else -1
        if depth > JSON_DEPTH_MAX:
            raise _RefusedError(f"at most {JSON_DEPTH_MAX} levels", "more")


def _integer(digits: str) -> int:
    if len(digits) > INTEGER_DIGITS_MAX + 1:
        raise ValueError(f"a number of {len(digits)} digits")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"the number {shown(digits[:40])}")
    return value


def _constant(word: str) -> float:
    raise ValueError(f"the word {word}")


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise ValueError(f"the name {shown(twice[:40])} twice in one object")
    return found


_DECODER: Final = json.JSONDecoder(
    parse_int=_integer, parse_float=_float, parse_constant=_constant, object_pairs_hook=_object
)


# --- collections of features ------------------------------------------------------------------------------------------


def read_features(value: Json, name: str = "file") -> Iterator[Feature | RefusedRow]:
    """Yield the features of a GeoJSON collection, or of a single one.

    Raises:
        LocalError: FILE-FORMAT when it is no collection, or its coordinates are not WGS 84 degrees; FILE-TOO-LARGE.
    """
    kind = value.get("type") if isinstance(value, dict) else None
    features = [value] if kind == "Feature" else value.get("features") if kind == "FeatureCollection" else None
    if not isinstance(features, list):
        raise LocalError("FILE-FORMAT", file=name, expected="a GeoJSON FeatureCollection with its features")
    _check_crs(value.get("crs"), name)
    if len(features) > FEATURES_MAX:
        raise LocalError("FILE-TOO-LARGE", file=name, expected=f"at most {FEATURES_MAX} features", got=len(features))
    return (_feature(number, each) for number, each in enumerate(features, start=1))


def _check_crs(crs: Json, name: str) -> None:
    """Refuse coordinates in another system; RFC 7946 knows WGS 84 only, older files may name what they use."""
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    stated = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(stated, str) or not _CRS_MEANT.fullmatch(stated):
        raise LocalError("FILE-FORMAT", file=name, expected="WGS 84 degrees (CRS84)", got=stated or "another system")


def _feature(number: int, value: Json) -> Feature | RefusedRow:
    if not isinstance(value, dict) or value.get("type") != "Feature":
        return refused(number, ROW_VALUE, expected="a feature", got=_brief(value))
    properties = value.get("properties") or {}
    feature_id = value.get("id", "")
    if not isinstance(properties, dict):
        return refused(number, ROW_VALUE, expected="properties by name", got=_brief(properties))
    if not isinstance(feature_id, str | int) or isinstance(feature_id, bool):
        return refused(number, ROW_VALUE, expected="an id of text or digits", got=_brief(feature_id))
    return Feature(number=number, feature_id=str(feature_id), properties=properties, geometry=value.get("geometry"))


def _brief(value: Json) -> str:
    """Return what a value is, without writing out a large one."""
    if isinstance(value, dict):
        return "an object with " + ", ".join(islice(value, 3)) if value else "an empty object"
    return "a list" if isinstance(value, list) else str(value)[:80]
