"""What the atlas knows of a raster, apart from its cells. Standard library only."""

import re
from dataclasses import dataclass
from typing import Literal

from geoapp.model.plan import Text
from geoapp.model.view import BBox

RasterKind = Literal["values", "classes"]
Meaning = Literal["measured", "context", "theoretical_bound"]
"""``context``: too coarse for any decision; ``theoretical_bound``: no place ever reaches it."""


TWO_LANGUAGES = re.compile(r"(?P<zh>.*[㐀-鿿].*) / (?P<en>[^㐀-鿿]+)")


def in_language(text: str, lang: str) -> str:
    """Return one half of a free text written as ``中文 / English``; any other text as it stands."""
    halves = TWO_LANGUAGES.fullmatch(text)
    return halves[lang] if halves else text


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendClass:
    """One line of the legend: cells with ``low`` ≤ value < ``high`` have ``colour`` (``#rrggbb``).

    The first class also takes what lies below it and the last what lies above. For rasters
    of classes ``low`` and ``high`` are the class number itself.
    """

    low: float
    high: float
    colour: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class RasterRecord:
    """One published raster.

    Attributes:
        unit: unit of the cell values, such as ``m`` or ``kWh/(m²·a)``; empty for classes.
        date: what time the values stand for, as the source words it.
        source: name of the file it was made from.
        source_sha256: hash of that file; for built-in rasters of their inputs.
        version: first 12 digits of the hash of the cloud-optimised copy that is served.
        file: name of that copy in ``build/rasters``.
        crs: coordinate reference system of the copy, as ``EPSG:4326`` or WKT.
        cell_m: edge of a cell in metres (the longer one), at the middle of the raster.
        bbox: west, south, east, north in degrees.
        size: columns and rows.
    """

    id: str
    title: Text
    unit: str
    kind: RasterKind
    meaning: Meaning
    note: Text
    date: str
    licence: str
    attribution: Text
    source: str
    source_sha256: str
    version: str
    file: str
    crs: str
    cell_m: float
    bbox: BBox
    size: tuple[int, int]
    minimum: float
    maximum: float
    legend: tuple[LegendClass, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionValues:
    """A raster inside one region. ``None`` means that no cell there has data, never zero.

    Attributes:
        mean: mean over the covered area, in the raster's unit.
        median: of the covered cells, each weighted by its covered part.
        majority: for rasters of classes the class that covers most; else None.
        share: part of the region's area that has data, 0 to 1.
        cells: number of cells with data, parts of cells counted as parts.
    """

    mean: float | None
    minimum: float | None
    maximum: float | None
    median: float | None
    majority: int | None
    share: float
    cells: float
