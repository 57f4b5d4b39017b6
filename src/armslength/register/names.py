"""Facilities found by their names in the texts of reports.

Reports about the Zaporizhzhia plant are geocoded to the city of that name, 55 km away; no radius finds them, the name
does. A `NameIndex` is built once from the register's names and searched with every report. It knows the cases of
Ukrainian and Russian (Запорізької АЕС, на Запорожской АЭС), initials (ЗАЕС, ZNPP), words written together (ДніпроГЕС),
either order of name and kind, lists that share a kind word (Рівненська та Хмельницька АЕС), and look-alike letters.

It does not find a place's name without the kind word: "in Zaporizhzhia a substation was hit" names no plant. It finds
what a text names, not what was struck: "the director of the Kyiv HPP said" is a hit. A person reads the text. Not
found: a kind word apart from the name ("the plant", "ГЭС в Новой Каховке"), a town's noun with a Cyrillic kind word
(Запоріжжя АЕС), and a name misspelt in Cyrillic.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, NamedTuple

from armslength.core.folding import Joint, Word, fold_words, is_cyrillic
from armslength.core.text import visible_line
from armslength.register.name_kinds import PLANTS, Kind, Phrase, is_filler, is_voltage, meaning_known, read_kind
from armslength.register.name_lists import KNOWN_NAMES
from armslength.register.name_parsing import (
    Key,
    Parsed,
    is_relational,
    name_keys,
    parse_name,
    text_keys,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Spelling = Callable[[str], str]
    """The key of a folded word that its other spellings share; the linguist's `word_skeleton`."""


class NameBasis(StrEnum):
    """What a name found says about the facility."""

    NAME = "NAME"
    """It is the facility's own name."""
    DEPENDENCY = "DEPENDENCY"
    """It is the name of something that the facility depends on, such as the line that supplies a plant."""


class Certainty(StrEnum):
    """How surely the words name this facility and no other."""

    CERTAIN = "CERTAIN"
    """A name of the register, word for word, with its kind."""
    LIKELY = "LIKELY"
    """Another spelling of such a name, or a near kind word, as the dam for the plant at it."""
    POSSIBLE = "POSSIBLE"
    """A kind word that others share ("power station"), or a place's substation, which may be any at that place."""


_RANK: Final = {Certainty.CERTAIN: 2, Certainty.LIKELY: 1, Certainty.POSSIBLE: 0}

COORDINATED_MAX: Final = 6
"""Names before one kind word, "на Рівненській, Хмельницькій та Запорізькій АЕС": Ukraine has five plants."""

BEFORE_WORDS_MAX: Final = 3
"""Words between "підстанція" and the plant whose switchyard it is: підстанцій біля Запорізької АЕС."""

ALONE_MIN: Final = 5
"""Letters of a name of one word that stands without a kind word: shorter ones are everyday words."""

_LOOSE: Final = frozenset({Kind.SUBSTATION, Kind.LINE, Kind.SOLAR, Kind.WIND})
"""Kinds of which a town has several, so that "Київська підстанція" may be any of them."""

_AND: Final = frozenset({"та", "і", "й", "и", "або", "или", "and", "or", "також", "также"})
_IN: Final = frozenset({"in", "at", "near"})
_AREAS: Final = ("област", "район", "обл", "громад", "сторон", "влад", "oblast", "region", "raion", "district")
_CLOSING: Final = "\"»”“’'"
"""Quotation marks that end a quoted name and are shown with it."""

