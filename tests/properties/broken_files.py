"""Broken files, from a seed: what happens to files on their way, and what people do who want to break their reader.

`READERS` lists who must survive them. Another reader is one more line: a name, a small sample that it reads without a
refusal, and a callable that takes the bytes of a file and gives whatever it reads, refused rows among it.
"""

from __future__ import annotations

import gzip
import random
import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from armslength.adapters.format_geo import read_geometry, read_kml
from armslength.adapters.format_json import Feature, parse_json, read_features, read_json_lines
from armslength.adapters.format_rows import refusal
from armslength.adapters.format_table import Layout, read_table
from armslength.adapters.format_unpack import open_bytes
from armslength.adapters.format_xml import parse_xml
from armslength.core.errors import LocalError
from builders.sheets import archive, ods, ods_parts, xlsx, xlsx_parts
from properties.broken_feeds import FEED_READERS
from properties.broken_sites import SITE_READERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Reader(NamedTuple):
    """One reader under attack: its name, a sample that it reads, and how it reads."""

    name: str
    sample: bytes
    read: Callable[[bytes], Iterable[object]]


# --- readers ----------------------------------------------------------------------------------------------------------

TABLE = (
    b"event_id,LATITUDE,LONGITUDE,ACQ_DATE,text\r\n"
    b'f-1,47.1005,37.6171,2022-01-01,"two\rlines, one ""row"""\r\n'
    b"f-2,47.16526,37.557426,2022-01-01,\xd0\x97\xd0\x90\xd0\x95\xd0\xa1\r\n"
    b"f-3,-7.15477,137.56224,2022-01-01,\r\n"
)
CELLS = [["name", "lat", "lon"], ["ЗАЕС", 47.5122, 34.5858], ["Kyiv HPP", 50.58, 30.51]]
FEATURES = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","id":7,"properties":{"name":"Каховська ГЕС"},"geometry":'
    '{"type":"Polygon","coordinates":[[[33.36,46.77],[33.38,46.77],[33.38,46.78],[33.36,46.77]]]}},'
    '{"type":"Feature","properties":null,"geometry":{"type":"Point","coordinates":[34.5858,47.5122]}}]}'
).encode()
LINES = b'{"a":"\\u0417","b":[1,2.5e3,null]}\n{"a":"x"}\n'
ALERT = (
    '<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>UA-1'
    '</identifier><info x="1"><event>Тривога &amp; more</event><area><circle>47.5,34.5 5</circle></area></info></alert>'
).encode()
MAP = (
    '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>ЗАЕС</name><Polygon><outerBoundaryIs><LinearRing>'
    "<coordinates>34.5,47.5 34.6,47.5 34.6,47.6 34.5,47.5</coordinates></LinearRing></outerBoundaryIs></Polygon>"
    "</Placemark></kml>"
).encode()
PLACED = Layout(required={"LATITUDE", "LONGITUDE"})
SHEET = "xl/worksheets/sheet1.xml"


def _table(data: bytes) -> Iterable[object]:
    return read_table(data, PLACED).rows


def _packed_table(data: bytes) -> Iterable[object]:
    with open_bytes(data, "file") as opened:
        yield from read_table(opened, PLACED).rows
        opened.sha256()


def _sheet(data: bytes) -> Iterable[object]:
    return read_table(data).rows


def _xlsx_part(data: bytes) -> Iterable[object]:
    return _sheet(archive({**xlsx_parts({"S": CELLS}), SHEET: data}))


def _ods_part(data: bytes) -> Iterable[object]:
    return _sheet(archive({**ods_parts(""), "content.xml": data}))


def _features(data: bytes) -> Iterable[object]:
    for feature in read_features(parse_json(data)):
        if not isinstance(feature, Feature):
            yield feature
            continue
        try:
            yield read_geometry(feature.geometry, repair=True)
        except LocalError as error:
            yield refusal(feature.number, error)


def _xml(data: bytes) -> Iterable[object]:
    return parse_xml(data).every()


def _ods_content() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>name</text:p></table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>'
    return ods_parts(f'<table:table table:name="S">{row}</table:table>')["content.xml"].encode()


READERS: list[Reader] = [
    Reader("csv", TABLE, _table),
    Reader("csv.gz", gzip.compress(TABLE, mtime=0), _packed_table),
    Reader("csv.zip", archive({"events.csv": TABLE}), _packed_table),
    Reader("xlsx", xlsx({"S": CELLS}), _sheet),
    Reader("xlsx, one part", xlsx_parts({"S": CELLS})[SHEET].encode(), _xlsx_part),
    Reader("ods", ods({"S": CELLS}), _sheet),
    Reader("ods, one part", _ods_content(), _ods_part),
    Reader("geojson", FEATURES, _features),
    Reader("json lines", LINES, read_json_lines),
    Reader("xml", ALERT, _xml),
    Reader("kml", MAP, read_kml),
    Reader("kmz", archive({"doc.kml": MAP}), read_kml),
    *(Reader(*one) for one in SITE_READERS),
    *(Reader(*one) for one in FEED_READERS),
]
"""Who must survive a broken file. Add a feed or an importer here."""


# --- what breaks a file -----------------------------------------------------------------------------------------------

