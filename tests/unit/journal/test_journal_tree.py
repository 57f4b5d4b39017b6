from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armslength.core.errors import LocalError, VerificationError
from armslength.journal import tree


@dataclass
class Log:
    """A store in memory: what `append` hands out, and nothing else."""

    frontier: tree.Frontier = field(default_factory=tree.Frontier)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    reads: int = 0

    def add(self, leaf: bytes) -> None:
        appended = tree.append(self.frontier, tree.leaf_hash(leaf))
        for node in appended.nodes:
            assert (node.level, node.index) not in self.nodes, "a complete subtree is made once"
            self.nodes[node.level, node.index] = node.hash
        self.frontier = appended.frontier

    def read(self, level: int, index: int) -> bytes:
        self.reads += 1
        return self.nodes[level, index]


def leaves(count: int) -> list[bytes]:
    return [f"entry {number}".encode() for number in range(count)]


def log_of(count: int) -> Log:
    log = Log()
    for leaf in leaves(count):
        log.add(leaf)
    return log


def defined_root(entries: list[bytes]) -> bytes:
    """MTH of RFC 9162 2.1.1, word for word: the oracle."""
    if not entries:
        return sha256(b"").digest()
    if len(entries) == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    return sha256(b"\x01" + defined_root(entries[:k]) + defined_root(entries[k:])).digest()


def code_of(error: pytest.ExceptionInfo[VerificationError]) -> str:
    return error.value.code


def test_roots_at_every_size_are_those_of_the_definition() -> None:
    log = Log()
    assert tree.root(log.frontier) == tree.EMPTY_ROOT == defined_root([])
    for size, leaf in enumerate(leaves(70), start=1):
        log.add(leaf)
        assert tree.root(log.frontier) == defined_root(leaves(size))
    for size in range(71):
        assert tree.root_at(size, log.read) == defined_root(leaves(size))
        assert tree.frontier_at(size, log.read).size == size
    assert tree.frontier_at(70, log.read) == log.frontier


def test_a_frontier_read_back_from_the_store_appends_like_the_one_in_memory() -> None:
    log = log_of(37)
    again = tree.append(tree.frontier_at(37, log.read), tree.leaf_hash(b"next"))
    assert again == tree.append(log.frontier, tree.leaf_hash(b"next"))


def test_an_append_makes_the_leaf_and_each_subtree_it_completes() -> None:
    made = tree.append(log_of(7).frontier, tree.leaf_hash(b"entry 7")).nodes
    assert [(node.level, node.index) for node in made] == [(0, 7), (1, 3), (2, 1), (3, 0)]
    assert len(log_of(64).nodes) == 2 * 64 - 1


def test_every_inclusion_proof_of_small_trees_verifies() -> None:
    log = log_of(40)
    for size in range(1, 41):
        root = defined_root(leaves(size))
        for index in range(size):
            path = tree.inclusion_path(index, size, log.read)
            tree.verify_inclusion(tree.leaf_hash(leaves(size)[index]), index, size, path, root)


def test_every_consistency_proof_of_small_trees_verifies() -> None:
    log = log_of(40)
    roots = [defined_root(leaves(size)) for size in range(41)]
    for new in range(1, 41):
        for old in range(1, new + 1):
            tree.verify_consistency(old, new, roots[old], roots[new], tree.consistency_path(old, new, log.read))


def test_proofs_are_the_examples_of_the_standard() -> None:
    """RFC 9162 2.1.5: the tree of seven leaves, with its letters."""
    log = log_of(7)
    a, b, c, d, _e, _f, j = (log.nodes[0, index] for index in range(7))
    g, h, i = (log.nodes[1, index] for index in range(3))
    k, ell = log.nodes[2, 0], tree.node_hash(i, j)
    assert tree.inclusion_path(0, 7, log.read) == (b, h, ell)
    assert tree.inclusion_path(3, 7, log.read) == (c, g, ell)
    assert tree.inclusion_path(4, 7, log.read) == (_f, j, k)
    assert tree.inclusion_path(6, 7, log.read) == (i, k)
    assert tree.consistency_path(3, 7, log.read) == (c, d, g, ell)
    assert tree.consistency_path(4, 7, log.read) == (ell,)
    assert tree.consistency_path(6, 7, log.read) == (i, j, k)
    assert a != b


