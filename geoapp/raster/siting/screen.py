"""The siting screen: criteria multiplied on an equal-area grid, and what is left after each.

Semantics follow NREL's reV: every criterion is an inclusion between 0 and 1, inclusions are
multiplied, "no data" has a policy that must be said, and patches below a size are dropped.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geoapp.errors import InvalidData
from geoapp.model.localized_issue import LocalizedIssue
from geoapp.model.phrase import Phrase, in_a_row
from geoapp.model.plan import Text
from geoapp.model.region import Adcode
from geoapp.model.vector import VectorLayer
from geoapp.raster.library import RasterLibrary
from geoapp.raster.record import RasterRecord
from geoapp.raster.siting.grid import MOST_CELLS, Grid, Mask, make_grid
from geoapp.raster.siting.refusals import refuse_nonsense, warnings_about
from geoapp.raster.siting.sample import sample
from geoapp.raster.siting.spec import Criterion, ScreenSpec

Inclusion = npt.NDArray[np.float32]
Progress = Callable[[str], None]
LANGS = ("zh", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point that distances are measured to, in degrees."""

    name: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a screen may use, handed in by the atlas.

    Attributes:
        areas: counties of the screened regions: code to polygon in degrees.
        names: code to name.
        shapes: polygons of every region a criterion names.
        places: for each criterion of distance the points it means; only points known to the
            site or the town, never the label point of a county.
        left_out: for each criterion of distance how many points are known too roughly.
        features: for each criterion of a vector layer the geometries it asks, degrees.
        layers: the vector layers asked, by id.
    """

    library: RasterLibrary
    areas: Mapping[Adcode, shapely.Geometry]
    names: Mapping[Adcode, str]
    shapes: Mapping[str, shapely.Geometry]
    places: Mapping[int, Sequence[Place]]
    left_out: Mapping[int, int]
    features: Mapping[int, Sequence[shapely.Geometry]] = field(default_factory=dict)
    layers: Mapping[str, VectorLayer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of the funnel: km² left in total and in each county."""

    label: Text
    km2: float
    by_area: Mapping[Adcode, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenResult:
    """What is left, and how it came to that.

    Attributes:
        inclusion: rows × columns, 0 to 1; 0 outside the regions.
        patches: rows × columns, 0 where nothing is left, else the number of the contiguous patch.
        funnel: the whole area first, then one step a criterion, then the smallest patch.
        rasters: the layers used; ``layers`` the vector layers.
        warnings: what a reader must know before using the result.
    """

    spec: ScreenSpec
    grid: Grid
    inclusion: Inclusion
    patches: npt.NDArray[np.int32]
    funnel: tuple[Step, ...]
    rasters: tuple[RasterRecord, ...]
    warnings: tuple[Text, ...]
    names: Mapping[Adcode, str]
    layers: tuple[VectorLayer, ...] = ()


def run_screen(
    spec: ScreenSpec, around: Surroundings, progress: Progress, most_cells: int = MOST_CELLS
) -> ScreenResult:
    """Screen the regions.

    Raises:
        InvalidData: the spec asks for nonsense (slope of a 5′ grid, an upper bound used as a
            resource, classes as numbers, …), or a raster knows nothing of the regions.
        NotFound: a raster does not exist.
    """
    records = [around.library.get(each.raster) if each.raster else None for each in spec.criterion]
    refuse_nonsense(spec, records, around.places)
    grid = make_grid(around.areas, spec.resolution_m, most_cells)
    inclusion = grid.inside.astype(np.float32)
    funnel = [_step(grid, inclusion, in_both(lambda _: Phrase("范围")))]
    for number, (criterion, record) in enumerate(zip(spec.criterion, records, strict=True)):
        label = describe(criterion, record, around)
        progress(label.zh)
        meets = _meets(criterion, record, grid, around, number)
        inclusion *= np.where(meets, np.float32(1), np.float32(criterion.otherwise))
        funnel.append(_step(grid, inclusion, label))
    patches = _patches(inclusion, spec.contiguity)
    if spec.min_area_km2 > 0:
        patches = drop_small(patches, spec.min_area_km2 / grid.cell_km2)
        inclusion[patches == 0] = 0
        least = Phrase("连片不小于{area} km²", {"area": f"{spec.min_area_km2:g}"})
        funnel.append(_step(grid, inclusion, in_both(lambda _: least)))
    used = {record.id: record for record in records if record is not None}
    return ScreenResult(
        spec=spec,
        grid=grid,
        inclusion=inclusion,
        patches=patches,
        funnel=tuple(funnel),
        rasters=tuple(used.values()),
        warnings=_warnings(spec, records, around, grid),
        names=around.names,
        layers=tuple(around.layers.values()),
    )


def _step(grid: Grid, inclusion: Inclusion, label: Text) -> Step:
    sums = np.bincount(grid.owner.ravel(), weights=inclusion.ravel(), minlength=len(grid.codes) + 1) * grid.cell_km2
    by_area = {code: float(sums[number]) for number, code in enumerate(grid.codes, start=1)}
    return Step(label=label, km2=sum(by_area.values()), by_area=by_area)


def _meets(criterion: Criterion, record: RasterRecord | None, grid: Grid, around: Surroundings, number: int) -> Mask:
    if record is not None:
        return _meets_raster(criterion, record, grid, around.library)
    if criterion.distance_to:
        places = around.places[number]
        return _meets_distance(criterion, grid, [shapely.Point(place.lon, place.lat) for place in places])
    if criterion.distance_to_layer:
        return _meets_distance(criterion, grid, around.features[number])
    named = criterion.inside or criterion.outside
    shapes = around.features[number] if criterion.layer else [around.shapes[code] for code in named]
    within = _within(shapes, grid)
    return within if criterion.inside or criterion.inside_layer else ~within


def _within(shapes: Sequence[shapely.Geometry], grid: Grid) -> Mask:
    """Return the cells whose centres lie in any of some areas, degrees."""
    from rasterio.features import geometry_mask

    projected = [shapely.transform(shape, grid.project) for shape in shapes]
    if not projected:
        return np.zeros(grid.owner.shape, dtype=bool)
    within: Mask = geometry_mask(projected, grid.owner.shape, grid.transform, invert=True)
    return within


def _meets_raster(criterion: Criterion, record: RasterRecord, grid: Grid, library: RasterLibrary) -> Mask:
    values, known = sample(library.path(record), record, criterion, grid)
    if not (known & grid.inside).any():
        problem = f"raster {record.id} has no data anywhere in the screened regions"
        wording = in_both(lambda lang: Phrase("“{title}”在所选地区没有任何数据", {"title": record.title.get(lang)}))
        raise InvalidData("screen", [LocalizedIssue("criterion", problem, f"it covers {record.bbox}", wording)])
    good = np.ones(values.shape, dtype=bool)
    if criterion.at_least is not None:
        good &= values >= criterion.at_least
    if criterion.at_most is not None:
        good &= values <= criterion.at_most
    if criterion.classes:
        good &= np.isin(values, criterion.classes)
    if criterion.not_classes:
        good &= ~np.isin(values, criterion.not_classes)
    found: Mask = np.where(known, good, criterion.nodata == "keep")
    return found


def _nearest(shapes: Sequence[shapely.Geometry], grid: Grid) -> npt.NDArray[np.float64]:
    """Return how far each cell of the regions is from the nearest of some shapes (degrees): metres; 0 inside one.

    Exact, and shapes outside the grid count too.
    """
    if all(shapely.get_type_id(shape) == shapely.GeometryType.POINT for shape in shapes):
        from scipy.spatial import cKDTree  # ten times as fast as a tree of shapes

        tree = cKDTree(grid.project(shapely.get_coordinates(shapes)))
        found: npt.NDArray[np.float64] = tree.query(grid.centres())[0]
        return found
    projected = [shapely.transform(shape, grid.project) for shape in shapes]
    centres = shapely.points(grid.centres())
    (_, _), distances = shapely.STRtree(projected).query_nearest(centres, return_distance=True, all_matches=False)
    return np.asarray(distances, dtype=np.float64)


def _meets_distance(criterion: Criterion, grid: Grid, shapes: Sequence[shapely.Geometry]) -> Mask:
    nearest = _nearest(shapes, grid) if len(shapes) else np.full(len(grid.centres()), np.inf)
    good = np.ones(len(nearest), dtype=bool)
    if criterion.at_most_km is not None:
        good &= nearest <= criterion.at_most_km * 1000
    if criterion.at_least_km is not None:
        good &= nearest >= criterion.at_least_km * 1000
    found = np.zeros(grid.owner.shape, dtype=bool)
    found[grid.inside] = good
    return found


def _patches(inclusion: Inclusion, contiguity: str) -> npt.NDArray[np.int32]:
    from scipy.ndimage import label

    neighbours = np.ones((3, 3)) if contiguity == "queen" else None
    found: npt.NDArray[np.int32] = label(inclusion > 0, neighbours)[0].astype(np.int32)
    return found


def drop_small(patches: npt.NDArray[np.int32], least: float) -> npt.NDArray[np.int32]:
    """Return the patches of at least ``least`` cells, numbered anew from 1."""
    sizes = np.bincount(patches.ravel())
    kept = sizes >= least - 1e-9
    kept[0] = False
    numbers = np.where(kept, np.cumsum(kept), 0).astype(np.int32)
    found: npt.NDArray[np.int32] = numbers[patches]
    return found


def _warnings(
    spec: ScreenSpec, records: Sequence[RasterRecord | None], around: Surroundings, grid: Grid
) -> tuple[Text, ...]:
    wording = {
        lang: [each.say(lang) for each in warnings_about(spec, records, around.left_out, grid, lang)] for lang in LANGS
    }
    return tuple(Text(zh=zh, en=en) for zh, en in zip(wording["zh"], wording["en"], strict=True))


def in_both(say: Callable[[str], Phrase]) -> Text:
    """Return a sentence in both languages; titles inside it differ too."""
    return Text(zh=say("zh").say("zh"), en=say("en").say("en"))


def describe(criterion: Criterion, record: RasterRecord | None, around: Surroundings) -> Text:
    """Say a criterion."""
    if record is not None:
        return in_both(lambda lang: _describe_raster(criterion, record, lang))
    if criterion.distance_to:
        what = {"parks": Phrase("园区"), "projects": Phrase("项目"), "points": Phrase("给定的点")}[
            criterion.distance_to
        ]
        distance = _range(criterion.at_least_km, criterion.at_most_km)
        return in_both(lambda _: Phrase("距{what}{range} km", {"what": what, "range": distance}))
    if criterion.layer:
        return in_both(lambda lang: _describe_layer(criterion, around.layers[criterion.layer], lang))
    named = (around.names.get(Adcode(code), code) for code in criterion.inside or criterion.outside)
    names = {"names": in_a_row(named)}
    sentence = Phrase("在{names}之内", names) if criterion.inside else Phrase("在{names}之外", names)
    return in_both(lambda _: sentence)


def _describe_layer(criterion: Criterion, layer: VectorLayer, lang: str) -> Phrase:
    kinds = [layer.kind(each).title.get(lang) for each in criterion.kinds]
    what: object = layer.title.get(lang)
    if kinds:
        what = Phrase("{layer}（{kinds}）", {"layer": what, "kinds": in_a_row(kinds)})
    if criterion.distance_to_layer:
        return Phrase(
            "距{what}{range} km", {"what": what, "range": _range(criterion.at_least_km, criterion.at_most_km)}
        )
    named = {"names": what}
    return Phrase("在{names}之内", named) if criterion.inside_layer else Phrase("在{names}之外", named)


def _describe_raster(criterion: Criterion, record: RasterRecord, lang: str) -> Phrase:
    values: dict[str, Any] = {"title": record.title.get(lang), "unit": record.unit}
    if criterion.classes or criterion.not_classes:
        values["classes"] = in_a_row(criterion.classes or criterion.not_classes)
        return Phrase("{title}为 {classes}", values) if criterion.classes else Phrase("{title}不为 {classes}", values)
    values["range"] = _range(criterion.at_least, criterion.at_most)
    if criterion.measure == "slope":
        return Phrase("{title}的坡度{range}°", values)
    return Phrase("{title}{range} {unit}", values)


def _range(low: float | None, high: float | None) -> str:
    parts = [f"≥ {low:g}" if low is not None else "", f"≤ {high:g}" if high is not None else ""]
    return " " + " ".join(part for part in parts if part)
