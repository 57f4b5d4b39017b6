"""The term base: one concept, its words in each language, and whether a translation uses them (C6).

A site's own entries stand over those that ship with the product: a word that the site prefers takes the place of the
shipped one, which is admitted from then on. Words are found folded, in any ending that their language gives them, the
longest first; a match is a pointer for a linguist, never a verdict.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.core.errors import LocalError
from armslength.core.folding import Joint, Word, fold, fold_words, is_cyrillic
from armslength.core.text import check_structured
from armslength.language import term_list_law, term_list_line, term_list_places
from armslength.language.transliteration import skeleton

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TERM_BYTES_MAX: Final = 256
"""UTF-8 bytes of one term: the longest shipped one has 130."""

NOTE_BYTES_MAX: Final = 2_000
"""UTF-8 bytes of a definition, a source or a note: some sentences."""

TEXT_CHARS_MAX: Final = 20_000
"""Characters of a text that is held against the terms: the longest message and its translation."""

SHIPPED: Final = "shipped with the product; not reviewed by a native linguist"
"""Source of every entry that the site has not made its own."""

_CONCEPT: Final = re.compile(r"[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?")
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
PARTS: Final = frozenset({"", "n", "v", "adj", "adv", "phrase", "other"})
"""Parts of speech: noun, verb, adjective, adverb, a phrase, something else, or not said."""
GENDERS: Final = frozenset({"", "m", "f", "n", "pl"})
"""Genders of the head word, or that it has a plural only."""


class Status(StrEnum):
    """How a term stands, as ISO 30042 has it."""

    PREFERRED = "preferred"
    ADMITTED = "admitted"
    DEPRECATED = "deprecated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One word or phrase for one concept in one language.

    Args:
        concept: the concept's id, the same in every language.
        language: tag of the language.
        term: as it is written in a dictionary.
        status: whether it is to be used.
        definition: what the concept is.
        source: where it comes from.
        note: anything else.
        part: part of speech.
        gender: of the head word, in languages that have genders.
        own: whether the site entered it.
    """

    concept: str
    language: str
    term: str
    status: Status = Status.PREFERRED
    definition: str = ""
    source: str = ""
    note: str = ""
    part: str = ""
    gender: str = ""
    own: bool = False


def check_term(term: Term) -> Term:
    """Return a term unchanged when every value of it is in bounds.

    Raises:
        LocalError: TERM-VALUE, TEXT-... codes.
    """
    for name, value, pattern in (("concept", term.concept, _CONCEPT), ("language", term.language, _LANGUAGE)):
        if not pattern.fullmatch(value):
            raise LocalError("TERM-VALUE", field=name, expected="small letters, digits and hyphens", got=value)
    check_structured(term.term, bytes_max=TERM_BYTES_MAX)
    if not fold(term.term):
        raise LocalError("TERM-VALUE", field="term", expected="a word", got=term.term)
    for value in (term.definition, term.source, term.note):
        check_structured(value, bytes_max=NOTE_BYTES_MAX)
    if term.part not in PARTS or term.gender not in GENDERS:
        raise LocalError("TERM-VALUE", field="part or gender", got=f"{term.part} {term.gender}")
    return term


def status_of(text: str) -> Status:
    """Return a status by its name.

    Raises:
        LocalError: TERM-VALUE.
    """
    found = next((one for one in Status if one.value == text), None)
    if found is None:
        raise LocalError("TERM-VALUE", field="status", expected=", ".join(one.value for one in Status), got=text)
    return found


# --- what ships -------------------------------------------------------------------------------------------------------

_CELL: Final = re.compile(r"(?P<term>.+?)(?: \((?P<gender>m|f|n|pl)\))?(?: \[(?P<status>admitted|deprecated)\])?")
_LANGUAGES: Final = ("en", "ru", "uk")


@lru_cache(maxsize=1)
def shipped_terms() -> tuple[Term, ...]:
    """Return the terms that ship with the product, in their order."""
    lists = (term_list_line, term_list_places, term_list_law)
    return tuple(term for each in lists for row in each.TEXT.splitlines() for term in _row(row, each.DOMAIN))


def _row(row: str, domain: str) -> Iterator[Term]:
    concept, part, *cells, definition = row.split(" | ")
    for language, cell in zip(_LANGUAGES, cells, strict=True):
        for variant in cell.split(" / "):
            match = _CELL.fullmatch(variant)
            if match is None:
                raise LocalError("TERM-VALUE", field=concept, got=variant)
            yield Term(
                concept=concept,
                language=language,
                term=match["term"],
                status=Status(match["status"] or Status.PREFERRED),
                definition=definition if language == "en" else "",
                source=SHIPPED,
                note=domain,
                part=part,
                gender=match["gender"] or "",
            )


