"""Error texts of the family *verification*: evidence does not hold.

A row is code -> (sentence, next step), in alphabetical order. Codes are stable: never renamed, never reused.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "CHAIN-BROKEN": (
        "A message does not name the message before it: the chain is broken at this number.",
        "Keep both messages. Compare this number with the other side's journal: one of the two was replaced.",
    ),
    "CHAIN-FORK": (
        "Two different messages stand under the same number.",
        "Keep both. Ask the other side by another channel which one is theirs, and tell the releasing officer.",
    ),
    "CHAIN-GAP": (
        "A message is missing: later numbers are there and this one is not.",
        "Look for late courier or mail. Ask the other side to send this number again.",
    ),
    "CHAIN-PEER-LINK": (
        "A message names a message of the other direction that this journal does not hold so.",
        "Compare both directions with the other side's journal, from the number that is named.",
    ),
    "CHECKPOINT-ORIGIN": (
        "The checkpoint is of another journal than the one expected.",
        "Do not rely on it. Check which party and realm the file or message claims to come from.",
    ),
    "COMMITMENT-MISMATCH": (
        "The content shown is not the content that the journal entry was made for.",
        "Do not rely on the content. The entry itself may still be genuine; ask for the original.",
    ),
    "CONSISTENCY-MISMATCH": (
        "The longer journal does not begin with the shorter one as the proof claims.",
        "Keep both checkpoints and the proof. Either the proof is faulty or the journal was rewritten: ask for a new proof, then raise it.",
    ),
    "COSE-ALGORITHM-MISMATCH": (
        "The message names another algorithm than the key it must verify with.",
        "Treat the message as not genuine. Ask the other side by another channel whether it changed its keys.",
    ),
    "COSE-KEY": (
        "The public key is not a key of the algorithm it is given for.",
        "Treat the message as not genuine. Compare the key's fingerprint with the other side by another channel.",
    ),
    "COSE-NOT-OPENED": (
        "The sealed message does not open: it was changed, or made for another key, line or realm.",
        "Ask the other side to seal and send it again. If it repeats, compare keys and realm by another channel.",
    ),
    "COSE-SIGNATURE": (
        "The signature does not hold over these bytes.",
        "Treat the message as not genuine. Keep it, and ask the other side by another channel whether it sent it.",
    ),
    "COSE-SIGNERS": (
        "The message does not carry exactly the signatures that must stand on it.",
        "Treat the message as not genuine. Compare the signing keys of both charters with the other side.",
    ),
    "INCLUSION-MISMATCH": (
        "The entry does not stand in the journal where the proof says.",
        "Do not rely on the entry. Ask for a new proof against the same checkpoint, and keep this one.",
    ),
    "NOTE-SIGNATURE": (
        "A signature line of a checkpoint is malformed or its time is out of range.",
        "Do not rely on the checkpoint. Keep it, and ask the other side for a new one.",
    ),
    "NOTE-UNSIGNED": (
        "The checkpoint carries no signature of the key that is expected.",
        "Do not rely on it. Check whether the key was changed; compare the fingerprint by another channel.",
    ),
    "PROOF-LENGTH": (
        "The journal proof has too few or too many hashes.",
        "Do not rely on what it should prove. Ask for a new proof against the same checkpoint.",
    ),
    "PROOF-NODE": (
        "A hash in the journal proof does not have 32 bytes.",
        "Do not rely on what it should prove. Ask for a new proof against the same checkpoint.",
    ),
    "PROOF-RANGE": (
        "The journal proof is about an entry or size that the journal cannot have.",
        "Do not rely on what it should prove. Check which checkpoint it belongs to.",
    ),
}
