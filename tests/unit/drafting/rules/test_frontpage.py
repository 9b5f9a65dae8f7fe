"""What documents say of themselves, in the manners of several offices."""

import pytest

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.drafting.reading.document import Paragraph, assemble
from geoapp.drafting.rules.frontpage import NoRegion, read_front_page


@pytest.mark.parametrize(
    ("lines", "title", "number", "issuer", "published", "region", "years"),
    [
        (
            ["榆政发〔2022〕903号", "关于印发榆林市“十四五”节能方案的通知", "榆林市人民政府", "2022年9月8日"],
            "榆林市“十四五”节能方案", "榆政发〔2022〕903号", "榆林市人民政府", "2022-09-08", "610800", (2021, 2025),
        ),
        (
            ["青海省节能降碳规划", "（2026—2030年）", "青海省发展和改革委员会", "二〇二六年三月"],
            "青海省节能降碳规划", "", "青海省发展和改革委员会", "2026-03", "630000", (2026, 2030),
        ),
        (["商都县2024年节能工作计划"], "商都县2024年节能工作计划", "", "", "", "150923", (2024, 2024)),
    ],
)  # fmt: skip
def test_facts_of_the_front_page(
    gazetteer: Gazetteer, lines: list[str], title: str, number: str, issuer: str, published: str, region: str,
    years: tuple[int, int],
) -> None:  # fmt: skip
    page = read_front_page(assemble(["x"], [Paragraph(line) for line in lines]), gazetteer)
    assert (page.title, page.document_no, page.issuer, page.published) == (title, number, issuer, published)
    assert (page.region, page.start_year, page.end_year) == (region, *years)


def test_a_region_that_nothing_names_is_asked_for(gazetteer: Gazetteer) -> None:
    with pytest.raises(NoRegion, match="--region"):
        read_front_page(assemble(["x"], [Paragraph("某某节能规划")]), gazetteer)
