"""The ground as indicators: each raster's mean and the sun's geometry, with what they are not.

====================  ===================================================================================
indicator             value of a region
====================  ===================================================================================
ground_<raster>       mean of the raster over the region's area (hyphens of the id become underscores);
                      for a raster of classes the class that covers most, in words
sun_noon              minutes from 12:00 Beijing time to mean solar noon at the region's label point
sun_row_spacing       pitch of rows of panels without shade on the winter solstice, in lengths of a row
====================  ===================================================================================

Everything is ready: means are computed when a raster is published, the sun is arithmetic.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Origin, Text
from geoapp.model.region import Level, Region
from geoapp.model.vocabulary import Kind
from geoapp.model.zonal import ZonalValue
from geoapp.raster.formatting import WHOLE, class_text, number, rounded, share_words
from geoapp.raster.library import RasterLibrary
from geoapp.raster.record import Meaning, RasterRecord, RegionValues, in_language
from geoapp.raster.terrain.sun import region_sun

PREFIX = "ground_"
NOON, PITCH = "sun_noon", "sun_row_spacing"
CAVEATS: dict[Meaning, Text] = {
    "measured": Text(zh="不是规划内容", en="not from a plan"),
    "context": Text(zh="不是规划内容，只作背景", en="not from a plan, background only"),
    "theoretical_bound": Text(
        zh="不是规划内容；晴空理论上限，未计云量，不是资源",
        en="not from a plan; clear-sky upper bound, clouds left out, not a resource",
    ),
}
CAVEAT_TERMS: dict[Meaning, str] = {
    "measured": "ground_measured",
    "context": "ground_context",
    "theoretical_bound": "ground_bound",
}


def indicator_id(raster: str) -> str:
    """Return the id of a raster's indicator, fit for a column name."""
    return PREFIX + raster.replace("-", "_")


@dataclass(slots=True)
class RasterIndicators:
    """The indicators of the published rasters and of the sun."""

    library: RasterLibrary
    _state: str = ""
    _records: dict[str, RasterRecord] = field(default_factory=dict)
    _indicators: dict[str, Indicator] = field(default_factory=dict)

    def indicators(self) -> Mapping[str, Indicator]:
        """Return what there is at this moment, by id: rasters in order of id, then the sun."""
        state = self.library.state
        if not self._indicators or state != self._state:
            records = {indicator_id(record.id): record for record in self.library.records()}
            made = {name: _of_raster(name, record) for name, record in records.items()}
            self._state, self._records, self._indicators = state, records, {**made, **SUN}
        return self._indicators

    def value(self, indicator: str, region: Region) -> ZonalValue | None:
        """Return the value of a region; None where no cell has data, and for the country as a whole."""
        if region.level is Level.NATION:
            return None
        if indicator in SUN:
            return _sun_value(indicator, region)
        self.indicators()
        record = self._records.get(indicator)
        values = self.library.statistics(record).get(region.adcode) if record else None
        return _raster_value(record, values) if record and values else None


def _of_raster(name: str, record: RasterRecord) -> Indicator:
    classes = record.kind == "classes"
    title = Text(zh=f"{record.title.zh}，各地平均", en=f"{record.title.en}, regional mean")
    if classes:
        title = Text(zh=f"{record.title.zh}，面积最大的类别", en=f"{record.title.en}, most common class")
    statistic = Text(zh="各地按面积平均", en="Mean over the area of each region")
    if classes:
        statistic = Text(zh="各地面积最大的类别", en="Class that covers most of each region")
    origin = Origin(
        id=f"raster:{record.id}",
        title=record.title,
        statistic=statistic,
        cited=Text(zh=cited(record, "zh"), en=cited(record, "en")),
        date=Text(zh=in_language(record.date, "zh"), en=in_language(record.date, "en")),
        caveat=CAVEATS[record.meaning],
        url=f"/rasters/{record.id}",
    )
    definition = Text(zh=record.note.zh or record.title.zh, en=record.note.en or record.title.en)
    return _indicator(name, title, definition, record.unit, "grade" if classes else "level", origin)


