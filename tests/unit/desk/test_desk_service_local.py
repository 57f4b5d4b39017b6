"""The local register as the faces read it."""

from __future__ import annotations

from armslength.desk import views
from armslength.desk.service_local import read_delegations, read_facilities
from builders import two_nodes

NOW = two_nodes.START
VOICE = {
    5: "eucom-watch-1",
    20: "voice",
    21: ("eucom-watch-1",),
    24: NOW,
    25: NOW,
    27: True,
    28: b"d",
    29: "eucom-principal-1",
}


def test_a_fresh_register_is_empty() -> None:
    with two_nodes.opened().eucom.read() as books:
        assert read_facilities(books) == []
        assert read_delegations(books) == []


def test_a_voice_authority_owes_its_countersignature_until_it_is_there() -> None:
    party = two_nodes.opened().eucom
    for signed_at, owed in ((None, True), (NOW, False)):
        with party.write() as books:
            row = VOICE if signed_at is None else {**VOICE, 32: signed_at}
            books.unit.put(views.DELEGATIONS, b"k", row)
        with party.read() as books:
            (one,) = read_delegations(books)
        assert (one["countersignature_owed"], one["given_by"], one["draft"]) == (owed, "eucom-principal-1", b"d".hex())
        assert (one["countersigned_at"] is None) is owed
