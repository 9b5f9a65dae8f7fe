"""Addresses on their way out: whatever leaves begins where the atlas stands for this reader."""

from typing import Any

from flask import request

from geoapp.model.address import Address


def root() -> str:
    """Return the path under which the reader reaches the atlas: ``/atlas``, or nothing at the root of a host."""
    return request.root_path.rstrip("/")


def at(path: str) -> str:
    """Return a path of the atlas as this reader has to ask for it."""
    return root() + path


def absolute(path: str) -> str:
    """Return a path of the atlas as an address that can be copied into another program."""
    return request.url_root.rstrip("/") + path


def outward(value: Any) -> Any:
    """Return a value for JSON in which every :class:`Address` begins at the reader's root; texts stay as they are."""
    prefix = root()
    return _moved(value, prefix) if prefix else value


def _moved(value: Any, prefix: str) -> Any:
    if isinstance(value, Address):
        return prefix + value
    if isinstance(value, dict):
        return {key: _moved(each, prefix) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_moved(each, prefix) for each in value]
    return value
