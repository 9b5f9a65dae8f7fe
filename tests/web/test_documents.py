"""A number's way home: from a citation to the passage of the document, marked."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from geoapp import builder
from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.cli.build_plan import plan_of
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


def test_files_lead_to_the_official_address(settings: Settings, atlas: Atlas, tmp_path: Path) -> None:
    where = "https://example.org/ordos.pdf"
    shutil.copytree(settings.layers_dir, tmp_path / "layers")
    toml = tmp_path / "layers/plans/ordos-2021-2025/plan.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace('document_no = ""', f'document_no = ""\ndocument_url = "{where}"'), encoding="utf-8")
    shapes = settings.build_dir / "shapes"
    (tmp_path / "build").mkdir()
    (tmp_path / "build/shapes").symlink_to(shapes)
    own = settings.model_copy(update={"build_dir": tmp_path / "build", "layers_dir": tmp_path / "layers"})
    builder.build(plan_of(own), lambda _: None)
    client = create_app(own).test_client()
    assert f'href="{where}"' in client.get("/plans/ordos-2021-2025").text
    assert f'href="{where}"' in client.get("/regions/150600").text
    book = openpyxl.load_workbook(io.BytesIO(client.get("/view.xlsx?region=150600").data))
    links = {cell.hyperlink.target for line in book.worksheets[0].iter_rows() for cell in line if cell.hyperlink}
    assert links == {where}
    with zipfile.ZipFile(io.BytesIO(client.get("/view.docx?region=150600").data)) as word:
        assert where in word.read("word/_rels/document.xml.rels").decode()


def test_citations_of_a_workbook_and_of_a_word_document_lead_to_the_passage_too(
    reader: FlaskClient, client: FlaskClient
) -> None:
    where = "http://localhost/plans/ordos-2021-2025/document?record=ordos-2021-2025-t"
    book = openpyxl.load_workbook(io.BytesIO(reader.get("/view.xlsx?region=150600").data))
    links = [cell.hyperlink.target for row in book["目标"].iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == 10
    assert all(re.fullmatch(rf"{re.escape(where)}\d+#passage", f"{each.split('#')[0]}#passage") for each in links)
    package = zipfile.ZipFile(io.BytesIO(reader.get("/view.docx?region=150600").data))
    relations = package.read("word/_rels/document.xml.rels").decode()
    assert len(set(re.findall(rf"{re.escape(where)}\d+#passage", relations))) >= 9
    assert "/plans/ordos-2021-2025/document&quot;" not in relations
    without = zipfile.ZipFile(io.BytesIO(client.get("/view.docx?region=150600").data))
    assert "/document" not in without.read("word/_rels/document.xml.rels").decode().replace("/relationships/", "")
