"""Gazetteers: GeoNames' settlements with their many spellings, and KATOTTG, the tree of Ukraine's administrative units.

They are looked up and not entered: 5,488 settlements are no protected facilities. Whoever asks for it gets settlements
as facilities of the kind SETTLEMENT, for zones around towns. By the alternate names of a settlement a plant that a
register still calls Dniprodzerzhynsk is found as Kamianske.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from armslength.adapters.format_table import Layout
from armslength.adapters.sites_reading import Gathering, Ids, gather_table, language_of, needed, place_of
from armslength.core.errors import LocalError
from armslength.core.folding import fold
from armslength.core.places import distance_m
from armslength.register.facilities import NAMES_MAX, Facility
from armslength.register.facility_parts import NameSource, Position
from armslength.register.site_keys import name_keys, numbers_of
from armslength.register.site_kinds import KIND_RULES, KIND_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from armslength.adapters.format_rows import Row
    from armslength.adapters.format_unpack import OpenFile
    from armslength.adapters.sites_reading import SiteOptions
    from armslength.core.places import Place
    from armslength.register.importing import ImportRun

GEONAMES: Final = "GeoNames, CC BY 4.0"
"""Source of the settlements."""

KATOTTG: Final = "KATOTTG, the codifier of administrative units of Ukraine (official act)"
"""Source of the units."""

GEONAMES_COLUMNS: Final = ("geonameid", "name", "lat", "lon", "population", "alternatenames")
"""What the settlements' table must have."""

KATOTTG_COLUMNS: Final = (
    *("Перший рівень", "Другий рівень", "Третій рівень", "Четвертий рівень", "Додатковий рівень"),
    *("Категорія об’єкта", "Назва об’єкта"),
)
"""The codifier's columns, which stand under some lines of title."""

ALTERNATES_MAX: Final = 500
"""Alternate names of one settlement: GeoNames has 54 for Zaporizhzhia, and some 250 for a capital."""

NAMED_NEAR_M: Final = 40_000
"""Metres from a facility to the settlement that it is named for."""

TITLE_ROWS: Final = 3
"""Rows above the codifier's header: the act, nothing, the title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A settlement: the gazetteer's name for it, where it is, and every other name it has or had."""

    settlement_id: str
    name: str
    place: Place
    population: int
    admin1: str
    zone: str
    alternates: tuple[str, ...]


def read_geonames(file: OpenFile, options: SiteOptions) -> ImportRun[Settlement]:
    """Return the settlements of a GeoNames table.

    Raises:
        LocalError: what reading a table raises.
    """

    def settlement(row: Row, _gathering: Gathering[Settlement]) -> Settlement:
        population = row.clean("population") or "0"
        if not population.isdecimal() or len(population) > 9:
            raise LocalError("SITES-ROW", expected="a population in digits", got=population)
        others = tuple(part.strip() for part in row.clean("alternatenames").split("|") if part.strip())
        return Settlement(
            settlement_id=f"GN-{needed(row, 'geonameid')}",
            name=needed(row, "name"),
            place=place_of(row.clean("lat"), row.clean("lon"), options.region),
            population=int(population),
            admin1=row.clean("admin1"),
            zone=row.clean("timezone"),
            alternates=others[:ALTERNATES_MAX],
        )

    return gather_table(file, Layout(required=GEONAMES_COLUMNS), GEONAMES, settlement).run(file.sha256())


def settlement_sites(run: ImportRun[Settlement], options: SiteOptions) -> ImportRun[Facility]:
    """Return settlements as facilities of the kind SETTLEMENT, for whoever watches towns."""
    sites: Gathering[Facility] = Gathering(
        source=run.source, refused=list(run.refused), refused_count=run.refused_count
    )
    ids = Ids()
    for number, one in enumerate(run.accepted, start=2):
        sites.read(number, lambda settlement: _settlement_site(settlement, ids, options), one)
    return sites.run(run.file_hash)


def _settlement_site(one: Settlement, ids: Ids, options: SiteOptions) -> Facility:
    names = dict.fromkeys([("en", one.name), *((language_of(name), name) for name in one.alternates)])
    return Facility(
        facility_id=ids.once(one.settlement_id),
        names=tuple(names)[:NAMES_MAX],
        kind="SETTLEMENT",
        place=one.place,
        site_radius_m=0,
        rings_m=KIND_RULES["SETTLEMENT"].rings_m,
        positions=(Position(place=one.place, source=GEONAMES, as_of=options.as_of),),
        record_source=GEONAMES,
    )


def read_geonames_sites(file: OpenFile, options: SiteOptions) -> ImportRun[Facility]:
    """Return the settlements of a GeoNames table as facilities.

    Raises:
        LocalError: what reading a table raises.
    """
    return settlement_sites(read_geonames(file, options), options)


