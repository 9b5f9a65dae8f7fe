"""What the review calls the columns, and the closed lists a reviewer chooses from."""

from collections.abc import Mapping
from typing import get_args

from geoapp.drafting.rows import TABLES, Table
from geoapp.model.vocabulary import (
    PROJECT_TYPES,
    SECTORS,
    Comparator,
    Direction,
    Nature,
    ProjectNature,
    ProjectStatus,
    Tier,
)

NAMES: Mapping[str, tuple[str, str]] = {
    "name_in_source": ("地区（照原文）", "Region as printed"),
    "indicator": ("指标", "Indicator"),
    "value": ("数值", "Value"),
    "value_text": ("原文数值", "As printed"),
    "unit": ("单位", "Unit"),
    "comparator": ("比较", "Comparator"),
    "direction": ("方向", "Direction"),
    "base_year": ("基年", "Base year"),
    "target_year": ("目标年", "Target year"),
    "year": ("年份", "Year"),
    "nature": ("属性", "Nature"),
    "tier": ("档次", "Tier"),
    "sector": ("领域", "Sector"),
    "section": ("章节", "Section"),
    "caveats": ("说明", "Caveats"),
    "name": ("名称", "Name"),
    "programmes": ("参与事项", "Programmes"),
    "type": ("类型", "Type"),
    "capacity": ("规模", "Capacity"),
    "capacity_unit": ("规模单位", "Unit of capacity"),
    "status": ("状态", "Status"),
    "status_text": ("原文动词", "Verb as printed"),
    "document": ("文件原文", "The document"),
}
LISTS: Mapping[str, tuple[str, ...]] = {
    "comparator": get_args(Comparator),
    "direction": get_args(Direction),
    "tier": ("", *get_args(Tier)),
    "sector": SECTORS,
    "type": PROJECT_TYPES,
    "status": get_args(ProjectStatus),
}
NATURES: Mapping[Table, tuple[str, ...]] = {"targets": ("", *get_args(Nature)), "projects": get_args(ProjectNature)}
"""Goals are binding or expected; projects are works or actions."""
CHOICES: Mapping[Table, Mapping[str, tuple[str, ...]]] = {
    table: {**LISTS, **({"nature": NATURES[table]} if table in NATURES else {})} for table in TABLES
}
"""The closed lists by table and column."""
SHEETS: Mapping[str, str] = {"targets": "目标", "statistics": "统计值", "parks": "园区", "projects": "项目"}
STATE_WORDS: Mapping[str, str] = {"open": "待定", "accepted": "接受", "rejected": "退回"}
