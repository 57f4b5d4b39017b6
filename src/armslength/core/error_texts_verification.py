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
    "COUNT-CERTIFICATE": (
        "The certificate of a count does not come out again from the journal.",
        "Do not state the number. Make a new certificate, and find out who changed this one.",
    ),
    "EXPORT-CHAIN": (
        "The records, manifests or charter in the export do not join as they must.",
        "Do not rely on it. The entry is named; ask both parties for an export of their own and compare the two.",
    ),
    "EXPORT-COMMITMENT": (
        "The content of an entry is not the one that the journal committed to.",
        "The content was exchanged after it was recorded. Do not rely on the export.",
    ),
    "EXPORT-COMPARE": (
        "The two exports are not of the same line between the same parties.",
        "Compare exports of one line, each verified with the same two fingerprints.",
    ),
    "EXPORT-COSIGNATURE": (
        "A cosignature of the journal is missing, changed or not the newest one.",
        "Do not rely on the order and times in it. Ask the other party for its own export.",
    ),
    "EXPORT-FILE-CHANGED": (
        "A file of the export is not the one that was exported.",
        "Fetch the export again from its source; if the difference stays, do not rely on it.",
    ),
    "EXPORT-FILE-EXTRA": (
        "The export has a file that does not belong to it.",
        "Remove nothing by hand. Fetch the export again from its source.",
    ),
    "EXPORT-FILE-MISSING": (
        "A file of the export is missing.",
        "Fetch the export again from its source, with all its folders.",
    ),
    "EXPORT-INCOMPLETE": (
        "The export names something that it does not show.",
        "Something was left out. Ask the exporting party for the whole line, and the other party for its own export.",
    ),
    "EXPORT-LEAF": (
        "An entry does not stand at its place in the journal.",
        "Entries were exchanged or reordered. Do not rely on the export.",
    ),
    "EXPORT-MALFORMED": (
        "A file of the export cannot be read.",
        "Fetch the export again from its source; if it stays so, it was not made by this format.",
    ),
    "EXPORT-MANIFEST": (
        "The list of files in MANIFEST is not in its form.",
        "Fetch the export again from its source; if it stays so, do not rely on it.",
    ),
    "EXPORT-REALM": (
        "The export is not of the realm that was asked for, or does not say plainly which it is.",
        "An exercise is never evidence of real events. Verify it as an exercise, or ask for the real line's export.",
    ),
    "EXPORT-RECEIPT": (
        "The proof that an entry stands in the journal does not hold.",
        "Do not rely on the export. Ask the exporting party for a new one.",
    ),
    "EXPORT-RECORD": (
        "A record in the export does not verify.",
        "The entry and the reason are named. Do not rely on that record nor on what follows from it.",
    ),
    "EXPORT-ROOT": (
        "The journal shown is not the one that was signed.",
        "The exporting party signed another journal before. Keep both, and ask the other party for its export.",
    ),
    "EXPORT-SIGNATURE": (
        "The exporting party's signature does not hold.",
        "Fetch the export again from its source; if it stays so, do not rely on it.",
    ),
    "EXPORT-SIZE": (
        "The export is larger than this program reads.",
        "Ask for an export of a shorter time or of one line.",
    ),
    "EXPORT-UNTRUSTED": (
        "A party's fingerprint is none of those that were given.",
        "Compare the fingerprint with what was read aloud at the introduction. It may be an impostor's export.",
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
