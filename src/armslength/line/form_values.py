"""Checks of a message's values against its form: our own drafts before release, the peer's message on receipt.

The same findings are a `LocalError` in a draft and a `PeerError` in what arrived. Two rules bind drafts only: the
length of urgent messages (B7), since refusing a long FLASH would lose it, and fields this node does not know,
which are carried and shown when a newer node sends them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from armslength.core.errors import ArmslengthError, LocalError, PeerError
from armslength.core.ids import party_code
from armslength.core.instants import INSTANT_MAX, INSTANT_MIN
from armslength.core.limits import FLASH_TEXT_BYTES_MAX, FLASH_WORDS_MAX, TEXT_BYTES_MAX
from armslength.core.places import area_from_cbor, place_from_cbor
from armslength.core.precedence import Precedence
from armslength.core.text import check_structured, check_text, words_count
from armslength.line import fields as no
from armslength.line.form_types import FieldKind as Kind
from armslength.line.forms import MESSAGE_FIELDS, fields_of, unknown_fields
from armslength.line.vocabularies import FACILITY_KIND, VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.line.form_types import Form, FormField, Values

WORD_BYTES_MAX: Final = 64
"""An identifier or reference that one can still read aloud."""

NAME_BYTES_MAX: Final = 400
"""The longest official name of a plant with its operator has some 150 characters, two bytes each in Cyrillic."""

ITEMS_MAX: Final = 32
"""Codes, names or statuses in one field: more would not be read."""

COUNT_MAX: Final = 1_000_000_000
"""Persons or message numbers; larger ones are a unit error."""

SITES_MAX: Final = 256
"""Sites of one list; the lists that India and Pakistan exchange each year name fewer than fifty."""

PHRASES_MAX: Final = 16
"""Phrases of one message: as many as one can read back."""

PHRASE_ARGUMENTS_MAX: Final = 6
"""Gaps of one phrase; no entry of the codebook has more than four."""

PHRASE_NUMBER_MAX: Final = 999
"""Numbers of the codebook have three digits."""

_PAIR, _TRIPLE, _SITE, _HASH_BYTES = 2, 3, 5, 32

_TAKES_BACK: Final = frozenset({"recalls", "discontinues"})
"""A message that only takes another back needs none of the form's required fields (relations.py says why)."""


