"""The way back on a sheet: the address of its view, and a code of it to be photographed."""

from collections.abc import Iterator
from dataclasses import replace

from geoapp.errors import InvalidView, Issue
from geoapp.portrayal import style
from geoapp.sheets.fonts import measure
from geoapp.sheets.scene.primitives import Box, Group, Link, Path, Scene, Text, rectangle

SIZE = 6.3
"""Points of the printed address, as small as the smallest words of a sheet."""
GAP = 12.0
CODE = 40.0
"""Points of a code, 14 mm: read from a sheet at arm's length."""
FOOT = 5.0
"""Points from the lower edge to the address, where it has no room beside the subtitle."""


def with_address(scene: Scene, url: str, *, code: bool) -> tuple[Scene, tuple[Link, ...]]:
    """Return a sheet with its address at the right of the title, and what of it leads there.

    Raises:
        InvalidView: the title leaves no room for the code.
    """
    words = url.partition("://")[2]
    heading = next(group for group in scene.groups if group.id == "title")
    texts = [item for item in heading.items if isinstance(item, Text)]
    left, right = min(text.x for text in texts), scene.width - min(text.x for text in texts)
    group, links = Group("address"), []
    if code:
        box = Box(right - CODE, texts[0].y - texts[0].size * 0.85, right, texts[0].y - texts[0].size * 0.85 + CODE)
        if any(text.x + measure(text.text, text.size, text.bold) > box.x0 - GAP for text in texts):
            problem = "the title leaves no room for a code beside it"
            raise InvalidView([Issue("qr", problem, "shorten the title, or leave out qr")])
        for item in code_of(url, box):
            group.add(item)
        links.append(Link(box, url))
        right = box.x0 - GAP
    last, wide = texts[-1], measure(words, SIZE)
    free = right - GAP - (last.x + measure(last.text, last.size, last.bold))
    y = last.y if wide <= free else scene.height - FOOT
    if wide <= free or wide <= right - left:
        group.add(Text(right, y, words, SIZE, style.SOFT, anchor="end"))
        links.append(Link(Box(right - wide, y - SIZE, right, y + 2), url))
    return replace(scene, groups=(*scene.groups, group)), tuple(links)


def code_of(url: str, box: Box) -> Iterator[Path]:
    """Yield the code of an address, drawn into a square: the paper, then the dark modules as one path."""
    import segno  # only workers that draw codes

    matrix = [list(row) for row in segno.make(url, error="m", micro=False).matrix_iter(border=2)]
    side = box.width / len(matrix)
    yield rectangle(box, fill="#ffffff")
    squares = tuple(
        Box(box.x0 + column * side, box.y0 + row * side, box.x0 + (column + 1) * side, box.y0 + (row + 1) * side).ring()
        for row, modules in enumerate(matrix)
        for column, dark in enumerate(modules)
        if dark
    )
    yield Path(squares, fill="#000000", round=False)
