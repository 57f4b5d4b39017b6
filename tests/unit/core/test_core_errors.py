from __future__ import annotations

import pickle

import pytest

from armslength.core.error_table import ERROR_TABLE
from armslength.core.errors import ArmslengthError, LocalError, PeerError, Unavailable, VerificationError, shown

FAMILIES: dict[str, type[ArmslengthError]] = {
    "local": LocalError,
    "peer": PeerError,
    "verification": VerificationError,
    "unavailable": Unavailable,
}


@pytest.mark.parametrize("code", sorted(ERROR_TABLE))
def test_every_code_can_be_raised_in_its_family_and_in_no_other(code: str) -> None:
    row = ERROR_TABLE[code]
    error = FAMILIES[row.family](code)
    assert (error.code, error.sentence, error.next_step) == (code, row.sentence, row.next_step)
    for name, family in FAMILIES.items():
        if name != row.family:
            with pytest.raises(AssertionError, match=code):
                family(code)


def test_a_code_that_is_not_in_the_table_is_a_fault_of_the_program() -> None:
    with pytest.raises(AssertionError, match="NO-SUCH-CODE"):
        PeerError("NO-SUCH-CODE")


def test_what_was_expected_and_met_is_shown_beside_the_sentence() -> None:
    error = PeerError("ITEM-SIZE", limit=5, got=b"\x01\xff")
    assert error.sentence.endswith("(limit: 5, got: 01ff)")
    assert str(error).startswith("ITEM-SIZE: ")


def test_an_error_keeps_its_code_and_details_between_processes() -> None:
    error = pickle.loads(pickle.dumps(VerificationError("COSE-KEY", got="x")))  # noqa: S301 - our own bytes
    assert (type(error), error.code, error.details) == (VerificationError, "COSE-KEY", {"got": "x"})


def test_each_family_ends_a_command_with_its_own_status() -> None:
    assert {family.exit_status for family in FAMILIES.values()} == {1, 2, 3, 4}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("a\nb", "a[U+000A]b"),
        ("\x1b[2J", "[U+001B][2J"),
        ("\u202egpj.exe", "[U+202E]gpj.exe"),
        ("\ud800", "[U+D800]"),
        (b"\x00\xff", "00ff"),
        (None, "None"),
        ("x" * 121, "x" * 120 + "..."),
    ],
)
def test_hostile_text_cannot_steer_a_terminal(value: object, text: str) -> None:
    assert shown(value) == text
