"""A project folder: made once, found from anywhere inside, never made over something."""

from pathlib import Path

import pytest

from geoapp import project
from geoapp.errors import GeoappError, InvalidSettings


def test_a_new_project_holds_what_people_edit(tmp_path: Path) -> None:
    project.create_project(tmp_path / "a" / "atlas", [("maker", "who made it")])
    folder = tmp_path / "a" / "atlas"
    assert (folder / "layers" / "catalog.toml").read_bytes() == (project.seed("layers") / "catalog.toml").read_bytes()
    assert (folder / "shapes" / "manifest.json").is_file()
    assert "\n# who made it\n# maker = …\n" in (folder / "geoapp.toml").read_text()


@pytest.mark.parametrize("there", ["file", "folder"])
def test_nothing_is_made_over_what_is_there(tmp_path: Path, there: str) -> None:
    folder = tmp_path / "atlas"
    if there == "file":
        folder.write_text("mine")
    else:
        (folder / "mine").mkdir(parents=True)
    with pytest.raises(GeoappError, match="exists and is not empty; name a new folder"):
        project.create_project(folder, [])


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GeoappError, match="cannot be written: Not a directory; name a folder that you may write to"):
        project.create_project(tmp_path / "file" / "atlas", [])


def test_the_nearest_project_wins_over_the_checkout(tmp_path: Path) -> None:
    inner = tmp_path / "atlas" / "layers" / "plans"
    inner.mkdir(parents=True)
    (tmp_path / "atlas" / "geoapp.toml").touch()
    assert project.find_project(inner) == tmp_path / "atlas"
    assert project.find_project(tmp_path) == project.checkout()


def test_an_installed_package_needs_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(project, "PACKAGE", tmp_path / "site-packages" / "geoapp")
    assert project.seed("layers") == tmp_path / "site-packages" / "geoapp" / "seed" / "layers"
    with pytest.raises(InvalidSettings, match="make a project with `geoapp init FOLDER`"):
        project.find_project(tmp_path)


def test_a_file_that_an_older_project_lacks_is_the_packages(tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir()
    path = tmp_path / "shapes" / "names_en.csv"
    assert project.or_seed(path) == project.seed("shapes") / "names_en.csv"
    path.write_text("mine")
    assert project.or_seed(path) == path
    assert project.or_seed(tmp_path / "shapes" / "nothing.csv") == tmp_path / "shapes" / "nothing.csv"
