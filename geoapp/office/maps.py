"""The maps of a briefing: each drawn at the very size it is placed, its type chosen for that size."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.errors import InvalidView
from geoapp.office.own_templates.files import NO_TEMPLATES, Templates
from geoapp.sheets.paper import Sheet

Draw = Callable[[ResolvedView, Sheet], bytes]
"""Draws what a view shows on a sheet, with the scale it shares with the other maps of the briefing."""
DPI = 220
"""Word and PowerPoint keep 220 dots per inch when they save for print; more would be thrown away."""
SMALLER = 0.75
"""Type of the last resort, against paper: for a province by county with a long legend and a key beside it."""
POINTS = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What the operator prints on every briefing.

    Attributes:
        maker: who made it; a request may name another one.
        review_no: the 审图号, if there is one.
        base: the public address of the atlas, such as http://atlas.example.cn; figures then lead back to it.
        templates: the operator's own, which documents and slides begin from.
        documents: the address under which this server shows the text of a plan's document, by plan.
    """

    maker: str = ""
    review_no: str = ""
    base: str = ""
    templates: Templates = NO_TEMPLATES
    documents: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A map as PNG, and its size on paper in millimetres."""

    png: bytes
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Maps:
    """Draws the maps of one briefing, without title and sources: the document says those natively."""

    draw: Draw
    imprint: Imprint
    date: str

    def first(self, resolved: ResolvedView, sizes: Iterable[tuple[float, float]], *enlarged: float) -> Picture:
        """Return the map of a view at the first of some sizes that has room for its labels and legend.

        Args:
            sizes: width and height in millimetres, the wanted one first.
            enlarged: how many times larger than on paper type is to be, for a slide read from afar, the wanted one
                first; where that leaves no room, type keeps the size it has on paper, then a smaller one.
        Where none has room, the last leaves out what it must.
        """
        told = list(sizes)
        tries = [(size, factor) for factor in dict.fromkeys((*enlarged, 1.0, SMALLER)) for size in told]
        for size, factor in tries:
            try:
                return self._draw(resolved, size, factor)
            except InvalidView:
                continue
        return self._draw(resolved, *tries[-1], cut=True)

    def _draw(self, resolved: ResolvedView, size: tuple[float, float], factor: float, *, cut: bool = False) -> Picture:
        sheet = Sheet(
            width=size[0] * POINTS / factor,
            height=size[1] * POINTS / factor,
            dpi=round(DPI * factor),
            maker=self.imprint.maker,
            review_no=self.imprint.review_no,
            date=self.date,
            bare=True,
            cut=cut,
        )
        return Picture(png=self.draw(resolved, sheet), width=size[0], height=size[1])
