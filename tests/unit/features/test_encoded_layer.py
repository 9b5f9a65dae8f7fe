"""Answers joined from what the build encoded: plain and gzipped say the same, whatever is chosen."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from geoapp.features.encoded import SUFFIXES, Encoded, encode, write_layer
from geoapp.features.encoded_layer import EncodedLayer
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
    "numbers",
    [
        range(0),
        range(1),
        range(5, 9),
        range(400),
        range(3, 400),
        [7],
        [9, 2, 30],
        list(range(0, 400, 2)),
        range(399, -1, -1),
        list(range(399, -1, -1)),
    ],
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


SHAPES = [b'{"type":"Polygon","coordinates":[[[%d,0],[%d,1],[1,1],[%d,0]]]}' % (n, n, n) for n in range(5)]
CHOSEN: list[Sequence[int]] = [range(0), range(1), range(12), range(4, 9), [11, 3, 3], list(range(11, -1, -1))]


def _borrowing(folder: Path, *, borrow: bool) -> EncodedLayer:
    """Twelve features on five shapes of two other layers, every fourth with one of its own; or the same, each whole."""
    lenders = []
    for place, shapes in enumerate((SHAPES[:2], SHAPES[2:])):
        lent = [encode(f"区{number}", {"level": place}, shape) for number, shape in enumerate(shapes)]
        boxes = [(place, number, place + 1.0, number + 1.0) for number in range(len(shapes))]
        write_layer(
            folder / f"lender-{place}",
            (Encoded(f"区{n}", *each, box) for n, (each, box) in enumerate(zip(lent, boxes, strict=True))),
            "lent",
        )
        lenders.append(EncodedLayer(folder / f"lender-{place}"))
    features = []
    for number in range(12):
        place, shape = (0, number % 2) if number % 3 else (1, number % 3)
        own = number % 4 == 0
        geometry = POINT if own else SHAPES[shape + 2 * place]
        box = (109.0, 39.0, 109.0, 39.0) if own else (place, shape, place + 1.0, shape + 1.0)
        if borrow and not own:
            data, at = encode(f"目标{number}", {"value": number}, b"")
            features.append(Encoded(f"目标{number}", data, at, lent=(place, shape)))
        else:
            data, at = encode(f"目标{number}", {"value": number}, geometry)
            features.append(Encoded(f"目标{number}", data, at, box))
    write_layer(folder / f"targets-{borrow}", features, "borrowed" if borrow else "own")
    return EncodedLayer(folder / f"targets-{borrow}", lenders if borrow else ())


@pytest.mark.parametrize("numbers", CHOSEN)
def test_borrowed_geometries_are_served_as_if_each_feature_had_its_own(tmp_path: Path, numbers: Sequence[int]) -> None:
    whole, borrowing = _borrowing(tmp_path, borrow=False), _borrowing(tmp_path, borrow=True)
    wanted = bytes(whole.page(numbers, TAIL))
    assert bytes(borrowing.page(numbers, TAIL)) == wanted
    assert gzip.decompress(bytes(borrowing.packed_page(numbers, TAIL))) == wanted
    for number in numbers:
        assert borrowing.feature(number) == whole.feature(number)
        assert gzip.decompress(bytes(borrowing.packed_feature(number, b"}"))) == whole.feature(number) + b"}"
        assert borrowing.geometry(number) == whole.geometry(number)


def test_features_that_borrow_lie_in_the_boxes_of_their_lenders(tmp_path: Path) -> None:
    whole, borrowing = _borrowing(tmp_path, borrow=False), _borrowing(tmp_path, borrow=True)
    for box in ((0, 0, 0.5, 0.5), (1.5, 0, 2, 3), (100, 30, 110, 40)):
        assert borrowing.boxes.meeting(box) == whole.boxes.meeting(box)
    assert borrowing.boxes.extent == whole.boxes.extent


def test_a_lent_geometry_is_on_disk_once(tmp_path: Path) -> None:
    _borrowing(tmp_path, borrow=True)
    kept = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("*.json")))
    assert [kept.count(shape) for shape in SHAPES] == [1] * 5


def test_what_did_not_change_is_taken_from_the_layer_before(tmp_path: Path) -> None:
    before = _borrowing(tmp_path, borrow=True)
    features = []
    for number in range(2, 14):
        changed = {"value": number if number != 5 else 55}
        data, at = encode(f"目标{number}", changed, b"")
        features.append(Encoded(f"目标{number}", data, at, lent=(0, number % 2)))
    assert [before.deflated(each) is not None for each in features] == [
        number % 4 != 0 and number < 12 and number != 5 for number in range(2, 14)
    ]
    write_layer(tmp_path / "anew", features, "borrowed")
    write_layer(tmp_path / "kept", features, "borrowed", before)
    for suffix in SUFFIXES:
        assert (tmp_path / f"kept{suffix}").read_bytes() == (tmp_path / f"anew{suffix}").read_bytes()
