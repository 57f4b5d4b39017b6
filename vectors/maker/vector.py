"""One vector: what it expects, which command runs it, its inputs; and the file that it is written to.

The format is described in vectors/README.md. A few bytes cannot be made again, since ML-DSA signatures and HPKE
encapsulations draw randomness inside the library: those are drawn once, kept in vectors/drawn.cbor, and held against
their keys on every run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

from armslength.core import cbor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FOLDER: Final = Path(__file__).resolve().parents[1]
DRAWN: Final = FOLDER / "drawn.cbor"
HEX_CHARS: Final = 120
"""Digits on one line of a byte string."""

OK: Final = "OK"


@dataclass(frozen=True, kw_only=True)
class Vector:
    """One case.

    Args:
        name: area and name, the path of the file without its suffix.
        expect: OK or the code of the refusal.
        what: one sentence for a person.
        run: the command of conformance/README.md.
        values: short inputs, as text.
        octets: byte strings.
        gives: values that the answer to an OK case must have.
        bound: the byte string of an OK case that a signature or seal binds to its last byte.
    """

    name: str
    expect: str
    what: str
    run: str
    values: Mapping[str, str] = field(default_factory=dict)
    octets: Mapping[str, bytes] = field(default_factory=dict)
    gives: Mapping[str, str] = field(default_factory=dict)
    bound: str = ""

    def text(self) -> str:
        """Return the file."""
        head = {"expect": self.expect, "what": self.what, "run": self.run, **self.values}
        if self.bound:
            head["bound"] = self.bound
        head |= {f"gives-{name}": value for name, value in self.gives.items()}
        lines = [f"{name}: {value}".rstrip() for name, value in head.items()]
        for name, data in self.octets.items():
            digits = data.hex()
            lines += ["", f"{name}:", *(digits[at : at + HEX_CHARS] for at in range(0, len(digits), HEX_CHARS))]
        return "\n".join(lines) + "\n"


class Drawn:
    """Bytes that were drawn once: name -> bytes, each checked again whenever it is used."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}
        if DRAWN.exists():
            kept = cbor.decode(DRAWN.read_bytes(), size_max=2**24)
            self._kept = {str(name): bytes(data) for name, data in kept.items()}  # type: ignore[union-attr]
        self._used: set[str] = set()

    def once(self, purpose: str, material: bytes, make: Callable[[], bytes], check: Callable[[bytes], object]) -> bytes:
        """Return the bytes drawn for this material, now if never before; ``check`` raises if they do not hold."""
        name = f"{purpose}/{sha256(material).hexdigest()[:32]}"
        if name not in self._kept:
            self._kept[name] = make()
        check(self._kept[name])
        self._used.add(name)
        return self._kept[name]

    def save(self) -> None:
        """Write what was used, and nothing else."""
        DRAWN.write_bytes(cbor.encode({name: self._kept[name] for name in self._used}))


DRAWN_ONCE: Final = Drawn()
"""The one store of this run."""


def write_all(vectors: list[Vector]) -> None:
    """Write every vector, and remove files that no vector has any more."""
    names = [vector.name for vector in vectors]
    doubled = {name for name in names if names.count(name) > 1}
    if doubled:
        msg = f"two vectors of one name: {doubled}"
        raise SystemExit(msg)
    wanted = {FOLDER / f"{vector.name}.txt": vector for vector in vectors}
    for path, vector in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(vector.text(), encoding="utf-8")
    for path in FOLDER.glob("*/*.txt"):
        if path not in wanted:
            path.unlink()
    DRAWN_ONCE.save()
