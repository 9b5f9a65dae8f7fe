"""What a row says must be what its print says: comparator, unit, sign, sense, size, section, place.

A slip here passes every type of a column and turns a goal into its opposite, or makes it ten
thousand times too large. The checks report; they never change a row.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from geoapp.analysis.resolution.statement import Scale
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import Issue
from geoapp.ingest.packs import Pack
from geoapp.ingest.rowchecks import Fault
from geoapp.ingest.schemas import StatisticRow, TargetRow
from geoapp.model.plan import Indicator, Plan
from geoapp.model.region import Region

COMPARED = (
    (re.compile(r"不低于|不少于|不小于|至少"), "ge"),
    (re.compile(r"不超过|不高于|不大于|不多于"), "le"),
    (re.compile(r"以上"), "ge"),
    (re.compile(r"以下|以内"), "le"),
    (re.compile(r"超过|突破|大于|高于"), "gt"),
    (re.compile(r"低于|小于|少于"), "lt"),
    (re.compile(r"左右|大约|约"), "approx"),
)
"""Printed words and the comparator they set; 不超过 is looked for before 超过."""
CONTRARY = {"at_least": ("le", "lt"), "at_most": ("ge", "gt")}
ODD_UNIT = {"unit_clash", "unit_suspect", "unit_not_printed"}
"""Caveats of a row whose unit is known not to fit."""
SIGNED_KINDS = ("change", "rate", "annual_rate", "pp")
BOTTOM = re.compile(r"(.+?)\d+$")
BEHIND = r"[\d一二三四五六七八九十百千]\s*"
A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d年")
"""2005年 beside a number is a date (at prices of 2005), not two thousand years."""
WHOLE = 100


def meaning_faults(number: int, row: TargetRow | StatisticRow, indicator: Indicator, scale: Scale) -> Iterator[Fault]:
    """Yield where a row disagrees with its print or with what its indicator can be."""
    yield from _unit(number, row, indicator, scale)
    yield from _size(number, row, indicator)
    if isinstance(row, TargetRow):
        yield from _comparator(number, row)
        yield from _sense(number, row, indicator)


def printed_unit(value_text: str, units: Iterable[str]) -> str:
    """Return the known unit printed behind the number, the longest that fits; empty where none is."""
    behind, written = _behind_numbers(frozenset(units))
    found = behind.findall(A_YEAR.sub("", unicodedata.normalize("NFKC", value_text)))
    return written[max(found, key=len)] if found else ""


@lru_cache
def _behind_numbers(units: frozenset[str]) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return what finds the longest unit behind each number, and how the vocabulary writes what is found."""
    written = {unicodedata.normalize("NFKC", unit): unit for unit in units if unit}
    longest = sorted(written, key=len, reverse=True)
    known = "|".join(map(re.escape, longest)) or "(?!)"  # without a vocabulary nothing is a unit
    return re.compile(rf"(?={BEHIND}({known}))"), written


def unit_faults(number: int, row: TargetRow | StatisticRow, units: Iterable[str]) -> Iterator[Fault]:
    """Yield a unit other than the printed one: 245吨 under 万吨 is ten thousand times too much."""
    found = printed_unit(row.value_text, units)
    if found and found != row.unit and found not in ("%", "‰", "个百分点") and not ODD_UNIT & set(row.caveats):
        problem = f"{row.unit!r} is not the unit of value_text {row.value_text!r}"
        yield Fault(number, "unit", problem, f"write {found}, or correct value_text")


def _unit(number: int, row: TargetRow | StatisticRow, indicator: Indicator, scale: Scale) -> Iterator[Fault]:
    if row.value is None or ODD_UNIT & set(row.caveats) or scale.factor(row.unit, indicator.unit) is not None:
        return
    problem = f"{row.unit or 'no unit'!r} does not measure {indicator.title.zh} ({indicator.unit or 'no unit'})"
    hint = "correct the unit or the indicator; if it is printed so, add the caveat unit_suspect or unit_clash"
    yield Fault(number, "unit", problem, hint)


def _size(number: int, row: TargetRow | StatisticRow, indicator: Indicator) -> Iterator[Fault]:
    share = indicator.kind == "share" or (indicator.is_cut and indicator.kind in ("rate", "annual_rate"))
    if row.value is not None and share and row.unit == "%" and row.value > WHOLE:
        what = "a cut" if indicator.is_cut else "a share"
        yield Fault(number, "value", f"{row.value:g} % is more than all there is: {what} ends at 100", "correct it")


