"""Contacts over the API: entered by who may, listed, counted and certified in their shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter

from armslength.entrypoints.api import contacts
from builders.contact_desk import channel, contact
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live

CONTACT = contact(initiated_by="EUCOM", subjects=["grid"])
DECISION = {
    "what": "whether to use it",
    "options": ["use it", "do not use the channel"],
    "chosen": "do not use the channel",
    "reason": "too early",
    "information": "one report",
    "channel": "eucom-ndmc",
    "not_used": True,
}


def test_contacts_are_entered_listed_counted_and_certified_in_their_shapes(home: Path) -> None:
    async def case(live: Live) -> None:
        for path, body, post in (
            ("channel", channel(), "watch-1"),
            ("contact", CONTACT, "watch-1"),
            ("decision", DECISION, "release-1"),
        ):
            prepared = await live.ask(post, "POST", f"/v1/prepare/{path}", body)
            await live.ask(post, "POST", "/v1/submit", live.submission(prepared))
        listed = await live.ask("watch-1", "GET", "/v1/contacts?channel=eucom-ndmc&subject=grid&limit=5")
        [one] = TypeAdapter(list[contacts.Contact]).validate_python(listed)
        assert await live.ask("watch-1", "GET", f"/v1/contacts/{one.number}") == listed[0]
        query = "channel=eucom-ndmc&as_of=2022-11-28&initiated_by=EUCOM"
        counted = await live.ask("spokesperson-1", "GET", f"/v1/contact-count?{query}")
        assert TypeAdapter(contacts.ContactCount).validate_python(counted).count == 1
        assert "grid" not in str(counted["contacts"])
        certified = await live.ask("auditor-1", "GET", f"/v1/contact-certificate?{query}")
        assert TypeAdapter(contacts.CountCertificate).validate_python(certified).certain == 1
        again = await live.ask("auditor-1", "GET", f"/v1/contact-certificate?{query}&size={certified['journal_size']}")
        assert again["listed"] == certified["listed"]
        decided = await live.ask("watch-1", "GET", "/v1/decisions?not_used=true")
        [decision] = TypeAdapter(list[contacts.DecisionTaken]).validate_python(decided)
        assert await live.ask("watch-1", "GET", f"/v1/decisions/{decision.number}") == decided[0]

    run_live(home, case)


@pytest.mark.parametrize(
    ("post", "method", "path", "body", "status"),
    [
        ("spokesperson-1", "GET", "/v1/contacts", None, 403),
        ("auditor-1", "POST", "/v1/prepare/contact", CONTACT, 403),
        ("watch-1", "POST", "/v1/prepare/contact", {**CONTACT, "mood": "good"}, 422),
        ("watch-1", "POST", "/v1/prepare/contact", CONTACT, 404),
        ("watch-1", "GET", "/v1/contacts/CT-2022-000009", None, 404),
        ("watch-1", "GET", "/v1/contact-count?unit=dozen", None, 409),
    ],
)
def test_who_may_not_and_what_cannot_be_is_refused(
    home: Path, post: str, method: str, path: str, body: dict[str, object] | None, status: int
) -> None:
    async def case(live: Live) -> None:
        async with live.client(post) as client:
            answer = await client.request(method, path, json=body)
        assert answer.status_code == status, answer.text

    run_live(home, case)
