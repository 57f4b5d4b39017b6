"""The forms of the codebook (domain.md C3): phrases sent as numbers, and a version's entries approved by a party.

Phrases carry no free text, so no linguist checks them: linguists of both parties have approved the entries before. An
approval is a message of its own, drafted by a linguist and released like any other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.precedence import Precedence
from armslength.line.form_makers import ANSWER_DUE_S, ANY_PRECEDENCE, DRAFTERS, RELEASERS, plain_field
from armslength.line.form_types import FieldKind as Kind
from armslength.line.form_types import Form

if TYPE_CHECKING:
    from armslength.line.form_types import Values

PHRASES_FIELD: Final = 100
"""The field of a PHRASE that holds its phrases."""

PHRASE: Final = Form(
    code="PHRASE",
    version=1,
    purpose="Sent to say agreed phrases of the codebook by their numbers; each side reads them in its own language.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=False,
    linguist_check=False,
    precedences=(Precedence.PRIORITY, Precedence.IMMEDIATE, Precedence.FLASH, Precedence.ROUTINE),
    replies=("confirm", "comply", "reject", "not-ours", "being-examined", "answer-follows"),
    reply_due_s=ANSWER_DUE_S,
    counts_as_use=True,
    without_prejudice=True,
    sentences=("no-assurance-by-phrase",),
    fields=(
        plain_field(PHRASES_FIELD, "phrases", Kind.PHRASES, "text", required=True),
        plain_field(101, "draft-phrases", Kind.FLAG, "text"),
    ),
)

CODEBOOK: Final = Form(
    code="CODEBOOK",
    version=1,
    purpose="Sent to say which entries of a version of the codebook the author's linguists approve, by its digest.",
    drafters=frozenset({"linguist"}),
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=False,
    linguist_check=False,
    precedences=ANY_PRECEDENCE,
    replies=("confirm", "reject"),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=False,
    fields=(
        plain_field(100, "codebook-version", Kind.COUNT, "service", required=True),
        plain_field(101, "codebook-digest", Kind.HASH, "service", required=True),
        plain_field(102, "codebook-languages", Kind.NAMES, "language", required=True),
        plain_field(103, "first-code", Kind.COUNT, "service", required=True),
        plain_field(104, "last-code", Kind.COUNT, "service", required=True),
        plain_field(105, "codes-approved", Kind.FLAG, "answer", required=True),
    ),
)

FORMS_OF_PHRASES: Final = (PHRASE, CODEBOOK)
"""In the order of the catalogue."""

SERVICE_CODES: Final = (range(1, 10), range(43, 50), range(60, 70), range(90, 110))
"""Numbers that are about the line and how to speak on it: checks, read-back, exercises, faults, spelling.

No later version gives one of these numbers another meaning, so that a version this node does not have is counted alike.
"""


def only_service(values: Values) -> bool:
    """Return whether a message holds phrases and all of them are about the line itself: then it is no use of the line.

    Args:
        values: the body map of a message of any form.
    """
    found = values.get(PHRASES_FIELD)
    phrases = found[2] if isinstance(found, tuple) and len(found) == 3 else None
    if not isinstance(phrases, tuple) or not phrases:
        return False
    numbers = [phrase[0] if isinstance(phrase, tuple) and phrase else None for phrase in phrases]
    return all(any(number in codes for codes in SERVICE_CODES) for number in numbers)
