"""Where the parts of a sheet are: title lines, the storeys of the header, the body, notes below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geoapp.model.region import Level
from geoapp.owndata.matching.names import NameIndex, tidy
from geoapp.owndata.reading.sheet import Cell, Sheet
from geoapp.owndata.understanding.numbers import plain, printed, read_number
from geoapp.owndata.understanding.units import is_unit

MOST_STOREYS = 4
LIKE_REGIONS = 0.5
"""Share of the filled cells of a column that name divisions, from which on it is a column of regions."""
HEADS = re.compile(
    r"^(?:地区|区域|地方|行政区|行政区划|行政区名称|区划|区划名称|名称|省份?|省市|省区|省（?区、市）?|地市|市州|州市|盟市|地州市?|城市|市|区县|县区|县市|县市区|"
    r"市县|旗县|旗区|旗县区|县（市、区）|旗县（市、区）|县|区|单位名称|所在地|所属地区?|region|area|name|county|city|district|province|prefecture|division)(?:名称|名)?$",
    re.IGNORECASE,
)
ANY_NAME = frozenset(("名称", "单位名称", "所在地", "name"))
"""Headers of names that may be a division's or anything else's: without a known name below they say nothing."""
CODE_HEADS = re.compile(r"代码|编码|区划码|adcode|code|gb码|^id$", re.IGNORECASE)
ORDER_HEADS = re.compile(r"^(?:序号|编号|序|no\.?|#|排名|rank)$", re.IGNORECASE)
TOTALS = re.compile(
    r"^(?:总计|合计|小计|共计|总数|总和|平均|平均值|均值|全国|全省|全市|全区|全县|全旗|全盟|全州|全地区|全自治区|total|sum|average|mean|subtotal)$",
    re.I,
)
TOTAL_WITHIN = re.compile(r"(?:合计|总计|小计|平均)$")
SEATS = frozenset({"市本级", "县本级", "省本级", "区本级", "盟本级", "州本级", "本级", "市直", "州直", "省直", "地直"})
LEVEL_HEADS: dict[Level, re.Pattern[str]] = {
    Level.PROVINCE: re.compile(r"^(?:省份?|省市区?|省区市?|省级(?:行政区)?|省.?[区市].*|provinces?)$", re.IGNORECASE),
    Level.PREFECTURE: re.compile(r"^(?:地市|市州|州市|盟市|地州市?|地级.*|设区市|prefectures?)$", re.IGNORECASE),
    Level.COUNTY: re.compile(
        r"^(?:区县|县区|县市|县市区|旗县区?|旗区|县|县.?市.*|旗县.*|县级.*|count(?:y|ies))$", re.IGNORECASE
    ),
}
NO_NAME = re.compile(r"[\d.,%+\-\s]*", re.ASCII)
YEARS = range(1949, 2071)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The parts of a sheet; rows and columns counted from 0.

    Attributes:
        header: positions of the header's storeys, without rows of units and of column numbers.
        units: positions of rows that hold units only.
        body: positions of the rows with data, totals included.
        regions: columns that name divisions, from the large ones to the small ones; the last one names the row's.
        code: the column of codes, or None.
    """

    header: tuple[int, ...]
    units: tuple[int, ...]
    body: tuple[int, ...]
    titles: tuple[int, ...]
    notes: tuple[int, ...]
    regions: tuple[int, ...]
    code: int | None


def is_total(name: str) -> bool:
    """Say whether a row's name says that it sums up others."""
    flat = re.sub(r"\s", "", tidy(name))
    return bool(TOTALS.match(flat) or TOTAL_WITHIN.search(flat))


def level_of(header: str) -> Level | None:
    """Return the level of division that the header of a column names; None for 地区 and other words for any."""
    flat = re.sub(r"\s", "", plain(header))
    return next((level for level, words in LEVEL_HEADS.items() if words.match(flat)), None)


