"""The embedded store: a folder per build, read by memory map, switched by renaming one link.

A build writes a new folder beside the old one and then moves the link ``current``: a failed
or interrupted build leaves the last good one serving.
"""

import gzip
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import numpy as np
import orjson
import shapely
from pydantic import TypeAdapter, ValidationError

from geoapp import model
from geoapp.errors import NotBuilt
from geoapp.model.dataset import Dataset
from geoapp.model.region import Adcode, Level
from geoapp.store.base import Detail
from geoapp.store.blobs import Blobs, write_blobs
from geoapp.store.shared_arcs import share_arcs
from geoapp.store.shared_files import link
from geoapp.store.topology import encode_arcs, join_topology

CURRENT = "current"
PREVIOUS = "previous"
"""Links to the build that is served and to the one that was served before it."""
ABROAD = "abroad.json"
"""The land beyond the national border, as GeoJSON (:mod:`geoapp.boundaries.abroad`)."""
COUNTRY = "country-{level}.topo.gz"
"""A prepared file: all polygons of a level at the low detail, gzipped TopoJSON."""
DATASET = "dataset.json"
LEVELS = "levels.id"
"""A file that says of which boundaries, and by which code, the polygons of a build were made."""
LEVELS_CODE = hashlib.sha256(
    b"".join(
        Path(__file__).with_name(name).read_bytes()
        for name in ("files.py", "topology.py", "shared_arcs.py", "blobs.py")
    )
).hexdigest()[:8]
STAMP = "dataset.id"
"""A file that says by which code the records of a build were written, and how many bytes of them."""
MODEL_CODE = hashlib.sha256(
    b"".join(path.read_bytes() for path in sorted(Path(model.__file__).parent.glob("*.py")))
).hexdigest()[:8]
KEEP = 3
"""Builds kept on disk: running workers may still read the one before."""

Polygons = Mapping[Level, Mapping[Adcode, shapely.Geometry]]


class FilesStore:
    """Reads one build folder."""

    def __init__(self, folder: Path, build: str = CURRENT) -> None:
        """Open a build under ``folder``: the current one, or one by its version.

        Raises:
            NotBuilt: nothing is built yet, or the files are damaged.
        """
        self.folder = (folder / build).resolve()
        path = self.folder / DATASET
        if not path.is_file():
            raise NotBuilt(f"no built atlas in {folder}; run `geoapp build` (or `make run`)")
        try:
            self._dataset = TypeAdapter(Dataset).validate_json(path.read_bytes())
        except ValidationError:
            raise NotBuilt(f"{path} is damaged or of another version; run `geoapp build` again") from None

    def dataset(self) -> Dataset:
        """Return every record of the build."""
        return self._dataset

    @lru_cache(maxsize=8)  # noqa: B019 - a store lives as long as its process
    def geometry(self, level: Level, detail: Detail) -> Mapping[Adcode, shapely.Geometry]:
        """Return the polygons of a level in degrees (EPSG:4326), by code."""
        return _Shapes(self._blob(f"{level}-{detail}.wkb"))

    def topology(self, level: Level, detail: Detail, adcodes: Sequence[Adcode]) -> bytes:
        """Return the polygons as a TopoJSON document with one object, ``regions``, for the screen."""
        blob = self._blob(f"{level}-{detail}.topo")
        return join_topology([(code, blob[code]) for code in adcodes], detail)

    def lines(self) -> bytes:
        """Return the lines a map of the country must carry, as a GeoJSON FeatureCollection."""
        return (self.folder / "lines.json").read_bytes()

    def encoded(self, name: str) -> Path:
        """Return where the build keeps a file it prepared for serving (encoded features, tiles)."""
        return self.folder / name

    @lru_cache(maxsize=16)  # noqa: B019 - a store lives as long as its process
    def _blob(self, name: str) -> Blobs:
        return Blobs(self.folder / name)


class _Shapes(Mapping[Adcode, shapely.Geometry]):
    """The polygons of a level, each read when first asked for: a sheet of a prefecture needs nine of 2,900."""

    def __init__(self, blob: Blobs) -> None:
        self._blob = blob
        self._read: dict[Adcode, shapely.Geometry] = {}

    def __getitem__(self, code: Adcode) -> shapely.Geometry:
        found = self._read.get(code)
        if found is None:
            found = self._read[code] = shapely.from_wkb(self._blob[code])
        return found

    def __iter__(self) -> Iterator[Adcode]:
        return map(Adcode, self._blob)

    def __len__(self) -> int:
        return len(self._blob)


def assert_readable(folder: Path) -> None:
    """Say what is wrong with the current build before workers open it; one of our own code is not read for that.

    Raises:
        NotBuilt: nothing is built yet, or the files are damaged.
    """
    stamp, path = folder / CURRENT / STAMP, folder / CURRENT / DATASET
    if not (stamp.is_file() and path.is_file() and stamp.read_text(encoding="utf-8") == _stamp(path)):
        FilesStore(folder)


def _stamp(path: Path) -> str:
    return f"{MODEL_CODE} {path.stat().st_size}"


