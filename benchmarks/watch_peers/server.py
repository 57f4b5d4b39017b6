"""A PostgreSQL server of our own for one run: a fresh cluster in a temporary folder, on a socket there, no port."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from watch_peers.contract import MissingError

DEBIAN = Path("/usr/lib/postgresql")
EXTENSIONS = "/usr/share/postgresql/{}/extension/postgis.control"
INSTALL = "apt-get install postgresql postgresql-15-postgis-3"
USER = "postgres"

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "shared_buffers": "1GB",
    "work_mem": "256MB",
    "maintenance_work_mem": "1GB",
    "max_wal_size": "8GB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""One process does all the work, and none of it waits for a disk: to the server's favour."""


def programs() -> Path:
    """Return the folder of the newest server that has PostGIS.

    Raises:
        MissingError: there is none.
    """
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    for path in reversed(found):
        if Path(EXTENSIONS.format(path.parts[-3])).exists():
            return path.parent
    raise MissingError(f"PostgreSQL with PostGIS is not installed: {INSTALL}")


class Server:
    """A running server, and the one connection to it."""

    def __init__(self) -> None:
        try:
            import psycopg
        except ImportError:
            raise MissingError("psycopg is not installed: pip install psycopg[binary]") from None
        self._bin = programs()
        self.base = Path(tempfile.mkdtemp(prefix="armslength-pg-"))
        self._process: subprocess.Popen[bytes] | None = None
        # The server ends with this process, however that ends.
        self._as_user: tuple[str, ...] = ("setpriv", "--pdeathsig=TERM")
        if os.geteuid() == 0:  # the server refuses to run as root
            shutil.chown(self.base, USER, USER)
            self._as_user += (f"--reuid={USER}", f"--regid={USER}", "--clear-groups")
        try:
            self._start()
            self.connection: Any = psycopg.connect(host=str(self.base), dbname=USER, user=USER, autocommit=True)
            self.connection.execute("create extension postgis")
            self.pid = int(self.connection.execute("select pg_backend_pid()").fetchone()[0])
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        data = self.base / "data"
        make = (self._bin / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        with (self.base / "out").open("wb") as out:
            subprocess.run((*self._as_user, *make), check=True, stdout=out, stderr=out, cwd=self.base)
            run = [self._bin / "postgres", "-D", data, "-k", self.base]
            run += [f"--{name}={value}" for name, value in SETTINGS.items()]
            self._process = subprocess.Popen((*self._as_user, *run), stdout=out, stderr=out, cwd=self.base)
            ready = (self._bin / "pg_isready", "-q", "-h", self.base, "-t", "1")
            for _ in range(200):
                if self._process.poll() is not None:
                    break
                if subprocess.run(ready, check=False).returncode == 0:
                    return
                _pause()
        raise MissingError(f"PostgreSQL did not start: {(self.base / 'out').read_text()[-300:]}")

    def cpu_s(self) -> float:
        """Return CPU seconds of the process that serves our connection: to the nanosecond where the kernel tells."""
        exact = Path(f"/proc/{self.pid}/schedstat")
        if exact.exists():
            return int(exact.read_text().split()[0]) / 1e9
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def peak_mib(self) -> float:
        """Return the most memory that process held, shared buffers that it touched included."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    def stop(self) -> None:
        """Stop the server that was started here and remove its folder."""
        if getattr(self, "connection", None) is not None:
            self.connection.close()
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(10)
        shutil.rmtree(self.base, ignore_errors=True)


def _pause() -> None:
    import time

    time.sleep(0.05)
