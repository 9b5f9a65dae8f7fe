"""How a name is broken over two lines."""

import pytest

from geoapp.sheets.scene.labels.blocks import split_name


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("巴音郭楞蒙古自治州", ("巴音郭楞蒙古", "自治州")),
        ("Hoboksar Mongol Autonomous County", ("Hoboksar Mongol", "Autonomous County")),
        ("Dongsheng District", ("Dongsheng", "District")),
        ("Shijiazhuang", ("Shijiazhuang", "")),
        ("Ürümqi", ("Ürümqi", "")),
    ],
)
def test_a_long_name_breaks_between_words(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts
