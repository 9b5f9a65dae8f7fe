"""The ground as indicators: a raster's mean and the sun, each with what it is not; no data is never 0."""

from pathlib import Path

import numpy as np
import pytest
import shapely

from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.raster.library import RasterLibrary
from geoapp.raster.publish.ingest import Described, add_raster
from geoapp.raster.publish.publication import RasterPlan, publish
from geoapp.raster.source.raster_file import Answers
from geoapp.raster.zonal.indicators import RasterIndicators, indicator_id
from tests.data.raster_builders import ramp, write_raster


def region(code: str, box: tuple[float, float, float, float], level: Level = Level.COUNTY) -> Region:
    west, south, east, north = box
    return Region(
        adcode=Adcode(code),
        name=f"县{code}",
        short_name=code,
        level=level,
        levels=(level,),
        parent=CHINA,
        label=((west + east) / 2, (south + north) / 2),
        bbox=box,
        area_km2=1.0,
    )


LEFT = region("150601", (106, 38, 107, 40))
HALF = region("150602", (107, 38, 109, 40))
RIGHT = region("150603", (108.5, 38, 109, 40))


@pytest.fixture
def zonal(tmp_path: Path) -> RasterIndicators:
    """Cells of 0.05° over 106–109° E: 500 m in the west, 0 m from 107.5°, no data from 108°."""
    (tmp_path / "layers").mkdir()
    cells = np.zeros((60, 60), dtype=np.float32)
    cells[:, :30] = 500
    cells[:, 40:] = -9999
    path = write_raster(tmp_path / "dem.tif", cells, nodata=-9999)
    described = Described(id="dem-30", title="高程", title_en="Heights", unit="m", replace=False)
    folder = tmp_path / "rasters"
    answers = Answers(kind="values")
    add_raster(path, described, answers, layers=tmp_path / "layers", folder=folder, progress=lambda _: None)
    plan = RasterPlan(layers=tmp_path / "layers", folder=folder, edition="e1")
    shapes = {each.adcode: shapely.box(*each.bbox) for each in (LEFT, HALF, RIGHT)}
    publish(plan, lambda: shapes, lambda _: None)
    return RasterIndicators(RasterLibrary(folder, "e1"))


def test_a_raster_is_an_indicator_with_a_source_that_is_not_a_plan(zonal: RasterIndicators) -> None:
    assert list(zonal.indicators()) == ["ground_dem_30", "sun_noon", "sun_row_spacing"]
    made = zonal.indicators()["ground_dem_30"]
    assert (made.unit, made.sector, made.inherit, made.aggregate) == ("m", "ground", False, "none")
    assert made.origin is not None
    assert made.origin.id == "raster:dem-30"
    assert made.origin.caveat.zh == "不是规划内容"
    for part in ("高程", "许可：", "SHA-256 "):
        assert part in made.origin.cited.zh


def test_no_data_is_none_and_zero_is_a_value(zonal: RasterIndicators) -> None:
    left, half, right = (zonal.value("ground_dem_30", each) for each in (LEFT, HALF, RIGHT))
    assert left is not None
    assert (left.value, left.text, left.caveats) == (500.0, "500 m", ("ground_measured",))
    assert half is not None
    assert half.value == 250.0
    assert half.caveats == ("ground_measured", "ground_partial")
    assert half.how.say("zh") == "按面积平均；50.0%的面积有数据"
    assert right is None
    assert zonal.value("ground_dem_30", region("100000", (73, 3, 135, 53), Level.NATION)) is None
    assert zonal.value("ground_gone", LEFT) is None


def test_a_raster_published_later_is_there_at_once(zonal: RasterIndicators, tmp_path: Path) -> None:
    before = zonal.library.state
    path = write_raster(tmp_path / "wind.tif", ramp(low=2, high=9))
    described = Described(id="wind", title="风速", title_en="Wind", unit="m/s", replace=False)
    folder, layers = zonal.library.folder, tmp_path / "layers"
    add_raster(path, described, Answers(), layers=layers, folder=folder, progress=lambda _: None)
    publish(RasterPlan(layers=layers, folder=folder, edition="e1"), dict, lambda _: None)
    assert "ground_wind" in zonal.indicators()
    assert zonal.library.state != before


def test_the_sun_is_exact(zonal: RasterIndicators) -> None:
    tacheng = region("654201", (82.5, 46.2, 83.5, 47.2))
    noon = zonal.value("sun_noon", tacheng)
    assert noon is not None
    assert (noon.value, noon.text) == (148.0, "14:28")
    assert noon.how.say("zh") == "全境在北京时间 14:26–14:30"
    pitch = zonal.value("sun_row_spacing", tacheng)
    assert pitch is not None
    assert pitch.value == pytest.approx(4.04, abs=0.05)  # 3.4–4.1 L: research, exact geometry
    assert zonal.value("sun_noon", region("230881", (134, 47, 135.5, 48))).value == -59.0


def test_ids_are_fit_for_columns() -> None:
    assert indicator_id("clear-sky-irradiation") == "ground_clear_sky_irradiation"


def test_classes_are_words_and_never_numbers(tmp_path: Path) -> None:
    (tmp_path / "layers").mkdir()
    cells = np.full((60, 60), 10, dtype=np.uint8)
    cells[:, 20:] = 20
    path = write_raster(tmp_path / "cover.tif", cells)
    named = Described(id="cover", title="土地", title_en="Land cover", unit="", class_names={10: "耕地", 20: "草地"})
    folder, answers = tmp_path / "rasters", Answers(kind="classes", nodata=())
    add_raster(path, named, answers, layers=tmp_path / "layers", folder=folder, progress=lambda _: None)
    plan = RasterPlan(layers=tmp_path / "layers", folder=folder, edition="e1")
    publish(plan, lambda: {LEFT.adcode: shapely.box(*LEFT.bbox), HALF.adcode: shapely.box(*HALF.bbox)}, lambda _: None)
    zonal = RasterIndicators(RasterLibrary(folder, "e1"))
    made = zonal.indicators()["ground_cover"]
    assert (made.kind, made.title.zh) == ("grade", "土地，面积最大的类别")
    values = [zonal.value("ground_cover", each) for each in (LEFT, HALF)]
    assert [(each.value, each.text) for each in values if each] == [(None, "耕地"), (None, "草地")]
