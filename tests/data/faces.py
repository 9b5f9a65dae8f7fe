"""Every face of one view as text: what a reader sees or reads out of it, whatever the format."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from flask.testing import FlaskClient

LINKED = re.compile(r"https?://\S+|url\(#[^)]*\)|<(?:style|defs|script).*?</(?:style|defs|script)>", re.DOTALL)
TAGS = re.compile(r"<[^>]+>")
PARTS = {
    "docx": re.compile(r"word/(document|header\d*|footer\d*)\.xml"),
    "pptx": re.compile(r"ppt/slides/slide\d+\.xml"),
    "xlsx": re.compile(r"xl/(sharedStrings|worksheets/sheet\d+)\.xml"),
}
BY_VIEW = ("/view.json", "/view.csv", "/view.geojson", "/view.kml", "/view.svg", "/view.qlr")


def packed(data: bytes, suffix: str) -> str:
    """Return the words of an Office file, paragraph by paragraph."""
    said = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in sorted(filter(PARTS[suffix].fullmatch, archive.namelist())):
            root = ElementTree.fromstring(archive.read(name))
            alternative = [each.get("descr") or "" for each in root.iter() if each.tag.endswith(("docPr", "cNvPr"))]
            paragraphs = [each for each in root.iter() if each.tag.endswith(("}p", "}si", "}is", "}c"))]
            said += [*alternative, *("".join(each.itertext()) for each in paragraphs)]
    return "\n".join(said)


def faces(client: FlaskClient, query: str, *pages: str) -> Mapping[str, str]:
    """Return the text of each face of a view, and of the pages named, by address."""
    found = {}
    for path in BY_VIEW:
        found[path] = text_of(client, f"{path}?{query}")
    for suffix in ("xlsx", "docx", "pptx"):
        answer = client.get(f"/view.{suffix}?{query}")
        assert answer.status_code == 200, (suffix, answer.text)
        found[f"/view.{suffix}"] = packed(answer.data, suffix)
    for page in pages:
        found[page] = text_of(client, page)
    return found


def text_of(client: FlaskClient, address: str) -> str:
    """Return what an address says, its mark-up taken away."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.text)
    said = LINKED.sub(" ", answer.get_data(as_text=True))
    return said if address.startswith("/view.qlr") else TAGS.sub(" ", said)  # QGIS keeps its words in attributes
