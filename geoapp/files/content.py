"""What goes into a file, whatever its format: rows, shapes, and what must be said about them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely

from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.analysis.undertakings import counted, distinct, layer_of, spread
from geoapp.analysis.vectors import ShownLayer
from geoapp.boundaries.datum import gcj02_to_bd09, wgs84_to_gcj02
from geoapp.features.geojson import DECIMALS, area_properties, point_properties
from geoapp.files import columns
from geoapp.files.changes import differences
from geoapp.files.columns import Column
from geoapp.files.options import Crs, FileOptions
from geoapp.files.progress import columns as progress_columns
from geoapp.files.published.rows import feature_row, feature_shapes, vector_columns
from geoapp.files.zonal_columns import ZonalTable
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Park, Project
from geoapp.model.region import Adcode
from geoapp.model.vector import JOIN
from geoapp.model.view import PointLayer
from geoapp.portrayal import view_content
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.style import MARKS, bracketed
from geoapp.portrayal.vector_layers import layer_line

Kind = str
"""targets, parks, projects, actions, or the id of a published vector layer."""
Row = dict[str, Any]
Shapes = Mapping[Adcode, shapely.Geometry]
KINDS: dict[Kind, Phrase] = {
    "targets": Phrase("目标"),
    "parks": Phrase("园区"),
    "projects": Phrase("项目"),
    "actions": Phrase("举措"),
}
FIGURES, DIFFERENCES = Phrase("统计值"), Phrase("差异")
COLUMNS: dict[Kind, tuple[Column, ...]] = {
    "targets": columns.TARGETS,
    "parks": columns.PARKS,
    "projects": columns.PROJECTS,
    "actions": columns.PROJECTS,
}
ONE_ROW_EACH = Phrase("每个地区一行")
SYSTEMS: dict[Crs, Phrase] = {
    "4326": Phrase("WGS 84 经纬度（EPSG:4326，经度在前）"),
    "4490": Phrase("CGCS2000 经纬度（EPSG:4490，经度在前；与 WGS 84 相差不足 1 米，数值相同）"),
    "gcj02": Phrase("GCJ-02 偏移坐标（高德、腾讯等互联网地图用，不是测绘坐标，不得用于量算）"),
    "bd09": Phrase("BD-09 偏移坐标（百度地图用，不是测绘坐标，不得用于量算）"),
}
DETAILS = {
    "none": Phrase("不含几何"),
    "point": Phrase("代表点（区域标注点，不表示具体位置）"),
    "lo": Phrase("简化界线（约 1 公里），相邻区域共边"),
    "full": Phrase("原始界线"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One kind of feature: rows as dictionaries by column name, and their shapes.

    Attributes:
        shapes: one geometry a row in the file's coordinates; None where the file has none.
        whole: the region of the view as a row of its own, where it is none of the areas. Tables begin with
            it; files of shapes say it in their notes, since its polygon would lie over all the others.
    """

    kind: Kind
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]
    shapes: "np.ndarray[Any, np.dtype[np.object_]] | None"
    geometry_type: str
    whole: Row | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One thing a file says about itself, for programs (``key``) and for people."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Everything a writer needs.

    Attributes:
        caveats: their words by id, for files that people read without a list of codes.
        texts: where the server shows the text of a plan's document, by plan.
    """

    resolved: ResolvedView
    options: FileOptions
    layers: tuple[Layer, ...]
    notes: tuple[Note, ...]
    date: str
    caveats: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)

    @property
    def lang(self) -> str:
        """The language of titles and words."""
        return self.resolved.view.lang

    def passage(self, plan: str, record: str) -> str:
        """Return where a citation leads: its passage on the server, else the document's official address."""
        if plan in self.texts and record:
            return f"{self.texts[plan]}?record={record}#passage"
        return next((each.document_url for each in self.resolved.plans if each.id == plan), "")

    @property
    def title(self) -> str:
        """The title of the view, with the coordinate offset in it where there is one."""
        offset = {"gcj02": " [GCJ-02]", "bd09": " [BD-09]"}.get(self.options.crs, "")
        return self.resolved.title.say(self.lang) + offset

    @property
    def notes_text(self) -> str:
        """The notes as lines, for readmes and descriptions."""
        return "\n".join(f"{note.label}：{note.text}" for note in self.notes)