def test_a_proof_reads_few_nodes() -> None:
    log = log_of(1000)
    for index in range(0, 1000, 37):
        log.reads = 0
        tree.inclusion_path(index, 1000, log.read)
        assert log.reads <= 20


def test_a_leaf_cannot_pass_for_a_node() -> None:
    left, right = tree.leaf_hash(b"a"), tree.leaf_hash(b"b")
    assert tree.leaf_hash(left + right) != tree.node_hash(left, right)


INCLUSION_REFUSALS = {
    "index is the size": ((8, 8), None, "PROOF-RANGE"),
    "index is negative": ((-1, 8), None, "PROOF-RANGE"),
    "empty tree": ((0, 0), None, "PROOF-RANGE"),
    "size above the bound": ((3, tree.SIZE_MAX + 1), None, "PROOF-RANGE"),
    "no hash at all": ((3, 8), [], "PROOF-LENGTH"),
    "one hash too many": ((3, 8), [bytes(32)] * 4, "PROOF-LENGTH"),
    "longer than any proof": ((3, tree.SIZE_MAX), [bytes(32)] * 65, "PROOF-LENGTH"),
    "a short hash": ((3, 8), [bytes(31), bytes(33), bytes(32)], "PROOF-NODE"),
    "other hashes": ((3, 8), [bytes(32)] * 3, "INCLUSION-MISMATCH"),
}


@pytest.mark.parametrize("name", INCLUSION_REFUSALS)
def test_inclusion_refusals(name: str) -> None:
    (index, size), path, code = INCLUSION_REFUSALS[name]
    log = log_of(8)
    given_path = tree.inclusion_path(3, 8, log.read) if path is None else path
    with pytest.raises(VerificationError) as error:
        tree.verify_inclusion(tree.leaf_hash(b"entry 3"), index, size, given_path, tree.root(log.frontier))
    assert code_of(error) == code


CONSISTENCY_REFUSALS = {
    "from the empty tree: nothing is proven": ((0, 8), [], "PROOF-RANGE"),
    "both empty": ((0, 0), [], "PROOF-RANGE"),
    "shrinking": ((8, 3), [], "PROOF-RANGE"),
    "size above the bound": ((3, tree.SIZE_MAX + 1), [bytes(32)], "PROOF-RANGE"),
    "no hash": ((3, 8), [], "PROOF-LENGTH"),
    "same size with hashes": ((8, 8), [bytes(32)], "PROOF-LENGTH"),
    "too long": ((3, 8), [bytes(32)] * 9, "PROOF-LENGTH"),
    "longer than any proof": ((3, tree.SIZE_MAX), [bytes(32)] * 65, "PROOF-LENGTH"),
    "a short hash": ((3, 8), [bytes(32), bytes(31), bytes(33), bytes(32)], "PROOF-NODE"),
    "other hashes": ((3, 8), [bytes(32)] * 4, "CONSISTENCY-MISMATCH"),
}


@pytest.mark.parametrize("name", CONSISTENCY_REFUSALS)
def test_consistency_refusals(name: str) -> None:
    (old, new), path, code = CONSISTENCY_REFUSALS[name]
    with pytest.raises(VerificationError) as error:
        tree.verify_consistency(old, new, defined_root(leaves(old)), defined_root(leaves(8)), path)
    assert code_of(error) == code


def test_same_size_and_another_root_is_a_mismatch() -> None:
    with pytest.raises(VerificationError) as error:
        tree.verify_consistency(8, 8, defined_root(leaves(8)), bytes(32), [])
    assert code_of(error) == "CONSISTENCY-MISMATCH"


@pytest.mark.parametrize(
    "ask",
    [
        lambda read: tree.inclusion_path(8, 8, read),
        lambda read: tree.inclusion_path(-1, 8, read),
        lambda read: tree.consistency_path(0, 8, read),
        lambda read: tree.consistency_path(9, 8, read),
        lambda read: tree.root_at(-1, read),
    ],
)
def test_asking_our_own_journal_for_what_it_cannot_have(ask: object) -> None:
    with pytest.raises(LocalError) as error:
        ask(log_of(8).read)  # type: ignore[operator]
    assert error.value.code == "JOURNAL-RANGE"


