"""The made-up world goes through the real reading, joining, building and storing and comes back the same."""

from dataclasses import replace

from geoapp.atlas import Atlas
from tests.data.world import World
from tests.data.world_folders import WorldFolders


def test_the_world_on_disk_is_the_world_in_memory(world: World, world_atlas: Atlas) -> None:
    built, made = world_atlas.dataset, world.dataset
    assert built.targets == made.targets
    assert built.derived == made.derived
    same = replace(built, version=made.version, edition=made.edition, report=made.report)
    assert same == made


def test_every_row_is_reported_read_and_joined(world: World, world_atlas: Atlas) -> None:
    for report in world_atlas.dataset.report:
        plan = report.plan
        rows = {
            kind: sum(record.plan == plan for record in getattr(world.dataset, kind))
            for kind in ("targets", "statistics", "parks", "projects")
        }
        assert report.rows == report.joined == rows
        coarse = [
            point.id
            for point in (*world.dataset.parks, *world.dataset.projects)
            if point.plan == plan and point.precision in ("prefecture", "province")
        ]
        assert list(report.unplaced) == coarse
    assert [report.plan for report in world_atlas.dataset.report] == [plan.id for plan in world.dataset.plans]


def test_the_edition_says_whose_boundaries_they_are(world_atlas: Atlas, world_folders: WorldFolders) -> None:
    about = world_folders.boundaries.package.manifest
    edition = world_atlas.dataset.edition
    assert edition.id.startswith("grid-2025-01-")
    assert edition.source == "made_up_world_data 1.0"
    assert (edition.attribution, edition.attribution_en) == (about["attribution_zh"], about["attribution_en"])
    assert (edition.usage_notice, edition.usage_notice_en) == (about["usage_notice_zh"], about["usage_notice_en"])
    assert (edition.review_no, edition.data_date) == (about["review_no"], "2025-01")
