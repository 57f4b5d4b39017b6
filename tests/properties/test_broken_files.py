"""Any file, however broken, gives a typed error or refused rows with their numbers, in bounded memory and time."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from time import process_time
from typing import TYPE_CHECKING

import pytest

from armslength.core.error_table import ERROR_TABLE
from armslength.core.errors import LocalError
from armslength.register.importing import RefusedRow
from properties.broken_files import READERS, cases, giant

if TYPE_CHECKING:
    from properties.broken_files import Reader

TWISTS, TWISTS_LONG = 300, 5_000
TRUNCATIONS, TRUNCATIONS_LONG = 120, 100_000

GIANT_BYTES_MAX = 96 << 20
"""Memory that one file of some megabytes, packed forty, may cost; the largest bound of a reader is 64 MiB."""

GIANT_CPU_S_MAX = 60.0
"""Tracing memory and coverage make work ten times slower: what is bounded takes under a second, a quadratic hours."""


def judged(reader: Reader, what: str, data: bytes) -> str:
    """Read a file and return what came of it; whatever is neither read nor refused fails."""
    refused = False
    try:
        for row in reader.read(data):
            if isinstance(row, RefusedRow):
                assert row.code in ERROR_TABLE, (what, row)
                assert 0 <= row.row <= len(data), (what, row)
                refused = True
    except LocalError as error:
        return error.code
    except BaseException as error:
        message = f"{what}: {type(error).__name__}: {error}: {data[:300]!r}"
        raise AssertionError(message) from error
    return "(some rows refused)" if refused else "(read)"


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_sample_is_read_without_a_refusal(reader: Reader) -> None:
    found = list(reader.read(reader.sample))
    assert found
    assert [row for row in found if isinstance(row, RefusedRow)] == []


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_broken_file_is_refused_with_a_type_or_row_by_row(reader: Reader) -> None:
    came = Counter(judged(reader, what, data) for what, data in cases(reader, 1, TWISTS, TRUNCATIONS))
    print(f"\n{reader.name}: {dict(came.most_common())}")
    assert sum(count for what, count in came.items() if what != "(read)") > came.total() / 4


@pytest.mark.long
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_giant_is_refused_in_bounded_memory_and_time(reader: Reader) -> None:
    for number, data in enumerate(giant(reader.sample)):
        tracemalloc.start()
        began = process_time()
        judged(reader, f"{reader.name}, giant {number}", data)
        spent, peak = process_time() - began, tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < GIANT_BYTES_MAX, (reader.name, number, peak)
        assert spent < GIANT_CPU_S_MAX, (reader.name, number, spent)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(2, 6))
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_thousands_of_broken_files_are_refused(reader: Reader, seed: int) -> None:
    for what, data in cases(reader, seed, TWISTS_LONG, TRUNCATIONS_LONG):
        judged(reader, what, data)
