"""The paper and voice version of a message (B8): for telephone, fax and courier, in the layout of OSCE notifications.

Every field line ends with two check digits and the last line counts the lines and checks their digits, so that a
misheard number, a line left out and two lines exchanged are all found, and named. Values are written alike in every
language; labels and glosses are the reader's. `parse_paper` gives back exactly what `to_paper` was given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn

from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.ids import party_code
from armslength.core.limits import FIELDS_MAX
from armslength.core.precedence import Precedence
from armslength.core.realm import Realm
from armslength.language import shapes
from armslength.language.paper_lines import (
    PARAGRAPH,
    escape,
    from_chunks,
    letters,
    line_digits,
    to_chunks,
    unescape,
)
from armslength.language.paper_phrases import read_phrases, write_phrases
from armslength.language.paper_values import (
    Codes,
    grouped,
    one_line,
    read_instant,
    read_site,
    read_value,
    ungrouped,
    without_gloss,
    write_instant,
    write_site,
    write_value,
)
from armslength.language.shapes import text_id

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from armslength.core.cbor import CborValue
    from armslength.core.instants import Instant
    from armslength.language.rendering import Renderer
    from armslength.language.shapes import Catalogue, FieldShape, Values
    from armslength.language.texts import Texts

SHEET_CHARS_MAX: Final = 512 * 1024
"""A message of 64 KiB written out in hexadecimal digits and labels stays below half of this."""

NUMBER_DIGITS_MAX: Final = 9
"""A line sees a few messages an hour; a longer message number is a mistake."""

EXERCISE_MARK: Final = Realm.EXERCISE.value
"""The word in the first and last line of an exercise's sheet, in every language."""

FIELD_NUMBER_MAX: Final = 65_535
"""As docs/spec/record.md has it."""

_NO_NUMBER: Final = "-"
_RAW: Final = "X"
"""After a field's number: the value is the wire's own encoding in hexadecimal digits, for what has no kind here."""

_IDENTITY: Final = frozenset({shapes.FORM_CODE, shapes.FORM_VERSION, shapes.PRECEDENCE, shapes.LANGUAGE})
"""Fields with a place of their own at the head of the sheet."""

_PRECEDENCES: Final = frozenset(int(level) for level in Precedence)
_REFERENCES: Final = frozenset({shapes.RELATION, shapes.ANSWERS})
_HEADING = re.compile(r"[456]\. [^:]+:")
_LINE = re.compile(r"(.*?) ?/([0-9]{2})")
_FIELD = re.compile(r"([A-Z]{1,2})\. ([0-9]{1,5})(X?) [^:]*: ?(.*)")
_SUBLINE = re.compile(r"\(([0-9]{1,5})([+-]?)\) ?(.*)")
_LABELLED = re.compile(r"(?:[1-3]\. )?[^:]+: ?(.*)")
_SUBJECT = re.compile(r"(REAL|EXERCISE) ([^ ]+) ([0-9]{1,9})")
_HEAD: Final = ("P", "F", "T", "S", "1", "2", "3")
"""Markers of the first lines as the check digits see them: precedence, from, to, subject, then 1 to 3."""
_GLOSSED: Final = frozenset({"P", "S", "2"})
_WHOLE = re.compile(rf"[0-9]{{1,{NUMBER_DIGITS_MAX}}}")
_END: Final = "7"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperMessage:
    """What a sheet carries.

    Args:
        realm: an exercise's sheet says so in its first, last and subject line.
        author: party code.
        addressees: party codes.
        number: in the author's direction, None before release.
        stated_at: the author's time.
        values: the body map from field 20 on, with form, version, precedence and language.
    """

    realm: Realm
    author: str
    addressees: tuple[str, ...]
    number: int | None
    stated_at: Instant
    values: Values


# --- writing ----------------------------------------------------------------------------------------------------------


