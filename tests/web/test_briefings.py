"""Briefings over HTTP: strict parameters, a name in any script, kept once written."""

import io
from pathlib import Path
from urllib.parse import quote

import docx
import pptx
import pypdf
import pytest

from geoapp.web.http.picture_cache import PictureCache
from tests.data.busy import occupied

VIEW = "region=640200&layers=none"
OFFICE = "application/vnd.openxmlformats-officedocument."
MIMETYPES = {"docx": f"{OFFICE}wordprocessingml.document", "pptx": f"{OFFICE}presentationml.presentation"}


@pytest.mark.parametrize("suffix", MIMETYPES)
def test_each_format_is_a_file_to_keep(client, suffix):
    reply = client.get(f"/view.{suffix}?{VIEW}")
    assert (reply.status_code, reply.mimetype) == (200, MIMETYPES[suffix])
    disposition = reply.headers["Content-Disposition"]
    assert disposition.startswith(f'attachment; filename="geoapp-640200-briefing.{suffix}"; ')
    assert disposition.endswith(f"{quote('单位GDP能耗累计降低率_简报', safe='')}.{suffix}")
    opened = (docx.Document if suffix == "docx" else pptx.Presentation)(io.BytesIO(reply.data))
    assert opened.core_properties.title == "石嘴山市“十四五”单位GDP能耗累计降低率"


def test_the_web_gives_what_the_atlas_writes(client, atlas):
    asked = atlas.briefings.read([("region", "640200"), ("layers", "none")])
    from geoapp.office.maps import Imprint

    assert client.get(f"/view.docx?{VIEW}").data == atlas.briefing(asked, "docx", Imprint(base="http://localhost"))


def test_a_briefing_is_written_once_and_sent_once(app, client, monkeypatch):
    first = client.get(f"/view.docx?{VIEW}&title=once")
    monkeypatch.setattr("geoapp.atlas.Atlas.briefing", lambda *_: pytest.fail("it was written again"))
    again = client.get(f"/view.docx?title=once&{VIEW}&year=2025")
    assert again.data == first.data
    unchanged = client.get(f"/view.docx?{VIEW}&title=once", headers={"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")


def test_it_waits_in_the_queue_of_the_pictures(app, client, monkeypatch):
    cache = PictureCache(Path(app.extensions["geoapp-pictures"].folder), waiting=1)
    monkeypatch.setitem(app.extensions, "geoapp-pictures", cache)
    with occupied(cache):
        reply = client.get(f"/view.docx?{VIEW}&title=queue")
    assert (reply.status_code, reply.json["type"]) == (503, "/problems/too-busy")


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("region=999999", ["region"]),
        ("papr=a4", ["papr"]),
        ("dpi=300", ["dpi"]),
        ("region=640200&title=" + "x" * 5000, ["title"]),
        ("region=640200&title=%F0%9F%8E%89", ["title"]),
        ("region=640200&title=%D9%85%D8%B1%D8%AD%D8%A8%D8%A7", ["title"]),
        ("region=640200&title=a%0Bb%00", ["title"]),
        ("region=100000&book=1", ["book"]),
        ("views=region%3D1&views=year%3Dx", ["views 1: region", "views 2: year"]),
        ("views=region%3D640200&indicator=ei_gdp_cut", ["indicator"]),
        ("region=640200&region=654200", ["region"]),
    ],
)
@pytest.mark.parametrize("suffix", MIMETYPES)
def test_bad_requests_name_every_parameter(client, suffix, query, parameters):
    reply = client.get(f"/view.{suffix}?{query}")
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
    assert [fault["parameter"] for fault in reply.json["errors"]] == parameters


def test_several_views_in_one(client):
    views = (f"{VIEW}&title=石嘴山", "region=620600&layers=none")
    query = "&".join(f"views={quote(view, safe='')}" for view in views)
    reply = client.get(f"/view.docx?{query}&title={quote('两地：<b>简报</b>')}")
    heads = [each.text for each in docx.Document(io.BytesIO(reply.data)).paragraphs if each.style.name == "Heading 1"]
    assert heads[:2] == ["一、石嘴山", "二、武威市“十四五”单位GDP能耗累计降低率"]
    name = quote("两地：_b_简报__b__简报.docx", safe="")
    assert reply.headers["Content-Disposition"].endswith(f"filename*=UTF-8''{name}")


def test_other_sites_may_ask_for_it(client):
    assert client.get(f"/view.docx?{VIEW}").headers["Access-Control-Allow-Origin"] == "*"


def test_several_sheets_in_one_pdf_have_an_index_and_bookmarks(client):
    reply = client.get("/view.pdf?region=640200&layers=none&book=1&maker=某院&date=2026-03-31")
    assert (reply.status_code, reply.mimetype) == (200, "application/pdf")
    found = pypdf.PdfReader(io.BytesIO(reply.data))
    names = ["石嘴山市“十四五”单位GDP能耗累计降低率", "大武口区", "惠农区", "平罗县"]
    assert [each.title for each in found.outline] == ["索引", *names]
    assert [found.get_destination_page_number(each) for each in found.outline] == [0, 1, 2, 3, 4]
    index = found.pages[0]
    assert all(name in index.extract_text().replace("\n", "") for name in names)
    assert len(index["/Annots"]) == 4, "each entry leads to its sheet"
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"], "screen readers find heading, figure and words"
    assert found.metadata.author == "某院"
    assert found.metadata.creator.startswith("geoapp ")
    assert "20260331" in found.metadata["/CreationDate"]


def test_a_sheet_leads_back_to_its_view(client):
    found = pypdf.PdfReader(io.BytesIO(client.get(f"/view.pdf?{VIEW}&paper=a4&qr=1").data))
    links = {each.get_object()["/A"]["/URI"] for each in found.pages[0]["/Annots"]}
    assert links == {"http://localhost/?region=640200&year=2025&layers=none"}
    assert "localhost/?region=640200&year=2025&layers=none" in found.pages[0].extract_text()


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("book=1&style=official", "style"), ("book=1&tables=parks", "tables"), ("paper=a4&style=official", "style")],
)
def test_a_pdf_refuses_what_only_a_document_can_say(client, query, parameter):
    reply = client.get(f"/view.pdf?{VIEW}&{query}")
    assert [fault["parameter"] for fault in reply.json["errors"]] == [parameter]


def test_a_book_of_a_list_of_regions(client):
    reply = client.get("/view.docx?region=640200&layers=none&book=640221,640202")
    heads = [each.text for each in docx.Document(io.BytesIO(reply.data)).paragraphs if each.style.name == "Heading 1"]
    assert heads[-2:] == ["平罗县", "大武口区"]
