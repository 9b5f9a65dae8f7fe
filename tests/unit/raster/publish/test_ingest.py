import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.enums import Resampling
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import Affine, from_origin
from rasterio.windows import Window
from rio_cogeo.cogeo import cog_validate

from geoapp.errors import NeedsAnswer, NotFound, RasterError
from geoapp.raster.publish.files import RasterFile, read_raster_files
from geoapp.raster.publish.ingest import Described, add_raster, remove_raster
from geoapp.raster.source.raster_file import Answers
from tests.data.raster_builders import ramp, write_raster

UNASKED = Answers()


class Desk:
    """Two empty folders and everything `raster add` said."""

    def __init__(self, tmp_path: Path) -> None:
        self.path, self.layers, self.folder = tmp_path, tmp_path / "layers", tmp_path / "rasters"
        self.wording: list[str] = []

    def add(self, path: Path, answers: Answers = UNASKED, **described: object) -> RasterFile:
        values = {"id": "mine", "title": "测试", "unit": "m", **described}
        return add_raster(
            path, Described(**values), answers, layers=self.layers, folder=self.folder, progress=self.wording.append
        )

    def left(self) -> list[str]:
        """Everything that exists in the two folders."""
        return sorted(p.name for f in (self.layers, self.folder) if f.is_dir() for p in f.iterdir())


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def refusal(desk: Desk, path: Path, answers: Answers = UNASKED, **described: object) -> str:
    with pytest.raises(RasterError) as caught:
        desk.add(path, answers, **described)
    assert desk.left() == []
    return str(caught.value)


def test_a_good_file_becomes_a_valid_cog_with_a_description(desk: Desk):
    cells = ramp(900, 1100, 0, 2000).astype(np.int16)
    entry = desk.add(write_raster(desk.path / "dem.tif", cells, transform=from_origin(106, 41, 0.004, 0.004)))

    assert desk.left() == sorted(["mine.toml", entry.file])
    assert read_raster_files(desk.layers) == [entry]
    good, errors, warnings = cog_validate(desk.folder / entry.file, strict=True)
    assert (good, errors, warnings) == (True, [], [])
    with rasterio.open(desk.folder / entry.file) as made:
        assert made.compression.value == "ZSTD"
        assert made.block_shapes == [(512, 512)]
        assert (made.nodata, made.dtypes) == (-32768, ("int16",))
        assert made.overviews(1) == [2, 4]
        np.testing.assert_array_equal(made.read(1), cells)
    assert entry.source_sha256 == rasterio_free_sha256(desk.path / "dem.tif")


