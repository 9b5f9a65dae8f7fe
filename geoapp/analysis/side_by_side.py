"""Views that stand together: what shows the same indicator shares classes, colours and sizes."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from geoapp.analysis.resolved_view import ResolvedView, ViewResolver
from geoapp.analysis.value_scale import ValueScale, scale_of
from geoapp.model.view import View


def show_together(resolver: ViewResolver, views: Sequence[View], *, beside: Iterable[View] = ()) -> list[ResolvedView]:
    """Return what views show, each with the scale it shares with those of its indicator.

    Args:
        beside: further views that stand on the same pages and share the scales, but are shown elsewhere.
    """
    resolved = [resolver.show(view) for view in views]
    others = [resolver.show(view) for view in beside]
    scales = shared_scales([*resolved, *others])
    return [
        resolver.show(each.view, scale) if (scale := scales.get(each.indicator.id)) is not None else each
        for each in resolved
    ]


def shared_scales(resolved: Sequence[ResolvedView]) -> dict[str, ValueScale]:
    """Return the scale of each indicator that several views show, over the values of all of them."""
    groups: dict[str, list[ResolvedView]] = defaultdict(list)
    for each in resolved:
        groups[each.indicator.id].append(each)
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
