"""The rasters of one atlas in the words and shapes its pages, cards and files need."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import shapely

from geoapp.errors import TooBusy
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.region import Adcode, Region
from geoapp.model.view import BBox, View
from geoapp.raster import picture
from geoapp.raster.formatting import class_text, number, rounded, share_words
from geoapp.raster.library import RasterLibrary
from geoapp.raster.record import LegendClass, RasterRecord, RegionValues, in_language
from geoapp.raster.siting.screen import ScreenResult, Surroundings, run_screen
from geoapp.raster.siting.spec import ScreenSpec
from geoapp.raster.source import read
from geoapp.raster.source.handles import load
from geoapp.raster.terrain.sun import region_sun
from geoapp.raster.zonal.indicators import indicator_id

Json = dict[str, Any]
NO_DATA = Phrase("无数据")
OUTSIDE = Phrase("不在栅格范围内")
MEANINGS = {
    "measured": Phrase("数值图层"),
    "context": Phrase("只作背景"),
    "theoretical_bound": Phrase("理论上限，不是资源"),
}
WEB_CELLS = 6_000_000
"""Cells of a screen in a web worker: 70 MB. The command line takes four times as many."""
KEPT_SCREENS = 2
PATIENCE = 10.0
RETRY_AFTER = 5
TILES = "/rasters/{id}/tiles/WebMercatorQuad/{{z}}/{{x}}/{{y}}.png"
COLUMNS = ("mean", "minimum", "maximum", "median", "majority", "share", "cells")
"""What a table of regions has for each raster, in this order."""


@dataclass(slots=True)
class Rasters:
    """Answers every question about the published rasters. GDAL is loaded by the first that needs cells."""

    library: RasterLibrary
    _screens: "OrderedDict[str, ScreenResult]" = field(default_factory=OrderedDict)
    _screening: threading.Lock = field(default_factory=threading.Lock)

    def records(self) -> list[RasterRecord]:
        """Return every published raster."""
        return self.library.records()

    def ids(self) -> list[str]:
        """Return the id of every published raster."""
        return [record.id for record in self.records()]

    def get(self, identifier: str) -> RasterRecord:
        """Return a raster by id.

        Raises:
            NotFound: no such raster is published.
        """
        return self.library.get(identifier)

    def tile(self, identifier: str, z: int, x: int, y: int) -> bytes:
        """Return a tile of the WebMercatorQuad set as PNG."""
        record = self.get(identifier)
        return picture.tile_png(self.library.path(record), record, z, x, y)

    def preview(self, identifier: str, bbox: BBox, width: int, height: int, crs: str) -> picture.Rgba:
        """Return a raster as RGBA pixels (height × width × 4) for a map sheet; see :func:`picture.preview`."""
        record = self.get(identifier)
        return picture.preview(self.library.path(record), record, bbox, width, height, crs)

    def preview_png(
        self, identifier: str, bbox: BBox, width: int, height: int, lines: Sequence[shapely.Geometry]
    ) -> bytes:
        """Return a raster in Web Mercator as PNG, fitted to a box in degrees, lines drawn over it."""
        record = self.get(identifier)
        return picture.preview_png(self.library.path(record), record, bbox, width, height, lines)

    def clip(self, identifier: str, bbox: BBox) -> bytes:
        """Return the cells inside a box as GeoTIFF with title, unit, licence and attribution."""
        record = self.get(identifier)
        return read.clip(self.library.path(record), record, bbox)

    def point(self, identifier: str, lon: float, lat: float, lang: str) -> Json:
        """Return the value at a point with its words."""
        record = self.get(identifier)
        found = read.point_value(self.library.path(record), record, lon, lat)
        words = {"no_data": NO_DATA, "outside": OUTSIDE}.get(found.status)
        return {
            "raster": record.id,
            "lon": lon,
            "lat": lat,
            "status": found.status,
            "value": found.value,
            "unit": record.unit,
            "text": words.say(lang) if words else _value_text(record, found.value, found.line, lang),
            "class": found.line.label.get(lang) if found.line else None,
            "cell_m": record.cell_m,
            "meaning": record.meaning,
            "note": record.note.get(lang),
        }

    def legend(self, identifier: str, lang: str) -> Json:
        """Return the legend: the colours the tiles are drawn in, and what is transparent."""
        record = self.get(identifier)
        return {
            "raster": record.id,
            **_about(record, lang),
            "entries": [
                {"low": line.low, "high": line.high, "colour": line.colour, "label": line.label.get(lang)}
                for line in record.legend
            ],
            "no_data": {"colour": None, "label": NO_DATA.say(lang)},
            "attribution": record.attribution.get(lang),
        }

    def describe(self, record: RasterRecord, lang: str) -> Json:
        """Return everything about a raster but its cells: the ``.json`` of its page."""
        return {
            "id": record.id,
            **_about(record, lang),
            "date": in_language(record.date, lang),
            "licence": in_language(record.licence, lang),
            "attribution": record.attribution.get(lang),
            "source": record.source,
            "source_sha256": record.source_sha256,
            "version": record.version,
            "crs": record.crs,
            "cell_m": record.cell_m,
            "size": list(record.size),
            "bbox": list(record.bbox),
            "minimum": record.minimum,
            "maximum": record.maximum,
            "legend": self.legend(record.id, lang)["entries"],
            "tiles": Address(TILES.format(id=record.id)),
            "regions": Address(f"/rasters/{record.id}/regions.csv"),
            "indicator": indicator_id(record.id),
        }

    def under(self, view: View) -> Json | None:
        """Return the raster that lies under a view, for our own map."""
        return self.describe(self.get(view.raster), view.lang) if view.raster else None

    def titles(self, lang: str) -> list[Json]:
        """Return what a reader can choose from: id and title of every raster."""
        return [{"id": record.id, "title": record.title.get(lang)} for record in self.records()]

    def region(self, adcode: Adcode, lang: str) -> list[Json]:
        """Return what each raster says of a region, for its card: values, words and the honest label."""
        found = []
        for record, values in self.library.region(adcode):
            found.append(
                {
                    "id": record.id,
                    "title": record.title.get(lang),
                    "unit": record.unit,
                    "meaning": record.meaning,
                    "meaning_words": MEANINGS[record.meaning].say(lang),
                    "note": record.note.get(lang),
                    "label": _region_text(record, values, lang),
                    "range": _range_text(record, values),
                    **{name: getattr(values, name) for name in COLUMNS},
                    "share_words": share_words(values).say(lang),
                    "attribution": record.attribution.get(lang),
                    "url": Address(f"/rasters/{record.id}"),
                }
            )
        return found

    def screen(self, spec: ScreenSpec, around: Callable[[], Surroundings]) -> ScreenResult:
        """Screen regions for the web: one at a time, on a grid of moderate size, the last few kept.

        Raises:
            TooBusy: another screen has been running for ten seconds.
        """
        key = f"{spec.model_dump_json()} {[record.version for record in self.records()]}"
        if not self._screening.acquire(timeout=PATIENCE):
            raise TooBusy("another screen is being computed; try again in a few seconds", RETRY_AFTER)
        try:
            load()
            if key not in self._screens:
                self._screens[key] = run_screen(spec, around(), lambda _: None, WEB_CELLS)
            self._screens.move_to_end(key)
            while len(self._screens) > KEPT_SCREENS:
                self._screens.popitem(last=False)
            return self._screens[key]
        finally:
            self._screening.release()

    def texts(self, identifier: str, regions: Iterable[Region], lang: str) -> list[Json]:
        """Return the values of regions as a page prints them: mean, range, median (or class), share."""
        record = self.get(identifier)
        values = self.library.statistics(record)
        none = NO_DATA.say(lang)
        rows = []
        for region in regions:
            found = values.get(region.adcode)
            if record.kind == "classes":
                texts = [class_text(record, found.majority if found else None, lang) or none]
            else:
                four = (found.mean, found.minimum, found.maximum, found.median) if found else (None,) * 4
                texts = [none if each is None else number(rounded(record, each)) for each in four]
            share = f"{found.share:.0%}" if found else none
            rows.append({"adcode": region.adcode, "name": region.name, "texts": [*texts, share]})
        return rows

    def table(self, identifier: str, regions: Iterable[Region]) -> list[Json]:
        """Return a row per region with the raster's values; regions without statistics are left empty."""
        record = self.get(identifier)
        values = self.library.statistics(record)
        rows = []
        for region in regions:
            found = values.get(region.adcode)
            cells = {name: getattr(found, name) if found else None for name in COLUMNS}
            rows.append({"adcode": region.adcode, "name": region.name, "level": str(region.level), **cells})
        return rows


