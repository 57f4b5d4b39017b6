"""Reading typed fields out of a decoded map, with one typed error for whatever is wrong.

Everything from outside passes through here before a room uses it: there is no type for "parsed but unchecked".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from armslength.core.errors import ArmslengthError, PeerError
from armslength.core.instants import INSTANT_MAX, INSTANT_MIN, Instant
from armslength.core.limits import ITEM_BYTES_MAX, TEXT_BYTES_MAX

if TYPE_CHECKING:
    from armslength.core.cbor import CborKey, CborValue


class FieldReader:
    """Typed access to one map.

    Args:
        fields: the decoded map.
        code: the error code that any missing or ill-typed field raises.
        family: the error family of that code.
    """

    __slots__ = ("_code", "_family", "_fields")

    def __init__(
        self, fields: CborValue | Mapping[int, CborValue], code: str, family: type[ArmslengthError] = PeerError
    ) -> None:
        self._code = code
        self._family = family
        if not isinstance(fields, Mapping):
            raise family(code, expected="a map", got=type(fields).__name__)
        self._fields: Mapping[Any, CborValue] = fields

    def refuse(self, **details: object) -> NoReturn:
        """Raise this reader's error with details."""
        raise self._family(self._code, **details)

    def has(self, number: CborKey) -> bool:
        """Tell whether a field is present and not null."""
        return self._fields.get(number) is not None

    def value(self, number: CborKey) -> CborValue:
        """Return any value, None when absent."""
        return self._fields.get(number)

    def integer(self, number: CborKey, low: int = 0, high: int = 2**63) -> int:
        """Return an integer between low and high, inclusive."""
        value = self._fields.get(number)
        if type(value) is not int or not low <= value <= high:
            self.refuse(field=number, expected=f"integer {low} to {high}", got=value)
        return value

    def instant(self, number: CborKey) -> Instant:
        """Return an instant in microseconds UTC."""
        return Instant(self.integer(number, INSTANT_MIN, INSTANT_MAX))

    def octets(self, number: CborKey, length: int | None = None, longest: int = ITEM_BYTES_MAX) -> bytes:
        """Return a byte string of exactly ``length`` bytes, or at most ``longest``."""
        value = self._fields.get(number)
        if type(value) is not bytes or (length is not None and len(value) != length) or len(value) > longest:
            self.refuse(
                field=number, expected=f"{length if length is not None else 'some'} bytes", got=type(value).__name__
            )
        return value

    def text(self, number: CborKey, longest: int = TEXT_BYTES_MAX) -> str:
        """Return a text string of 1 to ``longest`` characters."""
        value = self._fields.get(number)
        if type(value) is not str or not value or len(value) > longest:
            self.refuse(field=number, expected=f"text of 1 to {longest} characters", got=value)
        return value

    def array(self, number: CborKey, longest: int = 256) -> tuple[CborValue, ...]:
        """Return an array of at most ``longest`` elements."""
        value = self._fields.get(number)
        if not isinstance(value, tuple) or len(value) > longest:
            self.refuse(field=number, expected=f"array of at most {longest}", got=type(value).__name__)
        return value

    def texts(self, number: CborKey, longest: int = 64) -> tuple[str, ...]:
        """Return an array of text strings."""
        values = self.array(number, longest)
        for value in values:
            if type(value) is not str or len(value) > TEXT_BYTES_MAX:
                self.refuse(field=number, expected="texts", got=value)
        return tuple(str(value) for value in values)

    def mapping(self, number: CborKey) -> Mapping[CborKey, CborValue]:
        """Return a map."""
        value = self._fields.get(number)
        if not isinstance(value, dict):
            self.refuse(field=number, expected="map", got=type(value).__name__)
        return value

    def flag(self, number: CborKey, *, default: bool = False) -> bool:
        """Return a boolean, the default when absent."""
        value = self._fields.get(number, default)
        if type(value) is not bool:
            self.refuse(field=number, expected="true or false", got=value)
        return value
