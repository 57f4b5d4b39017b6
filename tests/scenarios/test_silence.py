"""S7: a line whose node answers and whose officers do not is UNANSWERED, and CUT only when a person says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.desk import clockwork, opening, views
from armslength.line import session
from armslength.line.receipts import Level
from armslength.line.session import Observed
from builders import two_nodes
from builders.desks import desk_of, simulated
from builders.two_nodes import LINGUIST, WATCH, TwoNodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.core.record import Item

LINE_CHECK = {100: "Line check. No message. 0123456789"}


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def state(two: TwoNodes) -> session.Session:
    with two.eucom.read() as books:
        return session.session_from_value(books.unit.get(views.SESSIONS, two.line))


def arrives(two: TwoNodes, items: Sequence[Item]) -> None:
    """Let something of NDMC arrive at EUCOM's whole desk."""
    transports = two.ndmc.seal(two.line, items)

    async def story() -> None:
        await desk_of(two.eucom).receive(two.line, transports)

    simulated(story)


def late_by(two: TwoNodes, seconds: int) -> None:
    two.time.pass_s(seconds)
    with two.eucom.write() as books:
        clockwork.tick(books)


def judge(two: TwoNodes, judged: str, *, post: str = WATCH, reason: str = "no voice since the morning call") -> None:
    with two.eucom.write() as books:
        line = books.line(two.line)
        prepared = opening.prepare_judgement(books, line, two.eucom.officer(post), judged, reason)
        opening.submit_judgement(books, two.eucom.signed(prepared, "decide", post))


def unanswered(two: TwoNodes) -> bytes:
    """Bring the line to where a test was held by their node and read by nobody in time."""
    arrives(two, two.ndmc.hello(two.line))
    assert state(two).observed is Observed.LIVE
    sent = two.eucom.send_alone(two.line, "TEST", LINE_CHECK, Precedence.FLASH)
    two.flush()
    late_by(two, 121)
    return sent


def test_persons_who_do_not_answer_are_a_state_that_their_node_does_not_end(two: TwoNodes) -> None:
    unanswered(two)
    assert (state(two).observed, state(two).unanswered) == (Observed.UNANSWERED, 1)
    arrives(two, two.ndmc.hello(two.line))
    assert (state(two).observed, state(two).unanswered) == (Observed.UNANSWERED, 1)


def test_silence_is_cut_only_when_a_person_says_so_and_a_person_of_theirs_ends_it(two: TwoNodes) -> None:
    sent = unanswered(two)
    judge(two, "cut")
    assert state(two).observed is Observed.CUT
    arrives(two, two.ndmc.hello(two.line))
    assert state(two).observed is Observed.CUT
    two.ndmc.receipt(sent, Level.READ)
    arrives(two, two.ndmc.waiting(two.line))
    assert (state(two).observed, state(two).unanswered) == (Observed.LIVE, 0)


def test_a_silence_judged_technical_ends_with_the_first_sign_of_their_node(two: TwoNodes) -> None:
    unanswered(two)
    judge(two, "technical", reason="cable cut, says their duty officer by telephone")
    assert state(two).observed is Observed.DEGRADED
    arrives(two, two.ndmc.hello(two.line))
    assert state(two).observed is Observed.LIVE


@pytest.mark.parametrize(
    ("case", "changes", "code"),
    [
        ("a line that answers", {"judged": "cut"}, "SESSION-TRANSITION"),
        ("another judgement", {"judged": "political"}, "SESSION-JUDGEMENT"),
        ("no reason", {"judged": "cut", "reason": " "}, "SESSION-JUDGEMENT"),
        ("a linguist", {"judged": "cut", "post": LINGUIST}, "ROLE-REFUSED"),
    ],
)
def test_a_judgement_is_refused(two: TwoNodes, case: str, changes: dict[str, Any], code: str) -> None:
    if case == "a line that answers":
        arrives(two, two.ndmc.hello(two.line))
    else:
        unanswered(two)
    before = state(two)
    with pytest.raises(LocalError, match=code):
        judge(two, **changes)
    assert state(two) == before
