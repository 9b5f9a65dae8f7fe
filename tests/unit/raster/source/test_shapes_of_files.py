"""Rasters people really bring: every way to say "no data", grids that lie otherwise, files of several layers."""

from pathlib import Path

import h5py
import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine, from_origin

from geoapp.errors import NeedsAnswer, RasterError
from geoapp.raster.publish.files import RasterFile
from geoapp.raster.publish.ingest import Described, add_raster
from geoapp.raster.source.raster_file import Answers
from tests.data.raster_builders import ramp, write_raster

SAID: list[str] = []


def add(path: Path, answers: Answers | None = None, *, title: str = "测试", unit: str | None = "m") -> RasterFile:
    described = Described(id="mine", title=title, unit=unit, replace=True)
    folder = path.parent / "made"
    return add_raster(path, described, answers or Answers(), layers=folder, folder=folder, progress=SAID.append)


def cells_of(path: Path, entry: RasterFile) -> tuple[np.ndarray, np.ndarray, Affine]:
    """Return the published values, where there are any, and the grid."""
    with rasterio.open(path.parent / "made" / entry.file) as made:
        return made.read(1) * made.scales[0] + made.offsets[0], made.read_masks(1) > 0, made.transform


def asked(path: Path, answers: Answers | None = None, **described: str) -> str:
    with pytest.raises(NeedsAnswer) as caught:
        add(path, answers, **described)
    return str(caught.value)


@pytest.mark.parametrize(
    ("dtype", "marker"),
    [
        ("uint8", 255), ("uint16", 65535), ("int16", 32767), ("int16", -32768), ("int32", -2147483648),
        ("int32", 2147483647), ("uint32", 4294967295), ("int16", -9999), ("int16", -1), ("int32", 99999),
        ("float32", -1e10), ("float32", -3333.25), ("float32", 1e20), ("float64", -99999.9), ("float32", 65535),
    ],
)  # fmt: skip
@pytest.mark.parametrize("share", [0.375, 0.02])
def test_one_value_in_many_cells_apart_from_the_rest_is_asked_about(
    tmp_path: Path, dtype: str, marker: float, share: float
) -> None:
    cells = ramp(80, 80, 20, 60).astype(dtype)
    cells.reshape(-1)[: int(share * cells.size)] = marker
    path = write_raster(tmp_path / "x.tif", cells)
    question = asked(path)
    assert question.count("--nodata") == 1
    answer = float(question.split("(")[-1].split(" to take")[0])
    _, valid, _ = cells_of(path, add(path, Answers(nodata=(answer,))))
    assert (~valid).sum() == int(share * cells.size)


@pytest.mark.parametrize("marker", [-9999.0, -32768.0])
def test_a_single_marker_is_asked_about(tmp_path: Path, marker: float) -> None:
    cells = ramp(80, 80, 0, 9000)
    cells[3, 3] = marker
    assert f"1 cells (0.0%) hold {marker:g}" in asked(write_raster(tmp_path / "x.tif", cells))


def test_the_marker_is_seen_before_scale_and_offset(tmp_path: Path) -> None:
    cells = ramp(80, 80, 2000, 6000).astype(np.uint16)
    cells[:30] = 65535
    path = write_raster(tmp_path / "x.tif", cells)
    with rasterio.open(path, "r+") as file:
        file.scales, file.offsets = (0.1,), (-273.15,)
    assert "hold 65535 before the scale that it declares" in asked(path)
    values, valid, _ = cells_of(path, add(path, Answers(nodata=(65535,))))
    assert values[valid].max() == pytest.approx(6000 * 0.1 - 273.15, abs=0.1)


def test_a_second_marker_is_asked_about_after_the_first_until_told_otherwise(tmp_path: Path) -> None:
    cells = ramp(80, 80, 0, 3000).astype(np.int16)
    cells[:10], cells[10:20] = -32768, -9999
    path = write_raster(tmp_path / "x.tif", cells)
    assert "-32768" in asked(path)
    assert "-9999" in asked(path, Answers(nodata=(-32768.0,)))
    add(path, Answers(nodata=(-32768.0,), no_other=True))
    _, valid, _ = cells_of(path, add(path, Answers(nodata=(-32768.0, -9999.0))))
    assert (~valid).sum() == 20 * 80


@pytest.mark.parametrize(
    "cells",
    [
        ramp(80, 80, 0, 9000),
        np.arange(6400, dtype=np.uint16).reshape(80, 80) * 10,
        np.random.default_rng(1).lognormal(3, 2, (80, 80)).astype(np.float32),
        np.random.default_rng(2).integers(0, 255, (80, 80)).astype(np.uint8),
        np.maximum(ramp(80, 80, -500, 3000), 0),
    ],
    ids=["heights", "a full range", "a long tail", "bytes", "a floor of zeros"],
)
def test_values_among_their_like_are_not_asked_about(tmp_path: Path, cells: np.ndarray) -> None:
    add(write_raster(tmp_path / "x.tif", cells))


@pytest.mark.parametrize("way", ["nodata", "nan", "inside", "beside", "alpha"])
def test_every_mask_a_file_can_carry_is_kept(tmp_path: Path, way: str) -> None:
    cells, missing = ramp(80, 100, 20, 60), np.zeros((80, 100), dtype=bool)
    missing[5:25, 7:30] = True
    cells[missing] = {"nodata": 7, "nan": np.nan}.get(way, 1000)
    path = tmp_path / "x.tif"
    mask = np.where(missing, 0, 255).astype(np.uint8)
    if way == "alpha":
        both = np.stack([cells, mask.astype(np.float32)])
        write_raster(path, both, photometric="MINISBLACK", alpha="YES")
    else:
        write_raster(path, cells, nodata=7 if way == "nodata" else None)
    if way in ("inside", "beside"):
        with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=way == "inside"), rasterio.open(path, "r+") as file:
            file.write_mask(mask)
    assert (tmp_path / "x.tif.msk").is_file() == (way == "beside")
    values, valid, _ = cells_of(path, add(path))
    np.testing.assert_array_equal(valid, ~missing)
    np.testing.assert_allclose(values[valid], cells[~missing], atol=0.01)


