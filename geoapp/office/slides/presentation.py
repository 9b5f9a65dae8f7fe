"""A briefing as slides: native titles, text and tables on 16:9; only the map is a picture."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from geoapp.files.archive import unzip, zip_files
from geoapp.model.phrase import Phrase
from geoapp.office import fit
from geoapp.office.content import Briefing, Chapter, Table
from geoapp.office.drawingml import add_run, add_table
from geoapp.office.maps import POINTS, Maps
from geoapp.office.package import describe, with_program
from geoapp.office.slides.styles import ACCENT, EDGE, INK, SLIDE, SOFT, TITLE_SIZE, dress
from geoapp.sheets.fonts import measure

WIDTH = SLIDE[0] - 2 * EDGE
SUBTITLE_TOP, SUBTITLE_HEIGHT = 21.5, 8.0
BODY = (32.0, 176.0)
FOOT_TOP, FOOT_HEIGHT = 178.5, 9.0
MAP = (206.0, BODY[1] - BODY[0])
ENLARGED = 1.35
"""Type of a map on a slide, against paper: names are 11 points instead of 8."""
MANY = 60
"""Areas beyond which names need all the room of the map."""
GAP = 6.0
TEXT_SIZES = (15.0, 14.0, 13.0, 12.0, 11.0)
LEADING, BETWEEN = 1.25, 0.4
"""Height of a line, and the room after a paragraph, in type sizes."""
BULLET = 5.0
CELLS = [fit.Setting(width=WIDTH, size=size, line=size * 1.25, across=4.0, down=2.0) for size in (14.0, 12.5, 11.0)]
"""A table is set in the largest type in which it takes no more slides than in the smallest."""
NOTE_HEIGHT = 9.0
NUMBER_WIDTH = 20.0
TITLE_ONLY, COVER = 5, 0
LEAST_TITLE = 14.0
COVER_TITLE, COVER_WORDS = (50.0, 45.0), (100.0, 30.0)
"""Top and height on the cover."""
Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres."""


def write_pptx(briefing: Briefing, maps: Maps) -> bytes:
    """Return the briefing as a presentation; the same briefing gives the same bytes."""
    return _Writer(briefing, maps).write()


