"""A scene as PDF by cairo: vector lines, real text in two embedded fonts, searchable and selectable.

cairo draws straight from the scene: going through SVG text and CairoSVG gives the same page in
three times the time, as it parses every coordinate again (``benchmarks/snapshots.py``).
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from geoapp import __version__
from geoapp.errors import FontMissing
from geoapp.sheets import fontconfig
from geoapp.sheets.font_files import carried
from geoapp.sheets.fonts import FAMILY, Run, face, measure
from geoapp.sheets.libraries import drawing_library
from geoapp.sheets.scene.primitives import Circle, Image, Link, Path, Scene, Text

PROBE = "鄂尔多斯市 16.5%"
MADE = "2000-01-01T00:00:00Z"
"""A fixed date of making: the same view gives the same bytes. The sheet itself prints its dates."""
TAGS = {"title": "H1", "areas": "Figure"}
"""What a group of a scene is to a screen reader; the others are words."""
GROUND = "background"
"""White over the whole page, which paper is by itself; cairo forgets all open tags when a page is covered."""
GRID, COARSE_GRID = 8, 4
"""Steps to a point that lines are rounded to, for two thirds of the bytes: they are off by 0.02 mm, and by 0.04 mm on
a page of so many points that it can only be a map of all counties."""
COUNTRYWIDE = 100_000
SHARES = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a PDF says of itself; without a day it was made on none, and the same view has the same bytes.

    Attributes:
        day: of making, YYYY-MM-DD.
    """

    title: str = ""
    subject: str = ""
    author: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: what is drawn, the parts that lead somewhere, and its bookmark where it has one."""

    scene: Scene
    links: tuple[Link, ...] = ()
    bookmark: str = ""


def paint(scene: Scene, about: About = About(), links: tuple[Link, ...] = ()) -> bytes:
    """Return the scene as a PDF of one page in its exact size. Raises as :func:`paint_pages` does."""
    about = replace(about, title=about.title or scene.title, subject=about.subject or scene.description)
    return paint_pages([Page(scene, links)], about)


def paint_pages(pages: Sequence[Page], about: About) -> bytes:
    """Return pages as one tagged PDF: each with its heading, its figure and its words, as screen readers tell them.

    Raises:
        FontMissing: fontconfig finds another font than the one the sheet was measured with.
        LibraryMissing: cairo cannot be loaded.
    """
    cairocffi = drawing_library("cairocffi")
    register_fonts()
    out = io.BytesIO()
    surface = cairocffi.PDFSurface(out, pages[0].scene.width, pages[0].scene.height)
    told = {"TITLE": about.title, "SUBJECT": about.subject, "AUTHOR": about.author, "CREATOR": f"geoapp {__version__}"}
    for name, text in told.items():
        if text:
            surface.set_metadata(getattr(cairocffi, f"PDF_METADATA_{name}"), text)
    made = f"{about.day}T00:00:00Z" if about.day else MADE
    surface.set_metadata(cairocffi.PDF_METADATA_CREATE_DATE, made)
    surface.set_metadata(cairocffi.PDF_METADATA_MOD_DATE, made)
    context = cairocffi.Context(surface)
    context.set_fill_rule(cairocffi.FILL_RULE_EVEN_ODD)
    with _tagged(context, "Document"):
        for number, page in enumerate(pages, start=1):
            surface.set_size(page.scene.width, page.scene.height)
            if page.bookmark:
                place = f"page={number} pos=[0 0]"
                surface.add_outline(cairocffi.PDF_OUTLINE_ROOT, page.bookmark, place, 0)
            _page(context, page)
            context.show_page()
    surface.finish()
    return out.getvalue()


def _page(context: Any, page: Page) -> None:
    grid = GRID if _points(page.scene) < COUNTRYWIDE else COARSE_GRID
    with _tagged(context, "Sect"):
        for group in page.scene.groups:
            if group.id == GROUND:
                continue
            with _tagged(context, TAGS.get(group.id, "P")):
                for item in group.items:
                    if isinstance(item, Text):
                        _text(context, item)
                    elif isinstance(item, Image):
                        _image(context, item)
                    else:
                        _shape(context, item, grid)
        for link in page.links:
            with _tagged(context, "Link", _attributes(link)):
                pass  # a link is the part of the page that its attributes name


def _points(scene: Scene) -> int:
    paths = (item for group in scene.groups for item in group.items if isinstance(item, Path))
    return sum(len(line) for path in paths for line in path.lines)


def _attributes(link: Link) -> str:
    """Return a link as cairo's tags are told it."""
    box = link.box
    place = f"rect=[{box.x0:.2f} {box.y0:.2f} {box.width:.2f} {box.height:.2f}]"
    if isinstance(link.target, int):
        return f"{place} page={link.target} pos=[0 0]"
    address = link.target.replace("\\", "\\\\").replace("'", "\\'")
    return f"{place} uri='{address}'"


@contextmanager
def _tagged(context: Any, name: str, attributes: str = "") -> Iterator[None]:
    context.tag_begin(name, attributes)
    yield
    context.tag_end(name)


