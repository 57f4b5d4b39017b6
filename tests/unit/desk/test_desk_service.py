from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from armslength.adapters.format_fluent import load_renderer
from armslength.adapters.readers import FileReaders
from armslength.core.cose import ED25519
from armslength.core.errors import LocalError
from armslength.core.keys import PublicKey
from armslength.desk.prepared import decode_prepared
from armslength.desk.service import SUBMITS_MAX, Service
from builders import two_nodes
from builders.desks import desk_of, simulated
from builders.two_nodes import CUSTODIAN, LEGAL, RELEASER, WATCH, Party, TwoNodes

FIELDS = {
    "reply-by": "2022-11-20T15:00:00Z",
    "facility-id": "UA-ZNPP",
    "place": "47.5122,34.5858",
    "attribution": "NO-ATTRIBUTION",
    "activity": "SHELLING",
    "activity-window": ["2022-11-19T16:00:00Z", "2022-11-20T08:00:00Z"],
    "hazards": ["RELEASE-OF-RADIATION"],
    "requested-action": ["CEASE-FIRE-AT-PLACE"],
    "basis-of-knowledge": "INTERNATIONAL-MONITOR",
    "evidence-level": "CONFIRMED-BY-MONITOR",
    "legal-basis": ["AP-I-ARTICLE-56"],
}


def service(party: Party) -> Service:
    return Service(desk_of(party), load_renderer, FileReaders())


def signed(party: Party, prepared: dict[str, Any], post: str, **changes: Any) -> dict[str, Any]:
    """Sign what was prepared, as an officer's own program does."""
    private = party.officer_keys[party.officer(post)]
    act = {
        "act": prepared["act"],
        "role": prepared["role"],
        "officer": prepared["officer"],
        "key_id": PublicKey(ED25519, private.public).kid.hex(),
        "signature": private.sign(bytes.fromhex(prepared["statement"])).hex(),
        **changes,
    }
    return {"prepared": prepared["prepared"], "acts": [act]}


def told(story: Any) -> Any:
    two = two_nodes.opened()

    async def run() -> Any:
        return await story(two, service(two.eucom))

    return simulated(run)


def refusal(do: Any) -> str:
    with pytest.raises(LocalError) as caught:
        do()
    return caught.value.code


async def refused(coming: Any) -> str:
    with pytest.raises(LocalError) as caught:
        await coming
    return caught.value.code


def concern(one: Service, party: Party, **given: Any) -> dict[str, Any]:
    return one.prepare_message(
        party.officer(WATCH), line="NDMC", form="concern", precedence="FLASH", values=FIELDS, **given
    )


async def drafted(one: Service, party: Party) -> str:
    [made] = await one.submit([signed(party, concern(one, party), WATCH)])
    return str(made["id"])


def test_a_concern_goes_from_typed_fields_to_release() -> None:
    async def story(two: TwoNodes, one: Service) -> None:
        party = two.eucom
        draft = await drafted(one, party)
        assert "SHELLING" not in one.draft(draft, "en")["text"]
        assert one.draft(draft[:8], "uk")["needs"] == ["legal", "second person"]
        check = one.prepare_check(party.officer(LEGAL), draft, "legal", passed=True, law=["AP-I-ARTICLE-56"])
        await one.submit([signed(party, check, LEGAL)])
        release = one.prepare_release(party.officer(RELEASER), draft)
        [sent] = await one.submit([{**signed(party, release, RELEASER), "release": draft}])
        assert (sent["type"], sent["number"]) == ("message", 1)
        assert sent["delivery"] == "not delivered yet: do not report as sent"
        assert one.message("NDMC", "out:1", "ru")["form"] == "CONCERN"

    told(story)


def test_what_is_shown_is_what_is_signed() -> None:
    async def story(two: TwoNodes, one: Service) -> None:
        made = concern(one, two.eucom)
        prepared = decode_prepared(b64decode(made["prepared"]))
        assert prepared.body_hash(two.eucom.realm).hex() == made["body_hash"]
        assert (made["act"], made["role"]) == ("draft", "watch-officer")

    told(story)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"handling": "COMMAND-ONLY"}, ""),
        ({"handling": "PARTIES-AND-NAMED", "releasable": ["IAEA"]}, ""),
        ({"handling": "SECRET"}, "HANDLING-MARKING"),
        ({"releasable": ["IAEA"]}, "HANDLING-RELEASABLE"),
    ],
)
def test_a_drafter_chooses_marking_and_releasability_from_the_list(given: dict[str, Any], code: str) -> None:
    async def story(two: TwoNodes, one: Service) -> None:
        if code:
            assert refusal(lambda: concern(one, two.eucom, **given)) == code
            return
        made = concern(one, two.eucom, **given)
        assert decode_prepared(b64decode(made["prepared"])).body[6] == given["handling"]
        [draft] = await one.submit([signed(two.eucom, made, WATCH)])
        assert draft["type"] == "draft"

    told(story)


