"""The texts our own script says, in the reader's language."""

from typing import Any

from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase, sense
from geoapp.portrayal.work_sizes import HEAD, SCALES, WORDS

PRECISION_WORDS = {
    "site": Phrase("精确到位置"),
    "town": Phrase("精确到乡镇"),
    "county": Phrase("只知所在县"),
    "prefecture": Phrase("只知所在地市"),
    "province": Phrase("只知所在省区"),
}
TEXTS = {
    "brand": Phrase("规划图集"),
    "map": Phrase("规划地图：方向键逐个走到各地区，回车打开卡片"),
    "legend": Phrase("图例"),
    "loading": Phrase("正在读取…"),
    "failed": Phrase("数据没有读到。"),
    "none": Phrase("文件未设此目标"),
    "zoomForPoints": Phrase("放大或选择地区后显示园区与项目"),
    "retry": Phrase("再试一次"),
    "tooSmall": Phrase("这个框太小，放不下地图。"),
    "close": Phrase("关闭"),
    "zoomIn": Phrase("放大"),
    "zoomOut": Phrase("缩小"),
    "home": Phrase("回到本范围"),
    "sources": Phrase("资料来源："),
    "counted": Phrase("{n} 份规划文件，清单见“分享与下载”中的 Excel", {"n": "{n}"}),
    "park": sense("one", "园区"),
    "parks": Phrase("园区"),
    "project": sense("one", "项目"),
    "projects": Phrase("项目"),
    "action": sense("one", "举措"),
    "actions": Phrase("举措"),
    "townPrecision": Phrase("乡镇级位置"),
    "countyPrecision": Phrase("只知所在县市，非实际位置"),
    "piled": Phrase("按所在地区计数，非实际位置"),
    "pileSample": Phrase("个数"),
    "loose": Phrase("只知所在地市或省区，未落图"),
    "targets": Phrase("目标填色"),
    "plain": Phrase("不填色，只看园区与项目"),
    "howMany": Phrase("个数"),
    "names": Phrase("地名与数值"),
    "basemap": Phrase("天地图底图"),
    "thematic": Phrase("专题"),
    "background": Phrase("底图"),
    "opacity": Phrase("不透明度"),
    "filterWord": Phrase("按类筛选"),
    "all": Phrase("全部"),
    "noDataHere": Phrase("此处没有数据"),
    "noTargetHere": Phrase("这里的文件没有这项目标。"),
    "showInstead": Phrase("改看"),
    "basemapFailed": Phrase("底图不可用，地图其余部分照常。"),
    "basemapOff": Phrase("未配置密钥"),
    "rasterHint": Phrase("点击地图读取这一点的数值"),
    "rasterFailed": Phrase("读不到栅格图层，请稍后再试"),
    "rasterOutlines": Phrase("显示地面时各地只画轮廓"),
    "whole": Phrase("全域"),
    "wholeOf": Phrase("不落在具体县市："),
    "found": Phrase("条结果"),
    "nothingFound": Phrase("没有找到。试试简称、旧名或拼音首字母。"),
    "searchFailed": Phrase("检索没有成功，请再试。"),
    "copied": Phrase("已复制"),
    "moveUp": Phrase("上移"),
    "moveDown": Phrase("下移"),
    "takeOut": Phrase("取出"),
    "beside": Phrase("加入对照的另一幅…"),
    "bookProvince": Phrase("每省一页"),
    "bookPrefecture": Phrase("每个地市一页"),
    "bookCounty": Phrase("每县一页"),
    "copyFailed": Phrase("浏览器不允许复制，请手动选中文字。"),
    "copyCitation": Phrase("复制引文"),
    "share": Phrase("分享与下载"),
    "comma": Phrase("、"),
    "waiting": Phrase("排队中，前面还有 {n} 件", {"n": "{n}"}),
    "next": Phrase("排队中，下一件就是"),
    "making": Phrase("正在制作…"),
    "full": Phrase("排队的人太多，请约 {n} 秒后再试；其他页面不受影响。", {"n": "{n}"}),
    "ended": Phrase(
        "这一项用完了一次请求可用的内存或时间，没有做成。请换小一些的纸张、少一些地区或低一些的分辨率再试。"
    ),
    "rows": Phrase("行"),
    "name": Phrase("名称"),
    "place": Phrase("所在"),
    "region": Phrase("地区"),
    "target": sense("one", "目标"),
    "filtered": Phrase("只看："),
    "showAll": Phrase("显示全部"),
    "more": Phrase("其余从略，缩小范围可见"),
    "emptyList": Phrase("这个范围没有这类记录。"),
    "compare": Phrase("对比"),
    "compareWith": Phrase("对比图"),
    "endCompare": Phrase("结束对比"),
    "basic": Phrase("基本目标"),
    "incentive": Phrase("激励目标"),
    "expand": Phrase("展开面板"),
    "collapse": Phrase("收起面板"),
    "zoomed": Phrase("放大后逐个显示"),
    "past": Phrase("目标年已过"),
    "figuresOf": Phrase("看公布的统计值"),
    "yearBefore": Phrase("前一年"),
    "yearAfter": Phrase("后一年"),
    "figureYear": Phrase("统计年"),
    "periodElsewhere": Phrase("这个地区没有所选时期的数据，改看数据最多的时期。"),
    "periodOther": Phrase("原指标在这个时期没有数据，改看："),
    "listed": Phrase("全国名录与专题图层"),
    "clustered": Phrase("圆内为个数，放大后逐个显示"),
    "gathered": Phrase("圆内为园区、项目个数，放大后逐个显示"),
    "closer": Phrase("放大到这里"),
    "bound": Phrase("文件所管的地区"),
    "notInList": Phrase("名单中没有这些字。"),
    "clear": Phrase("清除筛选"),
    "sized": Phrase("圆点大小"),
}
WHY = {
    "level": Phrase("所选地区小于这一级，不能按它划分。"),
    "tier": Phrase("这里的文件没有给这项指标设这一档目标。"),
}
"""Why a level or a tier cannot be chosen."""
FACETS = {
    "programme": Phrase("示范与工程"),
    "type": Phrase("类型"),
    "status": Phrase("状态"),
    "precision": Phrase("位置精度"),
    "plan": sense("one", "规划文件"),
}
"""What narrows parks and projects."""
KINDS = {
    "region": Phrase("地区"),
    "park": sense("one", "园区"),
    "project": sense("one", "项目"),
    "indicator": Phrase("指标"),
    "plan": sense("one", "规划文件"),
}


