"""Answers as JSON, and the spellings that a URL or header may have."""

from __future__ import annotations

import re

import pytest

from armslength.entrypoints.api import asked


def test_text_stays_text_and_is_not_blown_up() -> None:
    assert asked.json_bytes({"name": "ЗАЭС"}) == '{"name":"ЗАЭС"}'.encode()
    assert asked.as_json([]).headers["content-type"] == "application/json"


def test_what_json_does_not_have_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="JSON"):
        asked.json_bytes(float("nan"))


@pytest.mark.parametrize(
    ("text", "holds"), [("0", True), ("42", True), ("01", False), ("-1", False), ("1e3", False), ("", False)]
)
def test_an_index_is_plain_digits(text: str, holds: bool) -> None:
    assert (re.search(asked.INDEX_DIGITS, text) is not None) is holds


@pytest.mark.parametrize(
    ("text", "holds"), [("en", True), ("uk-Latn", True), ("../x", False), ("e", False), ("en-", False)]
)
def test_a_locale_is_a_language_tag_and_no_path(text: str, holds: bool) -> None:
    assert (re.search(asked.LOCALE, text) is not None) is holds


@pytest.mark.parametrize(
    ("key", "holds"),
    [("5f0c1e2d", True), ("a" * 128, True), ("short", False), ("a" * 129, False), ("a b c d e", False)],
)
def test_an_idempotency_key_has_signs_that_nothing_changes(key: str, holds: bool) -> None:
    assert (re.search(asked.KEY_PATTERN, key) is not None) is holds
