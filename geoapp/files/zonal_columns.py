"""What the ground says of each area of a file: columns for every published raster and for the sun.

Each raster gives its mean (or commonest class) and the share of the region that has data; the one
that the view shows gives the other statistics too. No data is an empty cell, never 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geoapp.files.columns import Column, Type
from geoapp.model.phrase import Phrase
from geoapp.model.region import Adcode, Region
from geoapp.model.view import View
from geoapp.raster.formatting import class_text
from geoapp.raster.library import RasterLibrary
from geoapp.raster.record import RasterRecord, RegionValues
from geoapp.raster.terrain.sun import region_sun
from geoapp.raster.zonal.indicators import CAVEATS, cited, indicator_id

Row = dict[str, Any]
DIGITS = 6
MEANS: tuple[tuple[str, str, Phrase], ...] = (("mean", "mean", Phrase("{raster}：平均")),)
REST: tuple[tuple[str, str, Phrase], ...] = (
    ("min", "minimum", Phrase("{raster}：最小")),
    ("max", "maximum", Phrase("{raster}：最大")),
    ("median", "median", Phrase("{raster}：中位数")),
    ("cells", "cells", Phrase("{raster}：有数据的格子数")),
)
SHARE = ("share", "share", Phrase("{raster}：有数据的面积占比（0–1）"))
CLASS = Phrase("{raster}：面积最大的类别")
SUN = (
    Column(name="sun_noon", short="sun_noon", type="text", title=Phrase("平太阳正午（北京时间）")),
    Column(
        name="sun_row_spacing", short="sun_pitch", type="number", title=Phrase("冬至日不遮挡行距（组件斜面长的倍数）")
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZonalTable:
    """Columns, a row for each area, and a source line for each raster."""

    columns: tuple[Column, ...]
    rows: Mapping[Adcode, Row]
    sources: tuple[str, ...]


def zonal_table(library: RasterLibrary, regions: Iterable[Region], view: View) -> ZonalTable:
    """Return what the ground says of some regions. Nothing is computed here but the sun."""
    records, places = library.records(), list(regions)
    rows: dict[Adcode, Row] = {place.adcode: _sun(place) for place in places}
    columns: list[Column] = []
    for number, record in enumerate(records, start=1):
        values = library.statistics(record)
        resolved = record.id == view.raster or indicator_id(record.id) == view.indicator
        columns += _columns(record, number, resolved, view.lang)
        for place in places:
            rows[place.adcode] |= _cells(record, values.get(place.adcode), resolved, view.lang)
    lines = tuple(f"{cited(record, view.lang)}；{CAVEATS[record.meaning].get(view.lang)}" for record in records)
    return ZonalTable(columns=(*columns, *SUN), rows=rows, sources=lines)


def _columns(record: RasterRecord, number: int, resolved: bool, lang: str) -> Sequence[Column]:
    raster = f"{record.title.get(lang)}（{record.unit}）" if record.unit else record.title.get(lang)

    def column(end: str, kind: Type, title: Phrase) -> Column:
        words = Phrase(title.text, {"raster": raster})
        return Column(name=f"{indicator_id(record.id)}_{end}", short=f"g{number}_{end}", type=kind, title=words)

    share = column("share", "number", SHARE[2])
    if record.kind == "classes":
        return [column("class", "text", CLASS), share]
    found = [*MEANS, *(REST if resolved else ())]
    return [*(column(end, "number", title) for end, _, title in found), share]


def _cells(record: RasterRecord, values: RegionValues | None, resolved: bool, lang: str) -> Row:
    name = indicator_id(record.id)
    if values is None:
        return {}
    if record.kind == "classes":
        return {f"{name}_class": class_text(record, values.majority, lang) or None, f"{name}_share": values.share}
    found = [*MEANS, *(REST if resolved else ()), SHARE]
    return {f"{name}_{end}": _rounded(getattr(values, attribute)) for end, attribute, _ in found}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DIGITS)


def _sun(region: Region) -> Row:
    centre = region_sun(region).centre
    pitch = round(centre.pitch, 3) if centre.pitch is not None else None
    return {"sun_noon": centre.noon, "sun_row_spacing": pitch}
