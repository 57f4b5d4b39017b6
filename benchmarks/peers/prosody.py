"""Two Debian Prosody servers on this machine, measured in the same shape as our line; `{p50_ms, per_s}` or a reason.

One client at A sends a 600-byte chat message to one client at B, each on its own server with its own SQLite file;
the servers speak TLS to each other under an authority made for the run. Both write each message to their archive.
Latency is from before the send to the arrival at B's client, one way: no signature by a person, no receipt, and no
disk that anybody waits for. The clients are a few lines of XMPP of our own, in this process, without TLS to their
server, which favours Prosody.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

Json = dict[str, Any]

HOSTS = {"a": ("xmpp-a.test", "127.0.10.1"), "b": ("xmpp-b.test", "127.0.10.2")}
CLIENT_PORT, SERVER_PORT = 15222, 5269
USERS = {"a": "alice", "b": "bob"}
PASSWORD = "benchmark"  # noqa: S105 - of an account that lives for the run
NEEDED = ("prosody", "prosodyctl", "openssl")
BODY_BYTES = 600
START_WITHIN_S = 20.0
ARRIVE_WITHIN_S = 30.0

_BODY = re.compile(rb"<body>(\d+) ")

CONFIG = """
pidfile = "{folder}/pid"; data_path = "{folder}/data"; plugin_paths = {{ }}
{as_root}
interfaces = {{ "{address}" }}; c2s_ports = {{ {client} }}; s2s_ports = {{ {server} }}
c2s_direct_tls_ports = {{ }}; s2s_direct_tls_ports = {{ }}; http_ports = {{ }}; https_ports = {{ }}
modules_enabled = {{ "disco"; "roster"; "saslauth"; "tls"; "carbons"; "limits"; "smacks"; "mam"; "offline"; "posix" }}
unbound = {{ hoststxt = "{folder}/hosts"; resolvconf = false }}
ssl = {{ certificate = "{ca}/{host}.pem"; key = "{ca}/{host}.key"; cafile = "{ca}/ca.pem" }}
s2s_require_encryption = true; s2s_secure_auth = true
c2s_require_encryption = false; allow_unencrypted_plain_auth = true
authentication = "internal_plain"; archive_expires_after = "never"; default_archive_policy = true
limits = {{ c2s = {{ rate = "50mb/s"; burst = "10s" }}; s2sin = {{ rate = "50mb/s"; burst = "10s" }} }}
storage = "sql"; sql = {{ driver = "SQLite3"; database = "prosody.sqlite" }}
log = {{ warn = "{folder}/log" }}
VirtualHost "{host}"
"""


class UnavailableError(Exception):
    """Prosody cannot be measured here; the text says why."""


def _run(*command: str, cwd: Path) -> None:
    subprocess.run(command, check=True, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _authority(folder: Path) -> None:
    folder.mkdir()
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    extensions = ("basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign,cRLSign")
    flags = [part for extension in extensions for part in ("-addext", extension)]
    out = ("-keyout", "ca.key", "-out", "ca.pem")
    _run("openssl", "req", "-x509", *curve, "-days", "2", "-subj", "/CN=benchmark", *out, *flags, cwd=folder)
    for host, _ in HOSTS.values():
        (folder / f"{host}.ext").write_text(
            f"subjectAltName=DNS:{host}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth,clientAuth\n"
        )
        files = ("-keyout", f"{host}.key", "-out", f"{host}.csr")
        _run("openssl", "req", *curve, "-subj", f"/CN={host}", *files, cwd=folder)
        by = ("-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2")
        names = ("-in", f"{host}.csr", "-out", f"{host}.pem", "-extfile", f"{host}.ext")
        _run("openssl", "x509", "-req", *names, *by, cwd=folder)
    for file in folder.iterdir():
        file.chmod(0o644)


@dataclass
class Server:
    """One Prosody server; it runs as Debian's own user when we are root."""

    name: str
    base: Path
    process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Write the configuration and register the one user."""
        host, address = HOSTS[self.name]
        folder = self.base / self.name
        (folder / "data").mkdir(parents=True)
        (folder / "hosts").write_text("".join(f"{ip} {each}\n" for each, ip in HOSTS.values()))
        text = CONFIG.format(
            folder=folder,
            as_root="",
            address=address,
            client=CLIENT_PORT,
            server=SERVER_PORT,
            ca=self.base / "ca",
            host=host,
        )
        (folder / "prosody.cfg.lua").write_text(text)
        if os.geteuid() == 0:
            for path in (folder, folder / "data"):
                shutil.chown(path, "prosody", "prosody")
        _run(*self._as_user(), *self._ctl(), "register", USERS[self.name], host, PASSWORD, cwd=folder)

    def _ctl(self) -> tuple[str, ...]:
        return ("prosodyctl", "--config", str(self.base / self.name / "prosody.cfg.lua"))

    def _as_user(self) -> tuple[str, ...]:
        if os.geteuid() != 0:
            return ()
        return ("setpriv", "--reuid=prosody", "--regid=prosody", "--clear-groups")

    def start(self) -> None:
        """Start the server in the foreground of its own process."""
        folder = self.base / self.name
        command = [*self._as_user(), "prosody", "-F", "--config", str(folder / "prosody.cfg.lua")]
        with (folder / "out").open("wb") as out:
            self.process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT)

    def stop(self) -> None:
        """Stop the process that was started here."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


