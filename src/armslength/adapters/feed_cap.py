"""Common Alerting Protocol 1.2 (OASIS): public warnings, one report for each area of each block of information.

An alert that updates or cancels another is linked to it (UPDATES), and both are kept. Alerts that are exercises, tests
or drafts, and machine acknowledgements, are left out, so that none is taken for a real one.

An area is a circle, a polygon or the name of a first-level unit of Ukraine; its middle is the place and its furthest
part the uncertainty. An area without any of these is refused: what stands in a code of some agency is known to that
agency. Times are ``onset`` or else ``effective`` or else ``sent``, until ``expires``.

Grade C2 for what was observed and C3 otherwise: such alerts come from authorities, but an alert that came as a file has
no signature that was checked here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from armslength.adapters.feed_places import COUNTRY_M, Extent, area_extent, known_within, unit_extent
from armslength.adapters.feed_reading import address_of, gather, line_of, place_of, wrong
from armslength.adapters.format_rows import clean_cell
from armslength.adapters.format_xml import Element, parse_xml
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339
from armslength.language.detect import detect
from armslength.register.admin_names import unit_of
from armslength.register.reports import LINKS_MAX, Grade, Reliability, Report, ReportKind
from armslength.register.wording import read_wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.adapters.feed_reading import FeedOptions
    from armslength.adapters.format_unpack import OpenFile
    from armslength.core.instants import Instant
    from armslength.register.importing import ImportRun

SOURCE: Final = "Common Alerting Protocol 1.2"
"""The source; the sender is who says so."""

XML_BYTES_MAX: Final = 16 * 1024 * 1024
"""Bytes of one document; an alert has five thousand."""

_STATUSES: Final = frozenset({"Actual", "Exercise", "System", "Test", "Draft"})
_TYPES: Final = frozenset({"Alert", "Update", "Cancel", "Ack", "Error"})
_NAMESPACE: Final = re.compile(r"urn:oasis:names:tc:emergency:cap:1\.[12]")
_PAIR: Final = re.compile(r"(-?[0-9]{1,3}(?:\.[0-9]{1,20})?),(-?[0-9]{1,3}(?:\.[0-9]{1,20})?)")
_RADIUS: Final = re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,9})?")
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Area:
    """One area of one block of one alert, with its number in the document."""

    number: int
    alert: Element
    info: Element
    area: Element
    name: str


def read_cap(file: OpenFile, options: FeedOptions) -> ImportRun[Report]:
    """Return the areas of an alert as reports; a row is the area's place in the document.

    Raises:
        LocalError: FILE-FORMAT, FILE-TOO-LARGE, FILE-XML-ENTITY and what the file raises.
    """
    alert = parse_xml(file.whole(XML_BYTES_MAX), file.name)
    if alert.name != "alert" or not _NAMESPACE.fullmatch(alert.namespace):
        raise LocalError("FILE-FORMAT", file=file.name, expected="an alert of CAP 1.2", got=alert.name)

    def report(one: _Area) -> Report | str:
        return _report(one, options.received_at)

    return gather(file, SOURCE, _areas(alert), report, options)


def _areas(alert: Element) -> Iterator[_Area]:
    number = 0
    infos = tuple(alert.all("info")) or (Element(name="info", namespace=alert.namespace, text=""),)
    for block, info in enumerate(infos, start=1):
        areas = tuple(info.all("area")) or (Element(name="area", namespace=alert.namespace, text=""),)
        for place, area in enumerate(areas, start=1):
            number += 1
            yield _Area(number=number, alert=alert, info=info, area=area, name=f"{block}.{place}")


def _report(one: _Area, received_at: Instant) -> Report | str:
    alert, info = one.alert, one.info
    status, message = _coded(alert, "status", _STATUSES), _coded(alert, "msgType", _TYPES)
    if status != "Actual":
        return f"status {status}"
    if message in {"Ack", "Error"}:
        return f"message type {message}"
    links = _links(alert)
    if message != "Alert" and not links:
        raise wrong("references", "the alert that is updated or cancelled", "nothing")
    from_at, until_at = _interval(alert, info)
    extent, located_by = _extent(one.area)
    text = _text(one, message)
    observed = info.value("certainty") == "Observed"
    unit = unit_of(clean_cell(one.area.value("areaDesc")))
    return Report(
        report_id=f"{_alert_id(alert.value('sender'), alert.value('identifier'), alert.value('sent'))}:{one.name}",
        kind=ReportKind.EVENT if observed and message != "Cancel" else ReportKind.WARNING,
        from_at=from_at,
        until_at=until_at,
        place=extent.middle,
        uncertainty_m=extent.reach_m,
        # A cancelled warning speaks of nothing any more; the words of what it cancels would raise it again.
        what="OTHER-ACTIVITY" if message == "Cancel" else read_wording(text).what,
        who_says=line_of(clean_cell(info.value("senderName")) or clean_cell(alert.value("sender"))),
        source=SOURCE,
        received_at=received_at,
        text=text,
        language=_language(info.value("language"), text),
        grade=Grade(reliability=Reliability.FAIRLY_RELIABLE, credibility=2 if observed else 3),
        place_name=line_of(clean_cell(one.area.value("areaDesc"))),
        located_by=located_by,
        region="" if unit is None else unit.iso,
        address=address_of(info.value("web")),
        links=links,
    )


def _coded(alert: Element, name: str, codes: frozenset[str]) -> str:
    value = alert.value(name)
    if value not in codes:
        raise wrong(name, ", ".join(sorted(codes)), value or "nothing")
    return value


def _alert_id(sender: str, identifier: str, sent: str) -> str:
    """Return our name for an alert, made of the three values by which CAP's references name it."""
    if not sender or not identifier or not sent:
        raise wrong("identifier", "identifier, sender and sent", "one of them missing")
    return f"cap:{sha256(f'{sender},{identifier},{sent}'.encode(errors='replace')).hexdigest()[:24]}"