def rasterio_free_sha256(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_what_is_printed_names_size_system_nodata_and_a_histogram(desk: Desk):
    desk.add(write_raster(desk.path / "dem.tif", ramp(low=100, high=300), nodata=-9999))
    text = "\n".join(desk.wording)
    assert "dem.tif: GTiff, 100 × 80 cells of 0.05 × 0.05, float32" in text
    assert "system EPSG:4326; no data -9999; 100.0% of the cells have data" in text
    assert "values 100 … 300, median 200" in text
    assert text.count("█" * 30) >= 1


def test_floats_are_stored_in_steps_so_fine_that_nobody_can_tell(desk: Desk):
    cells = ramp(200, 200, 3.0, 6.5)
    entry = desk.add(write_raster(desk.path / "ghi.tif", cells), unit="kWh/(m²·d)")
    with rasterio.open(desk.folder / entry.file) as made:
        assert made.dtypes == ("int16",)
        values = made.read(1) * made.scales[0] + made.offsets[0]
        assert np.abs(values - cells).max() <= made.scales[0] / 2 * 1.01
    assert any("in steps of 0.0001" in line for line in desk.wording)


def test_a_few_huge_values_keep_the_file_in_floats(desk: Desk):
    cells = ramp(200, 200, 0.0, 1.0)
    cells[0, 0] = 1e6
    path = write_raster(desk.path / "x.tif", cells)
    assert "--nodata: 1 cells (0.0%) hold 1000000, which" in refusal(desk, path, unit="t")
    entry = desk.add(path, Answers(nodata=()), unit="t")
    with rasterio.open(desk.folder / entry.file) as made:
        assert made.dtypes == ("float32",)
        np.testing.assert_array_equal(made.read(1), cells)


@pytest.mark.parametrize("dtype", [np.int64, np.uint32])
@pytest.mark.parametrize("high", [2_147_483_647, 2_147_483_648, 4_294_967_295])
def test_whole_numbers_beyond_int32_are_kept(desk: Desk, dtype: type, high: int):
    cells = np.linspace(3, high, 8000).astype(dtype).reshape(80, 100)
    entry = desk.add(write_raster(desk.path / "big.tif", cells))
    with rasterio.open(desk.folder / entry.file) as made:
        assert made.dtypes == ("int32",) if high == 2_147_483_647 else ("float64",)
        np.testing.assert_array_equal(made.read(1), cells)
        assert made.read_masks(1).min() == 255


def test_the_lowest_int32_is_a_value_where_the_file_has_it(desk: Desk):
    cells = np.linspace(-2_147_483_648, 5, 8000).astype(np.int32).reshape(80, 100)
    entry = desk.add(write_raster(desk.path / "low.tif", cells))
    with rasterio.open(desk.folder / entry.file) as made:
        np.testing.assert_array_equal(made.read(1), cells)
        assert made.read_masks(1).min() == 255


def test_a_large_raster_of_large_whole_numbers_is_a_valid_cog(desk: Desk):
    cells = np.linspace(3.0e9, 1.3e10, 1200 * 1200).astype(np.int64).reshape(1200, 1200)
    path = write_raster(desk.path / "big.tif", cells, transform=from_origin(106, 41, 0.003, 0.003))
    entry = desk.add(path)
    assert cog_validate(desk.folder / entry.file, strict=True) == (True, [], [])
    with rasterio.open(desk.folder / entry.file, OVERVIEW_LEVEL=0) as overview:
        np.testing.assert_allclose(overview.read(1)[0, 0], cells[:2, :2].mean(), rtol=1e-12)


def test_nan_becomes_finite_nodata(desk: Desk):
    cells = ramp()
    cells[:10] = np.nan
    entry = desk.add(write_raster(desk.path / "nan.tif", cells), unit="t")
    with rasterio.open(desk.folder / entry.file) as made:
        assert np.isfinite(made.nodata)
        assert made.read_masks(1)[:10].max() == 0
        assert made.read_masks(1)[10:].min() == 255


@pytest.mark.parametrize("sentinel", [-9999.0, -32768.0])
def test_an_undeclared_sentinel_is_a_question_and_its_answer_is_kept(desk: Desk, sentinel: float):
    cells = ramp(low=5, high=7)
    cells[:20, :50] = sentinel
    path = write_raster(desk.path / "hole.tif", cells)
    with pytest.raises(NeedsAnswer) as caught:
        desk.add(path)
    assert str(caught.value).splitlines() == [
        "hole.tif: 1 question(s)",
        f"  --nodata: 1,000 cells (12.5%) hold {sentinel:g}, which the file does not declare as no data "
        f"({sentinel:g} to take it as no data, none if it is a real value)",
    ]
    assert desk.left() == []
    entry = desk.add(path, Answers(nodata=(sentinel,)))
    with rasterio.open(desk.folder / entry.file) as made:
        assert (made.read_masks(1) == 0).sum() == 1000
    desk.add(path, Answers(nodata=()), id="kept")
    assert any(f"values {sentinel:g} … 7" in line for line in desk.wording)


def test_the_lowest_float_is_never_a_value(desk: Desk):
    cells = ramp(low=5, high=7)
    cells[0] = np.finfo(np.float32).min
    entry = desk.add(write_raster(desk.path / "low.tif", cells))
    with rasterio.open(desk.folder / entry.file) as made:
        assert made.read_masks(1)[0].max() == 0
    assert any(line.startswith("values 5.0") for line in desk.wording)


@pytest.mark.parametrize("marker", [3.4028235e38, 1e38, -3.4028235e38])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_an_absurdly_large_float_is_never_a_value(desk: Desk, marker: float, dtype: type):
    cells = ramp(low=5, high=7).astype(dtype)
    cells[0] = marker
    entry = desk.add(write_raster(desk.path / "absurd.tif", cells))
    with rasterio.open(desk.folder / entry.file) as made:
        assert made.read_masks(1)[0].max() == 0
        values = made.read(1)[1:] * made.scales[0] + made.offsets[0]
        assert np.abs(values - cells[1:]).max() <= 1e-4


@pytest.mark.parametrize("marker", [1e20, 9999.0])
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_a_large_positive_sentinel_is_a_question_too(desk: Desk, marker: float, dtype: type):
    cells = ramp(low=0, high=8848).astype(dtype)
    cells[:3] = np.float32(marker)
    path = write_raster(desk.path / "dem.tif", cells)
    assert f"--nodata: 300 cells (3.8%) hold {marker:g}, which the file does not declare" in refusal(desk, path)
    entry = desk.add(path, Answers(nodata=(marker,)))
    with rasterio.open(desk.folder / entry.file) as made:
        assert (made.read_masks(1) == 0).sum() == 300
        values = made.read(1)[3:] * made.scales[0] + made.offsets[0]
        assert np.abs(values - cells[3:]).max() < 0.2


def test_a_9999_among_its_like_is_a_value_and_not_asked_about(desk: Desk):
    cells = np.arange(5000, 13000, dtype=np.float32).reshape(80, 100)
    desk.add(write_raster(desk.path / "load.tif", cells), unit="MW")
    # The neighbours may come in a later window than the value itself.
    apart = np.zeros((600, 9000), dtype=np.int16)
    apart[0, 0], apart[-1, -1] = 9999, 10_400
    path = write_raster(desk.path / "apart.tif", apart, transform=from_origin(106, 41, 0.001, 0.001), tiled=True)
    desk.add(path, Answers(kind="values"), id="apart")


@pytest.mark.parametrize("share", [0.038, 0.2, 0.4])
def test_steps_are_fine_for_the_bulk_however_far_the_rest_lies(desk: Desk, share: float):
    cells = ramp(low=3.0, high=6.5)
    cells.reshape(-1)[: int(share * cells.size)] = 7777
    entry = desk.add(write_raster(desk.path / "ghi.tif", cells), Answers(nodata=()), unit="t")
    with rasterio.open(desk.folder / entry.file) as made:
        np.testing.assert_array_equal(made.read(1), cells)


def test_a_sea_of_zeros_is_a_question(desk: Desk):
    cells = ramp(low=5, high=7)
    cells[:60] = 0
    assert "75% of the cells are 0 and the next value is 6.5" in refusal(desk, write_raster(desk.path / "z.tif", cells))


@pytest.mark.parametrize(
    ("unit", "low", "high", "per", "stored"),
    [
        ("kWh/m²", 3.5, 6.0, "day", "kWh/(m²·d)"),
        ("kWh/m2", 1200, 2100, "year", "kWh/(m²·a)"),
        ("kWh/m²/day", 3.5, 6.0, None, "kWh/(m²·d)"),
        ("kWh/(m²·a)", 1200, 2100, None, "kWh/(m²·a)"),
        ("kWh/kWp", 3.5, 6.0, "day", "kWh/(kWp·d)"),
    ],
)
def test_irradiation_is_stored_with_its_period(
    desk: Desk, unit: str, low: float, high: float, per: str | None, stored: str
):
    path = write_raster(desk.path / "GHI.tif", ramp(low=low, high=high))
    if per:
        with pytest.raises(NeedsAnswer, match=rf"--per: is .* per day or per year\? \(.*looks like a {per}\)"):
            desk.add(path, unit=unit)
    assert desk.add(path, Answers(per=per), unit=unit).unit == stored


def test_a_unit_that_the_numbers_contradict_is_a_question(desk: Desk):
    path = write_raster(desk.path / "GHI.tif", ramp(low=3.5, high=6.0))
    message = refusal(desk, path, unit="kWh/(m²·a)")
    assert "the unit says per year, but the median 4.75 looks like an amount per day" in message


def test_a_missing_unit_is_asked_for_with_a_guess(desk: Desk):
    path = write_raster(desk.path / "wind-speed_100m.tif", ramp(low=3, high=9))
    assert "--unit: in what unit are the values? (by name and range perhaps m/s)" in refusal(desk, path, unit=None)


def test_a_file_without_crs_is_refused_with_candidates(desk: Desk):
    degrees = write_raster(desk.path / "a.tif", ramp(), crs=None)
    assert "--crs: the file names no coordinate reference system (candidates by its numbers: EPSG:4326 (WGS 84); " in (
        refusal(desk, degrees)
    )
    zone = write_raster(desk.path / "b.tif", ramp(), crs=None, transform=from_origin(36_400_000, 4_400_000, 500, 500))
    assert "EPSG:4524 (CGCS2000 3° zone 36)" in refusal(desk, zone)
    entry = desk.add(zone, Answers(crs="EPSG:4524"))
    with rasterio.open(desk.folder / entry.file) as made:
        assert made.crs.to_epsg() == 4524


@pytest.mark.parametrize(
    ("crs", "transform", "sentence"),
    [
        ("EPSG:4326", from_origin(400_000, 4_400_000, 500, 500), "its bounds (400000, 4.36e+06, 450000, 4.4e+06) are "),
        ("EPSG:32649", from_origin(106, 41, 0.05, 0.05), "outside China; if that is not where it should be"),
        ("EPSG:4326", from_origin(5, 50, 0.05, 0.05), "lies at 5.00…10.00°E, 46.00…50.00°N, outside China"),
    ],
)
def test_a_wrong_system_or_another_country_is_refused(desk: Desk, crs: str, transform: Affine, sentence: str):
    assert sentence in refusal(desk, write_raster(desk.path / "x.tif", ramp(), crs=crs, transform=transform))


def test_an_unknown_crs_answer_is_refused(desk: Desk):
    path = write_raster(desk.path / "x.tif", ramp(), crs=None)
    assert "--crs 'EPSG:999999' is not a system we know" in refusal(desk, path, Answers(crs="EPSG:999999"))


def test_a_rotated_grid_is_refused_with_a_way_to_straighten_it(desk: Desk):
    turned = Affine.translation(106, 41) * Affine.rotation(10) * Affine.scale(0.05, -0.05)
    assert "QGIS under Raster ▸ Projections ▸ Warp, or: gdalwarp -t_srs EPSG:4326 r.tif straight.tif" in refusal(
        desk, write_raster(desk.path / "r.tif", ramp(), transform=turned)
    )


def test_a_file_without_a_grid_is_refused(desk: Desk):
    with pytest.warns(NotGeoreferencedWarning):
        path = write_raster(desk.path / "p.tif", ramp(), crs=None, transform=Affine.identity())
    assert "has no place on earth" in refusal(desk, path)


def test_several_bands_are_a_question_and_a_picture_is_refused(desk: Desk):
    three = write_raster(desk.path / "months.tif", np.stack([ramp(), ramp(), ramp()]))
    assert "--band: the file has 3 bands: which one? (bands 1, 2, 3)" in refusal(desk, three)
    assert "has no band 4; it has 3" in refusal(desk, three, Answers(band=4))
    desk.add(three, Answers(band=2), id="second")
    picture = np.zeros((3, 80, 100), dtype=np.uint8)
    path = write_raster(desk.path / "map.tif", picture, photometric="RGB")
    with pytest.raises(RasterError, match="is a picture"):
        desk.add(path)


@pytest.mark.parametrize("dtype", ["complex64", "complex128", "complex_int16"])
def test_complex_numbers_are_refused(desk: Desk, dtype: str):
    with rasterio.open(
        desk.path / "sar.tif", "w", driver="GTiff", width=100, height=80, count=1, dtype=dtype, crs="EPSG:4326",
        transform=from_origin(106, 41, 0.05, 0.05),
    ):  # fmt: skip
        pass
    message = refusal(desk, desk.path / "sar.tif")
    assert message.startswith(f"sar.tif: band 1 holds complex numbers ({dtype}), which are neither small nor large")


def test_categorical_data_are_asked_about_and_overviews_take_the_commonest(desk: Desk):
    cells = np.full((1200, 1200), 10, dtype=np.uint8)
    cells[::3, ::3] = 50
    cells[:200] = 30
    path = write_raster(desk.path / "cover.tif", cells, transform=from_origin(106, 41, 0.003, 0.003))
    assert "--kind: the file holds few whole numbers: classes or measured values? (classes|values)" in refusal(
        desk, path, unit=None
    )
    entry = desk.add(path, Answers(kind="classes"), unit=None, class_names={10: "耕地"})
    assert [(line.low, line.zh) for line in entry.legend] == [(10, "耕地"), (30, "类别 30"), (50, "类别 50")]
    with (
        rasterio.open(desk.folder / entry.file) as made,
        rasterio.open(desk.folder / entry.file, OVERVIEW_LEVEL=0) as o,
    ):
        assert set(np.unique(o.read(1))) == {10, 30}
        assert made.read(1, out_shape=(600, 600), resampling=Resampling.nearest).max() <= 50


def test_a_file_that_ends_early_leaves_nothing(desk: Desk):
    path = write_raster(desk.path / "dem.tif", ramp(800, 800, 0, 900), transform=from_origin(106, 41, 0.004, 0.004))
    path.write_bytes(path.read_bytes()[:1_500_000])
    message = refusal(desk, path)
    assert "it ends early or is damaged" in message
    assert "from row" in message


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        ("empty.tif", b"", "empty.tif: the file is empty (0 bytes)"),
        ("text.tif", b"lon,lat\n1,2\n", "text.tif: is not a raster that GDAL can read"),
        ("half.tif", b"II*\x00\xff\xff\xff\x00", "half.tif: is not a raster that GDAL can read, or it ends before"),
    ],
)
def test_files_that_are_no_raster(desk: Desk, name: str, body: bytes, sentence: str):
    (desk.path / name).write_bytes(body)
    assert refusal(desk, desk.path / name).startswith(sentence)


