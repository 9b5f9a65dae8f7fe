"""``geoapp shapes check``: are the built boundaries complete, valid, without overlaps, and nested?"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geopandas
import numpy as np
import shapely

from geoapp.boundaries import coverage
from geoapp.boundaries.shapes import DETAILS, LEVELS, Detail, Edition, load_edition, load_level, load_lines
from geoapp.errors import BoundaryError, InvalidAdcode, Issue
from geoapp.model.region import CHINA, Level, parse_adcode

AREA_TOLERANCE = 1e-9  # square degrees, about 10 m2: rounding noise of a union
_REBUILD = "run: geoapp shapes build"

Frames = dict[tuple[Level, Detail], geopandas.GeoDataFrame]


@dataclass(frozen=True, slots=True)
class ShapesReport:
    """What was counted and what is wrong.

    Attributes:
        edition: the edition's id; empty when it cannot be read.
        rows: rows of each file, such as ``county lo``.
        vertices: vertices of each file.
        dash_segments: segments of the dash line.
        issues: every fault found.
    """

    edition: str
    rows: dict[str, int]
    vertices: dict[str, int]
    dash_segments: int
    issues: tuple[Issue, ...]


def check_shapes(folder: Path) -> list[Issue]:
    """Every fault of the built boundaries in ``folder``; empty when all is well."""
    return list(inspect_shapes(folder).issues)


def inspect_shapes(folder: Path) -> ShapesReport:
    """Count and check the built boundaries; unreadable files become issues."""
    try:
        edition = load_edition(folder)
    except BoundaryError as error:
        return ShapesReport("", {}, {}, 0, (Issue(str(folder), str(error), _REBUILD),))
    issues: list[Issue] = []
    frames: Frames = {}
    for level in LEVELS:
        for detail in DETAILS:
            try:
                frames[level, detail] = load_level(folder, level, detail)
            except BoundaryError as error:
                issues.append(Issue(_name(level, detail), str(error), _REBUILD))
    for key, frame in frames.items():
        issues += _file_issues(_name(*key), frame, edition.rows.get(key[0]))
    for detail in DETAILS:
        issues += _nesting_issues(frames, detail)
    issues += _parent_issues(frames)
    segments = _dash_segments(folder, edition, issues)
    return ShapesReport(
        edition.id,
        {_name(*key): len(frame) for key, frame in frames.items()},
        {
            _name(*key): int(shapely.get_num_coordinates(coverage.geometries(frame)).sum())
            for key, frame in frames.items()
        },
        segments,
        tuple(issues),
    )


def _name(level: Level, detail: Detail) -> str:
    return f"{level} {detail}"


def _file_issues(name: str, frame: geopandas.GeoDataFrame, expected: int | None) -> Iterator[Issue]:
    if len(frame) != expected:
        yield Issue(name, f"{len(frame)} rows, edition.json says {expected}", _REBUILD)
    yield from _code_issues(name, frame)
    geometry = coverage.geometries(frame)
    for row in np.flatnonzero(~shapely.is_valid(geometry) | shapely.is_empty(geometry)):
        reason = shapely.is_valid_reason(geometry[row])
        yield Issue(f"{name}, {frame['adcode'][row]} {frame['name'][row]}", f"unusable polygon: {reason}", _REBUILD)
    if not shapely.coverage_is_valid(geometry):
        edges = shapely.coverage_invalid_edges(geometry)
        faulty = ", ".join(frame["adcode"][~shapely.is_empty(edges)].head(5))
        yield Issue(name, f"neighbours overlap or do not share their border, among them {faulty}", _REBUILD)
    inside = shapely.contains_xy(geometry, frame["label_lon"].to_numpy(), frame["label_lat"].to_numpy())
    for row in np.flatnonzero(~inside):
        yield Issue(f"{name}, {frame['adcode'][row]} {frame['name'][row]}", "the label lies outside", _REBUILD)


def _code_issues(name: str, frame: geopandas.GeoDataFrame) -> Iterator[Issue]:
    for code in frame.loc[frame["adcode"].duplicated(), "adcode"]:
        yield Issue(f"{name}, {code}", "the code stands twice", _REBUILD)
    for code in frame["adcode"]:
        try:
            parse_adcode(code)
        except InvalidAdcode as error:
            yield Issue(f"{name}, {code}", str(error), _REBUILD)


def _nesting_issues(frames: Frames, detail: Detail) -> Iterator[Issue]:
    """Counties must fill their prefecture, prefectures their province: same area, and each label in its parent."""
    for upper, lower in ((Level.PROVINCE, Level.PREFECTURE), (Level.PREFECTURE, Level.COUNTY)):
        if (upper, detail) not in frames or (lower, detail) not in frames:
            continue
        above, below = frames[upper, detail], frames[lower, detail]
        tree = shapely.STRtree(coverage.geometries(above))
        points = shapely.points(below["label_lon"].to_numpy(), below["label_lat"].to_numpy())
        rows, containers = tree.query(points, predicate="within")
        areas = np.zeros(len(above))
        np.add.at(areas, containers, shapely.area(coverage.geometries(below))[rows])
        differences = np.abs(areas - shapely.area(coverage.geometries(above)))
        for row in np.flatnonzero(differences > AREA_TOLERANCE):
            yield Issue(
                f"{_name(upper, detail)}, {above['adcode'][row]} {above['name'][row]}",
                f"its {lower} polygons do not fill it",
                _REBUILD,
            )


def _parent_issues(frames: Frames) -> Iterator[Issue]:
    if any((level, "full") not in frames for level in LEVELS):
        return  # without a whole list of codes every parent would look unknown
    known = {CHINA, *(code for (_, detail), frame in frames.items() if detail == "full" for code in frame["adcode"])}
    for (level, detail), frame in frames.items():
        for code, parent in zip(frame["adcode"], frame["parent"], strict=True):
            if parent not in known or parent == code:
                yield Issue(f"{_name(level, detail)}, {code}", f"its parent {parent} is no division", _REBUILD)


def _dash_segments(folder: Path, edition: Edition, issues: list[Issue]) -> int:
    try:
        lines = load_lines(folder)
    except BoundaryError as error:
        issues.append(Issue("lines", str(error), _REBUILD))
        return 0
    segments = int(shapely.get_num_geometries(coverage.geometries(lines[lines["kind"] == "dash"])).sum())
    if segments != edition.dash_segments:
        problem = f"the dash line has {segments} segments, edition.json says {edition.dash_segments}"
        issues.append(Issue("lines", problem, _REBUILD))
    return segments
