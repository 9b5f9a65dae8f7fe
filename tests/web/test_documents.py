"""A number's way home: from a citation to the passage of the document, marked."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.settings import Settings

TEXT = """鄂尔多斯市方案

二、主要目标

一段虚构的文字。到2025年，全市单位GDP能耗比2020年下降16.5%，别的事增长16.5%。

三、任务

（四）交通

铁路货运量比2020年增长10%左右。
"""


@pytest.fixture
def reader(settings: Settings, atlas: Atlas, tmp_path: Path) -> FlaskClient:
    """A client of an atlas that has a made-up document for one plan."""
    (tmp_path / "ordos-2021-2025.txt").write_text(TEXT, encoding="utf-8")
    return create_app(settings.model_copy(update={"documents_dir": tmp_path})).test_client()


def test_the_passage_is_marked_where_the_indicator_is_named(reader: FlaskClient) -> None:
    page = reader.get("/plans/ordos-2021-2025/document?record=ordos-2021-2025-t001").text
    assert re.findall(r'下降<mark id="passage">(.*?)</mark>', page) == ["16.5%"]
    page = reader.get("/plans/ordos-2021-2025/document?record=ordos-2021-2025-t038&lang=en").text
    assert '增长<mark id="passage">10%左右</mark>' in page


def test_citations_lead_there_and_only_where_there_is_a_document(reader: FlaskClient, client: FlaskClient) -> None:
    link = "/plans/ordos-2021-2025/document?record=ordos-2021-2025-t038#passage"
    assert link in reader.get("/plans/ordos-2021-2025").text
    assert "/plans/ordos-2021-2025/document?record=" in reader.get("/regions/150600").text
    assert "/document" not in reader.get("/plans/wuwei-2021-2025").text
    assert "/document" not in client.get("/plans/ordos-2021-2025").text
    assert client.get("/plans/ordos-2021-2025/document").status_code == 404


def test_words_that_are_not_there_are_said_to_be_missing(reader: FlaskClient) -> None:
    page = reader.get("/plans/ordos-2021-2025/document?record=ordos-2021-2025-t022").text
    assert "没有找到这条记录的原文" in page
    assert "<mark" not in page
