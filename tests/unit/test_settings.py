"""Settings: file, environment and options in their order; what means nothing is refused where it stands."""

from pathlib import Path

import pytest

from geoapp.errors import InvalidSettings
from geoapp.settings import Settings, explain, give_option, load_settings

ROOT = Path(__file__).resolve().parents[2]


def test_an_unknown_setting_is_refused_with_a_hint(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_BUILDDIR", "/tmp/x")
    with pytest.raises(InvalidSettings, match=r"^unknown setting GEOAPP_BUILDDIR \(did you mean GEOAPP_BUILD_DIR\?\)$"):
        load_settings()


def test_a_bad_value_names_its_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_WORKERS", "many")
    with pytest.raises(InvalidSettings, match=r"GEOAPP_WORKERS: .*got 'many'"):
        load_settings()


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_BUILD_DIR", "/srv/geoapp")
    monkeypatch.setenv("GEOAPP_BOUNDARY_COLUMNS", '{"adcode": "gb"}')
    settings = load_settings()
    assert (settings.build_dir, settings.boundary_columns) == (Path("/srv/geoapp"), {"adcode": "gb"})


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder, which is also where the command runs."""
    (tmp_path / "geoapp.toml").write_text(
        'maker = "规划院"\nworkers = 3\nbuild_dir = "built"\n[boundary_columns]\nadcode = "gb"\n'
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_file_of_the_project_is_read(folder: Path) -> None:
    settings = load_settings()
    assert (settings.maker, settings.workers, settings.boundary_columns) == ("规划院", 3, {"adcode": "gb"})
    assert (settings.project_dir, settings.layers_dir, settings.build_dir) == (
        folder,
        folder / "layers",
        folder / "built",
    )


def test_the_environment_wins_over_the_file_and_options_over_both(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOAPP_WORKERS", "4")
    monkeypatch.setenv("GEOAPP_MAKER", "局")
    monkeypatch.setenv("GEOAPP_PORT", "1")
    monkeypatch.setattr("geoapp.settings.OPTIONS", set())
    give_option("port", "9000")
    settings = load_settings()
    assert (settings.workers, settings.maker, settings.port) == (4, "局", 9000)
    origins = {given.name: given.origin for given in explain(settings)}
    assert origins["workers"] == "environment, GEOAPP_WORKERS"
    assert origins["port"] == "option"
    assert origins["build_dir"] == "geoapp.toml"
    assert origins["layers_dir"] == origins["project_dir"] == "default"


def test_a_secret_is_only_said_to_be_set(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_TIANDITU_KEY", "k3y")
    told = {given.name: given.value for given in explain(load_settings())}
    assert told["tianditu_key"] == "(set)"
    assert "k3y" not in str(told)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("makr = 1", r"unknown setting makr in .*geoapp.toml \(did you mean maker\?\)"),
        ("workers = 'many'", "workers in geoapp.toml: .*got 'many'"),
        ("workers = ", "geoapp.toml cannot be read as TOML"),
    ],
)
def test_faults_of_the_file_name_it(folder: Path, text: str, words: str) -> None:
    (folder / "geoapp.toml").write_text(text)
    with pytest.raises(InvalidSettings, match=words):
        load_settings()


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`GEOAPP_{name.upper()}`" in text
        assert field.description


@pytest.mark.parametrize("address", ["mysql://a:s3cret-w0rd@h/db", "postgresql://a:s3cret-w0rd@h", "s3cret-w0rd"])
def test_an_address_that_is_none_is_refused_without_being_repeated(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("GEOAPP_STORE", address)
    with pytest.raises(InvalidSettings, match=r"GEOAPP_STORE: .*not the address of a database") as raised:
        load_settings()
    assert "s3cret-w0rd" not in str(raised.value)


def test_the_address_of_the_store_is_shown_as_set_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOAPP_STORE", "postgresql://atlas:s3cret-w0rd@db.example.cn/plans")
    shown = {given.name: given.value for given in explain(load_settings())}
    assert shown["store"] == "(set)"
