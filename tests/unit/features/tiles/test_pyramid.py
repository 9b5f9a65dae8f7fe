"""Vector tiles, read back with other people's decoders: mapbox-vector-tile, pmtiles and GDAL."""

import gzip
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import mapbox_vector_tile
import numpy as np
import pyogrio
import pytest
import shapely
from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import tileid_to_zxy
from shapely.geometry import shape

from geoapp.atlas import Atlas
from geoapp.features.collections import tiles_name
from geoapp.features.tiles.archive import TileArchive, tile_number, write_archive
from geoapp.features.tiles.cut import EXTENT, cut, to_world
from geoapp.features.tiles.encode import Layer, encode_level
from geoapp.features.tiles.pyramid import DEEPEST

WORLD = (-180.0, -85.0, 180.0, 85.0)
SQUARE = shapely.box(10, 10, 40, 40)
FRAME = shapely.Polygon(SQUARE.exterior.coords, [shapely.box(20, 20, 30, 30).exterior.coords])


def drawn(shapes: Sequence[Any], deepest: int, step: int = 1) -> dict[tuple[int, int, int], list[dict[str, Any]]]:
    """Return the features of every tile by level, row and column, as a reader sees them, y downward."""
    layer = Layer("things", [{"n": number} for number in range(len(shapes))], range(len(shapes)))
    found = {}
    for zoom, squares in enumerate(cut(to_world(np.array(shapes, dtype=object)), deepest)):
        for row, col, body in encode_level(squares, zoom, step, layer):
            decoded = mapbox_vector_tile.decode(body, default_options={"y_coord_down": True})
            assert list(decoded) == ["things"]
            assert (decoded["things"]["extent"], decoded["things"]["version"]) == (EXTENT, 2)
            found[zoom, row, col] = decoded["things"]["features"]
    return found


def area(tiles: dict[tuple[int, int, int], list[dict[str, Any]]], zoom: int) -> float:
    """Return the area drawn at a level, buffers cut off, in units of the world."""
    frame = shapely.box(0, 0, EXTENT, EXTENT)
    shapes = [
        shape(each["geometry"]) for (level, _, _), features in tiles.items() if level == zoom for each in features
    ]
    assert all(each.is_valid for each in shapes)
    return sum(shapely.intersection(each, frame).area for each in shapes) / (EXTENT * 2**zoom) ** 2


@pytest.mark.parametrize("thing", [SQUARE, FRAME, shapely.MultiPolygon([SQUARE, shapely.box(-30, -40, -5, -6)])])
def test_every_level_draws_the_same_area(thing: shapely.Geometry) -> None:
    tiles = drawn([thing], 5)
    wanted = to_world(np.array([thing], dtype=object))[0].area
    for zoom in range(6):
        assert area(tiles, zoom) == pytest.approx(wanted, rel=0.01 / 2**zoom)


def test_a_tile_holds_what_lies_in_it_and_a_little_more() -> None:
    tiles = drawn([shapely.Point(0.5, 0.5), shapely.Point(100, 50)], 1)
    assert tiles[0, 0, 0][0]["geometry"] == {"type": "Point", "coordinates": [2054, 2042]}
    assert [each["properties"]["n"] for each in tiles[1, 0, 1]] == [0, 1]
    assert [each["properties"]["n"] for each in tiles[1, 1, 0]] == [0], "half a degree beyond the edge: in the buffer"
    assert {(zoom, row, col) for zoom, row, col in tiles if zoom == 1} == {(1, 0, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)}


def test_neighbours_still_meet() -> None:
    random = np.random.default_rng(7)
    edge = np.column_stack((105 + random.uniform(-0.3, 0.3, 200), np.linspace(20, 40, 200))).tolist()
    west = shapely.Polygon([(90, 40), (90, 20), *edge])
    east = shapely.Polygon([(120, 40), *reversed(edge), (120, 20)])
    for features in drawn([west, east], 6, step=1).values():
        if len(features) == 2:
            overlap = shapely.intersection(*(shape(each["geometry"]) for each in features))
            assert overlap.area < 2
            assert overlap.length > 0


