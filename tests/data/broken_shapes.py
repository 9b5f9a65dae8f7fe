"""Files of shapes as they arrive broken: each is made by a function, and is what its name says."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyogrio
import shapely

SQUARE = shapely.box(102.2, 37.2, 102.4, 37.4)
POINT = {"type": "Point", "coordinates": [102.5, 37.5]}
KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
PLACEMARK = "<Placemark><name>甲</name><Point><coordinates>102.5,37.5</coordinates></Point></Placemark>"


def shapefile(
    folder: Path,
    *,
    count: int = 1,
    drop: Sequence[str] = (),
    halve: str = "",
    put: tuple[str, bytes] = ("", b""),
    shapes: Sequence[shapely.Geometry] = (),
) -> bytes:
    """Return a zipped Shapefile with texts in GB18030, without some of its parts, with one cut off or one replaced."""
    rows = np.array(list(shapes) or [SQUARE] * count, dtype=object)
    work = folder / "made"
    work.mkdir()
    pyogrio.raw.write(
        work / "甲.shp",
        geometry=shapely.to_wkb(rows),
        geometry_type=rows[0].geom_type,
        fields=["名称"],
        field_data=[np.array([f"甲{n}" for n in range(len(rows))], dtype=object)],
        crs="EPSG:4326",
        encoding="GB18030",
    )
    parts = {each.suffix: each.read_bytes() for each in work.iterdir() if each.suffix != ".cpg"}
    if halve:
        parts[halve] = parts[halve][: len(parts[halve]) // 2]
    if put[0]:
        parts[put[0]] = put[1]
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        for suffix, data in parts.items():
            if suffix not in drop:
                archive.writestr(f"甲{suffix}", data)
    return body.getvalue()


def geojson(*geometries: object) -> bytes:
    """Return a collection of these geometries."""
    features = [{"type": "Feature", "properties": {"名称": "甲"}, "geometry": each} for each in geometries]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def kml(*coordinates: str) -> bytes:
    """Return a KML of points with these coordinates."""
    points = "".join(
        f"<Placemark><name>甲</name><Point><coordinates>{each}</coordinates></Point></Placemark>"
        for each in coordinates
    )
    return KML.format(points).encode()


def _packed(folder: Path, name: str, layers: Sequence[str] = ("甲",), crs: str | None = "EPSG:4326") -> bytes:
    path = folder / name
    for number, layer in enumerate(layers):
        pyogrio.raw.write(
            path, geometry=shapely.to_wkb(np.array([SQUARE] * 20, dtype=object)), geometry_type="Polygon",
            fields=["n"], field_data=[np.arange(20)], crs=crs, layer=layer, append=number > 0,
        )  # fmt: skip
    return path.read_bytes()


def gpkg(folder: Path, *layers: str) -> bytes:
    """Return a GeoPackage of these layers."""
    return _packed(folder, "a.gpkg", layers or ("甲",))


def fgb(folder: Path, crs: str | None = "EPSG:4326") -> bytes:
    """Return a FlatGeobuf."""
    return _packed(folder, "a.fgb", crs=crs)


def kmz(text: str) -> bytes:
    """Return a KMZ around a KML."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("doc.kml", text)
    return body.getvalue()


