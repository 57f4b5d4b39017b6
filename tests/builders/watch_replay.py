"""The year 2022 for the watch: the shared FIRMS and VIINA reports against the 75 facilities, as observations by day.

The sets give dates without times, so that a day comes as one batch at its end and counts as one watch of eight hours:
the load on a watch is stated higher than it would be. Places by the engine, names by the name index; the towns built
for a plant are known names of this table.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from armslength.core.instants import DAY_US, Instant
from armslength.core.places import E7
from armslength.register.baselines import heat_cell
from armslength.register.campaigns import Sighting, System, speaks_of_system
from armslength.register.engine import Engine
from armslength.register.flag_types import Facts
from armslength.register.names import Certainty, NameBasis, NameEntry, NameIndex
from armslength.register.observations import Observation
from armslength.register.rules import DEFAULT_RULES
from armslength.register.whatif import Batch, Replay, replay
from armslength.register.wording import read_wording
from armslength.register.zones import ZoneSet
from builders.shared_data import shared_data

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = {
    "nuclear": "NUCLEAR-POWER-PLANT",
    "dam": "HYDRO-POWER-PLANT",
    "hydro": "HYDRO-POWER-PLANT",
    "coal": "THERMAL-POWER-PLANT",
    "gas": "THERMAL-POWER-PLANT",
    "solar": "SOLAR-POWER-PLANT",
}

PUMPED = frozenset({"G-21875", "G-21886", "G-21920"})
"""Pumped-storage plants, which the set calls hydro."""

TOWNS = {
    "F-ZNPP": "Енергодар|Энергодар|Enerhodar|Energodar",
    "F-SUNPP": "Южноукраїнськ|Южноукраинск|Yuzhnoukrainsk",
    "F-RNPP": "Вараш|Varash",
    "F-KHNPP": "Нетішин|Нетешин|Netishyn",
    "F-CHNPP": "Прип'ять|Припять|Prypiat|Pripyat",
    "F-KAKH": "Нова Каховка|Новій Каховці|Новая Каховка|Nova Kakhovka",
    "F-DNISTER": "Новодністровськ|Новоднестровск|Novodnistrovsk",
    "F-KREM": "Світловодськ|Светловодск|Svitlovodsk",
    "G-21895": "Щастя|Щасті|Счастье|Shchastia",
    "G-21925": "Світлодарськ|Светлодарск|Svitlodarsk",
    "G-21890": "Зеленодольськ|Зеленодольск|Zelenodolsk",
}
"""Towns that were built for a plant or dam, in the cases that the name index does not fold."""

SETTLEMENT_M = 5_000
"""Uncertainty of a report that was placed on a settlement: VIINA's subset does not say how it was placed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Batches of one year, what the register says, and the sightings of attacks on the energy system by day."""

    batches: tuple[Batch, ...]
    facts: tuple[Facts, ...]
    sightings: tuple[Sighting, ...]


def day_number(text: str) -> int:
    """The days since 1970 of 2022-08-23 or 20220823."""
    plain = text.replace("-", "")
    return int(np.datetime64(f"{plain[:4]}-{plain[4:6]}-{plain[6:]}").astype(int))


