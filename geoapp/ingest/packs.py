"""Plan packs: ``layers/plans/<plan-id>/`` with plan.toml and four tables. A new plan is a new folder."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from geoapp.errors import Issue
from geoapp.ingest.schemas import ParkRow, ProjectRow, StatisticRow, TargetRow, TracingRow
from geoapp.ingest.tables import Row, read_table, read_text
from geoapp.ingest.toml_faults import toml_issue, unreadable
from geoapp.ingest.unread import PACK_FILES, unread_files
from geoapp.model.plan import Plan, Text, Unpublished
from geoapp.model.region import Adcode, Level
from geoapp.model.vocabulary import Extent, PlanKind


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Text(_Model):
    zh: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def text(self) -> Text:
        return Text(zh=self.zh, en=self.en)


class _Unpublished(_Model):
    section: str
    title: str
    level: Level
    indicators: tuple[str, ...]


class PlanFile(_Model):
    """``plan.toml``: the document, the region it binds, its headings, what it does not publish."""

    id: str
    kind: PlanKind = "plan"
    region: Annotated[str, Field(pattern=r"^\d{6}$")]
    place_en: Annotated[str, Field(min_length=2, max_length=16)]
    title: _Text
    short_title: _Text
    document_no: str
    issuer: _Text
    published: date | Annotated[int, Field(ge=1990, le=2100)] | None = None
    extent: Extent = "whole"
    document_url: str = ""
    start_year: int
    end_year: int
    base_year: int
    region_name: str = ""
    source_file: str
    headings: dict[str, str]
    unpublished: tuple[_Unpublished, ...] = ()

    def plan(self) -> Plan:
        """Return the plan as the atlas knows it."""
        return Plan(
            id=self.id,
            region=Adcode(self.region),
            place_en=self.place_en,
            title=self.title.text(),
            short_title=self.short_title.text(),
            document_no=self.document_no,
            issuer=self.issuer.text(),
            published=date(self.published, 1, 1) if isinstance(self.published, int) else self.published,
            published_day_known=isinstance(self.published, date),
            extent=self.extent,
            document_url=self.document_url,
            kind=self.kind,
            start_year=self.start_year,
            end_year=self.end_year,
            base_year=self.base_year,
            source_file=self.source_file,
            headings=self.headings,
            unpublished=tuple(
                Unpublished(section=u.section, title=u.title, level=u.level, indicators=u.indicators)
                for u in self.unpublished
            ),
        )


@dataclass(frozen=True, slots=True)
class Pack:
    """One plan's files as read: typed rows with their row numbers, not yet joined."""

    folder: Path
    plan: Plan
    region_name: str
    targets: list[tuple[int, TargetRow]]
    statistics: list[tuple[int, StatisticRow]]
    parks: list[tuple[int, ParkRow]]
    projects: list[tuple[int, ProjectRow]]
    tracing: list[tuple[int, TracingRow]]


M = TypeVar("M", bound=BaseModel)
R = TypeVar("R", bound=Row)
SETS_NOTHING = 'a goal in a pack of kind = "results"'
SETS_HINT = "move the row into the plan that sets it, or leave kind out of plan.toml"


def read_toml(path: Path, model: type[M]) -> tuple[M | None, list[Issue]]:
    """Read a TOML file into a model, or say what is wrong with it and where."""
    text, issues = read_text(path)
    if issues:
        return None, issues
    try:
        return model.model_validate(tomllib.loads(text)), []
    except tomllib.TOMLDecodeError as error:
        return None, [unreadable(path, text, error)]
    except ValidationError as error:
        return None, [toml_issue(path, each, model) for each in error.errors()]


def read_tracing(folder: Path) -> tuple[list[tuple[int, TracingRow]], list[Issue]]:
    """Read a plan's reviewed printed forms; most plans need none and have no such file."""
    path = folder / "tracing.csv"
    return read_table(path, TracingRow) if path.exists() else ([], [])


def _table(path: Path, model: type[R], *, optional: bool) -> tuple[list[tuple[int, R]], list[Issue]]:
    """Read a table of a pack; one that the pack may do without has no rows where there is no file."""
    return ([], []) if optional and not path.exists() else read_table(path, model)


def read_pack(folder: Path) -> tuple[Pack | None, list[Issue]]:
    """Read the files of a plan pack with every fault in any of them."""
    plan_file, issues = read_toml(folder / "plan.toml", PlanFile)
    reports = plan_file is not None and plan_file.kind == "results"
    targets, faults = _table(folder / "targets.csv", TargetRow, optional=reports)
    issues += faults
    if reports:
        issues += [Issue(f"{folder}/targets.csv row {number}", SETS_NOTHING, SETS_HINT) for number, _ in targets]
    statistics, faults = read_table(folder / "statistics.csv", StatisticRow)
    issues += faults
    parks, faults = _table(folder / "parks.csv", ParkRow, optional=reports)
    issues += faults
    projects, faults = _table(folder / "projects.csv", ProjectRow, optional=reports)
    issues += faults
    tracing, faults = read_tracing(folder)
    issues += faults
    issues += unread_files(folder, PACK_FILES)
    if plan_file is None:
        return None, issues
    if plan_file.id != folder.name:
        issues.append(Issue(f"{folder}/plan.toml id", f"{plan_file.id!r} is not the folder's name", "make them equal"))
    if plan_file.published is None and plan_file.extent == "whole":
        hint = 'write published = 2022-11-29, or the year; only a pack with extent = "part" may lack it'
        issues.append(Issue(f"{folder}/plan.toml published", "the document has no date", hint))
    return Pack(folder, plan_file.plan(), plan_file.region_name, targets, statistics, parks, projects, tracing), issues
