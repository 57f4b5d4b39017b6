"""The API of translations, terms and drafting checks."""

# ruff: noqa: TC002 - FastAPI reads the annotations of what it calls when it runs

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from fastapi import Request, Response
from pydantic import Field

from armslength.desk import service_translations
from armslength.desk.term_records import ENTRIES_MAX
from armslength.entrypoints.api.answers import Answer, Prepared
from armslength.entrypoints.api.asked import (
    FlagQuery,
    IndexQuery,
    LineQuery,
    LocaleQuery,
    NameQuery,
    PathName,
    as_json,
    caller_of,
    node_of,
)
from armslength.entrypoints.api.operation import Operation
from armslength.entrypoints.api.shapes import BASE64, Count, Line, Locale, Name, OptionalLine, Shape, Text
from armslength.language.translations import DOUBTS_MAX

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import BaseModel

FILE_CHARS_MAX: Final = 12 * 1024 * 1024
"""Base64 of a file of terms of at most 8 MiB."""

Stages = Literal["SIGHT", "ROUGH", "OFFICIAL", "BACK"]


class DoubtGiven(Shape):
    """Words of the translation of which the linguist is not sure."""

    quote: Line
    note: Line


class TranslationGiven(Shape):
    """A stage of a translation, a correction of the newest one, or a back-translation."""

    name: Name = Field(description="A message (`in:4`), a draft, or the number of a call or contact.")
    line: Name | None = Field(default=None, description="Peer's party code; null, the only line.")
    into: Locale
    stage: Stages
    text: Text
    doubts: Annotated[list[DoubtGiven], Field(max_length=DOUBTS_MAX)] = Field(default_factory=list)
    changes: bool | None = Field(default=None, description="Whether it changes the meaning of the version before.")
    changed: OptionalLine = Field(default="", description="What it changes, or what differs in a back-translation.")
    machine: OptionalLine = Field(default="", description="The program from whose draft it began; empty for none.")
    source: Locale | None = Field(default=None, description="Language of the original, where the books do not say.")
    original: Text = Field(default="", description="The original of a call or contact.")
    received: Name | None = Field(default=None, description="When a call or contact was received.")
    agrees: bool = Field(default=False, description="Whether a back-translation says what was meant.")


class ReadingGiven(Shape):
    """An officer read a version."""

    name: Name
    line: Name | None = None
    into: Locale
    version: Count | None = Field(default=None, description="The newest when null.")


class TermGiven(Shape):
    """One entry of the term base."""

    concept: Name
    language: Locale
    term: Line
    status: Literal["preferred", "admitted", "deprecated"] = "preferred"
    definition: OptionalLine = ""
    source: OptionalLine = ""
    note: OptionalLine = ""
    part: OptionalLine = ""
    gender: OptionalLine = ""


class TermsGiven(Shape):
    """Entries of the term base, or the rule of a line for names and back-translations."""

    entries: Annotated[list[TermGiven], Field(max_length=ENTRIES_MAX)] | None = None
    file: OptionalLine = ""
    peer: Name | None = Field(default=None, description="Of which line the rule is; null, of all.")
    names: Name | None = Field(default=None, description="Whose form of names: uk or ru.")
    back_from: Name | None = Field(default=None, description="Precedence from which a back-translation is wanted.")
    reason: Line | None = None


class FileGiven(Shape):
    """A file of terms."""

    name: Name
    data: Annotated[str, Field(pattern=BASE64, max_length=FILE_CHARS_MAX)]


class PairGiven(Shape):
    """A text and its translation, to be held against the term base."""

    source: Text
    source_language: Locale = Field(alias="from")
    target: Text
    target_language: Locale = Field(alias="to")


class TextGiven(Shape):
    """A text to be held against the drafting checks."""

    text: Text
    language: Locale | None = None
    attribution: Name | None = None
    peer: Name | None = None


class MachineGiven(Shape):
    """What is to be translated by the site's own program."""

    to: Locale
    text: Text = ""
    source_language: Locale | None = Field(default=None, alias="from")
    name: Name | None = None
    line: Name | None = None


# --- answers ----------------------------------------------------------------------------------------------------------


class OwedReading(Answer):
    """An officer who has yet to read a version that changed the meaning."""

    officer: str
    version: int


