from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import pytest

from armslength.core.errors import ArmslengthError, LocalError
from armslength.core.instants import Instant
from armslength.desk import alarms, policy, views, watching
from armslength.desk.rebuilding import rebuild
from armslength.register import concerns
from armslength.register.documents import facility_from_document, reports_from_document
from armslength.register.facility_parts import PillarReport
from builders import two_nodes
from builders.two_nodes import CUSTODIAN, LEGAL, PRINCIPAL, RELEASER, SECOND, START, WATCH, TwoNodes


def shipped(name: str) -> Any:
    return json.loads(files("armslength.entrypoints").joinpath("demo_data", name).read_text(encoding="utf-8"))


PLANT = facility_from_document(shipped("znpp.json"))
REPORTS = reports_from_document(shipped("iaea_2022-11-20.json"))
FAR = replace(REPORTS[0], place=replace(REPORTS[0].place, lat_e7=0, lon_e7=0))


@pytest.fixture
def two() -> TwoNodes:
    made = two_nodes.opened()
    made.time.at = Instant(START + 3600 * SECOND)
    return made


def enter(two: TwoNodes, prepared: Any, post: str = WATCH, act: str | None = None) -> int:
    with two.eucom.write() as books:
        signed = two.eucom.signed(prepared, act or policy.LOCAL_ACTS[prepared.type][0], post)
        return watching.submit_local(books, signed)


def prepared(two: TwoNodes, maker: Any, *arguments: Any, post: str = WATCH, **named: Any) -> Any:
    with two.eucom.read() as books:
        return maker(books, two.eucom.officer(post), *arguments, **named)


def plant(two: TwoNodes) -> None:
    enter(two, prepared(two, watching.prepare_facility, PLANT))


def report(two: TwoNodes, one: Any = REPORTS[0]) -> None:
    enter(two, prepared(two, watching.prepare_report, one))


def found(two: TwoNodes) -> list[concerns.Concern]:
    with two.eucom.read() as books:
        return [concerns.concern_from_value(value) for _, value in books.unit.scan(views.CONCERNS)]  # type: ignore[arg-type]


def alarmed(two: TwoNodes) -> list[str]:
    with two.eucom.read() as books:
        return [row[1] for _, row in views.rows(books.unit, views.ALARMS)]


