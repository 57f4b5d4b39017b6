"""What a change does to a list of officers, and which changes a new list explains."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from armslength.core.attestation import Kind, Officer, OfficerKey
from armslength.core.cose import ED25519
from armslength.core.keys import PublicKey
from armslength.desk.officer_changes import Change, What, applied, change_from_value, restricted, settled
from builders.acts import ed25519

KEYS = tuple(
    OfficerKey(kind=Kind.RAW_KEY, key=PublicKey(ED25519, ed25519(f"change {number}").public)) for number in range(4)
)
NAMES = ("a-1", "a-2", "a-3")
ROLES = ("watch-officer", "linguist", "administrator")
OFFICERS = {
    name: Officer(officer=name, name=name, roles=frozenset({role}), keys=(key,))
    for name, role, key in zip(NAMES, ROLES, KEYS, strict=False)
}

changes = st.one_of(
    st.builds(Change, what=st.just(What.REMOVE_OFFICER), officer=st.sampled_from(NAMES)),
    st.builds(
        Change,
        what=st.just(What.ROLES),
        officer=st.sampled_from(NAMES),
        roles=st.frozensets(st.sampled_from(ROLES), min_size=1),
    ),
    st.builds(
        Change,
        what=st.sampled_from((What.ADD_KEY, What.RECOVER)),
        officer=st.sampled_from(NAMES),
        key=st.sampled_from(KEYS),
    ),
    st.builds(
        Change,
        what=st.just(What.REMOVE_KEY),
        officer=st.sampled_from(NAMES),
        key_id=st.sampled_from([key.key_id for key in KEYS]),
    ),
    st.builds(
        Change,
        what=st.just(What.ADD_OFFICER),
        officer=st.sampled_from((*NAMES, "a-4")),
        name=st.just("Somebody"),
        roles=st.just(frozenset({"linguist"})),
    ),
)


@given(st.lists(changes, max_size=6))
def test_what_waits_only_takes_away(waiting: list[Change]) -> None:
    left = restricted(OFFICERS, waiting)
    assert left.keys() <= OFFICERS.keys()
    for name, one in left.items():
        assert one.roles <= OFFICERS[name].roles
        assert {key.key_id for key in one.keys} <= {key.key_id for key in OFFICERS[name].keys}


@given(st.lists(changes, max_size=6), st.integers(0, 6))
def test_a_manifest_explains_every_change_that_it_was_made_of(waiting: list[Change], count: int) -> None:
    after = applied(OFFICERS, waiting[:count])
    held = settled(OFFICERS, waiting, after)
    assert all(held[: min(count, len(waiting))]) or not waiting[:count]


@given(changes)
def test_a_change_is_read_as_it_was_written(change: Change) -> None:
    assert change_from_value(change.value()) == change


def test_who_is_recovered_may_not_act_until_the_root_has_signed() -> None:
    change = Change(what=What.RECOVER, officer="a-1", key=KEYS[3])
    assert "a-1" not in restricted(OFFICERS, [change])
    assert applied(OFFICERS, [change])["a-1"].keys == (KEYS[3],)
