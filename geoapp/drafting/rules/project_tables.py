"""Tables that list projects: a name in each line, beside it where, how large, new or going on."""

import re
from collections.abc import Iterator, Sequence

from geoapp.drafting.language.nature import nature_of
from geoapp.drafting.reading.document import Block, Cell
from geoapp.drafting.rows import Row, number
from geoapp.drafting.rules.context import Context
from geoapp.drafting.rules.names import region_of
from geoapp.drafting.rules.projects import capacity_of, type_of

NAME = re.compile(r"^(?:(?:建设|重点|重大|拟建|储备)?(?:项目|工程)(?:名称)?|名称)$")
ABOUT = re.compile(
    r"建设(?:地点|规模|内容|性质|年限|期限|周期|单位|起止|阶段)|投资|项目(?:地点|业主|法人|性质|单位)|^(?:地点|规模|业主)|起止年"
)
WHERE = re.compile(r"地点|所在地|地区|县区|旗县|县市|县（市")
SIZE = re.compile(r"规模|内容|装机|容量")
STATE = re.compile(r"性质|阶段|状态|进展")
STATES = (("续建|在建|建设中", "building"), ("改造|技改|扩建|改扩建", "renovating"), ("建成|完工|投产", "completing"))
TOTAL = re.compile(r"^(?:合计|总计|小计|共计)")
LEAST = 4
"""Characters of a name."""


def is_project_table(block: Block) -> bool:
    """Say whether a table lists projects: one column names them, others say what only projects have."""
    if block.kind != "table" or len(block.rows) < 2:
        return False
    heads = [_plain(cell.text) for cell in block.rows[0]]
    return any(map(NAME.match, heads)) and any(ABOUT.search(head) for head in heads)


def project_table_rows(context: Context) -> Iterator[Row]:
    """Yield one row for each line of every table of projects."""
    for block in context.document.blocks:
        if is_project_table(block):
            heads = [_plain(cell.text) for cell in block.rows[0]]
            section = context.outline.paths.get(block.number, "")
            for cells in block.rows[1:] if section else ():
                yield from _row(context, heads, cells, section)


def _row(context: Context, heads: Sequence[str], cells: Sequence[Cell], section: str) -> Iterator[Row]:
    at = next(n for n, head in enumerate(heads) if NAME.match(head))
    name = cells[at].text.strip()
    merged = len({cell.text for cell in cells}) == 1
    if merged or len(name) < LEAST or TOTAL.match(name) or name == heads[at]:
        return
    region, caveat = _region(context, _said(heads, cells, WHERE), name)
    size, unit, multiplied = capacity_of(f"{name} {_said(heads, cells, SIZE)}")
    state = _said(heads, cells, STATE)
    fields = {
        "name": name,
        "nature": nature_of(name, placed=True, boxed=True),
        "type": type_of(name),
        "name_in_source": region,
        "capacity": number(size),
        "capacity_unit": unit,
        "status": next((status for words, status in STATES if re.search(words, state)), "planned"),
        "status_text": state,
        "section": section,
        "caveats": ";".join(filter(None, (caveat, multiplied))),
    }
    row = Row("projects", fields, cells[at].start, cells[at].start + len(name), "project-table")
    if caveat == "county_not_stated":
        row.doubts.add("region")
    yield row


def _region(context: Context, where: str, name: str) -> tuple[str, str]:
    """Return the division of a project: of its column, else what its name tells."""
    places = context.places.find(where)
    return (places[0].name, "") if places else region_of(context, name)


def _said(heads: Sequence[str], cells: Sequence[Cell], pattern: re.Pattern[str]) -> str:
    return " ".join(cell.text for head, cell in zip(heads, cells, strict=True) if pattern.search(head))


def _plain(head: str) -> str:
    return re.sub(r"[\s　]|[（(](?:万元|亿元|单位[^）)]*)[）)]", "", head)