_SMALLER: Final = frozenset({"middle", "lower", "upper"})
"""Words before a river's name that make it another dam's: Middle Dnipro HPP."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameEntry:
    """One name of one facility as the register has it.

    Args:
        facility_id: whose name it is.
        language: its language tag, empty if not known.
        name: as its source writes it.
        kind: the facility's kind in the register's vocabulary; for a dependency, the kind of what it names.
        basis: the facility's own name, or that of something it depends on.
    """

    facility_id: str
    language: str
    name: str
    kind: str
    basis: NameBasis = NameBasis.NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHit:
    """One facility named in a text.

    Args:
        facility_id: the facility.
        name: the name of the register that was found.
        start: where it stands in the original text, in characters.
        end: the character after it.
        said: the words of the text.
        basis: its own name or a dependency's.
        certainty: how surely it is meant.
        also: the other facilities that the same words name, in order.
    """

    facility_id: str
    name: str
    start: int
    end: int
    said: str
    basis: NameBasis
    certainty: Certainty
    also: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The hit in one line for the watch officer."""
        said, name = visible_line(self.said), visible_line(self.name)
        whose = "" if self.basis is NameBasis.NAME else ", on which the facility depends"
        how = {
            Certainty.CERTAIN: "named in the text",
            Certainty.LIKELY: "probably named in the text",
            Certainty.POSSIBLE: "possibly named in the text",
        }[self.certainty]
        shared = f"; the same words name {', '.join(self.also)} too" if self.also else ""
        return f"{how} as “{said}” (listed as “{name}”{whose}){shared}"


class _Pattern(NamedTuple):
    facility_id: str
    name: str
    parsed: Parsed
    basis: NameBasis


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    ends: list[_Pattern] = field(default_factory=list)


class _Walked(NamedTuple):
    """A name's proper words found: the patterns, the word after them, the last word's key and whether any was alike."""

    ends: list[_Pattern]
    stop: int
    last: Key
    alike: bool


@dataclass(frozen=True, slots=True)
class NameIndex:
    """The names of a register, ready to be searched for in texts. Built once; nothing changes it."""

    _root: dict[str, _Node]
    _spelling: Spelling | None
    names: tuple[NameEntry, ...]
    """All names searched for: those given and the listed ones that they brought along (`name_lists`)."""
    unusable: tuple[NameEntry, ...]
    """Names that name nothing by themselves, such as ТЕЦ-5 or Котельня, and were left out."""

    @classmethod
    def build(cls, entries: Iterable[NameEntry], *, spelling: Spelling | None = None) -> NameIndex:
        """Build the index.

        Args:
            entries: the names of all facilities; duplicates do no harm.
            spelling: key of a folded word by which other Latin spellings are found; without it only listed ones are.
        """
        parsed_by = {entry: parse_name(entry.name, entry.kind) for entry in entries}
        parsed_by |= {entry: parse_name(entry.name, entry.kind) for entry in _listed(parsed_by)}
        root: dict[str, _Node] = {}
        for entry, readings in parsed_by.items():
            for parsed in readings:
                _plant(root, _Pattern(entry.facility_id, entry.name, parsed, entry.basis), spelling)
        unusable = tuple(entry for entry, readings in parsed_by.items() if not readings)
        return cls(root, spelling, tuple(parsed_by), unusable)

    def find(self, text: str) -> tuple[NameHit, ...]:
        """Return the facilities that a text names, in the order of the text.

        A facility has one hit for each basis: its surest, and of equals the first. What is part of a longer name found
        is left out: ГЕС-2 names the second plant and not the first.
        """
        words = fold_words(text)
        raw = [hit for start in range(len(words)) for hit in self._at(words, start)]
        return _best(text, words, raw) if raw else ()

    def _at(self, words: Sequence[Word], start: int) -> Iterator[_Raw]:
        known = meaning_known(words[start].folded)
        if known and (phrase := read_kind(words, start, len(words))) is not None:
            yield from self._after_kind(words, start, phrase)
        if _begins_inside(words, start):
            return
        for walked in self._walk(words, start):
            for pattern in walked.ends:
                raw = _judge(words, start, walked, pattern)
                if raw is not None:
                    yield raw

    def _after_kind(self, words: Sequence[Word], start: int, phrase: Phrase) -> Iterator[_Raw]:
        """Find a name after its kind word: АЕС «Запорізька», substation Dniprovska, nuclear plant in Zaporizhzhia."""
        position, prepared = phrase.end, False
        while position < len(words) and is_filler(words[position].folded) and words[position].joint < Joint.COMMA:
            position += 1
        if phrase.kind is Kind.NUCLEAR and position < len(words) and words[position].folded in _IN:
            position, prepared = position + 1, True
        if position >= len(words) or words[position].joint >= Joint.COMMA:
            return
        for walked in self._walk(words, position):
            if not _stands_after(words, position, walked):
                continue
            for pattern in walked.ends:
                certainty = _kind_certainty(pattern, phrase.kind)
                if certainty is not None and not pattern.parsed.number and not pattern.parsed.switchyard:
                    certainty = Certainty.POSSIBLE if prepared else _weaker(certainty, walked)
                    yield _Raw(pattern, start, walked.stop, certainty)

    def _walk(self, words: Sequence[Word], start: int) -> Iterator[_Walked]:
        stack: list[tuple[dict[str, _Node], int, bool]] = [(self._root, start, False)]
        while stack:
            branch, position, alike = stack.pop()
            for folded, after in _readings(words, position, start):
                for key in text_keys(folded, self._spelling):
                    node = branch.get(key.key)
                    if node is None:
                        continue
                    if node.ends:
                        yield _Walked(node.ends, after, key, alike or key.alike)
                    if node.next:
                        stack.append((node.next, after, alike or key.alike))


