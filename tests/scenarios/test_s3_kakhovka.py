"""S3: the dam at Nova Kakhovka, October 2022 to June 2023: the factor of 1,000, what depends on it, and the breach.

The dates and amounts are those of the sources (domain.md S3); the traffic is constructed. There is no form for the
movement of people: it is told in the free text of a SITE-NOTICE. The transcript is held to the letter.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from armslength.core.precedence import Precedence
from armslength.desk import register_cache
from armslength.desk.alarms import ALARM_KINDS
from armslength.desk.rebuilding import rebuild
from armslength.line.receipts import Level
from builders import watch_story
from builders.watch_story import WatchStory, refused_code

ROOT = Path(__file__).parents[2]
TRANSCRIPT = ROOT / "tests" / "transcripts" / "s3_kakhovka.txt"
PRESS = "Ukrainian and international press of 20 and 21 October 2022"
TRAP = {"kind": "STORED-WATER", "value": "18", "unit": "hm3", "note": "18 million m3", "source": PRESS, "as_of": None}


def dam(until: str) -> dict[str, Any]:
    """The example's record of the dam with what was known on a day, which it is not to know better than."""
    document = json.loads((ROOT / "examples" / "register" / "kakhovka_dam.json").read_text(encoding="utf-8"))
    document["facts"] = [fact for fact in document["facts"] if fact["as_of"] < until]
    document["life"] = []
    return dict(document)


def plant() -> dict[str, Any]:
    """The plant, which takes its cooling water from behind the dam."""
    text = (ROOT / "src" / "armslength" / "entrypoints" / "demo_data" / "znpp.json").read_text(encoding="utf-8")
    document = json.loads(text)
    for one in document["dependencies"]:
        if one["kind"] == "COOLING-WATER":
            one["on"] = "UA-KAKH"
    return dict(document)


def report(report_id: str, who: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "report_id": report_id,
        "kind": "EVENT",
        "interval": ["2023-06-05T23:00:00Z", "2023-06-05T23:54:00Z"],
        "place": "46.7778N 33.3703E",
        "uncertainty_m": 1000,
        "what": "UNKNOWN-EXPLOSIONS",
        "who_says": who,
        "source": "press reports of that day; entered by hand in our own words",
        "text": text,
        "language": "en",
        "grade": {"reliability": "F", "credibility": 6},
        **more,
    }


def the_factor_of_a_thousand(story: WatchStory) -> None:
    """18 million m3 is not entered beside 18.2 km3, nor after it, whichever is entered first."""
    known = dam("2022-10-21T12")
    both = {**known, "hazards": [*known["hazards"], TRAP]}
    assert refused_code(story.facility("UA-KAKH with 18.2 km3 and 18 million m3", both)) == "QUANTITY-MAGNITUDE"
    assert (
        story.facility("UA-KAKH with 18.2 km3; 18 million m3 as what the press says, a fact in its words", known) == ""
    )
    later = {**known, "hazards": [TRAP]}
    assert (
        refused_code(story.facility("UA-KAKH with 18 million m3 in place of 18.2 km3", later)) == "QUANTITY-MAGNITUDE"
    )
    assert story.facility("UA-ZNPP, which takes its cooling water from behind UA-KAKH", plant()) == ""


def the_warning_of_2022(story: WatchStory) -> None:
    """A feared act flags the dam and the plant that depends on it; the CONCERN is not answered in time."""
    story.report(
        report(
            "UA-2022-10-20",
            "Ukraine",
            "Ukraine warns that the Kakhovka dam is mined; more than 80 settlements would be flooded.",
            kind="FEARED-ACT",
            what="MINING",
            interval=["2022-10-20T00:00:00Z", "2022-10-20T20:00:00Z"],
        )
    )
    story.report(
        report(
            "RU-2022-10-21",
            "the Russian Federation",
            "The Russian side alleges a plan of the other side to strike the Kakhovka dam.",
            kind="FEARED-ACT",
            what="MISSILE-STRIKE",
            interval=["2022-10-20T20:00:00Z", "2022-10-20T22:00:00Z"],
        )
    )
    for one in story.concerns():
        story.show(one)
    concern = story.concern("UA-KAKH", "2022-10-20")["id"]
    story.assess(concern, "pursue", "Both sides say that they fear it; both lose by it.")
    named = {
        **story.form(concern),
        "reply-by": "2022-10-21T12:00:00Z",
        "free-text": "CONSTRUCTED. Both sides speak of a danger to the dam. We name no party and ask both for care.",
    }
    sent = story.send(story.two.eucom, "CONCERN", named, Precedence.IMMEDIATE, ", reply by 21 October 12:00Z")
    story.carried()
    story.receipts(story.two.ndmc, sent, (Level.READ, Level.UNDERSTOOD, Level.PASSED))
    story.at("2022-10-21T12:30:00Z")
    overdue = [line for line in story.lines if "RECEIPT-OVERDUE" in line and "R4" in line]
    assert overdue
    story.say(f"    {ALARM_KINDS['RECEIPT-OVERDUE']}")


