"""The two built-in layers, computed from the data that ship with pvlib.

Elevation: 5′ mean heights in steps of 28 m (Mapzen/Joerd mosaic): context, useless for slopes.
Clear-sky irradiation: Ineichen/Perez with monthly Linke turbidity. Clouds are missing, so it is
a theoretical upper bound and ranks regions wrongly (Chongqing above Inner Mongolia): never "the resource".
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from geoapp.raster.publish.encode import Encoding, finish_cog
from geoapp.raster.publish.files import RasterFile
from geoapp.raster.writing import writing

Values = npt.NDArray[Any]
CELL = 1 / 12
"""Degrees: the grid of both files, which starts at 180° W, 90° N."""
WEST, EAST, SOUTH, NORTH = 73, 136, 3, 54
FORMULA = "2"
"""Raise it when the numbers change: the cached layers are then computed again."""
NODATA_HEIGHT = 255
SOLAR_CONSTANT = 1364.0
DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
MIDDLES = (17, 47, 75, 105, 135, 162, 198, 228, 258, 288, 318, 344)
"""Days of the year whose sun stands for their month (Klein 1977)."""
NODES = 7
"""Points of the Gauss-Legendre rule over the half day: within 0.05 % of pvlib's own 10-minute sums."""


def data_path(name: str) -> Path:
    """Return the path of a data file of pvlib, without importing pvlib (it costs a second)."""
    found = find_spec("pvlib")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "data" / name


def rows_columns() -> tuple[slice, slice]:
    """Return the rows and columns of the pvlib grid that cover China."""
    return slice(round((90 - NORTH) / CELL), round((90 - SOUTH) / CELL)), slice(
        round((WEST + 180) / CELL), round((EAST + 180) / CELL)
    )


def latitudes() -> Values:
    """Return the latitudes of the rows' middles, degrees, north first."""
    count = round((NORTH - SOUTH) / CELL)
    return NORTH - (np.arange(count) + 0.5) * CELL


def elevation() -> tuple[Values, Values]:
    """Return heights (m, int16, rows × columns) and where there is land."""
    import h5py  # only the build reads these files

    rows, columns = rows_columns()
    with h5py.File(data_path("Altitude.h5")) as file:
        raw = file["Altitude"][rows, columns]
    return raw.astype(np.int16) * 28 - 450, raw != NODATA_HEIGHT


def turbidity() -> Values:
    """Return monthly Linke turbidity, 12 × rows × columns, float32."""
    import h5py  # only the build reads these files

    rows, columns = rows_columns()
    with h5py.File(data_path("LinkeTurbidities.h5")) as file:
        raw = file["LinkeTurbidity"][rows, columns, :]
    return np.ascontiguousarray(np.moveaxis(raw, 2, 0)).astype(np.float32) / 20


def clear_sky() -> tuple[Values, Values]:
    """Return clear-sky global horizontal irradiation (kWh/m² a year) and where it holds.

    One representative day a month, seven nodes over the half day, symmetric about noon.
    Cells at sea are left out, but for two rows and columns along the coast, so that every
    coastal county is covered; height 0 is taken there.
    """
    from scipy.ndimage import binary_dilation  # loaded at build only

    height, land = elevation()
    valid = binary_dilation(land, np.ones((3, 3), dtype=bool), iterations=2)
    rows, columns = np.nonzero(valid)
    meters = np.where(land, height, 0).astype(np.float32)[rows, columns]
    total = np.zeros(len(rows), dtype=np.float64)
    for month, linke in enumerate(turbidity()):
        total += DAYS[month] * clear_sky_day(MIDDLES[month], latitudes()[rows], meters, linke[rows, columns])
    found = np.zeros(valid.shape, dtype=np.float32)
    found[rows, columns] = total / 1000
    return found, valid


