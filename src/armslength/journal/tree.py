"""The journal's Merkle tree: append, inclusion proofs and consistency proofs of RFC 9162 section 2.1.

Appending needs the frontier only (the roots of the complete subtrees at the right edge). It hands out every complete
subtree that it finished, at ``(level, index)``; a store keeps those, and every proof at every size is read from them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from armslength.core.errors import LocalError, VerificationError

HASH_BYTES = 32
"""SHA-256, the one hash of RFC 9162 trees with vds 1 (RFC 9942 section 5)."""

SIZE_MAX = 2**63 - 1
"""A tree size fits a signed 64-bit column; no journal of a line comes near it."""

PROOF_NODES_MAX = 64
"""No proof below `SIZE_MAX` has more hashes (RFC 9162 2.1.3, 2.1.4), so a longer one is refused unread."""

EMPTY_ROOT = sha256(b"").digest()
"""MTH({}) of RFC 9162 2.1.1: the root of a journal without entries."""

_LEAF_PREFIX = b"\x00"
_NODE_PREFIX = b"\x01"

NodeReader = Callable[[int, int], bytes]
"""Returns the stored hash of the complete subtree at (level, index); level 0 are the leaves."""


@dataclass(frozen=True, slots=True)
class TreeNode:
    """One complete subtree: it covers entries ``index << level`` up to ``(index + 1) << level``, exclusive."""

    level: int
    index: int
    hash: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """Everything that the next append needs: the size, and the roots of the complete subtrees from left to right."""

    size: int = 0
    peaks: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Appended:
    """What one append made: the new frontier and each subtree completed by it, the leaf first."""

    frontier: Frontier
    nodes: tuple[TreeNode, ...]


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of an entry's bytes, HASH(0x00 || leaf)."""
    return sha256(_LEAF_PREFIX + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash over two subtrees, HASH(0x01 || left || right)."""
    return sha256(_NODE_PREFIX + left + right).digest()


def append(frontier: Frontier, leaf: bytes) -> Appended:
    """Append one leaf hash: O(log n) hashes at worst, two on average.

    Args:
        frontier: the tree before; at least the empty ``Frontier()``.
        leaf: the 32-byte `leaf_hash` of the new entry.
    """
    if len(leaf) != HASH_BYTES:
        raise LocalError("JOURNAL-HASH", expected=HASH_BYTES, got=len(leaf))
    peaks = list(frontier.peaks)
    level, index, node = 0, frontier.size, leaf
    nodes = [TreeNode(level, index, node)]
    while index & 1:
        node = node_hash(peaks.pop(), node)
        level, index = level + 1, index >> 1
        nodes.append(TreeNode(level, index, node))
    peaks.append(node)
    return Appended(frontier=Frontier(size=frontier.size + 1, peaks=tuple(peaks)), nodes=tuple(nodes))


def root(frontier: Frontier) -> bytes:
    """Return the root of the tree whose frontier this is."""
    return _bag(frontier.peaks)


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes that are all at hand (RFC 9162, 2.1.1), level by level.

    An odd node at the end of a level moves up unpaired, which gives the same tree as the split at a power of two.
    """
    level = list(leaves)
    if not level:
        return EMPTY_ROOT
    while len(level) > 1:
        last = level[-1:] if len(level) & 1 else []
        level = [node_hash(a, b) for a, b in zip(level[::2], level[1::2], strict=False)] + last
    return level[0]


def frontier_at(size: int, read: NodeReader) -> Frontier:
    """Return the frontier of the tree at an earlier or the present size, read from stored nodes (at start-up)."""
    _require_own_range(0 <= size <= SIZE_MAX, size=size)
    return Frontier(size=size, peaks=tuple(read(level, index) for level, index in _complete_subtrees(0, size)))


def root_at(size: int, read: NodeReader) -> bytes:
    """Return the root that the journal had at an earlier size, read from stored nodes."""
    return root(frontier_at(size, read))


def inclusion_path(index: int, size: int, read: NodeReader) -> tuple[bytes, ...]:
    """Return PATH(index, D_size) of RFC 9162 2.1.3.1, from the leaf upwards.

    Raises:
        LocalError: JOURNAL-RANGE when the tree of that size has no such entry.
    """
    _require_own_range(0 <= index < size <= SIZE_MAX, index=index, size=size)
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_subtree_hash(middle, end, read))
            end = middle
        else:
            path.append(_subtree_hash(start, middle, read))
            start = middle
    return tuple(reversed(path))


