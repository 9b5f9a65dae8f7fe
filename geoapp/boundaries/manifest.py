"""The hand-kept ``shapes/manifest.json``: which boundary source is pinned, and what it must contain."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geoapp.errors import BoundaryError, InvalidData, Issue


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceFile(_Strict):
    """One file of the pinned package: path inside it, size in bytes, sha256 in hex."""

    path: str
    bytes: int
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class SourceFiles(_Strict):
    """The five files the build reads."""

    province_table: SourceFile
    prefecture_table: SourceFile
    county_table: SourceFile
    county_polygons: SourceFile
    lines: SourceFile


class ExpectedRows(_Strict):
    """Rows each level of the pinned source must have."""

    province: int
    prefecture: int
    county: int


class Overlap(_Strict):
    """Ground that two counties claim: it stays with ``keep`` and is cut from ``cut``."""

    keep: str
    cut: str = Field(alias="from")
    note: str


class DashSegment(_Strict):
    """A segment of the dash line that the package lacks: lon/lat pairs in degrees, and who says so."""

    coordinates: tuple[tuple[float, float], ...] = Field(min_length=2)
    source: str = Field(min_length=1)


class DashLine(_Strict):
    """How many segments the dash line must have, and those added by hand."""

    expected_segments: int
    package_segments: int
    extra_segments: tuple[DashSegment, ...]


class Manifest(_Strict):
    """The whole manifest; see ``shapes/README.md`` for the meaning of each entry."""

    source: str
    package: str
    version: str
    data_date: str
    files: SourceFiles
    expected_rows: ExpectedRows
    crs: str
    crs_note: str
    attribution_zh: str
    attribution_en: str
    review_no: str
    review_note: str
    usage_notice_zh: str
    usage_notice_en: str
    own_usage_notice_zh: str
    own_usage_notice_en: str
    overlaps: tuple[Overlap, ...]
    dash_line: DashLine


def read_manifest(path: Path) -> Manifest:
    """Read and check the manifest.

    Raises:
        BoundaryError: the file is missing.
        InvalidData: the file is not JSON or lacks entries; every fault is named.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BoundaryError(f"{path}: the boundary manifest cannot be read ({error}); restore it from git") from error
    try:
        return Manifest.model_validate_json(text)
    except ValidationError as error:
        issues = [
            Issue(".".join(map(str, fault["loc"])) or "file", fault["msg"], "compare with shapes/manifest.json in git")
            for fault in error.errors()
        ]
        raise InvalidData(path, issues) from error
