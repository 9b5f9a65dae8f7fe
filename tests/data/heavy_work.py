"""Work that drawing processes are given in tests: it dies, waits, eats memory, says who does it."""

import os
import time
from pathlib import Path
from typing import Any

import numpy as np

from geoapp.errors import InvalidView, Issue

held: list[Any] = []


def who(_: object) -> int:
    """Return the process that works."""
    return os.getpid()


def die(_: object) -> None:
    """End as a fault in a library does."""
    os._exit(11)


def eat(_: object, megabytes: int) -> int:
    """Take memory for as long as the work takes."""
    return int(np.ones(megabytes * 2**20, dtype=np.uint8)[-1])


def hold(_: object, megabytes: int) -> int:
    """Take memory and never give it back."""
    held.append(np.ones(megabytes * 2**20, dtype=np.uint8))
    return os.getpid()


def go_on(_: object) -> None:
    """Never come to an end."""
    while True:
        time.sleep(1)


def refuse(_: object) -> None:
    """Refuse as a sheet that is too small does."""
    raise InvalidView([Issue("width", "is too small", "take 400 or more")])


def fail(_: object) -> None:
    """Fail by a mistake in the code."""
    raise ZeroDivisionError("a mistake")


def leave_mark(_: object, folder: Path, name: str) -> str:
    """Say that it begins, and wait until it may end."""
    with (folder / "order").open("a") as file:
        file.write(name)
    while not (folder / "go").exists():
        time.sleep(0.01)
    return name
