"""Windows, notices and lists as plain values: what a face sends is prepared, and what it reads says no secret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import ArmslengthError
from armslength.core.places import Place
from armslength.desk import listing, watching, windowing
from armslength.desk.prepared import Signed
from armslength.desk.service_windows import (
    MAKERS,
    assurance_message,
    list_message,
    notice_message,
    read_lists,
    read_window,
    read_windows,
    status_message,
    window_message,
)
from armslength.register.facilities import Facility
from builders import two_nodes
from builders.two_nodes import RELEASER, WATCH

if TYPE_CHECKING:
    from builders.two_nodes import TwoNodes

NAME = "EUCOM-W-2022-0001"
WINDOW: dict[str, Any] = {
    "lines": ["NDMC"],
    "zone": ["CIRCLE", "47.5600N 34.4500E", 1500],
    "from": "2022-11-21T05:00:00Z",
    "until": "2022-11-22T05:00:00Z",
    "assure_by": "2022-11-21T00:00:00Z",
    "works": ["REPAIR-OF-POWER-LINE"],
    "crews": ["Crew 1"],
    "parties": ["NDMC"],
    "facility": "UA-ZNPP",
}
FACILITY = Facility(
    facility_id="UA-ZNPP",
    names=(("en", "Zaporizhzhia nuclear power plant"),),
    kind="NUCLEAR-POWER-PLANT",
    place=Place(lat_e7=475_122_000, lon_e7=345_858_000, precision_m=10),
    site_radius_m=1500,
    rings_m=(5_000,),
)
PAPER = {"party": "NDMC", "said": "GIVEN", "means": "PAPER", "commands": ["Command"], "reference": "fax 1"}


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def take(two: TwoNodes, kind: str, given: dict[str, Any], *, post: str = WATCH) -> None:
    party = two.eucom
    with party.write() as books:
        prepared = MAKERS[kind](books, party.officer(post), given)
        act = {"window-step": "decide"}.get(prepared.type, "record")
        submit = {"list": listing.submit, "facility": watching.submit_local}.get(prepared.type, windowing.submit)
        submit(books, Signed(prepared=prepared, acts=(party.act(prepared, act, post),)))


def test_a_window_from_its_record_to_its_closing_as_a_face_writes_it(two: TwoNodes) -> None:
    with two.eucom.write() as books:
        prepared = watching.prepare_facility(books, two.eucom.officer(WATCH), FACILITY)
        watching.submit_local(books, two.eucom.signed(prepared, "record", WATCH))
    take(two, "window", WINDOW)
    take(two, "window-step", {"window": NAME, "step": "assurance", "reason": "came by fax", **PAPER})
    take(two, "window-step", {"window": NAME, "step": "green", "reason": "all held"}, post=RELEASER)
    two.time.pass_s(24 * 3600)
    seen = {"at": "2022-11-21T06:00:00Z", "what": "SHELLING", "evidence": ["R-1"], "by": "NDMC"}
    for step, more in (
        ("violation", seen),
        ("resume", {}),
        ("crews-out", {"crews": ["Crew 1"]}),
        ("crews-back", {}),
        ("close", {"pillars": [["OFF-SITE-POWER", "HELD"]]}),
    ):
        given = {"window": NAME, "step": step, "reason": "as decided", **more}
        take(two, "window-step", given, post=RELEASER if step in {"resume", "crews-out"} else WATCH)
    take(two, "window-pillars", {"window": NAME})
    with two.eucom.read() as books:
        told = read_window(books, NAME)
        assert read_windows(books)[0]["window"] == NAME
        pillars = listing.facility(books, "UA-ZNPP").pillars
    assert (told["status"], told["counts"], told["lines"]) == ("CLOSED", {"NDMC": 1}, ["NDMC"])
    assert [(report.pillar, report.status) for report in pillars] == [("OFF-SITE-POWER", "HELD")]


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("window", {}),
        ("window", {**WINDOW, "zone": ["CIRCLE"]}),
        ("window", {**WINDOW, "crews": "Crew 1"}),
        ("window", {**WINDOW, "lines": ["NOBODY"]}),
        ("window-step", {"window": NAME, "step": "green", "reason": "no such window"}),
        ("list", {"line": "NDMC", "year": "soon", "due": "2023-01-01T00:00:00Z"}),
        ("list", {"line": "NDMC", "year": 2023, "due": "2023-01-01T00:00:00Z", "sites": [{"facility": "UA-NONE"}]}),
    ],
)
def test_what_a_face_sends_wrong_is_refused(two: TwoNodes, kind: str, given: dict[str, Any]) -> None:
    # `Service.prepare_local` turns the first three kinds of failures into PREPARED-MALFORMED.
    with pytest.raises((ArmslengthError, KeyError, TypeError, ValueError, IndexError)):
        take(two, kind, given)


def test_the_fields_of_messages_come_from_the_books(two: TwoNodes) -> None:
    take(two, "window", WINDOW)
    take(two, "list", {"line": "NDMC", "year": 2023, "due": "2023-01-01T00:00:00Z", "sites": []})
    with two.eucom.read() as books:
        line = books.line(two.line)
        assert window_message(NAME)(books, line)[100] == NAME
        assert status_message(NAME, "ASSURANCE-MISSING")(books, line)[109] == ("NDMC",)
        assert list_message(2023, "COMMIT")(books, line)[102] == 0
        for make in (
            assurance_message(NAME, "GIVEN", ("Command",)),
            list_message(2023, "REVEAL"),
            notice_message("UA-NONE", (), two.time.at),
        ):
            with pytest.raises(ArmslengthError):
                make(books, line)
        (shown,) = read_lists(books)
    assert set(shown) >= {"year", "line", "due_at", "status"}
    assert "salt" not in shown
