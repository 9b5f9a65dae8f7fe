"""How far is seen from a point: against walking along each direction, cell by cell."""

import numpy as np
import pytest

from geoapp.sheets.scene.labels.grid import Grid
from geoapp.sheets.scene.labels.sight import Sight
from geoapp.sheets.scene.primitives import Box

CELL = 1.6
WINDOW = Box(10.0, 20.0, 330.0, 260.0)


def grid() -> Grid:
    return Grid.of(WINDOW, CELL, [])


@pytest.mark.parametrize("seed", range(4))
def test_what_is_seen_is_free_and_what_is_hidden_is_not(seed: int) -> None:
    cells, random = grid(), np.random.default_rng(seed)
    start = (170.0, 140.0)
    for x, y in random.uniform((20, 30), (310, 240), (12, 2)):
        if max(abs(x - start[0]), abs(y - start[1])) > 30:
            cells.take(Box(x, y, x + 18, y + 12))
    sight = Sight.over(cells, cells.taken, start, 400.0, own=4.0)
    seen = hidden = 0
    for end in random.uniform((12, 22), (328, 258), (200, 2)):
        steps = np.linspace(0, 1, 600)[:, None]
        points = start + (end - start) * steps
        rows, columns = ((points - (WINDOW.x0, WINDOW.y0)) / CELL).astype(int).T[::-1]
        met = cells.taken[rows, columns]
        if sight.sees(tuple(end)):
            seen += 1
            assert met.sum() <= 12, "at most the corner of an obstacle is cut"
        elif not met.any():
            hidden += 1
    assert seen > 60
    assert hidden < 30, "only what passes close by an obstacle is given up"


def test_a_leader_crosses_no_line_it_may_not_even_between_its_cells() -> None:
    cells = grid()
    start, line = (100.0, 100.0), ((101.0, 60.0), (101.0, 140.0))  # nearer than what counts as the start's own
    free = Sight.over(cells, cells.taken, start, 200.0, own=4.0)
    kept = Sight.over(cells, cells.taken, start, 200.0, own=4.0, lines=[line])
    assert free.sees((200.0, 100.0))
    assert not kept.sees((200.0, 100.0))
    assert kept.sees((20.0, 100.0))


def test_what_may_cross_anything_sees_everything() -> None:
    assert Sight.endless((0.0, 0.0)).sees((1e6, -1e6))
