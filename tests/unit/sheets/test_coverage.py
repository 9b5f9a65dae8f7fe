"""Characters that no carried font has: told with their place, refused where no font of the machine has them either."""

import shutil
from dataclasses import replace

import pytest

from geoapp import builder
from geoapp.cli.main import plan_of
from geoapp.errors import InvalidData
from geoapp.model.plan import Text
from geoapp.sheets import font_files
from geoapp.sheets.coverage import assert_drawable, dataset_texts


@pytest.fixture
def layers(settings, tmp_path):
    """A copy of the data people edit."""
    return shutil.copytree(settings.layers_dir, tmp_path / "layers")


def test_every_text_of_the_build_is_in_the_carried_fonts(atlas, settings):
    assert len(dataset_texts(atlas.dataset)) > 3000
    told: list[str] = []
    assert_drawable(atlas.dataset, settings.layers_dir, told.append)
    assert told == []


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_character_that_no_font_has_is_refused_with_its_row_and_column(settings, atlas, layers, tmp_path, command):
    name = atlas.dataset.parks[-1].name
    file = next(path for path in sorted(layers.rglob("parks.csv")) if name in path.read_text())
    text = file.read_text()
    file.write_text(text.replace(name, name + "🏭", 1))
    row = text[: text.index(name)].count("\n") + 1
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "shapes").symlink_to(settings.build_dir / "shapes")
    plan = plan_of(settings.model_copy(update={"layers_dir": layers, "build_dir": tmp_path / "build"}))
    with pytest.raises(InvalidData) as caught:
        getattr(builder, command)(plan, lambda _: None)
    (issue,) = caught.value.issues
    assert issue.where == f"{file} row {row}, column name"
    assert "'🏭' (U+1F3ED)" in issue.problem


def test_a_borrowed_character_is_only_told(atlas, layers):
    plan = replace(atlas.dataset.plans[0], title=Text(zh="한", en="Han"))
    path = layers / "plans" / plan.id / "plan.toml"
    path.write_text(path.read_text() + "# 한\n")
    told: list[str] = []
    assert_drawable(replace(atlas.dataset, plans=(plan,)), layers, told.append)
    row = path.read_text().count("\n")
    assert told == [
        f"{path} row {row}: the character '한' (U+D55C) of '# 한' is not in Noto Sans SC or Noto Sans; "
        "sheets draw it in Noto Sans CJK SC"
    ]


def test_a_name_of_the_boundaries_is_named_by_its_division(atlas, layers):
    region = replace(atlas.dataset.regions[-1], name="🏭县")
    with pytest.raises(InvalidData) as caught:
        assert_drawable(replace(atlas.dataset, regions=(region,)), layers, lambda _: None)
    assert [issue.where for issue in caught.value.issues] == [f"boundaries, {region.adcode}"]


def test_without_the_fonts_a_build_goes_on_and_says_so(atlas, layers, monkeypatch, tmp_path):
    monkeypatch.setattr(font_files, "FOLDER", tmp_path)
    font_files.characters.cache_clear()
    told: list[str] = []
    assert_drawable(atlas.dataset, layers, told.append)
    font_files.characters.cache_clear()
    assert len(told) == 1
    assert told[0].startswith("pictures cannot be drawn yet: the fonts NotoSansSC-Regular.ttf")
