"""The stores against each other: random units on memory and on SQLite side by side give the same answers."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from builders.stores import make


class BoomError(Exception):
    """Leaves a unit by force."""


names = st.sampled_from(["a", "b"])
keys = st.one_of(st.sampled_from([b"", b"a", b"a\xff", b"\xff", b"\xff\xff"]), st.binary(max_size=3))
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(2**64), 2**64 - 1), st.binary(max_size=4), st.text(max_size=4)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple), st.dictionaries(st.integers(0, 9), inner, max_size=3)
    ),
    max_leaves=5,
)
instants = st.integers(-3, 5)


class StoresAgree(RuleBasedStateMachine):
    """Random units against memory and SQLite side by side: every answer is the same."""

    @initialize(exclusive=st.booleans())
    def open(self, *, exclusive: bool) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.kind = "sqlite-exclusive" if exclusive else "sqlite"
        self.memory: Any = make("memory", self.folder)
        self.sqlite: Any = make(self.kind, self.folder)
        self.stack: list[tuple[Any, Any]] = []
        self.units: tuple[Any, Any] | None = None

    def both(self, method: str, *args: Any, **named: Any) -> None:
        answers = []
        for unit in self.units or ():
            try:
                answer = getattr(unit, method)(*args, **named)
            except KeyError:
                answer = KeyError
            answers.append(list(answer) if method == "dump_views" else answer)
        assert answers[0] == answers[1]

    def contexts(self, method: str, owners: tuple[Any, Any]) -> Any:
        pair = tuple(getattr(owner, method)() for owner in owners)
        entered = tuple(context.__enter__() for context in pair)
        self.stack.append(pair)  # type: ignore[arg-type]
        return entered

    def leave(self, *, error: bool) -> None:
        for context in self.stack.pop():
            if error:
                boom = BoomError()
                assert not context.__exit__(BoomError, boom, boom.__traceback__)
            else:
                context.__exit__(None, None, None)

    @precondition(lambda self: not self.stack)
    @rule()
    def begin(self) -> None:
        self.units = self.contexts("write", (self.memory, self.sqlite))

    @precondition(lambda self: 0 < len(self.stack) < 4)
    @rule()
    def savepoint(self) -> None:
        self.contexts("savepoint", self.units)  # type: ignore[arg-type]

    @precondition(lambda self: self.stack)
    @rule(error=st.booleans())
    def end(self, *, error: bool) -> None:
        self.leave(error=error)
        if not self.stack:
            self.units = None

    @precondition(lambda self: self.stack)
    @rule(view=names, key=keys, value=values, due=st.none() | instants)
    def put(self, view: str, key: bytes, value: Any, due: int | None) -> None:
        self.both("put", view, key, value, due)

    @precondition(lambda self: self.stack)
    @rule(view=names, key=keys)
    def delete(self, view: str, key: bytes) -> None:
        self.both("delete", view, key)

    @precondition(lambda self: self.stack)
    @rule(leaf=st.binary(max_size=3), blind=st.binary(max_size=3), content=st.binary(max_size=3))
    def append(self, leaf: bytes, blind: bytes, content: bytes) -> None:
        self.both("append", leaf, blind, content)

    @precondition(lambda self: self.stack)
    @rule(index=st.integers(-1, 6))
    def destroy(self, index: int) -> None:
        self.both("destroy", index)
        self.both("content", index)

    @precondition(lambda self: self.stack)
    @rule(name=names, value=values)
    def set_setting(self, name: str, value: Any) -> None:
        self.both("set_setting", name, value)

    @precondition(lambda self: self.stack)
    @rule()
    def clear_views(self) -> None:
        self.both("clear_views")

    @precondition(lambda self: self.stack)
    @rule(
        view=names,
        prefix=st.just(b"") | keys,
        after=st.none() | keys,
        limit=st.none() | st.integers(0, 4),
        reverse=st.booleans(),
    )
    def scan(self, view: str, prefix: bytes, after: bytes | None, limit: int | None, *, reverse: bool) -> None:
        self.both("scan", view, prefix, after=after, limit=limit, reverse=reverse)

    @precondition(lambda self: self.stack)
    @rule(view=names, until=instants, limit=st.integers(0, 4))
    def due(self, view: str, until: int, limit: int) -> None:
        self.both("due", view, until, limit)

    @precondition(lambda self: not self.stack)
    @rule()
    def reopen(self) -> None:
        self.sqlite.close()
        self.sqlite = make(self.kind, self.folder)

    @invariant()
    def everything_is_the_same(self) -> None:
        if not hasattr(self, "memory"):
            return
        if self.stack:
            self.look_at_all()
            return
        with self.memory.read() as one, self.sqlite.read() as other:
            self.units = (one, other)
            self.look_at_all()
        self.units = None

    def look_at_all(self) -> None:
        self.both("dump_views")
        self.both("frontier")
        for name in ("a", "b"):
            self.both("next_due", name)
            self.both("setting", name)
        size = (self.units or ())[0].frontier().size
        self.both("leaf_hashes", 0, size)
        for index in range(size + 1):
            self.both("leaf", index)
            self.both("content", index)

    def teardown(self) -> None:
        if not hasattr(self, "memory"):
            return
        while self.stack:
            self.leave(error=False)
        self.sqlite.close()
        shutil.rmtree(self.folder)


TestStoresAgree = StoresAgree.TestCase
TestStoresAgree.settings = settings(max_examples=40, stateful_step_count=30)
