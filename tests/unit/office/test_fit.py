"""Heights and widths by the metrics of the typeface."""

import pytest

from geoapp.office import fit
from geoapp.office.content import NOTHING, Column, Table
from geoapp.office.word.dress import REPORT

HEADS = ("地区", "数值", "说明")


def table(*rows, heads=HEADS, **more):
    return Table(caption="表", columns=tuple(Column(head=head) for head in heads), rows=rows, **more)


def test_columns_are_as_wide_as_their_cells_ask():
    spread = fit.spread(table(("鄂尔多斯市", "1", "短")))
    assert sum(spread.shares) == pytest.approx(1)
    assert spread.shares[0] > spread.shares[1] == pytest.approx(spread.shares[2])
    assert set(fit.row_heights(spread)) == {fit.row_heights(spread)[0]}, "nothing breaks"


def test_the_column_of_one_long_cell_gives_way_to_the_column_of_many():
    long = "循环化改造示范试点、生活垃圾分类示范试点、循环经济项目所在园区、公共基础设施共建共享"
    rows = [(long, "1", "短"), *((f"{long}", "1", "短") for _ in range(8)), ("名", "1", long)]
    spread = fit.spread(table(*rows))
    assert spread.shares[0] >= spread.shares[2]
    assert fit.lines(long, spread.shares[0] * 156 - fit.ON_PAPER.across, 9) == 2, "the many long cells take two lines"
    heads = [
        fit.lines(head, share * 156 - fit.ON_PAPER.across, 9) for head, share in zip(HEADS, spread.shares, strict=True)
    ]
    assert heads == [1, 1, 1]


def test_room_between_han_and_latin_is_counted():
    text = "四(四) 专栏6"
    latin = fit.measure("()6 4", 9) - fit.measure("4", 9)
    asked = (fit.measure(text, 9) + 0.2 * latin + 5 * 0.25 * 9) / fit.POINTS / fit.HELD
    assert [fit.lines(text, asked * share, 9) for share in (1.01, 0.99)] == [1, 2]
    assert fit.lines("国" * 10, 10 * 9 / fit.POINTS / fit.HELD, 9) == 1
    assert fit.lines("国a" * 10, 1.1 * fit.measure("国a" * 10, 9) / fit.POINTS, 9) == 2


def test_a_table_is_cut_where_the_room_ends_and_its_note_stays_at_the_end():
    spread = fit.spread(table(*((f"地区{n}", "1", "短") for n in range(20)), strong=1, note="注"))
    row = fit.row_heights(spread)[1]
    parts = fit.pages(spread, fit.ON_PAPER, 8.5 * row)
    assert [len(part.rows) for part in parts] == [7, 7, 6]
    assert [part.note for part in parts] == ["", "", "注"]
    assert [part.strong for part in parts] == [1, 0, 0]
    assert [len(part.rows) for part in fit.balanced(spread, fit.ON_PAPER, 14.5 * row)] == [10, 10]
    assert [len(part.rows) for part in fit.pages(spread, fit.ON_PAPER, 0.1)] == [1] * 20


def test_a_shortened_table_counts_what_it_leaves_out_and_keeps_the_least():
    spread = fit.spread(table(*((f"地区{n}", "1", "短") for n in range(20))))
    row = fit.row_heights(spread)[1]
    cut = fit.shortened(spread, 5.5 * row, 1, lambda count: f"另有{count}项")
    assert (len(cut.rows), cut.note) == (4, "另有16项")
    assert len(fit.shortened(spread, 5.5 * row, 9, str).rows) == 9
    assert fit.shortened(spread, 99 * row, 1, str) == spread


def test_columns_that_say_nothing_are_left_out():
    told = table(("甲", NOTHING, "x"), ("乙", NOTHING, NOTHING)).told()
    assert [column.head for column in told.columns] == ["地区", "说明"]
    assert told.rows == (("甲", "x"), ("乙", NOTHING))


def test_a_paragraph_has_the_height_of_its_style():
    look = REPORT.texts["Caption"]
    assert fit.paragraph("", look, 156) == pytest.approx((look.before + look.line + look.after) / fit.POINTS)
    assert fit.paragraph("字" * 100, look, 156) == pytest.approx(
        (look.before + 3 * look.line + look.after) / fit.POINTS
    )
