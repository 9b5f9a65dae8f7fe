"""The tables of a build in the database: their columns, and what they mean in both languages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from geoapp.store.postgis import rows
from geoapp.store.postgis.rows import CRS, Row, Source


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, type with its constraints, and what it holds."""

    name: str
    type: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table; ``more`` are constraints over several columns."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    rows: Callable[[Source], Iterable[Row]]
    more: tuple[str, ...] = ()


PLAN = Column("plan", "text NOT NULL REFERENCES plans", "规划编号", "plan")
REGION = Column("adcode", "text NOT NULL REFERENCES regions", "行政区划代码", "division code")
INDICATOR = Column("indicator", "text NOT NULL REFERENCES indicators", "指标编号", "indicator")
NAME_PRINTED = Column("indicator_name", "text NOT NULL", "文件所印指标名称", "indicator as the document prints it")
VALUE = Column("value", "double precision", "数值；文字目标为空", "number; null for goals in words")
VALUE_TEXT = Column("value_text", "text NOT NULL", "文件所印数值", "value exactly as printed")
UNIT = Column("unit", "text NOT NULL", "单位", "unit")
CAVEATS = Column("caveats", "text[] NOT NULL", "说明", "caveats")
YEAR = "integer CHECK (%s BETWEEN 1900 AND 2200)"
POINT = f"geometry(Point, {CRS}) NOT NULL"
PRECISION = "text NOT NULL CHECK (precision IN ('site', 'town', 'county', 'prefecture', 'province'))"


def _id(zh: str, en: str) -> Column:
    return Column("id", "text PRIMARY KEY", zh, en)


def _named(zh: str, en: str) -> Column:
    return Column("name", "text NOT NULL", zh, en)


