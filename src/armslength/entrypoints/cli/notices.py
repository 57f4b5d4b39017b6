"""`notice`: humanitarian notices in bulk, from a coordinator's sheet to the grid of who holds which version."""

from __future__ import annotations

import csv
import io
from base64 import b64decode, b64encode
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import CHECK_ACTS, LOCAL_ACTS
from armslength.desk.service_notices import LAW, LAW_ABROAD
from armslength.entrypoints.cli import terminal
from armslength.entrypoints.cli.signing import acting, read_prepared

if TYPE_CHECKING:
    from argparse import Namespace

    from armslength.entrypoints.cli.signing import Acting

Json = Any

FILE_BYTES_MAX: Final = 16 * 1024 * 1024
"""As much as the desk reads of a sheet (`desk.notice_work.FILE_BYTES_MAX`)."""

SHOWN_MAX: Final = 10
"""Rows of one sort on the screen; --json gives more."""

_HASH, _ROWS = 22, 24
"""Fields of a batch's body: hash of the file, notices entered."""

_FORM, _ADDRESSEES, _PRECEDENCE = 20, 4, 22
"""Fields of a message's body."""


def import_sheet(args: Namespace) -> int:
    """Read a sheet and, once it was confirmed, enter its notices."""
    path = Path(args.file)
    given = {"name": path.name, "data": b64encode(_bytes(path)).decode()}
    with acting(args) as desk:
        officer = desk.officer(LOCAL_ACTS["notice-batch"][1])
        if args.dry_run:
            shown = desk.client.ask("dry-run/notices", officer, given)
            return _say_staged(args, desk, shown, "A dry run: nothing was entered.")
        asked = desk.client.ask("prepare/notice-batch", officer, given)
        shown = asked["batch"]
        body = read_prepared(asked).body
        if body.get(_HASH) != sha256(b64decode(given["data"])).digest() or body.get(_ROWS) != _entered(shown):
            raise LocalError("SIGN-MISMATCH", expected=f"{path.name}, {_entered(shown)} notices", got=body.get(_ROWS))
        if not args.json:
            _say_staged(args, desk, shown, "")
        _confirm(args, f"Enter {_entered(shown)} notices, signed for by {officer}?")
        done = desk.client.ask("notice-batches", officer, {**desk.sign(asked, officer), "data": given["data"]})
    if args.json:
        terminal.say_json({**shown, **done})
        return 0
    terminal.say(f"\n{done['batch']}: {done['rows']} notices entered. Nobody was told yet.")
    terminal.say(f"Next: armslength notice draft {done['batch']}")
    return 0


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            raise LocalError("FILE-TOO-LARGE", file=path.name, expected=f"at most {FILE_BYTES_MAX} bytes")
        return path.read_bytes()
    except OSError as error:
        raise LocalError("FILE-READ", because=str(error)) from error


def _entered(shown: Json) -> int:
    return int(shown["new"]) + int(shown["changed_count"])


def _say_staged(args: Namespace, desk: Acting, shown: Json, end: str) -> int:
    if args.json:
        terminal.say_json(shown)
        return 0
    terminal.heading(desk.realm.value, f"sheet of notices, read as {shown['batch']}: nothing is entered yet")
    parties = ", ".join(f"{party} {number}" for party, number in shown["parties"].items())
    terminal.pairs(
        [
            ("rows read", shown["rows_read"]),
            ("new", shown["new"]),
            ("change one held", shown["changed_count"]),
            ("say nothing new", shown["known"]),
            ("refused", shown["refused"]),
            ("for", parties or "nobody"),
            ("the first begins", shown["earliest"] or "-"),
            ("emergencies", ", ".join(shown["emergencies"][:SHOWN_MAX]) or "none"),
        ]
    )
    _say_rows("REFUSED, correct and read again:", [f"row {r['row']}: {r['reason']}" for r in shown["refused_rows"]])
    _say_rows("LATE:", shown["late"])
    _say_rows(
        "MAY BE ONE THING NOTIFIED TWICE:", [f"{one['reference']} repeats {one['repeats']}" for one in shown["doubles"]]
    )
    if end:
        terminal.say(f"\n{end}")
    return 0


