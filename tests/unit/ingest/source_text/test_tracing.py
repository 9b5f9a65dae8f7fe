"""Every record is found where it says it is printed, or the reason why not is told."""

from dataclasses import replace
from pathlib import Path

import pytest

from geoapp.atlas import Atlas
from geoapp.errors import InvalidData
from geoapp.ingest.source_text.sections import Document, Passage, passage_of
from geoapp.ingest.source_text.tracing import Tracer, Untraced, in_pieces, stands_in, trace
from geoapp.model.plan import Project, Target

TEXT = """一、目标
到2025年下降15%以上，比例达到5.7％。Ⅱ类。
二、项目
推进托里县、和布克赛尔县储能电站，某县120万千瓦风电
项目。凉州城区新建管网。
附件1
目标
\t鄂托克前旗
\t-5
\t/

\t鄂托克旗
\t-26
\t-29.5
"""


@pytest.fixture
def tracer() -> Tracer:
    return Tracer(Document(TEXT), {"p-j2": "托里县、和布克赛尔县储能电站", "p-j3": "某地管网"})


@pytest.fixture
def target(atlas: Atlas) -> Target:
    return replace(atlas.dataset.targets[0], id="p-t1", name_in_source="全市", caveats=())


@pytest.fixture
def project(atlas: Atlas) -> Project:
    first = atlas.dataset.projects[0]
    return replace(first, id="p-j1", name_in_source="全市", section="二", capacity=None, capacity_unit="", caveats=())


@pytest.mark.parametrize(
    ("section", "printed"),
    [("一", "15%以上"), ("一", "15"), ("一", "5.7%"), ("一", "II类"), ("附件1", "-26"), ("附件1", "/")],
)
def test_a_value_is_found(tracer: Tracer, target: Target, section: str, printed: str) -> None:
    assert tracer.trace(replace(target, section=section, value_text=printed)) == "printed"


@pytest.mark.parametrize(
    ("section", "printed"),
    [("一", "5"), ("一", "7%"), ("一", "/"), ("二", "15%以上"), ("附件1", "26.0"), ("附件1", "9.5")],
)
def test_a_part_of_a_number_is_not_the_number(tracer: Tracer, target: Target, section: str, printed: str) -> None:
    expected = Untraced("p-t1", printed, section, "the value is not printed in this section")
    assert tracer.trace(replace(target, section=section, value_text=printed)) == expected


def test_a_table_is_read_in_the_row_of_the_region(tracer: Tracer, target: Target) -> None:
    banner = replace(target, section="附件1", name_in_source="鄂托克前旗", value_text="-5")
    assert tracer.trace(banner) == "printed"
    wrong = replace(banner, value_text="-26")
    assert tracer.trace(wrong) == Untraced("p-t1", "-26", "附件1", "the value is not printed in this section")


def test_a_missing_heading_is_told(tracer: Tracer, target: Target) -> None:
    lost = replace(target, section="三(九)")
    assert tracer.trace(lost) == Untraced("p-t1", lost.value_text, "三(九)", "the document has no such heading")


def test_a_region_that_the_section_does_not_name(tracer: Tracer, target: Target) -> None:
    elsewhere = replace(target, section="一", value_text="15", name_in_source="鄂托克旗")
    reason = "the region '鄂托克旗' is not printed in this section; a caveat region_from_… may say whence it is"
    assert tracer.trace(elsewhere) == Untraced("p-t1", "15", "一", reason)
    assert tracer.trace(replace(elsewhere, caveats=("region_from_context",))) == "printed"


def test_a_name_over_a_line_break_is_found(tracer: Tracer, project: Project) -> None:
    assert tracer.trace(replace(project, name="120万千瓦风电项目")) == "printed"


def test_a_shared_head_noun_must_be_explained(tracer: Tracer, project: Project) -> None:
    shared = replace(project, name="托里县储能电站")
    reason = "the name is not printed in this section; correct it, or add the printed form to tracing.csv"
    assert tracer.trace(shared) == Untraced("p-j1", "托里县储能电站", "二", reason)
    assert tracer.trace(replace(shared, caveats=("name_assembled",))) == "assembled"
    assert tracer.trace(replace(shared, id="p-j2")) == "reviewed"