def find_layout(sheet: Sheet, index: NameIndex) -> Layout | None:
    """Return the parts of a sheet; None where no column names divisions."""
    filled = [number for number, row in enumerate(sheet.rows) if any(printed(cell) for cell in row)]
    columns = _region_columns(sheet, filled, index)
    code = _code_column(sheet, filled, index, columns)
    key = columns[-1:] or ((code,) if code is not None else ())
    if not key:
        return None
    named = (*columns, *(() if code is None else (code,)))
    first = next((row for row in filled if _begins(sheet.rows[row], named, index, code)), None)
    first = _back_to_header(sheet, filled, named, first)
    above = [row for row in filled if first is None or row < first]
    header = _header(sheet, above)
    units = tuple(row for row in header if _is_units(sheet.rows[row]))
    body, notes = _body_and_notes(sheet, [row for row in filled if first is not None and row >= first], named)
    numbering = {row for row in header if _is_numbering(sheet.rows[row])}
    return Layout(
        header=tuple(row for row in header if row not in units and row not in numbering),
        units=units,
        body=tuple(body),
        titles=tuple(row for row in above if row not in header),
        notes=tuple(notes),
        regions=columns,
        code=code,
    )


def _region_columns(sheet: Sheet, filled: Sequence[int], index: NameIndex) -> tuple[int, ...]:
    """Return the columns that name divisions, one of each level, the larger divisions first."""
    found: dict[int, tuple[float, int]] = {}
    for column in range(len(sheet.rows[0]) if sheet.rows else 0):
        texts = [text for row in filled if isinstance(text := sheet.rows[row][column], str) and text.strip()]
        rank_of = {text: _rank(text, index) for text in dict.fromkeys(texts)}
        ranks = [rank for rank in rank_of.values() if rank is not None]
        named = sum(rank_of[text] is not None or is_total(text) for text in texts) if ranks else 0
        heads = [flat for text in texts[:12] if HEADS.match(flat := re.sub(r"\s", "", plain(text)))]
        if ranks and (heads or named >= LIKE_REGIONS * len(texts)):
            found[column] = (sum(ranks) / len(ranks), column)
        elif any(head.casefold() not in ANY_NAME for head in heads) and not found:
            found[column] = (4.0, column)
    chosen: list[int] = []
    levels: set[int] = set()
    for column, (rank, _) in sorted(found.items(), key=lambda item: item[1]):
        if rank == 4.0 and len(found) > 1:
            continue
        if (level := round(rank)) not in levels:
            levels.add(level)
            chosen.append(column)
    return tuple(chosen)


def _rank(text: str, index: NameIndex) -> float | None:
    """Return how small the division is that a text names: 1 province, 2 prefecture, 3 county; None where none."""
    codes = index.meanings(text) if len(text) <= 40 and not NO_NAME.fullmatch(text) else {}
    return min((1 if c.endswith("0000") else 2 if c.endswith("00") else 3 for c in codes), default=None)


def _code_column(sheet: Sheet, filled: Sequence[int], index: NameIndex, named: tuple[int, ...]) -> int | None:
    """Return the column whose cells are codes of divisions."""
    for column in range(len(sheet.rows[0]) if sheet.rows else 0):
        cells = [sheet.rows[row][column] for row in filled if printed(sheet.rows[row][column])]
        codes = sum(index.code(cell) is not None for cell in cells)
        headed = any(isinstance(cell, str) and CODE_HEADS.search(cell) for cell in cells[:8])
        if column not in named and codes and codes >= (0.3 if headed else 0.7) * len(cells):
            return column
    return None


def _begins(row: Sequence[Cell], named: Sequence[int], index: NameIndex, code: int | None) -> bool:
    """Say whether a row is of the body: it names a division, and holds more than that."""
    several = sum(bool(printed(cell)) for cell in row) > 1 or len(row) == 1
    return several and any(
        (index.code(row[c]) is not None)
        if c == code
        else isinstance(cell := row[c], str) and (bool(index.meanings(cell)) or is_total(cell))
        for c in named
    )


