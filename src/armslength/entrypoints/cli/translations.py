"""`translate`, `term` and `message lint`: the linguist's place at the command line."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS, READS
from armslength.desk.term_records import ENTRIES_MAX
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting
from armslength.entrypoints.cli.values import read_text
from armslength.language.check_lists import LISTS
from armslength.language.term_files import to_csv, to_tbx
from armslength.language.terms import Status, Term

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting

Json = Any

FILE_BYTES_MAX: Final = 8 * 1024 * 1024
"""As much as the node reads of a file of terms."""

PAGE: Final = 1_000
"""Terms asked for at once when all are exported."""

CHUNK_CHARS: Final = 20_000
"""Characters of entries in one record, so that it fits a prepared body of 64 KiB in any script."""

REFUSED_SHOWN: Final = 10


# --- translations -----------------------------------------------------------------------------------------------------


def add(args: Namespace) -> int:
    """Record a stage of a translation, or a back-translation."""
    back = args.stage == "back"
    given = {
        "name": args.name,
        "line": args.line,
        "into": args.into,
        "stage": args.stage.upper(),
        "text": args.text if args.text is not None else read_text(args.text_file).strip(),
        "doubts": [_doubt(one) for one in args.doubt],
        "changes": None if back else True if args.changes else False if args.same_meaning else None,
        "changed": args.changes or "",
        "machine": args.from_machine,
        "source": args.source,
        "original": read_text(args.original_file).strip() if args.original_file else "",
        "received": args.received,
        "agrees": bool(back and args.same_meaning),
    }
    with acting(args) as desk:
        done = desk.sign_local("translation", LOCAL_ACTS["translation"][1], given)
        after = desk.client.read("translations", args.name, line=args.line)
        realm = desk.realm.value
    chosen = [one for one in after["translations"] if one["language"] == args.into]
    if args.json:
        terminal.say_json({**done, "translation": chosen[0]})
        return 0
    terminal.heading(realm, f"{after['name']} into {args.into}: {args.stage.upper()} recorded")
    for one in chosen[0]["owed"]:
        terminal.say(f"TOLD TO READ AGAIN: {one['officer']}, version {one['version']}.")
    if after["warning"]:
        terminal.say(after["warning"])
    return 0


def _doubt(text: str) -> Json:
    quote, equals, note = text.partition("=")
    if not equals:
        raise LocalError("OPTION-VALUE", option="--doubt", expected="WORDS=NOTE", got=text)
    return {"quote": quote.strip(), "note": note.strip()}


def show(args: Namespace) -> int:
    """Show an original and its translations."""
    with acting(args) as desk:
        found = desk.client.read("translations", args.name, line=args.line)
        realm = desk.realm.value
    if args.into:
        found["translations"] = [one for one in found["translations"] if one["language"] == args.into]
    if args.json:
        terminal.say_json(found)
        return 0
    language = found["source_language"] or "no language stated"
    terminal.heading(realm, f"{found['name']}: original in {language}; it is authoritative")
    for one in found["original"]:
        terminal.say(_framed(one["field"], one["text"]))
    if found["note"]:
        terminal.say(found["note"])
    for one in found["translations"]:
        _say_translation(one)
    if not found["translations"] and found["needs_linguist"]:
        terminal.say("No translation yet.")
    if found["warning"]:
        terminal.say(found["warning"])
    return 0


def _framed(name: str, text: str) -> str:
    lines = "\n".join(f"| {line}" for line in text.splitlines())
    return f"{name}:\n{lines}"


def _say_translation(one: Json) -> None:
    for version in one["versions"]:
        kind = "correction of it" if version["corrects"] else version["stage"]
        terminal.say(
            f"\n{one['language']} {version['number']}: {kind}, {version['at']}, minute {version['minutes']} "
            f"(expected by {version['target_minutes']}), by {version['linguist']}"
        )
        if version["machine"]:
            terminal.say(f"It began with a machine draft of {version['machine']}.")
        if version["changes_meaning"]:
            terminal.say(f"CHANGES THE MEANING: {version['changed']}")
        terminal.say(_framed(version["stage"], version["text"]))
        for doubt in version["doubts"]:
            terminal.say(f"Doubt: {doubt['quote']}: {doubt['note']}")
        readers = ", ".join(reader["officer"] for reader in version["readers"])
        terminal.say(f"Read by: {readers or 'nobody has said so'}.")
    for back in one["backs"]:
        terminal.say(_framed(f"\nback-translation by {back['linguist']}", back["text"]))
        terminal.say("It agrees." if back["agrees"] else f"IT DIFFERS: {back['note']}")
    for owed in one["owed"]:
        terminal.say(f"HAS YET TO READ version {owed['version']}: {owed['officer']}.")


def read(args: Namespace) -> int:
    """State that a version was read, once it was shown."""
    with acting(args) as desk:
        found = desk.client.read("translations", args.name, line=args.line)
        chosen = [one for one in found["translations"] if one["language"] == args.into and one["versions"]]
        if not chosen:
            raise LocalError("TRANSLATION-UNKNOWN", asked=args.name, language=args.into)
        version = args.version or chosen[0]["version"]
        if not args.json:
            shown = [one for one in chosen[0]["versions"] if one["number"] == version]
            _say_translation({**chosen[0], "versions": shown, "backs": [], "owed": []})
        given = {"name": args.name, "line": args.line, "into": args.into, "version": version}
        done = desk.sign_local("translation-read", LOCAL_ACTS["translation-read"][1], given)
    if args.json:
        terminal.say_json({**done, "version": version})
    else:
        terminal.say(f"Version {version} read. Nothing is told to the other side by that.")
    return 0


def listing(args: Namespace) -> int:
    """List translations."""
    with acting(args) as desk:
        found = desk.client.read("translations", language=args.into, owed="true" if args.owed else None)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "translation"))
    rows = [
        {
            **one,
            "of": f"{one['subject'].lower()} {one['reference'][: terminal.ID_SHOWN_CHARS]}",
            "into": one["language"],
            "minutes": [f"{stage} {minute}" for stage, minute in one["minutes"].items()],
            "yet to read": [owed["officer"] for owed in one["owed"]],
        }
        for one in found
    ]
    terminal.table(
        rows, ("of", "into", "stage", "version", "linguist", "minutes", "doubts", "yet to read"), empty="none"
    )
    return 0


def machine(args: Namespace) -> int:
    """Show a machine draft; nothing is kept."""
    with acting(args) as desk:
        officer = desk.officer(LOCAL_ACTS["translation"][1])
        given = {"name": args.name, "to": args.into, **({"line": args.line} if args.line else {})}
        found = desk.client.ask("machine-drafts", officer, given)
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.say(found["text"])
    return 0


def lint(args: Namespace) -> int:
    """Say what a draft's text could be taken for."""
    if (args.name is None) is (args.text is None):
        raise LocalError("OPTION-VALUE", option="NAME or --text", expected="one of them")
    with acting(args) as desk:
        if args.text is None:
            found = desk.client.read("drafting-checks", args.name, line=args.line)
        else:
            given = {"text": args.text, "language": args.language, "peer": args.line}
            given["attribution"] = "NO-ATTRIBUTION" if args.no_attribution else None
            asked = {name: value for name, value in given.items() if value is not None}
            officer = desk.officer(READS["drafts"] - {"auditor"})
            found = {"findings": desk.client.ask("drafting-checks", officer, asked), "warning": None}
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found["findings"]), "finding") + "; none of them refuses anything")
    say_findings(found)
    spoken = str(found.get("language") or args.language or "en")
    if spoken.split("-", maxsplit=1)[0] not in LISTS:
        terminal.say(f"There are no lists for {spoken}: only what holds in every language was looked for.")
    return 0


