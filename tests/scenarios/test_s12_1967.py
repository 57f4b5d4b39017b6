"""S12: 5 June 1967 to the minute: sent 07:47, received 07:59, sight 08:05, the President's hands 08:15, official 10:08.

The minutes are those of the sources (domain.md S12). Instants of this product begin in 1990, so the day is played on
5 June 2023 with the same minutes, which are Washington's clock of that day written as UTC. The words, the officers,
the doubts and the change of meaning are constructed; the first message of that morning is not quoted. The transcript
is held to the letter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from armslength.core.instants import parse_rfc3339
from armslength.core.precedence import Precedence
from armslength.desk import translating, watching
from armslength.desk.rebuilding import rebuild
from armslength.desk.service_translations import MAKERS, read_translation
from armslength.line.receipts import Level
from builders import watch_story
from builders.three_nodes import alarms_of, by_officer
from builders.two_nodes import LINGUIST, PRINCIPAL, WATCH
from builders.watch_story import WatchStory, refused_code

TRANSCRIPT = Path(__file__).parents[2] / "tests" / "transcripts" / "s12_1967.txt"
DAY = "2023-06-05"
ORIGINAL = (
    "СОСТАВЛЕНО. Получены сведения о боевых действиях. Мы исходим из того, что долг великих держав состоит в "
    "немедленном прекращении столкновения. Готовы действовать с этой целью."
)
SIGHT = (
    "CONSTRUCTED. There is news of fighting. We hold that the duty of the great powers is to end the clash at once. "
    "We are ready to act."
)
ROUGH = (
    "CONSTRUCTED. There is news of fighting. We proceed from this, that the duty of the great powers is to end the "
    "clash at once. We are ready to act to that end."
)
OFFICIAL = (
    "CONSTRUCTED. News of fighting has been received. We proceed from the position that it is the duty of the great "
    "powers to bring about an immediate end of the clash. We are ready to act to this end."
)


def record(story: WatchStory, kind: str, post: str, given: dict[str, Any], said: str) -> str:
    party = story.two.eucom
    whole = {"name": "in:1", "into": "en", **given}
    refusal = by_officer(
        party,
        "record",
        lambda books: MAKERS[kind](books, party.officer(post), whole),
        translating.SUBMITS[kind],
        post,
    )
    story.note(f"{party.officer(post)} {said}", refusal)
    return refusal


def stands(story: WatchStory) -> Any:
    with story.two.eucom.read() as books:
        (one,) = read_translation(books, "in:1", {})["translations"]
    return one


def at(minute: str) -> str:
    return f"{DAY}T{minute}:00Z"


def the_message_comes(story: WatchStory) -> None:
    named = {
        "place": "31.0000N 34.0000E",
        "attribution": "NO-ATTRIBUTION",
        "topic": "incident",
        "incident-kind": "OTHER-INCIDENT",
        "incident-window": [at("05:00"), at("07:00")],
        "requested-action": ["EXAMINE-AND-ANSWER"],
        "basis-of-knowledge": "OPEN-SOURCES",
        "evidence-level": "SEVERAL-SOURCES",
        "language": "ru",
        "free-text": ORIGINAL,
    }
    sent = story.send(story.two.ndmc, "INCIDENT", named, Precedence.IMMEDIATE, ", in its author's language")
    story.at(at("07:59"))
    story.carried()
    story.receipts(story.two.eucom, sent, (Level.READ, Level.UNDERSTOOD, Level.PASSED))
    with story.two.eucom.read() as books:
        found = read_translation(books, "in:1", {})
    story.say(f"  original in {found['source_language']}; a linguist is needed: {found['needs_linguist']}")


def the_stages(story: WatchStory) -> None:
    story.at(at("08:05"))
    doubts = [{"quote": "ready to act", "note": "alone, or together with us? the next words decide it"}]
    assert record(story, "translation", LINGUIST, {"stage": "SIGHT", "text": SIGHT, "doubts": doubts}, "SIGHT") == ""
    story.say(f"  doubt: {doubts[0]['quote']}: {doubts[0]['note']}")
    story.at(at("08:15"))
    assert record(story, "translation-read", WATCH, {}, "reads version 1") == ""
    assert record(story, "translation-read", PRINCIPAL, {}, "reads version 1: it is in the principal's hands") == ""
    story.at(at("08:30"))
    given = {"stage": "ROUGH", "text": ROUGH}
    assert refused_code(record(story, "translation", LINGUIST, given, "ROUGH, silent on the meaning")) == (
        "TRANSLATION-MEANING"
    )
    changed = {"changes": True, "changed": '"to that end": ready to act for an end of the clash, not to act in it'}
    assert record(story, "translation", LINGUIST, {**given, **changed}, "ROUGH, which changes the meaning") == ""
    rung = alarms_of(story.two.eucom, "TRANSLATION-CHANGED")
    assert len(rung) == 2
    eucom = story.two.eucom
    refusal = by_officer(
        eucom,
        "accept-alarm",
        lambda books: watching.prepare_alarm_accepted(books, eucom.officer(WATCH), rung[0][0]),
        watching.submit_local,
    )
    story.note(f"{eucom.officer(WATCH)} would accept the alarm of another", refusal)
    assert refused_code(refusal) == "TRANSLATION-UNREAD"
    story.at(at("08:31"))
    assert record(story, "translation-read", WATCH, {}, "reads version 2") == ""
    owed = ", ".join(one["officer"] for one in stands(story)["owed"])
    story.say(f"  has yet to read version 2: {owed}")
    story.at(at("08:34"))
    assert record(story, "translation-read", PRINCIPAL, {}, "reads version 2") == ""
    assert stands(story)["owed"] == []
    story.at(at("10:08"))
    official = {"stage": "OFFICIAL", "text": OFFICIAL, "changes": False}
    assert record(story, "translation", LINGUIST, official, "OFFICIAL, the same meaning") == ""


def what_is_kept(story: WatchStory) -> None:
    one = stands(story)
    story.say("")
    story.say("  stage     minute  expected by")
    for version in one["versions"]:
        story.say(f"  {version['stage']:<9} {version['minutes']:>6}  {version['target_minutes']:>11}")
    assert one["minutes"] == {"SIGHT": 6, "ROUGH": 31, "OFFICIAL": 129}
    story.say("  received 12 minutes after it was sent; in the principal's hands 16 minutes after that")
    story.say("  CASE NOTE: Washington asked Moscow's operators how to address its principal and got a form that gave")
    story.say("  offence. A form of address stands in the channel book's address sheet, approved by the counterpart")
    story.say("  before it is needed; it is never asked for over the line on the day.")


def test_the_morning_of_1967_to_the_minute(tmp_path: Path) -> None:
    story = watch_story.opened(tmp_path, at("07:40"))
    story.at(at("07:47"))
    the_message_comes(story)
    the_stages(story)
    what_is_kept(story)
    first = stands(story)["versions"][0]
    assert first["readers"] == [
        {"officer": "eucom-watch-1", "at": at("08:15")},
        {"officer": "eucom-principal-1", "at": at("08:15")},
    ]
    assert parse_rfc3339(first["at"]) == parse_rfc3339(at("08:05"))
    for party in story.parties:
        with party.write() as books:
            before = list(books.unit.dump_views())
            rebuild(books)
            assert list(books.unit.dump_views()) == before
    watch_story.held_to(story, TRANSCRIPT)
