"""The made-up world with three published vector layers: points of a CSV, lines, and areas of a 3-degree zone.

========  =======================================================================================
layer     what it is there for
========  =======================================================================================
stations  two types; one row that is listed twice, two of one type at one place, one on the edge of two
          counties, one at sea, a name with markup, a number that is missing
lines     a line through two counties
redline   an area in metres of CGCS2000 / 3-degree zone 102°E, text in GB18030
========  =======================================================================================
"""

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyogrio
import pyproj
import pytest
import shapely
from flask import Flask
from flask.testing import FlaskClient

from geoapp import builder
from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.settings import Settings
from geoapp.store.files import FilesStore
from tests.data.world import build_world
from tests.data.world_folders import WorldFolders, write_layers

MARKUP = "<b onclick=x>风电</b>"
STATIONS = (
    # number, name, fuel, MW, lon, lat, where the coordinates are from
    ("1", "东河水电站", "Hydro", "120.5", "102.5", "37.5", "survey"),
    ("2", MARKUP, "Wind", "49", "102.6", "37.4", "register"),
    ("3", "Bridge", "Wind", "", "100.2", "37.2", "survey"),
    ("4", "Units", "Hydro", "30", "100.7", "36.5", "survey"),
    ("4", "Units", "Hydro", "30", "100.7", "36.5", "survey"),
    ("5", "Alias", "Hydro", "8", "102.5", "37.5", "survey"),
    ("6", "Edge", "Wind", "1.5", "101", "37.5", "survey"),
    ("7", "At sea", "Wind", "200", "99", "34", "register"),
)
STATIONS_TOML = """
id = "stations"
title_zh = "电站"
title_en = "Stations"
data = "stations.csv"
lon = "x"
lat = "y"
key = "no"
name = "name"
kind_header = "fuel"
amount = "mw"
summed = true
sector = "power"
date = "2021"
licence = "CC BY 4.0"
licence_url = "https://creativecommons.org/licenses/by/4.0/"
attribution_zh = "测试名录"
attribution_en = "Test list"
note_zh = "只供测试"
note_en = "For tests only"

[[column]]
name = "mw"
header = "mw"
title_zh = "装机"
title_en = "Capacity"
type = "number"
unit = "MW"

[[kind]]
id = "hydro"
title_zh = "水电"
title_en = "Hydro"
colour = "#1f6fb2"
values = ["Hydro"]

[[kind]]
id = "wind"
title_zh = "风电"
title_en = "Wind"
colour = "#2a9d8f"
values = ["Wind"]

[[caveat]]
id = "registered"
header = "from"
values = ["register"]
zh = "坐标是近似的"
en = "the coordinates are approximate"
"""
PLAIN_TOML = """
id = "{id}"
title_zh = "{zh}"
title_en = "{en}"
data = "{data}"
name = "名称"
date = "2024"
licence = "内部"
attribution_zh = "某局"
attribution_en = "An office"

[[column]]
name = "width"
header = "宽度"
title_zh = "宽度"
title_en = "Width"
type = "number"
unit = "m"

[[kind]]
id = "all"
title_zh = "{zh}"
title_en = "{en}"
colour = "#9c2f45"
"""
ZONE = 4543
"""CGCS2000 / 3-degree Gauss-Kruger CM 102E."""
RED = shapely.box(102.2, 37.2, 102.4, 37.4)


def write_world_layers(folder: Path) -> None:
    """Write the three layers into a folder ``vectors``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stations.toml").write_text(STATIONS_TOML, encoding="utf-8")
    with (folder / "stations.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("no", "name", "fuel", "mw", "x", "y", "from"), *STATIONS])
    line = {"type": "LineString", "coordinates": [[102.1, 37.9], [103.9, 37.1]]}
    feature = {"type": "Feature", "properties": {"名称": "输电线", "宽度": 60.0}, "geometry": line}
    lines = json.dumps({"type": "FeatureCollection", "features": [feature]}, ensure_ascii=False)
    (folder / "lines.geojson").write_text(lines, encoding="utf-8")
    plain = PLAIN_TOML.format(id="lines", zh="输电线", en="Lines", data="lines.geojson")
    (folder / "lines.toml").write_text(plain, encoding="utf-8")
    write_zone(folder / "redline.zip")
    plain = PLAIN_TOML.format(id="redline", zh="红线", en="Red line", data="redline.zip")
    (folder / "redline.toml").write_text(plain, encoding="utf-8")


def write_zone(path: Path, *, prj: bool = True) -> None:
    """Write the red line as a zipped Shapefile in metres with texts in GB18030, as surveyors hand it over."""
    convert = pyproj.Transformer.from_crs(4326, ZONE, always_xy=True).transform
    shape = shapely.transform(RED, lambda xy: np.column_stack(convert(xy[:, 0], xy[:, 1])))
    work = path.parent / "work"
    work.mkdir()
    pyogrio.raw.write(
        work / "红线.shp",
        geometry=shapely.to_wkb(np.array([shape], dtype=object)),
        geometry_type="Polygon",
        fields=["名称", "宽度"],
        field_data=[np.array(["生态红线"], dtype=object), np.array([12.0])],
        crs=f"EPSG:{ZONE}",
        encoding="GB18030",
    )
    with zipfile.ZipFile(path, "w") as archive:
        for part in sorted(work.iterdir()):
            if part.suffix != ".cpg" and (prj or part.suffix != ".prj"):
                archive.write(part, part.name)
            part.unlink()
    work.rmdir()


@pytest.fixture(scope="session")
def listed_folders(world_folders: WorldFolders, tmp_path_factory: pytest.TempPathFactory) -> WorldFolders:
    """The world with its layers as folders, built once."""
    folder = tmp_path_factory.mktemp("listed")
    write_layers(folder / "layers", build_world().dataset)
    write_world_layers(folder / "layers" / "vectors")
    folders = replace(world_folders, layers=folder / "layers", build_dir=folder / "build")
    builder.build(folders.plan, lambda _: None)
    return folders


@pytest.fixture(scope="session")
def listed_atlas(listed_folders: WorldFolders) -> Atlas:
    """The atlas of the world with its layers."""
    return Atlas(FilesStore(listed_folders.plan.atlas), listed_folders.plan.rasters)


@pytest.fixture(scope="session")
def listed_app(listed_folders: WorldFolders) -> Flask:
    """The application on the world with its layers."""
    app = create_app(Settings(build_dir=listed_folders.build_dir, layers_dir=listed_folders.layers))
    app.testing = True
    return app


@pytest.fixture
def listed_client(listed_app: Flask) -> Iterator[FlaskClient]:
    """A client of that application, without a network."""
    with listed_app.test_client() as client:
        yield client
