"""What is drawn of divisions is kept once; tiles made from it are those made of the shapes themselves."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from geoapp.features.fields import Field
from geoapp.features.tiles.archive import TileArchive
from geoapp.features.tiles.division_tiles import draw, read_pieces, together, write_pieces
from geoapp.features.tiles.pyramid import deepest_of, write_drawn, write_tiles

DEEPEST = deepest_of("targets")
SHAPES = [shapely.box(100 + n, 30, 100.7 + n, 31 + n % 3) for n in range(9)]
FRAME = shapely.box(73, 3, 135, 53)
FIELDS: list[Field] = []


def _rows(values: list[Any]) -> list[dict[str, Any]]:
    return [{"id": f"t{number}", "value": value, "caveats": ["a", "b"]} for number, value in enumerate(values)]


def _archive(folder: Path, rows: list[dict[str, Any]], places: list[int], before: TileArchive | None = None) -> bytes:
    path = folder / "drawn.pmtiles"
    write_pieces(folder / "pieces", draw(SHAPES, DEEPEST))
    with_frame = [*SHAPES, FRAME]
    kept = read_pieces(folder / "pieces")
    frame = [
        [type(t)(t.row, t.col, t.kind, [(9, d) for _, d in t.shapes]) for t in level]
        for level in draw([FRAME], DEEPEST)
    ]
    shapes = [with_frame[place] for place in places]
    write_drawn(path, "targets", "", rows, places, together(kept, frame), shapes, FIELDS, before)
    return path.read_bytes()


@pytest.mark.parametrize("places", [[0, 0, 4, 8, 4, 2], [9, 3, 3], [7]])
def test_tiles_of_kept_pieces_are_those_of_the_shapes(tmp_path: Path, places: list[int]) -> None:
    rows = _rows([1.5, None, "x", 1.5, 2, None][: len(places)])
    write_tiles(tmp_path / "whole.pmtiles", "targets", "", rows, [[*SHAPES, FRAME][place] for place in places], FIELDS)
    assert _archive(tmp_path, rows, places) == (tmp_path / "whole.pmtiles").read_bytes()


def test_tiles_taken_from_the_build_before_are_those_of_a_whole_build(tmp_path: Path) -> None:
    places = [0, 4, 8]
    (tmp_path / "before").mkdir()
    _archive(tmp_path / "before", _rows([1, 2, 3]), places)
    changed = _rows([1, 7, 3])
    fresh = _archive(tmp_path, changed, places)
    assert _archive(tmp_path, changed, places, TileArchive(tmp_path / "before" / "drawn.pmtiles")) == fresh
