"""The signals officer's room: who a party is, what two parties agreed, message forms, envelopes, receipts, deadlines.

Everything here is pure: bytes and instants come in as arguments, verdicts and values go out. An auditor replays both
journals through these same functions, so no machine in this room knows which side it is on.
"""
