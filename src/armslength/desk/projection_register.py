"""Views of the register and the watch: facilities and their versions, imports, batches of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.instants import Instant
from armslength.desk import batches, projection_feeds, report_lookup, views, watch_campaigns, watch_state
from armslength.desk.watch_findings import finding_from_value
from armslength.register.flag_types import Act
from armslength.register.observations import observations_from_value
from armslength.register.site_names import SETTLEMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.projection import Fact, Projector
    from armslength.register.flag_types import Finding
    from armslength.register.observations import Observation


CHANGES_MAX: Final = 256
"""Facilities named as changed by one entry; after more of them the watch makes the whole register ready again."""


def _import(fact: Fact) -> None:
    body = fact.body
    fact.unit.put(
        views.IMPORTS,
        cast("bytes", body[1]),
        {
            1: fact.index,
            2: body[20],
            3: body[21],
            4: body[25],
            5: body[29],
            6: 0,
            7: 0,
            8: body[23],
            9: body.get(5),
            10: fact.entry.at,
            11: body[22],
            12: body[24],
            13: body[26],
            14: (),
        },
    )


def _advanced(fact: Fact) -> None:
    """Count one more batch of the import or feed that it belongs to."""
    key = cast("bytes", fact.body[20])
    row = views.row(fact.unit, views.IMPORTS, key)
    if row is not None:
        row[6], row[7], row[14] = row[6] + 1, row[7] + cast("int", fact.body[22]), (*row[14], fact.index)
        fact.unit.put(views.IMPORTS, key, row)
    elif fact.entry.kind == "report-batch":
        projection_feeds.batch_entered(fact)


def _facility(fact: Fact) -> None:
    _put_facility(fact, fact.body, None)
    _register_changed(fact, (str(fact.body[20]),))


def _facility_batch(fact: Fact) -> None:
    rows = batches.batch_rows(fact.body)
    for number, row in enumerate(rows):
        _put_facility(fact, row, number)
    _register_changed(fact, tuple(str(row[20]) for row in rows))
    _advanced(fact)


def _put_facility(fact: Fact, body: Mapping[int, Any], number: int | None) -> None:
    key = str(body[20]).encode()
    place = body[23]
    where: dict[int, Any] = {1: fact.index, 2: fact.entry.at, 3: number}
    newest = {
        **where,
        4: place[0],
        5: place[1],
        6: body[24],
        7: body[25],
        8: body[22],
        9: body.get(34) is not None,
        10: place[2],
        11: body[21],
        12: tuple((row[0], row[1]) for row in body[30]),
        13: tuple(row[:2] for row in body.get(41) or ()),
        14: tuple(row[1] for row in body.get(35) or () if row[2] == SETTLEMENT),
        15: body[29],
        16: bool(body[31]),
    }
    before = views.row(fact.unit, views.FACILITIES, key)
    newest[17] = body.get(45) is not None or (before is not None and before[17])
    _put_needs(fact, key, () if before is None else before[12], newest[12])
    _put_ages(fact, key, body)
    fact.unit.put(views.FACILITIES, key, newest)
    fact.unit.put(views.FACILITY_VERSIONS, views.version_key(key, body.get(45), fact.index, number), where)


def _put_needs(fact: Fact, key: bytes, before: tuple[tuple[str, str], ...], needs: tuple[tuple[str, str], ...]) -> None:
    """Keep who needs what, so that an event at one facility raises the watch at another (F3)."""
    for on, kind in before:
        fact.unit.delete(views.NEEDS, needs_key(on, key, kind))
    for on, kind in needs:
        fact.unit.put(views.NEEDS, needs_key(on, key, kind), (key.decode(), kind))


def _put_ages(fact: Fact, key: bytes, body: Mapping[int, Any]) -> None:
    """Keep since when nothing was said of a facility that has a monitor or a review date, for the daily tick."""
    monitors, review = body.get(38) or (), body.get(39)
    if not monitors and review is None:
        fact.unit.delete(views.WATCH_AGES, key)
        return
    stated = [row[4] for row in body.get(37) or ()] + [row[2] for row in monitors if row[2] is not None]
    spoken = max(stated, default=fact.entry.at) if monitors else None
    fact.unit.put(views.WATCH_AGES, key, {1: spoken, 2: fact.entry.at, 3: review})
    if fact.unit.get(views.WATCH_DAY, views.DAY) is None:
        fact.unit.put(views.WATCH_DAY, views.DAY, {1: None}, due=watch_state.next_day(fact.entry.at))


def watch_day(fact: Fact) -> None:
    """Remember that a day was judged; without a facility to be asked there is no next one."""
    at = cast("int", fact.body[22])
    if fact.unit.scan(views.WATCH_AGES, limit=1):
        fact.unit.put(views.WATCH_DAY, views.DAY, {1: at}, due=watch_state.next_day(at))
    else:
        fact.unit.delete(views.WATCH_DAY, views.DAY)


def needs_key(on: str, facility: bytes, kind: str) -> bytes:
    """Return the key of one dependency; a plant may need one dam for its water and for its power."""
    return b"\x00".join((on.casefold().encode(), facility, kind.encode()))


def _register_changed(fact: Fact, ids: tuple[str, ...]) -> None:
    fact.unit.put(views.WATCH, views.REGISTER_VERSION, fact.index)
    named = ids if len(ids) <= CHANGES_MAX else None
    fact.unit.put(views.REGISTER_CHANGES, fact.index.to_bytes(8, "big"), named)


def _report(fact: Fact) -> None:
    name = report_lookup.report_id_of(fact.body)
    span = cast("tuple[int, int]", fact.body[22])
    row = {1: fact.index, 2: fact.entry.at, 3: fact.body.get(44), 4: name, 5: span[0], 6: span[1]}
    fact.unit.put(views.REPORTS, cast("bytes", fact.body[1]), row)
    fact.unit.put(views.REPORT_IDS, name.encode(), fact.index)


def _watch_pass(fact: Fact) -> None:
    """Remember what a pass saw and found of each facility, by the rules that were in force."""
    body = fact.body
    rules = watch_state.rules(fact.unit)
    fact.unit.put(views.WATCH_PASSES, fact.index.to_bytes(8, "big"), {1: fact.entry.at})
    seen: dict[str, list[Observation]] = {str(one): [] for one in cast("tuple[str, ...]", body[27])}
    for one in observations_from_value(body[24]):
        seen.setdefault(one.facility_id, []).append(one)
    found: dict[str, list[Finding]] = {}
    for finding in (finding_from_value(value) for value in cast("tuple[Any, ...]", body[25])):
        found.setdefault(finding.facility_id, []).append(finding)
    watch_campaigns.remember(fact.unit, body)
    until = Instant(cast("int", body[26]))
    for facility_id in sorted(seen.keys() | found.keys()):
        if facility_id not in found and not watch_state.touches(seen[facility_id]):
            continue
        state = watch_state.facility(fact.unit, facility_id)
        after = watch_state.advanced(state, seen.get(facility_id, ()), found.get(facility_id, ()), rules, until)
        if after != state:
            watch_state.put_facility(fact.unit, facility_id, after)
    for findings in found.values():
        for raised in findings:
            if raised.act is Act.FLAG:
                watch = watch_state.watch_of(raised.day, until)
                before = watch_state.flagged(fact.unit, watch)
                fact.unit.put(views.WATCH, watch_state.watch_key(watch), before + 1)


def _rules(fact: Fact) -> None:
    fact.unit.put(views.WATCH, views.RULES, str(fact.body[20]))


def _report_batch(fact: Fact) -> None:
    rows = batches.batch_rows(fact.body)
    spans = [cast("tuple[int, int]", row[22]) for row in rows]
    hashes, numbers = report_lookup.packed_ids([str(row[20]) for row in rows])
    fact.unit.put(
        views.REPORT_BATCHES,
        fact.index.to_bytes(8, "big"),
        {
            1: fact.index,
            2: fact.entry.at,
            3: len(rows),
            4: fact.body[21],
            5: min(span[0] for span in spans),
            6: max(span[1] for span in spans),
            7: hashes,
            8: fact.body[20],
            9: numbers,
        },
    )
    _advanced(fact)


PROJECTORS: Final[dict[str, Projector]] = {
    "import": _import,
    "facility": _facility,
    "facility-batch": _facility_batch,
    "report": _report,
    "report-batch": _report_batch,
    "rules": _rules,
    "watch-pass": _watch_pass,
}
