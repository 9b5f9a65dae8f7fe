"""What a row says of itself must agree: value and print, unit and print, years, spellings.

These checks see shifted cells, slips of the keyboard and one park under two spellings, which
no type of a column can see. They report; they never change a row.
"""

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from geoapp.ingest.packs import Pack
from geoapp.ingest.schemas import ParkRow, ProjectRow, StatisticRow, TargetRow
from geoapp.model.plan import Plan

NUMBER = re.compile(r"\d+(?:\.\d+)?")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
"""The comma inside 1,245, which is one number."""
UNIT_SIGNS = {"个百分点": "个百分点", "‰": "‰", "%": "%"}
"""A sign printed behind a value, and the unit it means; the most telling first."""
COUNTED = re.compile(r"[一二三四五六七八九十两\dⅠ-Ⅻ东南西北中甲乙丙丁A-Za-z]")
"""Characters that tell two things apart: 七级 and 十级 are two stations, not two spellings."""
GENERIC = re.compile(r"技术|国家级|自治区级|省级|[市县旗]")
"""Words that come and go in a park's name."""
CONFLICT = "contradicts_other"
"""Caveat of a row that a document contradicts somewhere else."""
QUALIFIED = re.compile(r"[（(].*?[）)]")
LISTED = re.compile(r"[、,，和及]")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a row: the row's number, the column, what is wrong and how to mend it."""

    number: int
    column: str
    problem: str
    hint: str


def figure_faults(number: int, row: TargetRow | StatisticRow) -> Iterator[Fault]:
    """Yield where the number or the unit of a row disagrees with what is printed."""
    printed = unicodedata.normalize("NFKC", row.value_text)
    numbers = [float(each) for each in NUMBER.findall(THOUSANDS.sub("", printed))]
    if row.value is not None and numbers and abs(row.value) not in numbers:
        problem = f"{row.value:g} is not the number of value_text {row.value_text!r}"
        yield Fault(number, "value", problem, "correct one of the two; did the cells shift?")
    for sign, unit in UNIT_SIGNS.items():
        if sign in printed:
            if row.unit != unit:
                problem = f"{row.unit!r} is not the unit of value_text {row.value_text!r}"
                yield Fault(number, "unit", problem, f"write {unit}; %, ‰ and 个百分点 are never mixed")
            break


def year_faults(number: int, row: TargetRow | StatisticRow, plan: Plan) -> Iterator[Fault]:
    """Yield years that cannot be: a base after its target, a measured future, an unmarked past."""
    if isinstance(row, StatisticRow):
        if plan.published is not None and row.year > plan.published.year:
            problem = f"{row.year} lies after the document was published ({plan.published.year})"
            yield Fault(number, "year", problem, "a figure of the future is a target")
        if row.base_year is not None and row.base_year >= row.year:
            problem = f"{row.base_year} does not lie before the year {row.year}"
            yield Fault(number, "base_year", problem, "correct one of the two; a level has no base year")
        return
    if row.base_year is not None and row.base_year >= row.target_year:
        problem = f"{row.base_year} does not lie before the target year {row.target_year}"
        yield Fault(number, "base_year", problem, "correct one of the two")
    if row.target_year < plan.start_year and "historic_target" not in row.caveats:
        problem = f"{row.target_year} lies before the plan starts ({plan.start_year})"
        yield Fault(number, "target_year", problem, "correct it, or add the caveat historic_target")


def repeated(rows: Iterable[tuple[int, Hashable]], what: str) -> Iterator[Fault]:
    """Yield every row whose key stood in an earlier row."""
    seen: dict[Hashable, int] = {}
    for number, key in rows:
        if key in seen:
            yield Fault(number, "id", f"the same {what} stands in row {seen[key]}", "remove one of the two")
        seen.setdefault(key, number)


def contradicted(rows: Iterable[tuple[int, Hashable, TargetRow | StatisticRow]], what: str) -> Iterator[Fault]:
    """Yield every row that gives one thing another value than an earlier row of the same section does."""
    seen: dict[Hashable, tuple[int, TargetRow | StatisticRow]] = {}
    for number, key, row in rows:
        earlier, other = seen.setdefault(key, (number, row))
        if (other.value, other.unit) != (row.value, row.unit):
            problem = f"row {earlier} gives the same {what} in the same section as {other.value_text!r}"
            hint = f"correct one of the two; if the document prints both, add the caveat {CONFLICT} to both"
            yield Fault(number, "value_text", problem, hint)