class Gazetteer:
    """Settlements by any of their names, and what facilities near them are called today."""

    def __init__(self, settlements: Iterable[Settlement]) -> None:
        self._by_name: dict[str, list[Settlement]] = defaultdict(list)
        for one in settlements:
            for name in dict.fromkeys(fold(name) for name in (one.name, *one.alternates)):
                self._by_name[name].append(one)

    def named(self, name: str) -> tuple[Settlement, ...]:
        """Return every settlement that has or had a name, the most populous first."""
        return tuple(sorted(self._by_name.get(fold(name), ()), key=lambda one: (-one.population, one.settlement_id)))

    def with_current_names(self, facility: Facility) -> Facility:
        """Return a facility with the present name of the settlement that it is named for, each with its kind word.

        The settlement must stand near it: seven places of Ukraine are called nearly Zaporizhzhia.
        """
        word = KIND_WORDS.get(facility.kind, "")
        added: dict[str, None] = {}
        for _, name in facility.names:
            number = "".join(f" {one}" for one in numbers_of(name))
            for part in _name_parts(name):
                for one in self.named(part):
                    if distance_m(one.place, facility.place) <= NAMED_NEAR_M:
                        added[f"{one.name} {word}{number}".strip()] = None
        known = {fold(name) for _, name in facility.names}
        new = [name for name in added if fold(name) not in known and word][: NAMES_MAX - len(facility.names)]
        if not new:
            return facility
        return replace(
            facility,
            names=(*facility.names, *(("en", name) for name in new)),
            name_sources=(
                *facility.name_sources,
                *(NameSource(name=name, source=f"{GEONAMES}: settlement nearby", as_of=None) for name in new),
            ),
        )


def _name_parts(name: str) -> tuple[str, ...]:
    """Return what of a facility's name may be a settlement's: its first words, and what stands in brackets."""
    before, _, rest = name.partition("(")
    words = fold(before).split()
    return (*(" ".join(words[:count]) for count in range(1, min(len(words), 3) + 1)), fold(rest.partition(")")[0]))


# --- the codifier -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminUnit:
    """One unit of the codifier.

    Args:
        code: its KATOTTG code, ``UA23000000000064947``.
        level: 1 region, 2 district, 3 community, 4 settlement, 5 quarter of a city.
        category: the codifier's letter (O, K, P, H, M, T, C, X, B).
        name: its name in Ukrainian.
        parents: codes from the region down to the unit above it.
    """

    code: str
    level: int
    category: str
    name: str
    parents: tuple[str, ...]


def read_katottg(file: OpenFile, options: SiteOptions) -> ImportRun[AdminUnit]:
    """Return the units of the codifier, in its order.

    Raises:
        LocalError: what reading a table raises.
    """
    del options  # The codifier has no coordinates and no times.

    def unit(row: Row, _gathering: Gathering[AdminUnit]) -> AdminUnit:
        return _unit(row)

    layout = Layout(required=KATOTTG_COLUMNS, rows_before=TITLE_ROWS)
    return gather_table(file, layout, KATOTTG, unit).run(file.sha256())


def _unit(row: Row) -> AdminUnit:
    codes = [row.clean(name) for name in KATOTTG_COLUMNS[:5]]
    stated = [code for code in codes if code]
    level = len(stated)
    if not stated or any(codes[level:]) or not all(code.startswith("UA") and len(code) == 19 for code in stated):
        raise LocalError("SITES-ROW", expected="codes of 19 signs from the first level on", got=" ".join(codes))
    return AdminUnit(
        code=stated[-1],
        level=level,
        category=needed(row, KATOTTG_COLUMNS[5]),
        name=needed(row, KATOTTG_COLUMNS[6]),
        parents=tuple(stated[:-1]),
    )


class Codifier:
    """The tree of administrative units: by code, by name, upwards and downwards."""

    def __init__(self, units: Iterable[AdminUnit]) -> None:
        self._units: dict[str, AdminUnit] = {unit.code: unit for unit in units}
        self._by_name: dict[str, list[AdminUnit]] = defaultdict(list)
        self._below: dict[str, list[AdminUnit]] = defaultdict(list)
        for unit in self._units.values():
            self._by_name[fold(unit.name)].append(unit)
            if unit.parents:
                self._below[unit.parents[-1]].append(unit)

    @property
    def units(self) -> Mapping[str, AdminUnit]:
        """Every unit by its code."""
        return self._units

    def path(self, code: str) -> tuple[AdminUnit, ...]:
        """Return the units from the region down to the one with this code.

        Raises:
            LocalError: SITES-ROW, a code that the codifier does not have.
        """
        unit = self._units.get(code)
        if unit is None:
            raise LocalError("SITES-ROW", expected="a code of the codifier", got=code)
        above = (self._units.get(parent) for parent in unit.parents)
        return (*(one for one in above if one is not None), unit)

    def named(self, name: str) -> tuple[AdminUnit, ...]:
        """Return every unit of a name, the highest level first; 1,402 names of settlements are shared."""
        return tuple(sorted(self._by_name.get(fold(name), ()), key=lambda unit: (unit.level, unit.code)))

    def below(self, code: str) -> tuple[AdminUnit, ...]:
        """Return the units directly below one."""
        return tuple(self._below.get(code, ()))


def found_by(facilities: Iterable[Facility], name: str) -> tuple[Facility, ...]:
    """Return the facilities that a name may mean, whatever its spelling or script, in their order."""
    keys = name_keys(name)
    return tuple(one for one in facilities if any(keys & name_keys(known) for _, known in one.names))
