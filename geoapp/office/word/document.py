"""A briefing as a Word document: native heads, tables and captions; only the map is a picture."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.files.archive import unzip, zip_files
from geoapp.model.phrase import Phrase
from geoapp.model.region import Level
from geoapp.office import fit
from geoapp.office.content import Briefing, Chapter, Table
from geoapp.office.maps import Maps
from geoapp.office.package import describe
from geoapp.office.word.book import MAP_HEIGHTS as PAGE_MAP_HEIGHTS
from geoapp.office.word.styles import MARGINS, PAPER, STRONG_FILL, TABLE, TEXT_STYLES, TEXT_WIDTH, TWIPS, dress

MAP_HEIGHTS = (106.0, 150.0, 185.0)
TITLE_SIZES = (20.0, 18.0, 16.0)
MANY = 40
"""Areas beyond which a map gets a page of its own."""
GAP = "\n"
"""Stands where Word writes a number of its own."""
SHORT, LEAST_TOGETHER = 12, 2
"""Rows of a table that stays on one page, and rows that stay with the head of a longer one."""
DIGITS = "零一二三四五六七八九"


def write_docx(briefing: Briefing, maps: Maps) -> bytes:
    """Return the briefing as a Word document; the same briefing gives the same bytes."""
    return _Writer(briefing, maps).write()


class _Writer:
    """Writes one document from top to bottom."""

    def __init__(self, briefing: Briefing, maps: Maps) -> None:
        import docx  # lxml and python-docx, 15 MB: only for workers that write briefings

        self.briefing, self.maps, self.lang = briefing, maps, briefing.lang
        self.document = docx.Document()
        self.numbers = {"figure": 0, "table": 0, "head": 0}

    def write(self) -> bytes:
        """Write every part and pack them."""
        briefing = self.briefing
        single = sum(not chapter.page for chapter in briefing.chapters) == 1
        dress(self.document, self.lang)
        self._page()
        self._title()
        self._paragraph(" · ".join((briefing.standing, briefing.made)), "Subtitle")
        for number, chapter in enumerate(briefing.chapters):
            if chapter.page:
                self._book_page(chapter)
                continue
            if not single:
                head = self._head(self._numbered(chapter.title), 1)
                if number:
                    head.paragraph_format.page_break_before = True
            self._chapter(chapter, single)
        self._sources()
        describe(self.document.core_properties, briefing)
        self._drop_thumbnail()
        out = BytesIO()
        self.document.save(out)
        return zip_files(unzip(out.getvalue()), briefing.stamp)

    def _title(self) -> None:
        """Write the title on one line where a smaller size makes that possible."""
        from docx.shared import Pt

        run = self._paragraph("", "Title").add_run(self.briefing.title)
        sizes = (TEXT_STYLES["Title"].size, *TITLE_SIZES)
        fitting = [size for size in sizes if fit.lines(self.briefing.title, TEXT_WIDTH, size) == 1]
        run.font.size = Pt(fitting[0] if fitting else sizes[-1])

    def _page(self) -> None:
        from docx.shared import Mm

        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(PAPER[0]), Mm(PAPER[1])
        section.top_margin, section.bottom_margin = Mm(MARGINS["top"]), Mm(MARGINS["bottom"])
        section.left_margin, section.right_margin = Mm(MARGINS["left"]), Mm(MARGINS["right"])
        section.header_distance = section.footer_distance = Mm(13)
        header = section.header.paragraphs[0]
        header.text = f"{self.briefing.standing}　{self.briefing.title}"
        footer = section.footer.paragraphs[0]
        gaps = {"page": GAP, "pages": GAP}
        before, between, after = Phrase("第 {page} 页，共 {pages} 页", gaps).say(self.lang).split(GAP)
        footer.add_run(before)
        _field(footer, "PAGE", "1")
        footer.add_run(between)
        _field(footer, "NUMPAGES", "1")
        footer.add_run(after)

    def _chapter(self, chapter: Chapter, single: bool) -> None:
        """Write a view: its map, what it shows, its tables."""
        depth = 1 if single else 2
        self._paragraph(chapter.subtitle, "Subtitle")
        self._map(chapter, _heights(chapter.resolved))
        self._section(FINDINGS, depth)
        for finding in chapter.findings:
            self._paragraph(finding, "List Bullet")
        if chapter.targets:
            self._section(TARGETS, depth)
            self._table(chapter.targets)
        if chapter.lists:
            self._section(LISTS, depth)
        for table in chapter.lists:
            self._table(table)

    def _book_page(self, chapter: Chapter) -> None:
        """Write a county of a map book on a page of its own."""
        self._head(chapter.title, 1).paragraph_format.page_break_before = True
        self._paragraph(chapter.subtitle, "Subtitle")
        self._map(chapter, sorted(height for height in PAGE_MAP_HEIGHTS if height >= chapter.page))
        for finding in chapter.findings:
            self._paragraph(finding, "Small Bullet")
        for table in chapter.tables:
            self._table(table, together=LEAST_TOGETHER)

    def _sources(self) -> None:
        head = self._section(SOURCES, 1)
        if self.briefing.chapters[-1].page:
            head.paragraph_format.page_break_before = True
        for text in (*self.briefing.sources, *self.briefing.notes):
            self._paragraph(text, "Body Text")

    def _section(self, title: Phrase, depth: int) -> Any:
        text = title.say(self.lang)
        return self._head(self._numbered(text) if depth == 1 else text, depth)

    def _numbered(self, text: str) -> str:
        self.numbers["head"] += 1
        number = self.numbers["head"]
        return f"{numeral(number)}、{text}" if self.lang == "zh" else f"{number}. {text}"

    def _head(self, text: str, depth: int) -> Any:
        return self._paragraph(text, f"Heading {depth}")

    def _paragraph(self, text: str, style: str) -> Any:
        return self.document.add_paragraph(text, self.document.styles[style])

    def _map(self, chapter: Chapter, heights: Iterable[float]) -> None:
        from docx.shared import Mm

        picture = self.maps.first(chapter.resolved, [(TEXT_WIDTH, height) for height in heights])
        run = self._paragraph("", "Map").add_run()
        inline = run.add_picture(BytesIO(picture.png), width=Mm(picture.width), height=Mm(picture.height))._inline
        caption = self._paragraph("", "Caption")
        label = self._label(caption, "figure", FIGURE)
        caption.add_run(chapter.resolved.title.say(self.lang))
        if chapter.cited and not chapter.page:
            self._paragraph(chapter.cited, "Table Note")
        inline.docPr.set("name", label)
        inline.docPr.set("descr", chapter.alt)
        for side in ("distT", "distB", "distL", "distR"):
            inline.set(side, "0")  # LibreOffice sets a picture without them 3 mm in

    def _label(self, caption: Any, kind: str, word: Phrase) -> str:
        """Write "图 1" as a field that Word renumbers and lists."""
        self.numbers[kind] += 1
        text, number = word.say(self.lang), str(self.numbers[kind])
        caption.add_run(f"{text} ")
        _field(caption, f"SEQ {text} \\* ARABIC", number)
        caption.add_run("　" if self.lang == "zh" else ". ")
        return f"{text} {number}"

    def _table(self, table: Table, together: int = SHORT) -> None:
        from docx.oxml import parse_xml

        if not table.shares:
            table = fit.spread(table)
        caption = self._paragraph("", "Caption")
        caption.paragraph_format.keep_with_next = True
        self._label(caption, "table", TABLE_WORD)
        caption.add_run(table.caption)
        self.document.element.body.sectPr.addprevious(parse_xml(table_xml(table, together)))
        if table.note:
            self._paragraph(table.note, "Table Note")

    def _drop_thumbnail(self) -> None:
        """Take away the template's preview: file managers would show an empty page."""
        links = self.document.part.package.rels
        for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
            del links[key]


