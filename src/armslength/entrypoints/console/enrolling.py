"""An officer without a key brings one: the only page of the console, beside sign-in, that asks for no session.

The code that an administrator handed over says whose key it is. What comes of it is a proposal that another
administrator approves; nobody is signed in by this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk import officer_enrolment
from armslength.entrypoints.api.officers import console_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.books import Books
    from armslength.node import Node

Json = dict[str, Any]

CODE_CHARS_MAX: Final = 64
"""A code has 24 characters and its dashes."""


def begin(node: Node, given: Mapping[str, Any]) -> Json:
    """Begin a registration with ``enrolment_code``: ``options`` for the browser, and the ``ticket`` to hand back.

    Raises:
        LocalError: OFFICER-CODE, OFFICER-NO-PASSKEYS.
    """
    code = _code(given)
    return node.service.look(lambda books: officer_enrolment.begin(books, node.passkeys, console_of(node), "", code))


async def finish(node: Node, given: Mapping[str, Any]) -> Json:
    """Enter the key of ``credential`` with ``enrolment_code`` and ``ticket``: ``change``, ``officer``, ``key_id``.

    Raises:
        LocalError: OFFICER-CODE, OFFICER-TICKET, OFFICER-REGISTRATION, OFFICER-... codes.
    """
    code = _code(given)

    def job(books: Books) -> Json:
        return officer_enrolment.finish_with_code(books, node.passkeys, console_of(node), code, given)

    return await node.desk.act(job)


def _code(given: Mapping[str, Any]) -> str:
    code = given.get("enrolment_code")
    if not isinstance(code, str) or not 0 < len(code) <= CODE_CHARS_MAX:
        raise LocalError("OFFICER-CODE")
    return code