def collect(
    resolved: ResolvedView,
    dataset: Dataset,
    cards: Cards,
    polygons: Shapes | None,
    zonal: ZonalTable,
    options: FileOptions,
) -> Content:
    """Gather what a file of a view holds: one layer per kind the view asks for.

    Args:
        polygons: shapes of the areas by code; None where the options want none.
        ground: what the rasters and the sun say of the areas.
    """
    lang, view = resolved.view.lang, resolved.view
    layers = [_areas(resolved, cards, polygons, zonal, options)] if view.fill == "targets" else []
    named: dict[PointLayer, Sequence[Park | Project]] = {
        "parks": resolved.parks,
        "projects": resolved.projects,
        "actions": resolved.actions,
    }
    for kind, points in ((kind, points) for kind, points in named.items() if kind in view.layers):
        rows = [_point_row(point, cards, resolved) for point in points]
        at = [(point.lon, point.lat) for point in points]
        layers.append(_layer(kind, rows, shapely.points(np.array(at).reshape(-1, 2)), "Point", lang, options))
    layers += [_vector_layer(each, cards, resolved, options) for each in resolved.vectors]
    return Content(
        resolved=resolved,
        options=options,
        layers=tuple(layers),
        notes=tuple(_notes(resolved, dataset, zonal, options)),
        date=_day(dataset.edition.data_date),
        caveats={term.id: term.title.get(lang) for term in dataset.terms if term.kind == "caveat"},
    )


def _vector_layer(shown: ShownLayer, cards: Cards, resolved: ResolvedView, options: FileOptions) -> Layer:
    """Return a published vector layer as a layer of the file, its own columns among those every layer has."""
    lang, layer = resolved.view.lang, shown.layer
    rows = [
        _marked(feature_row(each, layer, cards.gazetteer, lang), f"{layer.id}{JOIN}{each.id}", resolved)
        for each in shown.features
    ]
    extra = (columns.SELECTED,) if rows and "selected" in rows[0] else ()
    shapes, kind = feature_shapes(shown)
    return Layer(
        kind=layer.file_name,
        title=layer.title.get(lang),
        columns=(*vector_columns(layer, lang), *extra),
        rows=rows,
        shapes=None if options.geometry == "none" else shift(shapes, options.crs),
        geometry_type=kind,
    )


def _areas(
    resolved: ResolvedView, cards: Cards, polygons: Shapes | None, zonal: ZonalTable, options: FileOptions
) -> Layer:
    rows = [{**_area_row(area, cards, resolved), **zonal.rows[area.region.adcode]} for area in resolved.areas]
    if polygons is None or options.geometry == "point":
        shapes = shapely.points(np.array([area.region.label for area in resolved.areas]).reshape(-1, 2))
        layer = _layer("targets", rows, shapes, "Point", resolved.view.lang, options)
    else:
        shapes = np.empty(len(rows), dtype=object)
        shapes[:] = [shapely.orient_polygons(polygons[area.region.adcode]) for area in resolved.areas]
        layer = _layer("targets", rows, shapes, "MultiPolygon", resolved.view.lang, options)
    if resolved.indicator.compared:
        layer = replace(layer, title=DIFFERENCES.say(resolved.view.lang))
    if resolved.indicator.reported:
        layer = replace(layer, title=FIGURES.say(resolved.view.lang))
    measured: tuple[Column, ...] = progress_columns.COLUMNS if resolved.view.measure != "target" else ()
    measured += differences.COLUMNS if resolved.view.against else ()
    return replace(layer, columns=(*layer.columns, *measured, *zonal.columns), whole=_whole(resolved, cards, options))


def _whole(resolved: ResolvedView, cards: Cards, options: FileOptions) -> Row | None:
    """Return the row of the view's region; None where it has nothing to say or is an area itself."""
    code, answer = resolved.region.adcode, resolved.own
    if answer.plan is None and answer.indicator.origin is None:
        return None
    if any(area.region.adcode == code for area in resolved.areas):
        return None
    row = _area_row(resolved.whole, cards, resolved)
    if options.geometry != "point":
        return row
    lon, lat = shapely.get_coordinates(shift(shapely.points([resolved.region.label]), options.crs))[0]
    return {**row, "lon": float(lon), "lat": float(lat)}


def _layer(kind: Kind, rows: list[Row], shapes: Any, geometry_type: str, lang: str, options: FileOptions) -> Layer:
    extra = (columns.SELECTED,) if rows and "selected" in rows[0] else ()
    return Layer(
        kind=kind,
        title=KINDS[kind].say(lang),
        columns=(*COLUMNS[kind], *extra),
        rows=rows,
        shapes=None if options.geometry == "none" else shift(shapes, options.crs),
        geometry_type=geometry_type,
    )


def shift(shapes: Any, crs: Crs) -> Any:
    """Return shapes in the file's coordinates, rounded to 0.1 m; GCJ-02 and BD-09 are offsets."""
    if crs in ("4326", "4490"):
        return shapes

    def move(xy: Any) -> Any:
        lon, lat = wgs84_to_gcj02(xy[:, 0], xy[:, 1])
        if crs == "bd09":
            lon, lat = gcj02_to_bd09(lon, lat)
        return np.round(np.column_stack([lon, lat]), DECIMALS)

    return shapely.transform(shapes, move)


