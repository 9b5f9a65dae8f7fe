"""A view in words, for readers who cannot see the picture: one text for web, SVG, Word and oEmbed."""

from collections import Counter
from collections.abc import Sequence

from geoapp.analysis.progress.statuses import JUDGED, PROGRESS_WORDS, UNJUDGED
from geoapp.analysis.resolution.resolve import SUMS
from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.analysis.undertakings import counted
from geoapp.analysis.value_scale import shown_number
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Plan
from geoapp.model.region import Level
from geoapp.model.vocabulary import Status
from geoapp.portrayal.style import MARKS, bracketed

LONGEST = 300
"""Characters. Screen readers cannot pause inside an alternative text, so it stays short."""
STEPS = (
    (3, True, True, True),
    (2, True, True, True),
    (2, True, False, True),
    (2, True, False, False),
    (1, True, False, False),
    (0, True, False, False),
    (0, False, False, False),
)
"""Regions named at each end, whether the title is explained, points counted, sources named; from long to short."""
FEW = 5
"""So many values are all told; of more, the ends."""
COUNTED = {
    Level.PROVINCE: Phrase("省级地区{n}个"),
    Level.PREFECTURE: Phrase("地级地区{n}个"),
    Level.COUNTY: Phrase("县级地区{n}个"),
}
NOT_COLLECTED = Phrase("未收录规划文件的{n}个")
STATES: dict[Status, Phrase] = {
    "own": Phrase("有本级目标的{n}个"),
    "parent": Phrase("沿用上级目标、未分解的{n}个"),
    "not_published": Phrase("附件未公开的{n}个"),
    "none": Phrase("文件未设目标的{n}个"),
    "not_collected": NOT_COLLECTED,
}

ZONAL_STATES: dict[Status, Phrase] = {"own": Phrase("有数值的{n}个"), "none": Phrase("没有数据的{n}个")}
COUNT_STATES: dict[Status, Phrase] = {
    "own": Phrase("有数值的{n}个"),
    "none": Phrase("文件没有点名的{n}个"),
    "not_collected": NOT_COLLECTED,
}
DIFFERENCE_STATES: dict[Status, Phrase] = {
    "own": Phrase("两者都有本级数值的{n}个"),
    "none": Phrase("不都有本级数值的{n}个"),
}
REPORTED_STATES: dict[Status, Phrase] = {
    "own": Phrase("有数值的{n}个"),
    "none": Phrase("未收录统计值的{n}个"),
    "not_collected": Phrase("未收录统计值的{n}个"),
}


def alt_text(resolved: ResolvedView) -> str:
    """Return title, top and bottom regions, how many lack a published target, and the source.

    At most ``LONGEST`` characters: where it would be longer, fewer regions are named, then parks and
    projects are left out and sources only counted. Made from the data alone, in the view's language.
    """
    text = ""
    for names, explained, points, cited in STEPS:
        text = _told(resolved, names, explained=explained, points=points, cited=cited)
        if len(text) <= LONGEST:
            return text
    return text[: LONGEST - 1] + "…"


def _told(resolved: ResolvedView, names: int, *, explained: bool, points: bool, cited: bool) -> str:
    lang = resolved.view.lang
    stop = MARKS[lang][2]
    said = {"title": resolved.title, "subtitle": resolved.subtitle}
    heading = Phrase("地图：{title}（{subtitle}）", said) if explained else Phrase("地图：{title}", said)
    parts = [heading.say(lang), _values(resolved, names), _states(resolved), _progress(resolved)]
    parts += [_points(resolved)] if points else []
    origin = resolved.indicator.origin
    others = [origin.title.get(lang)] if origin else []
    others += [each.layer.cited(lang) for each in resolved.vectors]
    parts.append(_sources(resolved.plans, others, lang, cited))
    text = stop.join(part for part in parts if part)
    return text + stop.strip()


