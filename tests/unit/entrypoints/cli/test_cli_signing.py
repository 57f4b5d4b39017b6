"""What you sign is what you see: a node that shows one thing and asks for a signature on another gets none."""

from __future__ import annotations

from argparse import Namespace
from base64 import b64encode
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import pytest

from armslength.core.errors import LocalError
from armslength.core.realm import Realm
from armslength.desk.prepared import Prepared, attest, decode_prepared
from armslength.entrypoints.cli import signing
from armslength.entrypoints.cli.signing import Acting, acting
from armslength.entrypoints.cli.stopping import stop

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from builders.cli_homes import Pair

WATCH = "eucom-watch-1"


@dataclass
class Lying:
    """A node that answers what it is told to; it keeps what was submitted."""

    submitted: list[Any] = field(default_factory=list)
    running: bool = True

    def read(self, what: str, name: str | None = None, **query: object) -> Any:
        return []

    def prepare(self, kind: str, officer: str, arguments: Mapping[str, Any]) -> Any:
        raise NotImplementedError

    def submit(self, officer: str, submissions: Sequence[Mapping[str, Any]]) -> list[Any]:
        self.submitted.extend(submissions)
        return [{"type": "message", "delivery": "not delivered yet"}]

    def open_line(self, officer: str, peer: str) -> Any:
        raise NotImplementedError

    def close(self) -> None:
        """Hold nothing."""


def desk_of(pair: Pair, realm: Realm = Realm.EXERCISE) -> Acting:
    return Acting(Namespace(json=False), pair.eucom, realm, "EUCOM", Lying())


BODY = {1: b"i" * 16, 2: 1_700_000_000_000_000, 3: "EUCOM", 4: ("NDMC",), 5: WATCH, 20: "TEST"}
HONEST = Prepared(type="message", line=b"l" * 16, seed=b"s" * 32, body=BODY)


def asked(
    prepared: Prepared = HONEST, act: str = "release", role: str = "watch-officer", shown: Prepared | None = None
) -> dict[str, str]:
    return {
        "prepared": b64encode(prepared.encode()).decode(),
        "act": act,
        "role": role,
        "officer": WATCH,
        "statement": attest(Realm.EXERCISE, shown or prepared, act, role, WATCH).hex(),
    }


def test_an_honest_body_is_signed_over_the_hash_reckoned_here(opened: Pair) -> None:
    from armslength.node import load_officer

    signed = desk_of(opened).sign(asked(), WATCH)
    act = signed["acts"][0]
    key = load_officer(opened.eucom, WATCH, "demonstration")
    expected = key.sign(attest(Realm.EXERCISE, HONEST, "release", "watch-officer", WATCH))
    assert (act["key_id"], act["signature"]) == (key.public.kid.hex(), expected.hex())


OTHER = replace(HONEST, body={**BODY, 20: "STOP"})

LIES: dict[str, Callable[[], Any]] = {
    "another body's statement": lambda: asked(shown=OTHER),
    "an act that the type does not have": lambda: asked(act="assent"),
    "another party's body": lambda: asked(replace(HONEST, body={**BODY, 3: "NDMC"})),
    "another officer's draft": lambda: asked(replace(HONEST, body={**BODY, 5: "eucom-watch-2"}), act="draft"),
    "a type that officers do not sign": lambda: asked(replace(HONEST, type="node-receipt")),
    "a statement of the other realm": lambda: {
        **asked(),
        "statement": attest(Realm.REAL, HONEST, "release", "watch-officer", WATCH).hex(),
    },
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_not_signed(opened: Pair, monkeypatch: pytest.MonkeyPatch, lie: str) -> None:
    monkeypatch.setattr(Acting, "_key", lambda *_: pytest.fail("a key was opened"))
    with pytest.raises(LocalError, match="SIGN-MISMATCH"):
        desk_of(opened).sign(LIES[lie](), WATCH)


@pytest.mark.parametrize("given", [{}, {"prepared": "%%%"}, {"prepared": "AAAA"}, None])
def test_what_is_no_prepared_body_is_refused(given: Any) -> None:
    with pytest.raises(LocalError, match="PREPARED-MALFORMED"):
        signing.read_prepared(given)


def test_a_receipt_binds_the_text_that_was_shown() -> None:
    from hashlib import sha256

    body = {**BODY, 31: sha256(b"the text").digest()}
    given = {**asked(replace(HONEST, type="receipt", body=body), act="receipt"), "text": "the text"}
    assert signing.require_shown(given, 31) == "the text"
    with pytest.raises(LocalError, match="SIGN-MISMATCH"):
        signing.require_shown({**given, "text": "another text"}, 31)


def test_a_message_is_shown_from_its_bytes_and_not_from_what_the_node_says(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    args = Namespace(
        home=str(pair.eucom), json=False, officer=None, facility=None, at="47.5122N 34.5858E", lines=None, reason=None
    )
    prepare = Acting.prepare

    def lying(desk: Acting, kind: str, officer: str, **given: Any) -> Any:
        return {**prepare(desk, kind, officer, **given), "text": "All is well."}

    monkeypatch.setattr(Acting, "prepare", lying)
    assert stop(args) == 0
    out = capsys.readouterr().out
    assert "STOP: CEASE FIRE AT ONCE" in out
    assert "All is well." not in out


def test_a_node_that_does_not_run_is_said_where_something_should_leave(
    pair: Pair, capsys: pytest.CaptureFixture[str]
) -> None:
    with acting(Namespace(home=str(pair.eucom), json=True)) as desk:
        body = desk.prepare(
            "message", WATCH, line=None, form="TEST", precedence=None, values={"test-text": "x"}, alone=True
        )
        assert decode_prepared(signing.read_prepared(body).encode()).body[5] == WATCH
        desk.submit(WATCH, desk.sign(body, WATCH))
    assert "THE NODE DOES NOT RUN" in capsys.readouterr().err
