"""S6: the repair windows at the Zaporizhzhia plant, autumn 2025 - three nodes, two lines, one window at a time.

The dates are those of the sources (domain.md S6); the traffic, the places and the violation are constructed. The
transcript tests/transcripts/s6_windows.txt is held to the letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.instants import Instant, parse_rfc3339, rfc3339
from armslength.core.places import Circle, Place
from armslength.core.precedence import Precedence
from armslength.desk import drafting, register_cache, watching, windowing
from armslength.desk.rebuilding import rebuild
from armslength.desk.service_windows import read_window
from armslength.line.receipts import Level
from armslength.register.facilities import Facility
from armslength.register.facility_parts import PillarReport
from armslength.register.window_types import Assurance, Means, Said, Violation
from builders import three_nodes
from builders.three_nodes import RELEASER, WATCH, ThreeNodes, alarms_of, by_officer

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from builders.two_nodes import Party

TRANSCRIPT = Path(__file__).parents[1] / "transcripts" / "s6_windows.txt"
DNIPROVSKA, FEROSPLAVNA = "IAEA-W-2025-0001", "IAEA-W-2025-0002"
REPAIR = "IAEA-W-2025-0003"
CREW = "Line crew of the grid operator"
ZNPP = Facility(
    facility_id="UA-ZNPP",
    names=(("en", "Zaporizhzhia nuclear power plant"), ("uk", "Запорізька АЕС")),
    kind="NUCLEAR-POWER-PLANT",
    place=Place(lat_e7=475_122_000, lon_e7=345_858_000, precision_m=10),
    site_radius_m=1500,
    rings_m=(5_000, 10_000, 30_000),
    pillars=(
        PillarReport(
            pillar="OFF-SITE-POWER",
            status="LOST",
            note="last line lost at 16:56 local; 7 generators run, 13 stand by",
            source="IAEA",
            as_of=parse_rfc3339("2025-09-23T13:56:00Z"),
        ),
    ),
)


@dataclass
class Story:
    """The three nodes and what was said of them, line by line."""

    three: ThreeNodes
    lines: list[str] = field(default_factory=list)
    rung: set[bytes] = field(default_factory=set)

    def say(self, text: str) -> None:
        self.lines.append(text)

    def at(self, text: str) -> None:
        self.three.until(text)
        self.say("")
        self.say(f"@ {text.replace('T', ' ').removesuffix(':00Z')}Z")
        self.bells()

    def bells(self) -> None:
        """Say which window alarms were raised since the last time."""
        for party in self.three.parties:
            for key, kind, detail in alarms_of(party, "WINDOW-"):
                tag = party.code.encode() + key
                if tag not in self.rung:
                    self.rung.add(tag)
                    self.say(f"  ALARM at {party.code}: {kind}: {detail}")

    def note(self, what: str, refusal: str) -> None:
        self.say(f"$ {what}")
        if refusal:
            self.say(f"! {refusal}")
        self.bells()

    def show(self, party: Party, window: str) -> None:
        """Say how a window stands at one node."""
        with party.read() as books:
            seen = read_window(books, window)
        self.say(f"  {party.code} sees {window}: {seen['status']}, lines to {', '.join(seen['lines'])}")
        for one in seen["assurances"]:
            said = f"{one['said']} by {one['means']} until {one['until'][:16]}Z" if one["said"] != "NONE" else "NONE"
            self.say(f"    assurance of {one['party']}: {said}{', covers' if one['covers'] else ''}")
        if seen["missing"]:
            self.say(f"    missing: {', '.join(seen['missing'])}")
        if seen["counts"]:
            counts = ", ".join(f"{by or 'nobody named'} {number}" for by, number in seen["counts"].items())
            self.say(f"    violations with evidence, by whom: {counts}")
        if seen["told"]:
            self.say(f"    last told: {seen['told']['status']}")

    # --- what people do -----------------------------------------------------------------------------------------------

    def propose(
        self, what: str, times: tuple[str, str, str], works: tuple[str, ...], centre: Place, crew: str = CREW
    ) -> None:
        three = self.three
        start, end, by = (parse_rfc3339(text) for text in times)
        refusal = by_officer(
            three.iaea,
            "record",
            lambda books: windowing.prepare_window(
                books,
                three.iaea.officer(WATCH),
                lines=[three.line("NORTH"), three.line("SOUTH")],
                zone=Circle(centre=centre, radius_m=1500),
                works=works,
                crews=(crew,),
                parties=("NORTH", "SOUTH"),
                from_at=start,
                until_at=end,
                assure_by=by,
                observers=("Mission at the plant",),
                facility_id="UA-ZNPP",
            ),
            windowing.submit,
        )
        self.note(f"IAEA records a window: {what}", refusal)

    def send_window(self, window: str) -> None:
        for code in ("NORTH", "SOUTH"):
            line = self.three.line(code)
            with self.three.iaea.read() as books:
                values = windowing.window_values(books, window, books.line(line))
            verb = " (another time for it)" if 24 in values else ""
            self.released(self.three.iaea, code, "WINDOW", values, verb)

    def assure(self, party: Party, window: str, said: str = "GIVEN", until: str | None = None) -> None:
        line = self.three.line(party.code)
        with party.read() as books:
            plan = windowing.window(books, window).state.plan
            end = plan.until_at if until is None else parse_rfc3339(until)
            command = (f"Operational command of {party.code}",)
            values = windowing.assurance_values(books, window, books.line(line), said, command, (plan.from_at, end))
        self.released(party, "IAEA", "ASSURANCE", values, f" {said}")

    def status(self, window: str, reason: str) -> None:
        with self.three.iaea.read() as books:
            values = windowing.status_values(books, window, reason)
        for code in ("NORTH", "SOUTH"):
            self.released(self.three.iaea, code, "WINDOW-STATUS", values, f" {values[101]}, {reason}")

    def released(self, party: Party, to: str, form: str, values: dict[int, CborValue], more: str = "") -> bytes:
        three = self.three
        line = three.line(to if party is three.iaea else party.code)
        precedence = Precedence.IMMEDIATE if form == "WINDOW-STATUS" else Precedence.PRIORITY
        sent = party.send(line, form, values, precedence)
        other = next(one for one in three.parties if one.code == to)
        three.pairs[to if party is three.iaea else party.code].flush()
        levels = [Level.READ, Level.UNDERSTOOD, Level.PASSED]
        for level in levels:
            other.receipt(sent, level)
        if form == "WINDOW":
            other.receipt(sent, Level.ANSWERED, verb="confirm", answer_by=None)
        three.flush()
        receipts = "R0 R1 R2 R3" + (" R4 confirm" if form == "WINDOW" else "")
        self.say(f"$ {party.code} releases {form}{more} to {to}: {receipts}")
        self.bells()
        return sent

    def step(self, what: str, window: str, kind: str, reason: str, **parts: Any) -> str:
        post = parts.pop("post", WATCH)
        iaea = self.three.iaea
        refusal = by_officer(
            iaea,
            "decide",
            lambda books: windowing.prepare_step(books, iaea.officer(post), window, kind, reason, **parts),
            windowing.submit,
            post,
        )
        self.note(f"IAEA {what}", refusal)
        return refusal.partition(":")[0]

    def pillars(self) -> list[str]:
        with self.three.iaea.read() as books:
            facility = register_cache.Cache(books).facility("UA-ZNPP")
        assert facility is not None
        found = [report.status for report in facility.pillars if report.pillar == "OFF-SITE-POWER"]
        self.say(f"  UA-ZNPP, pillar 4, off-site power: {' -> '.join(found)}")
        return found

    def report_pillars(self, window: str) -> None:
        iaea = self.three.iaea
        refusal = by_officer(
            iaea,
            "record",
            lambda books: windowing.prepare_pillars(books, iaea.officer(WATCH), window),
            watching.submit_local,
        )
        self.note("IAEA enters the pillars reported on closing into the record of UA-ZNPP", refusal)


def first_slot_is_missed(story: Story) -> None:
    """One assurance of two is none, a receipt is none, and a call is none."""
    three, iaea = story.three, story.three.iaea
    refusal = by_officer(
        iaea,
        "record",
        lambda books: watching.prepare_facility(books, iaea.officer(WATCH), ZNPP),
        watching.submit_local,
    )
    story.note("IAEA enters UA-ZNPP with pillar 4 LOST on 23 September", refusal)
    story.pillars()
    story.at("2025-10-06T09:00:00Z")
    centre = Place(lat_e7=475_600_000, lon_e7=344_500_000, precision_m=100)
    story.propose(
        "zone of 1.5 km at the Dniprovska 750 kV line, 11 to 17 October",
        ("2025-10-11T05:00:00Z", "2025-10-17T17:00:00Z", "2025-10-10T12:00:00Z"),
        ("DEMINING", "REPAIR-OF-POWER-LINE"),
        centre,
    )
    story.send_window(DNIPROVSKA)
    story.at("2025-10-08T10:00:00Z")
    story.assure(three.north, DNIPROVSKA, until="2025-10-24T17:00:00Z")
    story.at("2025-10-09T15:00:00Z")
    spoken = Assurance(
        party="SOUTH",
        said=Said.GIVEN,
        means=Means.VOICE,
        commands=("An officer who did not give his command",),
        from_at=parse_rfc3339("2025-10-11T05:00:00Z"),
        until_at=parse_rfc3339("2025-10-17T17:00:00Z"),
        reference="call of 9 October",
        at=three.time.at,
    )
    story.step("records a call from SOUTH", DNIPROVSKA, "assurance", "said on the telephone", assurance=spoken)
    story.show(iaea, DNIPROVSKA)
    assert story.step("wants GREEN", DNIPROVSKA, "green", "works could begin", post=RELEASER) == "WINDOW-NOT-GREEN"
    story.at("2025-10-10T12:00:00Z")
    story.at("2025-10-11T05:00:00Z")
    assert story.step("wants the crew out", DNIPROVSKA, "crews-out", "slot begins", post=RELEASER) == "WINDOW-NOT-GREEN"
    story.at("2025-10-17T17:00:00Z")
    story.show(iaea, DNIPROVSKA)


def green_on_18_october(story: Story) -> None:
    """Another time; the assurance that covers it stands, the missing one comes, and a person says GREEN."""
    three, iaea = story.three, story.three.iaea
    story.at("2025-10-17T18:00:00Z")
    times = tuple(map(parse_rfc3339, ("2025-10-18T05:00:00Z", "2025-10-24T17:00:00Z", "2025-10-18T04:00:00Z")))
    story.step("records another time, from 18 October", DNIPROVSKA, "reschedule", "slot missed", times=times)
    story.send_window(DNIPROVSKA)
    story.show(iaea, DNIPROVSKA)
    story.at("2025-10-18T03:30:00Z")
    story.assure(three.south, DNIPROVSKA)
    with pytest.raises(Exception, match="WINDOW-NOT-GREEN"):
        green_too_early(story)
    assert story.step("says GREEN", DNIPROVSKA, "green", "both in writing", post=RELEASER) == ""
    story.status(DNIPROVSKA, "ALL-ASSURANCES-HELD")
    assert story.step("wants the crew out", DNIPROVSKA, "crews-out", "begin", post=RELEASER) == "WINDOW-TIME"
    story.at("2025-10-18T05:00:00Z")
    assert story.step("releases the crew", DNIPROVSKA, "crews-out", "begin", post=RELEASER) == ""
    story.show(iaea, DNIPROVSKA)
    story.show(three.north, DNIPROVSKA)
    story.show(three.south, DNIPROVSKA)
    story.at("2025-10-23T12:00:00Z")
    assert story.step("closes the window", DNIPROVSKA, "close", "line repaired") == "WINDOW-CREWS-OUT"
    story.step("has the crew back", DNIPROVSKA, "crews-back", "all persons counted")
    story.step("closes the window", DNIPROVSKA, "close", "one line of two", pillars=(("OFF-SITE-POWER", "ENDANGERED"),))
    story.status(DNIPROVSKA, "WORKS-DONE")
    story.report_pillars(DNIPROVSKA)
    story.pillars()


def green_too_early(story: Story) -> None:
    """A WINDOW-STATUS that says GREEN before a person has said so cannot even be drafted."""
    story.say("$ IAEA wants to release WINDOW-STATUS GREEN before anybody said GREEN")
    iaea = story.three.iaea
    values: dict[int, CborValue] = {100: DNIPROVSKA, 101: "GREEN", 102: "ALL-ASSURANCES-HELD"}
    with iaea.write() as books:
        line = books.line(story.three.line("NORTH"))
        try:
            drafting.prepare_message(books, line, iaea.officer(WATCH), "WINDOW-STATUS", Precedence.IMMEDIATE, values)
        except Exception as error:
            story.say(f"! {str(error).split(':', 1)[0]}")
            raise


def second_window_is_violated(story: Story) -> None:
    """A violation without evidence is kept, one with evidence is counted; the crew is called back; abort."""
    three, iaea = story.three, story.three.iaea
    story.at("2025-11-05T09:00:00Z")
    centre = Place(lat_e7=475_700_000, lon_e7=344_000_000, precision_m=100)
    story.propose(
        "zone of 1.5 km at the Ferosplavna-1 330 kV line, 7 November, demining",
        ("2025-11-07T06:00:00Z", "2025-11-07T14:00:00Z", "2025-11-06T18:00:00Z"),
        ("DEMINING",),
        centre,
    )
    story.send_window(FEROSPLAVNA)
    story.assure(three.north, FEROSPLAVNA)
    story.assure(three.south, FEROSPLAVNA)
    story.step("says GREEN", FEROSPLAVNA, "green", "both in writing", post=RELEASER)
    story.status(FEROSPLAVNA, "ALL-ASSURANCES-HELD")
    story.at("2025-11-07T06:00:00Z")
    story.step("releases the crew", FEROSPLAVNA, "crews-out", "begin", post=RELEASER)
    story.at("2025-11-07T09:40:00Z")
    alleged: dict[int, CborValue] = {
        37: "ATTRIBUTED-TO-OTHERS",
        100: FEROSPLAVNA,
        101: "VIOLATED",
        102: "VIOLATION-OBSERVED",
        103: parse_rfc3339("2025-11-07T09:31:00Z"),
        104: "SHELLING",
    }
    story.released(three.south, "IAEA", "WINDOW-STATUS", alleged, " VIOLATED, says others did it")
    story.show(iaea, FEROSPLAVNA)
    story.at("2025-11-07T09:50:00Z")
    seen = Violation(
        at=Instant(parse_rfc3339("2025-11-07T09:31:00Z")),
        by="",
        what="SHELLING",
        evidence=("R-2025-1107-01", "photographs of the observers"),
        reporter="IAEA",
    )
    story.step("records a violation with evidence", FEROSPLAVNA, "violation", "seen by observers", violation=seen)
    refused = story.step("wants another crew out", FEROSPLAVNA, "crews-out", "go on", post=RELEASER)
    assert refused == "WINDOW-NOT-GREEN"
    story.status(FEROSPLAVNA, "VIOLATION-OBSERVED")
    story.step("aborts the window", FEROSPLAVNA, "abort", "safety of the crew")
    story.step("has the crew back", FEROSPLAVNA, "crews-back", "all persons counted")
    story.status(FEROSPLAVNA, "SAFETY-OF-CREWS")
    story.show(iaea, FEROSPLAVNA)


def repair_on_8_november(story: Story) -> None:
    """The repair, and what closure restores."""
    three = story.three
    story.at("2025-11-07T15:00:00Z")
    centre = Place(lat_e7=475_700_000, lon_e7=344_000_000, precision_m=100)
    story.propose(
        "the same zone, 8 November, repair",
        ("2025-11-08T06:00:00Z", "2025-11-08T16:00:00Z", "2025-11-08T05:00:00Z"),
        ("REPAIR-OF-POWER-LINE",),
        centre,
    )
    story.send_window(REPAIR)
    story.assure(three.south, REPAIR)
    story.assure(three.north, REPAIR)
    story.step("says GREEN", REPAIR, "green", "both in writing", post=RELEASER)
    story.status(REPAIR, "ALL-ASSURANCES-HELD")
    story.at("2025-11-08T06:00:00Z")
    story.step("releases the crew", REPAIR, "crews-out", "begin", post=RELEASER)
    story.at("2025-11-08T14:00:00Z")
    story.step("has the crew back", REPAIR, "crews-back", "all persons counted")
    story.step("closes the window", REPAIR, "close", "both lines stand", pillars=(("OFF-SITE-POWER", "HELD"),))
    story.status(REPAIR, "WORKS-DONE")
    story.report_pillars(REPAIR)
    assert story.pillars() == ["LOST", "ENDANGERED", "HELD"]


def test_the_windows_of_autumn_2025(tmp_path: Path) -> None:
    story = Story(three=three_nodes.opened(tmp_path, "2025-10-05T08:00:00Z"))
    first_slot_is_missed(story)
    green_on_18_october(story)
    second_window_is_violated(story)
    repair_on_8_november(story)
    assert story.three.refused() == []
    for party in story.three.parties:
        # What every view shows is in the journal: made again from it, nothing differs.
        with party.write() as books:
            rebuild(books)
    told, _, script = TRANSCRIPT.read_text(encoding="utf-8").partition("\n\n---\n")
    assert told.startswith("S6.")
    assert "\n".join(story.lines) == script.rstrip("\n")
    assert rfc3339(story.three.time.at).startswith("2025-11-08T14")
