"""Heading paths said in English keep every number of the printed path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoapp.atlas import Atlas
from geoapp.model.heading import heading_in_english
from geoapp.model.phrase import Phrase, translator


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("附件1", "Annex 1"),
        ("附件3 #31", "Annex 3, row 31"),
        ("三(一)", "Section 3(1)"),
        ("三(一) 专栏3", "Section 3(1), Box 3"),
        ("二(二) 表2", "Section 2(2), Table 2"),
        ("一(一)2 表1", "Section 1(1)2, Table 1"),
        ("四(十一)", "Section 4(11)"),
        ("五(二十)", "Section 5(20)"),
        ("三(二);三(九)", "Section 3(2); Section 3(9)"),
        ("十一", "Section 11"),
        ("附件二", "Annex 2"),
        ("主要目标", "Main targets"),
        ("某个没人认识的标题", "某个没人认识的标题"),
        ("", ""),
    ],
)
def test_a_path_is_said_in_english(printed: str, said: str) -> None:
    assert heading_in_english(printed, translator("en")) == said


@given(st.integers(1, 99), st.integers(1, 99))
def test_numerals_are_read_as_they_are_written(part: int, below: int) -> None:
    digits = "零一二三四五六七八九"

    def written(number: int) -> str:
        tens, ones = divmod(number, 10)
        lead = ("" if tens == 1 else digits[tens]) + "十" if tens else ""
        return lead + (digits[ones] if ones else "")

    assert heading_in_english(f"{written(part)}({written(below)})", str) == f"Section {part}({below})"


def test_a_gap_called_section_is_said_in_the_sentence_s_language() -> None:
    sentence = Phrase("{section}印“/”：不设此目标", {"section": "附件1 #3"})
    assert sentence.say("zh").startswith("附件1 #3印")
    assert sentence.say("en").startswith("Annex 1, row 3 prints")


def test_every_path_of_the_data_has_english_words(atlas: Atlas) -> None:
    data = atlas.dataset
    printed = {each.section for each in (*data.targets, *data.statistics, *data.parks, *data.projects)}
    left = [each for each in printed if not heading_in_english(each, translator("en")).isascii()]
    assert left == []
