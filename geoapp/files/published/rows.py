"""A published vector layer in files: its columns between those every layer has, its rows, its shapes."""

from typing import Any

import numpy as np
import shapely

from geoapp.analysis.vectors import ShownLayer
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.features.geojson import vector_properties
from geoapp.files import columns
from geoapp.files.columns import Column
from geoapp.model.phrase import Phrase
from geoapp.model.vector import VectorColumn, VectorFeature, VectorLayer
from geoapp.portrayal.ui_texts import PRECISION_WORDS

SHORT = 10
"""Bytes a name has room for in a Shapefile."""
TYPE = Column(name="type", short="type", type="text", title=Phrase("类型（代码）"))
TYPE_WORDS = Column(name="type_words", short="type_words", type="text", title=Phrase("类型"))
BEFORE = (columns.IDENTIFIER, columns.NAME, TYPE, TYPE_WORDS, columns.ADCODE, columns.REGION_NAME)
AFTER = (columns.PRECISION, columns.PRECISION_WORDS, columns.CITATION, columns.CAVEATS)


def vector_columns(layer: VectorLayer, lang: str) -> tuple[Column, ...]:
    """Return the columns of a layer's rows."""
    before = (*BEFORE, columns.REGION_NAME_EN)
    taken = {column.short for column in (*before, *AFTER, columns.SELECTED)}
    own = []
    for number, column in enumerate(layer.columns, start=1):
        short = column.name[:SHORT] if column.name[:SHORT] not in taken else f"c{number}_{column.name}"[:SHORT]
        taken.add(short)
        own.append(_own(column, short, lang))
    return (*before, *own, *AFTER)


def _own(column: VectorColumn, short: str, lang: str) -> Column:
    words = column.title.get(lang) + (f" [{column.unit}]" if column.unit else "")
    return Column(name=column.name, short=short, type=column.type, title=Phrase("{words}", {"words": words}))


def feature_row(feature: VectorFeature, layer: VectorLayer, gazetteer: Gazetteer, lang: str) -> dict[str, Any]:
    """Return a feature as a row by column name."""
    region = gazetteer[feature.adcode] if feature.adcode else None
    return {
        "layer": layer.id,
        **vector_properties(feature, layer, region),
        "type_words": layer.kind(feature.kind).title.get(lang),
        "precision_words": PRECISION_WORDS[layer.precision].say(lang),
        "citation": f"{layer.title.get(lang)}，{layer.cited(lang)}",
        "caveats": [each.text.get(lang) for each in layer.caveats if each.id in feature.caveats],
    }


def feature_shapes(shown: ShownLayer) -> tuple[Any, str]:
    """Return the geometries of a layer's features (degrees) and the type that files call them."""
    if shown.layer.shape == "point":
        at = np.array([(feature.lon, feature.lat) for feature in shown.features]).reshape(-1, 2)
        return shapely.points(at), "Point"
    areal = shown.layer.shape == "polygon"
    shapes = np.empty(len(shown.features), dtype=object)
    shapes[:] = [_multi(shapely.from_wkb(feature.wkb), areal) for feature in shown.features]
    return shapes, "MultiPolygon" if areal else "MultiLineString"


def _multi(shape: shapely.Geometry, areal: bool) -> shapely.Geometry:
    """Return a line or an area as the collection of one that files want, rings wound as in all other layers."""
    parts = shapely.get_parts(shape).tolist()
    return shapely.orient_polygons(shapely.MultiPolygon(parts)) if areal else shapely.MultiLineString(parts)
