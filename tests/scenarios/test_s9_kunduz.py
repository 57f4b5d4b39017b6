"""S9: Kunduz, 29 September to 3 October 2015: a hospital's place, notified, read by two offices, passed to nobody.

The place, the days and the minutes are those of the sources (domain.md S9); the line and its traffic are constructed:
the relief organisation had mail and telephones. The transcript is held to the letter.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from armslength.core.instants import Instant, duration_text, parse_rfc3339, rfc3339
from armslength.core.places import degrees_text, parse_place
from armslength.core.precedence import Precedence
from armslength.desk import views
from armslength.desk.alarms import ALARM_KINDS
from armslength.desk.form_json import values_from_names
from armslength.desk.rebuilding import rebuild
from armslength.line import exchange
from armslength.line.receipts import Level
from builders import three_nodes
from builders.three_nodes import alarms_of
from builders.two_nodes import WATCH, WATCH_2

if TYPE_CHECKING:
    from builders.three_nodes import ThreeNodes
    from builders.two_nodes import Party, TwoNodes

TRANSCRIPT = Path(__file__).parents[1] / "transcripts" / "s9_kunduz.txt"

PLACE = "36°43'04.91\"N 68°51'43.96\"E"
FIRST_CALL, FIRE_ENDED = "2015-10-02T21:49:00Z", "2015-10-02T22:45:00Z"
"""02:19 and 03:15 in Kunduz (UTC+4:30); the sources give 03:00 to 03:15 for the end."""

NOTICE: dict[str, Any] = {
    "facility-id": "RELIEF-KUNDUZ",
    "facility": ["Trauma Centre, Kunduz", "en", "HOSPITAL"],
    "place": PLACE,
    "valid-until": "2016-09-29T00:00:00Z",
    "special-sign": "NOT-KNOWN",
    "legal-basis": ["GC-IV-ARTICLE-18", "CUSTOMARY-RULE-28"],
}


class Story:
    """The three nodes and what was said of them."""

    def __init__(self, three: ThreeNodes) -> None:
        self.three = three
        self.lines: list[str] = []
        self.rung: set[bytes] = set()

    def say(self, text: str) -> None:
        self.lines.append(text)

    def at(self, text: str) -> None:
        self.three.until(text)
        self.say("")
        self.say(f"@ {text.replace('T', ' ').removesuffix(':00Z')}Z")
        self.bells()

    def bells(self) -> None:
        for party in self.three.parties:
            for key, kind, detail in alarms_of(party, ""):
                tag = party.code.encode() + key
                if tag not in self.rung:
                    self.rung.add(tag)
                    self.say(f"  ALARM at {party.code}: {kind}: {detail}".rstrip(": "))

    def send(self, pair: TwoNodes, form: str, named: dict[str, Any], precedence: Precedence) -> bytes:
        sent = pair.eucom.send(pair.line, form, values_from_names(form, named), precedence)
        pair.flush()
        self.say(f"$ RELIEF releases {form} {precedence.name} to {pair.ndmc.code}")
        self.bells()
        return sent

    def receipt(self, pair: TwoNodes, message: bytes, level: Level, post: str, **parts: Any) -> None:
        pair.ndmc.receipt(message, level, post=post, **parts)
        pair.flush()
        more = f" {parts['command']}, by {parts['how']}" if level is Level.PASSED else ""
        self.say(f"$ {pair.ndmc.officer(post)} gives {level.short}{more}")
        self.bells()


def held(party: Party, message: bytes) -> exchange.Exchange:
    with party.read() as books:
        row = views.row(books.unit, views.EXCHANGES, message)
    assert row is not None
    return exchange.exchange_from_value(row)


def two_offices_read_it(story: Story) -> dict[str, bytes]:
    """R0 and R1 from both; then the day ends, and what was not passed on is an alarm."""
    sent = {}
    for code, pair in story.three.pairs.items():
        sent[code] = story.send(pair, "SITE-NOTICE", NOTICE, Precedence.PRIORITY)
        story.three.time.pass_s(1_200)
        story.receipt(pair, sent[code], Level.READ, WATCH)
    story.say(f"  the place: {degrees_text(parse_place(PLACE))}")
    story.at("2015-09-29T23:00:00Z")
    overdue = [detail for _, kind, detail in alarms_of(story.three.iaea, "RECEIPT-OVERDUE") if "R3" in detail]
    assert len(overdue) == 2
    story.say(f"    {ALARM_KINDS['RECEIPT-OVERDUE']}")
    return sent


def the_first_call(story: Story, notices: dict[str, bytes]) -> None:
    """At 02:19 the call is a STOP: a receipt with a name on it, four days after nobody had given one."""
    story.at(FIRST_CALL)
    for code, message in notices.items():
        state = held(story.three.iaea, message)
        reached = ", ".join(one.level.short for one in state.reached)
        missing = ", ".join(sorted(level.short for level in state.overdue))
        assert Level.PASSED in state.overdue
        story.say(f"  the notice to {code}: {reached}; missing since 29 September: {missing}")
    named = {"place": PLACE, "facility-id": "RELIEF-KUNDUZ", "stop-reason": "MEDICAL-SITE-UNDER-FIRE"}
    stops = {code: story.send(pair, "STOP", named, Precedence.FLASH) for code, pair in story.three.pairs.items()}
    for code, command in (("OFFICE-A", "Joint operations centre, battle captain"), ("OFFICE-B", "Air operations desk")):
        pair = story.three.pairs[code]
        story.three.time.pass_s(20)
        story.receipt(pair, stops[code], Level.READ, WATCH_2)
        story.three.time.pass_s(40)
        story.receipt(pair, stops[code], Level.UNDERSTOOD, WATCH_2)
        story.three.time.pass_s(60)
        story.receipt(pair, stops[code], Level.PASSED, WATCH_2, command=command, how="voice")
    state = held(story.three.iaea, stops["OFFICE-A"])
    passed = state.first(Level.PASSED)
    assert passed is not None
    before = duration_text(parse_rfc3339(FIRE_ENDED) - passed.at)
    story.say(f"  R3 at {rfc3339(Instant(passed.at))[11:19]}Z; as it happened the fire went on until 03:00 to 03:15,")
    story.say(f"  which is until {FIRE_ENDED[11:16]}Z, {before} later")


def test_a_notice_that_nobody_passed_on_rings_for_four_days(tmp_path: Path) -> None:
    three = three_nodes.opened(tmp_path, "2015-09-29T07:00:00Z", ("RELIEF", "OFFICE-A", "OFFICE-B"))
    story = Story(three)
    notices = two_offices_read_it(story)
    the_first_call(story, notices)
    assert three.refused() == []
    for party in three.parties:
        with party.write() as books:
            rebuild(books)
    _, _, script = TRANSCRIPT.read_text(encoding="utf-8").partition("\n\n---\n")
    assert "\n".join(story.lines) == script.rstrip("\n")
