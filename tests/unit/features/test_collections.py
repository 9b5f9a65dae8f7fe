"""What a collection finds is what a look at every feature finds."""

from typing import Any

import pytest
import shapely

from geoapp.atlas import Atlas
from geoapp.errors import NotFound
from geoapp.features.collections import Query

ORDOS = (106.4, 37.5, 111.5, 40.9)


@pytest.mark.parametrize(
    ("name", "filters", "bbox"),
    [
        ("counties", (("parent", "150600"),), None),
        ("counties", (("parent", "150600"), ("name", "乌审旗")), None),
        ("counties", (("level", "county"),), ORDOS),
        ("counties", (("name", "nowhere"),), ORDOS),
        ("targets", (("tier", "basic"), ("target_year", 2025)), ORDOS),
        ("targets", (("value", 18.0),), None),
        ("parks", (("precision", "county"),), ORDOS),
        ("projects", (("type", "hydropower"),), (170.0, 0.0, -170.0, 60.0)),
    ],
)
def test_filters_and_boxes_find_what_a_full_look_finds(
    atlas: Atlas, name: str, filters: tuple[tuple[str, Any], ...], bbox: tuple[float, float, float, float] | None
) -> None:
    found = atlas.collections[name]
    frame = shapely.box(*bbox) if bbox and bbox[0] <= bbox[2] else None
    wanted = [
        number
        for number, record in enumerate(found.records)
        if all(record.properties[key] == value for key, value in filters)
        and (bbox is None or (frame is not None and shapely.intersects(frame, found.shape(number))))
    ]
    assert list(found.select(Query(bbox=bbox, filters=filters))) == wanted


@pytest.mark.parametrize("name", ["counties", "targets", "projects"])
def test_records_and_encoded_features_are_in_one_order(atlas: Atlas, name: str) -> None:
    found = atlas.collections[name]
    assert len(found) == len(found.records)
    assert [found.number(record.id) for record in found.records] == list(range(len(found)))
    with pytest.raises(NotFound, match=f"collection '{name}' has no feature '000000'"):
        found.number("000000")
