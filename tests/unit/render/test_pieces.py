"""Large bodies in parts are the same bytes as the parts joined."""

import pytest

from geoapp.render.pieces import PIECE, Pieces

PARTS = b"head", memoryview(b"x" * (2 * PIECE + 3)), b"", b"tail"
WHOLE = b"".join(PARTS)


def test_all_pieces_together_are_the_body() -> None:
    body = Pieces(*PARTS)
    pieces = list(body)
    assert b"".join(pieces) == bytes(body) == WHOLE
    assert len(body) == len(WHOLE)
    assert max(map(len, pieces)) == PIECE


@pytest.mark.parametrize(
    ("start", "stop"), [(0, 0), (0, 1), (2, 6), (3, 4), (4, PIECE), (PIECE, len(WHOLE)), (len(WHOLE) - 4, len(WHOLE))]
)
def test_a_cut_is_the_cut_of_the_whole(start: int, stop: int) -> None:
    cut = Pieces(*PARTS)[start:stop]
    assert bytes(cut) == WHOLE[start:stop]
    assert len(cut) == stop - start
