"""What a draft leaves to a person, in English: the rules ask in Chinese, the language of their documents."""

import re
from collections.abc import Sequence

QUESTIONS: Sequence[tuple[str, str]] = (
    (
        r"指标表中没有“(.*)”：请确认新指标，或改为已有指标",
        r"No indicator is called “\1”: confirm the new one, or choose one that exists",
    ),
    (r"单位与指标的单位不同：请核对单位和指标", "The unit is not that of the indicator: check both"),
    (
        r"年度文件没有写明比哪一年：请核对是否为同比，再定指标和基年",
        "The plan of one year does not say against which: check whether it is the year before, then set indicator and "
        "base year",
    ),
    (r"没有找到所在章节：请填写 section", "No heading was found above it: fill in section"),
)


def in_english(question: str) -> str:
    """Return a question in English; one that nobody worded stays as it is."""
    for pattern, words in QUESTIONS:
        if (found := re.fullmatch(pattern, question)) is not None:
            return found.expand(words)
    return question
