"""Precedence: how fast a message must be handled, in the words that duty officers already use.

Urgency is not importance: the drafter proposes a precedence, the releaser confirms it. Public source for the words:
RFC 6477 (MMHS headers); prosigns R, P, O, Z.
"""

from __future__ import annotations

from enum import IntEnum


class Precedence(IntEnum):
    """Four levels; a higher number goes first. The numbers are the wire's."""

    ROUTINE = 0
    PRIORITY = 1
    IMMEDIATE = 2
    FLASH = 3

    @property
    def prosign(self) -> str:
        """The one-letter prosign used on voice and paper."""
        return "RPOZ"[self.value]
