"""The tree finds what a look at every box finds."""

import numpy as np
import pytest

from geoapp.features.bbox_index import BBoxIndex

WORLD = (-180.0, -90.0, 180.0, 90.0)


@pytest.mark.parametrize("number", [1, 2, 1000])
def test_the_tree_finds_what_a_full_look_finds(number: int) -> None:
    random = np.random.default_rng(number)
    corner = random.uniform((70, 5), (130, 50), (number, 2))
    table = np.hstack((corner, corner + random.uniform(0, 5, (number, 2))))
    index = BBoxIndex(table)
    for west, south, width in random.uniform((70, 5, 0), (130, 50, 20), (50, 3)).tolist():
        asked = (west, south, west + width, south + width)
        inside, near = index.meeting(asked)
        wanted = [n for n, box in enumerate(table.tolist()) if _meet(box, asked)]
        assert inside == sorted(inside)
        assert near == sorted(near)
        assert sorted(inside + near) == wanted
        assert inside == [n for n in wanted if _within(table[n].tolist(), asked)]


def test_boxes_that_only_touch_are_found() -> None:
    assert BBoxIndex(np.array([[1.0, 1, 2, 2]])).meeting((2, 2, 3, 3)) == ([], [0])
    assert BBoxIndex(np.array([[1.0, 1, 1, 1]])).meeting((1, 1, 1, 1)) == ([0], [])


def test_an_empty_list_has_nothing_to_find() -> None:
    assert BBoxIndex(np.empty((0, 4))).meeting(WORLD) == ([], [])


def test_the_extent_is_around_all() -> None:
    assert BBoxIndex(np.array([[1.0, 2, 3, 4], [0, 3, 1, 9]])).extent == (0, 2, 3, 9)


def _meet(box: list[float], asked: tuple[float, float, float, float]) -> bool:
    return box[0] <= asked[2] and box[2] >= asked[0] and box[1] <= asked[3] and box[3] >= asked[1]


def _within(box: list[float], asked: tuple[float, float, float, float]) -> bool:
    return box[0] >= asked[0] and box[2] <= asked[2] and box[1] >= asked[1] and box[3] <= asked[3]