def the_breach_of_2023(story: WatchStory) -> None:
    """The dam breaks: an INCIDENT at FLASH, two accounts that stay two, and the plant's water."""
    story.at("2023-06-06T03:00:00Z")
    story.report(report("UA-2023-06-06", "Ukraine", "Ukraine says that Russian forces blew up the Kakhovka dam."))
    story.report(
        report(
            "RU-2023-06-06",
            "the Russian Federation",
            "The Russian side says that Ukrainian shelling destroyed the Kakhovka dam.",
        )
    )
    for one in story.concerns():
        if one["day"] == "2023-06-05":
            story.show(one)
    story.facility("UA-KAKH with the breach between 02:00 and 02:54 (UTC+3), 85 m wide", dam("2023-06-07"))
    named = {
        "place": "46.7778N 33.3703E",
        "attribution": "NO-ATTRIBUTION",
        "facility-id": "UA-KAKH",
        "facility": ["Kakhovka dam", "en", "DAM"],
        "incident-kind": "BREACH-OF-DAM",
        "incident-window": ["2023-06-05T23:00:00Z", "2023-06-05T23:54:00Z"],
        "hazards": ["FLOODING", "LOSS-OF-WATER", "HARM-TO-CIVILIANS"],
        "requested-action": ["EXAMINE-AND-ANSWER"],
        "basis-of-knowledge": "OPEN-SOURCES",
        "evidence-level": "SEVERAL-SOURCES",
        "free-text": "CONSTRUCTED. The dam is broken. People on both banks are in danger. We name no party.",
    }
    sent = story.send(story.two.eucom, "INCIDENT", named, Precedence.FLASH, ", BREACH-OF-DAM, no attribution")
    story.carried()
    story.receipts(story.two.ndmc, sent, (Level.READ, Level.UNDERSTOOD, Level.PASSED))
    reply = {
        "answers": sent.hex(),
        "verb": "not-ours",
        "reason": "OTHER-PARTY-RESPONSIBLE",
        "free-text": "СОСТАВЛЕНО. Плотину разрушила другая сторона.",
    }
    story.send(story.two.ndmc, "REPLY", reply, Precedence.FLASH, ", not-ours: the other side did it")
    story.receipts(story.two.ndmc, sent, (Level.ANSWERED,), verb="not-ours", answer_by=None)


def people_on_both_banks(story: WatchStory) -> None:
    """A notice from each side of where its people gather; the movement itself has no form."""
    two = story.two
    for party, bank, name, place in (
        (two.eucom, "right", "Kherson, evacuation point (constructed)", "46.6600N 32.6200E"),
        (two.ndmc, "left", "Oleshky, evacuation point (constructed)", "46.6300N 32.7200E"),
    ):
        notice = {
            "facility-id": f"EVAC-{bank.upper()}",
            "facility": [name, "en", "OTHER-FACILITY"],
            "place": place,
            "valid-until": "2023-06-10T00:00:00Z",
            "free-text": "CONSTRUCTED. People leave the flooded streets by boat and by bus, by day, until 10 June.",
        }
        sent = story.send(party, "SITE-NOTICE", notice, Precedence.IMMEDIATE, f", {bank} bank")
        story.carried()
        story.receipts(two.other(party), sent, (Level.READ, Level.UNDERSTOOD, Level.PASSED))
    story.say("  there is no form for a movement of people: it stands in the free text, which nobody's node compares")


def test_the_dam_from_the_warning_to_the_breach(tmp_path: Path) -> None:
    story = watch_story.opened(tmp_path, "2022-10-20T22:00:00Z")
    the_factor_of_a_thousand(story)
    the_warning_of_2022(story)
    assert {one["facility"] for one in story.concerns()} == {"UA-KAKH", "UA-ZNPP"}
    the_breach_of_2023(story)
    people_on_both_banks(story)
    with story.two.eucom.read() as books:
        held = register_cache.Cache(books).facility("UA-KAKH")
    assert held is not None
    assert [(one.value, one.unit) for one in held.hazards if one.kind == "STORED-WATER"] == [("18.2", "km3")]
    assert story.two.refused == []
    for party in story.parties:
        with party.write() as books:
            rebuild(books)
    watch_story.held_to(story, TRANSCRIPT)
