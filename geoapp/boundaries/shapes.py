"""Read the boundaries that ``geoapp shapes build`` wrote: one edition, three levels, two details, the lines."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import geopandas

from geoapp.errors import BoundaryError
from geoapp.model.region import Level

Detail = Literal["full", "lo"]

LEVELS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)
DETAILS: tuple[Detail, ...] = ("full", "lo")
COLUMNS = (
    "adcode", "name", "short_name", "level", "levels", "parent", "label_lon", "label_lat", "area_km2", "geometry",
)  # fmt: skip
EDITION_FILE = "edition.json"
LINES_FILE = "lines.fgb"
_STEMS = {Level.PROVINCE: "provinces", Level.PREFECTURE: "prefectures", Level.COUNTY: "counties"}
_MEND = "run: geoapp shapes build"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One built set of boundaries and the words that must be shown with it.

    Attributes:
        id: source, data date and the first 8 hex digits of ``content_sha256``.
        review_no: 审图号 of the source's own map (底图来源的审图号), not of maps made here.
        rows: rows of each level.
        dash_segments: segments of the dash line drawn (10 is complete).
        notes: what a reader should know about this edition, such as codes an own file lacks.
        inputs_sha256: fingerprint of the manifest, the code fixes and the own file it was built from.
        content_sha256: hash of all attributes and geometries.
    """

    id: str
    source: str
    data_date: str
    crs: str
    attribution_zh: str
    attribution_en: str
    review_no: str
    usage_notice: str
    usage_notice_en: str
    rows: Mapping[str, int]
    dash_segments: int
    notes: tuple[str, ...]
    inputs_sha256: str
    content_sha256: str

    def to_json(self) -> str:
        """The text of ``edition.json``; the same edition always gives the same text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def level_path(folder: Path, level: Level, detail: Detail) -> Path:
    """The file that holds a level at a detail, such as ``counties_lo.fgb``."""
    return folder / f"{_STEMS[level]}{'_lo' if detail == 'lo' else ''}.fgb"


def load_edition(folder: Path) -> Edition:
    """Read ``edition.json``.

    Raises:
        BoundaryError: nothing was built there, a file is missing, or the file is broken.
    """
    path = folder / EDITION_FILE
    if not path.is_file():
        raise BoundaryError(f"{folder}: there are no built boundaries here; {_MEND}")
    files = [level_path(folder, level, detail) for level in LEVELS for detail in DETAILS] + [folder / LINES_FILE]
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise BoundaryError(f"{folder}: {', '.join(missing)} of the built boundaries is missing; {_MEND}")
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        return Edition(**{**record, "notes": tuple(record["notes"])})
    except (ValueError, TypeError, KeyError) as error:
        raise BoundaryError(f"{path}: the record of the built boundaries is broken ({error}); {_MEND}") from error


def load_level(folder: Path, level: Level, detail: Detail) -> geopandas.GeoDataFrame:
    """Read one level, sorted by adcode, with the columns of ``COLUMNS`` in EPSG:4326.

    Raises:
        BoundaryError: the file is missing or broken.
    """
    frame = _read(level_path(folder, level, detail))
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise BoundaryError(f"{level_path(folder, level, detail)}: column {', '.join(missing)} is missing; {_MEND}")
    # FlatGeobuf's spatial index stores rows in its own order.
    return frame[list(COLUMNS)].sort_values("adcode", ignore_index=True)


def load_lines(folder: Path) -> geopandas.GeoDataFrame:
    """Read the lines: ``kind`` (coast_province, dash, sar, undetermined) and geometry, one row a kind.

    Raises:
        BoundaryError: the file is missing or broken.
    """
    return _read(folder / LINES_FILE)[["kind", "geometry"]].sort_values("kind", ignore_index=True)


def _read(path: Path) -> geopandas.GeoDataFrame:
    try:
        frame = geopandas.read_file(path)
    except (RuntimeError, IndexError) as error:  # pyogrio's errors; IndexError on a header cut short
        problem = "is broken" if path.exists() else "is missing"
        raise BoundaryError(f"{path}: this file of the built boundaries {problem}; {_MEND}") from error
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise BoundaryError(f"{path}: this file of the built boundaries has no geometry; {_MEND}")
    return frame