def say_findings(found: Json) -> None:
    """Print findings, each with its words and what to write instead, and what is missing before a release."""
    for one in found["findings"]:
        terminal.say(f'  {one["code"]}: "{one["text"]}" in {one["field"]}. {one["sentence"]}')
        if one["suggestion"]:
            terminal.say(f"    Instead: {one['suggestion']}")
    if found["warning"]:
        terminal.say(found["warning"])


# --- terms ------------------------------------------------------------------------------------------------------------


def term_find(args: Namespace) -> int:
    """Find terms."""
    with acting(args) as desk:
        found = desk.client.read("terms", find=args.asked, language=args.language, limit=args.limit)
        realm = desk.realm.value
    return _say_terms(args, realm, found)


def term_show(args: Namespace) -> int:
    """Show a concept."""
    with acting(args) as desk:
        found = desk.client.read("terms", args.concept)
        realm = desk.realm.value
    return _say_terms(args, realm, found)


def _say_terms(args: Namespace, realm: str, found: Json) -> int:
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "term"))
    terminal.table(found, ("concept", "language", "term", "status", "gender", "own"), empty="none")
    for one in found:
        if one["definition"]:
            terminal.say(f"{one['concept']}: {one['definition']}")
    if any(not one["own"] for one in found):
        terminal.say("Terms that are not this site's own were not reviewed by a native linguist.")
    return 0


def term_add(args: Namespace) -> int:
    """Enter a term of this site."""
    names = ("concept", "language", "term", "status", "definition", "source", "note", "part", "gender")
    entry = {name: getattr(args, name) for name in names}
    with acting(args) as desk:
        done = desk.sign_local("term", LOCAL_ACTS["term"][1], {"entries": [entry]})
    if args.json:
        terminal.say_json(done)
    else:
        terminal.say(f"{args.concept}: {args.term} ({args.language}) entered, journal entry {done['index']}.")
    return 0


