"""`verify` and `journal compare`: exports checked offline. No node, no database, no network; quick to start."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from armslength.core.errors import ArmslengthError, VerificationError
from armslength.core.realm import Realm
from armslength.disclosure.export_files import EXPORT_BYTES_MAX, FILES_MAX
from armslength.disclosure.verify import verify_export
from armslength.entrypoints.cli import terminal

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from armslength.disclosure.account import Account

FAILED: Final = 1
"""Whatever is wrong with an export, the status is the same and the code says what."""

WORDS_OF_ONE: Final = 11

_DIGITS: Final = re.compile(r"[0-9A-Fa-f: -]+")


def verify(args: Namespace) -> int:
    """Verify an export and print its account."""

    def work() -> int:
        account = _account(args.path, args.trust, args.realm)
        if args.json:
            terminal.say_json(account.as_json())
        else:
            for line in account.lines():
                terminal.say(line)
        return 0

    return _judged(args, "verified", work)


def compare(args: Namespace) -> int:
    """Verify two exports of one line and name the first thing on which they do not agree."""

    def work() -> int:
        from armslength.disclosure.comparison import compare_exports

        first, second = _account(args.first), _account(args.second)
        verdict = compare_exports(first, second)
        same = {party: one.same for party, one in verdict.directions.items()}
        if args.json:
            said = {"agree": verdict.agree, "same": same, "first_difference": verdict.first_difference}
            terminal.say_json({"realm": first.realm.value, **said})
        else:
            terminal.heading(
                first.realm.value, "the two journals agree." if verdict.agree else "THE TWO JOURNALS DIFFER."
            )
            for party, number in sorted(same.items()):
                terminal.say(f"Sent by {party}: the same in both up to number {number}.")
            if verdict.first_difference is not None:
                terminal.say(f"First difference: {verdict.first_difference}.")
        return 0 if verdict.agree else FAILED

    return _judged(args, "agree", work)


def _judged(args: Namespace, word: str, work: Callable[[], int]) -> int:
    """Run a check; whatever does not hold ends with status 1 and its code, never with a traceback."""
    try:
        return work()
    except BrokenPipeError:
        raise
    except ArmslengthError as error:
        _refused(args, word, error)
    except Exception as error:  # noqa: BLE001 - hostile files are read here: a fault of ours must not look like a pass
        _refused(args, word, VerificationError("EXPORT-MALFORMED", because=type(error).__name__))
    return FAILED


def _refused(args: Namespace, word: str, error: ArmslengthError) -> None:
    if args.json:
        said = {"code": error.code, "sentence": error.sentence, "next_step": error.next_step}
        terminal.say_json({word: False, **said})
    print(f"{error.code}: {error.sentence}\nNext: {error.next_step}", file=sys.stderr)


def _account(path: str, trust: Sequence[str] = (), realm: str | None = None) -> Account:
    fingerprints = _fingerprints(trust)
    lists: Sequence[Sequence[str]] = ()
    if not all(_DIGITS.fullmatch(one) for one in fingerprints):
        from armslength.entrypoints.cli.words import word_lists

        lists = word_lists()
    wanted = Realm(realm.upper()) if realm else None
    return verify_export(read_files(Path(path)), trust=fingerprints, realm=wanted, word_lists=lists)


def _fingerprints(trust: Sequence[str]) -> list[str]:
    """Return one text a fingerprint; words typed without quotes are taken eleven at a time."""
    found: list[str] = []
    loose: list[str] = []
    for given in trust:
        if len(given.replace("-", " ").split()) > 1 or _DIGITS.fullmatch(given):
            found.append(given)
            continue
        loose.append(given)
        if len(loose) == WORDS_OF_ONE:
            found.append(" ".join(loose))
            loose = []
    return [*found, " ".join(loose)] if loose else found


def read_files(path: Path) -> dict[str, bytes]:
    """Return the files of an export: a folder, or one ZIP file of it as the console saves it.

    Raises:
        VerificationError: as `read_folder` and `read_zip`.
    """
    if path.is_symlink() or not path.is_file():
        return read_folder(path)
    from armslength.entrypoints.export_zip import MAGIC, read_zip

    try:
        if path.stat().st_size > EXPORT_BYTES_MAX:
            raise VerificationError("EXPORT-SIZE", limit=EXPORT_BYTES_MAX, got=path.stat().st_size)
        data = path.read_bytes()
    except OSError as error:
        raise VerificationError("EXPORT-FILE-MISSING", because=str(error)) from error
    if not data.startswith(MAGIC):
        raise VerificationError("EXPORT-FILE-MISSING", file=str(path), expected="the folder of an export, or its ZIP")
    return read_zip(data)


def read_folder(path: Path) -> dict[str, bytes]:
    """Return every file below a folder by its name from there.

    Raises:
        VerificationError: EXPORT-FILE-MISSING, EXPORT-FILE-EXTRA (what is no plain file), EXPORT-SIZE.
    """
    found: dict[str, bytes] = {}
    total = 0
    try:
        if not path.is_dir():
            raise VerificationError("EXPORT-FILE-MISSING", file=str(path), expected="the folder of an export")
        for file in sorted(path.rglob("*")):
            name = file.relative_to(path).as_posix()
            if file.is_symlink() or not (file.is_dir() or file.is_file()):
                # A link shows one thing to this reader and another to the next one.
                raise VerificationError("EXPORT-FILE-EXTRA", file=name)
            if file.is_dir():
                continue
            total += file.stat().st_size
            if len(found) >= FILES_MAX or total > EXPORT_BYTES_MAX:
                raise VerificationError("EXPORT-SIZE", limit=EXPORT_BYTES_MAX, got=total)
            found[name] = file.read_bytes()
    except OSError as error:
        raise VerificationError("EXPORT-FILE-MISSING", because=str(error)) from error
    return found
