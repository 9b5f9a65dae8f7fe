"""The columns of a view of a difference: both values, as printed and in the indicator's unit, with their documents."""

from typing import Any

from geoapp.analysis.resolution.pair import Pair
from geoapp.analysis.resolution.resolve import Resolution
from geoapp.files.columns import Column
from geoapp.model.phrase import Phrase
from geoapp.portrayal.cards import Cards

Row = dict[str, Any]
SIDES = (("first", Phrase("被减数")), ("second", Phrase("减数")))
"""What is shown, and what is taken from it."""


def _columns(name: str, words: Phrase) -> tuple[Column, ...]:
    said = {"side": words}
    return (
        Column(name=f"{name}_year", short=f"{name[:3]}_year", type="integer", title=Phrase("{side}年份", said)),
        Column(name=name, short=f"{name[:3]}_num", type="number", title=Phrase("{side}（指标单位）", said)),
        Column(name=f"{name}_label", short=f"{name[:3]}_label", type="text", title=Phrase("{side}（标注）", said)),
        Column(
            name=f"{name}_status", short=f"{name[:3]}_state", type="text", title=Phrase("{side}取值状态（代码）", said)
        ),
        Column(name=f"{name}_source", short=f"{name[:3]}_src", type="text", title=Phrase("{side}出处", said)),
    )


COLUMNS = tuple(column for name, words in SIDES for column in _columns(name, words))


def difference_row(pair: Pair, cards: Cards, lang: str) -> Row:
    """Return both sides of a region's difference, by the columns' names."""
    return {**_side("first", pair.here, cards, lang), **_side("second", pair.there, cards, lang)}


def _side(name: str, answer: Resolution, cards: Cards, lang: str) -> Row:
    words = cards.answer(answer, lang)
    own = answer.status == "own"
    return {
        f"{name}_year": answer.year,
        name: answer.number if own else None,
        f"{name}_label": words["label"],
        f"{name}_status": answer.status,
        f"{name}_source": words["citation"]["text"] if words["citation"] else None,
    }