def _back_to_header(sheet: Sheet, filled: Sequence[int], named: Sequence[int], first: int | None) -> int | None:
    """Return the first row of the body: rows with numbers before the first known name are of it too."""
    before = [row for row in filled if first is None or row < first]
    for row in reversed(before):
        cells = sheet.rows[row]
        name = " ".join(printed(cells[c]) for c in named)
        if not name.strip() or HEADS.match(re.sub(r"\s", "", plain(name))) or not _has_data(cells, named):
            break
        first = row
    return first


def _has_data(row: Sequence[Cell], named: Sequence[int]) -> bool:
    """Say whether a row has numbers that are no years."""
    others = [cell for number, cell in enumerate(row) if number not in named]
    values = [value for cell in others if (value := read_number(cell).value) is not None]
    return bool(values) and not all(value in YEARS for value in values) and not _is_numbering(row)


def _header(sheet: Sheet, above: Sequence[int]) -> list[int]:
    """Return the rows of the header: the last ones above the body that are no title lines."""
    header: list[int] = []
    for row in reversed(above):
        cells = [printed(cell) for cell in sheet.rows[row]]
        texts = [text for text in cells if text]
        lone = len(texts) == 1 and len(cells) > 1
        if len(header) == MOST_STOREYS or (lone and not _is_band(cells, texts[0])) or _is_remark(texts):
            break
        header.insert(0, row)
    return header


def _is_band(cells: Sequence[str], text: str) -> bool:
    """Say whether a lone text is a storey of the header and no title: a year or a unit over some columns."""
    return not cells[0] and (bool(re.fullmatch(r"(?:19|20)\d\d年?", plain(text))) or is_unit(text))


def _is_remark(texts: Sequence[str]) -> bool:
    """Say whether a line above the header only tells unit, date or maker: ``填报单位：… 单位：万吨``."""
    return bool(texts) and all(re.match(r".{0,8}[:：]", text) or is_total(text) for text in texts)


def _is_units(row: Sequence[Cell]) -> bool:
    texts = [text for cell in row if (text := printed(cell))]
    units = [text for text in texts if is_unit(text.strip("()（）"))]
    return bool(units) and len(units) >= len(
        [text for text in texts if text not in ("单位", "计量单位", "-", "—", "/")]
    )


def _is_numbering(row: Sequence[Cell]) -> bool:
    """Say whether a row numbers the columns: ``甲 乙 1 2 3``."""
    texts = [text for cell in row if (text := printed(cell).strip("()（）"))]
    digits = [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) < 3]
    return (
        len(digits) >= 2
        and digits == list(range(digits[0], digits[0] + len(digits)))
        and digits[0] in (0, 1, 2)
        and all((text.isascii() and text.isdigit()) or text in "甲乙丙丁栏次" for text in texts)
    )


def _body_and_notes(sheet: Sheet, rows: Sequence[int], named: Sequence[int]) -> tuple[list[int], list[int]]:
    """Part the rows under the header: notes are lines with one text that begins like one, or after the last number."""
    body = list(rows)
    notes: list[int] = []
    while body and _is_note(sheet.rows[body[-1]], named):
        notes.insert(0, body.pop())
    return body, notes


NOTE = re.compile(
    r"^(?:注|备注|说明|附注|数据来源|资料来源|来源|填报|填表|制表|审核|联系|单位负责|统计|note|source|remark)",
    re.IGNORECASE,
)


def _is_note(row: Sequence[Cell], named: Sequence[int]) -> bool:
    texts = [text for cell in row if (text := printed(cell))]
    if NOTE.match(plain(texts[0])) and not any(isinstance(cell, int | float) for cell in row):
        return True
    return len(texts) == 1 and (len(texts[0]) > 20 or not any(printed(row[column]) for column in named))
