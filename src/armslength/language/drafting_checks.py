"""What a drafter's text could be taken for: idiom, threat, two-way dates, bare numbers, names by another rule (C4).

Every finding points at words and says what to write instead. Nothing is refused by it: a person reads, changes, or
leaves the words as they are. Codes of a form need no such check; only free text does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError
from armslength.core.quantities import Dimension, Doubt, read_quantity
from armslength.core.text import mixed_script_words
from armslength.language.check_lists import LISTS
from armslength.language.translations import MACHINE_MARK

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from armslength.language.terms import TermBase
    from armslength.language.toponyms import NameBook

TEXT_CHARS_MAX: Final = 20_000
"""Characters of one text: longer than any message."""

FINDINGS_MAX: Final = 200
"""Findings of one text; a text with more is written anew."""

NO_ATTRIBUTION: Final = "NO-ATTRIBUTION"


class Check(StrEnum):
    """What is looked for."""

    IDIOM = "IDIOM"
    METAPHOR = "METAPHOR"
    SARCASM = "SARCASM"
    THREAT = "THREAT"
    ACCUSATION = "ACCUSATION"
    GUARANTEE = "GUARANTEE"
    CONSENT = "CONSENT"
    DATE_AMBIGUOUS = "DATE-AMBIGUOUS"
    NUMBER_AMBIGUOUS = "NUMBER-AMBIGUOUS"
    NUMBER_SCALE = "NUMBER-SCALE"
    UNIT_MISSING = "UNIT-MISSING"
    UNIT_MIXED = "UNIT-MIXED"
    UNIT_AMBIGUOUS = "UNIT-AMBIGUOUS"
    TIME_ZONE = "TIME-ZONE"
    TIME_RELATIVE = "TIME-RELATIVE"
    NEGATION_DOUBLE = "NEGATION-DOUBLE"
    ACTOR_UNCLEAR = "ACTOR-UNCLEAR"
    NAME_FORM = "NAME-FORM"
    TERM_DEPRECATED = "TERM-DEPRECATED"
    LOOK_ALIKE = "LOOK-ALIKE"
    MACHINE_MARK = "MACHINE-MARK"


SENTENCES: Final[Mapping[Check, str]] = {
    Check.IDIOM: "An idiom: it reads otherwise, or not at all, in another language.",
    Check.METAPHOR: "A metaphor: it may be taken at its word.",
    Check.SARCASM: "This may be read as sarcasm, or as doubt of the other side's good faith.",
    Check.THREAT: "This may be read as a threat.",
    Check.ACCUSATION: "This accuses, and the message is marked as naming nobody.",
    Check.GUARANTEE: "A guarantee binds in law; what a party gives on a line is an assurance.",
    Check.CONSENT: "A word of consent beside a receipt: receipt is neither consent nor permission.",
    Check.DATE_AMBIGUOUS: "This date has two readings.",
    Check.NUMBER_AMBIGUOUS: "The comma may be read as a decimal sign.",
    Check.NUMBER_SCALE: "A number word that differs between languages, or says no number.",
    Check.UNIT_MISSING: "A number without its unit.",
    Check.UNIT_MIXED: "Two units for one kind of thing in one text.",
    Check.UNIT_AMBIGUOUS: "A unit of several lengths or weights, or one whose letters say another one.",
    Check.TIME_ZONE: "A time without its zone.",
    Check.TIME_RELATIVE: "A time that depends on when and where this is read.",
    Check.NEGATION_DOUBLE: "Two negations: one is easily lost in translation.",
    Check.ACTOR_UNCLEAR: "It is not said who does it.",
    Check.NAME_FORM: "The name stands in another form than the rule of this line says.",
    Check.TERM_DEPRECATED: "The term base advises against this word.",
    Check.LOOK_ALIKE: "A word of letters of two alphabets.",
    Check.MACHINE_MARK: "A machine draft, which goes to nobody.",
}
"""What each finding says to the drafter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One finding at characters ``[start, end)`` of the text."""

    check: Check
    start: int
    end: int
    text: str
    suggestion: str

    @property
    def sentence(self) -> str:
        """What it says to the drafter."""
        return SENTENCES[self.check]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a text stands in.

    Args:
        attribution: code of the message's field; accusations are looked for under NO-ATTRIBUTION.
        names: places with their forms; None looks for none.
        rule: a key of `toponyms.NAME_FORMS`.
        terms: the term base; None looks for no terms.
    """

    attribution: str = ""
    names: NameBook | None = None
    rule: str = "uk"
    terms: TermBase | None = None


