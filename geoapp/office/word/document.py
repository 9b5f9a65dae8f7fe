"""A briefing as a Word document: native heads, tables, captions and links; only the map is a picture."""

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from geoapp.files.archive import unzip, zip_files
from geoapp.model.phrase import Phrase
from geoapp.office import fit
from geoapp.office.address import QR_SIDE, qr_png
from geoapp.office.citations import Citation
from geoapp.office.content import Briefing, Link, Table, spans
from geoapp.office.maps import Maps
from geoapp.office.own_templates.document import has_header, has_numbers, last_paragraph, open_document
from geoapp.office.own_templates.files import Template
from geoapp.office.package import describe, with_program
from geoapp.office.word.dress import REPORT, TEXT_WIDTH, TWIPS, Dress
from geoapp.office.word.flow import settled
from geoapp.office.word.flow_items import TOGETHER, Code, Drawing, Figure, Grid, Piece, Pieces, Text
from geoapp.office.word.styles import ALIGNS, TABLE, dress_document, set_page
from geoapp.sheets.paint import paint

GAP = "\n"
"""Stands where Word writes a number of its own."""
LEAST_TOGETHER = 2
"""Rows that stay with the head of a table too long for one page."""
FIGURE, TABLE_WORD = Phrase("图"), Phrase("表")
LABELS = {"figure": FIGURE, "table": TABLE_WORD}
LINK_COLOUR = "1F5E8C"
CHART_DPI = 220
"""Of a chart as a picture: sharp in print."""


