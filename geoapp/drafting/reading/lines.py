"""Lines as they stand on paper become paragraphs and tables again.

A sentence goes on over a line or a page unless something ends it: a full stop, a heading, a list
number, a line that is short where the others are full. Tables come as cells between tabs, or as
cells on lines of their own that each begin with a tab.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoapp.drafting.reading.cleaning import is_contents, is_page_number, tidy
from geoapp.drafting.reading.document import Grid, Paragraph, Part

STARTS = re.compile(
    r"第[一二三四五六七八九十百\d]+[章节条编部分]|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）]|"
    r"\d{1,2}[.．、](?!\d)|\d{1,2}(?:\.\d{1,2})+(?!\d|[%％]|[万亿个家吨])|专栏|表\s?\d|图\s?\d|附件|附表|——|注[:：]|"
    r"[(（]\d{1,2}[)）]|[①-⑳●■◆]"
)
"""How a new paragraph begins where nothing else says so."""
ENDS = re.compile(r"[。；：！？;:!?][”’」』）)]*$|^[（(][^（()）]*[）)]$")
HALTS = re.compile(r"[，。；：、,;:]")
LONGEST_TITLE = 40
GROUP_CELL = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page. ``full`` and ``indented`` are None where the source knows no layout."""

    text: str
    page: int | None = None
    full: bool | None = None
    indented: bool | None = None


def parts_of(lines: Sequence[Line]) -> Iterator[Part]:
    """Yield the paragraphs and tables that lines make."""
    kept = [line for line in lines if not is_page_number(line.text) and not is_contents(line.text)]
    at = 0
    while at < len(kept):
        end = _table_end(kept, at)
        if end > at:
            yield from _table(kept[at:end])
            at = end
            continue
        end = at + 1
        while end < len(kept) and not _is_row(kept, end):
            end += 1
        yield from _paragraphs(kept[at:end])
        at = end


def _is_row(lines: Sequence[Line], at: int) -> bool:
    return "\t" in lines[at].text and _table_end(lines, at) > at


def _table_end(lines: Sequence[Line], at: int) -> int:
    """Return where the table that begins at a line ends; ``at`` itself where none begins. One row is no table."""
    if "\t" not in lines[at].text.rstrip("\n"):
        return at
    end, rows, place = at, 0, at
    while place < len(lines):
        text = lines[place].text
        if "\t" in text:
            rows, end = rows + 1, place + 1
        elif text.strip() and not _inside_table(lines, place):
            break
        place += 1
    return end if rows >= 2 else at


def _inside_table(lines: Sequence[Line], at: int) -> bool:
    """Say whether a line without a tab is a group's name or the rest of a cell: short, and rows go on below it."""
    text = tidy(lines[at].text)
    if len(text) > GROUP_CELL or HALTS.search(text) or STARTS.match(text):
        return False
    below = (line.text for line in lines[at + 1 : at + 4] if line.text.strip())
    return "\t" in next(below, "")


def _table(lines: Sequence[Line]) -> Iterator[Part]:
    rows = _cells_on_lines(lines) if lines[0].text.startswith("\t") else _cells_between_tabs(lines)
    wide = max(len(row) for row in rows)
    if wide == 1:
        yield from (Paragraph(row[0], lines[0].page) for row in rows if row[0])
        return
    padded = tuple(tuple(row) + ("",) * (wide - len(row)) for row in rows)
    yield Grid(padded, lines[0].page)


def _cells_between_tabs(lines: Sequence[Line]) -> list[list[str]]:
    return [[tidy(cell) for cell in line.text.split("\t")] for line in lines if line.text.strip()]


def _cells_on_lines(lines: Sequence[Line]) -> list[list[str]]:
    """Read cells that stand on lines of their own; a blank line ends a row, a line without a tab goes on."""
    rows: list[list[str]] = [[]]
    ended = False
    for line in lines:
        if not line.text.strip() and not line.text.startswith("\t"):
            ended = True
        elif line.text.startswith("\t"):
            if ended and rows[-1]:
                rows.append([])
            rows[-1].append(tidy(line.text))
            ended = False
        else:
            rows[-1][-1] = tidy(rows[-1][-1] + line.text)
            ended = False
    return [row for row in rows if row]


def _paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    text, first, last = "", None, None
    blank = False
    for line in lines:
        if not line.text.strip():
            blank = True
            continue
        if last is not None and first is not None:
            if _goes_on(text, last, line, blank=blank):
                text, last, blank = text + line.text.strip(), line, False
                continue
            yield Paragraph(tidy(text), first.page)
        text, first, last, blank = line.text.strip(), line, line, False
    if first is not None:
        yield Paragraph(tidy(text), first.page)


def _goes_on(text: str, last: Line, line: Line, *, blank: bool) -> bool:
    """Say whether the paragraph so far goes on in the next line."""
    before, after = tidy(text), tidy(line.text)
    if before.endswith(("，", "、", "“", "（", "《")):
        return True
    if ENDS.search(before) and not (last.full and line.indented is False):
        return False
    if STARTS.match(after) and line.indented is not False:
        return False
    if line.indented is not None and last.full is not None:
        return (last.full or not _is_title(before, blank=False)) and (not line.indented or line.page != last.page)
    return not _is_title(before, blank=blank)


def _is_title(text: str, *, blank: bool) -> bool:
    """Say whether a line without layout stands alone: a heading, a title, an addressee, a date."""
    if STARTS.match(text) and "。" not in text and len(text) <= LONGEST_TITLE + 5:
        return blank or len(text) < 28
    return len(text) <= LONGEST_TITLE and not re.search(r"[，。；、：]", text)
