"""Which certificate signs in which officer: a file of the home that an administrator of the machine sets.

The file is read at each sign-in by certificate, so that a lost card is out the moment its line is removed. It maps a
certificate by its fingerprint, or every certificate of one subject, which lives on when the card is renewed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from armslength.core.certificates import ClientCertificate

FILE: Final = "certificates.json"

BY: Final = ("fingerprint", "subject")

CERTIFICATES_MAX: Final = 2_000
"""Four for each of 500 officers: a card, its successor, and the same again."""

FILE_BYTES_MAX: Final = 1024 * 1024
"""As many rows with subjects of common length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered:
    """One row: whose certificate it is, and by what it is known."""

    officer: str
    by: str
    fingerprint: str
    subject: str

    def fits(self, shown: ClientCertificate) -> bool:
        """Tell whether a certificate is the one meant."""
        if self.by == "subject":
            return self.subject == shown.subject
        return self.fingerprint == shown.fingerprint.hex()


def read(home: Path) -> tuple[Entered, ...]:
    """Read the file; nothing is entered where there is none.

    Raises:
        LocalError: CERTIFICATES-FILE.
    """
    try:
        data = (home / FILE).read_bytes()
        if len(data) > FILE_BYTES_MAX:
            raise LocalError("CERTIFICATES-FILE", limit=FILE_BYTES_MAX, got=len(data))
        rows: Any = json.loads(data)["certificates"]
        found = tuple(Entered(**row) for row in rows)
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise LocalError("CERTIFICATES-FILE", because=type(error).__name__) from error
    if len(found) > CERTIFICATES_MAX or not all(_is_row(one) for one in found):
        raise LocalError("CERTIFICATES-FILE", because="a row of it")
    return found


def _is_row(one: Entered) -> bool:
    texts = all(isinstance(part, str) and part for part in asdict(one).values())
    return texts and one.by in BY


def officer_of(home: Path, shown: ClientCertificate) -> str | None:
    """Return whose certificate this is; None for nobody's, and for one that two officers claim."""
    officers = {one.officer for one in read(home) if one.fits(shown)}
    return officers.pop() if len(officers) == 1 else None


def add(home: Path, officer: str, shown: ClientCertificate, by: str) -> Entered:
    """Enter a certificate of an officer; the same one again changes nothing.

    Raises:
        LocalError: CERTIFICATE-ENTERED, CERTIFICATES-FILE.
    """
    held = read(home)
    entered = Entered(officer=officer, by=by, fingerprint=shown.fingerprint.hex(), subject=shown.subject)
    for one in held:
        if one.officer != officer and (one.fits(shown) or (by == "subject" and one.subject == shown.subject)):
            raise LocalError("CERTIFICATE-ENTERED", officer=one.officer)
    if len(held) >= CERTIFICATES_MAX:
        raise LocalError("CERTIFICATES-FILE", limit=CERTIFICATES_MAX)
    _write(home, [*(one for one in held if one != entered), entered])
    return entered


def remove(home: Path, start: str) -> Entered:
    """Remove the one certificate whose fingerprint begins so.

    Raises:
        LocalError: CERTIFICATE-UNKNOWN, also where several begin so; CERTIFICATES-FILE.
    """
    held = read(home)
    meant = [one for one in held if start and one.fingerprint.startswith(start.lower())]
    if len(meant) != 1:
        raise LocalError("CERTIFICATE-UNKNOWN", asked=start, got=len(meant))
    _write(home, [one for one in held if one != meant[0]])
    return meant[0]


def _write(home: Path, rows: Sequence[Entered]) -> None:
    new = home / f"{FILE}.new"
    text = json.dumps({"certificates": [asdict(one) for one in rows]}, indent=2, ensure_ascii=False)
    try:
        new.write_text(text + "\n", encoding="utf-8")
        new.chmod(0o600)
        new.replace(home / FILE)
    except OSError as error:
        raise LocalError("CERTIFICATES-FILE", because=type(error).__name__) from error
