"""S7: silence in Korea, April 2023: calls at fixed hours, nobody lifts the receiver, and no software says why.

The hours and days are those of the sources (domain.md 2.6, S7), the traffic is constructed. The liaison line is called
on working days, the military line every day: on Monday one has been silent for two working days, the other for four
days. Both are UNANSWERED; CUT is said by a person. The calls go on. The transcript is held to the letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armslength.core.errors import LocalError
from armslength.core.instants import Instant, local_text
from armslength.desk import service_line_checks
from armslength.desk.rebuilding import rebuild
from builders import stores
from builders.line_checking import alone, bells, channel, held, listed, passes, planned, strip
from builders.local_acts import record

if TYPE_CHECKING:
    from builders.two_nodes import Party

TRANSCRIPT = Path(__file__).parents[1] / "transcripts" / "s7_silence.txt"
ZONE = "Asia/Seoul"
LINES = {"liaison": "liaison office, 09:00 and 17:00 on working days", "military": "military line, 09:00 and 16:00"}


@dataclass
class Story:
    """One party, its two telephones, and what was said."""

    party: Party
    lines: list[str] = field(default_factory=list)
    rung: set[str] = field(default_factory=set)

    def say(self, text: str) -> None:
        self.lines.append(text)

    def at(self, text: str) -> None:
        passes(self.party, text)
        self.say("")
        self.say(f"@ {local_text(self.party.time.at, ZONE)}")
        self.bells()

    def bells(self) -> None:
        for one in bells(self.party):
            if one not in self.rung:
                self.rung.add(one)
                self.say(f"  ALARM {one}")

    def calls(self, line: str, result: str, **more: Any) -> None:
        record(self.party, "line-check", {"channel": line, "result": result, **more})
        newest = listed(self.party, line)[0]
        planned_for = newest["planned"] or "no planned check"
        self.say(f"$ {line} called: {newest['result']}, {newest['reason'] or 'as it should be'}, of {planned_for}")
        self.bells()

    def stands(self) -> None:
        for line in LINES:
            found = strip(self.party, line, 5)
            days = "  ".join(f"{one['weekday']} {one['checks']}" for one in found["days"])
            self.say(f"  {line}: {days}")
            self.say(
                f"    {found['state']}, {found['unanswered']} unanswered on {found['unanswered_days']} days, "
                f"{found['answered_longest']} answered in a row before; a person says: {found['judged'] or 'nothing'}"
            )

    def state(self, line: str) -> tuple[str, int, int]:
        found = strip(self.party, line)
        return found["state"], found["unanswered"], found["unanswered_days"]


def the_habit(story: Story) -> None:
    """Two channels with their plans, and days on which somebody answers."""
    for line, name in LINES.items():
        record(story.party, "channel", {"document": channel(line, name=name, languages=["en"])})
        story.say(f"$ the book has {line}: {name}")
    planned(story.party, "liaison", rule="OUR-WORKING-DAYS", with_text=False)
    planned(story.party, "military", times=["09:00", "16:00"], with_text=False)
    for day, hours in ((5, (0, 7, 8)), (6, (0, 7, 8))):
        for hour in hours:
            passes(story.party, f"2023-04-{day:02}T{hour:02}:02:00Z")
            for line in LINES:
                if (hour, line) not in {(7, "liaison"), (8, "military")}:
                    record(story.party, "line-check", {"channel": line, "result": "NO-MESSAGE"})
    story.at("2023-04-06T12:00:00Z")
    story.stands()


def friday(story: Story) -> None:
    """Friday 7 April: nobody answers, on either line, at any hour."""
    story.at("2023-04-07T00:03:00Z")
    story.calls("liaison", "NO-ANSWER")
    story.calls("military", "NO-ANSWER")
    story.at("2023-04-07T07:03:00Z")
    story.calls("military", "NO-ANSWER")
    story.at("2023-04-07T08:03:00Z")
    story.calls("liaison", "NO-ANSWER")
    assert story.state("liaison") == ("UNANSWERED", 2, 1)


def weekend(story: Story) -> None:
    """The liaison line rests; the military line is called all the same, and a second time."""
    for day in (8, 9):
        for hour in (0, 7):
            story.at(f"2023-04-{day:02}T{hour:02}:03:00Z")
            story.calls("military", "NO-ANSWER")
    story.at("2023-04-09T09:00:00Z")
    story.calls("military", "NO-ANSWER", note="called once more beside the plan")
    assert story.state("liaison") == ("UNANSWERED", 2, 1)


def monday(story: Story) -> None:
    """Monday 10 April: the military line's fourth day. What it is, nobody has said."""
    story.at("2023-04-10T00:03:00Z")
    story.calls("liaison", "NO-ANSWER")
    story.calls("military", "NO-ANSWER")
    story.stands()
    assert story.state("liaison") == ("UNANSWERED", 3, 2)
    assert story.state("military") == ("UNANSWERED", 7, 4)


