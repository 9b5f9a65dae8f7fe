"""Units as headers print them: found, told from other words in parentheses, and what they say of a column."""

import re
import unicodedata
from typing import Literal

_WORDS = """
个百分点 百分点 % ‰ ppm db 吨标准煤 吨标煤 标准煤 标煤 tce 蒸吨 吨 公斤
千克 毫克 微克 克 斤 kg μg ug mg t 万 亿 千 百 兆 吉
千瓦时 瓦时 度 千伏安 千伏 千瓦 兆瓦 瓦 kwh mwh gwh twh kwp mwp kw mw gw kva mva kv 千焦 焦耳 焦 gj tj pj mj kj 大卡
美元 元 人民币
平方千米 平方公里 平方米 立方米 公里 千米 厘米 毫米 米 km mm cm m 公顷 亩 平方 立方 升 标立方米 标方 nm3 hm2 ha
户次 户 人次 人 次 个 家 台 套 辆 座 处 项 件 株 头 只 栋 宗 床 张 艘 架 小时 分钟 秒 天 日 年 月 h a d °c ℃
二氧化碳当量 二氧化碳 co2e co2 cod
"""
WORDS = _WORDS.split()
_WORD = "|".join(re.escape(word) for word in sorted(set(WORDS), key=len, reverse=True))
UNIT = re.compile(rf"(?:{_WORD}|[·/每×*^23.])*(?:{_WORD})(?:{_WORD}|[·/每×*^23.])*", re.IGNORECASE)
IN_PARENTHESES = re.compile(r"[(（\[【〔]\s*(?:单位\s*[:：]\s*)?([^()（）\[\]【】〔〕]{1,24})\s*[)）\]】〕]")
BEHIND = re.compile(r"(?:[,，/／]|单位\s*[:：])\s*([^,，:：]{1,16})$")
FOR_ALL = re.compile(r"(?:计量)?单位\s*[:：]\s*([^\s()（）,，;；、]{1,16})")
RATIOS = ("%", "‰", "百分点", "/", "每")
RATE_WORDS = re.compile(
    r"率|强度|比重|占比|比例|人均|均|单位|指数|增速|增长|密度|温度|浓度|每|得分|评分|排名|rate|share|intensity|per ",
    re.IGNORECASE,
)
AMOUNT_WORDS = re.compile(
    r"量|总额|产值|规模|容量|数量|个数|户数|人口|投资|面积|总计|合计|total|number of|capacity", re.IGNORECASE
)


def is_unit(text: str) -> bool:
    """Say whether a text is a unit and nothing else."""
    return bool(UNIT.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", "")))


def split_unit(header: str) -> tuple[str, str]:
    """Return a header without its unit, and the unit as printed; both parts are trimmed."""
    for match in IN_PARENTHESES.finditer(header):
        if is_unit(match[1]):
            return (header[: match.start()] + header[match.end() :]).strip(" ,，:："), match[1].strip()
    behind = BEHIND.search(header)
    if behind and is_unit(behind[1]) and behind.start() > 0:
        return header[: behind.start()].strip(" ,，:："), behind[1].strip()
    return header.strip(), ""


def unit_for_all(text: str) -> str:
    """Return the unit that a line above or below the table names for all of it: ``单位：万吨``."""
    found = (match[1].strip() for match in FOR_ALL.finditer(text))
    return next((unit for unit in found if is_unit(unit)), "")


def proposed_draw(title: str, unit: str) -> Literal["fill", "symbol"]:
    """Propose how a column is drawn: rates and levels as fills, amounts and counts as circles.

    The unit decides; without one the title does; where neither tells, a fill.
    """
    flat = unicodedata.normalize("NFKC", unit)
    if any(word in flat for word in RATIOS):
        return "fill"
    if RATE_WORDS.search(title) and not re.search(r"总量|总额|增加量", title):
        return "fill"
    if flat in ("°C", "℃", "年", "天", "小时", "ppm", "dB"):
        return "fill"
    return "symbol" if flat or AMOUNT_WORDS.search(title) else "fill"