def consistency_path(old_size: int, new_size: int, read: NodeReader) -> tuple[bytes, ...]:
    """Return PROOF(old_size, D_new_size) of RFC 9162 2.1.4.1; empty when the sizes are equal.

    Raises:
        LocalError: JOURNAL-RANGE unless 0 < old_size <= new_size; nothing can be proven from the empty tree.
    """
    _require_own_range(0 < old_size <= new_size <= SIZE_MAX, old_size=old_size, new_size=new_size)
    path: list[bytes] = []
    start, end = 0, new_size
    while end != old_size:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append(_subtree_hash(middle, end, read))
            end = middle
        else:
            path.append(_subtree_hash(start, middle, read))
            start = middle
    # The verifier holds the old root already, so the remaining subtree is left out only when it *is* the old tree.
    if start > 0:
        path.append(_subtree_hash(start, end, read))
    return tuple(reversed(path))


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected_root: bytes) -> None:
    """Check that a leaf stands at an index of the tree with this size and root (RFC 9162 2.1.3.2).

    Args:
        leaf: the 32-byte `leaf_hash` of the entry.
        index: the entry's place, counted from 0.
        size: the tree's size.
        path: the proof, from the leaf upwards.
        expected_root: the root that a verified checkpoint states.

    Raises:
        VerificationError: PROOF-RANGE, PROOF-LENGTH, PROOF-NODE or INCLUSION-MISMATCH.
    """
    computed = root_from_inclusion(leaf, index, size, path)
    if computed != expected_root:
        raise VerificationError("INCLUSION-MISMATCH", index=index, size=size, expected=expected_root, got=computed)


def root_from_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """Return the root that an inclusion proof implies; worth something only when a signature is over that root.

    Raises:
        VerificationError: PROOF-RANGE, PROOF-LENGTH or PROOF-NODE.
    """
    if not 0 <= index < size <= SIZE_MAX:
        raise VerificationError("PROOF-RANGE", index=index, size=size)
    _require_nodes((leaf, *_bounded(path)))
    position, last, computed = index, size - 1, leaf
    for node in path:
        _require_more_path(last)
        if position & 1 or position == last:
            computed = node_hash(node, computed)
            position, last = _past_left_edge(position, last)
        else:
            computed = node_hash(computed, node)
        position, last = position >> 1, last >> 1
    _require_path_complete(last)
    return computed


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> None:
    """Check that the new tree begins with the old one (RFC 9162 2.1.4.2).

    Size 0 is refused on either side: everything begins with the empty tree, so such a proof proves nothing
    (RFC 9162 2.1.4 defines proofs for 0 < m <= n), and a journal always has its genesis entry. A witness that has
    seen nothing yet says so with its own state, not with a proof.

    Raises:
        VerificationError: PROOF-RANGE, PROOF-LENGTH, PROOF-NODE or CONSISTENCY-MISMATCH.
    """
    computed = root_from_consistency(old_size, new_size, old_root, path)
    if computed != new_root:
        raise VerificationError("CONSISTENCY-MISMATCH", old_size=old_size, new_size=new_size, got_root=new_root)


