"""Vectors of the encoding: what the CBOR subset takes, and one file for each way of being wrong."""

from __future__ import annotations

from maker.vector import OK, Vector

ACCEPTED = {
    "map": ("A map of the example in docs/spec/encoding.md.", "a20163666f6f02820102"),
    "integers": (
        "Integers at every width of the head, shortest each.",
        "8a001718181901001910001a000100001b00000001000000001bffffffffffffffff203bffffffffffffffff",
    ),
    "simple": ("true, false, null.", "83f5f4f6"),
    "text-utf8": ("Text beyond ASCII.", "70d097d0b0d0bfd0bed180d196d0b6d0b6"),
    "keys-mixed": ("Integer, byte and text keys in bytewise order of their encodings.", "a40000200040006000"),
    "tag-sign1": ("The tag of COSE_Sign1.", "d28440a0f640"),
    "depth-16": ("Sixteen arrays inside one another, the most.", "81" * 15 + "80"),
}
REFUSED = {
    "trailing": ("CBOR-TRAILING", "One byte follows the value.", "0000"),
    "nothing": ("CBOR-TRUNCATED", "No bytes at all.", ""),
    "truncated-head": ("CBOR-TRUNCATED", "The head announces two bytes and one follows.", "1901"),
    "truncated-array": ("CBOR-LENGTH", "An array of two with one element.", "8200"),
    "length-beyond-end": ("CBOR-LENGTH", "A byte string longer than what follows.", "4500"),
    "length-huge": ("CBOR-LENGTH", "An array of 2^63 elements announced in nine bytes.", "9b8000000000000000"),
    "not-shortest-int": ("CBOR-NOT-SHORTEST", "The integer 0 in two bytes.", "1800"),
    "not-shortest-length": ("CBOR-NOT-SHORTEST", "The length of a text in three bytes where one would do.", "79000161"),
    "indefinite-array": ("CBOR-INDEFINITE", "An array of indefinite length.", "9f00ff"),
    "indefinite-map": ("CBOR-INDEFINITE", "A map of indefinite length.", "bf0000ff"),
    "indefinite-bytes": ("CBOR-INDEFINITE", "A byte string in chunks.", "5f4100ff"),
    "reserved-head": ("CBOR-RESERVED", "Additional information 28, which nobody has defined.", "1c"),
    "float-16": ("CBOR-FLOAT", "A float of 16 bits.", "f93c00"),
    "float-64": ("CBOR-FLOAT", "A float of 64 bits, not a number.", "fb7ff8000000000000"),
    "undefined": ("CBOR-SIMPLE", "The simple value undefined.", "f7"),
    "simple-byte": ("CBOR-SIMPLE", "A simple value in two bytes.", "f8ff"),
    "key-order": ("CBOR-KEY-ORDER", "Keys 2 and 1 in that order.", "a202000100"),
    "key-order-length": (
        "CBOR-KEY-ORDER",
        "Keys ordered by their length first, as an older rule had it.",
        "a220001818" + "00",
    ),
    "key-twice": ("CBOR-KEY-DUPLICATE", "Key 1 twice.", "a201000100"),
    "key-array": ("CBOR-KEY-TYPE", "A key that is an array.", "a18000"),
    "key-true": ("CBOR-KEY-TYPE", "A key that is true.", "a1f500"),
    "tag-bignum": ("CBOR-TAG", "Tag 2, a big number.", "c24101"),
    "tag-date": ("CBOR-TAG", "Tag 1, a time.", "c100"),
    "text-not-utf8": ("CBOR-TEXT", "A text that is not UTF-8.", "61ff"),
    "text-surrogate": ("CBOR-TEXT", "A text with half of a surrogate pair.", "63eda080"),
    "depth-17": ("CBOR-DEPTH", "Seventeen arrays inside one another.", "81" * 16 + "80"),
    "depth-tags": ("CBOR-DEPTH", "Tags count as levels too.", "d2" * 17 + "00"),
    "items": ("CBOR-ITEMS", "More than 65,536 elements in one value.", "9a00010001" + "00" * 65_537),
    "pairs": ("CBOR-ITEMS", "More than 1,024 pairs in one map.", "b90401" + "00" * 2 * 1_025),
}


def vectors() -> list[Vector]:
    """Return the vectors of this area."""
    good = [
        Vector(
            name=f"encoding/{name}",
            expect=OK,
            what=what,
            run="decode",
            octets={"data": bytes.fromhex(data)},
            gives={"encoded": data},
        )
        for name, (what, data) in ACCEPTED.items()
    ]
    bad = [
        Vector(name=f"encoding/{name}", expect=code, what=what, run="decode", octets={"data": bytes.fromhex(data)})
        for name, (code, what, data) in REFUSED.items()
    ]
    sequence = Vector(
        name="encoding/sequence",
        expect=OK,
        what="A sequence (RFC 8742) of three values, as bearers carry transports.",
        run="decode-sequence",
        octets={"data": bytes.fromhex("008101a10203")},
        gives={"values": "3"},
    )
    return [*good, *bad, sequence]
