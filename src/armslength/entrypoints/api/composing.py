"""The API of writing a message: words of the codes, the text as each side will read it, what is still wrong with it."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from fastapi import Request, Response
from pydantic import Field

from armslength.desk import policy, service_composing
from armslength.entrypoints.api.answers import Answer
from armslength.entrypoints.api.asked import LocaleQuery, PathName, as_json, caller_of, node_of
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import LIST_ITEMS_MAX, FieldValue, Name, Shape


class MessageInHand(Shape):
    """A message as far as its drafter has come; nothing of it is stored."""

    line: Name | None = Field(
        default=None, description="Peer's party code or start of the line's id; null, the only line."
    )
    form: Name = Field(description="Code of a form of the catalogue.")
    precedence: Name | None = Field(default=None, description="Name or prosign; null, the form's usual one.")
    values: Annotated[dict[Name, FieldValue], Field(max_length=LIST_ITEMS_MAX)] = Field(
        default_factory=dict, description="Form fields by name, complete or not."
    )


# --- answers ----------------------------------------------------------------------------------------------------------


class FormTitle(Answer):
    """A form's title."""

    code: str
    title: str


class FieldLabel(Answer):
    """A field's label, and the vocabularies of its codes."""

    name: str
    label: str
    vocabulary: str | None
    grades: str | None


class CodeText(Answer):
    """A code, its number on paper, its words."""

    code: str
    number: int
    text: str


class VocabularyWords(Answer):
    """One vocabulary."""

    name: str
    codes: list[CodeText]


class Vocabularies(Answer):
    """Titles, labels and codes in the words of one language."""

    locale: str
    forms: list[FormTitle]
    fields: list[FieldLabel]
    vocabularies: list[VocabularyWords]


class TextOfOne(Answer):
    """The text as one side reads it."""

    whose: Literal["us", "them"]
    party: str
    locale: str
    text: str


class DraftTexts(Answer):
    """A draft's text as we read it and as the other side will."""

    id: str
    texts: list[TextOfOne]


class PreviewProblem(Answer):
    """What is wrong with a field, or with the whole when no field is named."""

    field: str | None
    code: str = Field(description="MISSING, MALFORMED, UNKNOWN-CODE, ... or an error code.")
    sentence: str
    expected: str


class Preview(Answer):
    """A message in its drafter's hand: both texts, what is wrong, what its release will need."""

    line: str
    peer: str
    form: str
    precedence: str
    problems: list[PreviewProblem]
    words: int
    words_max: int | None
    needs: list[str]
    fields: dict[str, Any]
    asked: list[dict[str, Any]]
    texts: list[TextOfOne]


# --- operations -------------------------------------------------------------------------------------------------------


async def vocabularies(request: Request, locale: LocaleQuery = None) -> Response:
    """Return the titles of the forms, the labels of their fields and the words of their codes in one language."""
    node = node_of(request)
    texts = node.service.renderer.texts(locale or node.settings.languages[0])
    return as_json(service_composing.read_vocabularies(texts))


async def draft_texts(request: Request, name: PathName) -> Response:
    """Return a draft's text as we read it and as the other side will."""
    service = node_of(request).service
    return as_json(
        service.look(lambda books: service_composing.read_draft_texts(books, service.renderer, name)),
    )


async def preview(request: Request, body: MessageInHand) -> Response:
    """Return a message as it stands in a drafter's hand, in both languages, with what is wrong; nothing is stored."""
    service = node_of(request).service
    caller, given = caller_of(request), body.model_dump()
    reads = bool(caller.roles & policy.READS["messages"])
    return as_json(
        service.look(
            lambda books: service_composing.preview(
                books, service.renderer, caller.officer, service.line(books, body.line), given, reads=reads
            )
        )
    )


OPERATIONS: Final = (
    Operation("GET", "/v1/vocabularies", "vocabularies", vocabularies, Vocabularies),
    Operation("GET", "/v1/drafts/{name}/texts", "draft-texts", draft_texts, DraftTexts),
    Operation("POST", "/v1/previews", "preview", preview, Preview),
)
"""What a drafter asks while he writes."""
