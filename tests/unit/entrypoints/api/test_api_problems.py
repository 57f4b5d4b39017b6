"""From errors to HTTP: every code of the product has its status, and what is shown cannot steer anything."""

from __future__ import annotations

import json

import pytest

from armslength.core.error_table import ERROR_TABLE
from armslength.core.errors import ArmslengthError, LocalError, PeerError, Unavailable, VerificationError
from armslength.entrypoints.api import problems

FAMILIES: dict[str, type[ArmslengthError]] = {
    family.family: family for family in (LocalError, PeerError, VerificationError, Unavailable)
}


def test_every_code_has_a_documented_status() -> None:
    for code, text in ERROR_TABLE.items():
        error = FAMILIES[text.family](code)
        assert problems.status_of(error) in problems.EVERYWHERE
        assert problems.problem(error)["status"] == problems.status_of(error)


def test_every_code_of_the_table_exists() -> None:
    assert set(problems.OF_CODE) <= set(ERROR_TABLE)


def test_only_requests_of_the_wrong_shape_are_422() -> None:
    assert {code for code, status in problems.OF_CODE.items() if status == 422} == {
        "API-REQUEST",
        "IDEMPOTENCY-KEY-REUSED",
    }
    assert 422 not in problems.OF_FAMILY.values()


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\u202eabc", "\ud800", "x" * 10_000, b"\x00\x01"])
def test_hostile_details_are_made_harmless_and_short(hostile: object) -> None:
    body = problems.problem_bytes(LocalError("LINE-NOT-FOUND", asked=hostile))
    shown = json.loads(body)
    assert shown["details"]["asked"].isprintable()
    assert len(body) < 1_024


def test_a_problem_says_what_to_do() -> None:
    shown = problems.problem(LocalError("PIN-SELF", party="EUCOM"))
    assert shown == {
        "type": "urn:armslength:error:PIN-SELF",
        "title": ERROR_TABLE["PIN-SELF"].sentence,
        "status": 409,
        "detail": f"{ERROR_TABLE['PIN-SELF'].sentence} (party: EUCOM)",
        "code": "PIN-SELF",
        "next_step": ERROR_TABLE["PIN-SELF"].next_step,
        "details": {"party": "EUCOM"},
    }
