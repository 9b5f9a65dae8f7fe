"""What stands on the pages of a Word document, piece by piece, before any of it is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.model.phrase import Phrase
from geoapp.model.region import Level
from geoapp.office import fit
from geoapp.office.content import Briefing, Chapter, Link, Table
from geoapp.office.word.book import MAP_HEIGHTS as PAGE_MAP_HEIGHTS
from geoapp.office.word.dress import TEXT_WIDTH, Dress
from geoapp.portrayal.charts import view_chart
from geoapp.portrayal.view_content import notice
from geoapp.sheets.charts import chart_scene
from geoapp.sheets.scene.primitives import Scene

MAP_HEIGHTS = tuple(float(height) for height in range(96, 162, 6))
"""Millimetres: a map of the text's width is as high as leaves no page half empty."""
TALL = (150.0, 185.0)
"""Tried where a map has no room for its labels and legend."""
MANY = 40
"""Areas beyond which a map gets a page of its own."""
TOGETHER = 6
"""Rows of a table that stays on one page; a longer one may begin at the foot of a page."""
LAST_LINES = 5
"""Lines at the end of a document that stay together, so that no page has two or three."""
SENSE = "”》）、，：年 "
"""After these a title may be broken without tearing what belongs together."""
DIGITS = "零一二三四五六七八九"
FINDINGS, TARGETS, LISTS = Phrase("主要情况"), Phrase("分地区目标"), Phrase("园区与项目")
VALUES, PROGRESS = Phrase("分地区数值"), Phrase("完成情况")
CAPTION_ROOM = 16.0
"""Millimetres that a caption takes under a chart."""
SOURCES = Phrase("资料来源与说明")
Label = Literal["", "figure", "table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A paragraph.

    Attributes:
        label: the caption's kind, which is numbered.
        keep: stays on the page of what follows, whatever its style says.
    """

    text: str
    style: str
    label: Label = ""
    keep: bool = False
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The map of a chapter, with the heights that may be tried, the wanted one first."""

    chapter: Chapter
    heights: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A chart of a chapter, as high as its rows ask for, in millimetres at the width of the text."""

    scene: Scene
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A QR code of an address, and what is said beside it."""

    url: str
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table whose columns have their widths."""

    table: Table


Piece = Text | Figure | Drawing | Code | Grid
Run = list[Piece]
"""Pieces that follow one another from the top of a page."""


@dataclass(slots=True)
class Pieces:
    """Lays a briefing out in one look."""

    briefing: Briefing
    look: Dress
    _counts: list[int] = field(default_factory=lambda: [0, 0])

    def runs(self) -> list[Run]:
        """Return the runs of pieces, each of which begins on a new page."""
        briefing = self.briefing
        told = [chapter for chapter in briefing.chapters if not chapter.page]
        head = Text(text=broken(briefing.title, self.look), style="Title")
        made = version_words(briefing) if self.look.official else briefing.made  # the rest is signed at the end
        standing = Text(text=" · ".join((briefing.standing, made)), style="Subtitle")
        runs: list[Run] = []
        for chapter in told:
            run = list(self._chapter(chapter, single=len(told) == 1))
            runs.append([head, standing, *run] if not runs else run)
        runs[-1] += self._sources()
        return [*runs, *(list(self._book_page(chapter)) for chapter in briefing.chapters if chapter.page)]

    def _chapter(self, chapter: Chapter, *, single: bool) -> Iterator[Piece]:
        """Tell a view: its map, what it shows, its tables."""
        if not single:
            yield self._head(chapter.title, 1)
        depth = 1 if single else 2
        yield Text(text=chapter.subtitle, style="Subtitle")
        yield from self._figure(chapter, heights(chapter.resolved))
        yield self._head(FINDINGS.say(chapter.lang), depth)
        for finding in chapter.findings:
            yield Text(text=finding, style=self.look.finding)
        if chapter.targets:
            yield self._head(_headed(chapter.resolved).say(chapter.lang), depth)
            yield from self._table(chapter.targets)
            yield from self._chart(chapter)
        if chapter.lists:
            yield self._head(LISTS.say(chapter.lang), depth)
        for table in chapter.lists:
            yield from self._table(table)

    def _chart(self, chapter: Chapter) -> Iterator[Piece]:
        """Tell the results of a chapter on progress beside their goals, under a caption of its own."""
        chart = view_chart(chapter.resolved)
        if chart is None:
            return
        scene = chart_scene(chart, notice(chapter.resolved.view).say(chapter.lang), chapter.lang)
        height = TEXT_WIDTH * scene.height / scene.width
        if height > self.look.height - CAPTION_ROOM:
            return  # more regions than a page holds: the table has them
        yield Drawing(scene=scene, height=height)
        yield Text(
            text=Phrase("{title}：结果与目标", {"title": chart.title}).say(chapter.lang),
            style="Caption",
            label="figure",
        )

    def _book_page(self, chapter: Chapter) -> Iterator[Piece]:
        """Tell a county of a map book on a page of its own."""
        yield Text(text=chapter.title, style="Heading 1")
        yield Text(text=chapter.subtitle, style="Subtitle")
        yield from self._figure(chapter, tuple(sorted(each for each in PAGE_MAP_HEIGHTS if each >= chapter.page)))
        for finding in chapter.findings:
            yield Text(text=finding, style="Small Bullet")
        for table in chapter.tables:
            yield from self._table(table)

    def _figure(self, chapter: Chapter, tried: tuple[float, ...]) -> Iterator[Piece]:
        """Tell the map, its caption, its sources and the way back to it, which stay together."""
        notes = [Text(text=chapter.cited, style="Table Note")] if chapter.cited and not chapter.page else []
        if chapter.way and not chapter.qr:
            notes.append(Text(text=chapter.way, style="Table Note", links=chapter.links))
        yield Figure(chapter=chapter, heights=tried)
        title = chapter.resolved.title.say(chapter.lang)
        yield Text(text=title, style="Caption", label="figure", keep=bool(notes or chapter.qr))
        for number, note in enumerate(notes, start=1):
            yield Text(text=note.text, style=note.style, links=note.links, keep=number < len(notes) or bool(chapter.qr))
        if chapter.qr:
            yield Code(url=chapter.qr, text=chapter.way, links=chapter.links)

    def _table(self, table: Table) -> Iterator[Piece]:
        """Tell a table under its caption and what must be read with it.

        The note stands above: below, every office program but Word tears it from a table that ends on a page's last
        line.
        """
        if not table.shares:
            table = fit.spread(table, fit.on_paper(self.look))
        yield Text(text=table.caption, style="Caption", label="table", keep=True)
        if table.note:
            yield Text(text=table.note, style="Table Note", keep=True, links=table.links)
        yield Grid(table=table)

    def _sources(self) -> Iterator[Piece]:
        yield self._head(SOURCES.say(self.briefing.lang), 1)
        signed = (self.briefing.author, chinese_date(self.briefing.date)) if self.look.official else ()
        told = [(text, "Body Text") for text in (*self.briefing.sources, *self.briefing.notes)]
        told += [(text, "Signature") for text in signed if text]
        for (text, style), keep in zip(told, _kept(told, self.look), strict=True):
            yield Text(text=text, style=style, keep=keep, links=self.briefing.documents)

    def _head(self, text: str, depth: int) -> Text:
        return Text(text=self._numbered(text, depth), style=f"Heading {depth}")

    def _numbered(self, text: str, depth: int) -> str:
        self._counts[depth - 1] += 1
        if depth == 1:
            self._counts[1] = 0
        number = self._counts[depth - 1]
        if self.briefing.lang != "zh":
            return f"{number}. {text}" if depth == 1 and self.look.heads[0] else text
        return self.look.heads[depth - 1].format(chinese=numeral(number)) + text


def _kept(told: Sequence[tuple[str, str]], look: Dress) -> list[bool]:
    """Say which of the last paragraphs stay with the one that follows: as many as make up a few lines."""
    kept, lines = [False] * len(told), 0
    for place in range(len(told) - 1, 0, -1):
        text, style = told[place]
        lines += fit.lines(text, TEXT_WIDTH, look.texts[style].size)
        if lines >= LAST_LINES:
            break
        kept[place - 1] = True
    return kept


def broken(title: str, look: Dress) -> str:
    """Return a title on two lines of about one length where it has no room on one, broken where the sense allows."""
    if any(fit.lines(title, TEXT_WIDTH, size) == 1 for size in look.titles):
        return title
    middle = len(title) // 2
    near = range(len(title) // 4, len(title) * 3 // 4)
    ends = [place + 1 for place in near if title[place] in SENSE and title[place + 1] not in SENSE]
    whole = [place for place in near if not (title[place - 1 : place + 1].isascii() or title[place] in SENSE)]
    places = ends or whole or [middle]
    place = min(places, key=lambda each: abs(each - middle))
    return f"{title[:place].rstrip()}\n{title[place:].lstrip()}"


def heights(resolved: ResolvedView) -> tuple[float, ...]:
    """Return the heights among which a map of the text's width may choose: many areas need a page."""
    many = len(resolved.areas) > MANY and resolved.region.level is not Level.NATION
    return TALL[-1:] if many else MAP_HEIGHTS


def numeral(number: int) -> str:
    """Return a number under a hundred as heads are counted: 一 … 十 … 二十一."""
    tens, ones = divmod(number, 10)
    lead = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return lead + (DIGITS[ones] if ones or not tens else "")


def version_words(briefing: Briefing) -> str:
    """Name the data a briefing was made from."""
    return Phrase("数据版本 {version}", {"version": briefing.version}).say(briefing.lang)


def chinese_date(day: str) -> str:
    """Return 2026-03-31 as official papers write it, 2026年3月31日; nothing for nothing."""
    if not day:
        return ""
    year, month, date = map(int, day.split("-"))
    return f"{year}年{month}月{date}日"


def _headed(resolved: ResolvedView) -> Phrase:
    """Return the head of a chapter's table: what no plan sets is no target, and results are what became of them."""
    if resolved.view.measure != "target":
        return PROGRESS
    return VALUES if resolved.indicator.goalless else TARGETS
