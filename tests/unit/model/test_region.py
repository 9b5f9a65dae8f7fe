"""Division codes are text, read as spreadsheets deliver them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.errors import InvalidAdcode
from geoapp.model.region import parse_adcode


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("150600", "150600"),
        (150600, "150600"),
        ("150600.0", "150600"),
        (" 150600 ", "150600"),
        ("150600000000", "150600"),
    ],
)
def test_reads_codes_in_every_usual_form(raw: object, code: str) -> None:
    assert parse_adcode(raw) == code


@pytest.mark.parametrize("raw", ["", "1506", "15060O", "１５０６００", "150600.5", None, "abc600000000"])
def test_refuses_what_is_not_a_code(raw: object) -> None:
    with pytest.raises(InvalidAdcode, match="is not a division code; expected six digits such as 150600"):
        parse_adcode(raw)


@given(st.integers(min_value=100000, max_value=999999))
def test_number_text_and_float_agree(number: int) -> None:
    assert parse_adcode(number) == parse_adcode(str(number)) == parse_adcode(f"{number}.0") == str(number)
