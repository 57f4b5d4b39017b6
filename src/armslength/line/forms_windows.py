"""The forms of windows of silence and of what is disclosed about protected sites (domain.md F1, F2, F6; codes 030-033).

An assurance is given by the form ASSURANCE and by nothing else: no receipt of a WINDOW and no verb of an answer is one.
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
    NOTICE_SENTENCES,
    RELEASERS,
    code_field,
    codes_field,
    pillars_field,
    plain_field,
)
from armslength.line.form_types import FieldKind as Kind
from armslength.line.form_types import Form

_SOON: Final = (Precedence.PRIORITY, Precedence.IMMEDIATE, Precedence.FLASH, Precedence.ROUTINE)
_AT_ONCE: Final = (Precedence.IMMEDIATE, Precedence.FLASH, Precedence.PRIORITY, Precedence.ROUTINE)

WINDOW: Final = Form(
    code="WINDOW",
    version=1,
    purpose="Sent to propose a window of silence: a zone and a time in which works are done under written assurances.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=True,
    linguist_check=True,
    precedences=_SOON,
    replies=("confirm", "reject", "not-ours", "being-examined", "answer-follows"),
    reply_due_s=ANSWER_DUE_S,
    counts_as_use=True,
    without_prejudice=True,
    sentences=("no-assurance-by-receipt",),
    requires=frozenset({no.REPLY_BY}),
    fields=(
        plain_field(100, "window-id", Kind.WORD, "window", required=True),
        plain_field(101, "zone", Kind.AREA, "place", required=True),
        plain_field(102, "window-time", Kind.WINDOW, "time", required=True),
        codes_field(103, "works", "WORKS", "activity", required=True),
        plain_field(104, "crews", Kind.NAMES, "people", required=True),
        plain_field(105, "assurance-asked-from", Kind.PARTIES, "people", required=True),
        plain_field(106, "observers", Kind.NAMES, "people"),
        plain_field(107, "facility", Kind.FACILITY, "facility"),
    ),
)

ASSURANCE: Final = Form(
    code="ASSURANCE",
    version=1,
    purpose="Sent to give, refuse or withdraw the assurance of a named command for a window of silence.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=False,
    linguist_check=True,
    precedences=_SOON,
    replies=("confirm",),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    requires=frozenset({no.ANSWERS}),
    fields=(
        plain_field(100, "window-id", Kind.WORD, "window", required=True),
        code_field(101, "assurance", "ASSURANCE_STATE", "answer", required=True),
        plain_field(102, "assuring-commands", Kind.NAMES, "people", required=True),
        plain_field(103, "assurance-time", Kind.WINDOW, "time", required=True),
    ),
)

WINDOW_STATUS: Final = Form(
    code="WINDOW-STATUS",
    version=1,
    purpose="Sent when a window of silence becomes green or no longer is, is violated, is aborted or is closed.",
    drafters=ANY_ON_DUTY,
    releasers=ANY_ON_DUTY,
    two_persons_from=None,
    legal_tick=False,
    linguist_check=False,
    precedences=_AT_ONCE,
    replies=("confirm", "reject", "not-ours", "being-examined", "answer-follows"),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    fields=(
        plain_field(100, "window-id", Kind.WORD, "window", required=True),
        code_field(101, "window-status", "WINDOW_STATUS", "answer", required=True),
        code_field(102, "window-reason", "WINDOW_REASON", "answer", required=True),
        plain_field(103, "observed-at", Kind.INSTANT, "time"),
        code_field(104, "activity", "ACTIVITY", "activity"),
        code_field(105, "basis-of-knowledge", "KNOWLEDGE", "source"),
        code_field(106, "evidence-level", "EVIDENCE_LEVEL", "source"),
        plain_field(107, "evidence", Kind.NAMES, "source"),
        plain_field(108, "violations-counted", Kind.COUNT, "activity"),
        plain_field(109, "assurances-missing", Kind.PARTIES, "people"),
        pillars_field(110),
    ),
)

SITE_NOTICE: Final = Form(
    code="SITE-NOTICE",
    version=1,
    purpose="Sent to disclose chosen facts of one protected site, at a chosen precision and until a stated time.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=True,
    linguist_check=True,
    precedences=ANY_PRECEDENCE,
    replies=("confirm",),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    sentences=NOTICE_SENTENCES,
    requires=frozenset({no.FACILITY_ID, no.VALID_UNTIL}),
    fields=(
        plain_field(100, "facility", Kind.FACILITY, "facility", required=True),
        plain_field(101, "other-names", Kind.NAMES, "facility"),
        code_field(102, "special-sign", "SPECIAL_SIGN", "facility"),
        codes_field(103, "legal-basis", "LEGAL_BASIS", "law"),
        plain_field(104, "area", Kind.AREA, "place"),
    ),
)

LIST_EXCHANGE: Final = Form(
    code="LIST-EXCHANGE",
    version=1,
    purpose="Sent once a year in two stages, so that both sides' lists of protected sites are exchanged at one time.",
    drafters=DRAFTERS,
    releasers=RELEASERS,
    two_persons_from=Precedence.ROUTINE,
    legal_tick=True,
    linguist_check=False,
    precedences=ANY_PRECEDENCE,
    replies=("confirm",),
    reply_due_s=None,
    counts_as_use=False,
    without_prejudice=True,
    sentences=NOTICE_SENTENCES,
    fields=(
        code_field(100, "list-stage", "LIST_STAGE", "service", required=True),
        plain_field(101, "list-year", Kind.COUNT, "time", required=True),
        plain_field(102, "list-count", Kind.COUNT, "facility", required=True),
        plain_field(103, "list-digest", Kind.HASH, "facility", required=True),
        plain_field(104, "list-salt", Kind.HASH, "facility"),
        plain_field(105, "sites", Kind.SITES, "facility"),
    ),
)

FORMS_OF_WINDOWS: Final = (WINDOW, ASSURANCE, WINDOW_STATUS, SITE_NOTICE, LIST_EXCHANGE)
"""In the order of the catalogue."""
