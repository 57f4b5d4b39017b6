"""Calls at a desk that never had a peer: taken by anybody on duty, verified by calling back, counted, agreed."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import Instant, parse_rfc3339, rfc3339
from armslength.core.precedence import Precedence
from armslength.desk import calling, clockwork, service_calls, service_contacts
from armslength.desk.form_json import values_from_names
from armslength.desk.rebuilding import rebuild
from armslength.line.receipts import Level
from builders import channel_books, two_nodes
from builders.local_acts import record
from builders.three_nodes import alarms_of
from builders.two_nodes import LINGUIST, PRINCIPAL, SECOND, START, WATCH, WATCH_2, Party

BOOK_NUMBER = "+7 495 000 00 00 (constructed)"
FIRST = "CL-2022-000001"


@pytest.fixture
def eucom() -> Party:
    """A party with one channel of the example, with a number that nobody has."""
    party = channel_books.founded()
    document = channel_books.document()
    for end in document["ends"]:
        if end["side"] == "THEIRS":
            end["numbers"] = [{"medium": "TELEPHONE", "value": BOOK_NUMBER}]
    record(party, "channel", {"document": document, "reason": "entered for a test"})
    return party


def take(party: Party, post: str = WATCH, **more: Any) -> dict[int, Any]:
    return record(party, "call", {"channel": "eucom-ndmc", "direction": "IN", "theirs": ["a voice"], **more}, post)


def step(party: Party, kind: str, post: str = WATCH, *, call: str = FIRST, **more: Any) -> None:
    record(party, "call-step", {"call": call, "step": kind, **more}, post)


def refused(party: Party, kind: str, given: dict[str, Any], post: str = WATCH) -> str:
    return channel_books.refusal(party, kind, given, post)


def shown(party: Party, call: str = FIRST) -> dict[str, Any]:
    with party.read() as books:
        return service_calls.read_call(books, call, {})


def call_back(party: Party) -> str:
    body = record(party, "call", {"channel": "eucom-ndmc", "direction": "OUT", "calls_back": FIRST})
    return str(body[20])


def rung(party: Party) -> list[str]:
    return [kind for _, kind, _ in alarms_of(party, "")]


def ticked(party: Party) -> None:
    with party.write() as books:
        clockwork.tick(books)


@pytest.mark.parametrize("post", [WATCH, WATCH_2, LINGUIST, PRINCIPAL])
def test_whoever_is_on_duty_takes_a_call_and_the_voice_is_nobody(eucom: Party, post: str) -> None:
    take(eucom, post)
    found = shown(eucom)
    assert (found["identity"], found["status"], found["ours"]) == ("UNVERIFIED", "LIVE", [eucom.officer(post)])


def test_what_is_asked_rings_here_and_a_call_back_by_the_book_settles_whose_voice_it_was(eucom: Party) -> None:
    take(eucom)
    step(eucom, "asked", text="Tell your commander to move.", important=True)
    assert rung(eucom) == ["CALL-UNVERIFIED"]
    passed = {"call": FIRST, "step": "passed-on", "text": "move", "names": ["the principal"]}
    assert refused(eucom, "call-step", passed) == "CALL-UNVERIFIED"
    eucom.time.pass_s(60)
    second = call_back(eucom)
    assert shown(eucom, second)["telephone"] == BOOK_NUMBER
    assert (shown(eucom, second)["identity"], shown(eucom)["call_back_due_at"]) == ("VERIFIED", None)
    step(eucom, "ended", call=second, item="REACHED")
    step(eucom, "verified", by="CALL-BACK", reference=second)
    assert (shown(eucom)["identity"], shown(eucom)["verified_by"]) == ("VERIFIED", "CALL-BACK")
    step(eucom, "passed-on", text="move", names=["the principal"])
    assert rung(eucom) == ["CALL-UNVERIFIED"]


def test_a_call_back_that_nobody_makes_rings_again_once(eucom: Party) -> None:
    take(eucom)
    step(eucom, "asked", text="Move.", important=True)
    eucom.time.pass_s(299)
    ticked(eucom)
    assert rung(eucom) == ["CALL-UNVERIFIED"]
    eucom.time.pass_s(1)
    ticked(eucom)
    ticked(eucom)
    assert rung(eucom) == ["CALL-UNVERIFIED"] * 2
    assert shown(eucom)["call_back_missed"] is True


@pytest.mark.parametrize(
    ("case", "given", "code"),
    [
        ("on the number that he gave", {"direction": "OUT", "telephone": "+1 555 0100"}, "CALL-VALUE"),
        ("a call that comes in", {"direction": "IN", "telephone": BOOK_NUMBER}, "CALL-VALUE"),
        ("for a call that is none", {"direction": "OUT", "calls_back": "CL-2022-000009"}, "CALL-UNKNOWN"),
    ],
)
def test_what_is_no_call_back_proves_nothing(eucom: Party, case: str, given: dict[str, Any], code: str) -> None:
    take(eucom)
    assert refused(eucom, "call", {"channel": "eucom-ndmc", "calls_back": FIRST, **given}) == code, case


def test_a_call_back_that_reached_nobody_or_was_for_another_call_proves_nothing(eucom: Party) -> None:
    take(eucom)
    take(eucom)
    second = call_back(eucom)
    proof = {"step": "verified", "by": "CALL-BACK", "reference": second}
    assert refused(eucom, "call-step", {"call": "CL-2022-000002", **proof}) == "CALL-STEP"
    step(eucom, "ended", call=second, item="NO-ANSWER")
    assert refused(eucom, "call-step", {"call": FIRST, **proof}) == "CALL-STEP"
    assert shown(eucom)["identity"] == "UNVERIFIED"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"channel": "nobody"}, "CHANNEL-UNKNOWN"),
        ({"direction": "SIDEWAYS"}, "CALL-VALUE"),
        ({"at": "2022-11-21T11:00:00Z"}, "CALL-VALUE"),
        ({"recording": "THE-CAT"}, "CALL-VALUE"),
        ({"theirs": "a voice"}, "PREPARED-MALFORMED"),
    ],
)
def test_a_call_that_cannot_be_is_refused_before_anybody_signs(eucom: Party, given: dict[str, Any], code: str) -> None:
    assert refused(eucom, "call", {"channel": "eucom-ndmc", "direction": "IN", **given}) == code


def test_nobody_writes_a_step_that_only_the_node_takes(eucom: Party) -> None:
    take(eucom)
    for kind in ("tick", "called-back", "nonsense"):
        assert refused(eucom, "call-step", {"call": FIRST, "step": kind}) == "CALL-STEP"
    assert refused(eucom, "call-step", {"call": "CL-2022-000009", "step": "note", "text": "x"}) == "CALL-UNKNOWN"
    agreed = {"call": FIRST, "step": "agreed", "text": "x", "language": "en", "draft": "00" * 32}
    assert refused(eucom, "call-step", agreed) == "CALL-OPEN"


def test_an_agreed_text_names_a_draft_that_is_there(eucom: Party) -> None:
    take(eucom)
    step(eucom, "verified", by="CHALLENGE", text="challenge 4")
    step(eucom, "ended", item="REACHED")
    agreed = {"call": FIRST, "step": "agreed", "text": "x", "language": "en", "draft": "00" * 32}
    assert refused(eucom, "call-step", agreed) == "DRAFT-UNKNOWN"
    step(eucom, "agreed", text="Both hold the flight at 10:00.", language="en")
    assert shown(eucom)["agreed"]["proof"] == "ATTESTED"


def test_an_agreed_text_is_signed_once_the_other_side_confirms_its_record() -> None:
    two = two_nodes.opened()
    document = channel_books.document(medium="OUR-LINE", line_peer="NDMC")
    record(two.eucom, "channel", {"document": document, "reason": "entered for a test"})
    take(two.eucom)
    step(two.eucom, "verified", by="CHALLENGE", text="challenge 4")
    step(two.eucom, "ended", item="REACHED")
    text = "Both hold the flight at 10:00."
    named = {
        "call-number": FIRST,
        "call-time": ["2022-11-20T11:00:00Z", "2022-11-20T11:00:00Z"],
        "participants-of-author": ["duty officer"],
        "participants-of-receiver": ["duty officer"],
        "agreed-text": text,
    }
    sent = two.eucom.send(two.line, "CALL-RECORD", values_from_names("CALL-RECORD", named), Precedence.PRIORITY)
    with two.eucom.read() as books:
        ((draft, _),) = books.unit.scan("drafts")
    step(two.eucom, "agreed", text=text, language="en", draft=draft.hex())
    two.flush()
    assert (shown(two.eucom)["agreed"]["message"], shown(two.eucom)["agreed"]["proof"]) == (sent.hex(), "ATTESTED")
    for level in (Level.READ, Level.UNDERSTOOD):
        two.ndmc.receipt(sent, level)
    two.flush()
    assert shown(two.eucom)["agreed"]["proof"] == "ATTESTED"
    two.ndmc.receipt(sent, Level.ANSWERED, verb="confirm", answer_by=None)
    two.flush()
    assert (shown(two.eucom)["agreed"]["answer"], shown(two.eucom)["agreed"]["proof"]) == ("confirm", "SIGNED")


def test_a_place_read_back_far_off_rings_and_says_how_far(eucom: Party) -> None:
    take(eucom)
    step(eucom, "read-back", place="47.5122N 34.5858E", heard_place="47.5922N 34.5858E")
    said = shown(eucom)["timeline"][0]
    assert (said["distance_m"], said["agrees"]) == (8895, False)
    step(eucom, "read-back", sent="4712", heard="47 12")
    assert shown(eucom)["timeline"][1]["agrees"] is True
    assert rung(eucom) == ["READ-BACK-DOUBT"]


def test_a_denial_is_kept_word_for_word_with_its_time(eucom: Party) -> None:
    take(eucom, at=rfc3339(START))
    eucom.time.pass_s(120)
    said = "Это не наши силы. Повторяю: не наши."
    step(eucom, "denial", text=said, language="ru", at=rfc3339(Instant(START + 90 * SECOND)))
    found = shown(eucom)["timeline"][0]
    assert (found["text"], found["language"], found["after_s"], found["at"]) == (said, "ru", 90, "2022-11-20T11:01:30Z")


def test_the_call_of_2016_is_handled_by_anybody_and_the_minutes_that_were_not_waited_are_said(eucom: Party) -> None:
    """S5: the caller of 2016 held the line for 27 minutes for the officer whom he knew; 15 strikes fell meanwhile."""
    began = parse_rfc3339("2022-11-20T12:55:00Z")
    eucom.time.at = began
    take(eucom, WATCH_2, theirs=["duty officer"])
    eucom.time.pass_s(20)
    step(eucom, "wait", WATCH_2, names=["the usual contact"])
    eucom.time.pass_s(10)
    step(eucom, "verified", WATCH_2, by="CHALLENGE", text="challenge 7")
    eucom.time.pass_s(60)
    step(eucom, "break-in", WATCH_2, text="Stop, you are hitting our people south of the airfield.")
    assert rung(eucom) == ["CALL-BREAK-IN"]
    eucom.time.pass_s(60)
    step(eucom, "rung", WATCH_2, names=["battle director"])
    eucom.time.at = Instant(began + 27 * 60 * SECOND)
    step(eucom, "wait-over", WATCH_2)
    found = shown(eucom)
    assert (parse_rfc3339(found["rung_at"]) - began) // SECOND <= 180
    assert found["counterfactual"] == (
        "the usual contact came 27 min after the call began. "
        "battle director was rung after 2 min 30 s: 24 min 30 s were not waited."
    )


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((("wait", 60, {"names": ["N"]}),), "N was asked for and has not come."),
        (
            (("wait", 60, {"names": ["N"]}), ("wait-over", 600, {})),
            "N came 11 min after the call began. Nobody else took it up before.",
        ),
        ((), ""),
    ],
)
def test_what_waiting_cost_is_said_as_it_was(eucom: Party, steps: tuple[Any, ...], said: str) -> None:
    take(eucom)
    for kind, pass_s, more in steps:
        eucom.time.pass_s(pass_s)
        step(eucom, kind, **more)
    with eucom.read() as books:
        assert calling.counterfactual(calling.call(books, FIRST)) == said


def test_a_break_in_by_a_voice_rings_with_that_word_beside_it(eucom: Party) -> None:
    take(eucom)
    step(eucom, "break-in", text="Stop.")
    details = [detail for _, _, detail in alarms_of(eucom, "CALL-BREAK-IN")]
    assert details == [f"{FIRST} on eucom-ndmc: a voice, UNVERIFIED; asks: Stop."]


@pytest.mark.parametrize(
    ("proof", "certain", "possible"),
    [({"by": "CHALLENGE", "text": "challenge 4"}, 1, 0), (None, 0, 1)],
)
def test_the_count_knows_of_a_call_and_is_certain_of_a_verified_one_alone(
    eucom: Party, proof: dict[str, str] | None, certain: int, possible: int
) -> None:
    take(eucom)
    if proof is not None:
        step(eucom, "verified", **proof)
    step(eucom, "ended", item="REACHED")
    record(eucom, "contact", shown(eucom)["contact"])
    with eucom.read() as books:
        found = service_contacts.read_count(books, {"channel": "eucom-ndmc", "as_of": "2022-11-28"})
    assert (found["certain"], found["possible"]) == (certain, possible)


def test_calls_are_listed_newest_first_by_channel_and_by_whether_they_are_over(eucom: Party) -> None:
    take(eucom)
    take(eucom)
    step(eucom, "ended", item="BUSY")
    with eucom.read() as books:
        listed = [one["call"] for one in service_calls.read_calls(books, {})]
        live = [one["call"] for one in service_calls.read_calls(books, {"live": "true", "limit": "5"})]
        with pytest.raises(LocalError) as refused:
            service_calls.read_calls(books, {"channel": "nsa"})
    assert refused.value.code == "CHANNEL-UNKNOWN"
    assert (listed, live) == (["CL-2022-000002", FIRST], ["CL-2022-000002"])


def test_the_contact_of_a_call_is_corrected_by_that_call_alone(eucom: Party) -> None:
    take(eucom)
    step(eucom, "ended", item="REACHED")
    given = shown(eucom)["contact"]
    record(eucom, "contact", given)
    correction = {**given, "corrects": "CT-2022-000001", "because": "it was another"}
    with pytest.raises(LocalError, match="CONTACT-LINK"):
        record(eucom, "contact", {**correction, "call": ""})
    record(eucom, "contact", correction)


def test_two_calls_prepared_at_once_do_not_share_a_number(eucom: Party) -> None:
    with eucom.write() as books:
        officer = eucom.officer(WATCH)
        given = {"channel": "eucom-ndmc", "direction": "IN"}
        one, two = (service_calls.MAKERS["call"](books, officer, given) for _ in range(2))
        calling.submit(books, eucom.signed(one, "record", WATCH))
        with pytest.raises(LocalError, match="NUMBER-TAKEN"):
            calling.submit(books, eucom.signed(two, "record", WATCH))


def test_the_views_are_the_same_after_they_are_made_anew(eucom: Party) -> None:
    take(eucom, case="")
    step(eucom, "asked", text="Move.", important=True)
    eucom.time.pass_s(400)
    ticked(eucom)
    second = call_back(eucom)
    step(eucom, "joined", call=second, side="theirs", names=["the duty officer"])
    step(eucom, "ended", call=second, item="REACHED")
    step(eucom, "disowned", text="We called nobody.", reference=second)
    before = [shown(eucom), shown(eucom, second)]
    with eucom.write() as books:
        assert rebuild(books) is not None
    assert [shown(eucom), shown(eucom, second)] == before