class _Sheet:
    """Lines of a sheet as they are written, and their check digits."""

    def __init__(self, texts: Texts, codes: Codes) -> None:
        self.texts = texts
        self.codes = codes
        self.lines: list[str] = []
        self.digits: list[str] = []

    def checked(self, shown: str, marker: str, value: str, gloss: str = "") -> None:
        """Add a line: what stands before the value, the marker that the digits cover, the value, its gloss."""
        digits = line_digits(f"{marker} {value}")
        parts = (shown, value, f"({gloss})" if gloss else "", f"/{digits}")
        self.lines.append(" ".join(part for part in parts if part))
        self.digits.append(digits)

    def head(self, message: PaperMessage, title: str) -> None:
        """Add the lines that every sheet begins with."""
        values, say = message.values, self.texts.say
        precedence = str(values[shapes.PRECEDENCE])
        version = str(values[shapes.FORM_VERSION])
        subject = f"{escape(str(values[shapes.FORM_CODE]), blanks=True)} {version}"
        stated = write_instant(message.stated_at)
        number = _NO_NUMBER if message.number is None else str(message.number)
        for marker, label, value, gloss in (
            ("P", "paper-precedence", precedence, say(f"value-precedence-{precedence}")),
            ("F", "paper-from", message.author, ""),
            ("T", "paper-to", " ".join(message.addressees), ""),
            ("S", "paper-subject", f"{message.realm.value} {subject}", title),
            ("1", "paper-number", number, ""),
            ("2", "paper-stated-at", stated.value, stated.gloss),
            ("3", "paper-language", escape(str(values[shapes.LANGUAGE])), ""),
        ):
            prefix = f"{marker}. " if marker.isdigit() else ""
            self.checked(f"{prefix}{say(label)}:", marker, value, gloss)

    def field(self, letter: str, number: int, field: FieldShape | None, value: CborValue) -> None:
        """Add one field: on lines of its own for text and names, on one line else, raw when it has no kind here."""
        say = self.texts.say
        label = say("line-field", number=str(number)) if field is None else say(f"field-{field.name}")
        chunks = None if field is None else field_chunks(field, value, self.codes)
        written = None if field is None else write_value(field, value, self.codes)
        if chunks is not None:
            self.checked(f"{letter}. {number} {label}:", f"{letter} {number}", str(len(chunks)))
            for place, (join, chunk) in enumerate(chunks, start=1):
                self.checked(f"({place}{join})", f"{letter} {place}{join}", chunk)
        elif written is not None:
            self.checked(f"{letter}. {number} {label}:", f"{letter} {number}", written.value, written.gloss)
        else:
            self.checked(f"{letter}. {number}{_RAW} {label}:", f"{letter} {number}{_RAW}", _encoded(number, value))


def to_paper(renderer: Renderer, locale: str, message: PaperMessage) -> str:
    """Return a message as a sheet.

    Args:
        renderer: gives labels and the forms' shapes.
        locale: language of labels and glosses.
        message: what to write.

    Raises:
        LocalError: LOCALE-UNKNOWN; PAPER-VALUE, a value that has no place on paper or a field of the head is missing.
    """
    texts, catalogue = renderer.texts(locale), renderer.catalogue
    values = _require_head(message)
    codes = Codes(numbers=catalogue.vocabularies, say=lambda vocabulary, code: texts.say(text_id(vocabulary, code)))
    sheet = _Sheet(texts, codes)
    fields = _shapes(catalogue, values[shapes.FORM_CODE], values[shapes.FORM_VERSION])
    sheet.head(message, texts.say(f"form-{str(values[shapes.FORM_CODE]).lower()}" if fields else "form-unknown"))
    place = 0
    for heading, numbers in _sections(values):
        sheet.lines.append(f"{heading[0]}. {texts.say(heading[1])}:")
        for number in numbers:
            sheet.field(letters(place), number, fields.get(number), values[number])
            place += 1
    count = str(len(sheet.digits))
    end = f"{_END}. {texts.say('paper-end')}: {count} /{_end_digits(count, sheet.digits)}"
    mark = [texts.say("line-exercise")] if message.realm is Realm.EXERCISE else []
    return "\n".join([*mark, *sheet.lines, end, *mark]) + "\n"


def _sections(values: Values) -> tuple[tuple[tuple[str, str], list[int]], ...]:
    """The sections 4 to 6 of the sheet with the fields that stand in each."""
    numbers = sorted(n for n in values if n >= shapes.MESSAGE_FIELDS_FROM and n not in _IDENTITY)
    return (
        (("4", "paper-reference"), [n for n in numbers if n in _REFERENCES]),
        (("5", "paper-content"), [n for n in numbers if n not in _REFERENCES and n != shapes.FREE_TEXT]),
        (("6", "paper-remarks"), [n for n in numbers if n == shapes.FREE_TEXT]),
    )


