"""The maps of a briefing as one PDF: an index that leads to each sheet, and a bookmark for each."""

from collections.abc import Iterator, Sequence

from geoapp.model.phrase import Phrase
from geoapp.office.content import Briefing, Chapter
from geoapp.office.maps import Imprint
from geoapp.portrayal import style
from geoapp.sheets.fonts import measure
from geoapp.sheets.paint import pdf
from geoapp.sheets.paper import PAPERS, Sheet
from geoapp.sheets.scene.primitives import Box, Group, Link, Path, Scene, Text
from geoapp.sheets.snapshot import Snapshots

WIDTH, HEIGHT = PAPERS["a4"]
MARGIN = 56.7
"""Points around the index: 20 mm."""
TITLE, ENTRY, SMALL = 20.0, 10.5, 8.0
LINE = 17.0
COLUMNS = 2
TOP = MARGIN + 62.0
LINES = int((HEIGHT - MARGIN - TOP) / LINE)
"""Entries in one column of the index."""
GAP = 34.0
DOTS = (0.6, 2.4)


def write_pdf(briefing: Briefing, snapshots: Snapshots, imprint: Imprint) -> bytes:
    """Return the maps of a briefing on A4 sheets in one file; a single one needs no index.

    Raises:
        InvalidView: a map has no room for its legend on a sheet.
    """
    entries = [_entry(chapter) for chapter in briefing.chapters]
    index = list(_index(briefing, entries)) if len(entries) > 1 else []
    about = pdf.About(
        title=briefing.title,
        subject=" · ".join((briefing.standing, briefing.made)),
        author=briefing.author,
        day=briefing.stamp,
    )
    sheets = []
    for chapter, entry in zip(briefing.chapters, entries, strict=True):
        sheet = Sheet(
            width=WIDTH,
            height=HEIGHT,
            format="pdf",
            title="" if chapter.page else chapter.title,
            date=briefing.date,
            maker=imprint.maker,
            review_no=imprint.review_no,
            address=chapter.address,
            qr=bool(chapter.qr),
        )
        scene, links = snapshots.page(chapter.resolved, sheet)
        sheets.append(pdf.Page(scene, links, entry))
    return pdf.paint_pages([*index, *sheets], about)


def _entry(chapter: Chapter) -> str:
    """Return what a sheet is called in the index: a page of a book by its region, else the title of the view."""
    return chapter.title


def _index(briefing: Briefing, entries: Sequence[str]) -> Iterator[pdf.Page]:
    """Yield the pages of the index: title, what may be done with it, and an entry a sheet."""
    room = LINES * COLUMNS
    pages = -(-len(entries) // room)
    for number in range(pages):
        told = list(enumerate(entries, start=1))[number * room : (number + 1) * room]
        group, links = Group("index"), []
        for place, (entry, name) in enumerate(told):
            column, line = divmod(place, LINES)
            items, link = _line(name, entry + pages, column, TOP + line * LINE)
            group.add(*items)
            links.append(link)
        words = Phrase("索引").say(briefing.lang)
        scene = Scene(WIDTH, HEIGHT, briefing.title, words, (_heading(briefing), group))
        yield pdf.Page(scene, tuple(links), words if number == 0 else "")


def _heading(briefing: Briefing) -> Group:
    below = f"{briefing.standing} · {briefing.made}"
    size = TITLE
    while size > ENTRY and measure(briefing.title, size, bold=True) > WIDTH - 2 * MARGIN:
        size -= 1
    title = Text(MARGIN, MARGIN + TITLE, briefing.title, size, style.INK, bold=True)
    return Group("title", [title, Text(MARGIN, MARGIN + TITLE + 18, below, SMALL, style.SOFT)])


def _line(name: str, page: int, column: int, y: float) -> tuple[list[Text | Path], Link]:
    """Return an entry with dots that lead the eye to its page."""
    import numpy as np

    width = (WIDTH - 2 * MARGIN - GAP * (COLUMNS - 1)) / COLUMNS
    left = MARGIN + column * (width + GAP)
    number = str(page)
    told = name
    while measure(told, ENTRY) > width - 40:
        told = f"{told.removesuffix('…')[:-1]}…"
    start, end = left + measure(told, ENTRY) + 6, left + width - measure(number, ENTRY) - 6
    dots = Path((np.array([[start, y - 2.5], [end, y - 2.5]]),), stroke=style.SOFT, width=0.6, dash=DOTS, closed=False)
    items: list[Text | Path] = [Text(left, y, told, ENTRY, style.INK)]
    items += [dots, Text(left + width, y, number, ENTRY, style.INK, anchor="end")]
    return items, Link(Box(left, y - ENTRY, left + width, y + 4), page)
