"""Decisions of a review, as JSON from the page or as a workbook, go back into the draft."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geoapp.drafting.folder.make import write_views
from geoapp.drafting.folder.review_book import BOOK, read_book
from geoapp.drafting.folder.state import (
    STATES,
    Decision,
    Saved,
    read_decisions,
    read_draft,
    stale,
    write_decisions,
)
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.rows import COLUMNS, TABLES
from geoapp.errors import InvalidData, Issue


def take(folder: Path, book: TermBook, review: Path | None = None) -> tuple[int, list[str]]:
    """Take a review into a draft: by default ``review.json`` in its folder, else ``review.xlsx``.

    Returns the number of decisions taken and the keys of decisions whose rows are drafted no longer.

    Raises:
        NoDraft: the folder holds no draft.
        InvalidData: the review cannot be understood; nothing is taken then.
    """
    draft = read_draft(folder)
    source = review or (folder / "review.json" if (folder / "review.json").exists() else folder / BOOK)
    if not source.exists():
        raise InvalidData(source, [Issue(source.name, "没有这个文件", "先在 review.html 里导出 review.json")])
    taken = read_book(source, draft) if source.suffix == ".xlsx" else read_json(source, draft)
    return keep(folder, draft, taken, book)


def keep(folder: Path, draft: Saved, taken: Mapping[str, Decision], book: TermBook) -> tuple[int, list[str]]:
    """Add decisions to those already taken and write the draft's files anew."""
    decisions = {**read_decisions(folder), **taken}
    write_decisions(folder, decisions)
    write_views(folder, book)
    return len(taken), stale(draft, decisions)


def read_json(path: Path, draft: Saved) -> dict[str, Decision]:
    """Read a ``review.json``.

    Raises:
        InvalidData: it is damaged, or belongs to another draft.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError):
        raise InvalidData(path, [Issue(path.name, "不是可读的 JSON", "在 review.html 里重新导出")]) from None
    return parse(content, draft, str(path))


def parse(content: Any, draft: Saved, source: str) -> dict[str, Decision]:
    """Check what a review page sent and return its decisions.

    Raises:
        InvalidData: with every entry that cannot be understood.
    """
    if (
        not isinstance(content, dict)
        or content.get("draft") != draft.id
        or not isinstance(content.get("decisions"), dict)
    ):
        raise InvalidData(source, [Issue("draft", f"不是草稿 {draft.id} 的审核结果", "从这份草稿的 review.html 导出")])
    issues: list[Issue] = []
    found = {}
    for key, entry in content["decisions"].items():
        problem = _problem(entry)
        if problem:
            issues.append(Issue(f"decisions {key}", problem, "在 review.html 里重新导出"))
            continue
        table = entry.get("table")
        fields = {str(name): str(text) for name, text in entry.get("fields", {}).items()}
        found[str(key)] = Decision(entry["state"], fields, table, int(entry.get("start", 0)), int(entry.get("end", 0)))
    if issues:
        raise InvalidData(source, issues)
    return found


def _problem(entry: Any) -> str:
    if not isinstance(entry, dict) or entry.get("state") not in STATES:
        return "state 应为 " + "、".join(STATES)
    if not isinstance(entry.get("fields", {}), dict):
        return "fields 应为对象"
    table = entry.get("table")
    if table is not None and table not in TABLES:
        return "table 应为 " + "、".join(TABLES)
    known = {column for columns in COLUMNS.values() for column in columns}
    unknown = [name for name in entry.get("fields", {}) if name not in known]
    return f"没有 {unknown[0]} 这一列" if unknown else ""
