"""The vocabulary a draft is written in: ``indicators.csv`` and the terms that documents use for it."""

from pathlib import Path

from geoapp.drafting.language.terms import TermBook
from geoapp.errors import InvalidData
from geoapp.ingest.layers import indicator_of
from geoapp.ingest.schemas import IndicatorRow, IndicatorTermRow, PlaceRow
from geoapp.ingest.tables import read_table


def read_points(layers: Path) -> list[PlaceRow]:
    """Read the parks and works whose division is known from ``places.csv``.

    Raises:
        InvalidData: with every fault of the file.
    """
    rows, issues = read_table(layers / "places.csv", PlaceRow)
    if issues:
        raise InvalidData(layers / "places.csv", issues)
    return [row for _, row in rows]


def read_terms(layers: Path) -> TermBook:
    """Read indicators and their terms.

    Raises:
        InvalidData: with every fault of both files.
    """
    indicators, issues = read_table(layers / "indicators.csv", IndicatorRow)
    terms, faults = read_table(layers / "indicator_terms.csv", IndicatorTermRow)
    if issues or faults:
        raise InvalidData(layers, [*issues, *faults])
    known = {row.id: indicator_of(row) for _, row in indicators}
    return TermBook((row for _, row in terms if row.indicator in known), known)
