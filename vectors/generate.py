"""Make the golden vectors: one file a case, one failure class a file (vectors/README.md).

Run it with the repository's Python; it writes every file again and gives no difference. `make vectors` does so,
`make check` fails on a difference.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "vectors")]

from maker import acts, braids, encoding, exports, journals, parties, receipts, records, transports  # noqa: E402
from maker.vector import write_all  # noqa: E402

AREAS = (encoding, records, acts, parties, transports, braids, receipts, journals, exports)


def main() -> None:
    """Write every vector."""
    sys.dont_write_bytecode = True
    write_all([vector for area in AREAS for vector in area.vectors()])


if __name__ == "__main__":
    main()