def test_a_zip_is_named_with_what_it_holds(desk: Desk):
    path = desk.path / "GSA.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("China/GHI.tif", b"x")
    assert refusal(desk, path) == (
        "GSA.zip: is a ZIP archive (holds China/GHI.tif); unpack it and add the raster itself"
    )


def test_a_missing_file_is_a_sentence(desk: Desk):
    assert "there is no such file" in refusal(desk, desk.path / "nowhere.tif")


def test_a_file_of_nothing_but_nodata_is_refused(desk: Desk):
    path = write_raster(desk.path / "none.tif", np.full((50, 50), -9999, dtype=np.float32), nodata=-9999)
    assert "not one cell has data" in refusal(desk, path)


def test_ids_are_checked_and_never_overwritten_by_accident(desk: Desk):
    path = write_raster(desk.path / "dem.tif", ramp())
    assert "use small letters" in refusal(desk, path, id="../evil")
    first = desk.add(path)
    with pytest.raises(RasterError, match="is taken"):
        desk.add(path)
    assert desk.add(path, replace=True).file == first.file


def test_removing_deletes_description_and_copy(desk: Desk):
    entry = desk.add(write_raster(desk.path / "dem.tif", ramp()))
    removed = remove_raster("mine", layers=desk.layers, folder=desk.folder)
    assert [path.name for path in removed] == ["mine.toml", entry.file]
    assert desk.left() == []
    with pytest.raises(NotFound, match="no raster has the id 'mine'; described are none"):
        remove_raster("mine", layers=desk.layers, folder=desk.folder)


