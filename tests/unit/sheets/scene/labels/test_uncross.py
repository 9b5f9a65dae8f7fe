"""Leaders that cross are uncrossed by changing places, or by placing the labels again in another order."""

from collections.abc import Sequence

import shapely

from geoapp.sheets.scene.labels.blocks import Block, Placed, Row
from geoapp.sheets.scene.labels.uncross import uncrossed
from geoapp.sheets.scene.primitives import Box


def label(index: int, anchor: tuple[float, float], middle: tuple[float, float], width: float = 20.0) -> Placed:
    block = Block((Row(str(index), 10.0),), 10.0)
    box = Box(middle[0] - width / 2, middle[1] - 6, middle[0] + width / 2, middle[1] + 6)
    return Placed(None, index, block, box, "callout", anchor, block.nearest(box, anchor))


def crossings(placed: Sequence[Placed]) -> int:
    lines = [shapely.LineString([each.anchor, each.leader]) for each in placed if each.leader]
    return sum(one.crosses(two) for number, one in enumerate(lines) for two in lines[:number])


def never(rest: Sequence[Placed], order: Sequence[int]) -> list[Placed]:
    raise AssertionError("nothing is to be placed again")


CROSSED = [label(0, (0, 0), (100, 60)), label(1, (0, 60), (100, 0))]


def test_two_that_cross_change_places() -> None:
    assert crossings(CROSSED) == 1
    found = uncrossed(CROSSED, lambda box: True, never, 0)
    assert crossings(found) == 0
    assert {each.index: each.box.middle for each in found} == {0: (100, 0), 1: (100, 60)}


def test_they_do_not_where_one_has_no_room_there() -> None:
    found = uncrossed(CROSSED, lambda box: box.middle != (100, 0), never, 0)
    assert sorted(found, key=lambda each: each.index) == CROSSED


def test_they_do_not_change_places_over_a_third_label() -> None:
    third = label(2, (300, 0), (122, 2), width=4.0)
    wide = [label(0, (0, 0), (100, 60), width=60.0), CROSSED[1], third]
    found = uncrossed(wide, lambda box: True, lambda rest, order: list(rest), 0)
    assert not any(one.box.meets(two.box) for number, one in enumerate(found) for two in found[:number])


def test_what_cannot_change_places_is_placed_again_in_another_order() -> None:
    asked = []

    def placing(rest: Sequence[Placed], order: Sequence[int]) -> list[Placed]:
        asked.append(tuple(order))
        again = {0: label(0, (0, 0), (60, -40)), 1: label(1, (0, 60), (60, 100))}
        return [*rest, *(again[index] for index in order)] if order[0] == 0 else [*rest, *CROSSED]

    found = uncrossed(CROSSED, lambda box: False, placing, 6)
    assert crossings(found) == 0
    assert asked == [(1, 0), (0, 1)]


def test_a_label_is_never_lost_and_the_tries_are_counted() -> None:
    asked = []

    def losing(rest: Sequence[Placed], order: Sequence[int]) -> list[Placed]:
        asked.append(order)
        return list(rest)

    found = uncrossed(CROSSED, lambda box: False, losing, 3)
    assert found == CROSSED
    assert len(asked) == 2  # a pair has two orders, and nothing stands beside it
    asked.clear()
    crowd = [*CROSSED, label(2, (0, 100), (100, 150)), label(3, (0, 150), (100, 100))]
    assert len(uncrossed(crowd, lambda box: False, losing, 3)) == 4
    assert len(asked) == 3
