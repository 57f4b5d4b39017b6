"""Two homes with an open line between them, officers who sign, and a comparison of what both sides hold in the end."""

from __future__ import annotations

import asyncio
import json
import os
import socket
from base64 import b64decode, b64encode
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from armslength.adapters.store_sqlite_scrub import scrub
from armslength.core.keys import PublicKey
from armslength.core.realm import Realm
from armslength.core.record import SEED_BYTES, parse_item
from armslength.desk import service_read, views
from armslength.desk.prepared import attest, decode_prepared
from armslength.journal.compare import ChainLink, compare
from armslength.line import braid
from armslength.node import Node, Settings, init_home, load_officer, open_node, system_now

if TYPE_CHECKING:
    from pathlib import Path

    from armslength.desk.ports import Unit
    from armslength.node import Signing

Json = dict[str, Any]

PARTIES = (("EUCOM", "Europe/Berlin", ("en", "ru")), ("NDMC", "Europe/Moscow", ("ru", "en")))
PASSPHRASE = "demonstration"  # noqa: S105 - of demonstration keys, which say so
OPEN_WITHIN_S = 20.0
TEXT_BYTES = 600
"""The text of a benchmark message: six hundred bytes of it, beside its coded fields."""

FIELD_TEXT = 100
"""Field of form TEST that holds the text (docs/spec/forms.md)."""


def free_port() -> int:
    """Return a port of this machine that nobody listens on now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sign(key: Signing, prepared: Json) -> Json:
    """Return what an officer's program submits: the prepared body and the signature over what was shown."""
    act = {
        "act": prepared["act"],
        "role": prepared["role"],
        "officer": prepared["officer"],
        "key_id": key.public.kid.hex(),
        "signature": key.sign(bytes.fromhex(prepared["statement"])).hex(),
    }
    return {"prepared": prepared["prepared"], "acts": [act]}


async def _introduce(node: Node, other: Node) -> None:
    mine, theirs = node.settings.party, other.settings.party
    introduction = other.home.introduction_file(theirs).read_bytes()
    custodian, principal = f"{mine.lower()}-custodian-1", f"{mine.lower()}-principal-1"
    pin, _ = node.service.prepare_pin(custodian, introduction, "in person")
    await node.service.submit([sign(load_officer(node.home.path, custodian, PASSPHRASE), pin)])
    await node.service.open_line(theirs)
    assent = node.service.prepare_assent(principal, None)
    await node.service.submit([sign(load_officer(node.home.path, principal, PASSPHRASE), assent)])


def _assented(node: Node) -> bool:
    line = node.service.look(service_read.read_lines)[0]
    return bool(line["assented_by_us"] and line["assented_by_them"])


async def _open_line(nodes: list[Node]) -> None:
    for node, other in zip(nodes, reversed(nodes), strict=True):
        await _introduce(node, other)
    try:
        for node in nodes:
            await node.start()
        async with asyncio.timeout(OPEN_WITHIN_S):
            while not all(_assented(node) for node in nodes):
                await asyncio.sleep(0.01)
    finally:
        for node in nodes:
            await node.stop()


def _template(node: Node) -> Json:
    officer = f"{node.settings.party.lower()}-watch-1"
    return node.service.prepare_message(
        officer, line=None, form="TEST", precedence="ROUTINE", values={"test-text": "x" * TEXT_BYTES}, alone=True
    )


def make(base: Path) -> Json:
    """Make two homes below a folder, open their line, and leave a message of each as a pattern; return their paths."""
    homes = {}
    for party, zone, languages in PARTIES:
        port = free_port()
        settings = Settings(
            party=party,
            realm="EXERCISE",
            listen_port=port,
            address=f"https://127.0.0.1:{port}",
            time_zone=zone,
            languages=languages,
            demonstration=True,
        )
        homes[party] = base / party
        init_home(homes[party], settings, passphrase_for=lambda _whose: PASSPHRASE)
    nodes = [open_node(home) for home in homes.values()]
    try:
        asyncio.run(_open_line(nodes))
        for node in nodes:
            pattern = _template(node)
            (node.home.path / "pattern.json").write_text(json.dumps(pattern))
    finally:
        for node in nodes:
            node.close()
    return {"a": str(homes["EUCOM"]), "b": str(homes["NDMC"])}


