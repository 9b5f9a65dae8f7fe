"""Classes for any values at all: none is lost, none is in two, zero parts less from more, few stand alone."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.analysis.classify import MOST_CLASSES, MOST_EACH_SIDE, classify

VALUES = st.lists(st.one_of(st.integers(-40, 40).map(float), st.floats(-1e6, 1e6, allow_nan=False)), max_size=60)


@given(VALUES, st.booleans())
def test_every_value_lies_in_exactly_one_class(values: list[float], zero_apart: bool) -> None:
    found = classify(values, zero_apart=zero_apart)
    assert found.has_zero is (zero_apart and 0 in values)
    for value in values:
        holding = [n for n, each in enumerate(found.intervals) if each.low <= value <= each.high]
        if value == 0 and zero_apart:
            assert (found.index(value), holding) == (-1, [])
        else:
            assert [found.index(value)] == holding


@given(VALUES, st.booleans())
def test_limits_occur_and_rise(values: list[float], zero_apart: bool) -> None:
    intervals = classify(values, zero_apart=zero_apart).intervals
    ends = [end for each in intervals for end in (each.low, each.high)]
    assert set(ends) <= set(values)
    assert ends == sorted(ends)
    assert all(one.high < other.low for one, other in pairwise(intervals))


@given(VALUES, st.booleans())
def test_few_different_values_stand_alone_and_many_are_few_classes(values: list[float], zero_apart: bool) -> None:
    found = classify(values, zero_apart=zero_apart)
    distinct = sorted({value for value in values if value != 0 or not zero_apart})
    if not distinct:
        assert (found.method, found.intervals) == ("unique" if values else "none", ())
    elif len(distinct) <= MOST_CLASSES:
        assert found.method == "unique"
        assert [(each.low, each.high) for each in found.intervals] == [(value, value) for value in distinct]
    else:
        assert found.method == "fisher_jenks"
        below, above = [v for v in distinct if v < 0], [v for v in distinct if v > 0]
        sides = (below, above) if zero_apart and below and above else (distinct,)
        most = MOST_EACH_SIDE if len(sides) == 2 else MOST_CLASSES
        assert len(found.intervals) == sum(min(most, len(side)) for side in sides)


@given(VALUES)
def test_no_class_reaches_over_a_zero_that_stands_apart(values: list[float]) -> None:
    found = classify(values)
    assert all((each.low < 0) == (each.high < 0) for each in found.intervals)
    assert found.below == len([each for each in found.intervals if each.low < 0])


@pytest.mark.parametrize(
    ("values", "method", "classes"),
    [
        ([1, 2, 3, 4, 5], "unique", 5),
        ([0, 1, 2, 3, 4, 5], "unique", 5),
        ([1, 2, 3, 4, 5, 6], "fisher_jenks", 5),
        ([-1, -2, 1, 2, 3], "unique", 5),
        ([-1, -2, -3, -4, 1, 2], "fisher_jenks", 5),
        ([-9, -8, -2, -1, 1, 2, 8, 9], "fisher_jenks", 6),
        ([-1, 1, 2, 3, 4, 5, 6], "fisher_jenks", 4),
        ([20] * 5, "unique", 1),
    ],
)
def test_the_cases_round_each_limit(values: list[float], method: str, classes: int) -> None:
    found = classify(values)
    assert (found.method, len(found.intervals)) == (method, classes)


def test_a_value_between_two_classes_belongs_to_the_upper_and_one_beyond_to_the_last() -> None:
    found = classify([1.0, 3.0, 9.0])
    assert [found.index(value) for value in (0.5, 1.0, 2.0, 3.0, 5.0, 9.0, 99.0)] == [0, 0, 1, 1, 2, 2, 2]


def test_a_zero_of_the_ground_is_a_value_like_others() -> None:
    found = classify([0, 5, -3], zero_apart=False)
    assert (found.has_zero, found.index(0), found.below) == (False, 1, 1)
