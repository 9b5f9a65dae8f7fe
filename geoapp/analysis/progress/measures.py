"""What a view shows of goals: the goal itself, or its achieved value, its gap to the plan, its status.

A measure takes the form of a goal, as the values of the ground do, so that maps, tables and files show it as they
show goals: an answer of its own, with a number where there is one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from geoapp.analysis.progress.method import clean
from geoapp.analysis.progress.statuses import MEASURES, PROGRESS_WORDS
from geoapp.analysis.progress.tracker import Progress, Tracker
from geoapp.analysis.resolution.pair import Pair
from geoapp.analysis.resolution.resolve import Resolution
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Target, Text
from geoapp.model.region import Adcode
from geoapp.model.view import Lang, Measure

POINTS: Mapping[str, str] = {"zh": "个百分点", "en": "percentage points"}
"""What two per cents differ by, as units are called in each language (``layers/vocabulary.csv``)."""
RELATIVE = "%"
SHARE = Phrase("与计划的差距占计划值")
"""Amounts are never fills: their gap is drawn as a share of what was planned."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A region's answer, what its results say, and the answer that is drawn.

    Attributes:
        pair: what the answer is the difference of, in a view that compares.
    """

    answer: Resolution
    progress: Progress | None
    drawn: Resolution
    pair: Pair | None = None


def measured_indicator(indicator: Indicator, measure: Measure, lang: Lang) -> Indicator:
    """Return an indicator as its measure is drawn: with its own title and unit, in the colours of a difference."""
    if measure == "target":
        return indicator
    words = MEASURES[measure]
    zh, en = words.say("zh"), words.say("en")
    if measure == "achieved":
        title = Text(zh=f"{indicator.title.zh}（{zh}）", en=f"{indicator.title.en} ({en.lower()})")
        return replace(indicator, title=title)
    unit = gap_unit(indicator, lang) if measure == "gap" else ""
    if measure == "gap" and indicator.draw == "symbol":
        zh, en = SHARE.say("zh"), SHARE.say("en")
    title = Text(zh=zh, en=en)
    return replace(indicator, title=title, unit=unit, sector="energy", kind="change", better="up", draw="fill")


def points_in(lang: str) -> str:
    """Return what percentage points are called in a language."""
    return POINTS["en" if lang == "en" else "zh"]


def gap_unit(indicator: Indicator, lang: str) -> str:
    """Return the unit in which a gap or a difference is drawn: between two per cents it is percentage points."""
    if indicator.draw == "symbol":
        return RELATIVE
    return points_in(lang) if indicator.unit == "%" else indicator.unit


class Measurer:
    """Turns answers into what a view of a measure draws of them."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._known: dict[tuple[str, Adcode, Measure, Lang], Resolution] = {}

    def measured(self, answer: Resolution, measure: Measure, lang: Lang) -> Measured:
        """Return what is drawn of a region. What a parent lends keeps its look and has no number."""
        if measure == "target":
            return Measured(answer, None, answer)
        progress = self._tracker.of(answer)
        if progress is None:
            return Measured(answer, None, replace(answer, number=None))
        return self.of_progress(answer, progress, measure, lang)

    def of_progress(
        self, answer: Resolution, progress: Progress, measure: Measure, lang: Lang, *, kept: bool = True
    ) -> Measured:
        """Return what is drawn of a region whose progress is known.

        Args:
            kept: false for a reader's own results, which are nobody else's.
        """
        if not kept:
            return Measured(answer, progress, self._drawn(answer, progress, measure, lang))
        key = progress.target.id, answer.region.adcode, measure, lang
        if key not in self._known:
            self._known[key] = self._drawn(answer, progress, measure, lang)
        return Measured(answer, progress, self._known[key])

    @staticmethod
    def _drawn(answer: Resolution, progress: Progress, measure: Measure, lang: Lang) -> Resolution:
        number = _number(progress, answer.indicator, measure)
        indicator = measured_indicator(answer.indicator, measure, lang)
        target = _as_goal(progress, number, indicator, measure, lang)
        return replace(answer, number=number, target=target, alternatives=())


def _number(progress: Progress, indicator: Indicator, measure: Measure) -> float | None:
    verdict = progress.verdict
    if measure == "achieved":
        return verdict.achieved
    if measure == "status" or verdict.gap is None:
        return None
    if indicator.draw != "symbol":
        return verdict.gap
    return clean(100 * verdict.gap / abs(verdict.expected)) if verdict.expected else None


def _as_goal(progress: Progress, number: float | None, indicator: Indicator, measure: Measure, lang: Lang) -> Target:
    """Return a measure in the form of a goal: an exact number, or the word of its status."""
    rounded = None if number is None else float(f"{number:.4g}") if abs(number) < 1e4 else round(number, 1)
    return replace(
        progress.target,
        value=rounded,
        value_text=PROGRESS_WORDS[progress.verdict.status].say(lang) if measure == "status" else "",
        unit=indicator.unit,
        comparator="eq",
        direction="reach",
        indicator_name=indicator.title.zh,
    )
