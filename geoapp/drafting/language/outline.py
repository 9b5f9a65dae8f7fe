"""Headings of a document and the heading path of every block, written as the data files write it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from geoapp.drafting.reading.document import Block, Document
from geoapp.drafting.reading.numbering import han

N = "[一二三四五六七八九十]{1,3}"
LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("annex", re.compile(r"附件(?:\s*(\d{1,2}))?\s*[:：]?$")),
    ("chapter", re.compile(rf"第({N})[章编]\s*")),
    ("part", re.compile(rf"第({N})节\s*")),
    ("chapter", re.compile(rf"({N})、")),
    ("part", re.compile(rf"[(（]({N})[)）]")),
    ("box", re.compile(r"专栏\s*(\d{1,2})[:：]?")),
    ("table", re.compile(r"表\s*(\d{1,2})[:：]?(?![-—\d.])")),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3}) (?=\S)")),
    ("point", re.compile(r"(\d{1,2})[.．、]\s*(?!\d)")),
)
LONGEST = 50
RUN_IN = re.compile(r"[^。；：]{2,40}[。：]")
BELOW = {
    "annex": ("chapter", "part", "point", "box", "table"),
    "chapter": ("part", "point", "box", "table"),
    "part": ("point", "box", "table"),
    "point": ("box", "table"),
    "box": ("table",),
    "table": (),
}
CONTENTS = re.compile(r"目\s*[录次]")


@dataclass(slots=True)
class Outline:
    """The path of every block (by its number) and the printed heading of every path."""

    paths: dict[int, str] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    standing: set[int] = field(default_factory=set)
    """Numbers of the blocks that are nothing but a heading."""


def outline(document: Document) -> Outline:
    """Walk a document and note where each block stands."""
    made = Outline()
    state: dict[str, str] = {}
    for index, block in enumerate(document.blocks):
        heading = _heading(block) if block.kind == "paragraph" else None
        if heading is not None and not _listed_annex(block, document.blocks[index + 1 :]):
            kind, label, title, stands = heading
            _enter(state, kind, label)
            path = _path(state)
            if path:
                made.headings.setdefault(_root(state, kind), title or _next_title(document.blocks, index))
            if stands:
                made.standing.add(block.number)
        elif block.kind == "paragraph":
            _leave_table(state, document.blocks, index)
        made.paths[block.number] = _path(state)
    return made


def _heading(block: Block) -> tuple[str, str, str, bool] | None:
    """Return kind, number, title and whether the paragraph is nothing else; None when it is no heading."""
    text = block.text
    for kind, pattern in LEVELS:
        matched = pattern.match(text)
        if matched is None:
            continue
        rest = text[matched.end() :].strip()
        run_in = RUN_IN.match(rest)
        if "。" in rest or len(rest) > LONGEST or rest.endswith(("；", ";")):
            if run_in is None or kind in ("box", "table", "annex") or kind == "chapter":
                return None
            return kind, matched[1], run_in[0][:-1], False
        return kind, matched[1] or "1", rest, True
    return None


def _enter(state: dict[str, str], kind: str, label: str) -> None:
    if kind == "decimal":
        numbers = [int(each) for each in label.split(".")]
        kind = ("chapter", "part", "point", "point")[len(numbers) - 1]
        label = str(numbers[-1]) if kind == "point" else han(numbers[-1])
        if kind != "chapter":
            state["chapter"] = han(numbers[0])
    if kind == "point" and "box" in state:
        return  # points inside a box are not part of a path
    if kind == "chapter":
        state.pop("annex", None) if "annex" in state and label == "一" else None
    state[kind] = label
    for deeper in BELOW[kind]:
        state.pop(deeper, None)


def _leave_table(state: dict[str, str], blocks: Sequence[Block], index: int) -> None:
    """A table's path ends with the first prose after it."""
    if "table" in state and any(block.kind == "table" for block in blocks[max(0, index - 1) : index]):
        state.pop("table")


def _listed_annex(block: Block, following: Sequence[Block]) -> bool:
    """Say whether a line 附件 only lists the annexes: the next block is its own list."""
    return block.text.startswith("附件") and bool(following) and bool(re.match(r"1[.．、]", following[0].text))


def _path(state: dict[str, str]) -> str:
    if "annex" in state and "chapter" not in state:
        base = f"附件{state['annex']}"
    elif "chapter" in state:
        base = state["chapter"] + (f"({state['part']})" if "part" in state else "") + state.get("point", "")
    else:
        return ""
    if "box" in state:
        return f"{base} 专栏{state['box']}"
    return f"{base} 表{state['table']}" if "table" in state else base


def _root(state: dict[str, str], kind: str) -> str:
    if kind in ("box", "table"):
        return f"{'专栏' if kind == 'box' else '表'}{state[kind]}"
    return _path(state).split(" ")[0]


def _next_title(blocks: Sequence[Block], index: int) -> str:
    """Return the line below a bare 附件1, which is its title."""
    below = blocks[index + 1] if index + 1 < len(blocks) else None
    return below.text if below is not None and below.kind == "paragraph" and len(below.text) <= LONGEST else ""
