"""The people of the world: they draft, check, release, read, answer, recall and accept alarms, each in their own time.

A person whose node goes down waits and submits the same signed act again, not knowing whether the first one was taken.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from armslength.core.errors import ArmslengthError
from armslength.core.instants import Instant
from armslength.core.places import place_from_cbor
from armslength.core.precedence import Precedence
from armslength.desk import answering, drafting, watching
from armslength.line import exchange, fields
from armslength.line.receipts import Level
from builders.two_nodes import CONCERN_VALUES, LEGAL, LINGUIST, RELEASER, SENT_PLACE, WATCH, WATCH_2
from world.node import NodeDown

if TYPE_CHECKING:
    from collections.abc import Callable

    from armslength.core.cbor import CborValue
    from armslength.desk.books import Books
    from world.ledger import Numbered
    from world.node import SimNode
    from world.world import World

TRIES_AGAIN_S = 0.7
ALONE = frozenset({"TEST", "STOP", "SERVICE", "QUERY-RECEIPT"})
PRECEDENCES = {
    "CONCERN": (Precedence.IMMEDIATE, Precedence.FLASH),
    "STOP": (Precedence.FLASH,),
    "TEST": (Precedence.ROUTINE, Precedence.PRIORITY, Precedence.FLASH),
    "SERVICE": (Precedence.ROUTINE, Precedence.PRIORITY),
    "CLARIFICATION-REQUEST": (Precedence.PRIORITY,),
}
FORMS = ("CONCERN", "CONCERN", "STOP", "TEST", "SERVICE", "CLARIFICATION-REQUEST")


class Officers:
    """Everybody on watch, at every node of a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.lazy = 0.0
        """How likely a receipt is left undone for long."""

    async def _pause(self, low: float, high: float) -> None:
        await asyncio.sleep(self._world.rng.uniform(low, high))

    async def insist(self, node: SimNode, job: Callable[[Books], Any]) -> Any:
        """Submit until it is known to be done."""
        while True:
            try:
                return await node.act(job)
            except NodeDown:
                await asyncio.sleep(TRIES_AGAIN_S)
            except ArmslengthError as error:
                self._world.violate("OFFICER-REFUSED", node=node.name, code=error.sentence)
                raise

    async def look(self, node: SimNode, job: Callable[[Books], Any]) -> Any:
        """Look until the node is there to show it."""
        while True:
            try:
                return node.look(job)
            except NodeDown:
                await asyncio.sleep(TRIES_AGAIN_S)

    # --- sending ------------------------------------------------------------------------------------------------------

    async def converse(self, node: SimNode, line: bytes) -> None:
        """Send one message as it occurs to the watch, and take some of them back."""
        rng = self._world.rng
        form = rng.choice(FORMS)
        precedence = rng.choice(PRECEDENCES[form])
        sent = await self.send(node, line, form, precedence, values_of(node, form))
        if form in {"STOP", "CONCERN"} and rng.random() < 0.25:
            await self._pause(0.1, 20)
            relation: dict[int, CborValue] = {fields.RELATION: ("recalls", sent)}
            await self.send(node, line, form, precedence, relation)

    async def send(
        self, node: SimNode, line: bytes, form: str, precedence: Precedence, values: dict[int, CborValue]
    ) -> bytes:
        """Draft, check and release a message; return its envelope hash."""
        party = node.party
        prepared = await self.look(
            node,
            lambda books: drafting.prepare_message(
                books, books.line(line), party.officer(WATCH), form, precedence, values
            ),
        )
        if form in ALONE or (form == "STOP" and fields.RELATION in values):
            signed = party.signed(prepared, "stop" if form == "STOP" else "release", WATCH)
            found: bytes = await self.insist(node, lambda books: drafting.send_alone(books, signed))
            return found
        signed = party.signed(prepared, "draft", WATCH)
        draft = await self.insist(node, lambda books: drafting.submit_draft(books, signed))
        await self._pause(0.05, 2)
        await self._check(node, draft, "legal", LEGAL, "legal-tick")
        if fields.FREE_TEXT in values:
            await self._check(node, draft, "linguist", LINGUIST, "linguist-check")
        await self._pause(0.05, 2)
        act = party.act(prepared, "release", RELEASER)
        released: bytes = await self.insist(node, lambda books: drafting.release_draft(books, draft, act))
        return released

    async def _check(self, node: SimNode, draft: bytes, kind: str, post: str, act: str) -> None:
        law = ("AP-I-ARTICLE-56",) if kind == "legal" else ()
        prepared = await self.look(
            node,
            lambda books: drafting.prepare_check(books, draft, node.party.officer(post), kind, passed=True, law=law),
        )
        signed = node.party.signed(prepared, act, post)
        try:
            await node.act(lambda books: drafting.submit_check(books, signed))
        except NodeDown:
            # Whoever checks looks before signing twice.
            done = await self.look(node, lambda books: checked(books, draft, kind))
            if not done:
                await self._check(node, draft, kind, post, act)

    # --- receiving ----------------------------------------------------------------------------------------------------

    async def receive(self, node: SimNode, message: Numbered) -> None:
        """Give the receipts that a message's form asks for, in order, each after a while."""
        for level in exchange.EXPECTED_LEVELS[message.form][1:]:
            if self._world.rng.random() < self.lazy:
                await self._pause(10, 60)
            await self._pause(0.1, 8)
            if self._world.ending:
                return
            await self.receipt(node, message.envelope_hash, level)

    async def receipt(self, node: SimNode, message: bytes, level: Level) -> bytes:
        """Give one receipt; return its envelope hash."""
        rng, party = self._world.rng, node.party
        post = rng.choice((WATCH, WATCH_2))
        verb = rng.choice(("confirm", "comply", "being-examined")) if level is Level.ANSWERED else None
        prepared = await self.look(
            node,
            lambda books: answering.prepare_receipt(
                books, message, party.officer(post), level, **parts_of(books, message, level, verb)
            ),
        )
        signed = party.signed(prepared, "receipt", post)
        found: bytes = await self.insist(node, lambda books: answering.submit_receipt(books, signed))
        return found

    async def accept_alarm(self, node: SimNode, identity: bytes) -> None:
        """Accept an alarm after a while."""
        await self._pause(0.01, 15)
        prepared = await self.look(
            node, lambda books: watching.prepare_alarm_accepted(books, node.party.officer(WATCH), identity)
        )
        signed = node.party.signed(prepared, "accept-alarm", WATCH)
        await self.insist(node, lambda books: watching.submit_local(books, signed))


