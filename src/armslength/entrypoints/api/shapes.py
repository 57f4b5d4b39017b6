"""The shapes of what comes in: strict, closed and frozen, one model a request body.

A body holds the arguments of the service's operation by name. The officer is never among them: it is the token's.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from armslength.core.limits import TEXT_BYTES_MAX

NAME_CHARS_MAX: Final = 128
"""A name by which a person means something: a code, a number, the start of a hash of 64 digits."""

LINE_CHARS_MAX: Final = 4_096
"""One line of text: what the register keeps of a note or a source; the wire carries less, which the desk judges."""

LIST_ITEMS_MAX: Final = 128
"""As many as a record may have fields; a longer list is refused before the desk sees it."""

WHOLE_MAX: Final = 2**53 - 1
"""Whole numbers that every reader of JSON keeps exact (RFC 8259, 6)."""

SUBMISSIONS_MAX: Final = 4
"""As the desk's bound (`desk.service.SUBMITS_MAX`)."""

VERTICES_MAX: Final = 5_000
"""Vertices of one ring written by hand; larger outlines come out of a file."""

PREPARED_CHARS_MAX: Final = 88_000
"""Base64 of one prepared body of at most 64 KiB."""

FILE_CHARS_MAX: Final = 360_000
"""Base64 of an introduction, whose manifests have at most 256 KiB."""

CHARTER_CHARS_MAX: Final = 44_000
"""Base64 of a charter of at most 32 KiB."""

SIGNATURE_CHARS_MAX: Final = 8_192
"""Hexadecimal of the longest signature that an officer's key makes (ML-DSA-65, 3,309 bytes)."""

ASSERTION_CHARS_MAX: Final = 5_464
"""Base64 of the longest clientDataJSON that is taken (`core.attestation.CLIENT_DATA_BYTES_MAX`)."""


def _whole(value: object) -> object:
    """Read 5.0 as 5: one number to JSON and to its schemas, two types to Python."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=NAME_CHARS_MAX)]
Line: TypeAlias = Annotated[str, Field(min_length=1, max_length=LINE_CHARS_MAX)]
OptionalLine: TypeAlias = Annotated[str, Field(max_length=LINE_CHARS_MAX)]
Text: TypeAlias = Annotated[str, Field(max_length=TEXT_BYTES_MAX)]
Locale: TypeAlias = Annotated[str, Field(min_length=2, max_length=35, pattern=r"^[A-Za-z0-9-]{2,35}$")]
Hex: TypeAlias = Annotated[str, Field(pattern=r"^([0-9a-f]{2})+$", max_length=SIGNATURE_CHARS_MAX)]
Hash: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Whole: TypeAlias = Annotated[int, Field(ge=-WHOLE_MAX, le=WHOLE_MAX), BeforeValidator(_whole)]
Count: TypeAlias = Annotated[int, Field(ge=0, le=WHOLE_MAX), BeforeValidator(_whole)]

WHOLE: Final = BeforeValidator(_whole)
"""For counts with a bound of their own: two bounds on one value are not told apart in a schema."""

BASE64: Final = r"^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)$"
"""Padded, no blanks, no line ends, not empty."""

PreparedText: TypeAlias = Annotated[str, Field(pattern=BASE64, max_length=PREPARED_CHARS_MAX)]

Scalar: TypeAlias = Text | Whole | bool | None
"""A value of a form field: no decimals, which the wire does not have."""
FieldValue: TypeAlias = (
    Scalar
    | Annotated[
        list[
            Scalar
            | Annotated[
                list[Scalar | Annotated[list[Scalar], Field(max_length=LIST_ITEMS_MAX)]],
                Field(max_length=LIST_ITEMS_MAX),
            ]
        ],
        Field(max_length=LIST_ITEMS_MAX),
    ]
)
"""A form field as `desk.form_json` reads it: text, number, code, or lists of them three deep (points of an area)."""


class Shape(BaseModel):
    """The rule for every shape: nothing is coerced, nothing unknown is let in, nothing changes afterwards."""

    model_config: ClassVar[ConfigDict] = ConfigDict(strict=True, extra="forbid", frozen=True)


class OpenLine(Shape):
    """Propose a line to a pinned peer."""

    peer: Name = Field(description="Party code of a pinned peer.")
    charter: Annotated[str, Field(pattern=BASE64, max_length=CHARTER_CHARS_MAX)] | None = Field(
        default=None, description="A charter's bytes in base64; the default charter when null."
    )


class PrepareMessage(Shape):
    """A message of ours, for drafting or - `alone` - for release by one person."""

    line: Name | None = Field(
        default=None, description="Peer's party code or start of the line's id; null, the only line."
    )
    form: Name = Field(description="Code of a form of the catalogue.")
    precedence: Name | None = Field(default=None, description="Name or prosign; null, the form's usual one.")
    values: Annotated[dict[Name, FieldValue], Field(max_length=LIST_ITEMS_MAX)] = Field(
        default_factory=dict, description="Form fields by name, as the catalogue names them."
    )
    alone: bool = Field(default=False, description="One person sends it (STOP, TEST, SERVICE, QUERY-RECEIPT).")


class PrepareRelease(Shape):
    """The release of a draft."""

    draft: Name = Field(description="Start of the draft's id.")


class PrepareCheck(Shape):
    """The legal tick or the linguist's check of a draft."""

    draft: Name = Field(description="Start of the draft's id.")
    kind: Literal["legal", "linguist"]
    passed: bool
    law: Annotated[list[Line], Field(max_length=LIST_ITEMS_MAX)] = Field(
        default_factory=list, description="The law cited; a legal tick needs it."
    )
    notes: Text = ""


