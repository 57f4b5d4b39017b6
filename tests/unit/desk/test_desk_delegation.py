from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.desk import clockwork, delegation, drafting, views
from armslength.desk.delegation import COUNTERSIGN_WITHIN_S, DELEGATION_SPAN_S_MAX
from builders import two_nodes
from builders.two_nodes import (
    CONCERN_VALUES,
    LEGAL,
    LINGUIST,
    PRINCIPAL,
    RELEASER,
    SECOND,
    START,
    WATCH,
    WATCH_2,
    TwoNodes,
)

if TYPE_CHECKING:
    from armslength.desk.prepared import Prepared

MINUTE_S = 60
MIDNIGHT = Instant(START + 13 * 3600 * SECOND)
"""START is 11:00 UTC."""


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def preapproval(two: TwoNodes, **given: Any) -> Prepared:
    usual: dict[str, Any] = {
        "delegates": (two.eucom.officer(WATCH),),
        "form_codes": ("CONCERN",),
        "facility": None,
        "valid_s": 86_400,
        "covers_checks": True,
        **given,
    }
    with two.eucom.read() as books:
        return delegation.prepare_preapproval(
            books, two.eucom.officer(PRINCIPAL), usual.pop("delegates"), usual.pop("form_codes"), **usual
        )


def submit(two: TwoNodes, prepared: Prepared, post: str = PRINCIPAL, act: str = "delegate") -> int:
    with two.eucom.write() as books:
        return delegation.submit_delegation(books, two.eucom.signed(prepared, act, post))


def drafted(two: TwoNodes, values: Any = CONCERN_VALUES) -> tuple[bytes, Prepared]:
    with two.eucom.write() as books:
        officer = two.eucom.officer(WATCH)
        prepared = drafting.prepare_message(
            books, books.line(two.line), officer, "CONCERN", Precedence.IMMEDIATE, values
        )
        return drafting.submit_draft(books, two.eucom.signed(prepared, "draft", WATCH)), prepared


def released(two: TwoNodes, draft: tuple[bytes, Prepared], post: str = WATCH, act: str = "release") -> str:
    try:
        with two.eucom.write() as books:
            drafting.release_draft(books, draft[0], two.eucom.act(draft[1], act, post))
    except LocalError as error:
        return error.code
    return ""