NOTHING_ELSE: Final = Setting()


def check_text(text: str, language: str, setting: Setting = NOTHING_ELSE) -> tuple[Finding, ...]:
    """Return what a text could be taken for, in the order of the text.

    Args:
        text: free text of a message.
        language: tag of its language; one without lists is checked for numbers, dates and letters only.
        setting: what it stands in.

    Raises:
        LocalError: TEXT-SIZE.
    """
    if len(text) > TEXT_CHARS_MAX:
        raise LocalError("TEXT-SIZE", expected=f"at most {TEXT_CHARS_MAX} characters", got=len(text))
    found = [finding for rule in _RULES for finding in rule(text, language, setting)]
    ordered = sorted(_alone(found), key=lambda one: (one.start, -one.end, one.check.value))
    return tuple(ordered[:FINDINGS_MAX])


def _alone(found: list[Finding]) -> Iterator[Finding]:
    """Yield the findings that do not lie within a longer one of the same kind."""
    for one in found:
        within = (
            other.check is one.check and other.start <= one.start and one.end <= other.end and other != one
            for other in found
        )
        if not any(within):
            yield one


def _made(check: Check, match: re.Match[str], suggestion: str) -> Finding:
    return Finding(check=check, start=match.start(), end=match.end(), text=match.group(), suggestion=suggestion)


# --- words of the lists -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """The patterns of one list as one expression, and what each says."""

    pattern: re.Pattern[str]
    says: tuple[str, ...]


@lru_cache(maxsize=8)
def _lists(language: str) -> Mapping[str, _Words]:
    rows: dict[str, list[tuple[str, str]]] = {}
    name = ""
    for line in LISTS.get(language, "").splitlines():
        if line.startswith("["):
            name = line[1:-1]
        else:
            words, _, says = line.partition(" = ")
            rows.setdefault(name, []).append((_expression(words), says))
    return {name: _compiled(entries) for name, entries in rows.items()}


def _compiled(entries: list[tuple[str, str]]) -> _Words:
    # The longer pattern first, so that "time bomb" is not met before "ticking time bomb".
    ordered = sorted(entries, key=lambda entry: -len(entry[0]))
    joined = "|".join(f"({expression})" for expression, _ in ordered)
    return _Words(re.compile(rf"(?<![\w-])(?:{joined})(?![\w])", re.IGNORECASE), tuple(says for _, says in ordered))


def _expression(words: str) -> str:
    parts = []
    for word in words.split(" "):
        plain = re.escape(word.removesuffix("*")).replace("'", "['’ʼ]").replace(re.escape("?"), "?")
        plain = re.sub("[её]", "[её]", plain)
        parts.append(plain + (r"\w*" if word.endswith("*") else ""))
    return r"[\s\u00a0]+".join(parts)


def _from_list(name: str, check: Check) -> Callable[[str, str, Setting], Iterator[Finding]]:
    def rule(text: str, language: str, _setting: Setting) -> Iterator[Finding]:
        words = _lists(language).get(name)
        for match in words.pattern.finditer(text) if words else ():
            yield _made(check, match, words.says[(match.lastindex or 1) - 1])  # type: ignore[union-attr]  # just seen

    return rule


_accusing = _from_list("ACCUSATION", Check.ACCUSATION)
_consenting = _from_list("CONSENT", Check.CONSENT)
_miles = _from_list("UNIT-AMBIGUOUS", Check.UNIT_AMBIGUOUS)


def _accusation(text: str, language: str, setting: Setting) -> Iterator[Finding]:
    if setting.attribution == NO_ATTRIBUTION:
        yield from _accusing(text, language, setting)


def _consent(text: str, language: str, setting: Setting) -> Iterator[Finding]:
    receipt = _lists(language).get("RECEIPT")
    if receipt is not None and receipt.pattern.search(text):
        yield from _consenting(text, language, setting)


_NAUTICAL: Final = re.compile(r"(?:nautical|sea|морск\w+|морськ\w+)[\s\u00a0-]+\Z", re.IGNORECASE)
_BEFORE_CHARS: Final = 24


def _unit_ambiguous(text: str, language: str, setting: Setting) -> Iterator[Finding]:
    for one in _miles(text, language, setting):
        if not _NAUTICAL.search(text[max(0, one.start - _BEFORE_CHARS) : one.start]):
            yield one