def _heights(resolved: ResolvedView) -> tuple[float, ...]:
    """Return the heights to try for a map of the text's width: many areas need a page."""
    many = len(resolved.areas) > MANY and resolved.region.level is not Level.NATION
    return MAP_HEIGHTS[-1:] if many else MAP_HEIGHTS


def numeral(number: int) -> str:
    """Return a number under a hundred as heads are counted: 一 … 十 … 二十一."""
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return lead + (DIGITS[ones] if ones or not tens else "")


def _field(paragraph: Any, code: str, resolved: str) -> None:
    """Add a field with the result it has until Word computes it anew."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph._p.append(field)
    run = paragraph.add_run(resolved)._r
    field.append(run)


def table_xml(table: Table, together: int = SHORT) -> str:
    """Return a table as WordprocessingML: its head repeats on each page, no row breaks over two.

    Args:
        together: a table of so few rows stays on one page; of a longer one, the first rows with the head.

    Written out, as python-docx looks its grid through for each cell: 160 rows take 30 times longer.
    """
    from docx.oxml.ns import nsdecls

    widths = [round(share * TEXT_WIDTH * TWIPS) for share in table.shares]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row([c.head for c in table.columns], widths, ["center"] * len(widths), "TableHead", head=True)
    aligns = [column.align for column in table.columns]
    kept = len(table.rows) - 1 if len(table.rows) <= together else LEAST_TOGETHER
    rows = [
        _row(row, widths, aligns, "TableText", strong=number < table.strong, keep=number < kept)
        for number, row in enumerate(table.rows)
    ]
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
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
    strong: bool = False,
    keep: bool = False,
) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{STRONG_FILL}"/>' if strong else ""
    bold = "<w:rPr><w:b/></w:rPr>" if strong else ""
    kept = "<w:keepNext/>" if keep else ""
    drawn = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}<w:jc w:val="{align}"/></w:pPr>'
        f'<w:r>{bold}<w:t xml:space="preserve">{escape(cell)}</w:t></w:r></w:p></w:tc>'
        for cell, width, align in zip(cells, widths, aligns, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{drawn}</w:tr>"


FINDINGS, TARGETS, LISTS = Phrase("主要情况"), Phrase("分地区目标"), Phrase("园区与项目")
SOURCES = Phrase("资料来源与说明")
FIGURE, TABLE_WORD = Phrase("图"), Phrase("表")
