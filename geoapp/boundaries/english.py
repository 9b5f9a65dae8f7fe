"""English names of divisions by rule: the stem in pinyin, the peoples and the kind of division translated.

Rules after GB/T 28039 (pinyin of Chinese names) and the usage of the Ministry of Civil Affairs' English lists.
Names that come from other languages (Dalad, Ürümqi) follow no rule of pinyin: they are reviewed by hand and stand as
such in ``shapes/names_en.csv``, whose rows say how each name was made.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from geoapp.errors import BoundaryError
from geoapp.model.region import Adcode, Level, Region

RULE = "rule"
PEOPLES = {
    "阿昌族": "Achang", "白族": "Bai", "保安族": "Bonan", "布朗族": "Blang", "布依族": "Buyei", "朝鲜族": "Korean",
    "达斡尔族": "Daur", "傣族": "Dai", "东乡族": "Dongxiang", "侗族": "Dong", "独龙族": "Derung", "鄂伦春": "Oroqen",
    "鄂温克": "Ewenki", "仡佬族": "Gelao", "哈尼族": "Hani", "哈萨克族": "Kazakh", "哈萨克": "Kazakh", "回族": "Hui",
    "景颇族": "Jingpo", "柯尔克孜": "Kyrgyz", "拉祜族": "Lahu", "黎族": "Li", "傈僳族": "Lisu", "满族": "Manchu",
    "毛南族": "Maonan", "蒙古族": "Mongol", "蒙古": "Mongol", "苗族": "Miao", "仫佬族": "Mulao", "纳西族": "Naxi",
    "怒族": "Nu", "普米族": "Pumi", "羌族": "Qiang", "撒拉族": "Salar", "畲族": "She", "水族": "Sui",
    "塔吉克": "Tajik", "土家族": "Tujia", "土族": "Tu", "佤族": "Va", "维吾尔": "Uygur", "锡伯": "Xibe", "瑶族": "Yao",
    "彝族": "Yi", "裕固族": "Yugur", "藏族": "Tibetan", "壮族": "Zhuang", "各族": "Multinational",
}  # fmt: skip
KINDS = (
    ("特别行政区", "Special Administrative Region"), ("行政委员会", "Administrative Committee"),
    ("自治区", "Autonomous Region"), ("自治州", "Autonomous Prefecture"), ("自治县", "Autonomous County"),
    ("自治旗", "Autonomous Banner"), ("联合旗", "United Banner"), ("左翼前旗", "Left Front Banner"),
    ("左翼中旗", "Left Middle Banner"), ("左翼后旗", "Left Rear Banner"), ("右翼前旗", "Right Front Banner"),
    ("右翼中旗", "Right Middle Banner"), ("右翼后旗", "Right Rear Banner"), ("左旗", "Left Banner"),
    ("右旗", "Right Banner"), ("前旗", "Front Banner"), ("中旗", "Middle Banner"), ("后旗", "Rear Banner"),
    ("林区", "Forestry District"), ("矿区", "Mining District"), ("新区", "New District"), ("特区", "Special District"),
    ("地区", "Prefecture"), ("省", "Province"), ("盟", "League"), ("市", "City"), ("县", "County"), ("旗", "Banner"),
    ("区", "District"),
)  # fmt: skip
PLAIN = ("海林区", "榆林区", "桂林区", "玉林区", "碑林区", "金林区", "北林区", "万柏林区", "清新区")
"""Districts whose last two characters only look like a kind: 林, 新 belong to the name."""
READINGS = {
    "都": "du", "朝": "chao", "长": "chang", "什": "shi", "勒": "le", "乐": "le", "柏": "bai", "番": "pan",
    "曾": "zeng", "卡": "ka",
}  # fmt: skip
"""Characters of more than one reading, as names of divisions read them unless ``STEMS`` says otherwise."""
STEMS = {
    "六合": "lu he", "大城": "dai cheng", "乐亭": "lao ting", "乐陵": "lao ling", "乐清": "yue qing",
    "闵行": "min hang", "马尾": "ma wei", "漯河": "luo he", "崆峒": "kong tong", "佛坪": "fo ping",
    "佛冈": "fo gang", "龙圩": "long xu", "穆棱": "mu ling", "伽师": "jia shi", "洪洞": "hong tong",
    "涡阳": "guo yang", "浚": "xun", "蔚": "yu", "泊头": "bo tou", "荥经": "ying jing", "长子": "zhang zi",
    "繁峙": "fan shi", "筠连": "jun lian", "覃塘": "qin tang", "宕昌": "tan chang", "珲春": "hun chun",
    "召陵": "shao ling", "单": "shan", "红寺堡": "hong si bu",
}  # fmt: skip


def english_name(region: Region) -> str:
    """Return the name of a division by rule, such as ``Dongcheng District``."""
    name = region.name
    kind, english = next(
        ((ending, word) for ending, word in KINDS if name.endswith(ending) and not _is_plain(name, ending)), ("", "")
    )
    stem = name.removesuffix(kind)
    if kind == "市" and region.level is not Level.COUNTY:
        english = ""  # Wuwei is the prefecture; a city of county level keeps its kind: Tacheng City
    peoples: list[str] = []
    while found := next((word for word in PEOPLES if stem.endswith(word) and (kind != "区" or stem != word)), None):
        peoples.insert(0, PEOPLES[found])
        stem = stem.removesuffix(found)
    if not stem and len(peoples) == 1:
        return f"{peoples[0]} {english}"
    return " ".join(filter(None, (capitalised(syllables(stem)), _listed(peoples), english)))


def short_english_name(name: str, level: Level) -> str:
    """Return a name for crowded maps: Xinjiang for the region, Ili for the prefecture; counties keep theirs whole."""
    if level is Level.COUNTY:
        return name
    peoples = "|".join(sorted(set(PEOPLES.values()), key=len, reverse=True))
    kinds = "|".join(word for _, word in KINDS)
    return re.sub(rf"(( |, | and )({peoples}))* ({kinds})$", "", name)


def read_english_names(path: Path) -> Mapping[Adcode, str]:
    """Read ``shapes/names_en.csv``: code to English name.

    Raises:
        BoundaryError: the file cannot be read.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {Adcode(row["adcode"]): row["name_en"] for row in csv.DictReader(file)}
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise BoundaryError(
            f"{path} cannot be read ({error}); restore it, or write it anew with scripts/names-en"
        ) from None


