"""The page ``/table``: open, guarded by a word, turned off; nothing of it is anybody else's to keep."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.settings import Settings
from tests.data.world_folders import WorldFolders

WORD = "open sesame now"
TABLE = "地区,数\n城北区,1\n".encode()


def client_with(world_folders: WorldFolders, **more: Any) -> FlaskClient:
    return create_app(
        Settings(build_dir=world_folders.build_dir, layers_dir=world_folders.layers, **more)
    ).test_client()


@pytest.mark.parametrize(("lang", "words"), [("zh", "把表格拖到这里"), ("en", "Drop a table here")])
def test_the_page_in_both_languages(world_client: FlaskClient, lang: str, words: str) -> None:
    page = world_client.get(f"/table?lang={lang}")
    assert (page.status_code, page.headers["Cache-Control"]) == (200, "private, no-store")
    assert words in page.text
    assert "7 天后删除" in page.text or "after 7 days" in page.text


def test_only_an_id_reaches_the_page(world_client: FlaskClient) -> None:
    known = "0123456789abcdef" * 2
    assert f'data-table="{known}"' in world_client.get(f"/table?id={known}").text
    assert 'data-table=""' in world_client.get("/table?id=%22%3E%3Cscript%3E").text


def test_every_script_it_loads_is_served(world_client: FlaskClient) -> None:
    page = world_client.get("/table").text
    sources = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert any(source.endswith("js/own/table.js") for source in sources)
    for source in sources:
        assert world_client.get(source).status_code == 200


def test_the_explorer_the_share_dialog_and_the_navigation_lead_to_it(world_client: FlaskClient) -> None:
    explorer, reading = world_client.get("/?region=100000").text, world_client.get("/plans").text
    assert explorer.count('href="/table"') == 2
    assert 'href="/table"' in reading


def test_the_word_is_asked_once(world_folders: WorldFolders) -> None:
    client = client_with(world_folders, tables_token=WORD)
    page = client.get("/table").text
    assert 'action="/table/enter"' in page
    assert "own-drop" not in page
    assert client.post("/table/enter", data={"token": "wrong"}).status_code == 403
    assert client.post("/tables", data=TABLE).status_code == 403
    foreign = {"Origin": "https://elsewhere.example"}
    assert client.post("/table/enter", data={"token": WORD}, headers=foreign).status_code == 403
    entered = client.post("/table/enter", data={"token": WORD})
    assert (entered.status_code, entered.headers["Location"]) == (303, "/table")
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert WORD not in cookie
    assert "own-drop" in client.get("/table").text
    assert client.post("/tables", data=TABLE).status_code == 201


def test_where_it_is_off_the_page_says_so(world_folders: WorldFolders) -> None:
    client = client_with(world_folders, tables="off")
    page = client.get("/table").text
    assert "GEOAPP_TABLES=off" in page
    assert "own-drop" not in page
    assert client.post("/table/enter", data={"token": ""}).status_code == 403
