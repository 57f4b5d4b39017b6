"""Everything that the desk holds, ready to be searched in three scripts: an inverted index in memory.

A word finds itself, what begins with it, and its other spellings: Запоріжжя, Запорожье and Zaporizhzhia have one key
(`language.transliteration.word_skeleton`). Words with a hyphen and words in quotation marks stand side by side. What
was destroyed is taken out, words and all. The index is a reader's (see `kept`): truth is the journal.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.core.errors import LocalError
from armslength.core.folding import Joint, fold_words, is_cyrillic
from armslength.desk import entry_words
from armslength.desk.kept import entries_since
from armslength.language.transliteration import latin_spellings, word_skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from armslength.core.folding import Word
    from armslength.core.instants import Instant
    from armslength.core.record import Item
    from armslength.desk.entry_words import Said
    from armslength.desk.ports import Unit
    from armslength.journal.entry import Entry

QUERY_CHARS_MAX: Final = 400
"""A question that a person types; a longer one is a text that nobody looks for."""

TERMS_MAX: Final = 12
"""Words of one question."""

WORDS_MAX: Final = 4_000
"""Words indexed of one entry: the longest text that a record may hold has fewer."""

PREFIX_MIN: Final = 3
"""Letters of a word that is also looked for as the beginning of others: ЗА begins too much."""

PREFIX_WORDS_MAX: Final = 400
"""Words that one beginning may stand for; more, and the question says too little."""

SKELETON_MIN: Final = 3
"""Marks of a key that two spellings may share; shorter keys would join words that have nothing in common."""

LETTERS_MIN: Final = 4
"""Letters of a word that is looked for by its key; a shorter one by the spellings that follow by rule (АЕС, AES)."""

_PART: Final = re.compile(r'"([^"]*)"|(\S+)')
_DESTROYED: Final = "destroyed"

EXACT, BEGINS, ALIKE = 0, 1, 2
"""How a word was found; what was found as it was typed comes first."""


@dataclass(frozen=True, slots=True)
class Document:
    """One entry with its folded words in their order, a blank before and after each."""

    said: Said
    text: str

    @property
    def words(self) -> list[str]:
        """Its folded words."""
        return self.text.split()


@dataclass(frozen=True, slots=True)
class Hit:
    """One entry found, with how it was found."""

    said: Said
    how: int


class Page(NamedTuple):
    """How many entries were found, and some of them."""

    found: int
    hits: list[Hit]


class _Ranked(NamedTuple):
    """Entries by how they were found; each stands in one of the three."""

    exact: set[int]
    begins: set[int]
    alike: set[int]

    def all(self) -> set[int]:
        """Return every entry found."""
        return self.exact | self.begins | self.alike

    def both(self, other: _Ranked) -> _Ranked:
        """Return what both found: as surely as the less sure of the two."""
        exact = self.exact & other.exact
        begins = ((self.exact | self.begins) & (other.exact | other.begins)) - exact
        return _Ranked(exact, begins, (self.all() & other.all()) - exact - begins)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked: terms, each a run of folded words side by side, and what must hold of an entry beside.

    Args:
        terms: all of them must be found.
        word: what people call the kind of entry; empty for any.
        since: not before.
        until: not after.
        entries: only these; None for all.
        channel: id of the channel; empty for any.
        kinds: kinds of entries that the reader may read.
    """

    terms: tuple[tuple[str, ...], ...]
    word: str = ""
    since: Instant | None = None
    until: Instant | None = None
    case: str = ""
    entries: frozenset[int] = frozenset()
    channel: str = ""
    kinds: frozenset[str] = entry_words.KINDS

    def admits(self, said: Said) -> bool:
        """Tell whether an entry may be shown and is what was asked for beside its words."""
        return (
            said.kind in self.kinds
            and self.word in {"", said.word}
            and self.channel in {"", said.channel}
            and (self.since is None or said.happened_at >= self.since)
            and (self.until is None or said.happened_at <= self.until)
            and (not self.case or self.case in said.cases or said.index in self.entries)
        )


