"""The whole country: every pack of this checkout in one atlas, parts of papers beside whole documents."""

import csv
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from geoapp import builder
from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.cli.main import plan_of
from geoapp.model.region import Adcode
from geoapp.settings import Settings
from geoapp.store.files import FilesStore
from tests.data.documents import LAYERS

DALAD, DAWUKOU = Adcode("150621"), Adcode("640202")


@pytest.fixture(scope="module")
def own(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a build of all packs."""
    folder = tmp_path_factory.mktemp("country")
    if (settings.build_dir / "shapes").exists():
        (folder / "shapes").symlink_to((settings.build_dir / "shapes").resolve())
    made = settings.model_copy(update={"build_dir": folder, "layers_dir": LAYERS})
    builder.build(plan_of(made), lambda _: None)
    return made


@pytest.fixture(scope="module")
def country(own: Settings) -> Atlas:
    """The atlas of all packs."""
    return Atlas(FilesStore(own.build_dir / "atlas"))


@pytest.fixture(scope="module")
def reader(own: Settings) -> Iterator[FlaskClient]:
    """A client on that atlas."""
    with create_app(own).test_client() as client:
        yield client


def test_every_plan_has_its_page_and_says_how_much_of_the_paper_it_holds(country: Atlas, reader: FlaskClient) -> None:
    for plan in country.dataset.plans:
        for lang, words in (("zh", "部分收录"), ("en", "Held in part")):
            answer = reader.get(f"/plans/{plan.id}?lang={lang}")
            assert answer.status_code == 200, plan.id
            assert (words in answer.text) == (plan.extent == "part"), (plan.id, lang)
        assert reader.get(f"/plans/{plan.id}.json").get_json()["extent"] == plan.extent


def test_a_county_sees_the_goals_of_all_four_levels(reader: FlaskClient) -> None:
    found = reader.get(f"/resolve?adcode={DALAD}&indicator=ei_gdp_cut&year=2025").get_json()
    assert (found["status"], found["label"]) == ("own", "18%")
    rungs = [(rung["region_name"], rung["label"]) for rung in found["ladder"]]
    assert rungs == [("达拉特旗", "18%"), ("鄂尔多斯市", "16.5%"), ("内蒙古自治区", "15%"), ("中国", "13.5%")]
    card = reader.get(f"/regions/{DALAD}/card?indicator=ei_gdp_cut&year=2025").text
    assert all(number in card for number in ("内政发〔2022〕17号", "国发〔2021〕33号"))


def test_a_part_of_a_paper_never_makes_a_region_one_without_a_goal(country: Atlas) -> None:
    whole = {plan.region for plan in country.dataset.plans if plan.extent == "whole"}
    for region in country.dataset.regions:
        line = {region.adcode, *(each.adcode for each in country.gazetteer.parents(region.adcode))}
        for indicator in ("ei_gdp_cut", "nonfossil_share", "cut_cod"):
            answer = country.resolve(region.adcode, indicator, 2025, "basic")
            assert answer.status != "none" or line & whole, (region.name, indicator)


def test_what_was_seen_once_or_told_says_so_on_its_row(country: Atlas) -> None:
    parts = {plan.id for plan in country.dataset.plans if plan.extent == "part"}
    rows = [row for row in (*country.dataset.targets, *country.dataset.statistics) if row.plan in parts]
    marked = [row for row in rows if {"seen_once", "told_by_media"} & set(row.caveats)]
    assert len(marked) > len(rows) / 2
    assert not [row.id for row in rows if "征求意见" in row.value_text]
    assert not [
        plan.id for plan in country.dataset.plans if any(w in plan.title.zh for w in ("征求意见稿", "公示稿", "草案"))
    ]


def test_the_documents_held_whole_are_as_they_were(atlas: Atlas, country: Atlas) -> None:
    kept = {plan.id for plan in atlas.dataset.plans}
    for kind in ("targets", "statistics", "parks", "projects"):
        mine = [each for each in getattr(country.dataset, kind) if each.plan in kept]
        assert mine == list(getattr(atlas.dataset, kind)), kind


def test_a_sheet_of_a_province_names_its_documents(reader: FlaskClient) -> None:
    sheet = reader.get("/view.svg?region=330000&indicator=ei_gdp_cut&year=2025")
    assert sheet.status_code == 200, sheet.text[:300]
    assert "节能减排综合工作方案" in sheet.text.replace("\n", "")


def test_the_quality_page_says_which_packs_hold_a_part(country: Atlas, reader: FlaskClient) -> None:
    page = reader.get("/quality.json").get_json()
    said = {plan["id"]: plan["extent"] for plan in page["plans"]}
    assert said == {plan.id: plan.extent for plan in country.dataset.plans}
    assert "据网页转录，未与原文逐条核对" in reader.get("/quality").text


def test_packs_of_parts_are_plain_rows_without_sentences() -> None:
    for path in sorted((LAYERS / "plans").glob("*/targets.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            assert all(len(row["value_text"]) <= 40 for row in csv.DictReader(file)), path
