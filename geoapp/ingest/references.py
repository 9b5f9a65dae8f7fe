"""References to nothing: what files name and no other file has."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import Issue
from geoapp.ingest.packs import Pack
from geoapp.ingest.schemas import IndicatorRow, PlaceRow, TermRow


def units_of_indicators(
    path: Path, indicators: Sequence[tuple[int, IndicatorRow]], terms: Sequence[tuple[int, TermRow]]
) -> Iterator[Issue]:
    """Yield the indicators whose unit the vocabulary does not have."""
    units = {row.id for _, row in terms if row.kind == "unit"}
    for number, row in indicators:
        if row.unit and row.unit not in units:
            problem = f"{row.unit!r} is not a unit of layers/vocabulary.csv"
            yield Issue(
                f"{path} row {number}, column unit", problem, _near(row.unit, units, "add it there if it is right")
            )


def unpublished_indicators(packs: Iterable[Pack], known: set[str]) -> Iterator[Issue]:
    """Yield the indicators that a plan says are not published and that do not exist."""
    for pack in packs:
        for place, part in enumerate(pack.plan.unpublished):
            for identifier in part.indicators:
                if identifier not in known:
                    where = f"{pack.folder}/plan.toml unpublished.{place}.indicators"
                    problem = f"{identifier!r} is not in layers/indicators.csv"
                    yield Issue(where, problem, _near(identifier, known, "add it there if new"))


def unused_places(path: Path, places: Iterable[tuple[int, PlaceRow]], packs: Iterable[Pack]) -> Iterator[Issue]:
    """Yield the places at which no park and no project of this name stands."""
    names = set()
    for pack in packs:
        names |= {row.name for _, row in pack.parks} | {row.name for _, row in pack.projects}
    for number, row in places:
        if row.name not in names:
            problem = f"no park and no project is called {row.name!r}"
            yield Issue(f"{path} row {number}, column name", problem, _near(row.name, names, "remove the row"))


def _near(text: str, known: Iterable[str], otherwise: str) -> str:
    close = get_close_matches(text, sorted(known), n=1)
    return f"did you mean {close[0]}? or {otherwise}" if close else otherwise


def code_hint(code: str, texts: str, gazetteer: Gazetteer) -> str:
    """Return how to mend a code that no division has: the longest name in ``texts``, else the nearest code."""
    named = [each for each in gazetteer.regions.values() if each.name in texts]
    if named:
        meant = max(named, key=lambda each: (len(each.name), -len(each.levels), each.adcode))
    else:
        close = get_close_matches(code, sorted(gazetteer.regions), n=1)
        if not close:
            return "correct the code"
        meant = gazetteer[close[0]]
    return f"did you mean {meant.adcode} ({meant.name})? or correct the code"
