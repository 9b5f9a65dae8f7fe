"""Names that differ from a question in one character: 大拉特旗 for 达拉特旗, ordoss for Ordos.

A short text has too many neighbours to mean one of them, so two characters, or four letters, are left alone.
"""

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

LEAST_CHARACTERS, LEAST_LETTERS = 3, 5
MOST_NEIGHBOURS = 200


class NearNames:
    """Looks among written names for those one slip away; two letters that changed places are one slip."""

    def __init__(self, names: Iterable[tuple[str, int]]) -> None:
        """Take names with the number of what bears them."""
        found = list(names)
        self._names: Sequence[str] = [name for name, _ in found]
        self._bearers = [bearer for _, bearer in found]

    def of(self, text: str) -> Iterator[int]:
        """Yield what bears a name one slip away from a text; nothing for a text too short to tell."""
        if len(text) < (LEAST_LETTERS if text.isascii() else LEAST_CHARACTERS):
            return
        close = extract(text, self._names, scorer=OSA.distance, score_cutoff=1, limit=MOST_NEIGHBOURS, processor=None)
        for name, _, place in close:
            if len(name) >= LEAST_CHARACTERS and not _numbers(name, text):
                yield self._bearers[place]


def _numbers(name: str, text: str) -> bool:
    """Say whether the two are codes or differ in a digit: 一 2 for a 3 is another thing, not a slip."""
    return [each for each in name if each.isdigit()] != [each for each in text if each.isdigit()]
