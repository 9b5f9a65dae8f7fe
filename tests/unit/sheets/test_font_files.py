"""The fonts that come with geoapp, and what they hold."""

import pytest
from fontTools.ttLib import TTFont

from geoapp.errors import FontMissing
from geoapp.sheets import font_files


@pytest.mark.parametrize("bold", [False, True])
def test_each_weight_has_a_file_of_its_own_family_and_licence(bold):
    for file in font_files.carried(bold):
        with TTFont(file.path, lazy=True) as font:
            names = font["name"]
            named = names.getBestFamilyName(), names.getBestSubFamilyName()
        assert named == (file.family, "Bold" if bold else "Regular")
        licence = file.path.with_name(file.family.replace(" ", "") + "-OFL.txt").read_text()
        assert "SIL Open Font License, Version 1.1" in licence


def test_every_character_that_sheets_need_is_carried(atlas):
    """Names of all divisions, rare characters of county names (extension B too), and signs of units."""
    assert len(atlas.dataset.regions) > 3000
    names = [region.name for region in atlas.dataset.regions]
    assert font_files.outside([*names, "䢺㳇𫚖𬇙𬭊𠅤", "ə°⅓₂³²−≥≤≈·…㎡"]) == set()


def test_what_is_outside_is_told():
    assert font_files.outside(["能耗한", "🎉"]) == {"한", "🎉"}


def test_fonts_that_were_not_brought_are_named(monkeypatch, tmp_path):
    monkeypatch.setattr(font_files, "FOLDER", tmp_path)
    with pytest.raises(FontMissing) as caught:
        font_files.carried(bold=False)
    assert str(caught.value) == (
        f"the fonts NotoSansSC-Regular.ttf, NotoSans-Regular.ttf are not in {tmp_path}, so no sheet can be drawn; "
        "run `make assets`, or install geoapp again"
    )
