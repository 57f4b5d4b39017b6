"""A story of the watch told line by line: two nodes over real files, the real readers, people of the one side.

Nothing is shortened: reports and facilities are entered by signed records, a file is imported under one signature, a
message is drafted, checked and released by four persons, and what the other node answers is what it answers.
"""

from __future__ import annotations

import asyncio
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from armslength.adapters.readers import FileReaders
from armslength.core.instants import Instant, parse_rfc3339
from armslength.desk import clockwork, service_read, service_watch, watching
from armslength.desk.desk import Desk
from armslength.desk.form_json import values_from_names
from armslength.desk.local_records import report_from_json
from armslength.desk.prepared import Signed, decode_prepared
from armslength.desk.service_imports import Imports
from armslength.register import documents
from builders import stores
from builders.desks import Bell, Wire
from builders.three_nodes import alarms_of, by_officer
from builders.two_nodes import WATCH, Party, Time, TwoNodes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from armslength.core.precedence import Precedence
    from armslength.line.receipts import Level


Json = Any


@dataclass
class WatchStory:
    """Both nodes and what was said of them."""

    two: TwoNodes
    desk: Desk
    lines: list[str] = field(default_factory=list)
    rung: set[bytes] = field(default_factory=set)

    # --- telling ------------------------------------------------------------------------------------------------------

    def say(self, text: str) -> None:
        self.lines.append(text)

    def at(self, text: str) -> None:
        """Let time pass; every deadline on the way is served when it falls due."""
        time, at = self.two.time, parse_rfc3339(text)
        assert at >= time.at, text
        while True:
            due = [found for party in self.parties if (found := _next(party)) is not None and found <= at]
            if not due:
                break
            time.at = Instant(max(time.at, min(due)))
            for party in self.parties:
                with party.write() as books:
                    clockwork.tick(books)
        time.at = at
        self.say("")
        self.say(f"@ {text.replace('T', ' ').removesuffix(':00Z')}Z")
        self.bells()

    @property
    def parties(self) -> tuple[Party, Party]:
        return (self.two.eucom, self.two.ndmc)

    def bells(self) -> None:
        """Say which alarms were raised since the last time."""
        for party in self.parties:
            for key, kind, detail in alarms_of(party, ""):
                tag = party.code.encode() + key
                if tag not in self.rung:
                    self.rung.add(tag)
                    self.say(f"  ALARM at {party.code}: {kind}: {detail}".rstrip(": "))

    def note(self, what: str, refusal: str = "") -> None:
        self.say(f"$ {what}")
        if refusal:
            self.say(f"! {refusal}")
        self.bells()

    # --- register and reports -----------------------------------------------------------------------------------------

    def facility(self, what: str, document: Mapping[str, Json], party: Party | None = None) -> str:
        """Enter a facility as `facility add` does; say what refused it."""
        of = party or self.two.eucom
        refusal = by_officer(
            of,
            "record",
            lambda books: watching.prepare_facility(
                books, of.officer(WATCH), documents.facility_from_document(dict(document))
            ),
            watching.submit_local,
        )
        self.note(f"{of.code} enters {what}", refusal)
        return refusal

    def report(self, given: Mapping[str, Json]) -> str:
        """Enter a report by hand."""
        eucom = self.two.eucom
        refusal = by_officer(
            eucom,
            "record",
            lambda books: watching.prepare_report(books, eucom.officer(WATCH), report_from_json(books, given)),
            watching.submit_local,
        )
        self.note(f"EUCOM enters the report {given['report_id']} of {given['who_says']}", refusal)
        return refusal

    def imported(self, what: str, reader: str, name: str, data: bytes) -> Json:
        """Import a file as `report import` does: read, shown, signed, entered."""
        imports, eucom = Imports(self.desk, FileReaders()), self.two.eucom
        given = {"what": what, "reader": reader, "name": name, "data": b64encode(data).decode()}
        asked = imports.prepare(eucom.officer(WATCH), given)
        prepared = decode_prepared(b64decode(asked["prepared"]))
        signed = Signed(prepared=prepared, acts=(eucom.act(prepared, "record", WATCH),))
        done = asyncio.run(imports.submit(signed, data))
        run = asked["import"]
        self.note(
            f"EUCOM imports {name} with the reader {run['reader']}: {run['rows_read']} rows read, {run['refused']} "
            f"refused, {done['rows']} entered"
        )
        return run

    # --- concerns -----------------------------------------------------------------------------------------------------

    def concerns(self) -> list[Json]:
        with self.two.eucom.read() as books:
            return service_watch.concerns_json(books)

    def concern(self, facility: str, day: str) -> Json:
        return next(one for one in self.concerns() if (one["facility"], one["day"]) == (facility, day))

    def show(self, one: Json) -> None:
        """Say how a concern stands, why, and what speaks against it."""
        self.say(
            f"  {one['id']} {one['facility']} {one['status']}: rank {one['rank']}, {one['certainty']}, {one['day']}, "
            f"{len(one['evidence'])} reports"
        )
        self.say(f"    because {one['history'][0]['reason']}")
        for sentence in one["against"][:3]:
            self.say(f"    against {sentence}")

    def assess(self, concern: str, step: str, reason: str) -> None:
        """Take a person's step on a concern."""
        eucom = self.two.eucom
        refusal = by_officer(
            eucom,
            "assess",
            lambda books: watching.prepare_concern_step(books, eucom.officer(WATCH), concern, step, reason),
            watching.submit_local,
        )
        self.note(f"{eucom.officer(WATCH)} {step}s {concern}: {reason}".replace("dismisss", "dismisses"), refusal)

    def form(self, concern: str) -> Json:
        """Return what a concern's evidence fills of a CONCERN."""
        with self.two.eucom.read() as books:
            return service_watch.concern_form(books, concern)

    # --- the line -----------------------------------------------------------------------------------------------------

    def send(self, party: Party, form: str, named: Mapping[str, Json], precedence: Precedence, more: str = "") -> bytes:
        """Draft, check and release a message; it waits in the outbox."""
        sent = party.send(self.two.line, form, values_from_names(form, named), precedence)
        other = self.two.other(party)
        self.note(f"{party.code} drafts, checks and releases {form} {precedence.name} to {other.code}{more}")
        return sent

    def carried(self) -> None:
        self.two.flush()
        self.bells()

    def receipts(self, party: Party, message: bytes, levels: Sequence[Level], **parts: Json) -> bytes:
        """Let officers of the other side give receipts, the parts with the last one; return the last one."""
        given = b""
        for level in levels:
            self.two.time.pass_s(60)
            given = party.receipt(message, level, **(parts if level is levels[-1] else {}))
        self.two.flush()
        self.note(f"{party.code} gives {' '.join(level.short for level in levels)}")
        return given

    def counted(self) -> dict[str, int]:
        """Say and return the uses that each side counts as its own."""
        found = {}
        for party in self.parties:
            with party.read() as books:
                found[party.code] = int(service_read.read_count(books, books.now, initiated_by=party.code)["certain"])
        self.say("  uses counted: " + ", ".join(f"{number} begun by {code}" for code, number in found.items()))
        return found


