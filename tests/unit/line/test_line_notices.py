"""The agreement under which a message is sent, and how late a notice is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from armslength.line import fields as no
from armslength.line.forms import form
from armslength.line.notices import EMERGENCY_LEAD_S, check_agreement, lead_needed_s, short_by_s
from unit.line.message_values import HASH, example

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue

HELD = (("INCSEA-1972", "in-force"), ("START", "suspended"))
EFFECT = Instant(1_668_873_600_000_000)
DAY_S = 86_400


@pytest.mark.parametrize(
    ("agreement", "code"),
    [("START", "AGREEMENT-SUSPENDED"), ("INCSEA", "AGREEMENT-UNKNOWN"), (7, "AGREEMENT-UNKNOWN")],
)
def test_nothing_leaves_under_an_agreement_that_is_not_in_force(agreement: CborValue, code: str) -> None:
    with pytest.raises(LocalError, match=code):
        check_agreement(HELD, {no.AGREEMENT: agreement})


@pytest.mark.parametrize(
    "values",
    [
        {},
        {no.AGREEMENT: "INCSEA-1972"},
        {no.AGREEMENT: "START", no.RELATION: ("recalls", HASH)},
        {no.AGREEMENT: "START", no.RELATION: ("discontinues", HASH)},
    ],
)
def test_what_is_in_force_leaves_and_a_cancellation_always_does(values: dict[int, CborValue]) -> None:
    check_agreement(HELD, values)


def test_a_line_without_agreements_carries_none() -> None:
    with pytest.raises(LocalError, match="the charter carries none"):
        check_agreement((), {no.AGREEMENT: "INCSEA-1972"})


@pytest.mark.parametrize(
    ("code", "changed", "expected"),
    [
        ("ACTIVITY-NOTICE", {}, 3 * DAY_S),
        ("LAUNCH-NOTICE", {}, DAY_S),
        ("MOVE-NOTICE", {104: "ROUTINE"}, 2 * DAY_S),
        ("MOVE-NOTICE", {104: "URGENT"}, 2 * DAY_S),
        ("MOVE-NOTICE", {104: "EMERGENCY"}, EMERGENCY_LEAD_S),
        ("SITE-NOTICE", {}, None),
        ("STOP", {}, None),
    ],
)
def test_how_long_ahead_a_notice_is_due(code: str, changed: dict[int, CborValue], expected: int | None) -> None:
    assert lead_needed_s(form(code), example(code) | changed) == expected


@pytest.mark.parametrize(
    ("ahead_s", "short_s"), [(3 * DAY_S, 0), (5 * DAY_S, 0), (DAY_S, 2 * DAY_S), (-60, 3 * DAY_S + 60)]
)
def test_a_late_notice_says_how_late_it_is(ahead_s: int, short_s: int) -> None:
    at = Instant(EFFECT - ahead_s * 1_000_000)
    values = example("ACTIVITY-NOTICE") | {no.TAKES_EFFECT_AT: EFFECT}
    assert short_by_s(form("ACTIVITY-NOTICE"), values, at) == short_s


def test_nothing_is_short_where_no_rule_or_no_time_is_known() -> None:
    assert short_by_s(form("STOP"), example("STOP") | {no.TAKES_EFFECT_AT: EFFECT}, EFFECT) is None
    assert short_by_s(form("LAUNCH-NOTICE"), {no.TAKES_EFFECT_AT: "soon"}, EFFECT) is None
