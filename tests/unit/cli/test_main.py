"""The command line: what a person types, what comes back, which exit code."""

import re
import shutil
import socket
from pathlib import Path

import orjson
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from geoapp.atlas import Atlas
from geoapp.cli.main import main
from geoapp.settings import Settings

ROOT = Path(__file__).resolve().parents[3]


def run(*words: str, **environ: str) -> Result:
    return CliRunner().invoke(main, words, env=environ, catch_exceptions=False)


@pytest.fixture
def layers(tmp_path: Path) -> Path:
    """A copy of the data files to break."""
    return Path(shutil.copytree(ROOT / "layers", tmp_path / "layers"))


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_check_counts_what_it_read(settings: Settings) -> None:
    result = run("check", GEOAPP_BUILD_DIR=str(settings.build_dir))
    assert result.exit_code == 0
    assert "ordos-2021-2025: 158 targets, 12 statistics, 8 parks, 35 projects; all joined" in result.output


def test_a_check_counts_its_findings_by_kind_and_plan_before_it_lists_them(settings: Settings) -> None:
    result = run("check", GEOAPP_BUILD_DIR=str(settings.build_dir))
    lines = result.stdout.splitlines()
    listed = [line for line in lines if line.startswith(("contradiction ", "note "))]
    kinds = [line.strip().split(" × ") for line in lines if " × " in line]
    assert sum(int(count) for count, _ in kinds) == len(listed) > 0
    for count, kind in kinds:
        assert sum(line.startswith(f"{kind}:") for line in listed) == int(count)
    plans = [line for line in lines if re.match(r"[a-z][\w-]+: \d+ targets", line)]
    told = [int(number) for line in plans for number in re.findall(r"(\d+) (?:contradiction|note)s", line)]
    assert sum(told) == len(listed)
    assert lines.index(plans[0]) < lines.index(listed[0])


