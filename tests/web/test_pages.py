"""Reading pages: they say what the records say, agree with their twins, and link to each other."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from flask.testing import FlaskClient

import geoapp
from geoapp import errors
from geoapp.atlas import Atlas
from geoapp.pages.charts import line
from geoapp.pages.plans import above, chapter_of, depth
from geoapp.web.http.problem_pages import HELP
from tests.data.pages import HTML, INDEXES, Reader, one_of_each, read

# What the pages say


def test_a_county_card_says_both_tiers(client: FlaskClient) -> None:
    text = read(client, "/regions/150621/card").text
    assert "18%" in text
    assert "20.4%" in text


def test_zero_and_not_published_are_said(client: FlaskClient) -> None:
    zero = client.get("/regions/150602/card").get_data(as_text=True)
    assert re.findall(r'<p class="big">(.*?)</p>', zero) == ["0"]
    assert "附件1印“/”：不设此目标" in zero
    assert "未公开" in read(client, "/regions/620622/card").text


def test_headings_of_the_card_and_the_page(client: FlaskClient) -> None:
    card = [tag for tag, _ in read(client, "/regions/150621/card").elements]
    page = [tag for tag, _ in read(client, "/regions/150621").elements]
    assert ("h1" in card, "h2" in card) == (False, True)
    assert (page.count("h1"), "h2" in page) == (1, True)


def test_a_plan_page_holds_every_record_of_the_plan_once(client: FlaskClient, atlas: Atlas) -> None:
    data = atlas.dataset
    for plan in data.plans:
        ids = read(client, f"/plans/{plan.id}").all("id")
        records = (*data.targets, *data.statistics, *data.parks, *data.projects)
        wanted = sorted(each.id for each in records if each.plan == plan.id)
        assert sorted(each for each in ids if each.startswith(f"{plan.id}-")) == wanted


def test_a_plan_page_says_what_is_not_published(client: FlaskClient) -> None:
    text = read(client, "/plans/wuwei-2021-2025").text
    assert "附件1《“十四五”各县区能耗强度降低目标》" in text
    assert "没有公开" in text
    assert "只公布石嘴山市的目标，没有分解到下辖 3 个地区" in read(client, "/plans/shizuishan-2021-2025").text


def test_records_stand_under_the_chapter_of_their_section(client: FlaskClient) -> None:
    twin: Any = client.get("/plans/tacheng-2021-2025.json").json
    chapters = {chapter["section"]: chapter for chapter in twin["chapters"]}
    assert all(goal["section"] == "二(二) 表2" for group in chapters["表2"]["targets"] for goal in group["goals"])
    assert chapters["表2"]["above"] == ["二", "二(二)"]
    assert any(point["name"] for point in chapters["专栏1"]["projects"])


def test_an_indicator_page_has_every_region_with_the_printed_value(client: FlaskClient, atlas: Atlas) -> None:
    text = read(client, "/indicators/ei_gdp_cut").text
    for target in atlas.dataset.targets:
        if target.indicator == "ei_gdp_cut":
            assert target.region_name in text
            assert target.value_text in text


def test_an_indicator_page_names_the_counties_without_a_published_goal(client: FlaskClient) -> None:
    twin: Any = client.get("/indicators/ei_gdp_cut.json").json
    withheld = twin["not_published"][0]
    assert (withheld["id"], withheld["section"]) == ("wuwei-2021-2025", "附件1")
    assert {each["name"] for each in withheld["regions"]} == {"凉州区", "民勤县", "古浪县", "天祝藏族自治县"}


def test_bars_are_drawn_to_the_largest_of_the_same_plan(client: FlaskClient) -> None:
    twin: Any = client.get("/indicators/ei_gdp_cut.json").json
    basic = next(group for group in twin["goals"] if (group["year"], group["tier"]) == (2025, "basic"))
    ordos = next(plan for plan in basic["plans"] if plan["id"] == "ordos-2021-2025")
    shares = {row["region_name"]: row["share"] for row in ordos["rows"]}
    assert (shares["鄂托克旗"], shares["东胜区"]) == (1.0, 0.0)
    assert shares["鄂托克前旗"] == pytest.approx(5 / 26, abs=1e-4)


def test_bars_below_zero_end_where_the_others_begin(client: FlaskClient) -> None:
    twin: Any = client.get("/indicators/d_gap.json").json
    rows = {
        row["region_name"]: row
        for group in twin["goals"]
        if group["tier"] == "basic"
        for plan in group["plans"]
        if plan["id"] == "ordos-2021-2025"
        for row in plan["rows"]
    }
    zero = rows["鄂托克旗"]["start"]
    assert zero == pytest.approx(16.5 / (16.5 + 9.5), abs=1e-4)
    assert rows["鄂托克旗"]["share"] == pytest.approx(1 - zero, abs=1e-4)
    assert rows["东胜区"]["start"] == 0
    assert rows["东胜区"]["share"] == pytest.approx(zero, abs=1e-4)
    assert rows["准格尔旗"]["start"] + rows["准格尔旗"]["share"] == pytest.approx(zero, abs=1e-4)
    assert next(iter(rows)) == "鄂托克旗"
    assert 'class="fill below" x="0.0"' in client.get("/indicators/d_gap").text


@pytest.mark.parametrize("precision", ["county", "prefecture", "province"])
def test_no_dot_where_no_place_is_known(client: FlaskClient, atlas: Atlas, precision: str) -> None:
    work = next(each for each in atlas.dataset.projects if each.precision == precision)
    page = read(client, f"/projects/{work.id}")
    assert "circle" not in [tag for tag, _ in page.elements]
    assert "不画点" in page.text


def test_a_dot_where_the_town_is_known(client: FlaskClient, atlas: Atlas) -> None:
    park = next(each for each in atlas.dataset.parks if each.precision == "town")
    page = read(client, f"/parks/{park.id}")
    assert [tag for tag, _ in page.elements].count("circle") == 1
    assert "不是厂区位置" in page.text


def test_the_locator_shades_the_county_and_the_dot_lies_in_the_drawing(atlas: Atlas) -> None:
    park = next(each for each in atlas.dataset.parks if each.precision == "town")
    drawing = atlas.pages.locator(park.id)
    assert [piece.adcode for piece in drawing.pieces if piece.here] == [park.adcode]
    assert drawing.dot is not None
    assert 0 < drawing.dot[0] < drawing.width
    assert 0 < drawing.dot[1] < drawing.height
    assert all(piece.path.startswith("M") and piece.path.endswith("Z") for piece in drawing.pieces)


# Twins, links, languages


def test_every_page_has_a_twin_of_the_same_data(client: FlaskClient, atlas: Atlas) -> None:
    for path in [*INDEXES, *one_of_each(atlas)]:
        reply = client.get(f"{path}.json")
        assert (reply.status_code, reply.mimetype) == (200, "application/json"), path
        body: Any = reply.json
        assert body["data_version"] == atlas.version
        assert (body.get("title") or body["name"]) in read(client, path).text


def test_a_twin_refuses_what_it_does_not_know(client: FlaskClient) -> None:
    reply = client.get("/plans.json?langue=en")
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")


def test_every_link_of_every_page_leads_somewhere(client: FlaskClient, atlas: Atlas) -> None:
    data = atlas.dataset
    pages = [*INDEXES, *(f"/plans/{each.id}" for each in data.plans), "/search?q=沙湾", "/problems/not-found"]
    pages += [f"/indicators/{each.id}" for each in data.indicators[::9]]
    pages += [f"/parks/{each.id}" for each in data.parks[::5]] + [
        f"/projects/{each.id}" for each in data.projects[::20]
    ]
    pages += ["/regions/150621", "/regions/654200", "/regions/620622"]
    anchors: dict[str, set[str]] = {}
    wanted: set[tuple[str, str]] = set()
    for page in pages:
        reader = read(client, page)
        anchors[page] = set(reader.all("id"))
        for href in reader.all("href"):
            there = urlsplit(urljoin(page, href))
            wanted.add((there.path + (f"?{there.query}" if there.query else ""), unquote(there.fragment)))
    known = {each for each in wanted if each[0].split("?")[0] not in ("/", "/view.geojson", "/quality")}
    for path, fragment in sorted(known):
        if path.startswith("/regions/") and path not in anchors:
            assert path.split("?")[0].removeprefix("/regions/").removesuffix(".json") in atlas.gazetteer.regions
            continue
        if path not in anchors:
            reply = client.get(path, headers=HTML)
            assert reply.status_code == 200, path
            anchors[path] = (
                set(Reader(reply.get_data(as_text=True)).all("id")) if reply.mimetype == "text/html" else set()
            )
        assert not fragment or fragment in anchors[path], (path, fragment)


def test_english_stays_english(client: FlaskClient, atlas: Atlas) -> None:
    for path in [*INDEXES, *one_of_each(atlas), "/regions/150621"]:
        page = read(client, f"{path}?lang=en")
        ours = [href for href in page.all("href") if href.startswith("/") and "/static/" not in href]
        chinese = [href for href in ours if "lang=en" not in href and "view.geojson" not in href]
        assert chinese == [path], path  # the only way back is the language switch


def test_old_codes_lead_to_the_region_of_today(client: FlaskClient) -> None:
    reply = client.get("/regions/654223", headers=HTML)
    assert (reply.status_code, reply.headers["Location"]) == (301, "/regions/654203")


# Faults


@pytest.mark.parametrize(
    ("path", "suggestion"),
    [
        ("/plans/ordos", "/plans/ordos-2021-2025"),
        ("/plans/ordos-2021-2026", "/plans/ordos-2021-2025"),
        ("/indicators/ei_gdp_cutt", "/indicators/ei_gdp_cut"),
        ("/parks/ordos-2021-2025-p999", None),
        ("/projects/nothing-of-the-kind", "/projects"),
        ("/parks/ordos-2021-2025-j001", None),
    ],
)
def test_unknown_ids_are_problems_with_a_suggestion(client: FlaskClient, path: str, suggestion: str | None) -> None:
    twin = client.get(f"{path}.json")
    assert (twin.status_code, twin.mimetype) == (404, "application/problem+json")
    body: Any = twin.json
    assert body["type"] == "/problems/not-found"
    assert suggestion is None or body["suggestion"] == suggestion
    assert client.get(body["suggestion"], headers=HTML).status_code == 200
    page = client.get(path, headers=HTML)
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert body["suggestion"] in Reader(page.get_data(as_text=True)).all("href")


def _slugs(kind: type[errors.GeoappError]) -> Iterator[str]:
    yield kind.slug
    for below in kind.__subclasses__():
        yield from _slugs(below)


def test_every_error_has_a_help_page(client: FlaskClient) -> None:
    for module in pkgutil.walk_packages(geoapp.__path__, "geoapp."):  # an error of a module nobody imported counts too
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    slugs = set(_slugs(errors.GeoappError)) | {"method-not-allowed", "internal-server-error", "unsupported-media-type"}
    assert slugs <= set(HELP)
    for slug in sorted(slugs):
        page = read(client, f"/problems/{slug}")
        body: Any = client.get(f"/problems/{slug}.json").json
        assert body["meaning"] in page.text
        assert body["mend"] in page.text


def test_an_unknown_kind_of_problem_is_not_found(client: FlaskClient) -> None:
    assert client.get("/problems/nonsense", headers=HTML).status_code == 404


# Parts


def test_headings_nest_as_the_document_does() -> None:
    keys = ["一", "一(一)", "一(一)2", "表1", "二", "三", "三(一)", "专栏1", "附件1"]
    assert [depth(key) for key in keys] == [1, 2, 3, 3, 1, 1, 2, 3, 1]
    assert above("表1", keys) == ["一", "一(一)"]
    assert above("专栏1", keys) == ["三", "三(一)"]
    assert above("附件1", keys) == []


@pytest.mark.parametrize(
    ("section", "chapter"),
    [
        ("附件3 #17", "附件3"),
        ("四(七) 专栏9", "专栏9"),
        ("三(二);三(九)", "三(二)"),
        ("三(二)5", "三(二)"),
        ("无此章", ""),
    ],
)
def test_a_section_finds_its_chapter(section: str, chapter: str) -> None:
    assert chapter_of(section, ["三", "三(二)", "三(九)", "四(七)", "专栏9", "附件3"]) == chapter


def test_a_line_needs_two_years_and_skips_what_is_no_number() -> None:
    assert line([(2015, 4.0), (2016, None)]) is None
    drawn = line([(2015, 1.0), (2015, 9.0), (2016, None), (2017, 3.0)])
    assert drawn is not None
    assert [(mark.year, mark.label) for mark in drawn.marks] == [(2015, "1"), (2017, "3")]
    assert drawn.marks[0].y > drawn.marks[1].y


def test_a_level_line_is_drawn_flat() -> None:
    drawn = line([(2015, 5.0), (2016, 5.0)])
    assert drawn is not None
    assert drawn.marks[0].y == drawn.marks[1].y
