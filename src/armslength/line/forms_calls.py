"""The forms of calls, of the line's own state and of wording for the public (domain.md A6, B1; codes 050, 051, 090).

Nothing here is agreed by receipt: a call record and a joint wording are agreed only by the other side's own answer,
and a line is suspended or resumed by the side that says so and for itself alone.
"""

from __future__ import annotations

from typing import Final

from armslength.core.precedence import Precedence
from armslength.line import fields as no
from armslength.line.form_makers import (
    ANSWER_DUE_S,
    ANY_ON_DUTY,
    ANY_PRECEDENCE,
    DRAFTERS,
    HOUR_S,
    MINUTE_S,
    RELEASERS,
    code_field,
    codes_field,
    count_field,
    plain_field,
    text_field,
)
from armslength.line.form_types import FieldKind as Kind
from armslength.line.form_types import Form

_SOON: Final = (Precedence.PRIORITY, Precedence.IMMEDIATE, Precedence.FLASH, Precedence.ROUTINE)
_AT_ONCE: Final = (Precedence.IMMEDIATE, Precedence.FLASH, Precedence.PRIORITY, Precedence.ROUTINE)

_CALL_DUE_S: Final = (24 * HOUR_S, 4 * HOUR_S, HOUR_S, 15 * MINUTE_S)
"""A principal who asks for a call waits at the desk."""

_PRESENCE_DUE_S: Final = (30 * MINUTE_S, 15 * MINUTE_S, 10 * MINUTE_S, 5 * MINUTE_S)
"""The watch looks at its own book and asks nobody (A6)."""

CALL_REQUEST: Final = Form(
    code="CALL-REQUEST",
    version=1,
    purpose="Sent when a principal asks for a call with a counterpart within a stated time.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=False,
    linguist_check=True,
    precedences=_AT_ONCE,
    replies=("comply", "reject", "being-examined", "answer-follows", "confirm"),
    reply_due_s=_CALL_DUE_S,
    counts_as_use=True,
    without_prejudice=True,
    requires=frozenset({no.REPLY_BY, no.TOPIC}),
    fields=(
        plain_field(100, "call-from", Kind.NAMES, "people", required=True),
        plain_field(101, "call-with", Kind.NAMES, "people", required=True),
        count_field(102, "call-within", "minutes", "time", required=True),
        plain_field(103, "call-languages", Kind.NAMES, "language", required=True),
        plain_field(104, "first-proposed-time", Kind.WINDOW, "time"),
        plain_field(105, "second-proposed-time", Kind.WINDOW, "time"),
        plain_field(106, "third-proposed-time", Kind.WINDOW, "time"),
        code_field(107, "call-medium", "CALL_MEDIUM", "service"),
        plain_field(108, "own-interpreter", Kind.FLAG, "people"),
    ),
)

CALL_RECORD: Final = Form(
    code="CALL-RECORD",
    version=1,
    purpose="Sent after a call with the text that both sides are to hold of it; it is agreed once the other confirms.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=True,
    linguist_check=True,
    precedences=_SOON,
    replies=("confirm", "reject", "being-examined", "answer-follows"),
    reply_due_s=ANSWER_DUE_S,
    counts_as_use=False,
    without_prejudice=True,
    sentences=("agreed-by-answer",),
    fields=(
        plain_field(100, "call-number", Kind.WORD, "call", required=True),
        plain_field(101, "call-time", Kind.WINDOW, "time", required=True),
        plain_field(102, "participants-of-author", Kind.NAMES, "people", required=True),
        plain_field(103, "participants-of-receiver", Kind.NAMES, "people", required=True),
        plain_field(104, "interpreters", Kind.NAMES, "people"),
        plain_field(105, "agreed-text", Kind.TEXT, "text", required=True),
        plain_field(106, "second-language", Kind.WORD, "language"),
        text_field(107, "agreed-text-second", "text", language_in=106),
        code_field(108, "call-medium", "CALL_MEDIUM", "service"),
        plain_field(109, "initiated-by", Kind.PARTY, "people"),
        code_field(110, "recording", "RECORDING", "service"),
    ),
)

