"""What a map shows of the register and of the reports, column by column: tens of thousands in one answer.

A list of records says everything of a few; a map says little of all. The columns of the register are made once for each
state of it and each language, and kept as the bytes that are sent.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from armslength.core.instants import DAY_US, Instant
from armslength.core.record import parse_item
from armslength.desk import batches, register_cache, report_lookup, views
from armslength.register.reports import ReportKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from armslength.desk.books import Books

Json = dict[str, Any]

REPORTS_MAX: Final = 20_000
"""Reports of one map: some 2 MB, and more marks than a person can tell apart."""

SPAN_DAYS: Final = 30
"""Days of reports where nobody says which."""

LANGUAGES_MAX: Final = 8
"""Languages in which the columns are kept; a charter has two or three."""

OUTLINE_POINTS_MAX: Final = 200_000
"""Points of all outlines on one map; sites whose outline comes after it are shown as points with their radius."""

TITLE_CHARS: Final = 120
"""Characters of a report's place name on the map; the report itself has all of it."""

BATCHES_KEPT: Final = 64
"""Batches whose columns are kept at a time, 400 kB each at most."""


class _Kept:
    """Columns of the register as of a state of it, and of report batches, which never change."""

    def __init__(self) -> None:
        self.state: tuple[int, bytes] = (-2, b"")
        self.answers: dict[str, bytes] = {}
        self.batches: dict[tuple[int, bytes], list[Json]] = {}


def read_map(books: Books, language: str, known: str = "") -> bytes:
    """Return every facility as columns, as JSON: what is at one index of each column belongs together.

    Args:
        books: of a reading unit.
        language: in which names are given where the register has them; else each by its first name.
        known: `version` of an answer that the caller holds; where it still holds, only the version comes back.
    """
    with books.kept.lock:
        kept = books.kept.of(_Kept)
        state = _state(books)
        if kept.state != state:
            kept.state = state
            kept.answers.clear()
        version = f"{state[0]}-{state[1][:8].hex()}-{language}"
        if known == version:
            return _bytes({"version": version, "columns": None})
        if language not in kept.answers:
            if len(kept.answers) >= LANGUAGES_MAX:
                kept.answers.clear()
            kept.answers[language] = _bytes({"version": version, "columns": _columns(books, language)})
        return kept.answers[language]


def _bytes(value: Json) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def _state(books: Books) -> tuple[int, bytes]:
    # The index alone does not do: an entry that was undone leaves its index to another.
    stored = books.unit.get(views.WATCH, views.REGISTER_VERSION)
    version = stored if isinstance(stored, int) else -1
    return version, books.unit.leaf(version) if version >= 0 else b""


def _columns(books: Books, language: str) -> Json:
    rows = [(key.decode(), row) for key, row in views.rows(books.unit, views.FACILITIES)]
    kinds = sorted({str(row[8]) for _, row in rows})
    signs = sorted({str(row[15]) for _, row in rows})
    rings = sorted({tuple(row[7]) for _, row in rows})
    kind_at, sign_at = {one: at for at, one in enumerate(kinds)}, {one: at for at, one in enumerate(signs)}
    ring_at = {one: at for at, one in enumerate(rings)}
    return {
        "kinds": kinds,
        "signs": signs,
        "rings_m": [list(one) for one in rings],
        "id": [facility_id for facility_id, _ in rows],
        "name": [_name(row[11], language) for _, row in rows],
        "also": [[at, name] for at, (_, row) in enumerate(rows) for name in _others(row[11], language)],
        "kind": [kind_at[row[8]] for _, row in rows],
        "lat_e7": [row[4] for _, row in rows],
        "lon_e7": [row[5] for _, row in rows],
        "precision_m": [row[10] for _, row in rows],
        "radius_m": [row[6] for _, row in rows],
        "rings": [ring_at[tuple(row[7])] for _, row in rows],
        "sign": [sign_at[row[15]] for _, row in rows],
        "needs": [[at, on, kind] for at, (_, row) in enumerate(rows) for on, kind in row[12]],
        "outlines": list(_outlines(books, rows)),
    }


def _name(names: Sequence[tuple[str, str]], language: str) -> str:
    return next((name for tag, name in names if tag == language), names[0][1] if names else "")


def _others(names: Sequence[tuple[str, str]], language: str) -> Sequence[str]:
    # A place is looked for by any of its names, in whichever language the searcher has it.
    return sorted({name for _, name in names} - {_name(names, language)})


