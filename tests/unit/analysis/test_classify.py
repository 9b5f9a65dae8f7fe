"""Classes are made of values that occur; zero stands alone."""

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geoapp.analysis.classify import Classes, Interval, classify


def test_few_values_are_their_own_classes() -> None:
    found = classify([18, 0, 5, 5, 10])
    assert found == Classes(
        method="unique",
        intervals=(Interval(low=5, high=5), Interval(low=10, high=10), Interval(low=18, high=18)),
        has_zero=True,
    )
    assert [found.index(value) for value in (0, 5, 10, 18)] == [-1, 0, 1, 2]


def test_many_values_are_broken_where_they_part() -> None:
    found = classify([1, 1.1, 1.2, 5, 5.1, 9, 9.2, 20, 21, 40])
    assert found.method == "fisher_jenks"
    assert [(each.low, each.high) for each in found.intervals] == [(1, 1.2), (5, 5.1), (9, 9.2), (20, 21), (40, 40)]


@pytest.mark.parametrize("values", [[], [0, 0]])
def test_nothing_but_zero(values: list[float]) -> None:
    assert classify(values).intervals == ()
    assert classify(values).has_zero is bool(values)


def test_all_equal_is_one_class() -> None:
    assert classify([7] * 50).intervals == (Interval(low=7, high=7),)


def test_every_value_falls_into_the_class_that_holds_it() -> None:
    values = [float(n * n % 97) for n in range(60)]
    found = classify(values)
    for value in values:
        rank = found.index(value)
        assert rank == -1 if value == 0 else found.intervals[rank].low <= value <= found.intervals[rank].high


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(min_value=1, max_value=400), min_size=6, max_size=60))
def test_natural_breaks_are_as_tight_as_mapclassify_makes_them(values: list[int]) -> None:
    found = classify(values)
    if found.method != "fisher_jenks":
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from mapclassify import FisherJenks

        theirs = FisherJenks(values, k=5).bins
    ours = [each.high for each in found.intervals]

    def spread(limits: list[float]) -> float:
        groups = np.searchsorted(limits, values)
        return sum(float(np.var(part) * len(part)) for k in set(groups) if len(part := np.array(values)[groups == k]))

    assert len(ours) == 5
    assert spread(ours) <= spread(list(theirs)) + 1e-6


def test_thousands_of_values_take_no_time_to_speak_of() -> None:
    values = np.random.default_rng(7).gamma(2, 10, 2891).round(3).tolist()
    assert len(classify(values).intervals) == 5
