"""The register over time and along its dependencies: what differs, which version holds, who is affected.

History is kept: a corrected record is a further version, and an event is judged by the version that held on its own
day. Kakhovka's dam is gone since June 2023, and a report of 2022 near it is none the less one near a dam.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Final

from armslength.core.folding import fold
from armslength.core.instants import Instant, rfc3339
from armslength.core.places import Place, degrees_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from armslength.register.facilities import Dependency, Facility

STEPS_MAX: Final = 8
"""Dependencies followed one behind the other: dam, reservoir, pond, plant are four; further ones say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference between two versions: the field, what only the first one has, what only the second one has.

    Both are texts for a person; empty where there is nothing.
    """

    field: str
    before: str
    after: str


def diff(one: Facility, two: Facility) -> tuple[Change, ...]:
    """Return the differences between two versions, field by field; entries of a list one by one."""
    changes: list[Change] = []
    for field in fields(one):
        before, after = getattr(one, field.name), getattr(two, field.name)
        if before == after:
            continue
        if isinstance(before, tuple) and isinstance(after, tuple) and field.name != "rings_m":
            changes += [Change(field=field.name, before=_shown(item), after="") for item in before if item not in after]
            changes += [Change(field=field.name, before="", after=_shown(item)) for item in after if item not in before]
            if not any(change.field == field.name for change in changes):
                changes.append(Change(field=field.name, before="another order", after="another order"))
        else:
            changes.append(Change(field=field.name, before=_shown(before, field.name), after=_shown(after, field.name)))
    return tuple(changes)


def _shown(value: object, name: str = "") -> str:
    if value is None:
        return ""
    if isinstance(value, Place):
        return degrees_text(value)
    if isinstance(value, int) and name.endswith(("_at", "since", "as_of")):
        return rfc3339(Instant(value))
    if isinstance(value, tuple):
        return ", ".join(_shown(item) for item in value)
    if hasattr(value, "__dataclass_fields__"):
        parts = [(field, getattr(value, field)) for field in value.__dataclass_fields__]
        return "; ".join(
            f"{field.replace('_', ' ')}: {'drawn' if field == 'parts' else _shown(part, field)}"
            for field, part in parts
            if part not in (None, "", ())
        )
    return str(value)


def as_of(versions: Sequence[Facility], at: Instant) -> Facility | None:
    """Return the version that held at an instant; None before the first one.

    Args:
        versions: versions of one facility in the order in which they were entered.
        at: the event's own instant.

    Of the versions that apply by then the latest holds; of two from the same instant the one entered last, being the
    correction.
    """
    applying = [(one.applies_from_at, n, one) for n, one in enumerate(versions)]
    held = [(start if start is not None else -1, n, one) for start, n, one in applying if start is None or start <= at]
    return max(held, key=lambda row: row[:2])[2] if held else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """A facility that needs, directly or through others, the one that was hit.

    Args:
        facility_id: which.
        path: ids from the one that was hit to this one, both included.
        kinds: kinds of the dependencies along the path.
    """

    facility_id: str
    path: tuple[str, ...]
    kinds: tuple[str, ...]


def affected_by(register: Iterable[Facility], facility_id: str) -> tuple[Affected, ...]:
    """Return every facility that depends on one, the nearest first; a circle of dependencies ends where it began.

    A dependency names another facility by its id, or by any of its names where the register has no id for it.
    """
    facilities = {facility.facility_id: facility for facility in register}
    needs = _needs(facilities)
    found: dict[str, Affected] = {}
    queue = deque([Affected(facility_id=facility_id, path=(facility_id,), kinds=())])
    while queue:
        here = queue.popleft()
        for dependant, kind in needs.get(here.facility_id, ()):
            if dependant == facility_id or dependant in found or len(here.kinds) >= STEPS_MAX:
                continue
            found[dependant] = Affected(facility_id=dependant, path=(*here.path, dependant), kinds=(*here.kinds, kind))
            queue.append(found[dependant])
    return tuple(found.values())


def _needs(facilities: Mapping[str, Facility]) -> Mapping[str, list[tuple[str, str]]]:
    """Return, by id, who depends on it and how."""
    named: dict[str, str] = {}
    for facility in facilities.values():
        for _, name in facility.names:
            named.setdefault(fold(name), facility.facility_id)
    needs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for facility in facilities.values():
        for dependency in facility.dependencies:
            target = _target(dependency, facilities, named)
            if target is not None:
                needs[target].append((facility.facility_id, dependency.kind))
    return needs


def _target(dependency: Dependency, facilities: Mapping[str, Facility], named: Mapping[str, str]) -> str | None:
    return dependency.on if dependency.on in facilities else named.get(fold(dependency.on))
