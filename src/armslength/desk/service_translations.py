"""What the faces read and prepare of translations, terms and drafting checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk import cast as who
from armslength.desk import term_records, translating, translation_records, views
from armslength.desk.form_json import instant_of
from armslength.desk.service_read import when
from armslength.language import drafting_checks, toponyms
from armslength.language.detect import detect
from armslength.language.drafting_checks import Setting
from armslength.language.translations import TARGET_MIN, Stage
from armslength.line import fields

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.desk.books import Books
    from armslength.desk.prepared import Prepared
    from armslength.desk.printing import Sheet
    from armslength.desk.translating import Original
    from armslength.language.drafting_checks import Finding
    from armslength.language.terms import Term
    from armslength.language.translations import Translation, Version

Json = dict[str, Any]

PAGE: Final = 50
PAGE_MAX: Final = 1_000
"""Translations or terms in one answer."""

CODED: Final = "Coded fields only: every node renders them in its own language, and no linguist is needed."


# --- translations -----------------------------------------------------------------------------------------------------


def read_translations(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return translations, the newest first, without their texts; of one language, or those still owed to a reader."""
    language, owed = query.get("language"), query.get("owed") in {True, "true"}
    found = []
    for _, row in views.rows(books.unit, views.TRANSLATIONS):
        if (language is None or row[3] == language) and (not owed or row[9]):
            found.append(translation_records.translation_of(row))
    found.sort(key=lambda one: (_last_at(one), one.reference, one.language), reverse=True)
    return [_summary(one) for one in found[: _page(query)]]


def _page(query: Mapping[str, Any]) -> int:
    return max(1, min(_whole(query, "limit", PAGE), PAGE_MAX))


def _whole(query: Mapping[str, Any], option: str, default: int) -> int:
    try:
        return int(query.get(option) or default)
    except ValueError:
        raise LocalError("OPTION-VALUE", option=option, expected="a number", got=query.get(option)) from None


def _last_at(one: Translation) -> int:
    return max([one.received_at, *(version.at for version in one.versions), *(back.at for back in one.backs)])


def _summary(one: Translation) -> Json:
    newest = one.newest
    return {
        "subject": one.subject.value,
        "reference": one.reference,
        "language": one.language,
        "source_language": one.source,
        "received_at": when(one.received_at),
        "stage": None if newest is None else newest.stage.value,
        "version": len(one.versions),
        "linguist": None if newest is None else newest.linguist,
        "at": None if newest is None else when(newest.at),
        "minutes": {
            stage.value: one.minutes(first.at) for stage in Stage if (first := one.first_of(stage)) is not None
        },
        "doubts": 0 if newest is None else len(newest.doubts),
        "back_translations": len(one.backs),
        "owed": [{"officer": officer, "version": number} for officer, number in sorted(one.owed.items())],
    }


