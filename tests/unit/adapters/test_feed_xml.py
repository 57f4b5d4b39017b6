"""CAP alerts and Cursor-on-Target events: what they warn of and for whom; none of an exercise is taken for real."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from armslength.adapters.feed_cap import read_cap
from armslength.adapters.feed_cot import read_cot
from armslength.adapters.feed_reading import FeedOptions
from armslength.adapters.format_unpack import open_bytes
from armslength.core.errors import LocalError
from armslength.core.instants import parse_rfc3339, rfc3339
from armslength.register.reports import Report, ReportKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.register.importing import ImportRun

OPTIONS = FeedOptions(received_at=parse_rfc3339("2022-08-23T12:00:00Z"))
SENT = "2022-08-23T10:00:00+03:00"
CIRCLE = "<area><areaDesc>Енергодар</areaDesc><circle>47.5,34.65 4.5</circle></area>"


def alert(
    areas: str = CIRCLE,
    *,
    status: str = "Actual",
    kind: str = "Alert",
    further: str = "",
    info: str = "",
    identifier: str = "UA-1",
) -> str:
    return (
        f'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{identifier}</identifier>'
        f"<sender>dsns@example.org</sender><sent>{SENT}</sent><status>{status}</status><msgType>{kind}</msgType>"
        f"<scope>Public</scope>{further}<info><language>uk-UA</language><category>Security</category>"
        f"<event>Загроза обстрілу</event><certainty>Likely</certainty><senderName>ДСНС</senderName>"
        f"<expires>2022-08-23T14:00:00+03:00</expires>{info}{areas}</info></alert>"
    )


def run(reader: Callable[..., ImportRun[Report]], text: str) -> ImportRun[Report]:
    with open_bytes(text.encode(), "file.xml") as file:
        return reader(file, OPTIONS)


def cap(text: str) -> Report:
    found = run(read_cap, text)
    assert found.refused == ()
    return found.accepted[0]


def test_an_alert_is_a_warning_for_its_area_and_time() -> None:
    report = cap(alert())
    assert (report.kind, report.what, report.who_says) == (ReportKind.WARNING, "SHELLING", "ДСНС")
    assert (rfc3339(report.from_at), rfc3339(report.until_at)) == ("2022-08-23T07:00:00Z", "2022-08-23T11:00:00Z")
    assert (report.uncertainty_m, report.located_by, report.place_name) == (4_500, "DISTRICT", "Енергодар")
    assert (report.language, report.grade.short, report.text) == ("uk-UA", "C3", "Загроза обстрілу.")


def test_each_area_is_a_report_and_several_shapes_are_one_area() -> None:
    polygon = "<area><areaDesc>x</areaDesc><polygon>47,34 47,35 48,35 48,34 47,34</polygon></area>"
    both = "<area><areaDesc>y</areaDesc><circle>47,34 1</circle><circle>47,34.1 2</circle></area>"
    found = run(read_cap, alert(CIRCLE + polygon + both)).accepted
    assert [report.report_id and report.report_id[-4:] for report in found] == [":1.1", ":1.2", ":1.3"]
    assert (found[1].place.lat_e7, found[1].place.lon_e7) == (475_000_000, 345_000_000)
    assert 60_000 < found[1].uncertainty_m < 80_000
    assert 5_000 < found[2].uncertainty_m < 8_000


def test_the_name_of_an_oblast_is_an_area_and_another_name_is_none() -> None:
    report = cap(alert("<area><areaDesc>Запорізька область</areaDesc></area>"))
    assert (report.region, report.located_by, report.uncertainty_m) == ("UA-23", "REGION", 120_000)
    found = run(read_cap, alert("<area><areaDesc>Somewhere</areaDesc></area>" + CIRCLE))
    assert ([row.row for row in found.refused], len(found.accepted)) == ([1], 1)


@pytest.mark.parametrize(
    ("kind", "begins", "what"), [("Update", "Update: ", "SHELLING"), ("Cancel", "Cancelled: ", "OTHER-ACTIVITY")]
)
def test_an_update_and_a_cancellation_are_linked_to_what_they_speak_of(kind: str, begins: str, what: str) -> None:
    first = cap(alert())
    references = f"<references>dsns@example.org,UA-1,{SENT}</references>"
    later = cap(alert(kind=kind, further=references, identifier="UA-2"))
    assert later.links == (("UPDATES", first.report_id),)
    assert (later.text.startswith(begins), later.what) == (True, what)
    assert run(read_cap, alert(kind=kind)).refused_count == 1


@pytest.mark.parametrize("status", ["Exercise", "Test", "Draft", "System"])
def test_what_is_not_actual_is_left_out_and_said(status: str) -> None:
    found = run(read_cap, alert(status=status))
    assert (found.accepted, found.skipped) == ((), ((f"status {status}", 1),))


def test_acknowledgements_of_machines_are_left_out() -> None:
    assert run(read_cap, alert(kind="Ack")).skipped == (("message type Ack", 1),)


def test_what_was_observed_is_an_event() -> None:
    report = cap(alert().replace("Likely", "Observed"))
    assert (report.kind, report.grade.short) == (ReportKind.EVENT, "C2")


@pytest.mark.parametrize(
    "text",
    [
        alert("<area><circle>47.5;34.65 4.5</circle></area>"),
        alert("<area><circle>47.5,34.65</circle></area>"),
        alert("<area><circle>47.5,34.65 900</circle></area>"),
        alert("<area><polygon>47,34 x</polygon></area>"),
        alert("<area><polygon>97,34 47,35 48,35</polygon></area>"),
        alert(""),
        alert(status="actual"),
        alert(info="<onset>tomorrow</onset>"),
        alert(info="<onset>2022-08-23T18:00:00+03:00</onset>"),
        alert(further="<references>x</references>"),
        alert(identifier=""),
    ],
)
def test_a_wrong_value_refuses_the_area(text: str) -> None:
    found = run(read_cap, text)
    assert ([row.row for row in found.refused], found.accepted) == ([1], ())


def test_other_documents_are_refused() -> None:
    for reader in (read_cap, read_cot):
        with pytest.raises(LocalError, match="FILE-FORMAT"):
            run(reader, "<alert/>")
        with pytest.raises(LocalError, match="FILE-XML-ENTITY"):
            run(reader, '<!DOCTYPE alert [<!ENTITY a "b">]><alert/>')


# --- Cursor-on-Target -------------------------------------------------------------------------------------------------


def event(**values: str) -> str:
    given = {
        "uid": "UAV-7",
        "type": "a-u-A-M-F-Q",
        "start": "2022-08-23T10:00:00Z",
        "stale": "2022-08-23T10:05:00Z",
        "how": "m-g",
        "ce": "35.5",
        "lat": "47.51",
        "lon": "34.58",
        "opex": "",
        **values,
    }
    attributes = " ".join(f'{name}="{given[name]}"' for name in ("uid", "type", "start", "stale", "how", "opex"))
    return (
        f'<event version="2.0" {attributes}><point lat="{given["lat"]}" lon="{given["lon"]}" ce="{given["ce"]}"/>'
        '<detail><contact callsign="Буг"/><remarks>Дрон над станцією</remarks></detail></event>'
    )


def cot(**values: str) -> Report:
    found = run(read_cot, event(**values))
    assert found.refused == ()
    return found.accepted[0]


def test_an_event_is_a_position_until_it_is_stale() -> None:
    report = cot()
    assert (report.report_id, report.what, report.located_by) == (
        "cot:UAV-7:20220823T100000",
        "UNCREWED-AIRCRAFT-OVERFLIGHT",
        "MEASURED",
    )
    assert (report.uncertainty_m, report.grade.short, report.language) == (36, "D3", "uk")
    assert report.until_at - report.from_at == 300_000_000
    assert "a-u-A-M-F-Q" in report.text


@pytest.mark.parametrize(
    ("values", "located_by", "uncertainty_m"),
    [
        ({"how": "h-e"}, "UNSTATED", 36),
        ({"ce": "9999999.0"}, "UNSTATED", 10_000),
        ({"ce": ""}, "UNSTATED", 10_000),
        ({"ce": "0"}, "MEASURED", 0),
    ],
)
def test_an_error_that_nobody_knows_is_no_small_one(
    values: dict[str, str], located_by: str, uncertainty_m: int
) -> None:
    report = cot(**values)
    assert (report.located_by, report.uncertainty_m) == (located_by, uncertainty_m)


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("a-h-A", "OVERFLIGHT"),
        ("a-n-S-X", "NAVAL-ACTIVITY"),
        ("a-f-G-U-C", "MOVEMENT-NEAR-SITE"),
        ("b-m-p", "OTHER-ACTIVITY"),
        ("a", "OTHER-ACTIVITY"),
    ],
)
def test_what_moves_is_told_from_the_type_and_whose_it_is_is_not(kind: str, what: str) -> None:
    assert cot(type=kind).what == what


def test_an_exercise_is_left_out_and_several_events_are_counted() -> None:
    found = run(read_cot, f"<events>{event(opex='e-spring')}{event()}{event(lat='x')}</events>")
    assert found.skipped == (("an exercise or a simulation", 1),)
    assert ([row.row for row in found.refused], len(found.accepted)) == ([3], 1)


@pytest.mark.parametrize(
    "values",
    [{"uid": ""}, {"stale": "2022-08-23T09:00:00Z"}, {"start": "now"}, {"ce": "-5"}, {"lat": "91"}, {"type": "<"[:0]}],
)
def test_a_wrong_value_refuses_the_event(values: dict[str, str]) -> None:
    assert run(read_cot, event(**values)).refused_count == 1


def test_an_identifier_that_does_not_fit_is_kept_as_its_hash() -> None:
    first, second = cot(uid="urn:uuid:{1} / x"), cot(uid="urn:uuid:{2} / x")
    assert first.report_id != second.report_id
    assert (first.report_id or "").endswith(":20220823T100000")
