"""Whatever stands where phrases should is refused by name and never half read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.core.cbor import Tagged
from armslength.core.errors import LocalError
from armslength.language.codebook_table import DIGEST, VERSION
from armslength.language.phrases import check_phrase, entry_of, require_readable, shown_digest

GOOD = (VERSION, shown_digest(DIGEST), ((10,), (11, 21), (13, (475_122_000, 345_858_000, 10))))


def test_phrases_of_this_version_are_read() -> None:
    assert [entry.number for entry, _ in require_readable(GOOD)] == [10, 11, 13]
    assert entry_of(10).digits == "010"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "CODEBOOK-UNKNOWN"),
        ((VERSION, shown_digest(DIGEST)), "CODEBOOK-UNKNOWN"),
        ((2, shown_digest(DIGEST), ((10,),)), "CODEBOOK-UNKNOWN"),
        ((True, shown_digest(DIGEST), 7), "CODEBOOK-UNKNOWN"),
        ((VERSION, "0badcafe", ((10,),)), "CODEBOOK-UNKNOWN"),
        ((VERSION, shown_digest(DIGEST), (10,)), "CODE-UNKNOWN"),
        ((VERSION, shown_digest(DIGEST), ((),)), "CODE-UNKNOWN"),
        ((VERSION, shown_digest(DIGEST), ((True,),)), "CODE-UNKNOWN"),
        ((VERSION, shown_digest(DIGEST), (("010",),)), "CODE-UNKNOWN"),
        ((VERSION, shown_digest(DIGEST), ((999,),)), "CODE-UNKNOWN"),
        ((VERSION, shown_digest(DIGEST), ((10, 1),)), "CODE-ARGUMENTS"),
        ((VERSION, shown_digest(DIGEST), ((11,),)), "CODE-ARGUMENTS"),
    ],
)
def test_what_is_no_phrase_of_this_version_is_refused(value: object, code: str) -> None:
    with pytest.raises(LocalError, match=code):
        require_readable(value)  # type: ignore[arg-type]  # anything the wire may hold


@pytest.mark.parametrize(
    ("number", "wrong"),
    [
        (11, -1),
        (11, 10**9 + 1),
        (11, "5"),
        (11, True),
        (9, "noon"),
        (9, 5),
        (13, (1, 2)),
        (13, (10**12, 0, 0)),
        (14, ("A", "en")),
        (14, ("", "en", "DAM")),
        (14, "A"),
        (120, ""),
        (120, "   "),
        (120, "a\u202eb"),
        (120, "x" * 401),
        (120, b"x"),
    ],
)
def test_an_argument_of_another_kind_is_refused(number: int, wrong: object) -> None:
    with pytest.raises(LocalError, match="CODE-ARGUMENTS"):
        check_phrase((number, wrong))  # type: ignore[arg-type]  # as above


REFUSALS = r"CODEBOOK-UNKNOWN|CODE-UNKNOWN|CODE-ARGUMENTS"
JUNK = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.binary(max_size=4), st.text(max_size=4), st.just(Tagged(1, 1))
    ),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=6,
)


@given(JUNK)
def test_nothing_but_a_typed_error_comes_of_junk(value: object) -> None:
    for junk in (value, (VERSION, shown_digest(DIGEST), value), (VERSION, shown_digest(DIGEST), (value, (10, 1)))):
        with pytest.raises(LocalError, match=REFUSALS):
            require_readable(((junk, 1),))  # type: ignore[arg-type]  # as above
        with pytest.raises(LocalError, match=REFUSALS):
            require_readable((VERSION, shown_digest(DIGEST), ((junk,), (10, junk))))  # type: ignore[arg-type]  # as above
