"""The linguist's place over the API: each answer in its shape, and each word to who may have it."""

from __future__ import annotations

import sys
from base64 import b64encode
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import TypeAdapter

from armslength.entrypoints.api import translations as shapes
from armslength.node import Home
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

STAGE = {"name": "in:1", "into": "ru", "stage": "SIGHT", "text": "Проверка", "source": "en"}
MT = "import json,sys; print(json.load(sys.stdin)['to'])"


def of(shape: Any, value: Any) -> Any:
    TypeAdapter(shape).validate_python(value)
    return value


def test_a_translation_is_recorded_read_and_listed_in_its_shapes(home: Path) -> None:
    async def case(live: Live) -> None:
        async def does(post: str, kind: str, given: dict[str, Any]) -> None:
            prepared = await live.ask(post, "POST", f"/v1/prepare/{kind}", given)
            await live.ask(post, "POST", "/v1/submit", live.submission(prepared))

        doubts = [{"quote": "Проверка", "note": "which test"}]
        await does("linguist-1", "translation", {**STAGE, "doubts": doubts})
        await does("watch-1", "translation-read", {"name": "in:1", "into": "ru"})
        changed = {"stage": "ROUGH", "changes": True, "changed": "no test"}
        await does("linguist-1", "translation", {**STAGE, **changed})
        (row,) = of(list[shapes.TranslationRow], await live.ask("watch-1", "GET", "/v1/translations?owed=true"))
        assert row["owed"] == [{"officer": "eucom-watch-1", "version": 2}]
        found = of(shapes.SideBySide, await live.ask("watch-1", "GET", "/v1/translations/in:1"))
        assert found["translations"][0]["versions"][0]["doubts"] == doubts
        of(list[shapes.TermCheck], await live.ask("watch-1", "GET", "/v1/term-checks/in:1?language=ru"))
        of(shapes.Lint, await live.ask("watch-1", "GET", "/v1/drafting-checks/in:1"))
        alarms = await live.ask("watch-1", "GET", "/v1/alarms")
        assert [one["kind"] for one in alarms].count("TRANSLATION-CHANGED") == 1

    run_live(home, case)


def test_terms_and_checks_in_their_shapes(home: Path) -> None:
    async def case(live: Live) -> None:
        data = b64encode(b"concept,language,term\nweir,en,weir\nweir,ru,\n").decode()
        file = {"name": "terms.csv", "data": data}
        read = of(shapes.TermFileRead, await live.ask("linguist-1", "POST", "/v1/dry-run/terms", file))
        assert (read["to_enter"], read["refused_count"]) == (1, 1)
        entries = [{name: value for name, value in one.items() if name != "own"} for one in read["entries"]]
        prepared = await live.ask("linguist-1", "POST", "/v1/prepare/term", {"entries": entries, "file": "terms.csv"})
        await live.ask("linguist-1", "POST", "/v1/submit", live.submission(prepared))
        found, *_ = of(list[shapes.TermRow], await live.ask("watch-1", "GET", "/v1/terms?find=weir"))
        assert found["own"]
        of(list[shapes.TermRow], await live.ask("watch-1", "GET", "/v1/terms/dam"))
        of(list[shapes.NameRuleRow], await live.ask("watch-1", "GET", "/v1/name-rules"))
        pair = {"source": "the dam", "from": "en", "target": "дамба", "to": "ru"}
        (missing,) = of(list[shapes.TermCheck], await live.ask("watch-1", "POST", "/v1/term-checks", pair))
        assert missing["preferred"] == "плотина"
        text = {"text": "Near Kiev at 10:30"}
        findings = of(list[shapes.FindingRow], await live.ask("watch-1", "POST", "/v1/drafting-checks", text))
        assert [one["code"] for one in findings] == ["NAME-FORM", "TIME-ZONE"]

    run_live(home, case)


def test_a_machine_draft_comes_marked_and_is_kept_nowhere(home: Path) -> None:
    at = Home(home)
    at.write_settings(replace(at.settings(), translate_command=(sys.executable, "-I", "-c", MT)))

    async def case(live: Live) -> None:
        asked = {"name": "in:1", "to": "ru"}
        found = of(shapes.MachineDraft, await live.ask("linguist-1", "POST", "/v1/machine-drafts", asked))
        assert found["text"] == f"{found['mark']}\nru\n{found['mark']}"
        assert await live.ask("linguist-1", "GET", "/v1/translations") == []

    run_live(home, case)


@pytest.mark.parametrize(
    ("post", "method", "path", "body", "status"),
    [
        ("watch-1", "POST", "/v1/prepare/translation", STAGE, 403),
        ("watch-1", "POST", "/v1/machine-drafts", {"name": "in:1", "to": "ru"}, 403),
        ("custodian-1", "GET", "/v1/translations/in:1", None, 403),
        ("linguist-1", "POST", "/v1/prepare/translation", {**STAGE, "stage": "FINAL"}, 422),
        ("linguist-1", "POST", "/v1/prepare/translation", {**STAGE, "name": "in:77"}, 404),
        ("linguist-1", "GET", "/v1/terms/no-such-concept", None, 404),
        ("linguist-1", "POST", "/v1/machine-drafts", {"name": "in:1", "to": "ru"}, 409),
    ],
)
def test_who_may_not_and_what_cannot_be_is_refused(
    home: Path, post: str, method: str, path: str, body: dict[str, object] | None, status: int
) -> None:
    async def case(live: Live) -> None:
        async with live.client(post) as client:
            answer = await client.request(method, path, json=body)
        assert answer.status_code == status, answer.text

    run_live(home, case)