def _say_rows(title: str, rows: list[str]) -> None:
    if not rows:
        return
    terminal.say(f"\n{title}")
    for row in rows[:SHOWN_MAX]:
        terminal.say(f"  {row}")
    if len(rows) > SHOWN_MAX:
        terminal.say(f"  and {len(rows) - SHOWN_MAX} more")


def _confirm(args: Namespace, question: str) -> None:
    if args.yes:
        return
    terminal.say()
    if terminal.ask(f"{question} Type yes:").lower() not in {"yes", "y"}:
        raise LocalError("ANSWER-NEEDED", asked="yes; nothing was signed")


# --- a whole batch by one act -----------------------------------------------------------------------------------------


def draft(args: Namespace) -> int:
    """Draft the messages of a batch."""
    return _whole(args, "draft", LOCAL_ACTS["notice-batch"][1], "Draft {n} messages")


def check(args: Namespace) -> int:
    """Give the legal tick or the linguist's check to a batch."""
    kind = "legal" if args.legal else "linguist"
    return _whole(args, kind, CHECK_ACTS[kind][1], f"Pass the {kind} check of {{n}} messages")


def release(args: Namespace) -> int:
    """Release a batch."""
    return _whole(args, "release", frozenset({"releasing-officer", "principal"}), "RELEASE {n} messages")


def _whole(args: Namespace, step: str, roles: frozenset[str], question: str) -> int:
    with acting(args) as desk:
        batch = _batch(desk, args.batch)
        officer = desk.officer(roles)
        law = getattr(args, "law", None) or None
        asked = {"batch": batch, "step": step, **({"law": law} if law else {})}
        part = desk.client.ask("prepare/notices", officer, asked)
        waiting = _waiting(part, step)
        if not args.json:
            _say_summary(desk, part)
            _say_bodies(part["bodies"], waiting)
        if not part["bodies"]:
            return _nothing(args, part, step)
        _confirm(args, f"{question.format(n=waiting)} of {batch}, signed by {officer}?")
        done = 0
        # What comes later must be of this batch and step too: each body is looked at before it is signed.
        while part["bodies"] and done < waiting:
            signed = [_signed(desk, one, step, officer) for one in part["bodies"]]
            desk.client.ask("submit/notices", officer, {"submissions": signed})
            done += len(signed)
            part = desk.client.ask("prepare/notices", officer, asked)
    if args.json:
        terminal.say_json({name: value for name, value in part.items() if name != "bodies"} | {"done": done})
        return 0
    terminal.say(f"\n{batch}: {done} done. {_NEXT[step].format(batch=batch)}")
    return 0


_NEXT: Final = {
    "draft": "Next: the checks it asks for, then a second person: armslength notice release {batch}",
    "legal": "Next: armslength notice release {batch}",
    "linguist": "Next: armslength notice release {batch}",
    "release": "Not delivered yet: do not report as sent. Who holds what: armslength notice grid --batch {batch}",
}


def _batch(desk: Acting, asked: str | None) -> str:
    if asked:
        return asked.upper()
    newest = desk.client.read("notice-batches", limit=1)
    if not newest:
        raise LocalError("NOTICE-UNKNOWN", asked="any batch")
    return str(newest[0]["batch"])


def _waiting(part: Json, step: str) -> int:
    """Return how many messages the whole step is about, as the node counts them."""
    if step in CHECK_ACTS:
        return int(part["checks_missing"].get(step, 0))
    state = "OWED" if step == "draft" else "DRAFTED"
    return sum(one["states"].get(state, 0) for one in part["parties"] if one["line"])


def _signed(desk: Acting, one: Json, step: str, officer: str) -> Json:
    made = desk.sign(one, officer)
    named = {"notice": one["notice"], "party": one["party"]}
    if step == "release":
        return {"release": one["release"], **named, "acts": made["acts"]}
    return {**made, **named}


def _nothing(args: Namespace, part: Json, step: str) -> int:
    if args.json:
        terminal.say_json({name: value for name, value in part.items() if name != "bodies"} | {"done": 0})
        return 0
    terminal.say(f"\nNothing of {part['batch']} waits for this step ({step}).")
    return 0


