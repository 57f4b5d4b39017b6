"""Sheets of notices as relief coordinators keep them; constructed."""

from __future__ import annotations

from armslength.core.instants import Instant, rfc3339

HEAD = (
    "reference,type,organisation,contact,function,name_en,name_local,language,coordinates,datum,route,starts_at,ends_at,"
    "vehicles,plates,markings,headcount,cargo,escort,valid_until,urgency,recipients,supersedes"
)
HOUR = 3600 * 1_000_000


def movement(number: int, begins: Instant, recipients: str = "NDMC;IAEA", **changes: str) -> str:
    """Return one row of a movement that begins an hour later than the one before it."""
    starts = Instant(begins + number * HOUR)
    cells = {
        "reference": f"MV-{number:05}",
        "type": "movement",
        "organisation": "Relief Hub",
        "contact": "+41 22 000 00 00",
        "function": "delivery",
        "name_en": f"Convoy {number}",
        "coordinates": "",
        "datum": "WGS 84",
        "route": f"Depot: 47.{number % 1000:03}0N 35.1400E; Town {number}: 46.{number % 1000:03}0N 34.6500E",
        "starts_at": rfc3339(starts),
        "ends_at": rfc3339(Instant(starts + 6 * HOUR)),
        "vehicles": "3 trucks",
        "plates": f"AA {number:04} BB",
        "markings": "un; red cross",
        "headcount": "7",
        "cargo": "food; medicine",
        "escort": "none",
        "valid_until": rfc3339(Instant(starts + 12 * HOUR)),
        "urgency": "routine",
        "recipients": recipients,
        **changes,
    }
    return ",".join(cells.get(name, "") for name in HEAD.split(","))


def site(number: int, begins: Instant, recipients: str = "NDMC;IAEA", **changes: str) -> str:
    """Return one row of a site."""
    cells = {
        "reference": f"ST-{number:05}",
        "type": "site",
        "organisation": "Relief Hub",
        "contact": "+41 22 000 00 00",
        "function": "hospital",
        "name_en": f"Clinic {number}",
        "coordinates": f"48.{number % 1000:03}0N 35.{number % 1000:03}0E",
        "datum": "WGS 84",
        "starts_at": rfc3339(begins),
        "ends_at": rfc3339(Instant(begins + 24 * 30 * HOUR)),
        "recipients": recipients,
        **changes,
    }
    return ",".join(cells.get(name, "") for name in HEAD.split(","))


def sheet(*rows: str) -> bytes:
    """Return a sheet with its header."""
    return ("\n".join((HEAD, *rows)) + "\n").encode()
