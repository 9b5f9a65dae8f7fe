"""The names nearest to one that nobody bears, for the reader to choose from: 达拉物旗 is near 达拉特旗."""

from rapidfuzz import fuzz, process

from geoapp.model.region import Adcode
from geoapp.owndata.matching.names import JOINTS, NameIndex, tidy

MOST = 4
LEAST_ALIKE = 50.0
"""Of 100: two of four characters."""


class Nearest:
    """Finds near names in one edition."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._names = [name for name in index.names if not name.isascii()]
        self._ascii = [name for name in index.names if name.isascii()]

    def to(self, text: str, around: Adcode) -> tuple[Adcode, ...]:
        """Return the divisions whose names are nearest, those inside ``around`` first among equals."""
        name = JOINTS.sub("", tidy(text))
        names = self._ascii if name.isascii() else self._names
        asked = tidy(text).casefold() if name.isascii() else name
        if len(asked) < 2:
            return ()
        scored = process.extract(asked, names, scorer=fuzz.ratio, limit=12, score_cutoff=LEAST_ALIKE)
        best: dict[Adcode, tuple[bool, float]] = {}
        for near, score, _ in scored:
            for code in self._index.named(near):
                inside = self._index.gazetteer.is_within(code, around)
                best[code] = max(best.get(code, (False, 0.0)), (inside, score))
        return tuple(sorted(best, key=lambda code: (-best[code][1] - 15 * best[code][0], code))[:MOST])