def term_import(args: Namespace) -> int:
    """Import a file of terms: dry run, question, then one signed record for each part of it."""
    path = Path(args.file)
    with acting(args) as desk:
        officer = desk.officer(LOCAL_ACTS["term"][1])
        found = desk.client.ask("dry-run/terms", officer, {"name": path.name, "data": _data(path)})
        if not args.json or args.dry_run:
            _say_dry_run(args, desk.realm.value, found)
        if args.dry_run or not found["entries"]:
            return 0
        if not args.yes and terminal.ask(f"Enter {found['to_enter']} terms? Type yes:").lower() not in {"yes", "y"}:
            raise LocalError("ANSWER-NEEDED", asked="yes; nothing was entered")
        done = [_enter(desk, officer, path.name, chunk) for chunk in _chunks(found["entries"])]
    if args.json:
        terminal.say_json({"entered": found["to_enter"], "records": done})
    else:
        terminal.say(f"{found['to_enter']} terms entered in {terminal.counted(len(done), 'record')}.")
    return 0


def _data(path: Path) -> str:
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            raise LocalError("FILE-TOO-LARGE", file=path.name, expected=f"at most {FILE_BYTES_MAX} bytes")
        return b64encode(path.read_bytes()).decode()
    except OSError as error:
        raise LocalError("FILE-READ", because=str(error)) from error


def _enter(desk: Acting, officer: str, file: str, chunk: list[Json]) -> Json:
    entries = [{name: value for name, value in one.items() if name != "own"} for one in chunk]
    asked = desk.client.prepare("term", officer, {"entries": entries, "file": file})
    return desk.submit(officer, desk.sign(asked, officer))[0]


def _chunks(entries: list[Json]) -> list[list[Json]]:
    chunks: list[list[Json]] = [[]]
    size = 0
    for one in entries:
        length = sum(len(str(value)) for value in one.values())
        if chunks[-1] and (size + length > CHUNK_CHARS or len(chunks[-1]) >= ENTRIES_MAX):
            chunks.append([])
            size = 0
        chunks[-1].append(one)
        size += length
    return chunks


def _say_dry_run(args: Namespace, realm: str, found: Json) -> None:
    if args.json:
        terminal.say_json(found)
        return
    terminal.heading(realm, f"dry run of {found['file']}, read as {found['reader']}: nothing is entered yet")
    rows = [("terms read", found["rows_read"]), ("refused", found["refused_count"]), ("held already", found["known"])]
    terminal.pairs([*rows, ("to enter", f"{found['to_enter']} of {found['concepts']} concepts")])
    for one in found["refused"][:REFUSED_SHOWN]:
        terminal.say(f"  row {one['row']}: {one['code']} {one['reason']}")


def term_export(args: Namespace) -> int:
    """Write the terms to a file."""
    terms: list[Term] = []
    with acting(args) as desk:
        while True:
            own = "true" if args.own else None
            page = desk.client.read("terms", start=len(terms), limit=PAGE, own=own)
            terms += [Term(**{**one, "status": Status(one["status"])}) for one in page]
            if len(page) < PAGE:
                break
    dialect = {"tbx-basic": "TBX-Basic", "tbx-core": "TBX-Core"}.get(
        args.kind or ("tbx-basic" if args.to.lower().endswith(".tbx") else "csv")
    )
    text = to_csv(terms) if dialect is None else to_tbx(terms, dialect=dialect, style=args.style, title="Term base")
    try:
        Path(args.to).write_text(text, encoding="utf-8")
    except OSError as error:
        raise LocalError("FILE-WRITE", because=str(error)) from error
    if args.json:
        terminal.say_json({"file": args.to, "terms": len(terms)})
    else:
        terminal.say(f"{args.to}: {len(terms)} terms.")
    return 0


def term_check(args: Namespace) -> int:
    """Hold a translation against the term base."""
    if (args.name is None) is (args.texts is None):
        raise LocalError("OPTION-VALUE", option="NAME or --texts", expected="one of them")
    with acting(args) as desk:
        if args.texts is None:
            found = desk.client.read("term-checks", args.name, line=args.line, language=args.into)
        else:
            (source, first), (target, second) = (_tagged(one) for one in args.texts)
            given = {"source": first, "from": source, "target": second, "to": target}
            found = desk.client.ask("term-checks", desk.officer(READS["terms"] - {"auditor"}), given)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "finding"))
    for one in found:
        said = f"preferred: {one['preferred']}" if one["preferred"] else "no preferred term is held"
        terminal.say(f'  {one["code"]}: "{one["text"]}" ({one["concept"]}); {said}')
    return 0


def _tagged(text: str) -> tuple[str, str]:
    language, equals, path = text.partition("=")
    if not equals:
        raise LocalError("OPTION-VALUE", option="--texts", expected="TAG=FILE", got=text)
    return language, read_text(path)


def rule(args: Namespace) -> int:
    """Show or set the rule for names and back-translations."""
    setting = args.names or args.back_from
    with acting(args) as desk:
        if setting:
            if not args.reason:
                raise LocalError("OPTION-VALUE", option="--reason", expected="where the rule stands")
            given = {"peer": args.line, "names": args.names, "back_from": args.back_from, "reason": args.reason}
            desk.sign_local("term", LOCAL_ACTS["term"][1], given)
        found = desk.client.read("name-rules")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, "names and back-translations")
    rows = [{**one, "line": one["peer"] or "all others"} for one in found]
    terminal.table(rows, ("line", "names", "back_from", "reason", "officer"), empty="none")
    return 0
