"""What an import found, before anything is entered: every row accepted, refused with its number and reason, or merged.

An import is a dry run first. A person reads this result and then signs for the whole of it; nothing is half imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

REFUSED_SHOWN_MAX: Final = 1_000
"""Refused rows kept with their reason; of more, only the count: a file wrong throughout has one mistake."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedRow:
    """One row that is not imported.

    Args:
        row: number of the row in the file, the header is 1; 0 when the format has no rows.
        code: stable error code.
        reason: what was expected and what came, one sentence.
    """

    row: int
    code: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Sources put one facility at places further apart than its kind allows, or state different things of it.

    Args:
        facility_id: which.
        what: ``POSITION`` or the field that differs.
        sentence: both accounts with their sources, for a person.
        distance_m: metres between the two furthest positions, None for another field.
        limit_m: metres that this kind of facility may differ by.
    """

    facility_id: str
    what: str
    sentence: str
    distance_m: int | None = None
    limit_m: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Rows or sources that were taken for one facility, and on what ground."""

    facility_id: str
    rows: tuple[int, ...]
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRun(Generic[T]):
    """The result of reading one source whole.

    Args:
        source: name of the source and its licence.
        file_hash: SHA-256 of the file's bytes.
        rows_read: rows read, the header not counted.
        accepted: what would be entered, in the order of the file.
        refused: the first refused rows.
        refused_count: all of them.
        skipped: reason -> rows left out on purpose (a second header, a row without a place by its own word).
        merged: what was taken for one thing.
        disagreements: what a person must look at.
    """

    source: str
    file_hash: bytes
    rows_read: int
    accepted: tuple[T, ...]
    refused: tuple[RefusedRow, ...] = ()
    refused_count: int = 0
    skipped: tuple[tuple[str, int], ...] = ()
    merged: tuple[Merged, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
