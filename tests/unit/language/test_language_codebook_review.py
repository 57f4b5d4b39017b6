"""Each phrase was read back into English; no reading claims more than it is."""

from __future__ import annotations

from importlib.resources import files

import pytest

from armslength.adapters.format_fluent import load_review
from armslength.core.errors import LocalError
from armslength.language.codebook_review import Verdict, review_from_text
from armslength.language.codebook_table import ENTRIES

TEXT = files("armslength.language").joinpath("codebook_review.toml").read_text(encoding="utf-8")


def test_every_phrase_was_read_back_by_somebody_who_is_no_native_linguist() -> None:
    review = load_review()
    assert (review.native, review.reviewer, review.source) == (False, "second reading, not a native linguist", "en")
    for locale in ("ru", "uk"):
        for number in ENTRIES:
            reading = review.of(number, locale)
            assert reading is not None
            assert reading.back
            assert reading.verdict is not Verdict.OTHER_MEANING
            assert bool(reading.differences) is (reading.verdict is Verdict.SAME_WITH_DIFFERENCE)
    assert review.of(10, "en") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("version = 1", "version = 2"),
        ('verdict = "SAME"', 'verdict = "FINE"'),
        ("010 = {", "910 = {"),
        ("[uk]", "[pl]"),
        ("version = 1", "version ="),
        ("010 = { back", "010 = { bach"),
    ],
)
def test_a_record_that_does_not_fit_is_refused(old: str, new: str) -> None:
    assert old in TEXT
    with pytest.raises(LocalError, match="CODEBOOK-REVIEW"):
        review_from_text(TEXT.replace(old, new, 1))
