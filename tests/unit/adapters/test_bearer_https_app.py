"""The receiving side: everything that a peer may send, and what it is told."""

from __future__ import annotations

import asyncio
import ssl
import tracemalloc
from typing import Any

import pytest

from armslength.adapters.bearer_https_app import MEDIA_TYPE, PEER_EXTENSION, BearerLimits, TokenBucket, bearer_app
from armslength.adapters.bearer_https_tls import client_context
from armslength.core.errors import LocalError, PeerError, Unavailable, VerificationError
from world.https_rig import EUCOM, KIB, LINE, NDMC, PATH, RNG, Desk, head, net, problem, raw, run, serving

REFUSED_REQUESTS = {
    "another path": (head(path="/", Content_Length="0"), 404, "BEARER-PATH"),
    "a line id of another length": (head(path="/lines/00/envelopes", Content_Length="0"), 404, "BEARER-PATH"),
    "a line id in capitals": (head(path=f"/lines/{'A' * 32}/envelopes", Content_Length="0"), 404, "BEARER-PATH"),
    "a line feed after the path": (head(path=PATH + "%0A", Content_Length="0"), 404, "BEARER-PATH"),
    "a query": (head(path=PATH + "?x=1", Content_Length="0"), 404, "BEARER-PATH"),
    "another method": (head("PUT", Content_Length="0"), 405, "BEARER-METHOD"),
    "another media type": (head(Content_Type="text/plain", Content_Length="0"), 415, "BEARER-MEDIA-TYPE"),
    "no media type": (head(Content_Type="", Content_Length="0"), 415, "BEARER-MEDIA-TYPE"),
    "an announced oversize": (head(Content_Length=str(64 * KIB + 1)), 413, "BEARER-BODY-SIZE"),
    "an absurd size": (head(Content_Length="9" * 19), 413, "BEARER-BODY-SIZE"),
}


@pytest.mark.parametrize(("request_bytes", "status", "code"), REFUSED_REQUESTS.values(), ids=REFUSED_REQUESTS)
def test_a_wrong_request_is_refused_by_its_code_and_reaches_nobody(
    request_bytes: bytes, status: int, code: str
) -> None:
    async def case() -> None:
        async with serving(limits=BearerLimits(body_bytes_max=64 * KIB)) as rig:
            assert problem(await raw(rig, request_bytes)) == (status, code)
            assert rig.desk.got == []

    run(case())


def test_a_body_without_announced_size_is_cut_off_with_flat_memory() -> None:
    async def case() -> None:
        async with serving(limits=BearerLimits(body_bytes_max=64 * KIB)) as rig:
            context = client_context(EUCOM, NDMC.certificate, RNG)
            reader, writer = await asyncio.open_connection("127.0.0.1", rig.server.port, ssl=context)
            chunk = b"10000\r\n" + bytes(64 * KIB) + b"\r\n"
            tracemalloc.start()
            writer.write(head(Transfer_Encoding="chunked"))
            sent = 0
            # The flood ends when the server hangs up, or is caught here having taken 64 MiB.
            try:
                while sent < 64 * KIB * KIB and not reader.at_eof():
                    writer.write(chunk)
                    await writer.drain()
                    sent += len(chunk)
            except (ConnectionError, ssl.SSLError):
                pass
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            writer.transport.abort()
            # The sockets' own buffers hold a few MiB that nobody has read.
            assert sent < 16 * KIB * KIB, "the server went on reading"
            assert peak < 4 * KIB * KIB, "the server kept what it read"
            assert rig.desk.got == []

    run(case())


def test_the_app_answers_413_at_the_first_chunk_too_many() -> None:
    """The flood above may lose the answer in the closing of the connection; the answer itself is checked here."""

    async def case() -> None:
        desk, asked, sent = Desk(), 0, []
        app = bearer_app(desk.receive, {EUCOM.pin}, BearerLimits(body_bytes_max=64 * KIB))

        async def receive() -> dict[str, Any]:
            nonlocal asked
            asked += 1
            return {"type": "http.request", "body": bytes(16 * KIB), "more_body": True}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": PATH,
            "headers": [(b"content-type", MEDIA_TYPE.encode())],
            "extensions": {PEER_EXTENSION: EUCOM.certificate},
        }
        await app(scope, receive, send)
        assert (sent[0]["status"], asked, desk.got) == (413, 5, [])
        assert (b"connection", b"close") in sent[0]["headers"]

    run(case())


def test_a_body_that_never_ends_is_given_up() -> None:
    async def case() -> None:
        async with serving(limits=BearerLimits(body_s=0.05)) as rig:
            answer = await raw(rig, head(Content_Length="10"), b"12345")
            assert problem(answer) == (408, "BEARER-BODY-SLOW")
            assert rig.desk.got == []

    run(case())


def test_a_peer_that_hangs_up_in_the_middle_leaves_nothing_behind() -> None:
    async def case() -> None:
        async with serving() as rig, net() as ours:
            context = client_context(EUCOM, NDMC.certificate, RNG)
            _, writer = await asyncio.open_connection("127.0.0.1", rig.server.port, ssl=context)
            writer.write(head(Content_Length="10") + b"12345")
            await writer.drain()
            writer.transport.abort()
            assert await ours.send(LINE, rig.address, b"ab") == b"ba"
            assert (len(rig.desk.got), rig.desk.faults) == (1, [])

    run(case())


def test_a_peer_beyond_its_rate_is_refused_before_its_body() -> None:
    async def case() -> None:
        async with serving(limits=BearerLimits(requests_per_s=0.001, requests_burst=2)) as rig, net() as ours:
            for _ in range(2):
                await ours.send(LINE, rig.address, b"x")
            with pytest.raises(Unavailable, match=r"BEARER-REFUSED.*429.*BEARER-RATE"):
                await ours.send(LINE, rig.address, b"x")
            assert len(rig.desk.got) == 2

    run(case())


def test_a_bucket_gives_its_burst_and_then_its_rate() -> None:
    bucket = TokenBucket(rate=2, burst=3)
    assert [bucket.take(100) for _ in range(4)] == [True, True, True, False]
    assert [bucket.take(100.5), bucket.take(100.5)] == [True, False]
    assert [bucket.take(1e9) for _ in range(4)] == [True, True, True, False]


RAISED: dict[str, tuple[Exception, int, str]] = {
    "the peer's error": (PeerError("CBOR-TRAILING", our_secret="s3cret"), 400, "CBOR-TRAILING"),
    "evidence that does not hold": (VerificationError("COSE-SIGNATURE"), 400, "COSE-SIGNATURE"),
    "our own error": (LocalError("KEYSTORE-LOCKED", our_secret="s3cret"), 503, "BEARER-UNABLE"),
    "a fault": (ValueError("s3cret in a traceback"), 503, "BEARER-UNABLE"),
}


@pytest.mark.parametrize(("error", "status", "code"), RAISED.values(), ids=RAISED)
def test_the_peer_is_told_a_code_and_nothing_of_ours(error: Exception, status: int, code: str) -> None:
    async def case() -> None:
        async with serving(Desk(raises=error)) as rig, net() as ours:
            answer = await raw(rig, head(Content_Length="1", Connection="close") + b"x")
            assert problem(answer) == (status, code)
            assert b"s3cret" not in answer
            assert b"Traceback" not in answer
            assert rig.desk.faults == ([error] if status == 503 else [])
            with pytest.raises(Unavailable, match=f"BEARER-REFUSED.*{status}.*{code}"):
                await ours.send(LINE, rig.address, b"x")

    run(case())