def write_docx(briefing: Briefing, maps: Maps, look: Dress = REPORT, template: Template | None = None) -> bytes:
    """Return the briefing as a Word document; the same briefing gives the same bytes.

    Args:
        look: how it is set; on a template as that has been fitted to it.
        template: the bureau's own, whose page, styles and letterhead are kept.
    """
    return _Writer(briefing, maps, look, template).write()


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, briefing: Briefing, maps: Maps, look: Dress, template: Template | None) -> None:
        import docx  # lxml and python-docx, 15 MB: only for workers that write briefings

        self.briefing, self.maps, self.look, self.lang = briefing, maps, look, briefing.lang
        self.own = template is not None
        self.document = open_document(template) if template else docx.Document()
        self.numbers = {"figure": 0, "table": 0}

    def write(self) -> bytes:
        """Write every part and pack them."""
        dress_document(self.document, self.look, self.lang, keep=self.own)
        if not self.own:
            set_page(self.document.sections[0], self.look)
        self._margins()
        for number, run in enumerate(Pieces(self.briefing, self.look).runs()):
            first, *rest = settled(run, self.look)
            paragraph = self._piece(first)
            if number:
                paragraph.paragraph_format.page_break_before = True
            for piece in rest:
                self._piece(piece)
        describe(self.document.core_properties, self.briefing)
        self._drop_thumbnail()
        out = BytesIO()
        self.document.save(out)
        return zip_files(with_program(unzip(out.getvalue()), self.briefing), self.briefing.stamp)

    def _margins(self) -> None:
        """Write what stands above and below the text of every page."""
        section = self.document.sections[0]
        numbered = self.own and has_numbers(section)
        if self.look.official and not numbered:
            self._official_numbers(section)
        if self.look.official or numbered:
            return
        if not (self.own and has_header(section)):
            section.header.paragraphs[0].text = f"{self.briefing.standing}　{self.briefing.title}"
        footer = last_paragraph(section.footer)
        gaps = {"page": GAP, "pages": GAP}
        before, between, after = Phrase("第 {page} 页，共 {pages} 页", gaps).say(self.lang).split(GAP)
        footer.add_run(before)
        _field(footer, "PAGE", "1")
        footer.add_run(between)
        _field(footer, "NUMPAGES", "1")
        footer.add_run(after)

    def _official_numbers(self, section: Any) -> None:
        """Write "— 1 —" outside: right on odd pages, left on even ones, one character in (GB/T 9704-2012, 7.5)."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        self.document.settings.odd_and_even_pages_header_footer = True
        one = Pt(self.look.texts["Footer"].size)
        for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
            paragraph = last_paragraph(footer)
            paragraph.style = self.document.styles["Footer"]
            paragraph.alignment = getattr(WD_ALIGN_PARAGRAPH, ALIGNS[side])
            setattr(paragraph.paragraph_format, f"{side}_indent", one)
            paragraph.add_run("— ")
            _field(paragraph, "PAGE", "1")
            paragraph.add_run(" —")

    def _piece(self, piece: Piece) -> Any:
        if isinstance(piece, Figure):
            return self._figure(piece)
        if isinstance(piece, Drawing):
            return self._drawing(piece)
        if isinstance(piece, Code):
            return self._code(piece)
        if isinstance(piece, Grid):
            return self._table(piece.table)
        return self._title(piece) if piece.style == "Title" else self._text(piece)

    def _text(self, piece: Text) -> Any:
        paragraph = self.document.add_paragraph(style=self.document.styles[piece.style])
        if piece.keep:
            paragraph.paragraph_format.keep_with_next = True
        if piece.label:
            self._label(paragraph, piece.label)
        if piece.style == "Signature":
            paragraph.paragraph_format.right_indent = _points(4 * self.look.texts["Signature"].size)
        self._spans(paragraph, piece.text, piece.links)
        return paragraph

    def _title(self, piece: Text) -> Any:
        """Write the title on one line where a smaller size makes that possible."""
        paragraph = self.document.add_paragraph(style=self.document.styles["Title"])
        run = paragraph.add_run(piece.text)
        lines = piece.text.split("\n")
        fitting = [size for size in self.look.titles if all(fit.lines(each, TEXT_WIDTH, size) == 1 for each in lines)]
        run.font.size = _points(fitting[0] if fitting else self.look.titles[-1])
        return paragraph

    def _spans(self, paragraph: Any, text: str, links: Sequence[Link]) -> None:
        for words, url in spans(text, links):
            if url:
                self._link(paragraph, words, url)
            else:
                paragraph.add_run(words)

    def _link(self, paragraph: Any, words: str, url: str) -> None:
        """Add words that lead to an address."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._relation(url))
        run = paragraph.add_run(words)
        if not self.look.official:
            run.font.color.rgb = RGBColor.from_string(LINK_COLOUR)
        run.font.underline = True
        link.append(run._r)
        paragraph._p.append(link)

    def _figure(self, piece: Figure) -> Any:
        from docx.shared import Mm

        chapter = piece.chapter
        picture = self.maps.first(chapter.resolved, [(TEXT_WIDTH, height) for height in piece.heights])
        paragraph = self.document.add_paragraph(style=self.document.styles["Map"])
        run = paragraph.add_run()
        inline = run.add_picture(BytesIO(picture.png), width=Mm(picture.width), height=Mm(picture.height))._inline
        label = FIGURE.say(self.lang)
        self._describe(inline, f"{label} {self.numbers['figure'] + 1}", chapter.alt)
        if chapter.links:
            self._lead(inline.docPr, chapter.links[0].url)
        return paragraph

    def _drawing(self, piece: Drawing) -> Any:
        """Write a chart as a picture: Word has no chart of its own that other programs draw alike."""
        from docx.shared import Mm

        paragraph = self.document.add_paragraph(style=self.document.styles["Map"])
        png = BytesIO(paint(piece.scene, "png", CHART_DPI))
        inline = paragraph.add_run().add_picture(png, width=Mm(TEXT_WIDTH), height=Mm(piece.height))._inline
        self._describe(inline, f"{FIGURE.say(self.lang)} {self.numbers['figure'] + 1}", piece.scene.description)
        return paragraph

    def _lead(self, properties: Any, url: str) -> None:
        """Make a picture lead to an address."""
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        properties.append(parse_xml(f'<a:hlinkClick {nsdecls("a", "r")} r:id="{self._relation(url)}"/>'))

    def _code(self, piece: Code) -> Any:
        """Write a code of the address with the address beside it."""
        from docx.shared import Mm

        paragraph = self.document.add_paragraph(style=self.document.styles["Map"])
        paragraph.paragraph_format.keep_with_next = False
        side = Mm(QR_SIDE)
        inline = paragraph.add_run().add_picture(BytesIO(qr_png(piece.url)), width=side, height=side)._inline
        self._describe(inline, Phrase("二维码").say(self.lang), piece.url)
        paragraph.add_run("　")
        self._spans(paragraph, piece.text, piece.links)
        return paragraph

    @staticmethod
    def _describe(inline: Any, name: str, words: str) -> None:
        inline.docPr.set("name", name)
        inline.docPr.set("descr", words)
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # LibreOffice sets a picture without them 3 mm in

    def _label(self, caption: Any, kind: str) -> None:
        """Write "图 1" as a field that Word renumbers and lists."""
        self.numbers[kind] += 1
        text, number = LABELS[kind].say(self.lang), str(self.numbers[kind])
        caption.add_run(f"{text} ")
        _field(caption, f"SEQ {text} \\* ARABIC", number)
        caption.add_run("　" if self.lang == "zh" else ". ")

    @property
    def cells(self) -> tuple[str, str]:
        """The identifiers of the styles of heads and of other cells, which a template may have named otherwise."""
        head, text = (self.document.styles[name].style_id for name in ("Table Head", "Table Text"))
        return head, text

    def _table(self, table: Table) -> None:
        from docx.oxml import parse_xml

        self.document.element.body.sectPr.addprevious(
            parse_xml(table_xml(table, self.look.strong, self.cells, self._relation))
        )

    def _relation(self, url: str) -> str:
        """Return the key under which the document knows an address."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        key: str = self.document.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return key

    def _drop_thumbnail(self) -> None:
        """Take away the template's preview: file managers would show an empty page."""
        links = self.document.part.package.rels
        for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
            del links[key]