def _say_summary(desk: Acting, part: Json) -> None:
    terminal.heading(desk.realm.value, f"{part['batch']}: {part['notices']} notices")
    rows: list[tuple[str, object]] = [("urgency", _counts(part["urgency"]))]
    if part["begun"]:
        rows.append(("ALREADY BEGUN", part["begun"]))
    if part["checks_missing"]:
        rows.append(("checks missing", _counts(part["checks_missing"])))
    for one in part["parties"]:
        how = "" if one["line"] else " (no line: by sheet)"
        rows.append((f"{one['party']}{how}", _counts(one["states"])))
    terminal.pairs(rows)


def _counts(counts: Json) -> str:
    return ", ".join(f"{number} {word.lower()}" for word, number in counts.items()) or "none"


def _say_bodies(bodies: list[Json], waiting: int) -> None:
    """Say what is about to be signed, counted here from the very bytes."""
    counted: Counter[str] = Counter()
    for one in bodies:
        body = read_prepared(one).body
        counted[f"{_form(body.get(_FORM))} to {_addressees(body.get(_ADDRESSEES))}"] += 1
    for what, number in sorted(counted.items()):
        terminal.say(f"  {number} x {what}")
    if waiting > len(bodies):
        terminal.say(f"  and {waiting - len(bodies)} more after these")


def _form(value: object) -> str:
    return value if isinstance(value, str) else "check of a draft"


def _addressees(value: object) -> str:
    return ", ".join(str(one) for one in value) if isinstance(value, tuple) and value else "nobody"


# --- reading ----------------------------------------------------------------------------------------------------------


def grid(args: Namespace) -> int:
    """Show which party holds which version of which notice."""
    with acting(args) as desk:
        page = desk.client.read(
            "notices",
            batch=args.batch,
            party=args.party,
            owed="true" if args.owed else None,
            active="true" if args.active else None,
            after=args.after,
            limit=args.limit,
        )
        realm = desk.realm.value
    if args.json:
        terminal.say_json(page)
        return 0
    terminal.heading(realm, "notices, and who holds which version")
    terminal.table([_grid_row(one) for one in page["rows"]], _COLUMNS, empty="No notices.")
    if page["next"]:
        terminal.say(f"\nMore: armslength notice grid --after {page['next']}")
    terminal.say(f"\n{page['law']}")
    return 0


_COLUMNS: Final = ("notice", "v", "urgency", "what", "from", "state", "parties")


def _grid_row(one: Json) -> dict[str, object]:
    state = "WITHDRAWN" if one["withdrawn"] else "RUN OUT" if one["expired"] else ""
    return {
        "notice": one["notice"],
        "v": one["version"],
        "urgency": one["urgency"].lower(),
        "what": one["name"],
        "from": (one["from"] or "")[:16],
        "state": state,
        "parties": "; ".join(_party_text(party) for party in one["parties"]),
    }


def _party_text(one: Json) -> str:
    if one["state"] == "NOT-TOLD":
        return f"{one['party']} not told"
    text = f"{one['party']} {one['state'].lower()}"
    if one.get("level"):
        text += f" {one['level']} {one['proof'].lower()}"
    if one.get("holds_older"):
        text += f", HOLDS v{one['holds_version']}"
    return text


def show(args: Namespace) -> int:
    """Show one notice."""
    with acting(args) as desk:
        one = desk.client.read("notices", args.id.upper())
        realm = desk.realm.value
    if args.json:
        terminal.say_json(one)
        return 0
    terminal.heading(realm, f"{one['notice']}, version {one['version']}")
    rows: list[tuple[str, object]] = [
        (name.replace("_", " "), one[name])
        for name in ("kind", "name", "reference", "organisation", "contact", "urgency", "from", "until", "valid_until")
    ]
    rows.append(("where", one["where"] or "-"))
    rows += [("version " + str(v["version"]), _version_text(v)) for v in one["versions"]]
    rows += [(party["party"], _party_text(party)) for party in one["parties"]]
    terminal.pairs(rows)
    if one["withdrawn"] or one["expired"]:
        terminal.say("\nWITHDRAWN." if one["withdrawn"] else "\nRUN OUT.")
    terminal.say(f"\n{one['law']}")
    return 0


