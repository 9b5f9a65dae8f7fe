"""What only all rows together show: repeats, first and second values, contradictions; then confidence."""

import itertools
from collections import defaultdict
from collections.abc import Sequence

from geoapp.drafting.rows import Row
from geoapp.drafting.rules.confidence import weigh
from geoapp.drafting.rules.context import Context


def settle(context: Context, rows: Sequence[Row]) -> list[Row]:
    """Return the rows in document order, without repeats, with tiers and contradictions marked."""
    ordered = sorted(rows, key=lambda row: (row.start, row.table, row.end))
    kept = _without_repeats(ordered)
    _tiers(kept)
    _contradictions(kept)
    for row in kept:
        weigh(context, row)
    return kept


def _without_repeats(rows: Sequence[Row]) -> list[Row]:
    seen: set[tuple[str, ...]] = set()
    kept = []
    for row in rows:
        names = ("name_in_source", "indicator", "year", "target_year", "value", "tier", "section", "name", "base_year")
        key = (row.table, str(row.start), *(row.fields.get(name, "") for name in names))
        if key not in seen:
            seen.add(key)
            kept.append(row)
    return kept


def _tiers(rows: Sequence[Row]) -> None:
    """A second value of one goal in one sentence, after 力争, is its incentive."""
    for first, second in itertools.pairwise(rows):
        if first.table != "targets" or second.table != "targets" or first.rule.startswith("table"):
            continue
        same = all(
            first.fields[c] == second.fields[c] for c in ("name_in_source", "indicator", "target_year", "section")
        )
        if (
            same
            and second.start - first.end < 12
            and second.rule in ("same", "carried")
            and first.fields["value"] != second.fields["value"]
        ):
            first.fields["tier"], second.fields["tier"] = "basic", "incentive"
            first.fields["caveats"] = ";".join(c for c in first.caveats if c != "aspirational")
            second.fields["caveats"] = ";".join(
                c for c in second.caveats if c not in ("aspirational", "base_year_implied")
            )
            second.fields["base_year"] = first.fields["base_year"]


def _contradictions(rows: Sequence[Row]) -> None:
    """One goal of one region with two values in two places is printed twice and contradicts itself."""
    goals: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        if row.table == "targets" and row.fields["value"] and not row.fields["indicator"].startswith("new_"):
            names = ("name_in_source", "indicator", "target_year", "tier", "unit", "base_year")
            goals[tuple(row.fields[name] for name in names)].append(row)
    for same in goals.values():
        if len({row.fields["value"] for row in same}) > 1:
            for row in same:
                row.add_caveat("contradicts_other")
