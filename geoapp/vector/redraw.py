"""A layer drawn anew: other columns decide its names, its types and the size of its symbols; its places stay."""

from dataclasses import dataclass, replace

from geoapp.model.phrase import Phrase
from geoapp.model.plan import Text
from geoapp.model.vector import VectorColumn, VectorKind, VectorLayer
from geoapp.vector.cells import text_of
from geoapp.vector.join import Published
from geoapp.vector.kinds import LayerRefused, kinds_of, one_kind

NO_COLUMN = Phrase("没有“{column}”这一列；有：{known}")
NO_NUMBERS = Phrase("“{column}”列不全是数，不能用来定符号大小；请换一列")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How a layer is drawn: titles of its columns, empty for none.

    Attributes:
        name: the column that names features; ``kind`` the one whose words are types, ``amount`` the one that sizes.
        unit: of ``amount``.
        summed: whether ``amount`` may be added up.
    """

    name: str = ""
    kind: str = ""
    amount: str = ""
    unit: str = ""
    summed: bool = False


def redraw(published: Published, drawing: Drawing) -> Published:
    """Return a layer as it is to be drawn.

    Raises:
        LayerRefused: a column is not there, has too many different words, or holds no numbers.
    """
    layer = published.layer
    name, kind, amount = (_column(layer, each) for each in (drawing.name, drawing.kind, drawing.amount))
    if amount is not None and amount.type == "text":
        wording = Phrase(NO_NUMBERS.text, {"column": drawing.amount})
        raise LayerRefused(f"the column {drawing.amount!r} holds texts, not numbers only", wording)
    words = [text_of(each.value(layer, kind.name)) if kind else "" for each in published.features]
    entries = kinds_of(words, drawing.kind) if kind else one_kind(layer.title.zh, layer.title.en)
    types = {word: entry.id for entry in entries for word in entry.values}
    named = [text_of(each.value(layer, name.name)) if name else "" for each in published.features]
    features = tuple(
        replace(each, name=title or each.id, kind=types.get(word, entries[0].id))
        for each, word, title in zip(published.features, words, named, strict=True)
    )
    made = replace(
        layer,
        kinds=tuple(
            VectorKind(id=each.id, title=Text(zh=each.title_zh, en=each.title_en), colour=each.colour)
            for each in entries
        ),
        columns=tuple(replace(each, unit=drawing.unit if each == amount else each.unit) for each in layer.columns),
        amount=amount.name if amount else "",
        summed=drawing.summed and amount is not None,
    )
    return Published(made, features)


def _column(layer: VectorLayer, title: str) -> VectorColumn | None:
    """Return a column by its title, or by its name; None where none is asked."""
    if not title:
        return None
    found = [each for each in layer.columns if title in (each.title.zh, each.name)]
    if not found:
        titles = ", ".join(each.title.zh for each in layer.columns)
        wording = Phrase(NO_COLUMN.text, {"column": title, "known": titles})
        raise LayerRefused(f"there is no column {title!r}; there are: {titles}", wording)
    return found[0]
