"""The land of a sheet in kilometres: the areas shown, their outline, and what lies around them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from math import ceil, floor

import numpy as np
import numpy.typing as npt
import orjson
import shapely

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.plan import Text
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.view import BBox, boxes_meet
from geoapp.sheets.scene.base.extents import CHINA_BOX, HAINAN, HAINAN_ISLAND, detail, frame_of
from geoapp.sheets.scene.base.print_frames import Ground, PrintFrames, frames_name
from geoapp.sheets.scene.base.projection import Equal, Points, fitted
from geoapp.sheets.scene.primitives import is_empty
from geoapp.store.base import Store
from geoapp.store.files import ABROAD
from geoapp.store.shared_files import PREPARED

Shapes = Mapping[Adcode, shapely.Geometry]
ARCTIC = 84.0
SANSHA, TAIWAN = Adcode("460300"), Adcode("710000")
SMALL_BOX = 6.0
"""Degrees of longitude up to which neighbours are drawn in detail, so that borders meet those of the subject."""
LAWFUL_SOUTH = 21.0
"""Degrees. Islands south of it are shown however small the sheet."""
SOUTH_SEA: BBox = (105.8, 2.8, 124.0, 25.2)
"""What an inset of the South China Sea islands shows: every dash, Hainan, Taiwan."""
STEP = 2.0
"""Degrees to which the box around a sheet is rounded."""
MAINLAND_SOUTH = 17.6
"""South edge of a national frame in inset mode, just below Hainan."""


class Areas(Mapping[Adcode, shapely.Geometry]):
    """The polygons of a view's areas in plane kilometres: each as the boundaries have it, all as a sheet needs them."""

    def __init__(
        self,
        codes: Sequence[Adcode],
        degrees: Shapes,
        projection: Equal,
        prepared: Callable[[float], Ground | None] = lambda _: None,
    ) -> None:
        """Stand on polygons in degrees; ``prepared`` returns the frame for so many points to a kilometre, if any."""
        self.codes = codes
        self._degrees, self._projection, self._prepared = degrees, projection, prepared

    @cached_property
    def _plane(self) -> Ground:
        return Ground(self._projection.shapes(np.array([self._degrees[code] for code in self.codes], dtype=object)))

    def __getitem__(self, code: Adcode) -> shapely.Geometry:
        shape: shapely.Geometry = self._plane.shapes[self.codes.index(code)]
        return shape

    def __iter__(self) -> Iterator[Adcode]:
        return iter(self.codes)

    def __len__(self) -> int:
        return len(self.codes)

    def at(self, scale: float) -> Ground:
        """Return all areas in order, prepared with the build or projected now, for so many points to a kilometre."""
        return self._prepared(scale) or self._plane


@dataclass(frozen=True, slots=True, eq=False)
class BaseMap:
    """What one view stands on, in plane kilometres.

    Attributes:
        areas: the polygons of the view's areas.
        subject: what the frame must show whole, as few points as the layout needs.
        outline: the edge of the region.
        national: the frame shows the country, so map law decides what must be on it.
    """

    projection: Equal
    areas: Areas
    subject: shapely.Geometry
    outline: shapely.Geometry
    national: bool


