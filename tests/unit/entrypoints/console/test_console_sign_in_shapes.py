"""The shapes of what comes in at the sign-in."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from armslength.desk.signing_in import METHODS, NONCE_BYTES
from armslength.entrypoints.console.sign_in_shapes import Begin, Finish

NONCE = "ab" * NONCE_BYTES


@pytest.mark.parametrize("method", METHODS)
def test_the_methods_are_those_of_the_desk(method: str) -> None:
    assert Begin.model_validate_json(f'{{"officer":"a","method":"{method}"}}').method == method


@pytest.mark.parametrize("post", ["", "desk 3", "Пост 3, зал «А»", "x" * 64])
def test_a_post_has_the_name_that_people_gave_it(post: str) -> None:
    assert Finish(officer="a", method="passkey", nonce=NONCE, post=post).post == post


@pytest.mark.parametrize(
    "changes",
    [
        {"post": "x" * 65},
        {"post": "a\tb"},
        {"post": "a\u202eb"},
        {"nonce": NONCE.upper()},
        {"nonce": NONCE[2:]},
        {"key_id": "0"},
        {"signature": "zz"},
        {"assertion": {}},
        {"method": "password"},
        {"password": "secret"},
    ],
)
def test_anything_else_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Finish.model_validate({"officer": "a", "method": "passkey", "nonce": NONCE, **changes})
