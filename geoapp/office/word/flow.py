"""How the pieces of a run fall on pages, so that the map among them takes the height that fills them.

An office program breaks the pages; this foresees where, by the metrics of the usual faces. It is right to a few lines,
which is enough to tell a full page from one that is left a quarter empty.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geoapp.office import fit
from geoapp.office.address import QR_SIDE
from geoapp.office.maps import POINTS
from geoapp.office.word.dress import TEXT_WIDTH, Dress
from geoapp.office.word.flow_items import TALL, TOGETHER, Code, Drawing, Figure, Grid, Piece, Run, Text

USUAL = 106.0
"""Millimetres: the height of a map where nothing asks for another one."""
SPARE = 0.1
"""Share of a page that may be left free before it counts against a height."""
FEW = 0.33
"""Share of a page under which a last one looks forgotten."""
INSET = 7.0
"""Millimetres: how far the text of a list is set in."""
ROWS_WITH_HEAD = 2


@dataclass(frozen=True, slots=True)
class _Part:
    """Something that breaks over no page. ``again`` is what a new page repeats above it."""

    height: float
    keep: bool = False
    again: float = 0.0


def settled(run: Run, look: Dress) -> Run:
    """Return a run whose map has its height: of those it may choose from, the one that leaves least empty."""
    figures = [piece for piece in run if isinstance(piece, Figure)]
    if len(figures) != 1 or figures[0].chapter.page or len(figures[0].heights) < 2:
        return run
    figure = figures[0]
    above, below = run[: run.index(figure)], run[run.index(figure) + 1 :]
    before, after = (tuple(part for piece in pieces for part in _parts(piece, 0.0, look)) for pieces in (above, below))

    def waste(height: float) -> float:
        return _waste(_fall([*before, *_parts(figure, height, look), *after], look), look)

    best = min(figure.heights, key=lambda height: (waste(height), abs(height - USUAL)))
    chosen = replace(figure, heights=(best, *(height for height in TALL if height > best)))
    return [chosen if piece is figure else piece for piece in run]


def fills(run: Run, map_height: float, look: Dress) -> list[float]:
    """Return how much of each page is filled, in millimetres, with a map of some height."""
    return _fall([part for piece in run for part in _parts(piece, map_height, look)], look)


def _fall(parts: Sequence[_Part], look: Dress) -> list[float]:
    """Let parts fall on pages one after the other; return how much of each is filled."""
    pages = [0.0]
    for group in _groups(parts):
        total = sum(part.height for part in group)
        if pages[-1] and pages[-1] + total > look.height:
            pages.append(group[0].again)
        for part in group:
            if pages[-1] + part.height > look.height:
                pages.append(part.again)
            pages[-1] += part.height
    return pages


def _waste(filled: Sequence[float], look: Dress) -> float:
    """Return how much is left empty, in pages: what is spare between others, and a last page with a few lines."""
    *whole, last = (used / look.height for used in filled)
    empty = sum(max(0.0, 1 - used - SPARE) for used in whole)
    return round(empty + max(0.0, FEW - last) + 0.01 * len(whole), 2)


def _groups(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    group: list[_Part] = []
    for part in parts:
        group.append(part)
        if not part.keep:
            yield group
            group = []
    if group:
        yield group


def _parts(piece: Piece, map_height: float, look: Dress) -> Iterator[_Part]:
    if isinstance(piece, Figure):
        yield _Part(map_height + look.texts["Map"].before / POINTS, keep=True)
    elif isinstance(piece, Drawing):
        yield _Part(piece.height + look.texts["Map"].before / POINTS, keep=True)
    elif isinstance(piece, Code):
        yield _Part(QR_SIDE)
    elif isinstance(piece, Grid):
        yield from _rows(piece, look)
    else:
        yield from _lines(piece, look)


def _lines(text: Text, look: Dress) -> Iterator[_Part]:
    style = look.texts[text.style]
    width = TEXT_WIDTH - (INSET if "Bullet" in text.style else 0)
    count = sum(fit.lines(line, width, style.size, fit.USUAL) for line in text.text.split("\n"))
    for number in range(1, count + 1):
        height = style.line + (style.before if number == 1 else 0) + (style.after if number == count else 0)
        yield _Part(height / POINTS, keep=number < count or text.keep or style.keep)


def _rows(grid: Grid, look: Dress) -> Iterator[_Part]:
    head, *rows = fit.row_heights(grid.table, fit.on_paper(look), fit.USUAL)
    kept = len(rows) - 1 if len(rows) <= TOGETHER else ROWS_WITH_HEAD
    yield _Part(head, keep=True)
    for number, height in enumerate(rows):
        yield _Part(height, keep=number < kept, again=head)
