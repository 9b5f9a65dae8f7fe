"""The made-up world through the web: every door gives the answers of the records, and no name becomes markup."""

import json
from collections import Counter
from typing import Any

import lxml.html
import pytest
from flask.testing import FlaskClient

from geoapp.analysis.undertakings import tally
from tests.data.world import World
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE, JIA, JIADONG, JILIN, REGION_CODES, XIHE
from tests.data.world_rows import HOSTILE, JIADONG25

SINGULAR = {"region": "regions", "plan": "plans", "indicator": "indicators", "park": "parks", "project": "projects"}


def get(client: FlaskClient, path: str) -> Any:
    reply = client.get(path)
    assert reply.status_code == 200, (path, reply.text[:300])
    return json.loads(reply.data)


@pytest.mark.parametrize("code", REGION_CODES)
@pytest.mark.parametrize("tier", ["basic", "incentive"])
def test_resolve_gives_the_answer_of_the_rules(world_client: FlaskClient, world: World, code: str, tier: str) -> None:
    for indicator in ("ei_gdp_cut", "coal_share", "energy_saving", "water_grade"):
        found = get(world_client, f"/resolve?adcode={code}&indicator={indicator}&year=2025&tier={tier}")
        answer = world.resolver.resolve(code, indicator, 2025, tier)
        target, giver = answer.target, answer.from_region
        assert found["status"] == answer.status
        assert (found["value"], found["value_text"]) == ((target.value, target.value_text) if target else (None, None))
        assert found["from_adcode"] == (giver.adcode if giver else None)
        assert found["plan"] == (answer.plan.id if answer.plan else None)
        assert found["path"] == [step.say("zh") for step in answer.path]
        if target is not None:
            assert (found["comparator"], found["direction"], found["unit"]) == (
                target.comparator,
                target.direction,
                target.unit,
            )
            assert (found["base_year"], found["target_year"]) == (target.base_year, 2025)
            assert found["citation"]["section"] == target.section
            assert [each["value"] for each in found["alternatives"]] == [each.value for each in answer.alternatives]


def test_a_figure_never_comes_without_its_document(world_client: FlaskClient) -> None:
    for code in (JIADONG, JILIN, XIHE, DONGHE):
        found = get(world_client, f"/resolve?adcode={code}&indicator=ei_gdp_cut&year=2025")
        assert found["citation"]["text"]
        assert found["section"]


@pytest.mark.parametrize(
    "query",
    [
        f"region={JIADONG}",
        f"region={JIA}&level=county",
        f"region={JIA}&level=prefecture&indicator=coal_share",
        "region=910200",
        f"region={JIADONG}&indicator=wind_capacity",
        f"region={JIADONG}&indicator=net_import_change",
        f"region={DONGHE}",
    ],
)
def test_the_views_json_is_what_the_view_shows(world_client: FlaskClient, world: World, query: str) -> None:
    found, shown = get(world_client, f"/view.json?{query}&year=2025"), world.show(f"{query}&year=2025")
    assert [area["adcode"] for area in found["areas"]] == [area.region.adcode for area in shown.areas]
    assert [area["status"] for area in found["areas"]] == [area.resolution.status for area in shown.areas]
    assert found["counts"] == shown.counts
    once = {(each.plan, each.name) if "shared_across_regions" in each.caveats else each.id for each in shown.projects}
    assert found["layers"] == {
        "targets": len(shown.areas),
        "parks": len(shown.parks),
        "projects": len(once),
        "actions": 0,
    }
    assert len(found["points"]) == len(shown.parks) + len(shown.projects)
    assert [plan["plan"] for plan in found["sources"]] == [plan.id for plan in shown.plans]
    assert sum(line["count"] for line in found["legend"]["classes"]) == len(shown.areas)
    keys = Counter(area["key"] for area in found["areas"])
    for line in found["legend"]["classes"]:
        if not line["key"].startswith("size"):
            assert keys[line["key"]] == line["count"]
    assert {point["id"] for point in found["points"]} == {each.id for each in (*shown.parks, *shown.projects)}
    for area, of in zip(found["areas"], shown.areas, strict=True):
        assert area["at"] == list(of.region.label)
        if of.resolution.status == "own" and of.resolution.target is not None:
            assert area["value"] == of.resolution.target.value