def _end_digits(count: str, digits: Sequence[str]) -> str:
    return line_digits(f"{_END} {count} {''.join(digits)}")


def _shapes(catalogue: Catalogue, code: CborValue, version: CborValue) -> Mapping[int, FieldShape]:
    shape = catalogue.shape(code, version)
    return {} if shape is None else {field.number: field for field in shape.fields}


def _require_head(message: PaperMessage) -> Values:
    """Refuse what the head of a sheet could not give back."""
    values = message.values
    precedence, code = values.get(shapes.PRECEDENCE), values.get(shapes.FORM_CODE)
    version, language = values.get(shapes.FORM_VERSION), values.get(shapes.LANGUAGE)
    checks = (
        ("precedence", type(precedence) is int and precedence in _PRECEDENCES),
        ("form", isinstance(code, str) and code),
        ("form version", type(version) is int and 0 <= version < 10**NUMBER_DIGITS_MAX),
        ("language", isinstance(language, str) and language),
        ("number", message.number is None or 0 <= message.number < 10**NUMBER_DIGITS_MAX),
        ("number of fields", len(values) <= FIELDS_MAX),
        ("field numbers", all(number <= FIELD_NUMBER_MAX for number in values)),
        ("parties", all(_is_party(party) for party in (message.author, *message.addressees))),
    )
    for name, fits in checks:
        if not fits:
            raise LocalError("PAPER-VALUE", field=name)
    return values


def _is_party(text: str) -> bool:
    try:
        party_code(text)
    except ArmslengthError:
        return False
    return True


def _encoded(number: int, value: CborValue) -> str:
    try:
        return grouped(cbor.encode(value))
    except ArmslengthError:
        raise LocalError("PAPER-VALUE", field=number) from None


def field_chunks(field: FieldShape, value: CborValue, codes: Codes) -> list[tuple[str, str]] | None:
    """Return the lines of a text, of names or of sites, each with its join; None for every other kind or value."""
    if field.kind == "text" and isinstance(value, str):
        return list(to_chunks(value))
    if field.kind == "sites" and isinstance(value, tuple) and value:
        sites = [write_site(field, site, codes) for site in value]
        return None if None in sites else [(PARAGRAPH, str(site)) for site in sites]
    if field.kind == "phrases":
        lines = write_phrases(value, codes)
        return None if lines is None else [(PARAGRAPH, line) for line in lines]
    if field.kind == "names" and isinstance(value, tuple) and value:
        names = [name for name in value if isinstance(name, str)]
        return [(PARAGRAPH, escape(name)) for name in names] if len(names) == len(value) else None
    return None


# --- reading ----------------------------------------------------------------------------------------------------------


class _Checked(NamedTuple):
    """One line whose check digits are still to be compared."""

    place: int
    body: str
    digits: str

    def require(self, marker: str, value: str) -> None:
        """Compare the digits with marker and value."""
        expected = line_digits(f"{marker} {value}")
        if expected != self.digits:
            raise LocalError("PAPER-CHECK-DIGITS", line=self.place, text=self.body, expected=expected, got=self.digits)


def parse_paper(catalogue: Catalogue, text: str) -> PaperMessage:
    """Return what a sheet carries; its language, blank lines and blanks at the ends of lines do not matter.

    Args:
        catalogue: the forms and vocabularies.
        text: the sheet.

    Raises:
        LocalError: PAPER-CHECK-DIGITS, PAPER-LINE, PAPER-INCOMPLETE; each names the line by its place on the sheet.
    """
    if len(text) > SHEET_CHARS_MAX:
        raise LocalError("PAPER-LINE", expected=f"at most {SHEET_CHARS_MAX} characters", got=len(text))
    realm, sheet = _without_marks(
        [(place, line.strip()) for place, line in enumerate(text.split("\n"), start=1) if line.strip()]
    )
    lines = [_checked(place, line) for place, line in sheet if not _HEADING.fullmatch(line)]
    *lines, end = lines or [_Checked(0, "", "")]
    count = _line_count(end, lines)
    head = _Head(lines[: len(_HEAD)])
    values = head.identity(realm)
    fields = _shapes(catalogue, values[shapes.FORM_CODE], values[shapes.FORM_VERSION])
    codes = Codes(numbers=catalogue.vocabularies, say=lambda _vocabulary, _code: "")
    for entry in _entries(lines[len(_HEAD) :], fields):
        if not shapes.MESSAGE_FIELDS_FROM <= entry.number <= FIELD_NUMBER_MAX:
            raise LocalError("PAPER-LINE", line=entry.line.place, expected="a field of a message", got=entry.number)
        if entry.number in values:
            raise LocalError("PAPER-INCOMPLETE", line=entry.line.place, expected="each field once", got=entry.number)
        values[entry.number] = entry.read(fields.get(entry.number), codes)
    # Every line is right by itself: a wrong sum means that lines were exchanged, or come from another sheet.
    expected = _end_digits(count, [line.digits for line in lines])
    if expected != end.digits:
        raise LocalError("PAPER-CHECK-DIGITS", line=end.place, text=end.body, expected=expected, got=end.digits)
    return head.message(realm, values)


