"""The divisions of all levels: mended codes, nominal levels, parents, and one row with a label for each."""

from collections.abc import Mapping
from dataclasses import replace

import geopandas
import pandas as pd
import shapely

from geoapp.boundaries import coverage
from geoapp.boundaries.codes import CodeFix, recodes
from geoapp.boundaries.frykit import SourceTables
from geoapp.boundaries.manifest import Overlap
from geoapp.boundaries.shapes import COLUMNS, DETAILS, LEVELS, Detail
from geoapp.errors import BoundaryError, InvalidData, Issue
from geoapp.model.region import CHINA, Level

Frames = dict[tuple[Level, Detail], geopandas.GeoDataFrame]


def mend(tables: SourceTables, fixes: tuple[CodeFix, ...]) -> SourceTables:
    """Replace outdated codes wherever they stand.

    Raises:
        InvalidData: a fix names a code that no table has; every such fix is named.
    """
    frames = (tables.provinces, tables.prefectures, tables.counties)
    known = set().union(*(frame["adcode"] for frame in frames))
    issues = [
        Issue(fix.old_code, "this code of code_fixes.csv is in no table of the source", "correct or remove the row")
        for fix in fixes
        if fix.old_code not in known
    ]
    if issues:
        raise InvalidData("code_fixes.csv", issues)
    codes = recodes(fixes)
    columns = ["adcode", "prefecture", "province"]
    prefectures = tables.prefectures.replace(dict.fromkeys(columns, codes))
    mended = {name: tables.counties[name].replace(codes) for name in columns}
    return replace(tables, prefectures=prefectures, counties=tables.counties.assign(**mended))


def make_frames(tables: SourceTables, fixes: tuple[CodeFix, ...], overlaps: tuple[Overlap, ...]) -> Frames:
    """Clean the counties, dissolve them upward at both details, and describe every row.

    Raises:
        BoundaryError: an overlap names an unknown county.
        InvalidData: a county has nothing left after cleaning.
    """
    rows = {
        Level.PROVINCE: tables.provinces.sort_values("adcode", ignore_index=True),
        Level.PREFECTURE: tables.prefectures.sort_values("adcode", ignore_index=True),
        Level.COUNTY: tables.counties.sort_values("adcode", ignore_index=True),
    }
    full = coverage.clean(_cut_overlaps(rows[Level.COUNTY], overlaps))
    _require_nothing_lost(rows[Level.COUNTY], full)
    polygons = {"full": _dissolve_upward(full, rows), "lo": _dissolve_upward(coverage.simplify(full), rows)}
    frames: Frames = {}
    for level in LEVELS:
        table = _describe(rows, level, fixes, polygons["full"][level], polygons["lo"][level])
        for detail in DETAILS:
            frame = geopandas.GeoDataFrame(table, geometry=polygons[detail][level], crs="EPSG:4326")
            frames[level, detail] = frame[list(COLUMNS)]
    return frames


def _dissolve_upward(
    counties: coverage.Geometries, rows: Mapping[Level, pd.DataFrame]
) -> dict[Level, coverage.Geometries]:
    prefecture_rows, province_rows = rows[Level.PREFECTURE], rows[Level.PROVINCE]
    prefectures = coverage.dissolve(counties, rows[Level.COUNTY]["prefecture"], prefecture_rows["adcode"])
    provinces = coverage.dissolve(prefectures, prefecture_rows["province"], province_rows["adcode"])
    return {Level.PROVINCE: provinces, Level.PREFECTURE: prefectures, Level.COUNTY: counties}


def _cut_overlaps(counties: pd.DataFrame, overlaps: tuple[Overlap, ...]) -> coverage.Geometries:
    geometries = coverage.geometries(counties)
    row = {code: index for index, code in enumerate(counties["adcode"])}
    for overlap in overlaps:
        missing = [code for code in (overlap.keep, overlap.cut) if code not in row]
        if missing:
            raise BoundaryError(
                f"shapes/manifest.json, overlaps: no county has the code {', '.join(missing)}; correct it"
            )
        kept, cut = row[overlap.keep], row[overlap.cut]
        geometries[cut] = shapely.difference(geometries[cut], geometries[kept])
    return geometries


def _require_nothing_lost(counties: pd.DataFrame, cleaned: coverage.Geometries) -> None:
    lost = counties.loc[shapely.is_empty(cleaned), ["adcode", "name"]]
    issues = [
        Issue(
            f"{code} {name}", "nothing is left of the polygon after cleaning", "it lies under its neighbours; redraw it"
        )
        for code, name in lost.itertuples(index=False)
    ]
    if issues:
        raise InvalidData("county polygons", issues)


def _describe(
    rows: Mapping[Level, pd.DataFrame],
    level: Level,
    fixes: tuple[CodeFix, ...],
    full: coverage.Geometries,
    low: coverage.Geometries,
) -> pd.DataFrame:
    table = rows[level]
    codes = {at: frozenset(rows[at]["adcode"]) for at in LEVELS}
    standing = [[at for at in LEVELS if code in codes[at]] for code in table["adcode"]]
    fixed = {fix.new_code: fix.level for fix in fixes if fix.kind != "recode"}
    nominal = [fixed.get(code) or _nominal_level(at) for code, at in zip(table["adcode"], standing, strict=True)]
    labels = coverage.label_points(table[["lon", "lat"]].to_numpy(dtype=float), full, low)
    return table[["adcode", "name", "short_name"]].assign(
        level=[str(at) for at in nominal],
        levels=[";".join(at) for at in standing],
        parent=_parents(table, level),
        label_lon=labels[:, 0],
        label_lat=labels[:, 1],
        area_km2=coverage.area_km2(full),
    )


def _nominal_level(standing: list[Level]) -> Level:
    """A province standing lower is still a province; a county standing beside prefectures is still a county."""
    return Level.PROVINCE if Level.PROVINCE in standing else standing[-1]


def _parents(table: pd.DataFrame, level: Level) -> list[str]:
    """Ask the tables, never the digits: 659001's parent is 650000, 110101's is 110000."""
    if level is Level.PROVINCE:
        return [CHINA] * len(table)
    chain = ["adcode", "prefecture", "province"] if level is Level.COUNTY else ["adcode", "province"]
    return [
        next((code for code in above if code != own), CHINA) for own, *above in table[chain].itertuples(index=False)
    ]
