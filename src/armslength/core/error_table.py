"""Every error code of the product: family, the operator's sentence, the next step.

Codes are stable: a code is never renamed or reused, since operators' notes and peers refer to it. `docs/errors.md` is
made from this table and a test holds the two equal.
"""

from __future__ import annotations

from typing import NamedTuple


class ErrorText(NamedTuple):
    """One row: family (local, peer, verification, unavailable), sentence, next step."""

    family: str
    sentence: str
    next_step: str


ERROR_TABLE: dict[str, ErrorText] = {
    "CBOR-DEPTH": ErrorText(
        "peer",
        "The bytes are nested deeper than the wire allows.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
}