def terms_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the terms of a question as a person types it.

    Raises:
        LocalError: SEARCH-QUERY.
    """
    if len(text) > QUERY_CHARS_MAX:
        raise LocalError("SEARCH-QUERY", expected=f"at most {QUERY_CHARS_MAX} characters", got=len(text))
    found: list[tuple[str, ...]] = []
    for quoted, bare in _PART.findall(text):
        words = fold_words(quoted or bare)
        if quoted:
            found.append(tuple(word.folded for word in words))
        else:
            found += _runs(words)
    terms = tuple(dict.fromkeys(term for term in found if term))
    if len(terms) > TERMS_MAX:
        raise LocalError("SEARCH-QUERY", expected=f"at most {TERMS_MAX} words", got=len(terms))
    return terms


def _runs(words: Sequence[Word]) -> list[tuple[str, ...]]:
    """Join words that a hyphen joins: CT-2022-000001 is one term."""
    runs: list[list[str]] = []
    for word in words:
        if runs and word.joint is Joint.HYPHEN:
            runs[-1].append(word.folded)
        else:
            runs.append([word.folded])
    return [tuple(run) for run in runs]


def keys_of(word: str) -> tuple[str, ...]:
    """Return the keys by which a folded word's other spellings find it."""
    if len(word) >= LETTERS_MIN:
        key = word_skeleton(word)
        if len(key) >= SKELETON_MIN and not word.isdecimal():
            return (key,)
    if not is_cyrillic(word):
        return (word,)
    spelt = (one for language in ("uk", "ru") for one in latin_spellings(word, language))
    return tuple(dict.fromkeys((word, *spelt)))


