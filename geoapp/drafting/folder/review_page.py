"""``review.html``: the whole review in one file that opens in any browser without a network."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Any

from geoapp.drafting.folder.names import CHOICES, NAMES
from geoapp.drafting.folder.questions import in_english
from geoapp.drafting.folder.state import DraftRow, Saved, read_draft
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.rows import COLUMNS

PAGE = "review.html"


def write_page(folder: Path, draft: Saved, rows: Sequence[DraftRow], book: TermBook) -> None:
    """Write ``review.html`` beside the draft."""
    (folder / PAGE).write_text(render(draft, rows, book), encoding="utf-8")


def render(
    draft: Saved, rows: Sequence[DraftRow], book: TermBook, *, lang: str = "zh", endpoint: str = "", secret: str = ""
) -> str:
    """Return the page; ``endpoint`` is where decisions are sent (with a secret) instead of exported."""
    content = _data(draft, rows, book) | {"endpoint": endpoint, "secret": secret}
    part = files("geoapp.drafting.review").joinpath
    title = draft.plan["title"] or draft.id
    return Template(part("review.html").read_text(encoding="utf-8")).substitute(
        lang=lang,
        title=_plain(title),
        style=part("review.css").read_text(encoding="utf-8"),
        script=part("review.js").read_text(encoding="utf-8"),
        data=json.dumps(content, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028"),
    )


def _plain(text: str) -> str:
    """Return a text for the title element: signs of HTML left out, as no title has them."""
    return "".join(character for character in text if character not in "<>&\"'")


def _data(draft: Saved, rows: Sequence[DraftRow], book: TermBook) -> dict[str, Any]:
    drafted = {row.key: row.fields for row in draft.rows}
    sections = {row.block: row.fields.get("section", "") for row in rows}
    whole = next(
        (row.fields["name_in_source"] for row in rows if row.fields["name_in_source"].startswith("全")), "全市"
    )
    return {
        "id": draft.id,
        "print": hashlib.sha256(draft.text.encode()).hexdigest()[:8],
        "title": draft.plan["title"] or draft.id,
        "text": draft.text,
        "blocks": draft.blocks,
        "rows": [_row(row, drafted) for row in rows],
        "coverage": [_number(each, draft, sections) for each in draft.coverage],
        "columns": COLUMNS,
        "choices": CHOICES,
        "names": {name: {"zh": zh, "en": en} for name, (zh, en) in NAMES.items()},
        "titles": {each.id: each.title.zh for each in book.indicators.values()},
        "proposed": {each["id"]: each["title_zh"] for each in draft.proposals},
        "whole": whole,
        "year": draft.plan["end_year"],
    }


def _row(row: DraftRow, drafted: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    return {
        "key": row.key,
        "table": row.table,
        "fields": row.fields,
        "drafted": drafted.get(row.key, {}),
        "start": row.start,
        "end": row.end,
        "page": row.page,
        "block": row.block,
        "confidence": row.confidence,
        "open": [{"zh": each, "en": in_english(each)} for each in row.open],
        "state": row.state,
        "added": row.key not in drafted,
        "touched": row.state != "open" or bool(row.changed),
    }


def _number(number: Mapping[str, Any], draft: Saved, sections: Mapping[int, str]) -> dict[str, Any]:
    block = next((b for b in reversed(draft.blocks) if b["start"] <= number["start"]), draft.blocks[0])
    return {**number, "page": block["page"], "block": block["number"], "section": sections.get(block["number"], "")}


def page_of(folder: Path) -> Path:
    """Return where a draft's review page lies, after making sure that there is a draft."""
    read_draft(folder)
    return folder / PAGE