def _without_marks(sheet: list[tuple[int, str]]) -> tuple[Realm, list[tuple[int, str]]]:
    marked = [bool(sheet) and EXERCISE_MARK in sheet[end][1].split(" ") and "/" not in sheet[end][1] for end in (0, -1)]
    if marked[0] != marked[1]:
        raise LocalError("PAPER-INCOMPLETE", expected=f"{EXERCISE_MARK} in the first and last line, or in neither")
    return (Realm.EXERCISE, sheet[1:-1]) if marked[0] else (Realm.REAL, sheet)


def _checked(place: int, line: str) -> _Checked:
    match = _LINE.fullmatch(line)
    if match is None:
        raise LocalError("PAPER-LINE", line=place, expected="two check digits at its end, /17", got=line)
    return _Checked(place, match.group(1), match.group(2))


def _line_count(end: _Checked, lines: Sequence[_Checked]) -> str:
    match = re.fullmatch(rf"{_END}\. [^:]+: ([0-9]{{1,6}})", end.body)
    if match is None:
        raise LocalError("PAPER-INCOMPLETE", line=end.place, expected=f"the last line, {_END}.", got=end.body)
    if int(match.group(1)) != len(lines) or len(lines) < len(_HEAD):
        expected = f"{max(int(match.group(1)), len(_HEAD))} lines"
        raise LocalError("PAPER-INCOMPLETE", line=end.place, expected=expected, got=len(lines))
    return match.group(1)


class _Head:
    """The first lines of a sheet, their digits compared."""

    def __init__(self, lines: Sequence[_Checked]) -> None:
        self.lines = dict(zip(_HEAD, lines, strict=True))
        self.values = {marker: _head_value(marker, line) for marker, line in self.lines.items()}

    def identity(self, realm: Realm) -> dict[int, CborValue]:
        """Return the fields that stand in the head; the subject must name the realm that the marks show."""
        match = _SUBJECT.fullmatch(self.values["S"])
        if match is None:
            self.refuse("S", "realm, form and version")
        if match.group(1) != realm.value:
            self.refuse("S", realm.value)
        return {
            shapes.FORM_CODE: self.unescaped("S", match.group(2)),
            shapes.FORM_VERSION: int(match.group(3)),
            shapes.PRECEDENCE: self.whole("P", int(max(Precedence))),
            shapes.LANGUAGE: self.unescaped("3", self.values["3"]),
        }

    def message(self, realm: Realm, values: Values) -> PaperMessage:
        """Return the message with these fields."""
        parties = [self.values["F"], *self.values["T"].split()]
        if not all(_is_party(party) for party in parties):
            self.refuse("F", "party codes")
        return PaperMessage(
            realm=realm,
            author=parties[0],
            addressees=tuple(parties[1:]),
            number=None if self.values["1"] == _NO_NUMBER else self.whole("1", 10**NUMBER_DIGITS_MAX - 1),
            stated_at=self.instant("2"),
            values=values,
        )

    def whole(self, marker: str, most: int) -> int:
        """Return the number of a line."""
        text = self.values[marker]
        if not _WHOLE.fullmatch(text) or int(text) > most:
            self.refuse(marker, f"a number up to {most}")
        return int(text)

    def instant(self, marker: str) -> Instant:
        """Return the instant of a line."""
        try:
            return read_instant(self.values[marker])
        except LocalError:
            self.refuse(marker, "2022-11-20 09:15Z")

    def unescaped(self, marker: str, text: str) -> str:
        """Return a text of a line."""
        try:
            return unescape(text)
        except LocalError:
            self.refuse(marker, "visible characters")

    def refuse(self, marker: str, expected: str) -> NoReturn:
        """Raise for one line."""
        line = self.lines[marker]
        raise LocalError("PAPER-LINE", line=line.place, expected=expected, got=line.body)


