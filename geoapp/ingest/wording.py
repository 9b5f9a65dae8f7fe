"""The faults of ``geoapp check`` in the reader's language: each a sentence with file, row, column and what to do.

Faults are made in English where they are found. Here is their Chinese, pattern by pattern; a test
holds that no fault is left in English. What nobody worded is said in English, never left out.
"""

import re
from collections.abc import Sequence

from geoapp.errors import InvalidData, Issue

PLACES: Sequence[tuple[str, str]] = (
    (r" row (\d+), column (\w+)", r" 第 \1 行，\2 列"),
    (r" row (\d+)( \(.*?\)), column (\w+)", r" 第 \1 行\2，\3 列"),
    (r" row (\d+)", r" 第 \1 行"),
    (r"/plan\.toml (\S+)", r"/plan.toml 的 \1"),
)
PROBLEMS: Sequence[tuple[str, str]] = (
    (r"the file is missing, and (.*) stands beside it", r"没有这个文件，旁边有 \1"),
    (r"the file is missing", "没有这个文件"),
    (r"the line is missing", "缺少这一行"),
    (r"is not a line of this file", "不是这个文件里的行"),
    (r"(.*) is not a date such as .*", r"\1 不是日期（如 2022-11-29，不加引号）"),
    (r"(.*) is not a whole number without quotes", r"\1 不是整数（不加引号）"),
    (r"(.*) is not a text in quotes", r"\1 不是加引号的文字"),
    (r"(.*) is not one of the listed words", r"\1 不在词表里"),
    (r"(.*) is not a (?:table.*|list.*)", r"\1 写法不对"),
    (r"not UTF-8: it looks like UTF-16, which Excel calls Unicode text", "不是 UTF-8，像是 Excel 的“Unicode 文本”"),
    (r"the header stands here, not in row 1", "表头在这里，不在第 1 行"),
    (r"(\d+) cells of the header are empty, as merged cells leave them", r"表头有 \1 个空单元格，像是合并过"),
    (r"(.*) does not measure (.*) \((.*)\)", r"单位 \1 不能计量“\2”（\3）"),
    (r"(\S+) % is more than all there is: .* ends at 100", r"\1% 超过了全部，最多 100"),
    (r"(.*) is not what value_text (.*) says \((.*)\)", r"\1 与 value_text \2 里的“\3”不符"),
    (r"(.*) and direction (.*) say the opposite of each other", r"\1 与 direction \2 相反"),
    (r"(\S+) is negative, and (.*) is a cut", r"\1 是负数，而“\2”是降幅"),
    (r"'increase' for (.*), which is a cut", r"“\1”是降幅，方向却是 increase"),
    (r"'reduce' for (.*), whose name says no cut", r"“\1”不是降幅，方向却是 reduce"),
    (r"(\d+) lies before start_year (\d+)", r"\1 早于 start_year \2"),
    (r"(\d+) is (.*), and region_name says (.*)", r"\1 是\2，region_name 却写\3"),
    (r"(\d+) is (.*), and no title of this file names it", r"\1 是\2，而各标题都没有提到它"),
    (r"(\d+) is (.*), not (.*)", r"\1 是\2，不是\3"),
    (r"(.*) is under no heading of plan\.toml", r"\1 不在 plan.toml 的任何标题之下"),
    (r"not UTF-8: it looks like GBK/GB18030", "不是 UTF-8，像是 GBK/GB18030"),
    (r"not UTF-8: the encoding is unknown", "不是 UTF-8，编码无法识别"),
    (r"holds the replacement character U\+FFFD", "有乱码字符 U+FFFD"),
    (r"the cells are separated by tabs", "单元格用制表符分隔"),
    (r"the cells are separated by semicolons", "单元格用分号分隔"),
    (r"column ('.*?') is missing", r"缺少 \1 列"),
    (r"unknown column ('.*?')", r"多出 \1 列"),
    (r"a column name occurs twice", "列名重复"),
    (r"(\d+) cells where the header has (\d+)", r"有 \1 个单元格，表头有 \2 个"),
    (r"(.*) begins or ends with a space", r"\1 前后有空格"),
    (r"(.*) holds the invisible character (\S+)", r"\1 含有看不见的字符 \2"),
    (r"not readable as CSV: (.*)", r"不能按 CSV 读取：\1"),
    (r"line (\d+): (.*) cannot be read", r"第 \1 行：\2 无法读取"),
    (r"line (\d+): (.*) stands in the file twice", r"第 \1 行：\2 在文件里写了两次"),
    (r"the file ends inside a text, a list or a table", "文件在没有写完的文字、列表或表里结束"),
    (r"(.*) is not in the list", r"\1 不在词表里"),
    (r"(.*) is not a year", r"\1 不是年份"),
    (r"(.*) is not a number", r"\1 不是数"),
    (r"the cell is empty", "单元格为空"),
    (r"(\S+) is below (\S+)", r"\1 小于下限 \2"),
    (r"(\S+) is above (\S+)", r"\1 大于上限 \2"),
    (r"(.*) is not usable here", r"\1 不能用在这里"),
    (r"Field required, got .*", "缺少这一项"),
    (r"String should have at least (\d+) characters?, got (.*)", r"至少要 \1 个字符，现在是 \2"),
    (r"String should have at most (\d+) characters?, got (.*)", r"最多 \1 个字符，现在是 \2"),
    (r"String should match pattern .*, got (.*)", r"格式不对：\1"),
    (r"Input should be a valid (?:date|integer).*, got (.*)", r"应为日期或四位年份，现在是 \1"),
    (r"Input should be a valid string, got (.*)", r"应为文字（加引号），现在是 \1"),
    (r"Extra inputs are not permitted, got .*", "没有这一项"),
    (r"(.*) is not the folder's name", r"\1 与文件夹名不同"),
    (r"(.*) is not a division of (.*)", r"\1 不是\2的行政区"),
    (r"(.*) is not a division", r"\1 不是现行行政区代码"),
    (r"(.*) has (\d+) meanings in (.*?): (.*)", r"\1 在\3有 \2 个意思：\4"),
    (r"(.*) is not in layers/indicators\.csv", r"\1 不在 layers/indicators.csv 里"),
    (r"(.*) is not an? (.*) of layers/vocabulary\.csv", r"\1 不在 layers/vocabulary.csv 的 \2 里"),
    (r"a number, (.*), stands in the unit column", r"单位列里是数 \1"),
    (r"(\S+) is used twice \(also (.*)\)", r"\1 用了两次（还有 \2）"),
    (r"(.*) does not begin with (.*)", r"\1 不以 \2 开头"),
    (r"(.*) is not a park or project of this plan", r"\1 不是本规划的园区或项目"),
    (r"(.*) at (.*) lies outside (.*)", r"\1（\2）不在\3境内"),
    (r"(.*) is not the number of value_text (.*)", r"\1 不是 value_text \2 里的数"),
    (r"(.*) is not the unit of value_text (.*)", r"\1 不是 value_text \2 的单位"),
    (r"(\d+) lies after the document was published \((\d+)\)", r"\1 晚于文件印发年份（\2）"),
    (r"(\d+) does not lie before the target year (\d+)", r"\1 不早于目标年 \2"),
    (r"(\d+) does not lie before the year (\d+)", r"基年 \1 不早于数据年 \2"),
    (r"a goal in a pack of kind = \"results\"", '只报结果的文件（kind = "results"）里有目标'),
    (r"(\d+) lies before the plan starts \((\d+)\)", r"\1 早于规划期开始（\2）"),
    (
        r"row (\d+) gives the same (?:goal|figure) in the same section as (.*)",
        r"第 \1 行同一节的同一个数是 \2，两处不一致",
    ),
    (r"the same (?:goal|figure|park|project) stands in row (\d+)", r"与第 \1 行重复"),
    (r"(.*) looks like another spelling of (.*) in row (\d+)", r"\1 像是第 \3 行 \2 的另一种写法"),
    (r"(\S+) is negative", r"\1 是负数"),
    (r"capacity and unit belong together", "规模和单位要同时填写"),
    (r"unit (.*) of vocabulary\.csv row (\d+) has no row here", r"vocabulary.csv 第 \2 行的单位 \1 在这里没有换算"),
    (r"holds no plan", "没有任何规划"),
    (r"nobody reads this file", "没有程序读这个文件"),
    (r"nobody reads this folder", "没有程序读这个文件夹"),
    (r"(.*) is not a unit of layers/vocabulary\.csv", r"\1 不在 layers/vocabulary.csv 的单位里"),
    (r"no park and no project is called (.*)", r"没有园区或项目叫 \1"),
    (r"(.*) is no layer that the atlas serves", r"\1 不是图集能发布的图层"),
    (r"(.*) stands in row (\d+) already", r"\1 在第 \2 行已有"),
    (r"(.*) is computed by the atlas", r"\1 由系统计算"),
)
HINTS: Sequence[tuple[str, str]] = (
    (r"did you mean (.*?)\? or (.*)", r"是不是 \1？或者：\2"),
    (r"did you mean (.*?)\? allowed: (.*)", r"是不是 \1？可用：\2"),
    (r"did you mean (.*?)\? (.*)", r"是不是 \1？\2"),
    (r"did you mean (.*?)\?", r"是不是 \1？"),
    (r"allowed: (.*)", r"可用：\1"),
    (r"add it: (.*)", r"加上：\1"),
    (r"write it as: (.*)", r"写成：\1"),
    (r"the name of the document's text for `--sources`; (.*) where there is none", r"原文文本的文件名，没有时写 \1"),
    (r"(published = \S+), or (\d+) where only the year is known", r"\1，只知年份时写 \2"),
    (r"(document_no = \"\") where no number is printed", r"没有文号时写 \1"),
    (r"(region = .*), six digits in quotes", r"\1，六位数字加引号"),
    (r"(place_en = .*), 2 to 16 letters", r"\1，2 到 16 个字母"),
    (r"(base_year = .*), the year before the plan", r"\1，规划期前一年"),
    (r"a table (\S+) with the lines zh and en", r"表 \1，有 zh 和 en 两行"),
    (r"a table (\S+) with lines such as (.*)", r"表 \1，各行如 \2"),
    (r"docs/data\.md has every line of the file", "各行见 docs/data.md"),
    (r"save that as CSV UTF-8", "把它另存为 CSV UTF-8"),
    (r"delete (.*) above it", "删去它上面的行"),
    (r"unmerge them and name every column", "取消合并，给每列写上名称"),
    (r"write (.*), or correct value_text", r"写 \1，或改正 value_text"),
    (r"correct the unit or the indicator; .*", "改正单位或指标；原文如此的，加说明 unit_suspect 或 unit_clash"),
    (r"correct it", "请改正"),
    (r"write (\S+) with direction reduce; .*", r"写 \1，direction 写 reduce；原文的负号留在 value_text"),
    (r"write reach or at_most for a level .*", "降到某个水平写 reach 或 at_most，或改用降幅的指标"),
    (r"a change keeps its printed sign: a fall is negative", "变化量保留原文正负号，下降为负"),
    (r"correct the code, or write region_name .*", "改正代码，或按边界数据写 region_name"),
    (r"correct the (?:code or the name|id)", "改正其一"),
    (r"correct it, or add (.*) with its printed heading there", r"改正，或在那里加上 \1 和它的原文标题"),
    (r"move it out of layers/", "移出 layers/"),
    (r"restore it, or remove the plan's folder", "补上这个文件，或移走规划文件夹"),
    (r"save it as CSV UTF-8", "另存为 CSV UTF-8"),
    (r"export it again from the original", "从原件重新导出"),
    (r"save it as CSV with commas", "另存为逗号分隔的 CSV"),
    (r"rename (.*)\?", r"把 \1 改名？"),
    (r"add it to the header row", "加到表头"),
    (r"add it after name: work for .*", "加在 name 之后：具名项目写 work，没有具名对象的计划、试点写 action"),
    (r"write work for .*", "具名项目写 work，没有具名对象的计划、试点写 action"),
    (r"remove (?:it|one|the row|one of the two)", "删去多余的"),
    (r"keep one", "只留一个"),
    (r"move it out of layers/", "移出 layers/"),
    (r"its rows belong into (.*); move it out of layers/, or delete it", r"内容应写进 \1；把它移出 layers/，或删去"),
    (r"rename it", "改名"),
    (r"a cell was dropped or holds an unquoted comma", "少了一格，或逗号没有加引号"),
    (r"check the quotes", "检查引号"),
    (r"four digits such as 2025", "写四位年份，如 2025"),
    (r"write digits only; keep the printed form in value_text", "只写数字，原文形式写在 value_text"),
    (
        r"fill it in; merged cells must be filled in every row; did the cells shift\?",
        "请填写；合并单元格每行都要填；是否错列？",
    ),
    (r"correct the number; is it in the right column\?", "改正数字；是否错列？"),
    (r"correct one of the two; did the cells shift\?", "改正其一；是否错列？"),
    (r"correct one of the two; a level has no base year", "改正其一；水平值没有基年，留空"),
    (
        r"move the row into the plan that sets it, or leave kind out of plan\.toml",
        "移到规定它的规划里，或在 plan.toml 去掉 kind",
    ),
    (
        r"correct one of the two; if the document prints both, add the caveat (\w+) to both",
        r"改正其一；原文两处都这样印的，两行都加说明 \1",
    ),
    (r"correct one of the two", "改正其一"),
    (r"did the cells shift\?", "是否错列？"),
    (r"write yes or no", "写 yes 或 no"),
    (r"six digits such as 150600", "六位数字，如 150600"),
    (
        r"mend that line: texts stand in straight quotes .*",
        '改正那一行：文字用直引号 "…"，日期写成 2023-03-01 不加引号，数字不加引号',
    ),
    (r"close the quotes or brackets", "补上引号或括号"),
    (r"remove one of the two", "删去其中一个"),
    (r"see docs/data\.md", "见 docs/data.md"),
    (r"make them equal", "改成一致"),
    (r"correct the code", "改正代码"),
    (r"correct it, or remove the row", "改正，或删去这一行"),
    (r"add it to shapes/aliases\.csv if the document really uses it", "文件确实这样写的话，加到 shapes/aliases.csv"),
    (r"write the full name", "写全名"),
    (r"write one row for each of (.*); (.*) is no division of (.*)", r"每个地区各写一行：\1；\2 不是\3的行政区"),
    (r"write one row for each of (.*)", r"每个地区各写一行：\1"),
    (r"add it there if (?:new|it is right)", "确实是新的，就加进去"),
    (r"give it (?:a new|another) id", "换一个编号"),
    (r"write (.*); %, ‰ and 个百分点 are never mixed", r"写 \1；%、‰ 和个百分点不能混用"),
    (r"a figure of the future is a target", "未来的数是目标，写到 targets.csv"),
    (r"correct it, or add the caveat historic_target", "改正，或加说明 historic_target"),
    (r"one park is one row with all its programmes", "一个园区一行，列出全部事项"),
    (r"write the printed size", "写原文的规模"),
    (r"write (\w+)", r"写 \1"),
    (r"fill both or neither", "要么都填，要么都不填"),
    (r"add its factor and source", "补上换算系数和来源"),
    (r"add a folder with plan\.toml and its tables", "加一个有 plan.toml 和四张表的文件夹"),
    (r"check for swapped coordinates or a GCJ-02 shift", "检查经纬度是否颠倒，是否为 GCJ-02"),
    (r"small letters, digits and _, beginning with a letter", "小写字母、数字和下划线，字母开头"),
)

