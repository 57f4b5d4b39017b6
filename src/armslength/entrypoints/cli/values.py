"""NAME=VALUE on the command line: read by the kind of the form's field, so that nobody has to write JSON for a list."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.line import forms
from armslength.line.form_types import FieldKind as Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Json = Any

FILE_BYTES_MAX: Final = 1024 * 1024
"""A file of fields, reports or text; a message is at most 64 KiB."""


def split_pairs(pairs: Sequence[str], option: str = "--field") -> dict[str, str]:
    """Return names and texts of NAME=VALUE arguments.

    Raises:
        LocalError: OPTION-VALUE.
    """
    found = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name.strip():
            raise LocalError("OPTION-VALUE", option=option, expected="NAME=VALUE", got=pair)
        found[name.strip()] = value.strip()
    return found


def field_values(form: str, pairs: Sequence[str]) -> dict[str, Json]:
    """Return form fields by name, each read as its kind is written.

    Raises:
        LocalError: OPTION-VALUE, DRAFT-FORM-UNKNOWN, DRAFT-FIELD-UNKNOWN.
    """
    known = {field.name: field for field in forms.fields_of(forms.form(form)).values()}
    found: dict[str, Json] = {}
    for name, text in split_pairs(pairs).items():
        field = known.get(name)
        if field is None:
            raise LocalError("DRAFT-FIELD-UNKNOWN", form=form, field=name, expected=", ".join(sorted(known)))
        found[name] = _value(field.kind, text, name)
    return found


def _value(kind: Kind, text: str, name: str) -> Json:
    if text[:1] in {"[", "{"}:
        return _json(text, name)
    read = _READERS.get(kind)
    if read is None:
        return text
    try:
        return read(text)
    except ValueError as error:
        raise LocalError("OPTION-VALUE", option=f"--field {name}", expected=_EXPECTED[kind], got=text) from error


def _json(text: str, name: str) -> Json:
    try:
        return json.loads(text)
    except ValueError as error:
        raise LocalError("OPTION-VALUE", option=f"--field {name}", expected="JSON", got=text) from error


def _list(text: str) -> Json:
    return [one.strip() for one in text.split(",") if one.strip()]


def _statuses(text: str) -> Json:
    return [_exactly(2, one, ":") for one in _list(text)]


def _exactly(count: int, text: str, sign: str) -> list[str]:
    parts = [part.strip() for part in text.split(sign)]
    if len(parts) != count:
        raise ValueError(text)
    return parts


def _flag(text: str) -> Json:
    return {"yes": True, "true": True, "no": False, "false": False}[text.lower()]


def _flag_or_refuse(text: str) -> Json:
    try:
        return _flag(text)
    except KeyError:
        raise ValueError(text) from None


_READERS: Final[Mapping[Kind, Callable[[str], Json]]] = {
    Kind.CODES: _list,
    Kind.NAMES: _list,
    Kind.STATUSES: _statuses,
    Kind.WINDOW: lambda text: _exactly(2, text, "/"),
    Kind.FACILITY: lambda text: _exactly(3, text, "|"),
    Kind.RELATION: lambda text: list(_halves(text)),
    Kind.COUNT: int,
    Kind.DURATION: int,
    Kind.FLAG: _flag_or_refuse,
}

_EXPECTED: Final[Mapping[Kind, str]] = {
    Kind.CODES: "CODE,CODE",
    Kind.NAMES: "NAME,NAME",
    Kind.STATUSES: "CODE:STATUS,CODE:STATUS",
    Kind.WINDOW: "FROM/UNTIL",
    Kind.FACILITY: "NAME|LANGUAGE|KIND",
    Kind.RELATION: "VERB:MESSAGE",
    Kind.COUNT: "a whole number",
    Kind.DURATION: "whole seconds",
    Kind.FLAG: "yes or no",
}


def _halves(text: str) -> tuple[str, str]:
    verb, colon, target = text.partition(":")
    if not colon:
        raise ValueError(text)
    return verb.strip(), target.strip()


def read_text(name: str) -> str:
    """Return the text of a file, or of standard input for ``-``.

    Raises:
        LocalError: FILE-READ.
    """
    import sys

    try:
        if name == "-":
            return sys.stdin.read(FILE_BYTES_MAX)
        data = Path(name).read_bytes()
        if len(data) > FILE_BYTES_MAX:
            raise LocalError("FILE-READ", limit=FILE_BYTES_MAX, got=len(data))
        return data.decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LocalError("FILE-READ", because=str(error)) from error


def read_json(name: str) -> Json:
    """Return the JSON document of a file.

    Raises:
        LocalError: FILE-READ.
    """
    try:
        return json.loads(read_text(name))
    except (ValueError, RecursionError) as error:
        raise LocalError("FILE-READ", file=name, because="not JSON") from error
