"""A lax COSE reader for official vectors that are outside our CBOR subset; test only, built on the oracle's decoder.

It gives the same frozen values as the strict parsers, so that vectors which our wire would refuse for their form (key
ids outside the protected header, untagged, tag 995) still reach the same verification functions.
"""

from __future__ import annotations

from typing import Any

import cbor2

from armslength.core.cose import Sign, Sign1, Signer


def _map(raw: bytes) -> dict[Any, Any]:
    return cbor2.loads(raw) if raw else {}


def body(data: bytes) -> list[Any]:
    """Return the parts of any COSE message, tagged or not."""
    value = cbor2.loads(data)
    return value.value if isinstance(value, cbor2.CBORTag) else value


def sign1(data: bytes) -> Sign1:
    raw, unprotected, payload, signature = body(data)
    return Sign1(protected_raw=raw, protected=_map(raw), unprotected=unprotected, payload=payload, signature=signature)


def sign(data: bytes) -> Sign:
    raw, unprotected, payload, rows = body(data)
    signers = tuple(
        Signer(protected_raw=row[0], protected=_map(row[0]), unprotected=row[1], signature=row[2]) for row in rows
    )
    return Sign(protected_raw=raw, protected=_map(raw), unprotected=unprotected, payload=payload, signers=signers)
