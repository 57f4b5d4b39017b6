"""The auditor's room: entries, the Merkle tree over them, checkpoints, proofs, the witness of the peer's journal.

Nothing here reads a disk, a clock or a key: hashes, paths, notes and verdicts are computed from what is handed in, so
that an export can be verified offline with this room and `core` alone.
"""
