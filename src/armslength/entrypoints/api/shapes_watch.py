"""The shapes of what comes in for the register and the watch: files, rules, windows of silence, lists of sites."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

from pydantic import Field

from armslength.desk.service_watch import RULES_BYTES_MAX
from armslength.entrypoints.api.shapes import LIST_ITEMS_MAX, Acts, Count, Hash, Line, Name, PreparedText, Shape, Text

MAPPING_CHARS_MAX: Final = 40_000
"""A mapping file: it is signed with the import, whose record has at most 64 KiB."""

OPTIONS_MAX: Final = 32
"""As the desk's bound of one import."""

Option: TypeAlias = Annotated[str, Field(max_length=MAPPING_CHARS_MAX)]
Lines: TypeAlias = Annotated[list[Line], Field(min_length=1, max_length=LIST_ITEMS_MAX)]
Codes: TypeAlias = Annotated[list[Name], Field(min_length=1, max_length=LIST_ITEMS_MAX)]

FileData: TypeAlias = Annotated[str, Field(json_schema_extra={"contentEncoding": "base64"})]
"""A file in base64. The gate bounds its size, and it is decoded outside of the node's loop."""


class ImportFile(Shape):
    """A file of facilities or of reports, as a person hands it over."""

    what: Literal["facilities", "reports"]
    reader: Annotated[str, Field(max_length=64)] = Field(default="", description="A reader's name; empty: find out.")
    name: Line = Field(description="The file's name, for people.")
    data: FileData = Field(description="The file in base64, at most 64 MiB of it.")
    options: Annotated[dict[Name, Option], Field(max_length=OPTIONS_MAX)] = Field(
        default_factory=dict, description="What a reader is told besides: mapping, member, region, as_of, kind."
    )


class SubmitImport(Shape):
    """A prepared import with the acts signed over it, and its file once more."""

    prepared: PreparedText = Field(description="What prepare returned, unchanged.")
    acts: Acts
    data: FileData = Field(description="The very file, in base64.")


class RuleFile(Shape):
    """A rule file of the watch, as its text."""

    text: Annotated[str, Field(min_length=1, max_length=RULES_BYTES_MAX)] = Field(description="TOML.")


class UseRules(RuleFile):
    """A rule file that is to be in force, and why."""

    reason: Text


# --- windows of silence -----------------------------------------------------------------------------------------------


class CircleZone(Shape):
    """A circle around a place."""

    shape: Literal["CIRCLE"]
    centre: Name
    radius_m: Count


class PolygonZone(Shape):
    """An area within some places."""

    shape: Literal["POLYGON"]
    points: Codes


class RouteZone(Shape):
    """A way along some places, so wide on both sides together."""

    shape: Literal["ROUTE"]
    points: Codes
    width_m: Count


Zone: TypeAlias = Annotated[CircleZone | PolygonZone | RouteZone, Field(discriminator="shape")]
"""Where it is to be silent, told by its form."""


class WindowPlan(Shape):
    """A window of silence of ours."""

    lines: Codes = Field(description="Counterparts' party codes, or starts of lines' ids.")
    zone: Zone
    works: Codes
    crews: Lines
    parties: Codes = Field(description="Who is asked for an assurance.")
    from_: Name = Field(alias="from")
    until: Name
    assure_by: Name
    observers: Annotated[list[Line], Field(max_length=LIST_ITEMS_MAX)] = Field(default_factory=list)
    facility: Name | None = Field(default=None, description="What the works serve.")


class _Step(Shape):
    """A person's step on a window."""

    window: Name
    reason: Text


class PlainStep(_Step):
    """A step that needs nothing but its reason."""

    step: Literal["green", "resume", "abort"]


class CrewStep(_Step):
    """Crews go out, or are back; nobody named means all."""

    step: Literal["crews-out", "crews-back"]
    crews: Annotated[list[Line], Field(max_length=LIST_ITEMS_MAX)] = Field(default_factory=list)


class AssuranceStep(_Step):
    """An assurance that came on paper or by voice; one by message speaks for itself."""

    step: Literal["assurance"]
    party: Name
    said: Literal["GIVEN", "NOT-GIVEN", "WITHDRAWN"]
    means: Literal["PAPER", "VOICE"]
    commands: Lines
    reference: Line
    from_: Name | None = Field(default=None, alias="from", description="Null: the window's own beginning.")
    until: Name | None = None


class RescheduleStep(_Step):
    """Another time for the window; assurances that do not cover it fall."""

    step: Literal["reschedule"]
    from_: Name = Field(alias="from")
    until: Name
    assure_by: Name


