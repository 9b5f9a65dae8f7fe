"""A book of sheets becomes a table: the parts of the sheet, its columns, its rows with their regions."""

from pathlib import Path

from geoapp.errors import UnreadableTable
from geoapp.model.phrase import Phrase
from geoapp.model.region import Adcode
from geoapp.owndata.matching.names import NameIndex
from geoapp.owndata.matching.nearest import Nearest
from geoapp.owndata.matching.rows import RowMatcher, named_rows
from geoapp.owndata.reading.refused import refusal
from geoapp.owndata.reading.sheet import MOST_COLUMNS, MOST_ROWS, Book, Sheet, cell_name
from geoapp.owndata.table import Table
from geoapp.owndata.understanding.columns import understand_columns
from geoapp.owndata.understanding.layout import Layout, find_layout, is_total, level_of
from geoapp.owndata.understanding.numbers import printed
from geoapp.owndata.understanding.units import FOR_ALL

NO_REGIONS = Phrase(
    "{file}{sheet}：没有一列写的是行政区名称或代码；第一个有内容的单元格 {cell} 是“{text}”。"
    "请让一列写旗县、市或省的名称（或六位代码）；只有经纬度的表格请作为点图层添加"
)
NO_CELLS = Phrase("{file}{sheet}：没有内容；请选另一个工作表")
IN_SHEET = Phrase("，工作表“{sheet}”")


class Understanding:
    """Understands books with the names of one edition."""

    def __init__(self, index: NameIndex) -> None:
        self._index, self._nearest = index, Nearest(index)

    def table(self, book: Book, sheet: str = "") -> Table:
        """Return the table of a sheet: the one that is asked for, else the one with most regions.

        Raises:
            UnreadableTable: there is no such sheet, it is too large, or no column of it names divisions.
        """
        if sheet:
            return self._read(book, self._asked(book, sheet))
        faults: list[UnreadableTable] = []
        tables: list[Table] = []
        for each in (one for one in book.sheets if not one.hidden):
            try:
                tables.append(self._read(book, each))
            except UnreadableTable as fault:
                faults.append(fault)
        if not tables:
            raise faults[0] if faults else refusal("empty", book.name)
        return max(tables, key=lambda table: (table.counts["matched"], table.counts["ambiguous"]))

    def _asked(self, book: Book, name: str) -> Sheet:
        found = next((each for each in book.sheets if each.name == name), None)
        if found is None:
            raise refusal("no_sheet", book.name, sheet=name, known="、".join(each.name for each in book.sheets))
        return found

    def _read(self, book: Book, sheet: Sheet) -> Table:
        if sheet.large is not None:
            rows, columns = sheet.large
            key, count, most = ("rows", rows, MOST_ROWS) if rows > MOST_ROWS else ("columns", columns, MOST_COLUMNS)
            raise refusal(key, book.name, sheet=sheet.name, count=count, most=most)
        layout = find_layout(sheet, self._index)
        if layout is None or not layout.body:
            raise _no_regions(book, sheet)
        return self._understood(book, sheet, layout)

    def _understood(self, book: Book, sheet: Sheet, layout: Layout) -> Table:
        cells = [sheet.rows[row] for row in layout.body]
        counted = [not any(is_total(printed(row[c])) for c in layout.regions) for row in cells]
        titles = [_line(sheet, row) for row in layout.titles]
        subject = next((line for line in titles if not FOR_ALL.search(line)), sheet.name or Path(book.name).stem)
        columns = understand_columns(sheet, layout, counted, subject)
        named = named_rows(cells, [row + 1 for row in layout.body], layout.regions, layout.code, columns.years)
        named_by = (
            [column for column in columns.columns if column.position == layout.regions[-1]] if layout.regions else []
        )
        level = level_of(named_by[0].title) if named_by else None
        matcher = RowMatcher(self._index, self._nearest, self._about([book.name, sheet.name, *titles]), level)
        storeys = sorted((*layout.header, *layout.units))
        return Table(
            file=book.name,
            sheet=sheet.name,
            sheets=tuple(each.name for each in book.sheets if not each.hidden),
            header=(storeys[0] + 1, storeys[-1] + 1) if storeys else (0, 0),
            titles=tuple(titles),
            notes=tuple(_line(sheet, row) for row in layout.notes),
            columns=columns.columns,
            rows=matcher.match(named),
            cells=tuple(cells),
            numbers=columns.numbers,
            faults=columns.faults,
        )

    def _about(self, lines: list[str]) -> Adcode | None:
        """Return the one division that the title lines, the sheet or the file name; None for none or several."""
        found = {code for line in lines for code in self._index.in_text(line)}
        return found.pop() if len(found) == 1 else None


def _line(sheet: Sheet, row: int) -> str:
    return " ".join(text for cell in sheet.rows[row] if (text := printed(cell)))


def _no_regions(book: Book, sheet: Sheet) -> UnreadableTable:
    place: object = Phrase(IN_SHEET.text, {"sheet": sheet.name}) if sheet.name else ""
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            if text := printed(cell):
                values = {"file": book.name, "sheet": place, "cell": cell_name(number, column), "text": text[:40]}
                return UnreadableTable(Phrase(NO_REGIONS.text, values))
    return UnreadableTable(Phrase(NO_CELLS.text, {"file": book.name, "sheet": place}))