def _area_row(area: Area, cards: Cards, resolved: ResolvedView) -> Row:
    answer = area.resolution
    words = cards.answer(answer, resolved.view.lang)
    row = {
        **area_properties(area),
        "indicator_name": words["indicator_name"],
        "status_words": words["status_words"],
        "label": words["label"],
        "citation": words["citation"]["text"] if words["citation"] else None,
    }
    if resolved.view.measure != "target":
        row |= {"label": area.label, **progress_columns.progress_row(area.progress, cards, resolved.view.lang)}
    if area.pair is not None:
        row |= differences.difference_row(area.pair, cards, resolved.view.lang)
    return _marked(row, area.region.adcode, resolved)


def _point_row(point: Park | Project, cards: Cards, resolved: ResolvedView) -> Row:
    words = cards.point(point, resolved.view.lang)
    row: Row = {"layer": layer_of(point), **point_properties(point)}
    region = cards.gazetteer[point.adcode]
    row["region_name"] = region.official_name or region.name
    row |= {
        name: words[name]
        for name in ("precision_words", "programme_words", "nature_words", "type_words", "status_words")
        if name in words
    }
    row["citation"] = words["citation"]["text"]
    return _marked(row, point.id, resolved)


def _marked(row: Row, identifier: str, resolved: ResolvedView) -> Row:
    """Say which row the reader had selected; without a selection there is no such column."""
    return {**row, "selected": identifier == resolved.view.sel} if resolved.view.sel else row


def _notes(resolved: ResolvedView, dataset: Dataset, zonal: ZonalTable, options: FileOptions) -> Iterable[Note]:
    lang, edition = resolved.view.lang, dataset.edition

    def note(key: str, label: Phrase, text: str) -> Note:
        return Note(key=key, label=label.say(lang), text=text)

    yield note("title", Phrase("标题"), resolved.title.say(lang))
    yield note("subtitle", Phrase("说明"), resolved.subtitle.say(lang))
    if resolved.points:
        told = [each.say(lang) for each in counted(resolved.tally)]
        wide = [
            each.say(lang) for each in (spread(distinct(resolved.projects)), spread(distinct(resolved.actions))) if each
        ]
        once = [*wide, ONE_ROW_EACH.say(lang)] if wide else []
        yield note(
            "undertakings",
            Phrase("个数"),
            MARKS[lang][0].join(told) + bracketed(MARKS[lang][1].join(once), lang) * bool(once),
        )
    for number, plan in enumerate(resolved.plans, start=1):
        cited = view_content.source(plan, lang)
        parts = [cited["title"], cited["document_no"], cited["issuer"], cited["published"]]
        yield note(f"source_{number}", Phrase("资料来源"), "，".join(part for part in parts if part))
    if resolved.indicator.origin is not None:
        yield note("origin", Phrase("资料来源"), resolved.indicator.origin.cited.get(lang))
    if resolved.results_origin is not None:
        yield note("results", Phrase("结果来源"), resolved.results_origin.cited.get(lang))
    for number, each in enumerate(resolved.vectors, start=1):
        yield note(f"layer_{number}", Phrase("资料来源"), layer_line(each, lang))
    for number, line in enumerate(zonal.sources, start=1):
        yield note(f"ground_{number}", Phrase("栅格列的来源"), line)
    yield note("attribution", Phrase("边界来源"), view_content.attribution(dataset, lang))
    notice = edition.usage_notice_en if lang == "en" else edition.usage_notice
    yield note("usage_notice", Phrase("使用限制"), notice)
    yield note("notice", Phrase("声明"), view_content.notice(resolved.view).say(lang))
    yield note("coordinates", Phrase("坐标系"), SYSTEMS[options.crs].say(lang))
    yield note("geometry", Phrase("几何"), DETAILS[options.geometry].say(lang))
    yield note("data_version", Phrase("数据版本"), dataset.version)
    yield note("boundary_edition", Phrase("边界版本"), edition.id)
    yield note("view", Phrase("视图"), f"?{resolved.view.query()}")


def _day(data_date: str) -> str:
    """Return the one date that files are stamped with, so that the same view gives the same bytes."""
    return data_date if len(data_date) == 10 else f"{data_date[:7]}-01"


def flat(value: Any) -> Any:
    """Return a value as a table cell holds it: a list becomes words with semicolons."""
    return ";".join(value) if isinstance(value, list) else value


def union_columns(content: Content) -> tuple[Column, ...]:
    """Return the columns of all layers in one table, the layer's name first."""
    found = {column.name: column for layer in content.layers for column in layer.columns}
    return (columns.LAYER, *found.values())


Writer = Callable[[Content], bytes]