def test_a_stop_is_one_act_of_one_person() -> None:
    async def story(two: TwoNodes, one: Service) -> None:
        made = one.prepare_message(
            two.eucom.officer(WATCH),
            line=None,
            form="STOP",
            precedence=None,
            values={"place": "47.5122,34.5858"},
            alone=True,
        )
        assert (made["act"], made["role"]) == ("stop", "watch-officer")
        [sent] = await one.submit([signed(two.eucom, made, WATCH)])
        assert sent["number"] == 1

    told(story)


@pytest.mark.parametrize(
    ("case", "change", "code"),
    [
        ("another signature", {"signature": "00" * 64}, "ACT-INVALID"),
        ("no hexadecimal", {"signature": "zz"}, "ACT-INVALID"),
        ("another officer", {"officer": "eucom-watch-2"}, "ACT-INVALID"),
        ("another role", {"role": "principal"}, "ACT-INVALID"),
    ],
)
def test_an_act_that_does_not_hold_changes_nothing(case: str, change: dict[str, Any], code: str) -> None:
    async def story(two: TwoNodes, one: Service) -> None:
        given = signed(two.eucom, concern(one, two.eucom), WATCH, **change)
        assert await refused(one.submit([given])) == code, case
        with two.eucom.read() as books:
            assert not books.unit.scan("drafts")

    told(story)


@pytest.mark.parametrize(
    ("case", "given", "code"),
    [
        ("nothing", {}, "PREPARED-MALFORMED"),
        ("no base64", {"prepared": "***"}, "PREPARED-MALFORMED"),
        ("an act without key", {"prepared": "", "acts": [{"act": "draft"}]}, "ACT-INVALID"),
        ("the release of no draft", {"release": "abcd", "acts": []}, "DRAFT-UNKNOWN"),
    ],
)
def test_a_submission_of_another_shape_is_refused(case: str, given: dict[str, Any], code: str) -> None:
    async def story(_two: TwoNodes, one: Service) -> None:
        assert await refused(one.submit([given])) == code, case

    told(story)


@pytest.mark.parametrize("count", [0, SUBMITS_MAX + 1])
def test_a_submission_has_bounds(count: int) -> None:
    async def story(_two: TwoNodes, one: Service) -> None:
        assert await refused(one.submit([{}] * count)) == "SUBMIT-COUNT"

    told(story)


def test_acts_submitted_together_are_all_entered_or_none() -> None:
    async def story(two: TwoNodes, one: Service) -> None:
        good = signed(two.eucom, concern(one, two.eucom), WATCH)
        assert await refused(one.submit([good, {"prepared": "***"}])) == "PREPARED-MALFORMED"
        with two.eucom.read() as books:
            assert not books.unit.scan("drafts")

    told(story)


@pytest.mark.parametrize(
    ("kind", "arguments", "code"),
    [
        ("decision", {"what": "x"}, "PREPARED-MALFORMED"),
        ("order", {}, "RECORD-KIND"),
        ("concern-step", {"concern": "C-1", "step": "pursue", "reason": "x"}, "CONCERN-UNKNOWN"),
        ("alarm-accepted", {"alarm": "zz"}, "ALARM-UNKNOWN"),
        ("delegation", {"kind": "pre-approved"}, "PREPARED-MALFORMED"),
    ],
)
def test_a_local_record_without_its_values_is_refused(kind: str, arguments: dict[str, Any], code: str) -> None:
    async def story(two: TwoNodes, one: Service) -> None:
        assert refusal(lambda: one.prepare_local(two.eucom.officer(WATCH), kind, arguments)) == code

    told(story)


def test_an_officer_is_offered_the_role_that_the_act_allows_and_no_other() -> None:
    async def story(two: TwoNodes, one: Service) -> None:
        party = two.eucom
        with party.read() as books:
            assert one.role_for(books, party.officer(WATCH), frozenset({"watch-officer"})) == "watch-officer"
            assert one.role_for(books, party.officer(CUSTODIAN), frozenset()) == "key-custodian"
            assert refusal(lambda: one.role_for(books, party.officer(WATCH), frozenset({"principal"}))) == (
                "ROLE-REFUSED"
            )
            assert refusal(lambda: one.role_for(books, "nobody", frozenset())) == "ROLE-REFUSED"

    told(story)


def test_the_same_decision_submitted_again_is_the_same_entry() -> None:
    async def story(two: TwoNodes, one: Service) -> None:
        arguments = {"what": "w", "options": ["a"], "chosen": "a", "reason": "r", "information": "i"}
        made = signed(two.eucom, one.prepare_local(two.eucom.officer(WATCH), "decision", arguments), WATCH)
        assert await one.submit([made]) == await one.submit([made])

    told(story)
