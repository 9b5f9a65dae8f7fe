"""``draft.json`` holds what the rules made, ``decisions.json`` what people decided; neither loses the other.

A row's key is made of its words in the document, so that decisions find their rows again when a
corrected document is drafted anew.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, get_args

from geoapp.drafting.coverage import unused
from geoapp.drafting.drafting import Draft
from geoapp.drafting.rows import COLUMNS, Table
from geoapp.errors import GeoappError

DRAFT, DECISIONS = "draft.json", "decisions.json"
State = Literal["open", "accepted", "rejected"]
STATES: tuple[State, ...] = get_args(State)
AROUND = 24


class NoDraft(GeoappError):
    """A folder holds no draft, or one that cannot be read."""

    slug = "no-draft"


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One row under review: columns as drafted or as changed by a person, and what became of it."""

    key: str
    table: Table
    fields: Mapping[str, str]
    start: int
    end: int
    page: int | None
    block: int
    confidence: float
    open: tuple[str, ...]
    state: State = "open"
    changed: tuple[str, ...] = ()

    @property
    def evidence(self) -> str:
        """Where the row was read: page or paragraph, and the characters of the document's text."""
        where = f"第{self.page}页" if self.page is not None else f"第{self.block}段"
        return f"{where} {self.start}-{self.end}"


@dataclass(slots=True)
class Decision:
    """What a person decided about a row: its state, the columns changed; a row of one's own names its table."""

    state: State = "open"
    fields: dict[str, str] = field(default_factory=dict)
    table: Table | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft as it is kept on disk, decisions apart."""

    id: str
    names: tuple[str, ...]
    text: str
    blocks: tuple[Mapping[str, Any], ...]
    plan: Mapping[str, Any]
    headings: Mapping[str, str]
    rows: tuple[DraftRow, ...]
    proposals: tuple[Mapping[str, str], ...]
    coverage: tuple[Mapping[str, Any], ...]


def saved(draft: Draft, plan_id: str) -> Saved:
    """Return a draft as it is kept."""
    blocks = tuple(
        {
            "number": b.number,
            "page": b.page,
            "start": b.start,
            "end": b.end,
            "rows": [[[c.start, c.end] for c in row] for row in b.rows],
            "heading": b.number in draft.outline.standing,
        }
        for b in draft.document.blocks
    )
    page = asdict(draft.page)
    return Saved(
        id=plan_id,
        names=draft.document.names,
        text=draft.document.text,
        blocks=blocks,
        plan=page,
        headings=draft.outline.headings,
        rows=tuple(_rows(draft)),
        proposals=tuple(asdict(p) for p in draft.proposals),
        coverage=tuple(asdict(each) for each in unused(draft.document, draft.rows)),
    )


def _rows(draft: Draft) -> Iterator[DraftRow]:
    seen: Counter[str] = Counter()
    for row in draft.rows:
        block = draft.document.block_at(row.start)
        before = draft.document.text[max(block.start, row.start - AROUND) : row.end]
        core = [
            row.fields.get(c, "") for c in ("name_in_source", "indicator", "name", "value_text", "target_year", "year")
        ]
        stem = hashlib.sha256("|".join([row.table, *core, before]).encode()).hexdigest()[:12]
        seen[stem] += 1
        key = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
        yield DraftRow(
            key,
            row.table,
            dict(row.fields),
            row.start,
            row.end,
            block.page,
            block.number,
            row.confidence,
            tuple(row.open),
        )


def write_draft(folder: Path, draft: Saved) -> None:
    """Write ``draft.json``."""
    _write(folder / DRAFT, asdict(draft))


def read_draft(folder: Path) -> Saved:
    """Read ``draft.json``.

    Raises:
        NoDraft: the folder holds none, or one of another version.
    """
    raw = _read(folder / DRAFT)
    if raw is None:
        raise NoDraft(f"{folder} holds no draft; make one with: geoapp draft DOCUMENT -o {folder}")
    try:
        rows = tuple(DraftRow(**{**row, "open": tuple(row["open"]), "changed": ()}) for row in raw.pop("rows"))
        lists: dict[str, Any] = {name: tuple(raw.pop(name)) for name in ("names", "blocks", "proposals", "coverage")}
        return Saved(rows=rows, **lists, **raw)
    except (TypeError, KeyError):
        raise NoDraft(f"{folder / DRAFT} is of another version; draft the document again") from None


def write_decisions(folder: Path, decisions: Mapping[str, Decision]) -> None:
    """Write ``decisions.json``."""
    _write(folder / DECISIONS, {key: asdict(each) for key, each in decisions.items()})


def read_decisions(folder: Path) -> dict[str, Decision]:
    """Read ``decisions.json``; nothing is decided where it is missing.

    Raises:
        NoDraft: the file is damaged.
    """
    raw = _read(folder / DECISIONS) or {}
    try:
        return {key: Decision(**each) for key, each in raw.items()}
    except TypeError:
        raise NoDraft(f"{folder / DECISIONS} is damaged; restore it or take the review again") from None


def effective(draft: Saved, decisions: Mapping[str, Decision]) -> list[DraftRow]:
    """Return the rows as they stand: drafted, changed where people changed them, with the rows people added."""
    rows = [_decided(row, decisions.get(row.key)) for row in draft.rows]
    known = {row.key for row in rows}
    for key, decision in decisions.items():
        if key not in known and decision.table is not None:
            rows.append(_added(draft, key, decision, decision.table))
    return sorted(rows, key=lambda row: (row.start, row.end))


def _decided(row: DraftRow, decision: Decision | None) -> DraftRow:
    if decision is None:
        return row
    changed = tuple(name for name, text in decision.fields.items() if row.fields.get(name) != text)
    return replace(row, state=decision.state, fields={**row.fields, **decision.fields}, changed=changed)


def _added(draft: Saved, key: str, decision: Decision, table: Table) -> DraftRow:
    block = next((b for b in reversed(draft.blocks) if b["start"] <= decision.start), draft.blocks[0])
    fields = {name: decision.fields.get(name, "") for name in COLUMNS[table]}
    return DraftRow(
        key, table, fields, decision.start, decision.end, block["page"], block["number"], 1.0, (), decision.state
    )


def stale(draft: Saved, decisions: Mapping[str, Decision]) -> list[str]:
    """Return the keys of decisions whose rows are no longer drafted."""
    known = {row.key for row in draft.rows}
    return [key for key, decision in decisions.items() if key not in known and decision.table is None]


def changes(old: Saved, new: Saved, decisions: Mapping[str, Decision]) -> list[str]:
    """Say in sentences what another draft of the document changed."""
    before, after = {row.key: row for row in old.rows}, {row.key: row for row in new.rows}
    lines = [f"+ {_say(row)}" for key, row in after.items() if key not in before]
    for key, row in before.items():
        if key not in after:
            kept = decisions.get(key)
            was = {"accepted": "（已接受）", "rejected": "（已退回）"}.get(kept.state, "") if kept else ""
            lines.append(f"- {_say(row)}{was}")
    return lines


def _say(row: DraftRow) -> str:
    what = row.fields.get("name") or f"{row.fields['indicator']} {row.fields['value_text']}"
    return f"{row.table} {row.fields['name_in_source']} {what}（{row.fields['section']}，{row.evidence}）"


def _write(path: Path, content: object) -> None:
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    part.rename(path)


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, OSError):
        raise NoDraft(f"{path} cannot be read; restore it, or draft the document again") from None
