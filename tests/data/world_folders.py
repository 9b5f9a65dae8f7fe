"""The made-up world (:mod:`tests.data.world`) as folders, for the real reading, building and storing.

``write_world(folder)`` writes ``layers/`` and a boundary package; ``build_plan`` says how to build it. A build takes
about a second. Put ``folder / "package"`` on ``sys.path`` first: the package is found as an installed one is.
"""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoapp.builder import BuildPlan
from geoapp.ingest.schemas import (
    IndicatorRow,
    ParkRow,
    PlaceRow,
    ProjectRow,
    StatisticRow,
    TargetRow,
    TermRow,
    UnitRow,
)
from geoapp.ingest.tables import Row
from geoapp.model.dataset import Dataset, LayerInfo
from geoapp.model.plan import Plan, Text
from tests.data.world import build_world
from tests.data.world_map import WorldPackage, write_boundaries
from tests.data.world_rows import PLACES


@dataclass(frozen=True)
class WorldFolders:
    """Where the world was written."""

    layers: Path
    boundaries: WorldPackage
    build_dir: Path

    @property
    def plan(self) -> BuildPlan:
        """How ``geoapp build`` builds it."""
        return BuildPlan(
            layers=self.layers,
            aliases=self.boundaries.aliases,
            names_en=self.boundaries.names_en,
            source=self.boundaries.source,
            build_dir=self.build_dir,
        )


def write_world(folder: Path) -> WorldFolders:
    """Write the world's data and boundaries below a folder."""
    write_layers(folder / "layers", build_world().dataset)
    return WorldFolders(folder / "layers", write_boundaries(folder / "package"), folder / "build")


def write_layers(folder: Path, dataset: Dataset) -> None:
    """Write a dataset as the files that people edit; what the atlas computes is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    printed = [indicator for indicator in dataset.indicators if not indicator.derived]
    write_table(folder / "indicators.csv", IndicatorRow, printed)
    write_table(folder / "vocabulary.csv", TermRow, [term for term in dataset.terms if term.id != "computed"])
    write_table(folder / "units.csv", UnitRow, dataset.units)
    places = [dict(zip(("name", "adcode", "lon", "lat", "precision"), row, strict=True)) for row in PLACES]
    write_table(folder / "places.csv", PlaceRow, [{**place, "source": "测试地图集"} for place in places])
    (folder / "rasters").mkdir(exist_ok=True)
    (folder / "catalog.toml").write_text("\n".join(_layer_toml(info) for info in dataset.layers), encoding="utf-8")
    for plan in dataset.plans:
        pack = folder / "plans" / plan.id
        pack.mkdir(parents=True, exist_ok=True)
        (pack / "plan.toml").write_text(plan_toml(plan), encoding="utf-8")
        write_table(pack / "targets.csv", TargetRow, [t for t in dataset.targets if t.plan == plan.id])
        write_table(pack / "statistics.csv", StatisticRow, [s for s in dataset.statistics if s.plan == plan.id])
        write_table(pack / "parks.csv", ParkRow, [p for p in dataset.parks if p.plan == plan.id])
        write_table(pack / "projects.csv", ProjectRow, [p for p in dataset.projects if p.plan == plan.id])


def _layer_toml(info: LayerInfo) -> str:
    names = ("id", "title_zh", "title_en", "group", "geometry")
    return "[[layer]]\n" + "".join(f"{name} = {_text(getattr(info, name))}\n" for name in names)


def _text(value: str) -> str:
    """Return a text as TOML writes it: JSON's strings are TOML's basic strings."""
    return json.dumps(value, ensure_ascii=False)


def write_table(path: Path, model: type[Row], records: Iterable[object]) -> None:
    """Write records (or dictionaries) as the table of a row model."""
    columns = list(model.model_fields)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_cell(_field(record, column)) for column in columns] for record in records)


def _field(record: Any, column: str) -> object:
    if isinstance(record, dict):
        return record[column]
    for suffix in ("zh", "en"):
        stem = column.removesuffix(f"_{suffix}") if column.endswith(f"_{suffix}") else ""
        whole = getattr(record, stem or "title", None) if stem or column == suffix else None
        if isinstance(whole, Text):
            return whole.get(suffix)
    return getattr(record, column)


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | int):
        return f"{value:.15g}"
    return ";".join(map(str, value)) if isinstance(value, tuple) else str(value)


def plan_toml(plan: Plan) -> str:
    """Return a document as ``plan.toml``."""
    plain = ("id", "region", "place_en", "document_no", "source_file")
    lines = [f"{name} = {_text(getattr(plan, name))}" for name in plain]
    lines += ['kind = "results"'] if plan.kind == "results" else []
    lines += [f"{name} = {getattr(plan, name)}" for name in ("published", "start_year", "end_year", "base_year")]
    for name in ("title", "short_title", "issuer"):
        both: Text = getattr(plan, name)
        lines += [f"[{name}]", f"zh = {_text(both.zh)}", f"en = {_text(both.en)}"]
    lines += ["[headings]", *(f"{_text(key)} = {_text(title)}" for key, title in plan.headings.items())]
    for annex in plan.unpublished:
        ids = ", ".join(map(_text, annex.indicators))
        lines += ["[[unpublished]]", f"section = {_text(annex.section)}", f"title = {_text(annex.title)}"]
        lines += [f"level = {_text(str(annex.level))}", f"indicators = [{ids}]"]
    return "\n".join(lines) + "\n"


def read_cells(path: Path) -> Sequence[dict[str, str]]:
    """Return the rows of a table as they are written."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
