"""Writing a message over the API: words in each language, both texts, what is wrong, and nothing stored by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from armslength.desk import service_read
from armslength.entrypoints.api import composing as shapes
from armslength.line.forms import FORMS
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

CONCERN: dict[str, Any] = {
    "facility-id": "UA-ZNPP",
    "facility": ["Zaporizhzhia Nuclear Power Plant", "en", "NUCLEAR-POWER-PLANT"],
    "place": "47.5122N 34.5858E",
    "activity": "SHELLING",
    "activity-window": ["2022-11-19T16:00:00Z", "2022-11-20T10:00:00Z"],
    "hazards": ["LOSS-OF-POWER"],
    "requested-action": ["PASS-TO-COMMAND"],
    "basis-of-knowledge": "INTERNATIONAL-MONITOR",
    "evidence-level": "ONE-SOURCE",
    "legal-basis": ["AP-I-ARTICLE-56"],
    "attribution": "NO-ATTRIBUTION",
    "reply-by": "2030-11-20T12:00:00Z",
    "free-text": "Explosions near the plant.",
}


def of(shape: Any, value: Any) -> Any:
    TypeAdapter(shape).validate_python(value)
    return value


def test_each_code_has_words_in_each_language(home: Path) -> None:
    async def case(live: Live) -> None:
        words = {}
        for locale in ("en", "ru", "uk"):
            found = of(shapes.Vocabularies, await live.ask("watch-1", "GET", f"/v1/vocabularies?locale={locale}"))
            assert [one["code"] for one in found["forms"]] == list(FORMS)
            tables = {one["name"]: {row["code"]: row["text"] for row in one["codes"]} for one in found["vocabularies"]}
            labels = {one["name"]: one for one in found["fields"]}
            assert labels["activity"]["vocabulary"] == "ACTIVITY"
            assert labels["pillars"]["grades"] == "PILLAR_STATUS"
            words[locale] = tables["ACTIVITY"]["SHELLING"]
        assert len(set(words.values())) == 3

    run_live(home, case)


def test_a_message_in_hand_is_shown_in_both_languages_with_what_its_release_needs(home: Path) -> None:
    async def case(live: Live) -> None:
        given = {"form": "CONCERN", "values": CONCERN}
        found = of(shapes.Preview, await live.ask("watch-1", "POST", "/v1/previews", given))
        assert found["problems"] == []
        assert [(one["whose"], one["party"], one["locale"]) for one in found["texts"]] == [
            ("us", "EUCOM", "en"),
            ("them", "NDMC", "ru"),
        ]
        assert "Explosions near the plant." in found["texts"][1]["text"]
        assert found["needs"] == ["legal", "linguist", "second person"]
        assert (found["words"], found["words_max"]) == (4, 200)
        assert found["fields"]["place"]["mgrs"].startswith("36T")
        assert live.node.service.look(service_read.read_drafts) == []

    run_live(home, case)


def test_what_does_not_fit_is_named_by_its_field_and_the_rest_is_shown(home: Path) -> None:
    async def case(live: Live) -> None:
        values = {"place": "here", "activity": "SHELLING", "hazards": "LOSS-OF-POWER", "free-text": "word " * 201}
        found = of(
            shapes.Preview, await live.ask("watch-1", "POST", "/v1/previews", {"form": "CONCERN", "values": values})
        )
        wrong = {one["field"]: one["code"] for one in found["problems"]}
        assert wrong["place"].startswith("PLACE-")
        assert (wrong["hazards"], wrong["reply-by"]) == ("MALFORMED", "MISSING")
        assert "artillery shelling" in found["texts"][0]["text"]
        assert found["words"] == 201

    run_live(home, case)


def test_what_the_line_refuses_is_said_once_every_field_fits(home: Path) -> None:
    async def case(live: Live) -> None:
        values = {"service-code": "TIME-CHECK", "agreement": "none such"}
        codes = await _codes_of_service(live)
        values["service-code"] = codes[0]
        found = of(
            shapes.Preview, await live.ask("watch-1", "POST", "/v1/previews", {"form": "SERVICE", "values": values})
        )
        (problem,) = found["problems"]
        assert problem["field"] is None
        assert problem["sentence"]

    run_live(home, case)


async def _codes_of_service(live: Live) -> list[str]:
    forms = await live.ask("watch-1", "GET", "/v1/forms")
    service = next(one for one in forms if one["code"] == "SERVICE")
    return next(list(field["codes"]) for field in service["fields"] if field["name"] == "service-code")


def test_a_draft_is_read_in_both_languages_and_released_once(home: Path) -> None:
    async def case(live: Live) -> None:
        prepared = await live.ask("watch-1", "POST", "/v1/prepare/message", {"form": "CONCERN", "values": CONCERN})
        (draft,) = (await live.ask("watch-1", "POST", "/v1/submit", live.submission(prepared)))["results"]
        found = of(shapes.DraftTexts, await live.ask("legal-1", "GET", f"/v1/drafts/{draft['id']}/texts"))
        assert [one["locale"] for one in found["texts"]] == ["en", "ru"]
        assert found["texts"][0]["text"] != found["texts"][1]["text"]

    run_live(home, case)
