"""The composition root of a node's process: a home folder in, a running node out.

Here and nowhere else adapters are named and joined to the desk. A home holds everything of one node in one realm; the
officers' and the root's key files lie in folders of their own and are not needed to run.
"""

from __future__ import annotations

import asyncio
import fcntl
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from hashlib import sha256
from typing import IO, TYPE_CHECKING, Any, Final, Protocol

from armslength import __version__
from armslength.adapters import keystore_file, keystore_officer
from armslength.adapters.api_listener import ApiServer, serve_api
from armslength.adapters.bearer_https import HttpsNet
from armslength.adapters.bearer_https_app import bearer_app
from armslength.adapters.bearer_https_server import BearerServer, serve_bearer
from armslength.adapters.bearer_https_tls import PeerTrust, server_context, spki_pin
from armslength.adapters.clock import SystemClock
from armslength.adapters.feed_where import Sources
from armslength.adapters.format_fluent import (
    LOCALES,
    load_renderer,
    load_scripts,
    load_site_languages,
    load_words,
)
from armslength.adapters.format_log import JsonLog, Metrics
from armslength.adapters.home import (
    DEFAULT_API_PORT,
    DEFAULT_CONSOLE_PORT,
    DEFAULT_PORT,
    LOOPBACK,
    LOOPBACK_HOSTS,
    Home,
    Settings,
    check_console,
    lock_home,
    write_private,
)
from armslength.adapters.home_making import make_keys
from armslength.adapters.keystore_locked import Passphrase
from armslength.adapters.notify_command import CommandNotifier
from armslength.adapters.print_typst import TypstPrinter
from armslength.adapters.readers import FileReaders
from armslength.adapters.rng_system import SystemRng
from armslength.adapters.store_sqlite import SqliteStore
from armslength.adapters.store_sqlite_durability import durability_report, require_durable
from armslength.adapters.store_sqlite_scrub import scrub
from armslength.adapters.translate_command import CommandTranslator
from armslength.core.errors import LocalError, PeerError, shown
from armslength.core.realm import Realm
from armslength.desk import cast, clock_watch, opening, service_read
from armslength.desk.desk import Desk
from armslength.desk.feed_jobs import FeedJobs
from armslength.desk.outbox import sleep_until
from armslength.desk.ports import Notifier, Unit
from armslength.desk.service_doctor import finding
from armslength.language.words import to_words
from armslength.line import manifest as manifests
from armslength.line.receipts import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from armslength.adapters.bearer_https_app import AsgiApp
    from armslength.adapters.console_listener import ConsoleServer
    from armslength.adapters.console_tls import ConsoleTls as ConsoleTls  # noqa: PLC0414 - faces name it from here
    from armslength.adapters.passkeys import Passkeys
    from armslength.core.instants import Instant
    from armslength.core.keys import PublicKey
    from armslength.desk.inbound import Outcome
    from armslength.desk.map_layers import MapDesk
    from armslength.desk.service import Service
    from armslength.desk.service_terms import LanguageDesk
    from armslength.line.exchange import Exchange
    from armslength.line.manifest import Manifest

WARM_AFTER_S: Final = 5.0
"""After a restart receipts are owed within seconds; lists and searches can wait so long."""

TOKEN_BYTES: Final = 32

DEFAULT_OFFICERS: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    ("watch-1", ("watch-officer",)),
    ("watch-2", ("watch-officer",)),
    ("linguist-1", ("linguist",)),
    ("legal-1", ("legal-adviser",)),
    ("release-1", ("releasing-officer",)),
    ("principal-1", ("principal",)),
    ("spokesperson-1", ("spokesperson",)),
    ("auditor-1", ("auditor",)),
    ("custodian-1", ("key-custodian", "administrator")),
)
"""Officers made by `init`, by the end of their id, with their roles (domain.md 8b)."""


class Signing(Protocol):
    """An officer's key, opened by the officer's passphrase."""

    @property
    def public(self) -> PublicKey:
        """Its public half."""
        ...

    def sign(self, statement: bytes) -> bytes:
        """Sign the 32-byte statement of an act."""
        ...


def system_now() -> Instant:
    """Return the present instant (entry points have no clock of their own)."""
    return SystemClock().now()


