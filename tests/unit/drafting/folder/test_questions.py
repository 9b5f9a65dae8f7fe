"""What a draft leaves open is asked in both languages."""

import re
from pathlib import Path

from geoapp.drafting.folder.questions import in_english

RULES = Path(__file__).resolve().parents[4] / "geoapp" / "drafting" / "rules"
HAN = re.compile(r"[\u4e00-\u9fff]")


def test_every_question_of_the_rules_has_its_english() -> None:
    source = (RULES / "confidence.py").read_text(encoding="utf-8")
    asked = [text.replace("{name}", "x") for text in re.findall(r'row\.open\.append\(f?"(.*)"\)', source)]
    assert len(asked) >= 4
    assert not [text for text in asked if HAN.search(in_english(text))]


def test_names_of_the_document_stay_in_chinese() -> None:
    asked = "指标表中没有“农膜回收率”：请确认新指标，或改为已有指标"
    assert in_english(asked) == "No indicator is called “农膜回收率”: confirm the new one, or choose one that exists"
