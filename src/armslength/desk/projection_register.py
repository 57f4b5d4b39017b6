"""Views of the register and the watch: facilities and their versions, imports, batches of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.instants import Instant
from armslength.desk import batches, views, watch_state
from armslength.desk.importing import id_hash
from armslength.desk.watch_findings import finding_from_value
from armslength.register.flag_types import Act
from armslength.register.observations import observations_from_value
from armslength.register.site_names import SETTLEMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.projection import Fact, Projector
    from armslength.register.flag_types import Finding
    from armslength.register.observations import Observation


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
    """Count one more batch of the import that it belongs to; a feed's batch belongs to none."""
    key = cast("bytes", fact.body[20])
    row = views.row(fact.unit, views.IMPORTS, key)
    if row is not None:
        row[6], row[7], row[14] = row[6] + 1, row[7] + cast("int", fact.body[22]), (*row[14], fact.index)
        fact.unit.put(views.IMPORTS, key, row)


def _facility(fact: Fact) -> None:
    _put_facility(fact, fact.body, None)
    _register_changed(fact)


def _facility_batch(fact: Fact) -> None:
    for number, row in enumerate(batches.batch_rows(fact.body)):
        _put_facility(fact, row, number)
    _register_changed(fact)
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
    }
    _put_needs(fact, key, newest[12])
    fact.unit.put(views.FACILITIES, key, newest)
    fact.unit.put(views.FACILITY_VERSIONS, views.version_key(key, body.get(45), fact.index, number), where)


def _put_needs(fact: Fact, key: bytes, needs: tuple[tuple[str, str], ...]) -> None:
    """Keep who needs what, so that an event at one facility raises the watch at another (F3)."""
    before = views.row(fact.unit, views.FACILITIES, key)
    for on, _ in before[12] if before is not None else ():
        fact.unit.delete(views.NEEDS, needs_key(on, key))
    for on, kind in needs:
        fact.unit.put(views.NEEDS, needs_key(on, key), (key.decode(), kind))


def needs_key(on: str, facility: bytes) -> bytes:
    """Return the key of one dependency."""
    return on.casefold().encode() + b"\x00" + facility


def _register_changed(fact: Fact) -> None:
    fact.unit.put(views.WATCH, views.REGISTER_VERSION, fact.index)


def _report(fact: Fact) -> None:
    fact.unit.put(
        views.REPORTS,
        cast("bytes", fact.body[1]),
        {1: fact.index, 2: fact.entry.at, 3: fact.body.get(40), 4: fact.body.get(20)},
    )
    if isinstance(fact.body.get(20), str):
        fact.unit.put(views.REPORT_IDS, str(fact.body[20]).encode(), fact.index)


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
    until = Instant(cast("int", body[26]))
    for facility_id in sorted(seen.keys() | found.keys()):
        state = watch_state.facility(fact.unit, facility_id)
        after = watch_state.advanced(state, seen.get(facility_id, ()), found.get(facility_id, ()), rules, until)
        watch_state.put_facility(fact.unit, facility_id, after)
    flagged = sum(one.act is Act.FLAG for many in found.values() for one in many)
    if flagged:
        watch = cast("int", body[28])
        before = watch_state.flagged(fact.unit, watch)
        fact.unit.put(views.WATCH, watch_state.watch_key(watch), before + flagged)


def _rules(fact: Fact) -> None:
    fact.unit.put(views.WATCH, views.RULES, str(fact.body[20]))


def _report_batch(fact: Fact) -> None:
    rows = batches.batch_rows(fact.body)
    spans = [cast("tuple[int, int]", row[22]) for row in rows]
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
            7: b"".join(sorted(id_hash(str(row[20])) for row in rows)),
            8: fact.body[20],
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
