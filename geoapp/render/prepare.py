"""What is prepared for serving: encoded features with the build, vector tiles after it.

Drawing the tiles takes half a minute for a new boundary edition. A build does not wait for them:
the server has them drawn beside it (``geoapp tiles``) and answers 503 for tiles until they are there.

Files are named after all they depend on (divisions on the boundary edition, plans on the data,
both on the code that encodes), so that what exists is linked and not made again.
"""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import shapely

from geoapp.model.dataset import Dataset, LayerInfo
from geoapp.model.region import Adcode, Level
from geoapp.render import tiles
from geoapp.render.collections import FOLDER, Record, layer_name, records, shape_of, tiles_name
from geoapp.render.features import encode_point, encode_shape
from geoapp.render.prepared import SUFFIXES, encode, write_layer
from geoapp.store.base import Detail

DETAILS: tuple[Detail, ...] = ("lo", "full")
Polygons = Mapping[Detail, Mapping[Level, Mapping[Adcode, shapely.Geometry]]]
Progress = Callable[[str], None]


def prepare(folder: Path, kept: Path, dataset: Dataset, polygons: Polygons) -> None:
    """Put the encoded features into a build's folder, and the tiles that exist already.

    Args:
        folder: the build's folder.
        kept: where prepared files outlive builds; files of other versions are cleared from it.
    """
    target = folder / FOLDER
    for each in (target, kept):
        each.mkdir(parents=True, exist_ok=True)
    wanted: set[str] = set()
    for info in dataset.layers:
        wanted |= _layers(kept, info, dataset, polygons) | {tiles_name(info.id, dataset)}
    for name in sorted(wanted):
        if (kept / name).exists():
            _link(kept / name, target / name)
    for path in kept.iterdir():
        if path.is_file() and path.name not in wanted and path.stat().st_nlink == 1:
            path.unlink()


def _layers(kept: Path, info: LayerInfo, dataset: Dataset, polygons: Polygons) -> set[str]:
    """Write a collection's encoded features unless they exist; return the names of the files."""
    names: set[str] = set()
    for detail in DETAILS:
        base = layer_name(info.id, detail, dataset)
        files = {base + suffix for suffix in SUFFIXES}
        if not all((kept / name).exists() for name in files):
            with _made_in(kept) as work:
                _write_layer(work / base, info, detail, dataset, polygons)
        names |= files
    return names


def missing_tiles(folder: Path, dataset: Dataset) -> list[LayerInfo]:
    """Return the collections of a build that have no tiles yet."""
    return [info for info in dataset.layers if not (folder / FOLDER / tiles_name(info.id, dataset)).exists()]


def draw(folder: Path, kept: Path, dataset: Dataset, polygons: Polygons, progress: Progress) -> None:
    """Draw the tiles that a build lacks, each put in place when it is whole."""
    for each in (folder / FOLDER, kept):
        each.mkdir(parents=True, exist_ok=True)
    for info in missing_tiles(folder, dataset):
        name = tiles_name(info.id, dataset)
        if not (kept / name).exists():
            progress(f"drawing vector tiles of {info.id} to level {tiles.DEEPEST[info.id]}")
            with _made_in(kept) as work:
                _write_tiles(work / name, info, dataset, polygons)
        _link(kept / name, folder / FOLDER / name)


def _write_layer(base: Path, info: LayerInfo, detail: Detail, dataset: Dataset, polygons: Polygons) -> None:
    found = records(info.id, dataset)
    shapes = _shapes(found, info, detail, dataset, polygons)
    write_layer(base, (_encode(each, shape) for each, shape in zip(found, shapes, strict=True)))


def _write_tiles(path: Path, info: LayerInfo, dataset: Dataset, polygons: Polygons) -> None:
    found = records(info.id, dataset)
    shapes = _shapes(found, info, "lo" if tiles.DEEPEST[info.id] < 8 else "full", dataset, polygons)
    date = f"{dataset.edition.data_date[:7]}-01"
    tiles.write_tiles(path, info.id, info.title_zh, [each.properties for each in found], shapes, date)


def _shapes(found: list[Record], info: LayerInfo, detail: Detail, dataset: Dataset, polygons: Polygons) -> list[Any]:
    regions = {region.adcode: region for region in dataset.regions}
    return [shape_of(each, info.id, regions, polygons[detail].__getitem__) for each in found]


def _encode(record: Record, shape: Any) -> tuple[bytes, int, int]:
    geometry = encode_point(*record.point) if record.point is not None else encode_shape(shape)
    return encode(record.id, record.properties, geometry)


@contextmanager
def _made_in(kept: Path) -> Iterator[Path]:
    """Lend a folder of its own, then move what was made in it: two builds at once do not meet."""
    with tempfile.TemporaryDirectory(dir=kept, prefix=".making-") as folder:
        yield Path(folder)
        for path in Path(folder).iterdir():
            path.rename(kept / path.name)


def _link(source: Path, target: Path) -> None:
    """Link a file into a build; where links cannot be, copy it."""
    if target.exists():
        return
    try:
        target.hardlink_to(source)
    except OSError:
        part = target.with_name(target.name + ".part")
        shutil.copyfile(source, part)
        part.rename(target)
