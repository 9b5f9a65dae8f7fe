"""A file of the owner's becomes a described layer, or nothing is left and the sentence says what to give."""

import json
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely

from geoapp.errors import GeoappError, InvalidData, NotFound
from geoapp.model.region import Adcode
from geoapp.vector.add import Described, add_layer, remove_layer
from geoapp.vector.join import Counties, read_vectors
from geoapp.vector.placed_table import PlacedTable, place_table
from tests.data.broken_shapes import geojson
from tests.data.world_layers import RED, write_zone

COUNTY = Adcode("910121")
COUNTIES = Counties({COUNTY: shapely.box(102, 37, 103, 38)})
ROWS = (
    ("2024年各站一览",),
    ("名称", "类别", "规模", "代码", "经度", "纬度"),
    ("甲站", "光伏", 12.5, "001", "102°30′E", "37.5"),
    (None, None, None, None, None, None),
    ("乙站", "风电", None, "002", "102.25", "37°15′36″"),
)


def placed() -> PlacedTable:
    return place_table("站.xlsx", ROWS, "wgs84")


def write(path: Path, driver: str, shapes: list[object], crs: str = "EPSG:4326") -> Path:
    pyogrio.raw.write(
        path,
        geometry=shapely.to_wkb(np.array(shapes, dtype=object)),
        geometry_type=shapes[0].geom_type,  # type: ignore[attr-defined]
        fields=["名称", "面积"],
        field_data=[np.array(["一"] * len(shapes), dtype=object), np.arange(len(shapes)) + 0.5],
        crs=crs,
        driver=driver,
    )
    return path


def test_a_table_becomes_points_in_decimal_degrees_with_its_types_and_numbers(tmp_path: Path) -> None:
    (tmp_path / "站.xlsx").touch()
    described = Described(
        id="sites", title="站点", name="名称", kind_header="类别", amount="规模", unit="MW", summed=True
    )
    made = add_layer(tmp_path / "站.xlsx", described, tmp_path / "vectors", COUNTIES, placed())
    assert [(each.name, each.lon, each.lat, each.adcode) for each in made.features] == [
        ("甲站", 102.5, 37.5, COUNTY),
        ("乙站", 102.25, 37.26, COUNTY),
    ]
    assert [each.amount(made.layer) for each in made.features] == [12.5, None]
    assert [kind.title.zh for kind in made.layer.kinds] == ["光伏", "风电"]
    code = next(column for column in made.layer.columns if column.title.zh == "代码")
    assert code.type == "text"  # 001 is a code and no number
    assert made.layer.licence == "许可未注明 / licence not stated"
    again, faults = read_vectors(tmp_path / "vectors", COUNTIES)
    assert (faults, again[0].features) == ([], made.features)


def test_coordinates_that_cannot_be_used_name_their_rows() -> None:
    rows = [
        *ROWS,
        ("丙站", "风电", 1, "003", 37.2, 102.3),
        ("丁站", "风电", 1, "004", None, None),
        ("戊站", "", 1, "", "约102", 37),
    ]
    with pytest.raises(InvalidData) as caught:
        place_table("站.xlsx", rows, "wgs84")
    assert [str(issue) for issue in caught.value.issues] == [
        "站.xlsx row 6, column 经度: 37.2, 102.3 is turned round: exchanged, it lies in China "
        "(exchange longitude and latitude)",
        "站.xlsx row 7, column 经度: None, None has no coordinates (fill them in, or remove the row)",
        "站.xlsx row 8, column 经度: '约102', 37 is no number of degrees (write 116.3913 or 116°23′29″)",
    ]


def test_columns_are_never_guessed() -> None:
    with pytest.raises(InvalidData) as caught:
        place_table("a.csv", [("name", "X", "Y"), ("a", "102", "37")], "wgs84")
    assert str(caught.value.issues[0]) == (
        "header: no columns are named as coordinates (name them with --lon and --lat; row 1 has: name, X, Y)"
    )
    found = place_table("a.csv", [("name", "X", "Y"), ("a", "102.5", "37.5")], "wgs84", "X", "Y")
    assert [(place.lon, place.lat) for place in found.places] == [(102.5, 37.5)]


