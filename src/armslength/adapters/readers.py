"""Everything that reads files of facilities and reports, behind the desk's one port.

Options of a source, all of them text:

    member    which file of an archive
    mapping   text of a mapping file (TOML), for tables and maps of any form
    region    the box in which its places must lie: south,west,north,east in degrees, or UA
    as_of     the instant for which a file of facilities states things (RFC 3339)
    kind      kind of facility, for formats that state none
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.desk.importing import FACILITIES, NOTICES, REPORTS

if TYPE_CHECKING:
    from armslength.adapters.feed_reading import FeedOptions
    from armslength.adapters.format_geo import Region
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.channels.notices import Notice
    from armslength.desk.importing import Source
    from armslength.register.facilities import Facility
    from armslength.register.importing import ImportRun
    from armslength.register.reports import Report

OPTIONS: Final = frozenset({"member", "mapping", "region", "as_of", "kind"})
"""What a reader may be told; another word is refused, since one misspelt is one left out."""

# Importers and their formats take 100 ms to start, and a command that reads no file must not wait for them.


class FileReaders:
    """Reads files with the importers and feeds of this room (`armslength.desk.importing.Readers`)."""

    def read(self, source: Source) -> ImportRun[Facility] | ImportRun[Report] | ImportRun[Notice]:
        """Return what a file holds; nothing is entered.

        Raises:
            LocalError: IMPORT-OPTION, FEED-UNKNOWN, SITES-FILE and what the reader raises; the file is refused.
        """
        given = dict(source.options)
        unknown = sorted(set(given) - OPTIONS)
        if unknown:
            raise LocalError("IMPORT-OPTION", expected=", ".join(sorted(OPTIONS)), got=unknown[0])
        if source.what == REPORTS:
            return _reports(source, given)
        if source.what == FACILITIES:
            return _facilities(source, given)
        if source.what == NOTICES:
            return _notices(source, given)
        raise LocalError("IMPORT-OPTION", expected=f"{REPORTS}, {FACILITIES} or {NOTICES}", got=source.what)

    def told(self, source: Source) -> str:
        """Return the name of the reader that a source asks for, the one it names or the one that claims its bytes.

        Raises:
            LocalError: FEED-UNKNOWN, SITES-FILE and what the file raises.
        """
        if source.reader:
            return source.reader
        given, file = dict(source.options), (source.name, source.data)
        if source.what == REPORTS:
            from armslength.adapters import feeds  # noqa: PLC0415 - see above

            return feeds.told_by(file, _feed_options(source, given))
        from armslength.adapters import sites  # noqa: PLC0415 - see above

        return sites.told_by(file, _site_options(source, given))

    def names(self, what: str) -> tuple[str, ...]:
        """Return the readers there are for facilities or for reports."""
        if what == REPORTS:
            from armslength.adapters.feeds import FEEDS  # noqa: PLC0415 - see above

            return tuple(FEEDS)
        from armslength.adapters.sites import SITES  # noqa: PLC0415 - see above

        return tuple(SITES)


def _reports(source: Source, given: dict[str, str]) -> ImportRun[Report]:
    from armslength.adapters import feeds  # noqa: PLC0415 - see above

    return feeds.read_feed((source.name, source.data), _feed_options(source, given), source.reader or None)


def _notices(source: Source, given: dict[str, str]) -> ImportRun[Notice]:
    from armslength.adapters.format_unpack import open_bytes  # noqa: PLC0415 - see above
    from armslength.adapters.notice_tables import read_notices  # noqa: PLC0415 - see above

    with open_bytes(source.data, source.name, member=given.get("member")) as file:
        return read_notices(file, source.received_at)


def _feed_options(source: Source, given: dict[str, str]) -> FeedOptions:
    from armslength.adapters.feed_reading import FeedOptions  # noqa: PLC0415 - see above

    return FeedOptions(
        received_at=source.received_at,
        region=_region(given.get("region", "")),
        mapping=given.get("mapping", ""),
        member=given.get("member"),
    )


def _facilities(source: Source, given: dict[str, str]) -> ImportRun[Facility]:
    from armslength.adapters import sites  # noqa: PLC0415 - see above

    return sites.read_sites((source.name, source.data), _site_options(source, given), source.reader or None)


def _site_options(source: Source, given: dict[str, str]) -> SiteOptions:
    from armslength.adapters.sites_reading import SiteOptions  # noqa: PLC0415 - see above

    as_of = given.get("as_of")
    return SiteOptions(
        received_at=source.received_at,
        as_of=None if as_of is None else parse_rfc3339(as_of),
        region=_region(given.get("region", "")),
        kind=given.get("kind", "OTHER-FACILITY"),
        mapping=given.get("mapping", ""),
        member=given.get("member"),
    )


def _region(text: str) -> Region | None:
    from armslength.adapters.format_geo import Region  # noqa: PLC0415 - see above
    from armslength.adapters.sites_reading import UKRAINE  # noqa: PLC0415 - see above

    if not text:
        return None
    if text == "UA":
        return UKRAINE
    try:
        south, west, north, east = (float(part) for part in text.split(","))
    except ValueError:
        raise LocalError("IMPORT-OPTION", expected="UA, or south,west,north,east in degrees", got=text) from None
    if not (-90 <= south < north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise LocalError("IMPORT-OPTION", expected="a box on the globe", got=text)
    return Region(south_deg=south, west_deg=west, north_deg=north, east_deg=east)