def test_an_island_too_small_for_the_grid_stays_as_a_speck() -> None:
    island = shapely.box(112, 16, 112.0001, 16.0001)
    near = shapely.box(112.0002, 16, 112.0003, 16.0001)
    [feature] = drawn([shapely.MultiPolygon([island, near])], 3, step=4)[3, 3, 6]
    assert shape(feature["geometry"]).area == 16, "both in one square of the grid"
    [feature] = drawn([shapely.MultiPolygon([SQUARE, island])], 3, step=4)[3, 3, 6]
    assert shape(feature["geometry"]).area == 16


def test_properties_keep_their_types_and_nulls_are_left_out() -> None:
    rows = [
        {"text": "准格尔旗", "number": -0.5, "year": 2025, "less": -3, "none": None},
        {"text": "准格尔旗", "number": 3e9},
    ]
    rows[1] |= {"year": 0, "less": 2**40, "none": "x"}
    squares = next(iter(cut(to_world(np.array([SQUARE], dtype=object)), 0)))
    [(_, _, body)] = encode_level(squares, 0, 1, Layer("things", rows, [0, 0]))
    features = mapbox_vector_tile.decode(body)["things"]["features"]
    assert [each["properties"] for each in features] == [{k: v for k, v in rows[0].items() if v is not None}, rows[1]]
    assert [each["id"] for each in features] == [1, 2], "both have the one shape"


@pytest.mark.parametrize("number", [1, 100, 20_000])
def test_an_archive_is_read_by_others(tmp_path: Path, number: int) -> None:
    tiles = list(_numbered(number))
    write_archive(tmp_path / "a.pmtiles", tiles, WORLD, {"name": "things"})
    body = (tmp_path / "a.pmtiles").read_bytes()
    reader = Reader(MemorySource(body))
    assert reader.metadata() == {"name": "things"}
    header = reader.header()
    assert (header["addressed_tiles_count"], header["min_zoom"]) == (number, 0)
    assert (header["leaf_directory_length"] > 0) == (number == 20_000), "the largest needs leaves"
    assert (header["min_lon_e7"], header["max_lat_e7"]) == (-1_800_000_000, 850_000_000)
    assert header["root_offset"] + header["root_length"] < 16_384
    theirs = {tile_number(z, y, x): gzip.decompress(data) for (z, x, y), data in all_tiles(reader.get_bytes)}
    assert theirs == dict(tiles)
    ours = TileArchive(tmp_path / "a.pmtiles")
    written = {tileid_to_zxy(each): data for each, data in tiles}
    assert all(gzip.decompress(ours.tile(z, y, x) or b"") == data for (z, x, y), data in written.items())
    write_archive(tmp_path / "b.pmtiles", tiles, WORLD, {"name": "things"})
    assert (tmp_path / "b.pmtiles").read_bytes() == body


def _numbered(number: int) -> Iterator[tuple[int, bytes]]:
    """Yield tiles of many sizes, of which every third equals the one before."""
    for each in range(number):
        chance = Random(each - (each % 3 == 2))
        yield each, chance.randbytes(chance.randrange(400))


def test_a_collection_without_features_has_an_archive_too(tmp_path: Path) -> None:
    write_archive(tmp_path / "a.pmtiles", [], WORLD, {"name": "things"})
    assert gzip.decompress(TileArchive(tmp_path / "a.pmtiles").tile(0, 0, 0) or b"") == b""


@pytest.mark.parametrize("name", ["counties", "targets", "projects"])
def test_every_feature_is_on_every_level(atlas: Atlas, name: str) -> None:
    path = atlas.store.encoded(f"ogc/{tiles_name(name, atlas.dataset)}")
    archive, wanted = TileArchive(path), len(atlas.collections[name])
    for zoom in (0, 4):
        seen: Counter[int] = Counter()
        for row in range(1 << zoom):
            for col in range(1 << zoom):
                if packed := archive.tile(zoom, row, col):
                    decoded = mapbox_vector_tile.decode(gzip.decompress(packed))[name]["features"]
                    seen.update(each["id"] for each in decoded)
        assert sorted(seen) == list(range(1, wanted + 1))
    frame = pyogrio.read_dataframe(path, ZOOM_LEVEL=str(DEEPEST[name]))
    assert frame["mvt_id"].nunique() == wanted
