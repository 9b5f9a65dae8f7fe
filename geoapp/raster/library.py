"""The published rasters: one small catalogue file, written whole, read again when it changes."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import orjson
from pydantic import TypeAdapter, ValidationError

from geoapp.errors import NotFound, RasterError
from geoapp.model.region import Adcode
from geoapp.raster.record import RasterRecord, RegionValues

CATALOGUE = "catalogue.json"
STATISTICS = "stats"
FORMULA = "2"
"""Raise it when the values of regions are computed in another way: they are then computed again."""
_RECORDS = TypeAdapter(tuple[RasterRecord, ...])
_VALUES = TypeAdapter(dict[str, RegionValues])
Statistics = Mapping[Adcode, RegionValues]


@dataclass(slots=True)
class RasterLibrary:
    """Reads the folder that ``geoapp build`` and ``geoapp raster add`` publish to. Holds no GDAL."""

    folder: Path
    edition: str
    _seen: tuple[int, int] = (0, 0)
    _state: str = ""
    _records: dict[str, RasterRecord] = field(default_factory=dict)
    _statistics: dict[str, Statistics] = field(default_factory=dict)

    def records(self) -> list[RasterRecord]:
        """Return every published raster, in order of id."""
        self._refresh()
        return list(self._records.values())

    @property
    def state(self) -> str:
        """Hash of the catalogue: what depends on rasters is kept under it."""
        self._refresh()
        return self._state

    def get(self, identifier: str) -> RasterRecord:
        """Return a raster by id.

        Raises:
            NotFound: no such raster is published.
        """
        self._refresh()
        try:
            return self._records[identifier]
        except KeyError:
            known = ", ".join(self._records) or "none yet; `geoapp build` makes the built-in ones"
            raise NotFound(f"no raster has the id {identifier!r}; published are {known}") from None

    def path(self, record: RasterRecord) -> Path:
        """Return the file of a raster.

        Raises:
            RasterError: it was deleted under us.
        """
        path = self.folder / record.file
        if not path.is_file():
            raise RasterError(f"the file of raster {record.id} is gone ({record.file}); run `geoapp build` again")
        return path

    def statistics(self, record: RasterRecord) -> Statistics:
        """Return the values of every region of this edition; empty while they are not computed."""
        key = statistics_name(record, self.edition)
        if key not in self._statistics:
            path = self.folder / STATISTICS / key
            if not path.is_file():
                return {}
            self._statistics[key] = {
                Adcode(code): each for code, each in _VALUES.validate_json(path.read_bytes()).items()
            }
        return self._statistics[key]

    def region(self, adcode: Adcode) -> list[tuple[RasterRecord, RegionValues]]:
        """Return what every raster says of a region."""
        found = ((record, self.statistics(record).get(adcode)) for record in self.records())
        return [(record, values) for record, values in found if values is not None]

    def _refresh(self) -> None:
        try:
            status = (self.folder / CATALOGUE).stat()
        except FileNotFoundError:
            self._records, self._seen, self._state = {}, (0, 0), ""
            return
        seen = (status.st_mtime_ns, status.st_ino)
        if seen != self._seen:
            self._records = {record.id: record for record in read_catalogue(self.folder)}
            self._state = hashlib.sha256((self.folder / CATALOGUE).read_bytes()).hexdigest()[:12]
            self._statistics, self._seen = {}, seen


def statistics_name(record: RasterRecord, edition: str) -> str:
    """Return the name of the cached statistics: the same cells, kind and boundaries give the same file."""
    made_with = f"{FORMULA} {record.kind} {edition}"
    return f"{record.version}-{hashlib.sha256(made_with.encode()).hexdigest()[:12]}.json"


def read_catalogue(folder: Path) -> tuple[RasterRecord, ...]:
    """Return the published records; none where nothing is published yet."""
    path = folder / CATALOGUE
    if not path.is_file():
        return ()
    try:
        return _RECORDS.validate_json(path.read_bytes())
    except ValidationError:
        raise RasterError(f"{path} is damaged or of another version; run `geoapp build` again") from None


def write_catalogue(folder: Path, records: Iterable[RasterRecord]) -> None:
    """Publish these records, all at once."""
    _replace(folder / CATALOGUE, orjson.dumps(sorted(records, key=lambda record: record.id)))


def write_statistics(folder: Path, record: RasterRecord, edition: str, values: Statistics) -> None:
    """Keep the statistics of a raster for one boundary edition."""
    (folder / STATISTICS).mkdir(parents=True, exist_ok=True)
    _replace(folder / STATISTICS / statistics_name(record, edition), orjson.dumps(dict(values)))


def _replace(path: Path, body: bytes) -> None:
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(body)
    part.replace(path)
