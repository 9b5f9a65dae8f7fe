from pathlib import Path

import numpy as np
import pytest
import shapely

from geoapp.errors import RasterError
from geoapp.model.region import CHINA, Adcode
from geoapp.raster.zonal.cluster import by_province, zonal_values_on
from geoapp.raster.zonal.statistics import Polygons, zonal_values
from tests.data.raster_builders import write_raster

PARENTS: dict[Adcode, Adcode | None] = {
    Adcode("150000"): CHINA,
    Adcode("150600"): Adcode("150000"),
    Adcode("150621"): Adcode("150600"),
    Adcode("150622"): Adcode("150600"),
    Adcode("620000"): CHINA,
    Adcode("620602"): Adcode("620000"),
    CHINA: None,
}


@pytest.fixture
def polygons() -> Polygons:
    return {
        code: shapely.box(106 + number * 0.4, 39, 106.35 + number * 0.4, 40.7)
        for number, code in enumerate(code for code in PARENTS if code != CHINA)
    }


def test_regions_are_split_by_their_province(polygons: Polygons):
    groups = by_province(polygons, PARENTS)
    assert {province: sorted(group) for province, group in groups.items()} == {
        "150000": ["150000", "150600", "150621", "150622"],
        "620000": ["620000", "620602"],
    }


# distributed's own sockets and loops, closed late
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_cluster_of_two_workers_gives_the_same_values(tmp_path: Path, polygons: Polygons):
    cells = np.random.default_rng(3).normal(1500, 200, (40, 60)).astype(np.float32)
    cells[5:9] = -9999
    path = write_raster(tmp_path / "x.tif", cells, nodata=-9999)
    here = zonal_values(path, "values", polygons)
    wording: list[str] = []
    assert zonal_values_on(None, path, "values", polygons, PARENTS, wording.append) == here
    assert zonal_values_on("local", path, "values", polygons, PARENTS, wording.append) == here
    assert wording == ["province 1 of 2", "province 2 of 2"] * 2


def test_a_scheduler_that_does_not_answer_is_a_sentence(tmp_path: Path, polygons: Polygons):
    with pytest.raises(RasterError, match="no dask scheduler answers at nonsense"):
        zonal_values_on("nonsense://x", tmp_path / "x.tif", "values", polygons, PARENTS, lambda _: None)
