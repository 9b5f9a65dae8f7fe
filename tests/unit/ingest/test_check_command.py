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
    result = run(check)
    assert result.exit_code == 0
    assert f"data {atlas.version}, boundaries {atlas.dataset.edition.id}" in result.output
    for finding in atlas.cards.consistency.findings:
        assert f"{finding.severity} {finding.rule}: {finding.sentence.say('zh')}" in result.output


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
