"""Published vector layers in words and tables: one row a type, what they add up to, whose data it is."""

from collections.abc import Iterator, Sequence

from geoapp.analysis.resolution.labels import format_number
from geoapp.analysis.resolved_view import ResolvedView
from geoapp.analysis.vectors import ShownLayer
from geoapp.model.phrase import Phrase
from geoapp.model.vector import VectorFeature
from geoapp.office.content import NOTHING, Column, Table
from geoapp.portrayal.style import MARKS
from geoapp.portrayal.vector_layers import caveat_lines


def vector_tables(resolved: ResolvedView) -> tuple[Table, ...]:
    """Return a table of each vector layer of the view with something in it: types, numbers, sums."""
    return tuple(_table(shown, resolved.view.lang) for shown in resolved.vectors if shown.features)


def vector_sources(views: Sequence[ResolvedView], lang: str) -> list[str]:
    """Return one line for each vector layer of some views: title, owner, time, licence."""
    layers = {shown.layer.id: shown.layer for view in views for shown in view.vectors}
    mark = "：" if lang == "zh" else ": "
    return [f"{layer.title.get(lang)}{mark}{layer.cited(lang)}" for layer in layers.values()]


def vector_findings(resolved: ResolvedView) -> Iterator[Phrase]:
    """Say how many features each vector layer has in the view, and what they add up to."""
    lang = resolved.view.lang
    for shown in resolved.vectors:
        layer, column = shown.layer, shown.layer.amount_column
        values = {"title": layer.title.get(lang), "count": len(shown.features), "date": layer.date}
        if layer.summed and column is not None and shown.features:
            total = f"{format_number(_total(shown, shown.features))} {column.unit}".strip()
            more = {"amount": column.title.get(lang), "total": total}
            yield Phrase("{title}（{date}年来源所列）{count}处，{amount}合计 {total}。", {**values, **more})
        else:
            yield Phrase("{title}（{date}年来源所列）{count}处。", values)


def _table(shown: ShownLayer, lang: str) -> Table:
    layer, column = shown.layer, shown.layer.amount_column
    rows = []
    for kind in layer.kinds:
        features = [feature for feature in shown.features if feature.kind == kind.id]
        if features:
            rows.append((kind.title.get(lang), str(len(features)), _sum_words(shown, features)))
    if len(rows) > 1:
        whole = Phrase("合计").say(lang)
        rows.insert(0, (whole, str(len(shown.features)), _sum_words(shown, shown.features)))
    amount = f"{column.title.get(lang)} ({column.unit})" if column else ""
    values = {"title": layer.title.get(lang), "count": len(shown.features), "date": layer.date}
    told = [layer.cited(lang), *caveat_lines(shown, lang)]
    return Table(
        caption=Phrase("{title}（{date}年来源所列，{count}处）", values).say(lang),
        columns=(
            Column(head=Phrase("类型").say(lang)),
            Column(head=Phrase("个数").say(lang), align="right"),
            Column(head=amount, align="right"),
        ),
        rows=tuple(rows),
        strong=int(len(rows) > 1),
        note=MARKS[lang][1].join(told) + MARKS[lang][2].strip(),
    ).told()


def _sum_words(shown: ShownLayer, features: Sequence[VectorFeature]) -> str:
    return format_number(_total(shown, features)) if shown.layer.summed else NOTHING


def _total(shown: ShownLayer, features: Sequence[VectorFeature]) -> float:
    return round(sum(feature.amount(shown.layer) or 0.0 for feature in features), 6)
