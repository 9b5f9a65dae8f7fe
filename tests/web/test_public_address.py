"""Where the atlas says it stands: as the operator set it, as a trusted proxy says, never as anybody else does."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from geoapp.app import create_app
from geoapp.atlas import Atlas
from geoapp.settings import Settings
from tests.conftest import ROOT

FORWARDED = {
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "atlas.example.cn",
    "X-Forwarded-Prefix": "/atlas",
}
PUBLIC = "https://atlas.example.cn/atlas"


def reader(settings: Settings, **more: str) -> FlaskClient:
    """Return a client of an atlas with further settings."""
    return create_app(settings.model_copy(update=more)).test_client()


def base(client: FlaskClient, remote: str = "127.0.0.1", path: str = "/ogc", **headers: str) -> str:
    """Return where the links of the open API begin; the problem where there are none."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    body = client.get(path, headers=given, environ_base={"REMOTE_ADDR": remote}).json
    assert body is not None
    return str(body["links"][0]["href"]).removesuffix("/ogc") if "links" in body else str(body["type"])


@pytest.mark.parametrize("path", ["/ogc", "/atlas/ogc"])
def test_links_begin_where_the_operator_says(settings: Settings, atlas: Atlas, path: str) -> None:
    client = reader(settings, public_url=f"{PUBLIC}/")
    assert base(client, path=path, Host="10.0.0.7:8000") == PUBLIC
    assert base(client, path=path, Host="evil.invalid") == PUBLIC


def test_a_strangers_forwarded_headers_mean_nothing(settings: Settings, atlas: Atlas) -> None:
    for proxies in ("", "10.0.0.0/8", "2001:db8::1"):
        client = reader(settings, trusted_proxies=proxies)
        assert base(client, **FORWARDED) == "http://localhost"


@pytest.mark.parametrize("proxies", ["127.0.0.1", "10.0.0.0/8, 127.0.0.0/30", "1"])
@pytest.mark.parametrize("remote", ["127.0.0.1", "::ffff:127.0.0.1"])
def test_a_trusted_proxy_says_scheme_host_and_prefix(
    settings: Settings, atlas: Atlas, proxies: str, remote: str
) -> None:
    client = reader(settings, trusted_proxies=proxies)
    assert base(client, remote, **FORWARDED) == PUBLIC
    assert base(client, remote, X_Forwarded_Proto="https", Host="atlas.example.cn") == "https://atlas.example.cn"
    assert base(client, remote, **FORWARDED | {"X-Forwarded-Port": "443"}) == PUBLIC
    assert base(client, remote, **FORWARDED | {"X-Forwarded-Port": "8443"}) == "https://atlas.example.cn:8443/atlas"


@pytest.mark.parametrize("prefix", ["//evil.invalid", '/a/../b"><script>', "atlas", "/\\evil.invalid"])
def test_a_prefix_that_is_none_is_left_aside(settings: Settings, atlas: Atlas, prefix: str) -> None:
    client = reader(settings, trusted_proxies="127.0.0.1")
    assert base(client, **FORWARDED | {"X-Forwarded-Prefix": prefix}) == "https://atlas.example.cn"
    assert "evil" not in client.get("/plans", headers={"X-Forwarded-Prefix": prefix}).text


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "192.168.3.4", "planning", "a.lan"])
def test_names_inside_a_network_need_no_setting(settings: Settings, atlas: Atlas, host: str) -> None:
    assert base(reader(settings), Host=host) == f"http://{host}"


@pytest.mark.parametrize("path", ["/", "/ogc", "/regions/150621", "/ogc/collections/parks/items?limit=1", "/view.qlr"])
def test_a_foreign_host_is_refused_and_not_repeated(settings: Settings, atlas: Atlas, path: str) -> None:
    reply = reader(settings).get(path, headers={"Host": "evil.invalid", "Accept": "application/json"})
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
    assert "GEOAPP_TRUSTED_HOSTS" in reply.text
    assert "evil" not in reply.text + str(reply.headers)


def test_the_operators_list_of_hosts_is_kept_to(settings: Settings, atlas: Atlas) -> None:
    client = reader(settings, trusted_hosts="atlas.example.cn, .gov.example")
    assert base(client, Host="atlas.example.cn") == "http://atlas.example.cn"
    assert base(client, Host="a.gov.example:8000") == "http://a.gov.example:8000"
    assert base(client, Host="127.0.0.1:8000") == "http://127.0.0.1:8000"
    for host in ("planning", "10.0.0.7", "example.cn"):
        assert base(client, Host=host) == "/problems/unknown-host"
    behind = reader(settings, trusted_hosts="atlas.example.cn", trusted_proxies="127.0.0.1")
    assert base(behind, **FORWARDED) == PUBLIC
    assert base(behind, **FORWARDED | {"X-Forwarded-Host": "evil.invalid"}) == "/atlas/problems/unknown-host"


def test_an_abolished_code_leads_on_under_the_prefix(settings: Settings, atlas: Atlas) -> None:
    reply = reader(settings, public_url=PUBLIC).get("/regions/654223?lang=en")
    assert reply.headers["Location"] == "/atlas/regions/654203?lang=en"


def test_texts_of_records_are_no_addresses(settings: Settings, atlas: Atlas) -> None:
    client = reader(settings, public_url=PUBLIC)
    here, plain = client.get("/plans/ordos-2021-2025.json"), reader(settings).get("/plans/ordos-2021-2025.json")
    assert here.text.replace('"/atlas/', '"/') == plain.text
    assert here.text != plain.text


def test_no_template_writes_an_address_by_hand() -> None:
    written = re.compile(r"""\b(?:href|src|action)=["']/""")
    found = [
        f"{path.name}:{number}"
        for path in sorted(Path(ROOT, "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if written.search(line)
    ]
    assert found == [], "begin it with {{ root() }}, or use link()"


def test_no_script_writes_an_address_by_hand() -> None:
    written = re.compile(r"""(?<!at\()(?<!whole\()(["'`])/[a-z?$][^"'`]*\1|location\.origin\}""")
    found = [
        f"{path.name}:{number}"
        for path in sorted(Path(ROOT, "geoapp/static/js").rglob("*.js"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if written.search(line) and not line.lstrip().startswith(("//", "*", "/*"))
    ]
    assert found == [], "give the path to at() or whole() of page/address.js"
