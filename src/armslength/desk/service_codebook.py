"""What the faces read and prepare of the codebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.folding import fold_words
from armslength.desk import cast, phrase_values, phrasing
from armslength.desk.printing import Paragraph, Sheet, Table
from armslength.desk.service_read import when
from armslength.language.codebook_review import NOT_NATIVE
from armslength.language.codebook_table import DIGEST, ENTRIES, GROUP, LANGUAGES, VERSION
from armslength.language.direction import isolated
from armslength.language.phrases import entry_of
from armslength.language.pronouncing import pronunciation
from armslength.line import fields

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.call_sheet import Words
    from armslength.desk.cast import LineView
    from armslength.desk.phrasing import Signature
    from armslength.desk.prepared import Prepared
    from armslength.language.codebook import Codebook
    from armslength.language.codebook_table import Entry
    from armslength.language.rendering import Renderer

    ValuesOf = Callable[[Books, LineView], dict[int, CborValue]]

Json = dict[str, Any]

DRAFT, SIGNED = "DRAFT", "SIGNED"
"""How an entry stands here, whatever the other side says of it."""

_ALL: Final = "all"


def codebook_of(renderer: Renderer) -> Codebook:
    """Return the codebook of a node's renderer.

    Raises:
        LocalError: CODEBOOK-UNKNOWN, the renderer was made without one.
    """
    if renderer.codebook is None:
        raise LocalError("CODEBOOK-UNKNOWN", expected=VERSION, got="no codebook")
    return renderer.codebook


# --- reading ----------------------------------------------------------------------------------------------------------


def read_codebook(books: Books) -> Json:
    """Return the version used here: its digest, what is signed, and what each peer approved."""
    row = phrasing.adopted(books)
    languages = phrasing.languages_of(books)
    signed = phrasing.signed_here(books, languages)
    return {
        "version": VERSION,
        "digest": DIGEST.hex(),
        "entries": len(ENTRIES),
        "languages": list(LANGUAGES),
        "our_languages": list(languages),
        "adopted_at": None if row is None else when(row[3]),
        "adopted_by": None if row is None else row[4],
        "drafts": len(ENTRIES) - len(signed),
        "lines": [_line_json(books, line) for line in cast.lines(books.unit, books.realm)],
    }


def _line_json(books: Books, line: LineView) -> Json:
    languages = phrasing.languages_of(books, line)
    return {
        "peer": line.peer,
        "languages": list(languages),
        "approved_by_us": len(phrasing.approved(books, books.party, languages, line.line)),
        "approved_by_them": len(phrasing.approved(books, line.peer, languages, line.line)),
        "drafts": len(phrasing.drafts(books, line, ENTRIES)),
    }


def read_codes(books: Books, renderer: Renderer, query: Mapping[str, Any]) -> list[Json]:
    """Return entries of the codebook with their phrases, by number.

    Args:
        books: where signatures stand.
        renderer: gives the phrases.
        query: ``find`` (words in any language, or a number), ``group`` (010 for 010 to 019).
    """
    book = codebook_of(renderer)
    held = {language: phrasing.signatures(books, language) for language in LANGUAGES}
    wanted = phrasing.languages_of(books)
    found = [_code_json(book, entry, held, wanted) for entry in _in_group(query.get("group"))]
    asked = str(query.get("find") or "")
    return [one for one in found if _fits(one, asked)] if asked else found


def _in_group(group: Any) -> list[Entry]:  # noqa: ANN401 - what a face was given
    if group is None or group == _ALL:
        return list(ENTRIES.values())
    first = phrase_values.number_of(group)
    return [entry for entry in ENTRIES.values() if entry.group == first // GROUP]


def _code_json(
    book: Codebook, entry: Entry, held: Mapping[str, Mapping[int, tuple[Signature, ...]]], wanted: tuple[str, ...]
) -> Json:
    signed = {language: held[language].get(entry.number, ()) for language in LANGUAGES}
    return {
        "number": entry.digits,
        "meaning": entry.meaning,
        "arguments": [{"name": argument.name, "kind": argument.kind.value} for argument in entry.arguments],
        "answers": [f"{number:03}" for number in entry.answers],
        "phrases": {locale: book.pattern(entry.number, locale) for locale in book.locales},
        "status": SIGNED if all(signed[language] for language in wanted) else DRAFT,
        "signed": {language: [one.officer for one in signers] for language, signers in signed.items()},
        "not_native": [language for language, by in signed.items() if not any(one.native for one in by)],
    }


def _fits(code: Json, asked: str) -> bool:
    if asked.isdecimal():
        return int(code["number"]) == int(asked)
    words = [word.folded for word in fold_words(asked)]
    texts = (code["meaning"].replace("-", " "), *code["phrases"].values())
    folded = [" ".join(word.folded for word in fold_words(text)) for text in texts]
    return bool(words) and any(all(word in text for word in words) for text in folded)


def read_code(books: Books, renderer: Renderer, name: str) -> Json:
    """Return one entry: how it sounds, how it was read back, and what our linguists recorded of it.

    Raises:
        LocalError: CODE-UNKNOWN.
    """
    book = codebook_of(renderer)
    entry = entry_of(phrase_values.number_of(name))
    held = {language: phrasing.signatures(books, language) for language in LANGUAGES}
    code = _code_json(book, entry, held, phrasing.languages_of(books))
    return {
        **code,
        "pronunciation": [
            {"language": language, "reader": reader, "sounds": sounds}
            for language in LANGUAGES
            for reader in LANGUAGES
            if (sounds := pronunciation(code["phrases"][language], language, reader))
        ],
        "readings": _readings(book, entry.number),
        "steps": [
            {"what": what, "language": language, "officer": officer, "at": when(at), "native": native, "note": note}
            for language in LANGUAGES
            for what, first, last, officer, at, _, _, native, note in phrasing.steps(books, language)
            if first <= entry.number <= last
        ],
    }


def _readings(book: Codebook, number: int) -> list[Json]:
    review = book.review
    if review is None:
        return []
    return [
        {
            "language": language,
            "back_translation": reading.back,
            "verdict": reading.verdict.value,
            "differences": reading.differences,
            "reviewer": review.reviewer,
            "date": review.date,
        }
        for language in LANGUAGES
        if (reading := review.of(number, language)) is not None
    ]


# --- preparing --------------------------------------------------------------------------------------------------------


def _adoption(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    del given
    return phrasing.prepare_adoption(books, officer)


def _step(books: Books, officer: str, given: Mapping[str, Any]) -> Prepared:
    first, last = _range(given)
    return phrasing.prepare_step(
        books,
        officer,
        str(given["what"]).upper(),
        tuple(str(one) for one in given["languages"]),
        first,
        last,
        native=given.get("native") is True,
        note=str(given.get("note") or ""),
    )


def _range(given: Mapping[str, Any]) -> tuple[int, int]:
    first = phrase_values.number_of(given["first"])
    return first, first if given.get("last") is None else phrase_values.number_of(given["last"])


MAKERS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Prepared]]] = {
    "codebook": _adoption,
    "codebook-sign": _step,
}
"""Kinds of `Service.prepare_local` that this file adds."""


def _phrase_message(given: Mapping[str, Any]) -> tuple[str, ValuesOf]:
    phrases = phrase_values.phrases_from_json(given["phrases"])
    answers = given.get("answers")
    more: dict[int, CborValue] = {} if answers is None else {fields.ANSWERS: bytes.fromhex(str(answers))}
    return "PHRASE", lambda books, line: {**phrasing.phrase_values(books, line, phrases), **more}


def _approval_message(given: Mapping[str, Any]) -> tuple[str, ValuesOf]:
    first, last = _range(given)
    named = given.get("languages")
    yes = given.get("approved") is not False

    def values(books: Books, line: LineView) -> dict[int, CborValue]:
        languages = phrasing.languages_of(books, line) if named is None else tuple(str(one) for one in named)
        return phrasing.approval_values(languages, first, last, yes=yes)

    return "CODEBOOK", values


MESSAGES: Final[dict[str, Callable[[Mapping[str, Any]], tuple[str, ValuesOf]]]] = {
    "phrase": _phrase_message,
    "codebook-approval": _approval_message,
}
"""Kinds of `Service.prepare_filled` that this file adds."""

READS: Final[dict[str, Callable[[Books, Mapping[str, Any]], Any]]] = {
    "codebook": lambda books, _query: read_codebook(books)
}
"""Word of `Client.read` -> what is read, with the query; ``codes`` needs the phrases and stands in `local_reads`."""

READS_ONE: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Any]]] = {}
"""Word of `Client.read` -> one thing by its name, with the query."""


# --- printing ---------------------------------------------------------------------------------------------------------


def make_sheet(books: Books, words: Words, name: str, query: Mapping[str, Any]) -> Sheet:
    """Return the printed codebook: number, phrases, how the other side's phrase sounds, and the answers to it.

    Args:
        books: where signatures stand.
        words: give the phrases.
        name: ``all``, or a group: 010 for 010 to 019.
        query: ``language`` of the reader, ``theirs`` the language that the reader says aloud.

    Raises:
        LocalError: CODE-UNKNOWN, LOCALE-UNKNOWN.
    """
    book = codebook_of(words.renderer)
    ours = str(query.get("language") or books.manifest().languages[0])
    theirs = str(query.get("theirs") or _other_language(books, ours))
    for locale in (ours, theirs):
        if locale not in book.locales:
            raise LocalError("LOCALE-UNKNOWN", got=locale, expected=", ".join(book.locales))
    shown = tuple(dict.fromkeys((ours, theirs, *LANGUAGES)))
    codes = read_codes(books, words.renderer, {"group": name or _ALL})
    if not codes:
        raise LocalError("CODE-UNKNOWN", got=name)
    head = ("No.", *(locale.upper() for locale in shown), f"{theirs.upper()} aloud", "Answer")
    return Sheet(
        title=f"Codebook, version {VERSION}",
        subtitle=f"{books.party}, digest {DIGEST.hex()[:16]}",
        realm=books.realm,
        made_at=books.now,
        parts=(
            Paragraph(text=f"Every phrase is {NOT_NATIVE} unless a mark says otherwise.", strong=True),
            Paragraph(text="D: draft, not signed by our linguists in our languages. N: signed by a native linguist."),
            Table(
                head=head,
                rows=tuple(_sheet_row(code, shown, ours, theirs) for code in codes),
                widths=(1, *(4 for _ in shown), 4, 1),
            ),
        ),
        language=ours,
        landscape=True,
    )


def _sheet_row(code: Json, shown: tuple[str, ...], ours: str, theirs: str) -> tuple[str, ...]:
    marks = [*(["D"] if code["status"] == DRAFT else []), *(["N"] if not code["not_native"] else [])]
    phrases = code["phrases"]
    return (
        " ".join([code["number"], *marks]),
        *(isolated(phrases[locale], locale) for locale in shown),
        pronunciation(phrases[theirs], theirs, ours),
        " ".join(code["answers"]),
    )


def _other_language(books: Books, ours: str) -> str:
    peers = [books.manifest(line.peer).languages for line in cast.lines(books.unit, books.realm)]
    spoken = [one for languages in peers for one in languages if one in LANGUAGES and one != ours]
    return spoken[0] if spoken else next(one for one in LANGUAGES if one != ours)


SHEETS: Final[dict[str, Callable[[Books, str, Mapping[str, Any]], Sheet]]] = {}
"""Kind of printed sheet -> its contents, by name and query (`language` and what the kind asks for)."""

SHEETS_WORDED: Final[dict[str, Callable[[Books, Words, str, Mapping[str, Any]], Sheet]]] = {"codebook": make_sheet}
"""The same for sheets that need the phrases."""
