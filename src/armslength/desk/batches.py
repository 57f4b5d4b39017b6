"""Many rows as one journal entry: a batch holds its rows as they were read, under a root over them (design.md, 3).

A batch is made by the node under an import that an officer signed, or by a feed that he set up. Its fields:

    20 import or feed record id   21 source   22 rows   23 root   24 fields common to all rows   25 the rows
    26 where each row ends, four bytes each

The root is that of an RFC 9162 tree whose leaves are the rows' encodings, so that one row can be shown and proved to
have been in it. A row is a map of the body fields that differ from the common ones; rows follow one another as a CBOR
sequence (RFC 8742). Where each ends stands beside them, so that one row of thousands is read alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from struct import Struct
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core import cbor
from armslength.core.errors import ArmslengthError, LocalError
from armslength.journal import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from armslength.core.cbor import CborValue

BATCH_BYTES_MAX: Final = 384 * 1024
"""Bytes of the rows of one batch: with its other fields and signature it stays below an entry's limit."""

BATCH_ROWS_MAX: Final = 4_096
"""Rows of one batch: written in a quarter of a second, so that a message waits no longer for the writer."""

ROW_BYTES_MAX: Final = BATCH_BYTES_MAX
"""Bytes of one row: a site's outline of twenty thousand vertices has 300,000."""

_ROW_ITEMS_MAX: Final = 100_000
"""Values of one row: an outline of twenty thousand vertices has 60,000."""

_END: Final = Struct(">I")

Body = dict[int, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The rows of one entry, encoded."""

    rows: int
    root: bytes
    common: Mapping[int, CborValue]
    data: bytes
    ends: bytes

    def fields(self, under: bytes, source: str) -> dict[int, CborValue]:
        """Return the fields of the note that enters it."""
        return {
            20: under,
            21: source,
            22: self.rows,
            23: self.root,
            24: cast("CborValue", dict(self.common)),
            25: self.data,
            26: self.ends,
        }


def batches(bodies: Sequence[Mapping[int, CborValue]]) -> Iterator[Batch]:
    """Yield the batches of rows in their order; no rows are no batch.

    Raises:
        LocalError: BATCH-SIZE, one row alone is too large.
    """
    if not bodies:
        return
    common = _common(bodies)
    rows: list[bytes] = []
    size = 0
    for body in bodies:
        row = cbor.encode({number: value for number, value in body.items() if number not in common})
        if len(row) > ROW_BYTES_MAX:
            raise LocalError("BATCH-SIZE", limit=ROW_BYTES_MAX, got=len(row))
        if rows and (size + len(row) > BATCH_BYTES_MAX or len(rows) >= BATCH_ROWS_MAX):
            yield _batch(rows, common)
            rows, size = [], 0
        rows.append(row)
        size += len(row)
    yield _batch(rows, common)


def rows_hash(made: Sequence[Batch]) -> bytes:
    """Return the hash over all batches of an import that an officer signs: their roots, in order."""
    return sha256(b"".join(batch.root for batch in made)).digest()


def batch_rows(body: Mapping[int, CborValue]) -> tuple[Body, ...]:
    """Return the rows of a batch entry's body, each with the common fields.

    Raises:
        LocalError: BATCH-SIZE, BATCH-ROOT: the entry is not as it was made.
    """
    common, data = _parts(body)
    count, root, ends = body.get(22), body.get(23), body.get(26)
    try:
        rows = cbor.decode_sequence(data, items_max=BATCH_ROWS_MAX * _ROW_ITEMS_MAX)
    except ArmslengthError as error:
        raise LocalError("BATCH-ROOT", because=error.code) from error
    encoded = [cbor.encode(row) for row in rows]
    if len(rows) != count or _root(encoded) != root or _ends(encoded) != ends:
        raise LocalError("BATCH-ROOT", expected=root, got=f"{len(rows)} rows")
    return tuple(_whole(common, row) for row in rows)


def batch_row(body: Mapping[int, CborValue], number: int) -> Body:
    """Return one row of a batch entry's body with the common fields, without reading the others.

    The root is not computed again: the caller has the body out of an entry whose commitment holds, and a rebuild reads
    every row.

    Args:
        body: the fields of the entry.
        number: which row, from 0.

    Raises:
        LocalError: BATCH-SIZE, BATCH-ROOT: there is no such row, or the entry is not as it was made.
    """
    common, data = _parts(body)
    ends = body.get(26)
    if not isinstance(ends, bytes) or not 0 <= number < len(ends) // _END.size:
        raise LocalError("BATCH-ROOT", expected="the end of the row", got=number)
    start = _END.unpack_from(ends, (number - 1) * _END.size)[0] if number else 0
    end = _END.unpack_from(ends, number * _END.size)[0]
    try:
        row = cbor.decode(data[start:end], items_max=_ROW_ITEMS_MAX)
    except ArmslengthError as error:
        raise LocalError("BATCH-ROOT", because=error.code) from error
    return _whole(common, row)


def _parts(body: Mapping[int, CborValue]) -> tuple[Body, bytes]:
    common, data = body.get(24), body.get(25)
    if not isinstance(common, dict) or not isinstance(data, bytes) or len(data) > BATCH_BYTES_MAX:
        raise LocalError("BATCH-SIZE", limit=BATCH_BYTES_MAX)
    return cast("Body", common), data


def _whole(common: Body, row: CborValue) -> Body:
    if not isinstance(row, dict):
        raise LocalError("BATCH-ROOT", expected="rows that are maps", got=type(row).__name__)
    return {**common, **cast("Body", row)}


def _common(bodies: Sequence[Mapping[int, CborValue]]) -> dict[int, CborValue]:
    """Return the fields that every row has with the same value; a single row has none, it says all itself."""
    if len(bodies) == 1:
        return {}
    first = bodies[0]
    return {
        number: value
        for number, value in first.items()
        if all(number in body and body[number] == value for body in bodies)
    }


def _batch(rows: list[bytes], common: Mapping[int, CborValue]) -> Batch:
    return Batch(rows=len(rows), root=_root(rows), common=common, data=b"".join(rows), ends=_ends(rows))


def _ends(rows: Sequence[bytes]) -> bytes:
    return b"".join(_END.pack(end) for end in accumulate(len(row) for row in rows))


def _root(rows: Sequence[bytes]) -> bytes:
    return tree.root_of([tree.leaf_hash(row) for row in rows])
