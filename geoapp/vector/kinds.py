"""Types of a layer's features: the words of a column, each with a name and a colour of its own."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import cycle

from geoapp.errors import GeoappError, Sayable
from geoapp.model.phrase import Phrase
from geoapp.vector.description import RESERVED, KindEntry

MOST_KINDS = 12
"""Types that a map can tell apart by colour."""
COLOURS = ("#1f6fb2", "#c05a2b", "#2a9d8f", "#8e3fa8", "#e0a100", "#4a4a4a", "#d1495b", "#7a8b2f", "#8a6d5a", "#9c2f45")
TOO_MANY = Phrase("“{column}”列有 {count} 种写法，图上最多分得清 {most} 种；请换一列，或不按列分色")


class LayerRefused(GeoappError):
    """A file cannot become a layer; the message says why and what to give, ``wording`` for a reader."""

    slug = "layer-refused"

    def __init__(self, message: str, wording: Sayable | None = None) -> None:
        super().__init__(message)
        self.wording = wording


def one_kind(title: str, title_en: str) -> list[KindEntry]:
    """Return the type of a layer whose features are all alike."""
    return [KindEntry(id="all", title_zh=title, title_en=title_en or title, colour=COLOURS[0])]


def kinds_of(words: Iterable[str], column: str) -> list[KindEntry]:
    """Return the types that a column's words are, in the order they come.

    Raises:
        LayerRefused: there are more than a map can tell apart.
    """
    colours = cycle(COLOURS)
    told = list(dict.fromkeys(words))
    if len(told) > MOST_KINDS:
        raise LayerRefused(
            f"--kind {column!r} has {len(told)} different words; a map tells {MOST_KINDS} apart: "
            "choose another column, or write the layer's file by hand (docs/vectors.md)",
            Phrase(TOO_MANY.text, {"column": column, "count": len(told), "most": MOST_KINDS}),
        )
    made: list[KindEntry] = []
    for number, word in enumerate(told, start=1):
        name = property_name(word, number, [each.id for each in made]) if word else f"k{number}"
        title, english = word or "（空）", word or "(empty)"
        made.append(KindEntry(id=name, title_zh=title, title_en=english, colour=next(colours), values=(word,)))
    return made


def property_name(text: str, number: int, taken: Sequence[str]) -> str:
    """Return a header or a word as the name of a property: its Latin letters and digits, or its number without any."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    if not re.match(r"[a-z]", name) or name in RESERVED or name in taken:
        name = f"c{number}_{name}".rstrip("_")
    return name