def _points(size: float) -> Any:
    from docx.shared import Pt

    return Pt(size)


def _field(paragraph: Any, code: str, resolved: str) -> None:
    """Add a field with the result it has until Word computes it anew."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)
    run = paragraph.add_run(resolved)._r
    field.append(run)


def table_xml(table: Table, strong: str, styles: tuple[str, str], relation: Callable[[str], str]) -> str:
    """Return a table as WordprocessingML: its head repeats on each page, no row breaks over two.

    A table of few rows stays on one page; of a longer one, the first rows stay with the head.

    Args:
        strong: the tint of rows that are set apart; none where empty.
        styles: the identifiers of the paragraph styles of the head and of other cells.
        relation: returns the key of an address that a cell leads to.

    Written out, as python-docx looks its grid through for each cell: 160 rows take 30 times longer.
    """
    from docx.oxml.ns import nsdecls

    widths = [round(share * TEXT_WIDTH * TWIPS) for share in table.shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row([c.head for c in table.columns], widths, ["center"] * len(widths), styles[0], head=True)
    aligns = [column.align for column in table.columns]
    kept = len(table.rows) - 1 if len(table.rows) <= TOGETHER else LEAST_TOGETHER
    rows = [
        _row(
            row,
            widths,
            aligns,
            styles[1],
            bold=number < table.strong,
            tint=strong,
            keep=number < kept,
            relation=relation,
        )
        for number, row in enumerate(table.rows)
    ]
    return (
        f'<w:tbl {nsdecls("w", "r")}><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(table.caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{head}{''.join(rows)}</w:tbl>"
    )


def _row(
    cells: Iterable[str],
    widths: list[int],
    aligns: Iterable[str],
    style: str,
    *,
    head: bool = False,
    bold: bool = False,
    tint: str = "",
    keep: bool = False,
    relation: Callable[[str], str] | None = None,
) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{tint}"/>' if bold and tint else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    kept = "<w:keepNext/>" if keep else ""
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}<w:jc w:val="{align}"/></w:pPr>'
        f"{_cell(cell, look, relation)}</w:p></w:tc>"
        for cell, width, align in zip(cells, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{drawn}</w:tr>"


def _cell(text: str, look: str, relation: Callable[[str], str] | None) -> str:
    """Return the words of a cell; a citation leads to its passage."""
    run = f'<w:r>{look}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    if relation is None or not isinstance(text, Citation) or not text.url:
        return run
    return f'<w:hyperlink r:id="{relation(text.url)}">{run}</w:hyperlink>'
