"""A scene as PNG, painted by Skia. Glyphs are drawn as outlines: Skia's own text comes out thin."""

import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from geoapp.sheets.fonts import UNIT, face
from geoapp.sheets.scene.primitives import Circle, Image, Path, Primitive, Scene, Text

AT_ONCE = 2_500_000
"""Pixels painted at a time, 10 MB: a sheet of A4 at 600 dpi needs no more memory than one for the screen."""
SPARE = 2
"""Rows painted beyond each strip: Skia smooths an edge otherwise where its picture ends."""
ROWS = 256
"""Rows compressed at a time, so that a strip is not copied whole."""
LEVEL = 3
"""zlib level: flat colours compress well at once; more costs time and saves little."""


def paint(scene: Scene, dpi: int) -> bytes:
    """Return the scene as a PNG that carries its resolution and title."""
    width, height = round(scene.width * dpi / 72), round(scene.height * dpi / 72)
    return encode(_strips(scene, width, height), (width, height), dpi, scene.title)


def _strips(scene: Scene, width: int, height: int) -> Iterator[np.ndarray]:
    """Yield the sheet from top to bottom as RGBA rows; each strip is painted over the one before."""
    import skia  # loaded with the font

    recorder = skia.PictureRecorder()
    canvas = recorder.beginRecording(skia.Rect.MakeWH(scene.width, scene.height))
    for group in scene.groups:
        for item in group.items:
            _draw(canvas, item)
    picture = recorder.finishRecordingAsPicture()
    count = -(-width * height // AT_ONCE)
    rows = -(-height // count)
    pixels = np.empty((rows + 2 * SPARE, width, 4), dtype=np.uint8)  # Skia paints straight into it: no second copy
    surface = skia.Surface(pixels, colorType=skia.ColorType.kRGBA_8888_ColorType)
    with surface as canvas:
        for top in range(0, height, rows):
            canvas.clear(skia.ColorWHITE)
            canvas.save()
            canvas.translate(0, SPARE - top)
            canvas.scale(width / scene.width, height / scene.height)
            canvas.drawPicture(picture)
            canvas.restore()
            surface.flushAndSubmit()
            yield pixels[SPARE : SPARE + min(rows, height - top)]


def _draw(canvas: Any, item: Primitive) -> None:
    if isinstance(item, Text):
        _text(canvas, item)
        return
    if isinstance(item, Image):
        _image(canvas, item)
        return
    if isinstance(item, Circle):
        shape = _circle(item)
        if item.fill:
            canvas.drawPath(shape, _fill(item.fill, item.opacity))
        if item.stroke:
            canvas.drawPath(shape, _stroke(item.stroke, item.width, 1.0, item.dash))
        return
    shape = _path(item)
    if item.fill:
        canvas.drawPath(shape, _fill(item.fill, item.opacity))
    if item.stroke:
        canvas.drawPath(shape, _stroke(item.stroke, item.width, item.opacity, item.dash, item.round))


def _image(canvas: Any, item: Image) -> None:
    import skia

    cells = skia.Image.fromarray(item.pixels, colorType=skia.ColorType.kRGBA_8888_ColorType)
    canvas.drawImageRect(cells, skia.Rect(*item.box), skia.SamplingOptions(), skia.Paint(Alphaf=item.opacity))


def _path(item: Path) -> Any:
    import skia

    path = skia.Path()
    path.setFillType(skia.PathFillType.kEvenOdd)
    for line in item.lines:
        points = line.tolist()
        path.moveTo(*points[0])
        add = path.lineTo
        for x, y in points[1:]:
            add(x, y)
        if item.closed:
            path.close()
    return path


def _circle(item: Circle) -> Any:
    import skia

    return skia.Path.Circle(item.x, item.y, item.radius)


@lru_cache(maxsize=256)
def _fill(colour: str, opacity: float) -> Any:
    import skia

    return skia.Paint(AntiAlias=True, Color=_colour(colour, opacity))


@lru_cache(maxsize=512)
def _stroke(colour: str, width: float, opacity: float, dash: tuple[float, ...] = (), rounded: bool = True) -> Any:
    import skia

    paint = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=width)
    paint.setColor(_colour(colour, opacity))
    if rounded:
        paint.setStrokeJoin(skia.Paint.kRound_Join)
        paint.setStrokeCap(skia.Paint.kButt_Cap if dash else skia.Paint.kRound_Cap)
    if dash:
        paint.setPathEffect(skia.DashPathEffect.Make(list(dash), 0.0))
    return paint


def _colour(colour: str, opacity: float) -> int:
    return round(opacity * 255) << 24 | int(colour[1:], 16)


START = {"start": 0.0, "middle": 0.5, "end": 1.0}


def _text(canvas: Any, item: Text) -> None:
    import skia

    found = face(item.bold)
    glyphs = found.glyphs(item.text)
    x = -sum(glyph.width for glyph in glyphs) * item.size * START[item.anchor]
    line = skia.Path()
    scale = item.size / UNIT
    for glyph in glyphs:
        shape = _outline(item.bold, glyph.face, glyph.number)
        if shape is not None:
            line.addPath(shape, skia.Matrix.MakeAll(scale, 0, x, 0, scale, 0, 0, 0, 1))
        x += glyph.width * item.size
    canvas.save()
    canvas.translate(item.x, item.y)
    canvas.rotate(item.turn)
    if item.halo:
        canvas.drawPath(line, _stroke(item.halo, item.halo_width * 2, 0.88))
    canvas.drawPath(line, _fill(item.colour, 1.0))
    canvas.restore()


@lru_cache(maxsize=4096)
def _outline(bold: bool, number: int, glyph: int) -> Any:
    return face(bold).fonts[number].getPath(glyph)


def encode(strips: Iterable[np.ndarray], size: tuple[int, int], dpi: int, title: str) -> bytes:
    """Return strips of RGBA rows as an RGB PNG (ISO/IEC 15948), each row told as its difference from the one above."""
    width, height = size
    press = zlib.compressobj(LEVEL, zlib.DEFLATED, 15, 9)
    body = []
    above = np.zeros((1, width, 3), dtype=np.uint8)
    for strip in strips:
        for top in range(0, len(strip), ROWS):
            rows = np.ascontiguousarray(strip[top : top + ROWS, :, :3])
            filtered = np.empty((len(rows), 1 + width * 3), dtype=np.uint8)
            filtered[:, 0] = 2
            filtered[:, 1:] = (rows - np.concatenate([above, rows[:-1]])).reshape(len(rows), -1)
            body.append(press.compress(filtered.data))
            above = rows[-1:]
    body.append(press.flush())
    metre = round(dpi / 0.0254)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"sRGB", b"\0"),
        (b"pHYs", struct.pack(">IIB", metre, metre, 1)),
        (b"iTXt", b"Title\0\0\0\0\0" + title.encode()),
        (b"IDAT", b"".join(body)),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
