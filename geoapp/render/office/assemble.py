"""A request becomes a briefing: chapters, sources, and what must be said about them."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from geoapp.analysis.shown import Shower, Shown
from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Plan
from geoapp.model.view import View
from geoapp.render.cards import Cards
from geoapp.render.office.book import county_pages
from geoapp.render.office.content import Briefing, Chapter
from geoapp.render.office.findings import alt_text, findings
from geoapp.render.office.points import point_tables
from geoapp.render.office.request import BriefingRequest
from geoapp.render.office.tables import targets_table
from geoapp.render.webview import FOR_REFERENCE, attribution, source

Paint = Callable[[Shown, float, float], bytes]
"""Draws the map of a view as a PNG, given its printed width and height in millimetres."""
INTERNAL = Phrase("内部工作底稿")
UNREVIEWED = Phrase("专题内容未经地图审核，不得公开；公开使用须依法送审并标注审图号。")
REVIEWED = Phrase("审图号：{number}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What the operator prints on every briefing: who made it, and the 审图号 if there is one."""

    maker: str = ""
    review_no: str = ""


@dataclass(frozen=True, slots=True)
class Assembler:
    """Assembles the briefings of one build."""

    dataset: Dataset
    cards: Cards
    shower: Shower

    def briefing(self, request: BriefingRequest, imprint: Imprint) -> Briefing:
        """Return everything the briefing says, in the language of its views."""
        lang = request.lang
        chapters = [self._chapter(part.view, part.title) for part in request.parts]
        if request.book:
            chapters += county_pages(chapters[0].shown, self.shower, self.cards)
        day = self.dataset.edition.data_date
        return Briefing(
            lang=lang,
            title=request.title or chapters[0].title,
            chapters=tuple(chapters),
            sources=tuple(self._source(plan, lang) for plan in self._plans(chapters)),
            notes=self._notes(lang, imprint),
            standing=_standing(lang, imprint),
            made=self._made(request, imprint),
            author=imprint.maker,
            version=self.dataset.version,
            stamp=day if len(day) == 10 else f"{day[:7]}-01",
        )

    def _chapter(self, view: View, title: str) -> Chapter:
        shown = self.shower.show(view)
        return Chapter(
            shown=shown,
            title=title or shown.title.say(view.lang),
            subtitle=shown.subtitle.say(view.lang),
            alt=alt_text(shown),
            findings=findings(shown, self.cards),
            targets=targets_table(shown, self.cards.resolver),
            lists=point_tables(shown, self.cards),
        )

    def _plans(self, chapters: list[Chapter]) -> list[Plan]:
        used = {plan.id for chapter in chapters for plan in chapter.shown.plans}
        return [plan for plan in self.dataset.plans if plan.id in used]

    @staticmethod
    def _source(plan: Plan, lang: str) -> str:
        """Return one line of sources: title, number or none, issuer, date."""
        cited = source(plan, lang)
        title = f"《{cited['title']}》" if lang == "zh" else cited["title"]
        parts = [title + (f"（{plan.document_no}）" if plan.document_no else ""), cited["issuer"], cited["published"]]
        return ("，" if lang == "zh" else ", ").join(part for part in parts if part)

    def _notes(self, lang: str, imprint: Imprint) -> tuple[str, ...]:
        notes = [attribution(self.dataset, lang), FOR_REFERENCE.say(lang)]
        if not imprint.review_no:
            notes.append(UNREVIEWED.say(lang))
        return tuple(notes)

    def _made(self, request: BriefingRequest, imprint: Imprint) -> str:
        lang = request.lang
        who = " ".join(part for part in (imprint.maker, request.date) if part)
        parts = [Phrase("制作：{who}", {"who": who}).say(lang)] if who else []
        parts.append(Phrase("数据版本 {version}", {"version": self.dataset.version}).say(lang))
        return " · ".join(parts)


def _standing(lang: str, imprint: Imprint) -> str:
    if imprint.review_no:
        return Phrase(REVIEWED.text, {"number": imprint.review_no}).say(lang)
    return INTERNAL.say(lang)


def stem(request: BriefingRequest, briefing: Briefing) -> str:
    """Return a file name that says what is inside, without characters that systems refuse."""
    view = request.parts[0].view
    kind = Phrase("图册").say(view.lang) if request.book else Phrase("简报").say(view.lang)
    name = f"{briefing.title}_{kind}"
    kept = "".join(each if each not in '\\/:*?"<>|' and unicodedata.category(each)[0] != "C" else "_" for each in name)
    return kept.strip(". ")[:80]
