"""Saved web pages: the article without navigation, share bars and footers; layout tables are not tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geoapp.drafting.reading.cleaning import is_contents, tidy
from geoapp.drafting.reading.document import Grid, Paragraph, Part
from geoapp.drafting.reading.text import decode
from geoapp.errors import UnreadableDocument

DROPPED = "//script|//style|//noscript|//nav|//header|//footer|//aside|//form|//select|//button|//iframe|//comment()"
BLOCKS = {
    "p",
    "div",
    "section",
    "article",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "center",
    "td",
    "ul",
    "ol",
    "dd",
    "dt",
    "dl",
    "main",
    "body",
    "span",
    "font",
    "tr",
    "tbody",
    "table",
}
LAYOUT_CELL = 200
"""A cell with more characters than this is a piece of the page's layout."""
MOST_OF = 0.75


def read(path: Path) -> Iterator[Part]:
    """Yield the paragraphs and tables of an HTML page.

    Raises:
        UnreadableDocument: it holds no text.
    """
    import lxml.html

    try:
        root = lxml.html.fromstring(_declared(path))
    except (lxml.etree.ParserError, ValueError):
        raise UnreadableDocument(path.name, "holds no text", "save the page with its text") from None
    for element in root.xpath(DROPPED):
        element.drop_tree()
    for body in root.xpath("//body"):
        root = body
    yield from _parts(_article(root))


def _declared(path: Path) -> str:
    """Return the page's text without an encoding declaration, which lxml refuses in a text."""
    text = decode(path.read_bytes(), path.name)
    return text[text.find("?>") + 2 :] if text.lstrip().startswith("<?xml") else text


def _article(root: Any) -> Any:
    """Return the smallest element that holds most of the prose: Chinese text in sentences, not in links."""
    weights: dict[Any, float] = {}
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag == "a":
            continue
        own = (element.text or "") + "".join(child.tail or "" for child in element)
        weight = len(tidy(own)) * (1 + own.count("。") + own.count("，"))
        for holder in (element, *element.iterancestors()):
            weights[holder] = weights.get(holder, 0) + weight
            if holder is root:
                break
    total = weights.get(root, 0)
    best = root
    while True:
        inner = [child for child in best if weights.get(child, 0) >= MOST_OF * total]
        if not inner or best.tag in ("p", "table"):
            return best
        best = inner[0]


def _parts(element: Any) -> Iterator[Part]:
    """Yield what an element holds; text between blocks makes paragraphs of its own."""
    pending = [element.text or ""]
    for child in element:
        if child.tag == "br":
            yield from _flush(pending)
        elif child.tag == "table" and _is_table(child):
            yield from _flush(pending)
            yield Grid(_grid(child))
        elif isinstance(child.tag, str) and _is_block(child):
            yield from _flush(pending)
            yield from _parts(child)
        else:
            pending.append(child.text_content() if isinstance(child.tag, str) else "")
        pending.append(child.tail or "")
    yield from _flush(pending)


def _is_block(element: Any) -> bool:
    """Say whether an element breaks lines; a span only when blocks or breaks are inside it."""
    if element.tag in ("span", "font", "strong", "b"):
        return any(inner.tag in ("p", "div", "table", "br") for inner in element.iterdescendants())
    return element.tag in BLOCKS


def _flush(pending: list[str]) -> Iterator[Paragraph]:
    text = tidy("".join(pending))
    pending.clear()
    if text and not is_contents(text):
        yield Paragraph(text)


def _is_table(table: Any) -> bool:
    cells = list(table.iter("td", "th"))
    rows = list(table.iter("tr"))
    long = any(len(tidy(cell.text_content())) > LAYOUT_CELL for cell in cells)
    return (
        len(rows) > 1 and len(cells) > len(rows) and not long and not any(True for _ in table.iterdescendants("table"))
    )


def _grid(table: Any) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table; a cell that spans rows or columns is repeated in each."""
    grid: dict[tuple[int, int], str] = {}
    rows = list(table.iter("tr"))
    for r, row in enumerate(rows):
        c = 0
        for cell in row.iterchildren("td", "th"):
            while (r, c) in grid:
                c += 1
            text = tidy(cell.text_content())
            down, across = (_span(cell.get(name)) for name in ("rowspan", "colspan"))
            for dr in range(min(down, len(rows) - r)):
                for dc in range(across):
                    grid[r + dr, c + dc] = text
            c += across
    wide = max((c for _, c in grid), default=-1) + 1
    return tuple(tuple(grid.get((r, c), "") for c in range(wide)) for r in range(len(rows)))


def _span(given: str | None) -> int:
    return min(max(int(given), 1), 200) if given and given.strip().isdigit() else 1
