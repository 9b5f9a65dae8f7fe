"""The one typeface of every sheet, found by path; a character it lacks is an error, never a gap.

Noto Sans CJK SC (SIL Open Font License) comes with Debian's ``fonts-noto-cjk`` as a collection
of ten faces; all renderers drop characters they lack in silence, so coverage is checked here.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from geoapp.errors import FontMissing, MissingGlyph
from geoapp.sheets.libraries import drawing_library

FAMILY = "Noto Sans CJK SC"
FILES = {False: "NotoSansCJK-Regular.ttc", True: "NotoSansCJK-Bold.ttc"}
FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-cjk",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
)
FACES = 10
UNIT = 1000.0


@dataclass(slots=True)
class Face:
    """One weight: advance widths and glyph numbers, kept for characters seen before."""

    typeface: Any
    font: Any
    _glyphs: dict[str, int] = field(default_factory=dict)
    _widths: dict[str, float] = field(default_factory=dict)

    def learn(self, text: str) -> None:
        """Look up the characters of a text.

        Raises:
            MissingGlyph: naming the first character that cannot be drawn.
        """
        new = [char for char in dict.fromkeys(text) if char not in self._glyphs]
        if not new:
            return
        glyphs = self.typeface.unicharsToGlyphs([ord(char) for char in new])
        for char, glyph in zip(new, glyphs, strict=True):
            if glyph == 0:
                raise MissingGlyph(char, text, FAMILY)
        widths = self.font.getWidths(glyphs)
        self._glyphs.update(zip(new, glyphs, strict=True))
        self._widths.update((char, width / UNIT) for char, width in zip(new, widths, strict=True))

    def width(self, text: str, size: float) -> float:
        """Return the width of a line of text in points."""
        self.learn(text)
        return sum(map(self._widths.__getitem__, text)) * size

    def glyphs(self, text: str) -> list[tuple[int, float]]:
        """Return glyph number and advance (of size 1) of each character."""
        self.learn(text)
        return [(self._glyphs[char], self._widths[char]) for char in text]


def measure(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a line of text in points, by the font's own metrics."""
    return face(bold).width(text, size)


def assert_covered(texts: Iterable[str]) -> None:
    """Check that every character can be drawn in both weights.

    Raises:
        MissingGlyph: naming the character and the text it stands in.
        FontMissing: the typeface is not installed.
    """
    for text in texts:
        face(False).learn(text)
        face(True).learn(text)


@lru_cache(maxsize=2)
def face(bold: bool) -> Face:
    """Return a weight of the typeface.

    Raises:
        FontMissing: with the package to install.
        LibraryMissing: Skia cannot be loaded; with the packages to install.
    """
    skia = drawing_library("skia")
    path = find(bold)
    manager = skia.FontMgr.New_Custom_Empty()  # Skia's usual one reads every font of the machine first
    for number in range(FACES):
        typeface = manager.makeFromFile(str(path), number)
        if typeface is not None and typeface.getFamilyName() == FAMILY:
            font = skia.Font(typeface, UNIT)
            font.setHinting(skia.FontHinting.kNone)
            font.setLinearMetrics(True)
            return Face(typeface, font)
    raise FontMissing(f"{path} holds no face {FAMILY}; reinstall fonts-noto-cjk")


def find(bold: bool) -> Path:
    """Return the font file of a weight.

    Raises:
        FontMissing: it is in none of the folders looked at.
    """
    folders = [Path(folder).expanduser() for folder in FOLDERS]
    for folder in folders:
        for path in (folder / FILES[bold], folder / "opentype" / "noto" / FILES[bold]):
            if os.access(path, os.R_OK):
                return path
    looked = ", ".join(map(str, folders))
    raise FontMissing(
        f"the font {FILES[bold]} ({FAMILY}) is not installed, so no sheet can be drawn; "
        f"on Debian or Ubuntu: apt-get install fonts-noto-cjk (looked in {looked})"
    )


def wrap(text: str, width: float, size: float, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than ``width``: between CJK characters or at spaces."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and measure((line + piece).rstrip(), size, bold) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


NO_START = set("，。、；：！？）》〕」』”’…%‰·号年月日,.;:!?)]}")
NO_END = set("（《「『“‘([{")


def _pieces(text: str) -> list[str]:
    """Split where a line may break; closing marks stay with what they close."""
    pieces: list[str] = []
    for char in text:
        wide = ord(char) >= 0x2E80
        last = pieces[-1][-1] if pieces else ""
        joined = last and (
            char in NO_START or last in NO_END or char == " " or (not wide and last != " " and ord(last) < 0x2E80)
        )
        if joined:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces
