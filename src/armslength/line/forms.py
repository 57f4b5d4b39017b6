"""The catalogue of message forms: one form a duty, as data (B1); docs/spec/forms.md is made from it.

A form says when it is sent, who drafts and releases it, which answers are possible and when one is due. The fields
common to all messages are in `MESSAGE_FIELDS`; each of them may stand in any form, and a form names those it needs.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.line import fields as no
from armslength.line.form_makers import (
    ANSWER_DUE_S,
    ANY_ON_DUTY,
    ANY_PRECEDENCE,
    DRAFTERS,
    MINUTE_S,
    RELEASERS,
    WATCH,
    code_field,
    codes_field,
    persons_field,
    pillars_field,
    plain_field,
)
from armslength.line.form_types import FieldKind as Kind
from armslength.line.form_types import Form, FormField
from armslength.line.forms_notices import FORMS_OF_NOTICES
from armslength.line.forms_phrases import FORMS_OF_PHRASES, PHRASE, only_service
from armslength.line.forms_windows import FORMS_OF_WINDOWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from armslength.line.form_types import Values

_FLASH = (Precedence.FLASH,)

_TEST_DUE_S = (15 * MINUTE_S, 15 * MINUTE_S, 5 * MINUTE_S, 2 * MINUTE_S)
"""A test is answered while the caller still waits."""

_QUERY_DUE_S = (10 * MINUTE_S, 10 * MINUTE_S, 5 * MINUTE_S, 2 * MINUTE_S)
"""A lost receipt is asked for about ten minutes long before the next bearer is tried (D3)."""


def _common(number: int, name: str, kind: Kind, *, vocabulary: str | None = None, fact: str = "other") -> FormField:
    required = number in (no.FORM_CODE, no.FORM_VERSION, no.PRECEDENCE, no.LANGUAGE)
    return FormField(number=number, name=name, kind=kind, required=required, vocabulary=vocabulary, fact_key=fact)


MESSAGE_FIELDS: Final = (
    _common(no.FORM_CODE, "form", Kind.WORD, fact="form"),
    _common(no.FORM_VERSION, "form-version", Kind.COUNT, fact="form"),
    _common(no.PRECEDENCE, "precedence", Kind.PRECEDENCE, fact="precedence"),
    _common(no.LANGUAGE, "language", Kind.WORD, fact="language"),
    _common(no.RELATION, "relation", Kind.RELATION, vocabulary="RELATION_VERB", fact="relation"),
    _common(no.REPLY_BY, "reply-by", Kind.INSTANT, fact="deadline"),
    _common(no.VALID_FROM, "valid-from", Kind.INSTANT, fact="validity"),
    _common(no.VALID_UNTIL, "valid-until", Kind.INSTANT, fact="validity"),
    _common(no.TAKES_EFFECT_AT, "takes-effect-at", Kind.INSTANT, fact="time"),
    _common(no.ANSWERS, "answers", Kind.HASH, fact="relation"),
    _common(no.FREE_TEXT, "free-text", Kind.TEXT, fact="text"),
    _common(no.TOPIC, "topic", Kind.CODE, vocabulary="TOPIC", fact="topic"),
    _common(no.FACILITY_ID, "facility-id", Kind.WORD, fact="facility"),
    _common(no.PLACE, "place", Kind.PLACE, fact="place"),
    _common(no.CASE_REFERENCE, "case-reference", Kind.WORD, fact="case"),
    _common(no.ACTION_ADDRESSEES, "action-addressees", Kind.NAMES, fact="people"),
    _common(no.ATTRIBUTION, "attribution", Kind.CODE, vocabulary="ATTRIBUTION", fact="attribution"),
    _common(no.AGREEMENT, "agreement", Kind.WORD, fact="law"),
)
"""Fields 20 to 38, which any message may carry."""


TEST: Final = Form(
    code="TEST",
    version=1,
    purpose="Sent at the times of the charter's test plan, and after a repair, to show that the line carries text.",
    drafters=ANY_ON_DUTY,
    releasers=ANY_ON_DUTY,
    two_persons_from=None,
    legal_tick=False,
    linguist_check=False,
    precedences=ANY_PRECEDENCE,
    replies=("confirm",),
    reply_due_s=_TEST_DUE_S,
    counts_as_use=False,
    without_prejudice=False,
    fields=(plain_field(100, "test-text", Kind.TEXT, "text", required=True),),
)

CONCERN: Final = Form(
    code="CONCERN",
    version=1,
    purpose="Sent when activity near a protected place may cause harm that both parties have reason to prevent.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=True,
    linguist_check=True,
    precedences=(Precedence.IMMEDIATE, Precedence.FLASH, Precedence.PRIORITY, Precedence.ROUTINE),
    replies=("confirm", "comply", "reject", "not-ours", "being-examined", "answer-follows"),
    reply_due_s=ANSWER_DUE_S,
    counts_as_use=True,
    without_prejudice=True,
    requires=frozenset({no.REPLY_BY, no.PLACE, no.ATTRIBUTION}),
    fields=(
        plain_field(100, "facility", Kind.FACILITY, "facility"),
        code_field(101, "activity", "ACTIVITY", "activity", required=True),
        plain_field(102, "activity-window", Kind.WINDOW, "time", required=True),
        codes_field(103, "hazards", "HAZARD", "hazard", required=True),
        pillars_field(104),
        codes_field(105, "requested-action", "REQUESTED_ACTION", "request", required=True),
        code_field(106, "basis-of-knowledge", "KNOWLEDGE", "source", required=True),
        code_field(107, "evidence-level", "EVIDENCE_LEVEL", "source", required=True),
        codes_field(108, "legal-basis", "LEGAL_BASIS", "law", required=True),
        plain_field(109, "area", Kind.AREA, "place"),
    ),
)

CLARIFICATION_REQUEST: Final = Form(
    code="CLARIFICATION-REQUEST",
    version=1,
    purpose="Sent to ask what an activity or an earlier message means, before conclusions are drawn from it.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.PRIORITY,
    legal_tick=False,
    linguist_check=True,
    precedences=(Precedence.PRIORITY, Precedence.ROUTINE, Precedence.IMMEDIATE, Precedence.FLASH),
    replies=("confirm", "reject", "not-ours", "being-examined", "answer-follows"),
    reply_due_s=ANSWER_DUE_S,
    counts_as_use=True,
    without_prejudice=True,
    requires_one_of=frozenset({no.ANSWERS, no.FACILITY_ID, no.PLACE}),
    fields=(
        plain_field(100, "facility", Kind.FACILITY, "facility"),
        codes_field(101, "questions", "QUESTION", "request", required=True),
        code_field(102, "activity", "ACTIVITY", "activity"),
        plain_field(103, "activity-window", Kind.WINDOW, "time"),
        plain_field(104, "area", Kind.AREA, "place"),
    ),
)

REPLY: Final = Form(
    code="REPLY",
    version=1,
    purpose="Sent to answer a message; it takes one verb, and may say what was done and why.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=True,
    linguist_check=True,
    precedences=(Precedence.PRIORITY, Precedence.ROUTINE, Precedence.IMMEDIATE, Precedence.FLASH),
    replies=(),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    requires=frozenset({no.ANSWERS}),
    fields=(
        code_field(100, "verb", "VERB", "answer", required=True),
        code_field(101, "reason", "REPLY_REASON", "answer"),
        codes_field(102, "stated-action", "STATED_ACTION", "answer"),
        plain_field(103, "answer-by", Kind.INSTANT, "deadline"),
        plain_field(104, "passed-to", Kind.NAMES, "people"),
        plain_field(105, "purpose-of-activity", Kind.TEXT, "activity"),
        plain_field(106, "area", Kind.AREA, "place"),
        plain_field(107, "end-of-activity", Kind.INSTANT, "time"),
        plain_field(108, "units-involved", Kind.TEXT, "people"),
        plain_field(109, "subordination", Kind.TEXT, "people"),
        plain_field(110, "numbers-and-types", Kind.TEXT, "activity"),
    ),
)

NOT_OURS: Final = Form(
    code="NOT-OURS",
    version=1,
    purpose="Sent to state that forces, fire or an object at a place and time are not one's own.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=True,
    linguist_check=True,
    precedences=(Precedence.IMMEDIATE, Precedence.FLASH, Precedence.PRIORITY, Precedence.ROUTINE),
    replies=("confirm", "reject", "being-examined"),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    requires_one_of=frozenset({no.ANSWERS, no.FACILITY_ID, no.PLACE}),
    fields=(
        code_field(100, "not-ours-subject", "NOT_OURS_SUBJECT", "activity", required=True),
        plain_field(101, "activity-window", Kind.WINDOW, "time"),
        plain_field(102, "area", Kind.AREA, "place"),
    ),
)

INCIDENT: Final = Form(
    code="INCIDENT",
    version=1,
    purpose="Sent when something has happened that the other party could misread or could help to contain.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=True,
    linguist_check=True,
    precedences=(Precedence.FLASH, Precedence.IMMEDIATE, Precedence.PRIORITY, Precedence.ROUTINE),
    replies=("confirm", "comply", "reject", "not-ours", "being-examined", "answer-follows"),
    reply_due_s=ANSWER_DUE_S,
    counts_as_use=True,
    without_prejudice=True,
    requires=frozenset({no.PLACE, no.ATTRIBUTION}),
    fields=(
        plain_field(100, "facility", Kind.FACILITY, "facility"),
        code_field(101, "incident-kind", "INCIDENT_KIND", "activity", required=True),
        plain_field(102, "incident-window", Kind.WINDOW, "time", required=True),
        codes_field(103, "hazards", "HAZARD", "hazard"),
        pillars_field(104),
        codes_field(105, "requested-action", "REQUESTED_ACTION", "request"),
        code_field(106, "basis-of-knowledge", "KNOWLEDGE", "source", required=True),
        code_field(107, "evidence-level", "EVIDENCE_LEVEL", "source", required=True),
        persons_field(108, "killed"),
        persons_field(109, "injured"),
        code_field(110, "radiation", "RADIATION", "hazard"),
        plain_field(111, "area", Kind.AREA, "place"),
    ),
)

STOP: Final = Form(
    code="STOP",
    version=1,
    purpose="Sent the moment fire falls on people or a place that must not be hit: stop, you are hitting this place.",
    drafters=ANY_ON_DUTY,
    releasers=ANY_ON_DUTY,
    two_persons_from=None,
    legal_tick=False,
    linguist_check=False,
    precedences=_FLASH,
    replies=("confirm", "comply", "reject", "not-ours", "being-examined", "answer-follows"),
    reply_due_s=ANSWER_DUE_S,
    counts_as_use=True,
    without_prejudice=True,
    requires_one_of=frozenset({no.FACILITY_ID, no.PLACE}),
    fields=(
        code_field(100, "stop-reason", "STOP_REASON", "activity"),
        plain_field(101, "facility", Kind.FACILITY, "facility"),
    ),
)

SERVICE: Final = Form(
    code="SERVICE",
    version=1,
    purpose="Sent to tell the other side's watch about the line itself: outages, bearers, keys, clocks, languages.",
    drafters=WATCH | {"administrator", "key-custodian"},
    releasers=WATCH | {"administrator", "key-custodian"},
    two_persons_from=None,
    legal_tick=False,
    linguist_check=False,
    precedences=ANY_PRECEDENCE,
    replies=("confirm", "reject"),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=False,
    fields=(
        code_field(100, "service-code", "SERVICE_CODE", "service", required=True),
        plain_field(101, "service-window", Kind.WINDOW, "time"),
        codes_field(102, "bearers", "BEARER", "service"),
        plain_field(103, "first-number", Kind.COUNT, "service"),
        plain_field(104, "last-number", Kind.COUNT, "service"),
    ),
)

QUERY_RECEIPT: Final = Form(
    code="QUERY-RECEIPT",
    version=1,
    purpose="Sent when a receipt that is due has not come: asks whether and how far a message was received.",
    drafters=ANY_ON_DUTY,
    releasers=ANY_ON_DUTY,
    two_persons_from=None,
    legal_tick=False,
    linguist_check=False,
    precedences=ANY_PRECEDENCE,
    replies=("confirm", "reject"),
    reply_due_s=_QUERY_DUE_S,
    counts_as_use=False,
    without_prejudice=False,
    fields=(
        plain_field(100, "queried-message", Kind.HASH, "relation", required=True),
        plain_field(101, "queried-number", Kind.COUNT, "relation"),
        plain_field(102, "sent-at", Kind.INSTANT, "time"),
        code_field(103, "highest-receipt-held", "RECEIPT_LEVEL", "receipt"),
        code_field(104, "receipt-asked-for", "RECEIPT_LEVEL", "receipt"),
    ),
)

FORMS: Final[Mapping[str, Form]] = MappingProxyType(
    {
        entry.code: entry
        for entry in (
            TEST,
            CONCERN,
            CLARIFICATION_REQUEST,
            REPLY,
            NOT_OURS,
            INCIDENT,
            STOP,
            SERVICE,
            QUERY_RECEIPT,
            *FORMS_OF_WINDOWS,
            *FORMS_OF_NOTICES,
            *FORMS_OF_PHRASES,
        )
    }
)
"""The catalogue by code."""


def form(code: str) -> Form:
    """Return the form with this code, newest version known.

    Raises:
        LocalError: DRAFT-FORM-UNKNOWN. For a peer's message ask `known` first: a form that this node does not know is
            receipted as received and shown as numbered fields, never refused (docs/spec/versions.md 5).
    """
    found = FORMS.get(code)
    if found is None:
        raise LocalError("DRAFT-FORM-UNKNOWN", got=code, expected=", ".join(FORMS))
    return found


def known(code: object, version: object) -> bool:
    """Return whether this node knows the form in that version, and so may receipt it as understood."""
    return isinstance(code, str) and code in FORMS and FORMS[code].version == version


def fields_of(entry: Form) -> Mapping[int, FormField]:
    """Return every field a message of this form may carry, common ones included, by number."""
    return {item.number: item for item in (*MESSAGE_FIELDS, *entry.fields)}


def unknown_fields(entry: Form, values: Iterable[int]) -> tuple[int, ...]:
    """Return the numbers of a message's fields that this node does not know: carried, counted and shown, not read."""
    known_numbers = fields_of(entry)
    return tuple(sorted(n for n in values if n >= no.FORM_CODE and n not in known_numbers))


def is_use(entry: Form, values: Values) -> bool:
    """Return whether a message is a use of the line in the counting rule's sense.

    A test is none, nor is an answer (it carries field 29), nor what only corrects or takes back an earlier message, nor
    are phrases that are all about the line itself.
    """
    if entry.code == PHRASE.code and only_service(values):
        return False
    return entry.counts_as_use and no.ANSWERS not in values and no.RELATION not in values