@dataclass
class Client:
    """As much XMPP as the benchmark needs (RFC 6120, RFC 6121)."""

    name: str
    reader: asyncio.StreamReader = field(init=False)
    writer: asyncio.StreamWriter = field(init=False)

    async def connect(self) -> None:
        """Log in, bind, and go online."""
        host, address = HOSTS[self.name]
        until = time.monotonic() + START_WITHIN_S
        while True:
            try:
                self.reader, self.writer = await asyncio.open_connection(address, CLIENT_PORT)
                break
            except OSError:
                if time.monotonic() > until:
                    raise UnavailableError("the server did not start") from None
                await asyncio.sleep(0.1)
        opening = (
            f"<stream:stream to='{host}' version='1.0' xmlns='jabber:client'"
            " xmlns:stream='http://etherx.jabber.org/streams'>"
        )
        await self._ask(opening, b"</stream:features>")
        secret = b64encode(f"\0{USERS[self.name]}\0{PASSWORD}".encode()).decode()
        auth = f"<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{secret}</auth>"
        await self._ask(auth, b"<success")
        await self._ask(opening, b"</stream:features>")
        bind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>desk</resource></bind>"
        await self._ask(f"<iq type='set' id='bind'>{bind}</iq>", b"</iq>")
        self.writer.write(b"<presence/>")
        await self.writer.drain()

    async def _ask(self, text: str, until: bytes) -> None:
        self.writer.write(text.encode())
        await self.writer.drain()
        got = b""
        while until not in got:
            chunk = await asyncio.wait_for(self.reader.read(65_536), 10)
            if not chunk or b"<failure" in got:
                raise UnavailableError(f"the server refused a client: {got[-200:]!r}")
            got += chunk

    def send(self, n: int) -> None:
        """Send one message to the client at B."""
        body = f"{n} ".ljust(BODY_BYTES, "x")
        to = f"{USERS['b']}@{HOSTS['b'][0]}"
        self.writer.write(f"<message to='{to}' type='chat' id='m{n}'><body>{body}</body></message>".encode())

    def close(self) -> None:
        """Drop the connection."""
        with suppress(AttributeError):
            self.writer.close()


class Arrivals:
    """When each message reached B's client."""

    def __init__(self, client: Client) -> None:
        self.at: dict[int, float] = {}
        self.news = asyncio.Event()
        self._client = client

    async def listen(self) -> None:
        """Read for ever; a message may end in the next chunk."""
        rest = b""
        while chunk := await self._client.reader.read(262_144):
            rest += chunk
            end = rest.rfind(b"</message>")
            if end < 0:
                continue
            now = time.perf_counter()
            for found in _BODY.finditer(rest[:end]):
                self.at.setdefault(int(found.group(1)), now)
            rest = rest[end:]
            self.news.set()

    async def wait(self, numbers: range) -> None:
        """Wait until all of them arrived."""
        until = time.monotonic() + ARRIVE_WITHIN_S
        while any(n not in self.at for n in numbers):
            if time.monotonic() > until:
                raise UnavailableError(f"{sum(n not in self.at for n in numbers)} messages did not arrive")
            self.news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self.news.wait(), 0.5)


async def _measure(*, count: int, rate: float, seconds: float, outstanding: int) -> Json:
    a, b = Client("a"), Client("b")
    try:
        await b.connect()
        await a.connect()
        arrivals = Arrivals(b)
        listening = asyncio.ensure_future(arrivals.listen())
        a.send(0)
        await arrivals.wait(range(1))
        sent: dict[int, float] = {}
        began = time.perf_counter()
        for n in range(1, count + 1):
            await asyncio.sleep(max(0.0, began + n / rate - time.perf_counter()))
            sent[n] = time.perf_counter()
            a.send(n)
        await arrivals.wait(range(1, count + 1))
        delays = [(arrivals.at[n] - at) * 1e3 for n, at in sent.items()]
        per_s = await _sustained(a, arrivals, count + 1, seconds, outstanding)
        listening.cancel()
    finally:
        a.close()
        b.close()
    return {
        "p50_ms": round(median(delays), 2),
        "p99_ms": round(quantiles(delays, n=100)[98], 2),
        "per_s": round(per_s, 1),
    }


async def _sustained(a: Client, arrivals: Arrivals, first: int, seconds: float, outstanding: int) -> float:
    already, following = len(arrivals.at), first
    began = time.perf_counter()
    while time.perf_counter() - began < seconds:
        while following - first - (len(arrivals.at) - already) < outstanding:
            a.send(following)
            following += 1
        arrivals.news.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(arrivals.news.wait(), 0.5)
    took = time.perf_counter() - began
    arrived = len(arrivals.at) - already
    await arrivals.wait(range(first, following))
    return arrived / took


def measure(*, count: int = 60, rate: float = 5.0, seconds: float = 10.0, outstanding: int = 64) -> Json:
    """Start both servers, measure, stop them.

    Raises:
        UnavailableError: with the reason.
    """
    missing = [name for name in NEEDED if shutil.which(name) is None]
    if missing:
        raise UnavailableError(
            f"not installed here: {', '.join(missing)} (Debian: apt-get install prosody lua-unbound)"
        )
    with tempfile.TemporaryDirectory(prefix="armslength-prosody-") as name:
        base = Path(name)
        base.chmod(0o755)
        servers = [Server("a", base), Server("b", base)]
        try:
            _authority(base / "ca")
            for server in servers:
                server.prepare()
            for server in servers:
                server.start()
            return asyncio.run(_measure(count=count, rate=rate, seconds=seconds, outstanding=outstanding))
        except (OSError, subprocess.CalledProcessError, TimeoutError) as error:
            raise UnavailableError(f"{type(error).__name__}: {error}") from error
        finally:
            for server in servers:
                server.stop()


if __name__ == "__main__":
    import json

    try:
        print(json.dumps(measure()))
    except UnavailableError as reason:
        print(json.dumps({"prosody": None, "because": str(reason)}))
        sys.exit(1)
