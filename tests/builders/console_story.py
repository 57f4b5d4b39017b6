"""Scenario S1 as officers do it at their consoles, one function a person's step; every act is that person's own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from playwright.sync_api import expect

from builders.console_words import like, word

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from builders.console_people import Person

REPORT: Final = "IAEA-2022-11-20"
SAID: Final = (
    "Strong explosions near and on the site on the evening of 19 November and on the morning of 20 November 2022, more "
    "than a dozen within about 40 minutes. Nobody hurt, radiation normal, off-site power intact. Nobody is named."
)
CONCERN_TEXT: Final = (
    "CONSTRUCTED FOR A TEST. Explosions near and on the site put its safety at risk. We name no party."
)
REPLY_TEXT: Final = "СОСТАВЛЕНО ДЛЯ ПРОВЕРКИ. Наши подразделения по станции не стреляли."
READ_BACK: Final = "36TXT1940063300"
COMMAND: Final = "Duty general, Joint Grouping (constructed)"


def button(page: Page | Locator, name: str) -> Locator:
    """Return a button by the id of its words."""
    return page.get_by_role("button", name=like(name))


def labelled(where: Page | Locator, name: str) -> Locator:
    """Return a field by the id of its label; a star behind it says that it is needed."""
    return where.get_by_label(re.compile(rf"^{re.escape(word(name))}\s*\*?$"))


def enter_report(watch: Person) -> None:
    """The watch officer enters the IAEA's report by hand."""
    page = watch.go("register", view="reports", report="new")
    main = page.locator("main")
    labelled(main, "register-report-kind").select_option("EVENT")
    labelled(main, "register-report-activity").select_option("UNKNOWN-EXPLOSIONS")
    labelled(main, "register-report-from").fill("2022-11-19T16:00")
    labelled(main, "register-report-until").fill("2022-11-20T10:00")
    labelled(main, "register-report-text").fill(SAID)
    labelled(main, "register-report-language").fill("en")
    labelled(main, "register-place").fill("47.5122N 34.5858E")
    labelled(main, "register-report-located").select_option("SITE")
    labelled(main, "register-report-doubt").fill("1000")
    labelled(main, "register-report-says").fill("IAEA, from its experts at the plant")
    labelled(main, "register-source").fill("IAEA statement of 20 November 2022, in our own words")
    labelled(main, "register-report-reliability").select_option("A")
    labelled(main, "register-report-credibility").select_option("2")
    labelled(main, "register-id").fill(REPORT)
    button(main, "register-report-sign").click()
    watch.sign()


def pursue(watch: Person) -> str:
    """He sees the concern that was flagged, opens it, and decides; returns its id."""
    page = watch.go("concerns")
    page.locator("main tbody a").first.click()
    page.locator("main .choice").first.wait_for()
    concern = page.evaluate("() => decodeURIComponent(location.hash.split('/')[2].split('?')[0])")
    main = page.locator("main")
    main.get_by_role("radio", name=word("concerns-do-pursue")).check()
    labelled(main.get_by_role("region", name=word("concerns-decide"), exact=True), "concerns-reason").fill(
        "Nuclear safety: both sides have reason to prevent it."
    )
    button(main, "concerns-sign").click()
    watch.sign()
    return str(concern)


def draft_concern(watch: Person, concern: str) -> str:
    """He drafts the CONCERN out of its evidence; returns the draft's id."""
    page = watch.go("compose", form="CONCERN", concern=concern)
    main = page.locator("main")
    expect(main.locator('[data-field="place"] input')).not_to_have_value("")
    main.locator('[data-field="reply-by"] button').nth(1).click()
    main.locator('[data-field="free-text"] textarea').fill(CONCERN_TEXT)
    button(main, "compose-draft").click()
    watch.sign()
    return opened(watch, "release")


def opened(person: Person, screen: str) -> str:
    """Wait for a screen to be opened upon one thing; return its name."""
    person.page.wait_for_function("screen => location.hash.startsWith(`#/${screen}/`)", arg=screen)
    return str(person.page.evaluate("() => decodeURIComponent(location.hash.split('/')[2].split('?')[0])"))


def check_language(linguist: Person, draft: str) -> None:
    """The linguist passes the text."""
    page = linguist.go("release", draft)
    button(page, "release-pass-linguist").click()
    linguist.sign()
    expect(page.get_by_text(word("release-passed")).first).to_be_visible()


def tick_law(legal: Person, draft: str, law: str = "AP I Art. 56", *, needed: bool = True) -> None:
    """The legal adviser cites the law and signs the three sentences; not every form needs that."""
    page = legal.look("release", draft)
    if not needed and not page.get_by_text(word("release-need-legal")).count():
        return
    field = page.get_by_label(word("release-law"), exact=True)
    field.wait_for()
    if not field.input_value():
        field.fill(law)
    for sentence in ("release-law-cited", "release-nothing-excluded", "release-no-intelligence"):
        page.get_by_label(word(sentence)).check()
    button(page, "release-pass-legal").click()
    legal.sign()
    expect(page.get_by_text(word("release-passed")).first).to_be_visible()


def send(releaser: Person, draft: str) -> int:
    """A second person releases it; returns the number that it got."""
    page = releaser.go("release", draft)
    page.locator("main").get_by_role("button", name=like("release-button")).click()
    releaser.sign()
    said = page.get_by_text(like("compose-released-as")).first
    expect(said).to_contain_text("number")
    page.wait_for_function("() => /number \\d+/.test(document.querySelector('main').innerText)")
    return int("".join(letter for letter in said.inner_text() if letter.isdigit()))


def receipts(watch: Person) -> None:
    """R1, R2 with the place read back, R3 to a named command: three acts of the officer on watch."""
    page = watch.page
    say = page.get_by_role("region", name=word("messages-say"), exact=True)
    say.get_by_role("button", name=word("messages-say-R1")).click()
    expect(page.get_by_text(word("messages-opened-is-not-read"))).to_have_count(0)
    labelled(say, "messages-place-back").fill(READ_BACK)
    say.get_by_role("button", name=word("messages-say-R2")).click()
    watch.sign()
    labelled(say, "messages-command").fill(COMMAND)
    labelled(say, "messages-how").fill("by telephone")
    say.get_by_role("button", name=word("messages-say-R3")).click()
    watch.sign()
    expect(say.get_by_role("button", name=word("messages-say-R3"))).to_have_count(0)


def draft_reply(watch: Person) -> str:
    """He drafts the answer in words, `not ours`; its R4 goes with its release. Returns the draft's id."""
    page = watch.page
    labelled(page, "messages-verb").select_option("not-ours")
    page.get_by_role("link", name=word("messages-reply")).click()
    main = page.locator("main")
    expect(main.locator('[data-field="verb"] select')).to_have_value("not-ours")
    main.locator('[data-field="reason"] select').select_option("OTHER-PARTY-RESPONSIBLE")
    main.locator('[data-field="free-text"] textarea').fill(REPLY_TEXT)
    button(main, "compose-draft").click()
    watch.sign()
    return opened(watch, "release")