def _values(resolved: ResolvedView, names: int) -> str:
    """Name the regions at both ends; all of them where they are few."""
    lang = resolved.view.lang
    own = [area for area in resolved.areas if area.resolution.status == "own" and _number(area) is not None]
    top = sorted(own, key=lambda area: (-(_number(area) or 0), area.region.adcode))
    if not own or not names:
        return ""
    if len(own) > FEW and _number(top[0]) == _number(top[-1]):
        return Phrase("{n}个都是 {value}", {"n": len(own), "value": own[0].bare_label}).say(lang)
    if len(own) <= min(FEW, 2 * names):
        return _row(top, lang)
    bottom = sorted(own, key=lambda area: (_number(area) or 0, area.region.adcode))
    cut = resolved.indicator.is_cut and resolved.indicator.kind not in SUMS
    ends = Phrase("降幅最大：{top}；最小：{bottom}") if cut else Phrase("最高：{top}；最低：{bottom}")
    return Phrase(ends.text, {"top": _first(top, names, lang), "bottom": _first(bottom, names, lang)}).say(lang)


def _number(area: Area) -> float | None:
    return shown_number(area.drawn)


def _first(ranked: Sequence[Area], names: int, lang: str) -> str:
    """Name the first regions, and say so where the next has the same value as the last named."""
    row = _row(ranked[:names], lang)
    tied = _number(ranked[names - 1]) == _number(ranked[names])
    return Phrase("{names}等", {"names": row}).say(lang) if tied else row


def _row(areas: Sequence[Area], lang: str) -> str:
    return MARKS[lang][0].join(f"{area.region.name} {area.label}" for area in areas)


def _states(resolved: ResolvedView) -> str:
    """Say how many regions there are, and how many of them have which state."""
    lang = resolved.view.lang
    if not resolved.areas or resolved.view.fill == "none":
        return ""
    counts = Counter(area.resolution.status for area in resolved.areas)
    whole = Phrase(COUNTED[resolved.view.level].text, {"n": len(resolved.areas)}).say(lang)
    states = _words(resolved.indicator)
    told = [Phrase(text.text, {"n": counts[state]}).say(lang) for state, text in states.items() if counts[state]]
    return Phrase("{whole}，其中{states}", {"whole": whole, "states": MARKS[lang][0].join(told)}).say(lang)


def _words(indicator: Indicator) -> dict[Status, Phrase]:
    """Return what the states are called: only what plans set is a target."""
    if indicator.compared:
        return DIFFERENCE_STATES
    if indicator.reported:
        return REPORTED_STATES
    return COUNT_STATES if indicator.counted else ZONAL_STATES if indicator.origin else STATES


def _progress(resolved: ResolvedView) -> str:
    """Say how many goals have which status, in a view of a measure."""
    lang = resolved.view.lang
    counts = Counter(area.progress.verdict.status for area in resolved.areas if area.progress)
    told = [
        Phrase("{status}{n}个", {"status": PROGRESS_WORDS[each], "n": counts[each]})
        for each in (*JUDGED, *UNJUDGED)
        if counts[each]
    ]
    return MARKS[lang][0].join(each.say(lang) for each in told)


def _points(resolved: ResolvedView) -> str:
    lang = resolved.view.lang
    told = counted(resolved.tally)
    told += [
        Phrase("{title}{n}处", {"title": each.layer.title.get(lang), "n": len(each.features)})
        for each in resolved.vectors
    ]
    return MARKS[lang][0].join(each.say(lang) for each in told)


def _sources(plans: Sequence[Plan], others: list[str], lang: str, cited: bool) -> str:
    if not plans and not others:
        return ""
    if not cited and len(plans) + len(others) > 1:
        return Phrase("资料来源：共{n}份", {"n": len(plans) + len(others)}).say(lang)
    # A number is cited in Chinese whatever the language: it is how the document is found.
    numbers = [bracketed(plan.mark, lang) if cited and plan.mark else "" for plan in plans]
    titles = [plan.short_title.get(lang) + number for plan, number in zip(plans, numbers, strict=True)]
    return Phrase("资料来源：{sources}", {"sources": MARKS[lang][1].join([*others, *titles])}).say(lang)
