"""Every kind of GeoPackage passes GDAL's validator."""

import sqlite3
import subprocess
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.settings import Settings

DEBIANS_PYTHON = "/usr/bin/python3"
VALIDATE = "import sys; from osgeo_utils.samples import validate_gpkg as v; sys.exit(v.main(sys.argv))"
VIEWS = [
    "region=150600&year=2025",
    "region=150600&year=2025&sel=150621&lang=en&geometry=point",
    "region=150600&year=2025&geometry=none",
    "region=150600&year=2025&crs=4490",
    "region=150600&year=2025&crs=gcj02",
    "region=620600&year=2025&layers=none&crs=bd09",
    "region=150600&year=2025&geometry=full",
    "region=150600&bbox=0,0,1,1",
]


def faults(path: Path) -> str:
    """Return what the validator complains about; nothing for a valid file."""
    command = [DEBIANS_PYTHON, "-c", VALIDATE, "--extra", "--warning-as-error", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert "ModuleNotFoundError" not in done.stderr, "GDAL's validator is missing; `make browser` installs python3-gdal"
    return "" if done.returncode == 0 else done.stdout + done.stderr or "refused"


@pytest.mark.parametrize("query", VIEWS)
def test_the_validator_finds_no_fault(settings: Settings, atlas: Atlas, tmp_path: Path, query: str) -> None:
    client: FlaskClient = create_app(settings.model_copy(update={"full_geometry": True})).test_client()
    reply = client.get(f"/view.gpkg?{query}")
    assert reply.status_code == 200, reply.text
    path = tmp_path / "view.gpkg"
    path.write_bytes(reply.data)
    assert faults(path) == ""


def test_the_validator_would_find_one(client: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "view.gpkg"
    path.write_bytes(client.get(f"/view.gpkg?{VIEWS[0]}").data)
    database = sqlite3.connect(path)
    with database:
        database.execute("UPDATE gpkg_geometry_columns SET srs_id = 12345 WHERE table_name = 'parks'")
    database.close()
    assert faults(path) != ""
