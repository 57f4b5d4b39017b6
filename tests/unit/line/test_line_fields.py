"""The numbers of the fields are the wire's and never move."""

from __future__ import annotations

from pathlib import Path

from armslength.line import fields as no

SPEC = Path(__file__).parents[3] / "docs" / "spec"


def _numbers() -> dict[str, int]:
    return {name: value for name, value in vars(no).items() if name.isupper() and isinstance(value, int)}


def test_no_number_is_used_twice() -> None:
    numbers = _numbers()
    assert len(set(numbers.values())) == len(numbers)


def test_the_numbers_are_those_of_the_specification() -> None:
    assert [n for n in sorted(_numbers().values()) if n < no.FORM_FIELDS_FROM] == [
        *range(1, 8),
        *range(20, 31),
        *range(32, 39),
    ]
    assert (no.RECORD_ID, no.RELEASABLE_TO, no.FORM_CODE, no.FREE_TEXT, no.ATTRIBUTION) == (1, 7, 20, 30, 37)
    record = (SPEC / "record.md").read_text(encoding="utf-8")
    assert "Body fields common to all types: `1` record id" in record
    assert "form fields start at 100" in record
