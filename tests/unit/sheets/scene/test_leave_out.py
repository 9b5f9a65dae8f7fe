"""What a sheet goes without when it is full: in a fixed order, said on the sheet, and never a refusal."""

from dataclasses import replace

import pytest

from geoapp.errors import InvalidView
from geoapp.sheets.paper import Sheet
from geoapp.sheets.scene.leave_out import MOST_CITED, MOST_NAMES, ORDER, LeaveOut, sources_line, tries
from geoapp.sheets.scene.primitives import Box


def words(scene, name):
    return [text.text for each in scene.groups if each.id == name for text in each.items if hasattr(text, "text")]


def small(**changes):
    return replace(Sheet(width=360.0, height=270.0), **changes)


def test_names_go_first_then_sources_then_rows():
    assert ORDER[0] == LeaveOut()
    gone = [(each.names, each.sources, each.rows) for each in ORDER]
    assert gone == sorted(gone)
    assert gone[-1] == (True, True, True)


def test_a_view_of_many_values_is_not_tried_with_every_name(atlas):
    resolved = atlas.show(atlas.view([("region", "150600")]))
    assert list(tries(resolved)) == list(ORDER)
    area = next(each for each in resolved.areas if each.resolution.status == "own")
    many = replace(resolved, areas=(area,) * (MOST_NAMES + 1))
    assert list(tries(many)) == list(ORDER[1:])


def test_a_few_documents_are_cited_and_many_are_counted(atlas):
    plans = list(atlas.dataset.plans)
    cited = sources_line(plans[:1], "zh", LeaveOut())[0]
    assert plans[0].title.zh in cited
    many = (plans * MOST_CITED)[: MOST_CITED + 1]
    assert sources_line(many, "zh", LeaveOut()) == [
        f"资料来源：{MOST_CITED + 1} 份规划文件，清单见本视图的 Excel 文件（“说明”页）和 /view.json"
    ]
    assert "documents" in sources_line(many, "en", LeaveOut())[0]
    assert sources_line(plans[:1], "zh", LeaveOut(sources=True))[0].startswith("资料来源：1 份规划文件")
    assert sources_line([], "zh", LeaveOut()) == []


def test_a_full_sheet_says_what_it_leaves_out(atlas):
    resolved = atlas.show(atlas.view([("region", "150600")]))
    scene = atlas.snapshots.scene(resolved, small())
    sources, legend = " ".join(words(scene, "sources")), words(scene, "legend")
    assert "地名和数值只注在放得下的地方" in sources.replace(" ", "")
    assert "份规划文件" in sources
    rest = [line for line in legend if line.startswith("其余 ")]
    full = words(atlas.snapshots.scene(resolved, Sheet()), "legend")
    assert len(rest) == 1
    assert set(legend) - set(rest) <= {part for line in full for part in (line,)} | set(legend)
    assert len(legend) < len(full)


def test_the_legend_of_a_small_sheet_lies_in_its_frame(atlas):
    resolved = atlas.show(atlas.view([("region", "150600")]))
    sheet = small()
    for each in atlas.snapshots.scene(resolved, sheet).groups:
        if each.id == "legend":
            frame = each.items[0].rings[0] if hasattr(each.items[0], "rings") else each.items[0].lines[0]
            box = Box(*frame.min(axis=0), *frame.max(axis=0))
            assert 0 <= box.x0 <= box.x1 <= sheet.width
            for text in (item for item in each.items if hasattr(item, "text")):
                assert box.y0 < text.y < box.y1


def test_a_bare_map_is_refused_unless_it_may_leave_out(atlas):
    resolved = atlas.show(atlas.view([("region", "150600")]))
    with pytest.raises(InvalidView):
        atlas.snapshots.scene(resolved, small(width=240.0, height=150.0, bare=True, cut=False))
    assert atlas.snapshots.scene(resolved, small(width=240.0, height=150.0, bare=True)).groups
