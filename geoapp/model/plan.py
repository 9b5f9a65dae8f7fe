"""Plans and what they print: targets, statistics, parks, projects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geoapp.model.region import Adcode, Level
from geoapp.model.vocabulary import (
    Aggregate,
    Better,
    Comparator,
    Direction,
    Draw,
    Extent,
    Kind,
    Nature,
    PlanKind,
    Precision,
    ProjectNature,
    ProjectStatus,
    ProjectType,
    Sector,
    Tier,
)

CUTS = ("降低", "下降", "减排量", "淘汰", "压减", "削减")
"""Words by which the name of an indicator says that its number is a cut: the larger, the less is left."""
SIGNED = ("变化", "增长")
"""Words by which a name says that its number has a sign, whatever else it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A title in both languages of the atlas."""

    zh: str
    en: str

    def get(self, lang: str) -> str:
        """Return the text in ``lang`` (``zh`` or ``en``)."""
        return self.en if lang == "en" else self.zh


EACH: Mapping[str, Level] = {
    "applies_to_each_prefecture": Level.PREFECTURE,
    "applies_to_each_county": Level.COUNTY,
}
"""Caveats of a goal that a document sets for each division of a level, not for its region as a whole."""
LESS = "less_than_region"
"""Caveat of a figure whose printed name is less than the division it stands on: 伊犁州直."""


def says_cut(name: str) -> bool:
    """Say whether the Chinese name of an indicator says a cut: 降低率 is one, 变化率 is signed."""
    return any(word in name for word in CUTS) and not any(word in name for word in SIGNED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where numbers come from that no plan prints: a raster under the plans, or the sun's geometry.

    Attributes:
        id: ``raster:<id>`` or ``sun``.
        statistic: how a region's one number is made: the mean over its area, the value at its middle.
        cited: title, date, who it is owed to, licence and hash: enough to check a number.
        date: what time the values stand for, as the source words it.
        caveat: what the numbers are not; said wherever they are shown.
        url: the page that describes the source.
    """

    id: str
    title: Text
    statistic: Text
    cited: Text
    date: Text
    caveat: Text
    url: str

    @property
    def citation(self) -> Text:
        """How the source is cited where room is short: its title, its date and what it is not."""
        return Text(
            zh=f"{self.title.zh}（{self.date.zh}）；{self.caveat.zh}",
            en=f"{self.title.en} ({self.date.en}); {self.caveat.en}",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpublished:
    """An annex the document names but does not publish.

    Attributes:
        level: divisions whose targets stand in it.
        indicators: ids of the indicators it sets.
    """

    section: str
    title: str
    level: Level
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One published document and the region it binds.

    Attributes:
        place_en: what English readers call the region, for places with little room: ``Ordos``.
        published: the day, or the first day of the year where only the year is known
            (``published_day_known`` is false then, and only the year is printed); None where nobody saw a date.
        extent: ``part`` for a document of which only a part was seen (a page that shows its beginning): what
            is not here may still stand in it.
        document_url: the document's official address, where the plan's file gives one.
        kind: ``results`` for a bulletin or an assessment: it reports and sets nothing.
    """

    id: str
    region: Adcode
    place_en: str
    title: Text
    short_title: Text
    document_no: str
    issuer: Text
    published: date | None
    start_year: int
    end_year: int
    base_year: int
    source_file: str
    headings: dict[str, str]
    unpublished: tuple[Unpublished, ...] = ()
    published_day_known: bool = True
    document_url: str = ""
    extent: Extent = "whole"
    kind: PlanKind = "plan"

    @property
    def published_printed(self) -> str:
        """The date as it is printed: ``2022-11-29``, or ``2023`` where only the year is known; empty where none is."""
        if self.published is None:
            return ""
        return self.published.isoformat() if self.published_day_known else str(self.published.year)

    @property
    def citation(self) -> str:
        """How the document is cited: its number when it has one, else its date."""
        return f"《{self.title.zh}》" + (f"（{self.mark}）" if self.mark else "")

    @property
    def mark(self) -> str:
        """What tells the document from others of its title: its number, else its date; empty where neither is known."""
        return self.document_no or self.published_printed

    def cite(self, lang: str) -> str:
        """Return the citation in a language; the number stays as printed, for it is what finds the document."""
        return self.title.en + (f" ({self.mark})" if self.mark else "") if lang == "en" else self.citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One thing that plans set or report. Tier and base year belong to the target.

    Attributes:
        origin: where the numbers come from when no plan sets them; None for what plans set.
        also: other names that documents print (能耗强度 for 单位GDP能耗), by which it is found.
        compared: its numbers are the differences of two years or tiers.
        reported: its numbers are published figures of a year for which no plan sets a goal: never called targets.
    """

    id: str
    title: Text
    definition: Text
    unit: str
    sector: Sector
    kind: Kind
    better: Better
    aggregate: Aggregate
    inherit: bool
    draw: Draw
    derived: bool = False
    origin: Origin | None = None
    also: tuple[str, ...] = ()
    reported: bool = False
    compared: bool = False

    @property
    def is_cut(self) -> bool:
        """Say whether the indicator's name says a cut, so that its numbers carry no minus."""
        return says_cut(self.title.zh)

    @property
    def counted(self) -> bool:
        """Say whether the atlas counts what documents name: such a number has neither tier nor target."""
        return self.derived and self.kind == "count"

    @property
    def goalless(self) -> bool:
        """Say whether its numbers are nobody's goals: counted, reported, compared, of the ground or of a reader."""
        return self.counted or self.reported or self.compared or self.origin is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One printed goal; also the form of a value that the atlas computes (then ``plan`` may be empty).

    Attributes:
        value: the number, a cut as a positive magnitude; None for grades, words and ``/``.
        value_text: the value exactly as printed.
        section: heading path in the document, enough to find it within a minute.
    """

    id: str
    plan: str
    adcode: Adcode
    region_name: str
    region_name_en: str = ""
    name_in_source: str
    indicator: str
    indicator_name: str
    value: float | None
    value_text: str
    unit: str
    comparator: Comparator
    direction: Direction
    base_year: int | None
    target_year: int
    nature: Nature | None
    tier: Tier | None
    sector: Sector
    section: str
    caveats: tuple[str, ...]

    @property
    def is_cut(self) -> bool:
        """Say whether the indicator's name says a cut, so that its numbers carry no minus."""
        return says_cut(self.indicator_name)

    @property
    def each(self) -> Level | None:
        """Return the level for each of whose divisions the document sets the goal; None for one region's goal."""
        return next((level for caveat, level in EACH.items() if caveat in self.caveats), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic:
    """One printed figure of a past year.

    Attributes:
        base_year: of a figure that counts from one (能耗强度较2020年下降8%); None where it does not, or is not printed.
    """

    id: str
    plan: str
    adcode: Adcode
    region_name: str
    region_name_en: str = ""
    name_in_source: str
    indicator: str
    indicator_name: str
    year: int
    base_year: int | None = None
    value: float | None
    value_text: str
    unit: str
    section: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Park:
    """A named park and every programme it takes part in.

    Attributes:
        lon: degrees east; a real place only when ``precision`` is ``site`` or ``town``,
            else the label point of the region (never to be read as a site).
        place_source: where the coordinates come from.
    """

    id: str
    plan: str
    name: str
    programmes: tuple[str, ...]
    adcode: Adcode
    region_name: str
    region_name_en: str = ""
    name_in_source: str
    precision: Precision
    lon: float
    lat: float
    place_source: str
    section: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A named project, pilot, base, station or work. Coordinates as for :class:`Park`."""

    id: str
    plan: str
    name: str
    nature: ProjectNature
    type: ProjectType
    adcode: Adcode
    region_name: str
    region_name_en: str = ""
    name_in_source: str
    capacity: float | None
    capacity_unit: str
    status: ProjectStatus
    status_text: str
    precision: Precision
    lon: float
    lat: float
    place_source: str
    section: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A printed unit: one of it is ``factor`` of ``si_unit``, by the authority of ``source``."""

    unit: str
    si_unit: str
    factor: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of a closed list people may extend in ``layers/vocabulary.csv``."""

    kind: str
    id: str
    title: Text
