"""How a message may stand to an earlier one: who may recall, update, add to, discontinue or relate to what.

One relation field serves corrections, recalls and updates. The table follows the reference codes of Whiteflag 1.2
(section 5.4.1, "by" and "may reference"); its codes 6 to 9 are our R4 verbs and the form REPLY.

One rule is ours: taking a message back never takes more steps or persons than sending it took. Otherwise a false STOP
or FLASH would stand until a second person is found (Hawaii, 13 January 2018: 38 minutes).
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from armslength.core.errors import LocalError, PeerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from armslength.core.precedence import Precedence
    from armslength.line.form_types import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What one verb may do.

    Args:
        by_author_only: only the author of the earlier message may use it.
        same_form: both messages have the same form, so that the same roles release both.
        targets: relation verbs that the earlier message may itself have; None stands for a new message.
        forms_excluded: forms for which the verb has no meaning.
        takes_back: the earlier message no longer stands.
    """

    by_author_only: bool
    same_form: bool
    targets: frozenset[str | None]
    forms_excluded: frozenset[str] = frozenset()
    takes_back: bool = False


_MOMENTARY: Final = frozenset({"TEST", "QUERY-RECEIPT", "PRESENCE-QUERY"})
"""They state nothing that could change or end; a wrong one is recalled."""

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "recalls": Rule(
            by_author_only=True,
            same_form=True,
            targets=frozenset({None, "recalls", "updates", "adds", "discontinues", "relates"}),
            takes_back=True,
        ),
        "updates": Rule(
            by_author_only=True,
            same_form=True,
            targets=frozenset({None, "adds", "relates"}),
            forms_excluded=_MOMENTARY,
        ),
        "adds": Rule(
            by_author_only=True,
            same_form=True,
            targets=frozenset({None, "updates", "relates"}),
            forms_excluded=_MOMENTARY,
        ),
        "discontinues": Rule(
            by_author_only=True,
            same_form=True,
            targets=frozenset({None, "relates"}),
            forms_excluded=_MOMENTARY,
            takes_back=True,
        ),
        "relates": Rule(by_author_only=False, same_form=False, targets=frozenset({None, "relates"})),
    }
)
"""Verb to its rule; a verb that is not here is refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stands:
    """What a relation is judged by, of either message.

    Args:
        author: party code.
        form: form code.
        precedence: its precedence.
        relation: its own relation verb, None for a new message.
    """

    author: str
    form: str
    precedence: Precedence
    relation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What stands between a draft and its release.

    Args:
        persons: how many different officers act, drafter included.
        legal_tick: the legal adviser's step is needed.
        linguist_check: the linguist's step is needed.
    """

    persons: int
    legal_tick: bool
    linguist_check: bool


def check_relation(
    verb: str, own: Stands, target: Stands, *, family: type[LocalError | PeerError] = LocalError
) -> None:
    """Refuse a relation that the table does not allow.

    Args:
        verb: the relation verb of `own`.
        own: the message that carries the relation.
        target: the earlier message, which both sides hold; a target not held is shown as such and not judged here.
        family: `LocalError` for our draft, `PeerError` for what arrived.

    Raises:
        LocalError: DRAFT-RELATION with the reason.
        PeerError: RELATION-REFUSED with the reason.
    """
    reason = _why_not(verb, own, target)
    if reason is not None:
        code = "DRAFT-RELATION" if family is LocalError else "RELATION-REFUSED"
        raise family(code, verb=verb, expected=reason, form=own.form, earlier_form=target.form)


def _why_not(verb: str, own: Stands, target: Stands) -> str | None:
    rule = RULES.get(verb)
    if rule is None:
        return "one of " + ", ".join(RULES)
    checks = (
        (rule.by_author_only and own.author != target.author, "the author of the earlier message"),
        (rule.same_form and own.form != target.form, "the form of the earlier message"),
        (own.form in rule.forms_excluded, "another verb, this form states nothing that lasts"),
        (target.relation not in rule.targets, "the message that began the matter, not a later step of it"),
        # A recall at a lower precedence would arrive after the message has been acted on.
        (rule.takes_back and own.precedence < target.precedence, f"at least {target.precedence.name}"),
    )
    return next((reason for wrong, reason in checks if wrong), None)


def steps_to_send(entry: Form, precedence: Precedence, *, second_person: bool, has_free_text: bool) -> Steps:
    """Return the steps that a new message needs.

    Args:
        entry: its form.
        precedence: its precedence.
        second_person: what the charter in force says for this form and precedence.
        has_free_text: whether there is a text for the linguist to check.
    """
    by_form = entry.two_persons_from is not None and precedence >= entry.two_persons_from
    return Steps(
        persons=2 if by_form or second_person else 1,
        legal_tick=entry.legal_tick,
        linguist_check=entry.linguist_check and has_free_text,
    )


def steps_to_relate(verb: str | None, new: Steps, taken: Steps | None) -> Steps:
    """Return the steps that a message with a relation needs.

    Args:
        verb: its relation verb, None for a new message.
        new: `steps_to_send` of the same message.
        taken: the steps that the earlier message really took, delegations included; None when it is not held.
    """
    rule = RULES.get(verb) if verb is not None else None
    if rule is None or not rule.takes_back or taken is None:
        return new
    return Steps(
        persons=min(new.persons, taken.persons),
        legal_tick=new.legal_tick and taken.legal_tick,
        linguist_check=new.linguist_check and taken.linguist_check,
    )
