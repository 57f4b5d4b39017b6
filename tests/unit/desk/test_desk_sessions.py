"""Sessions: one watch at most, locked for want of use, so many and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import HOUR_US, SECOND_US, Instant
from armslength.desk import sessions
from armslength.desk.sessions import IDLE_S, SESSION_US, SESSIONS_EACH_MAX, SESSIONS_MAX, Session

NOW = Instant(1_668_942_000_000_000)


def a_session(number: int = 0, officer: str = "eucom-watch-1", **changes: object) -> Session:
    made = Session(
        id=number.to_bytes(8, "big"),
        token_hash=number.to_bytes(32, "big"),
        officer=officer,
        method="file-key",
        key_id=bytes(16),
        post="desk 3",
        signed_in_at=Instant(NOW + number),
        used_at=Instant(NOW + number),
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # named by the test


@pytest.mark.parametrize(
    ("later", "expired"),
    [(0, False), (SESSION_US - 1, False), (SESSION_US, True), (-HOUR_US, False), (-HOUR_US - 1, True)],
)
def test_a_session_lasts_one_watch_and_no_clock_set_back_prolongs_it(later: int, expired: bool) -> None:
    assert sessions.is_expired(a_session(), Instant(NOW + later)) is expired


def test_use_does_not_move_the_end() -> None:
    used = sessions.use(a_session(), Instant(NOW + 60 * SECOND_US), IDLE_S)
    assert used.used_at == NOW + 60 * SECOND_US
    assert used.expires_at == NOW + SESSION_US


def test_a_session_locks_to_the_second_and_no_use_unlocks_it() -> None:
    at = Instant(NOW + IDLE_S * SECOND_US)
    one = a_session()
    assert not sessions.is_locked(one, Instant(at - 1), IDLE_S)
    assert sessions.is_locked(one, at, IDLE_S)
    assert sessions.use(one, at, IDLE_S) == one
    assert sessions.idle_since(one, Instant(at - 1), IDLE_S) is None
    assert sessions.idle_since(one, Instant(at + 99), IDLE_S) == at
    noted = sessions.lock(one, at)
    assert sessions.idle_since(noted, Instant(at + 99), IDLE_S) is None
    assert sessions.lock(noted, Instant(at + 99)).locked_at == at


def test_use_by_a_clock_set_back_does_not_shorten_it() -> None:
    assert sessions.use(a_session(), Instant(NOW - 5), IDLE_S).used_at == NOW


def test_unlocking_changes_the_token_and_not_the_end() -> None:
    locked = sessions.lock(a_session(), NOW)
    opened = sessions.unlock(locked, Instant(NOW + HOUR_US), b"n" * 32, method="passkey", key_id=b"k" * 16)
    assert (opened.locked_at, opened.token_hash, opened.method) == (None, b"n" * 32, "passkey")
    assert (opened.id, opened.expires_at) == (locked.id, locked.expires_at)


def test_the_oldest_of_an_officer_ends_when_there_are_too_many() -> None:
    held = tuple(a_session(number) for number in range(SESSIONS_EACH_MAX))
    other = a_session(99, "eucom-legal-1", signed_in_at=Instant(NOW - 1))
    kept, ended = sessions.admit((*held, other), a_session(50), Instant(NOW + 100))
    assert [one.id for one in ended] == [held[0].id]
    assert len([one for one in kept if one.officer == "eucom-watch-1"]) == SESSIONS_EACH_MAX
    assert other in kept


def test_one_officer_cannot_push_the_others_out() -> None:
    held: tuple[Session, ...] = (a_session(0, "eucom-legal-1"),)
    for number in range(1, 100):
        held, _ = sessions.admit(held, a_session(number), Instant(NOW + number))
    assert held[0].officer == "eucom-legal-1"


def test_a_node_holds_so_many_and_what_expired_goes_first() -> None:
    held = tuple(a_session(number, f"o-{number}") for number in range(SESSIONS_MAX))
    kept, ended = sessions.admit(held, a_session(9_999, "o-new"), Instant(NOW + SESSIONS_MAX))
    assert (len(kept), [one.officer for one in ended]) == (SESSIONS_MAX, ["o-0"])
    late = Instant(NOW + SESSION_US + 10)
    kept, ended = sessions.admit(held, a_session(9_999, "o-new", signed_in_at=late), late)
    assert ended == ()
    assert len(kept) == SESSIONS_MAX - 11 + 1


def test_what_the_store_keeps_comes_back_and_holds_no_token() -> None:
    held = (a_session(1), a_session(2, locked_at=NOW))
    assert sessions.from_value(sessions.to_value(held)) == held
    assert sessions.from_value(None) == ()


@pytest.mark.parametrize("value", [1, ("x",), ((1, 2),), (a_session().value()[:-1],), ((0, *a_session().value()[1:]),)])
def test_another_value_in_the_store_is_damage(value: object) -> None:
    with pytest.raises(LocalError) as caught:
        sessions.from_value(value)  # type: ignore[arg-type]  # what a damaged store could hold
    assert caught.value.code == "STORE-DAMAGED"
