"""The columns of exported tables: machine name, words for people, and a name short enough for DBF."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from geoapp.model.phrase import Phrase
from geoapp.portrayal.cards import NATURE_WORDS, TIER_WORDS

Type = Literal["text", "number", "integer", "flag"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column.

    Attributes:
        name: as in GeoJSON, CSV, GeoPackage … and in the OGC collections.
        short: ASCII, at most ten bytes, for Shapefile.
    """

    name: str
    short: str
    type: Type
    title: Phrase


def _text(name: str, short: str, title: Phrase) -> Column:
    return Column(name=name, short=short, type="text", title=title)


LAYER = _text("layer", "layer", Phrase("图层"))
CAVEATS = _text("caveats", "caveats", Phrase("提示"))
CITATION = _text("citation", "citation", Phrase("出处"))
LON = Column(name="lon", short="lon", type="number", title=Phrase("经度（度）"))
LAT = Column(name="lat", short="lat", type="number", title=Phrase("纬度（度）"))
WKT = _text("wkt", "wkt", Phrase("几何（WKT）"))
SELECTED = Column(name="selected", short="selected", type="flag", title=Phrase("是否选中"))
ADCODE = _text("adcode", "adcode", Phrase("行政区划代码"))
REGION_NAME = _text("region_name", "region", Phrase("地区"))
REGION_NAME_EN = _text("region_name_en", "region_en", Phrase("地区英文名"))
IDENTIFIER = _text("id", "id", Phrase("编号"))
PLAN = _text("plan", "plan", Phrase("规划编号"))
NAME = _text("name", "name", Phrase("名称"))
PRECISION = _text("precision", "precision", Phrase("位置精度（代码）"))
PRECISION_WORDS = _text("precision_words", "prec_words", Phrase("位置精度"))
SECTION = _text("section", "section", Phrase("章节"))

TARGETS = (
    ADCODE,
    REGION_NAME,
    REGION_NAME_EN,
    _text("level", "level", Phrase("级别")),
    _text("status", "status", Phrase("取值状态（代码）")),
    _text("status_words", "stat_words", Phrase("取值状态")),
    _text("indicator", "indicator", Phrase("指标编号")),
    _text("indicator_name", "indic_name", Phrase("指标")),
    Column(name="value", short="value", type="number", title=Phrase("数值")),
    _text("value_text", "value_text", Phrase("文件原值")),
    _text("unit", "unit", Phrase("单位")),
    _text("label", "label", Phrase("图上标注")),
    _text("comparator", "comparator", Phrase("比较方式")),
    _text("direction", "direction", Phrase("方向")),
    _text("tier", "tier", Phrase("档次")),
    Column(name="base_year", short="base_year", type="integer", title=Phrase("基期年")),
    Column(name="target_year", short="targ_year", type="integer", title=Phrase("目标年")),
    _text("nature", "nature", Phrase("约束性质")),
    _text("from_adcode", "from_code", Phrase("数值所属地区代码")),
    _text("from_name", "from_name", Phrase("数值所属地区")),
    _text("target_id", "target_id", Phrase("目标编号")),
    PLAN,
    SECTION,
    CITATION,
    CAVEATS,
)
PARKS = (
    IDENTIFIER,
    NAME,
    _text("programmes", "programmes", Phrase("示范类别（代码）")),
    _text("programme_words", "prog_words", Phrase("示范类别")),
    ADCODE,
    REGION_NAME,
    REGION_NAME_EN,
    PRECISION,
    PRECISION_WORDS,
    PLAN,
    SECTION,
    CITATION,
    CAVEATS,
)
PROJECTS = (
    IDENTIFIER,
    NAME,
    _text("nature", "nature", Phrase("项目性质（代码）")),
    _text("nature_words", "nat_words", Phrase("项目性质")),
    _text("type", "type", Phrase("项目类型（代码）")),
    _text("type_words", "type_words", Phrase("项目类型")),
    ADCODE,
    REGION_NAME,
    REGION_NAME_EN,
    Column(name="capacity", short="capacity", type="number", title=Phrase("规模")),
    _text("capacity_unit", "cap_unit", Phrase("规模单位")),
    _text("status", "status", Phrase("状态（代码）")),
    _text("status_words", "stat_words", Phrase("状态")),
    PRECISION,
    PRECISION_WORDS,
    PLAN,
    SECTION,
    CITATION,
    CAVEATS,
)
CODE_WORDS: Mapping[str, Mapping[str, Phrase]] = {
    "level": {
        "nation": Phrase("全国"),
        "province": Phrase("省级"),
        "prefecture": Phrase("地市级"),
        "county": Phrase("县级"),
    },
    "comparator": {
        "eq": Phrase("等于"),
        "ge": Phrase("不低于"),
        "le": Phrase("不超过"),
        "gt": Phrase("超过"),
        "lt": Phrase("低于"),
        "approx": Phrase("左右"),
    },
    "direction": {
        "reduce": Phrase("下降"),
        "increase": Phrase("增长"),
        "reach": Phrase("达到"),
        "at_least": Phrase("至少"),
        "at_most": Phrase("至多"),
    },
    "tier": TIER_WORDS,
    "nature": NATURE_WORDS,
}
"""The closed words of these columns as people say them in a workbook; the codes stay in the other formats."""
CODED = ("status", "precision", "programmes", "type")
"""Columns of codes that have a column of words beside them: a workbook hides them."""


def said(column: str, code: object, lang: str) -> object:
    """Return a code of a column as a word, anything else as it is."""
    word = CODE_WORDS.get(column, {}).get(str(code))
    return word.say(lang) if word is not None else code
