"""A scene as SVG: text stays text, every area has an id and a title, nothing is fetched from anywhere."""

from base64 import b64encode
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from geoapp.sheets.fonts import FAMILY
from geoapp.sheets.paint.cells import encode_cells
from geoapp.sheets.scene.primitives import Circle, Image, Line, Path, Primitive, Scene, Text

FAMILIES = f"'{FAMILY}','Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
MOST_BYTES = 60_000
"""Of the picture in the file: with it a sheet of a prefecture stays below 300 kB."""
DECIMALS = 2
"""Hundredths of a point: four thousandths of a millimetre."""


def paint(scene: Scene) -> bytes:
    """Return the scene as an SVG document in UTF-8."""
    size = f'width="{_number(scene.width)}pt" height="{_number(scene.height)}pt"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {_number(scene.width)} {_number(scene.height)}" '
        f'role="img" aria-labelledby="sheet-title sheet-description" font-family="{FAMILIES}" '
        'fill="none" fill-rule="evenodd">'
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        head,
        f'<title id="sheet-title">{escape(scene.title)}</title>',
        f'<desc id="sheet-description">{escape(scene.description)}</desc>',
        f'<path id="paper" fill="#ffffff" d="M0 0H{_number(scene.width)}V{_number(scene.height)}H0Z"/>',
    ]
    for group in scene.groups:
        if group.items:
            lines.append(f"<g id={quoteattr(group.id)}>")
            lines += [_item(item) for item in group.items]
            lines.append("</g>")
    return "\n".join([*lines, "</svg>", ""]).encode()


def _item(item: Primitive) -> str:
    if isinstance(item, Text):
        return _text(item)
    if isinstance(item, Image):
        return _image(item)
    if isinstance(item, Circle):
        place = f'cx="{_number(item.x)}" cy="{_number(item.y)}" r="{_number(item.radius)}"'
        return f"<circle {place}{''.join(_paint(item))}/>"
    shape = f'd="{"".join(_data(line, item.closed) for line in item.lines)}"{"".join(_paint(item))}'
    name = f' id="{item.id}"' if item.id else ""
    if item.name:
        return f"<path{name} {shape}><title>{escape(item.name)}</title></path>"
    return f"<path{name} {shape}/>"


def _image(item: Image) -> str:
    """Return the cells as a picture in the file; coarser ones where they would make it heavy."""
    pixels = item.pixels
    while len(packed := encode_cells(pixels)) > MOST_BYTES:
        pixels = pixels[::2, ::2]
    x, y = _number(item.box.x0), _number(item.box.y0)
    size = f'width="{_number(item.box.width)}" height="{_number(item.box.height)}"'
    look = f'opacity="{_number(item.opacity)}" preserveAspectRatio="none" style="image-rendering:pixelated"'
    href = f"data:image/png;base64,{b64encode(packed).decode()}"
    return f'<image id="{item.id}" x="{x}" y="{y}" {size} {look} href="{href}"/>'


def _paint(item: Path | Circle) -> Iterator[str]:
    if item.fill:
        yield f' fill="{item.fill}"'
        if item.opacity < 1:
            yield f' fill-opacity="{_number(item.opacity)}"'
    if item.stroke:
        yield f' stroke="{item.stroke}" stroke-width="{_number(item.width)}"'
        if isinstance(item, Path) and item.opacity < 1:
            yield f' stroke-opacity="{_number(item.opacity)}"'
        if isinstance(item, Path) and item.round:
            yield ' stroke-linejoin="round"' + ("" if item.dash else ' stroke-linecap="round"')
        if item.dash:
            yield f' stroke-dasharray="{" ".join(map(_number, item.dash))}"'


def _text(item: Text) -> str:
    weight = ' font-weight="700"' if item.bold else ""
    anchor = f' text-anchor="{item.anchor}"' if item.anchor != "start" else ""
    halo = ""
    if item.halo:
        halo = (
            f' stroke="{item.halo}" stroke-opacity=".88" stroke-width="{_number(item.halo_width * 2)}" '
            'stroke-linejoin="round" paint-order="stroke"'
        )
    x, y = _number(item.x), _number(item.y)
    turn = f' transform="rotate({_number(item.turn)} {x} {y})"' if item.turn else ""
    size = _number(item.size)
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{item.colour}"{weight}{anchor}{halo}{turn}>'
        f"{escape(item.text)}</text>"
    )


def _data(line: Line, closed: bool) -> str:
    """Return a line as relative steps on a fine grid: half the size of absolute ones."""
    grid = np.round(line * 10**DECIMALS).astype(np.int64)
    steps = np.diff(grid, axis=0)
    moved = (steps != 0).any(axis=1)
    start = f"M{_step(int(grid[0, 0]))} {_step(int(grid[0, 1]))}"
    if not moved.any():
        return f"{start}h.01"  # a dot: drawn by its round cap
    parts = [f"{_step(x)}{'' if y < 0 else ' '}{_step(y)}" for x, y in steps[moved].tolist()]
    body = "".join(part if part[0] == "-" or not number else f" {part}" for number, part in enumerate(parts))
    return f"{start}l{body}{'z' if closed else ''}"


def _step(hundredths: int) -> str:
    whole, rest = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest:02d}".rstrip("0")


def _number(value: float) -> str:
    return _step(round(value * 100))
