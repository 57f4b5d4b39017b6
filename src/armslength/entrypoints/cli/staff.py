"""`officer`: who joins and leaves, which keys count, what a second person approves, and what the root signs."""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from armslength.core.errors import LocalError
from armslength.desk.policy import LOCAL_ACTS
from armslength.entrypoints.cli import officers, terminal
from armslength.entrypoints.cli.home import home_of
from armslength.entrypoints.cli.setting_up import YES
from armslength.entrypoints.cli.signing import acting, show_body

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from armslength.entrypoints.cli.signing import Acting

Json = Any

ADMINISTRATORS: Final = ("administrator",)
APPROVERS: Final = ("administrator", "principal")
CUSTODIANS: Final = ("key-custodian", "administrator")
FILE_BYTES_MAX: Final = 256 * 1024
"""A request holds two manifests of at most 48 KiB."""

NEXT: Final = {
    "CODE": "the officer registers a passkey with the code",
    "PROPOSED": "armslength officer approve {change} by another administrator",
    "APPROVED": "armslength officer sign where the root key is",
    "REJECTED": "nothing",
    "IN-FORCE": "nothing",
}
"""Status of a change -> what comes next."""


# --- looking ----------------------------------------------------------------------------------------------------------


def listing(args: Namespace) -> int:
    """List our officers with their roles and keys."""
    with acting(args) as desk:
        found = desk.client.read("officers")
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "officer"))
    rows = [
        {
            "officer": one["officer"] if at == 0 else "",
            "roles": one["roles"] if at == 0 else "",
            "key": key["key_id"][:16] if key else "none",
            "kind": key["kind"] if key else "",
            "since": (key["since"] or "")[:10] if key else "",
            "": "BLOCKED" if one["blocked"] or (key and key["blocked"]) else "",
        }
        for one in found
        for at, key in enumerate(one["keys"] or [None])
    ]
    terminal.table(rows, ("officer", "roles", "key", "kind", "since", ""), empty="none")
    return 0


def changes(args: Namespace) -> int:
    """List changes of officers and keys."""
    with acting(args) as desk:
        found = desk.client.read("officer-changes", status=args.status)
        realm = desk.realm.value
    if args.json:
        terminal.say_json(found)
        return 0
    terminal.heading(realm, terminal.counted(len(found), "change"))
    rows = [
        {**one, "by": one["proposed_by"], "next": NEXT[one["status"]].format(**one), "key": (one["key_id"] or "")[:16]}
        for one in found
    ]
    terminal.table(rows, ("change", "status", "what", "officer", "key", "by", "decided_by", "next"), empty="none")
    return 0


# --- proposing --------------------------------------------------------------------------------------------------------


def add(args: Namespace) -> int:
    """Propose a new officer."""
    with acting(args) as desk:
        concerned = str(args.concerned)
        public = None if args.no_key else _new_key(args, desk, concerned, f"{concerned}.key")
        given = {"name": args.name, "roles": _list(args.roles), "public": public}
        return _propose(args, desk, "ADD-OFFICER", concerned, given)


def remove(args: Namespace) -> int:
    """Propose that an officer leaves."""
    with acting(args) as desk:
        return _propose(args, desk, "REMOVE-OFFICER", _known(desk, args.concerned), {})


def roles(args: Namespace) -> int:
    """Propose other roles."""
    with acting(args) as desk:
        return _propose(args, desk, "ROLES", _known(desk, args.concerned), {"roles": _list(args.roles)})


def key_add(args: Namespace) -> int:
    """Make a further key file for an officer and propose it; he signs himself unless another is named."""
    with acting(args) as desk:
        concerned = _known(desk, args.concerned)
        public = _new_key(args, desk, concerned, f"{concerned}.new.key")
        return _propose(args, desk, "ADD-KEY", concerned, {"public": public}, own=True)


def key_remove(args: Namespace) -> int:
    """Propose that a key counts no more."""
    with acting(args) as desk:
        concerned = _known(desk, args.concerned)
        held = officers.own_manifest(desk.home).officers[concerned].keys
        found = [key.key_id.hex() for key in held if key.key_id.hex().startswith(args.key_id.lower())]
        if len(found) != 1:
            raise LocalError("OFFICER-KEY-UNKNOWN", officer=concerned, asked=args.key_id)
        return _propose(args, desk, "REMOVE-KEY", concerned, {"key_id": found[0]})


def recover(args: Namespace) -> int:
    """Propose a new key in the place of all that an officer had."""
    with acting(args) as desk:
        concerned = _known(desk, args.concerned)
        public = _new_key(args, desk, concerned, f"{concerned}.new.key")
        return _propose(args, desk, "RECOVER", concerned, {"public": public})