SUSPEND: Final = Form(
    code="SUSPEND",
    version=1,
    purpose="Sent when a party suspends the line for itself; STOP and receipts still pass, and RESUME ends it.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=None,
    legal_tick=False,
    linguist_check=False,
    precedences=_SOON,
    replies=("confirm",),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    fields=(
        plain_field(100, "suspended-from", Kind.INSTANT, "time", required=True),
        code_field(101, "suspension-reason", "SUSPENSION_REASON", "service", required=True),
        codes_field(102, "stays-open", "STAYS_OPEN", "service", required=True),
        plain_field(103, "agreements-open", Kind.NAMES, "law"),
        plain_field(104, "reach-meanwhile", Kind.NAMES, "people", required=True),
        plain_field(105, "resumption-expected", Kind.INSTANT, "time"),
    ),
)

RESUME: Final = Form(
    code="RESUME",
    version=1,
    purpose="Sent when a party takes the line up again that it had suspended.",
    drafters=DRAFTERS,
    releasers=ANY_ON_DUTY,
    two_persons_from=None,
    legal_tick=False,
    linguist_check=False,
    precedences=_SOON,
    replies=("confirm",),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    fields=(
        plain_field(100, "resumed-from", Kind.INSTANT, "time", required=True),
        plain_field(101, "contact-at-any-hour", Kind.NAMES, "people"),
    ),
)

PUBLIC_WORDING: Final = Form(
    code="PUBLIC-WORDING",
    version=1,
    purpose="Sent to propose a wording for the public, or to agree, not object or object to one that was proposed.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=True,
    linguist_check=True,
    precedences=_SOON,
    replies=("confirm", "reject", "being-examined", "answer-follows"),
    reply_due_s=ANSWER_DUE_S,
    counts_as_use=True,
    without_prejudice=True,
    sentences=("no-agreement-by-receipt",),
    fields=(
        plain_field(100, "wording-id", Kind.WORD, "text", required=True),
        code_field(101, "wording-state", "WORDING_STATE", "answer", required=True),
        code_field(102, "wording-asked", "WORDING_ASKED", "request"),
        plain_field(103, "embargo-until", Kind.INSTANT, "time"),
        plain_field(104, "wording", Kind.TEXT, "text"),
        plain_field(105, "second-language", Kind.WORD, "language"),
        text_field(106, "wording-second", "text", language_in=105),
        plain_field(107, "third-language", Kind.WORD, "language"),
        text_field(108, "wording-third", "text", language_in=107),
    ),
)

PRESENCE_QUERY: Final = Form(
    code="PRESENCE-QUERY",
    version=1,
    purpose="Sent to ask whether a principal of the other side can be reached, and in how many minutes.",
    drafters=ANY_ON_DUTY,
    releasers=ANY_ON_DUTY,
    two_persons_from=None,
    legal_tick=False,
    linguist_check=False,
    precedences=_AT_ONCE,
    replies=("confirm", "reject", "being-examined", "answer-follows"),
    reply_due_s=_PRESENCE_DUE_S,
    counts_as_use=False,
    without_prejudice=False,
    fields=(
        plain_field(100, "principal", Kind.NAMES, "people", required=True),
        count_field(101, "needed-within", "minutes", "time"),
    ),
)

PRESENCE: Final = Form(
    code="PRESENCE",
    version=1,
    purpose="Sent to answer a PRESENCE-QUERY, or unasked when a principal can no longer be reached.",
    drafters=ANY_ON_DUTY,
    releasers=ANY_ON_DUTY,
    two_persons_from=None,
    legal_tick=False,
    linguist_check=False,
    precedences=ANY_PRECEDENCE,
    replies=(),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=False,
    fields=(
        plain_field(100, "principal", Kind.NAMES, "people", required=True),
        code_field(101, "presence", "PRESENCE_STATE", "answer", required=True),
        count_field(102, "reachable-within", "minutes", "time"),
        plain_field(103, "reachable-from", Kind.INSTANT, "time"),
        plain_field(104, "deputies", Kind.NAMES, "people"),
    ),
)

FORMS_OF_CALLS: Final = (
    CALL_REQUEST,
    CALL_RECORD,
    SUSPEND,
    RESUME,
    PUBLIC_WORDING,
    PRESENCE_QUERY,
    PRESENCE,
)
"""In the order of the catalogue."""