class TranslationRow(Answer):
    """One translation without its texts."""

    subject: str
    reference: str
    language: str
    source_language: str
    received_at: str | None
    stage: str | None
    version: int
    linguist: str | None
    at: str | None
    minutes: dict[str, int]
    doubts: int
    back_translations: int
    owed: list[OwedReading]


class DoubtRead(Answer):
    """A doubt."""

    quote: str
    note: str


class ReaderRow(Answer):
    """Who read a version, and when."""

    officer: str
    at: str | None


class VersionRow(Answer):
    """One version of a translation."""

    number: int
    stage: str
    text: str
    linguist: str
    at: str | None
    minutes: int
    target_minutes: int
    corrects: bool
    changes_meaning: bool | None
    changed: str
    machine: str
    doubts: list[DoubtRead]
    readers: list[ReaderRow]


class BackRow(Answer):
    """A back-translation."""

    text: str
    linguist: str
    at: str | None
    agrees: bool
    note: str


class TranslationFull(TranslationRow):
    """One translation with all its versions."""

    versions: list[VersionRow]
    backs: list[BackRow]


class OriginalText(Answer):
    """One free text of the original."""

    field: str
    text: str


class SideBySide(Answer):
    """The original with its translations."""

    subject: str
    reference: str
    name: str
    form: str | None
    source_language: str | None
    needs_linguist: bool
    note: str
    original: list[OriginalText]
    warning: str | None
    translations: list[TranslationFull]


class TermRow(Answer):
    """One term."""

    concept: str
    language: str
    term: str
    status: str
    definition: str
    source: str
    note: str
    part: str
    gender: str
    own: bool


class TermCheck(Answer):
    """What the term base says of one term."""

    code: str
    concept: str
    start: int
    end: int
    text: str
    preferred: str


class NameRuleRow(Answer):
    """The rule of a line."""

    peer: str | None
    names: str
    meaning: str
    back_from: str
    reason: str
    officer: str | None
    at: str | None


class FindingRow(Answer):
    """One finding of the drafting checks."""

    code: str
    field: str
    start: int
    end: int
    text: str
    sentence: str
    suggestion: str


class Lint(Answer):
    """What the texts of a draft or message could be taken for."""

    name: str
    reference: str
    language: str
    findings: list[FindingRow]
    warning: str | None


class RefusedRow(Answer):
    """A refused row of a file of terms."""

    row: int
    code: str
    reason: str


class TermFileRead(Answer):
    """The dry run of a file of terms."""

    file: str
    sha256: str
    reader: str
    rows_read: int
    refused_count: int
    refused: list[RefusedRow]
    known: int
    to_enter: int
    concepts: int
    entries: list[TermRow]


class MachineDraft(Answer):
    """A machine draft between its marks; it is kept nowhere."""

    mark: str
    program: str
    source_language: str = Field(alias="from")
    to: str
    text: str


# --- operations -------------------------------------------------------------------------------------------------------


async def _look(request: Request, reader: Callable[[Any], Any]) -> Response:
    return as_json(await asyncio.to_thread(node_of(request).service.look, reader))


def _given(**query: str | None) -> dict[str, Any]:
    return {name: value for name, value in query.items() if value is not None}


def _prepare(request: Request, kind: str, body: BaseModel) -> Response:
    given: Mapping[str, Any] = body.model_dump(exclude_none=True)
    return as_json(node_of(request).service.prepare_local(caller_of(request).officer, kind, given))


async def translations(
    request: Request, language: LocaleQuery = None, owed: FlagQuery = "false", limit: IndexQuery = "50"
) -> Response:
    """Return translations, the newest first; of one language, or those that somebody has yet to read."""
    given = _given(language=language, owed=owed, limit=limit)
    return await _look(request, lambda books: service_translations.read_translations(books, given))


async def translation(request: Request, name: PathName, line: LineQuery = None) -> Response:
    """Return an original with every version of its translations, to be read side by side."""
    return await _look(request, lambda books: service_translations.read_translation(books, name, _given(line=line)))


