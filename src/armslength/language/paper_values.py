"""One value of a message as it stands on paper: numbers for codes, digits for times and places, and back.

What is written is the same in every language. A gloss in brackets says it in the reader's language beside it and is
skipped in reading: the numbers are the message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import SECOND_US, dtg, instant_from_cbor, parse_rfc3339, rfc3339
from armslength.core.places import E7, Circle, Place, Polygon, area_from_cbor, mgrs_text, place_from_cbor
from armslength.language.paper_lines import escape, unescape
from armslength.language.shapes import FACILITY_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.language.shapes import FieldShape

_PAIR, _TRIPLE, _SITE, _HASH_BYTES = 2, 3, 5, 32
_NO_PLACE: Final = "-"
_INTEGER_DIGITS_MAX: Final = 20
"""The largest integer of the wire, 2^64 - 1, has twenty digits."""
_HEX_GROUP: Final = 4
_DIGITS = re.compile(rf"[0-9]{{1,{_INTEGER_DIGITS_MAX}}}")
_PLACE = re.compile(r"([0-9]{1,2})\.([0-9]{7}) ([NS]) ([0-9]{1,3})\.([0-9]{7}) ([EW]) ([0-9]{1,6}) M")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ([0-9]{2}:[0-9]{2})(:[0-9]{2}(?:\.[0-9]{6})?)?Z")
_AREA = re.compile(r"([0-9]{2}) ([^;RC]+(?:; [^;RC]+)*)(?: ([RC]) ([0-9]{1,7}))?")


class Written(NamedTuple):
    """A value on paper: what counts, and what it means in the reader's language."""

    value: str
    gloss: str = ""


class _Unfit(Exception):  # noqa: N818 - never leaves this module
    """The value does not fit its kind, or the text is not such a value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The vocabularies, and how a code is said in the reader's language.

    Args:
        numbers: vocabulary name to code to number.
        say: (vocabulary, code) to text; unused in reading.
    """

    numbers: Mapping[str, Mapping[str, int]]
    say: Callable[[str, str], str]

    def number(self, vocabulary: str | None, code: CborValue) -> int:
        """Return the number of a code."""
        number = self.numbers.get(vocabulary or "", {}).get(code) if isinstance(code, str) else None
        if number is None:
            raise _Unfit
        return number

    def code(self, vocabulary: str | None, text: str) -> str:
        """Return the code of a number."""
        number = _whole(text)
        for code, its in self.numbers.get(vocabulary or "", {}).items():
            if its == number:
                return code
        raise _Unfit


def write_value(field: FieldShape, value: CborValue, codes: Codes) -> Written | None:
    """Return a value as it stands on paper; None when it does not fit its kind or its kind takes lines of its own."""
    kind = _KINDS.get(field.kind)
    try:
        written = None if kind is None else kind.write(field, value, codes)
    except (_Unfit, ArmslengthError):
        return None
    return written


def read_value(field: FieldShape, text: str, codes: Codes) -> CborValue:
    """Return the value that stands on paper.

    Args:
        field: its shape; its kind has a line of its own (not text, not names).
        text: what stands before the check digits, with or without the gloss.
        codes: the vocabularies.

    Raises:
        LocalError: PAPER-LINE.
    """
    kind = _KINDS[field.kind]
    try:
        return kind.read(field, without_gloss(field.kind, text), codes)
    except (_Unfit, ArmslengthError):
        raise LocalError("PAPER-LINE", field=f"{field.number} {field.name}", expected=field.kind, got=text) from None


def one_line(kind: str) -> bool:
    """Tell whether values of a kind stand on one line; text and names take lines of their own."""
    return kind in _KINDS


def without_gloss(kind: str, text: str) -> str:
    """Return a value as it counts: without the gloss, for kinds that can have one."""
    return text.partition(" (")[0] if kind in _KINDS and _KINDS[kind].glossed else text


def write_instant(at: Instant) -> Written:
    """Return ``2022-11-20 09:15Z``; seconds and microseconds only when they are not zero."""
    seconds, micros = divmod(at, SECOND_US)
    whole = rfc3339(instant_from_cbor(seconds * SECOND_US))
    date, clock = whole[:10], whole[11:19]
    exact = f"{clock}.{micros:06}" if micros else clock.removesuffix(":00")
    try:
        return Written(f"{date} {exact}Z", dtg(at))
    except ArmslengthError:
        return Written(f"{date} {exact}Z")


