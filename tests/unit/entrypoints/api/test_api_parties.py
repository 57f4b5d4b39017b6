"""Who stands at the two ends of a line, and what both agreed."""

from __future__ import annotations

from base64 import b64decode
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from armslength.core.realm import Realm
from armslength.entrypoints.api import parties as api
from armslength.line.manifest import manifest_fingerprint, verify_introduction
from builders.live_node import run_live

if TYPE_CHECKING:
    from pathlib import Path

    from builders.live_node import Live


def test_we_stand_first_with_the_file_that_the_other_side_needs(home: Path) -> None:
    async def case(live: Live) -> None:
        found = await live.ask("custodian-1", "GET", "/v1/parties")
        TypeAdapter(list[api.PartyKnown]).validate_python(found)
        ours, theirs = found
        assert [(one["party"], one["ours"]) for one in found] == [("EUCOM", True), ("NDMC", False)]
        assert {len(text.split()) for text in ours["words"].values()} == {11}
        manifests, _ = verify_introduction(b64decode(ours["introduction"]), Realm.EXERCISE)
        assert manifest_fingerprint(manifests[-1]).hex() == ours["fingerprint"]
        assert theirs["introduction"] is None
        assert theirs["pinned_by"].startswith("eucom-")
        (line,) = await live.ask("custodian-1", "GET", "/v1/lines")
        assert (theirs["line"], theirs["fingerprint"]) == (line["line"], line["peer_fingerprint"])

    run_live(home, case)


def test_the_charter_is_told_in_its_parts(home: Path) -> None:
    async def case(live: Live) -> None:
        (line,) = await live.ask("principal-1", "GET", "/v1/lines")
        for name in ("ndmc", line["line"][:8]):
            found = await live.ask("principal-1", "GET", f"/v1/charters/{name}")
            TypeAdapter(api.CharterAgreed).validate_python(found)
            assert (found["hash"], sorted(found["parties"])) == (line["charter"], ["EUCOM", "NDMC"])
        assert [one["precedence"] for one in found["deadlines"]] == ["FLASH", "IMMEDIATE", "PRIORITY", "ROUTINE"]

    run_live(home, case)
