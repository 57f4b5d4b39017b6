"""What people read of the watch says why each thing is there, and fills a message that needs only people."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import DAY_US, Instant
from armslength.core.precedence import Precedence
from armslength.desk import drafting, service_local, service_watch, watch_state
from armslength.desk.form_json import values_from_names
from armslength.register.default_rules import DEFAULT_RULES_TOML
from armslength.register.facilities import ProtectedStatus
from armslength.register.facility_parts import PillarReport
from armslength.register.rules import DEFAULT_RULES
from armslength.register.vocabularies import ACTIVITIES, FACILITY_KINDS, HOT_SPOT, PILLARS
from builders import two_nodes
from builders.two_nodes import START, WATCH
from builders.watching import SITE, Post, north, site, strike

BY_PEOPLE = {"reply-by": "2022-11-21T11:00:00Z", "text": ["en", "What was reported is grave."]}
LOST = PillarReport(pillar="OFF-SITE-POWER", status="LOST", note="", source="IAEA", as_of=START)


def form(post: Post, concern_id: str = "C-2022-0001") -> dict[str, Any]:
    return dict(post.look(lambda books: service_watch.concern_form(books, concern_id)))


@pytest.fixture(scope="module")
def two() -> two_nodes.TwoNodes:
    return two_nodes.opened()


def require_accepted(two: two_nodes.TwoNodes, values: dict[str, Any]) -> None:
    """Require that a CONCERN with what people add is valid for its form."""
    known = {name: given for name, given in BY_PEOPLE.items() if name != "text"}
    wire = values_from_names("CONCERN", {**values, **known})
    with two.eucom.read() as books:
        line = books.line(two.line)
        drafting.prepare_message(books, line, two.eucom.officer(WATCH), "CONCERN", Precedence.IMMEDIATE, wire)


# --- a draft ----------------------------------------------------------------------------------------------------------


def test_a_concern_of_every_kind_of_facility_fills_a_form_that_is_accepted(two: two_nodes.TwoNodes) -> None:
    kinds = sorted(FACILITY_KINDS)
    post = Post(*(site(f"F-{n}", north_m=20_000 * n, kind=kind) for n, kind in enumerate(kinds)))
    for n, _ in enumerate(kinds):
        post.report(strike(f"r-{n}", north_m=20_000 * n, day=-30 * n))
    ids = {one.facility_id: one.concern_id for one in post.concerns()}
    for n, kind in enumerate(kinds):
        values = form(post, ids[f"F-{n}"])
        assert values["facility"][2] == kind
        assert values["attribution"] == "NO-ATTRIBUTION"
        require_accepted(two, values)


@pytest.mark.parametrize("what", sorted(ACTIVITIES))
def test_every_activity_has_its_code_in_the_form(what: str, two: two_nodes.TwoNodes) -> None:
    post = Post(SITE)
    post.report(strike("a", text="Shelling of Dovhe substation."))
    post.write(
        lambda books: books.note(
            "concern-step", "concern-step", {20: "C-2022-0001", 21: "corroborate", 22: "more", 23: ("b",), 24: ()}
        )
    )
    post.report(strike("b", what=what, north_m=300_000))
    values = form(post)
    assert values["activity"] == "SHELLING"
    only = [one for one in (what,) if one not in {HOT_SPOT, "AIR-ALERT"}]
    require_accepted(two, {**values, "activity": only[0] if only else "OTHER-ACTIVITY"})


def test_what_the_register_knows_goes_into_the_form(two: two_nodes.TwoNodes) -> None:
    status = ProtectedStatus(basis="AP-I-ARTICLE-56", party="", note="")
    pillars = tuple(replace(LOST, pillar=pillar, status="ENDANGERED") for pillar in sorted(PILLARS))
    known = replace(SITE, kind="NUCLEAR-POWER-PLANT", protected_status=(status,), pillars=(*pillars, LOST))
    post = Post(known)
    post.report(strike("a", who_says="IAEA"))
    values = form(post)
    assert values["legal-basis"] == ["AP-I-ARTICLE-56"]
    assert ["OFF-SITE-POWER", "LOST"] in values["pillars"]
    assert len(values["pillars"]) == 7
    assert values["basis-of-knowledge"] == "INTERNATIONAL-MONITOR"
    require_accepted(two, values)


def test_a_concern_that_rests_on_the_register_alone_has_the_window_of_its_day(two: two_nodes.TwoNodes) -> None:
    post = Post()
    post.batch("facility-batch", [replace(SITE, kind="NUCLEAR-POWER-PLANT", pillars=(LOST,))])
    values = form(post)
    assert values["activity-window"] == ["2022-11-20T00:00:00Z", "2022-11-20T23:59:59.999Z"]
    assert (values["activity"], values["basis-of-knowledge"]) == ("OTHER-ACTIVITY", "INTERNATIONAL-MONITOR")
    require_accepted(two, values)


def test_hot_spots_alone_are_told_as_what_they_are(two: two_nodes.TwoNodes) -> None:
    post = Post(SITE)
    post.report(*(strike(f"h-{n}", what=HOT_SPOT, place=north(30 * n), text="Hot spot.") for n in range(20)))
    values = form(post)
    assert (values["activity"], values["basis-of-knowledge"]) == ("OTHER-ACTIVITY", "PUBLIC-SATELLITE-DATA")
    require_accepted(two, values)


def test_a_concern_whose_evidence_is_gone_fills_nothing() -> None:
    post = Post(SITE)
    post.by_hand(strike("a"))
    index = post.look(lambda books: books.unit.get("report-ids", b"a"))
    post.write(lambda books: books.unit.destroy(index))
    with pytest.raises(LocalError, match="CONCERN-EVIDENCE"):
        form(post)
    assert post.look(lambda books: service_watch.read_concern(books, "C-2022-0001"))["reports"] == []


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_concern_says_why_it_is_there_and_what_speaks_against_it() -> None:
    post = Post(SITE)
    post.report(strike("a"), strike("b", day=1))
    one = post.look(lambda books: service_watch.read_concern(books, "c-2022-0001"))
    assert (one["facility_name"], one["rules"], one["day"]) == ("Dovhe substation", ["text-near"], "2022-11-20")
    assert [report["report_id"] for report in one["reports"]] == ["a", "b"]
    assert "Only one text says so." in one["against"]
    json.dumps(one)


def test_the_highest_rank_is_listed_first() -> None:
    post = Post(SITE, replace(site("F-2", north_m=90_000), kind="DAM"))
    post.report(strike("a"), strike("b", north_m=90_000))
    found = post.look(service_watch.concerns_json)
    assert [one["facility"] for one in found] == ["F-2", "F-1"]


@pytest.mark.parametrize("asked", ["C-2022-0009", "", "\udc80"])
def test_a_concern_that_is_not_there_is_unknown(asked: str) -> None:
    post = Post(SITE)
    for read in (service_watch.read_concern, service_watch.concern_form):
        with pytest.raises(LocalError, match="CONCERN-UNKNOWN"):
            post.look(lambda books, read=read: read(books, asked))


def test_why_a_person_was_not_told_can_be_read() -> None:
    post = Post(SITE)
    post.report(strike("doubtful", uncertainty_m=4_000))
    (one,) = post.look(lambda books: service_watch.read_findings(books, "F-1"))
    assert (one["raised"], one["act"], one["evidence"]) == (False, "SUPPRESS", ["doubtful"])
    assert one["reason"].startswith("Not counted: ")
    assert post.look(lambda books: service_watch.read_findings(books, "F-9")) == []


def test_findings_are_read_newest_first_and_within_a_bound() -> None:
    post = Post(SITE)
    for n in range(5):
        post.report(strike(f"r-{n}", day=n))
    found = post.look(lambda books: service_watch.read_findings(books, "F-1", 3))
    assert [one["day"] for one in found] == ["2022-11-24", "2022-11-23", "2022-11-22"]


def test_a_report_says_which_concerns_cite_it() -> None:
    post = Post(SITE)
    post.report(strike("a"), strike("far", north_m=300_000))
    cited = post.look(lambda books: service_watch.read_report(books, "a"))
    assert [one["id"] for one in cited["concerns"]] == ["C-2022-0001"]
    assert post.look(lambda books: service_watch.read_report(books, "far"))["concerns"] == []
    listed = post.look(lambda books: service_watch.read_reports(books, None, None, 10))
    assert listed == []
    since = Instant(START - DAY_US)
    listed = post.look(lambda books: service_watch.read_reports(books, since, Instant(START + DAY_US), 10))
    assert {one["report_id"] for one in listed} == {"a", "far"}


def test_a_facility_is_read_as_it_was_and_what_each_version_changed() -> None:
    later = replace(SITE, special_sign="DISPLAYED", applies_from_at=Instant(START + DAY_US))
    post = Post(SITE, later)
    assert post.look(lambda books: service_watch.read_facility(books, "F-1"))["special_sign"] == "DISPLAYED"
    before = post.look(lambda books: service_watch.read_facility(books, "F-1", START))
    assert (before["special_sign"], before["versions"]) == ("NOT-KNOWN", 2)
    first, second = post.look(lambda books: service_watch.read_versions(books, "F-1"))
    assert first["changes"] == []
    assert any("sign" in change["field"] for change in second["changes"])
    for read in (service_watch.read_facility, service_watch.read_versions):
        with pytest.raises(LocalError, match="FACILITY-UNKNOWN"):
            post.look(lambda books, read=read: read(books, "F-9"))


def test_a_long_register_is_listed_out_of_its_view_in_the_order_of_entry() -> None:
    post = Post(SITE)
    post.batch("facility-batch", [site("F-9"), site("F-3")])
    listed = post.look(service_local.read_facilities)
    assert [one["facility_id"] for one in listed] == ["F-1", "F-9", "F-3"]
    whole = post.look(lambda books: service_watch.read_facility(books, "F-1"))
    assert all(listed[0][name] == whole[name] for name in listed[0])


# --- rules ------------------------------------------------------------------------------------------------------------


def test_what_other_rules_would_have_flagged_is_said_by_facility_and_day() -> None:
    post = Post(SITE, site("F-2", north_m=90_000))
    post.report(strike("a", north_m=4_500, uncertainty_m=100), strike("b", north_m=90_000, day=1))
    nearer = DEFAULT_RULES_TOML.replace(
        'within_m = { value = 5000, unit = "m", why = "the emergency',
        'within_m = { value = 4000, unit = "m", why = "the emergency',
    )
    found = post.look(lambda books: service_watch.what_if(books, nearer))
    assert (found["in_force"], found["both"]) == (DEFAULT_RULES.version, 1)
    assert found["only_in_force"] == [{"facility": "F-1", "day": "2022-11-20"}]
    assert found["only_other"] == []
    assert post.look(watch_state_untouched) == 2


def watch_state_untouched(books: Any) -> int:
    """Return how many concerns there are: a what-if changes none."""
    return len([one for one in ("F-1", "F-2") if watch_state.newest_concern(books.unit, one)])


def test_what_if_over_an_empty_past_says_so() -> None:
    found = Post().look(lambda books: service_watch.what_if(books, DEFAULT_RULES_TOML))
    assert (found["both"], found["only_other"], found["only_in_force"]) == (0, [], [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("x" * (service_watch.RULES_BYTES_MAX + 1), "RULES-SIZE"),
        ("not toml [", "RULES-FORM"),
        ("[rules.unheard]\non = true\n", "RULES-UNKNOWN"),
    ],
)
def test_rules_that_cannot_be_read_are_not_put_before_an_officer(text: str, code: str) -> None:
    post = Post()
    with pytest.raises(LocalError, match=code):
        post.look(lambda books: service_watch.prepare_rules(books, "eucom-release-1", text, "a reason"))


def test_the_rules_in_force_can_be_read() -> None:
    shown = Post().look(service_watch.read_rules_in_force)
    assert (shown["version"], shown["shipped"]) == (DEFAULT_RULES.version, True)
    assert shown["sentences"]
