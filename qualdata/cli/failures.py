"""What goes wrong, told in one sentence and an exit code; never a traceback for a bad file."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final, NoReturn

import click

from qualdata.errors import QualdataError
from qualdata.shown import clean

__all__ = ["COULD_NOT_RUN", "REFUSED", "told"]

REFUSED: Final = 1
"""The exit code when what was asked for was not done, as was asked."""
COULD_NOT_RUN: Final = 3
"""The exit code when a file could not be read or written (2 is a wrong use of the command)."""
_STOPPED: Final = 130
_PIPE: Final = 141


@contextmanager
def told() -> Iterator[None]:
    """Turn what a file, the disk or the user did into a sentence on stderr and an exit code."""
    try:
        _be_lenient()
        yield
        sys.stdout.flush()
    except click.ClickException as error:
        vars(error)["message"] = clean(error.message)  # it may repeat a file's name
        raise
    except QualdataError as error:
        _fail(str(error))
    except KeyboardInterrupt:
        _fail("stopped. Files that were being written are as they were before.", _STOPPED)
    except MemoryError:
        _fail("the memory of this computer is not enough for this file. Close other programs, or use a computer that has more.")
    except RecursionError:
        _fail("things stand too deep in each other in this file; it is not read.")
    except OSError as error:
        _stop_writing() if _broken_pipe(error) else _fail(_of_system(error))


def _fail(sentence: str, code: int = COULD_NOT_RUN) -> NoReturn:
    with suppress(OSError):
        click.echo(f"Error: {clean(sentence)}", err=True)
    sys.exit(code)


def _be_lenient() -> None:
    """Characters that the terminal cannot show become question marks."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _of_system(error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"{os.fsdecode(error.filename)}: {reason}." if isinstance(error.filename, str | bytes) else f"{reason}."


def _broken_pipe(error: OSError) -> bool:
    """Whether the reader of our output, such as `head`, has had enough; Windows says it with EINVAL."""
    return isinstance(error, BrokenPipeError) or (error.errno == errno.EINVAL and error.filename is None and os.name == "nt")


def _stop_writing() -> NoReturn:
    """Leave quietly: what Python still holds for stdout goes nowhere."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(_PIPE)
