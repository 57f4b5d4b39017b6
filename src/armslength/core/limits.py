"""The named bounds on what comes from outside, each with its reason.

One table for the whole house: a bound that two rooms need stands here, a bound of one parser stands in that parser. A
bound is part of the wire: lowering one refuses what a peer may lawfully send, raising one lets a peer take more of us.
"""

from __future__ import annotations

from typing import Final

KIB: Final = 1024
"""Bytes in a kibibyte."""

MIB: Final = 1024 * KIB
"""Bytes in a mebibyte."""

# --- bytes on the wire ------------------------------------------------------------------------------------------------

ITEM_BYTES_MAX: Final = 64 * KIB
"""One item, an envelope with its fields and acts: the longest text and sixteen double signatures fit, no file does."""

ENTRY_BYTES_MAX: Final = 512 * KIB
"""One record of our own journal: it may hold an introduction, or the peer's whole item as evidence."""

TRANSPORT_BYTES_MAX: Final = 4 * MIB
"""One request or mail of any bearer: a full batch of envelopes; 100 hostile senders at once stay under 400 MiB."""

ITEMS_PER_TRANSPORT_MAX: Final = 64
"""Envelopes in one transport: a backlog of 1,000 leaves in 16 rounds, and one commit stays under a second."""

CERTIFICATE_BYTES_MAX: Final = 4 * KIB
"""One certificate of a node: ours have some 450 bytes; an introduction must not carry files."""

# --- text -------------------------------------------------------------------------------------------------------------

TEXT_BYTES_MAX: Final = 16 * KIB
"""UTF-8 bytes of one free text: eight typed pages; past it, normalising hostile marks takes over 40 ms."""

FLASH_WORDS_MAX: Final = 200
"""Words of a FLASH or IMMEDIATE text: what is read aloud in under two minutes (length guard, B7)."""

FLASH_TEXT_BYTES_MAX: Final = 4 * KIB
"""UTF-8 bytes of a FLASH text: 200 long Cyrillic words of ten letters at two bytes a letter."""

STRUCTURED_BYTES_MAX: Final = 512
"""UTF-8 bytes of one structured text (a name, a title, a reference): one line on a form in any script."""

LINES_MAX: Final = 400
"""Lines of one free text: eight typed pages; a text of bare newlines must not push the next message off a screen."""

COMBINING_RUN_MAX: Final = 30
"""Combining marks on one letter: the Stream-Safe limit of Unicode (UAX 15, 13); longer runs take square time."""

# --- records ----------------------------------------------------------------------------------------------------------

FIELDS_MAX: Final = 128
"""Fields of one record: the longest form has some forty; each one costs a digest at both ends."""

ATTESTATIONS_MAX: Final = 16
"""Acts of persons on one record: five are the most that a form asks for; each one costs a signature check."""

# --- journal ----------------------------------------------------------------------------------------------------------

NOTE_CHARS_MAX: Final = 16 * KIB
"""One checkpoint note: its log signature and a few cosignature lines (ML-DSA-44: 3.3 KiB of base64 each)."""

PROOF_NODES_MAX: Final = 64
"""Hashes in one inclusion or consistency proof: a tree of 2^63 entries needs no more (RFC 9162, 2.1)."""