def _version_text(one: Json) -> str:
    return f"{one['at']}, {'WITHDRAWN' if one['withdrawn'] else one['batch']}"


def batches(args: Namespace) -> int:
    """List batches."""
    with acting(args) as desk:
        rows = desk.client.read("notice-batches", limit=args.limit)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(rows)
        return 0
    terminal.heading(realm, "batches of notices")
    shown = [{**one, "at": (one["at"] or "")[:16], "rows": f"{one['entered']} of {one['rows']}"} for one in rows]
    terminal.table(shown, ("batch", "at", "file", "rows", "refused", "officer"), empty="No batches.")
    terminal.say(f"\n{LAW}")
    return 0


# --- what persons record ----------------------------------------------------------------------------------------------


def withdraw(args: Namespace) -> int:
    """Take a notice back."""
    roles = LOCAL_ACTS["notice-step"][1] - {"watch-officer"}
    with acting(args) as desk:
        desk.sign_local("notice-withdraw", roles, {"notice": args.id.upper(), "reason": args.reason})
        one = desk.client.read("notices", args.id.upper())
    return _said(args, one, f"Whoever was told must be told: armslength notice draft {one['batch']}, then release it.")


def receipt(args: Namespace) -> int:
    """Record how far a party has a notice."""
    given = {
        "notice": args.id.upper(),
        "party": args.party.upper(),
        "level": int(args.level[1:]),
        "how": args.how,
        "version": args.version,
    }
    with acting(args) as desk:
        desk.sign_local("notice-receipt", LOCAL_ACTS["notice-step"][1], given)
        one = desk.client.read("notices", args.id.upper())
    return _said(args, one, "ATTESTED by you. No receipt is consent or permission.")


def _said(args: Namespace, one: Json, text: str) -> int:
    if args.json:
        terminal.say_json(one)
        return 0
    terminal.say(f"{one['notice']}: {'; '.join(_party_text(party) for party in one['parties']) or 'nobody was told'}.")
    terminal.say(text)
    return 0


def sheet(args: Namespace) -> int:
    """Write the sheet of one party, and record that it was handed over when that is so."""
    path = Path(args.to)
    party = args.party.upper()
    with acting(args) as desk:
        if path.suffix.lower() == ".csv":
            data = _csv(desk, party)
        else:
            data = b64decode(desk.client.read("sheets", "notices", of=party)["pdf"])
        try:
            path.write_bytes(data)
        except OSError as error:
            raise LocalError("FILE-WRITE", file=path.name, because=error.strerror or "") from error
        if args.handed_over:
            desk.sign_local("notice-sheet", LOCAL_ACTS["notice-step"][1] - {"watch-officer"}, {"party": party})
    if args.json:
        terminal.say_json({"party": party, "file": path.name, "handed_over": args.handed_over})
        return 0
    terminal.say(f"{path.name}: the notices to {party}, and nobody else's.")
    if not args.handed_over:
        terminal.say("Not recorded as handed over; say --handed-over when it is.")
    return 0


def _csv(desk: Acting, party: str) -> bytes:
    """Return the notices of one party as a table; its name and no other stands in it."""
    stream = io.StringIO()
    columns = (
        "notice",
        "version",
        "reference",
        "kind",
        "name",
        "organisation",
        "urgency",
        "from",
        "until",
        "valid_until",
        "where",
        "contact",
    )
    writer = csv.writer(stream)
    writer.writerow((*columns, "state"))
    after: str | None = None
    while True:
        page = desk.client.read("notices", party=party, active="true", after=after, limit=200)
        for one in page["rows"]:
            dropped = any(told.get("no_longer_for") for told in one["parties"])
            state = "WITHDRAWN" if one["withdrawn"] or dropped else "NOTIFIED"
            writer.writerow([_cell(one[name]) for name in columns] + [state])
        after = page["next"]
        if after is None:
            for text in (LAW, *LAW_ABROAD):
                writer.writerow([text])
            return stream.getvalue().encode()


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
