"""An import enters exactly what was signed for, once, and is taken up again where it was cut short."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.core.places import Place
from armslength.desk import batches, importing, register_cache, service_imports, views
from armslength.desk.rebuilding import rebuild
from armslength.desk.report_lookup import id_hash
from armslength.register.facilities import Facility
from armslength.register.importing import ImportRun, RefusedRow
from armslength.register.reports import Grade, Reliability, Report, ReportKind
from builders import two_nodes
from builders.two_nodes import LINGUIST, START, WATCH, TwoNodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.desk.importing import Staged

DATA = b"rows"
PLANT = Facility(
    facility_id="F-1",
    names=(("en", "Plant"),),
    kind="NUCLEAR-POWER-PLANT",
    place=Place(lat_e7=475122000, lon_e7=345858000, precision_m=12),
    site_radius_m=0,
    rings_m=(5000,),
)
REPORT = Report(
    report_id="r-1",
    kind=ReportKind.EVENT,
    from_at=START,
    until_at=START,
    place=PLANT.place,
    uncertainty_m=100,
    what="SHELLING",
    who_says="somebody",
    source="a feed",
    received_at=START,
    text="text",
    language="en",
    grade=Grade(reliability=Reliability.USUALLY_RELIABLE, credibility=3),
)


def some(count: int) -> tuple[Report, ...]:
    return tuple(replace(REPORT, report_id=f"r-{n}") for n in range(count))


def hashes(count: int) -> set[bytes]:
    return {id_hash(f"r-{n}") for n in range(count)}


def run(accepted: Sequence[Any], refused: int = 0) -> Any:
    rows = tuple(RefusedRow(row=n + 2, code="FEED-ROW", reason="wrong") for n in range(refused))
    return ImportRun(
        source="a feed, CC0",
        file_hash=sha256(DATA).digest(),
        rows_read=len(accepted) + refused,
        accepted=tuple(accepted),
        refused=rows,
        refused_count=refused,
    )


def source(what: str) -> importing.Source:
    return importing.Source(what=what, reader="test", name="file.csv", data=DATA, received_at=START)


def staged(two: TwoNodes, what: str, accepted: Sequence[Any], resumed: bytes | None = None) -> Staged:
    with two.eucom.read() as books:
        return importing.stage(books, source(what), run(accepted, 1), resumed=resumed)


def signable(two: TwoNodes) -> dict[int, Any]:
    made = staged(two, "reports", some(1))
    with two.eucom.read() as books:
        return dict(importing.prepare_import(books, two.eucom.officer(WATCH), made).body)


def begun(two: TwoNodes, made: Staged, post: str = WATCH) -> bytes:
    with two.eucom.read() as books:
        prepared = importing.prepare_import(books, two.eucom.officer(post), made)
    with two.eucom.write() as books:
        importing.begin(books, two.eucom.signed(prepared, "record", post), made)
    return cast("bytes", prepared.body[1])


def entered(two: TwoNodes, key: bytes, made: Staged, numbers: Sequence[int] | None = None) -> list[int | None]:
    done = []
    for number, batch, _ in importing.numbered(made):
        if numbers is None or number in numbers:
            with two.eucom.write() as books:
                done.append(importing.enter_batch(books, key, number, batch))
    return done


def listed(two: TwoNodes) -> dict[str, Any]:
    with two.eucom.read() as books:
        return service_imports.read_imports(books)[0]


def test_every_row_enters_under_one_signed_act_and_rebuilds() -> None:
    two = two_nodes.opened()
    made = staged(two, "reports", some(3))
    key = begun(two, made)
    assert not listed(two)["finished"]
    assert len(entered(two, key, made)) == 1
    row = listed(two)
    assert (row["rows"], row["rows_entered"], row["refused"], row["finished"]) == (3, 3, 1, True)
    with two.eucom.read() as books:
        assert importing.known_ids(books, frozenset(hashes(4))) == hashes(3)
        assert importing.unfinished(books) == []
    with two.eucom.write() as books:
        rebuild(books)


def test_what_the_books_hold_is_not_entered_again() -> None:
    two = two_nodes.opened()
    made = staged(two, "reports", some(3))
    entered(two, begun(two, made), made)
    again = staged(two, "reports", some(4))
    assert (again.known, again.rows) == (3, 1)
    whole = staged(two, "reports", some(3))
    with two.eucom.read() as books, pytest.raises(LocalError, match="IMPORT-NOTHING"):
        importing.prepare_import(books, two.eucom.officer(WATCH), whole)


def test_a_report_without_an_id_has_one_of_what_it_says() -> None:
    two = two_nodes.opened()
    nameless = replace(REPORT, report_id=None)
    made = staged(two, "reports", [nameless, replace(nameless, received_at=Instant(START + 1))])
    assert (made.known, made.rows) == (1, 1)


def test_an_import_that_was_cut_short_goes_on_with_the_same_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_ROWS_MAX", 2)
    two = two_nodes.opened()
    made = staged(two, "reports", some(5))
    key = begun(two, made)
    entered(two, key, made, (0,))
    with two.eucom.read() as books:
        assert [found[0] for found in importing.unfinished(books)] == [key]
    resumed = staged(two, "reports", some(5), key)
    assert resumed.batches == made.batches
    assert entered(two, key, resumed)[0] is None
    assert listed(two)["rows_entered"] == 5


def test_facilities_that_say_nothing_new_are_not_entered_and_a_resumed_import_is_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batches, "BATCH_ROWS_MAX", 1)
    two = two_nodes.opened()
    rows = [PLANT, replace(PLANT, facility_id="F-2")]
    made = staged(two, "facilities", rows)
    key = begun(two, made)
    entered(two, key, made, (0,))
    assert staged(two, "facilities", rows).rows == 1
    resumed = staged(two, "facilities", rows, key)
    assert resumed.batches == made.batches
    entered(two, key, resumed)
    assert staged(two, "facilities", rows).rows == 0
    changed = staged(two, "facilities", [PLANT, replace(rows[1], special_sign="DISPLAYED")])
    assert (changed.known, changed.rows) == (1, 1)


def test_a_version_holds_from_its_instant_and_the_earlier_one_before() -> None:
    two = two_nodes.opened()
    later = replace(PLANT, special_sign="DISPLAYED", applies_from_at=START)
    for rows in ([PLANT], [later]):
        made = staged(two, "facilities", rows)
        entered(two, begun(two, made), made)
    with two.eucom.read() as books:
        cache = register_cache.Cache(books)
        assert cache.facility("F-1") == later
        assert cache.facility("F-1", Instant(START - 1)) == PLANT
        assert cache.facility("F-1", START) == later
        assert cache.versions("F-1") == [PLANT, later]
        assert list(cache.facilities()) == [later]
        assert cache.facility("F-9") is None
        assert cache.facility("F-9", START) is None
        newest = views.row(books.unit, views.FACILITIES, b"F-1")
        assert newest is not None
        assert (newest[4], newest[5], newest[8]) == (PLANT.place.lat_e7, PLANT.place.lon_e7, PLANT.kind)


def test_other_rows_than_those_signed_are_refused_and_nothing_changes() -> None:
    two = two_nodes.opened()
    made = staged(two, "reports", some(3))
    other = staged(two, "reports", some(4))
    with two.eucom.read() as books:
        prepared = importing.prepare_import(books, two.eucom.officer(WATCH), made)
        size = books.unit.frontier().size
    with pytest.raises(LocalError, match="IMPORT-CHANGED"), two.eucom.write() as books:
        importing.begin(books, two.eucom.signed(prepared, "record", WATCH), other)
    with two.eucom.read() as books:
        assert books.unit.frontier().size == size


def test_only_those_who_keep_the_register_import() -> None:
    two = two_nodes.opened()
    with pytest.raises(LocalError, match="ROLE-REFUSED"):
        begun(two, staged(two, "reports", some(1)), LINGUIST)


def test_another_file_is_not_taken_for_the_one_that_was_signed() -> None:
    two = two_nodes.opened()
    body = signable(two)
    assert importing.source_of(body, DATA) == source("reports")
    with pytest.raises(LocalError, match="IMPORT-FILE"):
        importing.source_of(body, DATA + b"\n")


@pytest.mark.parametrize("number", [1, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30])
def test_a_body_of_another_form_is_refused(number: int) -> None:
    body = signable(two_nodes.opened())
    body[number] = {}
    with pytest.raises(LocalError, match="PREPARED-MALFORMED"):
        importing.check_import(body)


def test_other_rows_that_came_in_between_do_not_stop_an_import_that_is_taken_up_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batches, "BATCH_ROWS_MAX", 2)
    two = two_nodes.opened()
    made = staged(two, "reports", some(6))
    key = begun(two, made)
    entered(two, key, made, (0,))
    between = staged(two, "reports", some(4))
    entered(two, begun(two, between), between)
    assert staged(two, "reports", some(6), key).batches == made.batches


def test_an_import_begins_once_and_goes_on_under_its_own_record_only() -> None:
    two = two_nodes.opened()
    made = staged(two, "reports", some(3))
    with two.eucom.read() as books:
        prepared = importing.prepare_import(books, two.eucom.officer(WATCH), made)
        assert importing.begun(books, prepared) is None
    signed = two.eucom.signed(prepared, "record", WATCH)
    with two.eucom.write() as books:
        importing.begin(books, signed, made)
    with pytest.raises(LocalError, match="PREPARED-MALFORMED"), two.eucom.write() as books:
        importing.begin(books, signed, made)
    other = replace(prepared, body={**prepared.body, 22: "another.csv"})
    with two.eucom.read() as books:
        assert importing.begun(books, prepared) == prepared.body[1]
        with pytest.raises(LocalError, match="PREPARED-MALFORMED"):
            importing.begun(books, other)


@pytest.mark.parametrize("number", [24, 25, 26, 29])
def test_counts_that_are_not_true_are_not_entered(number: int) -> None:
    two = two_nodes.opened()
    made = staged(two, "reports", some(3))
    with two.eucom.read() as books:
        prepared = importing.prepare_import(books, two.eucom.officer(WATCH), made)
    told = replace(prepared, body={**prepared.body, number: 7})
    with pytest.raises(LocalError, match="IMPORT-CHANGED"), two.eucom.write() as books:
        importing.begin(books, two.eucom.signed(told, "record", WATCH), made)


def test_what_is_no_import_is_not_entered_as_one() -> None:
    two = two_nodes.opened()
    made = staged(two, "reports", some(1))
    with two.eucom.read() as books:
        prepared = importing.prepare_import(books, two.eucom.officer(WATCH), made)
    other = replace(prepared, type="report")
    with pytest.raises(LocalError, match="RECORD-KIND"), two.eucom.write() as books:
        importing.begin(books, two.eucom.signed(other, "record", WATCH), made)


def test_a_batch_of_no_import_is_refused() -> None:
    two = two_nodes.opened()
    (batch,) = staged(two, "reports", some(1)).batches
    with pytest.raises(LocalError, match="IMPORT-UNKNOWN"), two.eucom.write() as books:
        importing.enter_batch(books, b"\x00" * 16, 0, batch)


def test_another_source_of_a_facility_is_merged_with_it_and_their_disagreement_shown() -> None:
    two = two_nodes.opened()
    made = staged(two, "facilities", [replace(PLANT, names=(("en", "Zaporizhzhia NPP"),), record_source="one")])
    entered(two, begun(two, made), made)
    far = replace(PLANT.place, lat_e7=PLANT.place.lat_e7 + 300_000)
    other = replace(PLANT, facility_id="X-9", names=(("en", "Zaporizhzhia NPP"),), place=far, record_source="another")
    apart = staged(two, "facilities", [other])
    assert [one.facility_id for one in apart.run.merged] == ["F-1"]
    assert [one.what for one in apart.run.disagreements] == ["POSITION"]
    entered(two, begun(two, apart), apart)
    with two.eucom.read() as books:
        cache = register_cache.Cache(books)
        kept = cache.facility("F-1")
        assert kept is not None
        assert (len(kept.positions), cache.facility("X-9")) == (2, None)
    assert staged(two, "facilities", [other]).rows == 0


def test_a_merging_import_that_was_cut_short_goes_on_as_it_was_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_ROWS_MAX", 1)
    two = two_nodes.opened()
    names = [(("en", "Zaporizhzhia NPP"),), (("en", "Rivne NPP"),)]
    ours = [replace(PLANT, facility_id=f"F-{n}", names=name) for n, name in enumerate(names)]
    theirs = [
        replace(one, facility_id=f"X-{n}", special_sign="DISPLAYED", record_source="another")
        for n, one in enumerate(ours)
    ]
    first = staged(two, "facilities", ours)
    entered(two, begun(two, first), first)
    made = staged(two, "facilities", theirs)
    key = begun(two, made)
    entered(two, key, made, (0,))
    assert staged(two, "facilities", theirs, key).batches == made.batches
