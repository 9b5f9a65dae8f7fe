"""What a view says of published vector layers: legend lines, sources, caveats, cards, and the points of the map."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
import shapely

from geoapp.analysis.resolution.labels import format_number
from geoapp.analysis.vectors import ShownLayer
from geoapp.features.geojson import DECIMALS, vector_properties
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.region import Region
from geoapp.model.vector import JOIN, OWN, VectorFeature, VectorLayer
from geoapp.portrayal.style import MARKS, bracketed
from geoapp.portrayal.ui_texts import PRECISION_WORDS

Json = dict[str, Any]
COARSE = 0.002
"""Degrees by which lines and areas of the screen may be off: 200 m, a pixel of the usual zooms."""


def vector_json(shown: ShownLayer, version: str, region: str, lang: str) -> Json:
    """Return one layer of a view for programs and for our own map; its features come in a request of their own.

    Args:
        version: of the data, in the address of the features.
    """
    layer = shown.layer
    column = layer.amount_column
    counts = Counter(feature.kind for feature in shown.features)
    return {
        "id": layer.id,
        "title": layer.title.get(lang),
        "shape": layer.shape,
        "count": len(shown.features),
        "kinds": [
            {"id": kind.id, "title": kind.title.get(lang), "colour": kind.colour, "count": counts[kind.id]}
            for kind in layer.kinds
            if counts[kind.id]
        ],
        "types": [
            {"id": f"{layer.id}{JOIN}{kind.id}", "title": kind.title.get(lang), "count": shown.found[kind.id]}
            for kind in layer.kinds
            if len(layer.kinds) > 1
        ],
        "amount": column.title.get(lang) if column else "",
        "unit": column.unit if column else "",
        "largest": shown.largest,
        "precision": layer.precision,
        "note": layer.note.get(lang),
        "cited": layer.cited(lang),
        "licence": layer.licence,
        "licence_url": layer.licence_url,
        "url": _page(layer),
        "features": Address(f"/vectors/{layer.id}/{version}.json?within={region}"),
    }


def _page(layer: VectorLayer) -> Address:
    """Return the page that describes a layer."""
    own = layer.id.startswith(OWN)
    return Address(f"/layers/{layer.id.removeprefix(OWN)}" if own else f"/vectors/{layer.id}")


def vector_source(layer: VectorLayer, lang: str) -> Json:
    """Return how a layer is cited under a map, in the form plans are cited in."""
    return {
        "plan": None,
        "title": layer.title.get(lang),
        "short_title": layer.title.get(lang),
        "document_no": bracketless(layer.cited(lang)),
        "issuer": layer.cited(lang),
        "published": layer.date,
        "region": None,
    }


def bracketless(text: str) -> str:
    """Return a text without brackets of its own, to stand in brackets."""
    return text.replace("（", " ").replace("）", "").replace("(", " ").replace(")", "").replace("  ", " ")


def layer_line(shown: ShownLayer, lang: str) -> str:
    """Return the line under a picture or in a file: title, number, source, and what must be known of how many."""
    layer = shown.layer
    values = {"title": layer.title.get(lang), "count": len(shown.features), "cited": layer.cited(lang)}
    told = [Phrase("{title}{count}处：{cited}", values).say(lang), *caveat_lines(shown, lang)]
    return MARKS[lang][1].join(told)


def caveat_lines(shown: ShownLayer, lang: str) -> list[str]:
    """Say what must be known of how many of the features."""
    counts = Counter(each for feature in shown.features for each in feature.caveats)
    return [
        Phrase("其中{count}处{caveat}", {"count": counts[each.id], "caveat": each.text.get(lang)}).say(lang)
        for each in shown.layer.caveats
        if counts[each.id]
    ]


def amount_words(feature: VectorFeature, layer: VectorLayer) -> str:
    """Print the number that sizes a feature's symbol, with its unit; empty where it has none."""
    amount, column = feature.amount(layer), layer.amount_column
    return "" if amount is None or column is None else f"{format_number(amount)} {column.unit}".strip()


def feature_card(feature: VectorFeature, layer: VectorLayer, region: Region | None, lang: str) -> Json:
    """Return one feature with its words: what a card, a page and a program need."""
    cells = [
        {"name": column.name, "title": column.title.get(lang), "value": value, "words": _words(value, column.unit)}
        for column, value in zip(layer.columns, feature.values, strict=True)
    ]
    texts = {each.id: each.text.get(lang) for each in layer.caveats}
    return {
        **vector_properties(feature, layer, region),
        "layer": layer.id,
        "layer_title": layer.title.get(lang),
        "region_name": region.name if region else None,
        "lon": feature.lon,
        "lat": feature.lat,
        "type_words": layer.kind(feature.kind).title.get(lang),
        "precision_words": PRECISION_WORDS[layer.precision].say(lang),
        "cells": [cell for cell in cells if cell["words"]],
        "citation": {
            "title": layer.title.get(lang),
            "text": f"{layer.title.get(lang)}{bracketed(bracketless(layer.cited(lang)), lang)}",
            "cited": layer.cited(lang),
            "licence": layer.licence,
            "licence_url": layer.licence_url,
            "url": _page(layer),
        },
        "caveats": [texts[each] for each in feature.caveats],
    }


def _words(value: object, unit: str) -> str:
    if value is None or value == "":
        return ""
    text = format_number(float(value)) if isinstance(value, int | float) else str(value)
    return f"{text} {unit}".strip()


def features_json(layer: VectorLayer, features: Sequence[VectorFeature]) -> bytes:
    """Return the features for our own map, column by column: what is drawn and named, nothing else."""
    kinds = {kind.id: number for number, kind in enumerate(layer.kinds)}
    columns: Mapping[str, list[Any]] = {
        "ids": [f"{layer.id}{JOIN}{feature.id}" for feature in features],
        "names": [feature.name for feature in features],
        "kinds": [kinds[feature.kind] for feature in features],
        "amounts": [feature.amount(layer) for feature in features],
        "at": [[feature.lon, feature.lat] for feature in features],
    }
    kind_ids = [kind.id for kind in layer.kinds]
    return orjson.dumps({"layer": layer.id, "kind_ids": kind_ids, **columns, **_shapes(features)})


def _shapes(features: Sequence[VectorFeature]) -> Json:
    """Return lines and areas as the screen needs them; points have none."""
    if not any(feature.wkb for feature in features):
        return {}
    shapes = shapely.simplify(shapely.from_wkb([feature.wkb for feature in features]), COARSE)
    rounded = shapely.transform(shapes, lambda xy: xy.round(DECIMALS - 1))
    return {"shapes": [orjson.Fragment(text) for text in shapely.to_geojson(rounded)]}
