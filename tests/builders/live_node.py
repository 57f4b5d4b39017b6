"""A real node in a home of its own, with demonstration keys, asked through its API, signed for by its officers.

Making homes and opening a line takes seconds, so it is done once a run, by `template`; a test works on a copy.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import httpx2

from armslength.desk import service_read
from armslength.entrypoints.api.app import build_app
from armslength.node import DEFAULT_OFFICERS, Home, Node, Settings, init_home, load_officer, open_node

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
    from pathlib import Path

    from fastapi import FastAPI

PASSPHRASE = "demonstration"
BASE = "http://127.0.0.1"
TEST_TEXT = "The quick brown fox 0123456789"
ZONES = {"EUCOM": ("Europe/Berlin", ("en", "ru")), "NDMC": ("Europe/Moscow", ("ru", "en"))}

EVERY_ROLE = tuple(sorted({role for _, roles in DEFAULT_OFFICERS for role in roles}))
OFFICERS = (*DEFAULT_OFFICERS, ("every-1", EVERY_ROLE))
"""Those of `init`, and one with all roles, for whoever must reach everything."""

CONCERN_VALUES: Mapping[str, Any] = {
    "reply-by": "2090-01-01T00:00:00Z",
    "topic": "nuclear-safety",
    "facility-id": "UA-ZNPP",
    "place": "47.5122N 34.5858E",
    "attribution": "NO-ATTRIBUTION",
    "facility": ["Zaporizhzhia NPP", "en", "NUCLEAR-POWER-PLANT"],
    "activity": "SHELLING",
    "activity-window": ["2022-11-19T15:00:00Z", "2022-11-20T10:00:00Z"],
    "hazards": ["RELEASE-OF-RADIATION"],
    "pillars": [["PHYSICAL-INTEGRITY", "COMPROMISED"], ["OFF-SITE-POWER", "HELD"]],
    "requested-action": ["CEASE-FIRE-AT-PLACE", "EXAMINE-AND-ANSWER"],
    "basis-of-knowledge": "INTERNATIONAL-MONITOR",
    "evidence-level": "CONFIRMED-BY-MONITOR",
    "legal-basis": ["AP-I-ARTICLE-56", "CUSTOMARY-RULE-42"],
}
"""A concern as an officer types it; constructed."""


@dataclass(frozen=True)
class Live:
    """An open node with its application."""

    node: Node
    app: FastAPI

    @cached_property
    def tokens(self) -> dict[str, str]:
        """Officer id -> token."""
        files = self.node.home.officers.glob("*.token")
        return {path.stem: path.read_text(encoding="utf-8").strip() for path in files}

    def officer(self, post: str) -> str:
        """Return the officer id of a post such as ``watch-1``."""
        return f"{self.node.settings.party.lower()}-{post}"

    def headers(self, post: str) -> dict[str, str]:
        """Return the headers that say who asks."""
        return {"Authorization": f"Bearer {self.tokens[self.officer(post)]}"}

    def client(self, post: str | None = None) -> httpx2.AsyncClient:
        """Return a client of one officer, or of nobody."""
        transport = httpx2.ASGITransport(app=self.app)
        return httpx2.AsyncClient(transport=transport, base_url=BASE, headers=self.headers(post) if post else {})

    def act(self, prepared: Mapping[str, Any]) -> dict[str, Any]:
        """Sign what was prepared, as the officer's own program does."""
        return {key: prepared[key] for key in ("act", "role", "officer")} | self.signature(prepared)

    def signature(self, prepared: Mapping[str, Any]) -> dict[str, str]:
        """Return key id and signature over a prepared statement."""
        key = officer_key(self.node.home.path, prepared["officer"])
        return {
            "key_id": key.public.kid.hex(),
            "signature": key.sign(bytes.fromhex(prepared["statement"])).hex(),
        }

    def submission(self, prepared: Mapping[str, Any]) -> dict[str, Any]:
        """Return the body of a submission of one signed act."""
        return {"submissions": [{"prepared": prepared["prepared"], "acts": [self.act(prepared)]}]}

    async def ask(self, post: str, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Ask as an officer; return the decoded answer, which must be a success."""
        async with self.client(post) as client:
            answer = await client.request(method, path, json=body, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def send_test(self, text: str = TEST_TEXT) -> dict[str, Any]:
        """Send a TEST through the API; return what became of it."""
        asked = {"form": "TEST", "precedence": "FLASH", "values": {"test-text": text}, "alone": True}
        prepared = await self.ask("watch-1", "POST", "/v1/prepare/message", asked)
        found = await self.ask("watch-1", "POST", "/v1/submit", self.submission(prepared))
        return dict(found["results"][0])


@lru_cache(maxsize=64)
def officer_key(home: Path, officer: str) -> Any:
    """Return an officer's opened key; opening is slow on purpose."""
    return load_officer(home, officer, PASSPHRASE)


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_home(folder: Path, party: str) -> Path:
    """Make one party's home below a folder."""
    port = free_port()
    zone, languages = ZONES[party]
    settings = Settings(
        party=party,
        realm="EXERCISE",
        listen_port=port,
        address=f"https://127.0.0.1:{port}",
        api_port=0,
        time_zone=zone,
        languages=languages,
        demonstration=True,
    )
    init_home(folder / party, settings, passphrase_for=lambda _who: PASSPHRASE, officers=OFFICERS)
    return folder / party


def introduced(folder: Path) -> Path:
    """Make two homes with an open line between them and one TEST from NDMC held by EUCOM; return the folder."""
    for party in ZONES:
        make_home(folder, party)
    asyncio.run(_introduce(folder))
    return folder


async def _introduce(folder: Path) -> None:
    async with living(folder / "EUCOM") as ours, living(folder / "NDMC") as theirs:
        for one, other in ((ours, theirs), (theirs, ours)):
            peer = other.node.settings.party
            introduction = other.node.home.introduction_file(peer).read_bytes()
            service = one.node.service
            prepared, _ = service.prepare_pin(one.officer("custodian-1"), introduction, "in person")
            await service.submit(one.submission(prepared)["submissions"])
            await service.open_line(peer)
            prepared = service.prepare_assent(one.officer("principal-1"), None)
            await service.submit(one.submission(prepared)["submissions"])
        await ours.node.start()
        await theirs.node.start()
        await until(lambda: _open(ours) and _open(theirs))
        await theirs.send_test()
        await until(lambda: theirs.node.desk.idle() and bool(ours.node.service.look(service_read.read_messages)))


def _open(live: Live) -> bool:
    seen = live.node.service.look(service_read.read_lines)
    return bool(seen) and seen[0]["assented_by_them"] and seen[0]["assented_by_us"]


async def until(happens: Callable[[], bool], within_s: float = 20.0) -> None:
    """Wait for something that a running node does by itself."""
    async with asyncio.timeout(within_s):
        while not happens():  # noqa: ASYNC110 - see below
            await asyncio.sleep(0.01)  # a look at a real node, which has no bell for tests


@asynccontextmanager
async def living(home: Path) -> AsyncIterator[Live]:
    """Open a node; stop and close it at the end."""
    node = open_node(home)
    try:
        yield Live(node, build_app(node))
    finally:
        await node.stop()
        node.close()


def copy_of(template: Path, folder: Path) -> Path:
    """Copy two homes to work on; return the folder."""
    shutil.copytree(template, folder / "homes")
    return folder / "homes"


def run_live(home: Path, case: Callable[[Live], Awaitable[None]]) -> None:
    """Run a case against the node of a home."""

    async def main() -> None:
        async with living(home) as live:
            await case(live)

    asyncio.run(main())


def settings_of(home: Path) -> dict[str, Any]:
    """Return the settings of a home as they stand in the file."""
    found: dict[str, Any] = json.loads(Home(home).settings_file.read_text(encoding="utf-8"))
    return found