def _links(alert: Element) -> tuple[tuple[str, str], ...]:
    links = []
    for reference in alert.value("references").split()[:LINKS_MAX]:
        parts = reference.split(",")
        if len(parts) != 3:
            raise wrong("references", "sender,identifier,sent", reference)
        links.append(("UPDATES", f"{_alert_id(*parts)}:1.1"))
    return tuple(dict.fromkeys(links))


def _interval(alert: Element, info: Element) -> tuple[Instant, Instant]:
    first = next((name for name in ("onset", "effective") if info.value(name)), None)
    from_at = _time(alert, "sent") if first is None else _time(info, first)
    until_at = _time(info, "expires") if info.value("expires") else from_at
    if until_at < from_at:
        raise wrong("expires", "a time not before the onset", info.value("expires"))
    return from_at, until_at


def _time(element: Element, name: str) -> Instant:
    try:
        return parse_rfc3339(element.value(name))
    except LocalError:
        raise wrong(name, "a time such as 2022-08-23T10:15:00+03:00", element.value(name) or "nothing") from None


def _extent(area: Element) -> tuple[Extent, str]:
    shapes = [*(_circle(one.text) for one in area.all("circle")), *(_polygon(one.text) for one in area.all("polygon"))]
    if len(shapes) == 1:
        return shapes[0], "DISTRICT"
    if shapes:
        middles = [(one.middle.lat_deg, one.middle.lon_deg) for one in shapes]
        around = area_extent(middles)
        return Extent(around.middle, min(COUNTRY_M, around.reach_m + max(one.reach_m for one in shapes))), "DISTRICT"
    unit = unit_of(clean_cell(area.value("areaDesc")))
    if unit is None:
        raise wrong("area", "a circle, a polygon or the name of an oblast", area.value("areaDesc") or "nothing")
    return unit_extent(unit), "REGION"


def _circle(text: str) -> Extent:
    middle, _, radius = text.partition(" ")
    found = _PAIR.fullmatch(middle)
    if found is None or not _RADIUS.fullmatch(radius.strip()):
        raise wrong("circle", "latitude,longitude and kilometres", text)
    return Extent(place_of(found[1], found[2]), known_within(float(radius) * 1000))


def _polygon(text: str) -> Extent:
    corners = []
    for pair in text.split():
        found = _PAIR.fullmatch(pair)
        if found is None:
            raise wrong("polygon", "latitude,longitude", pair)
        place = place_of(found[1], found[2])
        corners.append((place.lat_deg, place.lon_deg))
    return area_extent(corners)


def _language(stated: str, text: str) -> str:
    first, _, rest = stated.partition("-")
    # en-US and en-us are one language; the register writes its tags with the language in small letters.
    tag = f"{first.lower()}-{rest}" if rest else first.lower()
    return tag if _LANGUAGE.fullmatch(stated) and rest.count("-") < 3 and len(stated) <= 24 else detect(text).value


def _text(one: _Area, message: str) -> str:
    info = one.info
    parts = [clean_cell(info.value(name)) for name in ("headline", "event", "description", "instruction")]
    said = ". ".join(dict.fromkeys(part.rstrip(".") for part in parts if part))
    note = clean_cell(one.alert.value("note"))
    words = {"Update": "Update: ", "Cancel": "Cancelled: "}.get(message, "")
    return f"{words}{said or note or 'An alert without words'}."
