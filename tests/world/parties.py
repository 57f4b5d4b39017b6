"""The parties of the world, and nodes that are founded, introduced and on open lines before a run begins.

Opening costs as much as a whole run, so it is done once a process and its disk images are copied. Deadlines of the
charter are short, so that a run of minutes sees them pass.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from random import Random
from typing import TYPE_CHECKING

from armslength.adapters.store_sqlite import SqliteStore
from armslength.core.instants import Instant
from armslength.core.precedence import Precedence
from armslength.desk import opening
from armslength.line import charter
from builders.two_nodes import DAY, PRINCIPAL, START, Party, Time
from world.disk import SimDisk
from world.keys import SeededKeys, SeededRng, stand_in_signatures

if TYPE_CHECKING:
    from armslength.core.keys import PublicKey

FILE = "node.db"
CHECKPOINT_PAGES = 60
"""Small, so that a short run copies its log into the database a few times."""

DEADLINES = {
    Precedence.FLASH: (5, 15, 25, 35, 60),
    Precedence.IMMEDIATE: (10, 25, 40, 60, 90),
    Precedence.PRIORITY: (20, 60, 90, 120, 180),
    Precedence.ROUTINE: (60, 120, 180, 240, 300),
}
"""Seconds to R0 to R4."""

EPOCH = Instant(START + 2 * DAY)
"""When runs begin: two days after the manifests, so that a clock a day behind is still within them."""


class WorldKeys(SeededKeys):
    """Seeded keys that remember their public halves."""

    def __init__(self, seed: str) -> None:
        super().__init__(seed)
        self._publics: dict[str, PublicKey] = {}

    def public(self, purpose: str) -> PublicKey:
        if purpose not in self._publics:
            self._publics[purpose] = super().public(purpose)
        return self._publics[purpose]


class SimParty(Party):
    """A party whose node keys are stand-ins where the real thing draws randomness."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.keys = WorldKeys(f"{self.code}/{self.realm.value}/{self.seed}")  # type: ignore[assignment]


@dataclass(frozen=True)
class Template:
    """Nodes on open lines: disk images, and line ids by the two parties' codes in alphabetical order."""

    images: dict[str, dict[str, bytes]]
    lines: dict[tuple[str, str], bytes]


def open_store(disk: SimDisk, party: Party, rng: SeededRng) -> SqliteStore:
    """Open a node's store on its disk."""
    return SqliteStore(
        FILE,
        key=party.keys.storage_key,
        rng=rng,
        realm=party.realm,
        vfs=disk.vfs_name,
        exclusive=True,
        checkpoint_pages=CHECKPOINT_PAGES,
    )


@cache
def template(codes: tuple[str, ...]) -> Template:
    """Found these parties' nodes and open a line between each two of them."""
    time = Time()
    disks = {code: SimDisk(Random(0)) for code in codes}
    parties = {code: SimParty(code=code, time=time) for code in codes}
    lines: dict[tuple[str, str], bytes] = {}
    with stand_in_signatures():
        for code, party in parties.items():
            party.store = open_store(disks[code], party, SeededRng(f"{code}/store"))
            party.found()
        for one, other in combinations(parties.values(), 2):
            lines[one.code, other.code] = _open(one, other, time)
    for party in parties.values():
        party.store.close()
    images = {code: disk.image() for code, disk in disks.items()}
    for disk in disks.values():
        disk.close()
    return Template(images=images, lines=lines)


def _open(one: Party, other: Party, time: Time) -> bytes:
    one.pin(other.introduction())
    other.pin(one.introduction())
    line = _propose(one, other.code)
    _propose(other, one.code)
    for sender, receiver in ((one, other), (other, one)):
        time.pass_s(1)
        outcome = receiver.receive(line, sender.seal(line, sender.assent(line)))
        assert outcome.refused == []
    return line


def _propose(party: Party, peer: str) -> bytes:
    with party.write() as books:
        mine, theirs = books.manifest(), books.manifest(peer)
        agreed = charter.default_charter(
            party.realm, (mine.party, mine.root_key_id), (theirs.party, theirs.root_key_id)
        )
        data = charter.charter_bytes(replace(agreed, deadlines=DEADLINES))
        line = opening.open_line(books, peer, data)
        prepared = opening.prepare_assent(books, line, party.officer(PRINCIPAL))
        opening.submit_assent(books, party.signed(prepared, "assent", PRINCIPAL))
    return line.line
