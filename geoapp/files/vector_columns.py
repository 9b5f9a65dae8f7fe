"""The columns of a published vector layer in files: those every layer has, and its own between them."""

from geoapp.files import columns
from geoapp.files.columns import Column
from geoapp.model.phrase import Phrase
from geoapp.model.vector import VectorColumn, VectorLayer

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
