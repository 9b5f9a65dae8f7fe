"""Use a user's own county polygons instead of the package's: read, check, and fit them into the known divisions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely

from geoapp.boundaries import coverage, fit
from geoapp.boundaries.frykit import SourceTables
from geoapp.errors import BoundaryError, InvalidAdcode, InvalidData, Issue
from geoapp.model.region import parse_adcode

REQUIRED = ("adcode", "name")
OPTIONAL = ("level", "parent")
ACCEPTED_EPSG = (4326, 4490)  # CGCS2000 lies within 1 m of WGS 84
COUNTY_WORDS = ("county", "district", "县级", "区县", "县")
COUNTRY_PREFIX = "156"  # ISO 3166 number of China: Tianditu's own files write 156110101
PREFIXED_CODE = re.compile(COUNTRY_PREFIX + r"[0-9]{6}")
CHINESE = "[\u4e00-\u9fff]"
CODE = re.compile(r"[0-9]{6}")
FRAME = (73.0, 3.0, 136.0, 54.0)  # west, south, east, north of China in degrees


@dataclass(frozen=True, slots=True)
class OwnFile:
    """An own file that passed: the tables with its counties, and what a reader should know about it."""

    tables: SourceTables
    notes: tuple[str, ...]


def read_own_file(path: Path, columns: Mapping[str, str], builtin: SourceTables, codes: Mapping[str, str]) -> OwnFile:
    """Read county polygons from any file GDAL reads.

    Args:
        path: the file.
        columns: which of its columns holds ``adcode`` and ``name``, and optionally ``level`` (only rows of level
            county are used) and ``parent`` (the code of the prefecture or province of a county we do not know).
        builtin: the mended tables of the package, which say what codes exist and what their parents are.
        codes: outdated codes and what they are today.

    Raises:
        BoundaryError: the file cannot be read.
        InvalidData: columns, coordinate system, codes or polygons are wrong; every fault of a stage is named.
    """
    raw = _read(path)
    _refuse(path, [*_column_issues(raw, columns), *_crs_issues(raw)])
    counties, notes = _county_rows(raw, columns)
    counties["adcode"] = counties["adcode"].replace(dict(codes))
    if counties.empty:
        raise BoundaryError(f"{path}: there is no county polygon in this file; give one polygon for each county")
    _refuse(path, [*_code_issues(counties, builtin), *_shape_issues(counties)])
    placed = _place(counties, builtin)
    _refuse(path, [*_missing_provinces(placed.counties, builtin), *fit.overlap_issues(placed.counties)])
    _refuse(path, _shift_issues(placed.counties, builtin))
    notes += _coverage_notes(placed.counties, builtin)
    return OwnFile(placed, tuple(notes))


def _read(path: Path) -> geopandas.GeoDataFrame:
    try:
        frame = geopandas.read_file(path)
    except (RuntimeError, IndexError, OSError) as error:  # pyogrio's errors; IndexError on a header cut short
        raise BoundaryError(
            f"{path}: your boundary file cannot be read ({error}); give GPKG, SHP or GeoJSON"
        ) from error
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise BoundaryError(f"{path}: your boundary file has no geometry; give GPKG, SHP or GeoJSON with polygons")
    return frame


def _refuse(path: Path, issues: list[Issue]) -> None:
    if issues:
        raise InvalidData(path, issues)


def _column_issues(raw: geopandas.GeoDataFrame, columns: Mapping[str, str]) -> Iterator[Issue]:
    there = ", ".join(str(name) for name in raw.columns if name != raw.geometry.name)
    for role in REQUIRED:
        if role not in columns:
            yield Issue(f"column mapping, {role}", "no column is named for it", f"the file has: {there}")
    for role, name in columns.items():
        if role not in REQUIRED + OPTIONAL:
            yield Issue(f"column mapping, {role}", "unknown role", "use " + ", ".join(REQUIRED + OPTIONAL))
        elif name not in raw.columns:
            yield Issue(f"column mapping, {role}", f"the file has no column {name!r}", f"it has: {there}")


def _crs_issues(raw: geopandas.GeoDataFrame) -> Iterator[Issue]:
    hint = "deliver it in EPSG:4490 (CGCS2000) or EPSG:4326 (WGS 84) degrees"
    if raw.crs is None:
        yield Issue("coordinate system", "none is declared", hint + "; a shapefile needs its .prj")
    elif raw.crs.to_epsg() not in ACCEPTED_EPSG:
        yield Issue("coordinate system", f"{raw.crs.name} is not accepted", hint)


def _county_rows(raw: geopandas.GeoDataFrame, columns: Mapping[str, str]) -> tuple[geopandas.GeoDataFrame, list[str]]:
    """Keep county polygons under our column names; say what was left out."""
    notes = []
    polygons = raw[raw.geom_type.isin(["Polygon", "MultiPolygon"]) | raw.geometry.isna()]
    if len(polygons) < len(raw):
        notes.append(f"{len(raw) - len(polygons)} rows that are not polygons were left out")
    rows = polygons
    if "level" in columns:
        rows = polygons[polygons[columns["level"]].astype(str).str.strip().isin(COUNTY_WORDS)]
        if len(rows) < len(polygons):
            notes.append(f"{len(polygons) - len(rows)} polygons of another level than county were left out")
    parent = rows[columns["parent"]].map(_code) if "parent" in columns else ""
    table = {"adcode": rows[columns["adcode"]].map(_code), "name": rows[columns["name"]].astype(str), "parent": parent}
    return geopandas.GeoDataFrame(table, geometry=coverage.geometries(rows), crs="EPSG:4326").reset_index(
        drop=True
    ), notes


def _code(raw: str | float | None) -> str:
    """The cell as a code, or as it stands when it is none; empty for an empty cell."""
    if pd.isna(raw):
        return ""
    text = str(raw).strip().removesuffix(".0")
    if PREFIXED_CODE.fullmatch(text):
        return text.removeprefix(COUNTRY_PREFIX)
    try:
        return parse_adcode(text)
    except InvalidAdcode:
        return text


def _code_issues(counties: geopandas.GeoDataFrame, builtin: SourceTables) -> Iterator[Issue]:
    known = set(builtin.counties["adcode"]) | set(builtin.prefectures["adcode"])
    uppers = set(builtin.prefectures["adcode"]) | set(builtin.provinces["adcode"])
    by_name = builtin.counties.drop_duplicates("name", keep=False).set_index("name")["adcode"]
    for code, name, parent in counties[["adcode", "name", "parent"]].itertuples(index=False):
        where = f"{code} {name}"
        if parent and parent not in uppers:
            yield Issue(where, f"its parent {parent} is no prefecture or province", "correct the parent column")
        elif not parent and code not in known:
            hint = f"{name} is {by_name[name]}" if name in by_name.index else "correct it, or map a parent column"
            yield Issue(where, "the code is not in the list of divisions", hint)
        elif not CODE.fullmatch(code):
            yield Issue(where, "the code is not six digits", "correct it")
    if not counties["name"].str.contains(CHINESE).any():
        example = counties["name"].iloc[0]
        yield Issue(
            "names", f"none is Chinese, the first is {example!r}", "a GBK shapefile needs a .cpg file saying GBK"
        )
    repeated = counties[counties["adcode"].duplicated(keep=False)]
    for code in sorted(set(repeated["adcode"])):
        names = repeated.loc[repeated["adcode"] == code, "name"].tolist()
        yield Issue(f"{code} {names[0]}", f"the code stands in {len(names)} rows", "make one row of them")


def _shape_issues(counties: geopandas.GeoDataFrame) -> Iterator[Issue]:
    shapes = coverage.geometries(counties)
    unusable = ~shapely.is_valid(shapes) | shapely.is_empty(shapes)
    for row in np.flatnonzero(unusable):
        reason = shapely.is_valid_reason(shapes[row]) if shapes[row] is not None else "no geometry"
        yield Issue(f"{counties['adcode'][row]} {counties['name'][row]}", f"unusable polygon: {reason}", "repair it")
    west, south, east, north = shapely.total_bounds(shapes)
    if west < FRAME[0] or south < FRAME[1] or east > FRAME[2] or north > FRAME[3]:
        hint = "latitude and longitude look swapped" if north > FRAME[3] and east <= FRAME[3] else "correct them"
        extent = f"{west:.2f} to {east:.2f} E, {south:.2f} to {north:.2f} N"
        yield Issue("coordinates", f"they reach {extent}, outside China", hint)


def _place(counties: geopandas.GeoDataFrame, builtin: SourceTables) -> SourceTables:
    """Give each county its prefecture, province, short name and label; the built-in tables know most of them."""
    columns = ["adcode", "prefecture", "province", "short_name", "lon", "lat"]
    cities = builtin.prefectures.assign(prefecture=builtin.prefectures["adcode"])
    known = pd.concat([builtin.counties[columns], cities[columns]]).drop_duplicates("adcode").set_index("adcode")
    placed = counties.join(known, on="adcode")
    parent, under_prefecture = placed["parent"], placed["parent"].isin(cities["adcode"])
    prefecture = parent.where(under_prefecture, placed["adcode"])
    province = parent.map(cities.set_index("adcode")["province"]).fillna(parent)
    stated = parent != ""
    placed["prefecture"] = prefecture.where(stated, placed["prefecture"])
    placed["province"] = province.where(stated, placed["province"])
    placed["short_name"] = placed["short_name"].fillna(placed["name"])
    direct = placed[(placed["prefecture"] == placed["adcode"]) & ~placed["adcode"].isin(cities["adcode"])]
    prefectures = builtin.prefectures[builtin.prefectures["adcode"].isin(placed["prefecture"])]
    prefectures = pd.concat([prefectures, direct[list(prefectures.columns)]], ignore_index=True)
    return replace(builtin, counties=placed.drop(columns="parent"), prefectures=prefectures)


def _missing_provinces(counties: geopandas.GeoDataFrame, builtin: SourceTables) -> Iterator[Issue]:
    """A map of China may leave out no province, so an own file must cover all of them."""
    for code, name in builtin.provinces[["adcode", "name"]].itertuples(index=False):
        if code not in set(counties["province"]):
            yield Issue(f"{code} {name}", "no county of it is in the file", "give a file that covers the whole country")


def _shift_issues(counties: geopandas.GeoDataFrame, builtin: SourceTables) -> list[Issue]:
    shift = fit.find_shift(counties, builtin.counties)
    if shift is None:
        return []
    problem = (
        f"this file looks {shift.datum} shifted by about {shift.size:.0f} m: its borders lie {shift.as_is:.0f} m from "
        f"the built-in ones as they are, {shift.undone:.0f} m after undoing the shift"
    )
    hint = "convert it to CGCS2000 or WGS 84, or ask the supplier for unshifted coordinates"
    return [Issue("coordinates", problem, hint)]


def _coverage_notes(counties: geopandas.GeoDataFrame, builtin: SourceTables) -> list[str]:
    own, ours = set(counties["adcode"]), set(builtin.counties["adcode"])
    notes = []
    if ours - own:
        notes.append(f"the file lacks {len(ours - own)} counties: {', '.join(sorted(ours - own))}")
    if own - ours:
        notes.append(f"the file has {len(own - ours)} codes the built-in list lacks: {', '.join(sorted(own - ours))}")
    gaps = fit.gap_km2(counties)
    if gaps:
        notes.append(f"the file leaves enclosed gaps of {gaps:.1f} km2")
    return notes