def refusal(do: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(ArmslengthError) as caught:
        do(*arguments, **named)
    return caught.value.code


# --- from report to concern -------------------------------------------------------------------------------------------


def test_a_report_near_a_protected_place_flags_a_concern_and_rings(two: TwoNodes) -> None:
    plant(two)
    report(two)
    [concern] = found(two)
    assert (concern.facility_id, concern.status) == ("UA-ZNPP", concerns.Status.FLAGGED)
    assert concern.concern_id == "C-2022-0001"
    assert concern.evidence == ("IAEA-2022-11-20",)
    assert alarmed(two) == ["CONCERN-FLAGGED"]


def test_a_second_account_within_a_day_corroborates_and_does_not_ring_again(two: TwoNodes) -> None:
    plant(two)
    for one in REPORTS[:2]:
        report(two, one)
    [concern] = found(two)
    assert concern.status is concerns.Status.CORROBORATED
    assert len(concern.evidence) == 2
    assert alarmed(two) == ["CONCERN-FLAGGED"]


def test_one_event_at_two_sites_side_by_side_is_one_concern_that_names_both(two: TwoNodes) -> None:
    plant(two)
    beside = replace(
        PLANT,
        facility_id="UA-ZTPP",
        names=(("en", "Zaporizhzhia thermal plant"),),
        kind="THERMAL-POWER-PLANT",
        place=replace(PLANT.place, lon_e7=PLANT.place.lon_e7 + 400_000),
        components=(),
        dependencies=(),
    )
    enter(two, prepared(two, watching.prepare_facility, beside))
    report(two, replace(REPORTS[0], text="Explosions were heard.", uncertainty_m=500))
    [concern] = found(two)
    assert concern.facility_id == "UA-ZNPP"
    assert "The same reports touch Zaporizhzhia thermal plant (UA-ZTPP), 3.0 km off." in concern.history[0].reason
    with two.eucom.write() as books:
        rebuild(books)


def later(one: Any, days: int) -> Any:
    moved = days * 86_400 * SECOND
    return replace(
        one,
        report_id=f"{one.report_id}-{days}",
        from_at=Instant(one.from_at + moved),
        until_at=Instant(one.until_at + moved),
        text=f"{one.text} {days}",
    )


def test_what_goes_on_the_next_day_is_the_same_concern_and_a_month_later_another(two: TwoNodes) -> None:
    plant(two)
    report(two)
    for days, concerns_by_then in ((1, 1), (31, 2)):
        two.time.at = Instant(START + (days * 86_400 + 7200) * SECOND)
        report(two, later(REPORTS[0], days))
        assert len(found(two)) == concerns_by_then
    assert alarmed(two) == ["CONCERN-FLAGGED"] * 2


def test_more_of_what_a_person_dismissed_is_kept_with_it_and_rings(two: TwoNodes) -> None:
    plant(two)
    report(two)
    step(two, "dismiss", "a training flight")
    report(two, REPORTS[1])
    [one] = found(two)
    assert (one.status, len(one.evidence)) == (concerns.Status.DISMISSED, 2)
    assert alarmed(two) == ["CONCERN-FLAGGED"] * 2


def test_what_happens_after_a_person_dismissed_is_a_concern_of_its_own(two: TwoNodes) -> None:
    plant(two)
    report(two)
    step(two, "dismiss", "a training flight")
    two.time.at = Instant(START + 2 * 86_400 * SECOND)
    report(two, later(REPORTS[0], 2))
    assert [one.status for one in found(two)] == [concerns.Status.DISMISSED, concerns.Status.FLAGGED]


@pytest.mark.parametrize("known", [True, False])
def test_a_report_from_elsewhere_flags_nothing(two: TwoNodes, known: bool) -> None:
    if known:
        plant(two)
    report(two, FAR if known else REPORTS[0])
    assert found(two) == []


def test_a_pillar_that_a_newer_record_calls_lost_flags_a_concern(two: TwoNodes) -> None:
    plant(two)
    lost = PillarReport(pillar="OFF-SITE-POWER", status="LOST", note="", source="IAEA", as_of=START)
    enter(two, prepared(two, watching.prepare_facility, replace(PLANT, pillars=(*PLANT.pillars, lost))))
    [concern] = found(two)
    assert concern.facility_id == PLANT.facility_id
    assert "OFF-SITE-POWER" in concern.history[0].reason


def test_what_the_watch_saw_and_concluded_is_made_again_from_the_journal(two: TwoNodes) -> None:
    plant(two)
    for one in REPORTS[:2]:
        report(two, one)
    with two.eucom.write() as books:
        rebuild(books)


# --- steps of persons -------------------------------------------------------------------------------------------------


def step(two: TwoNodes, kind: str, reason: str, post: str = WATCH) -> int:
    return enter(two, prepared(two, watching.prepare_concern_step, "c-2022-0001", kind, reason, post=post), post)


@pytest.mark.parametrize(
    ("case", "kind", "reason", "post", "code"),
    [
        ("pursued with a reason", "pursue", "two sources", WATCH, ""),
        ("held by the principal", "hold", "wait for the monitor", PRINCIPAL, ""),
        ("pursued without a reason", "pursue", "", WATCH, "CONCERN-"),
        ("flagged by a person", "flag", "x", WATCH, "CONCERN-TRANSITION"),
        ("conveyed by a person's word", "convey", "x", WATCH, "CONCERN-TRANSITION"),
        ("a step of no table", "escalate", "x", WATCH, "CONCERN-TRANSITION"),
        ("by the lawyer", "pursue", "x", LEGAL, "ROLE-REFUSED"),
    ],
)
def test_a_person_steps_a_concern_with_a_reason(
    two: TwoNodes, case: str, kind: str, reason: str, post: str, code: str
) -> None:
    plant(two)
    report(two)
    if code:
        assert refusal(step, two, kind, reason, post).startswith(code), case
    else:
        step(two, kind, reason, post)
        assert found(two)[0].history[-1].officer == two.eucom.officer(post), case


def test_a_concern_nobody_knows_is_refused(two: TwoNodes) -> None:
    assert refusal(step, two, "pursue", "x") == "CONCERN-UNKNOWN"


# --- local records ----------------------------------------------------------------------------------------------------


def decision(two: TwoNodes, post: str = RELEASER) -> Any:
    return prepared(
        two,
        watching.prepare_decision,
        "send the concern",
        options=("send", "wait"),
        chosen="send",
        reason="two sources",
        information="three reports",
        post=post,
    )


def test_a_decision_keeps_its_options_reason_and_what_was_known(two: TwoNodes) -> None:
    enter(two, decision(two), RELEASER)
    with two.eucom.read() as books:
        [row] = [row for _, row in views.rows(books.unit, views.DECISIONS)]
    assert (row[21], row[22], row[23], row[24]) == (("send", "wait"), "send", "two sources", "three reports")


@pytest.mark.parametrize(
    ("case", "change", "post", "act", "code"),
    [
        ("by a custodian", {}, CUSTODIAN, "decide", "ROLE-REFUSED"),
        ("signed as another act", {}, RELEASER, "record", "ACT-WRONG"),
        ("in another's name", {5: "eucom-principal-1"}, RELEASER, "decide", "ACT-WRONG"),
        ("of nothing", {20: 7}, RELEASER, "decide", "PREPARED-MALFORMED"),
    ],
)
def test_a_local_record_is_an_act_of_whom_it_names(
    two: TwoNodes, case: str, change: dict[int, Any], post: str, act: str, code: str
) -> None:
    made = decision(two, post)
    assert refusal(enter, two, replace(made, body={**made.body, **change}), post, act) == code, case


@pytest.mark.parametrize("kind", ["message", "alarm", "session", "genesis", "order"])
def test_a_record_that_officers_do_not_make_is_refused(two: TwoNodes, kind: str) -> None:
    made = replace(decision(two), type=kind)
    assert refusal(enter, two, made, RELEASER, "decide") == "RECORD-KIND"


def test_an_alarm_that_is_not_there_is_not_accepted(two: TwoNodes) -> None:
    assert refusal(enter, two, prepared(two, watching.prepare_alarm_accepted, bytes(8))) == "ALARM-UNKNOWN"
    with two.eucom.write() as books:
        assert alarms.raise_alarm(books, "GAP")


def test_a_facility_is_known_by_its_newest_record(two: TwoNodes) -> None:
    plant(two)
    enter(two, prepared(two, watching.prepare_facility, replace(PLANT, site_radius_m=1234)))
    with two.eucom.read() as books:
        assert [one.site_radius_m for one in watching.known_facilities(books)] == [1234]
    with pytest.raises(LocalError):
        replace(PLANT, site_radius_m=-1)
