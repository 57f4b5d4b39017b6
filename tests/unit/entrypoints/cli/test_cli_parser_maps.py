"""The commands of the map's layers as they are typed."""

from __future__ import annotations

import pytest

from armslength.entrypoints.cli.parser import parse

GIVEN = ("map", "import", "a.geojson", "--name", "a", "--kind", "water", "--disclaimer", "ours")


def test_a_layer_is_imported_with_its_name_kind_and_disclaimer() -> None:
    args = parse(GIVEN)
    assert (args.file, args.name, args.kind, args.disclaimer) == ("a.geojson", "a", "water", "ours")


@pytest.mark.parametrize("left_out", ["--name", "--kind", "--disclaimer"])
def test_nothing_of_it_may_be_left_out(left_out: str) -> None:
    at = GIVEN.index(left_out)
    with pytest.raises(SystemExit):
        parse((*GIVEN[:at], *GIVEN[at + 2 :]))
