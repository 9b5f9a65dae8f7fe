"""Projects, pilots, stations and works: what a sentence says is to be built, and lists of them in boxes."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geoapp.drafting.language.figures import fold
from geoapp.drafting.language.nature import nature_of
from geoapp.drafting.language.places import Place
from geoapp.drafting.rows import Row, number
from geoapp.drafting.rules.context import Context
from geoapp.drafting.rules.names import COUNTED, Piece, clauses, is_place, items, masked, region_of
from geoapp.drafting.rules.sentences import Sentence, sentences

HOW = (
    r"(?:加快|积极|大力|重点|有序|持续|继续|组织|稳步|全面|深入|率先|逐步|着力|扎实|"
    r"统筹|先期|探索|切实|强力|合理|有效)*"
)
DOES = (
    r"开工建设|建成运营|建成投运|打通|推进|实施|建设|开展|打造|推动|争取|争创|申报|创建|培育|建成|依托|抓好|扩大|推行|开工|新建|启动|谋划|布局|深化|"
    r"加强|加快|构建|重点打造|强化"
)
VERB = re.compile(rf"(?P<verb>{HOW}(?:{DOES}))")
VERB_STATUS = (
    ("开工", "starting"),
    ("建成", "completing"),
    ("依托|利用|为主", "existing"),
    ("争取|争创|申报", "applying"),
    ("加快建设|在建", "building"),
)
STRONG = (
    r"项目|工程|水电站|储能电站|蓄能电站|电站|发电厂|热电厂|风电场|焚烧发电|枢纽|发电基地|光伏基地|基地|示范试点|试点示范|试点城市|示范城市|试点|示范点|综合示范|分拣中心|数据中心项目|"
    r"产品中心|检测中心|服务平台|物流平台|信息平台|小镇|联络线|“无废城市”|数字系统|储能产业园|消纳产业园"
)
ENDING = re.compile(rf"(?:{STRONG})(?:（[^（）]*）)?$")
WEAK_ENDING = re.compile(r"(?:改造|整治|治理|完善|提升|监测)(?:工程)?$")
TRIM = re.compile(r"(?:等|等重点|的)?(?:建设|实施|试点工作|创建活动|试点建设|前期工作)$")
LEADS = re.compile(
    r"^(?:[^，]*为主的|[^，]{0,12}区域[^，]{0,4}的|国家|省级)?(?:一批|一至两个|[一二两三四五\d]+个|若干|全市|全省|全地区|全县|我市|本地|重大|重点|各类|所有|试点企业)?"
)
NOT_NAMES = re.compile(
    r"两高|审查|审批|评价|管理办法|考核|清单|制度|政策|力度|资金|规划环评|企业节能|“十|指标|产能|技术路线|行动|方案|办法|目标|任务|领域|贷款|债券|"
    r"优质|^向|环节|要求|认证|评估|工作机制|服务模式|人才|队伍|信贷|市场|计划|盲目|未批|重大项目$|新上项目|拟建|在建|招商|投资项目|^.{0,4}建设项目$"
)
BARE = re.compile(
    r"^(?:节能|降碳|减排|绿色|低碳|循环|环保|重点|重大|改造|建设|示范|节水|技术|技改|新建|新能源|相关|配套|升级|专项|的|一批|国家|省|市|产业|基础设施|"
    r"试点|项目|工程|基地|平台|节能减排|工业|系统|优质|合同能源管理|综合能源|有|条件|部分|典型|能源|清洁能源|创新|服务|信息|共享|公共|生活垃圾焚烧|减排|管理|污染|治理|交通)*$"
)
SKIPPED = re.compile(r"总体要求|指导思想|基本原则|保障|组织|监督|考核|目标$")
POLICY = re.compile(r"政策机制|政策|制度|法规|统计|人才|队伍|市场化")
NUMBERING = re.compile(r"^(?:\d{1,2}[.．、]|[（(][一二三四五六七八九十\d]{1,2}[)）])\s*")
ACTION = re.compile(r".{2}(?:节能|优化|利用|改造|替代|治理|回收|热电联产|城市)$")
"""Items that each take the head noun of their list: 电机系统节能、能量系统优化工程 are two."""
LONGEST_NAME = 60
WORK = re.compile(r"(?:治理|监测|工作|改造|整治)$")
AMONG = re.compile(r"^等?(?:旗区|县区|区域|地区|县市|旗县)?(?:配备|开展|的)?")
CAPACITY = re.compile(
    r"(?:(?P<times>\d+)\s*[×xX*]\s*)?(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>(?:百|万|亿)?(?:千瓦时|千瓦|吨/年|t/a|吨|块|立方米|平方米)|兆瓦时|兆瓦|MWh|MW|GW)"
)
TYPES = (
    ("水电|水利枢纽|抽水蓄能|坝后电站", "hydropower"),
    ("屋顶|整县", "rooftop_pv_pilot"),
    (r"光伏\+|农光|牧光互补|渔光", "agri_pv"),
    ("氢", "hydrogen"),
    ("储能", "storage"),
    ("垃圾焚烧", "waste_to_energy"),
    ("风电|光伏|新能源发电|风光|平价新能源", "wind_solar_base"),
    ("天然气|燃气|煤改气|LNG|加气", "gas"),
    ("灵活性|余热利用节能改造|三改联动|煤电机组.*改造", "coal_retrofit"),
    ("煤电机组|燃煤机组|燃煤电厂", "coal_power"),
    ("建筑(?!垃圾)", "building"),
    ("供热|取暖|供暖|热电|发电$", "heating"),
    ("大气|挥发性有机物|VOCs|颗粒物|绿岛", "pollution_control"),
    ("能源服务|智慧能源|能源互联网|能源管理|节能管理|数字系统", "smart_energy"),
    ("污水|中水|再生水|供水|排污口|水质|流域|河|节水|海绵|废水", "water"),
    ("垃圾分类|餐厨|污泥|生活垃圾", "waste_treatment"),
    ("循环|再生|废旧|回收|固废|秸秆|资源综合利用|废物|无废|综合利用|处置项目", "circular_economy"),
    ("综合交通|枢纽|客运|客站|公路|交通", "transport"),
    ("物流|货运|铁路|运输|储运|通道|快递|集装箱|联运|线路", "logistics"),
    ("节能|余热|能量系统", "energy_efficiency"),
)


@dataclass(frozen=True, slots=True)
class _Name:
    """A name with its places, the division it is said of, and whether it was put together."""

    text: str
    start: int
    end: int
    place: str = ""
    assembled: bool = False


def project_rows(context: Context) -> list[Row]:
    """Return one row for each project and division, with all sections that name it."""
    rows: dict[tuple[str, str], Row] = {}
    for block in context.document.blocks:
        if block.kind != "paragraph" or block.number in context.outline.standing:
            continue
        for sentence in sentences(context, block):
            for row in _wanted(context, sentence):
                key = (row.fields["name"], row.fields["name_in_source"])
                if key not in rows:
                    rows[key] = row
                elif sentence.section not in rows[key].fields["section"].split(";"):
                    rows[key].fields["section"] += f";{sentence.section}"
    return list(rows.values())


def _wanted(context: Context, sentence: Sentence) -> Iterator[Row]:
    """Yield a sentence's projects; chapters of aims have none, chapters of policy only pilots and the like."""
    over = context.headings(sentence.section)
    if SKIPPED.search(over.split(" ")[-1]):
        return
    for row in _sentence_rows(context, sentence):
        if not (POLICY.search(over) and re.search(r"(?:项目|工程)$", row.fields["name"])):
            yield row


