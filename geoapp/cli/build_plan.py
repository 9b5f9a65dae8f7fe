"""What commands read: where a build reads and writes, and the divisions with their names."""

from typing import TYPE_CHECKING

from geoapp.boundaries.gazetteer import Gazetteer, read_aliases
from geoapp.boundaries.regions_cache import kept_regions
from geoapp.project import or_seed
from geoapp.settings import Settings

if TYPE_CHECKING:
    from geoapp.builder import BuildPlan


def plan_of(settings: Settings) -> "BuildPlan":
    """Return where a build reads and writes, from the settings."""
    from geoapp.boundaries.build import ShapeSource
    from geoapp.builder import BuildPlan

    return BuildPlan(
        layers=settings.layers_dir,
        aliases=settings.shapes_dir / "aliases.csv",
        names_en=or_seed(settings.shapes_dir / "names_en.csv"),
        source=ShapeSource(
            manifest=settings.shapes_dir / "manifest.json",
            code_fixes=settings.shapes_dir / "code_fixes.csv",
            own_file=settings.boundary_file,
            own_columns=settings.boundary_columns,
            own_attribution=settings.boundary_attribution,
            own_review_no=settings.boundary_review_no,
        ),
        build_dir=settings.build_dir,
        store=settings.store,
    )


def gazetteer_of(settings: Settings) -> Gazetteer:
    """Return the divisions and their names, from the built boundaries."""
    shapes = settings.build_dir / "shapes"
    regions = kept_regions(shapes)
    if regions is None:
        from geoapp.builder import read_regions  # GeoPandas: only where nobody kept the divisions apart

        regions = read_regions(shapes)
    return Gazetteer(regions, read_aliases(settings.shapes_dir / "aliases.csv"))
