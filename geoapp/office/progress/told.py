"""What a chapter on progress says: how many goals are reached, which lag most, what cannot be judged."""

from collections.abc import Iterator

from geoapp.analysis.progress.statuses import JUDGED, PROGRESS_WORDS, UNJUDGED
from geoapp.analysis.resolved_view import Area, ResolvedView
from geoapp.model.phrase import Phrase, in_a_row
from geoapp.office.named import listed
from geoapp.portrayal import progress


def progress_told(resolved: ResolvedView) -> Iterator[Phrase]:
    """Yield the sentences of a view of progress: the whole, the counts, the names of each status, the widest gaps."""
    lang = resolved.view.lang
    if resolved.whole.progress is not None and len(resolved.areas) > 1:
        values = {"region": resolved.region.name, "said": progress.progress_words(resolved.whole, lang)}
        yield Phrase("{region}：{said}。", values)
    judged = [area for area in resolved.areas if area.progress]
    counted = [
        Phrase("{status}{n}个", {"status": PROGRESS_WORDS[status], "n": len(found)})
        for status in (*JUDGED, *UNJUDGED)
        if (found := _of(judged, status))
    ]
    if counted:
        yield Phrase("{count}个本级目标中：{parts}。", {"count": len(judged), "parts": in_a_row(counted)})
    for status in ("not_reached", "behind", "not_comparable"):
        if names := [area.name for area in _of(judged, status)]:
            yield Phrase("{status}的是{names}。", {"status": PROGRESS_WORDS[status], "names": listed(names)})
    yield from _widest(judged, lang)
    if rest := [area.region.name for area in resolved.areas if not area.progress]:
        yield Phrase("{names}没有本级目标，不作判断。", {"names": listed(rest)})


def _of(areas: list[Area], status: str) -> list[Area]:
    return [area for area in areas if area.progress and area.progress.verdict.status == status]


def _widest(areas: list[Area], lang: str) -> Iterator[Phrase]:
    """Name the region that is furthest from what was planned, and by how much."""
    gaps = [(found.verdict.gap, area) for area in areas if (found := area.progress) and found.verdict.gap is not None]
    if len(gaps) < 2:
        return
    gap, area = min(gaps, key=lambda each: (each[0], each[1].region.adcode))
    if gap < 0:
        words = progress.signed(gap, area.resolution.indicator.unit, lang)
        yield Phrase("与计划差距最大的是{region}（{gap}）。", {"region": area.name, "gap": words})
