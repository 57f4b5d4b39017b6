from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core import (
    error_texts_alarms,
    error_texts_audit,
    error_texts_book,
    error_texts_calls,
    error_texts_cases,
    error_texts_codebook,
    error_texts_console,
    error_texts_contacts,
    error_texts_line_checks,
    error_texts_local,
    error_texts_maps,
    error_texts_notices,
    error_texts_officers,
    error_texts_peer,
    error_texts_register,
    error_texts_shifts,
    error_texts_sign_in,
    error_texts_translations,
    error_texts_unavailable,
    error_texts_verification,
    error_texts_windows,
)
from armslength.core.error_table import ERROR_TABLE

if TYPE_CHECKING:
    from types import ModuleType

TEXTS = {
    "local": {
        **error_texts_local.TEXTS,
        **error_texts_alarms.TEXTS,
        **error_texts_audit.TEXTS,
        **error_texts_console.TEXTS,
        **error_texts_officers.TEXTS,
        **error_texts_register.TEXTS,
        **error_texts_windows.TEXTS,
        **error_texts_book.TEXTS,
        **error_texts_calls.TEXTS,
        **error_texts_cases.TEXTS,
        **error_texts_codebook.TEXTS,
        **error_texts_contacts.TEXTS,
        **error_texts_line_checks.TEXTS,
        **error_texts_maps.TEXTS,
        **error_texts_notices.TEXTS,
        **error_texts_shifts.TEXTS,
        **error_texts_sign_in.TEXTS,
        **error_texts_translations.TEXTS,
    },
    "peer": error_texts_peer.TEXTS,
    "verification": error_texts_verification.TEXTS,
    "unavailable": error_texts_unavailable.TEXTS,
}


def test_a_code_stands_in_one_family_only() -> None:
    assert len(ERROR_TABLE) == sum(map(len, TEXTS.values()))


@pytest.mark.parametrize("family", TEXTS)
def test_the_table_gives_each_text_as_it_was_written(family: str) -> None:
    for code, (sentence, next_step) in TEXTS[family].items():
        assert ERROR_TABLE[code] == (family, sentence, next_step)


@pytest.mark.parametrize(
    "file",
    [
        error_texts_book,
        error_texts_calls,
        error_texts_cases,
        error_texts_codebook,
        error_texts_contacts,
        error_texts_line_checks,
        error_texts_maps,
        error_texts_notices,
        error_texts_shifts,
        error_texts_translations,
        error_texts_local,
        error_texts_peer,
        error_texts_register,
        error_texts_unavailable,
        error_texts_verification,
        error_texts_windows,
    ],
)
def test_the_texts_of_a_file_are_in_alphabetical_order(file: ModuleType) -> None:
    assert list(file.TEXTS) == sorted(file.TEXTS)