STEPS: Sequence[tuple[str, str]] = (
    (r"reading boundaries", "读取边界"),
    (r"writing the build", "写入构建"),
    (r"joining plans to regions", "把规划与地区对应"),
    (r"(.*) is missing: maps show foreign land as water", r"缺少 \1：图上境外陆地按水面显示"),
)
"""What a check does, as it says while it works."""


def step(text: str, lang: str) -> str:
    """Return a line of progress in ``zh`` or ``en``."""
    return _worded(text, STEPS) if lang == "zh" else text


def place(text: str, lang: str) -> str:
    """Return a file, row and column in ``zh`` or ``en``."""
    for pattern, words in PLACES if lang == "zh" else ():
        text = re.sub(pattern, words, text)
    return text


def say(issue: Issue, lang: str) -> str:
    """Return a fault as a sentence in ``zh`` or ``en``."""
    if lang != "zh":
        return str(issue)
    where = place(issue.where, lang)
    hint = _worded(issue.hint, HINTS)
    return f"{where}：{_worded(issue.problem, PROBLEMS)}" + (f"（{hint}）" if hint else "")


def say_all(error: InvalidData, lang: str) -> str:
    """Return all faults of a check, one a line under their number."""
    if lang != "zh":
        return str(error)
    return "\n".join(
        [f"{error.source}：{len(error.issues)} 处错误", *(f"  {say(issue, lang)}" for issue in error.issues)]
    )


def _worded(text: str, table: Sequence[tuple[str, str]]) -> str:
    for pattern, words in table:
        matched = re.fullmatch(pattern, text, flags=re.DOTALL)
        if matched is not None:
            said = matched.expand(words)
            rest = matched[matched.lastindex] if matched.lastindex and words.endswith(f"\\{matched.lastindex}") else ""
            return said.removesuffix(rest) + _worded(rest, table) if rest and rest != text else said
    return text
