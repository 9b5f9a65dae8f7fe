"""A reader's own points and shapes as a layer of views, ``own:<id>``: taken, found again, forgotten, never listed."""

import datetime
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson
from pydantic import TypeAdapter

from geoapp.errors import InvalidData, NotFound, UnreadableTable
from geoapp.model.localized_issue import LocalizedIssue
from geoapp.model.phrase import Phrase, in_a_row
from geoapp.model.plan import Text
from geoapp.model.vector import OWN, VectorFeature, VectorLayer
from geoapp.owndata import shapes_confined
from geoapp.owndata.reading.own_process import ask_process
from geoapp.owndata.reading.read import read_book
from geoapp.owndata.reading.refused import refusal
from geoapp.owndata.reading.sheet import MOST_BYTES
from geoapp.owndata.shapes_confined import MOST_TOLD
from geoapp.owndata.understanding.units import proposed_draw
from geoapp.owndata.uploads import CREATED, GONE, Uploads
from geoapp.vector.add import Described, add_layer
from geoapp.vector.coordinates import DATUMS, Datum
from geoapp.vector.faults import SENTENCES
from geoapp.vector.join import Counties, Published
from geoapp.vector.kinds import LayerRefused
from geoapp.vector.library import VectorLibrary
from geoapp.vector.placed_table import PlacedTable, place_table
from geoapp.vector.redraw import Drawing, redraw

KEPT = "layer.json"
SHAPES = tuple(shapes_confined.BEGINNINGS)
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
    "empty": Phrase("{file}：没有一行有位置；请检查坐标，重新导出再试"),
}
LAYER = TypeAdapter(VectorLayer)
DRAWING = TypeAdapter(Drawing)
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
        identifier = self.uploads.keep({KEPT: _packed(*_made(data, name, asked, counties))})
        found = self.find(f"{OWN}{identifier}")
        assert found is not None, "it was kept a moment ago"
        return found

    def drawing(self, layer: str) -> Drawing:
        """Return which columns of a reader's own layer name, tell apart and size its symbols."""
        return DRAWING.validate_python(_kept(self._folder(layer)).get("drawing", {}))

    def redraw(self, layer: str, drawing: Drawing) -> None:
        """Let other columns decide how a reader's own layer is drawn.

        Raises:
            UnreadableTable: a column is not there, or cannot be used so.
            NotFound: there is no such layer, or no longer.
        """
        with self.uploads.changing(self._folder(layer).name) as folder:
            kept = _kept(folder)
            published = Published(LAYER.validate_python(kept["layer"]), FEATURES.validate_python(kept["features"]))
            column = next(
                (each for each in published.layer.columns if drawing.amount in (each.title.zh, each.name)), None
            )
            settled = replace(drawing, summed=column is not None and _adds_up(column.title.zh, drawing.unit))
            try:
                made = redraw(published, settled)
            except LayerRefused as error:
                raise UnreadableTable(error.wording or Phrase(str(error))) from None
            self.uploads.replace(folder, KEPT, _packed(made, settled))

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


def _packed(made: Published, drawing: Drawing) -> bytes:
    return orjson.dumps({"layer": made.layer, "features": made.features, "drawing": drawing})


def _kept(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads((folder / KEPT).read_bytes())
    return found


def _adds_up(title: str, unit: str) -> bool:
    """Say whether a column may be added up over a region: amounts may, rates and levels may not."""
    return proposed_draw(title, unit) == "symbol"


def _read(folder: Path) -> Published:
    """Return what an upload holds at this moment."""
    return _read_once(folder, (folder / KEPT).stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read_once(folder: Path, _: int) -> Published:
    """Return what an upload holds since it was last drawn anew."""
    kept = _kept(folder)
    layer = LAYER.validate_python(kept["layer"])
    created = datetime.datetime.fromtimestamp((folder / CREATED).stat().st_mtime, CHINA_TIME)
    values = {"file": layer.title.zh, "time": created.strftime("%Y-%m-%d %H:%M")}
    cited = Text(zh=Phrase(CITED.text, values).say("zh"), en=Phrase(CITED.text, values).say("en"))
    features = FEATURES.validate_python(kept["features"])
    return Published(replace(layer, id=f"{OWN}{folder.name}", attribution=cited, licence=""), features)


def _made(data: bytes, name: str, asked: Asked, counties: Counties) -> tuple[Published, Drawing]:
    if len(data) > MOST_BYTES:
        raise refusal("bytes", name, count=f"{len(data) / 2**20:.1f}", most=MOST_BYTES // 2**20)
    suffix = Path(name).suffix.lower()
    with tempfile.TemporaryDirectory(prefix="geoapp-own-") as folder:
        path = Path(folder) / f"given{suffix}"
        path.write_bytes(data)
        try:
            placed = None if suffix in SHAPES else _placed(data, name, asked)
            headers: Sequence[str] = placed.headers if placed else ()
            if placed is None:
                path, headers = _shapes(path, name, asked)
            described = _described(name, asked, headers)
            made = add_layer(path, described, Path(folder) / "made", counties, placed)
        except InvalidData as error:
            told = [_sentence(each) for each in error.issues[:MOST_TOLD]]
            raise _faulty(name, told, len(error.issues) - MOST_TOLD) from None
        except LayerRefused as error:
            raise UnreadableTable(Phrase(FAULTS.text, {"file": name, "faults": error.wording or str(error)})) from None
    return made, Drawing(
        name=described.name,
        kind=described.kind_header,
        amount=described.amount,
        unit=described.unit,
        summed=described.summed,
    )


def _faulty(name: str, told: Sequence[object], more: int) -> UnreadableTable:
    """Return what is wrong with a file: some faults, and how many more there are."""
    rest = [Phrase("还有 {count} 处", {"count": more})] if more > 0 else []
    return UnreadableTable(Phrase(FAULTS.text, {"file": name, "faults": in_a_row([*told, *rest])}))


def _sentence(issue: object) -> object:
    wording = issue.wording if isinstance(issue, LocalizedIssue) else None
    return wording if isinstance(wording, Phrase) else str(issue)


def _described(name: str, asked: Asked, headers: Sequence[str]) -> Described:
    named = asked.name or next((header for header in headers if header.strip().lower() in NAMES), "")
    return Described(
        id="own", title=name, name=named, kind_header=asked.kind, amount=asked.amount, unit=asked.unit,
        summed=_adds_up(asked.amount, asked.unit) if asked.amount else False, licence="-", attribution="-",
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


def _shapes(path: Path, name: str, asked: Asked) -> tuple[Path, list[str]]:
    """Read a file of shapes in a process of its own; return it as GeoJSON that we wrote, and its headers."""
    started = time.monotonic()
    try:
        found = ask_process(shapes_confined, str(path), asked.layer, asked.crs, asked.encoding)
    except (subprocess.SubprocessError, orjson.JSONDecodeError):
        found = {"refused": "damaged", "values": {"seconds": round(time.monotonic() - started)}}
    if "refused" in found:
        key, values = found["refused"], found["values"]
        if key in SENTENCES:
            raise _faulty(name, [Phrase(SENTENCES[key].text, values)], 0)
        raise UnreadableTable(Phrase(REFUSALS[key].text, {"file": name, **values}))
    if "faults" in found:
        raise _faulty(name, [Phrase(**each) for each in found["faults"]], found["more"])
    made = path.with_name("read.geojson")
    made.write_bytes(orjson.dumps(found["collection"]))
    return made, [str(header) for header in found["headers"]]
