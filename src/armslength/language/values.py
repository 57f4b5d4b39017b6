"""How one value of a message is shown to a reader, by its kind.

Every function here takes whatever the wire may hold and answers with text: a value that does not fit its kind is shown
raw. A message that was accepted must always be readable, also when it comes from a newer node.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from armslength.core.cbor import Tagged
from armslength.core.errors import ArmslengthError
from armslength.core.instants import dtg, instant_from_cbor, local_text, rfc3339
from armslength.core.places import Circle, Polygon, area_from_cbor, degrees_text, mgrs_text, place_from_cbor
from armslength.core.text import visible_line
from armslength.language.phrases import check_phrase
from armslength.language.shapes import FACILITY_KINDS, text_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from armslength.core.cbor import CborKey, CborValue
    from armslength.core.instants import Instant
    from armslength.core.places import Place
    from armslength.language.codebook import Codebook
    from armslength.language.shapes import FieldShape
    from armslength.language.texts import Texts

RAW_DEPTH_MAX: Final = 16
"""As deep as the encoding allows; what is deeper never arrived."""

_PAIR, _TRIPLE, _SITE = 2, 3, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What showing a value needs.

    Args:
        texts: of the reader's language.
        vocabularies: name to code to number.
        zones: party code and IANA zone of each end, in the order shown.
        codebook: the phrases, where there is one.
    """

    texts: Texts
    vocabularies: Mapping[str, Mapping[str, int]]
    zones: Sequence[tuple[str, str]]
    codebook: Codebook | None = None


def show(field: FieldShape, value: CborValue, context: Context) -> str:
    """Return a value as one line or, for areas and lists, several lines of text."""
    shown = _SHOWN[field.kind](field, value, context) if field.kind in _SHOWN else None
    return raw(value) if shown is None else shown


def raw(value: CborValue, depth: int = 0) -> str:
    """Return any value of the encoding as text: numbers plain, texts quoted, bytes in hexadecimal digits."""
    if isinstance(value, tuple | dict | Tagged):
        return "..." if depth >= RAW_DEPTH_MAX else _raw_container(value, depth + 1)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, bytes):
        return f"h'{value.hex()}'"
    words = {True: "true", False: "false", None: "null"}
    return words[value] if isinstance(value, bool) or value is None else str(value)


def _raw_container(value: tuple[CborValue, ...] | dict[CborKey, CborValue] | Tagged, depth: int) -> str:
    if isinstance(value, Tagged):
        return f"{value.tag}({raw(value.value, depth)})"
    if isinstance(value, tuple):
        return "[" + ", ".join(raw(item, depth) for item in value) + "]"
    return "{" + ", ".join(f"{raw(key, depth)}: {raw(item, depth)}" for key, item in value.items()) + "}"


def quoted(text: str) -> str:
    """Return a short text of the author's inside quotation marks, on one visible line."""
    return '"' + visible_line(text).replace('"', "''") + '"'


def instant_text(at: Instant, zones: Sequence[tuple[str, str]]) -> str:
    """Return one moment as date-time group, UTC and the local time of each end (B2)."""
    clocks = [rfc3339(at), *(f"{party} {local_text(at, zone)}" for party, zone in zones)]
    try:
        return " | ".join([dtg(at), *clocks])
    except ArmslengthError:
        # Two digits cannot tell this year (before 2000); the full date says it.
        return " | ".join(clocks)


def place_text(place: Place, texts: Texts) -> str:
    """Return one place in degrees and in the Military Grid, with its precision when it is stated (B4)."""
    precision = f", {texts.say('value-precision', metres=str(place.precision_m))}" if place.precision_m else ""
    return f"{degrees_text(place)}, MGRS {mgrs_text(place, spaced=True)}{precision}"


def code_text(vocabulary: str | None, code: CborValue, context: Context) -> str:
    """Return a code in the reader's language, or say that this node does not know it."""
    if vocabulary is not None and isinstance(code, str) and code in context.vocabularies.get(vocabulary, ()):
        return context.texts.say(text_id(vocabulary, code))
    return context.texts.say("value-unknown-code", code=raw(code))


Shown: TypeAlias = str | None
"""The text, or None when the value does not fit its kind."""


def _code(field: FieldShape, value: CborValue, context: Context) -> Shown:
    return code_text(field.vocabulary, value, context)


def _codes(field: FieldShape, value: CborValue, context: Context) -> Shown:
    if not isinstance(value, tuple):
        return None
    return "; ".join(code_text(field.vocabulary, code, context) for code in value)


def _statuses(field: FieldShape, value: CborValue, context: Context) -> Shown:
    if not isinstance(value, tuple):
        return None
    lines = []
    for pair in value:
        if not isinstance(pair, tuple) or len(pair) != _PAIR:
            return None
        pillar, status = code_text(field.vocabulary, pair[0], context), code_text(field.grades, pair[1], context)
        number = context.vocabularies.get(field.vocabulary or "", {}).get(str(pair[0]), "?")
        lines.append(f"{number} {pillar}: {status}")
    return "\n".join(lines)


def _place(_field: FieldShape, value: CborValue, context: Context) -> Shown:
    try:
        return place_text(place_from_cbor(value), context.texts)
    except ArmslengthError:
        return None


def _area(_field: FieldShape, value: CborValue, context: Context) -> Shown:
    try:
        area = area_from_cbor(value)
    except ArmslengthError:
        return None
    say = context.texts.say
    if isinstance(area, Circle):
        radius = say("value-radius", metres=str(area.radius_m))
        return f"{say('code-area-shape-circle')}: {place_text(area.centre, context.texts)}, {radius}"
    if isinstance(area, Polygon):
        head, points = say("code-area-shape-polygon"), area.vertices
    else:
        head = f"{say('code-area-shape-route')}, {say('value-width', metres=str(area.width_m))}"
        points = area.points
    return "\n".join([head, *(f"{n}) {place_text(point, context.texts)}" for n, point in enumerate(points, start=1))])