def checked(books: Books, draft: bytes, kind: str) -> bool:
    """Tell whether a draft bears a check of this kind."""
    return any(check[0] == kind for check in drafting.find_draft(books, draft.hex())[1][6])


def values_of(node: SimNode, form: str) -> dict[int, CborValue]:
    """Return what a message of a form says."""
    if form == "CONCERN":
        return {**CONCERN_VALUES, fields.REPLY_BY: Instant(node.clock.peek() + 90_000_000)}
    if form == "STOP":
        return {fields.PLACE: SENT_PLACE, fields.FACILITY_ID: "UA-ZNPP", 100: "PROTECTED-SITE-UNDER-FIRE"}
    if form == "TEST":
        return {100: "The line is tested."}
    if form == "SERVICE":
        return {100: "CLOCK-IN-DOUBT"}
    return {fields.FACILITY_ID: "UA-ZNPP", 101: ("PURPOSE-OF-ACTIVITY",)}


def parts_of(books: Books, message: bytes, level: Level, verb: str | None) -> dict[str, Any]:
    """Return what a receipt of a level states."""
    if level is Level.PASSED:
        return {"command": "Operational command of the sector", "how": "secure telephone"}
    if level is Level.ANSWERED:
        return {"verb": verb, "answer_by": Instant(books.now + 60_000_000) if verb == "being-examined" else None}
    stated: dict[str, Any] = {"language": "en", "rendered": message.hex()}
    found = answering.find_message(books, books.unit.get("messages", message)[1], message.hex())  # type: ignore[index,call-overload]
    body = answering.message_body(books, found[1])
    if level is Level.UNDERSTOOD and fields.PLACE in body:
        stated["place"] = place_from_cbor(body[fields.PLACE])
    return stated