def _sentence_rows(context: Context, sentence: Sentence) -> Iterator[Row]:
    boxed = "专栏" in sentence.section
    before = ""
    for clause in clauses(sentence.text):
        if sentence.text[clause.end : clause.end + 1] == "：":
            before = clause.text
            continue
        found = VERB.search(masked(context, clause.text))
        if found is not None and found.start() <= _furthest(context, clause.text):
            subject = clause.text[: found.start()] or before
            objects = Piece(clause.text[found.end() :], clause.start + found.end())
            verb = found["verb"]
        elif boxed:
            subject, objects, verb = "", clause, ""
        else:
            before = clause.text
            continue
        yield from _objects(context, sentence, objects, verb, subject)
        before = clause.text


def _objects(context: Context, sentence: Sentence, objects: Piece, verb: str, subject: str) -> Iterator[Row]:
    """Yield the rows of what is to be done; a work in several divisions is one row in each."""
    chain = context.places.leading(objects.text)
    rest = AMONG.sub("", objects.text[chain[-1].end :].lstrip("（）")) if chain else ""
    if len(chain) > 1 and WORK.search(rest) and "、" not in rest and len(rest) >= 5:
        start = objects.end - len(rest)
        for place in chain:
            yield _row(context, sentence, _Name(rest, start, objects.end), verb, place.name, "shared_across_regions")
        return
    spread = context.places.leading(subject.removeprefix("在")) if subject.startswith("在") else ()
    if len(spread) > 1 and WORK.search(objects.text) and "、" not in objects.text and len(objects.text) >= 5:
        for place in spread:
            name = _Name(objects.text, objects.start, objects.end)
            yield _row(context, sentence, name, verb, place.name, "shared_across_regions")
        return
    for name in _names(context, objects):
        yield from _rows(context, sentence, name, verb, subject)