class PrepareReceipt(Shape):
    """A receipt R1 to R4 for a message of the peer."""

    line: Name | None = Field(
        default=None, description="Peer's party code or start of the line's id; null, the only line."
    )
    message: Name = Field(description="`in:4`, `4`, or the start of the message's id.")
    level: Annotated[int, Field(ge=1, le=4), BeforeValidator(_whole)] = Field(
        description="1 read, 2 understood, 3 passed to a command, 4 answered."
    )
    locale: Locale | None = Field(default=None, description="Language in which it is read; null, our first.")
    place: Name | None = Field(default=None, description="The place as you read it back (R2).")
    command: OptionalLine | None = Field(default=None, description="The command to which it was passed (R3).")
    how: OptionalLine | None = Field(default=None, description="How it was passed (R3).")
    verb: Name | None = Field(default=None, description="Answer's verb (R4).")
    answer_by: Name | None = Field(default=None, description="When a further answer is promised (R4).")
    reply_body_hash: Hash | None = Field(default=None, description="Body hash of the reply submitted with it (R4).")


class PrepareAssent(Shape):
    """Our assent to a line's charter."""

    line: Name | None = Field(
        default=None, description="Peer's party code or start of the line's id; null, the only line."
    )


class PreparePin(Shape):
    """The pin of a peer, once its fingerprint was compared."""

    introduction: Annotated[str, Field(pattern=BASE64, max_length=FILE_CHARS_MAX)] = Field(
        description="The peer's introduction file in base64."
    )
    compared: Line = Field(description="How the fingerprint was compared: in person, by telephone ...")


class Assertion(Shape):
    """What a passkey gave (WebAuthn): its bytes in base64, unchanged. Its challenge is the statement."""

    authenticator_data: Annotated[str, Field(pattern=BASE64, max_length=ASSERTION_CHARS_MAX)]
    client_data: Annotated[str, Field(pattern=BASE64, max_length=ASSERTION_CHARS_MAX)]
    signature: Annotated[str, Field(pattern=BASE64, max_length=ASSERTION_CHARS_MAX)]


class KeyAct(Shape):
    """One officer's signature of an act on a prepared body, by a key file."""

    act: Name
    role: Name
    officer: Name
    key_id: Hex
    signature: Hex


class PasskeyAct(Shape):
    """One officer's act on a prepared body, by a passkey: the assertion is the signature."""

    act: Name
    role: Name
    officer: Name
    key_id: Hex
    assertion: Assertion


Act: TypeAlias = KeyAct | PasskeyAct
"""An act, told by what it was signed with."""

Acts: TypeAlias = Annotated[list[Act], Field(min_length=1, max_length=16)]


class SubmitPrepared(Shape):
    """A prepared body with the acts signed over it."""

    prepared: PreparedText = Field(description="What prepare returned, unchanged.")
    acts: Acts


class SubmitRelease(Shape):
    """The release of a draft: its id in the place of its body."""

    release: Name = Field(description="Start of the draft's id.")
    acts: Acts


