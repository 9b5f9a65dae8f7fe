"""The pages that explain the house know every room, and no room has more flat files than a reader can take in."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "geoapp"
MOST_FLAT = 15
ROOMS = sorted(path for path in PACKAGE.rglob("__init__.py") if "static" not in path.parts)


def contract() -> set[str]:
    """Return the rooms that the first import contract puts on floors."""
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    return {room.strip() for floor in config["contracts"][0]["layers"] for room in floor.split("|")}


@pytest.mark.parametrize("room", sorted(contract() - {"__main__"}))
def test_contributing_names_every_room(room: str) -> None:
    name = room if (PACKAGE / f"{room}.py").exists() is False else f"{room}.py"
    assert name in (ROOT / "CONTRIBUTING.md").read_text()


@pytest.mark.parametrize("init", ROOMS, ids=lambda path: str(path.parent.relative_to(ROOT)))
def test_a_room_says_what_it_is_and_fits_on_a_screen(init: Path) -> None:
    assert init.read_text().startswith('"""')
    files = [path.name for path in init.parent.glob("*.py") if path != init]
    assert len(files) <= MOST_FLAT, f"{init.parent.name} wants walls: {sorted(files)}"


def test_unit_tests_mirror_the_rooms() -> None:
    folders = {
        path.parent.relative_to(ROOT / "tests" / "unit") for path in (ROOT / "tests" / "unit").rglob("test_*.py")
    }
    strangers = [str(folder) for folder in folders if not (PACKAGE / folder).is_dir() and str(folder) != "layers"]
    assert strangers == []


def test_the_glossary_has_both_languages_for_every_word() -> None:
    rows = [line for line in (ROOT / "docs" / "glossary.md").read_text().splitlines() if line.startswith("| ")][1:]
    assert all(len(cells := row.strip("|").split("|")) == 3 and all(cell.strip() for cell in cells) for row in rows)
    assert len(rows) >= 30