def ui_texts(dataset: Dataset, lang: str) -> dict[str, Any]:
    """Return the texts our own script needs, in one language."""
    kinds = {term.id: term.title.get(lang) for term in dataset.terms if term.kind == "project_type"}
    programmes = {term.id: term.title.get(lang) for term in dataset.terms if term.kind == "programme"}
    statuses = {term.id: term.title.get(lang) for term in dataset.terms if term.kind == "project_status"}
    return {
        **{name: phrase.say(lang) for name, phrase in TEXTS.items()},
        "kinds": kinds,
        "statuses": statuses,
        "programmes": programmes,
        "found_kinds": {name: phrase.say(lang) for name, phrase in KINDS.items()},
        "precision": {name: phrase.say(lang) for name, phrase in PRECISION_WORDS.items()},
        "facets": {name: phrase.say(lang) for name, phrase in FACETS.items()},
        "sizes": [{"scale": scale, "label": words.say(lang)} for scale, words in zip(SCALES, WORDS, strict=True)],
        "sizeHead": HEAD.say(lang),
        "why": {name: phrase.say(lang) for name, phrase in WHY.items()},
        "filter": {
            "parks": Phrase("按示范类别").say(lang),
            "projects": Phrase("按项目类型").say(lang),
            "actions": Phrase("按项目类型").say(lang),
        },
    }


HEADINGS = (
    *(
        Phrase("主要目标"),
        Phrase("总体目标"),
        Phrase("工作目标"),
        Phrase("各地区节能目标"),
        Phrase("指标分解"),
        Phrase("名单"),
    ),
    *(Phrase("附表"), Phrase("公报表"), Phrase("现状"), Phrase("回顾"), Phrase("结果"), Phrase("统计"), Phrase("评估")),
    *(Phrase("重点行业"), Phrase("交通"), Phrase("城镇"), Phrase("城乡建设"), Phrase("公共机构")),
    *(Phrase("工业节能降碳工程"), Phrase("煤炭清洁高效利用"), Phrase("煤炭清洁高效利用工程"), Phrase("晴雨表")),
)
"""Headings without a number under which parts of papers are held: here for the catalogue alone."""
