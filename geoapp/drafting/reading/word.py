"""Word documents: body text in order, list numbers as printed, merged cells filled, deletions left out."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from geoapp.drafting.reading.cleaning import is_contents, tidy
from geoapp.drafting.reading.document import Grid, Paragraph, Part
from geoapp.errors import UnreadableDocument


def read(path: Path) -> Iterator[Part]:
    """Yield the paragraphs and tables of a ``.docx`` file.

    Raises:
        UnreadableDocument: it is not a Word document.
    """
    import docx  # 10 MB: only where a Word document is read
    from docx.opc.exceptions import PackageNotFoundError

    from geoapp.drafting.reading.numbering import Numbering

    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError):
        raise UnreadableDocument(
            path.name, "not a Word document", "open it in Word or WPS and save it as .docx"
        ) from None
    yield from _Body(Numbering(document)).parts(document.element.body)


class _Body:
    """Walks the elements of a body; python-docx's own paragraphs leave out insertions and text boxes."""

    def __init__(self, numbering: Any) -> None:
        self._numbering = numbering

    def parts(self, body: Any) -> Iterator[Part]:
        from docx.oxml.ns import qn

        for element in body:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag in (qn("w:sdt"), qn("w:ins")):
                inner = element.find(qn("w:sdtContent"))
                yield from self.parts(inner if inner is not None else element)

    def _paragraph(self, element: Any) -> Iterator[Paragraph]:
        from docx.oxml.ns import qn

        label = self._numbering.label(element)
        text = _text(element)
        for number, line in enumerate(text.split("\n")):
            tidied = tidy((label if number == 0 and line.strip() else "") + line)
            if tidied and not is_contents(tidied):
                style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
                yield Paragraph(tidied, level=_level(style.get(qn("w:val")) if style is not None else ""))

    def _table(self, element: Any) -> Iterator[Part]:
        from docx.table import Table

        table = Table(element, None)  # type: ignore[arg-type]  # reading cells needs no parent
        cells = [list(row.cells) for row in table.rows]
        wide = max((len(row) for row in cells), default=0)
        if len({id(cell._tc) for row in cells for cell in row}) == 1 or wide == 1:  # a box: its text is prose
            seen = set()
            for row in cells:
                for cell in row:
                    if id(cell._tc) not in seen:
                        seen.add(id(cell._tc))
                        yield from self.parts(cell._tc)
            return
        rows = tuple(tuple(tidy(_cell_text(c._tc)) for c in row) + ("",) * (wide - len(row)) for row in cells)
        if rows:
            yield Grid(rows)


def _cell_text(cell: Any) -> str:
    from docx.oxml.ns import qn

    return "".join(_text(paragraph) for paragraph in cell.iter(qn("w:p")))


def _text(paragraph: Any) -> str:
    """Return the text of a paragraph with insertions and text boxes; deleted text is not in it."""
    from docx.oxml.ns import qn

    breaks = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    pieces = []
    for element in paragraph.iter():
        if element.tag == qn("w:t"):
            pieces.append(element.text or "")
        elif element.tag in breaks and element.getparent().tag == qn("w:r"):
            pieces.append(breaks[element.tag])
    return "".join(pieces)


def _level(style: str) -> int | None:
    digits = style.removeprefix("Heading").strip()
    return int(digits) if digits.isdigit() and int(digits) < 10 else None
