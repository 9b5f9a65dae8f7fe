"""What changed between two plans as rows: the same for the workbook and for Word."""

from typing import Any

from geoapp.model.phrase import Phrase

Json = dict[str, Any]


def head(changes: Json, lang: str) -> list[str]:
    """Return the heads, those of the values with the years of their plan."""
    a, b = changes["a"]["period"], changes["b"]["period"]
    values = [Phrase("{period}年目标", {"period": each}).say(lang) for each in (a, b)]
    section = Phrase("章节").say(lang)
    names = [Phrase("地区"), Phrase("指标"), Phrase("档次"), Phrase("单位")]
    return [*(each.say(lang) for each in names), values[0], section, values[1], section, Phrase("变化").say(lang)]


def rows(changes: Json) -> list[list[str]]:
    """Return a row for each goal, as its document prints it."""
    return [
        [row["region_name"], row["indicator_name"], row["tier_words"], row["unit"], *_side(row["a"]), *_side(row["b"]),
         row["change_words"]]
        for row in changes["rows"]
    ]  # fmt: skip


def _side(side: Json | None) -> list[str]:
    return [side["label"], side["section"]] if side else ["", ""]
