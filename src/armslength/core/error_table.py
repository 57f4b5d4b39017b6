"""Every error code of the product: family, the operator's sentence, the next step.

Codes are stable: a code is never renamed or reused, since operators' notes and peers refer to it. `docs/errors.md` is
made from this table and a test holds the two equal.
"""

from __future__ import annotations

from typing import NamedTuple


class ErrorText(NamedTuple):
    """One row: family (local, peer, verification, unavailable), sentence, next step."""

    family: str
    sentence: str
    next_step: str


ERROR_TABLE: dict[str, ErrorText] = {
    "AREA-VALUE": ErrorText(
        "local",
        "The area cannot be used.",
        "Check its points, radius or width against what is named here.",
    ),
    "BEARER-ADDRESS": ErrorText(
        "unavailable",
        "The peer's address is not one that this node connects to.",
        "Check the address in the peer's introduction by another channel; messages wait in the outbox.",
    ),
    "BEARER-BODY-SIZE": ErrorText(
        "peer",
        "The other side sent a request longer than this bearer takes.",
        "Refused while it was read and changed nothing. If it repeats, ask the other side by another channel.",
    ),
    "BEARER-BODY-SLOW": ErrorText(
        "peer",
        "The other side began a request and did not finish it in time.",
        "Refused and changed nothing. If it repeats, check the path between the nodes.",
    ),
    "BEARER-CERTIFICATE": ErrorText(
        "peer",
        "The TLS certificate is not the certificate that the peer's introduction names.",
        "Nothing was trusted. Compare the introduction's fingerprint with the other side by another channel.",
    ),
    "BEARER-LISTEN": ErrorText(
        "local",
        "The node cannot listen for its peers at that address and port.",
        "Check whether another program, or the node itself, already listens there; then start again.",
    ),
    "BEARER-MEDIA-TYPE": ErrorText(
        "peer",
        "The other side sent a request of another media type than this bearer takes.",
        "Refused and changed nothing. Ask the other side by another channel what software it runs.",
    ),
    "BEARER-METHOD": ErrorText(
        "peer",
        "The other side sent a kind of request that this bearer does not have.",
        "Refused and changed nothing. Ask the other side by another channel what software it runs.",
    ),
    "BEARER-PATH": ErrorText(
        "peer",
        "The other side asked for something that this bearer does not have.",
        "Refused and changed nothing. Compare the line's id with the other side by another channel.",
    ),
    "BEARER-PIN": ErrorText(
        "unavailable",
        "Whoever answered at the peer's address does not hold the key that the peer's introduction names.",
        "Nothing was sent to it. Ask the other side by another channel whether it changed its key; if "
        "not, the path is being interfered with.",
    ),
    "BEARER-RATE": ErrorText(
        "peer",
        "The other side sends requests faster than this bearer takes them.",
        "Refused and changed nothing; its node tries again by itself. If it repeats, tell the other side "
        "by another channel.",
    ),
    "BEARER-REFUSED": ErrorText(
        "unavailable",
        "The peer's node answered but did not take the message.",
        "The message waits in the outbox and is tried again. If it repeats, name the status or code shown"
        " here to the other side by another channel.",
    ),
    "BEARER-RESPONSE-SIZE": ErrorText(
        "unavailable",
        "The peer's node answered with more than this node reads.",
        "The answer was cut off and ignored; the message is tried again. If it repeats, tell the other "
        "side by another channel.",
    ),
    "BEARER-TIMEOUT": ErrorText(
        "unavailable",
        "The peer's node did not answer in time.",
        "Whether the message arrived is not known; it is tried again. If it repeats, use the next bearer or channel.",
    ),
    "BEARER-UNABLE": ErrorText(
        "unavailable",
        "The node cannot take messages just now.",
        "The sender tries again by itself. Run the doctor command on the node that says so.",
    ),
    "BEARER-UNKNOWN-PIN": ErrorText(
        "peer",
        "Someone with a certificate that belongs to no peer of ours sent a request.",
        "Refused unread. If a peer was just removed or changed its key, this is its old certificate.",
    ),
    "BEARER-UNREACHABLE": ErrorText(
        "unavailable",
        "The peer's node cannot be reached.",
        "The message waits in the outbox and is tried again. Check the path, then use the next bearer or channel.",
    ),
    "CBOR-DEPTH": ErrorText(
        "peer",
        "The bytes are nested deeper than the wire allows.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-FLOAT": ErrorText(
        "peer",
        "The bytes hold a floating-point number, which the wire does not have.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-INDEFINITE": ErrorText(
        "peer",
        "The bytes hold a value of indefinite length, which the wire does not have.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-ITEMS": ErrorText(
        "peer",
        "The bytes hold more values than the wire allows.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-KEY-DUPLICATE": ErrorText(
        "peer",
        "A map in the bytes holds the same key twice.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-KEY-ORDER": ErrorText(
        "peer",
        "The keys of a map in the bytes are not in the order that the wire prescribes.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-KEY-TYPE": ErrorText(
        "peer",
        "A key of a map in the bytes is neither a number nor a string.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-LENGTH": ErrorText(
        "peer",
        "A length in the bytes claims more than the message holds.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-NOT-SHORTEST": ErrorText(
        "peer",
        "A number or length in the bytes is written longer than needed.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-RESERVED": ErrorText(
        "peer",
        "The bytes use a form that the encoding reserves.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-SIMPLE": ErrorText(
        "peer",
        "The bytes hold a simple value other than true, false and null.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-SIZE": ErrorText(
        "peer",
        "The bytes are longer than the wire allows here.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-TAG": ErrorText(
        "peer",
        "The bytes hold a tag that the wire does not have.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-TEXT": ErrorText(
        "peer",
        "A text in the bytes is not valid UTF-8.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-TRAILING": ErrorText(
        "peer",
        "Bytes follow the end of the message.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-TRUNCATED": ErrorText(
        "peer",
        "The bytes end before the message does.",
        "Refused and changed nothing. Ask the other side to send the message again.",
    ),
    "CBOR-UNENCODABLE": ErrorText(
        "local",
        "A value cannot be written in the encoding of the wire.",
        "Correct the value named here. If no field of yours holds it, report a fault of this program.",
    ),
    "CHAIN-BROKEN": ErrorText(
        "verification",
        "A message does not name the message before it: the chain is broken at this number.",
        "Keep both messages. Compare this number with the other side's journal: one of the two was replaced.",
    ),
    "CHAIN-FORK": ErrorText(
        "verification",
        "Two different messages stand under the same number.",
        "Keep both. Ask the other side by another channel which one is theirs, and tell the releasing officer.",
    ),
    "CHAIN-GAP": ErrorText(
        "verification",
        "A message is missing: later numbers are there and this one is not.",
        "Look for late courier or mail. Ask the other side to send this number again.",
    ),
    "CHAIN-PEER-LINK": ErrorText(
        "verification",
        "A message names a message of the other direction that this journal does not hold so.",
        "Compare both directions with the other side's journal, from the number that is named.",
    ),
    "CHECK-DIGITS-FORM": ErrorText(
        "local",
        "The number cannot carry check digits.",
        "Use only the letters A-Z and digits, and for a number that was read to you its two check digits at the end.",
    ),
    "CHECK-DIGITS-MISMATCH": ErrorText(
        "local",
        "The check digits do not fit: a character was misread, swapped or left out.",
        "Ask for the whole number to be read again, character by character.",
    ),
    "CHECKPOINT-FORMAT": ErrorText(
        "peer",
        "The text is not a checkpoint of a journal: name, size, root, each on its own line.",
        "Refused and changed nothing. Ask the other side by another channel what software it runs, and keep the text.",
    ),
    "CHECKPOINT-ORIGIN": ErrorText(
        "verification",
        "The checkpoint is of another journal than the one expected.",
        "Do not rely on it. Check which party and realm the file or message claims to come from.",
    ),
    "CHECKPOINT-VALUE": ErrorText(
        "local",
        "Our own checkpoint or signature cannot be written: a name, size, time or root is out of range.",
        "Nothing was signed. Check the party's name and the journal's name in the settings.",
    ),
    "COMMITMENT-MISMATCH": ErrorText(
        "verification",
        "The content shown is not the content that the journal entry was made for.",
        "Do not rely on the content. The entry itself may still be genuine; ask for the original.",
    ),
    "CONSISTENCY-MISMATCH": ErrorText(
        "verification",
        "The longer journal does not begin with the shorter one as the proof claims.",
        "Keep both checkpoints and the proof. Either the proof is faulty or the journal was rewritten: ask "
        "for a new proof, then raise it.",
    ),
    "COSE-ALGORITHM": ErrorText(
        "peer",
        "The message names a cryptographic algorithm that this profile does not have.",
        "Refused and changed nothing. Compare the profiles that both charters name with the other side.",
    ),
    "COSE-ALGORITHM-MISMATCH": ErrorText(
        "verification",
        "The message names another algorithm than the key it must verify with.",
        "Treat the message as not genuine. Ask the other side by another channel whether it changed its keys.",
    ),
    "COSE-CRITICAL": ErrorText(
        "peer",
        "The message carries a critical header that this program does not understand.",
        "Refused and changed nothing. Compare the profile versions of both nodes with the other side.",
    ),
    "COSE-FORM": ErrorText(
        "peer",
        "The bytes are not a signed or sealed message of the expected form.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "COSE-HEADER": ErrorText(
        "peer",
        "A header of the signed or sealed message is missing, misplaced or of the wrong kind.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "COSE-KEY": ErrorText(
        "verification",
        "The public key is not a key of the algorithm it is given for.",
        "Treat the message as not genuine. Compare the key's fingerprint with the other side by another channel.",
    ),
    "COSE-NOT-OPENED": ErrorText(
        "verification",
        "The sealed message does not open: it was changed, or made for another key, line or realm.",
        "Ask the other side to seal and send it again. If it repeats, compare keys and realm by another channel.",
    ),
    "COSE-RECEIPT-FORMAT": ErrorText(
        "peer",
        "The bytes are not a proof receipt of the expected kind (RFC 9942).",
        "Refused and changed nothing. Keep the file, and ask where it was made.",
    ),
    "COSE-RECIPIENT": ErrorText(
        "peer",
        "The sealed message is not addressed to this node's key.",
        "Ask the other side by another channel which of our keys it holds, and send it the current one.",
    ),
    "COSE-SEALING-KEY": ErrorText(
        "peer",
        "The recipient's public key cannot be sealed to.",
        "Nothing was sealed. Ask the other side for its current key and compare the fingerprint by another channel.",
    ),
    "COSE-SIGNATURE": ErrorText(
        "verification",
        "The signature does not hold over these bytes.",
        "Treat the message as not genuine. Keep it, and ask the other side by another channel whether it sent it.",
    ),
    "COSE-SIGNERS": ErrorText(
        "verification",
        "The message does not carry exactly the signatures that must stand on it.",
        "Treat the message as not genuine. Compare the signing keys of both charters with the other side.",
    ),
    "COSE-SIZE": ErrorText(
        "peer",
        "The signed or sealed message is longer than allowed here.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "DRAFT-CODE-UNKNOWN": ErrorText(
        "local",
        "A field of the draft holds a code that its vocabulary does not have.",
        "Choose one of the codes that the form lists for this field.",
    ),
    "DRAFT-FIELD-MALFORMED": ErrorText(
        "local",
        "A field of the draft is not written as the form asks.",
        "Correct the field named here.",
    ),
    "DRAFT-FIELD-MISSING": ErrorText(
        "local",
        "The draft lacks a field that its form needs.",
        "Fill in the field named here.",
    ),
    "DRAFT-FIELD-UNKNOWN": ErrorText(
        "local",
        "The draft holds a field that its form does not have.",
        "Remove the field, or say the same in the free text.",
    ),
    "DRAFT-FORM-UNKNOWN": ErrorText(
        "local",
        "There is no message form with this code.",
        "Choose one of the forms named here.",
    ),
    "DRAFT-PRECEDENCE": ErrorText(
        "local",
        "The form cannot carry this precedence.",
        "Choose one of the precedences named here.",
    ),
    "DRAFT-RELATION": ErrorText(
        "local",
        "The draft may not stand to the earlier message in this way.",
        "Choose another relation, or send a new message that relates to the earlier one.",
    ),
    "DRAFT-TIME-ORDER": ErrorText(
        "local",
        "A time in the draft lies before the time that it must follow.",
        "Correct the times; check the time zone in which they were given.",
    ),
    "DRAFT-TOO-LONG": ErrorText(
        "local",
        "The draft has too many words for its precedence.",
        "Shorten the text, or send the detail in a second message at a lower precedence.",
    ),
    "DURABILITY-GATE": ErrorText(
        "local",
        "This machine would lose recorded messages in a power cut, so the REAL realm is refused here.",
        "Put right what is named, or move the node to a local disk. `armslength doctor` shows every finding.",
    ),
    "FORM-CODE-UNKNOWN": ErrorText(
        "peer",
        "A field of the message holds a code that its vocabulary does not have.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "FORM-FIELD-MALFORMED": ErrorText(
        "peer",
        "A field of the message is not written as its form prescribes.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "FORM-FIELD-MISSING": ErrorText(
        "peer",
        "The message lacks a field that its form prescribes.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "FORM-PRECEDENCE": ErrorText(
        "peer",
        "The message carries a precedence that its form does not have.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "FORM-TIME-ORDER": ErrorText(
        "peer",
        "A time in the message lies before the time that it must follow.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "HASH-LENGTH": ErrorText(
        "local",
        "A hash is too short to be shown.",
        "Report a fault of this program.",
    ),
    "INCLUSION-MISMATCH": ErrorText(
        "verification",
        "The entry does not stand in the journal where the proof says.",
        "Do not rely on the entry. Ask for a new proof against the same checkpoint, and keep this one.",
    ),
    "JOURNAL-ALTERED": ErrorText(
        "local",
        "Our own journal is not the one that the other side cosigned: an entry was changed, added or removed.",
        "Stop. Sign nothing. Keep the disk as it is, restore the last good copy beside it, and tell the key "
        "custodian and the auditor.",
    ),
    "JOURNAL-ENTRY-FORMAT": ErrorText(
        "peer",
        "The bytes are not a journal entry: kind, time, line and commitment.",
        "Refused and changed nothing. Keep the file, and ask where it was made.",
    ),
    "JOURNAL-ENTRY-KIND": ErrorText(
        "peer",
        "The journal entry is of a kind that this version does not know.",
        "Refused and changed nothing. Ask which profile version wrote it; a newer version may be needed to read it.",
    ),
    "JOURNAL-ENTRY-VALUE": ErrorText(
        "local",
        "Our own journal entry cannot be written: kind, time, line or commitment is out of range.",
        "Nothing was written. Run the doctor command and keep its output for the maintainers.",
    ),
    "JOURNAL-FORK": ErrorText(
        "peer",
        "The other side showed two different journals of the same size.",
        "Both checkpoints are kept as evidence. Tell the principal; ask the other side by another channel "
        "before relying on it.",
    ),
    "JOURNAL-HASH": ErrorText(
        "local",
        "A hash handed to the journal does not have 32 bytes.",
        "Nothing was written. Stop the node and run the doctor command: the store may be damaged.",
    ),
    "JOURNAL-RANGE": ErrorText(
        "local",
        "The journal has no such entry or size.",
        "Check the number against the journal's size. Nothing was changed.",
    ),
    "JOURNAL-ROLLBACK": ErrorText(
        "peer",
        "The other side's journal is shorter than it was.",
        "Refused and changed nothing. It may be late mail, or a restored copy: ask the other side for its "
        "present checkpoint.",
    ),
    "JOURNAL-ROLLED-BACK": ErrorText(
        "local",
        "Our own journal is shorter than what the other side cosigned: this is an old copy.",
        "Stop. Sign nothing. Find the newer copy; if there is none, start the recovery with the other side's help.",
    ),
    "KEY-ALGORITHM": ErrorText(
        "local",
        "This program makes no key of that algorithm.",
        "Choose an algorithm that the profile of the charter names.",
    ),
    "KEY-LENGTH": ErrorText(
        "local",
        "A seed, key or nonce has the wrong length.",
        "Restore the key from its backup. If it was made just now, report a fault of this program.",
    ),
    "KEY-PURPOSE": ErrorText(
        "local",
        "The node has no key for that purpose.",
        "Report a fault of this program. Nothing was signed.",
    ),
    "KEYSTORE-DEMONSTRATION": ErrorText(
        "local",
        "A key made for demonstrations was offered in the REAL realm.",
        "Make a real key. Demonstration keys are locked at a cost that protects nothing.",
    ),
    "KEYSTORE-EXISTS": ErrorText(
        "local",
        "A key file already stands there, and key files are never overwritten.",
        "Choose another place, or move the old file away once you are sure that nobody needs it.",
    ),
    "KEYSTORE-LOCKED": ErrorText(
        "local",
        "The key file does not open with this passphrase or unlock file.",
        "Try the passphrase again, with the keyboard's language and capitals checked. If it still fails, "
        "the file was changed: restore it from its backup.",
    ),
    "KEYSTORE-MALFORMED": ErrorText(
        "local",
        "The file is damaged, or is no key file of this program.",
        "Check that it is the right file, then restore it from its backup.",
    ),
    "KEYSTORE-MISSING": ErrorText(
        "local",
        "The key file is not there or cannot be read.",
        "Check its name, its owner, and whether the stick or disk is connected.",
    ),
    "KEYSTORE-MODE": ErrorText(
        "local",
        "Others on this machine can read the key file.",
        "Close it with: chmod 600 FILE. If others may have read it, replace the keys.",
    ),
    "KEYSTORE-OTHER": ErrorText(
        "local",
        "The key file is of another kind than asked for.",
        "Officers, the party root and the node each have a key file of their own; give the right one.",
    ),
    "KEYSTORE-WRITE": ErrorText(
        "local",
        "The key file could not be written.",
        "Check the folder's owner and the space on the disk. No key was made.",
    ),
    "LOCALE-UNKNOWN": ErrorText(
        "local",
        "This program has no texts in that language.",
        "Choose one of the languages named here.",
    ),
    "NOTE-FORMAT": ErrorText(
        "peer",
        "The text is not a signed note: text, one empty line, signature lines in strict base64.",
        "Refused and changed nothing. If it came by mail or by hand, ask for the file again: a mail program "
        "may have changed it.",
    ),
    "NOTE-SIGNATURE": ErrorText(
        "verification",
        "A signature line of a checkpoint is malformed or its time is out of range.",
        "Do not rely on the checkpoint. Keep it, and ask the other side for a new one.",
    ),
    "NOTE-SIZE": ErrorText(
        "peer",
        "The signed note is longer, or has more signatures, than allowed.",
        "Refused unread and changed nothing. If it repeats, ask the other side by another channel.",
    ),
    "NOTE-UNSIGNED": ErrorText(
        "verification",
        "The checkpoint carries no signature of the key that is expected.",
        "Do not rely on it. Check whether the key was changed; compare the fingerprint by another channel.",
    ),
    "NOTIFY-COMMAND": ErrorText(
        "local",
        "The command that rings our own people is not a program with its arguments.",
        "Correct the command in the settings, then test it with the doctor command.",
    ),
    "PAPER-CHECK-DIGITS": ErrorText(
        "local",
        "The check digits at the end of a line do not fit the line.",
        "Have the line named here read again, number by number, and correct it.",
    ),
    "PAPER-INCOMPLETE": ErrorText(
        "local",
        "The sheet lacks a line, has one twice, or its lines are in another order.",
        "Have the line named here read again, or the whole sheet.",
    ),
    "PAPER-LINE": ErrorText(
        "local",
        "A line of the sheet is not written as the paper version prescribes.",
        "Have the line named here read again and correct it.",
    ),
    "PAPER-VALUE": ErrorText(
        "local",
        "A value of the message cannot be written on paper.",
        "Correct the field named here, or send the message by another bearer.",
    ),
    "PARTY-CODE": ErrorText(
        "local",
        "The party code is not of the agreed form.",
        "Use 2 to 16 capital letters A-Z, digits and inner hyphens, such as EUCOM.",
    ),
    "PASSPHRASE-WEAK": ErrorText(
        "local",
        "The passphrase is too short or too long.",
        "Choose at least four words that do not belong together.",
    ),
    "PEER-PARTY-CODE": ErrorText(
        "peer",
        "A party code in the message is not of the agreed form.",
        "Refused and changed nothing. Ask the other side which code its party uses.",
    ),
    "PEER-PLACE": ErrorText(
        "peer",
        "A place or area in the message is not one that the wire allows.",
        "Refused and changed nothing. Ask the other side for the place by voice, and to check its software.",
    ),
    "PEER-TEXT-BIDI": ErrorText(
        "peer",
        "A field of the message holds invisible marks that change its reading direction.",
        "Refused and changed nothing. Ask the other side by another channel for the field in clear.",
    ),
    "PEER-TEXT-COMBINING": ErrorText(
        "peer",
        "A letter in the message carries more marks than any language uses.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "PEER-TEXT-CONTROL": ErrorText(
        "peer",
        "A field of the message holds control or invisible characters.",
        "Refused and changed nothing. Ask the other side by another channel for the field in clear.",
    ),
    "PEER-TEXT-LINES": ErrorText(
        "peer",
        "A text in the message has more lines than the wire allows.",
        "Refused and changed nothing. Ask the other side to send it as several messages.",
    ),
    "PEER-TEXT-SIZE": ErrorText(
        "peer",
        "A text in the message is longer than the wire allows.",
        "Refused and changed nothing. Ask the other side to send it as several messages.",
    ),
    "PEER-TEXT-SURROGATE": ErrorText(
        "peer",
        "A text in the message is not valid Unicode.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "PEER-TIME": ErrorText(
        "peer",
        "A time in the message is not a time that the wire allows.",
        "Refused and changed nothing. Ask the other side to check the clock and the software of its node.",
    ),
    "PLACE-FORMAT": ErrorText(
        "local",
        "The place cannot be read.",
        "Write latitude, then longitude, as 47.5122 34.5858, or a grid reference such as 36TXT1940363304.",
    ),
    "PLACE-GRID": ErrorText(
        "local",
        "The grid reference names no place.",
        "Check zone, band and square letters (I and O are never used); give as many digits for east as for north.",
    ),
    "PLACE-RANGE": ErrorText(
        "local",
        "The place lies outside the earth's coordinates or has no usable precision.",
        "Latitude stands first and runs from -90 to 90, longitude from -180 to 180. Were the two swapped?",
    ),
    "PROOF-LENGTH": ErrorText(
        "verification",
        "The journal proof has too few or too many hashes.",
        "Do not rely on what it should prove. Ask for a new proof against the same checkpoint.",
    ),
    "PROOF-NODE": ErrorText(
        "verification",
        "A hash in the journal proof does not have 32 bytes.",
        "Do not rely on what it should prove. Ask for a new proof against the same checkpoint.",
    ),
    "PROOF-RANGE": ErrorText(
        "verification",
        "The journal proof is about an entry or size that the journal cannot have.",
        "Do not rely on what it should prove. Check which checkpoint it belongs to.",
    ),
    "RELATION-REFUSED": ErrorText(
        "peer",
        "The message may not stand to the earlier message in the way it says.",
        "Refused and changed nothing. The earlier message stands. Ask the other side by another channel what it meant.",
    ),
    "RENDER-TEXT-MISSING": ErrorText(
        "local",
        "A text of the program is missing in this language.",
        "Read the message in another language, and report a fault of this program.",
    ),
    "SEAL-RECIPIENTS": ErrorText(
        "local",
        "A message must be sealed to at least one recipient, and to each only once.",
        "Correct the list of recipients, then seal again.",
    ),
    "STORE-DAMAGED": ErrorText(
        "local",
        "The store holds bytes that are not those which were written.",
        "Stop relying on this disk. Restore from backup or from the other side, and keep the damaged file.",
    ),
    "STORE-FAILED": ErrorText(
        "local",
        "The disk gave an error, so the store has stopped and accepts nothing more.",
        "Nothing unrecorded was sent. Check the disk and its free space, then restart the node; it recovers.",
    ),
    "STORE-KEY": ErrorText(
        "local",
        "The storage key does not open this store.",
        "Check that store and storage key belong together; nothing was changed.",
    ),
    "STORE-MISUSE": ErrorText(
        "local",
        "The program used its store in a way that is not allowed.",
        "This is a mistake of the program; nothing was changed. Report it with the log.",
    ),
    "STORE-NOT-DURABLE": ErrorText(
        "local",
        "The store's settings do not read back as durable, so a commit might be lost.",
        "Move the store to a local disk that supports write-ahead logging, and run `armslength doctor`.",
    ),
    "STORE-NOT-OPENED": ErrorText(
        "local",
        "The store cannot be opened.",
        "Check that the path exists, is writable by the node and that no other node has it open.",
    ),
    "STORE-REALM": ErrorText(
        "local",
        "The store belongs to the other realm.",
        "Use the store of this realm. There is no conversion between REAL and EXERCISE.",
    ),
    "STORE-SCHEMA": ErrorText(
        "local",
        "The store was made by a later version of the program.",
        "Install that version or a later one; an older program must not write to it.",
    ),
    "STORE-VALUE": ErrorText(
        "local",
        "A value is too large or too nested to be read back from the store.",
        "Nothing was changed. Shorten it or divide it; if the program made it, report it with the log.",
    ),
    "TEXT-BIDI": ErrorText(
        "local",
        "The text holds invisible marks that change its reading direction.",
        "Type the text again by hand instead of pasting it.",
    ),
    "TEXT-COMBINING": ErrorText(
        "local",
        "One letter of the text carries more marks than any language uses.",
        "Type the text again by hand instead of pasting it.",
    ),
    "TEXT-CONTROL": ErrorText(
        "local",
        "The text holds control or invisible characters.",
        "Type the text again by hand instead of pasting it.",
    ),
    "TEXT-LINES": ErrorText(
        "local",
        "The text has more lines than one message may have.",
        "Shorten it or send it as several messages.",
    ),
    "TEXT-SIZE": ErrorText(
        "local",
        "The text is longer than one message or field may be.",
        "Shorten it or send it as several messages.",
    ),
    "TEXT-SURROGATE": ErrorText(
        "local",
        "The text is not valid Unicode.",
        "Type the text again by hand instead of pasting it.",
    ),
    "TIME-FORMAT": ErrorText(
        "local",
        "The time cannot be read.",
        "Write it as 2022-11-20T09:15:00Z or as 200915Z NOV 22.",
    ),
    "TIME-NO-ZONE": ErrorText(
        "local",
        "The time does not say that it is UTC, or which zone it is in.",
        "Write Z for UTC, or in RFC 3339 an offset such as +02:00. Local time alone is never taken.",
    ),
    "TIME-RANGE": ErrorText(
        "local",
        "The time lies outside the years that this program takes.",
        "Check the year. Times run from 1990 to 2119 in microseconds, date-time groups from 2000 to 2099.",
    ),
    "TIME-ZONE-UNKNOWN": ErrorText(
        "local",
        "The time zone is not known.",
        "Use a name of the time zone database, such as Europe/Kyiv or Europe/Berlin.",
    ),
    "TLS-IDENTITY": ErrorText(
        "local",
        "The node's own TLS certificate and key cannot be used.",
        "Restore the node's keystore from its backup.",
    ),
    "VKEY-FORMAT": ErrorText(
        "peer",
        "The text is not a verifier key: name, key id and key, joined by plus signs.",
        "Refused. Ask for the key again, and compare its fingerprint by another channel.",
    ),
    "WITNESS-SIZE": ErrorText(
        "peer",
        "The proof does not start from the size of the other side's journal that we hold.",
        "Nothing was cosigned. The node tells the other side which size we hold; it sends the fitting proof by itself.",
    ),
    "WORDS-COUNT": ErrorText(
        "local",
        "A fingerprint in words has eleven words.",
        "Have the words read again from the first one.",
    ),
    "WORDS-LIST": ErrorText(
        "local",
        "The word list is not a list of 256 different words.",
        "Reinstall the program; its files were changed.",
    ),
    "WORDS-UNKNOWN": ErrorText(
        "local",
        "A word is not in the word list of this language.",
        "Have the word named here read again, and check that both sides use the same language.",
    ),
}
