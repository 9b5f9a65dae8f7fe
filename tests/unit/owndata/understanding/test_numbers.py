"""Cells as planners write them; what is no number says why."""

import pytest

from geoapp.owndata.reading.sheet import UNCALCULATED, Cell
from geoapp.owndata.understanding.numbers import printed, read_number


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (3, 3.0),
        (2.5, 2.5),
        ("1,234.5", 1234.5),
        ("１，２３４．５", 1234.5),
        (" −16.5 ", -16.5),
        ("－３", -3.0),
        ("+7", 7.0),
        ("1 234", 1234.0),
        ("1.2e3", 1200.0),
        ("'42", 42.0),
        ("0", 0.0),
    ],
)
def test_numbers(cell: Cell, value: float) -> None:
    assert read_number(cell).value == value


@pytest.mark.parametrize(
    ("cell", "value", "unit"), [("12.5%", 12.5, "%"), ("１２％", 12.0, "%"), ("18万吨", 18.0, "万吨")]
)
def test_a_unit_behind_a_number_is_told(cell: Cell, value: float, unit: str) -> None:
    assert (read_number(cell).value, read_number(cell).unit) == (value, unit)


@pytest.mark.parametrize("cell", [None, "", "  ", "—", "-", "/", "暂无", "N/A", "……"])
def test_a_blank_is_never_zero(cell: Cell) -> None:
    assert read_number(cell).blank


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("约30", "不是数"),
        ("30以上", "不是数"),
        ("≥15", "不是数"),
        ("(12)", "不是数"),
        (True, "不是数"),
        ("12,34", "千分位"),
        ("#DIV/0!", "错误值"),
        (UNCALCULATED, "公式"),
    ],
)
def test_what_is_no_number_says_why(cell: Cell, words: str) -> None:
    fault = read_number(cell).fault
    assert fault is not None
    assert words in fault.say("zh")


def test_what_nobody_sees_is_not_printed() -> None:
    assert printed("城北\x0b区\n") == "城北 区"
    assert (printed(None), printed(3), printed(0.1 + 0.2)) == ("", "3", "0.3")
