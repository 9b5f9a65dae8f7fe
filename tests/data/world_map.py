"""The land of the made-up world (see :mod:`tests.data.world`): its divisions as polygons, regions and a package.

Cells of one degree, 100–105°E, 35–38°N; a row of text is a row of the map, north above::

    城中区 910101   城北区 910102   东河县 910121   𠮷林县 910122    石子市 919001
    甲西市 910201   城中区 910202   西河县 910221   白云旗 910223    白云前旗 910224
    城中区 920101   河西区 920102   (no land)       (an islet of 河西区)

and far in the east, at 178–179.9°E, 东极县 930101. What each is there for:

* 甲省 910000 holds 甲东市 910100 (upper row), 甲西地区 910200 (middle row) and 石子市 919001, a county that
  stands beside prefectures. 乙市 920000 is a municipality: province and prefecture at once. 东极省 930000 lies at
  the antimeridian.
* 石子市 has a hole, and in the hole lies an exclave of 𠮷林县: rings, parts, a label that must not fall into the hole.
* 城中区 is the name of three divisions, two of them in 甲省. 甲西 is short for a prefecture and for its county.
  白云前旗 must never be read as 白云旗. 𠮷 is a character of extension B (four bytes, two UTF-16 units).
* Names change: 西河县 was 旧河县 with the code 910299 until 2018.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geoapp.boundaries import coverage
from geoapp.boundaries.build import ShapeSource
from geoapp.boundaries.english import name_in_english
from geoapp.model.dataset import Alias
from geoapp.model.region import CHINA, Adcode, Level, Region
from tests.data.shapes_builders import Package, manifest, write_bin, write_rows

WEST, NORTH = 100.0, 38.0
JIA, JIADONG, JIAXI, SHIZI, YI, DONGJI = map(Adcode, ("910000", "910100", "910200", "919001", "920000", "930000"))
CHENGZHONG, CHENGBEI, DONGHE, JILIN = map(Adcode, ("910101", "910102", "910121", "910122"))
XIHE, BAIYUN, BAIYUNQIAN = map(Adcode, ("910221", "910223", "910224"))
PROVINCES = {JIA: ("甲省", "甲"), YI: ("乙市", "乙"), DONGJI: ("东极省", "东极")}
PREFECTURES = {
    JIADONG: ("甲东市", "甲东", JIA),
    JIAXI: ("甲西地区", "甲西", JIA),
    SHIZI: ("石子市", "石子", JIA),  # in order of code, as the real files are
    YI: ("乙市", "乙", YI),
    Adcode("930100"): ("东极市", "东极", DONGJI),
}
# code, name, short name, prefecture, column and row of the cell
COUNTIES = (
    (CHENGZHONG, "城中区", "城中", JIADONG, (0, 0)),
    (CHENGBEI, "城北区", "城北", JIADONG, (1, 0)),
    (DONGHE, "东河县", "东河", JIADONG, (2, 0)),
    (JILIN, "𠮷林县", "𠮷林", JIADONG, (3, 0)),
    (SHIZI, "石子市", "石子", SHIZI, (4, 0)),
    (Adcode("910201"), "甲西市", "甲西", JIAXI, (0, 1)),
    (Adcode("910202"), "城中区", "城中", JIAXI, (1, 1)),
    (XIHE, "西河县", "西河", JIAXI, (2, 1)),
    (BAIYUN, "白云旗", "白云", JIAXI, (3, 1)),
    (BAIYUNQIAN, "白云前旗", "白云前", JIAXI, (4, 1)),
    (Adcode("920101"), "城中区", "城中", YI, (0, 2)),
    (Adcode("920102"), "河西区", "河西", YI, (1, 2)),
    (Adcode("930101"), "东极县", "东极", Adcode("930100"), (78, 0)),
)
REGION_CODES = (
    *PROVINCES,
    *(code for code in PREFECTURES if code != YI),
    *(row[0] for row in COUNTIES if row[0] != SHIZI),
)
"""Every division but the country, once."""
ALIASES = (
    ("甲省全境", JIA, "short", JIA, "", "全省的又一说法"),
    ("东州", JIADONG, "short", JIA, "", "甲东市的简称"),
    ("甲西", JIAXI, "short", JIA, "", "甲西两义：省里的文件指地区"),
    ("旧河县", XIHE, "old_name", JIA, "2018-06-30", "改名"),
    ("910299", XIHE, "old_code", JIA, "2018-06-30", "旧河县"),
    ("甲西地区直", JIAXI, "composite", JIA, "", "地区直属"),
    ("城", CHENGZHONG, "short", JIADONG, "", "一个字的简称"),
)
Shapes = Mapping[Level, Mapping[Adcode, BaseGeometry]]


def cell(column: int, row: int) -> shapely.Polygon:
    """A cell whose edges bend by 0.004 degrees half-way, as low detail no longer shows; neighbours bend alike."""
    west, north = WEST + column, NORTH - row
    corners = [(west, north), (west + 1, north), (west + 1, north - 1), (west, north - 1)]
    ring: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in itertools.pairwise([*corners, corners[0]]):
        bend = (0.0, 0.004) if y1 == y2 else (0.004, 0.0)
        ring += [(x1, y1), ((x1 + x2) / 2 + bend[0], (y1 + y2) / 2 + bend[1])]
    return shapely.Polygon(ring)


ENGLISH = {
    CHINA: "China",
    JIA: "Jia Province",
    YI: "Yi",
    DONGJI: "Dongji Province",
    JIADONG: "Jiadong",
    JIAXI: "Jiaxi Prefecture",
    SHIZI: "Shizi City",
    Adcode("930100"): "Dongji",
    CHENGZHONG: "Chengzhong District",
    CHENGBEI: "Chengbei District",
    DONGHE: "Donghe County",
    JILIN: "Jilin County",
    Adcode("910201"): "Jiaxi City",
    Adcode("910202"): "Chengzhong District",
    XIHE: "Xihe County",
    BAIYUN: "Baiyun Banner",
    BAIYUNQIAN: "Baiyun Front Banner",
    Adcode("920101"): "Chengzhong District",
    Adcode("920102"): "Hexi District",
    Adcode("930101"): "Dongji County",
}
EXCLAVE = shapely.box(104.4, 37.4, 104.6, 37.6)
"""Ground of 𠮷林县 inside 石子市."""
ISLET = shapely.box(103.4, 35.4, 103.5, 35.5)
"""Ground of 河西区 out at sea."""


def county_shapes() -> dict[Adcode, BaseGeometry]:
    """The polygons of the counties by code."""
    shapes: dict[Adcode, BaseGeometry] = {code: cell(*at) for code, *_, at in COUNTIES}
    shapes[Adcode("930101")] = shapely.box(178.0, 37.0, 179.9, 38.0)
    shapes[SHIZI] = shapely.difference(shapes[SHIZI], EXCLAVE)
    shapes[JILIN] = shapely.MultiPolygon([shapes[JILIN], EXCLAVE])
    shapes[Adcode("920102")] = shapely.MultiPolygon([shapes[Adcode("920102")], ISLET])
    return shapes


def polygons() -> Shapes:
    """The polygons of all levels by code."""
    counties = county_shapes()
    below = {code: prefecture for code, _, _, prefecture, _ in COUNTIES}
    prefectures = {
        code: shapely.union_all([counties[each] for each in counties if below[each] == code]) for code in PREFECTURES
    }
    provinces = {
        code: shapely.union_all([prefectures[each] for each, (_, _, above) in PREFECTURES.items() if above == code])
        for code in PROVINCES
    }
    return {Level.PROVINCE: provinces, Level.PREFECTURE: prefectures, Level.COUNTY: counties}


def lines() -> dict[str, BaseGeometry]:
    """The lines a map of the country must carry, by kind."""
    dashes = [shapely.LineString([(91 + n, 40), (91 + n, 41)]) for n in range(3)]
    stroke = shapely.LineString([(90, 40), (90, 41)])
    return {"coast_province": stroke, "sar": stroke, "dash": shapely.MultiLineString(dashes), "undetermined": stroke}


def regions() -> list[Region]:
    """Every division, the country first; codes of two levels stand once."""
    shapes, found = polygons(), [_country()]
    for code, (name, short) in PROVINCES.items():
        levels = (Level.PROVINCE, Level.PREFECTURE) if code in PREFECTURES else (Level.PROVINCE,)
        found.append(_region(code, name, short, levels, CHINA, shapes[Level.PROVINCE][code]))
    below = {code: prefecture for code, _, _, prefecture, _ in COUNTIES}
    for code, (name, short, above) in PREFECTURES.items():
        levels = (Level.PREFECTURE, Level.COUNTY) if code in below else (Level.PREFECTURE,)
        if code not in PROVINCES:
            found.append(_region(code, name, short, levels, above, shapes[Level.PREFECTURE][code]))
    for code, name, short, prefecture, _ in sorted(COUNTIES):
        if code not in PREFECTURES:
            found.append(_region(code, name, short, (Level.COUNTY,), prefecture, shapes[Level.COUNTY][code]))
    return name_in_english(found, ENGLISH)


def aliases() -> list[Alias]:
    """The names somebody vouched for."""
    names = ("alias", "adcode", "kind", "within", "valid_until", "note")
    return [Alias(**dict(zip(names, row, strict=True))) for row in ALIASES]


def _country() -> Region:
    return Region(
        adcode=CHINA,
        name="中国",
        short_name="中国",
        level=Level.NATION,
        levels=(Level.NATION,),
        parent=None,
        label=(103.8, 36.0),
        bbox=(73.4, 3.4, 135.1, 53.6),
        area_km2=0.0,
    )


def _region(
    code: Adcode, name: str, short: str, levels: tuple[Level, ...], parent: Adcode, shape: BaseGeometry
) -> Region:
    at = shapely.point_on_surface(shapely.get_geometry(shape, 0))
    west, south, east, north = shapely.bounds(shape).round(5).tolist()
    return Region(
        adcode=code,
        name=name,
        short_name=short,
        level=levels[0] if Level.PROVINCE in levels else levels[-1],
        levels=levels,
        parent=parent,
        label=(round(at.x, 5), round(at.y, 5)),
        bbox=(west, south, east, north),
        area_km2=float(coverage.area_km2(np.array([shape]))[0]),
    )


@dataclass(frozen=True)
class WorldPackage:
    """The world's boundaries on disk, as ``geoapp shapes build`` reads them."""

    package: Package
    aliases: Path
    names_en: Path

    @property
    def source(self) -> ShapeSource:
        """What to build from."""
        return self.package.source