def _comparator(number: int, row: TargetRow) -> Iterator[Fault]:
    printed = unicodedata.normalize("NFKC", row.value_text)
    said = next(((match[0], wanted) for word, wanted in COMPARED if (match := word.search(printed))), None)
    if said is not None and row.value is not None and row.comparator != said[1]:
        problem = f"{row.comparator!r} is not what value_text {row.value_text!r} says ({said[0]})"
        yield Fault(number, "comparator", problem, f"write {said[1]}")
    if row.comparator in CONTRARY.get(row.direction, ()):
        problem = f"{row.comparator!r} and direction {row.direction!r} say the opposite of each other"
        yield Fault(number, "comparator", problem, "correct one of the two")


def _sense(number: int, row: TargetRow, indicator: Indicator) -> Iterator[Fault]:
    if row.value is None:
        return
    name = indicator.title.zh
    if indicator.is_cut and row.value < 0:
        problem = f"{row.value:g} is negative, and {name} is a cut"
        yield Fault(
            number,
            "value",
            problem,
            f"write {-row.value:g} with direction reduce; the printed sign stays in value_text",
        )
    elif indicator.is_cut and row.direction == "increase":
        yield Fault(number, "direction", f"'increase' for {name}, which is a cut", "write reduce")
    elif not indicator.is_cut and row.direction == "reduce" and indicator.kind not in SIGNED_KINDS:
        hint = "write reach or at_most for a level to come down to, or name the indicator of the cut"
        yield Fault(number, "direction", f"'reduce' for {name}, whose name says no cut", hint)
    elif indicator.kind == "change" and row.value * {"reduce": -1, "increase": 1}.get(row.direction, 0) < 0:
        problem = f"{row.value:g} and direction {row.direction!r} say the opposite of each other"
        yield Fault(number, "value", problem, "a change keeps its printed sign: a fall is negative")


def pack_issues(pack: Pack, gazetteer: Gazetteer, indicators: Mapping[str, Indicator]) -> Iterator[Issue]:
    """Yield what a plan names that is not there: years, its region's name, headings, indicators of annexes."""
    plan, where = pack.plan, f"{pack.folder}/plan.toml"
    if plan.end_year < plan.start_year:
        hint = "correct one of the two"
        yield Issue(f"{where} end_year", f"{plan.end_year} lies before start_year {plan.start_year}", hint)
    region = gazetteer[plan.region]
    names = _names_of(region, gazetteer)
    if pack.region_name not in names and not _named(plan, names):
        said = f"region_name says {pack.region_name}" if pack.region_name else "no title of this file names it"
        hint = "correct the code, or write region_name as the boundaries have it"
        yield Issue(f"{where} region", f"{plan.region} is {region.name}, and {said}", hint)
    elif pack.region_name and pack.region_name not in names:
        hint = "correct the code or the name"
        yield Issue(f"{where} region_name", f"{plan.region} is {region.name}, not {pack.region_name}", hint)
    for annex in plan.unpublished:
        for name in annex.indicators:
            if name not in indicators:
                yield Issue(f"{where} unpublished", f"{name!r} is not in layers/indicators.csv", "correct the id")
    yield from _sections(pack)


def _named(plan: Plan, names: set[str]) -> bool:
    texts = plan.title.zh + plan.short_title.zh + plan.issuer.zh
    return any(name in texts for name in names)


def _names_of(region: Region, gazetteer: Gazetteer) -> set[str]:
    aliases = {alias.alias for alias in gazetteer.aliases if alias.adcode == region.adcode and alias.kind != "old_code"}
    return {region.name, region.short_name} | aliases


def _sections(pack: Pack) -> Iterator[Issue]:
    """Yield rows whose section begins with no heading of plan.toml."""
    known = pack.plan.headings
    rows: list[tuple[str, int, str]] = [
        *(("targets", number, row.section) for number, row in pack.targets),
        *(("statistics", number, row.section) for number, row in pack.statistics),
        *(("parks", number, row.section) for number, row in pack.parks),
        *(("projects", number, row.section) for number, row in pack.projects),
    ]
    for name, number, sections in rows:
        for section in sections.split(";"):
            root = section.split(" ")[0]
            if not _is_heading(root, known):
                where = f"{pack.folder}/{name}.csv row {number}, column section"
                hint = f"correct it, or add {root!r} with its printed heading there"
                yield Issue(where, f"{section!r} is under no heading of plan.toml", hint)


def _is_heading(root: str, known: Mapping[str, str]) -> bool:
    """Say whether a heading path is known; a numbered paragraph of one (一(一)2) is."""
    if root in known:
        return True
    paragraph = BOTTOM.fullmatch(root)
    return paragraph is not None and paragraph[1] in known
