"""Every text of the register is one visible line of bounded length."""

from __future__ import annotations

import pytest

from armslength.core.errors import LocalError
from armslength.register.texts import LANGUAGE_TAG, LINE_BYTES_MAX, RECORD_ID, matching, one_line, one_of


def test_a_text_in_any_script_passes_unchanged() -> None:
    assert one_line("Запорізька атомна електростанція", "name", "FACILITY-VALUE") == "Запорізька атомна електростанція"
    assert one_line("", "note", "FACILITY-VALUE", optional=True) == ""


@pytest.mark.parametrize(
    ("text", "optional", "code"),
    [
        ("", False, "FACILITY-VALUE"),
        ("   ", False, "FACILITY-VALUE"),
        ("   ", True, "FACILITY-VALUE"),
        ("two\nlines", False, "TEXT-CONTROL"),
        ("strike \u202eTON at 0600", False, "TEXT-BIDI"),
        ("zero\u200bwidth", False, "TEXT-CONTROL"),
        ("x" * (LINE_BYTES_MAX + 1), False, "TEXT-SIZE"),
    ],
)
def test_a_text_that_cannot_be_shown_on_one_line_is_refused(text: str, code: str, *, optional: bool) -> None:
    with pytest.raises(LocalError) as refused:
        one_line(text, "name", "FACILITY-VALUE", optional=optional)
    assert refused.value.code == code


@pytest.mark.parametrize("tag", ["en", "uk", "ru", "uk-Latn", "zh-Hant-TW"])
def test_language_tags(tag: str) -> None:
    assert matching(tag, LANGUAGE_TAG, "language", "REPORT-VALUE") == tag


@pytest.mark.parametrize("tag", ["", "EN", "english", "en_GB", "en-", "en\n"])
def test_what_is_no_language_tag_is_refused(tag: str) -> None:
    with pytest.raises(LocalError, match="REPORT-VALUE"):
        matching(tag, LANGUAGE_TAG, "language", "REPORT-VALUE")


@pytest.mark.parametrize("name", ["", "-x", "a b", "ЗАЕС", "x" * 65, "a;b", "a\n"])
def test_what_is_no_identifier_is_refused(name: str) -> None:
    with pytest.raises(LocalError, match="FACILITY-VALUE"):
        matching(name, RECORD_ID, "id", "FACILITY-VALUE")


def test_a_code_outside_its_vocabulary_is_refused() -> None:
    assert one_of("A", frozenset({"A", "B"}), "code", "FACILITY-VALUE") == "A"
    with pytest.raises(LocalError, match="FACILITY-VALUE"):
        one_of("C", frozenset({"A", "B"}), "code", "FACILITY-VALUE")