def read_instant(text: str) -> Instant:
    """Return the instant of `write_instant`.

    Raises:
        LocalError: PAPER-LINE.
    """
    match = _INSTANT.fullmatch(text.partition(" (")[0])
    if match is None:
        raise LocalError("PAPER-LINE", expected="2022-11-20 09:15Z", got=text)
    date, clock, seconds = match.groups()
    try:
        return parse_rfc3339(f"{date}T{clock}{seconds or ':00'}Z")
    except LocalError:
        raise LocalError("PAPER-LINE", expected="a date and time that exist", got=text) from None


def grouped(data: bytes) -> str:
    """Return bytes in hexadecimal digits, in groups of four for reading aloud."""
    text = data.hex().upper()
    return " ".join(text[at : at + _HEX_GROUP] for at in range(0, len(text), _HEX_GROUP))


def ungrouped(text: str) -> bytes:
    """Return the bytes of `grouped`.

    Raises:
        LocalError: PAPER-LINE.
    """
    plain = text.replace(" ", "")
    if len(plain) % 2 or any(char not in "0123456789ABCDEFabcdef" for char in plain):
        raise LocalError("PAPER-LINE", expected="hexadecimal digits", got=text)
    return bytes.fromhex(plain)


# --- the kinds --------------------------------------------------------------------------------------------------------


def _whole(text: str) -> int:
    if not _DIGITS.fullmatch(text):
        raise _Unfit
    return int(text)


def _tuple(value: CborValue, length: int | None = None) -> tuple[CborValue, ...]:
    if not isinstance(value, tuple) or not value or (length is not None and len(value) != length):
        raise _Unfit
    return value


def _write_code(field: FieldShape, value: CborValue, codes: Codes) -> Written:
    number = codes.number(field.vocabulary, value)
    return Written(f"{number:02}", codes.say(field.vocabulary or "", str(value)))


def _read_code(field: FieldShape, text: str, codes: Codes) -> CborValue:
    return codes.code(field.vocabulary, text)


def _write_codes(field: FieldShape, value: CborValue, codes: Codes) -> Written:
    written = [_write_code(field, code, codes) for code in _tuple(value)]
    return Written(" ".join(w.value for w in written), "; ".join(w.gloss for w in written))


def _read_codes(field: FieldShape, text: str, codes: Codes) -> CborValue:
    return tuple(codes.code(field.vocabulary, number) for number in text.split(" "))


def _write_statuses(field: FieldShape, value: CborValue, codes: Codes) -> Written:
    numbers, glosses = [], []
    for item in _tuple(value):
        pillar, status = _tuple(item, _PAIR)
        numbers.append(f"{codes.number(field.vocabulary, pillar):02}={codes.number(field.grades, status):02}")
        glosses.append(
            f"{codes.say(field.vocabulary or '', str(pillar))} = {codes.say(field.grades or '', str(status))}"
        )
    return Written(" ".join(numbers), "; ".join(glosses))


def _read_statuses(field: FieldShape, text: str, codes: Codes) -> CborValue:
    pairs = [pair.partition("=") for pair in text.split(" ")]
    return tuple((codes.code(field.vocabulary, one), codes.code(field.grades, two)) for one, _, two in pairs)


def _degrees(value_e7: int, width: int) -> str:
    whole, rest = divmod(abs(value_e7), E7)
    return f"{whole:0{width}}.{rest:07}"


def _place_text(place: Place) -> str:
    north, east = "S" if place.lat_e7 < 0 else "N", "W" if place.lon_e7 < 0 else "E"
    return f"{_degrees(place.lat_e7, 2)} {north} {_degrees(place.lon_e7, 3)} {east} {place.precision_m} M"


def _place_of(text: str) -> Place:
    match = _PLACE.fullmatch(text)
    if match is None:
        raise _Unfit
    lat_deg, lat_part, north, lon_deg, lon_part, east, precision = match.groups()
    lat, lon = int(lat_deg + lat_part), int(lon_deg + lon_part)
    return Place(lat_e7=-lat if north == "S" else lat, lon_e7=-lon if east == "W" else lon, precision_m=int(precision))