def facilities() -> list[dict[str, str]]:
    with (shared_data("reference_join") / "facilities.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def facts_of(row: dict[str, str]) -> Facts:
    kind = "PUMPED-STORAGE-PLANT" if row["facility_id"] in PUMPED else KINDS[row["kind"]]
    return Facts(facility_id=row["facility_id"], name=row["name_en"], kind=kind)


def name_index(rows: list[dict[str, str]]) -> NameIndex:
    entries = [
        NameEntry(facility_id=row["facility_id"], language=language, name=name, kind=facts_of(row).kind)
        for row in rows
        for language in ("en", "uk", "ru")
        if (name := row[f"name_{language}"])
    ]
    known = {row["facility_id"] for row in rows}
    for facility_id in known & TOWNS.keys():
        names = TOWNS[facility_id]
        entries += [
            NameEntry(facility_id=facility_id, language="", name=name, kind="SETTLEMENT", basis=NameBasis.DEPENDENCY)
            for name in names.split("|")
        ]
    return NameIndex.build(entries)


@lru_cache(maxsize=4)
def year_2022(only: frozenset[str] | None = None, first: str = "20220101", last: str = "20221231") -> Year:
    """The batches of the year, or of some days and facilities.

    Args:
        only: facility ids; all 75 without it.
        first: the first day.
        last: the last day.
    """
    rows = [row for row in facilities() if only is None or row["facility_id"] in only]
    span = (day_number(first), day_number(last))
    by_day: dict[int, dict[str, list[Observation]]] = defaultdict(lambda: defaultdict(list))
    engine = Engine(
        ZoneSet.circles(
            np.array([float(row["lat"]) for row in rows]),
            np.array([float(row["lon"]) for row in rows]),
            np.full(len(rows), float(DEFAULT_RULES.reach_m)),
        ),
        kernel="numpy",
    )
    for one in _hot_spots(rows, engine, span):
        by_day[one.day][one.facility_id].append(one)
    sightings: list[Sighting] = []
    for one in _texts(rows, engine, span, sightings):
        by_day[one.day][one.facility_id].append(one)
    batches = tuple(
        Batch(now=Instant((day + 1) * DAY_US - 1), watch=day, observations=dict(by_day.get(day, {})))
        for day in range(span[0], span[1] + 1)
    )
    return Year(batches=batches, facts=tuple(facts_of(row) for row in rows), sightings=tuple(sightings))


@lru_cache(maxsize=4)
def replayed() -> Replay:
    """The whole year judged by the default rules, once a process."""
    year = year_2022()
    return replay(DEFAULT_RULES, year.batches, year.facts)


def system_of(rows: list[dict[str, str]]) -> System:
    """The energy system: every facility of the set."""
    return System(
        system="energy",
        members={row["facility_id"]: (round(float(row["lat"]) * E7), round(float(row["lon"]) * E7)) for row in rows},
    )


def _distances(rows: list[dict[str, str]], engine: Engine, lat: Any, lon: Any) -> Iterator[tuple[Any, ...]]:
    """Points and facilities within reach, with metres and bearing: good to a metre, as a rule of the watch needs it."""
    at_lat = np.array([float(row["lat"]) for row in rows])
    at_lon = np.array([float(row["lon"]) for row in rows])
    for block in engine.join(lat, lon):
        north, east = _metres(at_lat[block.zone], at_lon[block.zone], lat[block.point], lon[block.point])
        bearing = np.degrees(np.arctan2(east, north)) % 360
        yield from zip(
            block.point.tolist(),
            block.zone.tolist(),
            np.hypot(north, east).astype(int).tolist(),
            (bearing.astype(int) % 360).tolist(),
            strict=True,
        )


def _metres(lat1: Any, lon1: Any, lat2: Any, lon2: Any) -> tuple[Any, Any]:
    middle = np.radians((lat1 + lat2) / 2)
    meridian = 6_335_439.0 / (1 - 0.00669438 * np.sin(middle) ** 2) ** 1.5
    normal = 6_378_137.0 / np.sqrt(1 - 0.00669438 * np.sin(middle) ** 2)
    return np.radians(lat2 - lat1) * meridian, np.radians(lon2 - lon1) * normal * np.cos(middle)


def _hot_spots(rows: list[dict[str, str]], engine: Engine, span: tuple[int, int]) -> Iterator[Observation]:
    ids, lat, lon, days = [], [], [], []
    numbers: dict[str, int] = {}
    with gzip.open(shared_data("firms_min") / "firms_ua_2022.csv.gz", "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            event_id, north, east, date = line.rstrip().split(",")
            day = numbers.get(date)
            if day is None:
                day = numbers[date] = day_number(date)
            if not span[0] <= day <= span[1]:
                continue
            ids.append(event_id)
            lat.append(float(north))
            lon.append(float(east))
            days.append(day)
    for point, zone, metres, bearing in _distances(rows, engine, np.array(lat), np.array(lon)):
        day = days[point]
        yield Observation(
            facility_id=rows[zone]["facility_id"],
            report_id=ids[point],
            kind="EVENT",
            what="HOT-SPOT",
            from_at=Instant(day * DAY_US),
            until_at=Instant((day + 1) * DAY_US - 1),
            basis="PLACE",
            answer="INSIDE",
            distance_m=metres,
            bearing_deg=bearing,
            uncertainty_m=500,
            grade="B3",
            source_kind="HOT-SPOT",
            cell=heat_cell(round(lat[point] * E7), round(lon[point] * E7)),
            located_by="PIXEL",
        )


def _texts(
    rows: list[dict[str, str]], engine: Engine, span: tuple[int, int], sightings: list[Sighting]
) -> Iterator[Observation]:
    index, zone_of = name_index(rows), {row["facility_id"]: row for row in rows}
    with gzip.open(shared_data("viina_infra") / "viina_infra_2022.csv.gz", "rt", encoding="utf-8", newline="") as file:
        events = [row for row in csv.DictReader(file) if span[0] <= day_number(row["date"]) <= span[1]]
    lat = np.array([float(event["latitude"]) for event in events])
    lon = np.array([float(event["longitude"]) for event in events])
    near: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for point, zone, metres, bearing in _distances(rows, engine, lat, lon):
        near[point].append((zone, metres, bearing))
    for number, event in enumerate(events):
        text, day = event["representative_text"], day_number(event["date"])
        reading = read_wording(text)
        common: dict[str, Any] = {
            "report_id": event["event_id_1pd"],
            "kind": reading.kind.value,
            "what": reading.what,
            "from_at": Instant(day * DAY_US),
            "until_at": Instant((day + 1) * DAY_US - 1),
            "uncertainty_m": SETTLEMENT_M,
            "grade": "C3",
            "source_kind": "TEXT",
            "text_key": hashlib.sha256(text.encode()).hexdigest()[:16],
            "located_by": "SETTLEMENT",
        }
        if speaks_of_system(text, DEFAULT_RULES):
            sightings.append(
                Sighting(
                    system="energy",
                    at=common["from_at"],
                    report_id=event["event_id_1pd"],
                    lat_e7=round(lat[number] * E7),
                    lon_e7=round(lon[number] * E7),
                    kind=reading.kind.value,
                    what=reading.what,
                    text_key=common["text_key"],
                )
            )
        for zone, metres, bearing in near[number]:
            yield Observation(
                facility_id=rows[zone]["facility_id"],
                basis="PLACE",
                answer="POSSIBLY",
                distance_m=metres,
                bearing_deg=bearing,
                **common,
            )
        for hit in index.find(text):
            row = zone_of[hit.facility_id]
            north, east = _metres(float(row["lat"]), float(row["lon"]), lat[number], lon[number])
            town = hit.name in TOWNS.get(hit.facility_id, "").split("|")
            sure = town or hit.certainty is not Certainty.POSSIBLE
            yield Observation(
                facility_id=hit.facility_id,
                basis="SETTLEMENT" if town else "NAME",
                answer="INSIDE" if sure else "POSSIBLY",
                distance_m=int(np.hypot(north, east)),
                bearing_deg=int(np.degrees(np.arctan2(east, north)) % 360),
                **common,
            )
