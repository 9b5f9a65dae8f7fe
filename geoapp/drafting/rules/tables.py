"""Tables become rows: a line for each indicator with years beside it, or a line for each division."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from geoapp.drafting.language.figures import Figure, figures, fold
from geoapp.drafting.reading.document import Block, Cell
from geoapp.drafting.rows import Row, number
from geoapp.drafting.rules.columns import NATURES, UNIT_IN_HEAD, WHOLE, Column, Shape, shape_of
from geoapp.drafting.rules.context import Context
from geoapp.drafting.rules.goals import propose, statistic, target
from geoapp.drafting.rules.project_tables import is_project_table

NUMBER = re.compile(r"^(?P<open>[\[（(])?(?P<sign>[-−—–+])?\s*(?P<bound>[≥≤<>])?\s*(?P<number>\d[\d,]*(?:\.\d+)?)")
NOTE_UPPER = re.compile(r"部分指标采用.{0,6}(?:目标|指标)值")
DASH = re.compile(r"^[-—–−]+$")
TIERS = (("激励", "incentive"), ("基本", "basic"))
TWO = re.compile(r"^(\d+(?:\.\d+)?)/(\d+(?:\.\d+)?)$")
LABEL_UNIT = re.compile(r"[（(]([^（()）]{1,14})[)）]$")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cell's row belongs: the printed region, the section, the context for terms, its row of the table."""

    region: str
    section: str
    around: str
    nature: str = ""


def table_rows(context: Context) -> Iterator[Row]:
    """Yield the rows of all tables."""
    blocks = context.document.blocks
    for at, block in enumerate(blocks):
        if block.kind == "table" and len(block.rows) > 1 and not is_project_table(block):
            yield from _table(context, block, blocks[max(0, at - 2) : at], blocks[at + 1 : at + 4])


def _table(context: Context, block: Block, before: Sequence[Block], after: Sequence[Block]) -> Iterator[Row]:
    shape = shape_of(context, block, [b for b in before if b.kind == "paragraph"])
    section = context.outline.paths.get(block.number, "")
    if not section or not shape.all("value", "change"):
        return
    rows = _by_region(context, block, shape, section) if shape.first("region") is not None else None
    if rows is None:
        rows = _by_indicator(context, block, shape, section)
    upper = any(NOTE_UPPER.search(b.text) for b in after)
    for row in rows:
        if upper and row.table == "targets":
            row.add_caveat("may_be_upper_level")
        yield row


def _by_region(context: Context, block: Block, shape: Shape, section: str) -> Iterator[Row]:
    """Yield the rows of a table with a line for each division and a column for each goal."""
    regions = shape.first("region")
    assert regions is not None  # the caller looked
    for cells in block.rows[shape.head_rows :]:
        name = cells[regions].text
        region = context.places.whole if name in WHOLE and name not in (context.places.whole,) else name
        for at in shape.all("value", "change"):
            column = shape.columns[at]
            units = _head_units(column, shape)
            label = _without_unit(column.head)
            place = Place(region, section, f"{shape.caption} {column.head}")
            yield from _value(context, cells[at], replace(column, role="value"), label, units, place, "table-region")


def _by_indicator(context: Context, block: Block, shape: Shape, section: str) -> Iterator[Row]:
    """Yield the rows of a table with a line for each indicator; a line with a name only heads a group."""
    label_at, unit_at, serial, nature = (shape.first(role) for role in ("label", "unit", "serial", "nature"))
    if label_at is None:
        return
    group = ""
    base = next(
        (c.year for c in shape.columns if c.role == "value" and c.year and c.year < context.page.start_year), None
    )
    for cells in block.rows[shape.head_rows :]:
        label = cells[label_at].text
        values = shape.all("value", "change")
        if not any(cells[at].text for at in values) or len({cell.text for cell in cells}) == 1:
            group = label
            continue
        where = section
        if serial is not None and cells[serial].text.isdigit() and section.startswith("附件") and " " not in section:
            where = f"{section} #{cells[serial].text}"
        units = [cells[unit_at].text] if unit_at is not None else _label_units(label, shape)
        units = [unit if not DASH.match(unit) else "" for unit in units]
        kind = NATURES.get(cells[nature].text, "") if nature is not None else ""
        place = Place(context.places.whole, where, f"{shape.caption} {group}", kind)
        for at in values:
            for row in _value(context, cells[at], shape.columns[at], label, units, place, "table"):
                if row.table == "targets" and base and row.fields["base_year"] and "base_year_implied" in row.caveats:
                    _set_base(row, base, shape.columns[at])
                yield row


def _set_base(row: Row, base: int, column: Column) -> None:
    """A change beside a printed base-year column is measured from it."""
    if column.role == "change":
        row.fields["base_year"] = str(base)
        row.fields["caveats"] = ";".join(c for c in row.caveats if c != "base_year_implied")


def _head_units(column: Column, shape: Shape) -> list[str]:
    found = UNIT_IN_HEAD.search(fold(column.head))
    return [found[1]] if found else shape.caption_units or [""]


def _label_units(label: str, shape: Shape) -> list[str]:
    found = LABEL_UNIT.search(label)
    return [found[1]] if found else shape.caption_units or [""]


