from pathlib import Path

import numpy as np
import pytest
import shapely

from geoapp.errors import InvalidData, NotFound, RasterError
from geoapp.model.region import Adcode
from geoapp.raster.library import CATALOGUE, RasterLibrary
from geoapp.raster.publish.ingest import Described, add_raster
from geoapp.raster.publish.publication import RasterPlan, publish
from geoapp.raster.service import Rasters
from geoapp.raster.source.raster_file import Answers
from tests.data.raster_builders import ramp, write_raster

ORDOS = Adcode("150600")


@pytest.fixture
def plan(tmp_path: Path) -> RasterPlan:
    (tmp_path / "layers").mkdir()
    return RasterPlan(layers=tmp_path / "layers", folder=tmp_path / "rasters", edition="e1")


def add(plan: RasterPlan, cells: np.ndarray, *, replace: bool = False, kind: str | None = None) -> None:
    path = write_raster(plan.layers.parent / "dem.tif", cells)
    described = Described(id="dem", title="高程", title_en="Heights", unit="m", replace=replace)
    add_raster(path, described, Answers(kind=kind), layers=plan.layers, folder=plan.folder, progress=lambda _: None)


def run(plan: RasterPlan) -> tuple[int, list[str]]:
    """Publish; return how often polygons were asked for, and what was said."""
    asked: list[int] = []
    wording: list[str] = []

    def polygons() -> dict[Adcode, shapely.Geometry]:
        asked.append(1)
        return {ORDOS: shapely.box(107, 38, 109, 40)}

    publish(plan, polygons, wording.append)
    return len(asked), wording


def test_values_are_computed_once_for_a_raster_and_an_edition(plan: RasterPlan):
    add(plan, ramp(low=900, high=1500))
    assert run(plan) == (1, ["values of every region from raster dem"])
    assert run(plan) == (0, [])
    library = RasterLibrary(plan.folder, "e1")
    ((record, values),) = library.region(ORDOS)
    assert record.cell_m == pytest.approx(5566, abs=1)
    assert values.mean is not None
    assert 900 < values.mean < 1500
    other = RasterPlan(layers=plan.layers, folder=plan.folder, edition="e2")
    assert run(other) == (1, ["values of every region from raster dem"])
    assert RasterLibrary(plan.folder, "e3").region(ORDOS) == []


def test_the_same_cells_taken_as_classes_get_values_of_their_own(plan: RasterPlan):
    cells = np.full((80, 100), 20, dtype=np.uint8)
    cells[::4] = 50
    library = RasterLibrary(plan.folder, "e1")
    add(plan, cells, kind="values")
    run(plan)
    ((before, values),) = library.region(ORDOS)
    assert (values.mean, values.majority) == (pytest.approx(27.5, abs=0.1), None)
    add(plan, cells, kind="classes", replace=True)
    assert run(plan)[0] == 1
    ((after, values),) = library.region(ORDOS)
    assert after.version == before.version
    assert (values.mean, values.majority) == (None, 20)


def test_values_beyond_int32_are_published_as_they_are(plan: RasterPlan):
    cells = np.linspace(3.0e9, 1.3e10, 8000).astype(np.int64).reshape(80, 100)
    add(plan, cells)
    run(plan)
    ((record, values),) = RasterLibrary(plan.folder, "e1").region(ORDOS)
    assert (record.minimum, record.maximum) == (3.0e9, 1.3e10)
    inside = cells[20:60, 20:60]  # 107–109°E, 38–40°N: 40 × 40 cells of 0.05°
    assert (values.minimum, values.maximum) == (inside.min(), inside.max())
    assert values.mean == pytest.approx(inside.mean(), rel=0.01)
    assert values.median == pytest.approx(np.median(inside), rel=0.01)
    cell = Rasters(RasterLibrary(plan.folder, "e1")).point("dem", 106.01, 40.99, "en")
    assert cell["value"] == 3.0e9


