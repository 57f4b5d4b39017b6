"""The rules of docs/spec/versions.md: what a node does with what a later version wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from vectorfile import read_all

from armslength.adapters.format_fluent import load_renderer
from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.core.record import parse_item
from armslength.desk import service_read, views
from armslength.line.receipts import Level
from builders import two_nodes
from builders.hostile import Hostile

if TYPE_CHECKING:
    from builders.two_nodes import TwoNodes

CASES = read_all(Path(__file__).parents[2] / "vectors")
LATER_FIELD = 199
IMMEDIATE = Precedence.IMMEDIATE


def received(**changes: Any) -> tuple[TwoNodes, bytes]:
    """NDMC after a concern with body fields changed as named (_20 ...), and the message's envelope hash."""
    two = two_nodes.opened()
    hostile = Hostile(two.eucom, two.line)
    body = hostile.concern_body(IMMEDIATE) | {int(name[1:]): value for name, value in changes.items()}
    item = hostile.message(body)
    outcome = two.ndmc.receive(two.line, two.eucom.seal(two.line, [item]))
    assert [error.code for error in outcome.refused] == []
    assert len(outcome.replies) == 1
    return two, item.envelope_hash


def shown(two: TwoNodes, message: bytes) -> str:
    body = two.ndmc.body(message)
    with two.ndmc.read() as books:
        row = views.row(books.unit, views.MESSAGES, message)
        assert row is not None
        return service_read.render_message(books, load_renderer(), books.line(two.line), row, body, "en").text


def alarms(two: TwoNodes) -> list[str]:
    with two.ndmc.read() as books:
        return [row[1] for _, row in views.rows(books.unit, views.ALARMS)]


@pytest.mark.parametrize("name", ["record/profile", "transport/profile", "manifest/profile", "charter/profile"])
def test_an_unknown_profile_version_is_refused_everywhere_by_one_code(name: str) -> None:
    (case,) = [case for case in CASES if case.name == name]
    assert case.expect == "RECORD-PROFILE"


def test_an_unknown_field_is_carried_with_its_bytes_and_counted() -> None:
    two, message = received(**{f"_{LATER_FIELD}": ("later", 1)})
    index = two.ndmc.row(message)[4]
    with two.ndmc.read() as books:
        content = books.unit.content(index)
    assert content is not None
    assert parse_item(content[1]).body[LATER_FIELD] == ("later", 1)
    assert "does not know" in shown(two, message)
    assert "VERSION" not in alarms(two)


@pytest.mark.parametrize("changes", [{"_20": "TRUCE"}, {"_21": 2}])
def test_an_unknown_form_or_version_is_receipted_shown_as_numbered_fields_and_rings(changes: dict[str, Any]) -> None:
    two, message = received(**changes, **{f"_{LATER_FIELD}": "later"})
    assert two.ndmc.row(message)[11] == "ACCEPTED"
    text = shown(two, message)
    assert "199" in text
    assert "later" in text
    assert "VERSION" in alarms(two)


def test_nobody_has_understood_an_unknown_form() -> None:
    two, message = received(_21=2)
    two.ndmc.receipt(message, Level.READ)
    with pytest.raises(LocalError, match="RECEIPT-INCOMPLETE"):
        two.ndmc.receipt(message, Level.UNDERSTOOD)


def test_a_hello_says_which_versions_a_node_takes() -> None:
    two = two_nodes.opened()
    (hello,) = two.eucom.hello(two.line)
    assert hello.body[28] == (1,)
