"""What a drafter sees while he writes: words of the codes, the text as each side will read it, what is still wrong.

Nothing of it is stored, and nothing is refused: what does not fit yet is listed field by field, and the rest is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import ArmslengthError
from armslength.core.limits import FLASH_WORDS_MAX
from armslength.core.precedence import Precedence
from armslength.core.record import SEED_BYTES
from armslength.desk import asking, drafting, service_read
from armslength.desk.form_json import names_from_values, precedence_of, values_from_names
from armslength.desk.prepared import Prepared
from armslength.language.shapes import text_id
from armslength.line import fields, forms
from armslength.line.form_values import Finding, problems, word_count
from armslength.line.vocabularies import VOCABULARIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView
    from armslength.language.rendering import Renderer
    from armslength.language.texts import Texts
    from armslength.line.form_types import Form

Json = dict[str, Any]

LAST_RESORT: Final = "en"
"""The language of a counterpart whose own ones this node cannot render."""


def read_vocabularies(texts: Texts) -> Json:
    """Return the titles of the forms, the labels of their fields and the words of every code in one language."""
    every = {field.name: field for entry in forms.FORMS.values() for field in forms.fields_of(entry).values()}
    return {
        "locale": texts.locale,
        "forms": [{"code": code, "title": texts.say(f"form-{code.lower()}")} for code in forms.FORMS],
        "fields": [
            {
                "name": name,
                "label": texts.say(f"field-{name}"),
                "vocabulary": field.vocabulary,
                "grades": field.grades,
            }
            for name, field in sorted(every.items())
        ],
        "vocabularies": [
            {
                "name": name,
                "codes": [
                    {"code": code, "number": number, "text": texts.say(text_id(name, code))}
                    for code, number in table.codes.items()
                    if texts.has(text_id(name, code))
                ],
            }
            for name, table in VOCABULARIES.items()
        ],
    }


def read_draft_texts(books: Books, renderer: Renderer, name: str) -> Json:
    """Return a draft's text as we read it and as the other side will.

    Raises:
        LocalError: DRAFT-UNKNOWN.
    """
    key, row = drafting.find_draft(books, name)
    prepared = drafting.draft_prepared(row)
    return {"id": key.hex(), "texts": _texts(books, renderer, books.line(row[1]), dict(prepared.body))}


def preview(
    books: Books, renderer: Renderer, officer: str, line: LineView, given: Mapping[str, Any], *, reads: bool = True
) -> Json:
    """Return a message as it stands in a drafter's hand: both texts, what is wrong with it, what its release needs.

    Args:
        books: the books.
        renderer: what renders it.
        officer: who drafts.
        line: where it is to go.
        given: form, precedence (the form's usual one when missing) and values by name, complete or not.
        reads: whether the officer may read messages; else nothing is told of the one that is answered.

    Raises:
        LocalError: DRAFT-FORM-UNKNOWN, DRAFT-PRECEDENCE.
    """
    entry = forms.form(str(given["form"]).upper())
    precedence = precedence_of(given["precedence"]) if given.get("precedence") else entry.precedences[0]
    values, found = _read(entry, given["values"])
    body: dict[int, CborValue] = {
        **books.common(officer, (line.peer,)),
        fields.FORM_CODE: entry.code,
        fields.FORM_VERSION: entry.version,
        fields.PRECEDENCE: int(precedence),
        fields.LANGUAGE: books.manifest().languages[0],
        **values,
    }
    wrong = problems(entry, body, precedence)
    for one in wrong:
        if one.finding is Finding.MALFORMED and one.field >= fields.RELATION:
            body.pop(one.field, None)
    # A value that could not be read is said once, as what it is; it is not missing as well.
    unread = {problem["field"] for problem in found}
    found += [
        {"field": one.name, "code": one.finding.value, "sentence": "", "expected": one.detail}
        for one in wrong
        if one.name not in unread
    ]
    if not found:
        found += _refusals(books, line, body)
    return {
        "line": line.line.hex(),
        "peer": line.peer,
        "form": entry.code,
        "precedence": precedence.name,
        "problems": found,
        "words": word_count(entry, body),
        "words_max": FLASH_WORDS_MAX if precedence >= Precedence.IMMEDIATE else None,
        "needs": _needs(books, line, body),
        "fields": names_from_values(entry.code, body),
        "asked": asking.asked_json(books, body, renderer.texts(_ours(books, renderer))) if reads else [],
        "texts": _texts(books, renderer, line, body),
    }


def _read(entry: Form, named: Mapping[str, Any]) -> tuple[dict[int, CborValue], list[Json]]:
    """Read what can be read; the rest as problems."""
    values: dict[int, CborValue] = {}
    found: list[Json] = []
    for name, given in named.items():
        try:
            values.update(values_from_names(entry.code, {name: given}))
        except ArmslengthError as error:
            found.append(_refusal(error, name))
    return values, found


def _refusal(error: ArmslengthError, field: str | None) -> Json:
    expected = error.details.get("expected", "")
    return {"field": field, "code": error.code, "sentence": error.sentence, "expected": str(expected)[:400]}


def _refusals(books: Books, line: LineView, body: dict[int, CborValue]) -> list[Json]:
    """Return what the line, the charter or a relation refuses, once every field fits."""
    prepared = Prepared(type="message", line=line.line, seed=bytes(SEED_BYTES), body=body)
    try:
        drafting.check_message(books, line, prepared)
    except ArmslengthError as error:
        return [_refusal(error, None)]
    return []


def _needs(books: Books, line: LineView, body: dict[int, CborValue]) -> list[str]:
    try:
        steps = drafting.steps_needed(books, line, body)
    except ArmslengthError:
        # A relation to what is not there: said among the problems.
        steps = drafting.steps_needed(books, line, {n: v for n, v in body.items() if n != fields.RELATION})
    wanted = (("legal", steps.legal_tick), ("linguist", steps.linguist_check), ("second person", steps.persons > 1))
    return [name for name, needed in wanted if needed]


def _ours(books: Books, renderer: Renderer) -> str:
    return _first(books.manifest().languages, renderer)


def _first(languages: tuple[str, ...], renderer: Renderer) -> str:
    return next((one for one in languages if one in renderer.locales), LAST_RESORT)


def _texts(books: Books, renderer: Renderer, line: LineView, body: dict[int, CborValue]) -> list[Json]:
    """Return the text in our language and in theirs, ours first."""
    ends = (("us", books.party, _ours(books, renderer)), ("them", line.peer, _theirs(books, renderer, line)))
    return [
        {
            "whose": whose,
            "party": party,
            "locale": locale,
            "text": service_read.render_body(books, renderer, line, body, locale).text,
        }
        for whose, party, locale in ends
    ]


def _theirs(books: Books, renderer: Renderer, line: LineView) -> str:
    return _first(books.manifest(line.peer).languages, renderer)
