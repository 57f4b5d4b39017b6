"""The console's certificate: a browser that trusts the node's authority trusts this one name, and nothing else."""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from armslength.adapters import console_tls
from armslength.adapters.clock import SystemClock
from armslength.adapters.console_tls import ConsoleTls, Issuer
from armslength.adapters.rng_system import SystemRng
from armslength.core.errors import LocalError
from armslength.core.instants import Instant
from builders.console_cards import make_card

if TYPE_CHECKING:
    from pathlib import Path

NAME = "floor.eucom.example"
DAY_US = 86_400_000_000
NOW = Instant(1_795_000_000_000_000)


@pytest.fixture
def files(tmp_path: Path) -> ConsoleTls:
    return ConsoleTls(tmp_path, NAME, SystemRng())


def refusal(do: Any, *arguments: Any) -> tuple[str, str]:
    with pytest.raises(LocalError) as caught:
        do(*arguments)
    return caught.value.code, str(caught.value.details.get("because", ""))


def loaded(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


async def handshake(files: ConsoleTls, client: ssl.SSLContext, name: str = NAME) -> bytes | None:
    """Connect as a browser does; return the certificate that the listener saw."""
    seen: asyncio.Future[bytes | None] = asyncio.get_running_loop().create_future()

    async def met(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.set_result(writer.get_extra_info("ssl_object").getpeercert(binary_form=True))
        writer.close()

    server = await asyncio.start_server(met, "127.0.0.1", 0, ssl=files.server_context())
    port = server.sockets[0].getsockname()[1]
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port, ssl=client, server_hostname=name)
        writer.close()
        return await asyncio.wait_for(seen, 5)
    finally:
        server.close()


def trusting(files: ConsoleTls) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(files.authority_file))
    context.verify_flags |= ssl.VERIFY_X509_STRICT
    return context


def really_now() -> Instant:
    # A handshake is judged by the machine's own clock.
    return SystemClock().now()


def test_a_browser_that_trusts_the_authority_gets_in_by_the_name(files: ConsoleTls) -> None:
    files.ensure(really_now())
    assert asyncio.run(handshake(files, trusting(files))) is None
    with pytest.raises(ssl.SSLCertVerificationError):
        asyncio.run(handshake(files, trusting(files), "other.eucom.example"))


def test_the_authority_vouches_for_no_other_name(files: ConsoleTls, tmp_path: Path) -> None:
    files.ensure(really_now())
    # Somebody who took the authority's key makes a certificate for another host; browsers refuse it all the same.
    thief = ConsoleTls(tmp_path, NAME, SystemRng())
    thief.name = "mail.eucom.example"
    authority, key = loaded(files.authority_file), console_tls._private(files.authority_key_file.read_bytes())
    thief._authority = lambda _now: (authority, key)  # type: ignore[method-assign]
    thief._make_certificate(really_now())
    with pytest.raises(ssl.SSLCertVerificationError, match="permitted subtree"):
        asyncio.run(handshake(thief, trusting(files), "mail.eucom.example"))


def test_every_private_file_is_private(files: ConsoleTls) -> None:
    files.ensure(NOW)
    files.request()
    for path in (files.key_file, files.authority_key_file):
        assert path.stat().st_mode & 0o077 == 0, path.name


def test_a_certificate_lives_as_long_as_browsers_allow_and_is_made_anew_in_time(files: ConsoleTls) -> None:
    files.ensure(NOW)
    first, authority = loaded(files.certificate_file), files.authority_file.read_bytes()
    assert first.not_valid_after_utc - first.not_valid_before_utc == timedelta(days=397)
    files.ensure(Instant(NOW + 300 * DAY_US))
    assert loaded(files.certificate_file) == first
    files.ensure(Instant(NOW + 368 * DAY_US))
    assert loaded(files.certificate_file).not_valid_after_utc > first.not_valid_after_utc
    assert files.authority_file.read_bytes() == authority


def test_another_name_has_another_authority(files: ConsoleTls, tmp_path: Path) -> None:
    files.ensure(NOW)
    before = files.standing()
    moved = ConsoleTls(tmp_path, "watch.eucom.example", SystemRng())
    moved.ensure(NOW)
    assert moved.standing().fingerprint != before.fingerprint
    assert console_tls._names(loaded(moved.certificate_file)) == {"watch.eucom.example"}