class ViolationStep(_Step):
    """A violation observed; without evidence it is kept and not counted."""

    step: Literal["violation"]
    at: Name
    by: Name | None = Field(default=None, description="Party code of those held to have done it; null, nobody.")
    what: Line
    evidence: Annotated[list[Line], Field(max_length=LIST_ITEMS_MAX)] = Field(default_factory=list)


class CloseStep(_Step):
    """The window is closed, with the pillars as they were reported then."""

    step: Literal["close"]
    pillars: Annotated[
        list[Annotated[list[Name], Field(min_length=2, max_length=2)]], Field(max_length=LIST_ITEMS_MAX)
    ] = Field(default_factory=list)


WindowStep: TypeAlias = Annotated[
    PlainStep | CrewStep | AssuranceStep | RescheduleStep | ViolationStep | CloseStep, Field(discriminator="step")
]
"""A step on a window, told by its kind."""


class WindowNamed(Shape):
    """A window of silence."""

    window: Name


# --- lists and notices of sites ---------------------------------------------------------------------------------------


class ListedSite(Shape):
    """A facility of our list, and how precisely its place is told; null, not at all."""

    facility: Name
    precision_m: Count | None = None


class SiteList(Shape):
    """The date of a year's exchange and, with sites, our list for it."""

    line: Name | None = None
    year: Count
    due: Name
    sites: Annotated[list[ListedSite], Field(min_length=1, max_length=512)] | None = None


class _Filled(Shape):
    """A message whose fields the desk fills from what it holds."""

    line: Name | None = Field(
        default=None, description="Peer's party code or start of the line's id; null, the only line."
    )
    precedence: Name | None = Field(default=None, description="Name or prosign; null, the form's usual one.")


class FilledWindow(_Filled):
    """The WINDOW of a line."""

    kind: Literal["window"]
    window: Name


class FilledStatus(_Filled):
    """A WINDOW-STATUS: how a window stands here."""

    kind: Literal["window-status"]
    window: Name
    reason: Name = Field(description="A code of WINDOW_REASON.")


class FilledAssurance(_Filled):
    """Our ASSURANCE for a window that the other side proposed."""

    kind: Literal["assurance"]
    window: Name
    said: Literal["GIVEN", "NOT-GIVEN", "WITHDRAWN"]
    commands: Lines
    from_: Name | None = Field(default=None, alias="from", description="Null: the window's own beginning.")
    until: Name | None = None


class FilledNotice(_Filled):
    """A SITE-NOTICE: chosen facts of one facility."""

    kind: Literal["site-notice"]
    facility: Name
    tell: Annotated[list[Name], Field(max_length=LIST_ITEMS_MAX)] = Field(
        description="Beside name and kind: names, place, special-sign, legal-basis."
    )
    valid_until: Name
    precision_m: Count | None = Field(default=None, description="Metres; needed when the place is told.")
    language: Name | None = None
    replaces: Hash | None = Field(default=None, description="The notice that this one updates.")


class FilledWithdrawal(_Filled):
    """A notice of ours taken back; what was read stays read."""

    kind: Literal["withdrawal"]
    notice: Hash


class FilledList(_Filled):
    """A LIST-EXCHANGE: our commitment, or our list once both commitments are held."""

    kind: Literal["list"]
    year: Count
    stage: Literal["COMMIT", "REVEAL"]


class FilledPhrase(_Filled):
    """A PHRASE: numbers of the codebook, each with its arguments; marked DRAFT where an entry is one."""

    kind: Literal["phrase"]
    phrases: Annotated[
        list[
            Annotated[
                list[Line | Count | Annotated[list[Line], Field(max_length=LIST_ITEMS_MAX)]],
                Field(min_length=1, max_length=LIST_ITEMS_MAX),
            ]
        ],
        Field(min_length=1, max_length=LIST_ITEMS_MAX),
    ]
    answers: Hash | None = Field(default=None, description="The message that it answers.")


class FilledApproval(_Filled):
    """A CODEBOOK: entries that our linguists approve, or no longer do."""

    kind: Literal["codebook-approval"]
    first: Name = Field(description="First entry, for example 010.")
    last: Name | None = Field(default=None, description="Null: the first alone.")
    languages: Annotated[list[Name], Field(max_length=LIST_ITEMS_MAX)] | None = Field(
        default=None, description="Null: the codebook's languages of both ends."
    )
    approved: bool = True


Filled: TypeAlias = Annotated[
    FilledWindow
    | FilledStatus
    | FilledAssurance
    | FilledNotice
    | FilledWithdrawal
    | FilledList
    | FilledPhrase
    | FilledApproval,
    Field(discriminator="kind"),
]
"""A message that the desk fills, told by its kind."""
