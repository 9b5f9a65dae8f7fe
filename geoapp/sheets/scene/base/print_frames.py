"""The areas of the country's and the provinces' sheets, projected and simplified with the build.

Such a frame is the same for every sheet of its region: its projection is fitted to the region, and how much
detail paper shows depends on the scale alone. A build therefore keeps each frame in a few steps of detail, with
the lines between its areas once each; a sheet takes the step for its scale and only moves it into place.
"""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import floor, log2
from pathlib import Path

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.region import CHINA, Adcode, Level
from geoapp.sheets.scene.base.extents import detail, frame_of
from geoapp.sheets.scene.base.projection import Equal, fitted
from geoapp.store.base import Detail
from geoapp.store.blobs import Blobs, write_blobs
from geoapp.store.shared_files import made_in

Geometries = npt.NDArray[np.object_]
Polygons = Mapping[Detail, Mapping[Level, Mapping[Adcode, shapely.Geometry]]]
FINE = 0.36
"""Points by which a boundary may be off in a prepared frame: an eighth of a millimetre, thinner than its line."""
FEW_POINTS = 6_000
"""Areas of so few points are drawn as they are."""
SMALLEST, LARGEST = (400.0, 280.0), (1500.0, 1050.0)
"""Points across and down of the map windows that frames are prepared for: of a document's map, and of an A3 sheet."""
PER_OCTAVE = 2
"""Steps of detail from one tolerance to its double."""
WORTH = 0.85
"""A step of detail is kept if it has no more than this share of the points of the one before."""
CODE = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:8]


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """The areas of a frame in plane kilometres, in order of their codes.

    Attributes:
        borders: their outline and the lines between them, each once; None where nobody prepared them.
    """

    shapes: Geometries
    borders: "Borders | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Borders:
    """The lines of a coverage: the edges of its areas, each once, and the outline of all of them."""

    edges: Geometries
    outline: shapely.Geometry


class PrintFrames:
    """The prepared frames of one build; none where the build has no file of them."""

    def __init__(self, path: Path) -> None:
        self._blobs: Mapping[str, bytes] = Blobs(path) if path.exists() else {}
        self._steps: dict[str, list[int]] = defaultdict(list)
        for step, frame in sorted(
            (int(step), frame) for frame, _, step in (key.rpartition("/") for key in self._blobs)
        ):
            self._steps[frame].append(step)

    def at(self, adcode: Adcode, level: Level, scale: float) -> Ground | None:
        """Return the frame that a sheet needs.

        Args:
            scale: points on the sheet for a kilometre.

        Returns:
            None for sheets larger than any that frames are prepared for, and for regions that need none.
        """
        steps = self._steps.get(f"{adcode}/{level}", [])
        number = bisect_right(steps, step_of(FINE / scale))
        return self._read(_key(adcode, level, steps[number - 1])) if number else None

    @lru_cache(maxsize=8)  # noqa: B019 - lives as long as its atlas
    def _read(self, key: str) -> Ground:
        shapes, edges, outline = shapely.get_parts(shapely.from_wkb(self._blobs[key]))
        return Ground(shapely.get_parts(shapes), Borders(shapely.get_parts(edges), outline))


def step_of(tolerance: float) -> int:
    """Return the coarsest step of detail that a tolerance in kilometres allows."""
    return floor(PER_OCTAVE * log2(tolerance) + 1e-9)


def frames_name(edition: str) -> str:
    """Name the file of the frames of a boundary edition."""
    return f"print-frames-{edition}-{CODE}"


def prepare_frames(kept: Path, dataset: Dataset, polygons: Polygons) -> set[str]:
    """Write the frames of the country and of every province, unless they exist.

    Args:
        kept: the folder where prepared files outlive builds.

    Returns:
        The name of the file.
    """
    name = frames_name(dataset.edition.id)
    if not (kept / name).exists():
        with made_in(kept) as work:
            _write(work / name, Gazetteer(dataset.regions, ()), polygons)
    return {name}


def _write(path: Path, gazetteer: Gazetteer, polygons: Polygons) -> None:
    provinces = gazetteer.at_level(CHINA, Level.PROVINCE)
    wanted = [(gazetteer[CHINA], Level.PROVINCE)]
    wanted += [
        (region, level) for region in (gazetteer[CHINA], *provinces) for level in (Level.PREFECTURE, Level.COUNTY)
    ]
    parts: dict[str, bytes] = {}
    for region, level in wanted:
        kept = polygons[detail(region)][level]
        shapes = [kept[each.adcode] for each in gazetteer.at_level(region.adcode, level) if each.adcode in kept]
        for step, simple in _steps(shapes, fitted(frame_of(region))):
            parts[_key(region.adcode, level, step)] = _packed(simple)
    write_blobs(path, parts)


def _key(adcode: Adcode, level: Level, step: int) -> str:
    return f"{adcode}/{level}/{step}"


def _packed(shapes: Geometries) -> bytes:
    outline = shapely.coverage_union_all(shapes)
    parts = [shapely.GeometryCollection(list(shapes)), shapely.GeometryCollection(list(shared_edges(shapes))), outline]
    packed: bytes = shapely.to_wkb(shapely.GeometryCollection(parts))
    return packed


def _steps(shapes: Sequence[shapely.Geometry], projection: Equal) -> Iterator[tuple[int, Geometries]]:
    """Simplify areas for every size of sheet; their common borders stay common."""
    degrees = np.array(shapes, dtype=object)
    if shapely.get_num_coordinates(degrees).sum() <= FEW_POINTS:
        return
    plane = projection.shapes(degrees)
    west, south, east, north = shapely.total_bounds(plane)
    finest, coarsest = (
        step_of(FINE / min(size[0] / (east - west), size[1] / (north - south))) for size in (LARGEST, SMALLEST)
    )
    most = float("inf")
    for step in range(finest, coarsest + 1):
        simple = shapely.coverage_simplify(plane, 2 ** (step / PER_OCTAVE))
        points = int(shapely.get_num_coordinates(simple).sum())
        if points < WORTH * most:
            most = points
            yield step, simple


def shared_edges(shapes: Geometries) -> Geometries:
    """Return the borders of areas as lines, the one between two neighbours once."""
    rings = shapely.get_rings(shapely.get_parts(shapes))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    inside = ring[1:] == ring[:-1]
    begins, ends = points[:-1][inside], points[1:][inside]
    turned = (begins[:, 0] > ends[:, 0]) | ((begins[:, 0] == ends[:, 0]) & (begins[:, 1] > ends[:, 1]))
    begins[turned], ends[turned] = ends[turned], begins[turned]
    segments = np.unique(np.hstack([begins, ends]), axis=0).reshape(-1, 2, 2)
    lines: Geometries = np.asarray(shapely.linestrings(segments), dtype=object)
    merged: Geometries = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(lines)))
    return merged
