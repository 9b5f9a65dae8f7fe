"""Pages as a browser would read them."""

from html.parser import HTMLParser

from flask.testing import FlaskClient

from geoapp.atlas import Atlas

HTML = {"Accept": "text/html"}
INDEXES = ["/plans", "/progress", "/indicators", "/parks", "/projects", "/regions"]


class Reader(HTMLParser):
    """What a browser would make of a page: elements, ids, links, text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, name: str) -> list[str]:
        """Return every value of an attribute."""
        return [value for _, attrs in self.elements if (value := attrs.get(name)) is not None]


def read(client: FlaskClient, url: str) -> Reader:
    """Open a page that must be there."""
    reply = client.get(url, headers=HTML)
    assert reply.status_code == 200, (url, reply.status_code)
    return Reader(reply.get_data(as_text=True))


def one_of_each(atlas: Atlas) -> list[str]:
    """Return the path of every plan, and of some indicators, parks and projects."""
    data = atlas.dataset
    pages = [f"/plans/{plan.id}" for plan in data.plans]
    pages += [f"/indicators/{each}" for each in ("ei_gdp_cut", "elec_use")]
    pages += [f"/parks/{data.parks[0].id}", f"/projects/{data.projects[0].id}"]
    return pages