@lru_cache(maxsize=1)
def register_fonts() -> None:
    """Make the carried fonts known to cairo, and see that it takes them and no others of their name."""
    import cairocffi

    for bold in (False, True):
        for file in carried(bold):
            fontconfig.register(file)
    context = cairocffi.Context(cairocffi.PDFSurface(None, 10, 10))
    for bold in (False, True):
        _select(context, FAMILY, bold, 100.0)
        if abs(context.text_extents(PROBE)[4] - measure(PROBE, 100.0, bold)) > 1.0:
            raise FontMissing(f"fontconfig finds another font than ours for {FAMILY}; remove it, or run fc-cache -f")


def _select(context: Any, family: str, bold: bool, size: float) -> None:
    import cairocffi

    weight = cairocffi.FONT_WEIGHT_BOLD if bold else cairocffi.FONT_WEIGHT_NORMAL
    context.select_font_face(family, cairocffi.FONT_SLANT_NORMAL, weight)
    context.set_font_size(size)


def _shape(context: Any, item: Path | Circle, grid: int) -> None:
    if isinstance(item, Circle):
        context.new_sub_path()
        context.arc(item.x, item.y, item.radius, 0, 6.283185307179586)
        context.close_path()
    else:
        _path(context, item, grid)
    if item.fill:
        _source(context, item.fill, item.opacity)
        if item.stroke:
            context.fill_preserve()
        else:
            context.fill()
    if item.stroke:
        _pen(context, item)
        context.stroke()


def _path(context: Any, item: Path, grid: int) -> None:
    """Add all lines of a path at once, as cairo keeps them: a call for each of 200,000 points takes half of the time.

    The layout is that of ``cairo_path_data_t``: 16 bytes, either a header, which says what follows and how long it
    is with itself, or a point. cairocffi documents ``ffi``, ``cairo`` and ``_pointer`` for such use.
    """
    import cairocffi

    if not item.lines:
        return
    lengths = np.array([len(line) for line in item.lines])
    sizes = 2 * lengths + item.closed
    begins = np.cumsum(sizes) - sizes
    number = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    heads = np.repeat(begins, lengths) + 2 * number
    cells = np.zeros((int(sizes.sum()), 2))
    cells[heads + 1] = np.round(np.concatenate(item.lines) * grid) / grid
    words = cells.view(np.int32).reshape(-1, 4)
    words[heads, 0] = np.where(number == 0, cairocffi.PATH_MOVE_TO, cairocffi.PATH_LINE_TO)
    words[heads, 1] = 2
    if item.closed:
        words[begins + 2 * lengths, :2] = cairocffi.PATH_CLOSE_PATH, 1
    path = cairocffi.ffi.new("cairo_path_t *")
    path.status = cairocffi.STATUS_SUCCESS
    path.data = cairocffi.ffi.cast("cairo_path_data_t *", cairocffi.ffi.from_buffer(cells))
    path.num_data = len(cells)
    cairocffi.cairo.cairo_append_path(context._pointer, path)


def _image(context: Any, item: Image) -> None:
    import cairocffi

    red, green, blue, alpha = np.moveaxis(item.pixels, 2, 0)
    cells = np.dstack([blue, green, red, alpha]) * (alpha > 0)[..., None]  # its native order; cells are whole or absent
    rows, columns = alpha.shape
    surface = cairocffi.ImageSurface(cairocffi.FORMAT_ARGB32, columns, rows, bytearray(cells.tobytes()), columns * 4)
    context.save()
    context.translate(item.box.x0, item.box.y0)
    context.scale(item.box.width / columns, item.box.height / rows)
    context.set_source_surface(surface)
    context.get_source().set_filter(cairocffi.FILTER_NEAREST)
    context.paint_with_alpha(item.opacity)
    context.restore()


def _pen(context: Any, item: Path | Circle) -> None:
    import cairocffi

    rounded = isinstance(item, Path) and item.round
    _source(context, item.stroke, item.opacity if isinstance(item, Path) else 1.0)
    context.set_line_width(item.width)
    context.set_line_join(cairocffi.LINE_JOIN_ROUND if rounded else cairocffi.LINE_JOIN_MITER)
    context.set_line_cap(cairocffi.LINE_CAP_ROUND if rounded and not item.dash else cairocffi.LINE_CAP_BUTT)
    context.set_dash(item.dash)


def _source(context: Any, colour: str, opacity: float) -> None:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    if opacity < 1:
        context.set_source_rgba(red, green, blue, opacity)
    else:
        context.set_source_rgb(red, green, blue)


def _text(context: Any, item: Text) -> None:
    context.save()
    context.translate(item.x, item.y)
    if item.turn:
        context.rotate(item.turn * 3.141592653589793 / 180)
    x = -measure(item.text, item.size, item.bold) * SHARES[item.anchor]
    runs = list(face(item.bold).runs(item.text))
    if item.halo:
        _halo(context, item, x, runs)
    _source(context, item.colour, 1.0)
    for file, piece, width in runs:
        _select(context, file.family, item.bold, item.size)
        context.move_to(x, 0)
        context.show_text(piece)
        x += width * item.size
    context.restore()


def _halo(context: Any, item: Text, x: float, runs: list[Run]) -> None:
    """Stroke the outlines of a text, below it."""
    import cairocffi

    for file, piece, width in runs:
        _select(context, file.family, item.bold, item.size)
        context.move_to(x, 0)
        context.text_path(piece)
        x += width * item.size
    _source(context, item.halo, 0.88)
    context.set_line_width(item.halo_width * 2)
    context.set_line_join(cairocffi.LINE_JOIN_ROUND)
    context.set_dash(())
    context.stroke()
