"""Search and the running log, as the faces ask for them: pages out of one index that readers keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.channels.plain import span_of
from armslength.core.errors import LocalError
from armslength.core.instants import rfc3339
from armslength.desk import booking, case_changes, entry_words, policy
from armslength.desk.case_reading import page_of
from armslength.desk.search_index import ALIKE, BEGINS, EXACT, Query, SearchIndex, terms_of
from armslength.desk.service_read import when

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from threading import RLock

    from armslength.core.instants import Instant
    from armslength.desk.books import Books
    from armslength.desk.entry_words import Said

Json = dict[str, Any]

PAGE_MAX: Final = 200
"""Lines of one answer."""

OFFSET_MAX: Final = 10_000
"""How far one pages; whoever has read so many narrows the question."""

_HOW: Final = {EXACT: "as typed", BEGINS: "begins so", ALIKE: "another spelling"}

WORDS: Final = tuple(sorted({word for word, _ in entry_words.WORDS.values()}))
"""What people call the kinds of entries."""


def index_of(books: Books) -> tuple[SearchIndex, RLock]:
    """Return the index and the lock under which it is brought up to date and asked.

    It has a lock of its own: its first reading of a long journal keeps nobody else waiting.
    """
    index = books.kept.of(SearchIndex)
    return index, index.lock


def readable(roles: Iterable[str] | None) -> frozenset[str]:
    """Return the kinds of entries that somebody in these roles may read; None, the home's own command, all."""
    if roles is None:
        return entry_words.KINDS
    held = frozenset(roles)
    return frozenset(kind for kind, (_, read) in entry_words.WORDS.items() if policy.READS[read] & held)


def warm(books: Books) -> None:
    """Read all entries into the index, ahead of the first question."""
    index, lock = index_of(books)
    with lock:
        index.update(books.unit)


def search(books: Books, query: Mapping[str, Any]) -> Json:
    """Return what is found: ``q``, and kind, since, until, case, channel, limit, offset; ``roles`` of the caller.

    Raises:
        LocalError: SEARCH-QUERY, TIME-... codes.
    """
    text = str(query.get("q") or "")
    asked = _asked(books, query, terms_of(text))
    if not asked.terms and not (asked.word or asked.case or asked.channel):
        raise LocalError("SEARCH-QUERY", expected="a word, a kind, a case or a channel", got=text or "nothing")
    limit, offset = page_of(query, PAGE_MAX), _offset(query)
    index, lock = index_of(books)
    with lock:
        index.update(books.unit)
        page, entries = index.find(asked, limit, offset), len(index)
    return {
        "query": text,
        "found": page.found,
        "entries": entries,
        "hits": [{**said_json(hit.said), "how": _HOW[hit.how]} for hit in page.hits],
    }


def _offset(query: Mapping[str, Any]) -> int:
    asked = str(query.get("offset") or "0")
    if not asked.isdecimal() or not asked.isascii() or int(asked) > OFFSET_MAX:
        raise LocalError("SEARCH-QUERY", expected=f"an offset of at most {OFFSET_MAX}", got=asked)
    return int(asked)


def _asked(books: Books, query: Mapping[str, Any], terms: tuple[tuple[str, ...], ...]) -> Query:
    word, case = str(query.get("kind") or "").lower(), str(query.get("case") or "").upper()
    if word and word not in WORDS:
        raise LocalError("SEARCH-QUERY", expected=", ".join(WORDS), got=word)
    channel = str(query.get("channel") or "").lower()
    if case and case_changes.held(books.unit, case) is None:
        raise LocalError("CASE-UNKNOWN", asked=case)
    if channel:
        # A channel that is none has no contacts either: that nothing was found would be believed.
        booking.channel(books, channel)
    roles = query.get("roles")
    return Query(
        terms=terms,
        word=word,
        since=_time(query, "since", 0),
        until=_time(query, "until", 1),
        case=case,
        entries=frozenset(one.entry for one in case_changes.links(books.unit, case)) if case else frozenset(),
        channel=channel,
        kinds=readable(roles),
    )


def _time(query: Mapping[str, Any], name: str, end: int) -> Instant | None:
    asked = query.get(name)
    return span_of(str(asked))[end] if asked else None


def said_json(said: Said) -> Json:
    """Return one entry in words."""
    return {
        "entry": said.index,
        "kind": said.word,
        "at": when(said.happened_at),
        "entered_at": when(said.entered_at),
        "title": said.title,
        "officer": said.officer,
        "channel": said.channel,
        "cases": list(said.cases),
        "reference": said.reference,
        "tags": list(said.tags),
        "about": list(said.about),
    }


def read_log(books: Books, query: Mapping[str, Any]) -> Json:
    """Return lines of the running log, the newest first: what was written and what was done, each in words.

    Args:
        books: of a reading unit.
        query: since, until, kind, case, limit; ``before`` as the last page gave it; ``roles`` of the caller.

    Raises:
        LocalError: SEARCH-QUERY, TIME-... codes.
    """
    asked, limit = _asked(books, query, ()), page_of(query, PAGE_MAX)
    before = _before(str(query.get("before") or ""))
    index, lock = index_of(books)
    with lock:
        index.update(books.unit)
        if before is None and asked.until is not None:
            before = (int(asked.until) + 1, 0)
        found = index.log(before, limit + 1, asked)
    more = len(found) > limit
    lines = found[:limit]
    return {
        "lines": [said_json(one) for one in lines],
        "before": f"{int(lines[-1].happened_at)}.{lines[-1].index}" if more else None,
        "as_of": rfc3339(books.now),
    }


def _before(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    at, _, index = text.partition(".")
    if not (at.isdecimal() and index.isdecimal() and text.isascii()) or len(text) > _BEFORE_CHARS_MAX:
        raise LocalError("SEARCH-QUERY", expected="a place in the log as the last page gave it", got=text)
    return int(at), int(index)


_BEFORE_CHARS_MAX: Final = 40
"""Two numbers of at most nineteen digits and the dot between them."""
