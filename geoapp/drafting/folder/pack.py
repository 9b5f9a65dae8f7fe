"""The draft as a pack: ``plan.toml`` and the four tables with confidence, evidence and what is open."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from geoapp.drafting.folder.state import DraftRow, Saved
from geoapp.drafting.rows import COLUMNS, TABLES, Table

LETTERS: Mapping[Table, str] = {"targets": "t", "statistics": "s", "parks": "p", "projects": "j"}
INDICATORS = "indicators.csv"
MORE = ("confidence", "evidence", "open", "state")
PROPOSED = (
    "id", "title_zh", "title_en", "definition_zh", "definition_en", "unit", "sector", "kind", "better", "aggregate",
    "inherit", "draw",
)  # fmt: skip


def write_pack(folder: Path, draft: Saved, rows: Sequence[DraftRow]) -> None:
    """Write the pack's files; a ``plan.toml`` that people have edited is kept."""
    if not (folder / "plan.toml").exists():
        (folder / "plan.toml").write_text(plan_toml(draft), encoding="utf-8")
    for table in TABLES:
        own = [row for row in rows if row.table == table and row.state != "rejected"]
        (folder / f"{table}.csv").write_text(_draft_table(draft.id, table, own), encoding="utf-8")
    written = read_proposals(folder)
    (folder / INDICATORS).write_text(_proposals(draft.proposals, written), encoding="utf-8")


def _draft_table(plan: str, table: Table, rows: Sequence[DraftRow]) -> str:
    header = ("id", *COLUMNS[table], *MORE)
    lines = [
        [
            f"{plan}-{LETTERS[table]}{number:03d}",
            *(row.fields.get(column, "") for column in COLUMNS[table]),
            f"{row.confidence:.2f}",
            row.evidence,
            "；".join(row.open),
            row.state,
        ]
        for number, row in enumerate(rows, start=1)
    ]
    return csv_text([header, *lines])


def csv_text(lines: Iterable[Sequence[str]]) -> str:
    """Return lines as CSV with commas and line feeds."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(lines)
    return out.getvalue()


def _proposals(proposals: Sequence[Mapping[str, str]], written: Mapping[str, Mapping[str, str]]) -> str:
    """Return the proposed lines for ``indicators.csv``; what people wrote stays, what only they can say is empty."""
    made = [written.get(p["id"]) or _filled(p) for p in proposals]
    return csv_text([PROPOSED, *([each.get(name, "") for name in PROPOSED] for each in made)])


def read_proposals(folder: Path) -> dict[str, dict[str, str]]:
    """Return the proposed indicators of a draft folder by id, as people have completed them."""
    path = folder / INDICATORS
    if not path.exists():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file) if row.get("id")}


def _filled(proposal: Mapping[str, str]) -> dict[str, str]:
    amount = proposal["kind"] in ("amount", "capacity", "count")
    return {
        **proposal,
        "better": "none",
        "aggregate": "sum" if amount else "none",
        "inherit": "no",
        "draw": "symbol" if amount else "fill",
    }


def plan_toml(draft: Saved) -> str:
    """Return the text of ``plan.toml``; English texts and whatever the document does not say are for a person."""
    plan = draft.plan
    todo = "".join(
        f"# 待定：{sentence}\n" for sentence in [*plan["open"], "标题、简称、机关的英文和 place_en 请人工填写"]
    )
    source = draft.names[0] if draft.names else ""
    lines = [
        todo.rstrip("\n"),
        f"id = {quoted(draft.id)}",
        f"region = {quoted(plan['region'])}",
        'place_en = ""',
        f"document_no = {quoted(plan['document_no'])}",
        f"published = {published(plan['published'])}",
        f"start_year = {plan['start_year']}",
        f"end_year = {plan['end_year']}",
        f"base_year = {plan['base_year']}",
        f"source_file = {quoted(source)}",
    ]
    for name, text in (("title", plan["title"]), ("short_title", plan["title"]), ("issuer", plan["issuer"])):
        lines += ["", f"[{name}]", f"zh = {quoted(text)}", 'en = ""']
    lines += ["", "[headings]", *(f"{quoted(path)} = {quoted(title)}" for path, title in draft.headings.items())]
    lines += _unpublished(plan, draft.headings)
    return "\n".join(lines) + "\n"


def published(text: str) -> str:
    """Return a date as TOML holds it: a day, or only the year where the document says no more."""
    return text if len(text) == 10 else text[:4] or '""'


def _unpublished(plan: Mapping[str, Any], headings: Mapping[str, str]) -> list[str]:
    if not plan["annexes_unpublished"]:
        return []
    lines = ["", "# 文件写明附件不公开：请逐个核对 level 和 indicators"]
    for path, title in headings.items():
        if path.startswith("附件"):
            lines += ["[[unpublished]]", f"section = {quoted(path)}", f"title = {quoted(title)}"]
            lines += ['level = "county"', "indicators = []", ""]
    return lines


def quoted(text: str) -> str:
    """Return a text as a TOML string."""
    return json.dumps(text, ensure_ascii=False)