def clear_sky_day(day: int, lat: Values, height: Values, linke: Values) -> Values:
    """Return Wh/m² on one clear day, one number per cell (Ineichen & Perez 2002, GHI only).

    Args:
        day: day of the year, 1 to 365.
        lat: latitudes, degrees.
        height: metres above the sea.
        linke: Linke turbidity.
    """
    angle = 2 * np.pi * (day - 1) / 365
    declination = _declination(angle)
    extra = SOLAR_CONSTANT * (1.00011 + 0.034221 * np.cos(angle) + 0.00128 * np.sin(angle))
    phi = np.radians(lat)
    sunset = np.arccos(np.clip(-np.tan(phi) * np.tan(declination), -1, 1))
    high = (np.sin(phi) * np.sin(declination)).astype(np.float32)
    wide = (np.cos(phi) * np.cos(declination)).astype(np.float32)
    pressure = ((44331.514 - height) / 11880.516) ** (1 / 0.1902632) / 1013.25
    fh1, fh2 = np.exp(-height / 8000), np.exp(-height / 1250)
    depth = (3.92e-5 * height + 0.0387) * pressure * (fh1 + fh2 * (linke - 1))
    total = np.zeros(len(lat), dtype=np.float32)
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    for node, weight in zip(nodes, weights, strict=True):
        cosine = high + wide * np.cos((sunset * (node + 1) / 2).astype(np.float32))
        total += np.float32(weight) * cosine * np.exp(-depth * _air_mass(cosine))
    hours = sunset * 12 / np.pi  # half a day; the Gauss-Legendre weights sum to 2
    day_total: Values = extra * (5.09e-5 * height + 0.868) * total * hours
    return day_total


def _declination(angle: float) -> float:
    """Spencer 1971, radians."""
    return float(
        0.006918 - 0.399912 * np.cos(angle) + 0.070257 * np.sin(angle) - 0.006758 * np.cos(2 * angle)
        + 0.000907 * np.sin(2 * angle) - 0.002697 * np.cos(3 * angle) + 0.00148 * np.sin(3 * angle)
    )  # fmt: skip


def _air_mass(cosine: Values) -> Values:
    """Kasten & Young 1989, of the true zenith."""
    zenith = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    mass: Values = 1 / (np.maximum(cosine, 0) + 0.50572 * (96.07995 - zenith) ** -1.6364)
    return mass


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a built-in layer is made and stored."""

    inputs: tuple[str, ...]
    compute: Callable[[], tuple[Values, Values]]
    encoding: Encoding
    breaks: tuple[float, ...]
    ramp: str


RECIPES = {
    "elevation": Recipe(
        inputs=("Altitude.h5",),
        compute=elevation,
        encoding=Encoding(dtype="int16", nodata=-32768),
        breaks=(200, 500, 1000, 1500, 2500, 4000),
        ramp="terrain",
    ),
    "clear_sky": Recipe(
        inputs=("Altitude.h5", "LinkeTurbidities.h5"),
        compute=clear_sky,
        encoding=Encoding(dtype="int16", nodata=-32768),
        breaks=(1800, 2000, 2200, 2400, 2700, 3000),
        ramp="sun",
    ),
}


def fingerprint(entry: RasterFile) -> str:
    """Return the hash of everything that decides the cells of a built-in layer."""
    recipe = RECIPES[entry.recipe]
    digest = hashlib.sha256(f"{entry.recipe} {FORMULA} {recipe.encoding}".encode())
    for name in recipe.inputs:
        digest.update(data_path(name).read_bytes())
    return digest.hexdigest()


def write_builtin(entry: RasterFile, target: Path) -> None:
    """Compute a built-in layer and write it as a COG."""
    import rasterio
    from rasterio.transform import from_origin

    recipe = RECIPES[entry.recipe]
    values, valid = recipe.compute()
    body = np.where(valid, np.rint(values), recipe.encoding.nodata).astype(recipe.encoding.dtype)
    plain = target.with_suffix(".plain.tif")
    with writing(target):
        with rasterio.open(
            plain, "w", driver="GTiff", height=body.shape[0], width=body.shape[1], count=1, dtype=recipe.encoding.dtype,
            nodata=recipe.encoding.nodata, crs="EPSG:4326", transform=from_origin(WEST, NORTH, CELL, CELL),
            tiled=True, blockxsize=512, blockysize=512, compress="zstd", zstd_level=1,
        ) as copy:  # fmt: skip
            copy.write(body, 1)
        finish_cog(plain, target, recipe.encoding, lambda _: None)
