"""A reader's own layer as a page: what it holds, how many lie in which county, how it is drawn, its files."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.model.region import CHINA, Adcode
from geoapp.model.vector import OWN, VectorFeature, VectorLayer
from geoapp.model.view import View
from geoapp.pages.vectors import vector_page
from geoapp.vector.redraw import Drawing

Json = dict[str, Any]
OWN_DATA = Phrase("自己的数据")
FILES = ("csv", "xlsx", "geojson", "gpkg", "shp.zip", "kml", "parquet", "fgb")
SHEETS = ("png", "pdf", "docx", "pptx")


def own_layer_page(
    layer: VectorLayer, features: Sequence[VectorFeature], drawing: Drawing, view: View, names: Gazetteer, expires: str
) -> Json:
    """Return a layer with its counts by county, its files and how it is drawn.

    Args:
        view: that shows the layer alone.
        names: the divisions in the reader's language.
        expires: when it is removed, as it is printed.
    """
    regions = counted(layer, features, names)
    identifier = layer.id.removeprefix(OWN)
    whole = f"layers={layer.id}&fill=none"
    return {
        **vector_page(layer, features, view.lang),
        "trail": [{"name": OWN_DATA.say(view.lang), "url": Address("/table")}],
        "own": identifier,
        "url": Address(f"/layers/{identifier}"),
        "expires": expires,
        "regions": regions,
        "counted": sum(each["count"] for each in regions),
        "added": round(sum(each.get("amount", 0.0) for each in regions), 6) if layer.summed else None,
        "map": Address(f"/?{view.query()}"),
        "files": [{"suffix": suffix, "url": Address(f"/view.{suffix}?{whole}")} for suffix in FILES],
        "sheets": [{"suffix": suffix, "url": Address(f"/view.{suffix}?{view.query()}")} for suffix in SHEETS],
        "drawing": drawing,
        "numbers": [each.title.zh for each in layer.columns if each.type != "text"],
        "headers": [each.title.zh for each in layer.columns],
    }


def counted(layer: VectorLayer, features: Sequence[VectorFeature], names: Gazetteer) -> list[Json]:
    """Return, for each county with features, how many there are and what their amounts add up to, most first."""
    counts: Counter[Adcode] = Counter()
    amounts: dict[Adcode, float] = {}
    for feature in features:
        if not feature.adcode:
            continue
        counts[feature.adcode] += 1
        amounts[feature.adcode] = amounts.get(feature.adcode, 0.0) + (feature.amount(layer) or 0.0)
    return [
        {
            "adcode": code,
            "name": names[code].name,
            "where": " ".join(each.name for each in reversed(list(names.parents(code))) if each.adcode != CHINA),
            "count": count,
            **({"amount": round(amounts[code], 6)} if layer.summed else {}),
        }
        for code, count in counts.most_common()
    ]
