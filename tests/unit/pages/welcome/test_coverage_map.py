"""Where plans exist: the state of each county, and a drawing that leaves nothing of the country out."""

import re
from dataclasses import replace

from geoapp.analysis.undertakings import tally
from geoapp.atlas import Atlas
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.dataset import Dataset
from geoapp.model.region import CHINA, Level
from geoapp.pages.welcome.coverage_map import coverage, draw_coverage


def with_plans_of(dataset: Dataset, *regions: str) -> Dataset:
    plan = dataset.plans[0]
    plans = tuple(replace(plan, id=f"p-{code}", region=code) for code in regions)
    return replace(dataset, plans=plans)


def test_a_county_has_the_state_of_the_nearest_plan(world) -> None:
    data, gazetteer = world.dataset, world.gazetteer
    prefecture = next(r for r in gazetteer.at_level(CHINA, Level.PREFECTURE) if gazetteer.children(r.adcode))
    county, other = gazetteer.children(prefecture.adcode)[:2]
    province = next(iter(gazetteer.parents(prefecture.adcode)))
    assert set(coverage(with_plans_of(data), gazetteer).values()) <= {"none"}
    above = coverage(with_plans_of(data, province.adcode, CHINA), gazetteer)
    assert above[county.adcode] == "above"
    both = coverage(with_plans_of(data, province.adcode, prefecture.adcode, county.adcode), gazetteer)
    assert (both[county.adcode], both[other.adcode]) == ("own", "inside")


def test_a_bulletin_is_no_plan(world) -> None:
    code = world.gazetteer.children(CHINA)[0].adcode
    data = with_plans_of(world.dataset, code)
    results = replace(data, plans=tuple(replace(plan, kind="results") for plan in data.plans))
    assert set(coverage(results, world.gazetteer).values()) == {"none"}


def test_the_drawing_holds_the_whole_country(atlas: Atlas) -> None:
    drawing = draw_coverage(atlas.dataset, atlas.gazetteer, atlas.store)
    assert sum(drawing.counties.values()) == len(atlas.gazetteer.at_level(CHINA, Level.COUNTY))
    assert drawing.lines.count("M") == 10  # the dash line, whole
    paths = "".join(drawing.fills.values())
    assert paths.count("z") > len(atlas.gazetteer.at_level(CHINA, Level.PREFECTURE)) - 5
    for x, y in re.findall(r"M(-?\d+) (-?\d+)", paths + drawing.provinces + drawing.lines):
        assert 0 <= int(x) <= drawing.width
        assert 0 <= int(y) <= drawing.height


def test_a_plan_of_a_county_is_outlined_and_filled(atlas: Atlas) -> None:
    data = with_plans_of(atlas.dataset, "500114")  # 黔江区
    drawing = draw_coverage(data, Gazetteer(data.regions, data.aliases), atlas.store)
    assert [region.adcode for region, _ in drawing.plans] == ["500114"]
    assert drawing.plans[0][1] in drawing.fills["own"]
    assert drawing.counties["own"] == 1


def test_works_are_counted_once(atlas: Atlas) -> None:
    drawing = draw_coverage(atlas.dataset, atlas.gazetteer, atlas.store)
    assert sum(each.count for each in drawing.clusters) == tally(atlas.dataset.points)["projects"]