# --- dates, numbers, units --------------------------------------------------------------------------------------------

_SLASHED: Final = re.compile(
    r"(?<![\w/.])(?P<a>\d{1,2})(?P<sign>[/.])(?P<b>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2}))?(?![\w/]|\.\d)"
)
_BEFORE_DATE: Final = re.compile(r"\b(?:on|by|until|before|after|since|до|после|після|від)\s+\Z", re.IGNORECASE)
"""Words after which 5/6 is a day and no part of something."""
_MONTHS_MAX: Final = 12
"""The months of a year: a larger number is a day, and which is which is clear."""

_COMMA: Final = re.compile(r"(?<![\w.,])\d{1,3},\d{3}(?![\d,]|\.\d)")
_LEADING_ZERO: Final = re.compile(r"0+,")


def _dates(text: str, language: str, _setting: Setting) -> Iterator[Finding]:
    for match in _SLASHED.finditer(text):
        first, second, year = int(match["a"]), int(match["b"]), match["year"]
        if not (1 <= first <= _MONTHS_MAX and 1 <= second <= _MONTHS_MAX) or first == second:
            continue
        two_digits = len(match["a"]) == len(match["b"]) == len("04")
        dated = _BEFORE_DATE.search(text[max(0, match.start() - _BEFORE_CHARS) : match.start()]) is not None
        slashed = match["sign"] == "/" and (year is not None or two_digits or dated)
        # Day, month and year with points is how Russian and Ukrainian write a date; elsewhere it has two readings.
        pointed = match["sign"] == "." and year is not None and (language not in {"ru", "uk"} or len(year) == 2)
        if slashed or pointed:
            yield _made(Check.DATE_AMBIGUOUS, match, "write the month as a word, with the year: 3 April 2023")


def _numbers(text: str, _language: str, _setting: Setting) -> Iterator[Finding]:
    for match in _COMMA.finditer(text):
        if not _LEADING_ZERO.match(match.group()):
            plain = match.group().replace(",", " ")
            yield _made(Check.NUMBER_AMBIGUOUS, match, f"write {plain}, or a decimal point if that is meant")


_LENGTH_UNIT: Final = (
    r"(?:km|m|cm|mm|ft|feet|nmi|mi|metres?|meters?|kilometres?|kilometers?|miles?|nautical|"
    r"км|м|см|мм|метр\w*|километр\w*|кілометр\w*|морск\w*|морськ\w*|мил\w*|фут\w*|FL|%|per|процент\w*|відсотк\w*)"
)
_MEASURED: Final = (
    r"distance|altitude|height|depth|radius|width|length|range|"
    r"расстояни\w+|высот\w+|глубин\w+|радиус\w*|ширин\w+|длин\w+|дальност\w+|"
    r"відстан\w+|висот\w+|глибин\w+|радіус\w*|ширин\w+|довжин\w+|дальн\w+"
)
_BARE: Final = re.compile(
    rf"(?<!\w)(?:{_MEASURED})(?:\s+(?:of|is|was|about|at|in|до|в|около|близько|у|составляет|становить))*[\s:]+"
    rf"\d[\d\u00a0.,]*(?:\s\d{{3}})*(?![\d.,]*\d)(?!\s*(?:{_LENGTH_UNIT})(?!\w))",
    re.IGNORECASE,
)


def _unit_missing(text: str, _language: str, _setting: Setting) -> Iterator[Finding]:
    for match in _BARE.finditer(text):
        yield _made(Check.UNIT_MISSING, match, "write the unit: m, km or nautical miles")


_AMOUNT: Final = r"(?<!\w)\d[\d\u00a0 .,]*\s*"
_FAMILIES: Final = (
    (
        (r"km|kilomet\w+|км|километр\w*|кілометр\w*", "kilometres"),
        (r"nmi|NM|nautical\s+miles?|mi|miles?|морск\w+\s+мил\w+|морськ\w+\s+мил\w+|мил\w+", "miles"),
    ),
    ((r"m|metres?|meters?|м|метр\w*", "metres"), (r"ft|feet|foot|фут\w*", "feet")),
    (
        (r"(?:million|млн|миллион\w*|мільйон\w*)\s*(?:m3|m³|cubic|м3|м³|куб\w*)", "millions of cubic metres"),
        (r"(?:thousand|тыс\.?|тысяч\w*|тис\.?|тисяч\w*)\s*(?:m3|m³|cubic|м3|м³|куб\w*)", "thousands of cubic metres"),
    ),
)
_UNITS: Final = tuple(
    tuple((re.compile(rf"{_AMOUNT}(?:{unit})(?!\w)"), name) for unit, name in family) for family in _FAMILIES
)


