"""The codebook at the desk: recorded, signed by our linguists, approved by both parties, and what may be sent of it.

An entry is DRAFT until a linguist of ours has signed it in every language that the two ends of a line work in, and the
peer's approval of the same version and digest has come by message. A REAL line carries no draft; an exercise carries
it marked as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

from armslength.core.errors import LocalError, shown
from armslength.core.realm import Realm
from armslength.core.record import NO_LINE, SEED_BYTES
from armslength.core.text import check_text
from armslength.desk import alarms, policy, views
from armslength.desk.prepared import Prepared, Signed, check_own_acts
from armslength.desk.projection_codebook import FORM, party_key, signed_key, version_key
from armslength.language.codebook_table import DIGEST, ENTRIES, FIRST, LANGUAGES, LAST, VERSION
from armslength.language.phrases import require_readable
from armslength.line import fields
from armslength.line.forms_phrases import PHRASE, PHRASES_FIELD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from armslength.desk.cast import LineView

SIGN, WITHDRAW, REVIEW = "SIGN", "WITHDRAW", "REVIEW"
STEPS: Final = (SIGN, WITHDRAW, REVIEW)
"""What a linguist records of entries: signed; all signatures taken back; read and remarked on."""

NOTE_BYTES_MAX: Final = 2_000
"""A remark on an entry, with the phrase that somebody proposes instead."""

STEPS_MAX: Final = 2_000
"""Steps in one language of one version: every entry signed singly by several linguists, and no endless row."""

_DRAFT_MARK: Final = 101


# --- looking ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One linguist's signature under an entry in one language."""

    officer: str
    at: int
    native: bool


def adopted(books: Books) -> views.Row | None:
    """Return the row of this version as it was recorded here; None when it was not, or with another digest."""
    row = views.row(books.unit, views.CODEBOOKS, version_key(VERSION))
    return row if row is not None and row[1] == DIGEST else None


def steps(books: Books, language: str) -> tuple[tuple[Any, ...], ...]:
    """Return what our linguists recorded of this version and digest in a language, the oldest first."""
    row = views.row(books.unit, views.CODEBOOKS, signed_key(VERSION, language))
    return () if row is None else tuple(step for step in row[1] if step[6] == DIGEST)


def signatures(books: Books, language: str) -> dict[int, tuple[Signature, ...]]:
    """Return who of ours signed which entry in a language."""
    found: dict[int, dict[str, Signature]] = {}
    for what, first, last, officer, at, _, _, native, _ in steps(books, language):
        for number in range(first, last + 1):
            if what == SIGN:
                found.setdefault(number, {})[officer] = Signature(officer=officer, at=at, native=native)
            elif what == WITHDRAW:
                found.pop(number, None)
    return {number: tuple(signers.values()) for number, signers in found.items() if number in ENTRIES}


def approved(books: Books, party: str, languages: Iterable[str], line: bytes | None = None) -> frozenset[int]:
    """Return the entries that a party approved by message in these languages; on one line, or on any."""
    row = views.row(books.unit, views.CODEBOOKS, party_key(VERSION, party))
    wanted = frozenset(languages)
    held: dict[str, set[int]] = {language: set() for language in wanted}
    for yes, first, last, stated, digest, _, _, on in () if row is None else row[1]:
        if digest != DIGEST or (line is not None and on != line):
            continue
        numbers = {number for number in ENTRIES if first <= number <= last}
        for language in wanted & set(stated):
            held[language] = held[language] | numbers if yes else held[language] - numbers
    return frozenset.intersection(*(frozenset(numbers) for numbers in held.values())) if held else frozenset()


def languages_of(books: Books, line: LineView | None = None) -> tuple[str, ...]:
    """Return the codebook's languages that we, or the two ends of a line, work in; all where there is none of them."""
    spoken = set(books.manifest().languages)
    if line is not None:
        spoken |= set(books.manifest(line.peer).languages)
    return tuple(language for language in LANGUAGES if language in spoken) or LANGUAGES


def signed_here(books: Books, languages: Iterable[str]) -> frozenset[int]:
    """Return the entries that our linguists signed in all of these languages."""
    each = [frozenset(signatures(books, language)) for language in languages]
    return frozenset.intersection(*each) if each else frozenset()


def drafts(books: Books, line: LineView, numbers: Iterable[int]) -> tuple[int, ...]:
    """Return the entries that are still DRAFT on a line."""
    languages = languages_of(books, line)
    both = signed_here(books, languages) & approved(books, line.peer, languages, line.line)
    return tuple(sorted({number for number in numbers if number not in both}))


# --- recording --------------------------------------------------------------------------------------------------------


