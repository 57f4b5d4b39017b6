"""The port to the places that feeds are read from: what is new there, and its bytes. Nothing there is ever deleted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.instants import Instant

FILE_BYTES_MAX: Final = 64 * 1024 * 1024
"""Bytes of one file of a feed: a year of hot spots of one country has 6 MB, as `desk.service_imports` says."""

OFFERED_MAX: Final = 256
"""Files read in one go; the rest is read in the next one, at once."""

NAME_BYTES_MAX: Final = 255
"""Bytes of a file's name: what file systems allow."""

MARK_CHARS_MAX: Final = 256
"""Characters of a mark: entity tags are shorter; a longer one is not kept, and the file is read again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One file that a source offers.

    Args:
        name: the file's name, for people.
        mark: changes when its contents change (size and time, an entity tag); empty when nothing can be said.
        data: its bytes where they came with the look; None, they are read when they are wanted.
    """

    name: str
    mark: str
    data: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a source offers now.

    Args:
        offered: files that are complete and whose marks are not known, by name.
        again_s: seconds after which to look again sooner than usual: a file is still being written, or there are more.
    """

    offered: tuple[Offered, ...] = ()
    again_s: int | None = None


class FeedSources(Protocol):
    """Where feeds are read from."""

    def look(self, where: str, known: Mapping[str, str], now: Instant) -> Looked:
        """Return what is new.

        Args:
            where: a folder or an address, as the feed's record names it.
            known: names and marks of what was read.
            now: the present instant.

        Raises:
            Unavailable: FEED-UNREACHABLE.
        """
        ...

    def read(self, where: str, offered: Offered) -> bytes | None:
        """Return the bytes of a file offered without them; None when it is gone or changed, and is looked at again.

        Raises:
            Unavailable: FEED-UNREACHABLE.
            LocalError: FEED-FILE, it is too large or no file.
        """
        ...

    def put_away(self, where: str, offered: Offered, *, accepted: bool) -> None:
        """Move a file that was read to the folder beside it, when the feed's record asks for it.

        Raises:
            Unavailable: FEED-UNREACHABLE, it stays where it is.
        """
        ...
