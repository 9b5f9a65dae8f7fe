"""GeoJSON (RFC 7946) of a view: what must be said about it are members of the collection."""

from typing import Any

import shapely

from geoapp.features.geojson import encode_collection, encode_feature
from geoapp.files.content import SYSTEMS, Content
from geoapp.portrayal import view_content


def write_geojson(content: Content) -> bytes:
    """Return areas, then parks, then projects; ``layer`` tells them apart."""
    features = []
    for layer in content.layers:
        texts = [None] * len(layer.rows) if layer.shapes is None else shapely.to_geojson(layer.shapes).tolist()
        for row, text in zip(layer.rows, texts, strict=True):
            identifier = row.get("id") or row["adcode"]
            features.append(encode_feature(identifier, row, text.encode() if text else b"null"))
    return encode_collection(features, _members(content))


def _members(content: Content) -> dict[str, Any]:
    resolved, options = content.resolved, content.options
    notes = {note.key: note.text for note in content.notes if not note.key.startswith("source_")}
    return {
        **notes,
        "title": content.title,
        "view": resolved.view.query(),
        "sources": view_content.sources(resolved),
        "coordinates": SYSTEMS[options.crs].say(content.lang),
    }
