"""An import from file to concern: nothing but what an officer signed, once, whatever stops in between."""

from __future__ import annotations

import asyncio
from base64 import b64decode, b64encode
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.store_memory import MemoryStore
from armslength.core.errors import LocalError
from armslength.desk import batches, importing, service_imports, views, watching
from armslength.desk.desk import Desk
from armslength.desk.prepared import Prepared, Signed, decode_prepared
from armslength.desk.rebuilding import rebuild
from armslength.desk.service_imports import Imports
from armslength.register import facility_body
from armslength.register.importing import Disagreement, ImportRun, Merged, RefusedRow
from builders.desks import Bell, Wire
from builders.two_nodes import LINGUIST, WATCH, WATCH_2
from builders.watching import SITE, Post, site, strike

if TYPE_CHECKING:
    from armslength.desk.importing import Source

FILE = b"a file of rows"


class Fake:
    """Reads any bytes as the rows that a test gave it."""

    def __init__(self, *rows: Any) -> None:
        self.rows: tuple[Any, ...] = rows
        self.reads = 0

    def read(self, source: Source) -> ImportRun[Any]:
        """Return the rows."""
        self.reads += 1
        return ImportRun(
            source="a feed, CC0",
            file_hash=sha256(source.data).digest(),
            rows_read=len(self.rows) + 1,
            accepted=self.rows,
            refused=(RefusedRow(row=7, code="FEED-ROW", reason="no place"),),
            refused_count=1,
        )

    def told(self, _source: Source) -> str:
        """Claim any file."""
        return "fake"

    def names(self, _what: str) -> tuple[str, ...]:
        """Return the one reader."""
        return ("fake",)


class Bench:
    """A node with a desk over it, and an officer who signs imports."""

    def __init__(self, *rows: Any) -> None:
        self.post = Post()
        self.fake = Fake(*rows)
        self.start()

    def start(self) -> None:
        """Start the node's program anew over what is durable."""
        party = self.post.party
        self.desk = Desk(
            realm=party.realm,
            store=party.store,
            keys=party.keys,
            clock=party.time,
            rng=party.rng,
            net=Wire(),
            notifier=Bell(),
        )
        self.desk.watch = self.post.index
        self.imports = Imports(self.desk, self.fake)

    def given(self, what: str = "reports", **changed: Any) -> dict[str, Any]:
        """Return what a face hands over."""
        return {"what": what, "name": "rows.csv", "data": b64encode(FILE).decode(), **changed}

    def prepared(self, what: str = "reports", post: str = WATCH) -> tuple[dict[str, Any], Prepared]:
        """Return a dry run and the body for the officer's signature."""
        shown = self.imports.prepare(self.post.party.officer(post), self.given(what))
        return shown, decode_prepared(b64decode(shown["prepared"]))

    def signed(self, what: str = "reports") -> Signed:
        """Return an import as its officer signed it."""
        _, prepared = self.prepared(what)
        return self.post.party.signed(prepared, "record", WATCH)

    def submit(self, signed: Signed, data: bytes = FILE) -> dict[str, Any]:
        """Submit an import."""
        return asyncio.run(self.imports.submit(signed, data))

    def size(self) -> int:
        """Return the size of the journal."""
        return int(self.post.look(lambda books: books.unit.frontier().size))


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "BATCH_ROWS_MAX", 3)


def rows(count: int = 8) -> list[Any]:
    return [strike(f"r-{n}", day=n % 2) for n in range(count)]


def test_a_dry_run_says_what_would_be_entered_and_enters_nothing() -> None:
    bench = Bench(*rows())
    before = bench.size()
    shown = bench.imports.dry_run(bench.given())
    assert {k: shown[k] for k in ("rows_read", "accepted", "known", "to_enter", "batches", "refused")} == {
        "rows_read": 9,
        "accepted": 8,
        "known": 0,
        "to_enter": 8,
        "batches": 3,
        "refused": 1,
    }
    assert shown["reader"] == "fake"
    assert shown["refused_rows"] == [{"row": 7, "code": "FEED-ROW", "reason": "no place"}]
    assert bench.size() == before


