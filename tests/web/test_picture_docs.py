"""docs/pictures.md says what the server and the command line do."""

import re
import shlex

import pytest
from click.testing import CliRunner

from geoapp.cli.main import main
from geoapp.sheets.paper import SHEET_PARAMETERS
from geoapp.web.exports.pictures import VERSION
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
STARTS = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}


@pytest.mark.parametrize("url", re.findall(r"^BASE(/view\S+)$", TEXT, re.M))
def test_the_addresses_are_served(client, url):
    reply = client.get(url)
    assert reply.status_code == 200
    assert reply.data.startswith(STARTS[url.split(".")[1][:3]])


@pytest.mark.parametrize("line", re.findall(r"^geoapp (snapshot .*)$", TEXT, re.M))
def test_the_commands_run(settings, atlas, tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GEOAPP_BUILD_DIR", str(settings.build_dir))
    result = CliRunner().invoke(main, shlex.split(line))
    assert (result.exit_code, result.output) == (0, "")
    (drawn,) = tmp_path.iterdir()
    assert drawn.read_bytes().startswith(STARTS[drawn.suffix[1:]])


def test_the_table_names_every_parameter():
    rows = re.findall(r"^\| (`.+?`) \|", TEXT, re.M)
    assert sorted(re.findall(r"`(\w+)`", " ".join(rows))) == sorted((*SHEET_PARAMETERS, VERSION))
