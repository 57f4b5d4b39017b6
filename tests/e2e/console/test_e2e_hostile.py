"""What a hostile peer or source writes is text on every screen that shows it: seen as it is, marked, nothing more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pytest
from playwright.sync_api import expect

from builders.console_views import View, every_view

if TYPE_CHECKING:
    from builders.console_people import Person, Program
    from conftest import Floor

pytestmark = pytest.mark.browser

LONG: Final = 16_384
"""The longest text that a field carries; the wire allows no line of 100 kB."""

MARKUP: Final = (
    '<script>window.__pwned=1</script><img src=x onerror="window.__pwned=2"><svg/onload=window.__pwned=3>'
    '<a href="javascript:window.__pwned=4">look</a><iframe srcdoc="<script>parent.__pwned=5</script>"></iframe>'
    "<style>*{display:none}</style></textarea></title><base href=//evil.example/>{{7*7}}${7*7}"
)
HIDDEN: Final = "strike \u202eton\u202c now \u200bzero\u200d width \u2066isolated\u2069 \ufeffbom \u00adsoft"
LOOKS: Final = "Z\u0430porizhzhia p\u0430ypal \u0417\u0430po\u043bo\u0436\u044ce \U0001d400\U0001d401\U0001d402"
LINKS: Final = "javascript:alert(1) data:text/html,<script>alert(1)</script> https://evil.example/?q=1 //evil.example"
TEXT: Final = f"{MARKUP} {HIDDEN} {LOOKS} {LINKS}"
NAME: Final = '<img src=x onerror="window.__pwned=6">Z\u0430porizhzhia'
REFERENCE: Final = "<svg/onload=window.__pwned=7>"

FOUND: Final = """
() => {
  const main = document.body;
  const odd = [...main.querySelectorAll("iframe, object, embed, base, script:not([src]), a[href]")]
    .filter((one) => one.tagName !== "A" || !/^(#|\\/|https?:\\/\\/localhost)/.test(one.getAttribute("href") ?? ""))
    .map((one) => one.outerHTML.slice(0, 200));
  const images = [...main.querySelectorAll("img")].map((one) => one.outerHTML.slice(0, 200));
  const listens = (one) => [...one.attributes].some((attribute) => attribute.name.startsWith("on"));
  const handlers = [...main.querySelectorAll("*")].filter(listens).length;
  return { pwned: window.__pwned ?? null, odd: [...odd, ...images], handlers, hidden: getComputedStyle(main).display };
}
"""

CONTROLS: Final = r"/[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff\u00ad]/"
RAW: Final = f"""
() => {{
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  const judge = (where, text) => {CONTROLS}.test(text ?? "") && found.push(`${{where}}: ${{text.slice(0, 120)}}`);
  while (walker.nextNode()) {{
    const {{ data, parentElement }} = walker.currentNode;
    if (!parentElement.closest("textarea, script, style")) judge("text", data);
  }}
  for (const one of document.querySelectorAll("[aria-label], [title]"))
    for (const name of ["aria-label", "title"]) judge(name, one.getAttribute(name));
  judge("title of the page", document.title);
  return found;
}}
"""

CONCERN: Final[dict[str, Any]] = {
    "reply-by": "2090-01-01T00:00:00Z",
    "topic": "nuclear-safety",
    "facility-id": "UA-ZNPP",
    "place": "47.5122N 34.5858E",
    "attribution": "NO-ATTRIBUTION",
    "facility": [NAME, "en", "NUCLEAR-POWER-PLANT"],
    "activity": "SHELLING",
    "activity-window": ["2022-11-19T15:00:00Z", "2022-11-20T10:00:00Z"],
    "hazards": ["RELEASE-OF-RADIATION"],
    "requested-action": ["CEASE-FIRE-AT-PLACE"],
    "basis-of-knowledge": "INTERNATIONAL-MONITOR",
    "evidence-level": "CONFIRMED-BY-MONITOR",
    "legal-basis": ["AP-I-ARTICLE-56"],
    "case-reference": REFERENCE,
    "action-addressees": [NAME, "<b>everybody</b>"],
    "free-text": TEXT,
}


def _release(floor: Floor, values: dict[str, Any], precedence: str = "FLASH") -> Any:
    """NDMC releases a CONCERN of its own, checked by nobody who looked."""
    draft = floor.program("NDMC", "watch-1").act("message", form="CONCERN", precedence=precedence, values=values)["id"]
    checked = {"draft": draft, "passed": True}
    floor.program("NDMC", "linguist-1").act("check", kind="linguist", notes=TEXT[:200], **checked)
    floor.program("NDMC", "legal-1").act("check", kind="legal", law=["AP I Art. 56"], **checked)
    releaser = floor.program("NDMC", "release-1")
    prepared = releaser.ask("POST", "/v1/prepare/release", {"draft": draft})
    return releaser.submit({**prepared, "release": draft})


def _hostilities(floor: Floor) -> None:
    """Everything that comes from outside, through every way in: the line, receipts, reports, the register."""
    theirs, ours = floor.program("NDMC", "watch-1"), floor.program("EUCOM", "watch-1")
    theirs.test(TEXT)
    theirs.test("A" * LONG)
    theirs.act(
        "message",
        form="STOP",
        precedence="FLASH",
        values={
            "place": "47.5122N 34.5858E",
            "stop-reason": "PROTECTED-SITE-UNDER-FIRE",
            "facility": [NAME, "en", "NUCLEAR-POWER-PLANT"],
            "free-text": TEXT,
        },
        alone=True,
    )
    _release(floor, CONCERN)
    _release(floor, {**CONCERN, "free-text": "B" * (LONG - 100), "case-reference": "C-1"}, "IMMEDIATE")
    sent = ours.test("asked for a receipt", precedence="FLASH")
    theirs.until("messages", lambda all_: any(one["id"] == sent["id"] for one in all_))
    theirs.act("receipt", message=sent["id"], level=1, locale="en")
    theirs.act("receipt", message=sent["id"], level=3, command=NAME, how=MARKUP[:120])
    report = {
        "report_id": "HOSTILE-1",
        "kind": "EVENT",
        "interval": ["2022-11-19T16:00:00Z", "2022-11-20T10:00:00Z"],
        "place": "47.5122N 34.5858E",
        "uncertainty_m": 1000,
        "what": "UNKNOWN-EXPLOSIONS",
        "who_says": NAME,
        "source": "https://evil.example/<script>window.__pwned=8</script>",
        "text": TEXT,
        "language": "en",
        "grade": {"reliability": "A", "credibility": 2},
    }
    ours.act("report", **report)
    ours.until("messages", lambda all_: sum(one["direction"] == "in" for one in all_) >= 5)


def _views(floor: Floor, person: Person) -> list[View]:
    program: Program = floor.program("EUCOM", "every-1")
    numbers = [one["number"] for one in program.get("messages") if one["direction"] == "in"]
    own = [View(screen="messages", name=f"in:{number}") for number in numbers]
    papers = [View(screen="messages", name=f"in:{number}", query={"view": "paper", "in": "ru"}) for number in numbers]
    return [*every_view(person, program), *own, *papers, View(screen="messages", name="out:1")]


def test_hostile_text_is_inert_everywhere(floor: Floor) -> None:
    _hostilities(floor)
    person = floor.sit("EUCOM", "every-1")
    marked = 0
    for view in _views(floor, person):
        page = person.look(view.screen, view.name, **view.query)
        found = page.evaluate(FOUND)
        assert found["pwned"] is None, view.label
        assert (found["odd"], found["handlers"]) == ([], 0), view.label
        assert found["hidden"] != "none", view.label
        assert page.evaluate(RAW) == [], f"{view.label}: a control that nobody sees"
        marked += page.locator("main mark, .bar mark").count()
        wide = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{view.label} is {wide} px wider than its window"
    assert marked > 20, "hidden characters and look-alikes are marked where they stand"
    page = person.look("messages", "in:1")
    text = page.locator("main .inert.block").first
    expect(text).to_contain_text("<script>window.__pwned=1</script>")
    # The node shows a hidden character by its number, and the page marks words of two alphabets.
    expect(text).to_contain_text("strike [U+202E]ton[U+202C] now")
    expect(text.locator("mark.mixed").first).to_contain_text("Cyrillic")
    # The peer's text is isolated, so that nothing in it turns what stands after it.
    assert text.evaluate("one => getComputedStyle(one).unicodeBidi") in {"isolate", "plaintext", "isolate-override"}
    assert person.watchful.requests > 50