class Finding(StrEnum):
    """What can be wrong with a value."""

    MISSING = "MISSING"
    MALFORMED = "MALFORMED"
    UNKNOWN_CODE = "UNKNOWN-CODE"
    UNKNOWN_FIELD = "UNKNOWN-FIELD"
    PRECEDENCE = "PRECEDENCE"
    TIME_ORDER = "TIME-ORDER"
    TOO_LONG = "TOO-LONG"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding.

    Args:
        finding: what is wrong.
        field: number of the field.
        name: name of the field, or "?" when this node does not know it.
        detail: what was expected.
    """

    finding: Finding
    field: int
    name: str
    detail: str


_LOCAL: Final = MappingProxyType(
    {
        Finding.MISSING: "DRAFT-FIELD-MISSING",
        Finding.MALFORMED: "DRAFT-FIELD-MALFORMED",
        Finding.UNKNOWN_CODE: "DRAFT-CODE-UNKNOWN",
        Finding.UNKNOWN_FIELD: "DRAFT-FIELD-UNKNOWN",
        Finding.PRECEDENCE: "DRAFT-PRECEDENCE",
        Finding.TIME_ORDER: "DRAFT-TIME-ORDER",
        Finding.TOO_LONG: "DRAFT-TOO-LONG",
    }
)
_PEER: Final = MappingProxyType(
    {
        Finding.MISSING: "FORM-FIELD-MISSING",
        Finding.MALFORMED: "FORM-FIELD-MALFORMED",
        Finding.UNKNOWN_CODE: "FORM-CODE-UNKNOWN",
        Finding.PRECEDENCE: "FORM-PRECEDENCE",
        Finding.TIME_ORDER: "FORM-TIME-ORDER",
    }
)


def validate(
    entry: Form,
    values: Values,
    precedence: Precedence,
    *,
    family: type[LocalError | PeerError] = LocalError,
) -> None:
    """Refuse a message whose values do not fit its form.

    Args:
        entry: the form, known in the message's version (`forms.known`).
        values: the body map; fields below 20 belong to the record and are not looked at.
        precedence: the message's, which field 22 must repeat.
        family: `LocalError` for our draft, `PeerError` for what arrived.

    Raises:
        LocalError: DRAFT-FIELD-MISSING, DRAFT-FIELD-MALFORMED, DRAFT-CODE-UNKNOWN, DRAFT-FIELD-UNKNOWN,
            DRAFT-PRECEDENCE, DRAFT-TIME-ORDER or DRAFT-TOO-LONG.
        PeerError: FORM-FIELD-MISSING, FORM-FIELD-MALFORMED, FORM-CODE-UNKNOWN, FORM-PRECEDENCE or FORM-TIME-ORDER.
    """
    codes: Mapping[Finding, str] = _LOCAL if family is LocalError else _PEER
    for problem in problems(entry, values, precedence):
        if problem.finding in codes:
            raise family(
                codes[problem.finding],
                form=entry.code,
                field=f"{problem.field} {problem.name}",
                expected=problem.detail,
            )


def validate_common(values: Values) -> None:
    """Refuse a message of a form that this node does not know, when a field common to all forms is malformed.

    Raises:
        PeerError: FORM-FIELD-MALFORMED.
    """
    for field in MESSAGE_FIELDS:
        if field.number not in values:
            continue
        for problem in _value_problems(field, values[field.number]):
            # A code that a later version added is shown as it stands.
            if problem.finding is Finding.MALFORMED:
                raise PeerError(_PEER[Finding.MALFORMED], field=f"{field.number} {field.name}", expected=problem.detail)


def problems(entry: Form, values: Values, precedence: Precedence) -> tuple[Problem, ...]:
    """Return everything that is wrong with a message's values, in the order of the fields; empty when nothing is."""
    known = fields_of(entry)
    found = [*_identity(entry, values, precedence), *_missing(entry, values)]
    for number in sorted(values):
        if number in known:
            found.extend(_value_problems(known[number], values[number]))
    found.extend(
        _problem(Finding.UNKNOWN_FIELD, number, "?", "a field of this form") for number in unknown_fields(entry, values)
    )
    # Order and length are judged over values whose kinds are right; before that they would only repeat the findings.
    if not any(problem.finding is Finding.MALFORMED for problem in found):
        found.extend(_times_out_of_order(values))
        found.extend(_too_long(entry, values, precedence))
    return tuple(sorted(found, key=lambda problem: problem.field))


def word_count(entry: Form, values: Values) -> int:
    """Return the words of a message's free texts, which the length rule counts (coded fields need no translation)."""
    return sum(words_count(text) for text in _texts(entry, values))


def _texts(entry: Form, values: Values) -> list[str]:
    known = fields_of(entry)
    texts = (values[n] for n in values if n in known and known[n].kind is Kind.TEXT)
    return [text for text in texts if isinstance(text, str)]


def takes_back(values: Values) -> bool:
    """Return whether the message only takes an earlier one back (verb recalls or discontinues)."""
    relation = values.get(no.RELATION)
    verb = relation[0] if isinstance(relation, tuple) and len(relation) == _PAIR else None
    return isinstance(verb, str) and verb in _TAKES_BACK


def _problem(finding: Finding, number: int, name: str, detail: str) -> Problem:
    return Problem(finding=finding, field=number, name=name, detail=detail)


def _identity(entry: Form, values: Values, precedence: Precedence) -> list[Problem]:
    found = []
    for number, name, expected in (
        (no.FORM_CODE, "form", entry.code),
        (no.FORM_VERSION, "form-version", entry.version),
    ):
        if number in values and values[number] != expected:
            found.append(_problem(Finding.MALFORMED, number, name, str(expected)))
    if precedence not in entry.precedences or values.get(no.PRECEDENCE, precedence) != precedence:
        allowed = ", ".join(p.name for p in entry.precedences)
        found.append(_problem(Finding.PRECEDENCE, no.PRECEDENCE, "precedence", allowed))
    return found


