"""What a screen may use, gathered from the records and boundaries of one atlas."""

from collections.abc import Mapping, Sequence

import shapely

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import GeoappError, InvalidData, Issue
from geoapp.model.dataset import Dataset
from geoapp.model.localized_issue import LocalizedIssue
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project, Text
from geoapp.model.region import Adcode, Level, Region
from geoapp.model.vector import VectorFeature, VectorFeatures, VectorLayer
from geoapp.raster.library import RasterLibrary
from geoapp.raster.siting.screen import Place, Surroundings, in_both
from geoapp.raster.siting.spec import Criterion, ScreenSpec
from geoapp.store.base import Store

EXACT = ("site", "town")
"""How well a point must be known for a distance to mean anything."""


def gather(
    spec: ScreenSpec,
    library: RasterLibrary,
    dataset: Dataset,
    gazetteer: Gazetteer,
    store: Store,
    vectors: VectorFeatures,
) -> Surroundings:
    """Return counties, polygons and points for a screen.

    Raises:
        InvalidData: a code names no region, or a criterion no published vector layer that it can ask.
    """
    _refuse_layers(spec, vectors)
    named = [code for each in spec.criterion for code in (*each.inside, *each.outside)]
    regions = _regions([*spec.regions, *named], gazetteer)
    counties = {
        county.adcode: county
        for code in spec.regions
        for county in gazetteer.at_level(regions[code].adcode, Level.COUNTY)
    }
    polygons = store.geometry(Level.COUNTY, "full")
    found = [_places(criterion, dataset) for criterion in spec.criterion]
    asked = {number: each for number, each in enumerate(spec.criterion) if each.layer}
    return Surroundings(
        library=library,
        areas={code: polygons[code] for code in counties},
        names={each.adcode: each.name for each in (*counties.values(), *regions.values())},
        shapes={code: store.geometry(regions[code].levels[0], "full")[regions[code].adcode] for code in named},
        places=dict(enumerate(places for places, _ in found)),
        left_out=dict(enumerate(left_out for _, left_out in found)),
        features={number: _features(each, vectors) for number, each in asked.items()},
        layers={each.layer: vectors.layers()[each.layer] for each in asked.values()},
    )


def _regions(codes: Sequence[str], gazetteer: Gazetteer) -> dict[str, Region]:
    found, issues = {}, []
    for code in codes:
        try:
            region = gazetteer[gazetteer.successor(code) or Adcode(code)]
        except GeoappError as error:
            issues.append(Issue("regions", str(error), "six digits such as 150600"))
            continue
        if region.level is Level.NATION:
            issues.append(Issue("regions", "the whole country is too large for one screen", "name provinces or less"))
        found[code] = region
    if issues:
        raise InvalidData("screen", issues)
    return found


def _refuse_layers(spec: ScreenSpec, vectors: VectorFeatures) -> None:
    """Raise with every criterion whose vector layer, or type of one, is not there or cannot be asked so."""
    issues = []
    for number, criterion in enumerate(spec.criterion, start=1):
        fault = _layer_fault(criterion, vectors.layers()) if criterion.layer else None
        if fault:
            issues.append(LocalizedIssue(f"criterion {number}", *fault))
    if issues:
        raise InvalidData("screen", issues)


def _layer_fault(criterion: Criterion, layers: Mapping[str, VectorLayer]) -> tuple[str, str, Text] | None:
    """Return what is wrong with a criterion's vector layer, how to mend it, and one sentence for pages."""
    layer = layers.get(criterion.layer)
    if layer is None:
        wording = in_both(lambda _: Phrase("没有编号为“{id}”的专题图层", {"id": criterion.layer}))
        known = ", ".join(layers) or "none"
        return f"no vector layer has the id {criterion.layer!r}", f"published are {known}", wording
    kinds = [kind.id for kind in layer.kinds]
    odd = [kind for kind in criterion.kinds if kind not in kinds]
    if odd:
        wording = _worded(Phrase("“{title}”里没有类型“{kind}”"), layer, kind=odd[0])
        return f"{layer.id} has no kind {odd[0]!r}", f"it has: {', '.join(kinds)}", wording
    if not criterion.distance_to_layer and layer.shape != "polygon":
        wording = _worded(Phrase("“{title}”是点或线，没有之内之外；请改用距离"), layer)
        return f"{layer.id} holds {layer.shape}s: nothing lies inside one", "use distance_to_layer", wording
    if layer.precision not in EXACT:
        wording = _worded(Phrase("“{title}”的位置不够精确（要到场址或乡镇），不能用来筛选"), layer)
        hint = "a screen needs places known to the site or the town"
        return f"the places of {layer.id} are known to the {layer.precision} only", hint, wording
    return None


def _worded(sentence: Phrase, layer: VectorLayer, **values: object) -> Text:
    return in_both(lambda lang: Phrase(sentence.text, {"title": layer.title.get(lang), **values}))


def _features(criterion: Criterion, vectors: VectorFeatures) -> list[shapely.Geometry]:
    """Return the geometries a criterion asks, degrees."""
    found = vectors.features(criterion.layer)
    return [_shape(each) for each in found if not criterion.kinds or each.kind in criterion.kinds]


def _shape(feature: VectorFeature) -> shapely.Geometry:
    return shapely.from_wkb(feature.wkb) if feature.wkb else shapely.Point(feature.lon, feature.lat)


def _places(criterion: Criterion, dataset: Dataset) -> tuple[list[Place], int]:
    """Return the points a criterion measures to, and how many are known too roughly."""
    if criterion.distance_to == "points":
        return [Place(name="", lon=lon, lat=lat) for lon, lat in criterion.points], 0
    points: list[Park | Project] = []
    if criterion.distance_to == "parks":
        points = list(dataset.parks)
    elif criterion.distance_to == "projects":
        works = [each for each in dataset.projects if each.nature == "work"]
        points = [each for each in works if not criterion.types or each.type in criterion.types]
    exact = [Place(name=each.name, lon=each.lon, lat=each.lat) for each in points if each.precision in EXACT]
    return exact, len(points) - len(exact)
