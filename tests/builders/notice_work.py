"""A coordinator's day on a desk in memory: sheets in, one act of each person a batch, receipts of the other side."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from armslength.adapters.readers import FileReaders
from armslength.core.cose import ED25519
from armslength.core.keys import PublicKey
from armslength.desk.service import Service
from armslength.node import load_renderer
from builders.desks import desk_of
from builders.two_nodes import LEGAL, LINGUIST, RELEASER, WATCH

if TYPE_CHECKING:
    from builders.two_nodes import Party

STEPS = (("draft", WATCH), ("legal", LEGAL), ("linguist", LINGUIST), ("release", RELEASER))


class Work:
    """One party's work on notices; ``acts`` counts the confirmations of persons, ``signed`` the signatures."""

    def __init__(self, party: Party) -> None:
        self.party = party
        desk = desk_of(party)
        desk.clock = party.time
        self.service = Service(desk, load_renderer, FileReaders())
        self.acts: list[str] = []
        self.signed = 0

    def act(self, one: dict[str, Any], post: str) -> dict[str, Any]:
        """Sign one body."""
        officer = self.party.officer(post)
        private = self.party.officer_keys[officer]
        self.signed += 1
        return {
            "act": one["act"],
            "role": one["role"],
            "officer": officer,
            "key_id": PublicKey(ED25519, private.public).kid.hex(),
            "signature": private.sign(bytes.fromhex(one["statement"])).hex(),
        }

    def enter(self, data: bytes, name: str = "plan.csv") -> dict[str, Any]:
        """Read a sheet and enter it; return the dry run with the batch's number."""
        given = {"name": name, "data": b64encode(data).decode()}
        asked = self.service.notices.prepare_batch(self.party.officer(WATCH), given)
        self.acts.append("import")
        submission = {"prepared": asked["prepared"], "acts": [self.act(asked, WATCH)]}
        asyncio.run(self.service.submit_notice_batch(submission, data))
        return dict(asked["batch"])

    def step(self, batch: str, step: str, post: str) -> int:
        """Do one person's step on a whole batch; return how many messages it was about."""
        done = 0
        while True:
            given = {"law": ["AP I Art. 57"]}
            part = self.service.notices.prepare(self.party.officer(post), step, batch, given)
            if not part["bodies"]:
                break
            asyncio.run(self.service.submit_notices([self._submission(one, post) for one in part["bodies"]]))
            done += len(part["bodies"])
        if done:
            self.acts.append(step)
        return done

    def _submission(self, one: dict[str, Any], post: str) -> dict[str, Any]:
        what = {"release": one["release"]} if "release" in one else {"prepared": one["prepared"]}
        return {**what, "notice": one["notice"], "party": one["party"], "acts": [self.act(one, post)]}

    def all_steps(self, batch: str) -> dict[str, int]:
        """Draft, check and release a batch."""
        return {step: self.step(batch, step, post) for step, post in STEPS}
