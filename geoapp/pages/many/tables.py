"""The tables of reading pages as rows: what a page shows and its JSON twin says, to be opened in a spreadsheet."""

from collections.abc import Callable, Iterator, Mapping

from geoapp.analysis.progress.statuses import JUDGED, PROGRESS_WORDS, UNJUDGED
from geoapp.model.phrase import Phrase, sense
from geoapp.pages.base import Json

Row = list[object]
PLAN = sense("one", "规划文件")
CODE, REGION, SECTION, YEAR = Phrase("区划代码"), Phrase("地区"), Phrase("出处"), Phrase("年")
COUNTS = {"targets": Phrase("目标"), "parks": Phrase("园区"), "projects": Phrase("项目"), "actions": Phrase("举措")}
STATISTICS = Phrase("统计值")


def page_rows(kind: str, page: Json, lang: str) -> list[Row]:
    """Return the head and the rows of a page's table.

    Args:
        kind: one of :data:`TABLES`.
        page: what the JSON twin says.
    """
    head, rows = TABLES[kind]
    return [[each.say(lang) for each in head], *rows(page)]


def _plans(page: Json) -> Iterator[Row]:
    for plan in page["plans"]:
        counts = plan["counts"]
        about: Row = [plan["id"], plan["title"], plan["region"], plan["region_name"], plan["period"]]
        numbers: Row = [counts[each] for each in ("targets", "statistics", "parks", "projects", "actions")]
        yield [*about, plan["issuer"], plan["document_no"], plan["published"], *numbers, plan["document_url"]]


def _parks(page: Json) -> Iterator[Row]:
    for plan, park in ((each, point) for each in page["plans"] for point in each["points"]):
        where: Row = [park["adcode"], park["region_name"], park["precision_words"]]
        yield [
            park["id"],
            park["name"],
            "、".join(park["programme_words"]),
            *where,
            plan["short_title"],
            park["section"],
        ]


def _regions(page: Json) -> Iterator[Row]:
    for plan in page["plans"]:
        for region in plan["regions"]:
            yield [plan["short_title"], region["adcode"], region["name"], *(region[each] for each in COUNTS)]


def _progress(page: Json) -> Iterator[Row]:
    for plan in page["plans"]:
        for each in plan["indicators"]:
            yield [plan["short_title"], plan["region"], each["title"], each["year"], *each["counts"].values()]


def _indicator(page: Json) -> Iterator[Row]:
    for group in page["goals"]:
        for plan in group["plans"]:
            for goal in plan["rows"]:
                said: Row = [goal["value"], goal["label"], goal["value_text"], goal["unit"], goal["base_year"]]
                where: Row = [goal["adcode"], goal["region_name"], group["year"], group["tier_words"]]
                yield [*where, *said, plan["short_title"], goal["section"], goal["id"]]
    for series in page["figures"]:
        for each in series["points"]:
            said = [each["value"], each["label"], each["value_text"], each["unit"], None]
            where = [series["adcode"], series["region_name"], each["year"], None]
            yield [*where, *said, each["citation"]["title"], each["section"], each["id"]]


def _quality(page: Json) -> Iterator[Row]:
    for plan in page["plans"]:
        left: Row = [sum(plan["not_joined"].values()), len(plan["not_placed"])]
        rows: Row = [plan["rows"][each] for each in ("targets", "statistics", "parks", "projects")]
        yield [plan["short_title"], plan["region"], *rows, *left, plan["contradictions"], plan["notes"]]


POINT = (Phrase("编号"), Phrase("名称"))
WHERE = (CODE, REGION, Phrase("位置精度"), PLAN, SECTION)
STATUSES = tuple(PROGRESS_WORDS[status] for status in (*JUDGED, *UNJUDGED))
TABLES: Mapping[str, tuple[tuple[Phrase, ...], Callable[[Json], Iterator[Row]]]] = {
    "plans": (
        (
            Phrase("编号"),
            PLAN,
            CODE,
            REGION,
            Phrase("规划期"),
            Phrase("发文机关"),
            Phrase("文号"),
            Phrase("发布日期"),
            COUNTS["targets"],
            STATISTICS,
            COUNTS["parks"],
            COUNTS["projects"],
            COUNTS["actions"],
            Phrase("网址"),
        ),
        _plans,
    ),
    "parks": ((*POINT, Phrase("示范与工程"), *WHERE), _parks),
    "regions": ((PLAN, CODE, REGION, *COUNTS.values()), _regions),
    "progress": ((PLAN, CODE, sense("one", "指标"), YEAR, *STATUSES), _progress),
    "indicator": (
        (
            CODE,
            REGION,
            YEAR,
            Phrase("档次"),
            Phrase("数值"),
            Phrase("读作"),
            Phrase("原文"),
            Phrase("单位"),
            Phrase("基年"),
            PLAN,
            SECTION,
            Phrase("编号"),
        ),
        _indicator,
    ),
    "quality": (
        (
            PLAN,
            CODE,
            COUNTS["targets"],
            STATISTICS,
            COUNTS["parks"],
            COUNTS["projects"],
            Phrase("未对应"),
            Phrase("只到地市或省区"),
            Phrase("矛盾"),
            Phrase("提示"),
        ),
        _quality,
    ),
}
"""Head and rows of each page's table."""
