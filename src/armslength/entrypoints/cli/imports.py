"""`facility import`, `report import`, `imports list`: a file is read, shown as a dry run, and entered if signed."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting, read_prepared
from armslength.entrypoints.cli.values import read_text

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting

Json = Any

FILE_BYTES_MAX: Final = 64 * 1024 * 1024
"""As much as the desk reads of one file (`desk.service_imports.FILE_BYTES_MAX`)."""

SHOWN_MAX: Final = 10
"""Rows of one sort on the screen; the counts say how many there are, and --json gives more."""

TEXT_CHARS: Final = 60
"""Of a row's text in a list."""

_WORD: Final = {"facilities": "facility", "reports": "report"}
_PLURAL: Final = {"facilities": "facilities", "reports": "reports"}


def facility_import(args: Namespace) -> int:
    """Import a file of facilities."""
    return _import(args, "facilities")


def report_import(args: Namespace) -> int:
    """Import a file of reports."""
    return _import(args, "reports")


def _import(args: Namespace, what: str) -> int:
    given = _given(args, what)
    with acting(args) as desk:
        officer = desk.officer(LOCAL_ACTS["import"][1])
        if args.dry_run:
            return _say_dry_run(args, desk, desk.client.ask("dry-run/import", officer, given))
        try:
            asked = desk.client.prepare("import", officer, given)
        except LocalError as error:
            if error.code != "IMPORT-NOTHING" or args.json:
                raise
            # What stands in the way is in the dry run: known rows, refused ones, or an empty file.
            _show(desk, desk.client.ask("dry-run/import", officer, given))
            terminal.say("\nNothing is to be entered.")
            return 0
        _check(asked, given)
        shown = asked["import"]
        if not args.json:
            _show(desk, shown)
        _confirm(args, shown, officer)
        before = _open(desk) if what == "reports" else {}
        done = desk.client.ask("imports", officer, {**desk.sign(asked, officer), "data": given["data"]})
        after = _open(desk) if what == "reports" else {}
        return _say_done(args, shown, done, _news(before, after))


def _given(args: Namespace, what: str) -> Json:
    names = ("member", "region", "as_of", "kind")
    options = {name: getattr(args, name) for name in names if getattr(args, name, None)}
    if args.mapping:
        options["mapping"] = read_text(args.mapping)
    path = Path(args.file)
    return {
        "what": what,
        "reader": args.reader or "",
        "name": path.name,
        "data": b64encode(_bytes(path)).decode(),
        "options": options,
    }


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            raise LocalError("FILE-TOO-LARGE", file=path.name, expected=f"at most {FILE_BYTES_MAX} bytes")
        return path.read_bytes()
    except OSError as error:
        raise LocalError("FILE-READ", because=str(error)) from error


_FILE_HASH, _READ, _ENTERED, _REFUSED = 23, 24, 25, 26


def _check(asked: Json, given: Json) -> None:
    """Hold what is to be signed against the file that we have and the dry run that we show."""
    from base64 import b64decode

    body, shown = read_prepared(asked).body, asked["import"]
    ours = sha256(b64decode(given["data"])).digest()
    said = (body.get(_FILE_HASH), body.get(_READ), body.get(_ENTERED), body.get(_REFUSED))
    if said != (ours, shown["rows_read"], shown["to_enter"], shown["refused"]):
        raise LocalError("SIGN-MISMATCH", expected=f"{given['name']}, {shown['to_enter']} rows", got=said[1:])


def _confirm(args: Namespace, shown: Json, officer: str) -> None:
    if args.yes:
        return
    number = _rows(shown["to_enter"], shown["what"])
    terminal.say()
    answer = terminal.ask(f"Enter {number}, signed for by {officer}? Type yes:")
    if answer.lower() not in {"yes", "y"}:
        raise LocalError("ANSWER-NEEDED", asked="yes; nothing was entered")


# --- showing ----------------------------------------------------------------------------------------------------------


def _rows(number: int, what: str) -> str:
    return f"{number} {_WORD[what] if number == 1 else _PLURAL[what]}"


def _say_dry_run(args: Namespace, desk: Acting, shown: Json) -> int:
    if args.json:
        terminal.say_json(shown)
        return 0
    _show(desk, shown)
    terminal.say("\nA dry run: nothing was entered. Without --dry-run you are asked, and the rows are entered.")
    return 0


