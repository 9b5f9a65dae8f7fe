"""A raster under a sheet's areas: its cells in the colours of its legend, and what must be said of it.

The areas over it are outlined and say their values in words: two scales of colour on one map
would be read as one. Beyond the region the raster pales, so that the region stays the subject.
"""

from math import ceil

import numpy as np
import shapely

from geoapp.model.phrase import Phrase
from geoapp.portrayal import style
from geoapp.portrayal.legend import span
from geoapp.raster.record import RasterRecord, in_language
from geoapp.raster.service import MEANINGS, Rasters
from geoapp.sheets.paper import Format
from geoapp.sheets.scene.areas import Canvas
from geoapp.sheets.scene.primitives import Group, Image, Path, is_empty, lines_of

FINEST = {"png": 200, "pdf": 200, "svg": 144}
"""Pixels per inch by format: cells are squares in flat colours and gain nothing from more."""
VEIL = 0.68
NO_DATA = Phrase("空白处无数据")
VALUES = Phrase("数值注在各地名下，各地只画轮廓")


def paint_backdrop(canvas: Canvas, record: RasterRecord, rasters: Rasters, form: Format, dpi: int) -> list[Group]:
    """Draw the cells in the whole window, and a veil over what is not the region."""
    window, placement = canvas.window, canvas.layout.placement
    dpi = min(dpi, FINEST["png"]) if form == "png" else FINEST[form]
    wide, high = ceil(window.width * dpi / 72), ceil(window.height * dpi / 72)
    west, north = (placement.plane(np.array([[window.x0, window.y0]])) * 1000.0)[0]
    east, south = (placement.plane(np.array([[window.x1, window.y1]])) * 1000.0)[0]
    box = (float(west), float(south), float(east), float(north))
    pixels = rasters.preview(record.id, box, wide, high, canvas.base.projection.definition)
    opacity = canvas.resolved.view.opacity / 100
    cells = Group("raster", [Image(window, pixels, opacity, id=f"raster-{record.id}")])
    outline = shapely.clip_by_rect(canvas.outline, *window.grown(2))
    rings = () if is_empty(outline) else lines_of([outline])
    country = canvas.base.national  # beyond it a sheet has nothing but water
    fill, opacity = (style.WATER, 1.0) if country else (style.LAND, VEIL)
    veil = Path((window.ring(), *rings), fill=fill, opacity=opacity, round=False)
    return [cells, Group("veil", [veil])]


def legend_lines(record: RasterRecord, lang: str, opacity: float) -> list[tuple[str, str]]:
    """Return colour and words of each line of the legend, the highest first; colours as they show on paper."""
    return [(faded(line.colour, opacity), _said(line.label.get(lang), lang)) for line in reversed(record.legend)]


def _said(label: str, lang: str) -> str:
    low, between, high = label.partition("～")
    return span(low, high).say(lang) if between else label


def faded(colour: str, opacity: float) -> str:
    """Return a colour as it looks on the ground of the sheet."""
    top, under = (np.array([int(each[i : i + 2], 16) for i in (1, 3, 5)]) for each in (colour, style.LAND))
    red, green, blue = np.rint(top * opacity + under * (1 - opacity)).astype(int)
    return f"#{red:02x}{green:02x}{blue:02x}"


def legend_notes(record: RasterRecord, lang: str) -> list[str]:
    """Return what stands under the raster's title: its unit, and in short what it is not."""
    notes = [Phrase("单位：{unit}", {"unit": record.unit}).say(lang)] if record.unit else []
    return notes if record.meaning == "measured" else [*notes, MEANINGS[record.meaning].say(lang)]


def texts(record: RasterRecord) -> list[str]:
    """Return what a sheet says of a raster, for the check of the font."""
    lines = [record.title, record.note, record.attribution, *(line.label for line in record.legend)]
    return [record.unit, record.date, *(text.zh + text.en for text in lines)]


def source(record: RasterRecord, lang: str) -> str:
    """Return the source line: what it is, of when, how coarse, whose, and what it must not be used for."""
    cell = f"{record.cell_m / 1000:.2g} km" if record.cell_m >= 1000 else f"{record.cell_m:.0f} m"
    values = {
        "title": record.title.get(lang),
        "date": in_language(record.date, lang),
        "cell": cell,
        "source": record.attribution.get(lang),
    }
    wording = Phrase("地面图层：{title}，{date}，每格约{cell}。来源：{source}。", values).say(lang)
    return f"{wording}{' ' if lang == 'en' else ''}{record.note.get(lang)}".strip()
