"""Vectors of exports."""

from __future__ import annotations

from maker.vector import Vector


def vectors() -> list[Vector]:
    """Return the vectors of this area."""
    return []
