"""The typeface of every sheet and its metrics; a character that no font has is an error, never a gap.

All renderers drop characters they lack in silence, so coverage is looked at here. Each weight is a chain of
faces: those that come with geoapp, then the fonts of the machine that had to be borrowed from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from threading import Lock
from typing import Any, NamedTuple

from geoapp.errors import FontMissing, MissingGlyph
from geoapp.sheets.font_files import FAMILIES, borrowed, carried
from geoapp.sheets.fontconfig import FontFile
from geoapp.sheets.libraries import drawing_library

FAMILY = FAMILIES[0]
UNIT = 1000.0


class Glyph(NamedTuple):
    """What draws a character: the number of its face in the chain, of its outline there, its advance at size 1."""

    face: int
    number: int
    width: float


class Run(NamedTuple):
    """A piece of a text that one file draws, and its width at size 1."""

    file: FontFile
    text: str
    width: float


@dataclass(slots=True)
class Face:
    """One weight: the faces it draws from, and the glyphs of characters seen before."""

    bold: bool
    files: list[FontFile]
    fonts: list[Any] = field(default_factory=list)
    _glyphs: dict[str, Glyph] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def learn(self, text: str) -> None:
        """Look up the characters of a text.

        Raises:
            MissingGlyph: naming the first character that cannot be drawn.
        """
        if not self._glyphs.keys() >= set(text):
            with self._lock:  # threads of a server share a face
                self._learn(text)

    def _learn(self, text: str) -> None:
        new = [char for char in dict.fromkeys(text) if char not in self._glyphs]
        for number in range(len(self.files)):
            self._look_in(number, new)
            new = [char for char in new if char not in self._glyphs]
        for char in new:
            file = borrowed(char, self.bold)
            if file is None:
                raise MissingGlyph(char, text, FAMILY)
            self.files.append(file)
            self._look_in(len(self.files) - 1, [char])

    def _look_in(self, number: int, chars: list[str]) -> None:
        """Take from one face of the chain what it has of some characters; it is opened when first needed."""
        if not chars:
            return
        if number == len(self.fonts):
            self.fonts.append(_open(self.files[number]))
        font = self.fonts[number]
        numbers = font.unicharsToGlyphs([ord(char) for char in chars])
        for char, glyph, width in zip(chars, numbers, font.getWidths(numbers), strict=True):
            if glyph:
                self._glyphs[char] = Glyph(number, glyph, width / UNIT)

    def width(self, text: str, size: float) -> float:
        """Return the width of a line of text in points."""
        self.learn(text)
        return sum(self._glyphs[char].width for char in text) * size

    def glyphs(self, text: str) -> list[Glyph]:
        """Return the glyph of each character."""
        self.learn(text)
        return [self._glyphs[char] for char in text]

    def runs(self, text: str) -> Iterator[Run]:
        """Yield the pieces of a text, each of which one file draws."""
        self.learn(text)
        for number, chars in groupby(text, lambda char: self._glyphs[char].face):
            piece = "".join(chars)
            yield Run(self.files[number], piece, self.width(piece, 1.0))


@lru_cache(maxsize=8192)  # a sheet asks for the same few hundred widths again while it is laid out
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
        FontMissing: the set-up has not brought it.
        LibraryMissing: Skia cannot be loaded; with the packages to install.
    """
    drawing_library("skia")
    return Face(bold, carried(bold))


def _open(file: FontFile) -> Any:
    skia = drawing_library("skia")
    manager = skia.FontMgr.New_Custom_Empty()  # Skia's usual one reads every font of the machine first
    typeface = manager.makeFromFile(str(file.path), file.number)
    if typeface is None:
        raise FontMissing(f"{file.path} is not a font that can be read; install geoapp again, or the font's package")
    font = skia.Font(typeface, UNIT)
    font.setHinting(skia.FontHinting.kNone)
    font.setLinearMetrics(True)
    return font


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