LOCAL = 'LOCAL_CS["厂区"]'.encode()
ZONE = (
    b'PROJCS["CGCS2000_3_Degree_GK_CM_102E",GEOGCS["GCS_CGCS2000",DATUM["D_CGCS2000",SPHEROID["CGCS2000",6378137,'
    b'298.257222101]],PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
    b'PARAMETER["False_Easting",500000],PARAMETER["False_Northing",0],PARAMETER["Central_Meridian",102],'
    b'PARAMETER["Scale_Factor",1],PARAMETER["Latitude_Of_Origin",0],UNIT["Meter",1]]'
)
BROKEN: dict[str, tuple[str, Callable[[Path], bytes], str]] = {
    "no .prj": ("a.zip", lambda f: shapefile(f, drop=[".prj"]), "没有写明坐标系：Shapefile 要带 .prj"),
    "no .dbf": ("a.zip", lambda f: shapefile(f, drop=[".dbf"]), "压缩包里缺 .dbf；请把同名的"),
    "no .shx": ("a.zip", lambda f: shapefile(f, drop=[".shx"]), "压缩包里缺 .shx；请把同名的"),
    "half a .shp": ("a.zip", lambda f: shapefile(f, count=50, halve=".shp"), "个图形没有坐标；请补上或删去、还有"),
    "half a .dbf": ("a.zip", lambda f: shapefile(f, count=50, halve=".dbf"), "压缩包里的 .dbf 不完整"),
    "half a .shx": ("a.zip", lambda f: shapefile(f, count=50, halve=".shx"), "压缩包里的 .shx 不完整"),
    "a .prj of words": ("a.zip", lambda f: shapefile(f, put=(".prj", b"hello")), "没有写明坐标系"),
    "a local .prj": ("a.zip", lambda f: shapefile(f, put=(".prj", LOCAL)), "”是自定的，换算不到经纬度"),
    "another .prj": ("a.zip", lambda f: shapefile(f, put=(".prj", ZONE)), "坐标却像经纬度；请指明坐标系"),
    "a .cpg of nothing": ("a.zip", lambda f: shapefile(f, put=(".cpg", b"KLINGON")), "不认得文字编码“KLINGON”"),
    "another .cpg": ("a.zip", lambda f: shapefile(f, put=(".cpg", b"UTF-8")), "请改正 .cpg（如写 GBK）或删去它"),
    "several points a row": (
        "a.zip",
        lambda f: shapefile(f, shapes=[shapely.MultiPoint([(102.5, 37.5), (102.6, 37.6)])]),
        "一行里有几个点；请一个点一行",
    ),
    "JSON cut off": ("a.geojson", lambda _: geojson(POINT)[:-20], "第 1 行第 52 个字符处不合 JSON 的写法"),
    "JSON of another kind": ("a.json", lambda _: b"{}", "是 JSON，但不是 GeoJSON"),
    "TopoJSON": ("a.json", lambda _: b'{"type": "Topology", "objects": {}}', "是 TopoJSON，这里不读"),
    "GeoJSON in GBK": ("a.geojson", lambda _: geojson(POINT).decode().encode("gbk"), "GeoJSON 请存为 UTF-8"),
    "a row without a place": ("a.geojson", lambda _: geojson(POINT, None), "第 2 个图形没有坐标"),
    "coordinates of words": ("a.kml", lambda _: kml("102.5,37.5", "东经102度,北纬37度"), "第 2 个点的坐标是 0, 0"),
    "no row with a place": ("a.geojson", lambda _: geojson(None), "没有一行有位置；请检查坐标"),
    "no row": ("a.geojson", lambda _: geojson(), "没有一行有位置；请检查坐标"),
    "a line of one point": (
        "a.geojson",
        lambda _: geojson(POINT, {"type": "LineString", "coordinates": [[102, 37]]}),
        "第 2 个图形不成立（线至少两个点",
    ),
    "an open area": (
        "a.geojson",
        lambda _: geojson({"type": "Polygon", "coordinates": [[[102, 37], [103, 38], [103, 37]]]}),
        "第 1 个图形不成立",
    ),
    "points and lines": (
        "a.geojson",
        lambda _: geojson(POINT, {"type": "LineString", "coordinates": [[102, 37], [103, 38]]}),
        "点、线、面混在一起（点 1，线 1，面 0）",
    ),
    "metres called degrees": (
        "a.geojson",
        lambda _: geojson({"type": "Point", "coordinates": [500000, 4400000]}),
        "不在地球上；坐标系“WGS 84”对不对？",
    ),
    "KML cut off": ("a.kml", lambda _: KML.format(PLACEMARK).encode()[:-30], "第 1 行不合 KML 的写法"),
    "KMZ with a KML cut off": ("a.kmz", lambda _: kmz(KML.format(PLACEMARK)[:-30]), "第 1 行不合 KML 的写法"),
    "KML in GBK": (
        "a.kml",
        lambda _: ('<?xml version="1.0" encoding="GBK"?>' + KML.format(PLACEMARK)).encode("gbk"),
        "KML 用的文字编码读不了；请另存为 UTF-8",
    ),
    "KML of nothing": ("a.kml", lambda _: KML.format("").encode(), "里面没有图层"),
    "KML turned round": (
        "a.kml",
        lambda _: KML.format(PLACEMARK.replace("102.5,37.5", "37.5,102.5")).encode(),
        "经纬度写反了吗？",
    ),
    "half a GeoPackage": ("a.gpkg", lambda f: gpkg(f)[:50_000], "不是完整的 GeoPackage"),
    "two layers": ("a.gpkg", lambda f: gpkg(f, "红线", "蓝线"), "有 2 个图层，请指明一个：红线, 蓝线"),
    "half a FlatGeobuf": ("a.fgb", lambda f: fgb(f)[:2200], "读不出来，文件可能不完整或已损坏"),
    "FlatGeobuf without a system": ("a.fgb", lambda f: fgb(f, None), "没有写明坐标系"),
}
"""By what is wrong: the file's name, what makes it, and what its reader is told."""
