"""Everything that touches the world: stores, bearers, feeds, formats, keys, notices, buses and clocks.

Each file is one implementation of a port, or one format; `desk` and the entry points never name a file of this room,
and `node.py` chooses among them.
"""