def _furthest(context: Context, clause: str) -> int:
    """Return how far into a clause its verb may stand: at its beginning, or behind the divisions it begins with."""
    if re.match(r"在|以|对|通过", clause):
        return len(clause)
    chain = context.places.leading(clause.removeprefix("依托"))
    return max([6, *(place.end + 8 for place in chain)])


def _names(context: Context, objects: Piece) -> Iterator[_Name]:
    """Yield the names in a list of objects; items without a head noun of their own share the last one's."""
    held: list[Piece] = []
    for item in _joined(items(objects)):
        text = _trimmed(item)
        if ENDING.search(text.text):
            yield from _shared(context, held, text)
            held = []
        else:
            held.append(item)


def _joined(parts: Sequence[Piece]) -> Iterator[Piece]:
    """Part an item at 和 or 及 where both sides end as names do: A项目和B工程."""
    for part in parts:
        for joint in ("以及", "和", "及"):
            at = part.text.find(joint)
            left, right = _trimmed(Piece(part.text[:at], part.start)).text, part.text[at + len(joint) :]
            ends = ENDING.search(left) or (joint == "和" and (WEAK_ENDING.search(left) or "项目—" in left))
            if at > 0 and ends and len(right) > 4 and ENDING.search(_trimmed(Piece(right, 0)).text):
                yield Piece(part.text[:at], part.start)
                yield Piece(part.text[at + len(joint) :], part.start + at + len(joint))
                break
        else:
            yield part


def _trimmed(piece: Piece) -> Piece:
    """Return an item without what only leads to its name or follows it."""
    text = piece.text.strip("。；")
    start = 0
    for pattern, least in ((NUMBERING, 2), (LEADS, 2), (VERB, 4)):
        lead = pattern.match(text)
        if lead is not None and len(text) - lead.end() >= least:
            start, text = start + lead.end(), text[lead.end() :]
    outside = re.sub(r"[（(“][^”）)]*[”）)]", lambda m: "□" * len(m[0]), text)
    at = outside.rfind("的") + 1
    if 0 < at <= len(text) - 5:
        start, text = start + at, text[at:]
    text = re.sub(r"等$", "", text)
    if not ENDING.search(text):
        text = TRIM.sub("", text)
    return Piece(text, piece.start + start)


def _shared(context: Context, held: Sequence[Piece], last: Piece) -> Iterator[_Name]:
    """Yield the names of a list whose last item carries the head noun."""
    places = context.places.find(last.text)
    if not held:
        yield _Name(last.text, last.start, last.end)
    elif all(is_place(context, each.text) for each in held) and places and places[0].start == 0:
        yield from _one_each(context, held, last, places[0])
    else:
        behind = _behind_etc(last)
        if behind.behind:
            yield _Name(behind.text, behind.start, behind.end)
        elif any(WEAK_ENDING.search(each.text) for each in held):
            yield from (_Name(each.text, each.start, each.end) for each in (*held, last))
        else:
            yield from _one_head(held, last, placed=bool(places))


def _one_each(context: Context, held: Sequence[Piece], last: Piece, first: Place) -> Iterator[_Name]:
    """Yield a work in each of several divisions: 托里县、和布克赛尔县储能电站."""
    tail = COUNTED.sub("", last.text[first.end :], count=1)
    for each in held:
        place = each.text if context.places.resolve(each.text) else context.places.whole
        yield _Name(each.text + tail, each.start, last.end, place, assembled=True)
    yield _Name(last.text[: first.end] + tail, last.start, last.end, first.name, tail not in last.text)


