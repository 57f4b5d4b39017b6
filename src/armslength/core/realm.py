"""The realm: REAL or EXERCISE, and the domain strings that keep signatures of one out of the other.

There is no function that converts one into the other, and none that takes both.
"""

from __future__ import annotations

from enum import StrEnum

PRODUCT_DOMAIN = "armslength/1"
"""Prefix of every signature and sealing domain of profile version 1."""


class Realm(StrEnum):
    """Which world a node, key or record belongs to."""

    REAL = "REAL"
    EXERCISE = "EXERCISE"


def domain(realm: Realm, purpose: str) -> bytes:
    """Return the domain string for one purpose in one realm, e.g. ``armslength/1/EXERCISE/record``.

    Used as COSE external_aad, HPKE info prefix and hash prefix, so that bytes made for one realm or purpose never
    verify or open in another.
    """
    return f"{PRODUCT_DOMAIN}/{realm.value}/{purpose}".encode()