def test_only_hashes_are_appended() -> None:
    with pytest.raises(LocalError) as error:
        tree.append(tree.Frontier(), b"an entry, not its hash")
    assert error.value.code == "JOURNAL-HASH"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_change_of_any_part_of_an_inclusion_proof_is_caught(data: st.DataObject) -> None:
    size = data.draw(st.integers(2, 130))
    index = data.draw(st.integers(0, size - 1))
    log = log_of(size)
    path = list(tree.inclusion_path(index, size, log.read))
    root, leaf = tree.root(log.frontier), log.nodes[0, index]
    tree.verify_inclusion(leaf, index, size, path, root)
    parts = [leaf, root, *path]
    part = data.draw(st.integers(0, len(parts) - 1))
    bit = data.draw(st.integers(0, 255))
    parts[part] = (int.from_bytes(parts[part], "big") ^ (1 << bit)).to_bytes(32, "big")
    with pytest.raises(VerificationError):
        tree.verify_inclusion(parts[0], index, size, parts[2:], parts[1])
    other = data.draw(st.integers(0, size - 1).filter(lambda n: n != index))
    with pytest.raises(VerificationError):
        tree.verify_inclusion(leaf, other, size, path, root)
    with pytest.raises(VerificationError):
        tree.verify_inclusion(leaf, index, size, path[:-1], root)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_change_of_any_part_of_a_consistency_proof_is_caught(data: st.DataObject) -> None:
    new = data.draw(st.integers(2, 130))
    old = data.draw(st.integers(1, new - 1))
    log = log_of(new)
    path = list(tree.consistency_path(old, new, log.read))
    old_root, new_root = tree.root_at(old, log.read), tree.root(log.frontier)
    tree.verify_consistency(old, new, old_root, new_root, path)
    parts = [old_root, new_root, *path]
    part = data.draw(st.integers(0, len(parts) - 1))
    bit = data.draw(st.integers(0, 255))
    parts[part] = (int.from_bytes(parts[part], "big") ^ (1 << bit)).to_bytes(32, "big")
    with pytest.raises(VerificationError):
        tree.verify_consistency(old, new, parts[0], parts[1], parts[2:])
    with pytest.raises(VerificationError):
        tree.verify_consistency(old, new, old_root, new_root, path[:-1])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_journal_edited_cut_or_swapped_in_its_past_is_never_consistent(data: st.DataObject) -> None:
    """Abuse cases 1 and 10: whoever rewrites what was already proven cannot make any proof that holds."""
    old = data.draw(st.integers(2, 60))
    new = data.draw(st.integers(old, 90))
    entries = leaves(new)
    place = data.draw(st.integers(0, old - 2))
    edit = data.draw(st.sampled_from(["edit", "insert", "delete", "swap"]))
    if edit == "edit":
        entries[place] = b"edited"
    elif edit == "insert":
        entries.insert(place, b"inserted")
    elif edit == "delete":
        del entries[place]
    else:
        entries[place], entries[place + 1] = entries[place + 1], entries[place]
    forged = Log()
    for leaf in entries:
        forged.add(leaf)
    size = len(entries)
    if size < old:
        return
    with pytest.raises(VerificationError):
        tree.verify_consistency(
            old,
            size,
            defined_root(leaves(old)),
            tree.root(forged.frontier),
            tree.consistency_path(old, size, forged.read),
        )


@settings(max_examples=200, deadline=None)
@given(
    st.integers(-(2**70), 2**70),
    st.integers(-(2**70), 2**70),
    st.lists(st.binary(max_size=40), max_size=70),
    st.binary(max_size=40),
    st.binary(max_size=40),
)
def test_hostile_proofs_end_in_a_typed_error(
    first: int, second: int, path: list[bytes], one: bytes, other: bytes
) -> None:
    with pytest.raises(VerificationError):
        tree.verify_consistency(first, second, one, other + b"x" * 41, path)
    with pytest.raises(VerificationError):
        tree.verify_inclusion(one, first, second, path, other + b"x" * 41)
