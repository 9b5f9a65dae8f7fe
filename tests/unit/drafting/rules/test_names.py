"""Parks and projects: what is a name, whose it is, how lists share a noun."""

from tests.unit.drafting.conftest import Drafting, said


def test_named_parks_only_and_their_division(drafted: Drafting) -> None:
    made = drafted(
        "支持神木高新技术产业开发区、榆林经济技术开发区开展循环化改造，推动各类产业园区和省级工业园区绿色发展。",
        section="一、重点任务",
    )
    assert said(made, "parks", "name", "name_in_source", "programmes") == [
        ("神木高新技术产业开发区", "神木市", "circular_retrofit"),
        ("榆林经济技术开发区", "全市", "circular_retrofit"),
    ]


def test_lists_sizes_and_states_of_projects(drafted: Drafting) -> None:
    made = drafted(
        "推进府谷县2×66万千瓦煤电机组灵活性改造项目、榆阳区100兆瓦储能电站建设，开工建设绥德县、米脂县整县分布式光伏试点。",
        section="一、重点任务",
    )
    assert said(made, "projects", "name", "name_in_source", "capacity", "capacity_unit", "status") == [
        ("府谷县2×66万千瓦煤电机组灵活性改造项目", "府谷县", "132", "万千瓦", "renovating"),
        ("榆阳区100兆瓦储能电站", "榆阳区", "100", "兆瓦", "planned"),
        ("绥德县整县分布式光伏试点", "绥德县", "", "", "starting"),
        ("米脂县整县分布式光伏试点", "米脂县", "", "", "starting"),
    ]
    assert said(made, "targets", "value") == [], "a number in a name is no goal"


def test_generic_words_are_no_projects(drafted: Drafting) -> None:
    made = drafted("实施节能降碳重点工程，严控“两高”项目盲目发展，加强项目节能审查。", section="一、重点任务")
    assert said(made, "projects", "name") == []
