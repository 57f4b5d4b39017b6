"""Reports that people wrote by hand, in our own JSON: ``{"reports": [...]}`` (`armslength.register.documents`).

Each entry says everything of itself: its place, uncertainty, interval, who says so, source, grade and when it was
received; what it says is kept. One wrong entry is refused with its number and the others are read.

Grade: as the author wrote it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from armslength.adapters.feed_reading import gather
from armslength.adapters.format_json import Json, read_json
from armslength.core.errors import LocalError
from armslength.register.documents import reports_from_document

if TYPE_CHECKING:
    from armslength.adapters.feed_reading import FeedOptions
    from armslength.adapters.format_unpack import OpenFile
    from armslength.register.importing import ImportRun
    from armslength.register.reports import Report

SOURCE: Final = "Reports entered by hand"
"""The source; each report names its own."""

ENTRIES_MAX: Final = 10_000
"""Reports of one file: what a watch writes in years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    number: int
    value: Json


def read_documents(file: OpenFile, options: FeedOptions) -> ImportRun[Report]:
    """Return the reports of a document in its order; a row is the entry's place in the list.

    Raises:
        LocalError: FILE-FORMAT, FILE-TOO-LARGE and what the file raises.
    """
    found = read_json(file)
    entries = found.get("reports") if isinstance(found, dict) and set(found) == {"reports"} else None
    if not isinstance(entries, list):
        raise LocalError("FILE-FORMAT", file=file.name, expected='{"reports": [...]}', got=type(found).__name__)
    if len(entries) > ENTRIES_MAX:
        raise LocalError("FILE-TOO-LARGE", file=file.name, expected=f"at most {ENTRIES_MAX} reports", got=len(entries))

    def report(entry: _Entry) -> Report:
        return reports_from_document({"reports": [entry.value]})[0]

    rows = (_Entry(number=number, value=value) for number, value in enumerate(entries, start=1))
    return gather(file, SOURCE, rows, report, options)
