"""Every spelling of a name becomes an alias with its kind word, never the bare name of the town."""

from __future__ import annotations

import pytest

from armslength.adapters.format_unpack import open_bytes
from armslength.adapters.sites_reading import SiteOptions
from armslength.adapters.sites_spelling import Spellings, read_spelling
from armslength.core.instants import parse_rfc3339
from armslength.core.places import Place
from armslength.register.facilities import Facility

OPTIONS = SiteOptions(received_at=parse_rfc3339("2022-11-20T00:00:00Z"))
TEXT = """id,category,source_uk,correct_en,incorrect_en,related,lat,lon
zaporizhzhia,City,Запоріжжя,Zaporizhzhia,Zaporizhia|Zaporozhye,Запорожье,,
kyiv,City,Київ,Kyiv,Kiev,Киев,,
broken,City,,X,,,,
"""


@pytest.fixture
def spellings() -> Spellings:
    with open_bytes(TEXT.encode(), "x.csv") as file:
        found = read_spelling(file, OPTIONS)
    assert [row.row for row in found.refused] == [4]
    return Spellings(found.accepted)


def plant(name: str) -> Facility:
    place = Place(lat_e7=475119000, lon_e7=345863000, precision_m=12)
    return Facility(
        facility_id="P",
        names=(("en", name),),
        kind="NUCLEAR-POWER-PLANT",
        place=place,
        site_radius_m=0,
        rings_m=(5000,),
    )


def test_a_name_in_any_spelling(spellings: Spellings) -> None:
    for name in ("Запоріжжя", "ZAPOROZHYE", "Запорожье", "Zaporizhia"):
        found = spellings.of(name)
        assert found is not None
        assert found.right == "Zaporizhzhia"
    assert spellings.of("Lviv") is None


@pytest.mark.parametrize(
    ("name", "aliases"),
    [
        ("Zaporozhye", ["Zaporizhzhia NPP", "Zaporizhia NPP", "Zaporozhye NPP"]),
        ("Zaporizhzhia NPP", ["Zaporizhia NPP", "Zaporozhye NPP"]),
        ("Kiev CHP-5", ["Kyiv CHP-5"]),
        ("Lviv CHP", []),
    ],
)
def test_h17_aliases_keep_the_kind_and_the_number(spellings: Spellings, name: str, aliases: list[str]) -> None:
    found = spellings.with_aliases(plant(name))
    assert [alias for _, alias in found.names[1:]] == aliases
    assert [use.name for use in found.name_sources] == aliases
    assert spellings.with_aliases(found) == found
