"""S2: the missile at Przewodów, 15 November 2022: three accounts, a rung nobody answers, a line not used.

One node that never had a peer, over real files. Days, places and who was said to have said what are those of the
sources (domain.md S2); hours of the desk's own acts are constructed. The transcript is held to the letter.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from armslength.core.instants import parse_rfc3339, rfc3339
from armslength.desk import contact_counts, service_contacts, service_watch
from armslength.desk.desk import Desk
from armslength.desk.rebuilding import rebuild
from builders import stores, watch_story
from builders.contact_desk import MAKERS, SUBMITS, channel, contact, count
from builders.desks import Bell, Wire
from builders.three_nodes import by_officer
from builders.two_nodes import RELEASER, WATCH, Party, Time, TwoNodes
from builders.watch_story import WatchStory

ROOT = Path(__file__).parents[2]
TRANSCRIPT = ROOT / "tests" / "transcripts" / "s2_przewodow.txt"
PRESS = "press reports of 15 and 16 November 2022; entered by hand in our own words"
SUBJECT = "missile at Przewodów"
LINE = "eucom-ndmc"


class Alone(WatchStory):
    """The story of one party that has no peer."""

    @property
    def parties(self) -> tuple[Party, ...]:  # type: ignore[override]  # one, where there are two
        return (self.two.eucom,)

    def enter(self, kind: str, given: dict[str, Any], post: str, what: str) -> None:
        """Let an officer enter a record, and say so."""
        party, act = self.two.eucom, "decide" if kind == "decision" else "record"
        refusal = by_officer(
            party, act, lambda books: MAKERS[kind](books, party.officer(post), given), SUBMITS[kind], post
        )
        self.note(f"{party.officer(post)} enters {what}", refusal)
        assert refusal == ""

    def counts(self, **query: str) -> dict[str, Any]:
        today = rfc3339(self.two.time.now())[:10]
        found = count(self.two.eucom, **{"channel": LINE, "as_of": today, **query})
        self.say(
            f"  {found['channel']}: {found['certain']} certain, {found['possible']} possible, as of {found['as_of']}"
            + (f", since {found['since']}" if found["since"] else "")
        )
        return found


def opened(folder: Path) -> Alone:
    time = Time(at=parse_rfc3339("2022-11-15T14:00:00Z"))
    party = Party(code="EUCOM", time=time, store=stores.make("sqlite", folder))
    party.found()
    desk = Desk(
        realm=party.realm,
        store=party.store,
        keys=party.keys,
        clock=time,
        rng=party.rng,
        net=Wire(),
        notifier=Bell(),
    )
    return Alone(two=TwoNodes(eucom=party, ndmc=party, time=time), desk=desk)


def plant() -> dict[str, Any]:
    """The plant at Netishyn, cut down from the example's shape to what the story needs."""
    text = (ROOT / "src" / "armslength" / "entrypoints" / "demo_data" / "znpp.json").read_text(encoding="utf-8")
    document = json.loads(text)
    emptied = {
        name: [] for name in ("facts", "controlling_force_de_facto", "hazards", "life", "pillars") if name in document
    }
    return {
        **document,
        **emptied,
        "facility_id": "UA-KHNPP",
        "names": [
            {"language": "en", "name": "Khmelnytskyi Nuclear Power Plant"},
            {"language": "uk", "name": "Хмельницька атомна електростанція"},
        ],
        "place": "50.3014N 26.6497E",
        "operator_de_jure": [document["operator_de_jure"][0]],
        "dependencies": [document["dependencies"][0]],
    }


def report(report_id: str, at: tuple[str, str], who: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "report_id": report_id,
        "kind": "EVENT",
        "interval": list(at),
        "place": "50.474N 23.928E",
        "uncertainty_m": 1000,
        "what": "MISSILE-STRIKE",
        "who_says": who,
        "source": PRESS,
        "text": text,
        "language": "en",
        "grade": {"reliability": "F", "credibility": 6},
        **more,
    }


STRIKE = ("2022-11-15T14:40:00Z", "2022-11-15T14:40:00Z")


def before(story: Alone) -> None:
    """The desk of one telephone: its channels, what it watches, and the one use before."""
    for channel_id, level in ((LINE, "DUTY"), ("cjcs-cgs", "CHIEFS-OF-STAFF")):
        story.enter("channel", channel(channel_id, level=level), WATCH, f"the channel {channel_id}")
    assert story.facility("UA-KHNPP, which needs power from outside", plant()) == ""
    earlier = contact(
        "2022-09-01T10:00:00Z",
        initiated_by="EUCOM",
        subjects=["critical infrastructure"],
        notes="CONSTRUCTED: of the one use no date is known.",
    )
    story.enter("contact", earlier, WATCH, "a contact of 1 September 2022 (constructed): a concern, conveyed")
    assert story.counts()["count"] == 1


