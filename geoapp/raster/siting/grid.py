"""An equal-area grid over some regions: where cells are, and whose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.errors import InvalidData
from geoapp.model.localized_issue import LocalizedIssue
from geoapp.model.phrase import Phrase
from geoapp.model.region import Adcode

MOST_CELLS = 25_000_000
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Square cells on a Lambert azimuthal equal-area plane around the regions' middle.

    Areas are exact; distances within a prefecture are true to 0.1 %.

    Attributes:
        transform: of rasterio: cell to metres.
        owner: rows × columns; 0 outside, else 1 + the number of the area in ``codes``. A cell
            belongs to the area its centre lies in.
    """

    crs: str
    transform: Any
    resolution: float
    owner: npt.NDArray[np.int32]
    codes: tuple[Adcode, ...]

    @property
    def cell_km2(self) -> float:
        """Area of a cell."""
        return self.resolution**2 / 1e6

    @property
    def inside(self) -> Mask:
        """Cells of any area."""
        return self.owner > 0

    def centres(self) -> npt.NDArray[np.float64]:
        """Return x and y (metres) of the centres of the cells inside, row by row: n × 2."""
        rows, columns = np.nonzero(self.inside)
        turn = self.transform
        return np.column_stack([turn.c + (columns + 0.5) * turn.a, turn.f + (rows + 0.5) * turn.e])

    def project(self, lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return points in degrees as metres on the grid: n × 2."""
        return _project(lonlat, "EPSG:4326", self.crs)

    def unproject(self, shape: shapely.Geometry) -> shapely.Geometry:
        """Return a shape on the grid in degrees."""
        return shapely.transform(shape, lambda xy: _project(xy, self.crs, "EPSG:4326"))


def _project(xy: npt.NDArray[np.float64], source: str, target: str) -> npt.NDArray[np.float64]:
    from pyproj import Transformer

    moved = Transformer.from_crs(source, target, always_xy=True).transform(xy[:, 0], xy[:, 1])
    return np.column_stack(moved)


def make_grid(areas: Mapping[Adcode, shapely.Geometry], resolution: float, most_cells: int = MOST_CELLS) -> Grid:
    """Return a grid that covers the areas (degrees), each cell with its owner.

    Raises:
        InvalidData: the grid would have more than ``most_cells`` cells.
    """
    from rasterio.features import rasterize
    from rasterio.transform import from_origin

    codes = tuple(sorted(areas))
    west, south, east, north = shapely.total_bounds([areas[code] for code in codes])
    crs = f"+proj=laea +lat_0={(south + north) / 2:.3f} +lon_0={(west + east) / 2:.3f} +datum=WGS84 +units=m"
    shapes = [shapely.transform(areas[code], lambda xy: _project(xy, "EPSG:4326", crs)) for code in codes]
    left, bottom, right, top = shapely.total_bounds(shapes)
    left, top = np.floor(left / resolution) * resolution, np.ceil(top / resolution) * resolution
    size = (int(np.ceil((top - bottom) / resolution)), int(np.ceil((right - left) / resolution)))
    _refuse_huge(size, resolution, most_cells)
    transform = from_origin(left, top, resolution, resolution)
    owner = rasterize(
        [(shape, number) for number, shape in enumerate(shapes, start=1)],
        out_shape=size, transform=transform, fill=0, dtype="int32",
    )  # fmt: skip
    return Grid(crs=crs, transform=transform, resolution=resolution, owner=owner, codes=codes)


def _refuse_huge(size: Sequence[int], resolution: float, most_cells: int) -> None:
    cells = size[0] * size[1]
    if cells > most_cells:
        coarser = int(np.ceil(resolution * (cells / most_cells) ** 0.5 / 50) * 50)
        hint = f"use {coarser} m or more, or fewer regions"
        problem = f"{resolution:g} m gives {cells:,} cells; at most {most_cells:,}"
        wording = Phrase(
            "{step}米的格网有{cells}格，上限是{most}格；请用{coarser}米以上的格网，或少选地区",
            {"step": f"{resolution:g}", "cells": f"{cells:,}", "most": f"{most_cells:,}", "coarser": coarser},
        )
        raise InvalidData("screen", [LocalizedIssue("resolution_m", problem, hint, wording)])
