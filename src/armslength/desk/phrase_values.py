"""Phrases of the codebook as people and programs outside write them, and back: a number and its arguments, in order.

    [20, "47.51220N 34.58580E", "2022-11-20T14:30:00Z"]
    [21, ["Запорізька АЕС", "uk", "NUCLEAR-POWER-PLANT"]]

On the command line a facility is one word, ``NUCLEAR-POWER-PLANT:uk:Запорізька АЕС``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.instants import instant_from_cbor, parse_dtg, parse_rfc3339, rfc3339
from armslength.core.places import degrees_text, parse_place, place_from_cbor
from armslength.language.codebook_table import COUNTED, DIGEST, VERSION, ArgumentKind
from armslength.language.phrases import check_phrase, entry_of, shown_digest
from armslength.language.translations import check_language
from armslength.line.vocabularies import FACILITY_KIND

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.core.cbor import CborValue
    from armslength.language.codebook_table import Argument

Json = Any

PHRASES_MAX: Final = 16
"""As many as one message may hold (line.form_values)."""

_FACILITY_PARTS: Final = 3
_WHOLE: Final = COUNTED | {ArgumentKind.NUMBER}


def phrases_from_json(given: Json) -> CborValue:
    """Return the wire's value of some phrases, in our version of the codebook.

    Args:
        given: a list of lists, each a number and its arguments.

    Raises:
        LocalError: CODE-UNKNOWN, CODE-ARGUMENTS, and the codes of places and times.
    """
    if not isinstance(given, list | tuple) or not 1 <= len(given) <= PHRASES_MAX:
        raise LocalError("CODE-ARGUMENTS", expected=f"1 to {PHRASES_MAX} phrases", got=type(given).__name__)
    return (VERSION, shown_digest(DIGEST), tuple(phrase_from_json(phrase) for phrase in given))


def phrase_from_json(given: Json) -> tuple[CborValue, ...]:
    """Return the wire's value of one phrase.

    Raises:
        LocalError: CODE-UNKNOWN, CODE-ARGUMENTS, and the codes of places and times.
    """
    number, *rest = given if isinstance(given, list | tuple) and given else [given]
    entry = entry_of(number_of(number))
    if len(rest) != len(entry.arguments):
        expected = ", ".join(argument.kind.value for argument in entry.arguments) or "no argument"
        raise LocalError("CODE-ARGUMENTS", number=entry.digits, expected=expected, got=len(rest))
    values = [_value(entry.digits, argument, one) for argument, one in zip(entry.arguments, rest, strict=True)]
    checked, arguments = check_phrase((entry.number, *values))
    return (checked.number, *arguments)


def number_of(given: Json) -> int:
    """Return a phrase's number as people write it: 10 or 010.

    Raises:
        LocalError: CODE-UNKNOWN.
    """
    if type(given) is int:
        return given
    if isinstance(given, str) and given.isascii() and given.isdecimal():
        return int(given)
    raise LocalError("CODE-UNKNOWN", got=str(given))


def _value(number: str, argument: Argument, given: Json) -> CborValue:
    kind = argument.kind
    if kind in _WHOLE:
        if type(given) is int:
            return given
        if isinstance(given, str) and given.isascii() and given.isdecimal():
            return int(given)
        raise LocalError("CODE-ARGUMENTS", number=number, argument=argument.name, expected="a whole number", got=given)
    if kind is ArgumentKind.TIME:
        text = str(given)
        return parse_rfc3339(text) if "-" in text else parse_dtg(text)
    if kind is ArgumentKind.PLACE:
        return parse_place(str(given)).to_cbor()
    return _facility(number, argument, given) if kind is ArgumentKind.FACILITY else str(given)


def _facility(number: str, argument: Argument, given: Json) -> CborValue:
    if isinstance(given, list | tuple) and len(given) == _FACILITY_PARTS:
        name, language, kind = (str(part) for part in given)
    else:
        parts = str(given).split(":", _FACILITY_PARTS - 1)
        if len(parts) != _FACILITY_PARTS:
            raise LocalError(
                "CODE-ARGUMENTS", number=number, argument=argument.name, expected="KIND:language:name", got=given
            )
        kind, language, name = parts[0].strip().upper(), parts[1].strip(), parts[2].strip()
    if kind not in FACILITY_KIND.codes:
        # The phrase would say "site" of a power plant that was misspelt, and nobody would see it.
        expected = "a kind of site: " + ", ".join(FACILITY_KIND.codes)
        raise LocalError("CODE-ARGUMENTS", number=number, argument=argument.name, expected=expected, got=kind)
    return (name, check_language(language), kind)


def phrases_json(value: CborValue) -> Json:
    """Return what a program outside reads of the wire's value: version, digest, and each phrase in plain values.

    Raises:
        TypeError, ValueError: the value is not of the kind.
    """
    if not isinstance(value, tuple):
        raise TypeError(type(value).__name__)
    version, digest, phrases = value
    if not isinstance(phrases, tuple):
        raise TypeError(type(phrases).__name__)
    return {"version": version, "digest": digest, "phrases": [_phrase_json(phrase) for phrase in phrases]}


def _phrase_json(phrase: CborValue) -> Json:
    if not isinstance(phrase, tuple) or not phrase:
        raise TypeError(type(phrase).__name__)
    return {"number": phrase[0], "arguments": arguments_json(phrase)}


def arguments_json(phrase: Sequence[CborValue]) -> list[Json]:
    """Return a phrase's arguments as they were written; of an entry that is unknown here, as plain values."""
    try:
        entry, given = check_phrase(tuple(phrase))
    except LocalError:
        return [list(value) if isinstance(value, tuple) else value for value in phrase[1:]]
    return [_shown(argument, value) for argument, value in zip(entry.arguments, given, strict=True)]


def _shown(argument: Argument, value: CborValue) -> Json:
    if argument.kind is ArgumentKind.TIME:
        return rfc3339(instant_from_cbor(value))
    if argument.kind is ArgumentKind.PLACE:
        return degrees_text(place_from_cbor(value))
    return list(value) if isinstance(value, tuple) else value