class Submit(Shape):
    """Signed acts that become durable together or not at all."""

    submissions: Annotated[list[SubmitPrepared | SubmitRelease], Field(min_length=1, max_length=SUBMISSIONS_MAX)]


# --- local records ----------------------------------------------------------------------------------------------------


class Grade(Shape):
    """Reliability of the source and credibility of the report."""

    reliability: Name
    credibility: Count


class Acknowledged(Shape):
    """Who has publicly acknowledged what a report tells of."""

    who: Line
    at: Name | None = None
    source: Line


class ReportLink(Shape):
    """How a report stands to another one."""

    kind: Name
    report_id: Name


class Report(Shape):
    """A report entered by hand."""

    report_id: Name
    kind: Name
    interval: Annotated[list[Name], Field(min_length=2, max_length=2)]
    place: Name
    uncertainty_m: Count
    what: Name
    who_says: Line
    source: Line
    received_at: Name | None = Field(default=None, description="Null or missing: now.")
    text: Text
    language: Name
    grade: Grade
    acknowledged_by: Annotated[list[Acknowledged], Field(max_length=LIST_ITEMS_MAX)] | None = None
    place_name: Line | None = None
    located_by: Name | None = None
    region: Line | None = None
    address: Line | None = None
    links: Annotated[list[ReportLink], Field(max_length=LIST_ITEMS_MAX)] | None = None
    stands_for: Count | None = None


class FacilityName(Shape):
    """A facility's name in one language."""

    language: Name
    name: Line


class Holding(Shape):
    """One account of who operates or controls a facility."""

    who: Line
    since: Name | None = None
    source: Line


class ProtectedStatus(Shape):
    """One legal basis of protection."""

    basis: Name
    party: OptionalLine | None = None
    note: OptionalLine | None = None


class Dependency(Shape):
    """What a facility needs from elsewhere."""

    on: Line
    kind: Name
    note: OptionalLine | None = None
    source: Line


class Fact(Shape):
    """One statement by one source as of one instant."""

    text: Line
    value: OptionalLine | None = None
    unit: OptionalLine | None = None
    source: Line
    as_of: Name


class Position(Shape):
    """Where one source puts a facility."""

    place: Name
    source: Line
    as_of: Name | None = None


Ring: TypeAlias = Annotated[list[Name], Field(max_length=VERTICES_MAX)]


class SiteShape(Shape):
    """The site's outline or course: polygons of rings of vertices, or lines; vertices as places."""

    kind: Name
    parts: Annotated[list[Annotated[list[Ring], Field(max_length=LIST_ITEMS_MAX)]], Field(max_length=LIST_ITEMS_MAX)]
    source: Line
    as_of: Name | None = None
    buffer_m: Count


class Component(Shape):
    """A part that can be hit by itself."""

    component_id: Name
    name: Line
    kind: Line
    place: Name | None = None
    source: Line


class Hazard(Shape):
    """What could be set free, with its amount in a unit."""

    kind: Name
    value: Name
    unit: Name
    note: OptionalLine | None = None
    source: Line
    as_of: Name | None = None


class Pillar(Shape):
    """One of the seven pillars or five principles, as one source saw it."""

    pillar: Name
    status: Name
    note: OptionalLine | None = None
    source: Line
    as_of: Name


class Monitor(Shape):
    """Who watches from outside, and with what access."""

    who: Line
    access: Name
    since: Name | None = None
    note: OptionalLine | None = None
    source: Line


class Consequence(Shape):
    """What a loss meant or would mean, as a range by one source."""

    kind: Name
    low: Name
    high: Name
    unit: Name
    note: OptionalLine | None = None
    source: Line
    as_of: Name
    restored_at: Name | None = None


class LifeSpan(Shape):
    """From when until when a facility stood."""

    from_at: Name | None = None
    until_at: Name | None = None
    source: Line


class Agreement(Shape):
    """What was agreed about a facility."""

    name: Line
    party: OptionalLine | None = None
    note: OptionalLine | None = None
    source: Line
    since: Name | None = None


class NameSource(Shape):
    """Who uses a name."""

    name: Line
    source: Line
    as_of: Name | None = None


