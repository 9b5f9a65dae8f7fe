"""The tables of a briefing: printed columns first, every state in words, nothing lent as one's own."""

from geoapp.office.content import NOTHING
from geoapp.office.tables import MOST_ROWS


def rows(table):
    heads = [column.head for column in table.columns]
    return [dict(zip(heads, row, strict=True)) for row in table.rows]


def test_own_targets_with_the_other_tier_and_the_computed_year(assemble):
    (chapter,) = assemble("region=150600").chapters
    found = rows(chapter.targets)
    assert found[0] == {
        "地区": "鄂尔多斯市（全域）",
        "基本目标": "16.5%",
        "激励目标": "18.7%",
        "年均（系统推算）": "3.54%",
        "文件原值": "-16.5",
        "出处": "附件1",
    }
    assert chapter.targets.strong == 1
    assert [row["地区"] for row in found[1:3]] == ["鄂托克旗", "杭锦旗"]
    assert (found[-1]["基本目标"], found[-1]["激励目标"]) == ("0", "/"), "zero and none set are two things"
    assert chapter.targets.note.startswith("标“系统推算”的一列由图集")
    assert [column.align for column in chapter.targets.columns] == ["left", "right", "right", "right", "left", "left"]


def test_a_lent_target_is_the_parents(assemble):
    found = rows(assemble("region=640200").chapters[0].targets)[1]
    assert (found["基本目标"], found["文件原值"]) == (NOTHING, NOTHING)
    assert found["取值说明"] == "石嘴山市目标 15%，未分解到本级"


def test_a_withheld_target_is_said_to_be(assemble):
    found = rows(assemble("region=620600").chapters[0].targets)[1:]
    assert {(row["取值说明"], row["基本目标"], row["出处"]) for row in found} == {
        ("文件载明附件不公开", NOTHING, "附件1")
    }


def test_regions_without_a_target_are_listed_while_few_and_counted_when_many(assemble):
    few = assemble("region=650000&year=2015&layers=none").chapters[0].targets
    assert [row["取值说明"] for row in rows(few)].count("文件未设此目标") == 11
    many = assemble("region=100000&layers=none").chapters[0].targets
    assert len(many.rows) == 4
    assert "另有371个地区未列入本表" in many.note


def test_where_no_region_has_a_target_the_table_says_so_of_each(assemble):
    (chapter,) = assemble("region=430000&level=county&indicator=energy_units_total&layers=none").chapters
    found = rows(chapter.targets)
    assert len(found) == 122
    assert {row["取值说明"] for row in found} == {"未收录规划文件"}
    assert chapter.targets.note == ""
    assert chapter.findings == ("图集未收录这122个地区的规划文件，有无目标不得而知。",)


def test_what_no_table_can_hold_is_counted(assemble):
    table = assemble("region=510000&level=county&indicator=energy_units_total&layers=none").chapters[0].targets
    assert len(table.rows) == MOST_ROWS
    assert "另有23个地区未列入本表" in table.note


def test_what_is_not_printed_is_not_shown_as_printed(assemble):
    table = assemble("region=150600&indicator=d_project_count&layers=none").chapters[0].targets
    assert "文件原值" not in [column.head for column in table.columns]
    zonal = assemble("region=150600&indicator=sun_noon&layers=none").chapters[0].targets
    assert [column.head for column in zonal.columns] == ["地区", "数值"]


def test_documents_are_numbered_only_where_there_are_several(assemble):
    one = assemble("region=654200")
    assert {row["出处"][:1] for row in rows(one.chapters[0].targets)} == {"二"}
    assert one.sources == (
        "《塔城地区“十四五”节能规划（2021—2025年）》，塔地发改基础〔2023〕17号，塔城地区发展和改革委员会，2023-02-01",
    )
    two = assemble("views=region%3D150600&views=region%3D654200")
    assert rows(two.chapters[1].targets)[0]["出处"] == "[2] 二(二) 表2"
    assert [source[:6] for source in two.sources] == ["[1] 《鄂", "[2] 《塔"]


def test_points_stand_once_with_every_place(assemble):
    parks, projects = assemble("region=150600").chapters[0].lists
    assert (parks.caption, projects.caption) == ("文件点名的园区（8个）", "文件点名的项目（4个）")
    base = next(row for row in rows(projects) if row["名称"] == "鄂尔多斯大型风电光伏基地")
    assert (base["类型"], base["所在"]) == ("风电光伏基地", "杭锦旗、伊金霍洛旗、鄂托克旗、准格尔旗（分布在4个县）")
    assert "规模" not in base, "no project of this plan has a printed size"
    assert projects.note == "位置：只知所在县 1、只知所在地市 3。图上位置为示意，不得用于选址。"
    sized = next(row for row in rows(assemble("region=654200").chapters[0].lists[1]) if row["规模"] != NOTHING)
    assert (sized["名称"], sized["规模"]) == ("托里县120万千瓦风电配套制氢制航煤项目", "120 万千瓦")