def read_translation(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return the original of one thing with every version of every translation of it, to be read side by side.

    Raises:
        LocalError: TRANSLATION-SUBJECT-UNKNOWN.
    """
    meant = translating.original(books, name, query.get("line"))
    rows = [row for _, row in translation_records.languages_of(books.unit, meant.subject, meant.reference)]
    texts = meant.texts
    if not texts and rows:
        texts = tuple(("original", row[translation_records.ORIGINAL]) for row in rows[:1])
    return {
        "subject": meant.subject.value,
        "reference": meant.reference,
        "name": meant.name,
        "form": meant.form or None,
        "source_language": meant.language or (rows[0][4] if rows else None),
        "needs_linguist": meant.needs_linguist,
        "note": "" if meant.needs_linguist else CODED,
        "original": [{"field": field, "text": text} for field, text in texts],
        "warning": translating.back_translation_missing(books, meant) or None,
        "translations": [_full(translation_records.translation_of(row)) for row in rows],
    }


def _full(one: Translation) -> Json:
    return {
        **_summary(one),
        "versions": [_version(one, version) for version in one.versions],
        "backs": [
            {
                "text": back.text,
                "linguist": back.linguist,
                "at": when(back.at),
                "agrees": back.agrees,
                "note": back.note,
            }
            for back in one.backs
        ],
    }


def _version(one: Translation, version: Version) -> Json:
    minutes = one.minutes(version.at)
    return {
        "number": version.number,
        "stage": version.stage.value,
        "text": version.text,
        "linguist": version.linguist,
        "at": when(version.at),
        "minutes": minutes,
        "target_minutes": TARGET_MIN[version.stage],
        "corrects": version.number > 1 and one.versions[version.number - 2].stage is version.stage,
        "changes_meaning": version.changes,
        "changed": version.changed,
        "machine": version.machine,
        "doubts": [{"quote": doubt.quote, "note": doubt.note} for doubt in version.doubts],
        "readers": [
            {"officer": reading.officer, "at": when(reading.at)}
            for reading in one.readings
            if reading.number == version.number
        ],
    }


def _prepare_translation(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    received = given.get("received")
    at = {} if received is None else {"received_at": instant_of(str(received))}
    return translating.prepare_translation(books, officer, {**given, **at})


# --- terms ------------------------------------------------------------------------------------------------------------


def read_terms(books: Books, query: Mapping[str, Any]) -> list[Json]:
    """Return terms: those that answer a search, or all of them, so many after the first few."""
    base, language = term_records.term_base(books), query.get("language")
    asked = query.get("find")
    if asked:
        return [term_json(one) for one in base.find(str(asked), language, limit=_page(query))]
    start = max(0, _whole(query, "start", 0))
    own = query.get("own") in {True, "true"}
    chosen = [one for one in base.terms if (language is None or one.language == language) and (one.own or not own)]
    return [term_json(one) for one in chosen[start : start + _page(query)]]


def read_concept(books: Books, name: str, _query: Mapping[str, Any]) -> list[Json]:
    """Return every term of a concept, the preferred one of each language first.

    Raises:
        LocalError: TERM-UNKNOWN.
    """
    base = term_records.term_base(books)
    languages = dict.fromkeys(one.language for one in base.terms if one.concept == name)
    if not languages:
        raise LocalError("TERM-UNKNOWN", asked=name)
    return [term_json(one) for language in languages for one in base.of(name, language)]


def term_json(one: Term) -> Json:
    """Return one term as plain values."""
    return {
        "concept": one.concept,
        "language": one.language,
        "term": one.term,
        "status": one.status.value,
        "definition": one.definition,
        "source": one.source,
        "note": one.note,
        "part": one.part,
        "gender": one.gender,
        "own": one.own,
    }


def check_terms(books: Books, given: Mapping[str, Any]) -> list[Json]:
    """Return what the term base says of a translation: preferred words that are missing, deprecated ones that stand.

    Args:
        books: the books.
        given: source, from, target, to.
    """
    source, target = str(given["source"]), str(given["target"])
    if max(len(source), len(target)) > drafting_checks.TEXT_CHARS_MAX:
        raise LocalError("TEXT-SIZE", expected=f"at most {drafting_checks.TEXT_CHARS_MAX} characters")
    base = term_records.term_base(books)
    found = base.check_translation(source, str(given["from"]), target, str(given["to"]))
    return [
        {
            "code": one.code,
            "concept": one.concept,
            "start": one.start,
            "end": one.end,
            "text": one.text,
            "preferred": one.preferred,
        }
        for one in found
    ]


def read_translation_terms(books: Books, name: str, query: Mapping[str, Any]) -> list[Json]:
    """Return what the term base says of the newest version of a translation.

    Raises:
        LocalError: TRANSLATION-SUBJECT-UNKNOWN, TRANSLATION-UNKNOWN.
    """
    read = read_translation(books, name, query)
    wanted = query.get("language")
    chosen = [one for one in read["translations"] if wanted in {None, one["language"]} and one["versions"]]
    if not chosen:
        raise LocalError("TRANSLATION-UNKNOWN", asked=name, language=wanted or "any")
    source = "\n".join(text["text"] for text in read["original"])
    newest = chosen[0]["versions"][-1]["text"]
    languages = {"from": chosen[0]["source_language"], "to": chosen[0]["language"]}
    return check_terms(books, {"source": source, "target": newest, **languages})


def read_rules(books: Books, _query: Mapping[str, Any]) -> list[Json]:
    """Return the rule for names and back-translations of each line, and the one that holds where none is set."""
    peers = ["", *(line.peer for line in who.lines(books.unit, books.realm))]
    found = []
    for peer in peers:
        rule = term_records.rule(books.unit, peer)
        found.append(
            {
                "peer": peer or None,
                "names": rule.names,
                "meaning": toponyms.NAME_FORMS[rule.names],
                "back_from": rule.back_from,
                "reason": rule.reason,
                "officer": rule.officer or None,
                "at": when(rule.at),
            }
        )
    return found


# --- drafting checks --------------------------------------------------------------------------------------------------


def lint_text(books: Books, given: Mapping[str, Any]) -> list[Json]:
    """Return what a text could be taken for.

    Args:
        books: the books.
        given: text; language, attribution and peer where they are known.
    """
    text = str(given["text"])
    language = str(given.get("language") or detect(text[: drafting_checks.TEXT_CHARS_MAX]).value)
    setting = _setting(books, str(given.get("peer") or ""), str(given.get("attribution") or ""))
    return [_finding("text", one) for one in drafting_checks.check_text(text, language, setting)]


def read_lint(books: Books, name: str, query: Mapping[str, Any]) -> Json:
    """Return what the free texts of a draft or message could be taken for, and what is missing before its release.

    Raises:
        LocalError: TRANSLATION-SUBJECT-UNKNOWN.
    """
    meant = translating.original(books, name, query.get("line"))
    return {
        "name": meant.name,
        "reference": meant.reference,
        "language": meant.language,
        "findings": findings_of(books, meant),
        "warning": translating.back_translation_missing(books, meant) or None,
    }


def findings_of(books: Books, meant: Original) -> list[Json]:
    """Return the findings of the free texts of a message or draft, field by field."""
    body = meant.body or {}
    attribution = body.get(fields.ATTRIBUTION)
    setting = _setting(books, meant.peer, attribution if isinstance(attribution, str) else "")
    # A test text is a pangram, made to cover an alphabet and not to say anything.
    texts = [(field, text) for field, text in meant.texts if field != "test-text"]
    return [
        _finding(field, one)
        for field, text in texts
        for one in drafting_checks.check_text(text, meant.language, setting)
    ]


def _setting(books: Books, peer: str, attribution: str) -> Setting:
    return Setting(
        attribution=attribution,
        names=books.kept.of(_Names).book,
        rule=term_records.rule(books.unit, peer).names,
        terms=term_records.term_base(books),
    )


class _Names:
    """The places that ship; made once, since their patterns take a while."""

    def __init__(self) -> None:
        self.book = toponyms.NameBook(toponyms.shipped_toponyms())


def _finding(field: str, one: Finding) -> Json:
    return {
        "code": one.check.value,
        "field": field,
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "sentence": one.sentence,
        "suggestion": one.suggestion,
    }


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "translation": _prepare_translation,
    "translation-read": translating.prepare_reading,
    "term": translating.prepare_term,
}
"""Kinds of `Service.prepare_local` that this file adds."""

READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {
    "translations": read_translations,
    "terms": read_terms,
    "name-rules": read_rules,
}
"""Word of `Client.read` -> what is read, with the query."""

READS_ONE: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Any]]] = {
    "translations": read_translation,
    "terms": read_concept,
    "term-checks": read_translation_terms,
    "drafting-checks": read_lint,
}
"""Word of `Client.read` -> one thing by its name, with the query."""

SHEETS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Sheet]]] = {}
"""Kind of printed sheet -> its contents, by name and query (`language` and what the kind asks for)."""
