"""Readers of a view's files as planners' tools read them: GDAL, pandas, pyarrow, openpyxl."""

import csv
import json
import re
import zipfile
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import geopandas
import openpyxl
import pandas as pd
import pyogrio
import shapely

from geoapp.files.columns import CODE_WORDS

Row = dict[str, Any]
CODES = {
    words.rstrip("。."): code
    for kind, code, *both in csv.reader(Path("layers/vocabulary.csv").read_text(encoding="utf-8").splitlines())
    if kind == "caveat"
    for words in both
}
"""Caveats are words in a workbook and codes elsewhere."""
PLACE = {"经度（度）": "lon", "纬度（度）": "lat", "Longitude (degrees)": "lon", "Latitude (degrees)": "lat"}
FORMULAS = ("=", "+", "-", "@")
"""Beginnings of a cell that get an apostrophe in CSV."""


def key(kind: str) -> str:
    return "adcode" if kind == "targets" else "id"


Rows = Iterator[tuple[str, Row, Any]]


def rows_of_geojson(path: Path) -> Rows:
    for feature in json.loads(path.read_bytes())["features"]:
        row = feature["properties"]
        assert feature["id"] == row[key(row["layer"])]
        yield row["layer"], row, feature["geometry"] and shapely.from_geojson(json.dumps(feature["geometry"]))


def rows_of_csv(path: Path) -> Rows:
    body = path.read_bytes()
    text = body.decode("utf-8-sig" if body.startswith(b"\xef\xbb\xbf") else "gbk")
    frame = pd.read_csv(StringIO(text), dtype=str, keep_default_na=False)
    for cells in frame.to_dict("records"):
        row = {name: cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULAS else cell for name, cell in cells.items()}
        yield row["layer"], row, placed(row)


def placed(row: Row) -> Any:
    """Return the shape that a table's row describes."""
    if row.get("wkt"):
        return shapely.from_wkt(row["wkt"])
    return shapely.Point(float(row["lon"]), float(row["lat"])) if "lon" in row else None


CODES_OF_WORDS = {
    name: {word.say(lang): code for code, word in words.items() for lang in ("zh", "en")}
    for name, words in CODE_WORDS.items()
}
"""What the words of a workbook's columns stand for."""


def rows_of_xlsx(path: Path) -> Rows:
    book = openpyxl.load_workbook(path)
    for sheet, kind in zip(book.worksheets[:-2], kinds_of(book), strict=True):
        titles, *rows = sheet.iter_rows(values_only=True)
        names = {title: name for layer, name, title, _ in book.worksheets[-1].values if layer == sheet.title}
        assert len(set(titles)) == len(titles), "a pivot table needs every heading once"
        for cells in rows:
            row = {(names | PLACE)[title]: cell for title, cell in zip(titles, cells, strict=True)}
            row |= {name: CODES_OF_WORDS[name].get(row[name], row[name]) for name in row if name in CODES_OF_WORDS}
            said = re.split("；| · ", row["caveats"]) if row["caveats"] else []
            row["caveats"] = ";".join(CODES[words] for words in said) or None
            yield kind, row, placed(row)


def kinds_of(book: openpyxl.Workbook) -> list[str]:
    kinds = {
        "目标": "targets",
        "园区": "parks",
        "举措": "actions",
        "Targets": "targets",
        "Parks": "parks",
        "Actions": "actions",
    }
    return [kinds.get(name, "projects") for name in book.sheetnames[:-2]]


def rows_of_gpkg(path: Path) -> Rows:
    for kind, _ in pyogrio.list_layers(path):
        yield from rows_of_frame(pyogrio.read_dataframe(path, layer=kind), kind)


def rows_of_shp(path: Path) -> Rows:
    with zipfile.ZipFile(path) as archive:
        gbk = archive.read("targets.cpg") == b"GBK"
        table = archive.read("字段说明.csv").decode("gbk" if gbk else "utf-8-sig")
    fields = list(csv.reader(StringIO(table)))[1:]
    for kind in dict.fromkeys(row[0] for row in fields):
        names = {short: name for layer, short, name, _ in fields if layer == kind}
        frame = pyogrio.read_dataframe(f"/vsizip/{path}/{kind}.shp")
        assert set(frame.columns) == {*names, "geometry"}
        yield from rows_of_frame(frame.rename(columns=names), kind)


def rows_of_kml(path: Path) -> Rows:
    kinds = {"目标": "targets", "园区": "parks", "项目": "projects", "举措": "actions"}
    for name, _ in pyogrio.list_layers(path):
        frame = pyogrio.read_dataframe(path, layer=name)
        if "name" not in frame:  # GDAL takes a placemark's name and a field of that name for one
            frame = frame.rename(columns={"Name": "name"})
        yield from rows_of_frame(frame, kinds.get(name, name.lower()))


def rows_of_fgb(path: Path) -> Rows:
    yield from rows_of_frame(pyogrio.read_dataframe(path))


def rows_of_parquet(path: Path) -> Rows:
    with_shapes = b'"primary_column"' in path.read_bytes()
    yield from rows_of_frame(geopandas.read_parquet(path) if with_shapes else pd.read_parquet(path))


def rows_of_frame(frame: pd.DataFrame, kind: str = "") -> Rows:
    for row in frame.to_dict("records"):
        yield kind or row["layer"], row, row.pop("geometry", None)


READERS = {
    "geojson": rows_of_geojson,
    "csv": rows_of_csv,
    "xlsx": rows_of_xlsx,
    "gpkg": rows_of_gpkg,
    "shp.zip": rows_of_shp,
    "kml": rows_of_kml,
    "fgb": rows_of_fgb,
    "parquet": rows_of_parquet,
}
