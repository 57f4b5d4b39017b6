"""What the journal says of who sat at the console, and that a rebuild says the same."""

from __future__ import annotations

import pytest

from armslength.core.instants import MINUTE_US, Instant
from armslength.desk import rebuilding, sign_ins
from armslength.desk.sessions import Session
from armslength.desk.sign_ins import EVERY_US, OFFICERS_MAX, OUTCOMES, Refused, note_session, read_sign_ins
from builders.two_nodes import DAY, START, strangers

SESSION = Session(
    id=b"s" * 8,
    token_hash=b"h" * 32,
    officer="eucom-watch-1",
    method="passkey",
    key_id=b"k" * 16,
    post="desk 3",
    signed_in_at=START,
    used_at=START,
)


def test_an_entry_says_who_how_and_where_and_holds_nothing_that_opens_a_session() -> None:
    eucom = strangers().eucom
    with eucom.write() as books:
        index = note_session(books, "signed-in", SESSION)
        content = books.unit.content(index)
    assert content is not None
    assert SESSION.token_hash not in content[1]
    with eucom.read() as books:
        found = read_sign_ins(books, START, Instant(START + DAY))
    assert found == [
        {
            "index": index,
            "at": "2022-11-20T11:00:00Z",
            "outcome": "signed-in",
            "officer": "eucom-watch-1",
            "method": "passkey",
            "key": (b"k" * 16).hex(),
            "post": "desk 3",
            "session": (b"s" * 8).hex(),
            "count": 1,
            "because": "",
            "since": None,
            "officers": [],
        }
    ]


def test_a_rebuild_gives_the_same_rows() -> None:
    eucom = strangers().eucom
    refused = Refused()
    refused.add("eucom-watch-1", "passkey", START)
    fields = refused.take(START)
    assert fields is not None
    with eucom.write() as books:
        for outcome in OUTCOMES:
            if outcome != "refused":
                note_session(books, outcome, SESSION, because="idle", since=START)
        books.note(sign_ins.KIND, sign_ins.KIND, fields)
    with eucom.read() as books:
        before = (read_sign_ins(books, START, Instant(START + DAY)), list(books.unit.dump_views()))
    with eucom.write() as books:
        rebuilding.rebuild(books)
    with eucom.read() as books:
        assert (read_sign_ins(books, START, Instant(START + DAY)), list(books.unit.dump_views())) == before
    assert {row["outcome"] for row in before[0]} == set(OUTCOMES)


def test_only_the_span_that_was_asked_for() -> None:
    eucom = strangers().eucom
    with eucom.write() as books:
        note_session(books, "signed-in", SESSION)
    with eucom.read() as books:
        assert read_sign_ins(books, Instant(START + 1), Instant(START + DAY)) == []
        assert read_sign_ins(books, Instant(START - DAY), START) == []
        assert len(read_sign_ins(books, START, Instant(START + 1))) == 1


def test_refused_attempts_make_at_most_one_entry_a_minute() -> None:
    refused, written = Refused(), []
    for second in range(600):
        now = Instant(START + second * 1_000_000)
        refused.add("eucom-watch-1", "file-key", now)
        fields = refused.take(now)
        if fields is not None:
            written.append(fields)
    assert len(written) == 10
    assert [one[26] for one in written] == [1, *[60] * 9]
    assert refused.due_in(Instant(START + 600 * 1_000_000)) == 0
    assert written[1][28] == START + 1_000_000


@pytest.mark.parametrize(
    ("attempts", "officer", "method", "officers"),
    [
        ([("a", "passkey")], "a", "passkey", (("a", 1),)),
        ([("a", "passkey"), ("a", "file-key")], "a", None, (("a", 2),)),
        ([("a", "passkey"), ("b", "passkey"), ("b", "passkey")], None, "passkey", (("b", 2), ("a", 1))),
        ([(None, "passkey")], None, "passkey", ()),
        ([("a", "passkey"), (None, "passkey")], None, "passkey", (("a", 1),)),
    ],
)
def test_an_entry_of_refused_attempts_names_whom_all_of_them_named(
    attempts: list[tuple[str | None, str]], officer: str | None, method: str | None, officers: tuple[object, ...]
) -> None:
    refused = Refused()
    for name, how in attempts:
        refused.add(name, how, START)
    fields = refused.take(START)
    assert fields is not None
    assert (fields[21], fields[22], fields[29], fields[26]) == (officer, method, officers, len(attempts))


def test_an_entry_is_bounded_whatever_was_tried() -> None:
    refused = Refused()
    for number in range(500):
        refused.add(f"eucom-{number}", "passkey", START)
    fields = refused.take(START)
    assert fields is not None
    assert (len(fields[29]), fields[26]) == (OFFICERS_MAX, 500)  # type: ignore[arg-type]  # a tuple


def test_a_clock_set_back_does_not_silence_it() -> None:
    refused = Refused()
    refused.add(None, "passkey", START)
    assert refused.take(START) is not None
    assert refused.due_in(START) is None
    refused.add(None, "passkey", START)
    assert refused.due_in(Instant(START + MINUTE_US // 2)) == EVERY_US / 2_000_000
    assert refused.take(Instant(START - DAY)) is not None