def write_build(
    folder: Path,
    dataset: Dataset,
    polygons: Mapping[Detail, Polygons],
    lines: Mapping[str, shapely.Geometry],
    encode_layers: Callable[[Path], None] = lambda _: None,
) -> Path:
    """Write a build and make it the current one. Returns its folder.

    ``encode_layers`` adds to the folder what answers are made of, before the build becomes current; it
    may find its files there already. The same data and boundaries give the same folder name and the same bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / dataset.version
    with _staging(folder) as staging:
        (staging / DATASET).write_bytes(orjson.dumps(dataset))
        (staging / STAMP).write_text(_stamp(staging / DATASET), encoding="utf-8")
        (staging / "lines.json").write_bytes(_line_collection(lines))
        _write_levels(staging, folder / CURRENT, f"{dataset.edition.id} {LEVELS_CODE}", polygons)
        existed = target.exists()  # same version, same bytes: the folder may be in use
        if not existed:
            staging.rename(target)
    try:
        encode_layers(target)
    except BaseException:
        if not existed:
            shutil.rmtree(target, ignore_errors=True)
        raise
    switch(folder, dataset.version)
    return target


def install(folder: Path, version: str, fill: Callable[[Path], None]) -> None:
    """Take in a build made elsewhere and make it the current one.

    Args:
        fill: writes the build's files into a folder; into that of the build itself where it exists, then file by
            file, since workers may read it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / version
    if target.exists():
        fill(target)
    else:
        with _staging(folder) as staging:
            fill(staging)
            staging.rename(target)
    switch(folder, version)


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Lend a folder for a build in the making; what is left of it goes."""
    made = Path(tempfile.mkdtemp(prefix=".build-", dir=folder))
    made.chmod(0o755)  # the server may run as another user than the build
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def switch(folder: Path, version: str) -> None:
    """Make a build the current one, keep the link to the one before, and remove builds too old to be read."""
    before = _linked(folder, CURRENT)
    if before not in (None, version):
        _link(folder, PREVIOUS, str(before))
    _link(folder, CURRENT, version)
    _prune(folder)


def roll_back(folder: Path) -> tuple[str, str]:
    """Serve the build that was served before; return the version left and the one served now.

    Raises:
        NotBuilt: there is none, or another version of geoapp wrote it.
    """
    current, previous = _linked(folder, CURRENT), _linked(folder, PREVIOUS)
    if current is None or previous is None:
        raise NotBuilt(f"there is no build in {folder} before the current one to go back to")
    FilesStore(folder, previous)  # what this version cannot read is not switched to
    _link(folder, PREVIOUS, current)
    _link(folder, CURRENT, previous)
    return current, previous


def _linked(folder: Path, name: str) -> str | None:
    """Return the version that a link names; None without the link or the build."""
    path = folder / name
    return path.readlink().name if path.is_symlink() and path.is_dir() else None


def _link(folder: Path, name: str, version: str) -> None:
    """Point a link to a build in one step."""
    link = folder / f".{name}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(version)
    link.rename(folder / name)


def _write_levels(
    folder: Path,
    before: Path,
    made_of: str,
    polygons: Mapping[Detail, Mapping[Level, Mapping[Adcode, shapely.Geometry]]],
) -> None:
    """Write the polygons of all levels; of the build before they are linked where they are the same."""
    names = [
        f"{level}-{detail}.{kind}" for detail in polygons for level in polygons[detail] for kind in ("wkb", "topo")
    ]
    names += [COUNTRY.format(level=level) for level in polygons.get("lo", ())]
    (folder / LEVELS).write_text(made_of, encoding="utf-8")
    known = before / LEVELS
    if known.is_file() and known.read_text(encoding="utf-8") == made_of and all((before / n).exists() for n in names):
        for name in names:
            link(before / name, folder / name)
        return
    for detail, levels in polygons.items():
        for level, shapes in levels.items():
            _write_level(folder, level, detail, shapes)


def _write_level(folder: Path, level: Level, detail: Detail, shapes: Mapping[Adcode, shapely.Geometry]) -> None:
    codes = sorted(shapes)
    geometries = np.array([shapes[code] for code in codes], dtype=object)
    wkb = shapely.to_wkb(geometries)
    write_blobs(folder / f"{level}-{detail}.wkb", dict(zip(codes, wkb, strict=True)))
    topology = {str(code): encode_arcs(shapes[code], detail) for code in codes}
    write_blobs(folder / f"{level}-{detail}.topo", topology)
    if detail == "lo":  # the whole country at once is the largest answer: packed here, not per worker
        packed = gzip.compress(share_arcs(shapes, detail), 9, mtime=0)
        (folder / COUNTRY.format(level=level)).write_bytes(packed)


def _line_collection(lines: Mapping[str, shapely.Geometry]) -> bytes:
    features = [
        {
            "type": "Feature",
            "properties": {"kind": kind},
            "geometry": orjson.Fragment(shapely.to_geojson(shapely.transform(shape, lambda xy: np.round(xy, 3)))),
        }
        for kind, shape in sorted(lines.items())
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _prune(folder: Path) -> None:
    kept = {_linked(folder, CURRENT), _linked(folder, PREVIOUS)}
    builds = [path for path in folder.iterdir() if path.is_dir() and not path.is_symlink() and path.name not in kept]
    builds.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for old in builds[KEEP - 2 :]:
        shutil.rmtree(old, ignore_errors=True)
