"""The words that every room shares: instants, places, precedence, limits, errors, records, CBOR and COSE.

Pure: no input or output, no clock, no randomness. Private keys never enter here except to *open* a sealed message,
which draws nothing.
"""
