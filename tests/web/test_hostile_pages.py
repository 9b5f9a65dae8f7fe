"""Hostile names run nothing and break nothing, on every reading page."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Text, Unpublished
from geoapp.model.region import Adcode, Level
from geoapp.settings import Settings
from geoapp.web.http.context import EXTENSION, Serving
from tests.data.pages import HTML, INDEXES, Reader, one_of_each, read

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "${alert(1)}",
    "`alert(1)`",
    "</script><script>alert(1)</script>",
    "\\1\\u003cb\\u003e\"'>{{7*7}}{0}%(x)s%",
)


def poisoned(data: Dataset) -> Dataset:
    """Return the dataset with a hostile text in every field that a page prints."""
    bad = "".join(HOSTILE)
    text = Text(zh=bad, en=bad)
    county = Adcode("150621")
    hidden = Unpublished(section=bad, title=bad, level=Level.COUNTY, indicators=("ei_gdp_cut",))

    def named(record: Any) -> Any:
        return replace(record, region_name=bad, name_in_source=bad)

    return replace(
        data,
        version="hostile",
        edition=replace(data.edition, attribution=bad, attribution_en=bad),
        regions=tuple(
            replace(each, name=bad, short_name=bad) if each.adcode in (county, "150600") else each
            for each in data.regions
        ),
        plans=tuple(
            replace(
                each,
                title=text,
                short_title=text,
                issuer=text,
                document_no=bad,
                headings=dict.fromkeys(each.headings, bad),
                unpublished=(hidden,),
            )
            for each in data.plans
        ),
        indicators=tuple(replace(each, title=text, definition=text, unit=bad) for each in data.indicators),
        terms=tuple(replace(each, title=text) for each in data.terms),
        targets=tuple(replace(named(each), value_text=bad, unit=bad) for each in data.targets),
        statistics=tuple(replace(named(each), unit=bad) for each in data.statistics),
        parks=tuple(replace(named(each), name=bad, place_source=bad) for each in data.parks),
        projects=tuple(
            replace(named(each), name=bad, capacity_unit=bad, status_text=bad, place_source=bad)
            for each in data.projects
        ),
    )


class _Poisoned:
    """The store of the real build, with hostile records."""

    def __init__(self, atlas: Atlas) -> None:
        self._store = atlas.store
        self._dataset = poisoned(atlas.dataset)

    def dataset(self) -> Dataset:
        return self._dataset

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@pytest.fixture(scope="module")
def hostile(settings: Settings, atlas: Atlas) -> FlaskClient:
    app: Flask = create_app(settings)
    store: Any = _Poisoned(atlas)
    app.extensions[EXTENSION] = Serving(lambda _: Atlas(store), Path("/nowhere"))
    return app.test_client()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_hostile_names_are_text_on_every_page(hostile: FlaskClient, atlas: Atlas, language: str) -> None:
    bad = "".join(HOSTILE)
    data = atlas.dataset
    pages = [*INDEXES, *one_of_each(atlas), "/regions/150621", "/regions/150621/card", "/search?q=onerror"]
    pages += [f"/projects/{each.id}" for each in data.projects if each.adcode == "150621"][:2]
    for path in pages:
        page = read(hostile, f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert bad in page.text, path
        tags = {tag for tag, _ in page.elements}
        assert "script" not in tags, path
        assert [attrs for tag, attrs in page.elements if tag == "img" and attrs.get("src") == "x"] == [], path
        assert [name for _, attrs in page.elements for name in attrs if name.startswith("on")] == [], path
        assert [href for href in page.all("href") if "script:" in href] == [], path


def test_hostile_ids_are_text_on_problem_pages(hostile: FlaskClient) -> None:
    for path in ("/plans/<img src=x onerror=alert(1)>", "/nowhere/${alert(1)}<script>", "/problems/<script>"):
        reply = hostile.get(path, headers=HTML)
        page = Reader(reply.get_data(as_text=True))
        assert reply.status_code == 404
        assert "script" not in {tag for tag, _ in page.elements}
        assert [attrs for tag, attrs in page.elements if tag == "img" and attrs.get("src") == "x"] == []
