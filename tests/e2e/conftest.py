"""Shared by the browser tests: a build with hostile names, and axe."""

import shutil
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import orjson
import pytest

from geoapp.atlas import Atlas
from geoapp.settings import Settings
from tests.conftest import ROOT, Server

HOSTILE = (
    '<img src=x onerror="window.__x=1">',
    "${window.__x=1}",
    "`+(window.__x=1)+`",
    "</script><script>window.__x=1</script>",
    "\\1\\u0041\\",
    "'\"-->]]>&lt;%3Cb%3E",
    "{{ 7*7 }}{% raw %}",
    "javascript:window.__x=1",
)
"""Names that run code where somebody forgot to escape (research: users.md 4.3)."""


@pytest.fixture(scope="session")
def hostile_server(settings: Settings, atlas: Atlas, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on the real build, every name of a region, park, project, plan and indicator hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    source = (settings.build_dir / "atlas" / "current").resolve()
    target = folder / "atlas" / source.name
    shutil.copytree(source, target)
    (folder / "atlas" / "current").symlink_to(source.name)
    path = target / "dataset.json"
    path.write_bytes(orjson.dumps(spoil(orjson.loads(path.read_bytes()))))
    with Server(folder) as running:
        yield running.url


PRINTED = ("name", "region_name", "value_text", "section", "place_source", "status_text")


def spoil(data: dict[str, Any]) -> dict[str, Any]:
    """Add a hostile name to every record that has a name."""
    names = cycle(HOSTILE)
    for region in data["regions"]:
        if region["adcode"].startswith(("15", "65")):
            region["name"] = region["short_name"] = region["name"] + next(names)
    for record in (*data["parks"], *data["projects"], *data["targets"], *data["statistics"]):
        record.update({key: record[key] + next(names) for key in PRINTED if isinstance(record.get(key), str)})
    for plan in data["plans"]:
        for key in ("title", "short_title"):
            plan[key] = {lang: text + next(names) for lang, text in plan[key].items()}
    for record in (*data["indicators"], *data["terms"]):
        record["title"] = {lang: text + next(names) for lang, text in record["title"].items()}
    return data


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, from npm."""
    path = Path(ROOT, "node_modules", "axe-core", "axe.min.js")
    assert path.is_file(), "axe-core is missing; run `make assets` (npm ci)"
    return path.read_text(encoding="utf-8")
