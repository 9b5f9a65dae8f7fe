"""Items: pages of features and single features, joined from bytes that the build encoded."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode

import orjson

from geoapp.atlas import Atlas
from geoapp.features.collections import Collection
from geoapp.features.crs import CRS84, read_crs
from geoapp.features.encoded import BETWEEN, CODE, HEAD
from geoapp.web.http.context import Serving
from geoapp.web.ogc.answer import Answer, Asked
from geoapp.web.ogc.query import DOCUMENT, Request, read, read_items

GEOJSON = "application/geo+json"
GEOJSON_TYPES = (GEOJSON, "application/json", "application/vnd.geo+json")
Link = dict[str, str]


def page(serving: Serving, name: str, want: Asked) -> tuple[Answer, Request]:
    """Return one page of a collection.

    Raises:
        InvalidView: a parameter is unknown or unusable.
        NotFound: there is no such collection.
        Outdated: the build in which the paging began is no longer kept.
    """
    here = serving.atlas()
    asked_for = read_items(want.pairs, here.collections[name])
    if asked_for.version is not None and asked_for.version != here.version:
        here = serving.atlas_of(asked_for.version)
    found = here.collections[name]
    matching = found.select(asked_for.query)
    chosen = matching[asked_for.offset : asked_for.offset + asked_for.limit]
    tail = orjson.dumps(
        {
            "timeStamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "numberMatched": len(matching),
            "numberReturned": len(chosen),
            "links": page_links(here, found, asked_for, len(matching), want),
            **_rights(here, found),
            "data_version": here.version,
        }
    )[1:]
    return _answer(found, asked_for, chosen, tail, tag(here, want)), asked_for


def _rights(here: Atlas, found: Collection) -> dict[str, str]:
    """Return whose data a page holds: of a published vector layer its owner's, under its licence."""
    edition, layer = here.dataset.edition, found.vector
    if layer is None:
        return {"attribution": edition.attribution, "usage_notice": edition.usage_notice}
    note = f"{layer.licence} {layer.licence_url}".strip()
    return {"attribution": layer.cited("zh"), "usage_notice": note}


def _answer(found: Collection, asked_for: Request, chosen: Sequence[int], tail: bytes, etag: str) -> Answer:
    headers = content_crs(asked_for.crs.uri if asked_for.crs else CRS84)
    if asked_for.names is None and asked_for.crs is None:
        layer = found.layer
        return Answer(
            GEOJSON,
            etag,
            lambda: layer.page(chosen, tail),
            lambda: layer.packed_page(chosen, tail),
            headers,
        )

    def recoded() -> bytes:
        features = [found.feature_bytes(number, asked_for.names, asked_for.crs) for number in chosen]
        return b"".join((HEAD, BETWEEN.join(features), b"}" if features else b"", b"],", tail))

    return Answer(GEOJSON, etag, recoded, None, headers)


def item(serving: Serving, name: str, identifier: str, want: Asked) -> tuple[Answer, dict[str, Any]]:
    """Return one feature with its links."""
    values = read(want.pairs, {"crs": read_crs, **DOCUMENT})
    here = serving.atlas()
    found = here.collections[name]
    number = found.number(identifier)
    crs = values.get("crs")
    converted = crs is not None and crs.uri != CRS84
    path = f"{want.base}/ogc/collections/{name}"
    here_url = f"{path}/items/{quote(identifier)}"
    links = [
        link(here_url + (f"?{want.query}" if want.query else ""), "self", GEOJSON, identifier),
        link(f"{here_url}?f=html", "alternate", "text/html", identifier),
        link(path, "collection", "application/json", found.info.title(values.get("lang", "zh"))),
    ]
    tail = b"".join((b',"links":', orjson.dumps(links), b"}"))
    headers = content_crs(crs.uri if crs else CRS84)
    etag = tag(here, want).removeprefix("W/")  # nothing in it changes with time
    if converted:
        body = found.feature_bytes(number, None, crs) + tail
        return Answer(GEOJSON, etag, lambda: body, None, headers), values
    layer = found.layer
    return Answer(
        GEOJSON, etag, lambda: layer.feature(number) + tail, lambda: layer.packed_feature(number, tail), headers
    ), values


def page_links(here: Atlas, found: Collection, asked_for: Request, matched: int, want: Asked) -> list[Link]:
    """Return self, alternate, collection, next and prev; paging stays in the build it began in."""
    pairs = want.pairs
    kept = [(key, text) for key, text in pairs if key not in ("offset", "data_version", "limit", "f")]
    url, title = f"{want.base}{want.path}", found.info.title(asked_for.lang)

    def to(start: int, rel: str) -> Link:
        more = [("limit", asked_for.limit), ("offset", start), ("data_version", here.version)]
        return link(f"{url}?{urlencode([*kept, *more])}", rel, GEOJSON, title)

    query = f"?{want.query}" if want.query else ""
    html = urlencode([*((key, text) for key, text in pairs if key != "f"), ("f", "html")])
    links = [
        link(url + query, "self", GEOJSON, title),
        link(f"{url}?{html}", "alternate", "text/html", title),
        link(f"{want.base}/ogc/collections/{found.info.id}", "collection", "application/json", title),
    ]
    if asked_for.offset + asked_for.limit < matched:
        links.append(to(asked_for.offset + asked_for.limit, "next"))
    if asked_for.offset > 0:
        links.append(to(max(0, asked_for.offset - asked_for.limit), "prev"))
    return links


def link(href: str, rel: str, mimetype: str, title: str) -> Link:
    """Return a link as OGC API writes it."""
    return {"href": href, "rel": rel, "type": mimetype, "title": title}


def content_crs(uri: str) -> tuple[tuple[str, str], ...]:
    """Return the header that names the system of the coordinates (Part 2)."""
    return (("Content-Crs", f"<{uri}>"),)


def tag(here: Atlas, want: Asked) -> str:
    """Return a weak tag: the same data and question give the same features, the time stamp differs."""
    digest = hashlib.blake2b(f"{want.base}{want.path}?{want.query}".encode(), digest_size=8).hexdigest()
    return f'W/"{here.version}-{CODE}-{digest}"'
