"""The codebook at two nodes: drafts until both parties approve, marked in an exercise, refused on a real line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.precedence import Precedence
from armslength.core.realm import Realm
from armslength.desk import drafting, phrasing, projection_codebook, views
from armslength.desk.phrase_values import phrases_from_json
from armslength.desk.rebuilding import rebuild
from armslength.desk.service_codebook import MAKERS, MESSAGES, read_codebook
from armslength.language.codebook_table import DIGEST, ENTRIES, FIRST, LAST, VERSION
from armslength.line import fields
from armslength.line.receipts import Level
from builders import two_nodes
from builders.three_nodes import alarms_of, by_officer
from builders.two_nodes import LINGUIST, RELEASER, WATCH

if TYPE_CHECKING:
    from armslength.core.cbor import CborValue
    from builders.two_nodes import Party, TwoNodes


@pytest.fixture
def two() -> TwoNodes:
    return two_nodes.opened()


def record(party: Party, kind: str, given: dict[str, Any], post: str = LINGUIST) -> str:
    officer = party.officer(post)
    return by_officer(party, "record", lambda books: MAKERS[kind](books, officer, given), phrasing.submit, post)


def sign(party: Party, first: str = "001", last: str | None = None, **more: Any) -> str:
    given = {"what": "SIGN", "languages": ["en", "ru"], "first": first, "last": last or first, **more}
    return record(party, "codebook-sign", given)


def filled(two: TwoNodes, party: Party, kind: str, given: dict[str, Any], post: str) -> bytes:
    form, values_of = MESSAGES[kind](given)
    with party.read() as books:
        values = values_of(books, books.line(two.line))
    return sent(two, party, form, values, post)


def sent(two: TwoNodes, party: Party, form: str, values: dict[int, CborValue], post: str) -> bytes:
    with party.write() as books:
        line = books.line(two.line)
        prepared = drafting.prepare_message(books, line, party.officer(post), form, Precedence.PRIORITY, values)
        draft = drafting.submit_draft(books, party.signed(prepared, "draft", post))
    with party.write() as books:
        found = drafting.release_draft(books, draft, party.act(prepared, "release", RELEASER))
    two.flush()
    assert two.refused == []
    return found


def approve(two: TwoNodes, party: Party, first: str, last: str, **more: Any) -> bytes:
    return filled(two, party, "codebook-approval", {"first": first, "last": last, **more}, LINGUIST)


def approved_by_both(two: TwoNodes, first: str = "010", last: str = "019") -> None:
    for party in (two.eucom, two.ndmc):
        assert record(party, "codebook", {}) == ""
        assert sign(party, first, last) == ""
        approve(two, party, first, last)


def drafts(two: TwoNodes, party: Party, *numbers: int) -> tuple[int, ...]:
    with party.read() as books:
        return phrasing.drafts(books, books.line(two.line), numbers)


def test_entries_are_drafts_until_linguists_of_both_sides_have_said_yes(two: TwoNodes) -> None:
    assert drafts(two, two.eucom, 10, 11) == (10, 11)
    assert sign(two.eucom).startswith("CODEBOOK-NOT-ADOPTED")
    assert record(two.eucom, "codebook", {}) == ""
    assert record(two.eucom, "codebook", {}).startswith("CODEBOOK-ADOPTED")
    assert sign(two.eucom, "010", "019", languages=["en"]) == ""
    with pytest.raises(LocalError, match=r"CODEBOOK-UNSIGNED.*010"):
        approve(two, two.eucom, "010", "019")
    assert sign(two.eucom, "010", "019", languages=["ru"], native=True) == ""
    approve(two, two.eucom, "010", "019")
    assert drafts(two, two.eucom, 10, 11) == (10, 11)
    assert record(two.ndmc, "codebook", {}) == ""
    assert sign(two.ndmc, "010", "012") == ""
    approve(two, two.ndmc, "010", "012")
    assert drafts(two, two.eucom, 10, 11, 13) == (13,)
    assert drafts(two, two.ndmc, 10, 11, 13) == (13,)
    with two.eucom.read() as books:
        line = read_codebook(books)["lines"][0]
    assert (line["approved_by_us"], line["approved_by_them"], line["drafts"]) == (10, 3, len(ENTRIES) - 3)


def test_an_exercise_carries_drafts_marked_and_both_read_the_same_numbers(two: TwoNodes) -> None:
    given = {"phrases": [[10], [11, 5]]}
    sent_hash = filled(two, two.eucom, "phrase", given, WATCH)
    body = two.ndmc.body(sent_hash)
    assert body[101] is True
    with two.eucom.read() as books:
        line = books.line(two.line)
        officer = two.eucom.officer(WATCH)
        with pytest.raises(LocalError, match="CODE-DRAFT-MARK"):
            drafting.prepare_message(
                books, line, officer, "PHRASE", Precedence.PRIORITY, {100: phrases_from_json([[10]])}
            )
    approved_by_both(two)
    assert 101 not in two.ndmc.body(filled(two, two.eucom, "phrase", given, WATCH))
    with two.eucom.read() as books, pytest.raises(LocalError, match=r"CODE-DRAFT-MARK.*no DRAFT"):
        drafting.prepare_message(
            books, line, officer, "PHRASE", Precedence.PRIORITY, {100: phrases_from_json([[10]]), 101: True}
        )


def test_a_real_line_carries_no_draft() -> None:
    real = two_nodes.opened(realm=Realm.REAL)
    with pytest.raises(LocalError, match=r"CODE-DRAFT\b.*010, 011"):
        filled(real, real.eucom, "phrase", {"phrases": [[10], [11, 5]]}, WATCH)
    approved_by_both(real)
    assert 101 not in real.ndmc.body(filled(real, real.eucom, "phrase", {"phrases": [[10], [11, 5]]}, WATCH))
    with pytest.raises(LocalError, match=r"CODE-DRAFT\b.*020"):
        filled(real, real.eucom, "phrase", {"phrases": [[10], [20, "47.5N 34.5E", "2022-11-21T12:00:00Z"]]}, WATCH)


def test_free_text_is_refused(two: TwoNodes) -> None:
    values = {100: phrases_from_json([[10]]), 101: True, fields.FREE_TEXT: "and more"}
    with two.eucom.read() as books, pytest.raises(LocalError, match="PHRASE-FREE-TEXT"):
        drafting.prepare_message(
            books, books.line(two.line), two.eucom.officer(WATCH), "PHRASE", Precedence.PRIORITY, values
        )


UNREADABLE: tuple[tuple[CborValue, ...], ...] = (
    (2, "0badcafe", ((10,),)),
    (VERSION, DIGEST.hex()[:8], ((999,),)),
    (VERSION, DIGEST.hex()[:8], ((11, "x"),)),
)


def test_what_cannot_be_read_here_rings_and_is_not_confirmed_as_understood(
    two: TwoNodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place, phrases in enumerate(UNREADABLE, start=1):
        with monkeypatch.context() as newer:
            # The sender's program is another version, which checks by its own table.
            newer.setattr(phrasing, "check_draft", lambda *_: None)
            found = sent(two, two.eucom, "PHRASE", {100: phrases}, WATCH)
        assert len(alarms_of(two.ndmc, "VERSION")) == place
        two.ndmc.receipt(found, Level.READ)
        with pytest.raises(LocalError, match=r"CODEBOOK-UNKNOWN|CODE-UNKNOWN|CODE-ARGUMENTS"):
            two.ndmc.receipt(found, Level.UNDERSTOOD)


def test_phrases_of_our_version_are_understood_and_answered(two: TwoNodes) -> None:
    found = filled(two, two.eucom, "phrase", {"phrases": [[10]]}, WATCH)
    assert alarms_of(two.ndmc, "VERSION") == []
    two.ndmc.receipt(found, Level.READ)
    two.ndmc.receipt(found, Level.UNDERSTOOD)
    answer = filled(two, two.ndmc, "phrase", {"phrases": [[11, 5]], "answers": found.hex()}, WATCH)
    assert two.eucom.body(answer)[fields.ANSWERS] == found


def test_an_approval_taken_back_or_replaced_makes_drafts_again(two: TwoNodes) -> None:
    approved_by_both(two)
    assert drafts(two, two.eucom, 10) == ()
    approve(two, two.ndmc, "010", "010", approved=False)
    assert drafts(two, two.eucom, 10, 11) == (10,)
    given = approve(two, two.ndmc, "010", "010")
    assert drafts(two, two.eucom, 10) == ()
    sent(two, two.ndmc, "CODEBOOK", {fields.RELATION: ("recalls", given)}, LINGUIST)
    assert drafts(two, two.eucom, 10, 11) == (10,)


def test_a_peer_that_approves_without_end_fills_no_row(two: TwoNodes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(projection_codebook, "APPROVALS_MAX", 3)
    monkeypatch.setattr(projection_codebook, "_VERSIONS_MAX", 2)
    approved_by_both(two)
    for number in ("011", "012", "013"):
        approve(two, two.ndmc, number, number)
    with two.eucom.write() as books:
        row = views.row(books.unit, views.CODEBOOKS, projection_codebook.party_key(1, "NDMC"))
        assert row is not None
        assert len(row[1]) == 3
        # What fell out first is a draft again; nothing became approved by it.
        assert phrasing.approved(books, "NDMC", ("en", "ru")) == {11, 12, 13}
    later = {**phrasing.approval_values(("en",), 1, 1, yes=False), 100: 2}
    monkeypatch.setattr(phrasing, "_check_approval", lambda _books, _body: None)
    sent(two, two.ndmc, "CODEBOOK", later, LINGUIST)
    with two.eucom.write() as books:
        assert views.row(books.unit, views.CODEBOOKS, projection_codebook.party_key(2, "NDMC")) is None


def test_signatures_taken_back_make_drafts_again(two: TwoNodes) -> None:
    approved_by_both(two)
    withdrawn = {"what": "WITHDRAW", "languages": ["ru"], "first": "010", "note": "another meaning"}
    assert record(two.eucom, "codebook-sign", withdrawn) == ""
    assert drafts(two, two.eucom, 10, 11) == (10,)
    with two.eucom.read() as books:
        assert 10 not in phrasing.signatures(books, "ru")
        assert [one.officer for one in phrasing.signatures(books, "en")[10]] == [two.eucom.officer(LINGUIST)]


WRONG: tuple[dict[str, Any], ...] = (
    {"what": "LIKE"},
    {"what": "REVIEW"},
    {"languages": []},
    {"languages": ["de"]},
    {"languages": ["en", "en"]},
    {"first": "019", "last": "010"},
    {"first": "000"},
    {"first": "001", "last": "999"},
)
FORGED: tuple[tuple[int, CborValue], ...] = (
    *((20, 2), (21, bytes(32)), (22, 5), (23, "en"), (24, "1"), (25, None), (26, 1), (27, 5), (23, (1,)), (24, True)),
)


def test_a_record_with_a_wrong_value_is_refused_and_judged_again_when_it_comes_back(two: TwoNodes) -> None:
    assert record(two.eucom, "codebook", {}) == ""
    for change in WRONG:
        given = {"what": "SIGN", "languages": ["en"], "first": "010", **change}
        assert record(two.eucom, "codebook-sign", given).startswith("CODEBOOK-VALUE"), change
    for number, value in FORGED:
        with two.eucom.write() as books:
            prepared = phrasing.prepare_step(books, two.eucom.officer(LINGUIST), "SIGN", ("en",), 10, 12)
            prepared.body[number] = value  # type: ignore[index]  # as an officer's program could
            with pytest.raises(LocalError, match="CODEBOOK-VALUE"):
                phrasing.submit(books, two.eucom.signed(prepared, "record", LINGUIST))


def test_only_a_linguist_signs(two: TwoNodes) -> None:
    assert record(two.eucom, "codebook", {}, WATCH).startswith("ROLE-REFUSED")


def test_a_rebuild_gives_the_same_rows(two: TwoNodes) -> None:
    approved_by_both(two)
    with two.eucom.read() as books:
        before = list(books.unit.scan(views.CODEBOOKS))
    assert len(before) == 5
    with two.eucom.write() as books:
        rebuild(books)
        assert list(books.unit.scan(views.CODEBOOKS)) == before


def test_languages_are_those_of_both_ends(two: TwoNodes) -> None:
    with two.eucom.read() as books:
        assert phrasing.languages_of(books, books.line(two.line)) == ("en", "ru")
        assert phrasing.check_range(FIRST, LAST) == (FIRST, LAST)
