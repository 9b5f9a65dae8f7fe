"""A request becomes a briefing: chapters, sources, and what must be said about them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from geoapp.analysis.resolved_view import ResolvedView, ViewResolver
from geoapp.analysis.side_by_side import show_together
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Plan
from geoapp.office.address import Ways
from geoapp.office.citations import Citations
from geoapp.office.content import Briefing, Chapter, Link, cited
from geoapp.office.findings import findings
from geoapp.office.maps import Imprint
from geoapp.office.points import point_tables
from geoapp.office.published.tables import vector_sources, vector_tables
from geoapp.office.request import BriefingRequest
from geoapp.office.tables import WHOLE_TABLE, targets_table
from geoapp.office.word.book import PageMaker, levels_of, pages
from geoapp.office.word.dress import REPORT, Dress
from geoapp.portrayal.alt_text import alt_text
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.standing import standing
from geoapp.portrayal.view_content import attribution, notice


@dataclass(frozen=True, slots=True)
class Assembler:
    """Assembles the briefings of one build.

    Attributes:
        built: the day of the build (YYYY-MM-DD), told where no date of making is asked for.
    """

    dataset: Dataset
    cards: Cards
    view_resolver: ViewResolver
    built: str

    def briefing(self, request: BriefingRequest, imprint: Imprint, look: Dress = REPORT) -> Briefing:
        """Return everything the briefing says, in the language of its views.

        Args:
            look: of the pages that a map book is made to fit.
        """
        lang = request.lang
        citations = self._citations(request, imprint)
        alone = request.title if len(request.parts) == 1 and not request.book else ""
        ways = Ways(base=imprint.base, drawn=self._drawn(request), qr=request.qr, lang=lang)
        teller = _Teller(self.cards, citations, ways, request.tables)
        told = len(request.parts)
        shown = self._shown(request)
        chapters = [
            teller.chapter(resolved, part.title or alone)
            for resolved, part in zip(shown[:told], request.parts, strict=True)
        ]
        if request.book:
            maker = PageMaker(self.view_resolver, self.cards, citations, look, ways)
            regions = [self.view_resolver.gazetteer[code] for code in request.book]
            chapters += pages(regions, request.parts[0].view, shown[told:], maker)
        return Briefing(
            lang=lang,
            title=request.title or chapters[0].title,
            chapters=tuple(chapters),
            sources=(*_documents(citations, chapters), *_origins(chapters)),
            notes=self._notes(request, imprint),
            standing=standing(imprint.review_no, lang),
            made=self._made(request, imprint),
            author=request.maker or imprint.maker,
            date=request.date,
            version=self.dataset.version,
            stamp=request.date or self.built,
            documents=_addresses(self.dataset.plans, imprint, lang),
        )

    def _drawn(self, request: BriefingRequest) -> str:
        """Say when the figures were drawn; without a date that was asked for, from the data of which day."""
        if request.date:
            return Phrase("绘制于 {date}", {"date": request.date}).say(request.lang)
        return Phrase("数据构建于 {date}", {"date": self.built}).say(request.lang)

    def _citations(self, request: BriefingRequest, imprint: Imprint) -> Citations:
        """Return the documents that may be cited, in the order of the views."""
        resolved = [self.view_resolver.show(part.view) for part in request.parts]
        plans = dict.fromkeys(plan.id for each in resolved for plan in each.plans)
        gazetteer = self.view_resolver.gazetteer
        if request.book:  # its pages tell the goals of the divisions above, and of those inside
            regions = (request.parts[0].view.region, *request.book)
            for plan in self.dataset.plans:
                if any(gazetteer.is_within(code, plan.region) for code in regions):
                    plans[plan.id] = None
        known = {plan.id: plan for plan in self.dataset.plans}
        return Citations(known, numbered=len(plans) > 1, documents=imprint.documents, lang=request.lang)

    def _shown(self, request: BriefingRequest) -> list[ResolvedView]:
        """Return what the views show, all on the scales they share; of a book then its regions, level by level."""
        views = [part.view for part in request.parts]
        if request.book:
            views += levels_of([self.view_resolver.gazetteer[code] for code in request.book], views[0])
        return show_together(self.view_resolver, views)

    def _notes(self, request: BriefingRequest, imprint: Imprint) -> tuple[str, ...]:
        lang = request.lang
        said = dict.fromkeys(notice(part.view).say(lang) for part in request.parts)
        notes = [attribution(self.dataset, lang), *said]
        if not imprint.review_no:
            notes.append(Phrase("专题内容未经地图审核，不得公开；公开使用须依法送审并标注审图号。").say(lang))
        return tuple(notes)

    def _made(self, request: BriefingRequest, imprint: Imprint) -> str:
        lang = request.lang
        who = " ".join(part for part in (request.maker or imprint.maker, request.date) if part)
        parts = [Phrase("制作：{who}", {"who": who}).say(lang)] if who else []
        parts.append(Phrase("数据版本 {version}", {"version": self.dataset.version}).say(lang))
        return " · ".join(parts)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells the views of one briefing."""

    cards: Cards
    citations: Citations
    ways: Ways
    tables: tuple[str, ...]

    def chapter(self, resolved: ResolvedView, title: str) -> Chapter:
        """Return one view in words and tables."""
        view = resolved.view
        for plan in resolved.plans:
            self.citations.cite(plan.id, "")
        way, links = self.ways.line(view, resolved.region)
        excel = (Link(WHOLE_TABLE.say(view.lang), self.ways.file(view, "xlsx")),) if self.ways.base else ()
        targets = targets_table(resolved, self.cards.resolver, self.citations) if "targets" in self.tables else None
        lists = point_tables(resolved, self.cards, self.citations, self.tables)
        lists = (*lists, *vector_tables(resolved))
        return Chapter(
            resolved=resolved,
            title=title or resolved.title.say(view.lang),
            subtitle=resolved.subtitle.say(view.lang),
            cited=cited(resolved),
            alt=alt_text(resolved),
            findings=findings(resolved, self.cards),
            targets=replace(targets, links=excel) if targets else None,
            lists=tuple(replace(table, links=excel) for table in lists),
            way=way,
            links=links,
            address=self.ways.address(view, resolved.region),
            qr=self.ways.code(view, resolved.region),
        )


def _addresses(plans: Iterable[Plan], imprint: Imprint, lang: str) -> tuple[Link, ...]:
    """Return what the titles of documents lead to: their text on this server, else their official address."""
    known = ((plan, imprint.documents.get(plan.id) or plan.document_url) for plan in plans)
    return tuple(Link(plan.title.get(lang), where) for plan, where in known if where)


def _documents(citations: Citations, chapters: Sequence[Chapter]) -> list[str]:
    resolved = {plan.id for chapter in chapters for plan in chapter.resolved.plans}
    told = [row[-1] for chapter in chapters for table in chapter.tables for row in table.rows]
    return citations.lines(chapters[0].lang, resolved, told)


def _origins(chapters: Sequence[Chapter]) -> list[str]:
    """Return one line for each source of numbers that are not from a plan."""
    lang, origins = (
        chapters[0].lang,
        [chapter.resolved.indicator.origin or chapter.resolved.results_origin for chapter in chapters],
    )
    layers = vector_sources([chapter.resolved for chapter in chapters], lang)
    return list(dict.fromkeys([*(origin.cited.get(lang) for origin in origins if origin), *layers]))
