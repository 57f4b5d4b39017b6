"""The error family: who must act, a stable code, a sentence for the operator and a next step.

Every error that leaves a room is one of four families, by *who must act*. The text stands in
`armslength.core.error_table`, never beside the raise, so that `armslength explain CODE` and the documentation
cannot drift from the program.
"""

from __future__ import annotations

from typing import ClassVar

from armslength.core.error_table import ERROR_TABLE, ErrorText

_SHOWN_CHARS_MAX = 120
"""A detail is shown to a person on one line; hostile text must not fill the screen."""


class ArmslengthError(Exception):
    """An error with a stable code; never raised itself, only through its four families.

    Args:
        code: a key of the error table whose family is this class.
        details: what was expected and what was met, as short values; shown, never parsed.
    """

    family: ClassVar[str] = ""
    exit_status: ClassVar[int] = 1

    def __init__(self, code: str, **details: object) -> None:
        text = ERROR_TABLE.get(code)
        if text is None or text.family != self.family:
            msg = f"code {code!r} is not in the error table under family {self.family!r}"
            raise AssertionError(msg)
        self.code = code
        self.details = details
        super().__init__(f"{code}: {text.sentence}{_details(details)}")

    @property
    def text(self) -> ErrorText:
        """The operator's sentence and next step."""
        return ERROR_TABLE[self.code]

    @property
    def sentence(self) -> str:
        """The operator's sentence, with what was expected and met."""
        return f"{self.text.sentence}{_details(self.details)}"

    @property
    def next_step(self) -> str:
        """What the operator does now."""
        return self.text.next_step

    def __reduce__(self) -> tuple[object, ...]:
        """Errors cross process borders (tests in parallel) with code and details intact."""
        return (_rebuild, (type(self), self.code, self.details))


def _rebuild(family: type[ArmslengthError], code: str, details: dict[str, object]) -> ArmslengthError:
    return family(code, **details)


class LocalError(ArmslengthError):
    """Our own officer, setting or command is at fault; nothing was changed."""

    family = "local"
    exit_status = 2


class PeerError(ArmslengthError):
    """The other side sent something that its own rules forbid; it was refused and changed nothing."""

    family = "peer"
    exit_status = 3


class VerificationError(ArmslengthError):
    """Evidence does not hold."""

    family = "verification"
    exit_status = 1


class Unavailable(ArmslengthError):  # noqa: N818 - a condition of the world, nobody's error
    """Something outside could not be reached; trying again is right."""

    family = "unavailable"
    exit_status = 4


def shown(value: object) -> str:
    """Return a value as short text that cannot steer a terminal (controls, bidi and format characters escaped)."""
    raw = value.hex() if isinstance(value, bytes) else str(value)
    safe = "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in raw[:_SHOWN_CHARS_MAX])
    return safe + ("..." if len(raw) > _SHOWN_CHARS_MAX else "")


def _details(details: dict[str, object]) -> str:
    if not details:
        return ""
    return " (" + ", ".join(f"{name.replace('_', ' ')}: {shown(value)}" for name, value in details.items()) + ")"
