"""Two views as one table: CSV, and a workbook that shows how each difference is made."""

from typing import Any

from geoapp.files.plain_table import Row, rows_csv, rows_xlsx
from geoapp.model.phrase import Phrase

Json = dict[str, Any]
FIRST, SECOND = "C", "F"
"""Columns of the two values, which the formula names."""


def head(pair: Json, lang: str) -> Row:
    """Return the heads: what each side shows, with its unit."""
    names: Row = [Phrase("区划代码").say(lang), Phrase("地区").say(lang)]
    for side in (pair["a"], pair["b"]):
        unit = f" ({side['unit']})" if side["unit"] not in ("", "-") else ""
        names += [side["head"] + unit, Phrase("取值说明").say(lang), Phrase("出处").say(lang)]
    return [*names, *([Phrase("差（后减前）").say(lang)] if pair["comparable"] else [])]


def rows(pair: Json) -> list[Row]:
    """Return a row for each area; a difference only where there is one."""
    found: list[Row] = []
    for row in pair["rows"]:
        line: Row = [row["adcode"], row["name"]]
        for side in (row["a"], row["b"]):
            line += [side["value"], side["words"], f"{side['source']} {side['section']}".strip()]
        found.append([*line, *([row["difference"]] if pair["comparable"] else [])])
    return found


def pair_csv(pair: Json, lang: str) -> bytes:
    """Return the table as CSV."""
    return rows_csv([head(pair, lang), *rows(pair)])


def pair_xlsx(pair: Json, lang: str) -> bytes:
    """Return a workbook with one header row, a column in which it computes each difference itself, and the sources."""
    found = rows(pair)
    formulas = [
        f"={SECOND}{number}-{FIRST}{number}" if row[-1] is not None else "" for number, row in enumerate(found, 2)
    ]
    cited = [f"{each['title']} {each['document_no'] or each['published'] or ''}".strip() for each in pair["sources"]]
    shown = [f"{side['title']}：{side['subtitle']}" for side in (pair["a"], pair["b"])]
    return rows_xlsx(
        [head(pair, lang), *found],
        lang,
        title=Phrase("对照"),
        notes=[*shown, *cited, pair["notice"]],
        computed=(Phrase("差（公式）").say(lang), formulas) if pair["comparable"] else None,
        freeze="C2",
    )
