"""Commands are imported when they are asked for, and every one of them is there."""

import subprocess
import sys

import click
import pytest

from geoapp.cli.main import PLACES, main

HEAVY = ("shapely", "flask", "geopandas", "rasterio", "docx", "skia")


@pytest.mark.parametrize("name", PLACES)
def test_every_place_holds_the_command_of_its_name(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    assert command.name == name


def test_checking_a_plan_loads_nothing_that_draws_or_serves() -> None:
    code = f"import sys, geoapp.cli.main, geoapp.cli.check; print([each for each in {HEAVY} if each in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