def cited(record: RasterRecord, lang: str) -> str:
    """Return the source line: title, date, who it is owed to, licence, and the hash of the file it came from."""
    values = {
        "title": record.title.get(lang),
        "date": in_language(record.date, lang),
        "attribution": record.attribution.get(lang),
        "licence": in_language(record.licence, lang),
        "hash": record.source_sha256[:12],
    }
    return Phrase("{title}（{date}）；{attribution}；许可：{licence}；SHA-256 {hash}", values).say(lang)


def _indicator(name: str, title: Text, definition: Text, unit: str, kind: Kind, origin: Origin) -> Indicator:
    return Indicator(
        id=name,
        title=title,
        definition=definition,
        unit=unit,
        sector="ground",
        kind=kind,
        better="none",
        aggregate="none",
        inherit=False,
        draw="fill",
        origin=origin,
    )


def _raster_value(record: RasterRecord, values: RegionValues) -> ZonalValue | None:
    partial = ("ground_partial",) if values.share < WHOLE else ()
    caveats = (CAVEAT_TERMS[record.meaning], *partial)
    share = {"share": share_words(values)}
    if record.kind == "classes":
        text = class_text(record, values.majority, "zh")
        how = Phrase("面积最大的类别；{share}", share)
        return ZonalValue(value=None, text=text, how=how, caveats=caveats) if text else None
    if values.mean is None:
        return None
    mean = rounded(record, values.mean)
    text = f"{number(mean)} {record.unit}".strip()
    return ZonalValue(value=mean, text=text, how=Phrase("按面积平均；{share}", share), caveats=caveats)


SUN_ORIGIN = Origin(
    id="sun",
    title=Text(zh="太阳几何", en="Solar geometry"),
    statistic=Text(zh="各地标注点处的数值", en="Value at the label point of each region"),
    cited=Text(
        zh="本图集按经纬度精确计算，不用任何气象数据；行距按 GB 50797：冬至日真太阳时9:00–15:00不遮挡，倾角为纬度减3°",
        en="computed by this atlas exactly from longitude and latitude, without weather data; row spacing after "
        "GB 50797: no shade 9:00–15:00 true solar time on the winter solstice, tilt = latitude − 3°",
    ),
    date=Text(zh="不随年份变化", en="the same every year"),
    caveat=Text(zh="不是规划内容，按经纬度精确计算", en="not from a plan, computed exactly from the position"),
    url="/rasters#sun",
)
SUN: dict[str, Indicator] = {
    NOON: _indicator(
        NOON,
        Text(zh="平太阳正午晚于北京时间12:00", en="Mean solar noon after 12:00 Beijing time"),
        Text(
            zh="（120°−经度）×4分钟；负数为早于12:00；一年中还有−14至+16分钟的时差",
            en="(120° − longitude) × 4 minutes; below zero is before 12:00; the equation of time adds −14 to +16",
        ),
        "min",
        "level",
        SUN_ORIGIN,
    ),
    PITCH: _indicator(
        PITCH,
        Text(zh="固定支架冬至日不遮挡行距", en="Row spacing of fixed panels without winter shade"),
        Text(
            zh="前后两排前缘的间距，以组件斜面长L为单位",
            en="Distance between the fronts of two rows, in lengths L of the slope of a row",
        ),
        "L",
        "level",
        SUN_ORIGIN,
    ),
}


def _sun_value(indicator: str, region: Region) -> ZonalValue | None:
    sun = region_sun(region)
    if indicator == NOON:
        how = Phrase("全境在北京时间 {first}–{last}", {"first": sun.noon[0], "last": sun.noon[1]})
        minutes = float(round(sun.centre.noon_minutes - 12 * 60))
        return ZonalValue(value=minutes, text=sun.centre.noon, how=how, caveats=("ground_exact",))
    south, north = sun.pitch
    if sun.centre.pitch is None or south is None or north is None:
        return None
    how = Phrase("全境 {low}–{high} L", {"low": f"{south:.2f}", "high": f"{north:.2f}"})
    pitch = round(sun.centre.pitch, 2)
    return ZonalValue(value=pitch, text=f"{pitch:.2f} L", how=how, caveats=("ground_exact",))
