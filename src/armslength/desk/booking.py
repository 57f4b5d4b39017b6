"""The channel book and the ladders: what officers record and what the clock does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.desk import channel_book, laddering, views

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.prepared import Signed

channel = channel_book.channel
"""The channel that a name means."""

every_channel = channel_book.every_channel
"""Every channel of the book."""

standing = channel_book.standing
"""How a channel stands: declared and observed."""

observe = channel_book.observe
"""What the node notes of a channel by itself."""

SUBMITS: Final[Mapping[str, Callable[[Books, Signed], int]]] = {
    "channel": channel_book.submit_channel,
    "channel-state": channel_book.submit_state,
    "ladder": laddering.submit_ladder,
    "rung": laddering.submit_rung,
}
"""Record type -> what enters it, for `Service.submit`."""

ROLES: Final[Mapping[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {}
"""Record type -> roles for that very body, where `policy.LOCAL_ACTS` alone does not say it."""

TICKS: Final[tuple[tuple[str, Callable[[Books, bytes], object]], ...]] = ((views.RUNGS, laddering.tick),)
"""View and what is done with a row of it that falls due."""
