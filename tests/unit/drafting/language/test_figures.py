"""Numbers as printed: value, unit, qualifier, and what a number is when it is no value."""

import pytest

from geoapp.drafting.language.figures import figures, han_value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("达到１５．５％以上", [("１５．５％以上", 15.5, "%", "ge", "value")]),
        ("1,234.5万吨标准煤", [("1,234.5万吨标准煤", 1234.5, "万吨标准煤", "eq", "value")]),
        ("原则不低于10%", [("原则不低于10%", 10, "%", "ge", "value")]),
        ("控制在1.6以下", [("控制在1.6以下", 1.6, "", "le", "value")]),
        (
            "增加到2019年的59.98亿千万时",
            [("2019年", None, "", "eq", "date"), ("59.98亿千万时", 59.98, "亿千瓦时", "eq", "value")],
        ),
        ("65蒸吨/小时及以上燃煤锅炉", [("65蒸吨/小时及以上", 65, "蒸吨/小时", "ge", "threshold")]),
        ("内发改环资字〔2022〕1128号", [("〔2022〕1128号", None, "", "eq", "other")]),
        ("一至两个", [("一至两个", 1, "个", "ge", "value")]),
        ("达到Ⅱ类", [("Ⅱ类", None, "类", "eq", "value")]),
        ("好于Ⅲ类水体比例", []),
    ],
)
def test_figures_of_a_text(text: str, found: list[tuple[object, ...]]) -> None:
    assert [(f.text, f.value, f.unit, f.comparator, f.group) for f in figures(text)] == found


@pytest.mark.parametrize(("text", "value"), [("七十五", 75), ("十二点五", 12.5), ("一百零五", 105), ("两", 2)])
def test_chinese_numerals(text: str, value: float) -> None:
    assert han_value(text) == value