def _missing(entry: Form, values: Values) -> list[Problem]:
    known = fields_of(entry)
    needed = {field.number for field in MESSAGE_FIELDS if field.required}
    one_of: frozenset[int] = frozenset()
    if not takes_back(values):
        needed |= entry.requires | {field.number for field in entry.fields if field.required}
        one_of = entry.requires_one_of
    found = [_problem(Finding.MISSING, n, known[n].name, "a value") for n in sorted(needed - values.keys())]
    if one_of and not one_of & values.keys():
        names = " or ".join(known[n].name for n in sorted(one_of))
        found.append(_problem(Finding.MISSING, max(one_of), names, f"at least one of {names}"))
    return found


def _times_out_of_order(values: Values) -> list[Problem]:
    start, end = values.get(no.VALID_FROM), values.get(no.VALID_UNTIL)
    if isinstance(start, int) and isinstance(end, int) and end <= start:
        return [_problem(Finding.TIME_ORDER, no.VALID_UNTIL, "valid-until", "later than valid-from")]
    return []


def _too_long(entry: Form, values: Values, precedence: Precedence) -> list[Problem]:
    if precedence >= Precedence.IMMEDIATE and word_count(entry, values) > FLASH_WORDS_MAX:
        detail = f"at most {FLASH_WORDS_MAX} words at {precedence.name}"
        return [_problem(Finding.TOO_LONG, no.FREE_TEXT, "free-text", detail)]
    if precedence is Precedence.FLASH and sum(len(text.encode()) for text in _texts(entry, values)) > (
        FLASH_TEXT_BYTES_MAX
    ):
        detail = f"at most {FLASH_TEXT_BYTES_MAX} bytes of text at FLASH"
        return [_problem(Finding.TOO_LONG, no.FREE_TEXT, "free-text", detail)]
    return []


def _value_problems(field: FormField, value: CborValue) -> list[Problem]:
    refusal = _CHECKS[field.kind](field, value)
    return [] if refusal is None else [_problem(refusal[0], field.number, field.name, refusal[1])]


Refusal: TypeAlias = tuple[Finding, str] | None
"""What is wrong with one value and what was expected; None when it fits."""


def _malformed(expected: str) -> Refusal:
    return Finding.MALFORMED, expected