class Officers:
    """The watch officer's own program: it makes messages from a pattern and signs each, away from the node.

    Args:
        home: the home whose officer signs.
    """

    def __init__(self, home: Path) -> None:
        self._pattern: Json = json.loads((home / "pattern.json").read_text())
        self._prepared = decode_prepared(b64decode(self._pattern["prepared"]))
        self._key = load_officer(home, self._pattern["officer"], PASSPHRASE)

    @property
    def public(self) -> PublicKey:
        """The officer's public key."""
        return PublicKey(self._key.public.alg, self._key.public.public)

    def message(self, n: int) -> Json:
        """Return one signed submission whose text starts with its own number."""
        body = {**self._prepared.body, 1: os.urandom(16), 2: system_now(), FIELD_TEXT: text_of(n)}
        prepared = replace(self._prepared, seed=os.urandom(SEED_BYTES), body=body)
        act, role, officer = (self._pattern[name] for name in ("act", "role", "officer"))
        statement = attest(Realm.EXERCISE, prepared, act, role, officer).hex()
        encoded = b64encode(prepared.encode()).decode()
        return sign(self._key, {**self._pattern, "prepared": encoded, "statement": statement})

    def messages(self, count: int, first: int = 0) -> list[Json]:
        """Return signed submissions, made before any clock runs."""
        return [self.message(n) for n in range(first, first + count)]


def text_of(n: int) -> str:
    """Return the text of one message: its own number, then words, six hundred bytes in all."""
    words = "The quick brown fox jumps over the lazy dog and reads it back. " * 10
    return f"{n:08d} {words}"[:TEXT_BYTES]


# --- what both sides hold in the end ----------------------------------------------------------------------------------


def audit(home_a: Path, home_b: Path) -> Json:
    """Compare what two stopped nodes hold: every leaf hashed again, both directions' chains, every receipt.

    Returns:
        ``differences``: in words, empty when all is well; ``sent`` and ``held``: of each way, envelope hashes by number
        as sender and receiver hold them; ``receipted``: messages of each side with the other's receipt.
    """
    a, b = _held(home_a), _held(home_b)
    differences = [
        f"{way}: {verdict.first_difference}"
        for way, verdict in (
            ("A to B", compare(a["out"], b["in"], we_sent=True)),
            ("B to A", compare(a["in"], b["out"], we_sent=False)),
        )
        if not verdict.agree
    ]
    for one, other, way in ((a, b, "A to B"), (b, a, "B to A")):
        missing = one["receipted"] - {link.envelope_hash for link in other["in"]}
        differences += [f"{way}: receipted and not held: {envelope.hex()}" for envelope in sorted(missing)]
    return {
        "differences": differences,
        "sent": {"ab": _by_number(a["out"]), "ba": _by_number(b["out"])},
        "held": {"ab": _by_number(b["in"]), "ba": _by_number(a["in"])},
        "entered_in_order": all(side["order"] == sorted(side["order"]) for side in (a, b)),
        "receipted": {"ab": len(a["receipted"]), "ba": len(b["receipted"])},
        "alarms": {"a": a["alarms"], "b": b["alarms"]},
        "sizes": {"a": a["size"], "b": b["size"]},
    }


def _by_number(links: list[ChainLink]) -> dict[int, str]:
    return {link.number: link.envelope_hash.hex() for link in sorted(links, key=lambda link: link.number)}


def _held(home: Path) -> Json:
    node = open_node(home)
    try:
        size = scrub(node.store, contents=True)
        return {**node.desk.read(_links), "size": size}
    finally:
        node.close()


def _links(unit: Unit) -> Json:
    found: Json = {"out": [], "in": [], "receipted": set(), "order": []}
    waiting = {row[1] for _, row in views.rows(unit, views.OUTBOX)}
    for envelope_hash, row in views.rows(unit, views.MESSAGES):
        way = "out" if row[2] == views.OUT else "in"
        content = unit.content(row[4])
        if content is None:
            continue
        item = parse_item(content[1])
        link = braid.parse_link(item.link)
        found[way].append(
            ChainLink(
                number=link.number,
                envelope_hash=item.envelope_hash,
                prev_hash=None if link.previous == braid.ZERO_HASH else link.previous,
                peer_number=link.accepted_number,
                peer_hash=None if link.accepted_hash == braid.ZERO_HASH else link.accepted_hash,
            )
        )
        if way == "in":
            found["order"].append((row[4], link.number))
        elif envelope_hash not in waiting:
            found["receipted"].add(envelope_hash)
    # In the order of the journal: the numbers as they entered it.
    found["order"] = [number for _, number in sorted(found["order"])]
    found["alarms"] = sorted({str(row[1]) for _, row in views.rows(unit, views.ALARMS)})
    return found