def test_an_open_library_sees_what_is_published_later(plan: RasterPlan):
    library = RasterLibrary(plan.folder, "e1")
    assert library.records() == []
    with pytest.raises(NotFound, match="no raster has the id 'dem'; published are none yet"):
        library.get("dem")
    add(plan, ramp(low=900, high=1500))
    assert library.records() == []  # a copy without a catalogue entry is not served
    run(plan)
    first = library.get("dem").version
    add(plan, ramp(low=100, high=300), replace=True)
    assert library.get("dem").version == first
    run(plan)
    assert library.get("dem").version != first


def test_old_copies_and_leftovers_go_but_the_last_one_stays(plan: RasterPlan):
    add(plan, ramp(low=900, high=1500))
    run(plan)
    (plan.folder / ".part-dead").mkdir()
    (plan.folder / ".part-dead" / "made.tif").write_bytes(b"half")
    add(plan, ramp(low=100, high=300), replace=True)
    run(plan)
    assert len(list(plan.folder.glob("*.tif"))) == 2
    assert not list(plan.folder.glob(".part-*"))
    run(plan)
    assert len(list(plan.folder.glob("*.tif"))) == 1


def test_a_raster_whose_cells_are_elsewhere_is_named_and_left_out(plan: RasterPlan):
    add(plan, ramp())
    run(plan)
    for path in plan.folder.glob("*.tif"):
        path.unlink()
    library = RasterLibrary(plan.folder, "e1")
    with pytest.raises(RasterError, match=r"the file of raster dem is gone \(dem\.[0-9a-f]{12}\.tif\)"):
        library.path(library.get("dem"))
    assert run(plan)[1] == ["raster dem: its cells are not on this machine; run `geoapp raster add dem.tif …`"]
    assert library.records() == []


def test_a_damaged_catalogue_is_a_sentence(plan: RasterPlan):
    add(plan, ramp())
    run(plan)
    (plan.folder / CATALOGUE).write_bytes(b"[{")
    with pytest.raises(RasterError, match="is damaged or of another version; run `geoapp build` again"):
        RasterLibrary(plan.folder, "e1").records()


def test_faults_of_descriptions_are_listed_together(plan: RasterPlan):
    (plan.layers / "a.toml").write_text('id = "b"\n')
    (plan.layers / "c.toml").write_text("id = \n")
    with pytest.raises(InvalidData) as caught:
        run(plan)
    text = str(caught.value)
    assert "a.toml: title_zh: Field required" in text
    assert "c.toml: is not TOML in UTF-8" in text


def test_a_legend_corrected_by_hand_is_what_tiles_are_drawn_in(plan: RasterPlan):
    add(plan, ramp(low=900, high=1500))
    path = plan.layers / "dem.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("#6f9c7a", "#123456"), encoding="utf-8")
    run(plan)
    rasters = Rasters(RasterLibrary(plan.folder, "e1"))
    assert rasters.legend("dem", "zh")["entries"][0]["colour"] == "#123456"
    pixels = rasters.preview("dem", (106.0, 37.0, 111.0, 41.0), 100, 80, "EPSG:4326")
    assert pixels.shape == (80, 100, 4)
    assert pixels[0, 0].tolist() == [0x12, 0x34, 0x56, 255]


def test_a_preview_is_drawn_in_any_system_and_transparent_beyond(plan: RasterPlan):
    add(plan, ramp(low=900, high=1500))
    run(plan)
    rasters = Rasters(RasterLibrary(plan.folder, "e1"))
    albers = "+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +ellps=GRS80 +units=m"
    pixels = rasters.preview("dem", (-500_000, 3_500_000, 1_500_000, 5_000_000), 200, 150, albers)
    assert pixels[0, 0].tolist() == [0, 0, 0, 0]
    assert 0.02 < (pixels[..., 3] == 255).mean() < 0.2