def test_a_regions_page_tells_where_it_is_and_what_it_must_reach(world_client: FlaskClient, world: World) -> None:
    for code in REGION_CODES:
        card = get(world_client, f"/regions/{code}.json")
        assert [each["adcode"] for each in card["parents"]] == [each.adcode for each in world.gazetteer.parents(code)]
        assert [each["adcode"] for each in card["children"]] == [each.adcode for each in world.gazetteer.children(code)]
        assert card["level"] == world.gazetteer[code].level
        own = {each["id"] for each in card["targets"]}
        assert own == {target.id for target in world.dataset.targets if target.adcode == code}
        assert {each["id"] for each in card["statistics"]} == {
            s.id for s in world.dataset.statistics if s.adcode == code
        }
        for kind, nature in (("parks", ""), ("projects", "work"), ("actions", "action")):
            points = [each for each in world.dataset.points if getattr(each, "nature", "") == nature]
            inside = [point.id for point in points if world.gazetteer.is_within(point.adcode, code)]
            assert sorted(row for each in card[kind] for row in each["rows"]) == sorted(inside), "no row is lost"


def test_a_plans_page_holds_its_rows(world_client: FlaskClient, world: World) -> None:
    for plan in world.dataset.plans:
        page = get(world_client, f"/plans/{plan.id}.json")
        counts = {
            kind: sum(each.plan == plan.id for each in getattr(world.dataset, kind))
            for kind in ("targets", "statistics")
        }
        points = [each for each in world.dataset.points if each.plan == plan.id]
        assert page["counts"] == {**counts, **tally(points)}
        assert (page["document_no"], page["region"]) == (plan.document_no, plan.region)
        assert (page["start_year"], page["end_year"]) == (plan.start_year, plan.end_year)
        assert [annex["section"] for annex in page["unpublished"]] == [annex.section for annex in plan.unpublished]


def test_an_indicators_page_counts_goals_figures_and_regions(world_client: FlaskClient, world: World) -> None:
    for indicator in (each for each in world.dataset.indicators if not each.derived):
        page = get(world_client, f"/indicators/{indicator.id}.json")
        goals = [target for target in world.dataset.targets if target.indicator == indicator.id]
        figures = [each for each in world.dataset.statistics if each.indicator == indicator.id]
        assert (page["targets"], page["statistics"]) == (len(goals), len(figures))
        assert page["inherit"] is indicator.inherit
        rows = [row["id"] for group in page["goals"] for plan in group["plans"] for row in plan["rows"]]
        assert Counter(rows) == Counter(goal.id for goal in goals)


def test_the_quality_page_counts_what_was_read(world_client: FlaskClient, world: World) -> None:
    page = get(world_client, "/quality.json")
    for kind, count in page["totals"]["rows"].items():
        assert count == len(getattr(world.dataset, kind)) == page["totals"]["joined"][kind]
    for plan in page["plans"]:
        for line in plan["coverage"]:
            assert sum(line["counts"].values()) == line["regions"]
            places = world.gazetteer.at_level(plan["region"], line["level"])
            assert line["regions"] == len(places)
            answers = Counter(
                world.resolver.resolve(p.adcode, "ei_gdp_cut", line["year"], "basic").status for p in places
            )
            assert {status: n for status, n in line["counts"].items() if n} == dict(answers)


@pytest.mark.parametrize("text", ["城中区", "东河", "910299", HOSTILE, "@SUM(A1)", "𠮷林"])
def test_every_result_of_a_search_opens(world_client: FlaskClient, text: str) -> None:
    results = world_client.get("/search.json", query_string={"q": text}).json["results"]
    assert results
    for hit in results:
        assert hit["url"] == f"/{SINGULAR[hit['kind']]}/{hit['id']}"
        assert get(world_client, f"{hit['url']}.json")


