"""Layers of the map beside the journal: what is shown is what was signed for, or nothing."""

from __future__ import annotations

import asyncio
import json
from base64 import b64encode
from dataclasses import dataclass
from typing import Any

import pytest

from armslength.core.errors import LocalError
from armslength.desk import map_layers
from armslength.desk.map_layers import LayerRead, MapDesk
from builders.two_nodes import PRINCIPAL, Party, Time

DATA = b'{"type":"FeatureCollection","features":[]}'
WORDS = "Lines of the ministry as of 2014."


@dataclass
class _Formats:
    data: bytes = DATA

    def read(self, name: str, data: bytes, kind: str) -> LayerRead:
        """Return the same for every file."""
        del name, data, kind
        return LayerRead(data=self.data, features=1, refused=())


class _Desk:
    """What a `MapDesk` asks of a desk, over one party."""

    def __init__(self, party: Party) -> None:
        self._party = party

    async def write(self, job: Any) -> Any:
        """Run a job with the books of one commit."""
        with self._party.write() as books:
            return job(books)


@pytest.fixture
def party() -> Party:
    made = Party(code="EUCOM", time=Time())
    made.found()
    return made


def _take(party: Party, held: bytes = DATA, **changed: str) -> dict[str, Any]:
    given = {"file": "a.geojson", "kind": "borders", "data": b64encode(b"x").decode(), **changed}
    return asyncio.run(MapDesk(_Desk(party), _Formats(held)).take(given))  # type: ignore[arg-type]


def _sign(party: Party, given: dict[str, Any]) -> None:
    with party.read() as books:
        prepared = map_layers.prepare(books, party.officer(PRINCIPAL), given)
    signed = party.signed(prepared, "record", PRINCIPAL)
    with party.write() as books:
        map_layers.submit(books, signed)


def _enter(party: Party, name: str, data: bytes = DATA) -> None:
    taken = _take(party, data)
    _sign(party, {"name": name, "kind": "borders", "disclaimer": WORDS, "sha256": taken["sha256"], "features": 1})


def test_a_layer_comes_back_as_it_was_taken(party: Party) -> None:
    large = json.dumps(
        {"type": "FeatureCollection", "features": [f"{n * n % 9973:05}" for n in range(90_000)]}
    ).encode()
    _enter(party, "large", large)
    with party.read() as books:
        assert map_layers.read_layer(books, "large") == large
        (one,) = map_layers.read_layers(books)
    assert (one["disclaimer"], one["officer"], one["entry"] > 0) == (WORDS, party.officer(PRINCIPAL), True)


def test_data_that_is_not_what_was_signed_for_is_shown_to_nobody(party: Party) -> None:
    _enter(party, "a")
    with party.write() as books:
        digest = map_layers.read_layers(books)[0]["sha256"]
        books.unit.set_setting(f"map-data:{digest}:0", b"other")
    with party.read() as books, pytest.raises(LocalError) as caught:
        map_layers.read_layer(books, "a")
    assert caught.value.code == "MAP-LAYER-DATA"


def test_a_layer_of_the_same_name_takes_the_place_of_the_one_before(party: Party) -> None:
    _enter(party, "a")
    _enter(party, "a", DATA + b" ")
    with party.read() as books:
        assert map_layers.read_layer(books, "a") == DATA + b" "
        assert len(map_layers.read_layers(books)) == 1


def test_a_layer_that_was_taken_away_is_gone(party: Party) -> None:
    _enter(party, "a")
    _sign(party, {"name": "a", "removed": True})
    with party.read() as books:
        assert map_layers.read_layers(books) == []
        with pytest.raises(LocalError) as caught:
            map_layers.prepare(books, party.officer(PRINCIPAL), {"name": "a", "removed": True})
    assert caught.value.code == "MAP-LAYER-UNKNOWN"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name": "A b"}, "MAP-LAYER-VALUE"),
        ({"kind": "countries"}, "MAP-LAYER-VALUE"),
        ({"disclaimer": "  "}, "MAP-LAYER-VALUE"),
        ({"disclaimer": "x" * 1_001}, "TEXT-SIZE"),
        ({"sha256": "zz"}, "MAP-LAYER-VALUE"),
        ({"sha256": "00" * 32}, "MAP-LAYER-DATA"),
    ],
)
def test_what_does_not_fit_is_refused(party: Party, changed: dict[str, str], code: str) -> None:
    taken = _take(party)
    given = {"name": "a", "kind": "borders", "disclaimer": WORDS, "sha256": taken["sha256"], "features": 1, **changed}
    with party.read() as books, pytest.raises(LocalError) as caught:
        map_layers.prepare(books, party.officer(PRINCIPAL), given)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("changed", "code"), [({"kind": "roads"}, "MAP-LAYER-VALUE"), ({"data": "!"}, "PREPARED-MALFORMED")]
)
def test_a_file_without_a_kind_or_data_is_refused(party: Party, changed: dict[str, str], code: str) -> None:
    with pytest.raises(LocalError) as caught:
        _take(party, **changed)
    assert caught.value.code == code


def test_layers_have_a_bound(party: Party, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_layers, "LAYERS_MAX", 1)
    _enter(party, "a")
    with pytest.raises(LocalError) as caught:
        _enter(party, "b")
    assert caught.value.code == "MAP-LAYER-VALUE"
    _enter(party, "a")
    monkeypatch.setattr(map_layers, "DATA_BYTES_MAX", 10)
    with pytest.raises(LocalError) as caught:
        _take(party)
    assert caught.value.code == "FILE-TOO-LARGE"
