"""Field numbers of a message's body: the wire's, the same for every form (docs/spec/record.md, docs/spec/forms.md).

Numbers 1 to 7 belong to every record, 20 to 99 to the type `message`, 100 and above to the form. A number never
changes its meaning; a new meaning takes a new number.
"""

from __future__ import annotations

from typing import Final

RECORD_ID: Final = 1
"""16 random bytes."""
STATED_AT: Final = 2
"""Instant at which the author says the record was made."""
AUTHOR_PARTY: Final = 3
"""Party code of the author."""
ADDRESSEE_PARTIES: Final = 4
"""Array of party codes."""
OFFICER: Final = 5
"""Officer id of the author; absent in a node's own records."""
HANDLING: Final = 6
"""Handling marking, text."""
RELEASABLE_TO: Final = 7
"""Array of party codes."""

FORM_CODE: Final = 20
"""Code of the message form."""
FORM_VERSION: Final = 21
"""Version of the form; it fixes the form's fields and their vocabularies."""
PRECEDENCE: Final = 22
"""0 ROUTINE to 3 FLASH."""
LANGUAGE: Final = 23
"""Language tag of the original; the original is authoritative (C1)."""
RELATION: Final = 24
"""[verb, envelope hash] of the message that this one recalls, updates, adds to, discontinues or relates to."""
REPLY_BY: Final = 25
"""Instant by which an answer is asked for."""
VALID_FROM: Final = 26
"""Instant from which what is stated holds."""
VALID_UNTIL: Final = 27
"""Instant after which what is stated no longer holds."""
TAKES_EFFECT_AT: Final = 28
"""Instant of the event announced; the lead time at receipt is counted from it (B5)."""
ANSWERS: Final = 29
"""Envelope hash of the message that this one answers."""
FREE_TEXT: Final = 30
"""Text in the author's language, never translated by the node."""
# 31 stays free: the realm stands in the protected header, and no body field could mark an exercise as safely.
TOPIC: Final = 32
"""Topic code of the charter."""
FACILITY_ID: Final = 33
"""Identifier of the facility in the author's register."""
PLACE: Final = 34
"""[latitude, longitude, precision]; the place that R2 reads back (B4)."""
CASE_REFERENCE: Final = 35
"""The author's own reference of the case, text."""
ACTION_ADDRESSEES: Final = 36
"""Array of the commands or offices that are asked to act, inside the protected part (B2)."""
ATTRIBUTION: Final = 37
"""Whether the message says whose forces acted."""
AGREEMENT: Final = 38
"""Name of the charter's agreement under which the message is sent; each agreement has a status of its own (A1)."""

FORM_FIELDS_FROM: Final = 100
"""Body fields from here on belong to the form."""