def test_a_full_disk_is_a_sentence_and_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("rasterio.shutil.copy", full)
    message = refusal(desk, write_raster(desk.path / "dem.tif", ramp()))
    assert "No space left on device" in message
    assert "is the disk full?" in message


ADD = """
import sys
from pathlib import Path
from geoapp.raster.publish.ingest import Described, add_raster
from geoapp.raster.source.raster_file import Answers
place = Path(sys.argv[1])
add_raster(place / "big.tif", Described(id="big", title="大", unit="m"), Answers(nodata=()),
           layers=place / "layers", folder=place / "rasters", progress=lambda _: None)
print(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])
"""


def test_400_million_cells_take_less_than_500_mb(desk: Desk):
    with rasterio.open(
        desk.path / "big.tif", "w", driver="GTiff", width=20_000, height=20_000, count=1, dtype="uint8",
        crs="EPSG:4326", transform=from_origin(100, 44, 0.0003, 0.0003), tiled=True, sparse_ok=True,
    ) as file:  # fmt: skip
        file.write(np.full((512, 512), 7, dtype=np.uint8), 1, window=Window(10_000, 10_000, 512, 512))
    done = subprocess.run([sys.executable, "-c", ADD, str(desk.path)], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 500_000
    (entry,) = read_raster_files(desk.layers)
    with rasterio.open(desk.folder / entry.file) as made:
        assert made.shape == (20_000, 20_000)
        assert made.overviews(1) == [2, 4, 8, 16, 32, 64]
        assert made.read(1, window=Window(9_990, 10_000, 20, 1)).tolist() == [[0] * 10 + [7] * 10]