class BaseMaps:
    """Projects the polygons of one build; keeps the last few grounds."""

    def __init__(self, store: Store, gazetteer: Gazetteer) -> None:
        self.store, self.gazetteer = store, gazetteer
        self.frames = PrintFrames(store.encoded(f"{PREPARED}/{frames_name(store.dataset().edition.id)}"))

    @lru_cache(maxsize=6)  # noqa: B019 - lives as long as its atlas
    def base(self, adcode: Adcode, level: Level, box: BBox | None) -> BaseMap:
        """Return the ground of a region at a level, or of the part of it inside a box."""
        region = self.gazetteer[adcode]
        shapes = self.store.geometry(level, detail(region))
        found = self.gazetteer.at_level(adcode, level)
        codes = [each.adcode for each in found if box is None or boxes_meet(each.bbox, box)]
        projection = fitted(box or frame_of(region))
        areas = Areas(codes, shapes, projection, *([] if box else [partial(self.frames.at, adcode, level)]))
        edge = box_edge(box, projection) if box else None
        outline = self._outline(region, projection)
        subject = edge if edge is not None else self._subject(region, projection, outline)
        return BaseMap(projection, areas, subject, outline, is_national(adcode, box))

    def _outline(self, region: Region, projection: Equal) -> shapely.Geometry:
        if region.adcode == CHINA:
            plane = projection.shapes(np.array(list(self.store.geometry(Level.PROVINCE, "lo").values())))
            return shapely.union_all(shapely.make_valid(plane))
        found: shapely.Geometry = projection.shapes(np.array([self.polygon(region)], dtype=object))[0]
        return found

    def _subject(self, region: Region, projection: Equal, outline: shapely.Geometry) -> shapely.Geometry:
        if region.adcode == HAINAN:  # its islands down to 曾母暗沙 stand in the inset
            outline = shapely.intersection(shapely.make_valid(outline), box_edge(HAINAN_ISLAND, projection))
        if region.adcode == SANSHA:
            dash = projection.shapes(np.array([self.lines()["dash"]], dtype=object))[0]
            return shapely.union_all([shapely.make_valid(outline), shapely.buffer(dash, 15.0, quad_segs=1)])
        return shapely.simplify(shapely.make_valid(outline), max(float(shapely.length(outline)) / 4000, 0.05))

    def polygon(self, region: Region) -> shapely.Geometry:
        """Return a region's own polygon in degrees."""
        level = Level.PREFECTURE if Level.PREFECTURE in region.levels else region.level
        return self.store.geometry(level, detail(region))[region.adcode]

    def neighbourhood(self, region: Region) -> list[Adcode]:
        """Return the region and the divisions above and below it: none of them is a neighbour."""
        above = [each.adcode for each in self.gazetteer.parents(region.adcode)]
        below = [code for code in self.gazetteer.regions if self.gazetteer.is_within(code, region.adcode)]
        return [region.adcode, *above, *below]

    def around(self, level: Level, box: BBox, without: Iterable[Adcode]) -> dict[Adcode, shapely.Geometry]:
        """Return the polygons of a level near a box, in degrees; in detail where the box is small."""
        skipped = set(without)
        shapes = self.store.geometry(level, "full" if box[2] - box[0] < SMALL_BOX else "lo")
        regions = (self.gazetteer[code] for code in shapes if code not in skipped)
        return {each.adcode: shapes[each.adcode] for each in regions if boxes_meet(each.bbox, box)}

    def provinces(self, projection: Equal, scale: float) -> Ground | None:
        """Return the provinces as the build prepared them for the whole country; None for another frame."""
        whole = projection == fitted(CHINA_BOX)
        return self.frames.at(CHINA, Level.PROVINCE, scale) if whole else None

    @lru_cache(maxsize=1)  # noqa: B019 - lives as long as its atlas
    def lines(self) -> dict[str, shapely.Geometry]:
        """Return the lines map law asks for, in degrees, by kind: ``dash``, ``undetermined`` …"""
        features = orjson.loads(self.store.lines())["features"]
        return {each["properties"]["kind"]: shapely.from_geojson(orjson.dumps(each["geometry"])) for each in features}

    @lru_cache(maxsize=1)  # noqa: B019 - lives as long as its atlas
    def abroad(self) -> tuple[shapely.Geometry, list[tuple[Text, shapely.Geometry]]]:
        """Return the foreign land and the neighbours with their names, in degrees; a build of before has neither."""
        path = self.store.encoded(ABROAD)
        if not path.exists():
            return shapely.Polygon(), []
        land: shapely.Geometry = shapely.Polygon()
        neighbours: list[tuple[Text, shapely.Geometry]] = []
        for each in orjson.loads(path.read_bytes())["features"]:
            shape, told = shapely.from_geojson(orjson.dumps(each["geometry"])), each["properties"]
            if told["kind"] == "land":
                land = shape
            else:
                neighbours.append((Text(zh=told["name"], en=told["name_en"]), shape))
        return land, neighbours

    @lru_cache(maxsize=6)  # noqa: B019 - lives as long as its atlas
    def foreign_land(self, box: BBox) -> shapely.Geometry:
        """Return the foreign land near a box (:func:`roomy`), in degrees."""
        return _near(self.abroad()[0], box)

    @lru_cache(maxsize=6)  # noqa: B019 - lives as long as its atlas
    def neighbours(self, box: BBox) -> list[tuple[Text, shapely.Geometry]]:
        """Return the neighbouring countries near a box (:func:`roomy`), each with its names, in degrees."""
        edge = shapely.box(*box)
        found = [
            (n, _near(shape, box)) for n, shape in self.abroad()[1] if shapely.intersects(shapely.envelope(shape), edge)
        ]
        return [(names, shape) for names, shape in found if not is_empty(shape)]

    @lru_cache(maxsize=2)  # noqa: B019 - lives as long as its atlas
    def country(self, box: BBox) -> "Country":
        """Return every province of the country, projected for a box, ring by ring."""
        projection = fitted(box)
        shapes = self.store.geometry(Level.PROVINCE, "lo")
        rings: list[shapely.Geometry] = []
        kept: list[bool] = []
        for code in sorted(shapes):
            for part in shapely.get_parts(shapes[code]):
                must = code == TAIWAN or part.bounds[3] < LAWFUL_SOUTH
                found = [part.exterior, *part.interiors]
                rings += found
                kept += [must] * len(found)
        lines = {kind: projection.shapes(np.array([line], dtype=object))[0] for kind, line in self.lines().items()}
        return Country(projection, projection.shapes(np.array(rings, dtype=object)), np.array(kept), lines)