def _unit_mixed(text: str, _language: str, _setting: Setting) -> Iterator[Finding]:
    for first, second in _UNITS:
        one, other = first[0].search(text), second[0].search(text)
        if one is None or other is None:
            continue
        late = max(one, other, key=lambda match: match.start())
        yield _made(Check.UNIT_MIXED, late, f"use one of {first[1]} and {second[1]} throughout")


_QUANTITY: Final = re.compile(r"(?<!\w)\d[\d\u00a0]*(?:[.,]\d+)?\s*[mм](?:W|w|Вт|вт)(?!\w)")


def _quantities(text: str, _language: str, _setting: Setting) -> Iterator[Finding]:
    for match in _QUANTITY.finditer(text):
        try:
            amount = read_quantity(match.group(), Dimension.POWER)
        except LocalError:
            continue
        if Doubt.CASE in amount.doubts:
            yield _made(Check.UNIT_AMBIGUOUS, match, "mW is a thousandth of a watt: write MW")


# --- times ------------------------------------------------------------------------------------------------------------

_CLOCK: Final = re.compile(r"(?<![\d:./+])(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:])")
_ZONED: Final = re.compile(
    r"(?:\s*(?:-|–|to|until|and|or|до|по|и|или|та|і|або)\s*(?:[01]?\d|2[0-4]):[0-5]\d)*"
    r"(?:\s*(?:on|am|h|hrs|hours)\b)?[\s(,]*"
    r"(?:Z\b|UTC|GMT|[A-Z]{2,4}T\b|UTC|МСК|по\s+Гринвич\w+|за\s+Гринвіч\w+|по\s+UTC|за\s+UTC|всемирн\w+|"
    r"по\s+московск\w+|по\s+киевск\w+|за\s+київськ\w+|за\s+московськ\w+|[A-Z]\w+\s+time|local\s+time\s+\()",
)


def _zones(text: str, _language: str, _setting: Setting) -> Iterator[Finding]:
    for match in _CLOCK.finditer(text):
        if not _ZONED.match(text, match.end()):
            yield _made(Check.TIME_ZONE, match, "write UTC after it, or the zone as UTC+3")


# --- names, terms, letters --------------------------------------------------------------------------------------------


def _names(text: str, language: str, setting: Setting) -> Iterator[Finding]:
    for one in setting.names.check(text, language, setting.rule) if setting.names else ():
        yield Finding(check=Check.NAME_FORM, start=one.start, end=one.end, text=one.text, suggestion=one.wanted)


def _terms(text: str, language: str, setting: Setting) -> Iterator[Finding]:
    for one in setting.terms.check_text(text, language) if setting.terms else ():
        yield Finding(
            check=Check.TERM_DEPRECATED, start=one.start, end=one.end, text=one.text, suggestion=one.preferred
        )


def _letters(text: str, _language: str, _setting: Setting) -> Iterator[Finding]:
    for word in mixed_script_words(text):
        start = text.find(word)
        yield Finding(
            check=Check.LOOK_ALIKE,
            start=start,
            end=start + len(word),
            text=word,
            suggestion="type the word again in one alphabet",
        )


def _marks(text: str, _language: str, _setting: Setting) -> Iterator[Finding]:
    start = text.find(MACHINE_MARK)
    if start >= 0:
        end = start + len(MACHINE_MARK)
        yield Finding(
            check=Check.MACHINE_MARK,
            start=start,
            end=end,
            text=MACHINE_MARK,
            suggestion="have a linguist read it against the original and write the text that is meant",
        )


_RULES: Final = (
    *(
        _from_list(check.value, check)
        for check in (
            Check.IDIOM,
            Check.METAPHOR,
            Check.SARCASM,
            Check.THREAT,
            Check.GUARANTEE,
            Check.TIME_RELATIVE,
            Check.NUMBER_SCALE,
            Check.NEGATION_DOUBLE,
            Check.ACTOR_UNCLEAR,
        )
    ),
    _accusation,
    _consent,
    _unit_ambiguous,
    _dates,
    _numbers,
    _unit_missing,
    _unit_mixed,
    _quantities,
    _zones,
    _names,
    _terms,
    _letters,
    _marks,
)