def prepare_adoption(books: Books, officer: str) -> Prepared:
    """Return the record that this version of the codebook, with its digest, is the one used here.

    Raises:
        LocalError: CODEBOOK-ADOPTED.
    """
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: VERSION,
        21: DIGEST,
        22: LANGUAGES,
        23: len(ENTRIES),
    }
    _check_adoption(books, body)
    return Prepared(type="codebook", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def prepare_step(
    books: Books,
    officer: str,
    what: str,
    languages: tuple[str, ...],
    first: int,
    last: int,
    *,
    native: bool = False,
    note: str = "",
) -> Prepared:
    """Return a linguist's record on entries of the codebook.

    Args:
        what: one of `STEPS`.
        languages: in which the entries were read.
        first: first entry.
        last: last entry.
        native: the linguist is a native speaker of every one of the languages.
        note: remark; a REVIEW needs one.

    Raises:
        LocalError: CODEBOOK-NOT-ADOPTED, CODEBOOK-VALUE.
    """
    body: dict[int, CborValue] = {
        **books.common(officer),
        20: VERSION,
        21: DIGEST,
        22: what,
        23: languages,
        24: first,
        25: last,
        26: native,
        27: note,
    }
    _check_step(books, body)
    return Prepared(type="codebook-sign", line=NO_LINE, seed=books.rng.bytes(SEED_BYTES), body=body)


def _check_adoption(books: Books, body: Mapping[int, CborValue]) -> None:
    if (body.get(20), body.get(21), body.get(22), body.get(23)) != (VERSION, DIGEST, LANGUAGES, len(ENTRIES)):
        raise LocalError("CODEBOOK-VALUE", field="version and digest", expected=f"{VERSION} {DIGEST.hex()}")
    if adopted(books) is not None:
        raise LocalError("CODEBOOK-ADOPTED", version=VERSION)


def _check_step(books: Books, body: Mapping[int, CborValue]) -> None:
    if adopted(books) is None:
        raise LocalError("CODEBOOK-NOT-ADOPTED", version=VERSION)
    if body.get(20) != VERSION or body.get(21) != DIGEST:
        raise LocalError("CODEBOOK-VALUE", field="version and digest", expected=f"{VERSION} {DIGEST.hex()}")
    what, note = body.get(22), body.get(27)
    if what not in STEPS:
        raise LocalError("CODEBOOK-VALUE", field="what", expected=", ".join(STEPS), got=str(what))
    if not isinstance(note, str) or (what == REVIEW and not note.strip()):
        raise LocalError("CODEBOOK-VALUE", field="note", expected="what was found")
    check_text(note, bytes_max=NOTE_BYTES_MAX)
    if not isinstance(body.get(26), bool):
        raise LocalError("CODEBOOK-VALUE", field="native", expected="true or false")
    languages = check_languages(body.get(23))
    check_range(body.get(24), body.get(25))
    for language in languages:
        if len(steps(books, language)) >= STEPS_MAX:
            raise LocalError("CODEBOOK-VALUE", field="steps", expected=f"at most {STEPS_MAX} in one language")


def check_languages(given: CborValue) -> tuple[str, ...]:
    """Return languages of the codebook, each once.

    Raises:
        LocalError: CODEBOOK-VALUE.
    """
    if not isinstance(given, tuple) or not given or any(one not in LANGUAGES for one in given):
        raise LocalError("CODEBOOK-VALUE", field="languages", expected=", ".join(LANGUAGES), got=_named(given))
    if len(set(given)) != len(given):
        raise LocalError("CODEBOOK-VALUE", field="languages", expected="each once")
    return cast("tuple[str, ...]", given)


def _named(given: CborValue) -> str:
    return ", ".join(str(one) for one in given) if isinstance(given, tuple) else str(given)


def check_range(first: CborValue, last: CborValue) -> tuple[int, int]:
    """Return the first and last entry of a range that holds at least one entry.

    Raises:
        LocalError: CODEBOOK-VALUE.
    """
    if type(first) is not int or type(last) is not int or not FIRST <= first <= last <= LAST:
        raise LocalError(
            "CODEBOOK-VALUE", field="entries", expected=f"{FIRST:03} to {LAST:03}", got=f"{first!r} to {last!r}"
        )
    if not any(number in ENTRIES for number in range(first, last + 1)):
        raise LocalError(
            "CODEBOOK-VALUE", field="entries", expected="at least one entry", got=f"{first:03} to {last:03}"
        )
    return first, last


def submit(books: Books, signed: Signed) -> int:
    """Enter a record of the codebook; return its journal index.

    Raises:
        LocalError: ACT-..., ROLE-REFUSED, CODEBOOK-... codes.
    """
    prepared = signed.prepared
    acts = check_own_acts(books, prepared, signed.acts)
    policy.require(acts[0], *policy.LOCAL_ACTS[prepared.type], str(prepared.body.get(5)))
    (_check_adoption if prepared.type == "codebook" else _check_step)(books, prepared.body)
    record = books.make(prepared.type, NO_LINE, prepared.body, body_seed=prepared.seed, acts=signed.acts)
    return books.enter(prepared.type, record)


# --- messages ---------------------------------------------------------------------------------------------------------


def phrase_values(books: Books, line: LineView, phrases: CborValue) -> dict[int, CborValue]:
    """Return the fields of a PHRASE; where an entry is still DRAFT on the line, marked as a draft.

    Raises:
        LocalError: CODEBOOK-UNKNOWN, CODE-UNKNOWN, CODE-ARGUMENTS.
    """
    numbers = [entry.number for entry, _ in require_readable(phrases)]
    values: dict[int, CborValue] = {PHRASES_FIELD: phrases}
    if drafts(books, line, numbers):
        values[_DRAFT_MARK] = True
    return values


def approval_values(languages: tuple[str, ...], first: int, last: int, *, yes: bool) -> dict[int, CborValue]:
    """Return the fields of a CODEBOOK: our linguists approve these entries, or no longer do."""
    return {100: VERSION, 101: DIGEST, 102: languages, 103: first, 104: last, 105: yes}


def check_draft(books: Books, line: LineView, body: Mapping[int, CborValue]) -> None:
    """Refuse a message of ours that says what the codebook does not, or drafts where none may be sent.

    Raises:
        LocalError: PHRASE-FREE-TEXT, CODEBOOK-UNKNOWN, CODE-..., CODEBOOK-UNSIGNED, CODEBOOK-VALUE.
    """
    form = body.get(fields.FORM_CODE)
    if form == PHRASE.code:
        _check_phrases(books, line, body)
    elif form == FORM and 105 in body:
        _check_approval(books, body)


def _check_phrases(books: Books, line: LineView, body: Mapping[int, CborValue]) -> None:
    if fields.FREE_TEXT in body:
        raise LocalError("PHRASE-FREE-TEXT")
    if PHRASES_FIELD not in body:
        return
    numbers = [entry.number for entry, _ in require_readable(body[PHRASES_FIELD])]
    found = drafts(books, line, numbers)
    said = ", ".join(f"{number:03}" for number in found)
    if found and books.realm is Realm.REAL:
        raise LocalError("CODE-DRAFT", numbers=said, peer=line.peer)
    if bool(found) is not (body.get(_DRAFT_MARK) is True):
        raise LocalError("CODE-DRAFT-MARK", expected=f"DRAFT for {said}" if found else "no DRAFT mark")


def _check_approval(books: Books, body: Mapping[int, CborValue]) -> None:
    if body.get(100) != VERSION or body.get(101) != DIGEST:
        raise LocalError("CODEBOOK-VALUE", field="version and digest", expected=f"{VERSION} {DIGEST.hex()}")
    languages = check_languages(body.get(102))
    first, last = check_range(body.get(103), body.get(104))
    if body.get(105) is not True:
        return
    signed = signed_here(books, languages)
    unsigned = [number for number in ENTRIES if first <= number <= last and number not in signed]
    if unsigned:
        raise LocalError(
            "CODEBOOK-UNSIGNED",
            languages=", ".join(languages),
            first_missing=f"{unsigned[0]:03}",
            missing=len(unsigned),
        )


def require_understandable(body: Mapping[int, CborValue]) -> None:
    """Refuse to confirm as understood phrases that this node shows as numbers.

    Raises:
        LocalError: CODEBOOK-UNKNOWN, CODE-UNKNOWN, CODE-ARGUMENTS.
    """
    if body.get(fields.FORM_CODE) == PHRASE.code and PHRASES_FIELD in body:
        require_readable(body[PHRASES_FIELD])


def ring(books: Books, line: bytes, envelope_hash: bytes, body: Mapping[int, CborValue]) -> None:
    """Raise the alarm of an unknown version for phrases of the peer that can only be shown as numbers."""
    try:
        require_understandable(body)
    except LocalError as error:
        said = ", ".join(f"{name} {shown(value)}" for name, value in error.details.items())
        alarms.raise_alarm(books, "VERSION", line, envelope_hash, detail=f"{PHRASE.code}: {error.code}: {said}")


SUBMITS: Final[Mapping[str, Callable[[Books, Signed], int]]] = {"codebook": submit, "codebook-sign": submit}
"""Record type -> what enters it, for `Service.submit`."""

ROLES: Final[Mapping[str, Callable[[Mapping[int, CborValue]], frozenset[str]]]] = {}
"""Record type -> roles for that very body, where `policy.LOCAL_ACTS` alone does not say it."""

TICKS: Final[tuple[tuple[str, Callable[[Books, bytes], object]], ...]] = ()
"""View and what is done with a row of it that falls due: nothing of the codebook does."""