def refusal(do: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(LocalError) as caught:
        do(*arguments, **named)
    return caught.value.code


def alarmed(two: TwoNodes) -> list[str]:
    with two.eucom.read() as books:
        return [row[1] for _, row in views.rows(books.unit, views.ALARMS)]


# --- pre-approved -----------------------------------------------------------------------------------------------------


def test_a_preapproved_officer_releases_alone_and_the_peer_sees_it(two: TwoNodes) -> None:
    submit(two, preapproval(two))
    assert released(two, drafted(two)) == ""
    two.flush()
    assert two.refused == []
    with two.ndmc.read() as books:
        rows = [row for _, row in views.rows(books.unit, views.MESSAGES)]
    assert [row[21] for row in rows] == ["pre-approved"]


@pytest.mark.parametrize("act", ["draft", "stop", "countersign"])
def test_even_under_a_delegation_the_act_is_a_release(two: TwoNodes, act: str) -> None:
    submit(two, preapproval(two))
    assert released(two, drafted(two), act=act) == "ACT-WRONG"


@pytest.mark.parametrize(
    ("case", "given", "code"),
    [
        ("another officer", {"delegates": ("eucom-watch-2",)}, "ROLE-REFUSED"),
        ("another form", {"form_codes": ("TEST",)}, "ROLE-REFUSED"),
        ("another facility", {"facility": "UA-OTHER"}, "ROLE-REFUSED"),
        ("this facility", {"facility": "UA-ZNPP"}, ""),
        ("checks not covered", {"covers_checks": False}, "CHECK-MISSING"),
    ],
)
def test_a_preapproval_covers_what_it_says_and_no_more(
    two: TwoNodes, case: str, given: dict[str, Any], code: str
) -> None:
    submit(two, preapproval(two, **given))
    draft = drafted(two)
    if code == "ROLE-REFUSED":
        two.eucom.check(draft[0], "legal", LEGAL, "legal-tick")
    assert released(two, draft) == code, case


@pytest.mark.parametrize(
    ("minutes", "at_minute", "code"),
    [
        ((1320, 360), 1319, "ROLE-REFUSED"),
        ((1320, 360), 1320, ""),
        ((1320, 360), 1439, ""),
        ((1320, 360), 1440, ""),
        ((1320, 360), 1440 + 359, ""),
        ((1320, 360), 1440 + 360, "ROLE-REFUSED"),
        ((660, 720), 660, ""),
        ((660, 720), 719, ""),
        ((660, 720), 720, "ROLE-REFUSED"),
        ((0, 1440), 1000, ""),
    ],
)
def test_hours_may_run_over_midnight(two: TwoNodes, minutes: tuple[int, int], at_minute: int, code: str) -> None:
    submit(two, preapproval(two, minutes=minutes, valid_s=2 * 86_400))
    day = START - 11 * 3600 * SECOND
    draft = drafted(two)
    two.eucom.check(draft[0], "legal", LEGAL, "legal-tick")
    two.time.at = Instant(day + (at_minute * MINUTE_S + 30) * SECOND)
    assert released(two, draft) == code


@pytest.mark.parametrize(("later_s", "code"), [(86_399, ""), (86_400, "ROLE-REFUSED")])
def test_a_preapproval_ends(two: TwoNodes, later_s: int, code: str) -> None:
    submit(two, preapproval(two))
    draft = drafted(two)
    two.eucom.check(draft[0], "legal", LEGAL, "legal-tick")
    two.time.pass_s(later_s)
    assert released(two, draft) == code


@pytest.mark.parametrize(
    ("case", "given"),
    [
        ("no time", {"valid_s": 0}),
        ("longer than a month", {"valid_s": DELEGATION_SPAN_S_MAX + 1}),
        ("minute 1441", {"minutes": (0, 1441)}),
        ("a minute before the day", {"minutes": (-1, 60)}),
    ],
)
def test_a_preapproval_has_bounds(two: TwoNodes, case: str, given: dict[str, Any]) -> None:
    assert refusal(preapproval, two, **given) == "DELEGATION-SPAN", case


@pytest.mark.parametrize("post", [WATCH, LEGAL, LINGUIST])
def test_whoever_may_not_release_may_not_delegate(two: TwoNodes, post: str) -> None:
    good = preapproval(two)
    own = replace(good, body={**good.body, 5: two.eucom.officer(post)})
    assert refusal(submit, two, own, post) == "ROLE-REFUSED"


@pytest.mark.parametrize(
    ("number", "value", "code"),
    [
        (21, "eucom-watch-1", "PREPARED-MALFORMED"),
        (21, (1,), "PREPARED-MALFORMED"),
        (22, None, "PREPARED-MALFORMED"),
        (23, 7, "PREPARED-MALFORMED"),
        (24, "now", "PREPARED-MALFORMED"),
        (25, START + 32 * 86_400 * SECOND, "DELEGATION-SPAN"),
        (26, (1,), "PREPARED-MALFORMED"),
        (26, (0, "x"), "PREPARED-MALFORMED"),
        (27, "yes", "PREPARED-MALFORMED"),
        (20, "carte-blanche", "DELEGATION-UNKNOWN"),
    ],
)
def test_a_preapproval_changed_before_it_was_signed_is_refused(
    two: TwoNodes, number: int, value: Any, code: str
) -> None:
    good = preapproval(two)
    assert refusal(submit, two, replace(good, body={**good.body, number: value})) == code


# --- by voice ---------------------------------------------------------------------------------------------------------


def voice(two: TwoNodes, draft: bytes, given_by: str = RELEASER, *, called_back: bool = True, **given: Any) -> Prepared:
    with two.eucom.read() as books:
        return delegation.prepare_voice(
            books,
            two.eucom.officer(WATCH),
            draft,
            two.eucom.officer(given_by),
            called_back=called_back,
            **{"covers_checks": True, **given},
        )


def reference(two: TwoNodes) -> bytes:
    with two.eucom.read() as books:
        return views.rows(books.unit, views.DELEGATIONS)[0][0]


def countersign(two: TwoNodes, post: str = RELEASER, act: str = "countersign") -> int:
    with two.eucom.write() as books:
        prepared = delegation.prepare_countersignature(
            books, two.eucom.officer(post), views.rows(books.unit, views.DELEGATIONS)[0][0]
        )
        return delegation.submit_delegation(books, two.eucom.signed(prepared, act, post))


def tick(two: TwoNodes) -> int:
    with two.eucom.write() as books:
        return clockwork.tick(books)


def test_a_voice_authority_lets_the_watch_release_one_draft(two: TwoNodes) -> None:
    first, second = drafted(two), drafted(two, {**CONCERN_VALUES, 35: "C-2"})
    submit(two, voice(two, first[0]), WATCH)
    assert released(two, first) == ""
    two.eucom.check(second[0], "legal", LEGAL, "legal-tick")
    assert released(two, second) == "ROLE-REFUSED"
    two.flush()
    assert two.refused == []


@pytest.mark.parametrize(
    ("case", "given", "code"),
    [
        ("nobody called back", {"called_back": False}, "VOICE-NOT-CALLED-BACK"),
        ("given by the linguist", {"given_by": LINGUIST}, "ROLE-REFUSED"),
        ("given by the watch", {"given_by": WATCH_2}, "ROLE-REFUSED"),
        ("given by oneself", {"given_by": WATCH}, "ROLE-REFUSED"),
    ],
)
def test_a_voice_authority_needs_a_call_back_and_somebody_who_may(
    two: TwoNodes, case: str, given: dict[str, Any], code: str
) -> None:
    draft = drafted(two)
    assert refusal(voice, two, draft[0], **given) == code, case
    assert refusal(voice, two, bytes(32)) == "DRAFT-UNKNOWN"


@pytest.mark.parametrize(
    ("case", "number", "value", "code"),
    [
        ("not called back", 30, False, "VOICE-NOT-CALLED-BACK"),
        ("called back by nothing", 30, None, "PREPARED-MALFORMED"),
        ("given by oneself", 29, "eucom-watch-1", "ROLE-REFUSED"),
        ("given by the linguist", 29, "eucom-linguist-1", "ROLE-REFUSED"),
        ("of no draft", 28, bytes(32), "DRAFT-UNKNOWN"),
        ("for somebody else", 21, ("eucom-watch-2",), "PREPARED-MALFORMED"),
        ("countersigned next month", 25, START + 30 * 86_400 * SECOND, "DELEGATION-SPAN"),
    ],
)
def test_a_voice_authority_changed_before_it_was_signed_is_refused(
    two: TwoNodes, case: str, number: int, value: Any, code: str
) -> None:
    good = voice(two, drafted(two)[0])
    assert refusal(submit, two, replace(good, body={**good.body, number: value}), WATCH) == code, case


def test_a_voice_authority_that_nobody_countersigns_alarms_once(two: TwoNodes) -> None:
    submit(two, voice(two, drafted(two)[0]), WATCH)
    two.time.pass_s(COUNTERSIGN_WITHIN_S - 1)
    assert tick(two) == 0
    two.time.pass_s(1)
    assert tick(two) == 1
    assert tick(two) == 0
    assert alarmed(two) == ["DELEGATION-UNSIGNED"]


def test_a_countersignature_in_time_rings_nobody(two: TwoNodes) -> None:
    submit(two, voice(two, drafted(two)[0]), WATCH)
    two.time.pass_s(3600)
    countersign(two)
    two.time.pass_s(2 * COUNTERSIGN_WITHIN_S)
    tick(two)
    assert alarmed(two) == []
    with two.eucom.read() as books:
        assert views.rows(books.unit, views.DELEGATIONS)[0][1][32] == START + 3601 * SECOND + SECOND


@pytest.mark.parametrize(
    ("case", "post", "act", "code"),
    [
        ("by another who may give one", PRINCIPAL, "countersign", "ROLE-REFUSED"),
        ("by the watch", WATCH, "countersign", "ROLE-REFUSED"),
        ("signed as a release", RELEASER, "release", "ACT-WRONG"),
    ],
)
def test_only_whoever_gave_it_countersigns(two: TwoNodes, case: str, post: str, act: str, code: str) -> None:
    submit(two, voice(two, drafted(two)[0]), WATCH)
    assert refusal(countersign, two, post, act) == code, case


def test_a_preapproval_is_not_countersigned(two: TwoNodes) -> None:
    submit(two, preapproval(two))
    assert refusal(countersign, two) == "DELEGATION-UNKNOWN"
    assert reference(two)