def _one_head(held: Sequence[Piece], last: Piece, *, placed: bool) -> Iterator[_Name]:
    """Yield works that share a head noun: one by one where each is an action, else all as one name."""
    start = _trimmed(held[0])
    tail = ENDING.search(last.text)
    if "等" not in last.text and tail and not placed and all(ACTION.search(each.text) for each in held):
        for each in (start, *held[1:]):
            yield _Name(each.text + tail[0], each.start, last.end, assembled=True)
        yield _Name(last.text, last.start, last.end)
        return
    joined = "、".join([start.text, *(each.text for each in held[1:]), last.text])
    if len(joined) <= LONGEST_NAME:
        yield _Name(joined, start.start, last.end)
    else:
        yield _Name(last.text, last.start, last.end)


def _behind_etc(last: Piece) -> Piece:
    """Return what stands behind 等 when it names something itself: 化工等高耗水企业废水回用工程."""
    at = last.text.find("等") + 1
    rest = re.sub(r"^(?:一批|重点|[一二三四五六七八九十两\d]+个)", "", last.text[at:])
    if (at and len(rest) >= 6 and not BARE.match(re.sub(rf"(?:{STRONG})$", "", rest))) or (at and "“" in rest):
        return Piece(rest, last.end - len(rest), behind=True)
    return last


def _is_name(name: str) -> bool:
    core = re.sub(r"(?:项目|工程|基地|试点|试点示范|示范试点|平台|枢纽|焚烧发电)$", "", name)
    return len(name) >= 5 and not NOT_NAMES.search(name) and not BARE.match(core)


def _rows(context: Context, sentence: Sentence, name: _Name, verb: str, subject: str) -> Iterator[Row]:
    if not _is_name(name.text):
        return
    named, caveat = (name.place, "") if name.place else region_of(context, name.text)
    regions = [named]
    spread = context.places.leading(subject.removeprefix("依托").removeprefix("在").removeprefix("以"))
    if caveat == "county_not_stated" and spread and re.match(r"依托|在", subject):
        regions, caveat = [place.name for place in spread], "shared_across_regions" if len(spread) > 1 else ""
    for region in regions:
        row = _row(context, sentence, name, verb, region, caveat)
        yield row


def _row(context: Context, sentence: Sentence, name: _Name, verb: str, region: str, caveat: str) -> Row:
    capacity, unit, multiplied = capacity_of(name.text)
    caveats = [each for each in (caveat, "name_assembled" if name.assembled else "", multiplied) if each]
    if _status(verb, name.text) == "applying":
        caveats.append("aspirational")
    if "、" in name.text:
        caveats.append("several_in_one")
    boxed = "专栏" in sentence.section
    fields = {
        "name": name.text,
        "nature": nature_of(name.text, placed=bool(context.places.find(name.text)), boxed=boxed),
        "type": type_of(name.text),
        "name_in_source": region,
        "capacity": number(capacity),
        "capacity_unit": unit,
        "status": _status(verb, name.text),
        "status_text": verb[-8:],
        "section": sentence.section,
        "caveats": ";".join(caveats),
    }
    rule = "project-box" if boxed else "project"
    row = Row("projects", fields, sentence.start + name.start, sentence.start + name.end, rule)
    if caveat == "county_not_stated":
        row.doubts.add("region")
    return row


def type_of(name: str) -> str:
    """Return the type that the words of a name tell."""
    return next((kind for words, kind in TYPES if re.search(words, name)), "other")


def _status(verb: str, name: str) -> str:
    for words, status in VERB_STATUS:
        if re.search(words, verb):
            return status
    if re.search(r"试点|示范(?:项目|工程|点)?$", name):
        return "pilot"
    return "renovating" if re.search(r"改造(?:项目|工程)?$", name) else "planned"


def capacity_of(name: str) -> tuple[float | None, str, str]:
    """Return the printed size of a project: 2×66万千瓦 is 132 with a caveat."""
    found = CAPACITY.search(fold(name))
    if found is None or re.search(r"[百千]$", name[: found.start()]):
        return None, "", ""
    size = float(found["number"])
    if found["times"]:
        return math.prod((size, float(found["times"]))), found["unit"], "capacity_multiplied"
    return size, found["unit"], ""
