"""The shapes of what goes out of register and watch, for the documentation and for the tests that hold answers to them.

The answers themselves are made by the desk (`desk.service_watch`, `desk.service_imports`, `desk.service_windows`).
"""

from __future__ import annotations

from typing import Any

from pydantic import Field

from armslength.entrypoints.api.answers import Answer, Prepared

Rows = list[dict[str, Any]]
"""Rows of a fixed form that the specification of the record gives, each with its source."""


# --- facilities -------------------------------------------------------------------------------------------------------


class FacilitySite(Answer):
    """The site's outline or course, without its vertices."""

    kind: str
    source: str


class FacilityRecord(Answer):
    """Everything that the register says of a facility, each with its source and date."""

    facility_id: str
    names: list[dict[str, str]]
    kind: str
    place: str
    mgrs: str
    precision_m: int
    site_radius_m: int
    rings_m: list[int]
    special_sign: str
    disclosure: str
    record_source: str
    applies_from: str | None
    review_due: str | None
    positions: Rows
    shape: FacilitySite | None
    operator_de_jure: Rows
    controlling_force_de_facto: Rows
    protected_status: Rows
    dependencies: Rows
    components: Rows
    hazards: Rows
    pillars: Rows
    monitors: Rows
    consequences: Rows
    life: Rows
    agreements: Rows
    facts: Rows
    versions: int
    needed_by: list[dict[str, str]]
    document: dict[str, Any] = Field(description="The record as a file has it: what a correction begins with.")


class FieldChange(Answer):
    """What a version says of one field, and what the one before said."""

    field: str
    before: Any
    after: Any


class FacilityVersion(Answer):
    """One version of a facility and what it changed."""

    version: int
    applies_from: str | None
    source: str
    changes: list[FieldChange]


# --- reports and concerns ---------------------------------------------------------------------------------------------


class Report(Answer):
    """One report, with both clocks: when it happened and when it reached us."""

    report_id: str
    kind: str
    what: str
    from_: str = Field(alias="from")
    until: str
    received_at: str
    place: str
    place_name: str
    uncertainty_m: int
    located_by: str
    who_says: str
    acknowledged_by: Rows
    source: str
    address: str
    grade: str
    text: str
    language: str
    links: list[dict[str, str]]
    stands_for: int
    entry: int


class CitedBy(Answer):
    """A concern that cites a report, and when it was flagged."""

    id: str
    flagged_at: str | None


class ReportShown(Report):
    """One report with the concerns that cite it."""

    concerns: list[CitedBy]


class Concern(Answer):
    """One concern with its evidence and steps, and what the rules said for and against it."""

    id: str
    facility: str
    status: str
    flagged_at: str | None
    evidence: list[str]
    conveyed: Rows
    history: Rows
    rank: int
    certainty: str | None
    day: str | None
    against: list[str]
    rules: list[str]


class ConcernShown(Concern):
    """One concern with the reports that it rests on."""

    facility_name: str
    reports: list[Report]


class WatchFinding(Answer):
    """What the watch found of a facility on a day, raised or held back, and why."""

    day: str
    act: str
    rule: str
    reason: str
    against: list[str]
    evidence: list[str]
    rank: int
    raised: bool
    rules: str
    entry: int


# --- rules ------------------------------------------------------------------------------------------------------------


class Rules(Answer):
    """Rules of the watch, sentence by sentence."""

    name: str
    version: str
    shipped: bool
    sentences: list[str]


class RulesInForce(Rules):
    """The rules in force, with the file that a person changes."""

    text: str


class FlaggedDay(Answer):
    """A facility on a day on which it would have been flagged."""

    facility: str
    day: str


class WhatIf(Answer):
    """What other rules would have flagged over everything that the watch ever saw."""

    in_force: str
    other: str
    sentences: list[str]
    only_in_force: list[FlaggedDay]
    only_other: list[FlaggedDay]
    both: int


# --- imports ----------------------------------------------------------------------------------------------------------


class RefusedRow(Answer):
    """A row that was not accepted, and why."""

    row: int
    code: str
    reason: str


class Skipped(Answer):
    """Rows left out on purpose."""

    reason: str
    rows: int


class Merged(Answer):
    """Rows of several sources that became one facility, and on what ground."""

    facility_id: str
    rows: list[int]
    ground: str


class Disagreement(Answer):
    """Sources that say different things of one facility."""

    facility_id: str
    what: str
    sentence: str
    distance_m: float | None
    limit_m: float | None


class Sample(Answer):
    """One row as it would be entered."""

    id: str | None
    what: str
    text: str
    place: str


class DryRun(Answer):
    """What a file holds and what of it would be entered; nothing was."""

    what: str
    reader: str
    source: str
    file: str
    file_hash: str
    received_at: str
    rows_read: int
    accepted: int
    known: int
    to_enter: int
    batches: int
    refused: int
    refused_rows: list[RefusedRow]
    skipped: list[Skipped]
    merged: list[Merged]
    merged_count: int
    disagreements: list[Disagreement]
    disagreement_count: int
    sample: list[Sample]


class PreparedImport(Prepared):
    """A prepared import with its dry run."""

    import_: DryRun = Field(alias="import")


class Imported(Answer):
    """What became of an import: the rows that it stands for, and the batches entered just now."""

    type: str
    id: str
    rows: int
    batches: int


class Import(Answer):
    """One import with its progress."""

    id: str
    what: str
    reader: str
    file: str
    officer: str | None
    at: str | None
    rows: int
    rows_entered: int
    refused: int
    finished: bool


# --- windows, notices, lists ------------------------------------------------------------------------------------------


class Window(Answer):
    """One window of silence: plan, status, each party's assurance, who is missing, counts."""

    window: str
    proposer: str
    facility: str | None
    zone: list[Any]
    from_: str | None = Field(alias="from")
    until: str | None
    assure_by: str | None
    works: list[str]
    crews: list[str]
    observers: list[str]
    parties: list[str]
    lines: list[str]
    status: str
    changed_at: str | None
    assurances: Rows
    missing: list[str]
    counts: dict[str, int]
    crews_out: list[str]
    told: dict[str, Any] | None
    outcome: str
    pillars: list[list[str]]


class WindowShown(Window):
    """One window with its violations and its history."""

    violations: Rows
    history: Rows


class Committed(Answer):
    """What a side is bound to: the digest of its list, and how many sites are on it."""

    digest: str
    count: int


class ListExchange(Answer):
    """One year's exchange of lists on a line."""

    year: int
    line: str
    commit_due_at: str | None
    due_at: str | None
    status: str
    our_list_recorded: bool
    ours: Committed | None
    theirs: Committed | None
    theirs_revealed: Any
    mismatch: str | None
    early: Any


class Disclosure(Answer):
    """What was told of a facility on a line."""

    notice: str
    facility: str
    line: str
    ours: bool
    told: list[str]
    precision_m: int | None
    valid_until: str | None
    expired: bool
    at: str | None
    ended_at: str | None
    ended_by: str | None
    receipts: dict[str, Any]
