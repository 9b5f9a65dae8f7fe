"""Every format a view can be written in, with plain words for the download dialog."""

from dataclasses import dataclass

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.analysis.titles import works_named
from geoapp.files.content import Content, Writer
from geoapp.files.geojson import write_geojson
from geoapp.files.kml import write_kml
from geoapp.files.options import FileOptions
from geoapp.files.parquet import write_parquet
from geoapp.files.text import write_csv
from geoapp.files.vector import write_fgb, write_gpkg, write_shp
from geoapp.files.workbook import write_xlsx
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator
from geoapp.model.view import View

BLANK_ROW = 0.6
REFUSED = '\\/:*?"<>| '


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """One format: how it is served, what it is good for, and how big it gets.

    Attributes:
        sizes: bytes of an empty file, of a row, and of a vertex, measured on the five plans.
    """

    suffix: str
    mimetype: str
    title: Phrase
    words: Phrase
    write: Writer
    sizes: tuple[int, int, float]


FORMATS = {
    each.suffix: each
    for each in (
        Format(
            suffix="xlsx",
            mimetype="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            title=Phrase("Excel 表格（.xlsx）"),
            words=Phrase("表格，含说明页；不含边界"),
            write=write_xlsx,
            sizes=(12_000, 165, 0),
        ),
        Format(
            suffix="csv",
            mimetype="text/csv",
            title=Phrase("CSV 表格（.csv）"),
            words=Phrase("纯文本表格，Excel 与程序都能读；不含边界"),
            write=write_csv,
            sizes=(500, 370, 0),
        ),
        Format(
            suffix="gpkg",
            mimetype="application/geopackage+sqlite3",
            title=Phrase("GeoPackage（.gpkg）"),
            words=Phrase("推荐给 QGIS、ArcGIS：一个文件，目标、园区、项目各一层"),
            write=write_gpkg,
            sizes=(150_000, 600, 20),
        ),
        Format(
            suffix="shp.zip",
            mimetype="application/zip",
            title=Phrase("Shapefile（.zip）"),
            words=Phrase("老软件通用；字段名为英文缩写，附字段说明"),
            write=write_shp,
            sizes=(6_000, 150, 9),
        ),
        Format(
            suffix="geojson",
            mimetype="application/geo+json",
            title=Phrase("GeoJSON（.geojson）"),
            words=Phrase("网页与程序常用"),
            write=write_geojson,
            sizes=(1_500, 900, 22.5),
        ),
        Format(
            suffix="kml",
            mimetype="application/vnd.google-earth.kml+xml",
            title=Phrase("KML（.kml）"),
            words=Phrase("谷歌地球、奥维互动地图，带颜色"),
            write=write_kml,
            sizes=(5_000, 2_400, 21),
        ),
        Format(
            suffix="fgb",
            mimetype="application/flatgeobuf",
            title=Phrase("FlatGeobuf（.fgb）"),
            words=Phrase("大数据量网页图层，按范围读取"),
            write=write_fgb,
            sizes=(5_000, 550, 16.5),
        ),
        Format(
            suffix="parquet",
            mimetype="application/vnd.apache.parquet",
            title=Phrase("GeoParquet（.parquet）"),
            words=Phrase("数据分析：Python、DuckDB"),
            write=write_parquet,
            sizes=(24_000, 50, 9.8),
        ),
    )
}
"""In the order the download dialog lists them."""


def write_file(content: Content, suffix: str) -> bytes:
    """Return the bytes of a file; the same content always gives the same bytes."""
    return FORMATS[suffix].write(content)


def estimate_size(suffix: str, resolved: ResolvedView, vertices: int) -> int:
    """Estimate a file's bytes without writing it. A region without a goal has a shorter row."""
    empty, row, vertex = FORMATS[suffix].sizes
    blank = resolved.counts.get("none", 0)
    areas = len(resolved.areas) - blank + BLANK_ROW * blank if resolved.view.fill == "targets" else 0.0
    rows = areas + len(resolved.points) + sum(len(each.features) for each in resolved.vectors)
    return round(empty + rows * row + vertices * vertex)


def file_stem(view: View, options: FileOptions, region: str, indicator: Indicator) -> str:
    """Return a file name that says what is inside, without characters that systems refuse."""
    shown = indicator.title.get(view.lang) if view.fill == "targets" else works_named(view).say(view.lang)
    parts = [region, shown, *([] if view.year is None else [str(view.year)])]
    if view.year is not None and view.tier == "incentive":
        parts.append(Phrase("激励目标").say(view.lang))
    if options.crs in ("gcj02", "bd09"):
        parts.append(options.crs.upper())
    return "".join("_" if each in REFUSED or ord(each) < 32 else each for each in "_".join(parts))
