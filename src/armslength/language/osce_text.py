"""Messages as numbered text in the layout of OSCE notifications, made and read back (B8; standards.md section 3).

The layout is the one that notification desks have used over their own network for thirty years: a head, seven numbered
sections, content lettered A, B, C with (1), (2) below. Labels are English in every language, codes stand with their
numbers, and there are no check digits: this is for the screen, mail and a watch officer's own program, while the
sheet of paper.py is for telephone and courier. `parse_osce` gives back exactly what `to_osce` was given, and whatever
else is pasted in is refused with the number of the line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.ids import party_code
from armslength.core.precedence import Precedence
from armslength.core.realm import Realm
from armslength.language import shapes
from armslength.language.paper import FIELD_NUMBER_MAX, NUMBER_DIGITS_MAX, PaperMessage, field_chunks, read_chunks
from armslength.language.paper_lines import escape, letters, unescape
from armslength.language.paper_values import (
    Codes,
    grouped,
    one_line,
    read_instant,
    read_value,
    ungrouped,
    write_instant,
    write_value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from armslength.core.cbor import CborValue
    from armslength.language.shapes import Catalogue, FieldShape, Values

OSCE_CHARS_MAX: Final = 512 * 1024
"""A message of 64 KiB in hexadecimal digits and labels stays below half of this."""

LINES_MAX: Final = 16_384
"""A text of 64 KiB in lines of sixty characters, ten times over."""

_AGREEMENT: Final = 38
_MARK: Final = f"{Realm.EXERCISE.value} {Realm.EXERCISE.value} {Realm.EXERCISE.value}"
_NONE: Final = "NONE"
_NOT_NUMBERED: Final = "NOT NUMBERED"
_HEAD: Final = (
    *("PRECEDENCE", "FROM", "TO", "INFO", "SUBJECT"),
    *("1. MESSAGE NUMBER", "2. DATE AND TIME", "3. TREATY REFERENCE"),
)
_SECTIONS: Final = ("4. MESSAGE REFERENCE", "5. CONTENT", "6. REMARKS")
_END: Final = "7. END OF MESSAGE NUMBER"
_PRECEDENCES: Final = {str(int(level)): level.name for level in Precedence}
_IDENTITY: Final = frozenset({shapes.FORM_CODE, shapes.FORM_VERSION, shapes.PRECEDENCE, shapes.LANGUAGE})
_REFERENCES: Final = frozenset({shapes.RELATION, shapes.ANSWERS})

_FIELD = re.compile(r"([A-Z]{1,2})\. ([A-Z][A-Z0-9-]{0,63}): ?(.*)")
_RAW_NAME = re.compile(r"FIELD-([0-9]{1,5})-RAW")
_SUBLINE = re.compile(r"\(([0-9]{1,5})([+-]?)\) ?(.*)")
_SUBJECT = re.compile(rf"(REAL|EXERCISE) ([^ ]+) ([0-9]{{1,{NUMBER_DIGITS_MAX}}}) LANGUAGE ([^ ]+)")
_NUMBER = re.compile(rf"([A-Z0-9-]+)/([0-9]{{2}})/([0-9]{{1,{NUMBER_DIGITS_MAX}}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class OsceMessage:
    """What a text in this layout carries.

    Args:
        message: as on paper.
        info: parties that it names beside the addressees; they are told, and asked nothing.
    """

    message: PaperMessage
    info: tuple[str, ...] = ()


def to_osce(catalogue: Catalogue, sent: OsceMessage) -> str:
    """Return a message as numbered text.

    Args:
        catalogue: the forms and vocabularies.
        sent: what to write.

    Raises:
        LocalError: OSCE-VALUE, a value of the head has no place in this layout.
    """
    message = sent.message
    values = _require_head(message)
    number = _number_text(message)
    agreement = values.get(_AGREEMENT)
    in_head = isinstance(agreement, str) and bool(agreement)
    head = (
        _PRECEDENCES[str(values[shapes.PRECEDENCE])],
        message.author,
        " ".join(message.addressees) or _NONE,
        " ".join(sent.info) or _NONE,
        _subject(message),
        number,
        _glossed(write_instant(message.stated_at)),
        _escaped(str(agreement)) if in_head else _NONE,
    )
    codes = Codes(numbers=catalogue.vocabularies, say=lambda _vocabulary, code: code)
    fields = _by_number(catalogue, values)
    lines = [f"{label}: {value}" for label, value in zip(_HEAD, head, strict=True)]
    place = 0
    for heading, numbers in zip(_SECTIONS, _sections(values, agreement_in_head=in_head), strict=True):
        lines.append(f"{heading}:" if numbers else f"{heading}: {_NONE}")
        for at in numbers:
            lines += _field_lines(letters(place), at, fields.get(at), values[at], codes)
            place += 1
    lines.append(f"{_END}: {number}")
    marks = [_MARK] if message.realm is Realm.EXERCISE else []
    return "\n".join([*marks, *lines, *marks]) + "\n"


def _require_head(message: PaperMessage) -> Values:
    values = message.values
    precedence, code = values.get(shapes.PRECEDENCE), values.get(shapes.FORM_CODE)
    version, language = values.get(shapes.FORM_VERSION), values.get(shapes.LANGUAGE)
    checks = (
        ("precedence", type(precedence) is int and precedence in {int(level) for level in Precedence}),
        ("form", isinstance(code, str) and code),
        ("form version", type(version) is int and 0 <= version < 10**NUMBER_DIGITS_MAX),
        ("language", isinstance(language, str) and language),
        ("parties", all(map(_is_party, (message.author, *message.addressees)))),
        ("number", message.number is None or 0 <= message.number < 10**NUMBER_DIGITS_MAX),
        ("field numbers", all(number <= FIELD_NUMBER_MAX for number in values)),
    )
    for name, fits in checks:
        if not fits:
            raise LocalError("OSCE-VALUE", field=name)
    return values


def _is_party(text: str) -> bool:
    try:
        return party_code(text) == text and text != _NONE
    except ArmslengthError:
        return False


def _subject(message: PaperMessage) -> str:
    values = message.values
    form, language = (escape(str(values[n]), blanks=True) for n in (shapes.FORM_CODE, shapes.LANGUAGE))
    return f"{message.realm.value} {form} {values[shapes.FORM_VERSION]!s} LANGUAGE {language}"


def _number_text(message: PaperMessage) -> str:
    if message.number is None:
        return _NOT_NUMBERED
    return f"{message.author}/{_year(message)}/{message.number}"


def _year(message: PaperMessage) -> str:
    return write_instant(message.stated_at).value[2:4]


def _glossed(written: tuple[str, str]) -> str:
    value, gloss = written
    return f"{value} ({gloss})" if gloss else value


def _escaped(text: str) -> str:
    """Return a text that is never the word NONE."""
    shown = escape(text)
    return f"[U+{ord(_NONE[0]):04X}]{_NONE[1:]}" if shown == _NONE else shown


def _by_number(catalogue: Catalogue, values: Values) -> dict[int, FieldShape]:
    shape = catalogue.shape(values[shapes.FORM_CODE], values[shapes.FORM_VERSION])
    return {} if shape is None else {field.number: field for field in shape.fields}


def _sections(values: Values, *, agreement_in_head: bool) -> tuple[list[int], list[int], list[int]]:
    said = _IDENTITY | ({_AGREEMENT} if agreement_in_head else set())
    numbers = sorted(n for n in values if n >= shapes.MESSAGE_FIELDS_FROM and n not in said)
    remarks = [n for n in numbers if n == shapes.FREE_TEXT]
    references = [n for n in numbers if n in _REFERENCES]
    return references, [n for n in numbers if n not in {*remarks, *references}], remarks


def _field_lines(letter: str, number: int, field: FieldShape | None, value: CborValue, codes: Codes) -> Iterator[str]:
    chunks = None if field is None else field_chunks(field, value, codes)
    written = None if field is None else write_value(field, value, codes)
    if field is not None and chunks is not None:
        yield f"{letter}. {field.name.upper()}: {len(chunks)}"
        yield from (f"({place}{join}) {chunk}" for place, (join, chunk) in enumerate(chunks, start=1))
    elif field is not None and written is not None:
        yield f"{letter}. {field.name.upper()}: {_glossed(written)}"
    else:
        yield f"{letter}. FIELD-{number}-RAW: {_encoded(number, value)}"


def _encoded(number: int, value: CborValue) -> str:
    try:
        return grouped(cbor.encode(value))
    except ArmslengthError:
        raise LocalError("OSCE-VALUE", field=number) from None


# --- reading ----------------------------------------------------------------------------------------------------------


class _Line(NamedTuple):
    """One line of the text: its place in it, from 1, and what it says."""

    place: int
    text: str

    def refuse(self, expected: str) -> LocalError:
        """Return the error that names this line."""
        return LocalError("OSCE-LINE", line=self.place, expected=expected, got=self.text)

    def after(self, label: str) -> str:
        """Return what follows a label."""
        if not self.text.startswith(f"{label}:"):
            raise self.refuse(f"{label}:")
        return self.text[len(label) + 1 :].strip()


def parse_osce(catalogue: Catalogue, text: str) -> OsceMessage:
    """Return what a text in this layout carries; blank lines and blanks at the ends of lines do not matter.

    Args:
        catalogue: the forms and vocabularies.
        text: what was pasted in, from anywhere.

    Raises:
        LocalError: OSCE-LINE names the line that is wrong, OSCE-INCOMPLETE what is missing.
    """
    realm, lines = _lines(text)
    if len(lines) < len(_HEAD) + len(_SECTIONS) + 1:
        raise LocalError("OSCE-INCOMPLETE", expected=f"{_HEAD[0]} to {_END}", got=f"{len(lines)} lines")
    head = {label: (line, line.after(label)) for label, line in zip(_HEAD, lines, strict=False)}
    values = _identity(head, realm)
    fields = _by_number(catalogue, values)
    by_name = {field.name.upper(): field for field in fields.values()}
    codes = Codes(numbers=catalogue.vocabularies, say=lambda _vocabulary, _code: "")
    body, last = lines[len(_HEAD) : -1], lines[-1]
    _agreement_of(head, values)
    for entry in _entries(body):
        at, value = entry.read(by_name, codes)
        if at in values:
            raise entry.line.refuse("each field once")
        values[at] = value
    number = head["1. MESSAGE NUMBER"][1]
    if last.after(_END) != number:
        raise last.refuse(f"{_END}: {number}")
    return _message(head, realm, values)


def _lines(text: str) -> tuple[Realm, list[_Line]]:
    if len(text) > OSCE_CHARS_MAX or text.count("\n") > LINES_MAX:
        raise LocalError("OSCE-INCOMPLETE", expected=f"at most {OSCE_CHARS_MAX} characters", got=len(text))
    lines = [_Line(place, line.strip()) for place, line in enumerate(text.split("\n"), start=1) if line.strip()]
    marked = [bool(lines) and lines[end].text == _MARK for end in (0, -1)]
    if marked[0] != marked[1] or (marked[0] and len(lines) == 1):
        raise LocalError("OSCE-INCOMPLETE", expected=f"{_MARK} in the first and last line, or in neither")
    return (Realm.EXERCISE, lines[1:-1]) if marked[0] else (Realm.REAL, lines)


def _identity(head: Mapping[str, tuple[_Line, str]], realm: Realm) -> dict[int, CborValue]:
    line, subject = head["SUBJECT"]
    match = _SUBJECT.fullmatch(subject)
    if match is None or match.group(1) != realm.value:
        raise line.refuse(f"{realm.value}, form, version and LANGUAGE")
    form, language = (_visible(line, match.group(group)) for group in (2, 4))
    line, name = head["PRECEDENCE"]
    if name not in Precedence.__members__:
        raise line.refuse(", ".join(Precedence.__members__))
    return {
        shapes.FORM_CODE: form,
        shapes.FORM_VERSION: int(match.group(3)),
        shapes.PRECEDENCE: int(Precedence[name]),
        shapes.LANGUAGE: language,
    }


def _visible(line: _Line, text: str) -> str:
    try:
        return unescape(text)
    except LocalError:
        raise line.refuse("visible characters") from None


def _agreement_of(head: Mapping[str, tuple[_Line, str]], values: dict[int, CborValue]) -> None:
    line, agreement = head["3. TREATY REFERENCE"]
    if not agreement:
        raise line.refuse(f"an agreement or {_NONE}")
    if agreement != _NONE:
        values[_AGREEMENT] = _visible(line, agreement)


def _message(head: Mapping[str, tuple[_Line, str]], realm: Realm, values: Values) -> OsceMessage:
    line, stated = head["2. DATE AND TIME"]
    try:
        stated_at = read_instant(stated)
    except LocalError:
        raise line.refuse("2022-11-20 09:15Z") from None
    authors = _parties(head["FROM"])
    if len(authors) != 1:
        raise head["FROM"][0].refuse("one party")
    draft = PaperMessage(
        realm=realm,
        author=authors[0],
        addressees=_parties(head["TO"]),
        number=None,
        stated_at=stated_at,
        values=values,
    )
    return OsceMessage(message=_numbered(head["1. MESSAGE NUMBER"], draft), info=_parties(head["INFO"]))


def _numbered(given: tuple[_Line, str], draft: PaperMessage) -> PaperMessage:
    line, text = given
    if text == _NOT_NUMBERED:
        return draft
    match = _NUMBER.fullmatch(text)
    if match is None or (match.group(1), match.group(2)) != (draft.author, _year(draft)):
        raise line.refuse(f"{draft.author}/{_year(draft)}/number or {_NOT_NUMBERED}")
    return PaperMessage(
        realm=draft.realm,
        author=draft.author,
        addressees=draft.addressees,
        number=int(match.group(3)),
        stated_at=draft.stated_at,
        values=draft.values,
    )


def _parties(given: tuple[_Line, str]) -> tuple[str, ...]:
    line, text = given
    if text == _NONE:
        return ()
    try:
        return tuple(party_code(code) for code in text.split(" "))
    except ArmslengthError:
        raise line.refuse("party codes") from None


class _Entry(NamedTuple):
    """A field as it stands in the text: its line, name, value and the lines below it."""

    line: _Line
    name: str
    value: str
    chunks: tuple[tuple[str, str], ...]

    def read(self, by_name: Mapping[str, FieldShape], codes: Codes) -> tuple[int, CborValue]:
        """Return the field's number and value."""
        try:
            return self._read(by_name, codes)
        except ArmslengthError as error:
            if error.code == "OSCE-LINE":
                raise
            raise self.line.refuse(str(error.details.get("expected", "a value of this field"))) from None

    def _read(self, by_name: Mapping[str, FieldShape], codes: Codes) -> tuple[int, CborValue]:
        raw = _RAW_NAME.fullmatch(self.name)
        if raw is not None:
            return self._raw(int(raw.group(1)))
        field = by_name.get(self.name)
        if field is None or field.number in _IDENTITY or field.number == _AGREEMENT:
            raise self.line.refuse("a field of the form")
        if one_line(field.kind) and not self.chunks:
            return field.number, read_value(field, self.value, codes)
        return field.number, read_chunks(field, self.value, self.chunks, codes)

    def _raw(self, number: int) -> tuple[int, CborValue]:
        if not shapes.MESSAGE_FIELDS_FROM <= number <= FIELD_NUMBER_MAX or self.chunks:
            raise self.line.refuse("a field of a message")
        return number, cbor.decode(ungrouped(self.value))


