"""Whose turn it is at a store: one unit at a time on a connection, and never one inside another in the same thread."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Lock, get_ident
from typing import TYPE_CHECKING

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Iterator


class Turns:
    """The threads that hold a unit of one store.

    A thread that opens a second unit would wait for itself for ever on one store and see other rows on another, so
    every store refuses it alike.
    """

    def __init__(self) -> None:
        self._holders: set[int] = set()

    @contextmanager
    def take(self, lock: Lock) -> Iterator[None]:
        """Wait for the lock and hold it, as this thread's only unit.

        Raises:
            LocalError: STORE-MISUSE when this thread holds a unit of the store already.
        """
        thread = get_ident()
        if thread in self._holders:
            raise LocalError("STORE-MISUSE", got="a unit inside another unit of the same thread")
        with lock:
            self._holders.add(thread)
            try:
                yield
            finally:
                self._holders.discard(thread)