async def terms(
    request: Request,
    find: NameQuery = None,
    language: LocaleQuery = None,
    own: FlagQuery = "false",
    start: IndexQuery = "0",
    limit: IndexQuery = "50",
) -> Response:
    """Return terms that answer a search in either script, or a page of all of them."""
    given = _given(find=find, language=language, own=own, start=start, limit=limit)
    return await _look(request, lambda books: service_translations.read_terms(books, given))


async def concept_terms(request: Request, name: PathName) -> Response:
    """Return every term of a concept."""
    return await _look(request, lambda books: service_translations.read_concept(books, name, {}))


async def term_checks(
    request: Request, name: PathName, line: LineQuery = None, language: LocaleQuery = None
) -> Response:
    """Return what the term base says of the newest version of a translation."""
    given = _given(line=line, language=language)
    return await _look(request, lambda books: service_translations.read_translation_terms(books, name, given))


async def check_terms(request: Request, body: PairGiven) -> Response:
    """Return what the term base says of a text and its translation."""
    given = body.model_dump(by_alias=True)
    return await _look(request, lambda books: service_translations.check_terms(books, given))


async def name_rules(request: Request) -> Response:
    """Return the rule for names and back-translations of each line."""
    return await _look(request, lambda books: service_translations.read_rules(books, {}))


async def drafting_checks(request: Request, name: PathName, line: LineQuery = None) -> Response:
    """Return what the free texts of a draft or message could be taken for."""
    return await _look(request, lambda books: service_translations.read_lint(books, name, _given(line=line)))


async def check_drafting(request: Request, body: TextGiven) -> Response:
    """Return what a text could be taken for; nothing is kept."""
    given = body.model_dump(exclude_none=True)
    return await _look(request, lambda books: service_translations.lint_text(books, given))


async def prepare_translation(request: Request, body: TranslationGiven) -> Response:
    """Prepare a stage of a translation, a correction, or a back-translation."""
    return _prepare(request, "translation", body)


async def prepare_translation_read(request: Request, body: ReadingGiven) -> Response:
    """Prepare the statement that an officer read a version; opening it says nothing."""
    return _prepare(request, "translation-read", body)


async def prepare_term(request: Request, body: TermsGiven) -> Response:
    """Prepare entries of the term base, or the rule of a line for names and back-translations."""
    return _prepare(request, "term", body)


async def dry_run_terms(request: Request, body: FileGiven) -> Response:
    """Read a file of terms, CSV or TBX, and say what would be entered; nothing is."""
    language = node_of(request).language
    return as_json(await asyncio.to_thread(language.dry_run, body.model_dump()))


async def machine_draft(request: Request, body: MachineGiven) -> Response:
    """Have the site's own program make a draft, for a linguist's eyes alone; nothing is kept."""
    return as_json(await node_of(request).language.machine_draft(body.model_dump(by_alias=True, exclude_none=True)))


OPERATIONS: Final[tuple[Operation, ...]] = (
    Operation("GET", "/v1/translations", "translations", translations, list[TranslationRow]),
    Operation("GET", "/v1/translations/{name}", "translation", translation, SideBySide),
    Operation("GET", "/v1/terms", "terms", terms, list[TermRow]),
    Operation("GET", "/v1/terms/{name}", "concept-terms", concept_terms, list[TermRow]),
    Operation("GET", "/v1/term-checks/{name}", "term-checks", term_checks, list[TermCheck]),
    Operation("POST", "/v1/term-checks", "check-terms", check_terms, list[TermCheck]),
    Operation("GET", "/v1/name-rules", "name-rules", name_rules, list[NameRuleRow]),
    Operation("GET", "/v1/drafting-checks/{name}", "drafting-checks", drafting_checks, Lint),
    Operation("POST", "/v1/drafting-checks", "check-drafting", check_drafting, list[FindingRow]),
    Operation("POST", "/v1/prepare/translation", "prepare-translation", prepare_translation, Prepared),
    Operation("POST", "/v1/prepare/translation-read", "prepare-translation-read", prepare_translation_read, Prepared),
    Operation("POST", "/v1/prepare/term", "prepare-term", prepare_term, Prepared),
    Operation("POST", "/v1/dry-run/terms", "dry-run-terms", dry_run_terms, TermFileRead),
    Operation("POST", "/v1/machine-drafts", "machine-draft", machine_draft, MachineDraft),
)
"""Its operations."""
