"""Where the typefaces of the sheets are, and which characters they hold.

Two typefaces come with geoapp (``scripts/vendor``), both under the SIL Open Font License: Noto Sans SC
has every character of the National Standard GB 18030, Noto Sans the Latin letters and fractions that
it lacks (ə, ⅓, ₂). What neither has is borrowed from a font of the machine.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from geoapp.errors import FontMissing
from geoapp.sheets import fontconfig
from geoapp.sheets.fontconfig import BOLD, REGULAR, FontFile

FOLDER = Path(__file__).resolve().parent.parent / "vendor" / "fonts"
FAMILIES = ("Noto Sans SC", "Noto Sans")
"""In the order in which a character is looked for."""


def carried(bold: bool) -> list[FontFile]:
    """Return the files of one weight that come with geoapp, one for each of ``FAMILIES``.

    Raises:
        FontMissing: the set-up has not brought them.
    """
    name, weight = ("Bold", BOLD) if bold else ("Regular", REGULAR)
    files = [FontFile(FOLDER / f"{family.replace(' ', '')}-{name}.ttf", 0, family, weight) for family in FAMILIES]
    missing = [file.path.name for file in files if not file.path.is_file()]
    if missing:
        raise FontMissing(
            f"the fonts {', '.join(missing)} are not in {FOLDER}, so no sheet can be drawn; "
            "run `make assets`, or install geoapp again"
        )
    return files


def borrowed(char: str, bold: bool = False) -> FontFile | None:
    """Return a font of this machine that has a character the carried ones lack; None where there is none.

    Only characters that stand alone are borrowed: scripts that join or run to the left need a shaper.
    """
    return next(iter(fontconfig.fonts_with(char, bold)), None) if _stands_alone(char) else None


def _stands_alone(char: str) -> bool:
    kind = unicodedata.category(char)
    joins = kind == "Lo" and unicodedata.east_asian_width(char) not in "WF"  # Arabic, Indic scripts, Thai
    return kind[0] not in "CMZ" and not joins and unicodedata.bidirectional(char) not in ("R", "AL")


def outside(texts: Iterable[str]) -> set[str]:
    """Return the characters of texts that are in none of the carried fonts.

    Raises:
        FontMissing: the set-up has not brought them.
    """
    return {char for char in set().union(*texts) if ord(char) not in characters()}


@lru_cache(maxsize=1)
def characters() -> frozenset[int]:
    """Return the code points that both weights have."""
    regular, bold = (set[int]().union(*map(_code_points, carried(weight))) for weight in (False, True))
    return frozenset(regular & bold)


def _code_points(file: FontFile) -> set[int]:
    from fontTools.ttLib import TTFont  # half a second and 20 MB that only checks of data need

    with TTFont(file.path, lazy=True) as font:
        return set(font.getBestCmap())
