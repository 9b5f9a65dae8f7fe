"""Sums over regions as indicators: what a layer's features add up to, in all and by type.

====================  =====================================================================================
indicator             value of a region
====================  =====================================================================================
<layer>               sum of the layer's amount over the features that lie in the region (hyphens of the id
                      become underscores)
<layer>_<kind>        the same of one type
====================  =====================================================================================

A sum of counted objects, never an official figure: its source and the time of the data stand beside it. A region in
which the source lists nothing has no value, which is not 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Origin, Term, Text
from geoapp.model.region import Adcode, Level, Region
from geoapp.model.vector import VectorFeature, VectorFeatures, VectorKind, VectorLayer
from geoapp.model.zonal import ZonalIndicators, ZonalValue
from geoapp.vector.join import REPEATED

SUMMED, MANY = "summed_objects", "summed_repeated"
CAVEATS = (
    Term(
        kind="caveat",
        id=SUMMED,
        title=Text(
            zh="来源所列各处之和，不是官方统计。", en="The sum of what the source lists, not an official figure."
        ),
    ),
    Term(
        kind="caveat",
        id=MANY,
        title=Text(
            zh="含来源重复列出的行，可能多算。",
            en="Rows that the source lists more than once are in it; it may count too much.",
        ),
    ),
)
"""What must be said of the sums; the vocabulary of a build has these with its first vector layer."""


def indicator_id(layer: str, kind: str = "") -> str:
    """Return the id of the indicator of a layer, or of one type of it, fit for a column name."""
    return "_".join(filter(None, (layer.replace("-", "_"), kind)))


@dataclass(frozen=True, slots=True)
class _Sum:
    """What the features of one region and type add up to."""

    amount: float
    count: int
    unknown: int
    repeated: int


@dataclass(slots=True)
class VectorIndicators:
    """The sums of the layers whose amount may be added up (a :class:`geoapp.model.zonal.ZonalIndicators`)."""

    vectors: VectorFeatures
    gazetteer: Gazetteer
    _indicators: dict[str, Indicator] = field(default_factory=dict)
    _of: dict[str, tuple[VectorLayer, str]] = field(default_factory=dict)
    _sums: dict[str, dict[tuple[Adcode, str], _Sum]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for layer in self.vectors.layers().values():
            for kind in (None, *(layer.kinds if len(layer.kinds) > 1 else ())) if layer.summed else ():
                name = indicator_id(layer.id, kind.id if kind else "")
                self._indicators[name] = _indicator(name, layer, kind)
                self._of[name] = (layer, kind.id if kind else "")

    def indicators(self) -> Mapping[str, Indicator]:
        """Return what there is, by id: of each layer the sum of all, then those of its types."""
        return self._indicators

    def value(self, indicator: str, region: Region) -> ZonalValue | None:
        """Return the sum over a region; None where the source lists nothing, and for the country as a whole."""
        if indicator not in self._of or region.level is Level.NATION:
            return None
        layer, kind = self._of[indicator]
        if layer.id not in self._sums:
            self._sums[layer.id] = self._add_up(layer)
        found = self._sums[layer.id].get((region.adcode, kind))
        return _value(found, layer) if found else None

    def _add_up(self, layer: VectorLayer) -> dict[tuple[Adcode, str], _Sum]:
        """Add the features of a layer up over each county and every division above it, by type and in all."""
        groups: dict[tuple[Adcode, str], list[VectorFeature]] = defaultdict(list)
        for feature in self.vectors.features(layer.id):
            if feature.adcode:
                codes = (feature.adcode, *(above.adcode for above in self.gazetteer.parents(feature.adcode)))
                for code in codes:
                    groups[code, feature.kind].append(feature)
                    groups[code, ""].append(feature)
        return {key: _sum(features, layer) for key, features in groups.items()}


def _sum(features: Iterable[VectorFeature], layer: VectorLayer) -> _Sum:
    found = list(features)
    known = [amount for each in found if (amount := each.amount(layer)) is not None]
    again = sum(REPEATED in each.caveats for each in found)
    return _Sum(amount=round(sum(known), 6), count=len(found), unknown=len(found) - len(known), repeated=again)


def _value(found: _Sum, layer: VectorLayer) -> ZonalValue:
    column = layer.amount_column
    assert column is not None, "only layers with an amount are summed"
    values = {"title": layer.title.zh, "count": found.count, "repeated": found.repeated, "unknown": found.unknown}
    how = Phrase("来源所列{count}处之和", values)
    if found.repeated:
        how = Phrase("{said}，含来源重复列出的{repeated}行", {"said": how, **values})
    if found.unknown:
        how = Phrase("{said}，另有{unknown}处没有数值", {"said": how, **values})
    caveats = (SUMMED, MANY) if found.repeated else (SUMMED,)
    text = f"{found.amount:,.10g} {column.unit}".strip()
    return ZonalValue(value=found.amount, text=text, how=how, caveats=caveats)


def _indicator(name: str, layer: VectorLayer, kind: VectorKind | None) -> Indicator:
    column = layer.amount_column
    assert column is not None, "as above"
    part = Text(zh=f"（{kind.title.zh}）", en=f" ({kind.title.en})") if kind else Text(zh="", en="")
    title = Text(
        zh=f"{layer.title.zh}{column.title.zh}{part.zh}，{layer.date}年来源所列",
        en=f"{layer.title.en}, {column.title.en.lower()}{part.en}, as listed for {layer.date}",
    )
    origin = Origin(
        id=f"vector:{layer.id}",
        title=layer.title,
        statistic=Text(zh="各地区内来源所列之和", en="Sum of what the source lists in each region"),
        cited=Text(zh=f"{layer.title.zh}：{layer.cited('zh')}", en=f"{layer.title.en}: {layer.cited('en')}"),
        date=Text(zh=layer.date, en=layer.date),
        caveat=Text(zh="来源所列之和，不是官方统计", en="sum of what the source lists, not an official figure"),
        url=f"/vectors/{layer.id}",
    )
    return Indicator(
        id=name,
        title=title,
        definition=Text(zh=layer.note.zh or layer.title.zh, en=layer.note.en or layer.title.en),
        unit=column.unit,
        sector=layer.sector,
        kind="capacity",
        better="none",
        aggregate="sum",
        inherit=False,
        draw="symbol",
        origin=origin,
    )


@dataclass(slots=True)
class BothIndicators:
    """Indicators of two origins as one (a :class:`geoapp.model.zonal.ZonalIndicators`)."""

    first: ZonalIndicators
    second: ZonalIndicators
    _seen: Mapping[str, Indicator] | None = None
    _joined: dict[str, Indicator] = field(default_factory=dict)

    def indicators(self) -> Mapping[str, Indicator]:
        """Return what there is at this moment, those of the first before those of the second."""
        first = self.first.indicators()
        if first is not self._seen:
            self._seen, self._joined = first, {**first, **self.second.indicators()}
        return self._joined

    def value(self, indicator: str, region: Region) -> ZonalValue | None:
        """Return the value of a region; None where neither has one."""
        origin = self.second if indicator in self.second.indicators() else self.first
        return origin.value(indicator, region)