class Facility(Shape):
    """One entry of the register; what has no default is needed, what is null is not said."""

    facility_id: Name
    names: Annotated[list[FacilityName], Field(max_length=LIST_ITEMS_MAX)]
    kind: Name
    place: Name
    site_radius_m: Count
    rings_m: Annotated[list[Count], Field(max_length=LIST_ITEMS_MAX)]
    operator_de_jure: Annotated[list[Holding], Field(max_length=LIST_ITEMS_MAX)]
    controlling_force_de_facto: Annotated[list[Holding], Field(max_length=LIST_ITEMS_MAX)]
    protected_status: Annotated[list[ProtectedStatus], Field(max_length=LIST_ITEMS_MAX)]
    special_sign: Name
    dependencies: Annotated[list[Dependency], Field(max_length=LIST_ITEMS_MAX)]
    facts: Annotated[list[Fact], Field(max_length=LIST_ITEMS_MAX)]
    disclosure: Name
    positions: Annotated[list[Position], Field(max_length=LIST_ITEMS_MAX)] | None = None
    shape: SiteShape | None = None
    components: Annotated[list[Component], Field(max_length=LIST_ITEMS_MAX)] | None = None
    hazards: Annotated[list[Hazard], Field(max_length=LIST_ITEMS_MAX)] | None = None
    pillars: Annotated[list[Pillar], Field(max_length=LIST_ITEMS_MAX)] | None = None
    monitors: Annotated[list[Monitor], Field(max_length=LIST_ITEMS_MAX)] | None = None
    review_due_at: Name | None = None
    consequences: Annotated[list[Consequence], Field(max_length=LIST_ITEMS_MAX)] | None = None
    life: Annotated[list[LifeSpan], Field(max_length=LIST_ITEMS_MAX)] | None = None
    agreements: Annotated[list[Agreement], Field(max_length=LIST_ITEMS_MAX)] | None = None
    name_sources: Annotated[list[NameSource], Field(max_length=LIST_ITEMS_MAX)] | None = None
    record_source: Line | None = None
    applies_from_at: Name | None = None


class ConcernStep(Shape):
    """A person's step on a concern."""

    concern: Name
    step: Name
    reason: Text


class AlarmAccepted(Shape):
    """Our acceptance of an alarm; it tells the peer nothing."""

    alarm: Name


class Judgement(Shape):
    """What a person judges the silence of a line to be; it tells the other side nothing."""

    line: Line | None = Field(default=None, description="Counterpart's party code or start of the line's id.")
    judged: Literal["cut", "technical"]
    reason: Text


class Decision(Shape):
    """A decision with its options, reason and the information of that minute."""

    what: Text
    options: Annotated[list[Line], Field(max_length=LIST_ITEMS_MAX)]
    chosen: Line
    reason: Text
    information: Text
    channel: Name | None = Field(default=None, description="The channel that it is about.")
    not_used: bool = Field(default=False, description="The channel was considered and not used.")
    subject: Line | None = None
    concern: Name | None = None
    case: Name | None = None
    evidence: Annotated[list[Line], Field(max_length=LIST_ITEMS_MAX)] | None = None
    taken_from: Name | None = Field(default=None, description="When it was taken; null: now.")
    taken_until: Name | None = Field(default=None, description="The latest that it can have been taken.")
    decided_by: Line | None = Field(default=None, description="Who took it, when that is not who enters it.")
    proof: Name | None = Field(default=None, description="ATTESTED or REPORTED.")
    sources: Annotated[list[Line], Field(max_length=LIST_ITEMS_MAX)] | None = None


class PreApproved(Shape):
    """These officers may release these forms alone, on this subject, for so long."""

    kind: Literal["pre-approved"]
    officers: Annotated[list[Name], Field(min_length=1, max_length=LIST_ITEMS_MAX)]
    forms: Annotated[list[Name], Field(min_length=1, max_length=LIST_ITEMS_MAX)]
    facility: Name | None = None
    valid_s: Count
    covers_checks: bool = False


class Voice(Shape):
    """A recorded voice authority for one draft."""

    kind: Literal["voice"]
    draft: Name
    given_by: Name
    called_back: bool
    covers_checks: bool = False


class Countersign(Shape):
    """The countersignature under a voice authority."""

    kind: Literal["countersign"]
    delegation: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")] = Field(
        description="Record id of the voice authority."
    )


Delegated: TypeAlias = Annotated[PreApproved | Voice | Countersign, Field(discriminator="kind")]
"""A delegation, told by its kind."""
