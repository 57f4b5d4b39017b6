"""The forms of notices: what one side will do, launch, move or has planned (domain.md B1, B5, sections 3 and 4).

A notice tells and asks nothing: no receipt and no answer permits what it announces, and what is not notified is
protected all the same. What takes effect stands in field 28, so that the lead time at receipt can be told by both
clocks; what is notified lapses by itself at field 27.
"""

from __future__ import annotations

from typing import Final

from armslength.core.precedence import Precedence
from armslength.line import fields as no
from armslength.line.form_makers import (
    ANY_PRECEDENCE,
    DRAFTERS,
    HOUR_S,
    MINUTE_S,
    NOTICE_SENTENCES,
    RELEASERS,
    code_field,
    codes_field,
    count_field,
    plain_field,
)
from armslength.line.form_types import FieldKind as Kind
from armslength.line.form_types import Form
from armslength.line.forms_calls import FORMS_OF_CALLS

_DAY_S: Final = 24 * HOUR_S

_PLAN_DUE_S: Final = (4 * HOUR_S, 4 * HOUR_S, 2 * HOUR_S, 30 * MINUTE_S)
"""The plan comes by 12:00 and goes back by 16:00, as at the Joint Coordination Centre in Istanbul."""

_TELL: Final = ("confirm",)
"""A notice has one answer: that it was understood; a doubt is a CLARIFICATION-REQUEST, an objection a CONCERN."""

ACTIVITY_NOTICE: Final = Form(
    code="ACTIVITY-NOTICE",
    version=1,
    purpose=(
        "Sent 3 to 5 days before an activity that may endanger ships, aircraft or people in an area, and again when "
        "its time or area changes; it lapses at the end of its validity, and when it is discontinued."
    ),
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=False,
    linguist_check=True,
    precedences=ANY_PRECEDENCE,
    replies=_TELL,
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    sentences=(*NOTICE_SENTENCES, "notice-changes"),
    lead_s=3 * _DAY_S,
    requires=frozenset({no.TAKES_EFFECT_AT, no.VALID_UNTIL}),
    fields=(
        plain_field(100, "notice-id", Kind.WORD, "notice", required=True),
        code_field(101, "hazardous-activity", "HAZARDOUS_ACTIVITY", "activity", required=True),
        plain_field(102, "area", Kind.AREA, "place", required=True),
        plain_field(103, "activity-window", Kind.WINDOW, "time", required=True),
        plain_field(104, "radio-frequencies", Kind.NAMES, "people"),
        plain_field(105, "contact-at-any-hour", Kind.NAMES, "people", required=True),
        count_field(106, "height-up-to", "metres", "place"),
        codes_field(107, "hazards", "HAZARD", "hazard"),
        plain_field(108, "supersedes", Kind.WORD, "notice"),
    ),
)

LAUNCH_NOTICE: Final = Form(
    code="LAUNCH-NOTICE",
    version=1,
    purpose=(
        "Sent at least 24 hours before the planned launch of a ballistic missile or a space rocket; it holds for four "
        "days from the planned date, and a launch that slips within them or is cancelled needs no further notice."
    ),
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=False,
    linguist_check=True,
    precedences=(Precedence.PRIORITY, Precedence.ROUTINE, Precedence.IMMEDIATE, Precedence.FLASH),
    replies=_TELL,
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    sentences=(*NOTICE_SENTENCES, "launch-slip"),
    lead_s=_DAY_S,
    requires=frozenset({no.TAKES_EFFECT_AT, no.VALID_UNTIL}),
    fields=(
        plain_field(100, "notice-id", Kind.WORD, "notice", required=True),
        code_field(101, "launch-kind", "LAUNCH_KIND", "activity", required=True),
        plain_field(102, "launch-window", Kind.WINDOW, "time", required=True),
        # A submarine's launch area is an ocean quadrant or a body of water by its name.
        plain_field(103, "launch-area-name", Kind.NAMES, "place", required=True),
        plain_field(104, "launch-area", Kind.AREA, "place"),
        plain_field(105, "impact-area", Kind.AREA, "place", required=True),
        plain_field(106, "contact-at-any-hour", Kind.NAMES, "people"),
        plain_field(107, "supersedes", Kind.WORD, "notice"),
    ),
)

MOVE_NOTICE: Final = Form(
    code="MOVE-NOTICE",
    version=1,
    purpose=(
        "Sent 48 hours before a humanitarian movement, 24 hours in an emergency, and again when its route, time or "
        "vehicles change; it lapses at the end of its validity, and when it is discontinued."
    ),
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=False,
    linguist_check=True,
    precedences=ANY_PRECEDENCE,
    replies=_TELL,
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    sentences=(*NOTICE_SENTENCES, "notice-changes"),
    lead_s=2 * _DAY_S,
    requires=frozenset({no.TAKES_EFFECT_AT, no.VALID_UNTIL}),
    fields=(
        plain_field(100, "notice-id", Kind.WORD, "notice", required=True),
        plain_field(101, "submitter", Kind.NAMES, "people", required=True),
        plain_field(102, "contact-at-any-hour", Kind.NAMES, "people", required=True),
        codes_field(103, "move-function", "MOVE_FUNCTION", "activity", required=True),
        code_field(104, "urgency", "NOTICE_URGENCY", "activity", required=True),
        plain_field(105, "move-window", Kind.WINDOW, "time", required=True),
        plain_field(106, "route", Kind.AREA, "place", required=True),
        plain_field(107, "stops", Kind.SITES, "place"),
        plain_field(108, "vehicles", Kind.COUNT, "activity", required=True),
        plain_field(109, "plates", Kind.NAMES, "activity"),
        codes_field(110, "markings", "MARKING", "activity", required=True),
        count_field(111, "persons-moving", "persons", "people", required=True),
        codes_field(112, "cargo", "CARGO", "activity", required=True),
        code_field(113, "escort", "ESCORT", "activity"),
        plain_field(114, "supersedes", Kind.WORD, "notice"),
        plain_field(115, "notice-version", Kind.COUNT, "notice"),
    ),
)

DAILY_PLAN: Final = Form(
    code="DAILY-PLAN",
    version=1,
    purpose=(
        "Sent by 12:00 with the movements and activities of the next day, and sent back by 16:00 as both sides hold "
        "it; a change within the day updates it."
    ),
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=False,
    linguist_check=True,
    precedences=ANY_PRECEDENCE,
    replies=("confirm", "reject", "being-examined", "answer-follows"),
    reply_due_s=_PLAN_DUE_S,
    counts_as_use=False,
    without_prejudice=True,
    sentences=(*NOTICE_SENTENCES, "notice-changes"),
    requires=frozenset({no.VALID_UNTIL}),
    fields=(
        plain_field(100, "plan-id", Kind.WORD, "notice", required=True),
        plain_field(101, "plan-day", Kind.WINDOW, "time", required=True),
        code_field(102, "plan-stage", "PLAN_STAGE", "answer", required=True),
        plain_field(103, "plan-items", Kind.NAMES, "activity", required=True),
        plain_field(104, "plan-sites", Kind.SITES, "place"),
        plain_field(105, "area", Kind.AREA, "place"),
        plain_field(106, "contact-at-any-hour", Kind.NAMES, "people", required=True),
    ),
)

FORMS_OF_NOTICES: Final = (ACTIVITY_NOTICE, LAUNCH_NOTICE, MOVE_NOTICE, DAILY_PLAN, *FORMS_OF_CALLS)
"""In the order of the catalogue."""