class _Raw(NamedTuple):
    pattern: _Pattern
    start: int
    stop: int
    certainty: Certainty


# --- building ---------------------------------------------------------------------------------------------------------


def _plant(root: dict[str, _Node], pattern: _Pattern, spelling: Spelling | None) -> None:
    for row in name_keys(pattern.parsed, spelling):
        branch, node = root, None
        for key in row:
            node = branch.setdefault(key, _Node())
            branch = node.next
        if node is not None and pattern not in node.ends[-8:]:
            node.ends.append(pattern)


def _listed(parsed_by: Mapping[NameEntry, tuple[Parsed, ...]]) -> tuple[NameEntry, ...]:
    """Give each facility the other names of the row that one of its own names stands in."""
    added: dict[NameEntry, None] = {}
    for entry, readings in parsed_by.items():
        if entry.basis is NameBasis.NAME:
            for row in sorted({row for parsed in readings for row in _rows_of(parsed)}):
                for name in KNOWN_NAMES[row][1]:
                    new = NameEntry(facility_id=entry.facility_id, language="", name=name, kind=entry.kind)
                    added.setdefault(new)
    return tuple(added)


def _rows_of(ours: Parsed) -> Iterator[int]:
    for theirs, row in _known_readings().get(ours.proper, ()):
        if _same_name(ours, theirs):
            yield row


@lru_cache(maxsize=1)
def _known_readings() -> dict[tuple[str, ...], list[tuple[Parsed, int]]]:
    readings: dict[tuple[str, ...], list[tuple[Parsed, int]]] = {}
    for row, (kind, names) in enumerate(KNOWN_NAMES):
        for parsed in (parsed for name in names for parsed in parse_name(name, kind)):
            readings.setdefault(parsed.proper, []).append((parsed, row))
    return readings


def _same_name(ours: Parsed, theirs: Parsed) -> bool:
    if (ours.proper, ours.number) != (theirs.proper, theirs.number):
        return False
    return ours.kinds == theirs.kinds or bool(ours.kinds & theirs.kinds)


# --- finding ----------------------------------------------------------------------------------------------------------


def _readings(words: Sequence[Word], position: int, start: int) -> Iterator[tuple[str, int]]:
    """Yield the next word, and the next two as one where a hyphen joins them: Пивденно-Украинская."""
    if position >= len(words) or (position > start and words[position].joint >= Joint.COMMA):
        return
    yield words[position].folded, position + 1
    after = position + 1
    if after < len(words) and words[after].joint is Joint.HYPHEN:
        yield words[position].folded + words[after].folded, after + 1


def _begins_inside(words: Sequence[Word], start: int) -> bool:
    """Tell whether a name cannot begin here, as in Ново-Дністровська or Middle Dnipro."""
    if start == 0:
        return False
    before, joint = words[start - 1].folded, words[start].joint
    if joint is Joint.HYPHEN:
        return not (meaning_known(before) or before.isdigit())
    return joint is Joint.BLANK and before in _SMALLER