def name_in_english(regions: Iterable[Region], names: Mapping[Adcode, str]) -> list[Region]:
    """Return the regions with their English names; a division of somebody's own boundaries gets one by rule."""
    named = ((region, names.get(region.adcode) or english_name(region)) for region in regions)
    return [
        replace(region, name_en=name, short_name_en=short_english_name(name, region.level)) for region, name in named
    ]


def syllables(stem: str) -> list[str]:
    """Return a Chinese stem in pinyin, a syllable a character."""
    from pypinyin import lazy_pinyin  # 50 MB of dictionaries, for a rule that is asked once

    if stem in STEMS:
        return STEMS[stem].split()
    read = lazy_pinyin(stem, v_to_u=True)
    if len(read) != len(stem):
        return read
    return [READINGS.get(character, syllable) for character, syllable in zip(stem, read, strict=True)]


def capitalised(parts: list[str]) -> str:
    """Join syllables to one word: an apostrophe before a vowel that begins one (Xi'an, Ji'an)."""
    joined = "".join(f"'{part}" if number and part[:1] in "aoe" else part for number, part in enumerate(parts))
    return joined[:1].upper() + joined[1:]


def _is_plain(name: str, ending: str) -> bool:
    return ending in ("林区", "新区", "矿区") and (name in PLAIN or name == ending)


def _listed(peoples: list[str]) -> str:
    """Return peoples as English lists them: Tujia and Miao; Lahu, Va, Blang and Dai."""
    return " and ".join(filter(None, (", ".join(peoples[:-1]), *peoples[-1:])))