def _write_place(_field: FieldShape, value: CborValue, _codes: Codes) -> Written:
    place = place_from_cbor(value)
    return Written(_place_text(place), f"MGRS {mgrs_text(place, spaced=True)}")


def _read_place(_field: FieldShape, text: str, _codes: Codes) -> CborValue:
    return _place_of(text).to_cbor()


def _write_area(_field: FieldShape, value: CborValue, codes: Codes) -> Written:
    area = area_from_cbor(value)
    points: tuple[Place, ...]
    if isinstance(area, Circle):
        shape, points, size = "CIRCLE", (area.centre,), f" R {area.radius_m}"
    elif isinstance(area, Polygon):
        shape, points, size = "POLYGON", area.vertices, ""
    else:
        shape, points, size = "ROUTE", area.points, f" C {area.width_m}"
    number = codes.number("AREA_SHAPE", shape)
    return Written(f"{number:02} {'; '.join(map(_place_text, points))}{size}", codes.say("AREA_SHAPE", shape))


def _read_area(_field: FieldShape, text: str, codes: Codes) -> CborValue:
    match = _AREA.fullmatch(text)
    if match is None:
        raise _Unfit
    number, points, letter, size = match.groups()
    shape = codes.code("AREA_SHAPE", number)
    places = tuple(_place_of(point).to_cbor() for point in points.split("; "))
    if (shape, letter) == ("CIRCLE", "R") and len(places) == 1:
        return _accepted((shape, places[0], int(size)))
    if (shape, letter) == ("ROUTE", "C"):
        return _accepted((shape, places, int(size)))
    if (shape, letter) == ("POLYGON", None):
        return _accepted((shape, places))
    raise _Unfit


def _accepted(area: CborValue) -> CborValue:
    area_from_cbor(area)
    return area


def _write_instant(_field: FieldShape, value: CborValue, _codes: Codes) -> Written:
    return write_instant(instant_from_cbor(value))


def _read_instant(_field: FieldShape, text: str, _codes: Codes) -> CborValue:
    return read_instant(text)


def _write_window(_field: FieldShape, value: CborValue, _codes: Codes) -> Written:
    start, end = (write_instant(instant_from_cbor(item)) for item in _tuple(value, _PAIR))
    return Written(f"{start.value} > {end.value}", f"{start.gloss} > {end.gloss}" if start.gloss and end.gloss else "")


def _read_window(_field: FieldShape, text: str, _codes: Codes) -> CborValue:
    start, _, end = text.partition(" > ")
    return (read_instant(start), read_instant(end))


def _write_word(_field: FieldShape, value: CborValue, _codes: Codes) -> Written:
    if not isinstance(value, str) or not value:
        raise _Unfit
    return Written(escape(value))


def _read_word(_field: FieldShape, text: str, _codes: Codes) -> CborValue:
    return unescape(text)


def _write_parties(_field: FieldShape, value: CborValue, _codes: Codes) -> Written:
    codes = _tuple(value)
    if not all(isinstance(code, str) and code for code in codes):
        raise _Unfit
    return Written(" ".join(escape(str(code), blanks=True) for code in codes))


def _read_parties(_field: FieldShape, text: str, _codes: Codes) -> CborValue:
    return tuple(unescape(code) for code in text.split(" "))


def write_site(field: FieldShape, site: CborValue, codes: Codes) -> str | None:
    """Return one site of a list as a line: its id, its place or ``-``, then kind, language and name.

    None when it does not fit.
    """
    try:
        identifier, *facility, place = _tuple(site, _SITE)
        if not isinstance(identifier, str) or not identifier:
            return None
        where = _NO_PLACE if place is None else _place_text(place_from_cbor(place))
        return f"{escape(identifier, blanks=True)}; {where}; {_write_facility(field, tuple(facility), codes).value}"
    except (_Unfit, ArmslengthError):
        return None