def _judge(words: Sequence[Word], start: int, walked: _Walked, pattern: _Pattern) -> _Raw | None:
    """Hold proper words found against what their pattern asks of the words around them."""
    parsed = pattern.parsed
    if not parsed.kinds:
        return _alone(words, start, walked, pattern)
    phrase = _phrase_after(words, walked) or _phrase_shared(words, walked)
    if phrase is None:
        return None
    certainty = _kind_certainty(pattern, phrase.kind)
    if certainty is None or (parsed.switchyard and not _switchyard_said(words, start, phrase.end)):
        return None
    if walked.last.genders and "f" not in walked.last.genders:
        return None
    if phrase.kind in _LOOSE and words[start].joint is not Joint.QUOTE:
        certainty = Certainty.POSSIBLE
    return _numbered(words, _Raw(pattern, start, phrase.end, _weaker(certainty, walked)), phrase.kind)


def _alone(words: Sequence[Word], start: int, walked: _Walked, pattern: _Pattern) -> _Raw | None:
    parsed = pattern.parsed
    if parsed.switchyard and not _switchyard_said(words, start, walked.stop):
        return None
    certainty = Certainty.CERTAIN
    if not parsed.stated and len(parsed.proper) == 1:
        if len(parsed.proper[0]) < ALONE_MIN:
            return None
        certainty = Certainty.POSSIBLE
    return _numbered(words, _Raw(pattern, start, walked.stop, _weaker(certainty, walked)), Kind.HYDRO)


def _phrase_after(words: Sequence[Word], walked: _Walked) -> Phrase | None:
    """Read the kind after a name, over voltages."""
    position = walked.stop
    while position < len(words) and is_voltage(words[position].folded) and words[position].joint < Joint.COMMA:
        position += 1
    return _kind_at(words, position)


def _phrase_shared(words: Sequence[Word], walked: _Walked) -> Phrase | None:
    """Read the kind that a list of names shares; the phrase ends with this name, since the next is another's."""
    position = walked.stop
    if "f" not in walked.last.genders:
        return None
    for _ in range(COORDINATED_MAX):
        position = _over_and(words, position)
        if position >= len(words) or not is_relational(words[position].folded):
            return None
        position += 1
        phrase = _kind_at(words, position)
        if phrase is not None:
            return Phrase(phrase.kind, walked.stop)
    return None


def _kind_at(words: Sequence[Word], position: int) -> Phrase | None:
    if position >= len(words) or words[position].joint >= Joint.COMMA:
        return None
    return read_kind(words, position, len(words))


def _over_and(words: Sequence[Word], position: int) -> int:
    """Return the position of the next item of a list, or the end where what follows is none."""
    after = position
    while after < len(words) and words[after].folded in _AND and words[after].joint < Joint.BREAK:
        after += 1
    if after < len(words) and (after > position or words[after].joint is Joint.COMMA):
        return after if words[after].joint < Joint.BREAK else len(words)
    return len(words)


def _kind_certainty(pattern: _Pattern, kind: Kind) -> Certainty | None:
    kinds, stated = pattern.parsed.kinds, pattern.parsed.stated
    if kind in kinds:
        near = kind is Kind.DAM and Kind.DAM not in stated
        return Certainty.LIKELY if near else Certainty.CERTAIN
    if kind is Kind.ANY_PLANT and kinds & PLANTS:
        # "Burshtyn power station" may be the listed name itself, and still another plant's at the same town.
        return Certainty.LIKELY if Kind.ANY_PLANT in stated else Certainty.POSSIBLE
    return None


def _weaker(certainty: Certainty, walked: _Walked) -> Certainty:
    return Certainty.LIKELY if walked.alike and certainty is Certainty.CERTAIN else certainty


def _numbered(words: Sequence[Word], raw: _Raw, kind: Kind) -> _Raw | None:
    """Hold the number after a kind word against the pattern's: ТЕЦ-5 is not ТЕЦ-6, and perhaps not "the ТЕЦ"."""
    after = words[raw.stop] if raw.stop < len(words) else None
    number = after.folded if after and after.folded.isdigit() and after.joint < Joint.COMMA else ""
    wanted = raw.pattern.parsed.number
    if wanted:
        return raw._replace(stop=raw.stop + 1) if number == wanted else None
    if number and after and after.joint is Joint.HYPHEN and kind is not Kind.NUCLEAR:
        # A second hydroelectric plant stands at the same dam; a second heat plant in another quarter of the city.
        weaker = Certainty.LIKELY if kind is Kind.HYDRO else Certainty.POSSIBLE
        return raw._replace(certainty=min(raw.certainty, weaker, key=_RANK.__getitem__))
    return raw


