"""S1 from the files: detections from orbit, the IAEA's report of 20 November 2022, a concern, its way over the line.

The dates are those of the sources (domain.md S1); the traffic is constructed. The transcript is held to the letter.
"""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from armslength.core.places import parse_place
from armslength.core.precedence import Precedence
from armslength.desk.rebuilding import rebuild
from armslength.line.receipts import Level
from builders import watch_story

if TYPE_CHECKING:
    from builders.watch_story import WatchStory

TRANSCRIPT = Path(__file__).parents[1] / "transcripts" / "s1_watch.txt"
DATA = files("armslength.entrypoints") / "demo_data"
DISTANCE_M = 33
"""Field of an R2: metres between the place sent and the place read back."""
IAEA = "IAEA, statement of 20 November 2022"
PILLARS = (
    ("PHYSICAL-INTEGRITY", "ENDANGERED", "buildings damaged, none of them essential"),
    ("SAFETY-AND-SECURITY-SYSTEMS", "ENDANGERED", "a cable to one reactor and the sprinklers of the pond"),
    ("OFF-SITE-POWER", "HELD", "intact after the explosions"),
)


def document(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def fires_of_august(story: WatchStory) -> None:
    """A burst of hot spots flags a concern of its own; a person dismisses it, and nothing was told to anybody."""
    story.facility("UA-ZNPP from the file of the demonstration", document("znpp.json"))
    story.imported("reports", "", "firms_znpp_2022-08.csv", (DATA / "firms_znpp_2022-08.csv").read_bytes())
    one = story.concern("UA-ZNPP", "2022-08-23")
    story.show(one)
    story.assess(one["id"], "dismiss", "Fires seen from orbit only; no text tells of them.")


def from_the_report_to_the_concern(story: WatchStory) -> str:
    story.at("2022-11-20T11:00:00Z")
    for report in document("iaea_2022-11-20.json")["reports"]:
        assert story.report(report) == ""
    pillars = [
        {"pillar": pillar, "status": status, "note": note, "source": IAEA, "as_of": "2022-11-20T00:00:00Z"}
        for pillar, status, note in PILLARS
    ]
    story.facility("the pillars 1 and 2 ENDANGERED, 4 HELD", {**document("znpp.json"), "pillars": pillars})
    one = story.concern("UA-ZNPP", "2022-11-20")
    story.show(one)
    story.at("2022-11-20T11:20:00Z")
    story.assess(one["id"], "pursue", "Nuclear safety; both sides have reason to prevent it.")
    return str(one["id"])


def from_the_concern_to_the_other_side(story: WatchStory, concern: str) -> bytes:
    filled = story.form(concern)
    story.say(f"  the evidence fills: {', '.join(sorted(filled))}")
    story.say(f"    {filled['activity']}, {filled['basis-of-knowledge']}, {filled['evidence-level']}")
    story.say(f"    pillars {', '.join(':'.join(pair) for pair in filled['pillars'])}")
    assert filled["attribution"] == "NO-ATTRIBUTION"
    cited = ", ".join(story.concern("UA-ZNPP", "2022-11-20")["evidence"])
    named = {
        **filled,
        "reply-by": "2022-11-20T13:20:00Z",
        "free-text": f"CONSTRUCTED. The safety of the plant is at risk. We name no party. Evidence held: {cited}.",
    }
    sent = story.send(story.two.eucom, "CONCERN", named, Precedence.IMMEDIATE, ", no attribution, reply in 2 h")
    assert story.concern("UA-ZNPP", "2022-11-20")["status"] == "PURSUED"
    story.say(f"  {concern} is PURSUED: released is not delivered")
    story.carried()
    story.say("  R0: the node of NDMC holds it")
    after = story.concern("UA-ZNPP", "2022-11-20")
    story.say(f"  {concern} is {after['status']} by {after['conveyed'][0]['means']}")
    return sent


def answered(story: WatchStory, sent: bytes) -> None:
    two = story.two
    place = parse_place("36TXT1940063300")
    back = story.receipts(
        two.ndmc, sent, (Level.READ, Level.UNDERSTOOD), language="ru", rendered="as read", place=place
    )
    story.say(f"  R2: read back as 36TXT1940063300, {two.ndmc.body(back)[DISTANCE_M]} m from the place sent: no doubt")
    story.receipts(two.ndmc, sent, (Level.PASSED,))
    story.at("2022-11-20T12:40:00Z")
    reply = {
        "answers": sent.hex(),
        "verb": "not-ours",
        "reason": "OTHER-PARTY-RESPONSIBLE",
        "free-text": "СОСТАВЛЕНО. Обстрел станции вела другая сторона.",
    }
    story.send(two.ndmc, "REPLY", reply, Precedence.PRIORITY, ", not-ours: the other side did it")
    story.receipts(two.ndmc, sent, (Level.ANSWERED,), verb="not-ours", answer_by=None)
    story.say("  kept beside the two accounts that are held already; nothing is merged")


def test_from_the_files_to_the_answer(tmp_path: Path) -> None:
    story = watch_story.opened(tmp_path, "2022-09-01T08:00:00Z")
    fires_of_august(story)
    concern = from_the_report_to_the_concern(story)
    sent = from_the_concern_to_the_other_side(story, concern)
    answered(story, sent)
    assert story.counted() == {"EUCOM": 1, "NDMC": 0}
    assert story.two.refused == []
    for party in story.parties:
        with party.write() as books:
            rebuild(books)
    watch_story.held_to(story, TRANSCRIPT)
