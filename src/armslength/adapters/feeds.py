"""The readers of reports by name, and which one a file asks for by its own first bytes.

    run = read_feed(path, FeedOptions(received_at=now))             # told by the file's header
    run = read_feed(path, FeedOptions(received_at=now), "firms")    # or named

A file that no reader claims needs a mapping file, and with one any table or map is read. Reports that repeat others of
the same file come out linked to them (`armslength.register.duplicates`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.format_sniffing import first_bytes, header_with, opened
from armslength.adapters.format_unpack import OpenFile
from armslength.core.errors import LocalError
from armslength.register import duplicates
from armslength.register.importing import ImportRun
from armslength.register.reports import Report

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Reader: TypeAlias = Callable[[OpenFile, FeedOptions], ImportRun[Report]]
"""What a reader is: an opened file and what is said of it, to the reports that would be entered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One reader of reports.

    Args:
        title: what it reads, for a person.
        module: module of the adapters that holds it, loaded when it is used.
        function: the reader in that module.
        recognises: tells by the first bytes, unpacked, whether a file is meant for it; None for the general ones.
    """

    title: str
    module: str
    function: str
    recognises: Callable[[bytes], bool] | None = None

    def reader(self) -> Reader:
        """Return the reader."""
        found: Reader = getattr(import_module(f"armslength.adapters.{self.module}"), self.function)
        return found


def _root(namespace: bytes, *names: bytes) -> Callable[[bytes], bool]:
    tags = re.compile(rb"<(?:[A-Za-z0-9_-]+:)?(?:" + b"|".join(names) + rb")[\s>]")

    def recognises(first: bytes) -> bool:
        start = first[:4096]
        return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and namespace in start and bool(tags.search(start))

    return recognises


def _is_json(first: bytes, *words: bytes) -> bool:
    return first.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" and all(word in first for word in words)


def _is_documents(first: bytes) -> bool:
    return _is_json(first, b'"reports"', b'"report_id"', b'"interval"')


def _is_geojson(first: bytes) -> bool:
    return _is_json(first, b'"Feature')


FEEDS: Final[Mapping[str, Feed]] = MappingProxyType(
    {
        "firms": Feed(
            title="NASA FIRMS fire detections, MODIS and VIIRS (CSV)",
            module="feed_firms",
            function="read_firms",
            recognises=header_with("latitude", "longitude", "acq_date"),
        ),
        "viina": Feed(
            title="VIINA 2.0 events from the news (CSV, the native zip files)",
            module="feed_viina",
            function="read_viina",
            recognises=header_with("event_id_1pd", "asciiname"),
        ),
        "ucdp": Feed(
            title="UCDP georeferenced events (CSV)",
            module="feed_ucdp",
            function="read_ucdp",
            recognises=header_with("relid", "where_prec", "date_prec"),
        ),
        "sirens": Feed(
            title="official air-raid alarms of Ukraine (CSV)",
            module="feed_sirens",
            function="read_sirens",
            recognises=header_with("oblast", "started_at", "finished_at"),
        ),
        "cap": Feed(
            title="Common Alerting Protocol 1.2 (XML)",
            module="feed_cap",
            function="read_cap",
            recognises=_root(b"urn:oasis:names:tc:emergency:cap:1", b"alert"),
        ),
        "cot": Feed(
            title="Cursor-on-Target events (XML)",
            module="feed_cot",
            function="read_cot",
            recognises=_root(b"", b"event", b"events"),
        ),
        "documents": Feed(
            title="reports written by hand (JSON)",
            module="feed_documents",
            function="read_documents",
            recognises=_is_documents,
        ),
        "geojson": Feed(
            title="any GeoJSON map with a mapping file",
            module="feed_geojson",
            function="read_geojson",
            recognises=_is_geojson,
        ),
        "table": Feed(
            title="any table with a mapping file (CSV, spreadsheet)",
            module="feed_geojson",
            function="read_mapped_table",
        ),
    }
)
"""Name of a reader, as in `report import FILE --as firms`, to the reader; those that know a file best stand first."""


def read_feed(source: Path | tuple[str, bytes], options: FeedOptions, name: str | None = None) -> ImportRun[Report]:
    """Return what an import of a file of reports would enter; nothing is entered.

    Args:
        source: a file, or its name and bytes.
        options: what is said of it.
        name: a reader; None has the file tell.

    Raises:
        LocalError: FEED-UNKNOWN (no such reader, or no reader claims the file), and what the reader raises.
    """
    chosen = told_by(source, options) if name is None else name
    if chosen not in FEEDS:
        raise LocalError("FEED-UNKNOWN", expected=", ".join(FEEDS), got=chosen)
    with opened(source, options.member) as file:
        run = FEEDS[chosen].reader()(file, options)
    return replace(run, accepted=duplicates.linked(run.accepted))


def told_by(source: Path | tuple[str, bytes], options: FeedOptions) -> str:
    """Return the name of the reader that a file is meant for.

    Raises:
        LocalError: FEED-UNKNOWN, and what the file itself raises.
    """
    sample = first_bytes(source, options.member)
    for name, known in FEEDS.items():
        if known.recognises is not None and known.recognises(sample):
            return name
    if options.mapping:
        return "table"
    raise LocalError("FEED-UNKNOWN", expected="a header that a reader knows, or a mapping file", got="another form")
