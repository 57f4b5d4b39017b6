"""The shapes of what goes out, for the documentation and for the tests that hold the node's answers to them.

The answers themselves are made by the desk (`desk.service_read`), so that command line, API and console say the same.
Times are RFC 3339 in UTC, hashes and ids hexadecimal.
"""

from __future__ import annotations

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """The rule for every answer: exactly these keys."""

    model_config: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid", frozen=True)


class Problem(Answer):
    """A refusal (RFC 9457), with the stable code and what to do next."""

    type: str = Field(pattern=r"^urn:armslength:error:[A-Z0-9-]+$")
    title: str = Field(description="What happened, in one sentence that never changes for a code.")
    status: int = Field(ge=400, le=599)
    detail: str = Field(description="What happened, with what was expected and met.")
    code: str = Field(pattern=r"^[A-Z0-9-]+$", description="Stable; `GET /v1/errors/{code}` explains it.")
    next_step: str = Field(description="What you do now.")
    details: dict[str, str] = Field(description="What was expected and met, as short texts; shown, never parsed.")


class Health(Answer):
    """The node's state in one look."""

    party: str
    realm: str = Field(pattern="^(REAL|EXERCISE)$")
    at: str
    journal_size: int
    outbox: int
    alarms_unaccepted: int
    manifest_valid_until: str


class Line(Answer):
    """One line: declared and observed state apart, numbers, checkpoints, what waits."""

    line: str
    peer: str
    charter: str
    assented_by_us: bool
    assented_by_them: bool
    declared: str
    observed: str
    last_heard_at: str | None
    unanswered: int
    sent: int
    accepted: int
    missing: list[int]
    waiting: int
    cosigned_by_peer: int
    peer_cosigned_by_us: int
    frozen: str | None
    peer_fingerprint: str
    peer_time_zone: str


class MessageSummary(Answer):
    """One message without its contents."""

    id: str
    line: str
    direction: str
    number: int
    form: str | None
    precedence: str
    from_: str = Field(alias="from")
    to: str
    officer: str | None
    released_at: str | None
    entered_at: str | None
    place_in_order: str
    status: str
    receipts: dict[str, Any]
    due: dict[str, str | None]
    overdue: list[str]
    reply_by: str | None
    relation: Any
    answers: Any
    case: Any
    delegated: str | None
    marks: list[str]
    delivery: str


class Message(MessageSummary):
    """One message with its fields and its text in one language."""

    fields: dict[str, Any]
    validity: dict[str, Any]
    locale: str
    text: str
    paper: str | None
    osce: str | None
    asked: list[dict[str, Any]]
    text_sha256: str


class DraftSummary(Answer):
    """One draft: state, checks done, and what stands between it and its release."""

    id: str
    line: str
    peer: str
    form: str
    precedence: str
    state: str
    drafted_at: str | None
    drafted_by: str | None
    checks: list[dict[str, Any]]
    needs: list[str]
    message: str | None
    fields: dict[str, Any]


class Draft(DraftSummary):
    """One draft with its text in one language, and its body as it was signed: a check names the hash of these bytes."""

    prepared: str
    locale: str
    text: str
    asked: list[dict[str, Any]]


class Opens(Answer):
    """The screen that shows something, and by which name it is opened there."""

    screen: str
    name: str | None


class AlarmShelf(Answer):
    """The shelf of an alarm: ASKED, SHELVED or ENDED."""

    state: str
    until: str | None
    reason: str
    asked_by: str | None
    asked_at: str | None
    signed_by: str | None
    signed_at: str | None


class Alarm(Answer):
    """One alarm: ``state`` is unaccepted, accepted or answered; ``bell`` says how it rings on a floor."""

    id: str
    kind: str
    sentence: str
    detail: str
    line: str
    raised_at: str | None
    notified_at: str | None
    rung: bool
    accepted_at: str | None
    accepted_by: str | None
    ended_at: str | None
    state: str
    cause_met: bool
    precedence: str | None
    passed_to: str | None
    passed_by: str | None
    passed_at: str | None
    passed_because: str | None
    shelf: AlarmShelf | None
    shelved_until: str | None
    silenced_until: str | None
    may_shelve: bool
    bell: str
    opens: Opens


class Facility(Answer):
    """One facility of the register."""

    facility_id: str
    names: list[dict[str, str]]
    kind: str
    place: str
    mgrs: str
    site_radius_m: int
    rings_m: list[int]
    special_sign: str
    facts: list[dict[str, Any]]


class Delegation(Answer):
    """One delegation or voice authority, and whether a countersignature is still owed."""

    id: str
    kind: str
    officers: list[str]
    forms: list[str]
    facility: str | None
    valid_from: str | None
    valid_until: str | None
    covers_checks: bool
    draft: str | None
    given_by: str | None
    recorded_by: str | None
    countersigned_at: str | None
    countersignature_owed: bool


class Count(Answer):
    """The certified count of uses with the rule and the list behind it."""

    certain: int
    possible: int
    rule: str
    as_of: str
    listed: list[dict[str, Any]]
    excluded: list[dict[str, Any]]


class Entry(Answer):
    """One journal entry, without its content."""

    index: int
    kind: str
    at: str | None
    line: str | None
    destroyed: bool


class Record(Answer):
    """One entry's record with its body, by field number."""

    index: int
    body: dict[str, Any]
    link: dict[str, Any]
    acts: list[Any]


class FormField(Answer):
    """One field of a form."""

    number: int
    name: str
    kind: str
    required: bool
    codes: list[str]
    grades: list[str]
    unit: str | None


class Form(Answer):
    """One form of the catalogue."""

    code: str
    version: int
    purpose: str
    drafters: list[str]
    releasers: list[str]
    two_persons_from: str | None
    legal_tick: bool
    linguist_check: bool
    precedences: list[str]
    replies: list[str]
    reply_due_s: dict[str, int]
    without_prejudice: bool
    fields: list[FormField]


class ErrorText(Answer):
    """An error code explained."""

    code: str
    family: str
    sentence: str
    next_step: str


class Prepared(Answer):
    """What an officer's program shows, signs and submits: nothing was stored."""

    prepared: str = Field(description="The body in base64: compute its hash yourself, then submit it unchanged.")
    type: str
    body_hash: str
    act: str
    role: str
    officer: str
    statement: str = Field(description="The 32 bytes to be signed.")
    text: str


class Peer(Answer):
    """The peer of an introduction, to be compared aloud before anything is signed."""

    party: str
    fingerprint: str
    words: dict[str, str] = Field(description="The fingerprint as words, by language.")
    bearers: list[dict[str, str]]


class PreparedPin(Prepared):
    """A prepared pin with the peer that it names."""

    peer: Peer


class Submitted(Answer):
    """What became of one submission: `id` of a draft, message or receipt, or the journal `index` of a local record."""

    type: str
    id: str | None = None
    number: int | None = None
    delivery: str | None = None
    index: int | None = None


class SubmittedAll(Answer):
    """What became of the submissions, in their order."""

    results: list[Submitted]


class Exported(Answer):
    """An export: each file's name with its bytes in base64."""

    files: dict[str, str]


class Finding(Answer):
    """One line of the fault screen."""

    check: str
    holds: bool
    says: str
    next_step: str