def init_home(
    path: Path,
    settings: Settings,
    *,
    passphrase_for: Callable[[str], str],
    officers: Sequence[tuple[str, tuple[str, ...]]] = DEFAULT_OFFICERS,
) -> Manifest:
    """Make a node: root, node keys, officers' keys and tokens, first manifest, genesis.

    Args:
        path: the home; must not hold a node.
        settings: as the operator wants them.
        passphrase_for: asked once for ``root`` and once for each officer id.
        officers: (end of the officer id, roles).

    Raises:
        LocalError: NODE-ALREADY-INITIALISED, PARTY-CODE, TIME-ZONE-UNKNOWN, PASSPHRASE-WEAK, KEYSTORE-...
    """
    home, rng = Home(path), SystemRng()
    first, data = make_keys(home, settings, officers=officers, passphrase_for=passphrase_for, now=system_now(), rng=rng)
    home.write_settings(settings)
    node = open_node(path)
    try:
        asyncio.run(node.found(data))
        tokens = {officer: rng.bytes(TOKEN_BYTES).hex() for officer in first.officers}
        node.store_tokens(tokens)
    finally:
        node.close()
    for officer, token in tokens.items():
        write_private(home.token_file(officer), f"{token}\n".encode())
    home.introduction_file(settings.party).write_bytes(manifests.encode_introduction([data]))
    return first


def load_officer(path: Path, officer: str, passphrase: str) -> Signing:
    """Open an officer's key file with the officer's passphrase.

    Raises:
        LocalError: KEYSTORE-...
    """
    return keystore_officer.load_officer_key(Home(path).officer_file(officer), passphrase)


def make_officer_key(path: Path, file: Path, officer: str, passphrase: str) -> PublicKey:
    """Make a key file of an officer of a home; it counts once the root has signed for it.

    Raises:
        LocalError: KEYSTORE-..., PASSPHRASE-WEAK.
    """
    settings = Home(path).settings()
    realm, demonstration = Realm(settings.realm), settings.demonstration
    return keystore_officer.create_officer_key(
        file, officer, passphrase, SystemRng(), realm=realm, demonstration=demonstration
    )


def load_root(file: Path, passphrase: str) -> Signing:
    """Open a party's root key file.

    Raises:
        LocalError: KEYSTORE-...
    """
    return keystore_officer.load_root_key(file, passphrase)


def fingerprint_words(digest: bytes, locale: str) -> str:
    """Return a fingerprint as eleven words to be read aloud."""
    return " ".join(to_words(digest, load_words(locale)))


