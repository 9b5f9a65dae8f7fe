"""What a screen must not be asked, and what its reader must be told."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geoapp.errors import InvalidData, Issue
from geoapp.model.localized_issue import LocalizedIssue
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Text
from geoapp.raster.record import RasterRecord
from geoapp.raster.siting.grid import Grid
from geoapp.raster.siting.spec import Criterion, ScreenSpec
from geoapp.raster.terrain.slope import COARSEST_M

Records = Sequence[RasterRecord | None]
COARSE = 4.0
"""A raster whose cells are this many times the grid's is called out."""
COARSE_SLOPE = Phrase("“{title}”的格网是{cell}米，算出的坡度没有意义；请加入{finest}米或更细的高程")


def refuse_nonsense(spec: ScreenSpec, records: Records, places: Mapping[int, Sequence[Any]]) -> None:
    """Raise with every criterion that cannot mean what it says.

    Raises:
        InvalidData: slope of a coarse grid, an upper bound used as a resource, classes as numbers,
            numbers as classes, or a distance to points of which none is known well enough.
    """
    issues: list[Issue] = []
    for number, (criterion, record) in enumerate(zip(spec.criterion, records, strict=True)):
        where = f"criterion {number + 1}"
        if record is not None:
            issues += [LocalizedIssue(where, *nonsense) for nonsense in _raster_nonsense(criterion, record)]
        elif criterion.distance_to and not places.get(number):
            problem = f"no {criterion.distance_to} is known to its site or town; a county's label point is no site"
            hint = 'give coordinates with distance_to = "points"'
            issues.append(LocalizedIssue(where, problem, hint, Phrase("没有一处的位置精确到乡镇，量不出距离")))
    if issues:
        raise InvalidData("screen", issues)


Nonsense = tuple[str, str, Text]
"""Problem and hint in English, and one sentence for pages."""


def _raster_nonsense(criterion: Criterion, record: RasterRecord) -> Iterator[Nonsense]:
    if record.meaning == "theoretical_bound":
        problem = f"{record.id} is a theoretical upper bound that ranks cloudy places too high, not a resource"
        hint = "add a resource raster, such as one of the Global Solar Atlas, with `geoapp raster add`"
        yield problem, hint, _about(record, Phrase("“{title}”是晴空理论上限，会把多云的地方排到前面，不能当资源筛选"))
    if criterion.measure == "slope":
        if record.unit not in ("m", "米"):
            problem = f"slope needs heights in m; {record.id} is in {record.unit or 'classes'}"
            yield problem, "name a height model", _about(record, Phrase("“{title}”不是以米为单位的高程，算不出坡度"))
        elif record.cell_m > COARSEST_M:
            problem = f"slope from {record.id} means nothing: its cells are {record.cell_m:,.0f} m"
            hint = f"add a height model with cells of {COARSEST_M:g} m or finer, such as Copernicus GLO-30"
            yield problem, hint, _about(record, COARSE_SLOPE)
    listed = bool(criterion.classes or criterion.not_classes)
    if record.kind == "classes" and not listed:
        hint = "use classes or not_classes"
        yield (
            f"{record.id} holds classes, not numbers",
            hint,
            _about(record, Phrase("“{title}”是分类图层，没有大小可比")),
        )
    if record.kind == "values" and listed:
        hint = "use at_least and at_most"
        yield f"{record.id} holds numbers, not classes", hint, _about(record, Phrase("“{title}”是数值图层，没有类别"))


def _about(record: RasterRecord, sentence: Phrase) -> Text:
    """Fill a sentence about a raster in both languages; its title differs too."""
    values = {"cell": f"{record.cell_m:,.0f}", "finest": f"{COARSEST_M:g}"}
    zh, en = (Phrase(sentence.text, {**values, "title": record.title.get(lang)}).say(lang) for lang in ("zh", "en"))
    return Text(zh=zh, en=en)


def warnings_about(
    spec: ScreenSpec, records: Records, left_out: Mapping[int, int], grid: Grid, lang: str
) -> Iterator[Phrase]:
    """Yield what a reader must know before using the result."""
    for number, (criterion, record) in enumerate(zip(spec.criterion, records, strict=True)):
        if record is not None:
            yield from _raster_warnings(criterion, record, grid, lang)
        if left_out.get(number):
            yield Phrase("有{count}处只知道所在县，没有计入距离", {"count": left_out[number]})
    yield Phrase("这是粗筛结果，不能代替选址论证；图层的时间和分辨率见下表。")


def _raster_warnings(criterion: Criterion, record: RasterRecord, grid: Grid, lang: str) -> Iterator[Phrase]:
    title = {"title": record.title.get(lang)}
    if record.meaning == "context":
        yield Phrase("“{title}”只作背景，误差大，这一条件只能当作粗略限制", title)
    if record.cell_m > COARSE * grid.resolution:
        values = {**title, "cell": f"{record.cell_m:,.0f}", "grid": f"{grid.resolution:g}"}
        yield Phrase("“{title}”的格网为{cell}米，筛选格网为{grid}米，结果的边界是它的格子，不是地形", values)
    if criterion.measure == "value" and _does_nothing(criterion, record):
        yield Phrase("条件“{title}”没有排除任何地方：图层的全部数值都满足", title)
    if criterion.nodata == "keep":
        yield Phrase("“{title}”无数据的地方按满足条件处理", title)


def _does_nothing(criterion: Criterion, record: RasterRecord) -> bool:
    if criterion.at_least is None and criterion.at_most is None:
        return False
    low_passes = criterion.at_least is None or record.minimum >= criterion.at_least
    high_passes = criterion.at_most is None or record.maximum <= criterion.at_most
    return low_passes and high_passes
