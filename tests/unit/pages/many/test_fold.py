"""Pages of more plans than fit: provinces and totals first, then the plans asked for, page by page."""

import pytest

from geoapp.atlas import Atlas
from geoapp.pages.base import Library
from geoapp.pages.many.fold import Asked, fold
from geoapp.pages.points import parks_page


@pytest.fixture(scope="module")
def library(world_atlas: Atlas) -> Library:
    return Library.of(world_atlas.cards)


def _sizes(library: Library) -> dict[str, int]:
    return {plan.id: 3 for plan in library.dataset.plans}


def test_what_fits_is_not_folded(library: Library) -> None:
    sizes = _sizes(library)
    assert fold(library, sizes, sum(sizes.values()), Asked(), "zh") == (library, None)
    assert fold(library, sizes, 1, None, "zh") == (library, None), "a twin says everything"


def test_totals_and_provinces_come_first(library: Library) -> None:
    shown, folded = fold(library, _sizes(library), 4, Asked(), "zh")
    assert folded is not None
    assert shown.dataset.plans == ()
    assert folded["plans"] == len(library.dataset.plans)
    assert folded["rows"] == 3 * len(library.dataset.plans)
    assert sum(each["plans"] for each in folded["provinces"]) == folded["plans"]
    assert [each["adcode"] for each in folded["provinces"]] == sorted(each["adcode"] for each in folded["provinces"])


def test_all_pages_of_all_provinces_show_each_plan_once(library: Library) -> None:
    seen: list[str] = []
    folded = fold(library, _sizes(library), 4, Asked(), "zh")[1]
    assert folded is not None
    for province in folded["provinces"]:
        number, pages = 1, 1
        while number <= pages:
            shown, there = fold(library, _sizes(library), 4, Asked(within=province["adcode"], page=number), "zh")
            assert there is not None
            assert there["within"] == province["adcode"]
            pages = there["pages"]
            assert len(shown.dataset.plans) == 1, "two of three rows each do not fit"
            seen += [plan.id for plan in shown.dataset.plans]
            number += 1
    assert sorted(seen) == sorted(plan.id for plan in library.dataset.plans)


def test_words_find_a_plan_by_its_region_and_its_title(library: Library) -> None:
    plan = library.dataset.plans[0]
    for words in (library.region(plan.region).name, plan.title.zh, plan.id):
        shown, folded = fold(library, _sizes(library), 3 * len(library.dataset.plans) - 1, Asked(words=words), "zh")
        assert plan in shown.dataset.plans
        assert folded is not None
        assert folded["chosen"] == len(shown.dataset.plans)
    shown, _ = fold(library, _sizes(library), 4, Asked(words="没有这样的地方"), "zh")
    assert shown.dataset.plans == ()


def test_a_page_beyond_the_last_is_the_last(library: Library) -> None:
    code = _province_of_several(library)
    last = fold(library, _sizes(library), 4, Asked(within=code, page=99), "zh")[1]
    assert last is not None
    assert last["page"] == last["pages"] > 0


def _province_of_several(library: Library) -> str:
    folded = fold(library, _sizes(library), 4, Asked(), "zh")[1]
    assert folded is not None
    return str(max(folded["provinces"], key=lambda each: int(each["plans"]))["adcode"])


def test_a_narrowed_library_has_the_records_of_its_plans_alone(library: Library) -> None:
    shown, _ = fold(library, _sizes(library), 4, Asked(within=_province_of_several(library)), "zh")
    ids = {plan.id for plan in shown.dataset.plans}
    for kind in ("targets", "statistics", "parks", "projects", "derived"):
        wanted = [each for each in getattr(library.dataset, kind) if each.plan in ids]
        assert sorted(each.id for each in getattr(shown.dataset, kind)) == sorted(each.id for each in wanted)
    assert [each.plan for each in shown.dataset.report] == [
        each.plan for each in library.dataset.report if each.plan in ids
    ]


def test_a_folded_page_still_counts_everything(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = parks_page(library, "zh")
    monkeypatch.setattr("geoapp.pages.points.MOST", 1)
    folded = parks_page(library, "zh", Asked())
    assert (folded["count"], folded["kinds"], folded["plans"]) == (whole["count"], whole["kinds"], [])
    assert whole["plans"]
