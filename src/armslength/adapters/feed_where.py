"""Where feeds are read from: a folder by its path, anything else by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.adapters.feed_folder import FolderSource
from armslength.adapters.feed_http import HttpSource

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.instants import Instant
    from armslength.desk.feed_sources import FeedSources, Looked, Offered


class Sources:
    """Folders and addresses behind the desk's one port (`armslength.desk.feed_sources.FeedSources`)."""

    def __init__(self, folder: FeedSources | None = None, http: FeedSources | None = None) -> None:
        self._folder = folder or FolderSource()
        self._http = http or HttpSource()

    def look(self, where: str, known: Mapping[str, str], now: Instant) -> Looked:
        """Return what is new; see the port."""
        return self._of(where).look(where, known, now)

    def read(self, where: str, offered: Offered) -> bytes | None:
        """Return the bytes of a file offered; see the port."""
        return self._of(where).read(where, offered)

    def put_away(self, where: str, offered: Offered, *, accepted: bool) -> None:
        """Move a file that was read; see the port."""
        self._of(where).put_away(where, offered, accepted=accepted)

    def _of(self, where: str) -> FeedSources:
        return self._folder if where.startswith("/") else self._http
