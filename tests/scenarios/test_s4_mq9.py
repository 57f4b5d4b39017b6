"""S4: a drone is lost over the Black Sea, 14 and 15 March 2023: three rungs in one case, and what does not agree."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.desk import cards, case_changes, clockwork, searching, service_cases, service_contacts, views
from armslength.desk.rebuilding import rebuild
from builders import stores
from builders.local_acts import record
from builders.three_nodes import alarms_of
from builders.two_nodes import RELEASER, WATCH, Party, Time

if TYPE_CHECKING:
    from collections.abc import Mapping

Json = Any

TRANSCRIPT = Path(__file__).parents[1] / "transcripts" / "s4_mq9.txt"

CASE = "CASE-2023-000001"
PRESS = {"proof": "REPORTED", "completeness": "PRESS"}
SUMMARY = "In our own words, after what was carried by the press."

OF_OURS: Mapping[str, Json] = {
    "languages": ["en"],
    "purpose": "to speak where the desks' own line is too low",
    "time_zone": "UTC",
}
EMBASSY = {
    **OF_OURS,
    "channel": "state-embassy",
    "name": "Department of State to the embassy",
    "medium": "MEETING",
    "level": "ADVISERS",
    "ends": [
        {"side": "OURS", "party": "US", "post": "Department of State"},
        {"side": "THEIRS", "party": "RU", "post": "embassy in Washington"},
    ],
}
PRESIDENTS = {
    **OF_OURS,
    "channel": "presidents",
    "name": "the two presidents",
    "medium": "TELEPHONE",
    "level": "PRINCIPALS",
    "ends": [
        {"side": "OURS", "party": "US", "post": "President"},
        {"side": "THEIRS", "party": "RU", "post": "President"},
    ],
}


@dataclass
class Story:
    """One node, which has no peer, and what was said of it."""

    party: Party
    lines: list[str] = field(default_factory=list)
    rung: set[bytes] = field(default_factory=set)

    def say(self, text: str) -> None:
        self.lines.append(text)

    def at(self, text: str) -> None:
        """Let time pass; whatever falls due on the way is served."""
        while (due := self._next()) is not None and due <= parse_rfc3339(text):
            self.party.time.at = Instant(max(self.party.time.at, due))
            self.tick()
        self.party.time.at = parse_rfc3339(text)
        self.say(f"\n@ {text.replace('T', ' ').removesuffix(':00Z')}Z")
        self.bells()

    def _next(self) -> Instant | None:
        with self.party.read() as books:
            return clockwork.next_due(books.unit)

    def tick(self) -> None:
        with self.party.write() as books:
            clockwork.tick(books)

    def bells(self) -> None:
        for key, kind, detail in alarms_of(self.party, "CASE-"):
            if key not in self.rung:
                self.rung.add(key)
                self.say(f"  ALARM: {kind}: {detail}")

    def enter(self, what: str, kind: str, given: Mapping[str, Json], post: str = WATCH) -> dict[int, Any]:
        """Record something as an officer does, and say it; what refuses it is said too."""
        self.party.time.pass_s(60)
        self.say(f"$ {what}")
        try:
            body = record(self.party, kind, given, post)
        except LocalError as error:
            self.say(f"! {error.code}: " + ", ".join(f"{name} {value}" for name, value in error.details.items()))
            return {}
        self.tick()
        self.bells()
        return body

    def contact(self, what: str, channel: str, at: str, until: str, **given: Json) -> str:
        whole = {"channel": channel, "from": at, "until": until, "outcome": "REACHED", "case": CASE, **PRESS, **given}
        number = str(self.enter(what, "contact", whole)[20])
        self.say(f"  {number}")
        return number

    def account(self, source: str, question: str, answer: list[str], says: str, about: str = "") -> None:
        given = {"source": source, "question": question, "answer": answer, "says": says, "about": about}
        shown = f": {', '.join(answer)}" if answer else ""
        self.enter(f"account of {source}, {question}{shown}", "case-step", {"case": CASE, "step": "account", **given})

    def read(self, word: str, name: str) -> Json:
        with self.party.read() as books:
            return service_cases.READS_ONE[word](books, name, {})

    def count(self, channel: str, as_of: str, since: str | None = None) -> tuple[int, int]:
        with self.party.read() as books:
            query = {"channel": channel, "as_of": as_of, **({"since": since} if since else {})}
            found = service_contacts.READS["contact-count"](books, query)
        reach = f"since {since}, as of {as_of}" if since else f"as of {as_of}"
        self.say(f"  {channel}, {reach}: used {found['certain']}, possibly {found['possible']} more")
        return found["certain"], found["possible"]


def opened(folder: Path) -> Story:
    """Return a node over real files, with the example book and what was known before the day."""
    party = Party(
        code="EUCOM", time=Time(at=parse_rfc3339("2023-03-13T08:00:00Z")), store=stores.make("sqlite", folder)
    )
    party.found()
    story = Story(party)
    data = files("armslength.entrypoints") / "demo_data" / "contacts_2022" / "channels.json"
    for document in (*json.loads(data.read_text(encoding="utf-8"))["channels"], EMBASSY, PRESIDENTS):
        if document["channel"] in {"eucom-ndmc", "secdef-mod", "cjcs-cgs", "state-embassy", "presidents"}:
            record(party, "channel", {"document": document})
    story.say("$ the book: eucom-ndmc, secdef-mod, cjcs-cgs of the example book; state-embassy and presidents added")
    for channel, at, until, note in (
        ("eucom-ndmc", "2022-03-01T00:00:00Z", "2022-11-28T00:00:00Z", "the one use beyond tests that was told"),
        ("secdef-mod", "2022-10-21T00:00:00Z", "2022-10-21T23:59:59Z", "a call of the ministers"),
        ("secdef-mod", "2022-10-23T00:00:00Z", "2022-10-23T23:59:59Z", "a call of the ministers"),
        ("cjcs-cgs", "2022-10-24T00:00:00Z", "2022-10-24T23:59:59Z", "a call of the chiefs"),
    ):
        began = "US" if channel == "eucom-ndmc" else ""
        given = {"channel": channel, "from": at, "until": until, "outcome": "REACHED", "initiated_by": began, **PRESS}
        story.enter(f"before: {channel}, {note}", "contact", {**given, "notes": note, "sources": ["press, 2022"]})
    story.count("eucom-ndmc", "2023-03-13")
    return story


def the_loss(story: Story) -> None:
    """14 March: the drone, the first accounts, the embassy."""
    story.at("2023-03-14T17:30:00Z")
    opening = {"title": "MQ-9 lost over the Black Sea, 14 March 2023", "subject": "MQ-9", "reason": "first reports"}
    story.enter("opens a case: first reports", "case", opening)
    story.say(f"  {CASE}")
    story.account("United States", "time", ["2023-03-14T06:03:00Z"], "About 07:03 CET, west of Crimea. " + SUMMARY)
    struck = "the propeller was struck by an aircraft"
    story.account(
        "United States", "happened", ["yes"], "Two Su-27 dumped fuel; one struck the propeller. " + SUMMARY, struck
    )
    story.account("Russian Federation", "happened", ["no"], "There was no contact with the drone. " + SUMMARY, struck)
    story.account(
        "United States", "law", [], "A routine flight in international airspace. " + SUMMARY, "the declared zone"
    )
    zone = "Transponder off, in a zone declared for the operation. "
    story.account("Russian Federation", "law", [], zone + SUMMARY, "the declared zone")
    note = (
        "LEGAL NOTE, CONSTRUCTED. A notice of a zone over the high sea warns; it closes no airspace to others. "
        "It says nothing of what happened in it."
    )
    story.account("our legal adviser", "law", [], note, "the declared zone")
    story.contact(
        "the envoy is summoned",
        "state-embassy",
        "2023-03-14T06:03:00Z",
        "2023-03-14T23:59:59Z",
        initiated_by="US",
        theirs=["ambassador"],
        unknown=["the hour", "what was said"],
        sources=["press, 14 March 2023"],
    )
    for at in ("2023-03-14T08:00:00Z", "2023-03-14T16:00:00Z"):
        given = {"channel": "eucom-ndmc", "purpose": "TEST", "from": at, "outcome": "REACHED", "initiated_by": "EUCOM"}
        story.enter(f"line check of {at[11:16]}Z on eucom-ndmc (constructed)", "contact", given)


def the_calls(story: Story) -> None:
    """15 March: the ministers, the chiefs; the presidents not."""
    story.at("2023-03-15T20:00:00Z")
    ministers = story.contact(
        "Austin speaks with Shoigu",
        "secdef-mod",
        "2023-03-15T00:00:00Z",
        "2023-03-15T20:00:00Z",
        initiated_by="US",
        ours=["Lloyd Austin"],
        theirs=["Sergei Shoigu"],
        subjects=["the loss of the MQ-9"],
        sources=["read-outs of both sides, 15 March 2023"],
    )
    story.contact(
        "Milley speaks with Gerasimov",
        "cjcs-cgs",
        "2023-03-15T00:00:00Z",
        "2023-03-15T20:00:00Z",
        ours=["Mark Milley"],
        theirs=["Valery Gerasimov"],
        subjects=["the loss of the MQ-9"],
        sources=["read-outs of both sides, 15 March 2023"],
    )
    story.account("United States", "initiated-by", ["US"], "The call was at our initiative. " + SUMMARY, ministers)
    story.account(
        "Russian Federation", "initiated-by", ["US"], "The call was at the American initiative. " + SUMMARY, ministers
    )
    ours = ["conduct of the Russian aircraft", "flights go on where law allows"]
    theirs = ["American reconnaissance as the cause", "the declared zone was ignored", "an answer in proportion"]
    story.account("United States", "read-out", ours, SUMMARY, ministers)
    story.account("Russian Federation", "read-out", theirs, SUMMARY, ministers)
    story.enter(
        "decision: the presidents do not speak",
        "decision",
        {
            "what": "Use the presidents' channel over the loss of the MQ-9",
            "options": ["a call of the presidents", "ministers and chiefs of staff only"],
            "chosen": "ministers and chiefs of staff only",
            "reason": "CONSTRUCTED: that there was no contact is reported; the reason is not",
            "information": "the calls of the ministers and the chiefs",
            "channel": "presidents",
            "not_used": True,
            "case": CASE,
            "taken_from": "2023-03-14T06:03:00Z",
            "taken_until": "2023-03-15T20:00:00Z",
            "proof": "REPORTED",
            "sources": ["statements carried by the press, 15 March 2023"],
        },
        RELEASER,
    )


def what_does_not_agree(story: Story) -> None:
    """The contradictions: found, accepted, assessed; and the case is closed only then."""
    story.at("2023-03-16T09:00:00Z")
    found = story.read("cases", CASE)
    for one in found["questions"]:
        story.say(f"  {one['asks']}" + (f" ({one['about']})" if one["about"] else ""))
        for told in one["accounts"]:
            answer = f"{told['answer']}: " if told["answer"] else ""
            story.say(f"    account {told['account']}  {told['source']}: {answer}{told['says']}")
    for one in found["disputes"]:
        story.say(f"  {one['state']} {one['first']} / {one['second']}: {one['what']}")
    first = found["disputes"][0]
    pair = {"first": first["first"], "second": first["second"]}
    step = {"case": CASE, "step": "contradiction", **pair}
    story.enter(f"accepts that {first['first']} and {first['second']} cannot both hold", "case-step", step)
    step = {"case": CASE, "step": "close", "reason": "nothing further is expected"}
    story.enter("closes the case", "case-step", step)
    reason = "Both accounts stay. Our side's record of the flight would tell; this desk does not hold it."
    story.enter("assesses it", "case-step", {"case": CASE, "step": "assess", **pair, "reason": reason})


def nothing_was_released(story: Story) -> None:
    """The video was published by others: no statement exists here, and none can be joined."""
    step = {"case": CASE, "step": "join", "reference": "statement:video", "reason": "the video that was published"}
    story.enter("joins the published video as a statement of ours", "case-step", step)
    with story.party.read() as books:
        kinds = {one.kind for one in case_changes.links(books.unit, CASE)}
        assert kinds == {"contact", "decision"}
        assert books.unit.scan(views.MESSAGES) == []
    story.say("  this node released nothing: no statement, no message")


def the_count(story: Story) -> None:
    """The desks' own line was not used over it; the ministers spoke for the first time since October."""
    assert story.count("eucom-ndmc", "2023-03-15", "2023-03-14") == (0, 0)
    assert story.count("eucom-ndmc", "2023-03-15") == story.count("eucom-ndmc", "2023-03-13") == (1, 0)
    assert story.count("secdef-mod", "2023-03-15", "2022-10-24")[0] == 1