def test_what_was_signed_is_entered_judged_and_rebuilt() -> None:
    bench = Bench(*rows())
    bench.post.add(SITE)
    done = bench.submit(bench.signed())
    assert (done["rows"], done["batches"]) == (8, 3)
    (one,) = bench.post.concerns()
    assert one.facility_id == "F-1"
    (listed,) = bench.post.look(service_imports.read_imports)
    assert (listed["reader"], listed["rows_entered"], listed["finished"], listed["officer"]) == (
        "fake",
        8,
        True,
        bench.post.party.officer(WATCH),
    )
    bench.post.write(rebuild)


def test_the_file_is_read_once_for_dry_run_and_submission_and_not_kept_after() -> None:
    bench = Bench(*rows())
    bench.submit(bench.signed())
    assert bench.fake.reads == 1
    assert bench.imports._last is None


def test_an_import_that_stopped_between_batches_goes_on_with_the_same_signature(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bench = Bench(*rows())
    bench.post.add(SITE)
    signed = bench.signed()
    enter, stopped = importing.enter_batch, [False]

    def stops(books: Any, key: bytes, number: int, batch: Any) -> int | None:
        if number == 1 and not stopped[0]:
            stopped[0] = True
            raise LocalError("STORE-MISUSE", got="a crash")
        return enter(books, key, number, batch)

    monkeypatch.setattr(importing, "enter_batch", stops)
    with pytest.raises(LocalError, match="STORE-MISUSE"):
        bench.submit(signed)
    assert bench.post.look(service_imports.read_imports)[0]["finished"] is False
    bench.start()
    assert bench.submit(signed)["batches"] == 2
    assert bench.post.look(service_imports.read_imports)[0]["finished"] is True
    assert [row[3] for _, row in bench.post.scan(views.REPORT_BATCHES)] == [3, 3, 2]
    # Once more it is the same import, and there is nothing left to enter.
    assert bench.submit(signed)["batches"] == 0
    bench.post.write(rebuild)


def test_what_stopped_does_not_leave_a_batch_unjudged(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(*rows(3))
    bench.post.add(SITE)
    signed = bench.signed()
    judge = watching.watch_batch

    def breaks(*_given: Any) -> None:
        raise LocalError("STORE-MISUSE", got="a crash")

    monkeypatch.setattr(watching, "watch_batch", breaks)
    with pytest.raises(LocalError, match="STORE-MISUSE"):
        bench.submit(signed)
    assert bench.post.scan(views.REPORT_BATCHES) == []
    monkeypatch.setattr(watching, "watch_batch", judge)
    bench.submit(signed)
    assert len(bench.post.concerns()) == 1


def test_a_register_that_changed_after_it_was_asked_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(strike("a"))
    signed = bench.signed()
    observed = bench.imports._observed

    def then_changes(some: Any) -> Any:
        seen = observed(some)
        bench.post.add(SITE)
        return seen

    monkeypatch.setattr(bench.imports, "_observed", then_changes)
    bench.submit(signed)
    assert [one.facility_id for one in bench.post.concerns()] == ["F-1"]


def test_rows_that_came_in_since_the_dry_run_are_looked_at_again() -> None:
    bench = Bench(*rows())
    signed = bench.signed()
    bench.post.report(strike("r-3"))
    before = bench.size()
    with pytest.raises(LocalError, match="IMPORT-CHANGED"):
        bench.submit(signed)
    assert bench.size() == before


def test_another_file_another_hand_and_another_body_enter_nothing() -> None:
    bench = Bench(*rows())
    _, prepared = bench.prepared()
    party = bench.post.party
    signed = party.signed(prepared, "record", WATCH)
    before = bench.size()
    wrong = {
        "another file": (signed, b"another", "IMPORT-FILE"),
        "another officer's token": (party.signed(prepared, "record", WATCH_2), FILE, "ACT-WRONG"),
        "another act": (party.signed(prepared, "decide", WATCH), FILE, "ACT-WRONG"),
        "no act": (Signed(prepared=prepared, acts=()), FILE, "ACT-INVALID"),
        "a body without an id": (replace_body(signed, {1: None}), FILE, "PREPARED-MALFORMED"),
        "a body changed after": (replace_body(signed, {22: "other.csv"}), FILE, "ACT-INVALID"),
    }
    for case, (given, data, code) in wrong.items():
        with pytest.raises(LocalError) as refused:
            bench.submit(given, data)
        assert refused.value.code == code, case
    assert bench.size() == before


def replace_body(signed: Signed, changed: dict[int, Any]) -> Signed:
    prepared = signed.prepared
    return replace(signed, prepared=replace(prepared, body={**prepared.body, **changed}))


def test_nothing_enters_under_the_id_of_an_import_that_was_begun() -> None:
    bench = Bench(*rows(3))
    signed = bench.signed()
    bench.submit(signed)
    before = bench.size()
    bench.fake.rows = tuple(rows(30))
    bench.imports._last = None
    with pytest.raises(LocalError, match="IMPORT-CHANGED"):
        bench.submit(signed)
    with pytest.raises(LocalError, match="PREPARED-MALFORMED"):
        bench.submit(replace_body(signed, {22: "other.csv"}))
    assert bench.size() == before


def test_who_keeps_no_register_prepares_no_import() -> None:
    bench = Bench(*rows(1))
    with pytest.raises(LocalError, match="ROLE-REFUSED"):
        bench.prepared(post=LINGUIST)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"data": "no base64!"}, "PREPARED-MALFORMED"),
        ({"data": None}, "PREPARED-MALFORMED"),
        ({"what": "movements"}, "PREPARED-MALFORMED"),
        ({"options": 7}, "PREPARED-MALFORMED"),
        ({"options": [1]}, "PREPARED-MALFORMED"),
        ({"options": "text"}, "PREPARED-MALFORMED"),
        ({"options": {str(n): "" for n in range(40)}}, "IMPORT-OPTIONS"),
        ({"data": "é"}, "PREPARED-MALFORMED"),
    ],
)
def test_what_a_face_hands_over_wrongly_is_refused(changed: dict[str, Any], code: str) -> None:
    bench = Bench(*rows(1))
    with pytest.raises(LocalError) as refused:
        bench.imports.prepare(bench.post.party.officer(WATCH), bench.given(**changed))
    assert refused.value.code == code


