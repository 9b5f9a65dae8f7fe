"""A request becomes a briefing: chapters, sources, and what must be said about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from geoapp.analysis.resolved_view import ResolvedView, ViewResolver
from geoapp.analysis.side_by_side import show_together
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.office.citations import Citations
from geoapp.office.content import Briefing, Chapter, cited
from geoapp.office.findings import findings
from geoapp.office.maps import Imprint
from geoapp.office.points import point_tables
from geoapp.office.request import BriefingRequest
from geoapp.office.tables import targets_table
from geoapp.office.word.book import counties_of, county_pages
from geoapp.portrayal.alt_text import alt_text
from geoapp.portrayal.cards import Cards
from geoapp.portrayal.view_content import FOR_REFERENCE, attribution


@dataclass(frozen=True, slots=True)
class Assembler:
    """Assembles the briefings of one build."""

    dataset: Dataset
    cards: Cards
    view_resolver: ViewResolver

    def briefing(self, request: BriefingRequest, imprint: Imprint) -> Briefing:
        """Return everything the briefing says, in the language of its views."""
        lang = request.lang
        citations = self._citations(request)
        alone = request.title if len(request.parts) == 1 and not request.book else ""
        shown = self._shown(request)
        titles = [part.title or alone for part in request.parts]
        # of a book there is one view more than titles: its counties, which have a page each
        chapters = [self._chapter(*each, citations) for each in zip(shown, titles, strict=False)]
        if request.book:
            chapters += county_pages(shown[-1], self.view_resolver, self.cards, citations)
        day = self.dataset.edition.data_date
        return Briefing(
            lang=lang,
            title=request.title or chapters[0].title,
            chapters=tuple(chapters),
            sources=(*_documents(citations, chapters), *_origins(chapters)),
            notes=self._notes(lang, imprint),
            standing=_standing(lang, imprint),
            made=self._made(request, imprint),
            author=imprint.maker,
            version=self.dataset.version,
            stamp=day if len(day) == 10 else f"{day[:7]}-01",
        )

    def _citations(self, request: BriefingRequest) -> Citations:
        """Return the documents that may be cited, in the order of the views."""
        resolved = [self.view_resolver.show(part.view) for part in request.parts]
        plans = dict.fromkeys(plan.id for each in resolved for plan in each.plans)
        gazetteer = self.view_resolver.gazetteer
        if request.book:  # its pages tell the goals of the divisions above too
            region = request.parts[0].view.region
            plans |= dict.fromkeys(p.id for p in self.dataset.plans if gazetteer.is_within(region, p.region))
        return Citations({plan.id: plan for plan in self.dataset.plans}, numbered=len(plans) > 1)

    def _shown(self, request: BriefingRequest) -> list[ResolvedView]:
        """Return what the views show, all on the scales they share; of a book then its counties together."""
        views = [part.view for part in request.parts]
        if request.book:
            views.append(counties_of(views[0]))
        return show_together(self.view_resolver, views)

    def _chapter(self, resolved: ResolvedView, title: str, citations: Citations) -> Chapter:
        for plan in resolved.plans:
            citations.cite(plan.id, "")
        return Chapter(
            resolved=resolved,
            title=title or resolved.title.say(resolved.view.lang),
            subtitle=resolved.subtitle.say(resolved.view.lang),
            cited=cited(resolved),
            alt=alt_text(resolved),
            findings=findings(resolved, self.cards),
            targets=targets_table(resolved, self.cards.resolver, citations),
            lists=point_tables(resolved, self.cards, citations),
        )

    def _notes(self, lang: str, imprint: Imprint) -> tuple[str, ...]:
        notes = [attribution(self.dataset, lang), FOR_REFERENCE.say(lang)]
        if not imprint.review_no:
            notes.append(Phrase("专题内容未经地图审核，不得公开；公开使用须依法送审并标注审图号。").say(lang))
        return tuple(notes)

    def _made(self, request: BriefingRequest, imprint: Imprint) -> str:
        lang = request.lang
        who = " ".join(part for part in (imprint.maker, request.date) if part)
        parts = [Phrase("制作：{who}", {"who": who}).say(lang)] if who else []
        parts.append(Phrase("数据版本 {version}", {"version": self.dataset.version}).say(lang))
        return " · ".join(parts)


def _documents(citations: Citations, chapters: Sequence[Chapter]) -> list[str]:
    resolved = {plan.id for chapter in chapters for plan in chapter.resolved.plans}
    told = [row[-1] for chapter in chapters for table in chapter.tables for row in table.rows]
    return citations.lines(chapters[0].lang, resolved, told)


def _origins(chapters: Sequence[Chapter]) -> list[str]:
    """Return one line for each source of numbers that are not from a plan."""
    origins = [chapter.resolved.indicator.origin for chapter in chapters]
    return list(dict.fromkeys(origin.cited.get(chapters[0].lang) for origin in origins if origin))


def _standing(lang: str, imprint: Imprint) -> str:
    if imprint.review_no:
        return Phrase("审图号：{number}", {"number": imprint.review_no}).say(lang)
    return Phrase("内部工作底稿").say(lang)
