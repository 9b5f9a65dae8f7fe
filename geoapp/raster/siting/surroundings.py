"""What a screen may use, gathered from the records and boundaries of one atlas."""

from collections.abc import Sequence

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import GeoappError, InvalidData, Issue
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Park, Project
from geoapp.model.region import Adcode, Level, Region
from geoapp.raster.library import RasterLibrary
from geoapp.raster.siting.screen import Place, Surroundings
from geoapp.raster.siting.spec import Criterion, ScreenSpec
from geoapp.store.base import Store

EXACT = ("site", "town")
"""How well a point must be known for a distance to mean anything."""


def gather(
    spec: ScreenSpec, library: RasterLibrary, dataset: Dataset, gazetteer: Gazetteer, store: Store
) -> Surroundings:
    """Return counties, polygons and points for a screen.

    Raises:
        InvalidData: a code names no region.
    """
    named = [code for each in spec.criterion for code in (*each.inside, *each.outside)]
    regions = _regions([*spec.regions, *named], gazetteer)
    counties = {
        county.adcode: county
        for code in spec.regions
        for county in gazetteer.at_level(regions[code].adcode, Level.COUNTY)
    }
    polygons = store.geometry(Level.COUNTY, "full")
    found = [_places(criterion, dataset) for criterion in spec.criterion]
    return Surroundings(
        library=library,
        areas={code: polygons[code] for code in counties},
        names={each.adcode: each.name for each in (*counties.values(), *regions.values())},
        shapes={code: store.geometry(regions[code].levels[0], "full")[regions[code].adcode] for code in named},
        places=dict(enumerate(places for places, _ in found)),
        left_out=dict(enumerate(left_out for _, left_out in found)),
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
