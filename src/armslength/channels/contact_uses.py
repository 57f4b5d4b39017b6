"""A contact as the counting rule sees it: what was said over a channel beside what was written over the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from armslength.channels.book import Medium, Side
from armslength.channels.contacts import DOUBTFUL, FAILED, Purpose
from armslength.channels.counting import CALL_FORM, Direction, Use, subject_key

if TYPE_CHECKING:
    from armslength.channels.book import Channel
    from armslength.channels.contacts import Contact

_FORMS: Final = {
    Medium.TELEPHONE: CALL_FORM,
    Medium.VIDEO: CALL_FORM,
    Medium.MEETING: "MEETING",
    Medium.RELAY: "RELAY",
}
"""What a contact was, by what it was made; the others are written."""

_WRITTEN: Final = "WRITTEN"


def use_of(contact: Contact, channel: Channel | None, party: str, corrected_by: str = "") -> Use:
    """Return a contact as a use.

    Args:
        contact: the contact.
        channel: its channel; None when the book does not have it any more.
        party: our own party code.
        corrected_by: number of the contact that corrects it; empty for none.
    """
    ours = {party} | ({end.party for end in channel.ends if end.side is Side.OURS} if channel else set())
    theirs = {end.party for end in channel.ends if end.side is Side.THEIRS} if channel else set()
    third = {end.party for end in channel.ends} - ours - theirs if channel else set()
    form = _FORMS.get(channel.medium, _WRITTEN) if channel else _WRITTEN
    return Use(
        message_number=None,
        form=contact.purpose.value if contact.purpose in {Purpose.TEST, Purpose.SERVICE} else form,
        direction=_direction(contact.initiated_by, ours, theirs | third),
        initiated_by=contact.initiated_by,
        opened_from=contact.from_at,
        opened_until=contact.until_at,
        certain=contact.certain,
        exercise=contact.purpose is Purpose.EXERCISE,
        subject="",
        answers_or_relates=bool(contact.answers),
        proof=contact.proof,
        reference=contact.number,
        channel=contact.channel,
        subjects=frozenset(map(subject_key, (*contact.subjects, *contact.facilities, *contact.concerns))),
        subjects_open=contact.subjects_open,
        initiator_names=frozenset(next((side for side in (ours, theirs) if contact.initiated_by in side), ())),
        spoken=form != _WRITTEN,
        failed=contact.outcome.value if contact.outcome in FAILED else "",
        doubt=f"the outcome is {contact.outcome.value}" if contact.outcome in DOUBTFUL else "",
        corrected_by=corrected_by,
        tells_of="" if contact.message is None else contact.message.hex(),
        call=contact.call,
    )


def _direction(initiated_by: str, ours: set[str], others: set[str]) -> Direction | None:
    """Return the direction; None as well for a party at no end of the channel, which may be a slip of the pen."""
    if initiated_by in ours:
        return Direction.OUTGOING
    return Direction.INCOMING if initiated_by in others else None
