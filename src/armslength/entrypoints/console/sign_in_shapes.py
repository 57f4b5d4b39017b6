"""The shapes of what comes in at the sign-in: strict and closed, as the API's."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from armslength.desk.officer_enrolment import TICKET_CHARS_MAX
from armslength.desk.sessions import POST_CHARS_MAX
from armslength.desk.signing_in import NONCE_BYTES
from armslength.entrypoints.api.shapes import Assertion, Hex, Name, Shape
from armslength.entrypoints.console.enrolling import CODE_CHARS_MAX


def _printable(value: str) -> str:
    if not value.isprintable():
        msg = "only letters, digits, signs and blanks"
        raise ValueError(msg)
    return value


Method = Literal["file-key", "passkey", "certificate"]
Nonce = Annotated[str, Field(pattern=rf"^[0-9a-f]{{{2 * NONCE_BYTES}}}$")]
Post = Annotated[str, Field(max_length=POST_CHARS_MAX), AfterValidator(_printable)]


class Begin(Shape):
    """Who wants to sign in, and how."""

    officer: Name
    method: Method


class Finish(Shape):
    """The answer to a challenge: a key file's signature, a passkey's assertion, or - by certificate - nothing."""

    officer: Name
    method: Method
    nonce: Nonce
    key_id: Hex | None = None
    signature: Hex | None = None
    assertion: Assertion | None = None
    post: Post = ""


class Enrol(Shape):
    """The code that an administrator handed over."""

    enrolment_code: Annotated[str, Field(min_length=1, max_length=CODE_CHARS_MAX)]


class Enrolled(Enrol):
    """What the browser made: a RegistrationResponseJSON, and the ticket of the beginning."""

    ticket: Annotated[str, Field(max_length=TICKET_CHARS_MAX)]
    credential: dict[str, Any]
    label: Post = ""
