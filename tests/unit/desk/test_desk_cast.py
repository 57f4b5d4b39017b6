from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.core.errors import LocalError, PeerError
from armslength.desk import cast
from builders import two_nodes

if TYPE_CHECKING:
    from builders.two_nodes import TwoNodes


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def test_parties_manifests_and_introductions_are_read_from_the_views(two: TwoNodes) -> None:
    two.ndmc.next_manifest(time_zone="Europe/Kyiv")
    two.deliver(two.ndmc, two.ndmc.notices(two.line, 1))
    with two.eucom.read() as books:
        unit, realm = books.unit, books.realm
        assert cast.manifest(unit, "NDMC", realm).sequence == 2
        assert cast.manifest_bytes(unit, "NDMC", 1) == two.ndmc.chain[0]
        assert cast.introduction(unit, "NDMC") == two.ndmc.introduction()
        for party, sequence in (("OTHER", None), ("NDMC", 3)):
            with pytest.raises(PeerError, match="PARTY-UNKNOWN"):
                cast.manifest_bytes(unit, party, sequence)


@pytest.mark.parametrize("name", [None, "NDMC", "ndmc", "HEX", "hex"])
def test_a_line_is_found_by_its_peer_or_the_start_of_its_id(two: TwoNodes, name: str | None) -> None:
    asked = two.line.hex()[:6] if name == "hex" else two.line.hex().upper()[:6] if name == "HEX" else name
    with two.eucom.read() as books:
        found = cast.find_line(books.unit, books.realm, asked)
    assert (found.line, found.peer, found.open, found.frozen) == (two.line, "NDMC", True, None)


@pytest.mark.parametrize("name", [None, "NDMC", "OTHER"])
def test_a_name_that_fits_no_line_or_several_is_refused(two: TwoNodes, name: str | None) -> None:
    two.eucom.open_line("NDMC", ordinal=1)
    with two.eucom.read() as books, pytest.raises(LocalError, match="LINE-NOT-FOUND"):
        cast.find_line(books.unit, books.realm, name)


def test_a_line_is_open_once_both_assents_are_there() -> None:
    two = two_nodes.strangers()
    two.eucom.pin(two.ndmc.introduction())
    line = two.eucom.open_line("NDMC")
    with two.eucom.read() as books:
        one = books.line(line)
        assert (one.assented_by_us, one.assented_by_them, one.open) == (True, False, False)
        with pytest.raises(PeerError, match="LINE-UNKNOWN"):
            books.line(bytes(16))
