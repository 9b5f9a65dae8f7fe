"""English names: the rule, the reviewed exceptions, and that every division has one."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from geoapp.boundaries.english import english_name, name_in_english, read_english_names, short_english_name
from geoapp.errors import BoundaryError
from geoapp.model.region import CHINA, Adcode, Level, Region

NAMES = Path(__file__).resolve().parents[3] / "shapes" / "names_en.csv"


def division(name: str, level: Level = Level.COUNTY) -> Region:
    return Region(
        adcode=Adcode("990000"),
        name=name,
        short_name=name,
        level=level,
        levels=(level,),
        parent=CHINA,
        label=(0, 0),
        bbox=(0, 0, 0, 0),
        area_km2=1.0,
    )


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("朝阳区", "Chaoyang District"),
        ("长安区", "Chang'an District"),
        ("长子县", "Zhangzi County"),
        ("乐亭县", "Laoting County"),
        ("六安区", "Lu'an District"),
        ("吕梁区", "Lüliang District"),
        ("涡阳县", "Guoyang County"),
        ("都安瑶族自治县", "Du'an Yao Autonomous County"),
        ("双江拉祜族佤族布朗族傣族自治县", "Shuangjiang Lahu, Va, Blang and Dai Autonomous County"),
        ("隆林各族自治县", "Longlin Multinational Autonomous County"),
        ("东乡族自治县", "Dongxiang Autonomous County"),
        ("回民区", "Huimin District"),
        ("管城回族区", "Guancheng Hui District"),
        ("柳林县", "Liulin County"),
        ("万柏林区", "Wanbailin District"),
        ("清新区", "Qingxin District"),
        ("浦东新区", "Pudong New District"),
        ("某某左翼中旗", "Moumou Left Middle Banner"),
        ("塔城市", "Tacheng City"),
    ],
)
def test_the_rule(name: str, english: str) -> None:
    assert english_name(division(name)) == english


def test_a_city_above_the_counties_is_called_by_its_name_alone() -> None:
    assert english_name(division("武威市", Level.PREFECTURE)) == "Wuwei"
    assert english_name(division("塔城地区", Level.PREFECTURE)) == "Tacheng Prefecture"


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("Xinjiang Uygur Autonomous Region", Level.PROVINCE, "Xinjiang"),
        ("Hong Kong Special Administrative Region", Level.PROVINCE, "Hong Kong"),
        ("Shaanxi Province", Level.PROVINCE, "Shaanxi"),
        ("Enshi Tujia and Miao Autonomous Prefecture", Level.PREFECTURE, "Enshi"),
        ("Alxa League", Level.PREFECTURE, "Alxa"),
        ("Otog Front Banner", Level.COUNTY, "Otog Front Banner"),
    ],
)
def test_short_names(name: str, level: Level, short: str) -> None:
    assert short_english_name(name, level) == short


def rows() -> list[dict[str, str]]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_says_how_its_name_was_made() -> None:
    odd = [row for row in rows() if row["how"] != "rule" and not row["how"].startswith("reviewed: ")]
    assert odd == []
    assert all(row["name_en"].isprintable() and not any(char > "\u024f" for char in row["name_en"]) for row in rows())


def test_names_by_rule_are_what_the_rule_gives() -> None:
    """A row that somebody changed by hand must say so, or the next run of scripts/names-en undoes it."""
    levels = {"0000": Level.PROVINCE, "00": Level.PREFECTURE}
    changed = []
    for row in rows():
        level = next((level for ending, level in levels.items() if row["adcode"].endswith(ending)), Level.COUNTY)
        if row["how"] == "rule" and english_name(division(row["name"], level)) != row["name_en"]:
            changed.append(row["name"])
    assert changed == []


def test_no_two_divisions_of_a_prefecture_share_a_name() -> None:
    seen: dict[tuple[str, str], str] = {}
    for row in rows():
        key = (row["adcode"][:4], row["name_en"])
        assert key not in seen, f"{row['name']} and {seen[key]} are both {row['name_en']}"
        seen[key] = row["name"]


@pytest.mark.parametrize(
    ("adcode", "name"),
    [
        ("150621", "Dalad Banner"),
        ("150623", "Otog Front Banner"),
        ("654226", "Hoboksar Mongol Autonomous County"),
        ("650100", "Ürümqi"),
        ("654000", "Ili Kazakh Autonomous Prefecture"),
        ("610000", "Shaanxi Province"),
        ("140000", "Shanxi Province"),
        ("150700", "Hulunbuir"),
    ],
)
def test_reviewed_names(adcode: str, name: str) -> None:
    assert read_english_names(NAMES)[Adcode(adcode)] == name


def test_a_division_without_a_row_is_named_by_rule() -> None:
    own = replace(division("新设区"), adcode=Adcode("150699"))
    (named,) = name_in_english([own], {})
    assert (named.name_en, named.in_english().name) == ("Xinshe District", "Xinshe District")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "names_en.csv"
    broken.write_text("code,name\n1,2\n")
    with pytest.raises(BoundaryError, match=r"names_en\.csv cannot be read .*scripts/names-en"):
        read_english_names(broken)
