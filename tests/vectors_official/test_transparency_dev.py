"""Every proof case of transparency-dev/merkle (RFC 6962 and RFC 9162), positive and negative, none left out."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from armslength.core.errors import VerificationError
from armslength.journal import tree

VECTORS = Path(__file__).parents[1] / "vectors" / "transparency-dev-merkle" / "testdata"
CASES = sorted(VECTORS.rglob("*.json"))


def _case_id(path: Path) -> str:
    return str(path.relative_to(VECTORS).with_suffix(""))


def _verify(case: dict[str, Any]) -> None:
    def unpack(name: str) -> bytes:
        return base64.b64decode(case[name], validate=True)

    proof = [base64.b64decode(node, validate=True) for node in case["proof"] or []]
    if "leafHash" in case:
        tree.verify_inclusion(unpack("leafHash"), case["leafIdx"], case["treeSize"], proof, unpack("root"))
    else:
        tree.verify_consistency(case["size1"], case["size2"], unpack("root1"), unpack("root2"), proof)


@pytest.mark.parametrize("path", CASES, ids=_case_id)
def test_the_verdict_is_the_one_of_the_vector(path: Path) -> None:
    case = json.loads(path.read_text())
    if case["wantErr"]:
        with pytest.raises(VerificationError):
            _verify(case)
    else:
        _verify(case)


def test_the_whole_set_is_here() -> None:
    wanted = [json.loads(path.read_text())["wantErr"] for path in CASES]
    assert (len(wanted), wanted.count(False)) == (196, 12)
