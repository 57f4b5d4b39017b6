"""Scenario S1, step by step: from the report of 20 November 2022 to the answer of the other side.

The acts are real: every signature, seal, commit and receipt is made as it would be made on two machines. Only the
persons are one program, and what they write was constructed for this demonstration.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import shown
from armslength.core.instants import HOUR_US, SECOND_US, Instant, rfc3339
from armslength.desk import service_watch
from armslength.desk.prepared import decode_prepared
from armslength.node import system_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from armslength.entrypoints.demo.cast import Player

    Say: TypeAlias = Callable[[str], None]

Json = dict[str, Any]

FIRMS_FILE: Final = "firms_znpp_2022-08.csv"
DAY_OF_REPORT: Final = "2022-11-20"

FIRMS_SAMPLE: Final = "58 of 232"
"""The fixture keeps every fourth detection; its sidecar says so."""

CONCERN_TEXT: Final = (
    "CONSTRUCTED FOR DEMONSTRATION. Explosions on 19 and 20 November 2022 near and on the site of the Zaporizhzhia "
    "plant put its safety at risk. We name no party. We ask both for care and for an answer."
)
REPLY_TEXT: Final = (
    "СОСТАВЛЕНО ДЛЯ ДЕМОНСТРАЦИИ. Обстрел станции вела другая сторона. Наши подразделения по станции не стреляли."
)
NAMED_COMMAND: Final = "Duty general, Joint Grouping (constructed for demonstration)"
READ_BACK_GRID: Final = "36TXT1940063300"
"""What the Russian watch officer reads back; some metres from the place sent, as grid digits are."""


def resource(name: str) -> str:
    """Return a file of the demonstration's data."""
    return files("armslength.entrypoints").joinpath("demo_data", name).read_text(encoding="utf-8")


async def introduce(ours: Player, theirs: Player, say: Say) -> None:
    """Pin the other side, open the line under the default charter, assent."""
    service = ours.node.service
    introduction = theirs.node.home.introduction_file(theirs.party).read_bytes()
    prepared, _ = service.prepare_pin(ours.officer("custodian-1"), introduction, "read aloud, demonstration")
    await ours.submit(prepared)
    await service.open_line(theirs.party)
    await ours.submit(service.prepare_assent(ours.officer("principal-1"), None))
    say(f"{ours.party} introduced {theirs.party}, proposed the default charter and assented to it.")


async def watch(eucom: Player, say: Say) -> str:
    """Load the plant, detections from orbit as context, the report of 20 November; return the concern flagged."""
    service, officer = eucom.node.service, eucom.officer("watch-1")
    facility = json.loads(resource("znpp.json"))
    await eucom.submit(service.prepare_local(officer, "facility", facility))
    say(f"Register: {facility['names'][0]['name']} ({facility['facility_id']}), private to {eucom.party}.")
    await context(eucom, say)
    for index, report in enumerate(json.loads(resource("iaea_2022-11-20.json"))["reports"]):
        await eucom.submit(service.prepare_local(officer, "report", report))
        if index == 0:
            say("Report by hand: IAEA, 20 November 2022: more than a dozen explosions near and on the site.")
        else:
            say(f"Second account kept beside it, not merged: {report['who_says']}.")
    concern = next(one for one in service.look(service_watch.concerns_json) if one["day"] == DAY_OF_REPORT)
    say(f"Concern {concern['id']} is {concern['status']}: {concern['history'][0]['reason']}")
    say(f"    against it: {' '.join(concern['against'])}")
    await assess(eucom, concern, "pursue", "Nuclear safety; both sides have reason to prevent it.")
    say(f"A person decided: {officer} pursues {concern['id']}.")
    return str(concern["id"])


