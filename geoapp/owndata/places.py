"""A reader's own points and shapes as a layer of views, ``own:<id>``: taken, found again, forgotten, never listed."""

import datetime
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import orjson
from pydantic import TypeAdapter

from geoapp.errors import GeoappError, InvalidData, NotFound, UnreadableTable
from geoapp.model.localized_issue import LocalizedIssue
from geoapp.model.phrase import Phrase, in_a_row
from geoapp.model.plan import Text
from geoapp.model.vector import OWN, VectorFeature, VectorLayer
from geoapp.owndata import shapes_confined
from geoapp.owndata.reading.own_process import ask_process
from geoapp.owndata.reading.read import read_book
from geoapp.owndata.reading.refused import refusal
from geoapp.owndata.reading.sheet import MOST_BYTES
from geoapp.owndata.uploads import CREATED, GONE, Uploads
from geoapp.vector.add import Described, add_layer
from geoapp.vector.coordinates import DATUMS, Datum
from geoapp.vector.join import Counties, Published
from geoapp.vector.library import VectorLibrary
from geoapp.vector.placed_table import PlacedTable, place_table

KEPT = "layer.json"
SHAPES = tuple(shapes_confined.BEGINNINGS)
MOST_TOLD = 5
CHINA_TIME = datetime.timezone(datetime.timedelta(hours=8))
NAMES = ("名称", "项目名称", "站名", "地点", "name", "title")
"""Headers of columns of names, where the reader names none."""
FAULTS = Phrase("{file}：{faults}")
CITED = Phrase("使用者提供：{file}，{time}上传，未经核对")
NO_DATUM = Phrase("{file}：请说明坐标的基准：wgs84（GPS）、cgcs2000（测绘）或 gcj02（高德、腾讯），相差可达 500 米")
ONE_SHEET = Phrase("{file}：有几张工作表，请指明一张：{known}")
REFUSALS = {
    "damaged": Phrase("{file}：文件损坏，或与扩展名不符，读不出来"),
    "bomb": Phrase("{file}：压缩包展开后过大（超过 {most} MB），没有打开"),
    "one_shapefile": Phrase("{file}：压缩包里有 {count} 个图层；请只压缩一个 Shapefile（.shp .dbf .shx .prj）"),
    "rows": Phrase("{file}：有 {count} 行，最多读 {most} 行；请分成几个文件"),
    "columns": Phrase("{file}：有 {count} 列，最多读 {most} 列；请只留需要的列"),
    "vertices": Phrase("{file}：有 {count} 个顶点，最多读 {most} 个；请先简化"),
    "empty": Phrase("{file}：没有一行有位置"),
    "faults": FAULTS,
}
LAYER = TypeAdapter(VectorLayer)
FEATURES = TypeAdapter(tuple[VectorFeature, ...])


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader says of a file: which columns mean what, and what a table's coordinates stand on."""

    datum: str = ""
    lon: str = ""
    lat: str = ""
    sheet: str = ""
    layer: str = ""
    crs: str = ""
    encoding: str = ""
    name: str = ""
    kind: str = ""
    amount: str = ""
    unit: str = ""


class OwnPlaces(VectorLibrary):
    """The published layers, and beside them those of readers: who knows an id finds its layer, nobody gets a list."""

    def __init__(self, published: VectorLibrary, uploads: Uploads) -> None:
        self._published, self.uploads = published, uploads
        super().__init__(published.layers().values(), lambda name: uploads.folder / name)

    def find(self, layer: str) -> VectorLayer | None:
        """Return a layer, published or a reader's own; None where there is none, or no longer."""
        if not layer.startswith(OWN):
            return self._published.find(layer)
        try:
            return _read(self._folder(layer)).layer
        except NotFound:
            return None

    def features(self, layer: str) -> Sequence[VectorFeature]:
        """Return the features of a layer.

        Raises:
            NotFound: a reader's own layer is there no longer.
        """
        return _read(self._folder(layer)).features if layer.startswith(OWN) else self._published.features(layer)

    def feature(self, layer: str, identifier: str) -> VectorFeature:
        """Return one feature.

        Raises:
            NotFound: there is no such layer, or it has none of this id.
        """
        if not layer.startswith(OWN):
            return self._published.feature(layer, identifier)
        found = next((each for each in self.features(layer) if each.id == identifier), None)
        if found is None:
            raise NotFound(f"the layer has no feature {identifier!r}")
        return found

    def take(self, data: bytes, name: str, asked: Asked, counties: Counties) -> VectorLayer:
        """Read a file, join its places to counties and keep it.

        Raises:
            UnreadableTable: it cannot be read; the sentence says which row stops it.
            OSError: the disk is full.
        """
        made = _made(data, name, asked, counties)
        kept = {"layer": made.layer, "features": made.features}
        identifier = self.uploads.keep({KEPT: orjson.dumps(kept)})
        found = self.find(f"{OWN}{identifier}")
        assert found is not None, "it was kept a moment ago"
        return found

    def expires(self, layer: str) -> float:
        """Return when a reader's own layer is removed, in seconds since 1970."""
        return self.uploads.expires(self._folder(layer))

    def forget(self, layer: str) -> None:
        """Remove a reader's own layer.

        Raises:
            NotFound: there is none.
        """
        self.uploads.remove(self._folder(layer).name)

    def _folder(self, layer: str) -> Path:
        folder = self.uploads.find(layer.removeprefix(OWN))
        if not (folder / KEPT).is_file():  # an upload of another kind
            raise NotFound(GONE.say("en"), wording=GONE, suggestion="/table")
        return folder


