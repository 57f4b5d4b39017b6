"""Strikes on many sites of the energy system in one window are one grouped concern, told in one file or in several."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.readers import FileReaders
from armslength.core.instants import DAY_US, Instant
from armslength.core.places import Place
from armslength.desk import importing, views, watch_campaigns, watch_state, watching
from armslength.desk.rebuilding import rebuild
from armslength.journal.entry import parse_leaf
from armslength.register import concerns
from armslength.register.facilities import Facility
from armslength.register.importing import ImportRun
from armslength.register.reports import Grade, Reliability, Report, ReportKind
from armslength.register.rules import read_rules
from builders import two_nodes
from builders.shared_data import shared_data
from builders.two_nodes import START, WATCH, TwoNodes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from armslength.register.concerns import Concern

SYSTEM = "SYSTEM-energy"
TEXTS = (
    "Missile strike on a substation in the north, the town is without light",
    "Rockets hit a power station, fires are put out",
    "An attack on the power grid in the west of the country",
    "Strikes on substations, emergency cuts",
)
"""Constructed."""

STRIKE = Report(
    report_id="s-0",
    kind=ReportKind.EVENT,
    from_at=START,
    until_at=START,
    place=Place(lat_e7=500000000, lon_e7=240000000, precision_m=5_000),
    uncertainty_m=5_000,
    what="MISSILE-STRIKE",
    who_says="a newspaper",
    source="constructed",
    received_at=START,
    text=TEXTS[0],
    language="en",
    grade=Grade(reliability=Reliability.FAIRLY_RELIABLE, credibility=3),
    located_by="SETTLEMENT",
)


def strikes(count: int, *, first: int = 0, hours: float = 0.0, **changes: Any) -> tuple[Report, ...]:
    """Return strikes on the system, each a hundred kilometres from the other and told in other words."""
    at = Instant(START + round(hours * 3_600_000_000))
    return tuple(
        replace(
            STRIKE,
            report_id=f"s-{first + n}",
            from_at=at,
            until_at=at,
            place=replace(STRIKE.place, lon_e7=240000000 + 15000000 * (first + n)),
            text=f"{TEXTS[n % len(TEXTS)]}, {first + n}",
            **changes,
        )
        for n in range(count)
    )


def entered(two: TwoNodes, what: str, rows: Sequence[Any]) -> None:
    """Enter rows as an import does, and judge them."""
    data = repr(rows).encode()
    source = importing.Source(what=what, reader="test", name="file", data=data, received_at=START)
    run: Any = ImportRun(
        source="constructed", file_hash=sha256(data).digest(), rows_read=len(rows), accepted=tuple(rows)
    )
    with two.eucom.read() as books:
        staged = importing.stage(books, source, run)
        prepared = importing.prepare_import(books, two.eucom.officer(WATCH), staged)
    with two.eucom.write() as books:
        importing.begin(books, two.eucom.signed(prepared, "record", WATCH), staged)
    for number, batch, part in importing.numbered(staged):
        with two.eucom.write() as books:
            index = importing.enter_batch(books, prepared.body[1], number, batch)  # type: ignore[arg-type]  # an id
            assert index is not None
            seen = None
            if what == "reports":
                watched = books.watch.get(books)
                seen = (watched, watched.observe(part))
            watching.watch_batch(books, part, index, seen)


def found(two: TwoNodes) -> list[Concern]:
    with two.eucom.read() as books:
        every = [concerns.concern_from_value(value) for _, value in books.unit.scan(views.CONCERNS)]
    return [one for one in every if one.facility_id == SYSTEM]


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.strangers()


def test_a_wave_is_one_concern_with_all_its_reports_and_rebuilds(two: TwoNodes) -> None:
    entered(two, "reports", strikes(5))
    [one] = found(two)
    assert one.status is concerns.Status.FLAGGED
    assert set(one.evidence) == {f"s-{n}" for n in range(5)}
    assert "5 places" in one.history[0].reason
    with two.eucom.write() as books:
        rebuild(books)


def test_a_wave_told_in_several_files_is_found_with_the_last_and_grows(two: TwoNodes) -> None:
    for number in range(3):
        entered(two, "reports", strikes(1, first=number, hours=number))
        assert len(found(two)) == (number == 2)
    entered(two, "reports", strikes(2, first=10, hours=6))
    [one] = found(two)
    assert one.status is concerns.Status.CORROBORATED
    assert len(one.evidence) == 5
    with two.eucom.write() as books:
        rebuild(books)


def test_it_is_added_to_three_times_a_day_and_then_counted_only(two: TwoNodes) -> None:
    entered(two, "reports", strikes(3))
    for number in range(6):
        entered(two, "reports", strikes(1, first=10 + number, hours=0.1 * number))
    assert len(found(two)) == 1
    with two.eucom.read() as books:
        kinds = [parse_leaf(books.unit.leaf(index)).kind for index in range(books.unit.frontier().size)]
    assert kinds.count("concern-step") == 3


def test_the_next_wave_is_another_concern(two: TwoNodes) -> None:
    entered(two, "reports", strikes(3))
    entered(two, "reports", strikes(3, first=20, hours=8 * 24))
    assert len(found(two)) == 2
    with two.eucom.read() as books:
        _, _, waves = watch_campaigns.remembered(books.unit, watch_campaigns.ENERGY)
    assert len(waves) == 2


@pytest.mark.parametrize(
    "reports",
    [
        strikes(2),
        strikes(4, what="OTHER-ACTIVITY"),
        strikes(4, kind=ReportKind.DENIAL),
        tuple(replace(one, text="Shelling of a village, number 1") for one in strikes(4)),
        tuple(replace(one, text=TEXTS[0]) for one in strikes(4)),
        tuple(replace(one, place=STRIKE.place) for one in strikes(4)),
    ],
    ids=["two", "no-strike", "denied", "other-things", "one-text", "one-place"],
)
def test_what_is_no_wave_is_none(two: TwoNodes, reports: tuple[Report, ...]) -> None:
    entered(two, "reports", reports)
    assert found(two) == []


def test_rules_that_ask_for_no_campaigns_keep_nothing() -> None:
    off = read_rules('name = "quiet"\n[rules.campaign]\non = false\n')
    assert watch_campaigns.sightings_of(strikes(3), off) == []


def test_what_is_kept_is_bounded(two: TwoNodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch_campaigns, "SIGHTINGS_KEPT", 4)
    monkeypatch.setattr(watch_campaigns, "SIGHTINGS_NOTED_MAX", 2)
    entered(two, "reports", strikes(5))
    with two.eucom.read() as books:
        kept, _, _ = watch_campaigns.remembered(books.unit, watch_campaigns.ENERGY)
    assert [one.report_id for one in kept] == ["s-1", "s-2", "s-3", "s-4"]
    assert len(found(two)) == 1
    with two.eucom.write() as books:
        rebuild(books)


def test_the_sites_of_a_wave_keep_their_concerns_and_are_named_in_its_reason(two: TwoNodes) -> None:
    plant = Facility(
        facility_id="F-1",
        names=(("en", "Burshtyn thermal power plant"),),
        kind="THERMAL-POWER-PLANT",
        place=STRIKE.place,
        site_radius_m=0,
        rings_m=(5_000,),
    )
    entered(two, "facilities", [plant])
    named = replace(STRIKE, report_id="n-1", text="Missiles hit the Burshtyn thermal power plant")
    entered(two, "reports", (named, *strikes(4, first=1)))
    [one] = found(two)
    assert "F-1" in one.history[0].reason
    with two.eucom.read() as books:
        assert watch_state.newest_concern(books.unit, "F-1") not in {None, one.concern_id}


@pytest.mark.long
def test_the_wave_of_23_november_2022_is_one_grouped_concern(two: TwoNodes) -> None:
    """The shared reports have none of 15 November; this is the largest wave of the autumn that they tell of."""
    reference = shared_data("reference_join") / "facilities.csv"
    viina = shared_data("viina_infra") / "viina_infra_2022.csv.gz"
    readers = FileReaders()

    def run(what: str, reader: str, path: Path) -> Any:
        data = path.read_bytes()
        source = importing.Source(what=what, reader=reader, name=path.name, data=data, received_at=START)
        return readers.read(source).accepted

    entered(two, "facilities", run("facilities", "reference", reference))
    told = run("reports", "viina", viina)
    # A day of Kyiv begins at 22 hours UTC of the day before.
    for day in (START // DAY_US + number for number in range(1, 5)):
        if rows := [one for one in told if one.from_at // DAY_US == day]:
            entered(two, "reports", rows)
    [one] = found(two)
    assert len(one.evidence) >= 15
    assert "6 places" in one.history[-1].reason
    with two.eucom.write() as books:
        rebuild(books)
