"""The spokesperson's room, with the auditor at the next desk: what leaves the house as evidence, and how it is checked.

An export is a mapping of file names to bytes. Nothing here reads a disk, a clock or a key: whoever has the bytes can
verify them offline, with this room and those below it alone.
"""
