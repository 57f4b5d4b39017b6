"""The console's own paths: each has a row, and each asks of the caller what its row says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from armslength.entrypoints.console.access import ACCESS, ANYBODY, SESSION
from armslength.entrypoints.console.signing_in import OPERATIONS
from builders.console_desk import console_desk, run

if TYPE_CHECKING:
    from pathlib import Path


def test_names_are_their_own() -> None:
    assert len({row.name for row in ACCESS.values()}) == len(ACCESS)
    assert set(OPERATIONS) <= set(ACCESS)


def test_each_path_asks_for_what_its_row_says(tmp_path: Path) -> None:
    desk = console_desk(tmp_path)

    async def story() -> None:
        locked = desk.browser()
        await locked.sign_in()
        await locked.ask("POST", "/sign-in/lock")
        for method, path in OPERATIONS:
            who, asked = ACCESS[method, path].who, None if method == "GET" else {}
            nobody = await desk.browser().ask(method, path, asked)
            needs = nobody.status_code == 401 and nobody.json()["code"] == "SESSION-NONE"
            assert needs is not who.startswith(ANYBODY), path
            if who == SESSION:
                assert (await locked.ask(method, path, asked)).status_code == 423
            elif path != "/sign-in/out":
                assert (await locked.ask(method, path, asked)).status_code != 423, path

    run(desk, story)
