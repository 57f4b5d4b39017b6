"""Our own line checked by the nodes: asked in a hello, echoed in the answer, compared; an answer rings nobody."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.instants import rfc3339
from armslength.core.record import build_item
from armslength.desk import line_echo, opening, outbox
from armslength.desk.books import key_id_of
from armslength.desk.outbox import Courier
from armslength.language.check_texts import TEXT_CHARS_MAX
from armslength.line.session import SessionEvent
from builders import two_nodes
from builders.desks import Wire, desk_of, simulated
from builders.line_checking import bells, channel, held, listed, passes, planned
from builders.local_acts import record

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from armslength.core.record import Item
    from armslength.desk.inbound import Outcome
    from armslength.desk.line_echo import Said
    from builders.two_nodes import Party, TwoNodes

NOON = "2022-11-20T12:00:00Z"


@pytest.fixture
def two() -> TwoNodes:
    made = two_nodes.opened()
    document = channel("own", medium="OUR-LINE", line_peer="NDMC", time_zone="UTC")
    record(made.eucom, "channel", {"document": document})
    planned(made.eucom, "own", times=["12:00", "18:00"], answer_s=60, late_s=120)
    return made


def asks(party: Party, line: bytes) -> list[Item]:
    with party.read() as books:
        return opening.hello(books, books.line(line), query=True)


def answers(party: Party, outcome: Outcome) -> list[Item]:
    with party.read() as books:
        return outbox.answer_to_hello(books, outcome.line, outcome.hello)


def exchanged(two: TwoNodes) -> None:
    """One hello of ours with its answer, as a request of a bearer carries it."""
    outcome = two.ndmc.receive(two.line, two.eucom.seal(two.line, asks(two.eucom, two.line)))
    assert outcome.refused == []
    reply = two.eucom.receive(two.line, two.ndmc.seal(two.line, answers(two.ndmc, outcome)))
    assert reply.refused == []


def altered(two: TwoNodes, party: Party, **changes: Any) -> Item:
    """A hello of a party with some fields as a test wants them, signed by its node."""
    (item,) = asks(party, two.line)
    body: dict[int, CborValue] = {**item.body, **{int(name[1:]): value for name, value in changes.items()}}
    made = build_item(
        party.realm,
        "hello",
        two.line,
        key_id=key_id_of(party.keys),
        body_seed=bytes(32),
        body={number: value for number, value in body.items() if value is not ...},
        link_seed=bytes(32),
        link={},
        acts=(),
        sign=lambda message: party.keys.sign("sign", message),
    )
    return made.item


def due(two: TwoNodes) -> Said:
    passes(two.eucom, NOON)
    with two.eucom.read() as books:
        found = line_echo.asked(books.unit, two.line)
    assert found is not None
    return found


def test_a_check_goes_there_and_back_and_rings_nobody(two: TwoNodes) -> None:
    due(two)
    exchanged(two)
    (one,) = listed(two.eucom, "own")
    assert (one["result"], one["planned"], one["officer"], one["reason"]) == ("ANSWERED", NOON, None, None)
    assert bells(two.eucom) == bells(two.ndmc) == []
    assert held(two.eucom, "own").state.streak.answered == 1
    with two.eucom.read() as books:
        assert line_echo.asked(books.unit, two.line) is None
    exchanged(two)
    assert len(listed(two.eucom, "own")) == 1


def test_before_its_time_nothing_is_asked(two: TwoNodes) -> None:
    (item,) = asks(two.eucom, two.line)
    assert line_echo.ASK not in item.body
    exchanged(two)
    assert listed(two.eucom, "own") == []


def test_both_nodes_can_ask_in_one_exchange(two: TwoNodes) -> None:
    record(two.ndmc, "channel", {"document": channel("mine", medium="OUR-LINE", line_peer="EUCOM", time_zone="UTC")})
    planned(two.ndmc, "mine", times=["12:00"])
    due(two)
    passes(two.ndmc, NOON)
    exchanged(two)
    exchange = two.eucom.receive(two.line, two.ndmc.seal(two.line, asks(two.ndmc, two.line)))
    two.ndmc.receive(two.line, two.eucom.seal(two.line, answers(two.eucom, exchange)))
    assert [one["result"] for one in (*listed(two.eucom, "own"), *listed(two.ndmc, "mine"))] == ["ANSWERED"] * 2


def test_an_echo_after_its_time_is_late_and_after_its_window_nothing(two: TwoNodes) -> None:
    due(two)
    two.time.pass_s(90)
    exchanged(two)
    assert listed(two.eucom, "own")[0]["result"] == "LATE"


@pytest.mark.parametrize(("event", "reason"), [(None, "UNKNOWN"), ("HEARD", "THEIRS"), ("PATH_FAILED", "PATH")])
def test_a_silent_peer_is_recorded_and_the_plan_goes_on(two: TwoNodes, event: str | None, reason: str) -> None:
    due(two)
    if event is not None:
        with two.eucom.write() as books:
            books.note("session", "session", {20: SessionEvent[event].value}, two.line)
    passes(two.eucom, "2022-11-20T13:00:00Z")
    (one,) = listed(two.eucom, "own")
    assert (one["result"], one["reason"]) == ("NO-ANSWER", reason)
    state = held(two.eucom, "own").state
    assert state.streak.unanswered == 1
    assert state.next is not None
    assert rfc3339(state.next.at) == "2022-11-20T18:00:00Z"
    assert [bell.split(":")[0] for bell in bells(two.eucom)] == ["CHECK-MISSED"]


def test_a_changed_echo_is_garbled_and_rings(two: TwoNodes) -> None:
    asked = due(two)
    wrong = altered(two, two.ndmc, f34=(asked.check_id, asked.text.replace("a", "\u202e", 1)))
    two.eucom.receive(two.line, two.ndmc.seal(two.line, [wrong]))
    (one,) = listed(two.eucom, "own")
    assert one["result"] == "GARBLED"
    assert [difference["note"] for difference in one["differences"]] == ["invisible character U+202E"]
    assert bells(two.eucom) == ["CHECK-GARBLED: own: one place differs"]


def test_an_echo_of_another_check_is_none(two: TwoNodes) -> None:
    asked = due(two)
    other = altered(two, two.ndmc, f34=(bytes(16), asked.text))
    outcome = two.eucom.receive(two.line, two.ndmc.seal(two.line, [other]))
    assert outcome.refused == []
    assert listed(two.eucom, "own") == []


@pytest.mark.parametrize("field", [33, 34])
@pytest.mark.parametrize(
    "value",
    [5, (), (b"", "x"), (bytes(16),), (bytes(16), 7), (bytes(16), "x", 1), (bytes(16), "x" * (TEXT_CHARS_MAX + 1))],
)
def test_what_a_hostile_peer_puts_there_is_refused_typed(two: TwoNodes, field: int, value: Any) -> None:
    due(two)
    outcome = two.eucom.receive(two.line, two.ndmc.seal(two.line, [altered(two, two.ndmc, **{f"f{field}": value})]))
    assert [error.code for error in outcome.refused] == ["RECORD-MALFORMED"]
    assert outcome.hello is None
    assert listed(two.eucom, "own") == []


def test_a_node_that_does_not_know_the_fields_answers_without_them(two: TwoNodes) -> None:
    due(two)
    (hello,) = asks(two.eucom, two.line)
    # Unknown fields of a hello are ignored: this is what such a node makes of the next ones.
    strange = altered(two, two.eucom, f33=hello.body[33], f35=("of", "tomorrow"))
    outcome = two.ndmc.receive(two.line, two.eucom.seal(two.line, [strange]))
    assert outcome.refused == []
    old = altered(two, two.ndmc, f34=...)
    assert two.eucom.receive(two.line, two.ndmc.seal(two.line, [old])).refused == []
    assert listed(two.eucom, "own") == []


def test_one_plan_a_line(two: TwoNodes) -> None:
    record(two.eucom, "channel", {"document": channel("again", medium="OUR-LINE", line_peer="NDMC")})
    with pytest.raises(Exception, match="CHECK-PLAN-VALUE"):
        planned(two.eucom, "again", times=["12:00"])
    planned(two.eucom, "again", times=["12:00"], automatic=False)


def test_a_busy_line_asks_too_once_a_check_and_again_after_a_path_that_failed(two: TwoNodes) -> None:
    due(two)

    async def story() -> list[bool | None]:
        wire = Wire(down=True)
        ours, theirs = desk_of(two.eucom, wire), desk_of(two.ndmc, Wire(down=True))
        wire.to.append(theirs)
        # Nothing else is due: heard of a moment ago, no heartbeat, no greeting owed.
        courier = Courier(line=two.line, wake=asyncio.Event(), hello_due=False, heard_at=outbox.lapse())
        failed = await outbox.deliver_once(ours, courier)
        wire.down = False
        carried = await outbox.deliver_once(ours, courier)
        courier.heard_at = outbox.lapse()
        courier.extra.clear()
        return [failed, carried, await outbox.deliver_once(ours, courier)]

    assert simulated(story) == [False, True, None]
    assert [one["result"] for one in listed(two.eucom, "own")] == ["ANSWERED"]