def _next(party: Party) -> Instant | None:
    with party.read() as books:
        return clockwork.next_due(books.unit)


def refused_code(refusal: str) -> str:
    """Return the code of what refused something."""
    return refusal.partition(":")[0]


def opened(folder: Path, start: str) -> WatchStory:
    """Return two introduced nodes over real files, with an open line."""
    time = Time(at=parse_rfc3339(start))
    parties = []
    for code in ("EUCOM", "NDMC"):
        (folder / code).mkdir()
        parties.append(Party(code=code, time=time, store=stores.make("sqlite", folder / code)))
    two = TwoNodes(eucom=parties[0], ndmc=parties[1], time=time)
    for party in parties:
        party.found()
    two.eucom.pin(two.ndmc.introduction())
    two.ndmc.pin(two.eucom.introduction())
    two.line = two.eucom.open_line("NDMC")
    two.ndmc.open_line("EUCOM")
    for party in parties:
        time.pass_s(1)
        two.deliver(party, party.assent(two.line))
    desk = Desk(
        realm=two.eucom.realm,
        store=two.eucom.store,
        keys=two.eucom.keys,
        clock=time,
        rng=two.eucom.rng,
        net=Wire(),
        notifier=Bell(),
    )
    return WatchStory(two=two, desk=desk)


def held_to(story: WatchStory, transcript: Path) -> None:
    """Hold what was said to the transcript, to the letter."""
    _, _, script = transcript.read_text(encoding="utf-8").partition("\n\n---\n")
    assert "\n".join(story.lines) == script.rstrip("\n")


__all__ = ["WatchStory", "held_to", "opened", "refused_code"]
