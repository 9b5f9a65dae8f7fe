"""A reader of files in a process of its own: what a file does to it ends that process, not the server."""

import subprocess
import sys
from types import ModuleType
from typing import Any

import orjson

PATIENCE = 40
"""Seconds of waiting for a reading process; its own limit of computing time is half of it."""


def ask_process(module: ModuleType, *arguments: str) -> dict[str, Any]:
    """Return what a module of ours prints as JSON when it is run with these arguments.

    Raises:
        subprocess.SubprocessError: the process ended with a fault, by its limits or by ours.
        orjson.JSONDecodeError: it said nothing that can be read.
    """
    command = [sys.executable, "-m", module.__name__, *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=PATIENCE, check=True)  # noqa: S603 - our own module
    found: dict[str, Any] = orjson.loads(done.stdout)
    return found
