from __future__ import annotations

from typing import Any

import pytest

from armslength.core.errors import LocalError, PeerError
from armslength.core.fieldmap import FieldReader
from armslength.core.instants import INSTANT_MAX, INSTANT_MIN
from armslength.core.limits import TEXT_BYTES_MAX

CODE = "CHARTER-MALFORMED"


def reader(value: Any) -> FieldReader:
    return FieldReader({1: value}, CODE)


@pytest.mark.parametrize(
    ("read", "good", "bad"),
    [
        (lambda r: r.integer(1, 3, 9), [3, 9], [2, 10, -1, True, None, "3", b"", (), {}]),
        (lambda r: r.instant(1), [INSTANT_MIN, INSTANT_MAX], [INSTANT_MIN - 1, INSTANT_MAX + 1, 0, None, "now"]),
        (lambda r: r.octets(1, 4), [b"1234"], [b"123", b"12345", "1234", None, ()]),
        (lambda r: r.octets(1, longest=2), [b"", b"12"], [b"123", None]),
        (lambda r: r.text(1, 3), ["a", "abc"], ["", "abcd", b"abc", None, 1]),
        (lambda r: r.text(1), ["a" * TEXT_BYTES_MAX], ["a" * (TEXT_BYTES_MAX + 1)]),
        (lambda r: r.array(1, 2), [(), (1, 2)], [(1, 2, 3), None, {}, "ab", b"ab"]),
        (lambda r: r.texts(1, 2), [(), ("a", "b")], [("a", 1), ("a", "b", "c"), ("a", None), None]),
        (lambda r: r.mapping(1), [{}, {1: 2}], [None, (), 1]),
        (lambda r: r.flag(1), [True, False], [None, 0, 1, "true"]),
    ],
)
def test_each_reader_takes_its_kind_and_refuses_every_other(read: Any, good: list[Any], bad: list[Any]) -> None:
    for value in good:
        assert read(reader(value)) == value
    for value in bad:
        with pytest.raises(PeerError, match=CODE):
            read(reader(value))


def test_an_absent_field_is_refused_except_a_flag() -> None:
    read = FieldReader({}, CODE)
    for absent in (read.integer, read.instant, read.octets, read.text, read.array, read.texts, read.mapping):
        with pytest.raises(PeerError, match=CODE):
            absent(1)
    assert read.flag(1) is False
    assert read.flag(1, default=True) is True
    assert read.value(1) is None


@pytest.mark.parametrize(("value", "there"), [(None, False), (0, True), ("", True), ((), True)])
def test_null_is_the_same_as_absent(value: Any, there: bool) -> None:
    assert reader(value).has(1) is there


@pytest.mark.parametrize("value", [None, 1, "map", b"", (1, 2)])
def test_what_is_no_map_is_refused(value: Any) -> None:
    with pytest.raises(PeerError, match=CODE):
        FieldReader(value, CODE)


def test_the_family_is_the_callers() -> None:
    with pytest.raises(LocalError, match="PREPARED-MALFORMED"):
        FieldReader({}, "PREPARED-MALFORMED", LocalError).text(1)
