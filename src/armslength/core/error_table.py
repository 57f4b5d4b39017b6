"""Every error code of the product: family, the operator's sentence, the next step.

Codes are stable: a code is never renamed or reused, since operators' notes and peers refer to it. `docs/errors.md` is
made from this table and a test holds the two equal. The texts stand in one file a family: add yours there.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from armslength.core import (
    error_texts_alarms,
    error_texts_audit,
    error_texts_book,
    error_texts_calls,
    error_texts_cases,
    error_texts_codebook,
    error_texts_console,
    error_texts_contacts,
    error_texts_line_checks,
    error_texts_local,
    error_texts_maps,
    error_texts_notices,
    error_texts_officers,
    error_texts_peer,
    error_texts_register,
    error_texts_shifts,
    error_texts_sign_in,
    error_texts_translations,
    error_texts_unavailable,
    error_texts_verification,
    error_texts_windows,
)


class ErrorText(NamedTuple):
    """One row: family (local, peer, verification, unavailable), sentence, next step."""

    family: str
    sentence: str
    next_step: str


_FAMILIES: Final = {
    "local": {
        **error_texts_local.TEXTS,
        **error_texts_alarms.TEXTS,
        **error_texts_register.TEXTS,
        **error_texts_windows.TEXTS,
        **error_texts_audit.TEXTS,
        **error_texts_book.TEXTS,
        **error_texts_contacts.TEXTS,
        **error_texts_line_checks.TEXTS,
        **error_texts_calls.TEXTS,
        **error_texts_cases.TEXTS,
        **error_texts_shifts.TEXTS,
        **error_texts_sign_in.TEXTS,
        **error_texts_codebook.TEXTS,
        **error_texts_translations.TEXTS,
        **error_texts_maps.TEXTS,
        **error_texts_notices.TEXTS,
        **error_texts_officers.TEXTS,
        **error_texts_console.TEXTS,
    },
    "peer": error_texts_peer.TEXTS,
    "verification": error_texts_verification.TEXTS,
    "unavailable": error_texts_unavailable.TEXTS,
}

ERROR_TABLE: Final[dict[str, ErrorText]] = {
    code: ErrorText(family, *texts)
    for code, family, texts in sorted((code, family, rows[code]) for family, rows in _FAMILIES.items() for code in rows)
}
"""Code -> text, in alphabetical order; a code stands in one family only (a test holds that)."""
