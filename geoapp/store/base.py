"""What every store can do. The atlas knows this protocol and nothing of files or databases."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

import shapely

from geoapp.model.dataset import Dataset
from geoapp.model.region import Adcode, Level

Detail = Literal["full", "lo"]
"""``full``: every vertex of the source; ``lo``: one simplified copy whose edges still meet."""


class Store(Protocol):
    """Checked records and geometry of one build. Nothing in it changes while it is open."""

    def dataset(self) -> Dataset:
        """Return every record of the build."""
        ...

    def geometry(self, level: Level, detail: Detail) -> Mapping[Adcode, shapely.Geometry]:
        """Return the polygons of a level in degrees (EPSG:4326), by code."""
        ...

    def topology(self, level: Level, detail: Detail, adcodes: Sequence[Adcode]) -> bytes:
        """Return the polygons as a TopoJSON document with one object, ``regions``, for the screen."""
        ...

    def lines(self) -> bytes:
        """Return the lines a map of the country must carry, as a GeoJSON FeatureCollection."""
        ...

    def encoded(self, name: str) -> Path:
        """Return where the build keeps a file it prepared for serving (encoded features, tiles)."""
        ...