def read_site(field: FieldShape, text: str, codes: Codes) -> CborValue:
    """Return the site of `write_site`.

    Raises:
        LocalError: PAPER-LINE.
    """
    try:
        identifier, where, facility = text.split("; ", _PAIR)
        place = None if where == _NO_PLACE else _place_of(where).to_cbor()
        name, language, kind = _tuple(_read_facility(field, facility, codes), _TRIPLE)
        return (unescape(identifier), name, language, kind, place)
    except (_Unfit, ValueError, ArmslengthError):
        raise LocalError("PAPER-LINE", field=f"{field.number} {field.name}", expected=field.kind, got=text) from None


def _write_facility(_field: FieldShape, value: CborValue, codes: Codes) -> Written:
    name, language, kind = _tuple(value, _TRIPLE)
    if not isinstance(name, str) or not isinstance(language, str) or not name or not language:
        raise _Unfit
    number = codes.number(FACILITY_KINDS, kind)
    return Written(f"{number:02} {escape(language, blanks=True)} {escape(name)}")


def _read_facility(_field: FieldShape, text: str, codes: Codes) -> CborValue:
    parts = text.split(" ", _PAIR)
    if len(parts) != _TRIPLE:
        raise _Unfit
    return (unescape(parts[2]), unescape(parts[1]), codes.code(FACILITY_KINDS, parts[0]))


def _write_whole(_field: FieldShape, value: CborValue, _codes: Codes) -> Written:
    if type(value) is not int or value < 0:
        raise _Unfit
    return Written(str(value))


def _read_whole(_field: FieldShape, text: str, _codes: Codes) -> CborValue:
    return _whole(text)


def _hash(value: CborValue) -> str:
    if not isinstance(value, bytes) or len(value) != _HASH_BYTES:
        raise _Unfit
    return grouped(value)


def _hash_of(text: str) -> bytes:
    data = ungrouped(text)
    if len(data) != _HASH_BYTES:
        raise _Unfit
    return data


def _write_hash(_field: FieldShape, value: CborValue, _codes: Codes) -> Written:
    return Written(_hash(value))


def _read_hash(_field: FieldShape, text: str, _codes: Codes) -> CborValue:
    return _hash_of(text)


def _write_flag(_field: FieldShape, value: CborValue, _codes: Codes) -> Written:
    if not isinstance(value, bool):
        raise _Unfit
    return Written("1" if value else "0")


def _read_flag(_field: FieldShape, text: str, _codes: Codes) -> CborValue:
    if text not in {"0", "1"}:
        raise _Unfit
    return text == "1"


def _write_relation(field: FieldShape, value: CborValue, codes: Codes) -> Written:
    verb, target = _tuple(value, _PAIR)
    return Written(
        f"{codes.number(field.vocabulary, verb):02} {_hash(target)}", codes.say(field.vocabulary or "", str(verb))
    )


def _read_relation(field: FieldShape, text: str, codes: Codes) -> CborValue:
    number, _, target = text.partition(" ")
    return (codes.code(field.vocabulary, number), _hash_of(target))


class _Kind(NamedTuple):
    """How values of one kind are written and read, and whether a gloss in brackets may follow."""

    write: Callable[[FieldShape, CborValue, Codes], Written]
    read: Callable[[FieldShape, str, Codes], CborValue]
    glossed: bool = True


_WORD: Final = _Kind(_write_word, _read_word, glossed=False)
_WHOLE: Final = _Kind(_write_whole, _read_whole)

_KINDS: Final[Mapping[str, _Kind]] = MappingProxyType(
    {
        "code": _Kind(_write_code, _read_code),
        "codes": _Kind(_write_codes, _read_codes),
        "statuses": _Kind(_write_statuses, _read_statuses),
        "place": _Kind(_write_place, _read_place),
        "area": _Kind(_write_area, _read_area),
        "instant": _Kind(_write_instant, _read_instant),
        "window": _Kind(_write_window, _read_window),
        "word": _WORD,
        "party": _WORD,
        "parties": _Kind(_write_parties, _read_parties, glossed=False),
        "facility": _Kind(_write_facility, _read_facility, glossed=False),
        "count": _WHOLE,
        "duration": _WHOLE,
        "precedence": _WHOLE,
        "hash": _Kind(_write_hash, _read_hash),
        "flag": _Kind(_write_flag, _read_flag),
        "relation": _Kind(_write_relation, _read_relation),
    }
)
"""Kinds with a line of their own; a `text`, `names` and `sites` take several (paper.py)."""
