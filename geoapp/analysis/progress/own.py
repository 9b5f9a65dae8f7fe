"""A reader's own numbers as results: ``results=table:<id>:<column>.2024``, a column and the year it is a result of."""

from geoapp.model.plan import Indicator, Statistic, Target
from geoapp.model.zonal import ZonalValue


def split_results(text: str) -> tuple[str, int]:
    """Return the id of the column and the year it is a result of."""
    column, _, year = text.rpartition(".")
    return column, int(year)


def own_result(
    target: Target, goal_unit: str, base_year: int | None, column: Indicator, found: ZonalValue, year: int, lang: str
) -> Statistic:
    """Return a reader's number as a published figure would be: of the goal's region, counting from the goal's base.

    A column without a unit is in the indicator's, since the reader says that it is a result of it; one with a unit
    is held to it. No document prints the number: ``plan`` is empty, and ``section`` says whose it is.
    """
    assert column.origin is not None, "a column of a table has the reader as its origin"
    return Statistic(
        id="",
        plan="",
        adcode=target.adcode,
        region_name=target.region_name,
        region_name_en=target.region_name_en,
        name_in_source=target.name_in_source,
        indicator=target.indicator,
        indicator_name=target.indicator_name,
        year=year,
        base_year=base_year,
        value=found.value,
        value_text=found.text,
        unit=column.unit or goal_unit,
        section=column.origin.cited.get(lang),
        caveats=(),
    )