def _is_int(value: CborValue, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _code_in(table: str | None, value: CborValue) -> Refusal:
    if not isinstance(value, str):
        return _malformed("a code")
    if table is None or value not in VOCABULARIES[table].codes:
        return Finding.UNKNOWN_CODE, f"a code of {table}"
    return None


def _check_code(field: FormField, value: CborValue) -> Refusal:
    return _code_in(field.vocabulary, value)


def _check_codes(field: FormField, value: CborValue) -> Refusal:
    if not isinstance(value, tuple) or not 1 <= len(value) <= ITEMS_MAX:
        return _malformed(f"1 to {ITEMS_MAX} codes")
    refusal = next(filter(None, (_code_in(field.vocabulary, item) for item in value)), None)
    if refusal is None and len(set(value)) != len(value):
        return _malformed("each code once")
    return refusal


def _check_statuses(field: FormField, value: CborValue) -> Refusal:
    if not isinstance(value, tuple) or not 1 <= len(value) <= ITEMS_MAX:
        return _malformed(f"1 to {ITEMS_MAX} pairs of codes")
    seen: set[str] = set()
    for pair in value:
        if not isinstance(pair, tuple) or len(pair) != _PAIR:
            return _malformed("pairs of codes")
        refusal = _code_in(field.vocabulary, pair[0]) or _code_in(field.grades, pair[1])
        if refusal is not None:
            return refusal
        if str(pair[0]) in seen:
            return _malformed("each code once")
        seen.add(str(pair[0]))
    return None


def _refused(check: Callable[[], object]) -> bool:
    try:
        check()
    except ArmslengthError:
        return True
    return False


def _check_place(_field: FormField, value: CborValue) -> Refusal:
    if _refused(lambda: place_from_cbor(value)):
        return _malformed("[latitude, longitude, precision], 1e-7 degrees and metres")
    return None


def _check_area(_field: FormField, value: CborValue) -> Refusal:
    return _malformed("a circle, polygon or route of valid places") if _refused(lambda: area_from_cbor(value)) else None


def _check_instant(_field: FormField, value: CborValue) -> Refusal:
    return None if _is_int(value, INSTANT_MIN, INSTANT_MAX) else _malformed("an instant in microseconds")


def _check_window(_field: FormField, value: CborValue) -> Refusal:
    if not isinstance(value, tuple) or len(value) != _PAIR:
        return _malformed("[from, until]")
    start, end = value
    if not _is_int(start, INSTANT_MIN, INSTANT_MAX) or not _is_int(end, INSTANT_MIN, INSTANT_MAX):
        return _malformed("two instants in microseconds")
    if isinstance(start, int) and isinstance(end, int) and end < start:
        return Finding.TIME_ORDER, "an end not before the start"
    return None


def _is_text(value: CborValue) -> bool:
    if not isinstance(value, str) or not value:
        return False
    return not _refused(lambda: check_text(value, bytes_max=TEXT_BYTES_MAX))


def _is_line(value: CborValue, bytes_max: int) -> bool:
    if not isinstance(value, str) or not value.strip():
        return False
    return not _refused(lambda: check_structured(value, bytes_max=bytes_max))


def _check_text(_field: FormField, value: CborValue) -> Refusal:
    return None if _is_text(value) else _malformed(f"plain text of 1 to {TEXT_BYTES_MAX} bytes")


def _check_word(_field: FormField, value: CborValue) -> Refusal:
    return None if _is_line(value, WORD_BYTES_MAX) else _malformed(f"one line of 1 to {WORD_BYTES_MAX} bytes")


def _check_party(_field: FormField, value: CborValue) -> Refusal:
    if not isinstance(value, str) or _refused(lambda: party_code(value)):
        return _malformed("a party code")
    return None


def _check_facility(_field: FormField, value: CborValue) -> Refusal:
    return _facility_refusal(value)


def _facility_refusal(value: CborValue) -> Refusal:
    if not isinstance(value, tuple) or len(value) != _TRIPLE:
        return _malformed("[name, language, kind]")
    name, language, kind = value
    if not _is_line(name, NAME_BYTES_MAX) or not _is_line(language, WORD_BYTES_MAX):
        return _malformed("a name and its language")
    return _code_in(FACILITY_KIND.name, kind)


def _check_names(_field: FormField, value: CborValue) -> Refusal:
    if not isinstance(value, tuple) or not 1 <= len(value) <= ITEMS_MAX:
        return _malformed(f"1 to {ITEMS_MAX} names")
    if not all(_is_line(name, NAME_BYTES_MAX) for name in value):
        return _malformed(f"names of 1 to {NAME_BYTES_MAX} bytes")
    return None


def _check_parties(_field: FormField, value: CborValue) -> Refusal:
    if not isinstance(value, tuple) or not 1 <= len(value) <= ITEMS_MAX:
        return _malformed(f"1 to {ITEMS_MAX} party codes")
    if not all(isinstance(one, str) and not _refused(lambda code=one: party_code(code)) for one in value):  # type: ignore[misc]  # the default binds the loop's value
        return _malformed("party codes")
    return None if len(set(value)) == len(value) else _malformed("each party once")


def _check_sites(_field: FormField, value: CborValue) -> Refusal:
    if not isinstance(value, tuple) or len(value) > SITES_MAX:
        return _malformed(f"at most {SITES_MAX} sites")
    seen: set[CborValue] = set()
    for site in value:
        refusal = _site_refusal(site)
        if refusal is not None:
            return refusal
        identifier = site[0] if isinstance(site, tuple) else None
        if identifier in seen:
            return _malformed("each site once")
        seen.add(identifier)
    return None


def _site_refusal(site: CborValue) -> Refusal:
    if not isinstance(site, tuple) or len(site) != _SITE:
        return _malformed("[facility id, name, language, kind, place or null]")
    identifier, name, language, kind, place = site
    if not _is_line(identifier, WORD_BYTES_MAX) or not _is_line(name, NAME_BYTES_MAX):
        return _malformed("a facility id and a name")
    if not _is_line(language, WORD_BYTES_MAX):
        return _malformed("the language of the name")
    if place is not None and _refused(lambda: place_from_cbor(place)):
        return _malformed("a place or null")
    return _code_in(FACILITY_KIND.name, kind)


def _check_phrases(_field: FormField, value: CborValue) -> Refusal:
    if not isinstance(value, tuple) or len(value) != _TRIPLE:
        return _malformed("[version, digest, phrases]")
    version, digest, phrases = value
    if not _is_int(version, 1, COUNT_MAX) or not _is_line(digest, WORD_BYTES_MAX):
        return _malformed("a version and the first digits of its digest")
    if not isinstance(phrases, tuple) or not 1 <= len(phrases) <= PHRASES_MAX:
        return _malformed(f"1 to {PHRASES_MAX} phrases")
    return next(filter(None, map(_phrase_refusal, phrases)), None)


def _phrase_refusal(phrase: CborValue) -> Refusal:
    if not isinstance(phrase, tuple) or not 1 <= len(phrase) <= 1 + PHRASE_ARGUMENTS_MAX:
        return _malformed(f"a number and at most {PHRASE_ARGUMENTS_MAX} arguments")
    if not _is_int(phrase[0], 1, PHRASE_NUMBER_MAX):
        return _malformed(f"a number of the codebook, 1 to {PHRASE_NUMBER_MAX}")
    return next(filter(None, map(_argument_refusal, phrase[1:])), None)


def _argument_refusal(value: CborValue) -> Refusal:
    if _is_int(value, 0, COUNT_MAX) or _is_int(value, INSTANT_MIN, INSTANT_MAX) or _is_line(value, NAME_BYTES_MAX):
        return None
    if isinstance(value, tuple) and value and isinstance(value[0], str):
        return _facility_refusal(value)
    return (
        _malformed("a number, a line of text, a place or a facility")
        if _refused(lambda: place_from_cbor(value))
        else None
    )


def _check_count(_field: FormField, value: CborValue) -> Refusal:
    return None if _is_int(value, 0, COUNT_MAX) else _malformed(f"a whole number up to {COUNT_MAX}")


def _is_hash(value: CborValue) -> bool:
    return isinstance(value, bytes) and len(value) == _HASH_BYTES


def _check_hash(_field: FormField, value: CborValue) -> Refusal:
    return None if _is_hash(value) else _malformed("a hash of 32 bytes")


def _check_flag(_field: FormField, value: CborValue) -> Refusal:
    return None if isinstance(value, bool) else _malformed("true or false")


def _check_precedence(_field: FormField, value: CborValue) -> Refusal:
    return None if _is_int(value, Precedence.ROUTINE, Precedence.FLASH) else _malformed("0 to 3")


def _check_relation(field: FormField, value: CborValue) -> Refusal:
    if not isinstance(value, tuple) or len(value) != _PAIR or not _is_hash(value[1]):
        return _malformed("[verb, envelope hash]")
    return _code_in(field.vocabulary, value[0])


_CHECKS: Final[Mapping[Kind, Callable[[FormField, CborValue], Refusal]]] = MappingProxyType(
    {
        Kind.CODE: _check_code,
        Kind.CODES: _check_codes,
        Kind.STATUSES: _check_statuses,
        Kind.PLACE: _check_place,
        Kind.AREA: _check_area,
        Kind.INSTANT: _check_instant,
        Kind.WINDOW: _check_window,
        Kind.TEXT: _check_text,
        Kind.WORD: _check_word,
        Kind.PARTY: _check_party,
        Kind.FACILITY: _check_facility,
        Kind.COUNT: _check_count,
        Kind.DURATION: _check_count,
        Kind.HASH: _check_hash,
        Kind.FLAG: _check_flag,
        Kind.PRECEDENCE: _check_precedence,
        Kind.RELATION: _check_relation,
        Kind.NAMES: _check_names,
        Kind.PARTIES: _check_parties,
        Kind.SITES: _check_sites,
        Kind.PHRASES: _check_phrases,
    }
)
