"""What the status map costs beside the plain one: every county of the country with a made-up goal and a made-up result.

The figures are invented for the measurement only and never leave this process.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

from geoapp.analysis.query import ViewReader
from geoapp.analysis.resolution.resolve import Resolver
from geoapp.analysis.resolved_view import ViewResolver
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.cli.main import plan_of
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Statistic, Target
from geoapp.model.region import CHINA, Level
from geoapp.owndata.indicators import OwnIndicators
from geoapp.owndata.tables import Tables
from geoapp.owndata.uploads import Uploads
from geoapp.portrayal.view_content import view_json
from geoapp.raster.library import RasterLibrary
from geoapp.raster.zonal.indicators import RasterIndicators
from geoapp.settings import load_settings
from geoapp.store.files import FilesStore

ROUNDS = 9
QUERY = (("region", CHINA), ("level", "county"), ("indicator", "ei_gdp_cut"), ("year", "2025"), ("layers", "none"))


def main() -> None:
    """Print the processor time of each map and its ratio to the plain one, the first answer after a start apart."""
    plan = plan_of(load_settings())
    data = _filled(FilesStore(plan.atlas).dataset())
    gazetteer = Gazetteer(data.regions, data.aliases)
    nobodys = OwnIndicators(Tables(Uploads(Path("no uploads"), days=0)))
    resolver = Resolver(data, gazetteer, RasterIndicators(RasterLibrary(plan.rasters, data.edition.id)), nobodys)
    reader, views = ViewReader(data, gazetteer, resolver, lambda: []), ViewResolver(data, gazetteer, resolver)

    def answer(measure: str) -> Callable[[], object]:
        view = reader.read([*QUERY, ("measure", measure)])
        return lambda: view_json(views.show(view), data)

    maps = {measure: answer(measure) for measure in ("target", "status", "gap", "achieved")}
    first = {measure: _seconds(made) for measure, made in maps.items()}
    # in turn, so that a busy machine slows all of them alike
    rounds = [{measure: _seconds(made) for measure, made in maps.items()} for _ in range(ROUNDS)]
    known = {measure: median(each[measure] for each in rounds) for measure in maps}
    for measure, seconds in known.items():
        share = seconds / known["target"]
        print(f"{measure:10}{1000 * first[measure]:8.0f} ms first{1000 * seconds:8.0f} ms then{share:8.2f} × plain")


def _seconds(make: Callable[[], object]) -> float:
    start = time.process_time()
    make()
    return time.process_time() - start


def _filled(data: Dataset) -> Dataset:
    """Return the dataset with a goal and a result of 2025 for every county, in 40 different values."""
    counties = [region for region in data.regions if Level.COUNTY in region.levels]
    goal = next(each for each in data.targets if each.indicator == "ei_gdp_cut" and each.value is not None)
    goals: list[Target] = []
    results: list[Statistic] = []
    for number, region in enumerate(counties):
        place = {"adcode": region.adcode, "region_name": region.name, "name_in_source": region.name}
        wanted, found = 12 + number % 8, 11 + number % 10 * 0.9
        goals.append(
            replace(goal, **place, id=f"bench-t{number}", value=wanted, value_text=f"{wanted}%", comparator="ge",
                    direction="reduce", base_year=2020, target_year=2025, tier="basic", caveats=())
        )  # fmt: skip
        results.append(
            Statistic(**place, id=f"bench-s{number}", plan=goal.plan, indicator=goal.indicator, year=2025,
                      indicator_name=goal.indicator_name, base_year=2020, value=found, value_text=f"{found}%", unit="%",
                      section=goal.section, caveats=())
        )  # fmt: skip
    return replace(data, targets=tuple(goals), statistics=tuple(results), derived=())
