"""Boxes in degrees."""

from geoapp.model.view import BBox


def boxes_meet(one: BBox, other: BBox) -> bool:
    """Say whether two boxes touch; west > east in ``other`` crosses the antimeridian."""
    west, south, east, north = other
    if one[3] < south or one[1] > north:
        return False
    if west <= east:
        return one[0] <= east and one[2] >= west
    return one[2] >= west or one[0] <= east
