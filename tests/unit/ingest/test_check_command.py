"""``geoapp check``: counts, what the documents contradict, and with ``--sources`` every record looked up."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geoapp.atlas import Atlas
from geoapp.cli.main import main
from geoapp.settings import Settings
from tests.unit.ingest.conftest import Layers


@pytest.fixture
def check(settings: Settings, layers: Layers, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A runner that checks the copy of ``layers/``."""
    monkeypatch.setenv("GEOAPP_BUILD_DIR", str(settings.build_dir))
    monkeypatch.setenv("GEOAPP_LAYERS_DIR", str(layers.folder))
    return CliRunner()


def run(runner: CliRunner, *args: str) -> Result:
    """Run the command."""
    return runner.invoke(main, ["check", *args])


def test_contradictions_of_the_documents_are_listed_and_no_fault(check: CliRunner, atlas: Atlas) -> None:
    result = run(check, "--lang", "en")
    assert result.exit_code == 0
    assert f"data {atlas.version}, boundaries {atlas.dataset.edition.id}" in result.output
    for finding in atlas.cards.consistency.findings:
        assert f"{finding.severity} {finding.rule}: {finding.sentence.say('en')}" in result.output


@pytest.mark.parametrize(("option", "environ"), [(["--lang", "zh"], "C.UTF-8"), ([], "zh_CN.UTF-8")])
def test_the_whole_check_speaks_chinese_where_it_is_asked_to(
    check: CliRunner, monkeypatch: pytest.MonkeyPatch, option: list[str], environ: str
) -> None:
    monkeypatch.setenv("LC_ALL", environ)
    result = run(check, *option)
    assert result.exit_code == 0
    said = re.sub(r"\[[^]]*]|[a-z_]+：", "", result.output)  # records and rules are names
    assert re.findall(r"(?:[a-z]+ ){2}[a-z]+", said) == [], "no English sentence is left"
    assert "矛盾 units：" in result.output


def test_a_plan_that_does_not_exist_is_told_in_chinese(check: CliRunner) -> None:
    result = run(check, "--plan", "nowhere", "--lang", "zh")
    assert result.exit_code == 1
    assert "里没有规划 nowhere；现有 " in result.output
    assert "ordos-2021-2025、" in result.output


def test_two_values_for_one_thing_in_one_section_are_a_fault(check: CliRunner, layers: Layers) -> None:
    name = "ordos-2021-2025/targets.csv"
    number, row = layers.find(name, name_in_source="鄂托克旗", tier="basic")
    layers.append(name, **(row | {"id": "ordos-2021-2025-t999", "value": "25", "value_text": "-25"}))
    result = run(check, "--lang", "en")
    assert result.exit_code == 1
    assert f"column value_text: row {number} gives the same goal in the same section as '-26'" in result.output
    layers.put(name, "caveats", "contradicts_other", id="ordos-2021-2025-t999")
    assert run(check).exit_code == 0, "a document's own contradiction is told by its caveat"


def test_an_unknown_code_is_answered_with_the_nearest_name(check: CliRunner, layers: Layers) -> None:
    path = layers.path("ordos-2021-2025/plan.toml")
    path.write_text(path.read_text(encoding="utf-8").replace('"150600"', '"150699"'), encoding="utf-8")
    result = run(check, "--lang", "en")
    assert result.exit_code == 1
    assert "150699 is not a division (did you mean 150600 (鄂尔多斯市)? or correct the code)" in result.output
    assert "是不是 150600 (鄂尔多斯市)？" in run(check, "--lang", "zh").output


def test_chinese_words_of_the_vocabulary_are_known_to_hints(check: CliRunner, layers: Layers) -> None:
    layers.put("ordos-2021-2025/parks.csv", "programmes", "循环化改造示范试点", name="棋盘井环境综合治理区域")
    result = run(check, "--lang", "en")
    assert result.exit_code == 1
    assert "is not a programme of layers/vocabulary.csv (did you mean circular_retrofit_pilot?" in result.output


def test_a_fault_ends_with_exit_code_1_and_its_message(check: CliRunner, layers: Layers) -> None:
    number, _ = layers.put("ordos-2021-2025/targets.csv", "unit", "26", name_in_source="鄂托克旗", tier="basic")
    result = run(check)
    assert result.exit_code == 1
    assert f"row {number}, column unit: a number, 26, stands in the unit column (did the cells shift?)" in result.output


def test_what_cannot_be_traced_is_listed_with_its_reason(check: CliRunner, atlas: Atlas, tmp_path: Path) -> None:
    for plan in atlas.dataset.plans:
        (tmp_path / plan.source_file).write_text("一、空\n", encoding="utf-8")
    result = run(check, "--sources", str(tmp_path))
    first = atlas.dataset.targets[0]
    data = atlas.dataset
    records = len(data.targets) + len(data.statistics) + len(data.parks) + len(data.projects)
    assert result.exit_code == 1
    assert f"  {first.id}: {first.value_text!r} in {first.section}: the document has no such heading" in result.output
    untraced = [line for line in result.output.splitlines() if re.match(r"  [\w-]+-[tspj]\d+: ", line)]
    assert f"{len(untraced)} not found" in result.output
    assert len(untraced) <= records


def test_a_plan_without_a_text_is_not_looked_up(check: CliRunner, layers: Layers, atlas: Atlas, tmp_path: Path) -> None:
    for plan in atlas.dataset.plans:
        path = layers.folder / "plans" / plan.id / "plan.toml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(f'source_file = "{plan.source_file}"', 'source_file = ""'), encoding="utf-8")
    result = run(check, "--sources", str(tmp_path))
    assert result.exit_code == 0
    assert "0 not found" in result.output


def test_a_source_text_that_is_not_there(check: CliRunner, tmp_path: Path, atlas: Atlas) -> None:
    result = run(check, "--sources", str(tmp_path))
    assert result.exit_code == 1
    for plan in atlas.dataset.plans:
        assert f"{tmp_path / plan.source_file}: the file is missing" in result.output
