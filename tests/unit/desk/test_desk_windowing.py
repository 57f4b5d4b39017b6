"""A window at two nodes: what the books let an officer say, and what a message moves at the other end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.core.places import Circle, Place
from armslength.core.precedence import Precedence
from armslength.desk import clockwork, drafting, window_changes, windowing
from armslength.desk.rebuilding import rebuild
from armslength.desk.service_windows import read_window, read_windows
from armslength.line import fields
from armslength.register.window_types import Assurance, Means, Said, Status, Violation
from builders import two_nodes
from builders.three_nodes import alarms_of, by_officer
from builders.two_nodes import RELEASER, START, WATCH

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from builders.two_nodes import Party, TwoNodes

HOUR = 3600 * 1_000_000
WINDOW = "EUCOM-W-2022-0001"
FROM, UNTIL = Instant(START + 24 * HOUR), Instant(START + 48 * HOUR)


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def record(two: TwoNodes, **changes: Any) -> str:
    given: dict[str, Any] = {
        "lines": [two.line],
        "zone": Circle(centre=Place(lat_e7=475_600_000, lon_e7=344_500_000, precision_m=100), radius_m=1500),
        "works": ("REPAIR-OF-POWER-LINE",),
        "crews": ("Crew 1",),
        "parties": ("NDMC",),
        "from_at": FROM,
        "until_at": UNTIL,
        "assure_by": Instant(START + 12 * HOUR),
    } | changes
    officer = two.eucom.officer(WATCH)
    return by_officer(
        two.eucom, "record", lambda books: windowing.prepare_window(books, officer, **given), windowing.submit
    )


def step(party: Party, kind: str, *, post: str = RELEASER, **parts: Any) -> str:
    officer = party.officer(post)
    return by_officer(
        party,
        "decide",
        lambda books: windowing.prepare_step(books, officer, WINDOW, kind, "as decided", **parts),
        windowing.submit,
        post,
    )


def state(party: Party) -> Any:
    with party.read() as books:
        return windowing.window(books, WINDOW).state


def propose(two: TwoNodes) -> bytes:
    assert record(two) == ""
    with two.eucom.read() as books:
        values = windowing.window_values(books, WINDOW, books.line(two.line))
    return send(two, two.eucom, "WINDOW", values)


def send(two: TwoNodes, party: Party, form: str, values: dict[int, CborValue]) -> bytes:
    sent = party.send(two.line, form, values, Precedence.PRIORITY)
    two.flush()
    assert two.refused == []
    return sent


def assure(two: TwoNodes, said: str = "GIVEN") -> bytes:
    with two.ndmc.read() as books:
        values = windowing.assurance_values(books, WINDOW, books.line(two.line), said, ("Command",), None)
    return send(two, two.ndmc, "ASSURANCE", values)


def green(two: TwoNodes) -> None:
    propose(two)
    assure(two)
    assert step(two.eucom, "green") == ""


def test_a_window_goes_from_proposal_to_green_by_what_the_other_side_signed(two: TwoNodes) -> None:
    propose(two)
    assert (state(two.ndmc).status, state(two.ndmc).followed) == (Status.PROPOSED, "NDMC")
    assert step(two.eucom, "green").startswith("WINDOW-NOT-GREEN")
    sent = assure(two)
    assert state(two.eucom).assurances["NDMC"].reference == sent.hex()
    assert [kind for _, kind, _ in alarms_of(two.eucom, "WINDOW-")] == ["WINDOW-READY"]
    assert step(two.eucom, "green", post=WATCH).startswith("ROLE-REFUSED")
    assert step(two.eucom, "green") == ""
    assert state(two.eucom).status is Status.GREEN
    with two.eucom.read() as books:
        assert read_windows(books)[0]["missing"] == []
        assert read_window(books, WINDOW)["history"][-1]["step"] == "green"


def test_an_assurance_is_taken_back_with_its_message(two: TwoNodes) -> None:
    green(two)
    two.time.at = FROM
    with two.eucom.write() as books:
        clockwork.tick(books)
    assert step(two.eucom, "crews-out") == ""
    given = bytes.fromhex(state(two.eucom).assurances["NDMC"].reference)
    send(two, two.ndmc, "ASSURANCE", {fields.RELATION: ("recalls", given)})
    assert state(two.eucom).assurances["NDMC"].said is Said.WITHDRAWN
    assert {"WINDOW-CALL-BACK", "WINDOW-NOT-GREEN"} <= {kind for _, kind, _ in alarms_of(two.eucom, "WINDOW-")}
    assert step(two.eucom, "crews-out").startswith("WINDOW-NOT-GREEN")


def test_no_receipt_and_no_answer_is_an_assurance(two: TwoNodes) -> None:
    sent = propose(two)
    for level in two_nodes.Level:
        if level is not two_nodes.Level.HELD:
            parts = {"verb": "confirm", "answer_by": None} if level is two_nodes.Level.ANSWERED else {}
            two.ndmc.receipt(sent, level, **parts)
    two.flush()
    assert state(two.eucom).assurances == {}


@pytest.mark.parametrize(
    ("case", "form", "changes", "code"),
    [
        ("green before it is", "WINDOW-STATUS", {101: "GREEN"}, "WINDOW-NOT-GREEN"),
        ("aborted before it is", "WINDOW-STATUS", {101: "ABORTED"}, "WINDOW-DIFFERS"),
        ("a count without evidence", "WINDOW-STATUS", {101: "VIOLATED", 108: 7}, "WINDOW-DIFFERS"),
        ("a window that is not there", "WINDOW-STATUS", {100: "EUCOM-W-2022-0009", 101: "GREEN"}, "WINDOW-UNKNOWN"),
        ("another zone", "WINDOW", {101: ("CIRCLE", (0, 0, 1), 9)}, "WINDOW-DIFFERS"),
        ("another's id", "WINDOW", {100: "NDMC-W-2022-0001"}, "WINDOW-VALUE"),
        ("an assurance for oneself", "ASSURANCE", {}, "WINDOW-DIFFERS"),
    ],
)
def test_a_message_says_what_the_books_say(
    two: TwoNodes, case: str, form: str, changes: dict[int, CborValue], code: str
) -> None:
    sent = propose(two)
    with two.eucom.read() as books:
        base: dict[str, dict[int, CborValue]] = {
            "WINDOW": windowing.window_values(books, WINDOW, books.line(two.line)),
            "WINDOW-STATUS": windowing.status_values(books, WINDOW, "OTHER-WINDOW-REASON"),
            "ASSURANCE": {fields.ANSWERS: sent, 100: WINDOW, 101: "GIVEN", 102: ("Command",), 103: (FROM, UNTIL)},
        }
        with pytest.raises(LocalError, match=code):
            drafting.prepare_message(
                books,
                books.line(two.line),
                two.eucom.officer(WATCH),
                form,
                Precedence.PRIORITY,
                base[form] | changes,
            )
    assert case


@pytest.mark.parametrize(
    ("case", "kind", "parts", "code"),
    [
        ("typed in as a message", "assurance", {"means": Means.MESSAGE}, "WINDOW-VALUE"),
        ("of a party that was not asked", "assurance", {"party": "IAEA"}, "WINDOW-VALUE"),
    ],
)
def test_an_assurance_on_paper_is_recorded_and_a_message_is_not(
    two: TwoNodes, case: str, kind: str, parts: dict[str, Any], code: str
) -> None:
    propose(two)
    paper = Assurance(
        party="NDMC",
        said=Said.GIVEN,
        means=Means.PAPER,
        commands=("Command",),
        from_at=FROM,
        until_at=UNTIL,
        reference="fax of the 20th",
        at=START,
    )
    assert step(two.eucom, kind, post=WATCH, assurance=replace(paper, **parts)).startswith(code), case
    assert step(two.eucom, kind, post=WATCH, assurance=paper) == ""
    assert state(two.eucom).missing == ()


def test_a_violation_that_the_other_side_states_is_its_account_and_is_not_counted(two: TwoNodes) -> None:
    green(two)
    two.time.at = Instant(FROM + HOUR)
    stated: dict[int, CborValue] = {
        fields.ATTRIBUTION: "ATTRIBUTED-TO-RECEIVER",
        100: WINDOW,
        101: "VIOLATED",
        102: "VIOLATION-OBSERVED",
        103: Instant(FROM + 1),
        104: "SHELLING",
        107: ("a list of their own",),
    }
    send(two, two.ndmc, "WINDOW-STATUS", stated)
    found = state(two.eucom)
    assert ([one.by for one in found.violations], found.counts) == (["EUCOM"], {})
    assert found.status is not Status.VIOLATED
    ours = Violation(at=Instant(FROM + 1), by="NDMC", what="SHELLING", evidence=("R-1",), reporter="EUCOM")
    assert step(two.eucom, "violation", post=WATCH, violation=ours) == ""
    assert state(two.eucom).counts == {"NDMC": 1}


def test_a_message_of_no_window_moves_none(two: TwoNodes) -> None:
    propose(two)
    before = state(two.eucom)
    spoken = window_changes.Spoken(
        line=two.line,
        author="NDMC",
        receiver="EUCOM",
        own="EUCOM",
        envelope_hash=bytes(32),
        at=START,
        body={20: "ASSURANCE", 21: 1, 29: bytes(32), 100: WINDOW, 101: "GIVEN", 102: ("C",), 103: (FROM, UNTIL)},
    )
    with two.eucom.read() as books:
        assert window_changes.by_message(books.unit, spoken) is None
        assert window_changes.by_message(books.unit, replace(spoken, body={**spoken.body, 21: 2})) is None
    assert state(two.eucom) == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"lines": [bytes(16)]}, "LINE-UNKNOWN"),
        ({"parties": ()}, "WINDOW-VALUE"),
        ({"until_at": FROM}, "WINDOW-VALUE"),
        ({"crews": ()}, "WINDOW-VALUE"),
    ],
)
def test_a_window_that_cannot_be_is_not_recorded(two: TwoNodes, changes: dict[str, Any], code: str) -> None:
    if code == "LINE-UNKNOWN":
        with pytest.raises(Exception, match=code):
            record(two, **changes)
    else:
        assert record(two, **changes).startswith(code)


@pytest.mark.parametrize("kind", ["tick", "told", "propose", "assurance", "reschedule", "violation", "nothing"])
def test_a_step_without_what_it_needs_is_refused_with_a_code(two: TwoNodes, kind: str) -> None:
    propose(two)
    assert step(two.eucom, kind).startswith("WINDOW-")


def test_the_views_of_windows_are_made_again_from_the_journal(two: TwoNodes) -> None:
    green(two)
    two.time.at = Instant(UNTIL + HOUR)
    for party in (two.eucom, two.ndmc):
        with party.write() as books:
            clockwork.tick(books)
            rebuild(books)