PAGES = (
    "/",
    f"/?region={DONGHE}&year=2025",
    f"/regions/{DONGHE}",
    f"/plans/{JIADONG25}",
    "/plans/jia-2021-2025",
    f"/parks/{JIADONG25}-p02",
    "/parks",
    "/projects",
    "/indicators/green_factories",
    "/quality",
    f"/view.html?region={DONGHE}&year=2025",
)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_no_name_becomes_markup(world_client: FlaskClient, page: str, lang: str) -> None:
    reply = world_client.get(page + ("&" if "?" in page else "?") + f"lang={lang}")
    assert reply.status_code == 200
    tree = lxml.html.fromstring(reply.data)
    assert not [each for each in tree.iter("b") if each.text_content() == "“零碳”"]
    assert not tree.xpath("//*[@onerror or @onload]")
    assert not tree.xpath("//*[starts-with(name(), '十四五')]")
    if page.startswith("/parks/"):
        assert HOSTILE in tree.text_content()


def test_a_search_for_markup_shows_it_as_text(world_client: FlaskClient) -> None:
    reply = world_client.get("/search", query_string={"q": "<img src=x onerror=alert(1)>"})
    tree = lxml.html.fromstring(reply.data)
    assert not tree.xpath("//img[@src='x']")
    assert "<img src=x" in "".join(tree.xpath("//input/@value")) + tree.text_content()


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/regions/999999.json", 404),
        ("/plans/none.json", 404),
        ("/indicators/none.json", 404),
        ("/parks/none.json", 404),
        (f"/parks/{JIADONG25}-j01.json", 404),
        ("/resolve?adcode=999999&indicator=ei_gdp_cut", 404),
        ("/resolve?adcode=910100&indicator=none", 404),
        ("/view.json?region=910100&yeer=2025", 400),
        ("/view.geojson?region=910100&crs=1", 400),
        ("/ogc/collections/none/items", 404),
    ],
)
def test_what_there_is_not_is_a_problem_with_a_name(world_client: FlaskClient, path: str, status: int) -> None:
    reply = world_client.get(path)
    assert (reply.status_code, reply.mimetype) == (status, "application/problem+json")
    assert reply.json["status"] == status
    assert reply.json["title"]
    assert reply.json["detail"]


def test_an_old_code_is_led_to_the_new(world_client: FlaskClient) -> None:
    reply = world_client.get("/regions/910299")
    found = reply.headers.get("Location", "") if reply.status_code in (301, 302, 308) else reply.text
    assert XIHE in found


@pytest.mark.parametrize(("query", "codes"), [
    (f"filter=adcode='{DONGHE}' AND value>18", None),
    ("filter=value / (value - value) > 1", 0),
    ("filter=tier='incentive' AND value IS NULL", 1),
    (f"adcode={CHENGBEI}&indicator=ei_gdp_cut", 2),
    ("datetime=2015-01-01/2015-12-31", 2),
])  # fmt: skip
def test_items_are_those_of_the_records(world_client: FlaskClient, world: World, query: str, codes: int | None) -> None:
    found = get(world_client, f"/ogc/collections/targets/items?limit=1000&{query}")
    assert found["numberMatched"] == found["numberReturned"] == len(found["features"])
    if codes is not None:
        assert len(found["features"]) == codes
    else:
        wanted = {t.id for t in world.dataset.targets if t.adcode == DONGHE and (t.value or 0) > 18}
        assert {each["id"] for each in found["features"]} == wanted


def test_pages_of_items_make_the_whole(world_client: FlaskClient, world: World) -> None:
    seen: list[str] = []
    path = "/ogc/collections/targets/items?limit=7"
    while path:
        body = get(world_client, path)
        assert body["numberMatched"] == len(world.dataset.targets)
        seen += [each["id"] for each in body["features"]]
        links = [link["href"] for link in body["links"] if link["rel"] == "next"]
        path = links[0].partition("localhost")[2] if links else ""
    assert Counter(seen) == Counter(target.id for target in world.dataset.targets)


def test_a_zero_is_a_goal_on_every_face(world_client: FlaskClient) -> None:
    found = get(world_client, f"/resolve?adcode={CHENGZHONG}&indicator=ei_gdp_cut&year=2025")
    assert (found["status"], found["value"]) == ("own", 0)
    area = next(
        a for a in get(world_client, f"/view.json?region={JIADONG}&year=2025")["areas"] if a["adcode"] == CHENGZHONG
    )
    assert (area["status"], area["value"], area["key"]) == ("own", 0, "zero")