def _head_value(marker: str, line: _Checked) -> str:
    match = _LABELLED.fullmatch(line.body)
    if match is None:
        raise LocalError("PAPER-LINE", line=line.place, expected="label: value", got=line.body)
    value: str = match.group(1)
    value = value.partition(" (")[0] if marker in _GLOSSED else value
    line.require(marker, value)
    return value


class _Entry(NamedTuple):
    """A field as it stands on the sheet: its line, number, raw mark, value and the lines below it."""

    line: _Checked
    number: int
    raw: bool
    value: str
    chunks: tuple[tuple[str, str], ...]

    def read(self, field: FieldShape | None, codes: Codes) -> CborValue:
        """Return the field's value.

        Raises:
            LocalError: PAPER-LINE, PAPER-INCOMPLETE, with the line.
        """
        try:
            return self._value(field, codes)
        except ArmslengthError as error:
            code = "PAPER-INCOMPLETE" if error.code == "PAPER-INCOMPLETE" else "PAPER-LINE"
            raise LocalError(code, **{**error.details, "line": self.line.place}) from None

    def _value(self, field: FieldShape | None, codes: Codes) -> CborValue:
        if self.raw or field is None:
            if not self.raw or self.chunks:
                raise LocalError("PAPER-LINE", expected="a field of the form", got=self.number)
            return cbor.decode(ungrouped(self.value))
        if one_line(field.kind) and not self.chunks:
            return read_value(field, self.value, codes)
        return read_chunks(field, self.value, self.chunks, codes)


def read_chunks(field: FieldShape, count: str, chunks: tuple[tuple[str, str], ...], codes: Codes) -> CborValue:
    """Return the value whose lines `field_chunks` made.

    Args:
        field: its shape.
        count: how many lines the field's own line announces.
        chunks: the lines, each with its join.
        codes: the vocabularies.

    Raises:
        LocalError: PAPER-LINE, PAPER-INCOMPLETE.
    """
    whole = count == str(len(chunks)) and chunks[:1] and chunks[0][0] == PARAGRAPH
    if one_line(field.kind) or not whole:
        raise LocalError("PAPER-INCOMPLETE", expected=f"{count} lines below it", got=len(chunks))
    if field.kind == "names":
        return tuple(unescape(chunk) for _, chunk in chunks)
    if field.kind == "phrases":
        return read_phrases([chunk for _, chunk in chunks], codes)
    if field.kind == "sites":
        return tuple(read_site(field, chunk, codes) for _, chunk in chunks)
    return from_chunks(chunks)


def _entries(lines: Sequence[_Checked], fields: Mapping[int, FieldShape]) -> Iterator[_Entry]:
    place, at = 0, 0
    while at < len(lines):
        line, letter = lines[at], letters(place)
        match = _FIELD.fullmatch(line.body)
        if match is None:
            raise LocalError("PAPER-LINE", line=line.place, expected=f"{letter}. number label: value", got=line.body)
        if match.group(1) != letter:
            raise LocalError("PAPER-INCOMPLETE", line=line.place, expected=f"line {letter}.", got=match.group(1))
        number, raw, value = match.group(2), match.group(3), match.group(4)
        field = fields.get(int(number))
        line.require(f"{letter} {number}{raw}", value if raw or field is None else without_gloss(field.kind, value))
        at += 1
        first = at
        while at < len(lines) and lines[at].body.startswith("("):
            at += 1
        chunks = tuple(_subline(letter, n, below) for n, below in enumerate(lines[first:at], start=1))
        yield _Entry(line, int(number), bool(raw), value, chunks)
        place += 1


def _subline(letter: str, place: int, line: _Checked) -> tuple[str, str]:
    match = _SUBLINE.fullmatch(line.body)
    if match is None or int(match.group(1)) != place:
        raise LocalError("PAPER-INCOMPLETE", line=line.place, expected=f"line ({place})", got=line.body)
    join, chunk = match.group(2), match.group(3)
    line.require(f"{letter} {place}{join}", chunk)
    return join, chunk
