"""The divisions without their polygons in one small file beside the boundaries: read in milliseconds."""

from collections.abc import Iterable
from pathlib import Path

import orjson
from pydantic import TypeAdapter, ValidationError

from geoapp.model.region import Region

FILE = "regions.json"


def write_regions(shapes: Path, regions: Iterable[Region], edition: str) -> None:
    """Keep the divisions of an edition; a folder that cannot be written to keeps none."""
    part = shapes / f"{FILE}.part"
    try:
        part.write_bytes(orjson.dumps({"edition": edition, "regions": list(regions)}))
        part.replace(shapes / FILE)
    except OSError:
        part.unlink(missing_ok=True)


def kept_regions(shapes: Path) -> list[Region] | None:
    """Return the divisions as they were kept, or None where none fit the built boundaries."""
    try:
        edition = orjson.loads((shapes / "edition.json").read_bytes())["id"]
        kept = orjson.loads((shapes / FILE).read_bytes())
        return TypeAdapter(list[Region]).validate_python(kept["regions"]) if kept["edition"] == edition else None
    except (OSError, ValueError, KeyError, TypeError, ValidationError):
        return None
