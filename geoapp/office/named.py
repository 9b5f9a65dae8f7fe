"""What the documents name in a view, counted: parks, projects by type, their printed sizes, their places."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from geoapp.analysis.resolution.labels import format_number
from geoapp.analysis.resolved_view import ResolvedView
from geoapp.analysis.undertakings import COUNTED, ONCE, distinct, spread
from geoapp.model.phrase import Phrase, in_a_row
from geoapp.model.plan import Project
from geoapp.model.view import POINT_LAYERS
from geoapp.portrayal.cards import Cards

NONE_NAMED = Phrase("文件没有点名这里的园区或项目。")
NONE_SHOWN = Phrase("本视图所选的图层与类型中，文件没有点名这里的园区或项目。")
MOST_NAMED = 6
MOST_TYPES = 4
TOO_COARSE = ("county", "prefecture", "province")
DOUBTFUL = {ONCE, "several_in_one", "ambiguous", "aspirational", "unit_suspect", "unit_clash", "contradicts_other"}
"""A size with one of these caveats enters no sum: it may hold, or be held by, another one."""
POWER = {"hydropower", "wind_solar_base", "storage", "rooftop_pv_pilot", "waste_to_energy"}
"""Types whose sizes are all the same thing, power; tons of bricks and of waste oil are not added."""


def listed(names: Sequence[object], most: int = MOST_NAMED) -> object:
    """Return names in a row; beyond ``most`` the rest is counted, never dropped in silence."""
    row = in_a_row(names[:most])
    return row if len(names) <= most else Phrase("{names}等{count}个", {"names": row, "count": len(names)})


def named(resolved: ResolvedView, cards: Cards) -> Iterator[Phrase]:
    """Say how many parks and projects there are, of which types, how large, and how exactly placed."""
    view, groups = resolved.view, distinct(resolved.points)
    projects = distinct(resolved.projects)
    asked = [layer for layer in POINT_LAYERS if layer in view.layers]
    if not asked:
        return
    narrowed = set(asked) < {"parks", "projects"} or _filtered(resolved)
    if not groups:
        yield NONE_SHOWN if narrowed else NONE_NAMED
        return
    found = resolved.tally
    told = {"counts": in_a_row(Phrase(COUNTED[layer].text, {"count": found[layer]}) for layer in asked)}
    if narrowed:
        yield Phrase("本视图所选的图层与类型中，文件点名的有{counts}。", told)
    else:
        yield Phrase("文件点名的有{counts}。", told)
    if wide := spread(projects):
        yield Phrase("项目{wide}，只计一次。", {"wide": wide})
    words = {term.id: term.title.get(resolved.view.lang) for term in cards.dataset.terms if term.kind == "project_type"}
    if len(projects) > 1:
        yield _types(projects, words)
    yield from _sizes(projects, words)
    coarse = sum(group[0].precision in TOO_COARSE for group in groups)
    if coarse:
        yield Phrase("其中{count}个文件只写到县市或更粗，图上是示意位置，不得用于选址。", {"count": coarse})


def _filtered(resolved: ResolvedView) -> bool:
    view = resolved.view
    return bool(view.type or view.programme or view.status or view.precision or view.plan or view.bbox)


def _types(projects: Sequence[Sequence[Project]], words: dict[str, str]) -> Phrase:
    found = Counter(str(group[0].type) for group in projects)
    counted = sorted(found.items(), key=lambda kind: -kind[1])
    parts = [Phrase("{words} {count}", {"words": words.get(each, each), "count": count}) for each, count in counted]
    first = _largest([count for _, count in counted])
    if len(parts) == first:
        return Phrase("项目按类型：{types}。", {"types": in_a_row(parts)})
    rest = {"kinds": len(parts) - first, "count": sum(count for _, count in counted[first:])}
    return Phrase("项目最多的类型：{types}；其余{kinds}类共{count}个。", {"types": in_a_row(parts[:first]), **rest})


def _largest(counts: Sequence[int]) -> int:
    """Return how many types are told: no more than fit, and never one of several that are equally large.

    Where so many are equal that nothing would be told, all are.
    """
    if len(counts) <= MOST_TYPES:
        return len(counts)
    told = next((n for n in range(MOST_TYPES, 0, -1) if counts[n - 1] > counts[n]), 0)
    return told or len(counts)


def _sizes(projects: Sequence[Sequence[Project]], words: dict[str, str]) -> Iterator[Phrase]:
    """Add up printed power of one type in one unit; nothing else is added."""
    sizes: dict[tuple[str, str], list[float]] = defaultdict(list)
    total = Counter(str(group[0].type) for group in projects)
    for group in projects:
        first = group[0]
        if first.capacity is not None and first.type in POWER and not DOUBTFUL & set(first.caveats):
            sizes[str(first.type), first.capacity_unit].append(first.capacity)
    for (kind, unit), found in sizes.items():
        if len(found) > 1:
            values = {"words": words.get(kind, kind), "total": total[kind], "count": len(found)}
            sums = {"sum": format_number(sum(found)), "unit": unit}
            yield Phrase("{words}项目{total}个，其中{count}个印有规模，合计 {sum} {unit}。", {**values, **sums})
