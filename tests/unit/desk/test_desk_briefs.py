"""The brief: what is open, who owes what until when, what happened; and one page, with what does not fit counted."""

from __future__ import annotations

from typing import Any

import pytest

from armslength.adapters.print_typst import TypstPrinter
from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from armslength.desk import briefs, cards, clockwork, owed, printing, searching, service_cases
from armslength.entrypoints.api import cases as shapes
from armslength.line import fields
from builders import two_nodes
from builders.local_acts import record
from builders.two_nodes import CONCERN_VALUES, Level, TwoNodes

CASE = "CASE-2022-000001"


@pytest.fixture
def two() -> TwoNodes:
    made = two_nodes.opened()
    record(made.eucom, "case", {"title": "The plant", "reason": "several reports"})
    return made


def sent(two: TwoNodes) -> str:
    values = {**CONCERN_VALUES, fields.CASE_REFERENCE: CASE, fields.FREE_TEXT: "We ask you to examine it."}
    found = two.eucom.send(two.line, values=values)
    two.flush()
    return found.hex()


def brief(two: TwoNodes, **query: str) -> Any:
    with two.eucom.read() as books:
        found = briefs.read_brief(books, query)
    shapes.Brief.model_validate(found)
    return found


def test_it_says_what_is_owed_by_whom_until_when(two: TwoNodes) -> None:
    message = sent(two)
    owing = brief(two)["receipts"]
    assert {(one["message"], one["owed_by"], one["overdue"]) for one in owing} == {(message, "NDMC", False)}
    assert [one["receipt"] for one in owing] == sorted(one["receipt"] for one in owing)
    two.ndmc.receipt(bytes.fromhex(message), Level.READ)
    two.flush()
    assert "R1" not in {one["receipt"] for one in brief(two)["receipts"]}
    two.time.pass_s(86_400)
    with two.eucom.write() as books:
        clockwork.tick(books)
    late = brief(two)
    assert late["receipts"] == [] or all(one["overdue"] for one in late["receipts"])
    assert "RECEIPT-OVERDUE" in {one["kind"] for one in late["alarms"]}
    with two.ndmc.read() as books:
        assert {one["owed_by"] for one in owed.receipts_owed(books)} <= {"NDMC"}


def test_it_says_what_happened_and_since_when(two: TwoNodes) -> None:
    record(two.eucom, "log", {"text": "the first watch was quiet"})
    two.time.pass_s(13 * 3600)
    record(two.eucom, "log", {"text": "the second was not"})
    found = brief(two)
    assert [one["title"] for one in found["happened"]] == ["the second was not"]
    assert (found["counts"], found["happened_in_all"]) == ({"log": 1}, 1)
    assert "the first watch was quiet" in [one["title"] for one in brief(two, since="2022-11-20")["happened"]]
    assert [one["case"] for one in found["cases"]] == [CASE]


def test_what_does_not_fit_the_page_is_counted(two: TwoNodes) -> None:
    for number in range(60):
        record(two.eucom, "log", {"text": f"line {number}"})
    with two.eucom.read() as books:
        sheet = service_cases.SHEETS["brief"](books, "", {})
    assert (sheet.one_page, sheet.title) == (True, "Shift brief")
    tables = [one for one in sheet.parts if isinstance(one, printing.Table)]
    assert max(len(one.rows) for one in tables) <= max(briefs.ROWS.values())
    headings = [one.text for one in sheet.parts if isinstance(one, printing.Heading)]
    found = brief(two)
    more = found["happened_in_all"] - briefs.ROWS["happened"]
    assert f"What happened, the newest first, and {more} more" in headings
    assert "Open concerns, the highest rank first: none" in headings
    assert found["happened_in_all"] >= 60


LONG = "Запоріжжя, the longest line that a case or an alarm may have and that goes on for some time " * 8
AT = "2022-11-20T10:00:00Z"
OWED = {"form": "CONCERN", "number": "out:9", "owed_by": "NDMC"}
FULL = {
    "happened": [{"at": AT, "kind": "contact", "title": LONG}] * 48,
    "happened_in_all": 400,
    "alarms": [{"raised_at": AT, "kind": "CASE-CONTRADICTION", "detail": LONG}] * 50,
    "receipts": [
        {"until": AT, "overdue": True, "receipt": "R1", "form": "CONCERN", "number": "out:9", "owed_by": "NDMC"}
    ]
    * 50,
    "concerns": [{"id": "C-2022-0001", "facility": "UA-ZNPP", "status": "CORROBORATED", "rank": 80}] * 50,
    "cases": [{"case": CASE, "title": LONG, "contradictions": 3, "unassessed": 2}] * 50,
    "deadlines": [{"first_at": AT, "what": "line check", "count": 1_000, "names": ["eucom-ndmc"] * 5}] * 10,
    "line_checks": [{"channel": "eucom-ndmc", "result": "ANSWERED", "count": 3}] * 20,
}


