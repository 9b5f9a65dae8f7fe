"""``/draft``: off unless turned on, closed without the token, a document on its way to a published plan."""

import io
import json
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.errors import InvalidSettings
from geoapp.settings import Settings, load_settings
from tests.unit.drafting.folder.test_review import TEXT

TOKEN = "a-long-enough-token"


@pytest.fixture
def office(settings: Settings, atlas: Atlas, tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of an atlas that offers drafts on a copy of ``layers/``, not yet let in."""
    for name in ("atlas", "shapes", "rasters"):
        if (settings.build_dir / name).exists():
            (tmp_path / name).symlink_to(settings.build_dir / name)
    shutil.copytree(settings.layers_dir, tmp_path / "layers")
    own = settings.model_copy(
        update={"build_dir": tmp_path, "layers_dir": tmp_path / "layers", "drafts": "on", "drafts_token": TOKEN}
    )
    with create_app(own).test_client() as client:
        yield client


def enter(client: FlaskClient) -> None:
    """Go in with the token."""
    assert client.post("/draft/enter", data={"token": TOKEN}).status_code == 303


def upload(client: FlaskClient, content: bytes, name: str = "榆林 方案.txt") -> str:
    """Drop a document and return where its draft is, once it has ended."""
    answer = client.post("/draft", data={"document": (io.BytesIO(content), name)})
    assert answer.status_code == 303, answer.text
    where = answer.headers["Location"]
    for _ in range(240):
        if client.get(f"{where}.json").json["ended"]:
            return str(where)
        time.sleep(0.25)
    raise AssertionError("the draft did not end")


def test_drafts_are_off_by_default_and_need_a_token(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/draft").status_code == 404
    monkeypatch.setenv("GEOAPP_DRAFTS", "on")
    monkeypatch.setenv("GEOAPP_DRAFTS_TOKEN", "short")
    with pytest.raises(InvalidSettings, match="12 characters") as refused:
        load_settings()
    assert "short" not in str(refused.value), "a secret is not printed"


def test_nothing_is_done_or_shown_without_the_token(office: FlaskClient) -> None:
    assert office.get("/draft").status_code == 200
    assert "token" in office.get("/draft").text
    for method, path in (
        ("post", "/draft"),
        ("post", "/draft/0123456789abcdef/publish"),
        ("put", "/draft/x/decisions"),
    ):
        assert getattr(office, method)(path).status_code == 403
    wrong = office.post("/draft/enter", data={"token": "guess"})
    assert wrong.status_code == 403
    assert "Set-Cookie" not in wrong.headers
    enter(office)
    cookie = office.get_cookie("geoapp_draft", path="/draft")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Strict")
    assert TOKEN not in cookie.value


def test_a_document_becomes_a_plan(office: FlaskClient, tmp_path: Path) -> None:
    enter(office)
    where = upload(office, TEXT.encode())
    page = office.get(f"{where}/review")
    script = page.text[page.text.rindex("<script>") + 8 : page.text.rindex("</script>")]
    assert "innerHTML" not in script
    assert re.search(r"script-src 'self' 'sha256-[A-Za-z0-9+/=]+'", page.headers["Content-Security-Policy"])
    found = re.search(r'id="data">(.*?)</script>', page.text, re.DOTALL)
    assert found is not None
    data = json.loads(found[1])
    rows = {row["fields"].get("indicator") or row["fields"]["name"]: row["key"] for row in data["rows"]}
    sent = {"draft": data["id"], "decisions": {rows["straw_use"]: {"state": "accepted", "fields": {}}}}
    assert office.put(f"{where}/decisions", json=sent).json == {"taken": 1, "lost": []}
    refused = office.post(f"{where}/publish")
    assert refused.status_code == 422
    assert "place_en" in refused.text
    toml = (tmp_path / "drafts" / where.rsplit("/", 1)[1] / "plan.toml").read_text(encoding="utf-8")
    toml = toml.replace('place_en = ""', 'place_en = "Yulin"').replace('en = ""', 'en = "Made up"')
    office.post(f"{where}/files", data={"plan.toml": toml})
    assert "已发布 1 行" in office.post(f"{where}/publish").text
    assert "straw_use" in (tmp_path / "layers/plans/yulin-2021-2025/targets.csv").read_text(encoding="utf-8")


def test_decisions_that_mean_nothing_are_refused_with_a_sentence(office: FlaskClient) -> None:
    enter(office)
    where = upload(office, TEXT.encode())
    answer = office.put(f"{where}/decisions", json={"draft": "other", "decisions": {}})
    assert (answer.status_code, answer.mimetype) == (422, "text/plain")
    assert "不是草稿 yulin-2021-2025 的审核结果" in answer.text


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [(b"%PDF-1.4 broken", "plan.pdf", "not a readable PDF"), (b"no region at all", "plan.txt", "--region")],
)
def test_a_document_that_cannot_be_drafted_says_why_and_the_server_lives(
    office: FlaskClient, content: bytes, name: str, words: str
) -> None:
    enter(office)
    where = upload(office, content, name)
    assert words in office.get(where).text
    assert office.get("/healthz").status_code == 200


def test_uploads_that_cannot_be_are_refused_at_once(office: FlaskClient) -> None:
    enter(office)
    for data in (
        {},
        {"document": (io.BytesIO(b"x"), "a.exe")},
        {"document": (io.BytesIO(b"x"), "a.txt"), "region": "999999"},
    ):
        assert office.post("/draft", data=data).status_code == 422
    assert office.get("/draft/../../etc").status_code == 404
    assert office.get("/draft/0123456789abcdef").status_code == 404
    said = {"CONTENT_LENGTH": str(51 * 1024 * 1024)}  # what a browser says before it sends a byte
    large = office.post("/draft", data=b"", content_type="multipart/form-data; boundary=x", environ_overrides=said)
    assert large.status_code == 413
