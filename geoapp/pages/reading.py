"""The reading pages of one build. Each method returns what the page shows, and its JSON twin says."""

from functools import cached_property

from geoapp.analysis.works.question import Works, WorksQuestion
from geoapp.model.plan import Park, Project
from geoapp.pages import indicators, plan_changes, plans, points, progress, quality, regions
from geoapp.pages.base import Json, Library
from geoapp.pages.locator import Locator, Locators
from geoapp.pages.many.fold import Asked
from geoapp.pages.welcome import front, guide
from geoapp.pages.welcome.coverage_map import CoverageMap, Plane, draw_coverage
from geoapp.pages.works import table
from geoapp.portrayal.cards import Cards
from geoapp.store.base import Store


class Pages:
    """Assembles pages from records; every value is plain JSON in the language asked for."""

    def __init__(self, cards: Cards, store: Store) -> None:
        self._library = Library.of(cards)
        self._store = store
        self._locators = Locators(store, cards.gazetteer)
        points: tuple[Park | Project, ...] = cards.dataset.points
        self._points = {each.id: each for each in points}

    def foot(self, lang: str) -> Json:
        """Attribution, notice and data version."""
        return self._library.foot(lang)

    def front(self, lang: str) -> Json:
        """The front door."""
        return front.front_page(self._library, self.coverage, lang)

    def guide(self, lang: str) -> Json:
        """The help page."""
        return guide.guide_page(self._library, lang)

    @cached_property
    def coverage(self) -> CoverageMap:
        """The drawing of where plans exist."""
        return draw_coverage(self._library.dataset, self._library.gazetteer, self._store, self._plane)

    @cached_property
    def _plane(self) -> Plane:
        return Plane(self._store)

    @cached_property
    def works(self) -> Works:
        """What answers questions about works."""
        return Works(self._library.dataset, self._library.gazetteer)

    def works_page(self, question: WorksQuestion, lang: str) -> Json:
        """A list of works."""
        return table.works_page(self._library, self.works, question, lang)

    def works_map(self, question: WorksQuestion) -> table.WorksMap:
        """The small map of a list of works."""
        return table.works_map(self._library, self.works, question, self._plane)

    def plans(self, lang: str, asked: Asked | None = None) -> Json:
        """All plans."""
        return plans.plans_page(self._library, lang, asked)

    def plan(self, identifier: str, lang: str) -> Json:
        """One plan, chapter by chapter."""
        return plans.plan_page(self._library, identifier, lang)

    def plan_changes(self, one: str, other: str, lang: str) -> Json:
        """What changed between two plans of a region."""
        return plan_changes.plan_changes(self._library, one, other, lang)

    def comparable_plans(self, lang: str) -> list[Json]:
        """The pairs of plans that follow each other in a region."""
        return plan_changes.comparable_plans(self._library, lang)

    def progress(self, lang: str, asked: Asked | None = None) -> Json:
        """Statuses per plan and indicator."""
        return progress.progress_page(self._library, lang, asked)

    def indicators(self, lang: str) -> Json:
        """All indicators in use, by sector."""
        return indicators.indicators_page(self._library, lang)

    def indicator(self, identifier: str, lang: str, asked: Asked | None = None) -> Json:
        """One indicator with every region that has it."""
        return indicators.indicator_page(self._library, identifier, lang, asked)

    def quality(self, lang: str, asked: Asked | None = None) -> Json:
        """What was read, joined and found inconsistent, plan by plan."""
        return quality.quality_page(self._library, lang, asked)

    def parks(self, lang: str, asked: Asked | None = None) -> Json:
        """All parks, by plan."""
        return points.parks_page(self._library, lang, asked)

    def park(self, identifier: str, lang: str) -> Json:
        """One park."""
        return points.point_page(self._library, "parks", identifier, lang)

    def project(self, identifier: str, lang: str) -> Json:
        """One project."""
        return points.point_page(self._library, "projects", identifier, lang)

    def regions(self, lang: str, asked: Asked | None = None) -> Json:
        """The index of regions."""
        return regions.regions_page(self._library, lang, asked)

    def locator(self, identifier: str) -> Locator:
        """The small map of a park or project."""
        return self._locators.of(self._points[identifier])
