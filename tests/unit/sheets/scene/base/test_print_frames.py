"""Prepared frames: what a build keeps of large sheets, and which step of detail a sheet takes."""

from dataclasses import replace

import numpy as np
import pytest
import shapely

from geoapp.atlas import Atlas
from geoapp.model.region import CHINA, Adcode, Level
from geoapp.sheets.scene.base.base_map import BaseMaps
from geoapp.sheets.scene.base.print_frames import FINE, PrintFrames, prepare_frames, shared_edges, step_of

DETAILS = ("lo", "full")
XINJIANG = Adcode("650000")


@pytest.fixture(scope="module")
def base_maps(atlas: Atlas) -> BaseMaps:
    return BaseMaps(atlas.store, atlas.gazetteer)


@pytest.fixture(scope="module")
def frames(base_maps: BaseMaps) -> PrintFrames:
    return base_maps.frames


def test_a_border_between_neighbours_is_drawn_once():
    cells = np.array([shapely.box(x, y, x + 1, y + 1) for x in range(3) for y in range(2)], dtype=object)
    edges = shared_edges(cells)
    whole = shapely.union_all(cells)
    assert shapely.length(edges).sum() == (shapely.length(cells).sum() + shapely.length(whole)) / 2
    assert shapely.union_all(edges).equals(shapely.union_all(shapely.boundary(cells)))


def test_the_edge_of_an_island_and_of_a_hole_are_among_the_edges():
    lake = shapely.Polygon([(0, 0), (4, 0), (4, 4), (0, 4)], [[(1, 1), (2, 1), (2, 2), (1, 2)]])
    island = shapely.box(6, 0, 7, 1)
    edges = shapely.union_all(shared_edges(np.array([lake, island], dtype=object)))
    assert edges.equals(shapely.union_all([lake.boundary, island.boundary]))


@pytest.mark.parametrize(
    ("region", "level"), [(CHINA, Level.COUNTY), (CHINA, Level.PROVINCE), (XINJIANG, Level.COUNTY)]
)
@pytest.mark.parametrize("across", [500.0, 900.0, 1400.0])
def test_a_prepared_area_is_the_area_within_an_eighth_of_a_millimetre(atlas, base_maps, frames, region, level, across):
    base = base_maps.base(region, level, None)
    whole = base.projection.shapes(np.array([atlas.store.geometry(level, "lo")[code] for code in base.areas]))
    west, south, east, north = shapely.total_bounds(whole)
    scale = min(across / (east - west), 0.7 * across / (north - south))
    ground = frames.at(region, level, scale)
    assert ground is not None
    assert len(ground.shapes) == len(whole)
    off = shapely.area(shapely.symmetric_difference(shapely.make_valid(ground.shapes), shapely.make_valid(whole)))
    assert (off * scale**2 <= FINE * shapely.length(whole) * scale).all(), "a border moved further than paper shows"
    assert shapely.coverage_is_valid(ground.shapes), "neighbours no longer meet"
    assert ground.borders is not None
    assert shapely.get_num_coordinates(ground.borders.edges).sum() < shapely.get_num_coordinates(ground.shapes).sum()


def test_a_smaller_sheet_takes_fewer_points_and_the_largest_stand_on_the_boundaries_themselves(frames):
    counts = []
    for scale in (0.06, 0.1, 0.18):
        ground = frames.at(CHINA, Level.COUNTY, scale)
        assert ground is not None
        counts.append(int(shapely.get_num_coordinates(ground.shapes).sum()))
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    assert frames.at(CHINA, Level.COUNTY, 30.0) is None
    assert frames.at(Adcode("150600"), Level.COUNTY, 1.0) is None, "a prefecture needs no frame"


def test_a_build_of_before_has_no_frames_and_draws_all_the_same(tmp_path):
    assert PrintFrames(tmp_path / "absent").at(CHINA, Level.COUNTY, 0.2) is None


def test_a_step_is_never_coarser_than_the_tolerance():
    for tolerance in (0.05, 0.36, 1.0, 1.5, 7.0):
        assert 2 ** (step_of(tolerance) / 2) <= tolerance * (1 + 1e-9)
        assert 2 ** ((step_of(tolerance) + 1) / 2) > tolerance


def test_frames_are_made_once_for_a_boundary_edition(atlas, tmp_path):
    kept = [each for each in atlas.dataset.regions if each.adcode == CHINA or each.adcode.startswith("64")]
    dataset = replace(atlas.dataset, regions=tuple(kept))
    polygons = {
        d: {level: atlas.store.geometry(level, d) for level in Level if level is not Level.NATION} for d in DETAILS
    }
    first = prepare_frames(tmp_path, dataset, polygons)
    stamps = {name: (tmp_path / name).stat().st_mtime_ns for name in first}
    assert prepare_frames(tmp_path, dataset, polygons) == first
    assert {name: (tmp_path / name).stat().st_mtime_ns for name in first} == stamps