# --- words in any ending ----------------------------------------------------------------------------------------------

_VOWEL_ENDING: Final = re.compile(r"[аеиоуыэюяіїєьй]{1,3}\Z")
_STEM_CHARS_MIN: Final = 3
"""Letters that must agree: shorter stems fit words of every kind."""
_ENDING_CHARS_MAX: Final = 3
"""Letters of the longest ending of a noun or adjective (-ами, -ого, -ing)."""
_ENGLISH_ENDINGS: Final = frozenset({"", "s", "es", "e", "ed", "d", "ing", "y", "ies", "ied"})


class _Pattern(NamedTuple):
    """A term as it is looked for: stems of its words, and the terms that it stands for."""

    stems: tuple[tuple[str, bool], ...]
    terms: tuple[Term, ...]


def _stem(word: str) -> tuple[str, bool]:
    """Return what a word begins with in any ending, and whether it has endings at all."""
    if len(word) < _STEM_CHARS_MIN or any(char.isdigit() for char in word):
        return word, False
    if is_cyrillic(word):
        stem = _VOWEL_ENDING.sub("", word)
        return (stem, True) if len(stem) >= _STEM_CHARS_MIN else (word[:_STEM_CHARS_MIN], True)
    return (word[:-1] if word[-1] in "ey" and len(word) > _STEM_CHARS_MIN else word), True


def _fits(stem: tuple[str, bool], word: str) -> bool:
    start, bends = stem
    if not bends or not word.startswith(start):
        return word == start
    rest = word[len(start) :]
    return len(rest) <= _ENDING_CHARS_MAX if is_cyrillic(start) else rest in _ENGLISH_ENDINGS


class Hit(NamedTuple):
    """A term met in a text, at characters ``[start, end)``."""

    start: int
    end: int
    text: str
    terms: tuple[Term, ...]


class TermFinding(NamedTuple):
    """What the check of a translation or of a text says of one term.

    ``code`` is TERM-MISSING, TERM-ADMITTED or TERM-DEPRECATED; ``start`` and ``end`` are characters of ``text`` in the
    source for the first, in the text itself for the others.
    """

    code: str
    concept: str
    start: int
    end: int
    text: str
    preferred: str


