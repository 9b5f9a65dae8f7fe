"""A briefing as slides: native titles, text, tables and charts in placeholders on 16:9; only the map is a picture."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import Any

from geoapp.files.archive import unzip, zip_files
from geoapp.model.phrase import Phrase
from geoapp.office import fit
from geoapp.office.address import qr_png
from geoapp.office.content import Briefing, Chapter, Link, Table, spans
from geoapp.office.maps import POINTS, Maps
from geoapp.office.own_templates.deck import open_deck
from geoapp.office.own_templates.files import Template
from geoapp.office.package import describe, with_dated_workbooks, with_program
from geoapp.office.slides import layouts
from geoapp.office.slides.chart import Bars, bars_of, insert_chart
from geoapp.office.slides.drawingml import add_run, fill_table
from geoapp.office.slides.layouts import OURS, SMALLEST, WIDTH, Box, add_layouts
from geoapp.office.slides.styles import ACCENT, EDGE, INK, SLIDE, SOFT, dress

ENLARGED = (1.75, 1.5, 1.3)
"""Type of a map on a slide, against paper, the wanted one first: its smallest is then ten points."""
MANY = 60
"""Areas beyond which a map has a slide of its own."""
TEXT_SIZES = (16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
LEADING, BETWEEN = 1.25, 0.4
"""Height of a line, and the room after a paragraph, in type sizes."""
BULLET = 5.0
TABLE_SIZES = (18.0, 16.0, 14.0, 12.5, 11.0)
"""A table is set in the largest type in which it takes no more slides than in the smallest."""
NOTE_SIZE, NOTE_HEIGHT = SMALLEST, 9.0
COVER, COVER_BELOW = 0, 1
"""Place of our cover among the layouts, and the index of what stands below its title."""
LEAST_TITLE = 16.0
FIRST_FOOT = 101
"""Number of the first shape at the foot of a slide, beyond those of its layout."""
COVER_TITLE, COVER_WORDS = (50.0, 45.0), (100.0, 30.0)
"""Top and height on the cover."""


def write_pptx(briefing: Briefing, maps: Maps, template: Template | None = None) -> bytes:
    """Return the briefing as a presentation; the same briefing gives the same bytes.

    Args:
        template: the bureau's own, whose master, theme and room are kept.

    Raises:
        UnusableTemplate: the template lacks what slides need.
    """
    return _Writer(briefing, maps, template).write()


def setting(size: float, width: float = WIDTH) -> fit.Setting:
    """Return how a table is set on a slide in some type size."""
    return fit.Setting(width=width, size=size, line=size * 1.25, across=4.0, down=2.0)


class _Writer:
    """Writes one presentation slide by slide."""

    def __init__(self, briefing: Briefing, maps: Maps, template: Template | None) -> None:
        import pptx  # lxml, Pillow and XlsxWriter, 25 MB: only for workers that write briefings

        self.briefing, self.maps, self.lang = briefing, maps, briefing.lang
        if template is None:
            self.deck, self.room = pptx.Presentation(), OURS
            dress(self.deck)
            self.cover = self.deck.slide_layouts[COVER]
        else:
            self.deck, self.cover, self.room = open_deck(template)
        self.layouts = add_layouts(self.deck, self.room)

    def write(self) -> bytes:
        """Write every slide and pack them."""
        if len(self.briefing.chapters) > 1:
            self._cover()
        for chapter in self.briefing.chapters:
            self._map_slides(chapter)
            for table in chapter.tables:
                self._table_slides(chapter, table, bars_of(chapter.resolved) if table is chapter.targets else None)
        self._sources()
        describe(self.deck.core_properties, self.briefing)
        out = BytesIO()
        self.deck.save(out)
        files = with_dated_workbooks(unzip(out.getvalue()), self.briefing)
        return zip_files(with_program(files, self.briefing), self.briefing.stamp)

    def _cover(self) -> None:
        from pptx.util import Mm

        slide = self.deck.slides.add_slide(self.cover)
        title, below = slide.shapes.title, _placeholder(slide, COVER_BELOW)
        if self.room is OURS:
            for shape, (top, height) in ((title, COVER_TITLE), (below, COVER_WORDS)):
                shape.left, shape.top = Mm(2 * EDGE), Mm(top)
                shape.width, shape.height = Mm(SLIDE[0] - 4 * EDGE), Mm(height)
            below.text_frame.margin_left = 0
        self._say(title.text_frame.paragraphs[0], self.briefing.title, 34, bold=True)
        words = ((self.briefing.standing, ACCENT), (self.briefing.made, SOFT))
        for number, (text, colour) in enumerate(words):
            paragraph = below.text_frame.add_paragraph() if number else below.text_frame.paragraphs[0]
            if self.room is OURS:
                paragraph._p.get_or_add_pPr().set("algn", "l")
            self._say(paragraph, text, 18, colour=colour)
        self._notes(slide, self.briefing.sources)

    def _slide(self, layout: str, title: str, subtitle: str, cited: str, notes: Sequence[str]) -> Any:
        """Add a slide with its title, what is below it, its source, its number and the speaker's notes."""
        slide = self.deck.slides.add_slide(self.layouts[layout])
        size = self.room.title_size
        while size > LEAST_TITLE and fit.in_line(title, size, fit.WIDEST, bold=True) / POINTS > self.room.width:
            size -= 1
        self._say(slide.shapes.title.text_frame.paragraphs[0], title, size, bold=self.room.title_bold)
        below = _placeholder(slide, layouts.SUBTITLE)
        if subtitle:
            self._say(below.text_frame.paragraphs[0], subtitle, 13, colour=SOFT)
        else:
            below._element.getparent().remove(below._element)
        self._foot(slide, cited)
        self._notes(slide, notes)
        return slide

    def _foot(self, slide: Any, cited: str) -> None:
        """Write source and number into placeholders of the slide, which python-pptx leaves to the layout."""
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls

        for number, slot in enumerate(layouts.foot_slots(self.room), start=FIRST_FOOT):
            frame = f"<p:sp {nsdecls('a', 'p')}>{layouts.slot_xml(_bare(slot), number).removeprefix('<p:sp>')}"
            slide.shapes._spTree.append(parse_xml(frame))
        foot, number = _placeholder(slide, layouts.FOOT), _placeholder(slide, layouts.NUMBER)
        paragraph = foot.text_frame.paragraphs[0]
        for run in list(paragraph.runs):
            paragraph._p.remove(run._r)
        self._say(paragraph, f"{self.briefing.standing}　", SMALLEST, bold=True, colour=ACCENT)
        self._say(paragraph, cited, SMALLEST, colour=SOFT)
        number._element.find(".//{*}fld/{*}t").text = str(len(self.deck.slides))

    def _notes(self, slide: Any, texts: Sequence[str]) -> None:
        slide.notes_slide.notes_text_frame.text = "\n".join(text for text in texts if text)

    def _spoken(self, chapter: Chapter, *more: str) -> tuple[str, ...]:
        """Return what the speaker has before them: sources in full, and the way back to the map."""
        return (*more, chapter.cited, *self.briefing.sources, chapter.way, self.briefing.made)

    def _map_slides(self, chapter: Chapter) -> None:
        """Put the map left and what it shows right of it; what has no room there follows on a slide."""
        rest: Sequence[str] = chapter.findings
        crowded = len(chapter.resolved.areas) > MANY
        layout = "整幅地图" if crowded else "地图与要点"
        slide = self._slide(layout, chapter.title, chapter.subtitle, chapter.cited, self._spoken(chapter, *rest))
        self._map(slide, chapter, self.room.whole if crowded else self.room.map)
        if not crowded:
            self._way(slide, chapter)
            rest = self._findings(slide, self._beside(chapter), rest)
        while rest:
            more = Phrase("主要情况").say(self.lang) if crowded else Phrase("主要情况（续）").say(self.lang)
            slide = self._slide("正文", f"{chapter.title}：{more}", "", chapter.cited, self._spoken(chapter))
            rest = self._findings(slide, self.room.whole, rest)

    def _map(self, slide: Any, chapter: Chapter, box: Box) -> None:
        picture = self.maps.first(chapter.resolved, [box[2:]], *ENLARGED)
        drawn = _placeholder(slide, layouts.PICTURE).insert_picture(BytesIO(picture.png))
        drawn.name = Phrase("图").say(self.lang)
        drawn._element.nvPicPr.cNvPr.set("descr", chapter.alt)
        if chapter.links:
            self._lead(slide, drawn, chapter.links[0].url)

    @staticmethod
    def _lead(slide: Any, picture: Any, url: str) -> None:
        """Make a picture lead to an address."""
        from pptx.oxml import parse_xml
        from pptx.oxml.ns import nsdecls

        link = f'<a:hlinkClick {nsdecls("a", "r")} r:id="{_relation(slide, url)}"/>'
        picture._element.nvPicPr.cNvPr.append(parse_xml(link))

    def _beside(self, chapter: Chapter) -> Box:
        left, top, width, height = self.room.beside_map
        return left, top, width, height - (layouts.CODE_SIDE if chapter.qr else 0)

    def _way(self, slide: Any, chapter: Chapter) -> None:
        """Write where the map is found again, and its code where one is asked for."""
        from pptx.util import Mm

        place = _placeholder(slide, layouts.WAY)
        paragraph = place.text_frame.paragraphs[0]
        for words, url in spans(chapter.way, chapter.links):
            self._say(paragraph, words, SMALLEST, colour=SOFT, link=_relation(slide, url) if url else "")
        if chapter.qr:
            left, top, *_ = self.room.way
            side = Mm(layouts.CODE_SIDE)
            above = Mm(top - layouts.CODE_SIDE)
            code = slide.shapes.add_picture(BytesIO(qr_png(chapter.qr)), Mm(left), above, side, side)
            code.name = Phrase("二维码").say(self.lang)
            code._element.nvPicPr.cNvPr.set("descr", chapter.qr)

    def _findings(self, slide: Any, box: Box, texts: Sequence[str]) -> Sequence[str]:
        """Write sentences in the largest type in which all have room; return those that have none."""
        for size in TEXT_SIZES:
            count = _that_fit(texts, box, size)
            if count == len(texts):
                break
        self._text(slide, box, texts[: max(1, count)], size)
        return texts[max(1, count) :]

    def _table_slides(self, chapter: Chapter, table: Table, bars: Bars | None) -> None:
        room = self.room.height - (NOTE_HEIGHT if table.note else 0)
        title = f"{chapter.resolved.region.name}：{table.caption}" if self.lang == "zh" else table.caption
        if bars is not None:
            narrow = (setting(size, self.room.table[2]) for size in TABLE_SIZES)
            spread = ((each, fit.spread(table, each)) for each in narrow)
            fitting = next((pair for pair in spread if len(fit.pages(pair[1], pair[0], room)) == 1), None)
            if fitting:
                slide = self._slide("表与图", title, chapter.title, chapter.cited, self._spoken(chapter, table.note))
                insert_chart(_placeholder(slide, layouts.CHART), bars)
                self._table(slide, fitting[1], fitting[0], room)
                return
        wide = [setting(size, self.room.width) for size in TABLE_SIZES]
        fewest = len(fit.pages(fit.spread(table, wide[-1]), wide[-1], room))
        spread = ((each, fit.spread(table, each)) for each in wide)
        chosen, laid = next(pair for pair in spread if len(fit.pages(pair[1], pair[0], room)) == fewest)
        parts = fit.balanced(laid, chosen, room)
        for number, part in enumerate(parts, start=1):
            head = f"{title} {number}/{len(parts)}" if len(parts) > 1 else title
            slide = self._slide("表", head, chapter.title, chapter.cited, self._spoken(chapter, table.note))
            self._table(slide, part, chosen, room)
        if bars is not None:
            self._chart_slide(chapter, bars)

    def _chart_slide(self, chapter: Chapter, bars: Bars) -> None:
        """Give the chart the room of a table where the table itself has no room beside it."""
        slide = self._slide("图", bars.title, chapter.title, chapter.cited, self._spoken(chapter))
        insert_chart(_placeholder(slide, layouts.CHART), bars)

    def _table(self, slide: Any, part: Table, chosen: fit.Setting, room: float) -> None:
        bottom = fill_table(_placeholder(slide, layouts.TABLE), part, chosen, self.lang, room)
        if part.note:
            box = (self.room.left, bottom + 1.5, chosen.width, NOTE_HEIGHT)
            self._note(slide, box, part.note, part.links)

    def _note(self, slide: Any, box: Box, text: str, links: Sequence[Link]) -> None:
        from pptx.util import Mm

        frame = slide.shapes.add_textbox(*(Mm(each) for each in box)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for words, url in spans(text, links):
            link = _relation(slide, url) if url else ""
            self._say(frame.paragraphs[0], words, NOTE_SIZE, colour=SOFT, link=link)

    def _sources(self) -> None:
        title = Phrase("资料来源与说明").say(self.lang)
        rest: Sequence[str] = (*self.briefing.sources, *self.briefing.notes, self.briefing.made)
        while rest:
            slide = self._slide("正文", title, "", "", self.briefing.sources)
            rest = self._findings(slide, self.room.whole, rest)

    def _text(self, slide: Any, box: Box, texts: Sequence[str], size: float) -> None:
        """Write sentences into the body of a slide; its bullets are the layout's."""
        from pptx.util import Mm, Pt

        body = _placeholder(slide, layouts.TEXT)
        if body.height != Mm(box[3]):
            body.left, body.top, body.width, body.height = (Mm(each) for each in box)
        for number, text in enumerate(texts):
            paragraph = body.text_frame.paragraphs[0] if number == 0 else body.text_frame.add_paragraph()
            paragraph.line_spacing, paragraph.space_after = Pt(size * LEADING), Pt(size * BETWEEN)
            self._say(paragraph, text, size)

    def _say(
        self, paragraph: Any, text: str, size: float, *, bold: bool = False, colour: str = INK, link: str = ""
    ) -> None:
        add_run(paragraph, text, size, self.lang, bold=bold, colour=colour, link=link)


def _placeholder(slide: Any, index: int) -> Any:
    return next(shape for shape in slide.placeholders if shape.placeholder_format.idx == index)


def _bare(slot: layouts.Slot) -> layouts.Slot:
    """Return a placeholder as a slide has it: place and look are the layout's."""
    return replace(slot, box=None, size=0.0)


def _relation(slide: Any, url: str) -> str:
    from pptx.opc.constants import RELATIONSHIP_TYPE

    key: str = slide.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    return key


def _that_fit(texts: Sequence[str], box: Box, size: float) -> int:
    """Return how many sentences have room in a box."""
    used = 0.0
    for count, text in enumerate(texts):
        used += (fit.lines(text, box[2] - BULLET, size) * LEADING + BETWEEN) * size / POINTS
        if used > box[3]:
            return count
    return len(texts)
