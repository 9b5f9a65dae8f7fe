"""Named parks: development zones, industrial parks, belts and clusters, one row a park."""

import re
from collections.abc import Iterator

from geoapp.drafting.rows import Row
from geoapp.drafting.rules.context import Context
from geoapp.drafting.rules.names import masked, region_of
from geoapp.drafting.rules.sentences import Sentence, sentences

KIND = (
    r"(?:经济技术|高新技术产业|经济|高新技术)?开发区|工业园区|工业园|工业集中区|产业园区|产业园|产业集聚区|集聚区|物流园区?|科技园区?|示范园|边境经济合作区|合作区|"
    r"(?:重点)?开发开放试验区|综合保税区|综合治理区域|循环经济园区?|经济带|产业带|产业集群|高新区|园区|河湟新区|新区"
)
PARK = re.compile(
    rf"(?P<head>(?:[“（(][^”）)]{{1,24}}[”）)]|[\u4e00-\u9fffA-Za-z·—\-]){{1,24}}?)(?P<kind>{KIND})(?![\u4e00-\u9fff]{{0,3}}(?:循环化水平|管委会))"
)
CUT = re.compile(
    r".*(?:围绕|形成了?|以|在|对|于|为|是|把|将|推动|推进|支持|鼓励|建设|打造|提升|引导|促进|加快|依托|发展|创建|实施|深化|抓好|开展|等|"
    r"面向|各|的|和|及|与|至|向|进|从|由|到|中|[一二三四五六七八九十两\d]+(?:个|家)|先期|满足|发挥|加强|强化|调整|支撑|挖掘|完善|优化|配套|逐步|系统|提高|推行|实现|加大|明确|规范|争创|积极|着力|争取|重点打造)(?=[^）)”]*$)"
)
GENERIC = re.compile(
    r"自治区级?|国家级?|省级?|市级|县级|区级|地区|以上|级|各类?|重点|工业|产业|经济|技术|绿色|低碳|零碳|生态|循环化?|节能环保?|示范|高新|高质量|"
    r"特色|新型|现代|绿电|物流|科技|农业|企业|集中|开发|新|老|化工|建设|环境|所有|全部|本地|相关|主要|现有|试点|大型|服务|小微|千亿|百亿|国内|知名|综合|配套|内|对|有条件|具备条件|优势|园|区|能源|传统"
)
PROGRAMMES = (
    ("循环化改造示范|循环化改造[^，。；]{0,6}试点|循环化试点", "circular_retrofit_pilot"),
    ("循环化改造", "circular_retrofit"),
    ("垃圾分类", "waste_sorting_pilot"),
    ("零碳", "zero_carbon_pilot"),
    ("低碳示范", "low_carbon_pilot"),
    ("节能技改", "energy_retrofit"),
    ("VOCs|挥发性有机物组分", "voc_monitoring_pilot"),
    ("综合治理区域", "air_quality_zone"),
    ("共建共享", "shared_infrastructure"),
    ("数字化|信息化基础设施", "digital_infrastructure"),
    ("供热", "heating_network"),
    ("天然气管网", "gas_network"),
    ("新能源[^，。；]{0,6}产业园", "new_energy_park"),
    ("循环经济", "recycling_project_host"),
)
DISTINCT = re.compile(r".*(?:开发区|集中区|合作区|试验区|经济带|产业带|产业集群|治理区域|新区|保税区)")
CONTINUES = re.compile(
    r"^(?!.{0,8}(?:开展|实施|建设|进行|打造|重点))(?!等|建设|实施|进行|和|与|及|的|内|为|管|循环)(?:[\u4e00-\u9fff]{2,10}(?:工业园区|产业园区?|工业园|园区))"
)


def park_rows(context: Context) -> list[Row]:
    """Return one row for each named park with all sections that name it."""
    rows: dict[str, Row] = {}
    for block in context.document.blocks:
        if block.kind != "paragraph" or block.number in context.outline.standing:
            continue
        for sentence in sentences(context, block):
            for start, printed in _names(context, sentence.text):
                name = next((other for other in rows if _outside(other) == _outside(printed)), printed)
                if name in rows:
                    _again(rows[name], sentence)
                else:
                    rows[name] = _row(context, sentence, start, name)
    return list(rows.values())


def _names(context: Context, text: str) -> Iterator[tuple[int, str]]:
    """Yield the named parks of a sentence; 达拉特经济开发区三垧梁工业园区 is one."""
    at = 0
    while (found := PARK.search(text, at)) is not None:
        at = found.end()
        if (more := CONTINUES.match(text[at:])) is not None:
            at += len(more[0])
        whole = text[found.start() : at]
        if "）" in whole and "（" not in whole:
            whole = whole[whole.rindex("）") + 1 :]
        cut = CUT.match(masked(context, whole)[: len(whole) - len(found["kind"])])
        name = whole[cut.end() :] if cut else whole
        if _is_named(context, name, found["kind"]):
            yield at - len(name), name


def _is_named(context: Context, name: str, kind: str) -> bool:
    head = name[: len(name) - len(kind)] if name.endswith(kind) else name
    if "“" in head and "”" in head and kind in ("产业集群", "经济带", "产业带"):
        return True
    if re.search(r"[不其该我本型的]|建成|企业|一批|^[（(]", head):
        return False
    placed = bool(context.places.in_name(head)) or any(own in head for own in context.places.own)
    core = GENERIC.sub("", head)
    return len(core) >= 2 and (placed or bool(DISTINCT.fullmatch(kind)) or (len(core) >= 2 and len(head) >= 3))


def _outside(name: str) -> str:
    """Return a name without its brackets: 额敏（兵地、辽阳） and 额敏（兵团、辽阳） are one park, spelt twice."""
    return re.sub(r"（[^）]*）", "", name)


def _again(row: Row, sentence: Sentence) -> None:
    sections = row.fields["section"].split(";")
    if sentence.section not in sections:
        row.fields["section"] = ";".join([*sections, sentence.section])
    _programmes(row, sentence)


def _programmes(row: Row, sentence: Sentence) -> None:
    known = [each for each in row.fields["programmes"].split(";") if each and each != "named_only"]
    found = [programme for words, programme in PROGRAMMES if re.search(words, sentence.text)]
    if "circular_retrofit_pilot" in found:
        found = [each for each in found if each != "circular_retrofit"]
    row.fields["programmes"] = ";".join(dict.fromkeys([*known, *found])) or "named_only"


def _row(context: Context, sentence: Sentence, start: int, name: str) -> Row:
    region, caveat = region_of(context, name)
    fields = {"name": name, "programmes": "", "name_in_source": region, "section": sentence.section, "caveats": caveat}
    row = Row("parks", fields, sentence.start + start, sentence.start + start + len(name), "park")
    _programmes(row, sentence)
    return row
