"""The commands of officers and their keys: who joins, who leaves, which keys count, and what the root signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.entrypoints.cli.parser_watch import READ, SIGN

if TYPE_CHECKING:
    from armslength.entrypoints.cli.parser_watch import Commands

_CHANGE: Final = "for example OC-2026-000001"
_WHO: Final = "officer id, whole or without the party"
_ROLES: Final = "for example watch-officer,linguist"
_NEW_KEY: Final = "where the new key file is written (default: officers/ID.new.key in the home)"


def add_officers(top: Commands) -> None:
    """Add every command of officers and their keys."""
    officer = top.group("officer", "officers and their keys over time")
    _add_cards(officer)
    officer.add("list", "list our officers with their roles and keys", "staff:listing", shared=READ)
    changes = officer.add(
        "changes", "list changes: what waits, for whom, and what is in force", "staff:changes", shared=READ
    )
    changes.add_argument("--status", metavar="S", help="CODE, PROPOSED, APPROVED, REJECTED or IN-FORCE")

    add = officer.add("add", "propose a new officer, with a new key file", "staff:add", shared=SIGN)
    add.add_argument("concerned", metavar="ID", help="the new officer's id, small letters, digits, hyphens")
    add.add_argument("--name", metavar="TEXT", required=True, help="name with rank and post, as peers are shown it")
    add.add_argument("--roles", metavar="LIST", required=True, help=_ROLES)
    add.add_argument("--key", metavar="FILE", help="where the key file is written (default: officers/ID.key)")
    add.add_argument("--no-key", action="store_true", help="no key yet: a passkey follows with a code")
    remove = officer.add(
        "remove", "propose that an officer leaves; approved, it blocks at once", "staff:remove", shared=SIGN
    )
    remove.add_argument("concerned", metavar="ID", help=_WHO)
    roles = officer.add("roles", "propose other roles for an officer", "staff:roles", shared=SIGN)
    roles.add_argument("concerned", metavar="ID", help=_WHO)
    roles.add_argument("roles", metavar="LIST", help=_ROLES)

    key_add = officer.add("key-add", "make a further key file and propose it", "staff:key_add", shared=SIGN)
    key_add.add_argument("concerned", metavar="ID", help=_WHO)
    key_add.add_argument("--key", metavar="FILE", help=_NEW_KEY)
    key_remove = officer.add("key-remove", "propose that a key counts no more", "staff:key_remove", shared=SIGN)
    key_remove.add_argument("concerned", metavar="ID", help=_WHO)
    key_remove.add_argument("key_id", metavar="KEY", help="its id, or the beginning of it, as `officer list` shows it")
    recover = officer.add(
        "recover", "propose a new key in place of all that an officer lost", "staff:recover", shared=SIGN
    )
    recover.add_argument("concerned", metavar="ID", help=_WHO)
    recover.add_argument("--key", metavar="FILE", help=_NEW_KEY)
    code = officer.add("code", "make a code with which an officer registers a passkey once", "staff:code", shared=SIGN)
    code.add_argument("concerned", metavar="ID", help=_WHO)
    code.add_argument("--recover", action="store_true", help="the key takes the place of all his others")
    undo = officer.add(
        "undo", "propose to take back an approved change that the root did not sign", "staff:undo", shared=SIGN
    )
    undo.add_argument("id", metavar="CHANGE", help=_CHANGE)
    approve = officer.add(
        "approve", "approve a change as the second person, or refuse it", "staff:approve", shared=SIGN
    )
    approve.add_argument("id", metavar="CHANGE", help=_CHANGE)
    approve.add_argument("--refuse", action="store_true", help="refuse it")
    for command in (add, remove, roles, key_add, key_remove, recover, code, undo, approve):
        command.add_argument("--reason", metavar="TEXT", required=True, help="why; it is kept")

    sign = officer.add("sign", "sign our next manifest with the root and enter it", "staff:sign", shared=SIGN)
    sign.add_argument("--export", metavar="FILE", help="write what the root is to sign, for another machine")
    sign.add_argument("--request", metavar="FILE", help="on the root's machine: the file that --export wrote")
    sign.add_argument("--root", metavar="FILE", help="the root's key file (default: offline/root.key in the home)")
    sign.add_argument("--to", metavar="FILE", help="with --request: where the signed manifest is written")
    sign.add_argument("--import", dest="signed", metavar="FILE", help="enter the manifest that the root signed")
    sign.add_argument("--renew", action="store_true", help="sign also when nothing has changed and no end is near")
    sign.add_argument("--yes", action="store_true", help="do not ask before the root signs")
    token = officer.add(
        "token", "give an officer a token for the API; the node must not run", "staff:token", shared=READ
    )
    token.add_argument("concerned", metavar="ID", help=_WHO)


def _add_cards(officer: Commands) -> None:
    """Add the commands of certificates below `officer`."""
    group = officer.group("certificate", "which smart card signs in which officer; it signs no act")
    add = group.add("add", "enter an officer's certificate", "cards:add", shared={"json": True})
    add.add_argument("concerned", metavar="OFFICER", help="officer id, whole or without the party")
    add.add_argument("file", metavar="FILE", help="the certificate of the card, PEM or DER, without its key")
    add.add_argument(
        "--by-subject", action="store_true", help="every certificate of this subject, also when the card is renewed"
    )
    group.add("list", "list the certificates that are entered", "cards:listing", shared={"json": True})
    remove = group.add(
        "remove", "remove a certificate; it signs in nobody any more", "cards:remove", shared={"json": True}
    )
    remove.add_argument("fingerprint", metavar="FINGERPRINT", help="its SHA-256, or the beginning of it")
