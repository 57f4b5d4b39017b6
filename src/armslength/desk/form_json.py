"""Form fields as people and programs outside write them: by name, in text, and back.

Places may be degrees or MGRS, times RFC 3339 or date-time groups with a zone. What is typed here is checked again as
a form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant, parse_dtg, parse_rfc3339, rfc3339
from armslength.core.places import degrees_text, mgrs_text, parse_place, place_from_cbor
from armslength.core.precedence import Precedence
from armslength.desk.phrase_values import phrases_from_json, phrases_json
from armslength.line import fields, forms
from armslength.line.form_types import FieldKind as Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.line.form_types import FormField

Json = Any
"""What the json module gives."""


def precedence_of(text: str) -> Precedence:
    """Return a precedence by its name or prosign.

    Raises:
        LocalError: DRAFT-PRECEDENCE.
    """
    for precedence in Precedence:
        if text.upper() in {precedence.name, precedence.prosign}:
            return precedence
    raise LocalError("DRAFT-PRECEDENCE", got=text, expected=", ".join(p.name for p in Precedence))


def instant_of(text: str) -> Instant:
    """Return an instant typed as RFC 3339 or as a date-time group.

    Raises:
        LocalError: TIME-... codes.
    """
    return parse_rfc3339(text) if "-" in text else parse_dtg(text)


def values_from_names(form: str, named: Mapping[str, Json]) -> dict[int, CborValue]:
    """Return form field values by number from values by name.

    Raises:
        LocalError: DRAFT-FIELD-UNKNOWN, DRAFT-FIELD-MALFORMED, and the codes of places and times.
    """
    known = {field.name: field for field in forms.fields_of(forms.form(form)).values()}
    values: dict[int, CborValue] = {}
    for name, given in named.items():
        field = known.get(name)
        if field is None:
            raise LocalError("DRAFT-FIELD-UNKNOWN", form=form, field=name, expected=", ".join(sorted(known)))
        try:
            values[field.number] = _TO_WIRE.get(field.kind, _as_is)(given)
        except (TypeError, ValueError, KeyError, IndexError) as error:
            raise LocalError("DRAFT-FIELD-MALFORMED", form=form, field=name, expected=field.kind.value) from error
    return values


def to_wire(kind: Kind, given: Json) -> CborValue:
    """Return the wire's value of one value as people and programs write it; the codes of places and times as raised."""
    return _TO_WIRE.get(kind, _as_is)(given)


def names_from_values(form: str, values: Mapping[int, CborValue]) -> dict[str, Json]:
    """Return what a program outside reads: field names to plain JSON values; fields unknown here by their number."""
    known = forms.fields_of(forms.form(form)) if form in forms.FORMS else {}
    found: dict[str, Json] = {}
    for number in sorted(n for n in values if n >= 20):
        field = known.get(number)
        found[field.name if field else f"field-{number}"] = _show(field, values[number])
    return found


def draft_values(form: str, values: Mapping[int, CborValue]) -> dict[str, Json]:
    """Return values as `values_from_names` takes them, exactly; without form, version and precedence.

    Raises:
        LocalError: DRAFT-FORM-UNKNOWN; DRAFT-FIELD-UNKNOWN, a field that this node's version of the form has not.
    """
    known = forms.fields_of(forms.form(form))
    head = {fields.FORM_CODE, fields.FORM_VERSION, fields.PRECEDENCE}
    named: dict[str, Json] = {}
    for number in sorted(n for n in values if n >= fields.FORM_CODE and n not in head):
        field = known.get(number)
        if field is None:
            raise LocalError("DRAFT-FIELD-UNKNOWN", form=form, field=number, expected="a field of the form")
        named[field.name] = (plain if field.kind is Kind.PLACE else _FROM_WIRE.get(field.kind, plain))(values[number])
    return named


def _as_is(given: Json) -> CborValue:
    return tuple(_as_is(one) for one in given) if isinstance(given, list | tuple) else given


def _place(given: Json) -> CborValue:
    if isinstance(given, list | tuple):
        # The wire's own three numbers, as `draft_values` gives them: a place typed as text has no stated precision.
        return tuple(int(number) for number in given)
    return parse_place(str(given)).to_cbor()


def _window(given: Json) -> CborValue:
    start, end = given
    return (instant_of(str(start)), instant_of(str(end)))


def _facility(given: Json) -> CborValue:
    name, language, kind = given
    return (str(name), str(language), str(kind))


def _hash(given: Json) -> CborValue:
    return bytes.fromhex(str(given))


def _relation(given: Json) -> CborValue:
    verb, target = given
    return (str(verb), bytes.fromhex(str(target)))


def _area(given: Json) -> CborValue:
    shape, *rest = given
    if shape == "CIRCLE":
        return (shape, _place(rest[0]), int(rest[1]))
    if shape == "POLYGON":
        return (shape, tuple(_place(point) for point in rest[0]))
    return (shape, tuple(_place(point) for point in rest[0]), int(rest[1]))


def _precedence(given: Json) -> CborValue:
    return int(precedence_of(str(given)))


def _sites(given: Json) -> CborValue:
    return tuple((*(str(one) for one in site[:4]), None if site[4] is None else _place(site[4])) for site in given)


_TO_WIRE: Final[Mapping[Kind, Callable[[Json], CborValue]]] = {
    Kind.PLACE: _place,
    Kind.AREA: _area,
    Kind.INSTANT: lambda given: instant_of(str(given)),
    Kind.WINDOW: _window,
    Kind.FACILITY: _facility,
    Kind.HASH: _hash,
    Kind.RELATION: _relation,
    Kind.PRECEDENCE: _precedence,
    Kind.SITES: _sites,
    Kind.PHRASES: phrases_from_json,
}


def _show(field: FormField | None, value: CborValue) -> Json:
    show = plain if field is None else _FROM_WIRE.get(field.kind, plain)
    try:
        return show(value)
    except (ArmslengthError, TypeError, ValueError):
        # A receiver shows what it was sent, also where it does not fit the form.
        return plain(value)


def place_json(value: CborValue) -> dict[str, Json]:
    """Return a place as degrees and MGRS side by side."""
    place = place_from_cbor(value)
    try:
        grid = mgrs_text(place)
    except LocalError:
        grid = ""  # the poles have no MGRS zone; degrees say it all
    return {"degrees": degrees_text(place), "mgrs": grid, "precision_m": place.precision_m}


def plain(value: CborValue) -> Json:
    """Return any value of the encoding as JSON: bytes in hexadecimal, maps with text keys."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    return value if isinstance(value, bool | int | str) or value is None else str(value)


def _show_instant(value: Json) -> Json:
    return rfc3339(Instant(value))


_FROM_WIRE: Final[Mapping[Kind, Callable[[Json], Json]]] = {
    Kind.PLACE: place_json,
    Kind.INSTANT: _show_instant,
    Kind.WINDOW: lambda value: [_show_instant(at) for at in value],
    Kind.PHRASES: phrases_json,
    Kind.PRECEDENCE: lambda value: Precedence(value).name,
}
