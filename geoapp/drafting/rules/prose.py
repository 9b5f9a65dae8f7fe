"""Figures in running text become goals and figures of the past.

A figure belongs to what is named before it in its clause; failing that to what follows it
(80%以上的县级机关建成节约型机关), to both together, or to what the figure before it belonged to
(下降15%，力争下降17%). Lists are mapped in order (分别), or one value holds for each (均).
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from geoapp.drafting.language.figures import Figure, figures
from geoapp.drafting.language.terms import Match, plain
from geoapp.drafting.language.years import without_years
from geoapp.drafting.rows import Row
from geoapp.drafting.rules.context import GOAL, Context
from geoapp.drafting.rules.goals import propose
from geoapp.drafting.rules.sentences import Sentence, sentences
from geoapp.drafting.rules.statements import Found, rows_of

BETWEEN = re.compile(r"(?:、|和|及|以及|与|，|,)(?:达到)?")
FUNCTION = re.compile(
    r"力争|争取|努力|确保|实现|完成|达到|超过|保持在|保持|稳定在|维持在|维持|控制在|提高到|提升到|提高至|提升至|上升至|上升到|下降至|下降到|"
    r"降低到|降低至|降至|降到|压减至|下降|降低|减少|增长|增加|提高|提升|年均|同比|同期|累计|累积|分别|(?<!人)均|都|约|为|在|至|到|以上|左右|"
    r"其中|全省|全市|全地区|全区|全县|全旗|全州|我市|我省|我县|我区|(?:自治区|国家|上级|省|市)下达|任务|年度|比例|占比|比重|[的了，。；：、（）()“”\s]"
)
LIST = re.compile(r"[、和及与]")
EACH = re.compile(r"均|分别|都(?:达|要)|各")
SHORT_SUBJECT = 14
MEASURE = re.compile(r"(?:率|量|比例?|占比|比重|度|数|面积|能耗|煤耗|值|规模|装机|里程|浓度)$")
"""How the name of something measured ends."""
VERBS = re.compile(
    r"^(?:新增|累计|建成|建设|创建|打造|培育|引进|完成|实施|发展|推广|形成|组建|新建|改造|淘汰|推动|力争|争取|到期|全年|年内|其中|达到)+"
)
TAIL = re.compile(
    r"(?:力争|争取|努力|确保)*(?:累计|分别|均|总体|稳步|逐步|原则上?|年均|平均|稳定|持续)*(?:完成|实现|达到|达|超过|突破|保持|稳定|维持|控制|"
    r"提高|提升|上升|增加|增长|下降|降低|减少|压减|降|减|为|占|不低于|不少于|不高于|不超过)?(?:到|至|在)?(?:约)?(?:\[)?$"
)


def prose_rows(context: Context) -> Iterator[Row]:
    """Yield the rows of all paragraphs."""
    for block in context.document.blocks:
        if block.kind == "paragraph" and block.number not in context.outline.standing:
            for sentence in sentences(context, block):
                yield from _sentence_rows(context, sentence)


def _sentence_rows(context: Context, sentence: Sentence) -> Iterator[Row]:
    last: Found | None = None
    cursor = 0
    for group in _groups(sentence.text):
        values = [
            f
            for f in group
            if f.group == "value" and not context.inside_name(sentence.start + f.start, sentence.start + f.end)
        ]
        if not values:
            continue
        found = _recognise(context, sentence, values, cursor, last)
        if found is not None:
            yield from rows_of(context, sentence, found)
            last = found
        cursor = values[-1].end


def _groups(text: str) -> Iterator[list[Figure]]:
    """Yield figures that stand in one list (6%和7%) together; dates and headings are left out."""
    group: list[Figure] = []
    for figure in figures(text):
        if figure.group in ("date", "heading", "other"):
            continue
        if group and not BETWEEN.fullmatch(text[group[-1].end : figure.start]):
            yield group
            group = []
        group.append(figure)
    if group:
        yield group


def _recognise(
    context: Context, sentence: Sentence, values: Sequence[Figure], cursor: int, last: Found | None
) -> Found | None:
    """Say what a group of figures measures."""
    text = sentence.text
    before = text[cursor : values[0].start]
    after = re.split(r"[，。；：]", text[values[-1].end :])[0]
    following = next((f.start for f in figures(text) if f.start >= values[-1].end and f.group == "value"), None)
    if following is not None:
        after = after[: max(0, following - values[-1].end)]
    clause = re.split(r"[，；：。]", before)[-1] if not re.search(r"[，；：]$", before) else ""
    around = f"{context.headings(sentence.section)} {text}"
    near = before + after
    for subject, rule in _subjects(before, clause, after, values, last):
        found = _matched(context, subject, values, near if rule != "carried" else f"{near} {subject}", around)
        if found is not None:
            return replace(found, rule=rule)
    if last is not None and (found := _shared(context, clause or before, values, near, last)) is not None:
        return found
    if (
        not _bare(clause or before)
        and last is not None
        and len(values) == 1
        and values[0].unit == last.pairs[-1][0].unit
    ):
        return Found([(values[0], last.pairs[-1][1])], last.subject, "same")
    return _unknown(context, sentence, values, before, after)


def _shared(context: Context, own: str, values: Sequence[Figure], near: str, last: Found) -> Found | None:
    """Match a name that shares a head or a tail with the one before: 县城达到85% after 城区清洁取暖率达到98%."""
    bare = _bare(own)
    if not 2 <= len(bare) <= SHORT_SUBJECT or len(values) > 1:
        return None
    subjects = [(last.subject + bare, True)]
    if not MEASURE.search(bare):
        subjects.append((bare + last.subject, False))
    for subject, head_first in subjects:
        length = len(plain(last.subject if head_first else bare))
        for match in reversed(_best(context, subject, values[0].unit, f"{near} {subject}")):
            own_places = {p for p in match.places if (p >= length) == head_first}
            if own_places and match.indicator != last.pairs[-1][1]:
                return Found([(values[0], match.indicator)], subject, "shared")
    return None


def _subjects(
    before: str, clause: str, after: str, values: Sequence[Figure], last: Found | None
) -> Iterator[tuple[str, str]]:
    """Yield the texts that may name what figures measure, the likeliest first."""
    nouns_follow = bool(re.match(r"(?:的)?[\u4e00-\u9fff]", after)) and not re.match(r"(?:和|及|、|以上|左右)", after)
    if nouns_follow and len(values) == 1 and not re.search(r"[率重例量耗](?:达到|为|达)?$", clause):
        yield after, "after"
    yield clause, "clause"
    if before != clause:
        yield before, "before"
    if nouns_follow:
        yield before + after, "both"
    bare = _bare(clause or before)
    if last is not None and not bare:
        yield last.subject + before, "carried"


def _bare(text: str) -> str:
    """Return the words of a text that name something: no years, no verbs of reaching, no signs."""
    return FUNCTION.sub("", without_years(text))


def _matched(context: Context, subject: str, values: Sequence[Figure], near: str, around: str) -> Found | None:
    """Map figures to the indicators that a subject names, in order."""
    matches = _best(context, subject, values[0].unit, near)
    if not matches:
        return None
    if len(values) == 1:
        if len(matches) > 1 and (EACH.search(near) or _listed(context, subject, matches)):
            return Found([(values[0], m.indicator) for m in matches], subject, "", each=True)
        nearest = max(matches, key=lambda m: (m.end, m.weight))
        return Found([(values[0], nearest.indicator)], subject, "")
    if (spread := _spread(context, subject, values)) and len(matches) < len(values):
        nearest = max(matches, key=lambda m: (m.end, m.weight))
        return Found([(figure, nearest.indicator) for figure in values], subject, "", places=spread)
    if len({f.unit for f in values if f.unit}) > 1:
        matches = []
        for figure in values:
            matches += [m for m in _best(context, subject, figure.unit, near) if m not in matches]
    if len(matches) >= len(values):
        chosen = sorted(sorted(matches, key=lambda m: -m.weight)[: len(values)], key=matches.index)
        unit = next((f.unit for f in reversed(values) if f.unit), "")
        return Found(
            [(replace(f, unit=f.unit or unit), m.indicator) for f, m in zip(values, chosen, strict=True)], subject, ""
        )
    return None


def _spread(context: Context, subject: str, values: Sequence[Figure]) -> tuple[str, ...]:
    """Return the divisions of a list with one figure each: 甲县、乙县单位GDP能耗分别下降13%、14%."""
    if "分别" not in subject:
        return ()
    places = context.places.leading(without_years(subject).lstrip("，在"))
    return tuple(place.name for place in places) if len(places) == len(values) else ()


def _listed(context: Context, subject: str, matches: Sequence[Match]) -> bool:
    """Say whether indicators are named in one list whose tail they share: 庄浪河、大通河水质."""
    text = plain(subject)
    for one, two in itertools.pairwise(matches):
        first, second = one.places - two.places, two.places - one.places
        if not first or not second or not LIST.fullmatch(text[max(first) + 1 : min(second)]):
            return False
    return True


def _best(context: Context, subject: str, unit: str, near: str) -> list[Match]:
    return context.book.matches(subject, unit, near)


def _unknown(context: Context, sentence: Sentence, values: Sequence[Figure], before: str, after: str) -> Found | None:
    """Propose indicators for figures of a dated sentence that no term knows."""
    goal = sentence.dated or any(word in context.headings(sentence.section) for word in GOAL)
    if not goal or not values[0].unit or _in_brackets(sentence.text, values[0].start):
        return None
    names = _names(before, after, len(values))
    if names is None or (context.is_past(sentence.section) and not all(MEASURE.search(name) for name in names)):
        return None
    pairs = [(f, propose(context, name, f.unit)) for f, name in zip(values, names, strict=True)]
    return Found(pairs, re.split(r"[，；：。]", before)[-1], "proposed")


def _in_brackets(text: str, at: int) -> bool:
    return text.count("（", 0, at) > text.count("）", 0, at)


def _names(before: str, after: str, count: int) -> list[str] | None:
    """Return printed names of what figures measure, shared heads and tails added; None where nothing is named."""
    clause = re.split(r"[，；：。]", before)[-1]
    named = TAIL.sub("", without_years(clause)).strip("，、和及与的有")
    named = re.sub(r"^(?:全省|全市|全地区|全区|全县|全旗|全州|我市)", "", VERBS.sub("", named))
    if len(named) < 2:
        noun = re.match(r"的?([\u4e00-\u9fffA-Za-z]{2,20})", after)
        named = noun[1] if noun else ""
    if not 2 <= len(named) <= 40:
        return None
    if count == 1:
        return [named]
    items = re.split(r"[、和及与]", named)
    if len(items) != count:
        return [f"{named}（{n}）" for n in range(1, count + 1)]
    return items
