"""The small line of a card: planned from base to target, results where their years are, one scale for both."""

from geoapp.pages.charts import track


def test_a_result_on_the_planned_line_lies_on_it() -> None:
    drawn = track([(2020, 0.0), (2025, 15.0)], [(2023, 9.0)])
    assert drawn is not None
    start, end = drawn.ends
    mark = drawn.marks[0]
    share = (mark.x - start.x) / (end.x - start.x)
    assert round(share, 2) == 0.6
    assert abs(start.y + share * (end.y - start.y) - mark.y) < 0.2
    assert (start.year, end.year, end.label) == (2020, 2025, "15")


def test_more_is_higher_and_less_is_lower() -> None:
    better, worse = (track([(2020, 0.0), (2025, 15.0)], [(2023, value)]) for value in (12.0, 5.0))
    assert better is not None
    assert worse is not None
    assert better.marks[0].y < worse.marks[0].y


def test_a_result_after_the_target_is_not_drawn_and_without_results_nothing_is() -> None:
    drawn = track([(2020, 0.0), (2025, 15.0)], [(2023, 9.0), (2026, 20.0)])
    assert drawn is not None
    assert [mark.year for mark in drawn.marks] == [2023]
    assert track([(2020, 0.0), (2025, 15.0)], []) is None
    assert track([(2025, 0.0), (2025, 15.0)], [(2025, 9.0)]) is None
