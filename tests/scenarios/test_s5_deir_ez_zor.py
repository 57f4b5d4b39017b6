"""S5: Deir ez-Zor, 17 September 2016: a place nine kilometres off, and 27 minutes of waiting for the usual contact.

The times and counts are those of the sources (domain.md S5); the places and the traffic are constructed, and the minute
of the call is counted back from the end of the strikes. The transcript is held to the letter.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from armslength.core.instants import SECOND_US, Instant, duration_text, parse_rfc3339, rfc3339
from armslength.core.places import parse_place
from armslength.core.precedence import Precedence
from armslength.desk import service_read, views
from armslength.desk.form_json import values_from_names
from armslength.desk.rebuilding import rebuild
from armslength.line import exchange
from armslength.line.receipts import Level
from builders import watch_story
from builders.two_nodes import WATCH, WATCH_2

if TYPE_CHECKING:
    from builders.two_nodes import Party
    from builders.watch_story import WatchStory

TRANSCRIPT = Path(__file__).parents[1] / "transcripts" / "s5_deir_ez_zor.txt"

TARGET = "35.2000N 40.0710E"
AS_DESCRIBED = "35.2568N 40.1410E"
"""The middle of "3 to 6 km south-west of the airfield"; constructed, as the target is."""

BEGAN, CALLED, ENDED = "2016-09-17T12:55:00Z", "2016-09-17T13:29:00Z", "2016-09-17T13:56:00Z"
"""15:55 and 16:56 in Damascus; the call came 27 minutes before the end."""

STRIKES, WHILE_WAITING, WAITED_S = 37, 15, 27 * 60
TO_DIRECTOR_S = 180
"""The battle director must have it within three minutes."""

NOTICE: dict[str, Any] = {
    "place": TARGET,
    "takes-effect-at": BEGAN,
    "valid-until": "2016-09-17T15:00:00Z",
    "notice-id": "N-2016-0917",
    "hazardous-activity": "OTHER-HAZARDOUS-ACTIVITY",
    "area": ["CIRCLE", TARGET, 1000],
    "activity-window": [BEGAN, "2016-09-17T15:00:00Z"],
    "contact-at-any-hour": ["Any duty officer of the operations centre"],
    "free-text": "CONSTRUCTED. Air activity 3 to 6 km south-west of the airfield.",
}


def given(story: WatchStory, party: Party, message: bytes, level: Level, post: str, **parts: Any) -> None:
    party.receipt(message, level, post=post, **parts)
    story.two.flush()
    more = f" {parts['command']}, by {parts['how']}" if level is Level.PASSED else ""
    story.note(f"{party.officer(post)} gives {level.short}{more}")


def held(party: Party, message: bytes) -> exchange.Exchange:
    with party.read() as books:
        row = views.row(books.unit, views.EXCHANGES, message)
    assert row is not None
    return exchange.exchange_from_value(row)


def the_place_is_read_back(story: WatchStory) -> None:
    """Words and coordinates differ by nine kilometres; the read-back says so two hours before the first bomb."""
    eucom, ndmc = story.two.eucom, story.two.ndmc
    words = ', in words "3 to 6 km south-west of the airfield"'
    sent = story.send(eucom, "ACTIVITY-NOTICE", NOTICE, Precedence.PRIORITY, words)
    story.carried()
    story.two.time.pass_s(120)
    given(story, ndmc, sent, Level.READ, WATCH)
    row = ndmc.row(sent)
    told = service_read.validity(ndmc.body(sent), Instant(row[10]), released_at=Instant(row[9]))
    story.say(f"  lead time {told['lead_time_at_release']} at release, {told['lead_time_at_receipt']} at receipt")
    story.say(f"  due: {told['lead_time_due']}; {told['short_notice']}")
    story.two.time.pass_s(300)
    given(story, ndmc, sent, Level.UNDERSTOOD, WATCH, place=parse_place(AS_DESCRIBED))
    (doubt,) = [line for line in story.lines if "READ-BACK-DOUBT" in line]
    assert 8_500 < int(doubt.rpartition("DOUBT: ")[2].split(" ")[0]) < 9_500
    story.say("  nobody corrects the notice: the doubt stands, and so does the alarm")


def anybody_takes_the_stop(story: WatchStory) -> bytes:
    """No usual contact, no hold: STOP goes to the bell of the operations centre, and whoever is there passes it on."""
    eucom, ndmc = story.two.eucom, story.two.ndmc
    story.at(CALLED)
    named = {"place": TARGET, "stop-reason": "OUR-FORCES-UNDER-FIRE"}
    sent = ndmc.send(story.two.line, "STOP", values_from_names("STOP", named), Precedence.FLASH)
    story.note("ndmc-watch-1 releases STOP FLASH to EUCOM, alone and at once; nobody is asked for by name")
    story.carried()
    story.two.time.pass_s(30)
    given(story, eucom, sent, Level.READ, WATCH_2)
    story.two.time.pass_s(45)
    given(story, eucom, sent, Level.UNDERSTOOD, WATCH_2)
    story.two.time.pass_s(60)
    given(story, eucom, sent, Level.PASSED, WATCH_2, command="Battle director of the air operations", how="voice")
    story.two.time.pass_s(60)
    given(story, eucom, sent, Level.ANSWERED, WATCH_2, verb="comply", answer_by=None)
    return sent


def the_timeline(story: WatchStory, sent: bytes) -> None:
    """What the journal holds, beside what happened: how much sooner the word was where it had to be."""
    for party in story.parties:
        reached = held(party, sent).first(Level.PASSED)
        assert reached is not None
        assert reached.officer == "eucom-watch-2"
    state = held(story.two.ndmc, sent)
    called, ended = parse_rfc3339(CALLED), parse_rfc3339(ENDED)
    story.say("")
    story.say("  timeline of the STOP, from NDMC's journal")
    story.say(f"    {rfc3339(Instant(state.released_at))[11:19]}Z released")
    for level in (Level.HELD, Level.READ, Level.UNDERSTOOD, Level.PASSED, Level.ANSWERED):
        one = state.first(level)
        assert one is not None
        after = duration_text(one.at - state.released_at)
        story.say(f"    {rfc3339(one.at)[11:19]}Z {level.short} after {after}, {one.officer or one.by + ' (node)'}")
    passed = state.first(Level.PASSED)
    assert passed is not None
    assert passed.at - state.released_at <= TO_DIRECTOR_S * SECOND_US
    assert ended - called == WAITED_S * SECOND_US
    story.say(f"    {ENDED[11:19]}Z as it happened: 27 min on hold for the usual contact, {WHILE_WAITING} of {STRIKES}")
    story.say("              strikes meanwhile")
    story.say(f"  the word was with the battle director {duration_text(ended - passed.at)} sooner")


def test_the_stop_waits_for_nobody(tmp_path: Path) -> None:
    story = watch_story.opened(tmp_path, "2016-09-17T10:30:00Z")
    the_place_is_read_back(story)
    story.at(BEGAN)
    story.say(f"  the strikes begin (15:55 in Damascus): {STRIKES} until 16:56, as it happened")
    sent = anybody_takes_the_stop(story)
    the_timeline(story, sent)
    assert story.two.refused == []
    for party in story.parties:
        with party.write() as books:
            rebuild(books)
    watch_story.held_to(story, TRANSCRIPT)
