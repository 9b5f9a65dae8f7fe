"""Two views on one sheet: two years, tiers or regions beside each other, with one legend for both."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geoapp.analysis.resolved_view import ResolvedView
from geoapp.analysis.side_by_side import kind_of
from geoapp.analysis.titles import period
from geoapp.model.phrase import Phrase
from geoapp.portrayal import style
from geoapp.portrayal.alt_text import alt_text
from geoapp.portrayal.cards import TIER_WORDS
from geoapp.portrayal.style import MARKS, Style
from geoapp.sheets.fonts import wrap
from geoapp.sheets.paper import Sheet
from geoapp.sheets.scene import legend
from geoapp.sheets.scene.compose import GUTTER, Composer, page_of
from geoapp.sheets.scene.furniture import marginalia
from geoapp.sheets.scene.primitives import Box, Group, Image, Path, Scene, Text

LEGEND_SHARE = 0.9
BETWEEN = 22.0
"""Design pixels between the two maps."""
CAPTION, UNDER = 20.0, 15.0
"""Design pixels of what stands over each map."""
BOTH = Phrase("{subject}：{first}与{second}")
APART = Phrase("{first}；{second}")


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """Composes sheets of several views; those of one indicator come with the scale they share."""

    composer: Composer

    def compose(self, resolved: Sequence[ResolvedView], sheet: Sheet) -> Scene:
        """Return the scene of two views on a sheet, beside each other where it lies and below each other where not.

        Views of one indicator have one legend beside them, without counts; of two, each map has its own on it.

        Raises:
            InvalidView: the sheet is too small for the legend or the labels.
            MissingGlyph: a text has a character the font lacks.
        """
        scale, lang = Style.of(sheet.width, sheet.height), resolved[0].view.lang
        page = page_of(sheet, scale)
        title = sheet.title or title_of(resolved).say(lang)
        head = marginalia.heading(title, "", page, scale)
        foot, bottom = marginalia.footer(self.composer.footnotes(resolved, sheet), page, scale)
        room = Box(page.x0, head.bottom, page.x1, bottom)
        groups: list[Group] = []
        one = len({kind_of(each) for each in resolved}) == 1
        if one:
            plate = self._legend(resolved, scale, LEGEND_SHARE * room.height)
            box = Box(room.x1 - plate.width, room.y0, room.x1, room.y0 + plate.height)
            room = Box(room.x0, room.y0, box.x0 - scale.px(GUTTER), room.y1)
            groups.append(plate.draw(box))
        lay = self.composer.without_legend if one else self.composer.with_legend
        cells = _cells(room, len(resolved), scale, stacked=sheet.height > sheet.width)
        for number, (each, box) in enumerate(zip(resolved, cells, strict=True), start=1):
            caption, below = _caption(each, box, scale)
            laid = lay(each, Box(box.x0, below, box.x1, box.y1), scale)
            drawn = [*self.composer.groups(laid, sheet), caption]
            groups += drawn if number == 1 else [_numbered(group, number) for group in drawn]
        return Scene(
            width=sheet.width,
            height=sheet.height,
            title=title,
            description=MARKS[lang][2].join(alt_text(each) for each in resolved),
            groups=(*groups, head.group, foot),
        )

    def _legend(self, resolved: Sequence[ResolvedView], scale: Style, most: float) -> legend.Plate:
        """Return the legend of all that is on the maps; how many areas have a class differs from map to map."""
        parks = {each.id: each for view in resolved for each in view.parks}
        projects = {each.id: each for view in resolved for each in view.projects}
        together = replace(
            resolved[0],
            areas=tuple(area for each in resolved for area in each.areas),
            parks=tuple(parks.values()),
            projects=tuple(projects.values()),
        )
        return self.composer.legend_of(together, scale, most).uncounted()


def _numbered(group: Group, number: int) -> Group:
    """Return what is drawn of a further map under ids of its own."""
    items = [
        replace(item, id=f"{item.id}-{number}") if isinstance(item, Path | Image) and item.id else item
        for item in group.items
    ]
    return Group(f"{group.id}-{number}", items)


def title_of(resolved: Sequence[ResolvedView]) -> Phrase:
    """Return what the sheet is called: what both show, and in what they differ."""
    one, two = resolved[0], resolved[1]
    lang = one.view.lang
    if kind_of(one) != kind_of(two):
        return Phrase(APART.text, {"first": one.title, "second": two.title})
    subject = one.indicator.title.get(lang)
    if one.region.adcode != two.region.adcode:
        return Phrase(BOTH.text, {"subject": subject, "first": one.region.name, "second": two.region.name})
    told = f"{one.region.name}{' ' if lang == 'en' else ''}{subject}"
    if one.view.year != two.view.year and one.view.year and two.view.year:
        first, second = period(one.view.year), period(two.view.year)
    else:
        first, second = TIER_WORDS[one.view.tier], TIER_WORDS[two.view.tier]
    return Phrase(BOTH.text, {"subject": told, "first": first, "second": second})


def _cells(room: Box, count: int, scale: Style, *, stacked: bool) -> list[Box]:
    """Cut the room into equal parts."""
    between = scale.px(BETWEEN)
    if stacked:
        high = (room.height - (count - 1) * between) / count
        tops = [room.y0 + number * (high + between) for number in range(count)]
        return [Box(room.x0, top, room.x1, top + high) for top in tops]
    wide = (room.width - (count - 1) * between) / count
    lefts = [room.x0 + number * (wide + between) for number in range(count)]
    return [Box(left, room.y0, left + wide, room.y1) for left in lefts]


def _caption(resolved: ResolvedView, box: Box, scale: Style) -> tuple[Group, float]:
    """Say over a map what it shows; return where the map may begin."""
    lang = resolved.view.lang
    group, y = Group("caption"), box.y0
    for text, pixels, bold in ((resolved.title.say(lang), CAPTION, True), (resolved.subtitle.say(lang), UNDER, False)):
        size = scale.type(pixels)
        for line in wrap(text, box.width, size, bold=bold):
            y += size * 1.1
            group.add(Text(box.x0, y, line, size, style.INK if bold else style.SOFT, bold=bold))
            y += size * 0.25
    return group, y + scale.px(6)
