"""What a sheet leaves out when it cannot hold everything: by rule, in this order, and said on the sheet.

Names first (an area without room for its name and value goes without), then the details of the sources (documents
are counted, not cited), then rows of the legend. So no view is too full for a sheet of an allowed size.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Plan
from geoapp.portrayal.style import MARKS

MOST_NAMES = 160
"""Areas with a value that still get callouts and numbers: the counties of the largest province but a few."""
MOST_CITED = 8
"""Documents cited one by one below a map."""
NAMES = Phrase("地名和数值只注在放得下的地方，全部见附表。")
CITED = Phrase("资料来源：{sources}")
COUNTED = Phrase("资料来源：{count} 份规划文件，清单见本视图的 Excel 文件（“说明”页）和 /view.json")


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """What a sheet goes without.

    Attributes:
        names: names and values of areas that have no room for them inside.
        sources: the titles of the documents.
        rows: lines of the legend that do not fit; how many is said.
    """

    names: bool = False
    sources: bool = False
    rows: bool = False


EVERYTHING = LeaveOut()
"""Nothing is left out."""
ORDER = (EVERYTHING, LeaveOut(names=True), LeaveOut(names=True, sources=True), LeaveOut(True, True, True))


def tries(resolved: ResolvedView) -> Iterator[LeaveOut]:
    """Yield what may be left out, the least first; what surely finds no room is not tried."""
    full = sum(area.resolution.status == "own" for area in resolved.areas) > MOST_NAMES
    yield from ORDER[1:] if full and resolved.indicator.origin is None else ORDER


def sources_line(plans: Sequence[Plan], lang: str, out: LeaveOut) -> list[str]:
    """Return the line that names the documents of a view, or counts them; nothing for none."""
    if not plans:
        return []
    if out.sources or len(plans) > MOST_CITED:
        return [Phrase(COUNTED.text, {"count": len(plans)}).say(lang)]
    return [Phrase(CITED.text, {"sources": MARKS[lang][1].join(plan.cite(lang) for plan in plans)}).say(lang)]
