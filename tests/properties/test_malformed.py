"""Whatever arrives that is not right is refused with a typed code, in bounded time, and changes nothing."""

from __future__ import annotations

import asyncio
from collections import Counter
from time import process_time
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.error_table import ERROR_TABLE
from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.realm import Realm
from armslength.desk import inbound
from armslength.desk.desk import Desk
from properties.hostile import KINDS, Hostile
from world.keys import SeededRng, stand_in_signatures

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.books import Books

CASES = 2_000
CASES_LONG = 100_000
CHUNK = 5_000

CASE_CPU_S_MAX = 1.0
"""A single hostile delivery takes milliseconds; the bound leaves room for a busy machine and none for a quadratic."""

EVIDENCE = {"conflict", "alarm"}
"""What a contradiction may add to the journal: both accounts are kept, and somebody is told."""


class _Nobody:
    async def send(self, *_arguments: object) -> bytes:
        return b""

    async def notify(self, _alarm: Mapping[str, str]) -> bool:
        return True


class _UndoError(Exception):
    """Leaves a transaction without a trace."""


def state(desk: Desk) -> tuple[Any, ...]:
    held = desk.store._held  # type: ignore[attr-defined]  # the memory store, compared whole and fast
    return held.frontier, dict(held.settings), {name: dict(view.rows) for name, view in held.views.items() if view.rows}


def refused(desk: Desk, line: bytes, body: bytes, codes: Counter[str]) -> str | None:
    """Judge one delivery in a transaction that is then undone; return what was wrong with the judgement."""
    before = state(desk)
    told: list[str] = []

    def job(books: Books) -> None:
        outcome = inbound.receive(books, line, body)
        told.extend(error.code for error in outcome.refused)
        size, known = books.unit.frontier().size, before[0].size
        kinds = {_kind(books, index) for index in range(known, size)}
        if outcome.refused and not kinds <= EVIDENCE and len(outcome.refused) == 1:
            told.append(f"!changed: {sorted(kinds)}")
        elif outcome.refused and not kinds and state(desk) != before:
            told.append("!changed views")
        elif not outcome.refused and size == known and state(desk) != before:
            told.append("!changed silently")
        if not outcome.refused:
            told.append("(accepted)" if size > known else "(nothing new)")
        raise _UndoError

    try:
        with desk.store.write() as unit:
            job(desk.books(unit))
    except _UndoError:
        pass
    except ArmslengthError as error:
        told.append(error.code)
        if isinstance(error, LocalError):
            return f"a peer's bytes gave our own error {error.code}"
    codes.update(told)
    if state(desk) != before:
        return "not undone"
    return next((what for what in told if what.startswith("!")), None)


def _kind(books: Books, index: int) -> str:
    from armslength.journal.entry import parse_leaf

    return parse_leaf(books.unit.leaf(index)).kind


def delivered(desk: Desk, line: bytes, body: bytes, codes: Counter[str]) -> str | None:
    """Deliver for good, as a bearer does; whatever is refused must leave everything as it was."""
    before = state(desk)

    async def deliver() -> None:
        await desk.receive(line, body)

    refused_before = codes.total()
    try:
        asyncio.run(deliver())
    except ArmslengthError as error:
        codes[error.code] += 1
    if codes.total() == refused_before:
        codes["(nothing new)"] += 1
    return None if state(desk) == before else "a refused delivery changed the journal or a view"


def attack(seed: int, cases: int) -> Counter[str]:
    codes: Counter[str] = Counter()
    with stand_in_signatures():
        hostile = Hostile(seed)
        victim = hostile.victim
        desk = Desk(
            realm=Realm.EXERCISE,
            store=victim.store,
            keys=victim.keys,  # type: ignore[arg-type]  # the world's keys
            clock=victim.time,
            rng=SeededRng(seed),
            net=_Nobody(),
            notifier=_Nobody(),
            log=lambda event, **fields: codes.update([str(fields["code"])] if event == "item-refused" else []),
        )
        # The first sign of life is an entry of its own; it is made before the attack.
        asyncio.run(desk.receive(hostile.line, hostile.seen[0]))
        for number in range(cases):
            kind = KINDS[number % len(KINDS)]
            body = kind(hostile)
            line = hostile.line if number % 29 else hostile.rng.choice((bytes(16), b"", b"\xff" * 16))
            began = process_time()
            # Every third of the kinds that can only be refused goes the whole way through the desk.
            whole = kind in KINDS[:4] and number % 3 == 0
            wrong = (delivered if whole else refused)(desk, line, body, codes)
            spent = process_time() - began
            assert wrong is None, (seed, number, kind.__name__, wrong, body[:200].hex())
            assert spent < CASE_CPU_S_MAX, (seed, number, kind.__name__, spent)
    return codes


def show(codes: Counter[str], cases: int) -> None:
    print(f"\n{cases} hostile deliveries, {sum(n for c, n in codes.items() if c[0] != '(')} refusals:")
    for code, count in codes.most_common():
        print(f"{count:8} {code}")


def judge(codes: Counter[str], cases: int) -> None:
    show(codes, cases)
    assert {code for code in codes if code[0] != "("} <= set(ERROR_TABLE)
    assert codes["ITEM-UNHANDLED"] == 0
    accepted = codes["(accepted)"]
    # Some twists are harmless (a field that nobody knows, another text): those are messages like any other.
    assert accepted < cases / 10


def test_two_thousand_hostile_deliveries_are_refused_and_change_nothing() -> None:
    judge(attack(1, CASES), CASES)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 100 + CASES_LONG // CHUNK))
def test_a_hundred_thousand_hostile_deliveries_are_refused_and_change_nothing(seed: int) -> None:
    judge(attack(seed, CHUNK), CHUNK)
