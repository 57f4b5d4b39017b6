"""Challenges and limits: what asks costs nothing, what answers wrongly is slowed, and nobody slows another one."""

from __future__ import annotations

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import SECOND_US, Instant
from armslength.desk import signing_in
from armslength.desk.signing_in import (
    ALTOGETHER,
    BUCKETS_MAX,
    CHALLENGE_US,
    NONCE_BYTES,
    PER_ADDRESS,
    PER_OFFICER,
    Limits,
    Spent,
    check_nonce,
    decoy,
    make_nonce,
)

NOW = Instant(1_668_942_000_000_000)
SECRET, SALT = b"s" * 32, b"t" * 16
NONCE = make_nonce(SECRET, NOW, SALT, "eucom-watch-1", "passkey")


def test_a_challenge_holds_for_its_minute() -> None:
    assert len(NONCE) == NONCE_BYTES
    for later in (0, CHALLENGE_US - 1):
        check_nonce(SECRET, Instant(NOW + later), NONCE, "eucom-watch-1", "passkey")


@pytest.mark.parametrize(
    ("secret", "now", "nonce", "officer", "method"),
    [
        (SECRET, NOW + CHALLENGE_US, NONCE, "eucom-watch-1", "passkey"),
        (SECRET, NOW - 1, NONCE, "eucom-watch-1", "passkey"),
        (b"u" * 32, NOW, NONCE, "eucom-watch-1", "passkey"),
        (SECRET, NOW, NONCE, "eucom-watch-2", "passkey"),
        (SECRET, NOW, NONCE, "eucom-watch-1", "file-key"),
        (SECRET, NOW, NONCE[:-1], "eucom-watch-1", "passkey"),
        (SECRET, NOW, NONCE + b"x", "eucom-watch-1", "passkey"),
        (SECRET, NOW, b"", "eucom-watch-1", "passkey"),
        (SECRET, NOW, NONCE[:7] + bytes((NONCE[7] ^ 1,)) + NONCE[8:], "eucom-watch-1", "passkey"),
        (SECRET, NOW, NONCE[:-1] + bytes((NONCE[-1] ^ 1,)), "eucom-watch-1", "passkey"),
    ],
)
def test_no_other_challenge_does(secret: bytes, now: int, nonce: bytes, officer: str, method: str) -> None:
    with pytest.raises(LocalError) as caught:
        check_nonce(secret, Instant(now), nonce, officer, method)
    assert (caught.value.code, caught.value.details) == ("SIGN-IN-REFUSED", {})


def test_a_challenge_lets_in_once_and_is_forgotten_with_its_minute() -> None:
    spent = Spent()
    spent.spend(NONCE, NOW)
    with pytest.raises(LocalError):
        spent.spend(NONCE, Instant(NOW + CHALLENGE_US - 1))
    spent.spend(b"another", Instant(NOW + CHALLENGE_US))
    assert len(spent) == 1


def refused(limits: Limits, officer: str, address: str, times: int) -> int:
    """Answer wrongly so often; return how often it was judged at all."""
    for done in range(times):
        try:
            limits.check(officer, address, NOW)
        except LocalError as error:
            return done if error.code == "SIGN-IN-LATER" else -1
        limits.refused(officer, address, NOW)
    return times


def test_an_officer_is_slowed_where_the_wrong_answers_come_from_and_nowhere_else() -> None:
    limits = Limits()
    assert refused(limits, "a", "10.0.0.1", 99) == PER_OFFICER.burst
    limits.check("a", "10.0.0.2", NOW)
    limits.check("b", "10.0.0.1", NOW)
    limits.check("a", "10.0.0.1", Instant(NOW + PER_OFFICER.every_s * SECOND_US))


def test_a_machine_is_slowed_whoever_it_names() -> None:
    limits = Limits()
    assert sum(refused(limits, f"o-{number}", "10.0.0.1", 1) for number in range(99)) == PER_ADDRESS.burst
    limits.check("o-1", "10.0.0.2", NOW)


def test_the_node_judges_so_many_altogether() -> None:
    limits = Limits()
    done = sum(refused(limits, "o", f"10.0.{number}.1", 1) for number in range(2 * ALTOGETHER.burst))
    assert done == ALTOGETHER.burst


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in, "ALTOGETHER", signing_in.Limit(10**9, 1))
    limits = Limits()
    for number in range(BUCKETS_MAX):
        limits.refused("o", f"host-{number}", NOW)
    assert len(limits._buckets) <= BUCKETS_MAX


def test_right_answers_take_nothing_out() -> None:
    limits = Limits()
    for _ in range(1_000):
        limits.check("a", "10.0.0.1", NOW)


def test_a_decoy_is_always_the_same_and_nobody_elses() -> None:
    found = decoy(SECRET, "nobody", "passkey", 16)
    assert len(found) == 16
    assert found == decoy(SECRET, "nobody", "passkey", 16)
    assert len({found, decoy(SECRET, "nobody", "file-key", 16), decoy(SECRET, "nobody-2", "passkey", 16)}) == 3
    assert len(decoy(SECRET, "nobody", "credential", 64)) == 64
