"""A kept table as JSON: what was understood, where each row lies, what is left to decide."""

import datetime
from collections import Counter
from typing import Any

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.region import CHINA, Adcode, Level
from geoapp.model.view import Lang, View
from geoapp.owndata.indicators import indicator_id
from geoapp.owndata.table import Column, Fault, Row
from geoapp.owndata.tables import OwnTable

Json = dict[str, Any]
HOW = {
    "official": Phrase("全名"),
    "short": Phrase("简称"),
    "old_name": Phrase("旧名"),
    "composite": Phrase("只指该地区的一部分"),
    "english": Phrase("英文名"),
    "path": Phrase("含上级名称"),
    "columns": Phrase("按本行的上级地区"),
    "title": Phrase("按标题所写的地区"),
    "header": Phrase("按表头所写的级别"),
    "adcode": Phrase("行政区代码"),
    "old_code": Phrase("旧代码"),
    "settled": Phrase("由您确定"),
    "several": Phrase("有几个同名的地区"),
    "elsewhere": Phrase("本行所写的上级地区里没有它"),
    "code_and_name": Phrase("代码与名称不是同一个地区"),
    "repeated": Phrase("同一地区有几行，请选用哪一行"),
    "unknown": Phrase("没有这个名称"),
    "no_name": Phrase("没有写地区"),
    "total": Phrase("合计行，不落在图上"),
    "seat": Phrase("本级，不是一个行政区"),
    "left_out": Phrase("由您略去"),
    "other_row": Phrase("同一地区选用了另一行"),
}
SUMMARY = Phrase("{all} 行中 {matched} 行已对上，{ambiguous} 行待您决定，{unmatched} 行没有找到")
LEVELS = {Level.PROVINCE: Phrase("省级"), Level.PREFECTURE: Phrase("地级"), Level.COUNTY: Phrase("县级")}


def table_json(own: OwnTable, names: Gazetteer, lang: Lang) -> Json:
    """Return a table as its reader sees it.

    Args:
        names: the divisions in the reader's language.
    """
    table, counts = own.table, own.table.counts
    view = first_view(own, names, lang)
    around = _around(list(own.by_region), names)
    used = sum(counts.values()) - counts["ignored"]
    return {
        "id": own.id,
        "expires": datetime.datetime.fromtimestamp(own.expires, datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "version": own.version,
        "file": table.file,
        "sheet": table.sheet,
        "sheets": list(table.sheets),
        "header": list(table.header),
        "titles": list(table.titles),
        "notes": list(table.notes),
        "columns": [_column(own, column) for column in table.columns],
        "rows": [_row(row, names, lang, around) for row in table.rows],
        "counts": counts,
        "summary": Phrase(SUMMARY.text, {"all": used, **counts}).say(lang),
        "levels": [
            {"level": str(level), "title": LEVELS[level].say(lang), "rows": number}
            for level, number in levels(own, names).most_common()
        ],
        "faults": [_fault(fault, lang) for fault in table.faults],
        "view": view.query() if view else None,
        "url": Address(f"/?{view.query()}") if view else None,
        "page": Address(f"/table?id={own.id}{'&lang=en' if lang == 'en' else ''}"),
    }


def levels(own: OwnTable, names: Gazetteer) -> "Counter[Level]":
    """Return how many matched rows lie on each level."""
    return Counter(names[code].level for code in own.by_region if code in names)


def first_view(own: OwnTable, names: Gazetteer, lang: Lang, column: Column | None = None) -> View | None:
    """Return the view of a column (the first one): at the level of most rows, in the smallest region around them."""
    column = column or next(iter(own.table.indicators), None)
    found = levels(own, names).most_common(1)
    if column is None:
        return None
    level = found[0][0] if found else Level.PREFECTURE
    codes = [code for code in own.by_region if code in names and names[code].level is level]
    return View(
        region=_around(codes, names),
        indicator=indicator_id(own.id, column.id),
        year=None,
        level=level,
        layers=(),
        lang=lang,
    )


def _around(codes: list[Adcode], names: Gazetteer) -> Adcode:
    """Return the smallest division above all of some."""
    shared: list[Adcode] | None = None
    for code in codes:
        line = [each.adcode for each in names.parents(code)]
        shared = line if shared is None else [each for each in shared if each in line]
    return shared[0] if shared else CHINA


def _column(own: OwnTable, column: Column) -> Json:
    number = column.kind == "number"
    return {
        "id": column.id,
        "title": column.title,
        "kind": column.kind,
        "unit": column.unit,
        "year": column.year,
        **(
            {"draw": column.draw, "settled": column.settled, "indicator": indicator_id(own.id, column.id)}
            if number
            else {}
        ),
    }


def _row(row: Row, names: Gazetteer, lang: Lang, around: Adcode) -> Json:
    return {
        "row": row.row,
        "name": row.name,
        "adcode": row.adcode or None,
        "region_name": names[row.adcode].name if row.adcode in names else "",
        "status": row.status,
        "how": row.how,
        "how_words": HOW[row.how].say(lang),
        "likely": _is_likely(row, names, around),
        "candidates": [
            {"adcode": code, "name": names[code].name, "where": where(code, names)}
            for code in row.candidates
            if code in names
        ],
    }


def _is_likely(row: Row, names: Gazetteer, around: Adcode) -> bool:
    """Say whether exactly the first of several candidates lies where all other rows of the table lie."""
    if row.status != "ambiguous" or around == CHINA or not row.candidates:
        return False
    inside = [code for code in row.candidates if code in names and names.is_within(code, around)]
    return inside == [row.candidates[0]]


def where(code: Adcode, names: Gazetteer) -> str:
    """Return the divisions above one, largest first, without the country: ``江苏省 南京市``."""
    return " ".join(each.name for each in reversed(list(names.parents(code))) if each.adcode != CHINA)


def _fault(fault: Fault, lang: Lang) -> Json:
    return {
        "row": fault.row,
        "column": fault.column,
        "cell": fault.cell,
        "text": fault.text,
        "problem": Phrase(fault.problem).say(lang),
    }
