"""docs/own-data.md says what the server and the command do: its examples are run as they are printed."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geoapp.settings import Settings
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "own-data.md").read_text(encoding="utf-8")
PRINTED = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def ran(server: str, settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the examples were run, one after the other."""
    folder = tmp_path_factory.mktemp("docs")
    script = "\n".join(re.findall(r"```sh\n(.*?)```", TEXT, re.S)).replace(PRINTED, server)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environ = {**os.environ, "PATH": path, "GEOAPP_BUILD_DIR": str(settings.build_dir), "GEOAPP_PROJECT_DIR": str(ROOT)}
    done = subprocess.run(
        ["bash", "-euc", script], cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder


def test_the_table_was_taken_and_settled(ran: Path) -> None:
    before, after = (json.loads((ran / name).read_text()) for name in ("table.json", "settled.json"))
    assert before["counts"] == {"matched": 2, "ambiguous": 1, "unmatched": 0, "ignored": 0}
    assert after["counts"]["matched"] == 3
    view = json.loads((ran / "view.json").read_text())
    assert {area["name"]: area["value"] for area in view["areas"] if area["status"] == "own"} == {
        "东胜区": 0.85,
        "达拉特旗": 1.52,
    }
    assert (ran / "matched.csv").read_text(encoding="utf-8-sig").splitlines()[3] == "鼓楼区,1.1,320106,鼓楼区,matched,"
    assert (ran / "matched.xlsx").stat().st_size > 4000


def test_the_members_it_names_are_in_the_answer(ran: Path) -> None:
    answer = json.loads((ran / "table.json").read_text())
    row = next(line for line in TEXT.splitlines() if line.startswith("| `POST /tables`"))
    named = set(re.findall(r"`([a-z_]+)`", row.split("|")[2]))
    column, first = answer["columns"][1], answer["rows"][0]
    assert named <= {*answer, *column, *first}


def test_its_sentences_are_the_code_s() -> None:
    assert "20,000 rows, 60 columns" in TEXT
    for setting in ("GEOAPP_TABLES", "GEOAPP_TABLES_TOKEN", "GEOAPP_TABLES_DAYS"):
        assert setting.removeprefix("GEOAPP_").lower() in Settings.model_fields
        assert setting in TEXT
