"""What every command shares: how it speaks, and how our errors end it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from geoapp.errors import GeoappError

console = Console(stderr=True, highlight=False)


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn our errors into a message and exit code 1; anything else is a bug and shows itself."""
    try:
        yield
    except (GeoappError, FileNotFoundError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        sys.exit(1)


def progress() -> Callable[[str], None]:
    """Return what prints a line of progress."""
    return lambda text: console.print(f"· {text}", style="dim", markup=False)


def save(path: Path, data: bytes) -> None:
    """Write a file so that an interrupted command never leaves what looks finished."""
    part = path.with_name(path.name + ".part")
    part.write_bytes(data)
    part.rename(path)