def root_from_consistency(old_size: int, new_size: int, old_root: bytes, path: Sequence[bytes]) -> bytes:
    """Return the newer root that a consistency proof implies, after holding it against the older root.

    Raises:
        VerificationError: PROOF-RANGE, PROOF-LENGTH, PROOF-NODE, or CONSISTENCY-MISMATCH when it does not lead to the
            older root.
    """
    if not 0 < old_size <= new_size <= SIZE_MAX:
        raise VerificationError("PROOF-RANGE", old_size=old_size, new_size=new_size)
    if (old_size == new_size) != (not path):
        raise VerificationError("PROOF-LENGTH", old_size=old_size, new_size=new_size, got=len(path))
    if old_size == new_size:
        return old_root
    nodes = list(_bounded(path))
    # A complete old tree is itself the first node, and the proof leaves it out (RFC 9162 2.1.4.2 step 2).
    if old_size & (old_size - 1) == 0:
        nodes.insert(0, old_root)
    _require_nodes(nodes)
    old_computed, new_computed = _roots_from(nodes, old_size, new_size)
    if old_computed != old_root:
        raise VerificationError("CONSISTENCY-MISMATCH", old_size=old_size, new_size=new_size, old_root=old_root)
    return new_computed


def _roots_from(nodes: list[bytes], old_size: int, new_size: int) -> tuple[bytes, bytes]:
    """Steps 3 to 6 of RFC 9162 2.1.4.2: the two roots that the proof implies."""
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old_computed = new_computed = nodes[0]
    for node in nodes[1:]:
        _require_more_path(last)
        if position & 1 or position == last:
            old_computed = node_hash(node, old_computed)
            new_computed = node_hash(node, new_computed)
            position, last = _past_left_edge(position, last)
        else:
            new_computed = node_hash(new_computed, node)
        position, last = position >> 1, last >> 1
    _require_path_complete(last)
    return old_computed, new_computed


def _past_left_edge(position: int, last: int) -> tuple[int, int]:
    """Climb the levels at which this node is the last and has no sibling (RFC 9162 2.1.3.2 step 4.b.i)."""
    while position and not position & 1:
        position, last = position >> 1, last >> 1
    return position, last


def _bounded(path: Sequence[bytes]) -> Sequence[bytes]:
    if len(path) > PROOF_NODES_MAX:
        raise VerificationError("PROOF-LENGTH", at_most=PROOF_NODES_MAX, got=len(path))
    return path


def _require_nodes(nodes: Sequence[bytes]) -> None:
    """Refuse hashes of another length: 31 and 33 bytes side by side would hash like 32 and 32."""
    for node in nodes:
        if len(node) != HASH_BYTES:
            raise VerificationError("PROOF-NODE", expected=HASH_BYTES, got=len(node))


def _require_more_path(last: int) -> None:
    if last == 0:
        raise VerificationError("PROOF-LENGTH", got="too many hashes")


def _require_path_complete(last: int) -> None:
    if last != 0:
        raise VerificationError("PROOF-LENGTH", got="too few hashes")


def _require_own_range(within: bool, **asked: int) -> None:  # noqa: FBT001 - a condition, read at the call
    if not within:
        raise LocalError("JOURNAL-RANGE", **asked)


def _split(count: int) -> int:
    """Return the largest power of two below count (k of RFC 9162 2.1.1), for count of at least 2."""
    return 1 << ((count - 1).bit_length() - 1)


def _complete_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """Return (level, index) of the complete subtrees, left to right, that make up entries start to end.

    The start is a multiple of the first of them, as in every subtree that RFC 9162 splits off.
    """
    found: list[tuple[int, int]] = []
    while start < end:
        level = (end - start).bit_length() - 1
        found.append((level, start >> level))
        start += 1 << level
    return found


def _subtree_hash(start: int, end: int, read: NodeReader) -> bytes:
    return _bag([read(level, index) for level, index in _complete_subtrees(start, end)])


def _bag(peaks: Sequence[bytes]) -> bytes:
    """Join complete subtrees from the right (RFC 9162 2.1.1: the left part is always the larger power of two)."""
    if not peaks:
        return EMPTY_ROOT
    joined = peaks[-1]
    for peak in reversed(peaks[:-1]):
        joined = node_hash(peak, joined)
    return joined
