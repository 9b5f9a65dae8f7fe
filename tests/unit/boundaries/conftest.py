"""A small synthetic package, and one build of the real one, for the tests of boundaries."""

from pathlib import Path

import pytest

from geoapp.boundaries.build import ShapeSource, build_shapes
from tests.data.shapes_builders import Package, write_package

SHAPES = Path(__file__).parents[3] / "shapes"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Package:
    """The grid of twelve counties, importable as the manifest's package."""
    folder = tmp_path / "package"
    monkeypatch.syspath_prepend(str(folder))
    return write_package(folder)


@pytest.fixture
def real_source() -> ShapeSource:
    """The project's own manifest and code fixes."""
    return ShapeSource(SHAPES / "manifest.json", SHAPES / "code_fixes.csv")


@pytest.fixture(scope="session")
def real_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one build from the pinned package."""
    target = tmp_path_factory.mktemp("real") / "shapes"
    build_shapes(ShapeSource(SHAPES / "manifest.json", SHAPES / "code_fixes.csv"), target)
    return target