def pages(parts: list[printing.Part]) -> int:
    sheet = printing.Sheet(
        title="Sheet",
        subtitle=LONG[: cards.ROW_CHARS],
        realm=Realm.EXERCISE,
        made_at=two_nodes.START,
        one_page=True,
        parts=tuple(parts),
    )
    return len(TypstPrinter().pictures(sheet, 20))


def test_a_full_brief_and_a_full_card_are_one_page_each(monkeypatch: pytest.MonkeyPatch) -> None:
    assert pages(briefs.parts(FULL)) == 1
    told = {"title": LONG, **{part: [LONG] * 50 for part, _ in cards.PARTS}}
    monkeypatch.setattr(cards, "read_card", lambda _books, _name: told)
    time = two_nodes.Time()
    party = two_nodes.Party(code="EUCOM", time=time)
    party.found()
    with party.read() as books:
        sheet = cards.sheet(books, CASE, {})
    assert pages(list(sheet.parts)) == 1
    headings = [one.text for one in sheet.parts if isinstance(one, printing.Heading)]
    assert "What is NOT known, and 46 more" in headings


def test_the_log_pages_to_its_end_without_a_gap(two: TwoNodes) -> None:
    for number in range(7):
        two.time.pass_s(1)
        record(two.eucom, "log", {"text": f"line {number}"})
    lines: list[Any] = []
    before = None
    with two.eucom.read() as books:
        while True:
            page = searching.read_log(books, {"limit": "3", "before": before, "kind": "log"})
            shapes.LogPage.model_validate(page)
            lines += page["lines"]
            before = page["before"]
            if before is None:
                break
    assert [one["title"] for one in lines] == [f"line {number}" for number in range(6, -1, -1)]
    with two.eucom.read() as books, pytest.raises(LocalError, match="SEARCH-QUERY"):
        searching.read_log(books, {"before": "yesterday"})


# --- the card ---------------------------------------------------------------------------------------------------------


def card(two: TwoNodes, name: str, *, theirs: bool = False) -> Any:
    with (two.ndmc if theirs else two.eucom).read() as books:
        found = cards.read_card(books, name)
    shapes.Card.model_validate(found)
    return found


def test_the_card_of_a_message_says_what_is_asked_by_when_and_what_nobody_knows(two: TwoNodes) -> None:
    message = sent(two)
    ours = card(two, message[:12])
    assert ours["said"][0] == "We ask you to examine it."
    assert ours["asked"] == ["CEASE-FIRE-AT-PLACE", "EXAMINE-AND-ANSWER"]
    assert ours["by_when"][0] == "answer asked for by 2022-11-20T15:00Z"
    assert "whether an officer read it (R1)" in ours["not_known"]
    assert ours["not_known"][-1] == "what was done: no receipt says that"
    assert ours["options"] == []
    theirs = card(two, message, theirs=True)
    assert theirs["options"] != []
    assert "receipt" not in " ".join(theirs["not_known"])


def test_the_card_of_a_case_has_its_decisions_and_its_contradictions(two: TwoNodes) -> None:
    sent(two)
    for source, answer in (("A", "yes"), ("B", "no")):
        told = {"source": source, "question": "happened", "answer": [answer], "says": "as said"}
        record(two.eucom, "case-step", {"case": CASE, "step": "account", **told})
    given = {"options": ["wait", "ask again"], "chosen": "wait", "reason": "the time has not passed"}
    record(two.eucom, "decision", {"what": "What next", "information": "one concern", "case": CASE, **given})
    found = card(two, CASE)
    assert found["options"] == ["wait", "ask again"]
    assert "What next: wait, because the time has not passed" in found["decided"][0]
    assert found["not_known"][0].startswith("account 1 and account 2: Did it happen?")
    assert found["asked"] == ["CEASE-FIRE-AT-PLACE", "EXAMINE-AND-ANSWER"]
    assert any("We ask you to examine it." in line for line in found["said"])
    with two.eucom.read() as books:
        sheet = service_cases.SHEETS["card"](books, CASE, {})
    headings = [one.text for one in sheet.parts if isinstance(one, printing.Heading)]
    assert [one.partition(", and ")[0] for one in headings] == [heading for _, heading in cards.PARTS]


@pytest.mark.parametrize(("name", "code"), [("CASE-2022-000009", "CASE-UNKNOWN"), ("ffffffffff", "MESSAGE-UNKNOWN")])
def test_a_card_of_nothing(two: TwoNodes, name: str, code: str) -> None:
    with pytest.raises(LocalError, match=code):
        card(two, name)