async def context(eucom: Player, say: Say) -> None:
    """Import the detections of August; what the rules flag among them is shown to a person, who dismisses it."""
    service, officer = eucom.node.service, eucom.officer("watch-1")
    data = resource(FIRMS_FILE).encode()
    asked = service.imports.prepare(
        officer, {"what": "reports", "reader": "firms", "name": FIRMS_FILE, "data": b64encode(data).decode()}
    )
    read = asked["import"]
    done = await eucom.submit_import(asked, data)
    say(
        f"Context: {done['rows']} of {read['rows_read']} heat detections of August 2022 within 15 km ({FIRMS_SAMPLE}, "
        f"NASA FIRMS), {read['refused']} refused, under one signature. A hot spot is no sign of an attack by itself."
    )
    for concern in service.look(service_watch.concerns_json):
        say(f"Concern {concern['id']} was flagged by rule for {concern['day']}: {concern['history'][0]['reason']}")
        say(f"    against it: {' '.join(concern['against'][:3])}")
        await assess(
            eucom, concern, "dismiss", "Fires of three months ago, seen from orbit only; no text tells of them."
        )
        say(f"A person decided: {officer} dismisses {concern['id']}; it stays in the journal with the reason.")


async def assess(eucom: Player, concern: Json, step: str, reason: str) -> None:
    """Take a person's step on a concern, with the reason."""
    given = {"concern": concern["id"], "step": step, "reason": reason}
    await eucom.submit(eucom.node.service.prepare_local(eucom.officer("watch-1"), "concern-step", given))


