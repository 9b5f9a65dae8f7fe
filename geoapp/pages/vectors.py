"""Published vector layers as pages: whose data it is, what it says, what lies in no county."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.vector import VectorFeature, VectorLayer
from geoapp.portrayal.ui_texts import PRECISION_WORDS
from geoapp.vector.indicators import indicator_id

Json = dict[str, Any]
LAYERS = Phrase("全国名录与专题图层")


def vectors_page(layers: Sequence[VectorLayer], lang: str) -> Json:
    """Return the published vector layers."""
    return {"title": LAYERS.say(lang), "trail": [], "layers": [_summary(layer, lang) for layer in layers]}


def vector_page(layer: VectorLayer, features: Sequence[VectorFeature], lang: str) -> Json:
    """Return one layer: source, licence, columns, types, what must be known, and what lies in no county."""
    kinds = Counter(feature.kind for feature in features)
    known = Counter(each for feature in features for each in feature.caveats)
    amounts: Counter[str] = Counter()
    for feature in features:
        amounts[feature.kind] += feature.amount(layer) or 0  # type: ignore[assignment]  # a Counter adds floats as well
    column = layer.amount_column
    by_id = {feature.id: feature for feature in features}
    return {
        **_summary(layer, lang),
        "trail": [{"name": LAYERS.say(lang), "url": Address("/vectors")}],
        "amount": column.title.get(lang) if column else "",
        "unit": column.unit if column else "",
        "kinds": [
            {
                "id": kind.id,
                "title": kind.title.get(lang),
                "colour": kind.colour,
                "count": kinds[kind.id],
                "amount": round(amounts[kind.id], 6) if layer.summed else None,
                "indicator": indicator_id(layer.id, kind.id) if layer.summed and len(layer.kinds) > 1 else "",
            }
            for kind in layer.kinds
        ],
        "indicator": indicator_id(layer.id) if layer.summed else "",
        "columns": [
            {"name": each.name, "title": each.title.get(lang), "type": each.type, "unit": each.unit}
            for each in layer.columns
        ],
        "caveats": [{"text": each.text.get(lang), "count": known[each.id]} for each in layer.caveats],
        "outside": [_outside(by_id[each], layer) for each in layer.outside],
    }


def vector_quality(layers: Sequence[VectorLayer], lang: str) -> list[Json]:
    """Return, for the page of quality, the rows of each layer read, in a county, and in none."""
    return [{**_summary(layer, lang), "outside": list(layer.outside)} for layer in layers]


def _summary(layer: VectorLayer, lang: str) -> Json:
    return {
        "id": layer.id,
        "title": layer.title.get(lang),
        "shape": layer.shape,
        "rows": layer.rows,
        "joined": layer.rows - len(layer.outside),
        "not_joined": len(layer.outside),
        "date": layer.date,
        "note": layer.note.get(lang),
        "attribution": layer.attribution.get(lang),
        "cited": layer.cited(lang),
        "licence": layer.licence,
        "licence_url": layer.licence_url,
        "source_url": layer.url,
        "precision": layer.precision,
        "precision_words": PRECISION_WORDS[layer.precision].say(lang),
        "sha256": layer.sha256,
        "url": Address(f"/vectors/{layer.id}"),
    }


def _outside(feature: VectorFeature, layer: VectorLayer) -> Json:
    return {
        "id": feature.id,
        "name": feature.name,
        "type": feature.kind,
        "lon": feature.lon,
        "lat": feature.lat,
        "url": Address(f"/?layers={layer.id}&fill=none&sel={layer.id}:{feature.id}"),
    }