def one_page(story: Story) -> None:
    """The timeline and the principal's card."""
    for one in story.read("case-timeline", CASE):
        if one["kind"] in {"contact", "decision"}:
            rung = f"{one['channel']} ({one['level_of_channel']})"
            story.say(f"  {one['at'][:16]}Z {one['kind']} {one['reference']} on {rung} [{one['proof']}] {one['title']}")
    told = story.read("cards", CASE)
    story.say(f"  CARD: {told['title']}")
    for part, heading in cards.PARTS:
        story.say(f"  {heading}")
        rows, _ = cards.ROOM[part]
        for line in told[part][:rows] or [cards.NOTHING[part]]:
            story.say(f"    {line}")
        if len(told[part]) > rows:
            story.say(f"    and {len(told[part]) - rows} more")
    with story.party.read() as books:
        found = searching.search(books, {"q": "Шойгу"})
    assert any("Shoigu" in hit["title"] for hit in found["hits"])
    story.say(f"  searching for Шойгу finds {found['found']} entries, in another spelling")


def test_three_rungs_one_case_two_accounts(tmp_path: Path) -> None:
    story = opened(tmp_path)
    the_loss(story)
    the_calls(story)
    what_does_not_agree(story)
    nothing_was_released(story)
    the_count(story)
    one_page(story)
    found = story.read("cases", CASE)
    assert [one["kind"] for one in found["joins"]] == ["contact", "contact", "contact", "decision"]
    assert {one["channel"] for one in found["joins"]} == {"state-embassy", "secdef-mod", "cjcs-cgs", "presidents"}
    assert found["accounts"] == 10
    with story.party.write() as books:
        rebuild(books)
    _, _, script = TRANSCRIPT.read_text(encoding="utf-8").partition("\n\n---\n")
    assert "\n".join(story.lines) == script.rstrip("\n")