def _entries(lines: list[_Line]) -> Iterator[_Entry]:
    """Yield the fields of the sections 4 to 6, whose headings must stand in their order."""
    headings, place, at = list(_SECTIONS), 0, 0
    while at < len(lines):
        line = lines[at]
        if headings and line.text.startswith(f"{headings[0]}:"):
            _require_heading(line, headings.pop(0), lines[at + 1 : at + 2], headings)
            at += 1
            continue
        if len(headings) == len(_SECTIONS):
            raise line.refuse(f"{headings[0]}:")
        match = _FIELD.fullmatch(line.text)
        if match is None or match.group(1) != letters(place):
            raise line.refuse(f"{letters(place)}. FIELD: value")
        first = at = at + 1
        while at < len(lines) and lines[at].text.startswith("("):
            at += 1
        chunks = tuple(_subline(n, below) for n, below in enumerate(lines[first:at], start=1))
        yield _Entry(line, match.group(2), match.group(3), chunks)
        place += 1
    if headings:
        raise LocalError("OSCE-INCOMPLETE", expected=f"{headings[0]}:")


def _require_heading(line: _Line, heading: str, following: list[_Line], rest: list[str]) -> None:
    """Refuse a heading that says NONE above fields, or nothing above none."""
    value = line.after(heading)
    ends = not following or (bool(rest) and following[0].text.startswith(f"{rest[0]}:"))
    if value not in {"", _NONE} or (value == _NONE) != ends:
        raise line.refuse(f"{heading}: {_NONE}, or fields below it")


def _subline(place: int, line: _Line) -> tuple[str, str]:
    match = _SUBLINE.fullmatch(line.text)
    if match is None or int(match.group(1)) != place:
        raise line.refuse(f"({place})")
    return match.group(2), match.group(3)
