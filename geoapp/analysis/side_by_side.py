"""Views that stand together: what shows the same indicator shares classes, colours and sizes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from geoapp.analysis.resolved_view import ResolvedView, ViewResolver
from geoapp.analysis.value_scale import ValueScale, scale_of
from geoapp.model.view import View

Kind = tuple[str, str, bool]
"""Id of an indicator, the measure of it that is shown, and whether it is a difference."""


def show_together(resolver: ViewResolver, views: Sequence[View], *, beside: Iterable[View] = ()) -> list[ResolvedView]:
    """Return what views show, each with the scale it shares with those of its indicator.

    Args:
        beside: further views that stand on the same pages and share the scales, but are shown elsewhere.
    """
    resolved = [resolver.show(view) for view in views]
    others = [resolver.show(view) for view in beside]
    scales = shared_scales([*resolved, *others])
    return [
        resolver.show(each.view, scale) if (scale := scales.get(kind_of(each))) is not None else each
        for each in resolved
    ]


def kind_of(resolved: ResolvedView) -> Kind:
    """Return what a view shows: goals and gaps of one indicator, or its values and their differences, share nothing."""
    return resolved.indicator.id, resolved.view.measure, bool(resolved.view.against)


def shared_scales(resolved: Sequence[ResolvedView]) -> dict[Kind, ValueScale]:
    """Return the scale of each indicator and measure that several views show, over the values of all of them."""
    groups: dict[Kind, list[ResolvedView]] = defaultdict(list)
    for each in resolved:
        groups[kind_of(each)].append(each)
    return {
        name: scale_of(
            group[0].indicator,
            [answer for each in group for answer in each.answers],
            [each.whole.drawn for each in group],
            shared=True,
        )
        for name, group in groups.items()
        if len(group) > 1
    }