class _Writer:
    """Writes one presentation slide by slide."""

    def __init__(self, briefing: Briefing, maps: Maps) -> None:
        import pptx  # lxml, Pillow and XlsxWriter, 25 MB: only for workers that write briefings

        self.briefing, self.maps, self.lang = briefing, maps, briefing.lang
        self.deck = pptx.Presentation()

    def write(self) -> bytes:
        """Write every slide and pack them."""
        dress(self.deck)
        if len(self.briefing.chapters) > 1:
            self._cover()
        for chapter in self.briefing.chapters:
            self._map_slides(chapter)
            for table in chapter.tables:
                self._table_slides(chapter, table)
        self._sources()
        describe(self.deck.core_properties, self.briefing)
        out = BytesIO()
        self.deck.save(out)
        return zip_files(with_program(unzip(out.getvalue()), self.briefing), self.briefing.stamp)

    def _cover(self) -> None:
        from pptx.util import Mm

        slide = self.deck.slides.add_slide(self.deck.slide_layouts[COVER])
        title, below = slide.placeholders
        for shape, (top, height) in ((title, COVER_TITLE), (below, COVER_WORDS)):
            shape.left, shape.top = Mm(2 * EDGE), Mm(top)
            shape.width, shape.height = Mm(SLIDE[0] - 4 * EDGE), Mm(height)
        self._say(title.text_frame.paragraphs[0], self.briefing.title, 34, bold=True)
        below.text_frame.margin_left = 0
        words = ((self.briefing.standing, ACCENT), (self.briefing.made, SOFT))
        for number, (text, colour) in enumerate(words):
            paragraph = below.text_frame.add_paragraph() if number else below.text_frame.paragraphs[0]
            _align(paragraph, "left")
            self._say(paragraph, text, 18, colour=colour)

    def _slide(self, title: str, subtitle: str, cited: str) -> Any:
        """Add a slide with its native title, what is below it, and the foot."""
        slide = self.deck.slides.add_slide(self.deck.slide_layouts[TITLE_ONLY])
        size = TITLE_SIZE
        while size > LEAST_TITLE and _width(title, size) > WIDTH:
            size -= 1
        self._say(slide.shapes.title.text_frame.paragraphs[0], title, size, bold=True)
        if subtitle:
            self._text(slide, (EDGE, SUBTITLE_TOP, WIDTH, SUBTITLE_HEIGHT), [subtitle], 13, colour=SOFT)
        self._foot(slide, cited)
        return slide

    def _foot(self, slide: Any, cited: str) -> None:
        frame = self._frame(slide, (EDGE, FOOT_TOP, WIDTH - NUMBER_WIDTH, FOOT_HEIGHT))
        self._say(frame.paragraphs[0], f"{self.briefing.standing}　", 9, bold=True, colour=ACCENT)
        self._say(frame.paragraphs[0], cited, 9, colour=SOFT)
        number = self._frame(slide, (SLIDE[0] - EDGE - NUMBER_WIDTH, FOOT_TOP, NUMBER_WIDTH, FOOT_HEIGHT))
        _slide_number(number.paragraphs[0], len(self.deck.slides))

    def _map_slides(self, chapter: Chapter) -> None:
        """Put the map left and what it shows right of it; what has no room there follows on a slide."""
        from pptx.util import Mm

        slide = self._slide(chapter.title, chapter.subtitle, chapter.cited)
        crowded = len(chapter.resolved.areas) > MANY
        picture = self.maps.first(chapter.resolved.view, [MAP], 1.0 if crowded else ENLARGED)
        left, top, width, height = (Mm(each) for each in (EDGE, BODY[0], picture.width, picture.height))
        drawn = slide.shapes.add_picture(BytesIO(picture.png), left, top, width, height)
        drawn.name = Phrase("图").say(self.lang)
        drawn._element.nvPicPr.cNvPr.set("descr", chapter.alt)
        beside = (EDGE + MAP[0] + GAP, BODY[0], WIDTH - MAP[0] - GAP, MAP[1])
        rest = self._findings(slide, beside, chapter.findings)
        while rest:
            more = Phrase("主要情况（续）").say(self.lang)
            slide = self._slide(chapter.title, more, chapter.cited)
            rest = self._findings(slide, (EDGE, BODY[0], WIDTH, MAP[1]), rest)

    def _findings(self, slide: Any, box: Box, texts: Sequence[str]) -> Sequence[str]:
        """Write sentences in the largest type in which all have room; return those that have none."""
        for size in TEXT_SIZES:
            count = _that_fit(texts, box, size)
            if count == len(texts):
                break
        self._text(slide, box, texts[: max(1, count)], size, bullets=True)
        return texts[max(1, count) :]

    def _table_slides(self, chapter: Chapter, table: Table) -> None:
        room = BODY[1] - BODY[0] - (NOTE_HEIGHT if table.note else 0)
        cuts = [(setting, fit.pages(fit.spread(table, setting), setting, room)) for setting in CELLS]
        setting = next(setting for setting, parts in cuts if len(parts) == len(cuts[-1][1]))
        parts = fit.balanced(fit.spread(table, setting), setting, room)
        for number, part in enumerate(parts, start=1):
            caption = f"{table.caption} {number}/{len(parts)}" if len(parts) > 1 else table.caption
            slide = self._slide(chapter.title, caption, chapter.cited)
            bottom = add_table(slide, part, setting, (EDGE, BODY[0]), self.lang)
            if part.note:
                self._text(slide, (EDGE, bottom + 1.5, WIDTH, NOTE_HEIGHT), [part.note], 10, colour=SOFT)

    def _sources(self) -> None:
        title = Phrase("资料来源与说明").say(self.lang)
        rest: Sequence[str] = (*self.briefing.sources, *self.briefing.notes, self.briefing.made)
        while rest:
            slide = self._slide(title, "", "")
            rest = self._findings(slide, (EDGE, BODY[0] - 6, WIDTH, MAP[1]), rest)

    def _text(
        self, slide: Any, box: Box, texts: Sequence[str], size: float, *, colour: str = INK, bullets: bool = False
    ) -> None:
        from pptx.util import Pt

        frame = self._frame(slide, box)
        for number, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.line_spacing = Pt(size * LEADING)
            if bullets:
                paragraph.space_after = Pt(size * BETWEEN)
                _bullet(paragraph)
            self._say(paragraph, text, size, colour=colour)

    @staticmethod
    def _frame(slide: Any, box: Box) -> Any:
        from pptx.util import Mm

        frame = slide.shapes.add_textbox(*(Mm(each) for each in box)).text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        return frame

    def _say(self, paragraph: Any, text: str, size: float, *, bold: bool = False, colour: str = INK) -> None:
        add_run(paragraph, text, size, self.lang, bold=bold, colour=colour)


def _bullet(paragraph: Any) -> None:
    from pptx.oxml.xmlchemy import OxmlElement
    from pptx.util import Mm

    form = paragraph._p.get_or_add_pPr()
    form.set("marL", str(Mm(BULLET)))
    form.set("indent", str(-Mm(BULLET)))
    mark = OxmlElement("a:buChar")
    mark.set("char", "•")
    form.append(mark)


def _align(paragraph: Any, align: str) -> None:
    from pptx.enum.text import PP_ALIGN

    paragraph.alignment = {"left": PP_ALIGN.LEFT, "right": PP_ALIGN.RIGHT, "center": PP_ALIGN.CENTER}[align]


def _slide_number(paragraph: Any, number: int) -> None:
    """Add the slide's number as a field, which follows when slides are moved."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    _align(paragraph, "right")
    paragraph._p.append(
        parse_xml(
            f'<a:fld {nsdecls("a")} id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum">'
            f'<a:rPr lang="en-US" sz="900"/><a:t>{number}</a:t></a:fld>'
        )
    )


def _width(text: str, size: float) -> float:
    return measure(text, size, bold=True) / POINTS


def _that_fit(texts: Sequence[str], box: Box, size: float) -> int:
    """Return how many sentences have room in a box."""
    used = 0.0
    for count, text in enumerate(texts):
        used += (fit.lines(text, box[2] - BULLET, size) * LEADING + BETWEEN) * size / POINTS
        if used > box[3]:
            return count
    return len(texts)