@pytest.mark.parametrize("masked", [False, True])
def test_a_grid_with_the_south_on_top_is_turned(tmp_path: Path, masked: bool) -> None:
    cells = ramp(600, 100, 20, 60)
    path = write_raster(tmp_path / "up.tif", cells, transform=Affine(0.01, 0, 106, 0, 0.01, 35))
    if masked:
        with rasterio.open(path, "r+") as file:
            file.write_mask(np.where(cells < 25, 0, 255).astype(np.uint8))
    values, valid, grid = cells_of(path, add(path))
    np.testing.assert_allclose(values[valid], cells[::-1][valid], atol=0.01)
    assert (grid.a, grid.e, grid.c, grid.f) == pytest.approx((0.01, -0.01, 106, 41))
    assert (~valid).sum() == (np.count_nonzero(cells < 25) if masked else 0)


@pytest.mark.parametrize("west", [0.0, -0.5])
def test_longitudes_from_0_to_360_are_kept_up_to_180(tmp_path: Path, west: float) -> None:
    cells = ramp(180, 360, 20, 60)
    path = write_raster(tmp_path / "globe.tif", cells, transform=from_origin(west, 90, 1, 1))
    values, _, grid = cells_of(path, add(path))
    assert (grid.c, grid.a, values.shape) == (west, 1, (180, 180))
    np.testing.assert_allclose(values, cells[:, :180], atol=0.01)


def test_longitudes_a_whole_turn_on_are_brought_back(tmp_path: Path) -> None:
    path = write_raster(tmp_path / "on.tif", ramp(), transform=from_origin(106 + 360, 41, 0.05, 0.05))
    values, _, grid = cells_of(path, add(path))
    assert (grid.c, grid.f) == pytest.approx((106, 41))
    np.testing.assert_allclose(values, ramp(), atol=0.001)


def test_a_file_of_several_layers_always_asks_which(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    pages = [ramp(80, 100, 1, 2), ramp(80, 100, 5, 6)]
    for number, cells in enumerate(pages):
        with rasterio.open(
            path, "w", driver="GTiff", width=100, height=80, count=1, dtype="float32", crs="EPSG:4326",
            transform=from_origin(106, 41, 0.05, 0.05), **({"append_subdataset": True} if number else {}),
        ) as file:  # fmt: skip
            file.write(cells, 1)
    assert "--layer: the file has 2 layers: which one?" in asked(path)
    values, _, _ = cells_of(path, add(path, Answers(layer=2)))
    np.testing.assert_allclose(values, pages[1], atol=0.001)
    with pytest.raises(RasterError, match=r"pages\.tif: has no layer 3; it has 2"):
        add(path, Answers(layer=3))


def test_a_netcdf_of_several_variables_asks_which_and_names_them(tmp_path: Path) -> None:
    path, cells = tmp_path / "climate.nc", {"t2m": ramp(80, 100, 270, 300), "wind": ramp(80, 100, 2, 9)}
    with h5py.File(path, "w") as file:
        file["lat"], file["lon"] = 41 - 0.05 * (np.arange(80) + 0.5), 106 + 0.05 * (np.arange(100) + 0.5)
        for name, unit in (("lat", "degrees_north"), ("lon", "degrees_east")):
            file[name].make_scale(name)
            file[name].attrs.update({"units": unit, "standard_name": {"lat": "latitude", "lon": "longitude"}[name]})
        for name, values in cells.items():
            made = file.create_dataset(name, data=values.astype(np.float32))
            for place, axis in enumerate(("lat", "lon")):
                made.dims[place].attach_scale(file[axis])
    question = asked(path)
    assert "--layer: the file has 2 layers: which one?" in question
    assert "1 t2m, 2 wind" in question
    values, _, grid = cells_of(path, add(path, Answers(layer=2, crs="EPSG:4326")))
    assert (grid.c, grid.f) == pytest.approx((106, 41))
    np.testing.assert_allclose(values, cells["wind"], atol=0.001)


@pytest.mark.parametrize(
    ("title", "unit", "cells", "words"),
    [
        ("坡向", "°", ramp(80, 80, 0, 359), "directions: the mean of 350° and 10° would be 180°"),
        ("wind direction", "deg", ramp(80, 80, 0, 359), "directions"),
        ("土地利用类型", "1", np.arange(6400, dtype=np.int16).reshape(80, 80) % 60, "codes of classes"),
        ("雷达后向散射", "dB", ramp(80, 80, -25, -5), "logarithms"),
    ],
)
def test_a_mean_that_means_nothing_is_asked_about(
    tmp_path: Path, title: str, unit: str, cells: np.ndarray, words: str
) -> None:
    path = write_raster(tmp_path / "x.tif", cells)
    question = asked(path, title=title, unit=unit)
    assert "--kind: these look like " in question
    assert words in question
    add(path, Answers(kind="values"), title=title, unit=unit)


def test_slopes_have_a_mean(tmp_path: Path) -> None:
    add(write_raster(tmp_path / "slope.tif", ramp(80, 80, 0, 70)), title="坡度", unit="°")