def undo(args: Namespace) -> int:
    """Propose to take back an approved change."""
    with acting(args) as desk:
        asked = args.id.upper()
        every: list[Json] = desk.client.read("officer-changes", limit=500)
        found = next((one for one in every if one["change"] == asked), None)
        if found is None:
            raise LocalError("OFFICER-CHANGE-UNKNOWN", asked=args.id)
        return _propose(args, desk, "UNDO", found["officer"], {"undoes": asked})


def _propose(
    args: Namespace, desk: Acting, what: str, concerned: str, given: dict[str, Json], *, own: bool = False
) -> int:
    who = concerned if own and _himself(desk, concerned) else ""
    if args.officer is not None or not who:
        who = desk.officer(ADMINISTRATORS if args.officer is None else ())
    asked = desk.prepare(
        "officer-change",
        who,
        what=what,
        concerned=concerned,
        reason=args.reason,
        **{name: value for name, value in given.items() if value is not None},
    )
    if not args.json:
        show_body(desk.realm, asked)
    done = desk.submit(who, desk.sign(asked, who))[0]
    number = _newest(desk)
    if args.json:
        terminal.say_json({"change": number, "what": what, "officer": concerned, "by": who, **done})
    else:
        terminal.say(f"{number} proposed by {who}. Next: {NEXT['PROPOSED'].format(change=number)}")
    return 0


def _himself(desk: Acting, officer: str) -> bool:
    """Tell whether an officer proposes his own keys; for who changes nothing at all an administrator does."""
    known = officers.own_manifest(desk.home).officers.get(officer)
    return known is not None and bool(known.roles & LOCAL_ACTS["officer-change"][1])


def _newest(desk: Acting) -> str:
    return str(desk.client.read("officer-changes", limit=1)[0]["change"])


def _new_key(args: Namespace, desk: Acting, officer: str, usual: str) -> str:
    from armslength.node import make_officer_key

    file = Path(args.key) if args.key else desk.home / "officers" / usual
    public = make_officer_key(desk.home, file, officer, terminal.passphrase(args, officer, new=True))
    if not args.json:
        terminal.say(f"New key {public.kid.hex()} in {file}. It counts once the root has signed.")
    return public.public.hex()


def _known(desk: Acting, asked: str) -> str:
    """Return an officer's id, whole or without the party; one whom no manifest lists yet is taken as it is."""
    manifest = officers.own_manifest(desk.home)
    known: Iterable[str] = manifest.officers
    return next((name for name in (asked, f"{manifest.party.lower()}-{asked}") if name in known), asked)


def _list(text: str) -> list[str]:
    return [one.strip() for one in text.split(",") if one.strip()]


# --- codes and approvals ----------------------------------------------------------------------------------------------


def code(args: Namespace) -> int:
    """Make an enrolment code; it is shown once."""
    with acting(args) as desk:
        who = desk.officer(ADMINISTRATORS)
        given = {"concerned": _known(desk, args.concerned), "recover": args.recover, "reason": args.reason}
        asked = desk.client.ask("prepare/officer-code", who, given)
        if not args.json:
            show_body(desk.realm, asked)
        done = desk.submit(who, desk.sign(asked, who))[0]
        number = _newest(desk)
    if args.json:
        terminal.say_json({"change": number, "code": asked["code"], "by": who, **done})
    else:
        terminal.say(f"{number}. The code, for {given['concerned']} alone, good for one key and one day:\n")
        terminal.say(f"    {asked['code']}\n")
        terminal.say("Hand it over in person. The key that comes of it needs the approval of another administrator.")
    return 0


def approve(args: Namespace) -> int:
    """Approve a change as the second person, or refuse it."""
    with acting(args) as desk:
        who = _second(args, desk)
        asked = desk.prepare("officer-approval", who, change=args.id, approve=not args.refuse, reason=args.reason)
        if not args.json:
            show_body(desk.realm, asked)
        done = desk.submit(who, desk.sign(asked, who))[0]
    if args.json:
        terminal.say_json({"change": args.id.upper(), "approved": not args.refuse, "by": who, **done})
    else:
        terminal.say(f"{args.id.upper()} {'refused' if args.refuse else 'approved'} by {who}.")
        if not args.refuse:
            terminal.say("What it takes away is blocked here from now on; peers learn it with the next manifest.")
            terminal.say("Next: armslength officer sign, where the root key is.")
    return 0


def _second(args: Namespace, desk: Acting) -> str:
    """Return who approves: the one named, else an administrator who neither proposed it nor is concerned."""
    if args.officer is not None:
        return desk.officer(APPROVERS)
    every: list[Json] = desk.client.read("officer-changes", limit=500)
    of = next((one for one in every if one["change"] == args.id.upper()), None)
    taken = set() if of is None or args.refuse else {of["proposed_by"], of["officer"]}
    manifest = officers.own_manifest(desk.home)
    for role in APPROVERS:
        for name, one in sorted(manifest.officers.items()):
            if role in one.roles and name not in taken:
                return name
    raise LocalError("OFFICER-TWO-PERSONS", expected="another administrator")