def _show(desk: Acting, shown: Json) -> None:
    reader = f", read as {shown['reader']}" if shown["reader"] else ""
    terminal.heading(desk.realm.value, f"dry run of {shown['file']}{reader}: nothing is entered yet")
    rows: list[tuple[str, object]] = [("source", shown["source"]), ("rows read", shown["rows_read"])]
    rows += [("left out", f"{one['rows']}: {one['reason']}") for one in shown["skipped"]]
    rows += [("refused", shown["refused"]), ("accepted", shown["accepted"])]
    if shown["known"]:
        rows.append(("held already", f"{shown['known']}, not entered again"))
    if shown["what"] == "facilities":
        rows += [("merged", shown["merged_count"]), ("in disagreement", shown["disagreement_count"])]
    terminal.pairs([*rows, ("to enter", _rows(shown["to_enter"], shown["what"]))])
    _show_refused(shown)
    _show_merged(shown)
    if shown["sample"]:
        terminal.say("\nThe first rows:")
        sample = [{**one, "text": _short(one["text"])} for one in shown["sample"]]
        terminal.table(sample, ("id", "what", "place", "text"), empty="none")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= TEXT_CHARS else f"{line[: TEXT_CHARS - 1]}…"


def _show_refused(shown: Json) -> None:
    if not shown["refused"]:
        return
    terminal.say("\nRefused, by the file's row:")
    for one in shown["refused_rows"][:SHOWN_MAX]:
        terminal.say(f"  row {one['row']}: {one['reason']} ({one['code']})")
    _more(shown["refused"])


def _show_merged(shown: Json) -> None:
    for one in shown["merged"][:SHOWN_MAX]:
        rows = ", ".join(str(row) for row in one["rows"])
        terminal.say(f"  merged into {one['facility_id']}: rows {rows} ({one['ground']})")
    if shown["disagreement_count"]:
        terminal.say("\nSources disagree; both accounts are kept:")
        for one in shown["disagreements"][:SHOWN_MAX]:
            terminal.say(f"  {one['facility_id']}: {one['sentence']}")
        _more(shown["disagreement_count"])


def _more(number: int) -> None:
    if number > SHOWN_MAX:
        terminal.say(f"  and {number - SHOWN_MAX} more; --json shows the first fifty.")


# --- what came of it --------------------------------------------------------------------------------------------------

_WAITING: Final = frozenset({"FLAGGED", "CORROBORATED"})


def _open(desk: Acting) -> dict[str, Json]:
    return {one["id"]: one for one in desk.client.read("concerns")}


def _news(before: dict[str, Json], after: dict[str, Json]) -> list[Json]:
    """Return concerns that are new or have grown, the highest rank first, as they were read."""
    return [
        one for key, one in after.items() if key not in before or len(one["evidence"]) > len(before[key]["evidence"])
    ]


def _say_done(args: Namespace, shown: Json, done: Json, news: list[Json]) -> int:
    if args.json:
        terminal.say_json({**done, "import": shown, "concerns": [one["id"] for one in news]})
        return 0
    terminal.say(
        f"\nEntered: {_rows(done['rows'], shown['what'])} of {shown['file']}, "
        f"import {done['id'][: terminal.ID_SHOWN_CHARS]}."
    )
    if shown["what"] == "facilities":
        terminal.say("Next: armslength report import FILE, or armslength facility list.")
        return 0
    waiting = [one for one in news if one["status"] in _WAITING]
    if not waiting:
        terminal.say("The watch flagged nothing new. `armslength concern list` shows what is open.")
        return 0
    from armslength.entrypoints.cli.concerns import concern_table

    terminal.say(f"\n{terminal.counted(len(waiting), 'concern')} new or grown, the highest rank first:")
    concern_table(waiting[:SHOWN_MAX])
    if len(waiting) > SHOWN_MAX:
        terminal.say(f"and {len(waiting) - SHOWN_MAX} more: armslength concern list")
    terminal.say(f"Next: armslength concern show {waiting[0]['id']}")
    return 0


def listing(args: Namespace) -> int:
    """List imports, the newest first."""
    with acting(args) as desk:
        found = desk.client.read("imports")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, "imports, the newest first")
    rows = [{**one, "id": one["id"][: terminal.ID_SHOWN_CHARS], "at": one["at"][:16] + "Z"} for one in found]
    columns = ("id", "at", "file", "reader", "rows", "rows_entered", "refused", "officer", "finished")
    terminal.table(rows, columns, empty="none")
    if any(not one["finished"] for one in found):
        # What was signed is gone with the command that made it, but rows that the books hold are never entered twice.
        terminal.say("\nOne was cut short: import the same file again; rows entered already are not entered twice.")
    return 0