def _instant(_field: FieldShape, value: CborValue, context: Context) -> Shown:
    try:
        return instant_text(instant_from_cbor(value), context.zones)
    except ArmslengthError:
        return None


def _window(_field: FieldShape, value: CborValue, context: Context) -> Shown:
    if not isinstance(value, tuple) or len(value) != _PAIR:
        return None
    try:
        start, end = (instant_text(instant_from_cbor(item), context.zones) for item in value)
    except ArmslengthError:
        return None
    return f"{start}\n{context.texts.say('value-until')} {end}"


def _word(_field: FieldShape, value: CborValue, _context: Context) -> Shown:
    return visible_line(value) if isinstance(value, str) else None


def _facility(_field: FieldShape, value: CborValue, context: Context) -> Shown:
    if not isinstance(value, tuple) or len(value) != _TRIPLE:
        return None
    name, language, kind = value
    if not isinstance(name, str) or not isinstance(language, str):
        return None
    return f"{quoted(name)} ({visible_line(language)}), {code_text(FACILITY_KINDS, kind, context)}"


def _names(_field: FieldShape, value: CborValue, _context: Context) -> Shown:
    if not isinstance(value, tuple) or not all(isinstance(name, str) for name in value):
        return None
    return "; ".join(quoted(str(name)) for name in value)


def _parties(_field: FieldShape, value: CborValue, _context: Context) -> Shown:
    if not isinstance(value, tuple) or not all(isinstance(code, str) for code in value):
        return None
    return ", ".join(visible_line(str(code)) for code in value)


def _sites(field: FieldShape, value: CborValue, context: Context) -> Shown:
    if not isinstance(value, tuple):
        return None
    lines = []
    for at, site in enumerate(value, start=1):
        if not isinstance(site, tuple) or len(site) != _SITE or not isinstance(site[0], str):
            return None
        facility = _facility(field, site[1:4], context)
        place = "" if site[4] is None else _place(field, site[4], context)
        if facility is None or place is None:
            return None
        lines.append(f"{at}) {visible_line(site[0])} {facility}{', ' if place else ''}{place}")
    return "\n".join([str(len(value)), *lines])


def _phrases(_field: FieldShape, value: CborValue, context: Context) -> Shown:
    if not isinstance(value, tuple) or len(value) != _TRIPLE:
        return None
    version, digest, phrases = value
    if not isinstance(phrases, tuple):
        return None
    book = context.codebook
    if book is None or not book.reads(version, digest):
        unknown = context.texts.say("value-codebook-unknown", version=raw(version), digest=raw(digest))
        return "\n".join([unknown, *map(_numbered, phrases)])
    return "\n".join(line for phrase in phrases for line in _said(book, phrase, context.texts))


def _said(book: Codebook, phrase: CborValue, texts: Texts) -> list[str]:
    try:
        entry, given = check_phrase(phrase)
        said = book.render(entry.number, given, texts.locale)
    except ArmslengthError:
        return [f"{_numbered(phrase)} {texts.say('value-phrase-misfit')}"]
    answers = " / ".join(f"{number:03}" for number in entry.answers)
    return [f"{entry.digits} {said}", *([texts.say("value-phrase-answers", numbers=answers)] if answers else [])]


def _numbered(phrase: CborValue) -> str:
    if not isinstance(phrase, tuple) or not phrase or type(phrase[0]) is not int:
        return raw(phrase)
    return f"{phrase[0]:03}" + (f" {raw(phrase[1:])}" if phrase[1:] else "")


def _count(field: FieldShape, value: CborValue, context: Context) -> Shown:
    if type(value) is not int:
        return None
    if field.unit is None:
        return str(value)
    return context.texts.say_counted(f"value-{field.unit}", {}, {"count": value})


def _duration(_field: FieldShape, value: CborValue, context: Context) -> Shown:
    return context.texts.say("value-seconds", count=str(value)) if type(value) is int else None


def _hash(_field: FieldShape, value: CborValue, _context: Context) -> Shown:
    return value.hex() if isinstance(value, bytes) else None


def _flag(_field: FieldShape, value: CborValue, context: Context) -> Shown:
    return context.texts.say("value-yes" if value else "value-no") if isinstance(value, bool) else None


def _precedence(_field: FieldShape, value: CborValue, context: Context) -> Shown:
    message_id = f"value-precedence-{value}" if type(value) is int else ""
    return context.texts.say(message_id) if context.texts.has(message_id) else None


def _relation(field: FieldShape, value: CborValue, context: Context) -> Shown:
    if not isinstance(value, tuple) or len(value) != _PAIR or not isinstance(value[1], bytes):
        return None
    return f"{code_text(field.vocabulary, value[0], context)}: {value[1].hex()}"


_SHOWN: Final[Mapping[str, Callable[[FieldShape, CborValue, Context], Shown]]] = MappingProxyType(
    {
        "code": _code,
        "codes": _codes,
        "statuses": _statuses,
        "place": _place,
        "area": _area,
        "instant": _instant,
        "window": _window,
        "word": _word,
        "party": _word,
        "facility": _facility,
        "names": _names,
        "parties": _parties,
        "sites": _sites,
        "count": _count,
        "duration": _duration,
        "hash": _hash,
        "flag": _flag,
        "precedence": _precedence,
        "relation": _relation,
        "phrases": _phrases,
    }
)
"""Kind to its function. Kind `text` is not here: a text stands in its frame (rendering.py)."""