def _outlines(books: Books, rows: Sequence[tuple[str, views.Row]]) -> Iterator[Json]:
    cache = register_cache.Cache(books)
    left = OUTLINE_POINTS_MAX
    drawn = sorted((row[1], row[3] or 0, at) for at, (_, row) in enumerate(rows) if row[9])
    # In the order of their entries, so that each batch is read once.
    for _, _, at in drawn:
        facility = cache.facility(rows[at][0])
        shape = None if facility is None else facility.shape
        if shape is None:
            continue
        parts = [[list(point) for point in ring] for part in shape.parts for ring in part]
        left -= sum(len(part) for part in parts)
        if left < 0:
            return
        yield {"facility": at, "kind": shape.kind, "parts": parts}


# --- reports ----------------------------------------------------------------------------------------------------------


def read_map_reports(books: Books, since: Instant | None, until: Instant | None, limit: int) -> Json:
    """Return reports of what happened in an interval as columns, those entered last first where there are too many.

    Args:
        books: of a reading unit.
        since: the interval's beginning; `SPAN_DAYS` before its end without one.
        until: its end; now without one.
        limit: reports at most.
    """
    end = until if until is not None else books.now
    begin = since if since is not None else Instant(end - SPAN_DAYS * DAY_US)
    wanted = max(0, min(limit, REPORTS_MAX))
    found: list[Json] = []
    more = False
    with books.kept.lock:
        for one in _newest(books, books.kept.of(_Kept), begin, end):
            if one["from"] < end and one["until"] >= begin:
                if len(found) >= wanted:
                    more = True
                    break
                found.append(one)
    found.sort(key=lambda one: (one["from"], one["id"]))
    kinds = [kind.value for kind in ReportKind]
    whats = sorted({one["what"] for one in found})
    located = sorted({one["located"] for one in found})
    what_at, located_at = {one: at for at, one in enumerate(whats)}, {one: at for at, one in enumerate(located)}
    return {
        "kinds": kinds,
        "whats": whats,
        "located_by": located,
        "more": more,
        "id": [one["id"] for one in found],
        "kind": [kinds.index(one["kind"]) for one in found],
        "what": [what_at[one["what"]] for one in found],
        "located": [located_at[one["located"]] for one in found],
        "title": [one["title"] for one in found],
        "lat_e7": [one["lat"] for one in found],
        "lon_e7": [one["lon"] for one in found],
        "uncertainty_m": [one["uncertainty"] for one in found],
        "from_ms": [one["from"] // 1_000 for one in found],
        "until_ms": [one["until"] // 1_000 for one in found],
    }


def _newest(books: Books, kept: _Kept, begin: Instant, end: Instant) -> Iterator[Json]:
    singles = sorted((row for _, row in views.rows(books.unit, views.REPORTS)), key=lambda row: -int(row[1]))
    for row in singles:
        held = books.unit.content(row[1]) if row[5] < end and row[6] >= begin else None
        if held is not None:
            body = parse_item(held[1]).body
            yield _row(body, report_lookup.report_id_of(body))
    cited = {row[4] for row in singles}
    for _, row in reversed(views.rows(books.unit, views.REPORT_BATCHES)):
        if row[5] < end and row[6] >= begin:
            yield from (one for one in _batch(books, kept, row[1]) if one["id"] not in cited)


def _batch(books: Books, kept: _Kept, index: int) -> list[Json]:
    # What was destroyed since is gone from here too.
    held = books.unit.content(index)
    if held is None:
        return []
    key = (index, books.unit.leaf(index))
    if key not in kept.batches:
        if len(kept.batches) >= BATCHES_KEPT:
            del kept.batches[next(iter(kept.batches))]
        rows = batches.batch_rows(parse_item(held[1]).body)
        kept.batches[key] = [_row(body, str(body[20])) for body in rows]
    return kept.batches[key]


def _row(body: Mapping[int, Any], report_id: str) -> Json:
    place, span = body[23], body[22]
    return {
        "id": report_id,
        "kind": body[21],
        "what": body[25],
        "title": str(body.get(33) or "")[:TITLE_CHARS],
        "located": str(body.get(34) or "UNSTATED"),
        "lat": place[0],
        "lon": place[1],
        "uncertainty": body[24],
        "from": span[0],
        "until": span[1],
    }