TABLES = (
    Table(
        name="regions",
        zh="行政区划及其边界（CGCS2000 经纬度）",
        en="administrative divisions and their borders, degrees",
        rows=rows.regions,
        columns=(
            Column("adcode", "text PRIMARY KEY CHECK (adcode ~ '^[0-9]{6}$')", "行政区划代码", "division code"),
            _named("名称", "Chinese name"),
            Column("name_en", "text NOT NULL", "英文名称", "English name"),
            Column("short_name", "text NOT NULL", "简称", "short Chinese name"),
            Column("level", "text NOT NULL", "级别", "level"),
            Column("levels", "text[] NOT NULL", "绘制所用级别", "levels at which it is drawn"),
            Column("parent", "text REFERENCES regions DEFERRABLE INITIALLY DEFERRED", "上级代码", "division above"),
            Column("area_km2", "double precision NOT NULL CHECK (area_km2 >= 0)", "面积，平方千米", "area, km²"),
            Column("label", POINT, "注记点", "point inside for labels"),
            Column("geom", f"geometry(MultiPolygon, {CRS})", "边界", "border"),
        ),
    ),
    Table(
        name="plans",
        zh="规划文件",
        en="plans: published documents",
        rows=rows.plans,
        columns=(
            _id("规划编号", "plan"),
            Column("region", "text NOT NULL REFERENCES regions", "适用地区代码", "division it binds"),
            Column("title_zh", "text NOT NULL", "标题", "Chinese title"),
            Column("title_en", "text NOT NULL", "英文标题", "English title"),
            Column("document_no", "text NOT NULL", "文号", "document number"),
            Column("issuer_zh", "text NOT NULL", "发文机关", "issuer, Chinese"),
            Column("issuer_en", "text NOT NULL", "发文机关英文名", "issuer, English"),
            Column("published", "date NOT NULL", "发布日期", "day of publication"),
            Column("start_year", YEAR % "start_year", "规划期起", "first year"),
            Column("end_year", YEAR % "end_year", "规划期止", "last year"),
            Column("base_year", YEAR % "base_year", "基期", "base year"),
            Column("source_file", "text NOT NULL", "文件名", "file of the document"),
            Column("document_url", "text NOT NULL", "官方网址", "official address"),
        ),
        more=("CHECK (start_year <= end_year)",),
    ),
    Table(
        name="indicators",
        zh="指标",
        en="indicators",
        rows=rows.indicators,
        columns=(
            _id("指标编号", "indicator"),
            Column("title_zh", "text NOT NULL", "名称", "Chinese title"),
            Column("title_en", "text NOT NULL", "英文名称", "English title"),
            Column("definition_zh", "text NOT NULL", "定义", "definition, Chinese"),
            Column("definition_en", "text NOT NULL", "英文定义", "definition, English"),
            UNIT,
            Column("sector", "text NOT NULL", "领域", "sector"),
            Column("kind", "text NOT NULL", "类型", "kind"),
            Column("better", "text NOT NULL", "以高为优或以低为优", "which way is better"),
            Column("derived", "boolean NOT NULL", "由本系统计算", "computed by the atlas"),
        ),
    ),
    Table(
        name="places",
        zh="园区与项目的位置；精度低于乡镇的只是所在地区的注记点",
        en="places of parks and projects; below the precision of a town only the label point of the division",
        rows=rows.places,
        columns=(
            _id("园区或项目编号", "park or project"),
            Column("kind", "text NOT NULL CHECK (kind IN ('park', 'project'))", "类别", "kind"),
            Column("precision", PRECISION, "位置精度", "precision"),
            Column("source", "text NOT NULL", "位置来源", "where the coordinates come from"),
            Column("geom", POINT, "位置", "place"),
        ),
    ),
    Table(
        name="targets",
        zh="文件所印目标",
        en="goals as documents print them",
        rows=rows.targets,
        columns=(
            _id("目标编号", "goal"),
            PLAN,
            REGION,
            INDICATOR,
            NAME_PRINTED,
            VALUE,
            VALUE_TEXT,
            UNIT,
            Column("comparator", "text NOT NULL", "比较方式", "comparator"),
            Column("direction", "text NOT NULL", "方向", "direction"),
            Column("base_year", YEAR % "base_year", "基期", "base year"),
            Column(
                "target_year", "integer NOT NULL CHECK (target_year BETWEEN 1900 AND 2200)", "目标年", "target year"
            ),
            Column("nature", "text", "约束性或预期性", "binding or expected"),
            Column("tier", "text", "目标档次", "tier"),
            Column("sector", "text NOT NULL", "领域", "sector"),
            CAVEATS,
        ),
    ),
    Table(
        name="statistics",
        zh="文件所印历史数据",
        en="figures of past years as documents print them",
        rows=rows.statistics,
        columns=(
            _id("数据编号", "figure"),
            PLAN,
            REGION,
            Column("indicator", "text NOT NULL", "指标编号", "indicator"),
            NAME_PRINTED,
            Column("year", f"{YEAR % 'year'} NOT NULL", "年份", "year"),
            Column("base_year", YEAR % "base_year", "起算年份", "year that the figure counts from"),
            VALUE,
            VALUE_TEXT,
            UNIT,
            CAVEATS,
        ),
    ),
    Table(
        name="parks",
        zh="园区",
        en="parks",
        rows=rows.parks,
        columns=(
            _id("园区编号", "park"),
            PLAN,
            _named("名称", "name"),
            Column("programmes", "text[] NOT NULL", "所属试点示范", "programmes it takes part in"),
            REGION,
            Column("place", "text NOT NULL REFERENCES places", "位置编号", "place"),
            CAVEATS,
        ),
    ),
    Table(
        name="projects",
        zh="项目",
        en="projects",
        rows=rows.projects,
        columns=(
            _id("项目编号", "project"),
            PLAN,
            _named("名称", "name"),
            Column("type", "text NOT NULL", "类型", "type"),
            REGION,
            Column("capacity", "double precision", "规模", "capacity"),
            Column("capacity_unit", "text NOT NULL", "规模单位", "unit of the capacity"),
            Column("status", "text NOT NULL", "状态", "status"),
            Column("status_text", "text NOT NULL", "文件所印状态", "status as printed"),
            Column("place", "text NOT NULL REFERENCES places", "位置编号", "place"),
            CAVEATS,
        ),
    ),
    Table(
        name="origins",
        zh="每条记录在文件中的出处",
        en="where in its document each record stands",
        rows=rows.origins,
        columns=(
            Column("kind", "text NOT NULL", "记录类别", "kind of record"),
            Column("record", "text NOT NULL", "记录编号", "record"),
            PLAN,
            Column("section", "text NOT NULL", "章节", "section"),
            Column("name_in_source", "text NOT NULL", "文件所印地区名称", "region as the document prints it"),
        ),
        more=("PRIMARY KEY (kind, record)",),
    ),
    Table(
        name="resolutions",
        zh="各地区每项指标的唯一答案：本地区目标、上级目标或无",
        en="the one answer for each division and indicator: its own goal, that of a division above, or none",
        rows=rows.resolutions,
        columns=(
            REGION,
            INDICATOR,
            Column("year", "integer NOT NULL", "目标年", "target year"),
            Column("tier", "text NOT NULL", "目标档次", "tier"),
            Column("status", "text NOT NULL", "状态", "status"),
            Column("number", "double precision", "按指标单位换算的数值", "number in the indicator's unit"),
            Column("value_text", "text NOT NULL", "文件所印数值", "value exactly as printed"),
            UNIT,
            Column("target", "text", "目标编号；计算值不在 targets 表中", "goal; those computed are not in targets"),
            Column("from_region", "text REFERENCES regions", "目标所属地区", "whose goal it is"),
            Column("plan", "text REFERENCES plans", "规划编号", "plan"),
        ),
        more=("PRIMARY KEY (adcode, indicator, year, tier)",),
    ),
)

