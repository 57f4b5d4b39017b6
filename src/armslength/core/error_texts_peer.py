"""Error texts of the family *peer*: the other side sent something that its own rules forbid.

A row is code -> (sentence, next step), in alphabetical order. Codes are stable: never renamed, never reused.
"""

from __future__ import annotations

from typing import Final

TEXTS: Final[dict[str, tuple[str, str]]] = {
    "ACT-KEY-UNKNOWN": (
        "The key is not one of the officer's keys.",
        "Refused and changed nothing. Ask the other side for its newest manifest.",
    ),
    "ACT-KIND": (
        "An attestation is of a kind that the key does not make.",
        "Refused and changed nothing. Tell the other side's key custodian the code.",
    ),
    "ACT-MALFORMED": (
        "An attestation has a wrong form.",
        "Refused and changed nothing. Tell the other side's key custodian the code.",
    ),
    "ACT-MISSING": (
        "An act that must stand on the record is missing.",
        "Refused and changed nothing. Ask the other side to send it again with all signatures.",
    ),
    "ACT-NODE-KEY": (
        "A node's key signed where only a person may.",
        "Refused and changed nothing. Treat the other node as not in its officers' hands; call by another channel.",
    ),
    "ACT-OFFICER-UNKNOWN": (
        "The officer named is not in the party's manifest.",
        "Refused and changed nothing. Ask the other side for its newest manifest.",
    ),
    "ACT-ORIGIN": (
        "The passkey signed for another site.",
        "Refused and changed nothing. Call the officer back by another channel.",
    ),
    "ACT-ROLE": (
        "The officer acted in a role that does not permit the act.",
        "Refused and changed nothing. Ask the other side to have it signed by an officer in the right role.",
    ),
    "ACT-SECOND-PERSON": (
        "The form needs two different officers and has one.",
        "Refused and changed nothing. Ask the other side to have it released by a second person.",
    ),
    "ACT-SESSION-KEY": (
        "The session key may not sign this, or not at this time.",
        "Refused and changed nothing. Ask for a signature with the officer's own key.",
    ),
    "ACT-SIGNATURE": (
        "The signature of the officer does not hold.",
        "Refused and changed nothing. Call the officer back by another channel.",
    ),
    "ACT-USER-NOT-VERIFIED": (
        "The passkey did not verify its user.",
        "Refused and changed nothing. Ask for a signature with user verification.",
    ),
    "BEARER-BODY-SIZE": (
        "The other side sent a request longer than this bearer takes.",
        "Refused while it was read and changed nothing. If it repeats, ask the other side by another channel.",
    ),
    "BEARER-BODY-SLOW": (
        "The other side began a request and did not finish it in time.",
        "Refused and changed nothing. If it repeats, check the path between the nodes.",
    ),
    "BEARER-CERTIFICATE": (
        "The TLS certificate is not the certificate that the peer's introduction names.",
        "Nothing was trusted. Compare the introduction's fingerprint with the other side by another channel.",
    ),
    "BEARER-MEDIA-TYPE": (
        "The other side sent a request of another media type than this bearer takes.",
        "Refused and changed nothing. Ask the other side by another channel what software it runs.",
    ),
    "BEARER-METHOD": (
        "The other side sent a kind of request that this bearer does not have.",
        "Refused and changed nothing. Ask the other side by another channel what software it runs.",
    ),
    "BEARER-PATH": (
        "The other side asked for something that this bearer does not have.",
        "Refused and changed nothing. Compare the line's id with the other side by another channel.",
    ),
    "BEARER-RATE": (
        "The other side sends requests faster than this bearer takes them.",
        "Refused and changed nothing; its node tries again by itself. If it repeats, tell the other side by another channel.",
    ),
    "BEARER-UNKNOWN-PIN": (
        "Someone with a certificate that belongs to no peer of ours sent a request.",
        "Refused unread. If a peer was just removed or changed its key, this is its old certificate.",
    ),
    "BRAID-AHEAD-LIMIT": (
        "Too many messages are held beyond a gap.",
        "Refused; an honest peer sends it again. Ask the other side to send the missing numbers.",
    ),
    "BRAID-BACKDATED": (
        "The message says it was released before the one before it.",
        "Refused and changed nothing. Ask the other side to check its clock.",
    ),
    "BRAID-BACKWARD": (
        "The message says that the other side has accepted less of ours than it said before.",
        "Refused and changed nothing. Ask the other side whether its node was restored from a backup.",
    ),
    "BRAID-FORK": (
        "Two different messages claim the same place in the other side's series.",
        "Both are kept as evidence. Do not rely on that series; tell your auditor and call by another channel.",
    ),
    "BRAID-MALFORMED": (
        "The links of the message are malformed.",
        "Refused and changed nothing. Ask the other side what software it runs.",
    ),
    "BRAID-RECORD-REUSED": (
        "A record was sent a second time under another number.",
        "Refused; both are kept as evidence. Ask the other side why it was sent twice.",
    ),
    "BRAID-UNKNOWN-LINK": (
        "The message names a message of ours that we did not send.",
        "Refused and changed nothing. Compare journals with the other side.",
    ),
    "CBOR-DEPTH": (
        "The bytes are nested deeper than the wire allows.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-FLOAT": (
        "The bytes hold a floating-point number, which the wire does not have.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-INDEFINITE": (
        "The bytes hold a value of indefinite length, which the wire does not have.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-ITEMS": (
        "The bytes hold more values than the wire allows.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-KEY-DUPLICATE": (
        "A map in the bytes holds the same key twice.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-KEY-ORDER": (
        "The keys of a map in the bytes are not in the order that the wire prescribes.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-KEY-TYPE": (
        "A key of a map in the bytes is neither a number nor a string.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-LENGTH": (
        "A length in the bytes claims more than the message holds.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-NOT-SHORTEST": (
        "A number or length in the bytes is written longer than needed.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-RESERVED": (
        "The bytes use a form that the encoding reserves.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-SIMPLE": (
        "The bytes hold a simple value other than true, false and null.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-SIZE": (
        "The bytes are longer than the wire allows here.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-TAG": (
        "The bytes hold a tag that the wire does not have.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-TEXT": (
        "A text in the bytes is not valid UTF-8.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-TRAILING": (
        "Bytes follow the end of the message.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "CBOR-TRUNCATED": (
        "The bytes end before the message does.",
        "Refused and changed nothing. Ask the other side to send the message again.",
    ),
    "CHARTER-FORM": (
        "The form is not carried by the charter of this line.",
        "Refused and changed nothing. Tell the other side which forms the charter has.",
    ),
    "CHARTER-MALFORMED": ("The charter has a wrong form.", "Refused and changed nothing. Agree on the text again."),
    "CHARTER-MODE": (
        "The charter asks for a mode that this version does not carry.",
        "Refused and changed nothing. Agree on the mode 'signed'.",
    ),
    "CHARTER-PARTIES": (
        "The charter does not name two different parties in order.",
        "Refused and changed nothing. Agree on the text again.",
    ),
    "CHARTER-VERSION": (
        "The other side refers to another charter than the one in force here.",
        "Compare charter hashes by telephone and assent to the same text.",
    ),
    "CHECKPOINT-FORK": (
        "The other side's journal contradicts what it showed before.",
        "Both checkpoints are kept as evidence. Tell your auditor and call by another channel.",
    ),
    "CHECKPOINT-FORMAT": (
        "The text is not a checkpoint of a journal: name, size, root, each on its own line.",
        "Refused and changed nothing. Ask the other side by another channel what software it runs, and keep the text.",
    ),
    "CHECKPOINT-ROLLBACK": (
        "The other side's journal is shorter than it was.",
        "Ask the other side whether its node was restored from a backup, then compare journals.",
    ),
    "COSE-ALGORITHM": (
        "The message names a cryptographic algorithm that this profile does not have.",
        "Refused and changed nothing. Compare the profiles that both charters name with the other side.",
    ),
    "COSE-CRITICAL": (
        "The message carries a critical header that this program does not understand.",
        "Refused and changed nothing. Compare the profile versions of both nodes with the other side.",
    ),
    "COSE-FORM": (
        "The bytes are not a signed or sealed message of the expected form.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "COSE-HEADER": (
        "A header of the signed or sealed message is missing, misplaced or of the wrong kind.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "COSE-RECEIPT-FORMAT": (
        "The bytes are not a proof receipt of the expected kind (RFC 9942).",
        "Refused and changed nothing. Keep the file, and ask where it was made.",
    ),
    "COSE-RECIPIENT": (
        "The sealed message is not addressed to this node's key.",
        "Ask the other side by another channel which of our keys it holds, and send it the current one.",
    ),
    "COSE-SEALING-KEY": (
        "The recipient's public key cannot be sealed to.",
        "Nothing was sealed. Ask the other side for its current key and compare the fingerprint by another channel.",
    ),
    "COSE-SIZE": (
        "The signed or sealed message is longer than allowed here.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "EXCHANGE-TRANSITION": (
        "What arrived does not fit the state of the message that it speaks of.",
        "Refused and changed nothing. Ask the other side what it meant to send.",
    ),
    "FORM-CODE-UNKNOWN": (
        "A field of the message holds a code that its vocabulary does not have.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "FORM-FIELD-MALFORMED": (
        "A field of the message is not written as its form prescribes.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "FORM-FIELD-MISSING": (
        "The message lacks a field that its form prescribes.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "FORM-PRECEDENCE": (
        "The message carries a precedence that its form does not have.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "FORM-TIME-ORDER": (
        "A time in the message lies before the time that it must follow.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "ITEM-MALFORMED": (
        "A record has a wrong form.",
        "Refused and changed nothing. Ask the other side what software it runs.",
    ),
    "ITEM-SIZE": (
        "A record is larger than the wire allows.",
        "Refused and changed nothing. Ask the other side to send a shorter message.",
    ),
    "ITEM-UNHANDLED": (
        "This node could not handle a record of the other side.",
        "Refused and changed nothing. Send the log line to whoever maintains this software.",
    ),
    "JOURNAL-ENTRY-FORMAT": (
        "The bytes are not a journal entry: kind, time, line and commitment.",
        "Refused and changed nothing. Keep the file, and ask where it was made.",
    ),
    "JOURNAL-ENTRY-KIND": (
        "The journal entry is of a kind that this version does not know.",
        "Refused and changed nothing. Ask which profile version wrote it; a newer version may be needed to read it.",
    ),
    "JOURNAL-FORK": (
        "The other side showed two different journals of the same size.",
        "Both checkpoints are kept as evidence. Tell the principal; ask the other side by another channel before relying on it.",
    ),
    "JOURNAL-ROLLBACK": (
        "The other side's journal is shorter than it was.",
        "Refused and changed nothing. It may be late mail, or a restored copy: ask the other side for its present checkpoint.",
    ),
    "LINE-NOT-OPEN": (
        "Both parties have not yet assented to the charter of this line.",
        "Refused; it is sent again by itself once both have assented.",
    ),
    "LINE-UNKNOWN": ("There is no such line here.", "Refused and changed nothing. Open the line on both sides first."),
    "MANIFEST-CHAIN": (
        "The manifest does not follow the one before it.",
        "Refused and changed nothing. Ask the other side for its whole introduction file.",
    ),
    "MANIFEST-EXPIRED": (
        "The introduction has expired.",
        "Ask the party for its newest introduction and compare the fingerprint again.",
    ),
    "MANIFEST-FORK": (
        "The party root signed two different manifests with one number.",
        "Both are kept. Do not rely on either; ask the party in person which one is theirs.",
    ),
    "MANIFEST-KEY-REUSED": (
        "One key stands in the manifest for two purposes.",
        "Refused and changed nothing. The other side must make new keys.",
    ),
    "MANIFEST-MALFORMED": (
        "The manifest has a wrong form.",
        "Refused and changed nothing. Ask the other side for its introduction file again.",
    ),
    "MANIFEST-REALM": (
        "The manifest belongs to the other realm.",
        "Refused and changed nothing. Exercise and real identities never mix: ask for the right file.",
    ),
    "MANIFEST-ROOT": (
        "The manifest is not signed by the root that it names.",
        "Refused and changed nothing. Compare fingerprints again by telephone.",
    ),
    "MANIFEST-SIGNATURE": (
        "The root's signature on the manifest does not hold.",
        "Refused and changed nothing. Ask for the file again by another way.",
    ),
    "NOTE-FORMAT": (
        "The text is not a signed note: text, one empty line, signature lines in strict base64.",
        "Refused and changed nothing. If it came by mail or by hand, ask for the file again: a mail program may have changed it.",
    ),
    "NOTE-SIZE": (
        "The signed note is longer, or has more signatures, than allowed.",
        "Refused unread and changed nothing. If it repeats, ask the other side by another channel.",
    ),
    "PARTY-UNKNOWN": (
        "The party has not been introduced here.",
        "Import its introduction file and compare the fingerprint aloud.",
    ),
    "PEER-PARTY-CODE": (
        "A party code in the message is not of the agreed form.",
        "Refused and changed nothing. Ask the other side which code its party uses.",
    ),
    "PEER-PLACE": (
        "A place or area in the message is not one that the wire allows.",
        "Refused and changed nothing. Ask the other side for the place by voice, and to check its software.",
    ),
    "PEER-TEXT-BIDI": (
        "A field of the message holds invisible marks that change its reading direction.",
        "Refused and changed nothing. Ask the other side by another channel for the field in clear.",
    ),
    "PEER-TEXT-COMBINING": (
        "A letter in the message carries more marks than any language uses.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "PEER-TEXT-CONTROL": (
        "A field of the message holds control or invisible characters.",
        "Refused and changed nothing. Ask the other side by another channel for the field in clear.",
    ),
    "PEER-TEXT-LINES": (
        "A text in the message has more lines than the wire allows.",
        "Refused and changed nothing. Ask the other side to send it as several messages.",
    ),
    "PEER-TEXT-SIZE": (
        "A text in the message is longer than the wire allows.",
        "Refused and changed nothing. Ask the other side to send it as several messages.",
    ),
    "PEER-TEXT-SURROGATE": (
        "A text in the message is not valid Unicode.",
        "Refused and changed nothing. If it repeats, ask the other side by another channel what software it runs.",
    ),
    "PEER-TIME": (
        "A time in the message is not a time that the wire allows.",
        "Refused and changed nothing. Ask the other side to check the clock and the software of its node.",
    ),
    "RECEIPT-CHECKPOINT": (
        "The checkpoint in the receipt does not hold.",
        "Refused: the message still counts as not received. Ask the other side's key custodian.",
    ),
    "RECEIPT-LEVEL": (
        "The receipt is of a level that cannot stand there.",
        "Refused and changed nothing. Ask the other side what it meant to receipt.",
    ),
    "RECEIPT-MALFORMED": (
        "The receipt has a wrong form.",
        "Refused and changed nothing. Ask the other side what software it runs.",
    ),
    "RECEIPT-READ-BACK": (
        "The distance stated in the read-back does not fit its mark.",
        "Refused and changed nothing. Read the place again by telephone.",
    ),
    "RECEIPT-UNKNOWN-ENVELOPE": (
        "The receipt speaks of a message that we did not send on this line.",
        "Refused and changed nothing. Compare journals with the other side.",
    ),
    "RECEIPT-VERB": (
        "The answer has no verb of the list, or a holding answer without a time.",
        "Refused and changed nothing. Ask the other side to answer again.",
    ),
    "RECORD-ADDRESSEE": (
        "The record is not addressed to us.",
        "Refused and changed nothing. It may have been copied from another line.",
    ),
    "RECORD-AUTHOR": (
        "The record names another author than the party of this line.",
        "Refused and changed nothing. It may have been copied from another line.",
    ),
    "RECORD-HASH": (
        "The contents are not those that were signed.",
        "Refused and changed nothing. The bearer or the other node altered it; it is sent again by itself.",
    ),
    "RECORD-KEY": (
        "The record is signed by a key that we do not know for this party.",
        "Refused and changed nothing. Ask the other side for its newest manifest.",
    ),
    "RECORD-LINE": ("The record belongs to another line.", "Refused and changed nothing."),
    "RECORD-MALFORMED": (
        "The record has a wrong form.",
        "Refused and changed nothing. Ask the other side what software it runs.",
    ),
    "RECORD-PROFILE": (
        "The record is of a profile version that this node does not speak.",
        "Refused; it stays in the sender's outbox. Agree which side updates its software.",
    ),
    "RECORD-REALM": (
        "The record belongs to the other realm.",
        "Refused and changed nothing. Exercise traffic never counts as real, nor real traffic as exercise.",
    ),
    "RECORD-SIGNATURE": (
        "The node's signature on the record does not hold.",
        "Refused and changed nothing. It is sent again by itself; if it repeats, call by another channel.",
    ),
    "RECORD-TYPE": (
        "The record is of a type that does not cross the line.",
        "Refused and changed nothing. Ask the other side what software it runs.",
    ),
    "RELATION-REFUSED": (
        "The message may not stand to the earlier message in the way it says.",
        "Refused and changed nothing. The earlier message stands. Ask the other side by another channel what it meant.",
    ),
    "TRANSPORT-KEY": ("The delivery names a sender whom this line does not know.", "Refused and changed nothing."),
    "TRANSPORT-LINE": ("The delivery is for another line.", "Refused and changed nothing."),
    "TRANSPORT-MALFORMED": (
        "The delivery has a wrong form.",
        "Refused and changed nothing. Ask the other side what software it runs.",
    ),
    "TRANSPORT-OPEN": (
        "The delivery was not sealed to this node, or was altered on the way.",
        "Refused and changed nothing. It is sent again by itself; if it repeats, exchange manifests again.",
    ),
    "TRANSPORT-REALM": ("The delivery belongs to the other realm.", "Refused and changed nothing."),
    "TRANSPORT-SIZE": ("The delivery is larger than the wire allows.", "Refused and changed nothing."),
    "VKEY-FORMAT": (
        "The text is not a verifier key: name, key id and key, joined by plus signs.",
        "Refused. Ask for the key again, and compare its fingerprint by another channel.",
    ),
    "WITNESS-SIZE": (
        "The proof does not start from the size of the other side's journal that we hold.",
        "Nothing was cosigned. The node tells the other side which size we hold; it sends the fitting proof by itself.",
    ),
}
