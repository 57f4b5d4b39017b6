"""The sending side over real sockets: TLS 1.3 both ways, the right peer only, and every hostile answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from armslength.adapters.bearer_https import HttpsNet
from armslength.adapters.bearer_https_app import MEDIA_TYPE, PROBLEM_MEDIA_TYPE
from armslength.adapters.bearer_https_server import ServerLimits
from armslength.adapters.bearer_https_tls import PeerTrust
from armslength.core import cbor
from armslength.core.errors import Unavailable
from armslength.desk.ports import Address
from world.https_rig import EUCOM, KIB, LINE, NDMC, RNG, STRANGER, answering, net, run, serving

if TYPE_CHECKING:
    from armslength.adapters.bearer_https_app import AsgiApp


def test_transports_reach_the_desk_and_its_answer_comes_back() -> None:
    async def case() -> None:
        async with serving() as rig, net() as ours:
            assert await ours.send(LINE, rig.address, b"transports") == b"stropsnart"
            assert rig.desk.got == [(LINE, EUCOM.pin, b"transports")]

    run(case())


def test_the_same_request_twice_is_given_to_the_desk_twice_unchanged() -> None:
    async def case() -> None:
        async with serving() as rig, net() as ours:
            body = bytes(range(256)) * 1000
            assert await ours.send(LINE, rig.address, body) == await ours.send(LINE, rig.address, body)
            assert rig.desk.got == [(LINE, EUCOM.pin, body)] * 2

    run(case())


def test_one_connection_serves_many_messages_and_a_restart_of_the_server() -> None:
    async def case() -> None:
        async with net() as ours:
            async with serving() as rig:
                for number in range(5):
                    await ours.send(LINE, rig.address, b"%d" % number)
                assert len(rig.server._state.connections) == 1
            with pytest.raises(Unavailable, match="BEARER-UNREACHABLE"):
                await ours.send(LINE, rig.address, b"nobody there")
            async with serving() as rig:
                assert await ours.send(LINE, rig.address, b"ab") == b"ba"

    run(case())


def test_four_mebibytes_each_way_fit_and_one_byte_more_is_refused() -> None:
    async def case() -> None:
        async with serving() as rig, net() as ours:
            body = bytes(4 * KIB * KIB)
            assert await ours.send(LINE, rig.address, body) == body
            with pytest.raises(Unavailable, match="BEARER-"):
                await ours.send(LINE, rig.address, body + b"x")
            assert len(rig.desk.got) == 1

    run(case())


def test_a_peer_added_while_the_server_runs_is_served_and_one_removed_is_not() -> None:
    async def case() -> None:
        async with serving() as rig, net(STRANGER) as theirs:
            with pytest.raises(Unavailable, match="our certificate"):
                await theirs.send(LINE, rig.address, b"x")
            rig.trust.add(STRANGER.certificate, STRANGER.pin)
            assert await theirs.send(LINE, rig.address, b"xy") == b"yx"
            rig.trust.remove(STRANGER.pin)
            with pytest.raises(Unavailable, match="BEARER-UNKNOWN-PIN"):
                await theirs.send(LINE, rig.address, b"x")
            assert [pin for _, pin, _ in rig.desk.got] == [STRANGER.pin]

    run(case())


def test_nothing_is_sent_to_a_server_with_another_key() -> None:
    async def case() -> None:
        async with serving(identity=STRANGER) as rig, net() as ours:
            with pytest.raises(Unavailable, match="BEARER-PIN"):
                await ours.send(LINE, rig.address, b"secret")
            assert rig.desk.got == []

    run(case())


def test_a_pin_without_certificate_is_not_connected_to() -> None:
    async def case() -> None:
        async with serving() as rig, net() as ours:
            with pytest.raises(Unavailable, match="BEARER-PIN"):
                await ours.send(LINE, rig.address._replace(pin=bytes(32)), b"x")
            assert rig.desk.got == []

    run(case())


def test_an_anchor_too_many_is_caught_by_the_pin() -> None:
    async def case() -> None:
        async with serving(identity=STRANGER) as rig, net() as ours:
            ours._pool(NDMC.pin).context.load_verify_locations(cadata=STRANGER.certificate)
            with pytest.raises(Unavailable, match="BEARER-PIN"):
                await ours.send(LINE, rig.address, b"x")

    run(case())


SEQUENCE = (b"content-type", MEDIA_TYPE.encode())
PROBLEM = (b"content-type", PROBLEM_MEDIA_TYPE.encode())
HOSTILE_ANSWERS = {
    "too long": (answering(200, bytes(65 * KIB), SEQUENCE), "BEARER-RESPONSE-SIZE"),
    "a redirect": (answering(307, b"", (b"location", b"https://127.0.0.1:1/")), "BEARER-REFUSED.*307"),
    "another media type": (answering(200, b"<html>", (b"content-type", b"text/html")), "BEARER-REFUSED"),
    "no media type": (answering(200, b""), "BEARER-REFUSED"),
    "created": (answering(201, b"", SEQUENCE), "BEARER-REFUSED.*201"),
    "an endless problem": (answering(400, bytes(9 * KIB), PROBLEM), "BEARER-REFUSED.*none readable"),
    "a problem that is none": (answering(400, b"\xff", PROBLEM), "BEARER-REFUSED.*none readable"),
    "a problem without code": (answering(400, cbor.encode({-1: 5}), PROBLEM), "BEARER-REFUSED.*none readable"),
    "a problem that steers a terminal": (
        answering(400, cbor.encode({-1: "\x1b[2J"}), PROBLEM),
        r"BEARER-REFUSED.*\[U\+001B\]",
    ),
    "a plain error": (answering(500, b"oops"), "BEARER-REFUSED.*500"),
}


@pytest.mark.parametrize(("app", "code"), HOSTILE_ANSWERS.values(), ids=HOSTILE_ANSWERS)
def test_a_hostile_answer_is_unavailable_with_its_code(app: AsgiApp, code: str) -> None:
    async def case() -> None:
        async with serving(app=app) as rig, net(response_bytes_max=64 * KIB) as ours:
            with pytest.raises(Unavailable, match=code):
                await ours.send(LINE, rig.address, b"x")

    run(case())


def test_a_compressed_answer_is_not_unpacked() -> None:
    async def case() -> None:
        app = answering(200, b"\x1f\x8b not unpacked", SEQUENCE, (b"content-encoding", b"gzip"))
        async with serving(app=app) as rig, net() as ours:
            assert await ours.send(LINE, rig.address, b"x") == b"\x1f\x8b not unpacked"

    run(case())


def test_an_answer_that_never_comes_is_given_up() -> None:
    async def case() -> None:
        async def silent(_scope: Any, _receive: Any, _send: Any) -> None:
            await asyncio.Event().wait()

        async with (
            serving(app=silent, server=ServerLimits(stop_s=0.01)) as rig,
            net(total_s=0.2) as ours,
        ):
            with pytest.raises(Unavailable, match="BEARER-TIMEOUT"):
                await ours.send(LINE, rig.address, b"x")

    run(case())


def test_a_server_that_hangs_up_or_speaks_something_else_is_unreachable() -> None:
    async def case() -> None:
        async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.read(1)
            writer.write(b"220 mail.example ESMTP\r\n")
            writer.close()

        plain = await asyncio.start_server(hang_up, "127.0.0.1", 0)
        port = plain.sockets[0].getsockname()[1]
        async with plain, net() as ours:
            with pytest.raises(Unavailable, match="BEARER-UNREACHABLE"):
                await ours.send(LINE, Address("https", f"https://127.0.0.1:{port}", NDMC.pin), b"x")

    run(case())


def test_a_peer_on_this_machine_needs_leave() -> None:
    async def case() -> None:
        async with serving() as rig:
            trust = PeerTrust()
            trust.add(NDMC.certificate, NDMC.pin)
            ours = HttpsNet(EUCOM, trust, RNG)
            with pytest.raises(Unavailable, match="BEARER-ADDRESS"):
                await ours.send(LINE, rig.address, b"x")
            await ours.aclose()
            assert rig.desk.got == []

    run(case())
