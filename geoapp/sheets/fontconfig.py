"""The machine's own register of fonts, asked through its C library: cairo looks fonts up there and nowhere else.

A machine without the library has no fonts to borrow, and no cairo either.
"""

import ctypes
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_void_p
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face: its file, its number in the file, the name of its family and its weight as fontconfig counts it."""

    path: Path
    number: int
    family: str
    weight: int


REGULAR, BOLD = 80, 200
"""fontconfig's weights."""


class _FontSet(Structure):
    _fields_ = (("count", c_int), ("room", c_int), ("fonts", POINTER(c_void_p)))


@lru_cache(maxsize=1)
def _library() -> ctypes.CDLL | None:
    """Return fontconfig with the types of the functions that are called here; None where it is not installed."""
    try:
        library = ctypes.CDLL("libfontconfig.so.1")
    except OSError:
        return None
    library.FcNameParse.restype = library.FcObjectSetCreate.restype = c_void_p
    library.FcFontList.restype = POINTER(_FontSet)
    library.FcConfigAppFontAddFile.argtypes = [c_void_p, c_char_p]
    library.FcNameParse.argtypes = [c_char_p]
    library.FcObjectSetAdd.argtypes = [c_void_p, c_char_p]
    library.FcFontList.argtypes = [c_void_p, c_void_p, c_void_p]
    library.FcPatternGetString.argtypes = [c_void_p, c_char_p, c_int, POINTER(c_char_p)]
    library.FcPatternGetInteger.argtypes = [c_void_p, c_char_p, c_int, POINTER(c_int)]
    for each in (library.FcPatternDestroy, library.FcObjectSetDestroy, library.FcFontSetDestroy):
        each.argtypes, each.restype = [c_void_p], None
    return library


def register(file: FontFile) -> None:
    """Make a font known to cairo in this process by the name of its family."""
    library = _library()
    if library is not None:
        library.FcConfigAppFontAddFile(None, str(file.path).encode())


@lru_cache(maxsize=256)
def fonts_with(char: str, bold: bool) -> tuple[FontFile, ...]:
    """Return the upright outline fonts of this machine that have a character; those that go with ours first."""
    library = _library()
    if library is None:
        return ()
    pattern = library.FcNameParse(f":charset={ord(char):x}:outline=true:slant=0:variable=false".encode())
    wanted = library.FcObjectSetCreate()
    for name in (b"file", b"index", b"family", b"weight"):
        library.FcObjectSetAdd(wanted, name)
    listed = library.FcFontList(None, pattern, wanted)
    found = {_font_file(library, listed.contents.fonts[number]) for number in range(listed.contents.count)}
    library.FcFontSetDestroy(listed)
    library.FcObjectSetDestroy(wanted)
    library.FcPatternDestroy(pattern)
    weight = BOLD if bold else REGULAR
    return tuple(sorted(found, key=lambda file: _preference(file, weight)))


def _font_file(library: ctypes.CDLL, font: int) -> FontFile:
    path, family, number, weight = c_char_p(), c_char_p(), c_int(), c_int()
    library.FcPatternGetString(font, b"file", 0, byref(path))
    library.FcPatternGetString(font, b"family", 0, byref(family))
    library.FcPatternGetInteger(font, b"index", 0, byref(number))
    library.FcPatternGetInteger(font, b"weight", 0, byref(weight))
    return FontFile(Path((path.value or b"").decode()), number.value, (family.value or b"").decode(), weight.value)


def _preference(file: FontFile, weight: int) -> tuple[bool, bool, bool, int, str, int]:
    """Order fonts by how well they go with a Chinese sans-serif text of a weight, then by place: the choice stays."""
    family = file.family
    foreign = "CJK" in family and "SC" not in family  # the same Han character, as other countries write it
    return "Sans" not in family, "Mono" in family, foreign, abs(file.weight - weight), str(file.path), file.number
