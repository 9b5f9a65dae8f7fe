"""A table as a file of its upload, and back."""

from typing import Any

import orjson

from geoapp.owndata.table import Column, Fault, Row, Table


def to_bytes(table: Table) -> bytes:
    """Return a table as JSON."""
    return orjson.dumps(table)


def from_bytes(data: bytes) -> Table:
    """Return the table that was kept."""
    raw: dict[str, Any] = orjson.loads(data)
    return Table(
        **{
            **raw,
            "sheets": tuple(raw["sheets"]),
            "header": tuple(raw["header"]),
            "titles": tuple(raw["titles"]),
            "notes": tuple(raw["notes"]),
            "columns": tuple(Column(**each) for each in raw["columns"]),
            "rows": tuple(Row(**{**each, "candidates": tuple(each["candidates"])}) for each in raw["rows"]),
            "cells": tuple(tuple(row) for row in raw["cells"]),
            "numbers": {name: tuple(values) for name, values in raw["numbers"].items()},
            "faults": tuple(Fault(**each) for each in raw["faults"]),
        }
    )
