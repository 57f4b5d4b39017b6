"""axe-core finds nothing on any screen, in any of the three languages and four palettes.

All rules run once a language and screen; colours do not depend on words, so in the other palettes only contrast is
looked at again, in each language too, since longer words wrap onto other grounds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from builders.console_views import LANGUAGES, PALETTES, every_view

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Floor

pytestmark = pytest.mark.browser

AXE: Final = Path(__file__).parents[3] / "console" / "node_modules" / "axe-core" / "axe.min.js"

RUN: Final = """
async (rules) => {
  const options = { resultTypes: ["violations"], ...(rules ? { runOnly: { type: "rule", values: rules } } : {}) };
  const found = await axe.run(document, options);
  const why = (node, one) => (node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? one.help;
  return found.violations.flatMap((one) =>
    one.nodes.slice(0, 5).map((node) => `${one.id} (${one.impact}): ${node.target.join(" ")} | ${why(node, one)}`));
}
"""


def _violations(page: Page, rules: list[str] | None = None) -> list[str]:
    return list(page.evaluate(RUN, rules))


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe(played: Floor, language: str) -> None:
    person = played.sit("EUCOM", "every-1", language=language)
    page = person.page
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = {}
    for view in every_view(person, played.program("EUCOM", "every-1")):
        person.look(view.screen, view.name, **view.query)
        for palette in PALETTES:
            page.evaluate("palette => { document.documentElement.dataset.palette = palette; }", palette)
            seen = _violations(page, None if palette == PALETTES[0] else ["color-contrast"])
            if seen:
                found[f"{view.label} {palette}"] = seen
    assert not found, json.dumps(found, indent=1, ensure_ascii=False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_before_and_beside_the_screens(played: Floor, language: str) -> None:
    """Sign-in, the locked console, and the dialogs that open on every screen."""
    person = played.sit("EUCOM", "watch-1", language=language, sign=False)
    page = person.page
    page.locator("form").first.wait_for()
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = {"sign-in": _everywhere(page)}
    page.locator("button[type=submit]").first.click()
    page.locator("nav").first.wait_for()
    for key in ("F8", "F2", "?"):
        page.keyboard.press(key)
        page.locator("dialog[open]").wait_for()
        found[key] = _everywhere(page)
        page.keyboard.press("Escape")
        page.locator("dialog[open]").wait_for(state="hidden")
    page.locator("details.me summary").click()
    found["menu"] = _everywhere(page)
    page.keyboard.press("F4")
    page.locator(".lock").wait_for()
    found["locked"] = _everywhere(page)
    seen = {where: violations for where, violations in found.items() if violations}
    assert not seen, json.dumps(seen, indent=1, ensure_ascii=False)


def _everywhere(page: Page) -> list[str]:
    seen = _violations(page)
    for palette in PALETTES:
        page.evaluate("palette => { document.documentElement.dataset.palette = palette; }", palette)
        seen += [f"{palette}: {one}" for one in _violations(page, ["color-contrast"])]
    return seen
