"""Rows of a data file become features: their words checked, each in the county that holds it."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from geoapp.errors import Issue
from geoapp.model.plan import Text
from geoapp.model.region import Adcode
from geoapp.model.vector import (
    Cell,
    Shape,
    VectorCaveat,
    VectorColumn,
    VectorFeature,
    VectorKind,
    VectorLayer,
)
from geoapp.vector.cells import text_of, value_of
from geoapp.vector.checks import SHAPES, header_issues, row_issues
from geoapp.vector.description import VectorFile, read_description
from geoapp.vector.source import Geometries, Rows, read_rows

DECIMALS = 6
REPEATED, SAME_PLACE = "repeated_row", "same_place"
FOUND_HERE = (
    VectorCaveat(
        id=REPEATED,
        text=Text(
            zh="来源把同一行列了不止一次，可能是各台机组，也可能是重复；本图集照列，未作取舍",
            en="the source lists this row more than once: perhaps its units, perhaps a repetition; kept as listed",
        ),
    ),
    VectorCaveat(
        id=SAME_PLACE,
        text=Text(
            zh="来源在同一坐标列有同类的另一个名称，可能是同一处",
            en="the source lists another one of this type at the same coordinates: perhaps the same under another name",
        ),
    ),
)
"""What is noticed of any layer, beside what its description says."""


@dataclass(frozen=True, slots=True)
class Published:
    """A layer as a build publishes it."""

    layer: VectorLayer
    features: tuple[VectorFeature, ...]


class AsRead:
    """Layers as they were read, before a build keeps them (a :class:`geoapp.model.vector.VectorFeatures`)."""

    def __init__(self, published: Sequence[Published]) -> None:
        self._published = {each.layer.id: each for each in published}

    def layers(self) -> Mapping[str, VectorLayer]:
        """Return every layer by id."""
        return {name: each.layer for name, each in self._published.items()}

    def features(self, layer: str) -> Sequence[VectorFeature]:
        """Return the features of a layer, in the order of its file."""
        return self._published[layer].features


class Counties:
    """Says which county holds a point."""

    def __init__(self, polygons: Mapping[Adcode, shapely.Geometry]) -> None:
        self._codes = list(polygons)
        self._shapes = list(polygons.values())

    def holding(self, points: Geometries) -> list[Adcode | None]:
        """Return for each point the code of the county that holds it; on an edge the lower code, outside all None."""
        found: list[Adcode | None] = [None] * len(points)
        if len(points):
            # the polygons have many vertices each: prepared by the tree, thousands of points take a second
            places, owners = shapely.STRtree(self._shapes).query(points, predicate="intersects")
            for place, owner in sorted(zip(places.tolist(), owners.tolist(), strict=True), reverse=True):
                code = self._codes[owner]
                known = found[place]
                found[place] = code if known is None else min(known, code)
        return found


def read_vectors(folder: Path, counties: Counties) -> tuple[list[Published], list[Issue]]:
    """Read every layer described in a folder, sorted by id, with every fault of every file."""
    layers: list[Published] = []
    issues: list[Issue] = []
    for path in sorted(folder.glob("*.toml")):
        entry, faults = read_description(path)
        issues += faults
        if entry is not None:
            published, faults = read_layer(path, entry, counties)
            issues += faults
            layers += [published] if published else []
    return layers, issues


def read_layer(path: Path, entry: VectorFile, counties: Counties) -> tuple[Published | None, list[Issue]]:
    """Read one layer with every fault of its data file."""
    data = path.parent / entry.data
    rows, issues = read_rows(
        data, lon=entry.lon, lat=entry.lat, layer=entry.layer, crs=entry.crs, encoding=entry.encoding
    )
    if rows is None:
        return None, issues
    issues = header_issues(path, entry, rows) or row_issues(data, entry, rows)
    if issues:
        return None, issues
    dimension = int(shapely.get_dimensions(rows.shapes).max()) if len(rows.shapes) else 0
    stand = rows.shapes if dimension == 0 else shapely.point_on_surface(rows.shapes)
    features = tuple(_features(entry, rows, dimension, stand, counties.holding(stand)))
    layer = _layer(entry, SHAPES[dimension], features, hashlib.sha256(data.read_bytes()).hexdigest())
    return Published(layer, features), []


def _features(
    entry: VectorFile, rows: Rows, dimension: int, stand: Geometries, holders: Sequence[Adcode | None]
) -> list[VectorFeature]:
    kinds = {word: kind.id for kind in entry.kind for word in kind.values}
    words = [text_of(cell) for cell in rows.column(entry.kind_header)] if entry.kind_header else []
    types = [kinds[word] for word in words] if words else [entry.kind[0].id] * len(stand)
    ids = _ids([text_of(cell) for cell in rows.column(entry.key)] if entry.key else [str(n) for n in rows.numbers])
    names = [text_of(cell) for cell in rows.column(entry.name)] if entry.name else [""] * len(stand)
    points = np.round(shapely.get_coordinates(stand), DECIMALS).tolist()
    caveats = _caveats(entry, rows, types, points)
    wkb = shapely.to_wkb(rows.shapes, hex=True) if dimension else [""] * len(stand)
    columns = [[value_of(cell, column) for cell in rows.column(column.header)] for column in entry.column]
    values = list(zip(*columns, strict=True)) if columns else [()] * len(stand)
    return [
        VectorFeature(
            id=ids[n],
            name=names[n] or ids[n],
            kind=types[n],
            adcode=holders[n] or "",
            lon=points[n][0],
            lat=points[n][1],
            wkb=str(wkb[n]),
            values=values[n],
            caveats=tuple(caveats[n]),
        )
        for n in range(len(stand))
    ]


def _ids(keys: Sequence[str]) -> list[str]:
    """Return one id a row: its key, and where several rows share one their count behind it."""
    several = {key for key, count in Counter(keys).items() if count > 1}
    seen: Counter[str] = Counter()
    found = []
    for key in keys:
        seen[key] += 1
        found.append(f"{key}-{seen[key]}" if key in several else key)
    return found


def _caveats(entry: VectorFile, rows: Rows, types: Sequence[str], points: Sequence[Sequence[float]]) -> list[list[str]]:
    """Return what must be known of each row: what the description says of its cells, and what repeats in the file."""
    found: list[list[str]] = [[] for _ in types]
    for caveat in entry.caveat:
        for number, cell in enumerate(rows.column(caveat.header)):
            if text_of(cell) in caveat.values:
                found[number].append(caveat.id)
    rowwise = Counter(rows.cells)
    places: dict[tuple[str, ...], set[tuple[Cell, ...]]] = defaultdict(set)
    for number, kind in enumerate(types):
        places[(kind, *map(str, points[number]))].add(rows.cells[number])
    for number, kind in enumerate(types):
        if rowwise[rows.cells[number]] > 1:
            found[number].append(REPEATED)
        elif len(places[(kind, *map(str, points[number]))]) > 1:
            found[number].append(SAME_PLACE)
    return found


def _layer(entry: VectorFile, shape: Shape, features: Sequence[VectorFeature], sha256: str) -> VectorLayer:
    used = {each for feature in features for each in feature.caveats}
    written = (VectorCaveat(id=each.id, text=Text(zh=each.zh, en=each.en)) for each in entry.caveat)
    return VectorLayer(
        id=entry.id,
        title=Text(zh=entry.title_zh, en=entry.title_en),
        shape=shape,
        precision=entry.precision,
        note=Text(zh=entry.note_zh, en=entry.note_en),
        date=entry.date,
        licence=entry.licence,
        licence_url=entry.licence_url,
        attribution=Text(zh=entry.attribution_zh, en=entry.attribution_en),
        url=entry.url,
        columns=tuple(
            VectorColumn(name=each.name, title=Text(zh=each.title_zh, en=each.title_en), type=each.type, unit=each.unit)
            for each in entry.column
        ),
        kinds=tuple(
            VectorKind(id=each.id, title=Text(zh=each.title_zh, en=each.title_en), colour=each.colour)
            for each in entry.kind
        ),
        caveats=tuple(each for each in (*written, *FOUND_HERE) if each.id in used),
        amount=entry.amount,
        summed=entry.summed,
        sector=entry.sector,
        rows=len(features),
        outside=tuple(feature.id for feature in features if not feature.adcode),
        sha256=sha256,
    )