def _qualified(row: TargetRow | StatisticRow) -> list[str]:
    """Return what is printed in brackets behind a number: 扣除原料用能 makes it another thing."""
    return QUALIFIED.findall(row.value_text)


def _stated_twice(pack: Pack) -> Mapping[str, list[Fault]]:
    """Return the contradictions of a pack's own rows; a document's own are known by their caveat."""
    targets = (
        (
            n,
            (
                r.name_in_source,
                r.indicator,
                r.target_year,
                r.base_year,
                r.tier,
                r.sector,
                r.section,
                r.comparator,
                *_qualified(r),
            ),
            r,
        )
        for n, r in pack.targets
    )
    statistics = (
        (n, (r.name_in_source, r.indicator, r.year, r.base_year, r.section, *_qualified(r)), r)
        for n, r in pack.statistics
    )
    return {
        name: list(
            contradicted(
                ((n, key, r) for n, key, r in rows if r.value is not None and CONFLICT not in r.caveats),
                what,
            )
        )
        for name, rows, what in (("targets.csv", targets, "goal"), ("statistics.csv", statistics, "figure"))
    }


def pack_repeats(pack: Pack) -> Mapping[str, list[Fault]]:
    """Return the rows of each table of a pack that say what an earlier row says, by file name."""
    targets = (
        (n, (r.name_in_source, r.indicator, r.target_year, r.base_year, r.tier, r.section, r.value_text))
        for n, r in pack.targets
    )
    statistics = (
        (n, (r.name_in_source, r.indicator, r.year, r.base_year, r.section, r.value_text)) for n, r in pack.statistics
    )
    twice = _stated_twice(pack)
    return {
        "targets.csv": [*repeated(targets, "goal"), *twice["targets.csv"]],
        "statistics.csv": [*repeated(statistics, "figure"), *twice["statistics.csv"]],
        "parks.csv": [*repeated(((n, r.name) for n, r in pack.parks), "park"), *park_spellings(pack.parks)],
        "projects.csv": list(repeated(((n, (r.name, r.name_in_source)) for n, r in pack.projects), "project")),
    }


def park_spellings(rows: Sequence[tuple[int, ParkRow]]) -> Iterator[Fault]:
    """Yield parks whose names differ by so little that they may be one park, spelt in two ways.

    Alike are names that differ in brackets, spaces, width or a generic word anywhere, and names
    of one region that differ in one character which is not a number, a letter or a point of
    the compass (一区 and 二区 are two parks).
    """
    for at, (number, row) in enumerate(rows):
        for earlier, other in rows[:at]:
            one, two = _plain(row.name), _plain(other.name)
            near = row.name_in_source == other.name_in_source and _one_slip(one, two)
            if row.name != other.name and (one == two or near):
                problem = f"{row.name!r} looks like another spelling of {other.name!r} in row {earlier}"
                yield Fault(number, "name", problem, "one park is one row with all its programmes")


def list_of_regions(name: str, known: Mapping[str, object]) -> list[str]:
    """Return the names listed in one cell, when it lists several and one of them at least is known."""
    parts = [part for part in LISTED.split(name) if part]
    return parts if len(parts) > 1 and any(part in known for part in parts) else []


def capacity_faults(number: int, row: ProjectRow) -> Iterator[Fault]:
    """Yield a size without a unit, a unit without a size, a size below nothing."""
    if row.capacity is not None and row.capacity < 0:
        yield Fault(number, "capacity", f"{row.capacity:g} is negative", "write the printed size")
    if (row.capacity is None) != (row.capacity_unit == ""):
        yield Fault(number, "capacity_unit", "capacity and unit belong together", "fill both or neither")


def _plain(name: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum())
    return GENERIC.sub("", letters)


def _one_slip(one: str, two: str) -> bool:
    """Say whether one character too many, too few or another makes two names different."""
    if COUNTED.findall(one) != COUNTED.findall(two) or abs(len(one) - len(two)) > 1:
        return False
    start = next(
        (at for at, pair in enumerate(zip(one, two, strict=False)) if len(set(pair)) > 1), min(len(one), len(two))
    )
    rest, other = one[start:], two[start:]
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:]
