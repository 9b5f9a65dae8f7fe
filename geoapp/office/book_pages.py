"""Which regions get a page in a map book."""

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import Issue
from geoapp.model.region import Adcode, Level, Region
from geoapp.model.view import View

MOST_PAGES = 200
"""A book of so many pages takes half a minute to write."""
LEVELS = {str(level): level for level in Level if level is not Level.NATION}


def pages_of(text: str, view: View, gazetteer: Gazetteer, issues: list[Issue]) -> tuple[Adcode, ...]:
    """Read ``book=``: ``1`` for the counties of the view's prefecture, a level, or codes of regions inside the view.

    What cannot be used is added to ``issues``.
    """
    region = gazetteer[view.region]
    if text == "1" and Level.PREFECTURE not in region.levels:
        problem = f"book=1 has a page for each county of one prefecture, and {region.name} is none"
        issues.append(Issue("book", problem, "name the level, such as book=county, or the regions by their codes"))
        return ()
    level = Level.COUNTY if text == "1" else LEVELS.get(text)
    codes = _at(level, region, gazetteer, issues) if level else _named(text, region, gazetteer, issues)
    if len(codes) > MOST_PAGES:
        problem = f"{len(codes)} regions are too many for one book; {MOST_PAGES} are the most"
        issues.append(Issue("book", problem, "take a smaller region, a higher level, or some regions by their codes"))
    return tuple(codes)


def _at(level: Level, region: Region, gazetteer: Gazetteer, issues: list[Issue]) -> list[Adcode]:
    codes = [each.adcode for each in gazetteer.at_level(region.adcode, level)]
    if not codes:
        issues.append(Issue("book", f"{region.name} has no divisions at level {level}", "take a lower level"))
    return codes


def _named(text: str, region: Region, gazetteer: Gazetteer, issues: list[Issue]) -> list[Adcode]:
    """Read codes, each once, in the order given."""
    codes: dict[Adcode, None] = {}
    for word in text.split(","):
        code = gazetteer.successor(word) or Adcode(word)
        if code not in gazetteer:
            known = ", ".join(LEVELS)
            problem = f"{word[:40]!r} is neither a level nor the code of a division"
            issues.append(Issue("book", problem, f"use 1, {known}, or codes such as 150602,150621"))
        elif code == region.adcode or not gazetteer.is_within(code, region.adcode):
            problem = f"{gazetteer[code].name} is not inside {region.name}"
            issues.append(Issue("book", problem, "the pages of a book show parts of its view's region"))
        else:
            codes[code] = None
    return list(codes)
