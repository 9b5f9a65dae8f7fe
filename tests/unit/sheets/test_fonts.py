"""The typeface and its metrics: a character is in it, borrowed, or an error, never a gap."""

import pytest

from geoapp.errors import MissingGlyph
from geoapp.sheets import fonts


def test_the_minus_sign_has_a_width():
    assert fonts.measure("−", 10.0) > 3.0


def test_a_missing_glyph_is_named():
    with pytest.raises(MissingGlyph) as caught:
        fonts.measure("节能🎉", 10.0)
    assert str(caught.value) == (
        "the character '🎉' (U+1F389) of '节能🎉' is not in Noto Sans SC; leave it out or write it in another way"
    )


def test_widths_are_the_fonts_own():
    assert fonts.measure("能耗", 10.0) == pytest.approx(20.0, rel=1e-4)
    assert fonts.measure("ii", 10.0) < fonts.measure("MM", 10.0) / 2
    assert fonts.measure("−16.5%", 10.0, bold=True) > fonts.measure("−16.5%", 10.0)


def test_a_text_is_cut_where_its_font_changes():
    runs = [(run.file.family, run.text) for run in fonts.face(bold=False).runs("约⅓，əə")]
    assert runs == [("Noto Sans SC", "约"), ("Noto Sans", "⅓"), ("Noto Sans SC", "，"), ("Noto Sans", "əə")]
    assert fonts.measure("约⅓，əə", 10.0) == pytest.approx(sum(r.width for r in fonts.face(False).runs("约⅓，əə")) * 10)


def test_a_character_of_the_machine_is_borrowed_in_its_weight():
    """Hangul is in neither carried font; the tests install Noto Sans CJK."""
    for bold, weight in ((False, "Regular"), (True, "Bold")):
        (run,) = fonts.face(bold).runs("한")
        assert run.file.path.name == f"NotoSansCJK-{weight}.ttc"
        assert run.width == pytest.approx(0.92, abs=0.01)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("能源消费总量", ["能源消费", "总量"]),
        ("能源消费，总量", ["能源消", "费，总量"]),
        ("（能源）消费", ["（能源）", "消费"]),
        ("Total energy use", ["Total", "energy", "use"]),
        ("", []),
    ],
)
def test_lines_break_where_they_may(text, lines):
    assert fonts.wrap(text, 41.0, 10.0) == lines
