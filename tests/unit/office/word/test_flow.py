"""How a document falls on its pages: full ones, and no last one with two lines."""

import pytest

from geoapp.office.content import Column, Table
from geoapp.office.word.dress import OFFICIAL, REPORT
from geoapp.office.word.flow import fills, settled
from geoapp.office.word.flow_items import Figure, Grid, Pieces, Text


@pytest.fixture
def runs(assemble):
    def make(query, look=REPORT):
        return [settled(run, look) for run in Pieces(assemble(query), look).runs()]

    return make


def figure(run):
    return next(piece for piece in run if isinstance(piece, Figure))


@pytest.mark.parametrize("look", [REPORT, OFFICIAL])
@pytest.mark.parametrize(
    "query", ["region=150600", "region=654200", "region=640200", "region=620600", "region=650000&year=2015"]
)
def test_no_page_but_the_last_is_a_quarter_empty(runs, query, look):
    (run,) = runs(query, look)
    *whole, _ = fills(run, figure(run).heights[0], look)
    assert min(whole) > 0.75 * look.height


def test_a_figure_keeps_its_caption_and_a_table_its_caption_note_and_first_rows():
    line = Text(text="字", style="Body Text")
    table = Table(caption="表", columns=(Column(head="甲"),), rows=(("一",),) * 20, shares=(1.0,))
    above = [Text(text="表", style="Caption", keep=True), Text(text="注", style="Table Note", keep=True)]
    lines = int(REPORT.height / (20 / 72 * 25.4)) - 3
    pages = fills([*[line] * lines, *above, Grid(table=table)], 0, REPORT)
    assert len(pages) == 2
    assert pages[0] == pytest.approx(lines * 20 / 72 * 25.4), "nothing of the table stays behind"


def test_the_last_lines_stay_together(runs):
    (run,) = runs("region=654200")
    texts = [piece for piece in run if isinstance(piece, Text) and piece.style == "Body Text"]
    assert texts[-2].keep
    assert not texts[-1].keep