class Node:
    """A node opened from its home; alone in it, by a lock on the home.

    Attributes:
        desk: the desk.
        service: what the faces call.
        settings: as read.
    """

    def __init__(self, home: Home, lock: IO[str]) -> None:
        self.home = home
        self.settings = home.settings()
        self.realm = Realm(self.settings.realm)
        self._lock = lock
        rng = SystemRng()
        self._rng = rng
        self.keys = keystore_file.load(home.keys_file, keystore_file.read_unlock_file(home.unlock_file), rng)
        if self.keys.realm is not self.realm:
            raise LocalError("KEYSTORE-OTHER", expected=self.realm.value, got=self.keys.realm.value)
        self.store = SqliteStore(home.journal_file, key=self.keys.storage_key, rng=rng, realm=self.realm)
        if self.realm is Realm.REAL:
            require_durable(self.store)
        self.trust = PeerTrust()
        self.metrics = Metrics()
        self._log_lines: Callable[[str], object] = _nothing
        self._log = JsonLog(self._log_line, SystemClock())
        loopback = self.settings.listen_host == LOOPBACK
        self.net = HttpsNet(self.keys.tls_identity, self.trust, rng, loopback=loopback)
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
        hook = self.settings.alarm_hook
        self.desk = Desk(
            realm=self.realm,
            store=self.store,
            keys=self.keys,
            clock=SystemClock(),
            rng=rng,
            net=self.net,
            notifier=CommandNotifier(hook) if hook else _NoHook(),
            execute=self._execute,
            log=self._record,
        )
        self.desk.parties_changed.append(self.refresh_peers)
        self.desk.after_delivery.append(self._count_delivery)
        readers = FileReaders()
        self._readers = readers
        self.feeds = FeedJobs(self.desk, readers, Sources())
        self.desk.loops.append(self.feeds.run)
        self.desk.loops.append(self._warm)
        self.desk.loops.append(partial(clock_watch.run, self.desk))
        self._server: BearerServer | None = None
        self._api: ApiServer | None = None
        self._console: ConsoleServer | None = None
        self.port = 0
        self.console_origin = self.settings.console_origin()

    # --- what faces ask -----------------------------------------------------------------------------------------------

    @cached_property
    def service(self) -> Service:
        """What every face asks; loaded when one does, since a node that comes back receives before anybody asks."""
        from armslength.desk.service import Service  # noqa: PLC0415 - forms, sheets and lists take 200 ms to load

        printer, renderer = TypstPrinter(), partial(load_renderer, self.home.languages)
        return Service(self.desk, renderer, self._readers, printer, load_scripts)

    @cached_property
    def language(self) -> LanguageDesk:
        """What the linguist's files and programs go through; loaded when somebody asks."""
        from armslength.adapters.terms_reading import TermReader  # noqa: PLC0415 - as above
        from armslength.desk.service_terms import LanguageDesk  # noqa: PLC0415 - as above

        return LanguageDesk(self.desk, TermReader(), CommandTranslator(self.settings.translate_command))

    @cached_property
    def maps(self) -> MapDesk:
        """What files of map layers go through; loaded when somebody brings one."""
        from armslength.adapters.map_reading import MapReader  # noqa: PLC0415 - as above
        from armslength.desk.map_layers import MapDesk  # noqa: PLC0415 - as above

        return MapDesk(self.desk, MapReader())

    @cached_property
    def passkeys(self) -> Passkeys:
        """What registers passkeys; loaded when an officer brings one."""
        from armslength.adapters.passkeys import Passkeys  # noqa: PLC0415 - as above

        return Passkeys()

    def asked_manifest(self) -> dict[str, Any]:
        """Return what the party root is to sign now: our next manifest, with this console and this software."""
        from armslength.desk import service_officers  # noqa: PLC0415 - as above

        listed, software = self.settings.relying_parties(), ("armslength", __version__)
        return self.service.look(
            lambda books: service_officers.asked_manifest(books, relying_parties=listed, software=software)
        )

    async def _warm(self) -> None:
        """Make lists and searches ready after the line had its time: after a start messages come first."""
        await sleep_until(self.desk.stopped, WARM_AFTER_S)
        if not self.desk.stopping:
            await self.service.warm()

    # --- running ------------------------------------------------------------------------------------------------------

    async def _execute(self, work: Callable[[], None]) -> None:
        await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def log_to(self, write: Callable[[str], object]) -> None:
        """Send log lines somewhere; nowhere at first."""
        self._log_lines = write

    def _log_line(self, line: str) -> None:
        self._log_lines(line)

    def _count_delivery(self, outcome: Outcome) -> None:
        for error in outcome.refused:
            self.metrics.count("refusals", error.code)
        for verified in outcome.to_receipt:
            body = verified.item.body
            if verified.header.type == "receipt":
                self.metrics.count("receipts_received", f"R{shown(body.get(20))}")
            else:
                self.metrics.count("messages_received", str(body.get(20)))
        self.metrics.count("receipts_received", "R0", by=len(outcome.receipted))
        for state in self.desk.read(partial(_exchanges, outcome.receipted)) if outcome.receipted else ():
            held = state.first(Level.HELD) if state is not None else None
            if state is not None and held is not None:
                self.metrics.observe_ms("receipt_latency_seconds", (held.at - state.released_at) // 1_000)

    def _record(self, event: str, **fields: Any) -> None:  # noqa: ANN401 - JsonLog keeps only its closed list of keys
        if event == "path-failed":
            self.metrics.count("bearer_failures", str(fields.get("code")))
        self._log("info", event, **fields)

    async def found(self, manifest_data: bytes) -> None:
        """Write genesis and our first manifest."""
        await self.desk.write(lambda books: opening.found_node(books, manifest_data))

    async def start(self) -> int:
        """Start the bearer's listener and the desk's loops; return the port taken."""
        self.refresh_peers()
        context = server_context(self.keys.tls_identity, self.trust, self._rng)
        self.trust.serve(context)
        app = bearer_app(self._receive, self.trust, on_fault=self._fault)
        self._server = await serve_bearer(app, context, host=self.settings.listen_host, port=self.settings.listen_port)
        self.port = self._server.port
        self.desk.start()
        return self.port

    async def serve_api(self, app: AsgiApp) -> tuple[str, int]:
        """Serve an application to our own officers' programs; return the address taken.

        It is built by an entry point, which this root does not know. It listens where the settings say, on this machine
        unless they say otherwise, and stops with the node.

        Raises:
            LocalError: API-LISTEN.
        """
        self._api = await serve_api(app, host=self.settings.api_host, port=self.settings.api_port)
        return self._api.host, self._api.port

    async def serve_console(self, app: AsgiApp) -> str:
        """Serve the console to browsers; return its origin.

        As the API it is built by an entry point. It speaks TLS under every name but `localhost`.

        Raises:
            LocalError: CONSOLE-OFF, CONSOLE-NAME, CONSOLE-PLAIN, CONSOLE-LISTEN, CONSOLE-CERTIFICATE-...
        """
        from armslength.adapters.console_listener import serve_console  # noqa: PLC0415 - with websockets, 60 ms to load

        settings = self.settings
        if settings.console_port is None:
            raise LocalError("CONSOLE-OFF")
        check_console(settings)
        context = None
        if settings.console_tls:
            tls = console_tls(self.home.path, settings)
            tls.ensure(system_now())
            context = tls.server_context()
        host, port = settings.console_host, settings.console_port
        self._console = await serve_console(app, context, host=host, port=port)
        self.console_origin = settings.console_origin(self._console.port)
        return self.console_origin

    def _fault(self, error: Exception) -> None:
        self.log_fault("receive-failed", error)

    def log_fault(self, event: str, error: Exception) -> None:
        """Log a fault by its code, or its kind when it has none; never its text, which may hold contents."""
        self._record(event, code=getattr(error, "code", type(error).__name__))

    def own_findings(self) -> list[dict[str, Any]]:
        """Return the rows of the fault screen that only the process knows: the disk, and who is rung."""
        rows = [
            finding(
                f"store: {one.check}",
                f"{one.got}, expected {one.expected}",
                "Move the node to a local disk that keeps what it was told to keep.",
                holds=one.holds,
            )
            for one in durability_report(self.store)
        ]
        hook = self.settings.alarm_hook
        return [
            *rows,
            finding(
                "alarm hook",
                hook[0] if hook else "none: alarms stay on the screen and ring nobody",
                "Set a command that rings the operations post.",
                holds=bool(hook),
            ),
            *(
                finding(
                    f"language {one.tag}",
                    f"offered: {not one.problems}{f'; {one.said}' if one.problems else ''}",
                    "Complete its files below languages in the home, and start the node again.",
                    holds=not one.problems,
                )
                for one in load_site_languages(self.home.languages)
            ),
        ]

    def journal_findings(self) -> list[dict[str, Any]]:
        """Return the rows of the fault screen about the journal: hashed again, and held against what peers cosigned.

        It reads every entry, so it is for a node that does not run.
        """
        next_step = "Stop, keep a copy of the home, and restore from it or from the peer before anything is sent."
        try:
            entries = scrub(self.store, contents=True)
            rows = [finding("journal", f"{entries} entries hashed again, all as they were written", holds=True)]
            self.desk.check_standing()
        except LocalError as error:
            return [finding("journal", f"{error.code}: {error.sentence}", next_step, holds=False)]
        return [*rows, finding("journal and peers", "holds everything that peers cosigned of it", holds=True)]

    def peer_addresses(self) -> list[tuple[str, str]]:
        """Return party code and address of every bearer of every peer."""
        return [(one.party, bearer.address) for one in self.desk.read(self._peers) for bearer in one.bearers]

    def words(self, fingerprint: bytes) -> dict[str, str]:
        """Return a fingerprint as words to be read aloud, in every language that the package carries."""
        return {locale: fingerprint_words(fingerprint, locale) for locale in LOCALES}

    async def _receive(self, line_id: bytes, pin: bytes, body: bytes) -> bytes:
        if self.desk.peer_of(line_id).tls_pin != pin:
            raise PeerError("LINE-UNKNOWN", line=line_id)
        return await self.desk.receive(line_id, body)

    def refresh_peers(self) -> None:
        """Trust the TLS certificates of every party pinned, by their pin."""
        for manifest in self.desk.read(self._peers):
            for bearer in manifest.bearers:
                known = manifest.tls_pin in self.trust
                if bearer.kind == "https" and not known and spki_pin(bearer.certificate) == manifest.tls_pin:
                    self.trust.add(bearer.certificate, manifest.tls_pin)

    def _peers(self, unit: Unit) -> list[Manifest]:
        own = unit.setting(cast.OWN)
        names = [key.decode() for key, _ in unit.scan("parties")]
        return [cast.manifest(unit, name, self.realm) for name in names if name != own]

    async def stop(self) -> None:
        """Stop loops, listener and connections."""
        for face in (self._console, self._api):
            if face is not None:
                await face.stop()
        await self.desk.close()
        if self._server is not None:
            await self._server.stop()
        await self.net.aclose()

    def close(self) -> None:
        """Release the store and the home."""
        self._pool.shutdown(wait=True)
        self.store.close()
        self.home.run_file.unlink(missing_ok=True) if self._server is not None else None
        fcntl.flock(self._lock, fcntl.LOCK_UN)
        self._lock.close()

    # --- tokens -------------------------------------------------------------------------------------------------------

    def store_tokens(self, tokens: Mapping[str, str]) -> None:
        """Keep the hashes of the officers' API tokens."""
        with self.store.write() as unit:
            for officer, token in tokens.items():
                unit.set_setting(f"token-{sha256(token.encode()).hexdigest()}", officer)

    def give_token(self, officer: str) -> Path:
        """Write a new API token of an officer into the home and return its file; the ones before it still count."""
        token, file = self._rng.bytes(TOKEN_BYTES).hex(), self.home.token_file(officer)
        self.store_tokens({officer: token})
        write_private(file, f"{token}\n".encode())
        return file

    def officer_of(self, token: str) -> str | None:
        """Return the officer of an API token, None for an unknown one."""
        value = self.desk.read(lambda unit: unit.setting(f"token-{sha256(token.encode()).hexdigest()}"))
        return value if isinstance(value, str) else None


def console_tls(path: Path, settings: Settings | None = None) -> ConsoleTls:
    """Return the certificate files of a home's console."""
    from armslength.adapters.console_tls import ConsoleTls  # noqa: PLC0415 - only who serves or shows them needs them

    return ConsoleTls(path, (settings or Home(path).settings()).console_name, SystemRng())


def _exchanges(envelope_hashes: Sequence[bytes], unit: Unit) -> list[Exchange | None]:
    """Return the exchanges of numbered records, all as of one moment."""
    return [service_read.exchange_of(unit, envelope_hash) for envelope_hash in envelope_hashes]


class _NoHook:
    """No alarm hook is set: alarms stay on the screen, and say that nobody was rung."""

    async def notify(self, alarm: Mapping[str, str]) -> None:
        del alarm


def _nothing(_line: str) -> None:
    """Drop a log line."""


def open_node(path: Path) -> Node:
    """Open a node alone.

    Raises:
        LocalError: NODE-NOT-INITIALISED, NODE-RUNNING, KEYSTORE-..., STORE-..., DURABILITY-GATE.
    """
    lock = lock_home(path)
    if lock is None:
        raise LocalError("NODE-RUNNING", home=path.name)
    try:
        return Node(Home(path), lock)
    except BaseException:
        lock.close()
        raise


__all__ = [
    "DEFAULT_API_PORT",
    "DEFAULT_CONSOLE_PORT",
    "DEFAULT_PORT",
    "LOCALES",
    "LOOPBACK",
    "LOOPBACK_HOSTS",
    "Home",
    "Node",
    "Notifier",
    "Passphrase",
    "Settings",
    "check_console",
    "console_tls",
    "fingerprint_words",
    "init_home",
    "load_officer",
    "load_renderer",
    "load_root",
    "lock_home",
    "make_officer_key",
    "open_node",
]