@pytest.mark.parametrize(
    ("name", "driver"), [("a.geojson", "GeoJSON"), ("a.gpkg", "GPKG"), ("a.fgb", "FlatGeobuf"), ("a.kml", "LIBKML")]
)
def test_files_with_geometry_are_copied_and_read(tmp_path: Path, name: str, driver: str) -> None:
    path = write(tmp_path / name, driver, [RED])
    made = add_layer(path, Described(id="area", title="区"), tmp_path / "vectors", COUNTIES)
    (feature,) = made.features
    assert (made.layer.shape, feature.adcode) == ("polygon", COUNTY)
    assert shapely.equals_exact(shapely.normalize(shapely.from_wkb(feature.wkb)), shapely.normalize(RED), 1e-9)
    assert (tmp_path / "vectors" / f"area.{name.split('.')[1]}").is_file()


def test_a_surveyor_s_shapefile_is_read_in_its_zone_and_encoding(tmp_path: Path) -> None:
    write_zone(tmp_path / "redline.zip")
    described = Described(id="redline", title="红线", name="名称")
    made = add_layer(tmp_path / "redline.zip", described, tmp_path / "vectors", COUNTIES)
    assert made.features[0].name == "生态红线"
    assert shapely.hausdorff_distance(shapely.from_wkb(made.features[0].wkb), RED) < 1e-8


def test_nothing_is_left_of_a_file_that_is_refused(tmp_path: Path) -> None:
    mixed = {"type": "FeatureCollection", "features": []}
    for shape in ({"type": "Point", "coordinates": [102.5, 37.5]}, json.loads(shapely.to_geojson(RED))):
        mixed["features"].append({"type": "Feature", "properties": {}, "geometry": shape})  # type: ignore[attr-defined]
    path = tmp_path / "mixed.geojson"
    path.write_text(json.dumps(mixed), encoding="utf-8")
    with pytest.raises(InvalidData) as caught:
        add_layer(path, Described(id="mixed", title="混"), tmp_path / "vectors", COUNTIES)
    assert "points, lines and areas are mixed (points 1, lines 0, areas 1); make a file of each" in str(caught.value)
    assert list((tmp_path / "vectors").iterdir()) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Red Line"}, "--id 'Red Line': use small letters, digits and hyphens, such as red-line-2024"),
        ({"kind_header": "类"}, "--kind: the file has no column '类' (it has: 名称, 面积)"),
        ({"amount": "名称"}, "--amount '名称': the column holds texts, not numbers only"),
    ],
)
def test_options_that_cannot_be_used_are_said(tmp_path: Path, change: dict[str, str], said: str) -> None:
    path = write(tmp_path / "a.gpkg", "GPKG", [RED])
    described = Described(**{"id": "area", "title": "区", **change})  # type: ignore[arg-type]
    with pytest.raises(GeoappError) as caught:
        add_layer(path, described, tmp_path / "vectors", COUNTIES)
    assert said in str(caught.value)


def test_a_layer_is_replaced_only_when_asked_and_removed_whole(tmp_path: Path) -> None:
    folder = tmp_path / "vectors"
    add_layer(write(tmp_path / "a.gpkg", "GPKG", [RED]), Described(id="area", title="区"), folder, COUNTIES)
    other = write(tmp_path / "a.geojson", "GeoJSON", [RED])
    with pytest.raises(GeoappError, match="a layer area exists already; add --replace, or give another --id"):
        add_layer(other, Described(id="area", title="区"), folder, COUNTIES)
    add_layer(other, Described(id="area", title="区", replace=True), folder, COUNTIES)
    assert sorted(path.name for path in folder.iterdir()) == ["area.geojson", "area.toml"]
    assert [path.name for path in remove_layer("area", folder)] == ["area.toml", "area.geojson"]
    assert list(folder.iterdir()) == []
    with pytest.raises(NotFound, match="no vector layer is called 'area'; there are: none"):
        remove_layer("area", folder)


def test_a_fault_names_the_owner_s_file_and_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "红线.geojson"
    path.write_bytes(geojson({"type": "LineString", "coordinates": [[102, 37]]}))
    with pytest.raises(InvalidData) as caught:
        add_layer(path, Described(id="red", title="红线"), tmp_path / "vectors", COUNTIES)
    assert [issue.where for issue in caught.value.issues] == ["红线.geojson row 1"]
    assert "adding" not in str(caught.value)
