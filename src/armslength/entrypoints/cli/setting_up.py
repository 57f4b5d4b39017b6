"""`init` and `intro`: a node from nothing, and the introduction of two parties to each other."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.core.ids import party_code
from armslength.core.instants import rfc3339
from armslength.entrypoints.cli import console, officers, terminal
from armslength.entrypoints.cli.home import home_of
from armslength.entrypoints.cli.signing import acting

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from armslength.line.manifest import Manifest
    from armslength.node import Settings

INTRODUCTION_BYTES_MAX: Final = 256 * 1024
"""As docs/spec/manifest.md bounds the file."""

PORT_MAX: Final = 65_535
"""Ports have sixteen bits."""

YES: Final = frozenset({"yes", "y", "да", "так"})


# --- init -------------------------------------------------------------------------------------------------------------


def init(args: Namespace) -> int:
    """Make a node."""
    from armslength.node import init_home

    home, settings = home_of(args), _settings(args)
    if args.csr and not settings.console_tls:
        raise LocalError("OPTION-VALUE", option="--csr", expected="--console-name HOST.NAME")
    if not args.json:
        terminal.heading(settings.realm, f"making the node of {settings.party} in {home}")
    manifest = init_home(home, settings, passphrase_for=_passphrases(args))
    certificate = console.prepare(home, settings, request=args.csr)
    file = home / f"{settings.party}.intro"
    words = _words(manifest)
    if args.json:
        said = {
            **asdict(settings),
            "home": str(home),
            "introduction": str(file),
            **_fingerprint(manifest, words),
            **certificate,
        }
        terminal.say_json({**said, "officers": sorted(manifest.officers)})
        return 0
    if settings.realm == "EXERCISE":
        terminal.say("This is an EXERCISE node: nothing it sends can be taken for real. For the other: --realm real.")
    if settings.demonstration:
        terminal.say("DEMONSTRATION keys: cheap to open, refused in the REAL realm.")
    terminal.say(f"\nOfficers, each with a key of their own in {home / 'officers'}:")
    terminal.table(
        [{"officer": o.officer, "roles": sorted(o.roles)} for o in manifest.officers.values()],
        ("officer", "roles"),
        empty="none",
    )
    terminal.say(f"\nOur introduction file, for the other side: {file}\nOur fingerprint, to be read aloud:\n")
    _say_words(words)
    terminal.say(f"\nMove {home / 'offline'} (the party's root key) to a safe place away from this machine.")
    console.say_prepared(settings, certificate)
    terminal.say("Next: armslength intro import THEIRS.intro")
    return 0


def _settings(args: Namespace) -> Settings:
    from armslength.node import LOCALES, Settings

    host, port = _listen(args.listen)
    realm = str(args.realm).upper()
    if args.demonstration and realm != "EXERCISE":
        raise LocalError("OPTION-VALUE", option="--demonstration", expected="--realm exercise")
    languages = tuple(one.strip() for one in str(args.languages).split(",") if one.strip())
    if not languages or not set(languages) <= set(LOCALES):
        raise LocalError("LOCALE-UNKNOWN", got=args.languages, expected=", ".join(LOCALES))
    if args.address is None and host in {"0.0.0.0", "::", ""}:  # noqa: S104 - what an operator may type
        raise LocalError("OPTION-VALUE", option="--address", expected="https://HOST:PORT that peers can call")
    return Settings(
        party=party_code(str(args.party).upper()),
        realm=realm,
        listen_host=host,
        listen_port=port,
        address=args.address or f"https://{host}:{port}",
        api_port=args.api_port,
        console_host=args.console_host,
        console_port=_console_port(args.console_port),
        console_name=str(args.console_name).lower(),
        time_zone=args.time_zone,
        languages=languages,
        alarm_hook=tuple(args.alarm_hook),
        demonstration=args.demonstration,
    )


def _console_port(text: str) -> int | None:
    """Return the port that was typed; `check_console` judges the number."""
    if text == "none":
        return None
    if not text.isdecimal() or len(text) > 5:
        raise LocalError("CONSOLE-PORT", expected=f"0 to {PORT_MAX}, or none", got=text)
    return int(text)


def _listen(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdecimal() or not 0 < int(port) <= PORT_MAX:
        raise LocalError("OPTION-VALUE", option="--listen", expected="HOST:PORT", got=text)
    return host.strip("[]"), int(port)


def _passphrases(args: Namespace) -> Callable[[str], str]:
    """Return what answers for each holder; asked once each, since the root is opened twice while it is made."""
    known: dict[str, str] = {}

    def answer(holder: str) -> str:
        if holder not in known:
            known[holder] = terminal.passphrase(args, holder, new=True)
        return known[holder]

    return answer


# --- intro ------------------------------------------------------------------------------------------------------------


def intro_export(args: Namespace) -> int:
    """Write our introduction file where the courier takes it, and show its words."""
    home = home_of(args)
    manifest = officers.own_manifest(home)
    target = Path(args.to) if args.to else Path(f"{manifest.party}.intro")
    try:
        target.write_bytes((home / f"{manifest.party}.intro").read_bytes())
    except OSError as error:
        raise LocalError("FILE-WRITE", because=str(error)) from error
    words = _words(manifest)
    if args.json:
        terminal.say_json({"party": manifest.party, "file": str(target), **_fingerprint(manifest, words)})
        return 0
    terminal.heading(manifest.realm.value, f"introduction of {manifest.party} written to {target}\n")
    _say_words(words)
    terminal.say("\nGive the file to the other side, then read these words to each other, each from their own screen.")
    return 0


def intro_import(args: Namespace) -> int:
    """Pin a peer, once its words were compared."""
    from armslength.desk.policy import LOCAL_ACTS
    from armslength.line.manifest import verify_introduction

    data = _file(Path(args.file))
    with acting(args) as desk:
        theirs = verify_introduction(data, desk.realm)[0][-1]
        words = _words(theirs, *officers.own_manifest(desk.home).languages)
        if not args.json:
            _show(theirs, words)
        _compared(args, theirs)
        officer = desk.officer(LOCAL_ACTS["peer-pin"][1])
        asked = desk.prepare("pin", officer, introduction=b64encode(data).decode(), compared=args.compared)
        done = desk.submit(officer, desk.sign(asked, officer))[0]
    if args.json:
        said = {"party": theirs.party, "compared": args.compared, "by": officer, **_fingerprint(theirs, words)}
        terminal.say_json({**said, "index": done["index"]})
    else:
        terminal.say(f"\n{theirs.party} is pinned by {officer}, compared: {args.compared}.")
        terminal.say(f"Next: armslength line open {theirs.party}")
    return 0


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(INTRODUCTION_BYTES_MAX + 1)
    except OSError as error:
        raise LocalError("FILE-READ", because=str(error)) from error
    if len(data) > INTRODUCTION_BYTES_MAX:
        raise LocalError("FILE-READ", limit=INTRODUCTION_BYTES_MAX)
    return data


def _show(theirs: Manifest, words: dict[str, str]) -> None:
    terminal.heading(theirs.realm.value, f"introduction of {theirs.party}")
    terminal.pairs(
        [
            ("address", ", ".join(bearer.address for bearer in theirs.bearers)),
            ("time zone", theirs.time_zone),
            ("languages", ", ".join(theirs.languages)),
            ("valid until", rfc3339(theirs.valid_until)),
        ]
    )
    terminal.say(
        "\nTheir fingerprint as this file has it. They read it from their own screen; every word must be the same:\n"
    )
    _say_words(words)
    terminal.say()


def _compared(args: Namespace, theirs: Manifest) -> None:
    """Refuse to go on unless a person compared the words.

    Raises:
        LocalError: FINGERPRINT-DIFFERS, FINGERPRINT-NOT-COMPARED, ANSWER-NEEDED.
    """
    from armslength.line.manifest import manifest_fingerprint

    if args.words:
        if _read_aloud(args.words) != manifest_fingerprint(theirs):
            raise LocalError("FINGERPRINT-DIFFERS", party=theirs.party)
    elif not args.yes_i_compared:
        answer = terminal.ask("Did they read the same eleven words, in this order? Type yes:")
        if answer.lower() not in YES:
            raise LocalError("FINGERPRINT-NOT-COMPARED", party=theirs.party)


def _read_aloud(text: str) -> bytes:
    """Return the fingerprint that was read in any of the languages of the package."""
    from armslength.disclosure.verify import parse_fingerprint
    from armslength.entrypoints.cli.words import word_lists

    try:
        return parse_fingerprint(text, word_lists())
    except Exception as error:
        raise LocalError("FINGERPRINT-DIFFERS", got=text) from error


def _words(manifest: Manifest, *readers: str) -> dict[str, str]:
    """Return the fingerprint as words by language: the readers' first, then the party's own, English always.

    Both sides see at least one list in common, so that what one reads aloud the other can follow with a finger.
    """
    from armslength.line.manifest import manifest_fingerprint
    from armslength.node import LOCALES, fingerprint_words

    wanted = dict.fromkeys((*readers, *manifest.languages, "en"))
    digest = manifest_fingerprint(manifest)
    return {locale: fingerprint_words(digest, locale) for locale in wanted if locale in LOCALES}


def _fingerprint(manifest: Manifest, words: dict[str, str]) -> dict[str, Any]:
    from armslength.line.manifest import manifest_fingerprint

    return {"fingerprint": manifest_fingerprint(manifest).hex(), "words": words}


def _say_words(words: dict[str, str]) -> None:
    columns = {locale: text.split() for locale, text in words.items()}
    rows = [
        {"": number + 1, **{locale: texts[number] for locale, texts in columns.items()}}
        for number in range(len(next(iter(columns.values()))))
    ]
    terminal.table(rows, ("", *columns), empty="none")
