"""A key brought with a code: registered without a session, proposed and not yet good for anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from armslength.adapters.passkeys import Passkeys
from armslength.core.keys import EDDSA
from armslength.desk import officering
from armslength.desk.officer_changes import What
from builders import officer_desk
from builders.acts import Passkey
from builders.console_desk import ORIGIN, console_desk, run
from builders.officer_desk import ADMIN, ADMIN_2, decide, root_signs, status
from builders.passkey_registration import register
from builders.two_nodes import WATCH

if TYPE_CHECKING:
    from pathlib import Path

NEW_KEY = Passkey(alg=EDDSA, seed="new")


def test_an_officer_without_a_key_brings_one_with_a_code(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)
    node: Any = desk.node
    node.passkeys = Passkeys()
    party = officer_desk.staffed(desk.node.party)
    with party.write() as books:
        prepared, code = officering.prepare_code(
            books, party.officer(ADMIN), What.RECOVER, party.officer(WATCH), "lost"
        )
        with officer_desk.acting_as(ADMIN, "administrator"):
            officering.submit_change(books, party.signed(prepared, "record", ADMIN))
    number = str(prepared.body[21])

    async def story() -> None:
        browser = desk.browser()
        for wrong in ("A" * 24, "x", code[:-1]):
            answer = await browser.ask("POST", "/sign-in/enrol/begin", {"enrolment_code": wrong})
            assert answer.json()["code"] == "OFFICER-CODE"
        asked = (await browser.ask("POST", "/sign-in/enrol/begin", {"enrolment_code": code})).json()
        made = {
            "enrolment_code": code,
            "ticket": asked["ticket"],
            "credential": register(NEW_KEY, asked["options"], ORIGIN),
        }
        done = await browser.ask("POST", "/sign-in/enrol/finish", made)
        assert done.json() == {
            "change": number,
            "officer": party.officer(WATCH),
            "key_id": NEW_KEY.public.kid.hex(),
        }
        assert not browser.cookie, "nobody is signed in by this"
        again = await browser.ask("POST", "/sign-in/enrol/finish", made)
        assert again.json()["code"] == "OFFICER-CODE"

    run(desk, story)
    assert status(party, number)[1] == "PROPOSED"
    decide(party, number, ADMIN_2)
    root_signs(party)
    assert [key.key for key in officer_desk.officer_of(party, party.officer(WATCH)).keys] == [NEW_KEY.public]
