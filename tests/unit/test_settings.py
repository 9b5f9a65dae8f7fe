"""Settings: unknown names are refused with the nearest one, bad values with the variable's name."""

from pathlib import Path

import pytest

from geoapp.errors import InvalidSettings
from geoapp.settings import Settings, load_settings

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


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    for name, field in Settings.model_fields.items():
        assert f"`GEOAPP_{name.upper()}`" in text
        assert field.description