class Site:
    """A site's own authority."""

    def __init__(self) -> None:
        self.key = console_tls._new_key(SystemRng())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "EUCOM site authority")])
        self.certificate = self._signed(self.name, self.key.public_key(), ca=True, names=())

    def _signed(self, subject: x509.Name, public: Any, *, ca: bool, names: tuple[str, ...]) -> x509.Certificate:
        built = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(console_tls._moment(Instant(NOW - DAY_US)))
            .not_valid_after(console_tls._moment(Instant(NOW + 200 * DAY_US)))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        )
        if names:
            built = built.add_extension(
                x509.SubjectAlternativeName([x509.DNSName(one) for one in names]), critical=False
            )
        return built.sign(self.key, SHA256())

    def answer(self, request: bytes, *names: str) -> bytes:
        asked = x509.load_pem_x509_csr(request)
        made = self._signed(asked.subject, asked.public_key(), ca=False, names=names or (NAME,))
        return made.public_bytes(Encoding.PEM)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)


def test_the_sites_answer_is_installed_and_left_alone(files: ConsoleTls) -> None:
    request, site = files.request(), Site()
    assert x509.load_pem_x509_csr(request).is_signature_valid
    assert files.standing().requested
    assert refusal(files.ensure, NOW)[0] == "CONSOLE-CERTIFICATE-AWAITED"
    files.install(site.answer(request) + site.pem, NOW)
    files.ensure(Instant(NOW + 190 * DAY_US))
    held = files.standing()
    assert (held.issuer, held.requested, held.renewed_here) == (Issuer.SITE, False, False)
    assert not files.authority_file.exists()
    files.server_context()


def test_a_node_with_its_own_authority_may_change_to_the_sites(files: ConsoleTls) -> None:
    files.ensure(NOW)
    files.install(Site().answer(files.request()), NOW)
    assert files.standing().issuer is Issuer.SITE
    files.ensure(NOW)
    assert files.standing().issuer is Issuer.SITE


def test_an_answer_that_does_not_fit_is_refused_and_says_why(files: ConsoleTls, tmp_path: Path) -> None:
    request, site = files.request(), Site()
    (tmp_path / "other").mkdir()
    other = ConsoleTls(tmp_path / "other", NAME, SystemRng()).request()
    fits = site.answer(request)
    cases = (
        (site.answer(other), NOW, "another key"),
        (site.answer(request, "mail.eucom.example"), NOW, "another name"),
        (fits, Instant(NOW + 201 * DAY_US), "does not hold now"),
        (fits, Instant(NOW - 2 * DAY_US), "does not hold now"),
        (fits + Site().pem, NOW, "not in order"),
    )
    for data, now, because in cases:
        code, said = refusal(files.install, data, now)
        assert code == "CONSOLE-CERTIFICATE-REFUSED"
        assert because in said
    assert not files.certificate_file.exists()


def test_a_wildcard_of_the_site_will_do(files: ConsoleTls) -> None:
    files.install(Site().answer(files.request(), "*.eucom.example"), NOW)
    assert files.standing().issuer is Issuer.SITE


@pytest.mark.parametrize(
    "data", [b"", b"no certificate", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_certificate_is_a_typed_error(files: ConsoleTls, data: bytes) -> None:
    assert refusal(files.install, data, NOW)[0] == "CONSOLE-CERTIFICATE-MALFORMED"
    assert refusal(files.accept_clients, data)[0] == "CONSOLE-CERTIFICATE-MALFORMED"


def test_files_that_were_spoiled_are_a_typed_error(files: ConsoleTls) -> None:
    files.ensure(NOW)
    files.key_file.write_bytes(b"spoiled")
    assert refusal(files.server_context)[0] == "CONSOLE-FILES"
    assert refusal(files.request)[0] == "CONSOLE-FILES"
    files.certificate_file.write_bytes(b"spoiled")
    assert refusal(files.standing)[0] == "CONSOLE-CERTIFICATE-MALFORMED"


def test_a_smart_card_is_seen_when_its_authority_is_known(files: ConsoleTls, tmp_path: Path) -> None:
    now = really_now()
    files.ensure(now)
    card = make_card(tmp_path, "eucom-watch-1", console_tls._moment(now))
    assert refusal(files.accept_clients, card.certificate_file.read_bytes())[0] == "CONSOLE-CERTIFICATE-REFUSED"
    assert files.accept_clients(card.authority) == 1
    assert files.standing().clients == 1
    browser = trusting(files)
    assert asyncio.run(handshake(files, browser)) is None
    browser.load_cert_chain(card.certificate_file, card.key_file)
    assert asyncio.run(handshake(files, browser)) == card.certificate
