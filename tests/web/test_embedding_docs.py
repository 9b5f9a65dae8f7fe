"""docs/embedding.md says what the server does."""

import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from geoapp.atlas import Atlas
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
HOME = "http://localhost"


def filled(snippet: str, atlas: Atlas) -> str:
    return unescape(snippet).replace("BASE", "").replace("DATA_VERSION", atlas.version)


@pytest.mark.parametrize("source", re.findall(r'(?:src|href)="(BASE/(?:view|\?)[^"]*)"', TEXT))
def test_the_snippets_are_served(client: FlaskClient, atlas: Atlas, source: str) -> None:
    assert client.get(filled(source, atlas)).status_code == 200


def test_the_titles_and_members_are_the_server_s(client: FlaskClient) -> None:
    printed = json.loads(re.search(r"```json\n(.*?)```", TEXT, re.S)[1].replace("BASE", HOME))
    answer = client.get("/oembed", query_string={"url": f"{HOME}/?region=150600"}).get_json()
    assert list(answer) == list(printed)
    loose = ("html", "thumbnail_url")
    assert {key: answer[key] for key in answer if key not in loose} == {
        key: printed[key] for key in printed if key not in loose
    }
    assert f'title="{printed["title"]}"' in TEXT


def test_the_pages_it_names_have_oembed(client: FlaskClient, atlas: Atlas) -> None:
    one = {"adcode": "150600", "plans": atlas.dataset.plans[0].id, "indicators": atlas.dataset.indicators[0].id}
    one |= {"parks": atlas.dataset.parks[0].id, "projects": atlas.dataset.projects[0].id}
    named = re.search(r"answers for (.*?):\n", TEXT, re.S)[1]
    paths = re.findall(r"`(/[^`]*)`", named)
    assert len(paths) == 7
    for path in paths:
        kind = path.strip("/").split("/")[0]
        url = re.sub("<.*>", one["adcode"] if kind == "regions" else one.get(kind, ""), path)
        assert client.get("/oembed", query_string={"url": HOME + url}).status_code == 200, url


def test_the_parameters_it_names_are_read(client: FlaskClient) -> None:
    table = TEXT[TEXT.index("| parameter |") :]
    for name in re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| (`[^|]*)\|", table, re.M))):
        fault = client.get("/oembed", query_string={"url": f"{HOME}/", name: "\t"})
        assert fault.status_code in (400, 501), name
        assert "unknown parameter" not in fault.get_json()["detail"]
