"""The command line's front door: parse, call the command's module, turn errors into code, sentence and next step.

Exit statuses: 0 done; 1 evidence does not hold; 2 our own side must change something; 3 the other side sent something
that its rules forbid; 4 try again; 70 a fault of this program; 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

from armslength.entrypoints.cli.parser import parse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

FAULT: Final = 70
"""EX_SOFTWARE of sysexits.h."""
INTERRUPTED: Final = 130
"""128 and the number of SIGINT, as shells have it."""

DEBUG_VARIABLE: Final = "ARMSLENGTH_DEBUG"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return its exit status."""
    args = parse(argv)
    try:
        return _call(args)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe went away (`| head`): nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:  # noqa: BLE001 - the last stop before a person: never a traceback
        return _told(error)


def _call(args: Namespace) -> int:
    module, _, name = args.call.partition(":")
    command: Callable[[Namespace], int] = getattr(import_module(f"armslength.entrypoints.cli.{module}"), name)
    return command(args)


def _told(error: Exception) -> int:
    from armslength.core.errors import ArmslengthError, shown

    if os.environ.get(DEBUG_VARIABLE) == "1":
        raise error
    if isinstance(error, ArmslengthError):
        print(f"{error.code}: {error.sentence}\nNext: {error.next_step}", file=sys.stderr)
        return error.exit_status
    print(
        f"UNEXPECTED: {type(error).__name__}: {shown(error)}\n"
        f"Next: nothing more was done. Report a fault of this program; {DEBUG_VARIABLE}=1 shows where.",
        file=sys.stderr,
    )
    return FAULT


if __name__ == "__main__":
    sys.exit(main())
