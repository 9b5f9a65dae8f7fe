"""``geoapp check --plan``: one plan alone, in the reader's language, faults as sentences."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoapp.atlas import Atlas
from geoapp.cli.main import main
from geoapp.errors import InvalidData
from geoapp.ingest.one_plan import check_plan
from geoapp.ingest.wording import say
from geoapp.settings import Settings

ROOT = Path(__file__).parents[3]
PLAN = "ordos-2021-2025"


@pytest.fixture
def layers(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of ``layers/`` that the command checks."""
    shutil.copytree(ROOT / "layers", tmp_path / "layers")
    monkeypatch.setenv("GEOAPP_BUILD_DIR", str(settings.build_dir))
    monkeypatch.setenv("GEOAPP_LAYERS_DIR", str(tmp_path / "layers"))
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    return tmp_path / "layers"


def run(*args: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["check", *args])


def test_a_plan_without_fault(layers: Path) -> None:
    result = run("--plan", PLAN)
    assert (result.exit_code, result.output) == (
        0, f"{PLAN}: 158 targets, 12 statistics, 8 parks, 35 projects; no fault\n",
    )  # fmt: skip


def test_the_language_is_the_one_asked_for_or_the_machine_s(layers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = layers / "plans" / PLAN / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",东胜区,", ",东圣区,", 1), encoding="utf-8")
    chinese = "targets.csv 第 26 行，name_in_source 列：'东圣区' 不是鄂尔多斯市的行政区（是不是 东胜区 150602？"
    assert chinese in run("--plan", PLAN, "--lang", "zh").output
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert chinese in run("--plan", PLAN).output
    assert "is not a division of" in run("--plan", PLAN, "--lang", "en").output
    assert chinese in run("--lang", "zh").output, "the check of all plans speaks it too"


def test_another_plan_s_faults_are_not_looked_for(layers: Path) -> None:
    (layers / "plans" / "wuwei-2021-2025" / "targets.csv").write_text("broken", encoding="utf-8")
    assert run("--plan", PLAN).exit_code == 0


def test_a_plan_that_is_not_there(layers: Path) -> None:
    result = run("--plan", "ordoss")
    assert result.exit_code == 1
    assert "there is no plan 'ordoss'" in result.output
    assert PLAN in result.output


def test_the_year_alone_may_be_known(layers: Path, atlas: Atlas) -> None:
    path = layers / "plans" / PLAN / "plan.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("published = 2022-11-29", "published = 2022"), encoding="utf-8")
    plan = check_plan(layers, PLAN, atlas.gazetteer).pack.plan
    assert plan.published_printed == "2022"
    assert plan.citation.endswith("（2022）")


def test_only_a_part_of_a_document_may_lack_a_date(layers: Path, atlas: Atlas) -> None:
    path = layers / "plans" / PLAN / "plan.toml"
    text = path.read_text(encoding="utf-8").replace("published = 2022-11-29\n", "")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidData, match="the document has no date"):
        check_plan(layers, PLAN, atlas.gazetteer)
    path.write_text('extent = "part"\n' + text, encoding="utf-8")
    plan = check_plan(layers, PLAN, atlas.gazetteer).pack.plan
    assert (plan.extent, plan.published, plan.published_printed) == ("part", None, "")
    path.write_text('extent = "half"\n' + text, encoding="utf-8")
    with pytest.raises(
        InvalidData, match=r"plan\.toml extent: 'half' is not usable here \(write it as: extent = \"part\" where"
    ):
        check_plan(layers, PLAN, atlas.gazetteer)


def test_a_region_s_name_in_the_file_is_enough_where_no_title_has_it(layers: Path, atlas: Atlas) -> None:
    path = layers / "plans" / PLAN / "plan.toml"
    text = path.read_text(encoding="utf-8").replace("鄂尔多斯", "我")
    path.write_text(text.replace('region_name = "我市"', 'region_name = "鄂尔多斯市"'), encoding="utf-8")
    assert check_plan(layers, PLAN, atlas.gazetteer).pack.region_name == "鄂尔多斯市"


def test_a_year_beside_a_number_is_no_unit(layers: Path, atlas: Atlas) -> None:
    path = layers / "plans" / PLAN / "targets.csv"
    row = f"{PLAN}-t900,全市,ei_gdp_level,0.85,0.85（2005年价）,吨标准煤/万元,eq,reach,,2025,,,energy,二,\n"
    path.write_text(path.read_text(encoding="utf-8") + row, encoding="utf-8")
    assert check_plan(layers, PLAN, atlas.gazetteer).rows["targets"] == 159


BREAKS = (
    ("plan.toml", 'place_en = "Ordos"', 'place_en = ""'),
    ("plan.toml", "published = 2022-11-29", 'published = "soon"'),
    ("plan.toml", 'source_file = "', 'source_fil = "'),
    ("plan.toml", 'region = "150600"', 'region = "159900"'),
    ("plan.toml", "published = 2022-11-29", "published = 2022年11月29日"),
    ("plan.toml", 'region = "150600"', "region = “150600”"),
    ("plan.toml", "end_year = 2025", "end_year = 2025\nend_year = 2025"),
    ("plan.toml", "[issuer]", 'note = ["x'),
    ("targets.csv", "-t074,东胜区", "-t074,东胜区、黔江区"),
    ("targets.csv", "indicator,value", "indicator,valeu"),
    ("targets.csv", ",ei_gdp_cut,16.5,", ",ei_gdp_kut,16.5,"),
    ("targets.csv", ",reduce,2020,2025,,basic,", ",reduce,2020,25,,basic,"),
    ("targets.csv", "16.5,16.5%,%,eq", "16.6,16.5%,‰,equal"),
    ("targets.csv", "全市,energy_total_control", " 全市,energy_total_control"),
    ("statistics.csv", "2020,331,331,克标准煤/千瓦时", "2030,331,331,331"),
    ("projects.csv", ",,,planned,", ",5,,planed,"),
    ("parks.csv", "air_quality_zone", "no_programme"),
)


@pytest.mark.parametrize(("name", "before", "after"), BREAKS)
def test_no_fault_is_left_in_english(layers: Path, atlas: Atlas, name: str, before: str, after: str) -> None:
    path = layers / "plans" / PLAN / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InvalidData) as caught:
        check_plan(layers, PLAN, atlas.gazetteer)
    for issue in caught.value.issues:
        said = say(issue, "zh").replace(issue.where.split(" ")[0], "")
        assert not re.search(r"(?:[a-z]{2,} ){2,}[a-z]+", said), said
        assert re.search(r"[\u4e00-\u9fff]", said)
