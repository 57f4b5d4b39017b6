"""Views of the codebook: the version recorded here, what our linguists signed, and what each party approved.

Below the four bytes of a version: nothing -> {1: digest, 2: entry, 3: at, 4: officer, 5: languages}; "s", language ->
{1: steps of our linguists}; "p", party -> {1: approvals stated by message}. A step is (what, first, last, officer, at,
entry, digest, native, note), an approval (approved, first, last, languages, digest, envelope hash, at, line).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from armslength.desk import views
from armslength.line import fields, forms
from armslength.line.form_values import takes_back

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.desk.ports import Unit
    from armslength.desk.projection import Fact, Projector
    from armslength.desk.window_changes import Spoken

FORM: Final = "CODEBOOK"


def version_key(version: int) -> bytes:
    """Return the key of a version."""
    return version.to_bytes(4, "big")


def signed_key(version: int, language: str) -> bytes:
    """Return the key of what our linguists signed in a language."""
    return version_key(version) + b"s" + language.encode()


def party_key(version: int, party: str) -> bytes:
    """Return the key of what a party approved."""
    return version_key(version) + b"p" + party.encode()


def _codebook(fact: Fact) -> None:
    body: Any = fact.body
    row: views.Row = {1: body[21], 2: fact.index, 3: fact.entry.at, 4: body.get(5), 5: body[22]}
    fact.unit.put(views.CODEBOOKS, version_key(body[20]), row)


def _signed(fact: Fact) -> None:
    body: Any = fact.body
    step = (*(body[n] for n in (22, 24, 25, 5)), fact.entry.at, fact.index, *(body[n] for n in (21, 26, 27)))
    for language in body[23]:
        _append(fact.unit, signed_key(body[20], language), step)


def _append(unit: Unit, key: bytes, step: tuple[Any, ...]) -> None:
    held = views.row(unit, views.CODEBOOKS, key) or {1: ()}
    kept = (*held[1], step)
    unit.put(views.CODEBOOKS, key, {1: kept[-APPROVALS_MAX:] if key[4:5] == b"p" else kept})


def by_message(unit: Unit, spoken: Spoken) -> None:
    """Keep what a CODEBOOK message states, ours or the peer's; one that is taken back no longer counts."""
    body = spoken.body
    if spoken.form != FORM or not forms.known(FORM, body.get(fields.FORM_VERSION)):
        return
    if takes_back(body):
        _taken_back(unit, spoken.author, body[fields.RELATION][1])
        return
    approval = (body[105], body[103], body[104], body[102], body[101], spoken.envelope_hash, spoken.at, spoken.line)
    if body[100] < _VERSIONS_MAX:
        _append(unit, party_key(body[100], spoken.author), approval)


_VERSIONS_MAX: Final = 1_000
"""Versions of which approvals are kept: one a month for eighty years. A peer that names a larger one fills no view."""

APPROVALS_MAX: Final = 1_000
"""Approvals of one party for one version: every entry in each language by a message of its own, and no endless row.

The oldest fall out first, so that an entry becomes a draft again and never the reverse.
"""


def _taken_back(unit: Unit, author: str, envelope_hash: bytes) -> None:
    for key, row in views.rows(unit, views.CODEBOOKS):
        if key[4:] == b"p" + author.encode():
            kept = tuple(one for one in row[1] if one[5] != envelope_hash)
            unit.put(views.CODEBOOKS, key, {1: kept})


PROJECTORS: Final[Mapping[str, Projector]] = {"codebook": _codebook, "codebook-sign": _signed}