def test_an_explanation_is_looked_up_too(tracer: Tracer, project: Project) -> None:
    invented = replace(project, name="托里县风电项目站", caveats=("name_assembled",))
    reason = "its parts do not stand in order in one sentence; add the printed form to tracing.csv"
    assert tracer.trace(invented) == Untraced("p-j1", "托里县风电项目站", "二", reason)
    absent = replace(project, id="p-j3", name="某地新管网")
    reason = "tracing.csv says it is printed as '某地管网', which is not in this section either"
    assert tracer.trace(absent) == Untraced("p-j3", "某地新管网", "二", reason)


def test_a_reviewed_form_must_hold_the_name_or_a_caveat_says_why_not(tracer: Tracer, project: Project) -> None:
    other = replace(project, id="p-j2", name="塔城储能电厂")
    reason = "'托里县、和布克赛尔县储能电站' of tracing.csv does not hold the name; add a caveat such as name_variant"
    assert tracer.trace(other) == Untraced("p-j2", "塔城储能电厂", "二", reason)
    assert tracer.trace(replace(other, caveats=("name_variant",))) == "reviewed"


def test_a_capacity_must_be_printed_beside_the_name(tracer: Tracer, project: Project) -> None:
    wind = replace(project, name="120万千瓦风电项目", capacity=120.0, capacity_unit="万千瓦")
    assert tracer.trace(wind) == "printed"
    wrong = replace(wind, capacity=12.0)
    assert tracer.trace(wrong) == Untraced(
        "p-j1", "120万千瓦风电项目", "二", "the capacity 12 is not printed in this section"
    )


def test_every_cited_section_must_hold_the_name(tracer: Tracer, project: Project) -> None:
    both = replace(project, name="120万千瓦风电项目", section="二;一")
    reason = "the name is not printed in this section; correct it, or add the printed form to tracing.csv"
    assert tracer.trace(both) == Untraced("p-j1", "120万千瓦风电项目", "一", reason)


def test_in_pieces_keeps_the_order_and_the_number_of_pieces() -> None:
    sentence = "依托武威、古浪、天祝三个高铁综合交通枢纽"
    assert in_pieces("古浪高铁综合交通枢纽", sentence)
    assert not in_pieces("高铁综合交通枢纽古浪", sentence)
    assert not in_pieces("武古天高", sentence)


def test_a_number_does_not_reach_over_two_cells() -> None:
    row = passage_of([("煤耗", "33", "15")])
    assert not stands_in("331", row)
    assert stands_in("15", row)
    assert not stands_in("-", Passage("a-b", ()))


def test_the_report_counts_what_it_found_and_lists_what_not(atlas: Atlas, tmp_path: Path) -> None:
    data = atlas.dataset
    plan = next(plan for plan in data.plans if plan.id.startswith("wuwei"))
    goals = tuple(each for each in data.targets if each.plan == plan.id and each.section == "二")
    small = replace(data, plans=(plan,), targets=goals, statistics=(), parks=(), projects=())
    missing, printed = goals[0], goals[1:]
    text = "二、主要目标\n" + "\n".join(goal.value_text for goal in printed)
    (tmp_path / plan.source_file).write_text(text, encoding="utf-8")
    report = trace(small, tmp_path, tmp_path)
    assert dict(report.found) == {"printed": len(printed)}
    reason = "the value is not printed in this section"
    assert [str(each) for each in report.untraced] == [f"{missing.id}: {missing.value_text!r} in 二: {reason}"]


def test_a_missing_source_text_is_one_fault_a_plan(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(InvalidData) as caught:
        trace(atlas.dataset, tmp_path, tmp_path)
    assert str(caught.value).splitlines()[0] == f"{tmp_path}: {len(atlas.dataset.plans)} fault(s)"
