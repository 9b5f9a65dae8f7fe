"""No figure without its document in the same answer: every indicator of every region that has data."""

from collections.abc import Iterator

import pytest

from geoapp.analysis.resolved_view import ResolvedView, ViewResolver
from geoapp.atlas import Atlas, built_on
from geoapp.files.options import FileOptions
from geoapp.model.region import Adcode, Level
from geoapp.model.view import View
from geoapp.office.assemble import Assembler
from geoapp.office.maps import Imprint
from geoapp.sheets.paper import Sheet

REGIONS = ("150600", "150621", "620600", "640200", "650000", "654200", "654203")


def views(atlas: Atlas, region: str) -> Iterator[View]:
    """Yield a view of each indicator and year that has data in a region, without parks and projects."""
    plain = atlas.view([("region", region), ("layers", "none")])
    for indicator, years in atlas.show(plain).choices.items():
        for year in years or (None,):
            given = [("region", region), ("layers", "none"), ("indicator", indicator)]
            yield atlas.view([*given, *([("year", str(year))] if year else [])])


def figures(resolved: ResolvedView) -> set[str]:
    """Return the documents of the numbers and words a view prints: of its areas and of its region."""
    answers = [resolved.own, *(area.resolution for area in resolved.areas)]
    return {answer.plan.id for answer in answers if answer.target is not None and answer.plan is not None}


def with_data(atlas: Atlas) -> list[Adcode]:
    """Return the country and every region that a figure of some document is of."""
    figured = {each.adcode for each in (*atlas.dataset.targets, *atlas.dataset.statistics)}
    return [Adcode("100000"), *sorted(figured)]


def test_every_view_of_every_region_with_data_names_the_documents_of_its_figures(atlas: Atlas) -> None:
    told: set[str] = set()
    for region in with_data(atlas):
        for view in views(atlas, region):
            resolved, answer = atlas.show(view), atlas.view_json(view)
            named = {source["plan"] for source in answer["sources"]}
            assert figures(resolved) <= named, view.query()
            if resolved.indicator.origin is not None:
                assert None in named, "what no plan sets has a source of its own"
            told |= {region} if answer["own"] else set()
    levels = {atlas.region(code).level for code in told}
    assert {Level.PROVINCE, Level.PREFECTURE} <= levels, "the view of a region tells its own figure too"


@pytest.mark.parametrize("region", REGIONS)
def test_every_exported_figure_stands_beside_its_document(atlas: Atlas, region: str) -> None:
    for view in views(atlas, region):
        content = atlas.content(view, FileOptions(geometry="none"))
        layer = content.layers[0]
        rows = [*([layer.whole] if layer.whole else []), *layer.rows]
        assert not [row["adcode"] for row in rows if row["value_text"] and not row["citation"]], view.query()
        resolved = content.resolved
        if resolved.own.target is not None:
            printed = {row["adcode"]: row["value_text"] for row in rows}
            assert printed[resolved.region.adcode] == resolved.own.target.value_text, view.query()
        for plan in resolved.plans:
            told = [note.text for note in content.notes if note.key.startswith("source_")]
            assert any(plan.title.zh in text for text in told)


@pytest.mark.parametrize("region", ["640200", "150600", "654200"])
def test_every_sheet_prints_the_document_of_the_regions_own_figure(atlas: Atlas, region: str) -> None:
    seen = 0
    for view in views(atlas, region):
        resolved = atlas.show(view)
        alone = all(area.resolution.plan is None for area in resolved.areas)
        if resolved.own.plan is None or not alone or seen >= 12:
            continue
        texts = "".join(text.text for text in atlas.snapshots.scene(resolved, Sheet()).texts())
        assert resolved.own.plan.title.zh in texts, view.query()
        seen += 1
    assert seen


def test_a_briefing_of_two_views_lists_both_documents(atlas: Atlas) -> None:
    """Reproduced as examined: two views whose counties have no figure of their own."""
    views = [("views", "region=640200&indicator=cut_cod&layers=none"), ("views", "region=620600&indicator=cut_cod")]
    asked = atlas.briefings.read(views)
    views = ViewResolver(atlas.dataset, atlas.gazetteer, atlas.resolver)
    assembler = Assembler(atlas.dataset, atlas.cards, views, built_on(atlas.store))
    told = "".join(assembler.briefing(asked, Imprint()).sources)
    for code in (Adcode("640200"), Adcode("620600")):
        plan = next(plan for plan in atlas.dataset.plans if plan.region == code)
        assert plan.title.zh in told