@dataclass(frozen=True, slots=True, eq=False)
class Country:
    """The country for an inset, in plane kilometres.

    Attributes:
        rings: the rings of all provinces; filled even-odd they give the land.
        kept: whether a ring must be shown however small: Taiwan and the islands of the south.
        lines: the lines map law asks for, by kind.
    """

    projection: Equal
    rings: npt.NDArray[np.object_]
    kept: npt.NDArray[np.bool_]
    lines: dict[str, shapely.Geometry]


def roomy(box: BBox) -> BBox:
    """Return a box grown to steps of two degrees: sheets of one region, laid out a little differently, share it."""
    west, south, east, north = (side / STEP for side in box)
    return floor(west) * STEP, floor(south) * STEP, ceil(east) * STEP, ceil(north) * STEP


def _near(shape: shapely.Geometry, box: BBox) -> shapely.Geometry:
    """Cut a shape a little outside a box; one that crosses the antimeridian has none of our neighbours."""
    west, south, east, north = box
    if is_empty(shape) or west > east:
        return shapely.Polygon()
    return shapely.make_valid(shapely.clip_by_rect(shape, west - 0.5, south - 0.5, east + 0.5, north + 0.5))


def is_national(adcode: Adcode, box: BBox | None) -> bool:
    """Say whether a frame shows the country: the whole of it, or a box that reaches as far."""
    if adcode != CHINA:
        return False
    if box is None:
        return True
    west, south, east, north = box
    return west <= 74.5 and east >= 134 and south <= 18.2 and north >= 53


def box_edge(box: BBox, projection: Equal) -> shapely.Geometry:
    """Return a box in degrees as a polygon in the plane, its parallels curved."""
    west, south, east, north = box
    east += 360 if east < west else 0
    steps = np.linspace(0.0, 1.0, 33)
    south, north = max(south, -ARCTIC), min(north, ARCTIC)
    bottom = np.column_stack([west + (east - west) * steps, np.full(33, south)])
    top = np.column_stack([east - (east - west) * steps, np.full(33, north)])
    ring: Points = projection.forward(np.vstack([bottom, top]))
    return shapely.make_valid(shapely.Polygon(ring[np.isfinite(ring).all(axis=1)]))
