"""Who sees what, two at once, and the whole of it without a pointer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from builders.console_people import wait
from builders.console_words import like
from builders.live_node import CONCERN_VALUES

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page, Response, Route

    from builders.console_people import Person
    from conftest import Floor

pytestmark = pytest.mark.browser

POSTS = ("watch-1", "linguist-1", "legal-1", "release-1", "principal-1", "spokesperson-1", "auditor-1", "custodian-1")
OK, FORBIDDEN, CONFLICT = 200, 403, 409
TABS_MAX = 80
"""Presses of Tab to anything on a screen of today; a bound, so that a missing control fails in words."""


def _visited(person: Person, screen: str) -> list[tuple[int, str]]:
    """Open a screen by its address; return what the node answered below /v1/ while it loaded."""
    answers: list[tuple[int, str]] = []

    def heard(response: Response) -> None:
        if "/v1/" in response.url:
            answers.append((response.status, response.url.removeprefix(person.address)))

    person.page.on("response", heard)
    try:
        person.look(screen)
    finally:
        person.page.remove_listener("response", heard)
    return answers


@pytest.mark.parametrize("post", POSTS)
def test_roles_see_what_they_may(played: Floor, post: str) -> None:
    """What the menu offers is refused nothing; what it does not offer says so in words and shows nothing."""
    person = played.sit("EUCOM", post)
    menu = person.menu()
    every = played.sit("EUCOM", "every-1").menu()
    assert menu, "every officer has a first screen"
    refused = {screen: [one for one in _visited(person, screen) if one[0] >= 400] for screen in menu}
    assert {screen: found for screen, found in refused.items() if found} == {}
    for screen in [one for one in every if one not in menu]:
        answers = _visited(person, screen)
        main = person.page.locator("main")
        expect(main.locator("h1").first).to_be_visible()
        if any(status == FORBIDDEN for status, _ in answers):
            expect(main.get_by_role("alert").first).to_be_visible()
        assert not person.page.locator("main").get_by_role("row").filter(has=person.page.locator("a")).count(), screen


def _focus(page: Page, role: str, name: str | re.Pattern[str]) -> None:
    """Press Tab until a control has the focus, and look whether a person can see that."""
    wanted = page.get_by_role(role, name=name).first  # type: ignore[arg-type]  # a role by its name
    wanted.wait_for()
    for _ in range(TABS_MAX):
        page.keyboard.press("Tab")
        if wanted.evaluate("one => one === document.activeElement"):
            outline = wanted.evaluate("one => getComputedStyle(one).outlineStyle")
            assert outline != "none", f"{name}: the focus is not seen"
            return
    raise AssertionError(f"{name} is not reached by Tab")


def test_keyboard_alone(floor: Floor) -> None:
    """Sign in, read a message, R1 with its receipt at the other side, and a line in the log: no pointer anywhere."""
    sent = floor.program("NDMC", "watch-1").stop()
    watch = floor.sit("EUCOM", "watch-1", sign=False)
    page = watch.page
    _focus(page, "combobox", "Officer")
    page.keyboard.type("eucom-watch-1")
    _focus(page, "button", re.compile("^Sign in"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="The floor")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("m")
    expect(page.get_by_role("heading", level=1, name="Messages")).to_be_focused()
    _focus(page, "link", f"in {sent['number']}, STOP, FLASH")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name=f"Message in {sent['number']}")).to_be_focused()
    page.keyboard.press("r")
    expect(page.get_by_text("Opening it is not R1")).to_have_count(0)
    theirs = floor.program("NDMC", "watch-1")
    theirs.until("messages", lambda all_: any(one["id"] == sent["id"] and "R1" in one["receipts"] for one in all_))
    page.keyboard.press("F2")
    expect(page.get_by_label("What happened")).to_be_focused()
    page.keyboard.type("STOP read; operations rung at once")
    page.keyboard.press("Enter")
    expect(page.locator("dialog[open]")).to_have_count(0)
    floor.program("EUCOM", "watch-1").until("log", lambda found: "operations rung at once" in str(found))


def _together(people: list[Person], press: Callable[[Person], None]) -> list[int]:
    """Let everybody act, hold what they submit until all have signed, and let it go; return how each was answered."""
    held: list[Route] = []
    answers: dict[str, int] = {}

    def answered(person: Person) -> Callable[[Response], None]:
        def heard(response: Response) -> None:
            if response.url.endswith("/v1/submit"):
                answers[person.officer] = response.status

        return heard

    for person in people:
        person.page.route("**/v1/submit", lambda route: held.append(route))  # noqa: PLW0108 - a method of C is no handler
        person.page.on("response", answered(person))
        with person.page.expect_request("**/v1/submit"):
            press(person)
    wait(people[-1].page, lambda: len(held) == len(people))
    for route in held:
        route.continue_()
    wait(people[-1].page, lambda: len(answers) == len(people))
    for person in people:
        person.page.unroute("**/v1/submit")
    return [answers[person.officer] for person in people]


def test_two_officers_act_on_one_message_at_once(floor: Floor) -> None:
    """Both have signed before either is heard: one effect, and the other is told in words."""
    theirs, auditor = floor.program("NDMC", "watch-1"), floor.program("EUCOM", "auditor-1")
    ours = floor.program("EUCOM", "watch-1")
    for alarm in ours.get("alarms"):
        ours.act("alarm-accepted", alarm=alarm["id"])
    sent = theirs.stop()
    given = [one["kind"] for one in auditor.get("entries")].count("receipt-out")
    two = [floor.sit("EUCOM", "watch-1"), floor.sit("EUCOM", "watch-2")]
    button = re.compile("^R1: I have read it")
    for person in two:
        person.go("messages", f"in:{sent['number']}")
        expect(person.page.get_by_role("button", name=button)).to_be_visible()
    answers = _together(two, lambda person: person.page.get_by_role("button", name=button).click())
    assert min(answers) == OK
    assert max(answers) >= CONFLICT, "the second one is not entered"
    loser = two[answers.index(max(answers))]
    expect(loser.page.locator("main .problem")).to_contain_text(re.compile(r"[a-z]{3,} [a-z]{2,}"))
    for person in two:
        expect(person.page.get_by_text("Opening it is not R1")).to_have_count(0)
    theirs.until("messages", lambda all_: any(one["id"] == sent["id"] and "R1" in one["receipts"] for one in all_))
    assert [one["kind"] for one in auditor.get("entries")].count("receipt-out") == given + 1

    # The same with an alarm: accepted once, by one of them; the other sees that it is.
    before = [one["kind"] for one in auditor.get("entries")].count("alarm-accepted")
    for person in two:
        expect(person.page.locator('.bar .top[data-kind="STOP-RECEIVED"]')).to_be_visible()
    accept = ".bar .top .acts button"
    _together(two, lambda person: person.page.locator(accept).filter(has_text="Accept").click())
    for person in two:
        expect(person.page.locator('.bar [data-kind="STOP-RECEIVED"]')).to_have_count(0)
    assert [one["kind"] for one in auditor.get("entries")].count("alarm-accepted") == before + 1


def test_two_officers_release_one_draft_at_once(floor: Floor) -> None:
    """It leaves once, under one number; the other releaser is told who sent it."""
    draft = str(
        floor.program("EUCOM", "watch-1").act(
            "message", form="CONCERN", precedence="IMMEDIATE", values={**CONCERN_VALUES, "free-text": "For a test."}
        )["id"]
    )
    floor.program("EUCOM", "linguist-1").act("check", draft=draft, kind="linguist", passed=True, notes="Checked.")
    floor.program("EUCOM", "legal-1").act("check", draft=draft, kind="legal", passed=True, law=["AP I Art. 56"])
    two = [floor.sit("EUCOM", "release-1"), floor.sit("EUCOM", "principal-1")]
    for person in two:
        page = person.go("release", draft)
        page.locator("main").get_by_role("button", name=like("release-button")).click()
        expect(page.locator("dialog[open] footer button.primary")).to_be_enabled()
    answers = _together(two, lambda person: person.page.locator("dialog[open] footer button.primary").click())
    assert min(answers) == OK
    assert max(answers) >= CONFLICT
    loser, winner = two[answers.index(max(answers))], two[answers.index(OK)]
    expect(winner.page.locator("main").get_by_text(like("compose-released-as")).first).to_be_visible()
    expect(loser.page.locator("main").get_by_text(like("release-already"))).to_be_visible()
    sent = [one for one in floor.program("EUCOM", "watch-1").get("messages") if one["form"] == "CONCERN"]
    assert len(sent) == 1
