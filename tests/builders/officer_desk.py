"""A party with two administrators, and the ways in which its officers change, through the tables of every face."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from armslength.core.attestation import Kind, Officer, OfficerKey
from armslength.core.cose import ED25519
from armslength.core.keys import PublicKey
from armslength.desk import officer_manifest, views
from armslength.line import manifest as manifests
from builders import local_acts, two_nodes
from builders.acts import ed25519
from builders.two_nodes import CUSTODIAN, ROLE_OF, WATCH_2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from armslength.adapters.keystore_sealing import SigningPrivateKey
    from armslength.desk.views import Row
    from builders.two_nodes import Party, TwoNodes

ADMIN, ADMIN_2 = CUSTODIAN, WATCH_2
"""The posts that are administrators here, besides what they are."""


def staffed(party: Party) -> Party:
    """Make two officers of a party administrators by its next manifest; return the party."""
    with party.read() as books:
        listed = dict(books.manifest().officers)
    for post in (ADMIN, ADMIN_2):
        one = listed[party.officer(post)]
        listed[one.officer] = replace(one, roles=one.roles | {"administrator"})
    party.next_manifest(officers=listed)
    return party


def opened() -> TwoNodes:
    """Return two nodes with an open line, EUCOM with two administrators as NDMC knows."""
    two = two_nodes.opened()
    staffed(two.eucom)
    two.deliver(two.eucom, two.eucom.notices(two.line, 1))
    return two


def alone() -> Party:
    """Return EUCOM with two administrators, whom nobody else knows."""
    return staffed(two_nodes.strangers().eucom)


class acting_as:  # noqa: N801 - reads as a word: with acting_as(post, role)
    """Sets the role in which a post acts, while it does."""

    def __init__(self, post: str, role: str) -> None:
        self.post, self.role, self.before = post, role, ROLE_OF[post]

    def __enter__(self) -> None:
        ROLE_OF[self.post] = self.role

    def __exit__(self, *_exception: object) -> None:
        ROLE_OF[self.post] = self.before


def propose(party: Party, what: str, concerned: str, post: str = ADMIN, **given: Any) -> str:
    """Propose a change as an administrator, or for himself where the post is the officer's own; return its number."""
    role = ROLE_OF[post] if party.officer(post) == concerned and what.endswith("KEY") else "administrator"
    with acting_as(post, role):
        body = local_acts.record(
            party,
            "officer-change",
            {"what": what, "concerned": concerned, "reason": "as told", **given},
            post,
        )
    return str(body[21])


def decide(
    party: Party, number: str, post: str = ADMIN_2, *, approve: bool = True, role: str = "administrator"
) -> None:
    """Approve or refuse a change."""
    with acting_as(post, role):
        local_acts.record(party, "officer-approval", {"change": number, "approve": approve, "reason": "seen"}, post)


def changed(party: Party, what: str, concerned: str, **given: Any) -> str:
    """Propose and approve a change by two administrators; return its number."""
    number = propose(party, what, concerned, **given)
    decide(party, number)
    return number


def root_signs(party: Party) -> bytes:
    """Have the root sign what was approved, and enter it; return the manifest."""
    with party.read() as books:
        request = officer_manifest.read_request(officer_manifest.next_request(books).encode())
    data = officer_manifest.sign_request(request, party.root.public, party.root.sign)
    with party.write() as books:
        officer_manifest.enter(books, data)
    party.chain.append(data)
    return data


def status(party: Party, number: str) -> Row:
    """Return the row of a change."""
    with party.read() as books:
        return views.row(books.unit, views.OFFICER_CHANGES, number.encode()) or {}


def fresh_key(seed: str) -> tuple[SigningPrivateKey, str]:
    """Return a key of a seed, and its public half in hexadecimal."""
    private = ed25519(seed)
    return private, private.public.hex()


def officer_of(party: Party, officer: str) -> Officer:
    """Return an officer as our manifest in force lists him."""
    with party.read() as books:
        return books.manifest().officers[officer]


def raw(public_hex: str) -> OfficerKey:
    """Return a key file's key as a manifest lists it."""
    return OfficerKey(kind=Kind.RAW_KEY, key=PublicKey(ED25519, bytes.fromhex(public_hex)))


def chain_of(party: Party) -> Iterator[manifests.Manifest]:
    """Return the manifests of a party, verified as a chain."""
    found, _ = manifests.verify_introduction(party.introduction(), party.realm)
    yield from found