@lru_cache(maxsize=8)
def _read(folder: Path) -> Published:
    """Return what an upload holds; its id never names another content."""
    kept = orjson.loads((folder / KEPT).read_bytes())
    layer = LAYER.validate_python(kept["layer"])
    created = datetime.datetime.fromtimestamp((folder / CREATED).stat().st_mtime, CHINA_TIME)
    values = {"file": layer.title.zh, "time": created.strftime("%Y-%m-%d %H:%M")}
    cited = Text(zh=Phrase(CITED.text, values).say("zh"), en=Phrase(CITED.text, values).say("en"))
    features = FEATURES.validate_python(kept["features"])
    return Published(replace(layer, id=f"{OWN}{folder.name}", attribution=cited, licence=""), features)


def _made(data: bytes, name: str, asked: Asked, counties: Counties) -> Published:
    if len(data) > MOST_BYTES:
        raise refusal("bytes", name, count=f"{len(data) / 2**20:.1f}", most=MOST_BYTES // 2**20)
    suffix = Path(name).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="geoapp-own-") as folder:
        path = Path(folder) / f"given{suffix}"
        path.write_bytes(data)
        try:
            placed = None if suffix in SHAPES else _placed(data, name, asked)
            if placed is None:
                path = _shapes(path, name, asked)
            described = _described(name, asked, placed.headers if placed else ())
            made = add_layer(path, described, Path(folder) / "made", counties, placed)
        except InvalidData as error:
            told = [_sentence(each) for each in error.issues[:MOST_TOLD]]
            more = [Phrase("还有 {count} 处", {"count": len(error.issues) - MOST_TOLD})]
            faults = in_a_row([*told, *(more if len(error.issues) > MOST_TOLD else [])])
            raise UnreadableTable(Phrase(FAULTS.text, {"file": name, "faults": faults})) from None
        except UnreadableTable:
            raise
        except GeoappError as error:
            raise UnreadableTable(Phrase(FAULTS.text, {"file": name, "faults": str(error)})) from None
    return made


def _sentence(issue: object) -> object:
    wording = issue.wording if isinstance(issue, LocalizedIssue) else None
    return wording if isinstance(wording, Phrase) else str(issue)


def _described(name: str, asked: Asked, headers: Sequence[str]) -> Described:
    named = asked.name or next((header for header in headers if header.strip().lower() in NAMES), "")
    return Described(
        id="own", title=name, name=named, kind_header=asked.kind, amount=asked.amount, unit=asked.unit,
        summed=bool(asked.amount), licence="-", attribution="-",
    )  # fmt: skip


def _placed(data: bytes, name: str, asked: Asked) -> PlacedTable:
    """Read a table with its places; nobody can see which datum they are in, so the reader says it."""
    datum: Datum | None = next((each for each in DATUMS if each == asked.datum), None)
    if datum is None:
        raise UnreadableTable(Phrase(NO_DATUM.text, {"file": name}))
    shown = [each for each in read_book(data, name).sheets if not each.hidden and each.rows]
    found = [each for each in shown if each.name == asked.sheet] if asked.sheet else shown
    if len(found) != 1:
        known = in_a_row(each.name for each in shown)
        raise UnreadableTable(Phrase(ONE_SHEET.text, {"file": name, "known": known}))
    return place_table(name, found[0].rows, datum, asked.lon, asked.lat)


def _shapes(path: Path, name: str, asked: Asked) -> Path:
    """Read a file of shapes in a process of its own; return it as GeoJSON that we wrote."""
    started = time.monotonic()
    try:
        found = ask_process(shapes_confined, str(path), asked.layer, asked.crs, asked.encoding)
    except (subprocess.SubprocessError, orjson.JSONDecodeError):
        found = {"refused": "damaged", "values": {"seconds": round(time.monotonic() - started)}}
    if "refused" in found:
        wording = REFUSALS[str(found["refused"])]
        values = found["values"]
        assert isinstance(values, dict)
        raise UnreadableTable(Phrase(wording.text, {"file": name, **values}))
    made = path.with_name("read.geojson")
    made.write_bytes(orjson.dumps(found["collection"]))
    return made