# --- the root ---------------------------------------------------------------------------------------------------------


def sign(args: Namespace) -> int:
    """Sign our next manifest, here or on the machine of the root, and enter it."""
    if args.request:
        return _sign_elsewhere(args)
    with acting(args) as desk:
        if args.signed:
            return _enter(args, desk, _file(Path(args.signed)))
        asked = desk.client.read("officer-manifest")
        if not asked["due"] and not args.renew:
            said = f"Nothing to sign: no approved change waits, and our manifest holds until {asked['valid_until']}."
            terminal.say_json({**asked, "signed": False}) if args.json else terminal.say(said)
            return 0
        data = b64decode(asked["request"])
        if args.export:
            _write(Path(args.export), data)
            if args.json:
                terminal.say_json({"request": args.export, "sequence": asked["sequence"], "changes": asked["changes"]})
            else:
                terminal.say(f"Written to {args.export}. On the root's machine:")
                terminal.say(f"  armslength officer sign --request {args.export} --root ROOT.key --to SIGNED")
            return 0
        root = Path(args.root) if args.root else desk.home / "offline" / "root.key"
        return _enter(args, desk, _signed(args, data, root))


def _sign_elsewhere(args: Namespace) -> int:
    root = Path(args.root) if args.root else home_of(args) / "offline" / "root.key"
    target = Path(args.to) if args.to else Path(f"{args.request}.signed")
    data = _signed(args, _file(Path(args.request)), root)
    _write(target, data)
    if args.json:
        terminal.say_json({"signed": str(target)})
    else:
        terminal.say(f"Signed: {target}. On the node: armslength officer sign --import {target}")
    return 0


def _signed(args: Namespace, data: bytes, root: Path) -> bytes:
    """Return the manifest that the root signs, after a person saw what changes."""
    from armslength.desk.officer_manifest import differences, read_request, sign_request
    from armslength.node import load_root

    request = read_request(data)
    if not args.json:
        terminal.heading(request.realm.value, f"manifest {request.next.sequence} of {request.next.party}")
        terminal.pairs([*differences(request.before, request.next)])
        terminal.say(f"\nApproved changes: {', '.join(request.changes) or 'none; only its time is renewed'}")
    if not args.yes and terminal.ask("Sign this with the party root? Type yes:").lower() not in YES:
        raise LocalError("ANSWER-NEEDED", because="the root signs nothing that nobody confirmed")
    key = load_root(root, terminal.passphrase(args, "root"))
    return sign_request(request, key.public.public, key.sign)


def _enter(args: Namespace, desk: Acting, data: bytes) -> int:
    who = desk.officer(CUSTODIANS)
    done = desk.client.ask("officer-manifest", who, {"manifest": b64encode(data).decode()})
    # Whoever is introduced to us from now on gets the newest; commands read our officers from it.
    _write(desk.home / f"{desk.party}.intro", b64decode(done["introduction"]))
    if args.json:
        terminal.say_json({name: done[name] for name in ("sequence", "index", "valid_until")})
        return 0
    terminal.say(
        f"Manifest {done['sequence']} is in force from journal entry {done['index']}, until {done['valid_until']}."
    )
    terminal.say(
        "Peers get it over open lines by themselves." if desk.client.running else "Peers get it once the node runs."
    )
    return 0


def _file(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(FILE_BYTES_MAX + 1)
    except OSError as error:
        raise LocalError("FILE-READ", because=str(error)) from error
    if len(data) > FILE_BYTES_MAX:
        raise LocalError("FILE-READ", limit=FILE_BYTES_MAX)
    return data


def _write(path: Path, data: bytes) -> None:
    try:
        temporary = path.with_name(f"{path.name}.new")
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError as error:
        raise LocalError("FILE-WRITE", because=str(error)) from error


# --- tokens -----------------------------------------------------------------------------------------------------------


def token(args: Namespace) -> int:
    """Give an officer a token for the API, into a file of the home; the node must not run."""
    from armslength.entrypoints.cli.client import open_alone

    home = home_of(args)
    node = open_alone(home)
    try:
        manifest = officers.own_manifest(home)
        names = (args.concerned, f"{manifest.party.lower()}-{args.concerned}")
        officer = next((name for name in names if name in manifest.officers), None)
        if officer is None:
            raise LocalError("OFFICER-UNKNOWN", asked=args.concerned, known=", ".join(sorted(manifest.officers)))
        file = node.give_token(officer)
    finally:
        node.close()
    terminal.say_json({"officer": officer, "token": str(file)}) if args.json else terminal.say(
        f"Token of {officer}: {file}"
    )
    return 0