VIEWS = {
    "targets_resolved": (
        "各地区适用的目标，附名称、出处和边界",
        "the goal that applies to each division, with names, source and border",
        """
        SELECT r.adcode, g.name, g.name_en, g.level, r.indicator, i.title_zh, i.title_en, r.year, r.tier, r.status,
               r.number, i.unit, r.value_text, f.name AS from_name, p.title_zh AS plan_zh, p.title_en AS plan_en,
               p.document_no, o.section, g.geom
        FROM resolutions r
        JOIN regions g USING (adcode)
        JOIN indicators i ON i.id = r.indicator
        LEFT JOIN regions f ON f.adcode = r.from_region
        LEFT JOIN plans p ON p.id = r.plan
        LEFT JOIN origins o ON o.kind = 'target' AND o.record = r.target
        """,
    ),
    "works_by_county": (
        "各县级地区的项目和园区；只知到市或省的不计入",
        "projects and parks of each county; those known only to a prefecture or province are not counted",
        """
        SELECT g.adcode, g.name, g.name_en,
               (SELECT count(*) FROM projects w WHERE w.adcode = g.adcode) AS projects,
               (SELECT count(*) FROM parks k WHERE k.adcode = g.adcode) AS parks,
               ARRAY(SELECT w.name FROM projects w WHERE w.adcode = g.adcode
                     UNION ALL SELECT k.name FROM parks k WHERE k.adcode = g.adcode) AS names,
               g.geom
        FROM regions g
        WHERE 'county' = ANY (g.levels)
          AND (EXISTS (SELECT FROM projects w WHERE w.adcode = g.adcode)
               OR EXISTS (SELECT FROM parks k WHERE k.adcode = g.adcode))
        """,
    ),
}
"""Views of a build: what they are in both languages, and their query."""
INDEXES = (
    ("regions", "gist (geom)"),
    ("regions", "(parent)"),
    ("places", "gist (geom)"),
    ("targets", "(adcode, indicator, target_year)"),
    ("statistics", "(adcode, indicator, year)"),
    ("parks", "(adcode)"),
    ("projects", "(adcode)"),
)
