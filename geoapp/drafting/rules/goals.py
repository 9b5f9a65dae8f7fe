"""From a figure and its indicator to the columns of a target or a statistic."""

import re
from collections.abc import Sequence

from geoapp.drafting.language.figures import Figure
from geoapp.drafting.rows import Row, Table, number
from geoapp.drafting.rules.context import Context, Proposal
from geoapp.model.plan import Indicator

CUTS = re.compile(r"降低|下降|减排量|淘汰退出")
RISES = re.compile(r"增长率|增幅|新增幅度|新增装机")
REDUCE = re.compile(r"下降|降低|减少|削减|压减|淘汰|退出|减排|降幅")
REACHED = re.compile(r"(?:下降|降低|减少|削减|压减|下调|降|减|增加|增长|提高|提升|增|升|压缩)(?:到|至)|以内|控制在")
INCREASE = re.compile(r"增长|新增|增加|提高|提升")
STRIVE = re.compile(r"力争|争取|申报|争创")
SECTORS = (
    ("公共机构|机关", "public"),
    ("园区|开发区", "park"),
    ("建筑|取暖|供热|居住", "building"),
    ("汽车|车辆|公交|铁路|货运|交通|出行|充电|港口|船", "transport"),
    ("秸秆|农药|化肥|畜禽|农膜|地膜|耕地|农作物|灌溉", "agriculture"),
    ("农村|村庄|嘎查", "rural"),
    ("数据中心|PUE", "data_centre"),
    ("垃圾|固废|固体废|污泥|再生资源|废物", "waste"),
    ("水质|用水|污水|再生水|水体|节水", "water"),
    ("煤炭|燃煤|煤", "coal"),
    ("装机|电力|发电|用电|千瓦|储能|电网", "power"),
    ("排放量|减排|PM|优良天数|颗粒物|污染|涂料", "pollution"),
    ("森林|草原|碳排放|二氧化碳|生态|绿化", "environment"),
    ("工业|企业|工厂|产能|行业|产品|单耗|电石|钢|铝|水泥|兰炭", "industry"),
    ("能耗|能源|节能", "energy"),
)
"""Words of an unknown indicator's name and the sector they speak of, the most telling first."""


def direction_of(context: Context, indicator: str, figure: Figure, around: str) -> str:
    """Return ``direction`` from the indicator's title first, then from the words before the figure."""
    known = context.indicators.get(indicator)
    title = known.title.zh if known else ""
    if CUTS.search(title):
        return "reduce"
    if RISES.search(title):
        return "increase"
    if known is None and not REACHED.search(around):
        if REDUCE.search(around):
            return "reduce"
        if INCREASE.search(around):
            return "increase"
    if figure.comparator in ("ge", "gt"):
        return "at_least"
    return "at_most" if figure.comparator in ("le", "lt") else "reach"


def comparator_of(text: str, figure: Figure) -> str:
    """Return the comparator; 控制在1.6以下 and the like are read from the figure, lists from their lead."""
    return figure.comparator


def is_rate(context: Context, indicator: str) -> bool:
    """Say whether a goal needs the year it is compared with: cuts and rises in per cent or points."""
    known = context.indicators.get(indicator)
    if known is None:
        return False
    return known.kind in ("rate", "pp", "annual_rate")


def target(
    context: Context,
    figure: Figure,
    indicator: str,
    *,
    place: str,
    section: str,
    year: int | None,
    base: int | None,
    around: str,
    start: int,
    rule: str,
) -> Row:
    """Return a drafted target; ``start`` is where the text of the figure begins in the document."""
    known = context.indicators.get(indicator)
    direction = direction_of(context, indicator, figure, around)
    caveats = []
    if base is None and (
        is_rate(context, indicator) or (known is None and direction == "reduce" and figure.unit == "%")
    ):
        base = context.page.base_year
        caveats.append("base_year_implied")
    if year is None:
        year = context.page.end_year
        caveats.append("target_year_implied")
    if figure.ranged:
        caveats.append("range_lower_bound")
    if year < context.page.start_year:
        caveats.append("historic_target")
    fields = {
        "name_in_source": place,
        "indicator": indicator,
        "value": number(abs(figure.value) if figure.value is not None and direction == "reduce" else figure.value),
        "value_text": figure.text,
        "unit": figure.unit,
        "comparator": figure.comparator,
        "direction": direction,
        "base_year": "" if base is None or base >= year else str(base),
        "target_year": str(year),
        "nature": "",
        "tier": "",
        "sector": sector_of(context, indicator),
        "section": section,
        "caveats": ";".join(caveats),
    }
    row = Row("targets", fields, start + figure.start, start + figure.end, rule)
    _note_unit(row, known, figure)
    return row


def statistic(
    context: Context,
    figure: Figure,
    indicator: str,
    *,
    place: str,
    section: str,
    year: int,
    caveats: Sequence[str],
    start: int,
    rule: str,
) -> Row:
    """Return a drafted figure of the past."""
    fields = {
        "name_in_source": place,
        "indicator": indicator,
        "year": str(year),
        "value": number(figure.value),
        "value_text": figure.text,
        "unit": figure.unit,
        "section": section,
        "caveats": ";".join(caveats),
    }
    row = Row("statistics", fields, start + figure.start, start + figure.end, rule)
    _note_unit(row, context.indicators.get(indicator), figure)
    return row


def _note_unit(row: Row, known: Indicator | None, figure: Figure) -> None:
    if known is not None and known.unit and figure.unit != known.unit:
        row.doubts.add("unit")
        row.add_caveat("unit_clash" if figure.unit else "unit_not_printed")


def sector_of(context: Context, indicator: str) -> str:
    """Return the sector of a known indicator or of a proposal."""
    known = context.indicators.get(indicator)
    if known is not None:
        return known.sector
    proposal = context.proposals.get(indicator)
    return proposal.sector if proposal is not None else "governance"


def propose(context: Context, name: str, unit: str, table: Table = "targets") -> str:
    """Return the id of a proposed indicator for a name no term knows; the same name gets the same id."""
    from pypinyin import lazy_pinyin  # 50 MB of dictionaries: only where a new indicator is named

    for proposal in context.proposals.values():
        if proposal.title_zh == name and proposal.unit == unit:
            return proposal.id
    syllables = [s for s in lazy_pinyin(re.sub(r"[^\u4e00-\u9fffA-Za-z0-9]", "", name)) if s.isascii()]
    stem = re.sub(r"[^a-z0-9_]", "", "_".join(syllables[:8]).lower()).lstrip("0123456789_") or "indicator"
    made, count = f"new_{stem}"[:48], 1
    while made in context.proposals or made in context.indicators:
        count += 1
        made = f"new_{stem}"[:45] + f"_{count}"
    context.proposals[made] = Proposal(made, name, unit, _sector(name), _kind(name, unit))
    return made


def _sector(name: str) -> str:
    return next((sector for words, sector in SECTORS if re.search(words, name)), "governance")


def _kind(name: str, unit: str) -> str:
    if unit == "个百分点":
        return "pp"
    if unit in ("%", "‰"):
        return "rate" if re.search(r"下降|降低|增长|增速|减少", name) else "share"
    if unit in ("个", "家", "座", "项", "处", "条", "套", "台", "辆", "万辆", "户", "万户", "人", "万人"):
        return "count"
    if re.search(r"千瓦$|兆瓦|[MG]W$", unit):
        return "capacity"
    if "/" in unit or not unit:
        return "level"
    return "grade" if unit in ("类", "星级") else "amount"