async def convey(eucom: Player, concern_id: str, say: Say) -> str:
    """Draft, check, release by a second person; return the message's id."""
    service = eucom.node.service
    reply_by = rfc3339(Instant(system_now() // SECOND_US * SECOND_US + 2 * HOUR_US))
    values = {
        "facility-id": "UA-ZNPP",
        "facility": ["Zaporizhzhia Nuclear Power Plant", "en", "NUCLEAR-POWER-PLANT"],
        "place": "47.5122N 34.5858E",
        "activity": "UNKNOWN-EXPLOSIONS",
        "activity-window": ["2022-11-19T16:00:00Z", "2022-11-20T10:00:00Z"],
        "hazards": ["RELEASE-OF-RADIATION", "LOSS-OF-POWER"],
        "pillars": [
            ["PHYSICAL-INTEGRITY", "ENDANGERED"],
            ["SAFETY-AND-SECURITY-SYSTEMS", "ENDANGERED"],
            ["OFF-SITE-POWER", "HELD"],
        ],
        "requested-action": ["CEASE-FIRE-AT-PLACE", "REFRAIN-FROM-ATTACK", "PASS-TO-COMMAND"],
        "basis-of-knowledge": "INTERNATIONAL-MONITOR",
        "evidence-level": "CONFIRMED-BY-MONITOR",
        "legal-basis": ["AP-I-ARTICLE-56", "CUSTOMARY-RULE-42"],
        "attribution": "NO-ATTRIBUTION",
        "topic": "nuclear-safety",
        "case-reference": concern_id,
        "reply-by": reply_by,
        "free-text": CONCERN_TEXT,
    }
    draft = service.prepare_message(
        eucom.officer("watch-1"), line=None, form="CONCERN", precedence="IMMEDIATE", values=values
    )
    (made,) = await eucom.submit(draft)
    say(f"{eucom.officer('watch-1')} drafted a CONCERN, IMMEDIATE, no attribution. It is a draft and nothing more.")
    await check(eucom, made["id"], say)
    released = service.prepare_release(eucom.officer("release-1"), made["id"])
    (sent,) = await eucom.submit({**released, "release": made["id"]})
    say(f"{eucom.officer('release-1')} released it as number {sent['number']}: {sent['delivery']}.")
    await eucom.until("R0 of the concern", lambda: "R0" in eucom.outgoing(sent["id"])["receipts"])
    held = eucom.outgoing(sent["id"])["receipts"]["R0"]
    say(f"R0: the node {held['by']} holds it durably, signed, at {held['at']}. Nobody has read it yet.")
    return str(sent["id"])


async def check(player: Player, draft: str, say: Say) -> None:
    """Linguist's check and legal tick of a draft."""
    service = player.node.service
    linguist, legal = player.officer("linguist-1"), player.officer("legal-1")
    await player.submit(
        service.prepare_check(linguist, draft, "linguist", passed=True, notes="Codes and address checked.")
    )
    law = ["AP I Art. 56", "ICRC customary rule 42"]
    await player.submit(service.prepare_check(legal, draft, "legal", passed=True, law=law))
    say(f"{linguist} checked the language; {legal} ticked: law cited, exclusions respected, no intelligence.")


async def receive(ndmc: Player, say: Say) -> Json:
    """Read, read back, pass on at the other end; return the message as NDMC has it."""
    service, officer = ndmc.node.service, ndmc.officer("watch-1")
    await ndmc.until("the concern", lambda: any(m["direction"] == "in" for m in ndmc.messages()))
    rendered = service.message(None, "in:1", "ru")
    say(f"At {ndmc.party} it renders in Russian from its coded fields; the free text stays English, framed:")
    say("\n".join(f"    {line}" for line in rendered["text"].splitlines()[1:8]))
    await ndmc.submit(service.prepare_receipt(officer, line=None, message="in:1", level=1, locale="ru"))
    back = service.prepare_receipt(officer, line=None, message="in:1", level=2, locale="ru", place=READ_BACK_GRID)
    await ndmc.submit(back)
    passed = service.prepare_receipt(
        officer, line=None, message="in:1", level=3, command=NAMED_COMMAND, how="duty telephone"
    )
    await ndmc.submit(passed)
    distance_m = shown(decode_prepared(b64decode(back["prepared"])).body[33])
    say(
        f"{officer} read it (R1), read the place back as {READ_BACK_GRID}, {distance_m} m from the place sent (R2), "
        f"and passed it to a named command (R3): {NAMED_COMMAND}."
    )
    return rendered


async def answer(ndmc: Player, message: Json, say: Say) -> str:
    """Answer with a reply of two persons and its R4; return the reply's id."""
    service = ndmc.node.service
    values = {
        "answers": message["id"],
        "verb": "not-ours",
        "reason": "OTHER-PARTY-RESPONSIBLE",
        "free-text": REPLY_TEXT,
    }
    draft = service.prepare_message(
        ndmc.officer("watch-1"), line=None, form="REPLY", precedence="PRIORITY", values=values
    )
    (made,) = await ndmc.submit(draft)
    await check(ndmc, made["id"], say)
    released = service.prepare_release(ndmc.officer("release-1"), made["id"])
    fourth = service.prepare_receipt(
        ndmc.officer("release-1"),
        line=None,
        message="in:1",
        level=4,
        verb="not-ours",
        reply_body_hash=released["body_hash"],
    )
    sent, _ = await ndmc.submit({**released, "release": made["id"]}, fourth)
    say(f"{ndmc.officer('release-1')} released the reply and its R4 (not-ours) in one act. An answer is not consent.")
    await ndmc.until("R0 of the reply", lambda: "R0" in ndmc.outgoing(sent["id"])["receipts"])
    return str(sent["id"])


async def close(eucom: Player, concern: str, reply: str, say: Say) -> None:
    """Read the reply; the two accounts stay two accounts."""
    await eucom.until("R4 of the concern", lambda: "R4" in eucom.outgoing(concern)["receipts"])
    service, officer = eucom.node.service, eucom.officer("watch-1")
    await eucom.submit(service.prepare_receipt(officer, line=None, message=reply, level=1, locale="en"))
    decision = {
        "what": "Reply of NDMC kept beside the IAEA's report",
        "options": ["keep both accounts", "treat the reply as settling the matter"],
        "chosen": "keep both accounts",
        "reason": "Contested facts are not merged.",
        "information": "IAEA statement of 20 November 2022; NDMC reply of this exercise.",
    }
    await eucom.submit(service.prepare_local(officer, "decision", decision))
    say(f'{officer} read the reply (R1). "Not ours" is kept as their account, beside the IAEA\'s; nothing was merged.')
