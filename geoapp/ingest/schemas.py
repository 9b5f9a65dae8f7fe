"""The columns of every file in ``layers/``: one model per table, closed lists as types."""

from typing import Annotated

from pydantic import Field

from geoapp.ingest.tables import YEAR, Choices, Number, OrNone, Row, Words
from geoapp.model.vocabulary import (
    Aggregate,
    Better,
    Comparator,
    Direction,
    Draw,
    Kind,
    Nature,
    Precision,
    ProjectNature,
    ProjectStatus,
    ProjectType,
    Sector,
    Tier,
)

Filled = Annotated[str, Field(min_length=1)]
Year = Annotated[int, YEAR, Field(ge=1990, le=2100)]
YesNo = Annotated[str, Field(pattern="^(yes|no)$")]


class IndicatorRow(Row):
    """``layers/indicators.csv``: the vocabulary of what plans set and report."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title_zh: Filled
    title_en: Filled
    definition_zh: Filled
    definition_en: Filled
    unit: str
    sector: Sector
    kind: Kind
    better: Better
    aggregate: Aggregate
    inherit: YesNo
    draw: Draw


class IndicatorTermRow(Row):
    """``layers/indicator_terms.csv``: another name of an indicator, as documents print it.

    ``…`` in a term stands for a few words. ``unit`` lists the units the term may carry (``全``: the
    share may be worded as "all"); words of ``needs`` and ``without`` are parted by ``|``.
    """

    indicator: Filled
    term: Filled
    unit: Words
    needs: Choices
    without: Choices


class TermRow(Row):
    """``layers/vocabulary.csv``: programmes, caveats and the words of the closed lists."""

    kind: Annotated[str, Field(pattern="^(programme|caveat|project_nature|project_type|project_status|sector|unit)$")]
    id: Filled
    zh: Filled
    en: Filled


class UnitRow(Row):
    """``layers/units.csv``: what one printed unit is in the normal one, and who says so."""

    unit: Filled
    si_unit: Filled
    factor: Annotated[float, Field(gt=0)]
    source: Filled


class PlaceRow(Row):
    """``layers/places.csv``: points better known than their county, each with its source."""

    name: Filled
    adcode: Annotated[str, Field(pattern=r"^\d{6}$")]
    lon: Annotated[Number, Field(ge=73, le=136)]
    lat: Annotated[Number, Field(ge=3, le=54)]
    precision: Precision
    source: Filled


class TargetRow(Row):
    """``targets.csv`` of a plan: one printed goal a row."""

    id: Filled
    name_in_source: Filled
    indicator: Filled
    value: Annotated[Number | None, OrNone]
    value_text: Filled
    unit: str
    comparator: Comparator
    direction: Direction
    base_year: Annotated[Year | None, OrNone]
    target_year: Year
    nature: Annotated[Nature | None, OrNone]
    tier: Annotated[Tier | None, OrNone]
    sector: Sector
    section: Filled
    caveats: Words


class StatisticRow(Row):
    """``statistics.csv`` of a plan: one printed figure of a past year a row."""

    id: Filled
    name_in_source: Filled
    indicator: Filled
    year: Year
    value: Annotated[Number | None, OrNone]
    value_text: Filled
    unit: str
    section: Filled
    caveats: Words
    base_year: Annotated[Year | None, OrNone] = None


class ParkRow(Row):
    """``parks.csv`` of a plan: one named park a row, with all its programmes."""

    id: Filled
    name: Filled
    programmes: Words
    name_in_source: Filled
    section: Filled
    caveats: Words


class ProjectRow(Row):
    """``projects.csv`` of a plan: one named project and region a row."""

    id: Filled
    name: Filled
    nature: ProjectNature
    type: ProjectType
    name_in_source: Filled
    capacity: Annotated[Number | None, OrNone]
    capacity_unit: str
    status: ProjectStatus
    status_text: str
    section: Filled
    caveats: Words


class TracingRow(Row):
    """``tracing.csv`` of a plan (may be absent): a park or project whose name is printed in another form."""

    id: Filled
    printed: Filled
