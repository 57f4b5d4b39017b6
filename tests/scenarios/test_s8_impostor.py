"""S8: the caller of 28 November 2008, who said that he was a minister, at a desk that calls back.

What is known (domain.md 2.7): the caller reached a head of state without the usual check, an air force stood on high
alert for about a day, and the same caller failed elsewhere because of one more check. Names, numbers, times of day and
words are constructed. The store is a real one, time is an argument, and the transcript is held to the letter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339
from armslength.desk import clockwork, service_calls, service_cases, service_contacts
from armslength.desk.alarms import ALARM_KINDS
from armslength.desk.rebuilding import rebuild
from builders import stores
from builders.local_acts import record
from builders.three_nodes import alarms_of
from builders.two_nodes import RELEASER, WATCH, WATCH_2, Party, Time

TRANSCRIPT = Path(__file__).parents[2] / "tests" / "transcripts" / "s8_impostor.txt"
CHANNEL = {
    "channel": "mea-pres",
    "name": "Minister of External Affairs to the Presidency (constructed)",
    "medium": "TELEPHONE",
    "level": "MINISTERS",
    "purpose": "talk between ministers in a crisis",
    "ends": [
        {"side": "OURS", "party": "PK", "post": "duty desk of the Presidency"},
        {
            "side": "THEIRS",
            "party": "IN",
            "post": "office of the Minister of External Affairs",
            "numbers": [{"medium": "TELEPHONE", "value": "+91 11 0000 0001"}],
        },
    ],
    "languages": ["en"],
}


class Story:
    """One desk with a telephone, told line by line."""

    def __init__(self, folder: Path) -> None:
        self.time = Time(at=parse_rfc3339("2008-11-28T16:00:00Z"))
        self.party = Party(code="PK", time=self.time, store=stores.make("sqlite", folder))
        self.party.found()
        self.lines: list[str] = []
        self.rung: set[bytes] = set()

    def say(self, text: str) -> None:
        self.lines.append(text)

    def at(self, text: str) -> None:
        """Let time pass; every deadline on the way is served when it falls due."""
        at = parse_rfc3339(text)
        while (due := self._due()) is not None and due <= at:
            self.time.at = Instant(max(self.time.at, due))
            with self.party.write() as books:
                clockwork.tick(books)
        self.time.at = at
        self.say("")
        self.say(f"@ {text.replace('T', ' ')}")
        self.bells()

    def _due(self) -> Instant | None:
        with self.party.read() as books:
            return clockwork.next_due(books.unit)

    def bells(self) -> None:
        for key, kind, detail in alarms_of(self.party, ""):
            if key not in self.rung:
                self.rung.add(key)
                self.say(f"  ALARM at our own desk: {kind}: {detail}")
                self.say(f"    {ALARM_KINDS[kind]}")

    def does(self, what: str, kind: str, given: dict[str, Any], post: str = WATCH) -> dict[int, Any]:
        """Record something, or say what refused it."""
        self.say(f"$ {self.party.officer(post)} {what}")
        body: dict[int, Any] = {}
        try:
            body = record(self.party, kind, given, post)
        except LocalError as error:
            self.say(f"! {error.code}: {error.sentence}")
        self.bells()
        return body

    def call(self, number: str) -> dict[str, Any]:
        with self.party.read() as books:
            return service_calls.read_call(books, number, {})

    def show(self, number: str) -> None:
        found = self.call(number)
        self.say(
            f"  {number}: {found['direction']}, {found['status']}, {', '.join(found['theirs'])}: {found['identity']}"
        )

    def counted(self) -> dict[str, int]:
        with self.party.read() as books:
            found = service_contacts.read_count(books, {"channel": "mea-pres", "as_of": "2008-11-29"})
        self.say(f"  uses of mea-pres as of 29 November 2008: {found['certain']} certain, {found['possible']} possible")
        return {name: int(found[name]) for name in ("certain", "possible")}


def the_call(story: Story, case: str) -> str:
    """A voice with a title asks for an answer that would move an air force: it moves nobody."""
    given = {"channel": "mea-pres", "direction": "IN", "theirs": ["a voice that says he is the Minister"], "case": case}
    more = {"telephone": "number withheld", "about": "an ultimatum after Mumbai"}
    call = str(story.does("takes a call: nobody need be waited for", "call", {**given, **more})[20])
    story.show(call)
    story.does(
        "notes what he says", "call-step", {"call": call, "step": "said", "side": "THEIRS", "text": "He threatens."}
    )
    asked = {"call": call, "step": "asked", "text": "He wants the President, and an answer now.", "important": True}
    story.does("notes what he asks for, which is important", "call-step", asked)
    onward = {"call": call, "step": "passed-on", "text": "the threat", "names": ["Air Headquarters"]}
    story.does("tries to pass it on to Air Headquarters", "call-step", onward)
    story.at("2008-11-28T16:07:00Z")
    ended = {"call": call, "step": "ended", "item": "REACHED"}
    story.does("tells him that he will be called back, and ends the call", "call-step", ended)
    story.does("enters the contact", "contact", story.call(call)["contact"])
    return call


def the_call_back(story: Story, call: str) -> str:
    """The number of the book finds nobody who called."""
    given = {"channel": "mea-pres", "direction": "OUT", "calls_back": call, "theirs": ["the Minister's office"]}
    back = str(story.does("calls the number of the book", "call", given, WATCH_2)[20])
    story.show(back)
    words = {
        "call": back,
        "step": "denial",
        "text": "The Minister has called nobody in your country.",
        "language": "en",
    }
    story.does("writes down the answer word for word", "call-step", words, WATCH_2)
    story.does("ends the call", "call-step", {"call": back, "step": "ended", "item": "REACHED"}, WATCH_2)
    story.does("enters the contact", "contact", story.call(back)["contact"], WATCH_2)
    disowned = {"call": call, "step": "disowned", "text": "Nobody there had called.", "reference": back}
    story.does("records whose voice it was not", "call-step", disowned, WATCH_2)
    story.show(call)
    return back


def test_the_impostor_moves_nobody(tmp_path: Path) -> None:
    story = Story(tmp_path)
    story.does("enters the channel in the book", "channel", {"document": CHANNEL, "reason": "the channel of 2008"})
    opened = {"title": "Call from a minister", "reason": "A threat by telephone, from nobody known."}
    case = str(story.does("opens a case", "case", opened)[20])
    story.at("2008-11-28T16:05:00Z")
    call = the_call(story, case)
    before = story.counted()
    story.at("2008-11-28T16:13:00Z")
    back = the_call_back(story, call)
    after = story.counted()
    corrected = {**story.call(call)["contact"], "corrects": "CT-2008-000001", "because": "they did not call"}
    story.does("corrects the contact: it was nobody of theirs", "contact", corrected, WATCH_2)
    final = story.counted()
    decision = {
        "what": "The air force is not alerted",
        "options": ["high alert", "no alert"],
        "chosen": "no alert",
        "reason": "The Minister's office says that nobody there called.",
        "information": f"{call}, {back}",
        "channel": "mea-pres",
        "case": case,
    }
    story.does("decides on the alert", "decision", decision, RELEASER)
    with story.party.read() as books:
        held = service_cases.READS_ONE["cases"](books, case, {})
        refused = [one["step"] for one in service_calls.read_call(books, call, {})["timeline"]]
        outgoing = len(books.unit.scan("outbox"))
    story.say("")
    story.say(f"  {case} joins: " + ", ".join(f"{one['kind']} {one['reference']}" for one in held["joins"]))
    story.say(f"  records that left this desk: {outgoing}")
    assert (before["certain"], after["certain"], final["certain"], final["possible"]) == (0, 0, 0, 0)
    assert "passed-on" not in refused
    assert outgoing == 0
    with story.party.write() as books:
        rebuild(books)
    _, _, script = TRANSCRIPT.read_text(encoding="utf-8").partition("\n\n---\n")
    assert "\n".join(story.lines) == script.rstrip("\n")