class SearchIndex:
    """The words of every entry; brought up to date before each question."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._seen = 0
        self._documents: dict[int, Document] = {}
        self._by_word: dict[str, set[int]] = {}
        self._by_key: dict[str, set[int]] = {}
        self._sorted: list[str] = []
        self._log: list[tuple[int, int]] = []

    # --- keeping ------------------------------------------------------------------------------------------------------

    def update(self, unit: Unit) -> None:
        """Read the entries made since the last time.

        Raises:
            LocalError: STORE-DAMAGED.
        """
        first = not self._documents
        for index, entry, item in entries_since(unit, self._seen, entry_words.KINDS | {_DESTROYED}):
            if entry.kind == _DESTROYED:
                if item is not None and isinstance(gone := item.body.get(20), int):
                    self._remove(gone)
            elif item is not None:
                self._add(index, entry, item, sorting=not first)
        if first:
            self._sorted = sorted(self._by_word)
            self._log.sort()
        self._seen = unit.frontier().size

    def _add(self, index: int, entry: Entry, item: Item, *, sorting: bool) -> None:
        # Hashing every envelope would double the first reading: only messages are opened by theirs.
        named = item.envelope_hash if entry.kind in entry_words.MESSAGES else b""
        said = entry_words.said(index, entry, item.body, named)
        if said is None:
            return
        words: list[str] = []
        for text in (said.title, *entry_words.texts(item.body)):
            words += (word.folded for word in fold_words(text))
            if len(words) >= WORDS_MAX:
                break
        self._documents[index] = Document(said, f" {' '.join(words[:WORDS_MAX])} ")
        for word in set(words[:WORDS_MAX]):
            held = self._by_word.get(word)
            if held is None:
                held = self._by_word[word] = set()
                if sorting:
                    insort(self._sorted, word)
            held.add(index)
            for key in keys_of(word):
                self._by_key.setdefault(key, set()).add(index)
        if said.kind in entry_words.IN_LOG:
            place = (int(said.happened_at), index)
            if sorting:
                insort(self._log, place)
            else:
                self._log.append(place)

    def _remove(self, index: int) -> None:
        """Take an entry out, with every word that nothing else has."""
        document = self._documents.pop(index, None)
        if document is None:
            return
        for word in set(document.words):
            _discard(self._by_word, word, index)
            if word not in self._by_word:
                del self._sorted[bisect_left(self._sorted, word)]
            for key in keys_of(word):
                _discard(self._by_key, key, index)
        self._log = [one for one in self._log if one[1] != index]

    # --- asking -------------------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._documents)

    def find(self, query: Query, limit: int | None = None, offset: int = 0) -> Page:
        """Return what is found: as typed before what begins so before other spellings, each the newest first."""
        found = _Ranked(set(self._documents), set(), set())
        for position, term in enumerate(query.terms):
            of_term = self._term(term)
            found = of_term if position == 0 else found.both(of_term)
        held = self._documents
        kept = [{one for one in bucket if query.admits(held[one].said)} for bucket in found]
        hits: list[Hit] = []
        end = None if limit is None else offset + limit
        for how, bucket in enumerate(kept):
            if end is None or len(hits) < end:
                ranked = sorted(bucket, key=lambda one: (held[one].said.happened_at, one), reverse=True)
                hits += [Hit(held[one].said, how) for one in ranked[:end]]
        return Page(sum(map(len, kept)), hits[offset:end])

    def _term(self, term: tuple[str, ...]) -> _Ranked:
        found = self._word(term[0], last=len(term) == 1)
        if len(term) == 1:
            return found
        for position, word in enumerate(term[1:], start=2):
            found = found.both(self._word(word, last=position == len(term)))
        run, typed = _Run(term), f" {' '.join(term)} "
        exact = {one for one in found.exact if typed in self._documents[one].text}
        others = {one: run.stands_in(self._documents[one].words) for one in found.all() - exact}
        begins = {one for one, how in others.items() if how == BEGINS}
        return _Ranked(exact, begins, {one for one, how in others.items() if how == ALIKE})

    def _word(self, word: str, *, last: bool) -> _Ranked:
        exact = self._by_word.get(word, set())
        begins: set[int] = set()
        if last and len(word) >= PREFIX_MIN:
            place = bisect_left(self._sorted, word)
            for one in self._sorted[place : place + PREFIX_WORDS_MAX]:
                if not one.startswith(word):
                    break
                begins |= self._by_word[one]
        alike = set().union(*(self._by_key.get(key, set()) for key in keys_of(word)))
        return _Ranked(exact, begins - exact, alike - exact - begins)

    def log(self, before: tuple[int, int] | None, limit: int, admits: Query) -> list[Said]:
        """Return lines of the running log, the newest first, before a place in it."""
        found = []
        end = len(self._log) if before is None else bisect_left(self._log, before)
        for place in range(end - 1, -1, -1):
            said = self._documents[self._log[place][1]].said
            if admits.since is not None and said.happened_at < admits.since:
                break
            if admits.admits(said):
                found.append(said)
                if len(found) >= limit:
                    break
        return found


def _discard(index: dict[str, set[int]], key: str, one: int) -> None:
    held = index.get(key)
    if held is not None:
        held.discard(one)
        if not held:
            del index[key]


class _Run:
    """Words side by side: as typed, with the last one begun, or in other spellings. What a word is, is asked once."""

    def __init__(self, term: tuple[str, ...]) -> None:
        self._term = term
        self._keys = [frozenset(keys_of(word)) for word in term]
        self._known: list[dict[str, int | None]] = [{} for _ in term]

    def stands_in(self, words: Sequence[str]) -> int | None:
        """Return how the run stands in a text, None when it does not."""
        best: int | None = None
        for start in range(len(words) - len(self._term) + 1):
            how = self._at(words, start)
            if how == EXACT:
                return EXACT
            if how is not None:
                best = how if best is None else min(best, how)
        return best

    def _at(self, words: Sequence[str], start: int) -> int | None:
        worst = EXACT
        for offset, known in enumerate(self._known):
            there = words[start + offset]
            how = known[there] if there in known else self._ask(offset, there)
            if how is None:
                return None
            worst = max(worst, how)
        return worst

    def _ask(self, offset: int, there: str) -> int | None:
        word, last = self._term[offset], offset == len(self._term) - 1
        how: int | None = None
        if there == word:
            how = EXACT
        elif last and len(word) >= PREFIX_MIN and there.startswith(word):
            how = BEGINS
        elif not self._keys[offset].isdisjoint(keys_of(there)):
            how = ALIKE
        self._known[offset][there] = how
        return how