def sun_card(region: Region, lang: str) -> Json:
    """Return the exact sun over a region: noon in Beijing time and the winter row pitch."""
    sun = region_sun(region)
    south, north = sun.pitch
    pitch = sun.centre.pitch
    return {
        "noon": sun.centre.noon,
        "noon_range": list(sun.noon),
        "noon_words": Phrase("平太阳正午为北京时间 {first}–{last}", {"first": sun.noon[0], "last": sun.noon[1]}).say(
            lang
        ),
        "pitch": round(pitch, 2) if pitch is not None else None,
        "pitch_range": [round(each, 2) if each is not None else None for each in (south, north)],
        "tilt": round(sun.centre.tilt, 1),
        "winter_day_hours": round(sun.centre.winter_day_hours, 2),
        "pitch_words": _pitch_words(south, north).say(lang),
        "note": Phrase("按经纬度精确计算：冬至日真太阳时9:00–15:00不遮挡，倾角为纬度减3°，L为组件斜面长").say(lang),
    }


def _pitch_words(south: float | None, north: float | None) -> Phrase:
    if south is None or north is None:
        return Phrase("冬至日太阳过低，固定支架行间无法不遮挡")
    return Phrase("冬至日不遮挡行距 {low}–{high} L", {"low": f"{south:.2f}", "high": f"{north:.2f}"})


def _about(record: RasterRecord, lang: str) -> Json:
    """Return what must be said wherever a raster is shown."""
    return {
        "title": record.title.get(lang),
        "unit": record.unit,
        "kind": record.kind,
        "meaning": record.meaning,
        "meaning_words": MEANINGS[record.meaning].say(lang),
        "note": record.note.get(lang),
    }


def _region_text(record: RasterRecord, values: RegionValues, lang: str) -> str:
    if record.kind == "classes":
        return class_text(record, values.majority, lang) or NO_DATA.say(lang)
    if values.mean is None:
        return NO_DATA.say(lang)
    return f"{number(rounded(record, values.mean))} {record.unit}".strip()


def _range_text(record: RasterRecord, values: RegionValues) -> str:
    if values.minimum is None or values.maximum is None:
        return ""
    return f"{number(values.minimum)} … {number(values.maximum)} {record.unit}".strip()


def _value_text(record: RasterRecord, value: float | None, line: LegendClass | None, lang: str) -> str:
    if record.kind == "classes" and line is not None:
        return line.label.get(lang)
    return f"{number(value)} {record.unit}".strip() if value is not None else NO_DATA.say(lang)
