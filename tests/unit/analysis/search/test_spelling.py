"""Readings of names, and what people type for them."""

import pytest

from geoapp.analysis.search.spelling import MISREAD, MISREAD_START, WHOLE, spell, typed_letters


def fits(name: str, letters: str) -> int | None:
    """Return the best fit of letters to a place name."""
    found = [fit for each in spell(name, place=True) if (fit := each.fit(letters)) is not None]
    return min(found, default=None)


@pytest.mark.parametrize("typed", ["lüliang", "lyuliang", "lvliang", "luliang", "LǙLIÁNG", "lu:liang", "lv3liang2"])
def test_umlauts_and_tones_are_read_as_typed(typed: str) -> None:
    assert fits("吕梁", typed_letters(typed.casefold())) == WHOLE


def test_tones_leave_the_other_letters_alone() -> None:
    assert typed_letters("tǎchéng") == "tacheng"
    assert typed_letters("xī'ān") == "xi'an"
    assert typed_letters("2025") == "2025"
    assert typed_letters("吕梁") == "吕梁"


@pytest.mark.parametrize(
    ("name", "right", "misread"),
    [
        ("六安", "luan", "liuan"),
        ("乐亭", "laoting", "leting"),
        ("洪洞", "hongtong", "hongdong"),
        ("番禺", "panyu", "fanyu"),
        ("单", "shan", "dan"),
        ("康巴什", "kangbashi", "kangbashen"),
    ],
)
def test_a_misread_name_is_found_and_never_as_well_as_a_right_one(name: str, right: str, misread: str) -> None:
    assert (fits(name, right), fits(name, misread)) == (WHOLE, MISREAD)


def test_the_beginning_of_a_misread_name_needs_four_letters() -> None:
    assert fits("乐亭县", "leti") == MISREAD_START
    assert fits("乐亭县", "let") is None