def the_evening(story: Alone) -> None:
    """Loss of the grid at a plant flags by itself; of the missile there are two accounts, and nobody answers above."""
    story.at("2022-11-15T17:10:00Z")
    loss = report(
        "UA-2022-11-15-GRID",
        ("2022-11-15T16:35:00Z", "2022-11-15T16:35:00Z"),
        "Energoatom, Ukraine",
        "The Khmelnytskyi Nuclear Power Plant lost its connection to the grid at 18:35 local time after strikes.",
        place="50.3014N 26.6497E",
        what="CUTTING-OF-POWER",
    )
    assert story.report(loss) == ""
    [concern] = story.concerns()
    story.show(concern)
    assert concern["facility"] == "UA-KHNPP"
    story.at("2022-11-15T19:00:00Z")
    story.report(
        report("US-2022-11-15", STRIKE, "an official, unnamed", "Missiles that crossed into Poland are called Russian.")
    )
    for at, outcome, notes in (
        ("2022-11-15T19:30:00Z", "NO-ANSWER", "Rang for four minutes."),
        ("2022-11-15T20:40:00Z", "REFUSED", "The duty officer there says that nobody is to be had."),
        ("2022-11-15T22:15:00Z", "NO-ANSWER", "Rang for four minutes."),
    ):
        story.at(at)
        given = contact(at, channel="cjcs-cgs", initiated_by="EUCOM", outcome=outcome, notes=notes, subjects=[SUBJECT])
        story.enter("contact", given, WATCH, f"an attempt on cjcs-cgs: {outcome}")
    story.report(report("RU-2022-11-15", STRIKE, "the Russian side", "Says that it struck nothing near that border."))


def considered_and_not_used(story: Alone) -> None:
    story.at("2022-11-15T23:00:00Z")
    given = {
        "what": "whether to use the line over the missile at Przewodów",
        "options": ["use the channel", "try the chiefs of staff again in the morning", "do not use the channel"],
        "chosen": "do not use the channel",
        "reason": "Whose missile it was is not known; to ask by this line would say that we hold it to be theirs.",
        "information": "One account calls it Russian, one denies it; three attempts a rung higher found nobody.",
        "evidence": ["US-2022-11-15", "RU-2022-11-15", "CT-2022-000002", "CT-2022-000003", "CT-2022-000004"],
        "channel": LINE,
        "not_used": True,
        "subject": SUBJECT,
    }
    story.enter("decision", given, RELEASER, "a decision: considered, and not used")
    with story.two.eucom.read() as books:
        shown = service_contacts.read_decision(books, "D-2022-000001", {})
    story.say(f"  {shown['number']} of {shown['from']}, by {shown['decided_by']}: {shown['chosen']}")
    story.say(f"    because {shown['reason']}")
    story.say(f"    known then: {shown['information']} ({', '.join(shown['evidence'])})")
    assert story.counts()["count"] == 1


def the_third_account(story: Alone) -> None:
    story.at("2022-11-16T12:00:00Z")
    third = report("PL-2022-11-16", STRIKE, "the Polish side", "Probably a Ukrainian air defence missile, type S-300.")
    story.report(third)
    with story.two.eucom.read() as books:
        told = [one for one in service_watch.read_reports(books, None, None, 50) if "GRID" not in one["report_id"]]
    story.say("  accounts of one strike, side by side, none merged:")
    for one in sorted(told, key=lambda row: str(row["received_at"])):
        story.say(f"    {one['received_at']}  {one['report_id']}: {one['who_says']}: {one['text']}")
    assert len(told) == 3


def what_may_be_stated(story: Alone) -> None:
    """On 28 November: what the log proves, and no more."""
    story.at("2022-11-28T15:00:00Z")
    since = story.counts(since="2022-11-15", as_of="2022-11-28")
    whole = story.counts(as_of="2022-11-28")
    assert (since["certain"], since["possible"], whole["certain"]) == (0, 0, 1)
    with story.two.eucom.read() as books:
        query = {"channel": LINE, "since": "2022-11-15", "as_of": "2022-11-28"}
        certificate = service_contacts.read_certificate(books, query)
        contact_counts.check_certificate(books, certificate)
        [decision] = service_contacts.read_decisions(books, {"channel": LINE, "not_used": "true"})
        attempts = service_contacts.read_contacts(books, {"channel": "cjcs-cgs", "subject": SUBJECT})
    assert decision["subject"] == SUBJECT
    story.say(f"  certified from {certificate['journal_size']} entries; counted again from them: the same")
    story.say(f"  {decision['number']}, signed on {decision['entered_at'][:10]}: considered, not used")
    story.say(f"  attempts on cjcs-cgs: {', '.join(one['outcome'] for one in reversed(attempts))}")
    story.say("  may be stated of the line: not used over Przewodów (own record and a signed decision)")
    story.say("  may be stated of its use: once in all (ATTESTED: stated, never published as proved)")
    story.say("  the record has no word on: whose missile it was")


def test_considered_and_not_used(tmp_path: Path) -> None:
    story = opened(tmp_path)
    before(story)
    the_evening(story)
    considered_and_not_used(story)
    the_third_account(story)
    what_may_be_stated(story)
    with story.two.eucom.write() as books:
        rebuild(books)
    assert count(story.two.eucom, channel=LINE)["count"] == 1
    watch_story.held_to(story, TRANSCRIPT)
