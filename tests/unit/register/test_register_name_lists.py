"""Every listed name can be searched for, and stands in one row only."""

from __future__ import annotations

from armslength.register.name_lists import KNOWN_NAMES
from armslength.register.name_parsing import parse_name
from armslength.register.vocabularies import FACILITY_KINDS


def test_the_listed_names_can_all_be_used_and_stand_once() -> None:
    seen: dict[tuple[str, str], str] = {}
    for kind, names in KNOWN_NAMES:
        assert kind in FACILITY_KINDS
        assert len(names) > 1
        for name in names:
            assert parse_name(name, kind), name
            assert seen.setdefault((kind, name), names[0]) == names[0], name