HIDDEN = ["\u202e", "\u2066", "\u200b", "\u00ad", "\u00a0", "\ufeff", "\u2028", "\U000e0041", "і", "\x1b[2J", "\x00"]
TOKENS = [
    b"\r", b"\n", b"\r\n", b'"', b'""', b'"' * 9, b",", b";", b"\t", b"|", b"\\", b"\0", b"\xff", b"\xc0\x80",
    b"\xed\xa0\x80", b"[", b"{", b"}", b"]", b"<", b">", b"</", b"<!--", b"<![CDATA[", b"&#0;", b"&a;",
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"NaN", b"-Infinity", b"1e999", b"9" * 400, b"\\ud800", b"-0", b"null",
    b"=cmd|' /C calc'!A0", b'"type":"Feature",',
]  # fmt: skip
_NUMBERS = re.compile(rb"(-?[0-9]+\.[0-9]+)([, ;]|</v></c><c[^>]*><v>)(-?[0-9]+\.[0-9]+)")


def truncated(sample: bytes, most: int) -> Iterator[bytes]:
    """The beginnings of a file: every one, or evenly spread ones of a longer file."""
    step = max(1, len(sample) // most)
    return (sample[:end] for end in range(0, len(sample), step))


def rewritten(sample: bytes) -> Iterator[bytes]:
    """What tools and people do to whole files."""
    yield _NUMBERS.sub(rb"\3\2\1", sample)
    yield _NUMBERS.sub(rb"\1\2\1", sample)
    for separator in (b";", b"\t", b"|", b"\r", b"\n", b""):
        yield sample.replace(b",", separator)
    yield sample.replace(b"\n", b"\r")
    yield sample.replace(b"\r", b"\n")
    yield sample.replace(b".", b",")
    yield sample.replace(b'"', b"'")
    yield sample + sample
    yield sample.upper()
    for encoding in ("utf-16", "utf-16-le", "utf-32", "windows-1251", "utf-7"):
        yield sample.decode("utf-8", "replace").encode(encoding, "replace")
    yield b"\xef\xbb\xbf" + sample
    yield b"\xff\xfe" + sample
    yield b""


def packed(sample: bytes) -> Iterator[bytes]:
    """Archives where none is expected, in one another, and such as lie."""
    yield gzip.compress(sample, mtime=0)
    yield gzip.compress(gzip.compress(sample, mtime=0), mtime=0)
    yield archive({"a": sample})
    yield archive({"a": archive({"a": sample})})
    yield archive({"a": sample, "b": sample})
    yield archive({"../a": sample})
    yield archive({})


def twisted(sample: bytes, chance: random.Random) -> bytes:
    """One to four small changes anywhere: bits, tokens, hidden characters, parts lost, doubled or moved."""
    data = bytearray(sample)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.randint(1, 40))
        what = chance.randrange(6)
        if what == 0 and at < len(data):
            data[at] ^= 1 << chance.randrange(8)
        elif what == 1:
            data[at:at] = chance.choice(TOKENS)
        elif what == 2:
            data[at:at] = chance.choice(HIDDEN).encode()
        elif what == 3:
            del data[at:end]
        elif what == 4:
            data[at:at] = data[at:end]
        else:
            part = data[at:end]
            del data[at:end]
            to = chance.randrange(len(data) + 1)
            data[to:to] = part
    return bytes(data)


def giant(sample: bytes) -> Iterator[bytes]:
    """Files made to cost memory or time."""
    line = sample.partition(b"\n")[0]
    yield line + b",x" * 1_000_000 + b"\n"
    yield line + b"\n" + b"," * 1_000_000 + b"\n"
    yield line + b'\n"' + (b"x" * 29 + b"\n") * 10_000
    yield line + b"\n" + (b'"' + b"x" * 28 + b"\n") * 10_000
    yield sample + b"\n" * 300_000
    yield sample + bytes(2_000_000)
    yield from _giants()


@cache
def _giants() -> tuple[bytes, ...]:
    return (
        b"[" * 1_000_000,
        b'{"a":' * 200_000,
        b'"\\' * 300_000,
        b"[" + b"9" * 1_000_000 + b"]",
        b"<a>" * 300_000,
        b"<a " + b"b='c' " * 100_000 + b"/>",
        gzip.compress(bytes(24 << 20), mtime=0),
        archive({"events.csv": bytes(24 << 20)}),
        archive({**xlsx_parts({"S": CELLS}), SHEET: bytes(24 << 20)}),
        archive({"doc.kml": b"<a>" * (8 << 20)}),
    )


def cases(reader: Reader, seed: int, twists: int, truncations: int) -> Iterator[tuple[str, bytes]]:
    """Yield broken files for a reader, each with the name of what was done to it."""
    chance = random.Random(f"{reader.name} {seed}")
    kinds: list[tuple[str, Iterable[bytes]]] = [
        ("truncated", truncated(reader.sample, truncations)),
        ("rewritten", rewritten(reader.sample)),
        ("packed", packed(reader.sample)),
        ("twisted", (twisted(reader.sample, chance) for _ in range(twists))),
    ]
    for kind, broken in kinds:
        for number, data in enumerate(broken):
            yield f"{reader.name}, {kind} {number}, seed {seed}", data
