"""Translations at a node: recorded by linguists, read by officers, and an alarm for whoever read what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.instants import Instant, rfc3339
from armslength.core.precedence import Precedence
from armslength.desk import drafting, translating, watching
from armslength.desk.desk import Desk
from armslength.desk.phrasing import approval_values
from armslength.desk.prepared import Prepared
from armslength.desk.rebuilding import rebuild
from armslength.desk.service_terms import LanguageDesk
from armslength.desk.service_translations import (
    MAKERS,
    check_terms,
    lint_text,
    read_concept,
    read_lint,
    read_rules,
    read_terms,
    read_translation,
    read_translation_terms,
    read_translations,
)
from armslength.language.translations import MACHINE_MARK
from armslength.line import fields
from builders import channel_books, local_acts, two_nodes
from builders.desks import Bell, Wire
from builders.three_nodes import alarms_of, by_officer
from builders.two_nodes import CONCERN_VALUES, LINGUIST, PRINCIPAL, RELEASER, START, WATCH, WATCH_2

if TYPE_CHECKING:
    from builders.two_nodes import Party, TwoNodes

TEXT = {fields.FREE_TEXT: "У района станции зафиксированы обстрелы. Просим прекратить огонь у водохранилища."}


@pytest.fixture(scope="module")
def base() -> TwoNodes:
    return two_nodes.opened()


@pytest.fixture
def two() -> TwoNodes:
    found = two_nodes.opened()
    found.ndmc.send(found.line, "CONCERN", {**CONCERN_VALUES, **TEXT, fields.LANGUAGE: "ru"})
    found.flush()
    return found


def record(party: Party, given: dict[str, Any], post: str = LINGUIST, kind: str = "translation") -> str:
    submit = translating.SUBMITS[kind]
    return by_officer(party, "record", lambda books: MAKERS[kind](books, party.officer(post), given), submit, post)


def stage(two: TwoNodes, name: str, text: str, **more: Any) -> str:
    return record(two.eucom, {"name": "in:1", "into": "en", "stage": name, "text": text, **more})


def read(two: TwoNodes, post: str, version: int | None = None) -> str:
    given = {"name": "in:1", "into": "en", "version": version}
    return record(two.eucom, given, post, "translation-read")


def shown(two: TwoNodes, name: str = "in:1") -> Any:
    with two.eucom.read() as books:
        return read_translation(books, name, {})


def rebuilt(two: TwoNodes) -> None:
    with two.eucom.write() as books:
        before = list(books.unit.dump_views())
        rebuild(books)
        assert list(books.unit.dump_views()) == before


def test_a_translation_goes_through_its_stages_beside_its_original(two: TwoNodes) -> None:
    assert shown(two)["translations"] == []
    two.time.pass_s(360)
    doubts = [{"quote": "shelling", "note": "may be strikes"}]
    assert stage(two, "SIGHT", "shelling near the station", doubts=doubts) == ""
    two.time.pass_s(1500)
    assert stage(two, "ROUGH", "Shelling near the station.", changes=False) == ""
    found = shown(two)
    assert found["original"] == [{"field": "free-text", "text": TEXT[fields.FREE_TEXT]}]
    (one,) = found["translations"]
    assert [version["stage"] for version in one["versions"]] == ["SIGHT", "ROUGH"]
    assert one["minutes"] == {"SIGHT": 6, "ROUGH": 31}
    assert one["versions"][0]["doubts"] == doubts
    with two.eucom.read() as books:
        assert read_translations(books, {"language": "en"})[0]["stage"] == "ROUGH"
        assert read_translations(books, {"owed": "true"}) == []
    rebuilt(two)


def test_a_change_of_meaning_alarms_every_reader_until_each_has_read(two: TwoNodes) -> None:
    stage(two, "SIGHT", "They will open fire.")
    assert read(two, WATCH) == ""
    assert read(two, PRINCIPAL) == ""
    assert stage(two, "ROUGH", "They ask to cease fire.", changes=True, changed="asks to cease, not to open") == ""
    rung = alarms_of(two.eucom, "TRANSLATION-CHANGED")
    assert len(rung) == 2
    assert all("(version 1) of in:1 (NDMC) in en; ROUGH" in detail for _, _, detail in rung)
    assert [two.eucom.officer(post) in rung[0][2] + rung[1][2] for post in (WATCH, PRINCIPAL)] == [True, True]
    mine = next(key for key, _, detail in rung if two.eucom.officer(WATCH) in detail.split(" ")[0])
    accept = watching.prepare_alarm_accepted
    with two.eucom.write() as books, pytest.raises(LocalError) as refused:
        accept(books, two.eucom.officer(WATCH_2), mine)
    assert refused.value.code == "TRANSLATION-UNREAD"
    assert [one["officer"] for one in shown(two)["translations"][0]["owed"]] == ["eucom-principal-1", "eucom-watch-1"]
    assert read(two, WATCH) == ""
    assert [one["officer"] for one in shown(two)["translations"][0]["owed"]] == ["eucom-principal-1"]
    with two.eucom.write() as books:
        accept(books, two.eucom.officer(WATCH_2), mine)
    rebuilt(two)


@pytest.mark.parametrize(
    ("case", "given", "code"),
    [
        ("nothing said of the meaning", {"stage": "ROUGH"}, "TRANSLATION-MEANING"),
        ("yes without what", {"stage": "ROUGH", "changes": True}, "TRANSLATION-MEANING"),
        ("back to an earlier stage", {"stage": "SIGHT", "changes": False}, "TRANSLATION-ORDER"),
        (
            "a machine draft as it is",
            {"stage": "OFFICIAL", "changes": False, "text": MACHINE_MARK},
            "TRANSLATION-MACHI",
        ),
        ("no such stage", {"stage": "FINAL", "changes": False}, "TRANSLATION-VALUE"),
        ("its own language", {"into": "ru", "stage": "SIGHT"}, "TRANSLATION-VALUE"),
        ("nothing there", {"name": "in:9"}, "TRANSLATION-SUBJECT-UNKNOWN"),
        ("no such call", {"name": "CL-2022-000009"}, "TRANSLATION-SUBJECT-UNKNOWN"),
        ("another's doubt", {"stage": "ROUGH", "changes": False, "doubts": [{"quote": "q", "note": "y"}]}, "TRANSLATI"),
        ("no text", {"stage": "ROUGH", "changes": False, "text": " "}, "TRANSLATION-VALUE"),
    ],
)
def test_what_a_linguist_cannot_record(two: TwoNodes, case: str, given: dict[str, Any], code: str) -> None:
    assert stage(two, "ROUGH", "a text") == ""
    wrong = {"name": "in:1", "into": "en", "stage": "ROUGH", "text": "another", **given}
    assert record(two.eucom, wrong).startswith(code), case


def test_only_a_linguist_records_and_the_clock_of_receipt_is_the_books(two: TwoNodes) -> None:
    with two.eucom.write() as books:
        made = translating.prepare_translation(
            books, two.eucom.officer(WATCH), {"name": "in:1", "into": "en", "stage": "SIGHT", "text": "x"}
        )
        wrong: tuple[tuple[dict[int, Any], str], ...] = (
            ({}, "ROLE-REFUSED"),
            ({31: 5}, "TRANSLATION-VALUE"),
            ({30: 7}, "TRANSLATION-MOVED"),
            ({26: (1,)}, "TRANSLATION-VALUE"),
            ({20: "X"}, "TRANSLATION-SUBJECT-UNKNOWN"),
        )
        for changed, code in wrong:
            post = WATCH if code == "ROLE-REFUSED" else LINGUIST
            mine = {**made.body, **changed, 5: two.eucom.officer(post)}
            signed = Prepared(type=made.type, line=b"", seed=made.seed, body=mine)
            with pytest.raises(LocalError) as refused:
                translating.SUBMITS["translation"](books, two.eucom.signed(signed, "record", post))
            assert refused.value.code == code
    assert read(two, WATCH).startswith("TRANSLATION-UNKNOWN")


def test_codes_need_no_linguist(base: TwoNodes) -> None:
    sent = base.eucom.send(base.line)
    with base.eucom.read() as books:
        found = read_translation(books, sent.hex(), {})
        assert (found["needs_linguist"], found["warning"]) == (False, None)
        assert "no linguist is needed" in found["note"]


def test_a_release_wants_a_back_translation_by_another_linguist(base: TwoNodes) -> None:
    party = base.eucom
    values = {**CONCERN_VALUES, fields.FREE_TEXT: "Fire fell near Kiev tonight. We ask for a reply."}
    with party.write() as books:
        prepared = drafting.prepare_message(
            books, books.line(base.line), party.officer(WATCH), "CONCERN", Precedence.IMMEDIATE, values
        )
        draft = drafting.submit_draft(books, party.signed(prepared, "draft", WATCH)).hex()
    with party.read() as books:
        found = read_lint(books, draft[:12], {})
    assert found["warning"].startswith("No back-translation by a second linguist")
    assert {one["code"] for one in found["findings"]} == {"NAME-FORM", "TIME-RELATIVE"}
    back = {"name": draft, "into": "ru", "stage": "BACK", "text": "Огонь упал", "changed": "tonight is lost"}
    assert record(party, back) == ""
    with party.read() as books:
        assert "does not agree: tonight is lost" in read_lint(books, draft, {})["warning"]
    assert record(party, {**back, "agrees": True, "changed": ""}) == ""
    with party.read() as books:
        assert read_lint(books, draft, {})["warning"] is None
    party.check(bytes.fromhex(draft), "linguist", LINGUIST, "linguist-check")
    assert record(party, {**back, "agrees": True, "changed": ""}).startswith("TRANSLATION-SECOND-LINGUIST")
    rule = {"names": "ru", "back_from": "never", "reason": "charter of 2022, article 4", "peer": "NDMC"}
    assert record(party, rule, kind="term") == ""
    with party.read() as books:
        found = read_lint(books, draft, {})
        assert [one["code"] for one in found["findings"]] == ["TIME-RELATIVE"]
        rows = {one["peer"]: one for one in read_rules(books, {})}
        assert (rows["NDMC"]["names"], rows[None]["names"]) == ("ru", "uk")
    assert record(party, {**rule, "names": "xx"}, kind="term").startswith("NAME-RULE")
    assert record(party, {**rule, "back_from": "SOON"}, kind="term").startswith("NAME-RULE")
    with party.write() as books:
        before = list(books.unit.dump_views())
        rebuild(books)
        assert list(books.unit.dump_views()) == before


def test_a_machine_draft_never_leaves(base: TwoNodes) -> None:
    values = {**CONCERN_VALUES, fields.FREE_TEXT: f"{MACHINE_MARK}\nx\n{MACHINE_MARK}"}
    with pytest.raises(LocalError) as refused:
        base.eucom.send(base.line, "CONCERN", values)
    assert refused.value.code == "TRANSLATION-MACHINE"


def test_a_machine_draft_does_not_leave_in_a_list_either(base: TwoNodes) -> None:
    with pytest.raises(LocalError) as refused:
        base.eucom.send(base.line, "CODEBOOK", {**approval_values(("en", MACHINE_MARK), 1, 1, yes=True)})
    assert refused.value.code == "TRANSLATION-MACHINE"


@pytest.mark.parametrize("kind", ["call", "contact"])
def test_what_was_said_is_translated_from_an_original_that_the_linguist_gives(kind: str) -> None:
    party = channel_books.founded()
    local_acts.record(party, "channel", {"document": channel_books.document(), "reason": "entered for a test"})
    given: dict[str, Any] = {"channel": "eucom-ndmc", "direction": "IN", "theirs": ["a voice"]}
    if kind == "contact":
        given = {"channel": "eucom-ndmc", "from": rfc3339(START), "outcome": "REACHED"}
    number = str(local_acts.record(party, kind, given, WATCH)[20])
    first = {"name": number, "into": "en", "stage": "SIGHT", "text": "We ask you to wait.", "source": "ru"}
    assert record(party, first).startswith("TRANSLATION-VALUE: field original")
    assert record(party, {**first, "original": "я" * 20_000}).startswith("TEXT-")
    late = {**first, "original": "Просим подождать.", "received_at": Instant(START + 86_400_000_000)}
    assert record(party, late).startswith("TRANSLATION-VALUE: field received")
    assert record(party, {**first, "original": "Просим подождать.", "received_at": START}) == ""
    rough = {**first, "stage": "ROUGH", "text": "Please wait 5 minutes.", "changes": True, "changed": "says how long"}
    assert record(party, {"name": number, "into": "en"}, WATCH, "translation-read") == ""
    assert record(party, rough) == ""
    with party.read() as books:
        found = read_translation(books, number, {})
        assert read_translation_terms(books, number, {}) == []
    assert (found["subject"], found["source_language"]) == (kind.upper(), "ru")
    assert found["original"] == [{"field": "original", "text": "Просим подождать."}]
    assert [one["stage"] for one in found["translations"][0]["versions"]] == ["SIGHT", "ROUGH"]
    assert [one["officer"] for one in found["translations"][0]["owed"]] == [party.officer(WATCH)]
    [(_, _, detail)] = alarms_of(party, "TRANSLATION-CHANGED")
    assert f"(version 1) of {number} in en; ROUGH" in detail
    with party.write() as books:
        before = list(books.unit.dump_views())
        rebuild(books)
        assert list(books.unit.dump_views()) == before


def test_the_site_s_own_terms_stand_over_the_shipped_ones(base: TwoNodes) -> None:
    party = base.eucom
    entry = {"concept": "dam", "language": "ru", "term": "гидроузел", "status": "preferred"}
    assert record(party, {"entries": [entry]}, kind="term") == ""
    assert record(party, {"entries": [{**entry, "status": "best"}]}, kind="term").startswith("TERM-VALUE")
    assert record(party, {"entries": []}, kind="term").startswith("TERM-VALUE")
    assert record(party, {"entries": [entry]}, RELEASER, kind="term").startswith("ROLE-REFUSED")
    with party.read() as books:
        held = {one["term"]: one["status"] for one in read_concept(books, "dam", {}) if one["language"] == "ru"}
        assert held == {"гидроузел": "preferred", "плотина": "admitted"}
        assert [one["term"] for one in read_terms(books, {"find": "hidroyzel"})] == ["гидроузел"]
        assert read_terms(books, {"find": "gidrouzel", "language": "ru"})[0]["own"]
        assert len(read_terms(books, {"own": "true"})) == 1
        assert read_terms(books, {"start": "1", "limit": "2"})[0]["concept"] == "deconfliction"
        pair = {"source": "the dam", "from": "en", "target": "плотина", "to": "ru"}
        assert [one["code"] for one in check_terms(books, pair)] == ["TERM-ADMITTED"]
        with pytest.raises(LocalError):
            read_concept(books, "no-such", {})
        with pytest.raises(LocalError):
            read_terms(books, {"limit": "x"})


def test_a_translation_is_held_against_the_terms(two: TwoNodes) -> None:
    stage(two, "SIGHT", "Shelling near the station. We ask for a cease-fire at the lake.")
    with two.eucom.read() as books:
        missing = {one["concept"] for one in read_translation_terms(books, "in:1", {})}
        assert missing == {"reservoir"}
        with pytest.raises(LocalError):
            read_translation_terms(books, "in:1", {"language": "uk"})
        assert lint_text(books, {"text": "Мы ответим сегодня"})[0]["code"] == "TIME-RELATIVE"


def test_a_machine_draft_is_asked_for_by_name(two: TwoNodes) -> None:
    class Echo:
        name = "echo"

        async def translate(self, text: str, source: str, target: str) -> str:
            return f"{source}-{target} {text[:9]}"

    import asyncio

    desk = Desk(
        realm=two.eucom.realm,
        store=two.eucom.store,
        keys=two.eucom.keys,
        clock=two.time,
        rng=two.eucom.rng,
        net=Wire(),
        notifier=Bell(),
    )
    place = LanguageDesk(desk, None, Echo())  # type: ignore[arg-type]  # no file is read
    assert asyncio.run(place.machine_draft({"name": "in:1", "to": "en"}))["text"] == "ru-en У района "
    with pytest.raises(LocalError):
        asyncio.run(place.machine_draft({"text": "x", "to": "en"}))
    with pytest.raises(LocalError):
        place.dry_run({"name": "x"})
