"""The console as an operator sets it up: its address, its certificates, and a port that somebody else holds."""

from __future__ import annotations

import asyncio
import json
import socket
from argparse import Namespace
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256

from armslength.core.realm import Realm
from armslength.entrypoints.cli import running
from armslength.entrypoints.cli.client import run_file
from armslength.entrypoints.cli.doctor import console_finding
from armslength.line.manifest import verify_introduction
from armslength.node import Settings, open_node
from builders.cli_homes import command, done, free_ports

if TYPE_CHECKING:
    from pathlib import Path

NAME = "floor.eucom.example"


def init(home: Path, *words: str) -> tuple[str, ...]:
    return ("init", "--party", "EUCOM", "--demonstration", "--home", str(home), *words)


def relying_parties(home: Path) -> list[str]:
    [first], _ = verify_introduction((home / "EUCOM.intro").read_bytes(), Realm.EXERCISE)
    return [origin for _, origin in first.relying_parties]


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose console has a host name."""
    home = tmp_path_factory.mktemp("named") / "h"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARMSLENGTH_PASSPHRASE", "demonstration")
        done(*init(home, "--console-name", NAME, "--console-port", "0"))
    return home


def test_init_without_a_word_of_it_has_a_console_for_this_machine(tmp_path: Path) -> None:
    home = tmp_path / "h"
    assert "http://localhost:7481" in done(*init(home)).out
    assert relying_parties(home) == ["http://localhost:7481"]
    said = command("console", "url", "--home", str(home))
    assert (said.status, said.out) == (0, "http://localhost:7481\n")
    assert "does not run" in said.err
    for words in (("show",), ("csr",)):
        assert command("console", "certificate", *words, "--home", str(home)).err.startswith("CONSOLE-NAME")


def test_a_node_may_have_none(tmp_path: Path) -> None:
    home = tmp_path / "h"
    assert "Console" not in done(*init(home, "--console-port", "none")).out
    assert relying_parties(home) == []
    assert command("console", "url", "--home", str(home)).err.startswith("CONSOLE-OFF")


def test_a_name_brings_an_authority_that_floor_pcs_trust(named: Path) -> None:
    assert {"console-ca.pem", "console-ca.key", "console.pem", "console.key"} <= {one.name for one in named.iterdir()}
    said = done("console", "certificate", "show", "--home", str(named), "--json").json
    authority = x509.load_pem_x509_certificate((named / "console-ca.pem").read_bytes())
    assert said["fingerprint"] == authority.fingerprint(SHA256()).hex()
    assert (said["name"], said["issuer"], said["clients"]) == (NAME, "this node's own authority", 0)
    assert "console-ca.pem" in done("console", "certificate", "show", "--home", str(named)).out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--console-port", "x"), "CONSOLE-PORT"),
        (("--console-port", "70000"), "CONSOLE-PORT"),
        (("--console-name", "floor"), "CONSOLE-NAME"),
        (("--console-host", "0.0.0.0"), "CONSOLE-PLAIN"),  # noqa: S104 - what an operator may type
        (("--csr",), "OPTION-VALUE"),
    ],
)
def test_what_no_browser_could_use_is_refused_before_anything_is_made(
    tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    said = command(*init(tmp_path / "h", *words))
    assert (said.status, said.err.split(":")[0]) == (2, code)
    assert not (tmp_path / "h" / "settings.json").exists()


def test_the_sites_authority_is_asked_and_its_answer_installed(tmp_path: Path) -> None:
    home = tmp_path / "h"
    said = done(*init(home, "--console-name", NAME, "--csr", "--json")).json
    request = x509.load_pem_x509_csr((home / "console.csr").read_bytes())
    assert said["request"] == str(home / "console.csr")
    assert request.is_signature_valid
    assert not (home / "console-ca.pem").exists()
    assert "waits for an answer" in done("console", "certificate", "show", "--home", str(home)).out
    done("console", "certificate", "csr", "--to", str(tmp_path / "x.csr"), "--home", str(home))
    assert (tmp_path / "x.csr").read_bytes() == (home / "console.csr").read_bytes()
    for name in ("install", "clients"):
        wrong = command("console", "certificate", name, str(home / "console.csr"), "--home", str(home))
        assert wrong.err.startswith("CONSOLE-CERTIFICATE-MALFORMED")
        assert (
            command("console", "certificate", name, str(tmp_path / "none"), "--home", str(home)).err[:9] == "FILE-READ"
        )


def test_smart_cards_are_of_whom_the_site_says(named: Path) -> None:
    said = done("console", "certificate", "clients", str(named / "console-ca.pem"), "--home", str(named))
    assert "asked for a card" in said.out
    assert done("console", "certificate", "show", "--home", str(named), "--json").json["clients"] == 1


def running_said(home: Path) -> tuple[Any, str]:
    """Run the node a moment; return what it said of itself, and what it printed and logged."""
    log: list[str] = []
    import io
    from contextlib import redirect_stdout

    async def both() -> Any:
        node = await running._opened(home)
        node.log_to(log.append)
        try:
            serving = asyncio.ensure_future(running._serve(node, Namespace(json=False, log=None), home))
            for _ in range(1_000):
                if run_file(home) is not None or serving.done():
                    break
                await asyncio.sleep(0.01)
            said = run_file(home)
            node.desk.stop()
            await asyncio.gather(serving, return_exceptions=True)
        finally:
            node.close()
        return said

    out = io.StringIO()
    with redirect_stdout(out):
        said = asyncio.run(both())
    return said, out.getvalue() + "".join(log)


def moved(home: Path, **settings: Any) -> None:
    file = home / "settings.json"
    said = json.loads(file.read_text())
    said["listen_port"], said["api_port"] = free_ports(2)
    file.write_text(json.dumps(said | settings))


def test_the_line_runs_though_somebody_else_holds_the_consoles_port(tmp_path: Path) -> None:
    home = tmp_path / "h"
    done(*init(home))
    with socket.create_server(("127.0.0.1", 0)) as held:
        moved(home, console_port=held.getsockname()[1])
        said, out = running_said(home)
    assert said["console_problem"]["code"] == "CONSOLE-LISTEN"
    assert "console" not in said
    assert "THE CONSOLE IS NOT SERVED. CONSOLE-LISTEN" in out
    assert '"console-not-served"' in out
    row = console_finding(said)
    assert (row["holds"], row["says"].split(":")[0]) == (False, "CONSOLE-LISTEN")
    moved(home, console_port=0)
    said, out = running_said(home)
    assert said["console"].startswith("http://localhost:")
    assert said["console"] in out
    assert console_finding(said)["holds"] is True


def test_the_console_of_a_node_speaks_tls_under_its_name(named: Path) -> None:
    moved(named)
    said, _ = running_said(named)
    assert said["console"].startswith(f"https://{NAME}:")


def test_a_console_whose_certificate_is_awaited_is_not_served(tmp_path: Path) -> None:
    home = tmp_path / "h"
    done(*init(home, "--console-name", NAME, "--console-port", "0", "--csr"))
    moved(home)
    said, _ = running_said(home)
    assert said["console_problem"]["code"] == "CONSOLE-CERTIFICATE-AWAITED"
    found = command("doctor", "--home", str(home), "--json").json["findings"]
    [row] = [one for one in found if one["check"] == "console certificate"]
    assert (row["holds"], row["says"]) == (False, "requested and not installed")


def test_settings_that_were_edited_wrong_are_refused_when_served(tmp_path: Path) -> None:
    home = tmp_path / "h"
    done(*init(home))
    moved(home, console_port=0, console_host="0.0.0.0")  # noqa: S104 - what an operator may write
    said, _ = running_said(home)
    assert said["console_problem"]["code"] == "CONSOLE-PLAIN"
    node = open_node(home)
    try:
        assert isinstance(node.settings, Settings)
    finally:
        node.close()
