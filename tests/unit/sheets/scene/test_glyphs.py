"""Marks of projects are told apart at 14 pixels, in colour and in grey."""

import io
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from geoapp.model.vocabulary import PROJECT_TYPES
from geoapp.sheets.paint import skia_png
from geoapp.sheets.scene.glyphs import GLYPHS, KINDS, mark
from geoapp.sheets.scene.primitives import Group, Scene

SIZE = 14.0
LEAST = 0.10
"""Mean difference of the grey of a mark's pixels, of 1: a drop against a rounder drop has 0.04."""


def pixels(kind: str, precision: str) -> np.ndarray:
    """Paint a mark at its size on a sheet of 144 dpi, one pixel for half a point."""
    group = Group("mark", mark(kind, precision, SIZE / 4, SIZE / 4, SIZE / 2))
    scene = Scene(SIZE / 2, SIZE / 2, "", "", (group,))
    return np.asarray(Image.open(io.BytesIO(skia_png.paint(scene, 144))).convert("L"), dtype=float) / 255


@pytest.mark.parametrize("precision", ["county", "site"])
def test_every_two_kinds_differ_at_fourteen_pixels(precision):
    seen = {kind: pixels(kind, precision) for kind in GLYPHS if kind != "park"}  # a park has a colour of its own
    middle = slice(3, 11)
    close = {}
    for one, other in combinations(seen, 2):
        gap = float(np.abs(seen[one][middle, middle] - seen[other][middle, middle]).mean())
        if gap < LEAST:
            close[one, other] = round(gap, 3)
    assert close == {}


def test_every_type_has_a_glyph_and_a_word_of_its_own():
    assert set(PROJECT_TYPES) <= set(GLYPHS), "a type without a glyph is drawn as another one"
    assert set(KINDS) == set(GLYPHS)
    assert len(set(GLYPHS.values())) == len(GLYPHS)
