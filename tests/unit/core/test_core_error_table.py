from __future__ import annotations

import pytest

from armslength.core import error_texts_local, error_texts_peer, error_texts_unavailable, error_texts_verification
from armslength.core.error_table import ERROR_TABLE

TEXTS = {
    "local": error_texts_local.TEXTS,
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


@pytest.mark.parametrize("family", TEXTS)
def test_the_texts_of_a_family_are_in_alphabetical_order(family: str) -> None:
    assert list(TEXTS[family]) == sorted(TEXTS[family])
