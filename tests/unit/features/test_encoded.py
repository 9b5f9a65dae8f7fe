"""Answers joined from what the build encoded: plain and gzipped say the same, whatever is chosen."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from geoapp.features.encoded import Encoded, EncodedLayer, encode, write_layer
from geoapp.features.parts import PART_BYTES, Parts

TAIL = b'"numberReturned":0}'
POINT = b'{"type":"Point","coordinates":[109,39]}'


@pytest.fixture(scope="module")
def layer(tmp_path_factory: pytest.TempPathFactory) -> EncodedLayer:
    """A layer of 400 features of about a kilobyte each, their ids in no order."""
    base = tmp_path_factory.mktemp("layer") / "things-1"
    write_layer(base, (_feature(number) for number in range(400)))
    return EncodedLayer(base)


def _id(number: int) -> str:
    return f"项目-{number * 7919 % 400:03}"


def _feature(number: int) -> Encoded:
    data, place = encode(_id(number), {"name": f"第{number}个", "text": f"{number:04} " * 250}, POINT)
    return Encoded(_id(number), data, place, (109, 39, 109 + number, 39))


@pytest.mark.parametrize(
    "numbers", [range(0), range(1), range(5, 9), range(400), range(3, 400), [7], [9, 2, 30], list(range(0, 400, 2))]
)
def test_plain_and_gzipped_hold_the_chosen_features(layer: EncodedLayer, numbers: Sequence[int]) -> None:
    plain = bytes(layer.page(numbers, TAIL))
    assert [feature["id"] for feature in json.loads(plain)["features"]] == [_id(number) for number in numbers]
    assert gzip.decompress(bytes(layer.packed_page(numbers, TAIL))) == plain


def test_large_pages_of_neighbours_are_not_copied(layer: EncodedLayer) -> None:
    assert isinstance(layer.page(range(400), TAIL), Parts)
    assert len(layer.page(range(400), TAIL)) > PART_BYTES
    assert isinstance(layer.page(range(10), TAIL), bytes)


def test_one_feature_is_found_by_its_id(layer: EncodedLayer) -> None:
    for number in (0, 17, 399):
        assert layer.number(_id(number)) == number
        plain = layer.feature(number) + b"}"
        assert json.loads(plain)["id"] == _id(number)
        assert gzip.decompress(bytes(layer.packed_feature(number, b"}"))) == plain
        assert layer.geometry(number) == POINT
    assert [layer.number(each) for each in ("", "项目", "项目-000\0", "项目-0000", "\udc80", "zz")] == [None] * 6


def test_boxes_are_those_of_the_features(layer: EncodedLayer) -> None:
    assert layer.boxes.extent == (109, 39, 508, 39)
    assert len(layer) == 400


def test_a_layer_without_features_answers_too(tmp_path: Path) -> None:
    write_layer(tmp_path / "none-1", [])
    empty = EncodedLayer(tmp_path / "none-1")
    assert len(empty) == 0
    assert empty.number("x") is None
    assert json.loads(bytes(empty.page(range(0), TAIL)))["features"] == []
    assert gzip.decompress(bytes(empty.packed_page(range(0), TAIL))) == bytes(empty.page(range(0), TAIL))