def write_boundaries(folder: Path, name: str = "made_up_world_data") -> WorldPackage:
    """Write an importable boundary package (put ``folder`` on ``sys.path``), its manifest, fixes and aliases."""
    data = folder / name
    data.mkdir(parents=True)
    (data / "__init__.py").touch()
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    _write_tables(data)
    write_bin(data / "district.bin", list(county_shapes().values()))
    drawn = lines()
    write_bin(data / "line.bin", [drawn[kind] for kind in ("coast_province", "sar", "dash", "undetermined")])
    fixes = folder / "code_fixes.csv"
    write_rows(fixes, ("old_code", "new_code", "level", "kind", "note"), [])
    about = manifest(name)
    about["expected_rows"] = {"province": len(PROVINCES), "prefecture": len(PREFECTURES), "county": len(COUNTIES)}
    about["dash_line"] = {"expected_segments": 3, "package_segments": 3, "extra_segments": []}
    package = Package(data, about, ShapeSource(folder / "manifest.json", fixes))
    package.pin_files()
    write_rows(folder / "aliases.csv", ("alias", "adcode", "kind", "within", "valid_until", "note"), ALIASES)
    names_of = {region.adcode: region.name for region in regions()}
    names = [(code, names_of[code], english, "reviewed") for code, english in ENGLISH.items()]
    write_rows(folder / "names_en.csv", ("adcode", "name", "name_en", "how"), names)
    return WorldPackage(package, folder / "aliases.csv", folder / "names_en.csv")


def _write_tables(data: Path) -> None:
    label = {region.adcode: region.label for region in regions()}
    head, above = ("province_name", "province_adcode"), ("city_name", "city_adcode")
    rows = [(name, code, short, *label[code]) for code, (name, short) in PROVINCES.items()]
    write_rows(data / "province.csv", (*head, "short_name", "lon", "lat"), rows)
    rows = [(PROVINCES[up][0], up, name, code, short, *label[code]) for code, (name, short, up) in PREFECTURES.items()]
    write_rows(data / "city.csv", (*head, *above, "short_name", "lon", "lat"), rows)
    rows = []
    for code, name, short, city, _ in COUNTIES:
        city_name, _, up = PREFECTURES[city]
        rows.append((PROVINCES[up][0], up, city_name, city, name, code, short, *label[code]))
    columns = (*head, *above, "district_name", "district_adcode", "short_name", "lon", "lat")
    write_rows(data / "district.csv", columns, rows)
