"""Accepted rows become a plan of ``layers/`` once the whole plan has no fault; the rest stays open.

The plan is put together and checked in a folder of its own first: a plan with a fault changes nothing.
"""

import csv
import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.drafting.folder.pack import INDICATORS, LETTERS, PROPOSED, csv_text, read_proposals
from geoapp.drafting.folder.state import DraftRow, effective, read_decisions, read_draft
from geoapp.drafting.rows import COLUMNS, TABLES, Table
from geoapp.errors import InvalidData, Issue
from geoapp.ingest.one_plan import check_plan

IDS = "ids.json"
SHARED = ("indicators.csv", "indicator_terms.csv", "vocabulary.csv", "units.csv", "places.csv", "catalog.toml")


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the plan's folder, how many rows, how many are still open."""

    folder: Path
    published: int
    left: int


def publish(folder: Path, layers: Path, gazetteer: Gazetteer) -> Published:
    """Put what is accepted in a draft into ``layers/plans/<id>/``.

    Ids once published stay with their rows; new rows get the next free numbers.

    Raises:
        NoDraft: the folder holds no draft.
        InvalidData: nothing is accepted, the plan has faults, or another hand wrote a plan of that id.
    """
    draft = read_draft(folder)
    rows = effective(draft, read_decisions(folder))
    accepted = [row for row in rows if row.state == "accepted"]
    goal = layers / "plans" / draft.id
    _refuse(folder, goal, accepted)
    ids = _ids(folder, draft.id, accepted)
    used = {row.fields.get("indicator", "") for row in accepted}
    new = [each for key, each in read_proposals(folder).items() if key in used]
    with tempfile.TemporaryDirectory(dir=layers.parent) as made:
        stage = _stage(Path(made) / "layers", layers, folder, draft.id, new)
        for table in TABLES:
            text = _table(table, [row for row in accepted if row.table == table], ids)
            (stage / "plans" / draft.id / f"{table}.csv").write_text(text, encoding="utf-8")
        _check(stage, draft.id, gazetteer)
        _move(stage, layers, draft.id, new=bool(new))
    (folder / IDS).write_text(json.dumps(ids, indent=1), encoding="utf-8")
    left = sum(1 for row in rows if row.state == "open")
    return Published(goal, len(accepted), left)


def _refuse(folder: Path, goal: Path, accepted: Sequence[DraftRow]) -> None:
    if not accepted:
        raise InvalidData(folder, [Issue("review", "还没有接受任何一行", "先审核，再用 geoapp draft take 取回")])
    if goal.exists() and not (folder / IDS).exists():
        hint = "用 --plan 给草稿另一个编号，或先移走那个文件夹"
        raise InvalidData(folder, [Issue(str(goal), "已有同名规划，不是由这份草稿发布的", hint)])


def _ids(folder: Path, plan: str, accepted: Sequence[DraftRow]) -> dict[str, str]:
    """Return the id of every row ever published, by its key; ids are addresses and are never given twice."""
    path = folder / IDS
    ids: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for table in TABLES:
        stem = f"{plan}-{LETTERS[table]}"
        last = max((int(each.removeprefix(stem)) for each in ids.values() if each.startswith(stem)), default=0)
        for row in accepted:
            if row.table == table and row.key not in ids:
                last += 1
                ids[row.key] = f"{stem}{last:03d}"
    return ids


def _stage(stage: Path, layers: Path, folder: Path, plan: str, new: Sequence[Mapping[str, str]]) -> Path:
    """Put what the check reads into a folder of its own: the vocabulary with the new indicators, the plan."""
    (stage / "plans" / plan).mkdir(parents=True)
    for name in SHARED:
        shutil.copyfile(layers / name, stage / name)
    shutil.copyfile(folder / "plan.toml", stage / "plans" / plan / "plan.toml")
    if new:
        known = _known(layers)
        lines = [[each.get(name, "") for name in PROPOSED] for each in new if each["id"] not in known]
        with (stage / INDICATORS).open("a", encoding="utf-8") as file:
            file.write(csv_text(lines))
    return stage


def _check(stage: Path, plan: str, gazetteer: Gazetteer) -> None:
    """Check the plan; a fault names the file and the row as the draft has it, not where it was put together."""
    try:
        check_plan(stage, plan, gazetteer)
    except InvalidData as error:
        folder = stage / "plans" / plan
        raise InvalidData(
            plan, [replace(each, where=_where(each.where, folder, stage)) for each in error.issues]
        ) from None


def _where(where: str, folder: Path, stage: Path) -> str:
    """Return where a fault is: ``targets.csv row 3 (ei_gdp_cut 15%)``."""
    short = where.replace(f"{folder}/", "").replace(f"{stage}/", "")
    found = re.match(r"(\w+\.csv) row (\d+)", short)
    if found is None or not (folder / found[1]).exists():
        return short
    with (folder / found[1]).open(encoding="utf-8", newline="") as file:
        row = list(csv.DictReader(file))[int(found[2]) - 2]
    name = row.get("name") or f"{row.get('indicator', '')} {row.get('value_text', '')}".strip()
    return f"{short[: found.end()]} ({name}){short[found.end() :]}"


def _known(layers: Path) -> set[str]:
    with (layers / INDICATORS).open(encoding="utf-8", newline="") as file:
        return {row["id"] for row in csv.DictReader(file)}


def _table(table: Table, rows: Sequence[DraftRow], ids: Mapping[str, str]) -> str:
    columns = COLUMNS[table]
    lines = sorted([ids[row.key], *(row.fields.get(column, "") for column in columns)] for row in rows)
    return csv_text([("id", *columns), *lines])


def _move(stage: Path, layers: Path, plan: str, *, new: bool) -> None:
    """Move the checked files into place, each by one renaming; the plan's own document stays."""
    goal = layers / "plans" / plan
    goal.mkdir(parents=True, exist_ok=True)
    for path in sorted((stage / "plans" / plan).iterdir()):
        path.replace(goal / path.name)
    if new:
        (stage / INDICATORS).replace(layers / INDICATORS)
