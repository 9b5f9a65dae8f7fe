"""Large bodies in parts are the same bytes as the parts joined."""

import pytest

from geoapp.features.parts import PART_BYTES, Parts

PARTS = b"head", memoryview(b"x" * (2 * PART_BYTES + 3)), b"", b"tail"
WHOLE = b"".join(PARTS)


def test_all_pieces_together_are_the_body() -> None:
    body = Parts(*PARTS)
    pieces = list(body)
    assert b"".join(pieces) == bytes(body) == WHOLE
    assert len(body) == len(WHOLE)
    assert max(map(len, pieces)) == PART_BYTES


@pytest.mark.parametrize(
    ("start", "stop"),
    [(0, 0), (0, 1), (2, 6), (3, 4), (4, PART_BYTES), (PART_BYTES, len(WHOLE)), (len(WHOLE) - 4, len(WHOLE))],
)
def test_a_cut_is_the_cut_of_the_whole(start: int, stop: int) -> None:
    cut = Parts(*PARTS)[start:stop]
    assert bytes(cut) == WHOLE[start:stop]
    assert len(cut) == stop - start


def test_many_small_parts_are_sent_together() -> None:
    pieces = list(Parts(*[b"word"] * PART_BYTES))
    assert b"".join(pieces) == b"word" * PART_BYTES
    assert len(pieces) == 4
