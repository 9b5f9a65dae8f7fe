"""Parts of a body, against RFC 9110 written down once more and plainly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.web.http.ranges import Part, parse_range

TOTALS = st.integers(0, 50)
ENDS = st.integers(0, 60)


@given(TOTALS, ENDS, ENDS)
def test_from_first_to_last(total: int, first: int, last: int) -> None:
    found = parse_range(f"bytes={first}-{last}", total)
    if last < first:
        assert found is None, "nonsense is answered with the whole"
        return
    body = list(range(total))
    assert found is not None
    assert body[found.start : found.stop] == body[first : last + 1]
    assert found.satisfiable is (first < total)
    if found.satisfiable:
        assert found.header == f"bytes {first}-{min(last, total - 1)}/{total}"
    else:
        assert found.header == f"bytes */{total}"


@given(TOTALS, ENDS)
def test_from_first_to_the_end(total: int, first: int) -> None:
    found = parse_range(f"bytes={first}-", total)
    body = list(range(total))
    assert found is not None
    assert body[found.start : found.stop] == body[first:]
    assert found.satisfiable is (first < total)


@given(TOTALS, ENDS)
def test_the_last_bytes_even_when_more_are_asked_than_there_are(total: int, last: int) -> None:
    found = parse_range(f"bytes=-{last}", total)
    body = list(range(total))
    if found is None:
        assert last == 0, "a part of nothing may be answered with the whole"
        return
    assert 0 <= found.start <= total
    assert body[found.start : found.stop] == (body[-last:] if last else [])
    assert found.satisfiable is (last > 0 and total > 0)
    if found.satisfiable:
        assert found.header == f"bytes {max(0, total - last)}-{total - 1}/{total}"


@pytest.mark.parametrize(
    "header", ["", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "items=0-1", "bytes=1--2"]
)
def test_what_is_no_single_range_is_the_whole(header: str) -> None:
    assert parse_range(header, 10) is None


@pytest.mark.parametrize(
    ("header", "part"), [("bytes= 0-4 ", Part(0, 5, 10)), ("bytes=9-9", Part(9, 10, 10)), ("bytes=0-0", Part(0, 1, 10))]
)
def test_spaces_and_single_bytes(header: str, part: Part) -> None:
    assert parse_range(header, 10) == part
    assert part.satisfiable
