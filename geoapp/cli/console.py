"""What every command shares: how it speaks, and how our errors end it."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn, TypeVar

import click
from rich.console import Console

from geoapp.cli.storage import FULL, storage_problem
from geoapp.errors import GeoappError

Format = TypeVar("Format", bound=str)
console = Console(stderr=True, highlight=False)


@contextmanager
def readable_errors() -> Iterator[None]:
    """Turn our errors into a message and exit code 1; anything else is a bug and shows itself."""
    try:
        yield
    except (GeoappError, FileNotFoundError) as error:
        _end(str(error))
    except Exception as error:  # GDAL, SQLite and zlib raise their own kinds when a disk is full
        problem = storage_problem(error)
        if problem is None:
            raise
        _end(problem)


def _end(sentence: str) -> NoReturn:
    console.print(sentence, style="red", markup=False, soft_wrap=True)
    sys.exit(1)


def progress() -> Callable[[str], None]:
    """Return what prints a line of progress."""
    return lambda text: console.print(f"· {text}", style="dim", markup=False)


def format_of(name: str, known: Iterable[Format]) -> Format:
    """Return the format that a file name asks for by its suffix.

    Raises:
        click.BadParameter: it asks for none of the known ones.
    """
    formats = list(known)
    for each in formats:
        if name.lower().endswith(f".{each}"):
            return each
    suffixes = ", ".join(f".{each}" for each in formats)
    raise click.BadParameter(f"{name} has none of the suffixes {suffixes}", param_hint="'-o'")


def save(path: Path, data: bytes) -> None:
    """Write a file so that an interrupted command never leaves what looks finished.

    Raises:
        GeoappError: the file cannot be written there.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.write_bytes(data)
        part.rename(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise GeoappError(_unwritable(path, error)) from None


def _unwritable(path: Path, error: OSError) -> str:
    """Say why a file cannot be written, in its own name: the reader never asked for the part."""
    if not path.parent.exists():
        return f"{path} cannot be written: there is no folder {path.parent}; make it, or name another file with -o"
    if error.errno in FULL:
        return f"{path} cannot be written: the disk is full; free some space, or name a file on another disk with -o"
    return f"{path} cannot be written: {error.strerror}; name a file in a folder that you may write to with -o"
