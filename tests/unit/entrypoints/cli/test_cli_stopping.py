"""STOP: one command, one person, every open line, any place; one line that refuses holds up no other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.entrypoints.cli import stopping
from armslength.entrypoints.cli.signing import Acting
from builders.cli_homes import command

if TYPE_CHECKING:
    from builders.cli_homes import Pair

ZNPP = "src/armslength/entrypoints/demo_data/znpp.json"


@pytest.fixture
def known(pair: Pair, request: pytest.FixtureRequest) -> Pair:
    pair.at(pair.eucom, "facility", "add", str(request.config.rootpath / ZNPP))
    return pair


@pytest.mark.parametrize("name", ["UA-ZNPP", "znpp", "ЗАЭС", "zaporizhzhia"])
def test_a_facility_is_known_by_its_id_or_a_name(known: Pair, name: str) -> None:
    (sent,) = known.at(known.eucom, "stop", name, "--reason", "our-forces-under-fire", "--json").json
    assert (sent["peer"], sent["number"]) == ("NDMC", 1)
    message = known.at(known.eucom, "message", "show", "out:1", "--json").json
    assert (message["form"], message["precedence"], message["officer"]) == ("STOP", "FLASH", "eucom-watch-1")
    assert message["fields"]["facility-id"] == "UA-ZNPP"
    assert message["fields"]["stop-reason"] == "OUR-FORCES-UNDER-FIRE"
    assert message["fields"]["place"]["degrees"] == "47.5122N 34.5858E"


@pytest.mark.parametrize("place", ["36TXT1940363304", "47.5122 34.5858", "47.5122N 34.5858E"])
def test_any_place_will_do(pair: Pair, place: str) -> None:
    out = pair.at(pair.eucom, "stop", "--at", place, "--lines", "ndmc").out
    assert "NDMC: STOP released, number 1; not delivered yet: do not report as sent.\n" in out


def test_a_reason_mistyped_holds_nothing_up(pair: Pair) -> None:
    said = pair.at(pair.eucom, "stop", "--at", "47.5122N 34.5858E", "--reason", "shelling", "--json")
    assert said.json[0]["number"] == 1
    assert "The reason is left out, it is none of: PROTECTED-SITE-UNDER-FIRE" in said.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "STOP-WHERE"),
        (("UA-ZNPP", "--at", "47.5 34.5"), "STOP-WHERE"),
        (("no-such-place",), "STOP-WHERE"),
        (("--at", "47.5122N 34.5858E", "--lines", "NOBODY"), "LINE-NOT-FOUND"),
    ],
    ids=str,
)
def test_where_it_is_not_clear_where_nothing_is_sent(known: Pair, words: tuple[str, ...], code: str) -> None:
    said = command("stop", *words, "--home", str(known.eucom))
    assert (said.status, said.err.split(":")[0]) == (2, code)


def test_a_place_that_cannot_be_read_is_told_for_the_line(pair: Pair) -> None:
    said = command("stop", "--at", "somewhere", "--home", str(pair.eucom))
    assert said.status == 2
    assert "NDMC: NOT RELEASED. PLACE-FORMAT: " in said.out


def test_one_line_that_refuses_holds_up_no_other(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    prepare = Acting.prepare

    def refusing(desk: Acting, kind: str, officer: str, **given: Any) -> Any:
        if given["line"] == "broken":
            raise LocalError("LINE-NOT-READY", peer="OTHER")
        return prepare(desk, kind, officer, **given)

    def two(desk: Acting, _named: object) -> Any:
        return [{"peer": "OTHER", "line": "broken"}, *desk.client.read("lines")]

    monkeypatch.setattr(Acting, "prepare", refusing)
    monkeypatch.setattr(stopping, "_lines", two)
    said = command("stop", "--at", "47.5122N 34.5858E", "--json", "--home", str(pair.eucom))
    assert said.status == 2
    assert [(one["peer"], one.get("code"), one.get("number")) for one in said.json] == [
        ("OTHER", "LINE-NOT-READY", None),
        ("NDMC", None, 1),
    ]
