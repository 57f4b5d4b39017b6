"""The range of keys that a scan covers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from armslength.adapters.store_rows import fresh, key_range, pack, unpack
from armslength.core.errors import LocalError

keys = st.one_of(st.binary(max_size=3), st.sampled_from([b"\xff", b"\xff\xff", b"a\xff"]))


@given(key=keys, prefix=keys, after=st.none() | keys, reverse=st.booleans())
def test_a_key_is_in_the_range_exactly_when_it_has_the_prefix_and_follows(
    *, key: bytes, prefix: bytes, after: bytes | None, reverse: bool
) -> None:
    low, high = key_range(prefix, after, reverse=reverse)
    follows = after is None or (key < after if reverse else key > after)
    assert (low <= key and (high is None or key < high)) == (key.startswith(prefix) and follows)


@pytest.mark.parametrize("body", [b"", b"\xff", b"\x01\x01"])
def test_bytes_that_are_no_value_are_damage_with_their_place(body: bytes) -> None:
    with pytest.raises(LocalError, match="STORE-DAMAGED") as caught:
        unpack(body, view="v", key=b"k")
    assert caught.value.details["view"] == "v"


@pytest.mark.parametrize("pairs", [1_000, 1_024])
def test_the_largest_map_comes_back(pairs: int) -> None:
    value = dict.fromkeys(range(pairs), b"x")
    assert unpack(pack(value)) == value


@pytest.mark.parametrize(
    "value", [None, 1, b"x", "x", (1, 2), {1: (2, 3)}, {1: {2: ({3: 4}, 5)}}, ({1: 2}, {3: {4: 5}})]
)
def test_a_fresh_value_is_equal_and_shares_no_map(value: Any) -> None:
    def maps(of: Any) -> list[int]:
        inside = of.values() if isinstance(of, dict) else of if isinstance(of, tuple) else ()
        return [*([id(of)] if isinstance(of, dict) else []), *(found for each in inside for found in maps(each))]

    copied = fresh(value)
    assert copied == value
    assert not set(maps(copied)) & set(maps(value))
