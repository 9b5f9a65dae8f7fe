"""What stands below the title of a view: years, tier, unit, the region's own value, whose the results are."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from geoapp.analysis.progress.own import split_results
from geoapp.analysis.resolution.labels import target_label
from geoapp.analysis.resolution.resolve import EACH_WORDS, Resolution
from geoapp.analysis.titles import sides, works_named
from geoapp.analysis.vectors import ShownLayer
from geoapp.model.phrase import Phrase
from geoapp.model.region import Level
from geoapp.model.view import View

if TYPE_CHECKING:
    from geoapp.analysis.resolved_view import Area

WORKS_ONLY = Phrase("只列{works}，不含目标")
LAYERS_ONLY = Phrase("只列专题图层，不含目标")


def subtitle_of(unit: str, view: View, areas: Iterable["Area"], whole: "Area", vectors: Sequence[ShownLayer]) -> Phrase:
    """Return the subtitle of a view: of its goals, of a difference, or of what it shows without goals."""
    if view.fill == "none":
        return _without_goals(view, vectors)
    return _difference_subtitle(unit, view, whole) if view.against else _subtitle(unit, view, areas, whole)


def _subtitle(unit: str, view: View, areas: Iterable["Area"], whole: "Area") -> Phrase:
    own = whole.resolution
    if view.year is None:
        return _zonal_subtitle(unit, view.lang, own)
    targets = [area.resolution.target for area in areas if area.resolution.target] or (
        [own.target] if own.target else []
    )
    bases = {target.base_year for target in targets}
    base = bases.pop() if len(bases) == 1 else None
    years: Phrase = Phrase("{year}年", {"year": view.year})
    if base:
        years = Phrase("{year}年比{base}年", {"year": view.year, "base": base})
    tier = Phrase("激励目标") if view.tier == "incentive" else Phrase("基本目标")
    counted = own.indicator.goalless
    if own.indicator.reported:
        years = Phrase("{years}，公布的统计值", {"years": years})
    wording = years if counted else Phrase("{years}，{tier}", {"years": years, "tier": tier})
    if unit:  # goals in words have none
        wording = Phrase("{said}，单位：{unit}", {"said": wording, "unit": unit})
    if view.measure != "target":
        wording = _resulting(wording, view)
    if own.status == "own" and own.target is not None and own.region.level is not Level.COUNTY:
        if view.measure != "target":
            measured = {"said": wording, "region": own.region.name, "value": whole.label}
            return Phrase("{said}；{region} {value}", measured) if whole.label else wording
        said = {"said": wording, "region": own.region.name, "value": target_label(own.target)}
        return Phrase("{said}；{region} {value}", said) if counted else Phrase("{said}；{region}目标 {value}", said)
    each = {area.resolution.each for area in areas if area.resolution.each is not None}
    return Phrase("{said}；{each}", {"said": wording, "each": EACH_WORDS[each.pop()]}) if len(each) == 1 else wording


def _resulting(wording: Phrase, view: View) -> Phrase:
    """Say whose the results of a measure are: published ones, or the reader's own."""
    if not view.results:
        return Phrase("{said}；按各地公布的最近一年结果", {"said": wording})
    year = split_results(view.results)[1]
    return Phrase("{said}；{year}年结果由使用者提供，未经核对", {"said": wording, "year": year})


def _difference_subtitle(unit: str, view: View, whole: "Area") -> Phrase:
    """Say what is taken from what, and that only what both have is compared."""
    said = Phrase(
        "{first}减{second}；只比较两者都有本级数值的地区", dict(zip(("first", "second"), sides(view), strict=True))
    )
    said = Phrase("{said}，单位：{unit}", {"said": said, "unit": unit}) if unit else said
    if not whole.label or whole.region.level is Level.COUNTY:
        return said
    return Phrase("{said}；{region} {value}", {"said": said, "region": whole.region.name, "value": whole.label})


def _without_goals(view: View, vectors: Sequence[ShownLayer]) -> Phrase:
    if vectors and len(vectors) == len(view.layers):
        return LAYERS_ONLY
    return Phrase(WORKS_ONLY.text, {"works": works_named(view)})


def _zonal_subtitle(unit: str, lang: str, own: Resolution) -> Phrase:
    """Say how the numbers are made and what they are not."""
    origin = own.indicator.origin
    assert origin is not None, "only what is not from a plan has no year"
    wording: Phrase | str = origin.statistic.get(lang)
    if unit:
        wording = Phrase("{said}，单位：{unit}", {"said": wording, "unit": unit})
    parts = {"said": wording, "caveat": origin.caveat.get(lang)}
    if own.target is not None and own.region.level is not Level.COUNTY:
        whole = {**parts, "region": own.region.name, "value": target_label(own.target)}
        return Phrase("{said}；{region} {value}；{caveat}", whole)
    return Phrase("{said}；{caveat}", parts)
