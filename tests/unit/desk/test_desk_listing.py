"""Notices of a site and the yearly exchange of lists, between two nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.adapters.format_fluent import load_renderer
from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.core.places import Place
from armslength.core.precedence import Precedence
from armslength.desk import clockwork, drafting, listing, watching
from armslength.desk.rebuilding import rebuild
from armslength.desk.service_read import render_message
from armslength.desk.service_windows import read_disclosures, read_lists
from armslength.line.receipts import Level
from armslength.register.facilities import Facility
from armslength.register.list_exchange import Status
from builders import two_nodes
from builders.three_nodes import alarms_of, by_officer
from builders.two_nodes import START, WATCH

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from builders.two_nodes import Party, TwoNodes

DUE = parse_rfc3339("2023-01-01T00:00:00Z")
LATER = Instant(START + 365 * 86_400_000_000)
SITE = Facility(
    facility_id="UA-ZNPP",
    names=(("en", "Zaporizhzhia nuclear power plant"), ("uk", "Запорізька АЕС")),
    kind="NUCLEAR-POWER-PLANT",
    place=Place(lat_e7=475_122_345, lon_e7=345_858_765, precision_m=1),
    site_radius_m=1500,
    rings_m=(5_000,),
    special_sign="NOT-DISPLAYED",
)


@pytest.fixture
def two() -> TwoNodes:
    made = two_nodes.opened()
    for party in (made.eucom, made.ndmc):
        officer = party.officer(WATCH)
        refusal = by_officer(
            party,
            "record",
            lambda books, officer=officer: watching.prepare_facility(books, officer, SITE),  # type: ignore[misc]
            watching.submit_local,
        )
        assert refusal == ""
    return made


def send(two: TwoNodes, party: Party, form: str, values: dict[int, CborValue]) -> bytes:
    sent = party.send(two.line, form, values, Precedence.ROUTINE)
    two.flush()
    assert two.refused == []
    return sent


def notice(two: TwoNodes, tell: tuple[str, ...] = ("place",), precision_m: int | None = 1_000) -> bytes:
    with two.eucom.read() as books:
        values = listing.notice_values(
            books, "UA-ZNPP", tell=tell, precision_m=precision_m, valid_until=LATER, language="uk"
        )
    return send(two, two.eucom, "SITE-NOTICE", values)


def test_only_what_was_chosen_crosses_and_what_was_told_is_kept_with_its_receipts(two: TwoNodes) -> None:
    sent = notice(two)
    body = two.ndmc.body(sent)
    assert body[100] == ("Запорізька АЕС", "uk", "NUCLEAR-POWER-PLANT")
    assert body[34] == (475_100_000, 345_800_000, 1_503)
    assert {101, 102, 103, 104}.isdisjoint(body)
    two.ndmc.receipt(sent, Level.READ)
    two.flush()
    with two.eucom.read() as books:
        (told,) = read_disclosures(books, "UA-ZNPP")
    assert (told["line"], told["ours"], told["told"]) == ("NDMC", True, ["name-and-kind", "place"])
    assert (sorted(told["receipts"]), told["ended_by"]) == (["R0", "R1"], None)
    with two.ndmc.read() as books:
        assert [row["ours"] for row in read_disclosures(books)] == [False]


def test_a_notice_says_that_it_is_no_precondition_and_no_permission(two: TwoNodes) -> None:
    sent = notice(two)
    row, body = two.ndmc.row(sent), two.ndmc.body(sent)
    with two.ndmc.read() as books:
        text = render_message(books, load_renderer(), books.line(two.line), row, body, "en").text
    assert "Notification is not a precondition of protection." in text
    assert "Receipt of this message is neither consent nor permission." in text


def test_a_notice_is_taken_back_and_replaced(two: TwoNodes) -> None:
    first = notice(two)
    with two.eucom.read() as books:
        values = listing.notice_values(
            books, "UA-ZNPP", tell=("place",), precision_m=10_000, valid_until=LATER, replaces=first
        )
    second = send(two, two.eucom, "SITE-NOTICE", values)
    with two.eucom.read() as books:
        withdrawal = listing.withdrawal_values(books, second)
    send(two, two.eucom, "SITE-NOTICE", withdrawal)
    for party in (two.eucom, two.ndmc):
        with party.read() as books:
            ended = {row["notice"]: row["ended_by"] for row in read_disclosures(books)}
        assert ended == {first.hex(): "updates", second.hex(): "recalls"}
    with two.eucom.read() as books, pytest.raises(LocalError, match="DISCLOSE-VALUE"):
        listing.withdrawal_values(books, second)


@pytest.mark.parametrize(
    ("facility", "tell", "precision_m"),
    [("UA-NONE", (), None), ("UA-ZNPP", ("hazards",), None), ("UA-ZNPP", ("place",), None), ("UA-ZNPP", ("place",), 0)],
)
def test_what_cannot_be_told_that_way_is_refused(
    two: TwoNodes, facility: str, tell: tuple[str, ...], precision_m: int | None
) -> None:
    with two.eucom.read() as books, pytest.raises(LocalError, match="DISCLOSE-VALUE"):
        listing.notice_values(books, facility, tell=tell, precision_m=precision_m, valid_until=LATER)


# --- lists ------------------------------------------------------------------------------------------------------------


def fix(two: TwoNodes, party: Party, year: int = 2023, *, chosen: bool = True) -> str:
    officer = party.officer(WATCH)

    def prepare(books: listing.Books) -> listing.Prepared:
        sites = listing.sites_of(books, [("UA-ZNPP", 1_000)]) if chosen else None
        return listing.prepare_list(books, officer, books.line(two.line), year, DUE, sites)

    return by_officer(party, "record", prepare, listing.submit)


def stage(two: TwoNodes, party: Party, name: str) -> bytes:
    with party.read() as books:
        values = listing.list_values(books, books.line(two.line), 2023, name)
    return send(two, party, "LIST-EXCHANGE", values)


def status(two: TwoNodes, party: Party) -> Status:
    with party.read() as books:
        return listing.exchange(books, two.line, 2023).state.status


def test_both_commit_and_then_both_reveal(two: TwoNodes) -> None:
    for party in (two.eucom, two.ndmc):
        assert fix(two, party) == ""
    stage(two, two.eucom, "COMMIT")
    with pytest.raises(LocalError, match="LIST-NOT-COMMITTED"):
        stage(two, two.eucom, "REVEAL")
    stage(two, two.ndmc, "COMMIT")
    assert [kind for _, kind, _ in alarms_of(two.eucom, "LIST-")] == ["LIST-READY"]
    stage(two, two.eucom, "REVEAL")
    stage(two, two.ndmc, "REVEAL")
    for party in (two.eucom, two.ndmc):
        assert status(two, party) is Status.EXCHANGED
        with party.read() as books:
            (shown,) = read_lists(books)
        assert (shown["mismatch"], shown["early"]) == (None, False)
        assert "salt" not in str(shown)


def test_a_commitment_that_carries_its_list_or_a_list_that_was_not_fixed_cannot_be_drafted(two: TwoNodes) -> None:
    fix(two, two.eucom)
    with two.eucom.read() as books:
        line = books.line(two.line)
        committed = listing.list_values(books, line, 2023, "COMMIT")
        for changes in ({105: ()}, {104: bytes(32)}, {103: bytes(32)}, {102: 9}, {101: 2024}, {100: "REVEAL"}):
            with pytest.raises(LocalError, match="LIST-"):
                drafting.prepare_message(
                    books,
                    line,
                    two.eucom.officer(WATCH),
                    "LIST-EXCHANGE",
                    Precedence.ROUTINE,
                    {**committed, **changes},  # type: ignore[dict-item]  # on purpose
                )
    stage(two, two.eucom, "COMMIT")
    assert fix(two, two.eucom).startswith("LIST-TRANSITION")


def test_another_list_than_the_one_committed_is_named(two: TwoNodes) -> None:
    for party in (two.eucom, two.ndmc):
        assert fix(two, party) == ""
        stage(two, party, "COMMIT")
    with two.ndmc.read() as books:
        values = listing.list_values(books, books.line(two.line), 2023, "REVEAL")
    # A node that is not ours may well send this; ours does not draft it, so that the check is stepped over here.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(listing, "check_draft", lambda *_: None)
        send(two, two.ndmc, "LIST-EXCHANGE", {**values, 104: bytes(32)})
    assert status(two, two.eucom) is Status.MISMATCH
    assert "digest" in alarms_of(two.eucom, "LIST-DOUBT")[0][2]


def test_a_date_that_passes_is_an_alarm_and_the_next_year_follows(two: TwoNodes) -> None:
    assert fix(two, two.eucom, chosen=False) == ""
    two.time.at = Instant(DUE + 1)
    with two.eucom.write() as books:
        clockwork.tick(books)
        assert [row["year"] for row in read_lists(books)] == [2023, 2024]
        clockwork.tick(books)
        due = clockwork.next_due(books.unit)
        assert due is not None
        assert due > two.time.at
        rebuild(books)
    assert {kind for _, kind, _ in alarms_of(two.eucom, "LIST-")} == {"LIST-OVERDUE"}


def test_the_views_of_lists_and_notices_are_made_again_from_the_journal(two: TwoNodes) -> None:
    notice(two)
    for party in (two.eucom, two.ndmc):
        assert fix(two, party) == ""
        stage(two, party, "COMMIT")
    for party in (two.eucom, two.ndmc):
        with party.write() as books:
            rebuild(books)