def a_person_judges(story: Story) -> None:
    """Only a person says CUT, with evidence, and the calls go on."""
    said = {
        "channel": "military",
        "manner": "OBSERVED",
        "state": "CUT",
        "silence": "POLITICAL",
        "evidence": ["eight calls on four days"],
        "reason": "held to be a decision of the other side; constructed",
    }
    record(story.party, "channel-state", said)
    story.say("$ a watch officer states: military CUT, held to be political")
    story.at("2023-04-10T07:03:00Z")
    story.calls("military", "NO-ANSWER")
    story.stands()
    assert story.state("military") == ("CUT", 8, 4)
    assert story.state("liaison") == ("UNANSWERED", 3, 2)
    with story.party.read() as books:
        coming = service_line_checks.read_next(books, {"days": 2})
    story.say(f"  to come: {', '.join(one['channel'] + ' ' + one['local'][:17].strip() for one in coming[:3])}")
    assert {one["channel"] for one in coming} == set(LINES)


def test_a_silence_is_counted_and_a_person_says_what_it_is(tmp_path: Path) -> None:
    home = tmp_path / "rok"
    home.mkdir()
    story = Story(party=alone("2023-04-04T20:00:00Z", store=stores.make("sqlite", home)))
    for part in (the_habit, friday, weekend, monday, a_person_judges):
        part(story)
    before = {line: held(story.party, line) for line in LINES}
    with story.party.write() as books:
        rebuild(books)
    assert {line: held(story.party, line) for line in LINES} == before
    _, _, script = TRANSCRIPT.read_text(encoding="utf-8").partition("\n\n---\n")
    assert "\n".join(story.lines) == script.rstrip("\n")


def test_after_months_of_silence_one_answer_ends_it_and_nothing_is_made_up(tmp_path: Path) -> None:
    home = tmp_path / "rok"
    home.mkdir()
    party = alone("2023-04-04T20:00:00Z", store=stores.make("sqlite", home))
    record(party, "channel", {"document": channel("liaison", languages=["en"])})
    planned(party, "liaison", rule="OUR-WORKING-DAYS", with_text=False)
    passes(party, "2023-04-07T00:03:00Z")
    record(party, "line-check", {"channel": "liaison", "result": "NO-ANSWER"})
    # The node is off for fourteen months: what was not called is not called silence of the other side.
    party.time.at = Instant(party.time.at + 425 * 86_400 * 1_000_000)
    passes(party, "2024-06-06T00:03:00Z")
    streak = held(party, "liaison").state.streak
    assert (streak.unanswered, streak.unanswered_days, streak.missed) == (1, 1, sum(streak.counts))
    record(party, "line-check", {"channel": "liaison", "result": "ANSWERED"})
    after = held(party, "liaison").state.streak
    assert (after.unanswered, after.missed, after.unanswered_longest) == (0, 0, 1)


def test_a_result_that_nobody_may_say_is_not_taken() -> None:
    party = alone("2023-04-07T00:00:00Z")
    record(party, "channel", {"document": channel("military")})
    refused = ""
    try:
        record(party, "line-check", {"channel": "military", "result": "CUT"})
    except LocalError as error:
        refused = error.code
    assert refused == "CHECK-VALUE"
