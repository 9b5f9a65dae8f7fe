"""The typeface: every character of the build is in it, and a missing one is an error, never a gap."""

import pytest

from geoapp.errors import FontMissing, MissingGlyph
from geoapp.sheets import fonts
from geoapp.sheets.snapshot import dataset_texts


def test_every_text_of_the_build_can_be_drawn(atlas):
    texts = dataset_texts(atlas.dataset)
    assert len(texts) > 3000
    fonts.assert_covered(texts)


def test_a_build_refuses_a_character_that_cannot_be_drawn(atlas):
    from dataclasses import replace

    from geoapp.sheets.snapshot import assert_drawable

    odd = replace(atlas.dataset.parks[0], name="园区🏭")
    with pytest.raises(MissingGlyph, match=r"U.1F3ED"):
        assert_drawable(replace(atlas.dataset, parks=(odd,)), lambda _: None)


def test_a_build_without_the_font_goes_on_and_says_so(atlas, monkeypatch, tmp_path):
    from geoapp.sheets.snapshot import assert_drawable

    monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path),))
    fonts.face.cache_clear()
    wording: list[str] = []
    assert_drawable(atlas.dataset, wording.append)
    fonts.face.cache_clear()
    assert len(wording) == 1
    assert wording[0].startswith("pictures cannot be drawn yet: the font NotoSansCJK-Regular.ttc")


def test_the_minus_sign_has_a_width():
    assert fonts.measure("−", 10.0) > 3.0


def test_a_missing_glyph_is_named():
    with pytest.raises(MissingGlyph) as caught:
        fonts.measure("节能🎉", 10.0)
    assert str(caught.value) == (
        "the character '🎉' (U+1F389) of '节能🎉' is not in Noto Sans CJK SC; leave it out or write it in another way"
    )


def test_widths_are_the_fonts_own():
    assert fonts.measure("能耗", 10.0) == pytest.approx(20.0, rel=1e-4)
    assert fonts.measure("ii", 10.0) < fonts.measure("MM", 10.0) / 2
    assert fonts.measure("−16.5%", 10.0, bold=True) > fonts.measure("−16.5%", 10.0)


def test_a_missing_font_names_the_package(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path),))
    with pytest.raises(FontMissing) as caught:
        fonts.find(bold=False)
    assert str(caught.value) == (
        "the font NotoSansCJK-Regular.ttc (Noto Sans CJK SC) is not installed, so no sheet can be drawn; "
        f"on Debian or Ubuntu: apt-get install fonts-noto-cjk (looked in {tmp_path})"
    )


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