def test_many_findings_go_into_a_file(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geoapp.cli.check.MOST_ON_SCREEN", 2)
    build = tmp_path / "build"
    build.mkdir()
    (build / "shapes").symlink_to(settings.build_dir / "shapes")
    result = run("check", GEOAPP_BUILD_DIR=str(build))
    assert not re.search("^(contradiction|note) ", result.stdout, re.MULTILINE)
    written = (build / "findings.txt").read_text(encoding="utf-8").splitlines()
    assert f"all {len(written)} findings, one a line with its records: {build / 'findings.txt'}" in result.stdout
    assert all(line.startswith(("contradiction ", "note ")) and line.endswith("]") for line in written)


def test_every_fault_of_every_file_comes_at_once(settings: Settings, layers: Path) -> None:
    ordos = layers / "plans" / "ordos-2021-2025" / "targets.csv"
    spoil(ordos, "达拉特旗,ei_gdp_cut,18,", "达拉待旗,ei_gdp_cut,18,")
    spoil(ordos, "鄂托克旗,ei_gdp_cut,26,", "鄂托克旗,ei_gdp_cut,二十六,")
    spoil(layers / "places.csv", "150621", "150626")
    result = run("check", GEOAPP_BUILD_DIR=str(settings.build_dir), GEOAPP_LAYERS_DIR=str(layers))
    assert result.exit_code == 1
    assert "3 fault(s)" in result.output
    for words in (
        "targets.csv row ",
        "column name_in_source: '达拉待旗' is not a division of 鄂尔多斯市 (did you mean 达拉特旗 150621?",
        "column value: '二十六' is not a number",
        "places.csv row ",
        "lies outside 乌审旗 150626",
    ):
        assert words in result.output.replace("\n", "")


def test_a_failed_build_leaves_the_last_good_one(settings: Settings, atlas: Atlas, layers: Path) -> None:
    link = settings.build_dir / "atlas" / "current"
    before = link.resolve()
    spoil(layers / "plans" / "ordos-2021-2025" / "targets.csv", "达拉特旗,ei_gdp_cut", "达拉待旗,ei_gdp_cut")
    result = run("build", GEOAPP_BUILD_DIR=str(settings.build_dir), GEOAPP_LAYERS_DIR=str(layers))
    assert result.exit_code == 1
    assert link.resolve() == before
    assert (before / "dataset.json").is_file()


def test_two_builds_at_once_are_refused(settings: Settings) -> None:
    import fcntl

    with (settings.build_dir / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        result = run("build", GEOAPP_BUILD_DIR=str(settings.build_dir))
    assert result.exit_code == 1
    assert "another build is running" in result.output


def test_a_busy_port_is_said_before_anything_starts(settings: Settings) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        result = run("serve", "--port", str(port), GEOAPP_BUILD_DIR=str(settings.build_dir))
    assert result.exit_code == 1
    assert f"cannot listen on 127.0.0.1:{port} (Address already in use)" in result.output.replace("\n", " ")


@pytest.mark.parametrize("port", ["http", "0", "70000"])
def test_a_port_that_is_none_is_wrong_use(port: str) -> None:
    result = run("serve", "--port", port)
    assert result.exit_code == 2
    assert "is not a port; use a number from 1 to 65535" in result.output


def test_export_gives_the_bytes_of_the_web(
    settings: Settings, atlas: Atlas, client: FlaskClient, tmp_path: Path
) -> None:
    target = tmp_path / "ordos.geojson"
    result = run("export", "region=150600&year=2025", "-o", str(target), GEOAPP_BUILD_DIR=str(settings.build_dir))
    assert result.exit_code == 0
    assert target.read_bytes() == client.get("/view.geojson?region=150600&year=2025").data
    assert len(orjson.loads(target.read_bytes())["features"]) == 24


def test_export_of_a_faulty_view_writes_nothing(settings: Settings, atlas: Atlas, tmp_path: Path) -> None:
    target = tmp_path / "x.geojson"
    result = run("export", "regoin=1", "-o", str(target), GEOAPP_BUILD_DIR=str(settings.build_dir))
    assert result.exit_code == 1
    assert "regoin: unknown parameter (did you mean region?)" in result.output
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_setting_stops_every_command() -> None:
    result = run("check", GEOAPP_COLOUR="red")
    assert result.exit_code == 1
    assert "unknown setting GEOAPP_COLOUR" in result.output


def test_nothing_built_yet_says_what_to_run(tmp_path: Path) -> None:
    result = run("export", "region=150600", "-o", str(tmp_path / "x.geojson"), GEOAPP_BUILD_DIR=str(tmp_path))
    assert result.exit_code == 1
    assert "run `geoapp build`" in result.output.replace("\n", " ")


def test_doctor_says_what_is_missing(settings: Settings, atlas: Atlas, tmp_path: Path) -> None:
    good = run("doctor", GEOAPP_BUILD_DIR=str(settings.build_dir))
    assert good.exit_code == 0, good.output
    bad = run("doctor", GEOAPP_BUILD_DIR=str(tmp_path), GEOAPP_WEB_DIR=str(tmp_path))
    assert bad.exit_code == 1
    assert "make assets" in bad.output
    assert "geoapp build" in bad.output


def test_shapes_check_reports_rows_per_level(settings: Settings) -> None:
    result = run("shapes", "check", GEOAPP_BUILD_DIR=str(settings.build_dir))
    assert result.exit_code == 0
    assert "2891" in result.output


def test_serving_nothing_is_said_in_one_sentence(settings: Settings, tmp_path: Path) -> None:
    result = run("serve", GEOAPP_BUILD_DIR=str(tmp_path))
    assert result.exit_code == 1
    assert "run `geoapp build`" in result.output.replace("\n", " ")
    missing = run("serve", GEOAPP_BUILD_DIR=str(settings.build_dir), GEOAPP_WEB_DIR=str(tmp_path))
    assert missing.exit_code == 1
    assert "run `make assets`" in missing.output.replace("\n", " ")
