"""Rows become features: joined by place, nothing dropped, every fault named with file, row and column."""

import csv
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import shapely

from geoapp.atlas import Atlas
from geoapp.model.region import Adcode
from geoapp.vector.join import Counties, read_vectors
from tests.data.world_layers import RED, STATIONS, STATIONS_TOML, write_world_layers, write_zone
from tests.data.world_map import CHENGBEI, CHENGZHONG, DONGHE

WEST, EAST = Adcode("910101"), Adcode("910102")
COUNTIES = Counties({EAST: shapely.box(101, 37, 102, 38), WEST: shapely.box(100, 37, 101, 38)})


def faults(folder: Path) -> list[str]:
    """Return every fault of a folder, its path left out."""
    return [str(issue).replace(f"{folder}/", "") for issue in read_vectors(folder, COUNTIES)[1]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_world_layers(tmp_path)
    return tmp_path


def rewrite(folder: Path, old: str, new: str, name: str = "stations.csv") -> None:
    """Change a text of a file that must have it."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_point_is_in_the_county_that_holds_it_and_on_an_edge_in_the_lower_code() -> None:
    points = shapely.points(np.array([(101.5, 37.5), (101, 37.5), (99, 37.5), (100, 37)]))
    assert COUNTIES.holding(points) == [EAST, WEST, None, WEST]
    assert COUNTIES.holding(np.array([], dtype=object)) == []


def test_every_row_is_a_feature_also_those_outside_every_county(listed_atlas: Atlas) -> None:
    layer, features = listed_atlas.vectors.get("stations"), listed_atlas.vectors.features("stations")
    assert len(features) == layer.rows == len(STATIONS)
    assert {each.name: each.adcode for each in features}["At sea"] == ""
    assert layer.outside == ("7",)
    assert features[0].adcode == DONGHE
    assert features[6].adcode == min(CHENGZHONG, CHENGBEI)


def test_rows_that_share_a_key_keep_apart_and_say_that_they_repeat(listed_atlas: Atlas) -> None:
    features = listed_atlas.vectors.features("stations")
    assert [each.id for each in features] == ["1", "2", "3", "4-1", "4-2", "5", "6", "7"]
    assert Counter(caveat for each in features for caveat in each.caveats) == {
        "registered": 2,
        "repeated_row": 2,
        "same_place": 2,
    }
    assert [each.id for each in features if "same_place" in each.caveats] == ["1", "5"]


def test_an_empty_number_is_none_and_never_zero(listed_atlas: Atlas) -> None:
    layer, features = listed_atlas.vectors.get("stations"), listed_atlas.vectors.features("stations")
    assert [each.amount(layer) for each in features] == [120.5, 49.0, None, 30.0, 30.0, 8.0, 1.5, 200.0]


def test_a_shapefile_of_a_three_degree_zone_in_gb18030_comes_out_in_degrees(listed_atlas: Atlas) -> None:
    (area,) = listed_atlas.vectors.features("redline")
    assert listed_atlas.vectors.get("redline").shape == "polygon"
    assert (area.name, area.values, area.adcode) == ("生态红线", (12.0,), DONGHE)
    assert shapely.hausdorff_distance(shapely.from_wkb(area.wkb), RED) < 1e-8


def test_a_line_is_in_the_county_of_a_point_on_it(listed_atlas: Atlas) -> None:
    (line,) = listed_atlas.vectors.features("lines")
    assert listed_atlas.vectors.get("lines").shape == "line"
    assert shapely.distance(shapely.from_wkb(line.wkb), shapely.Point(line.lon, line.lat)) < 1e-6
    assert line.adcode == DONGHE or line.lon > 103


def test_faults_of_cells_are_named_with_row_and_column(folder: Path) -> None:
    rewrite(folder, "2,<b onclick=x>风电</b>,Wind,49,", "2,x,Winds,4 9,")
    assert faults(folder) == [
        "stations.csv row 3, column fuel: 'Winds' is of no kind "
        "(did you mean 'Wind'? or add it to the values of a [[kind]])",
        "stations.csv row 3, column mw: '4 9' is not a number (write digits only, or make it a text: type = \"text\")",
    ]


def test_coordinates_that_are_none_are_named(folder: Path) -> None:
    rewrite(folder, ",102.5,37.5,survey", ",37.5,102.5,survey")
    rewrite(folder, ",100.2,37.2,", ",100.2°,37.2,")
    hint = "(write decimal degrees; are longitude and latitude swapped?)"
    assert faults(folder) == [
        f"stations.csv row 2, column y: '102.5' is not a number of degrees from -90 to 90 {hint}",
        f"stations.csv row 4, column x: '100.2°' is not a number of degrees from -180 to 180 {hint}",
    ]


def test_a_column_that_is_not_there_is_named_with_the_nearest(folder: Path) -> None:
    rewrite(folder, 'kind_header = "fuel"', 'kind_header = "fule"', "stations.toml")
    assert faults(folder) == ["stations.toml kind_header: stations.csv has no column 'fule' (did you mean 'fuel'?)"]


def test_a_row_that_lost_a_cell_is_named(folder: Path) -> None:
    rewrite(folder, "3,Bridge,Wind,,", "3,Bridge,Wind,")
    assert faults(folder) == [
        "stations.csv row 4: 6 cells where the header has 7 (a cell was dropped or holds an unquoted comma)"
    ]


def test_a_shapefile_without_its_system_is_refused_and_read_once_it_is_named(folder: Path) -> None:
    write_zone(folder / "redline.zip", prj=False)
    assert faults(folder) == [
        "redline.zip: names no coordinate system: a Shapefile needs its .prj; or name the system, such as EPSG:4547"
    ]
    rewrite(folder, 'name = "名称"', 'name = "名称"\ncrs = "EPSG:4543"', "redline.toml")
    assert faults(folder) == []


def test_a_system_that_puts_a_layer_off_the_earth_is_refused(folder: Path) -> None:
    rewrite(folder, 'name = "名称"', 'name = "名称"\ncrs = "EPSG:4326"', "redline.toml")
    (fault,) = faults(folder)
    assert fault.startswith("redline.zip: coordinates from ")
    assert 'are not on the earth; is "WGS 84" the system of the file' in fault


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('id = "stations"', 'id = "plants"', "stations.toml id: is 'plants' (rename the file to plants.toml)"),
        (
            'data = "stations.csv"',
            'data = "../stations.csv"',
            "stations.toml data: no file '../stations.csv' lies beside it (put it there, or correct the name)",
        ),
        (
            'amount = "mw"',
            'amount = "kw"',
            "stations.toml: amount 'kw' is none of the number columns (mw) (see docs/vectors.md)",
        ),
        (
            '[[column]]\nname = "mw"',
            '[[column]]\nname = "type"',
            "stations.toml: column 'type' is a property every layer has; name it otherwise (see docs/vectors.md)",
        ),
        (
            'lat = "y"\n',
            "",
            "stations.toml: lon and lat belong together: name both columns, or none (see docs/vectors.md)",
        ),
    ],
)
def test_faults_of_a_description_are_sentences(folder: Path, old: str, new: str, fault: str) -> None:
    rewrite(folder, old, new, "stations.toml")
    assert faults(folder) == [fault]


def test_many_rows_with_one_fault_are_counted_after_the_first_twenty(tmp_path: Path) -> None:
    (tmp_path / "stations.toml").write_text(STATIONS_TOML, encoding="utf-8")
    with (tmp_path / "stations.csv").open("w", encoding="utf-8", newline="") as file:
        rows = [(number, "n", "Tide", "1", "100.5", "37.5", "survey") for number in range(25)]
        csv.writer(file).writerows([("no", "name", "fuel", "mw", "x", "y", "from"), *rows])
    found = faults(tmp_path)
    assert len(found) == 21
    assert found[-1] == "stations.csv column fuel: 5 more rows have the same fault (mend these first)"
