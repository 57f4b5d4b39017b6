"""One row of the API: method, path, name, what does it, and the shape of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the API: method, path, name (see `access.ACCESS`), what does it, and the shape of its answer."""

    method: str
    path: str
    name: str
    does: Callable[..., Awaitable[Response]]
    answer: Any
