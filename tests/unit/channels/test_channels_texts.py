"""Texts of the duty officer's room: one visible line, of a known form, not too many."""

from __future__ import annotations

import re

import pytest

from armslength.channels import texts
from armslength.core.errors import LocalError


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "LADDER-VALUE"), ("  ", "LADDER-VALUE"), ("a\nb", "TEXT-CONTROL"), ("a" * 4097, "TEXT-SIZE")],
)
def test_what_is_no_visible_line_is_refused(text: str, code: str) -> None:
    with pytest.raises(LocalError) as refused:
        texts.one_line(text, "note", "LADDER-VALUE")
    assert refused.value.code == code


def test_only_what_may_be_empty_is() -> None:
    assert texts.one_line("", "note", "LADDER-VALUE", optional=True) == ""
    assert texts.one_line("линия", "note", "LADDER-VALUE") == "линия"


def test_forms_codes_and_counts_are_held() -> None:
    assert texts.matching("ab", re.compile("[a-z]+"), "x", "LADDER-VALUE") == "ab"
    assert texts.one_of("a", ("a", "b"), "x", "LADDER-VALUE") == "a"
    texts.lines_of(("a", "b"), 2, "x", "LADDER-VALUE")
    for refused in (
        lambda: texts.matching("ab1", re.compile("[a-z]+"), "x", "LADDER-VALUE"),
        lambda: texts.one_of("c", ("a", "b"), "x", "LADDER-VALUE"),
        lambda: texts.several((1, 2, 3), 2, "x", "LADDER-VALUE"),
        lambda: texts.lines_of(("a", ""), 2, "x", "LADDER-VALUE"),
    ):
        with pytest.raises(LocalError, match="LADDER-VALUE"):
            refused()