def _without_unit(head: str) -> str:
    return UNIT_IN_HEAD.sub("", fold(head))


def _value(
    context: Context, cell: Cell, column: Column, label: str, units: Sequence[str], place: Place, rule: str
) -> Iterator[Row]:
    """Yield the rows of one cell: mostly one, two for 33.2/9.07, none for an empty one or a dash."""
    if not cell.text or DASH.match(cell.text):
        return
    two = TWO.match(cell.text)
    for at, figure in enumerate(_figures(cell.text, units[0])):
        found = _indicators(context, column, label, units, figure, place)
        chosen = found[at : at + 1] if two else found
        for indicator, unit, change in chosen:
            row = _row(context, replace(figure, unit=unit), indicator, column, place, cell, rule, label, change)
            if two:
                row.add_caveat("several_in_one")
            if len(chosen) > 1:
                row.add_caveat("applies_to_each")
                row.doubts.add("list")
            yield row


def _figures(text: str, unit: str) -> list[Figure]:
    """Read a cell: a number with sign, brackets and qualifier; a grade; ``/`` for none set."""
    if text == "/":
        return [Figure(0, 1, "/", None, unit, "eq")]
    if (two := TWO.match(text)) is not None:
        return [Figure(0, len(text), text, float(each), unit, "eq") for each in two.groups()]
    found = [f for f in figures(text) if f.group == "value"]
    matched = NUMBER.match(fold(text))
    if matched is None:
        return [replace(f, text=text, start=0, end=len(text), unit=f.unit or unit) for f in found[:1]]
    value = float(matched["number"].replace(",", ""))
    value = -value if matched["sign"] and matched["sign"] != "+" else value
    comparator = found[0].comparator if found else "eq"
    if matched["bound"]:
        comparator = {"≥": "ge", "≤": "le", "<": "lt", ">": "gt"}[matched["bound"]]  # type: ignore[assignment]  # comparators
    printed = found[0].unit if found and found[0].unit else unit
    return [Figure(0, len(text), text, value, printed, comparator)]


def _indicators(
    context: Context, column: Column, label: str, units: Sequence[str], figure: Figure, place: Place
) -> list[tuple[str, str, bool]]:
    """Return the indicators of a label with the unit of each; a proposal where no term knows it."""
    around = f"{place.around} {label}"
    if column.role == "change":
        return [_change(context, label, units[0], figure, around)]
    for unit in dict.fromkeys([figure.unit, *units]):
        for subject in (label, f"{place.around.split(' ')[-1]}{label}", f"{place.around} {label}"):
            found = context.book.matches(subject, unit, around)
            if found:
                several = found if len(found) > 1 and re.search(r"[、和及/]", label) else found[-1:]
                return [(m.indicator, unit, False) for m in several]
    unit = figure.unit or units[0]
    if not unit and (found := context.book.matches(label, None, around)):
        return [(found[-1].indicator, "", False)]
    return [(propose(context, _named(label, place), unit), unit, False)]


def _named(label: str, place: Place) -> str:
    return LABEL_UNIT.sub("", label).strip() or place.around.strip()


def _change(context: Context, label: str, unit: str, figure: Figure, around: str) -> tuple[str, str, bool]:
    """Return the indicator of a change: the ``…_change`` of a level or share, or a rate that is itself a change."""
    changed = figure.unit or unit
    for own in dict.fromkeys([unit, "%"]):
        for match in reversed(context.book.matches(label, own, around)):
            if f"{match.indicator}_change" in context.indicators:
                return f"{match.indicator}_change", changed, True
            if own == "%" and context.indicators[match.indicator].kind in ("rate", "pp") and not unit:
                return match.indicator, "%", False
    return propose(context, f"{label}变化", changed), changed, True


def _row(
    context: Context,
    figure: Figure,
    indicator: str,
    column: Column,
    place: Place,
    cell: Cell,
    rule: str,
    label: str,
    change: bool,
) -> Row:
    year = column.year
    past = year is not None and year < context.page.start_year
    if past or column.measured:
        return statistic(
            context, figure, indicator, place=place.region, section=place.section,
            year=year or context.page.base_year, caveats=[] if year else ["year_implied"], start=cell.start, rule=rule,
        )  # fmt: skip
    row = target(
        context, figure, indicator, place=place.region, section=place.section, year=year, base=_base(label, column),
        around=f"{label}{column.head}", start=cell.start, rule=rule,
    )  # fmt: skip
    row.fields["nature"] = place.nature
    row.fields["tier"] = next((tier for word, tier in TIERS if word in column.head), "")
    if figure.text == "/":
        row.add_caveat("none_set")
    if figure.value is not None and figure.value < 0 and (change or row.fields["direction"] != "reduce"):
        row.fields["value"] = number(figure.value)
        row.add_caveat("sign_as_printed")
    if change:
        row.fields["direction"] = "reduce" if (figure.value or 0) < 0 else "increase"
        row.fields["base_year"] = row.fields["base_year"] or str(context.page.base_year)
    return row


def _base(label: str, column: Column) -> int | None:
    from geoapp.drafting.language.years import base_year

    return base_year(label) or base_year(column.head)