class TermBase:
    """Terms to be looked up and matched.

    Args:
        terms: shipped ones first, the site's own after them; of two alike the later stands.
    """

    __slots__ = ("_keys", "_patterns", "terms")

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = _merged(terms)
        self._patterns: dict[str, dict[str, list[_Pattern]]] = {}
        self._keys: tuple[str, ...] = ()

    def of(self, concept: str, language: str) -> tuple[Term, ...]:
        """Return the terms of a concept in a language, the preferred one first."""
        found = [one for one in self.terms if (one.concept, one.language) == (concept, language)]
        return tuple(sorted(found, key=lambda one: tuple(Status).index(one.status)))

    def find(self, asked: str, language: str | None = None, *, limit: int = 50) -> tuple[Term, ...]:
        """Return terms whose words begin with what was asked, in either script, the best first.

        Args:
            asked: the start of a term, of a word of it, or of a concept's id.
            language: of this language only.
            limit: at most so many.
        """
        wanted, key = fold(asked), skeleton(asked)
        ranked = []
        for place, (one, shape) in enumerate(zip(self.terms, self._shapes(), strict=True)):
            if language is not None and one.language != language:
                continue
            rank = _rank(one, wanted, key, shape)
            if rank is not None:
                ranked.append((rank, place, one))
        return tuple(one for _, _, one in sorted(ranked)[:limit])

    def _shapes(self) -> tuple[str, ...]:
        if not self._keys and self.terms:
            self._keys = tuple(skeleton(one.term) for one in self.terms)
        return self._keys

    def match(self, text: str, language: str) -> tuple[Hit, ...]:
        """Return the terms of a language in a text, the longest at each place, in order."""
        words = fold_words(text[:TEXT_CHARS_MAX])
        patterns = self._of_language(language)
        found: list[Hit] = []
        position = 0
        while position < len(words):
            pattern = _longest(patterns.get(words[position].folded[:2], ()), words, position)
            if pattern is None:
                position += 1
                continue
            last = words[position + len(pattern.stems) - 1]
            start = words[position].start
            found.append(Hit(start, last.end, text[start : last.end], pattern.terms))
            position += len(pattern.stems)
        return tuple(found)

    def _of_language(self, language: str) -> dict[str, list[_Pattern]]:
        if language not in self._patterns:
            by_stems: dict[tuple[tuple[str, bool], ...], list[Term]] = defaultdict(list)
            for one in self.terms:
                if one.language == language:
                    by_stems[tuple(_stem(word.folded) for word in fold_words(one.term))].append(one)
            made: dict[str, list[_Pattern]] = defaultdict(list)
            for stems, terms in sorted(by_stems.items(), key=lambda entry: -len(entry[0])):
                made[stems[0][0][:2]].append(_Pattern(stems, tuple(terms)))
            self._patterns[language] = dict(made)
        return self._patterns[language]

    def check_text(self, text: str, language: str) -> tuple[TermFinding, ...]:
        """Return the deprecated terms that a text uses, with what is preferred instead."""
        found = []
        for hit in self.match(text, language):
            if all(one.status is Status.DEPRECATED for one in hit.terms):
                preferred = self._preferred(hit.terms[0].concept, language)
                found.append(
                    TermFinding("TERM-DEPRECATED", hit.terms[0].concept, hit.start, hit.end, hit.text, preferred)
                )
        return tuple(found)

    def check_translation(
        self, source: str, source_language: str, target: str, target_language: str
    ) -> tuple[TermFinding, ...]:
        """Return the terms of the source whose preferred word the translation does not use, and deprecated ones."""
        used: dict[str, set[Status]] = defaultdict(set)
        for hit in self.match(target, target_language):
            for one in hit.terms:
                used[one.concept].add(one.status)
        found, seen = [], set[str]()
        for hit in self.match(source, source_language):
            concepts = dict.fromkeys(one.concept for one in hit.terms)
            preferred = {concept: self._preferred(concept, target_language) for concept in concepts}
            wanted = {concept: word for concept, word in preferred.items() if word}
            # Where a word has several meanings, the term of any one of them will do.
            if not wanted or seen & wanted.keys():
                continue
            seen |= wanted.keys()
            if any(Status.PREFERRED in used[concept] for concept in wanted):
                continue
            concept, word = next(iter(wanted.items()))
            admitted = any(Status.ADMITTED in used[one] for one in wanted)
            code = "TERM-ADMITTED" if admitted else "TERM-MISSING"
            found.append(TermFinding(code, concept, hit.start, hit.end, hit.text, word))
        return (*found, *self.check_text(target, target_language))

    def _preferred(self, concept: str, language: str) -> str:
        first = next(iter(self.of(concept, language)), None)
        return first.term if first is not None and first.status is Status.PREFERRED else ""


def _merged(terms: Iterable[Term]) -> tuple[Term, ...]:
    held: dict[tuple[str, str, str], Term] = {}
    for one in terms:
        if one.own and one.status is Status.PREFERRED:
            for key, other in held.items():
                if key[:2] == (one.concept, one.language) and other.status is Status.PREFERRED:
                    held[key] = replace(other, status=Status.ADMITTED)
        held[one.concept, one.language, fold(one.term)] = one
    return tuple(held.values())


def _rank(one: Term, wanted: str, key: str, shape: str) -> int | None:
    """Return how well a term answers a search: 0 the best, None not at all."""
    folded = fold(one.term)
    tests = (
        folded == wanted,
        folded.startswith(wanted),
        f" {wanted}" in f" {folded}",
        bool(key) and shape == key,
        bool(key) and f" {key}" in f" {shape}",
        one.concept.startswith(wanted.replace(" ", "-")),
    )
    return next((rank for rank, holds in enumerate(tests) if holds and wanted), None)


def _longest(patterns: Iterable[_Pattern], words: tuple[Word, ...], position: int) -> _Pattern | None:
    for pattern in patterns:
        end = position + len(pattern.stems)
        if end > len(words):
            continue
        run = words[position:end]
        if any(word.joint not in _TOGETHER for word in run[1:]):
            continue
        if all(_fits(stem, word.folded) for stem, word in zip(pattern.stems, run, strict=True)):
            return pattern
    return None


_TOGETHER: Final = frozenset({Joint.BLANK, Joint.HYPHEN, Joint.QUOTE, Joint.COMMA})
