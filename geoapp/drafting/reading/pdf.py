"""PDF files with text: lines by their place on the page, ruled tables, heads and feet taken out."""

import itertools
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from geoapp.drafting.reading.cleaning import is_contents, is_page_number, running_lines, tidy, without_digits
from geoapp.drafting.reading.document import Grid, Part
from geoapp.drafting.reading.lines import Line, parts_of
from geoapp.errors import UnreadableDocument

FEWEST_CHARACTERS = 20
"""A page with fewer characters and a picture is a scan."""
TITLE = 1.1
"""A line so much larger than the text is a title."""
GAP = 1.6
"""A gap of so many character widths inside a line parts two cells of a table without rules."""
BoundingBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line of a page, or a table, with its top edge, in points."""

    top: float
    x0: float
    x1: float
    size: float
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one page from top to bottom, and whether it is a picture only."""

    number: int
    placed: tuple[Placed, ...]
    scanned: bool


def read(path: Path, most_pages: int) -> Iterator[Part]:
    """Yield the paragraphs and tables of a PDF; scanned pages go through OCR where it is installed.

    Raises:
        UnreadableDocument: it is no PDF, is locked, has too many pages, or is a scan and OCR is not installed.
    """
    pages = [_recognised(path, page) if page.scanned else page for page in _pages(path, most_pages)]
    yield from parts_of_pages(pages)


def _pages(path: Path, most_pages: int) -> Iterator[Page]:
    import pdfplumber  # with pdfminer 30 MB: only where a PDF is read
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfparser import PDFSyntaxError
    from pdfplumber.utils.exceptions import PdfminerException

    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # it warns of every font it has to guess at
    try:
        with pdfplumber.open(path) as pdf:
            if len(pdf.pages) > most_pages:
                problem = f"{len(pdf.pages)} pages, more than {most_pages}"
                raise UnreadableDocument(path.name, problem, "give only the pages of the plan")
            for number, page in enumerate(pdf.pages, start=1):
                yield _page(page, number)
                page.close()  # frees what was parsed: memory stays that of one page
    except (PdfminerException, PDFSyntaxError, PDFPasswordIncorrect):
        raise UnreadableDocument(path.name, "not a readable PDF", "is it damaged or locked? save it anew") from None


def _page(page: Any, number: int) -> Page:
    if len(page.chars) < FEWEST_CHARACTERS and page.images:
        return Page(number, (), scanned=True)
    tables = [table for table in page.find_tables() if len(table.rows) > 0]
    boxes = [table.bbox for table in tables]
    words = [word for word in page.extract_words(extra_attrs=["size"]) if not _inside(word, boxes)]
    placed = [*_lines(words), *(_placed_table(page, table) for table in tables)]
    return Page(number, tuple(sorted(placed, key=lambda each: each.top)), scanned=False)


def _inside(word: Any, boxes: Sequence[BoundingBox]) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _lines(words: Sequence[Any]) -> Iterator[Placed]:
    """Yield the lines that words make; words on one height belong together."""
    line: list[Any] = []
    for word in sorted(words, key=lambda each: (round(each["bottom"]), each["x0"])):
        if line and abs(word["bottom"] - line[-1]["bottom"]) > word["size"] * 0.5:
            yield placed_line(line)
            line = []
        line.append(word)
    if line:
        yield placed_line(line)


def placed_line(words: Sequence[Any]) -> Placed:
    """Return one line from its words: mappings with text, x0, x1, top and size, in any order."""
    ordered = sorted(words, key=lambda each: each["x0"])
    size = max(each["size"] for each in ordered)
    text, end = "", None
    for word in ordered:
        gap = 0 if end is None else word["x0"] - end
        text += ("\t" if gap > size * GAP else " " if gap > 0 else "") + word["text"]
        end = max(end or 0, word["x1"])
    return Placed(ordered[0]["top"], ordered[0]["x0"], end or 0, size, text)


def _placed_table(page: Any, table: Any) -> Placed:
    left, top, right, _ = table.bbox
    return Placed(top, left, right, 0, rows=_filled(page, table))


def _filled(page: Any, table: Any) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a ruled table, the text of a merged cell in every place it covers."""
    boxes = [box for box in table.cells if box]
    xs = _edges(boxes, 0, 2)
    ys = _edges(boxes, 1, 3)
    texts = {box: page.crop(_within(box, page.bbox)).extract_text() or "" for box in boxes}
    rows = []
    for top, bottom in itertools.pairwise(ys):
        row = []
        for left, right in itertools.pairwise(xs):
            x, y = (left + right) / 2, (top + bottom) / 2
            row.append(next((texts[b] for b in boxes if b[0] <= x <= b[2] and b[1] <= y <= b[3]), ""))
        rows.append(tuple(row))
    return tuple(rows)


def _within(box: BoundingBox, page: BoundingBox) -> BoundingBox:
    return max(box[0], page[0]), max(box[1], page[1]), min(box[2], page[2]), min(box[3], page[3])


def _edges(boxes: Sequence[BoundingBox], low: int, high: int) -> list[float]:
    """Return the distinct edges of cells along one axis; edges closer than 3 points are one."""
    edges: list[float] = []
    for edge in sorted({box[low] for box in boxes} | {box[high] for box in boxes}):
        if not edges or edge - edges[-1] > 3:
            edges.append(edge)
    return edges


def _recognised(path: Path, page: Page) -> Page:
    from geoapp.drafting.reading.scanned import recognise

    return Page(page.number, recognise(path, page.number), scanned=False)


def parts_of_pages(pages: Sequence[Page]) -> Iterator[Part]:
    """Yield the parts of placed pages: heads and feet dropped, margins told from the lines of all pages."""
    running = running_lines([[each.text for each in page.placed if each.text] for page in pages])
    prose = [each for page in pages for each in page.placed if each.text and "\t" not in each.text]
    left = _common([each.x0 for each in prose], low=True)
    right = _common([each.x1 for each in prose], low=False)
    size = median(each.size for each in prose) if prose else 0.0
    pending: list[Line] = []
    for page in pages:
        for each in page.placed:
            if each.rows:
                yield from parts_of(pending)
                pending = []
                yield from _table_parts(each.rows, page.number)
            elif not _is_running(each, running, size) and not _is_dropped(each.text):
                full = each.x1 > right - 1.5 * each.size
                indented = each.x0 > left + 1.2 * each.size
                pending.append(Line(each.text, page.number, full, indented))
    yield from parts_of(pending)


def _is_running(line: Placed, running: set[str], size: float) -> bool:
    """Say whether a line is a head or foot; a title in larger type is not, even where the head repeats it."""
    return line.size < TITLE * size and without_digits(line.text) in running


def _is_dropped(text: str) -> bool:
    return is_page_number(text) or is_contents(text) or text.strip().isdigit()


def _common(values: Sequence[float], *, low: bool) -> float:
    """Return the margin: the edge that at least a twentieth of the lines reach."""
    ordered = sorted(values, reverse=not low)
    return ordered[len(ordered) // 20] if ordered else 0.0


def _table_parts(rows: tuple[tuple[str, ...], ...], page: int) -> Iterator[Part]:
    if len(rows[0]) == 1 or len({cell for row in rows for cell in row}) == 1:  # a box around prose
        for row in rows:
            yield from parts_of([Line(line, page) for line in row[0].splitlines()])
        return
    yield Grid(tuple(tuple(tidy(cell) for cell in row) for row in rows), page)
