"""The properties of the OGC collections: names, types, words. The names are the public contract."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Text
from geoapp.model.vector import VectorLayer
from geoapp.model.vocabulary import (
    PROJECT_TYPES,
    SECTORS,
    Comparator,
    Direction,
    Nature,
    Precision,
    ProgressStatus,
    ProjectNature,
    ProjectStatus,
    Tier,
)

FieldType = Literal["string", "number", "integer", "array"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One property.

    Attributes:
        enum: the only words that occur, where the vocabulary is closed.
        pattern: a regular expression that every value matches.
    """

    name: str
    title: Phrase | Text
    type: FieldType = "string"
    nullable: bool = False
    enum: tuple[str, ...] = ()
    pattern: str = ""

    def words(self, lang: str) -> str:
        """Return the property's title in a language."""
        return self.title.get(lang) if isinstance(self.title, Text) else self.title.say(lang)

    def schema(self, lang: str) -> dict[str, Any]:
        """Return the JSON Schema of one value that is not null."""
        described: dict[str, Any] = {"title": self.words(lang), "type": self.type}
        if self.type == "array":
            described["items"] = {"type": "string"}
        if self.enum:
            described["enum"] = list(self.enum)
        if self.pattern:
            described["pattern"] = self.pattern
        return described


CODE = r"^[0-9]{6}$"
ID = Field(name="id", title=Phrase("编号"))
PLAN = Field(name="plan", title=Phrase("规划编号"))
NAME = Field(name="name", title=Phrase("名称"))
ADCODE = Field(name="adcode", title=Phrase("行政区划代码"), pattern=CODE)
REGION_NAME = Field(name="region_name", title=Phrase("地区"))
REGION_NAME_EN = Field(name="region_name_en", title=Phrase("地区英文名"))
INDICATOR = Field(name="indicator", title=Phrase("指标编号"))
INDICATOR_NAME = Field(name="indicator_name", title=Phrase("指标"))
VALUE = Field(name="value", title=Phrase("数值"), type="number", nullable=True)
VALUE_TEXT = Field(name="value_text", title=Phrase("文件原值"))
UNIT = Field(name="unit", title=Phrase("单位"))
SECTION = Field(name="section", title=Phrase("章节"))
CAVEATS = Field(name="caveats", title=Phrase("提示"), type="array")
PRECISION = Field(name="precision", title=Phrase("位置精度"), enum=get_args(Precision))

REGIONS = (
    ADCODE,
    NAME,
    Field(name="name_en", title=Phrase("英文名")),
    Field(name="level", title=Phrase("级别"), enum=("province", "prefecture", "county")),
    Field(name="parent", title=Phrase("上级代码"), pattern=CODE, nullable=True),
    Field(name="edition", title=Phrase("边界版本")),
)
TARGETS = (
    ID,
    PLAN,
    ADCODE,
    REGION_NAME,
    REGION_NAME_EN,
    Field(name="name_in_source", title=Phrase("文件中的地名")),
    INDICATOR,
    INDICATOR_NAME,
    VALUE,
    VALUE_TEXT,
    UNIT,
    Field(name="comparator", title=Phrase("比较方式"), enum=get_args(Comparator)),
    Field(name="direction", title=Phrase("方向"), enum=get_args(Direction)),
    Field(name="base_year", title=Phrase("基期年"), type="integer", nullable=True),
    Field(name="target_year", title=Phrase("目标年"), type="integer"),
    Field(name="nature", title=Phrase("约束性质"), enum=get_args(Nature), nullable=True),
    Field(name="tier", title=Phrase("档次"), enum=get_args(Tier), nullable=True),
    Field(name="sector", title=Phrase("领域"), enum=SECTORS),
    SECTION,
    CAVEATS,
)
STATISTICS = (
    ID,
    PLAN,
    ADCODE,
    REGION_NAME,
    REGION_NAME_EN,
    INDICATOR,
    INDICATOR_NAME,
    Field(name="year", title=Phrase("年份"), type="integer"),
    VALUE,
    VALUE_TEXT,
    UNIT,
    SECTION,
    CAVEATS,
)
PROGRESS = (
    ID,
    ADCODE,
    REGION_NAME,
    REGION_NAME_EN,
    INDICATOR,
    INDICATOR_NAME,
    Field(name="target", title=Phrase("目标（指标单位）"), type="number", nullable=True),
    Field(name="achieved", title=Phrase("实际值（指标单位）"), type="number", nullable=True),
    Field(name="achieved_year", title=Phrase("实际值年份"), type="integer", nullable=True),
    Field(name="gap", title=Phrase("差距（正为好于计划）"), type="number", nullable=True),
    Field(name="status", title=Phrase("完成情况"), enum=get_args(ProgressStatus)),
    UNIT,
    Field(name="tier", title=Phrase("档次"), enum=get_args(Tier), nullable=True),
    Field(name="target_year", title=Phrase("目标年"), type="integer"),
    PLAN,
    Field(name="result_source", title=Phrase("实际值出自的文件编号"), type="array"),
)
PARKS = (
    ID,
    PLAN,
    NAME,
    Field(name="programmes", title=Phrase("示范类别"), type="array"),
    ADCODE,
    REGION_NAME,
    REGION_NAME_EN,
    PRECISION,
    SECTION,
    CAVEATS,
)
PROJECTS = (
    ID,
    PLAN,
    NAME,
    Field(name="nature", title=Phrase("项目性质"), enum=get_args(ProjectNature)),
    Field(name="type", title=Phrase("项目类型"), enum=PROJECT_TYPES),
    ADCODE,
    REGION_NAME,
    REGION_NAME_EN,
    Field(name="capacity", title=Phrase("规模"), type="number", nullable=True),
    Field(name="capacity_unit", title=Phrase("规模单位")),
    Field(name="status", title=Phrase("状态"), enum=get_args(ProjectStatus)),
    PRECISION,
    SECTION,
    CAVEATS,
)
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "provinces": REGIONS,
    "prefectures": REGIONS,
    "counties": REGIONS,
    "targets": TARGETS,
    "statistics": STATISTICS,
    "progress": PROGRESS,
    "parks": PARKS,
    "projects": PROJECTS,
}
YEAR_FIELD = {"targets": "target_year", "progress": "target_year", "statistics": "year"}
"""Which property is a feature's time; the other collections have none."""


def fields_of(name: str, dataset: Dataset) -> tuple[Field, ...]:
    """Return the properties of a collection: of ours, or of a published vector layer."""
    found = FIELDS.get(name)
    return found or _vector_fields(next(layer for layer in dataset.vectors if layer.id == name))


def _vector_fields(layer: VectorLayer) -> tuple[Field, ...]:
    """Return what every feature of a vector layer says, its own columns between region and precision."""
    return (
        ID,
        NAME,
        Field(name="type", title=Phrase("类型"), enum=tuple(kind.id for kind in layer.kinds)),
        Field(name="adcode", title=Phrase("行政区划代码"), pattern=CODE, nullable=True),
        Field(name="region_name", title=Phrase("地区"), nullable=True),
        Field(name="region_name_en", title=Phrase("地区英文名"), nullable=True),
        *(
            Field(
                name=column.name,
                title=column.title,
                type="string" if column.type == "text" else column.type,
                nullable=column.type != "text",
            )
            for column in layer.columns
        ),
        PRECISION,
        CAVEATS,
    )