def test_what_is_left_out_is_refused_and_not_guessed() -> None:
    bench = Bench(*rows(1))
    for name in ("what", "name", "data"):
        given = bench.given()
        del given[name]
        with pytest.raises(LocalError, match="PREPARED-MALFORMED"):
            bench.imports.source(given)


def test_a_file_has_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service_imports, "FILE_BYTES_MAX", len(FILE) - 1)
    bench = Bench(*rows(1))
    with pytest.raises(LocalError, match="API-BODY-SIZE"):
        bench.imports.source(bench.given())


def test_facilities_enter_and_those_known_already_do_not() -> None:
    bench = Bench(SITE, site("F-2", north_m=9_000))
    assert bench.submit(bench.signed("facilities"))["rows"] == 2
    shown = bench.imports.dry_run(bench.given("facilities"))
    assert (shown["known"], shown["to_enter"]) == (2, 0)
    assert facility_body.facility_body(SITE)[20] == "F-1"


def test_a_dry_run_shows_what_was_merged_and_what_disagrees(monkeypatch: pytest.MonkeyPatch) -> None:
    bench = Bench(SITE)
    read = bench.fake.read

    def more(source: Source) -> ImportRun[Any]:
        merged = tuple(Merged(facility_id=f"F-{n}", rows=(2, n), ground="the same name") for n in range(60))
        apart = Disagreement(facility_id="F-1", what="place", sentence="9 km apart.", distance_m=9_000, limit_m=500)
        return replace(read(source), merged=merged, disagreements=(apart,))

    monkeypatch.setattr(bench.fake, "read", more)
    shown = bench.imports.dry_run(bench.given("facilities"))
    assert (len(shown["merged"]), shown["merged_count"]) == (service_imports.SHOWN_MAX, 60)
    assert shown["disagreements"][0]["sentence"] == "9 km apart."
    assert shown["sample"][0]["id"] == "F-1"
    assert isinstance(bench.post.party.store, MemoryStore)