def _switchyard_said(words: Sequence[Word], start: int, stop: int) -> bool:
    for position in range(start - 1, max(-1, start - 1 - BEFORE_WORDS_MAX), -1):
        if words[position + 1].joint >= Joint.COMMA:
            break
        phrase = read_kind(words, position, start)
        if phrase is not None and phrase.kind is Kind.SUBSTATION:
            return True
    after = _kind_at(words, stop)
    return after is not None and after.kind is Kind.SUBSTATION


def _stands_after(words: Sequence[Word], position: int, walked: _Walked) -> bool:
    """Tell whether a name found after a kind word belongs to it, and not to what comes next.

    In "підстанції Київської ГЕС" the name belongs to ГЕС, in "підстанції Київської області" to a region. A name that
    follows its kind word keeps the nominative or stands in quotation marks.
    """
    after = words[walked.stop] if walked.stop < len(words) else None
    follows = after is not None and after.joint in {Joint.BLANK, Joint.HYPHEN}
    if after is not None and follows and (meaning_known(after.folded) or after.folded.startswith(_AREAS)):
        return False
    last = words[walked.stop - 1].folded
    if not walked.last.key.endswith("-") or not is_cyrillic(last):
        return True
    return words[position].joint is Joint.QUOTE or last.endswith(("а", "я"))


def _best(text: str, words: Sequence[Word], raw: Sequence[_Raw]) -> tuple[NameHit, ...]:
    """Keep the surest hit of each facility and basis, without those inside a longer one, in the order of the text."""
    kept = _outermost(raw)
    kept.sort(key=lambda hit: (-_RANK[hit.certainty], hit.start, hit.start - hit.stop))
    best: dict[tuple[str, NameBasis], _Raw] = {}
    for hit in kept:
        best.setdefault((hit.pattern.facility_id, hit.pattern.basis), hit)
    hits = sorted(best.values(), key=lambda hit: (hit.start, hit.stop, hit.pattern.facility_id, hit.pattern.basis))
    spans: dict[tuple[int, int], dict[str, None]] = {}
    for hit in hits:
        spans.setdefault((hit.start, hit.stop), {})[hit.pattern.facility_id] = None
    return tuple(_hit(text, words, hit, spans[hit.start, hit.stop]) for hit in hits)


def _outermost(raw: Sequence[_Raw]) -> list[_Raw]:
    """Leave out what lies inside a longer hit of its basis; one pass, since a hostile text may be all names."""
    kept: list[_Raw] = []
    reach = dict.fromkeys(NameBasis, 0)
    ordered = sorted(raw, key=lambda hit: (hit.start, -hit.stop))
    for _, alike in groupby(ordered, key=lambda hit: (hit.start, hit.stop)):
        group = list(alike)
        kept += [hit for hit in group if reach[hit.pattern.basis] < hit.stop]
        for hit in group:
            if hit.certainty is not Certainty.POSSIBLE:
                reach[hit.pattern.basis] = max(reach[hit.pattern.basis], hit.stop)
    return kept


def _hit(text: str, words: Sequence[Word], raw: _Raw, named: Iterable[str]) -> NameHit:
    start, end = words[raw.start].start, words[raw.stop - 1].end
    opened = any(words[position].joint is Joint.QUOTE for position in range(raw.start + 1, raw.stop))
    while opened and end < len(text) and text[end] in _CLOSING:
        end += 1
    return NameHit(
        facility_id=raw.pattern.facility_id,
        name=raw.pattern.name,
        start=start,
        end=end,
        said=text[start:end],
        basis=raw.pattern.basis,
        certainty=raw.certainty,
        also=tuple(other for other in named if other != raw.pattern.facility_id),
    )
