"""Lists of works: which are asked for, in which order. One reading of a query for page, twin and files."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any, Literal, get_args
from urllib.parse import urlencode

from geoapp.analysis.query import BadValue, one_of
from geoapp.analysis.undertakings import asked_for, distinct
from geoapp.analysis.works.capacity import POWER
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import Issue
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Project
from geoapp.model.region import CHINA, Adcode
from geoapp.model.vocabulary import PROJECT_TYPES, Precision, ProjectNature, ProjectStatus, ProjectType

Sort = Literal["name", "type", "capacity", "status", "precision", "region", "plan"]
SORTS: tuple[Sort, ...] = get_args(Sort)
FALLING = "-"
"""Leads a column that is sorted the other way round."""
LISTS = ("type", "status", "precision", "plan")
"""Parameters with several values, by commas or, as forms send them, one after another."""
LAST = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksQuestion:
    """What a list of works shows.

    Attributes:
        q: words that must all stand in the name of the work or of its region.
        region: works inside it.
        sort: the column they are ordered by, ``falling`` for the other way round.
        page: from 1.
    """

    nature: ProjectNature = "work"
    q: str = ""
    type: tuple[ProjectType, ...] = ()
    status: tuple[ProjectStatus, ...] = ()
    precision: tuple[Precision, ...] = ()
    plan: tuple[str, ...] = ()
    region: Adcode = CHINA
    sort: Sort = "region"
    falling: bool = False
    page: int = 1

    def choosing(self, name: str, values: tuple[str, ...]) -> "WorksQuestion":
        """Return the question with other values in one of its lists, from the first page."""
        chosen: dict[str, Any] = {name: values, "page": 1}
        return replace(self, **chosen)

    def query(self) -> str:
        """Return the canonical query string; what is usual is left out."""
        usual = WorksQuestion()
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        told["sort"] = f"{FALLING if self.falling else ''}{self.sort}"
        del told["falling"]
        parts = [
            (name, ",".join(value) if isinstance(value, tuple) else str(value))
            for name, value in told.items()
            if value != getattr(usual, name) and value != ""
        ]
        return urlencode(parts, safe=",")


@dataclass(slots=True)
class WorksReader:
    """Reads questions from queries."""

    dataset: Dataset
    gazetteer: Gazetteer
    _readers: Mapping[str, Callable[[str], Any]] = field(init=False)

    def __post_init__(self) -> None:
        plans = [plan.id for plan in self.dataset.plans]
        self._readers = {
            "nature": lambda text: one_of(text, get_args(ProjectNature), "nature"),
            "q": _words,
            "type": lambda text: _several(text, PROJECT_TYPES, "project type"),
            "status": lambda text: _several(text, get_args(ProjectStatus), "status of projects"),
            "precision": lambda text: _several(text, get_args(Precision), "precision"),
            "plan": lambda text: _several(text, plans, "plan"),
            "region": self._region,
            "sort": lambda text: one_of(text.removeprefix(FALLING), SORTS, "column"),
            "page": _page,
        }

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters there are."""
        return tuple(self._readers)

    def read(self, pairs: Iterable[tuple[str, str]]) -> tuple[WorksQuestion, list[Issue]]:
        """Return the question, and what of the query means nothing.

        Empty parameters are those that are left out: forms send them along.
        """
        given: dict[str, str] = {}
        issues: list[Issue] = []
        for name, text in pairs:
            if name not in self._readers:
                close = get_close_matches(name, self.parameters, n=1)
                hint = f"did you mean {close[0]}?" if close else "known are " + ", ".join(self.parameters)
                issues.append(Issue(name, "unknown parameter", hint))
            elif text and name in given and name not in LISTS:
                issues.append(Issue(name, "given more than once", "give it once"))
            elif text:
                given[name] = f"{given[name]},{text}" if name in given else text
        values: dict[str, Any] = {}
        for name, text in given.items():
            try:
                values[name] = self._readers[name](text)
            except BadValue as error:
                issues.append(Issue(name, error.problem, error.hint))
        falling = "sort" in values and given["sort"].startswith(FALLING)
        return WorksQuestion(**values, falling=falling), issues

    def _region(self, text: str) -> Adcode:
        code = self.gazetteer.successor(text) or text
        if code not in self.gazetteer:
            raise BadValue(f"{text!r} is not the code of a division", "six digits such as 150600")
        return Adcode(code)


def _words(text: str) -> str:
    if len(text) > 100:
        raise BadValue("is longer than 100 characters", "shorten it")
    return " ".join(text.split())


def _several(text: str, allowed: Iterable[str], what: str) -> tuple[str, ...]:
    known = tuple(allowed)
    return tuple(dict.fromkeys(one_of(word, known, what) for word in text.split(",")))


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 6 and int(text)):
        raise BadValue(f"{text!r} is not the number of a page", "from 1 on")
    return int(text)


Group = list[Project]
"""The rows of one undertaking: one for each region it stands in."""


class Works:
    """Answers questions about the works of one dataset."""

    def __init__(self, dataset: Dataset, gazetteer: Gazetteer) -> None:
        self.dataset, self.gazetteer = dataset, gazetteer
        self.units = {unit.unit: unit for unit in dataset.units}
        self._plans = {plan.id: (plan.region, -plan.end_year, plan.id) for plan in dataset.plans}

    @cached_property
    def _groups(self) -> list[Group]:
        return distinct(self.dataset.projects)

    def ask(self, question: WorksQuestion) -> list[Group]:
        """Return every undertaking asked for, in order, each with those of its rows that are."""
        return self._ordered(self._found(question), question)

    def count(self, question: WorksQuestion) -> int:
        """Return how many undertakings are asked for."""
        return len(self._found(question))

    def facets(self, question: WorksQuestion) -> dict[str, dict[str, int]]:
        """Return, for each list of values, how many undertakings each value would leave, given all other choices."""
        counts: dict[str, dict[str, int]] = {}
        for name in LISTS:
            open_question = question.choosing(name, ())
            counts[name] = {}
            for group in self._found(open_question):
                for value in dict.fromkeys(str(getattr(row, name)) for row in group):
                    counts[name][value] = counts[name].get(value, 0) + 1
        return counts

    def _found(self, question: WorksQuestion) -> list[Group]:
        words = question.q.casefold().split()
        kept = ([row for row in group if self._asked(row, question, words)] for group in self._groups)
        return [rows for rows in kept if rows]

    def _asked(self, row: Project, question: WorksQuestion, words: list[str]) -> bool:
        if row.nature != question.nature or not asked_for(row, question):
            return False
        if question.region != CHINA and not self.gazetteer.is_within(row.adcode, question.region):
            return False
        text = f"{row.name} {row.region_name} {row.region_name_en} {row.name_in_source}".casefold() if words else ""
        return all(word in text for word in words)

    def _ordered(self, groups: list[Group], question: WorksQuestion) -> list[Group]:
        """Sort by the column, then by region and name; what a document does not print stands last either way."""
        sort = question.sort
        groups = sorted(groups, key=lambda group: (group[0].adcode, self._plans[group[0].plan], spelt(group[0].name)))
        groups.sort(key=lambda group: self._key(group[0], sort), reverse=question.falling)
        if sort == "capacity":
            groups.sort(key=lambda group: self._kind_of_capacity(group[0]))
        return groups

    def _key(self, row: Project, sort: Sort) -> Any:
        keys: dict[Sort, Callable[[], Any]] = {
            "name": lambda: spelt(row.name),
            "type": lambda: PROJECT_TYPES.index(row.type),
            "capacity": lambda: self._amount(row),
            "status": lambda: get_args(ProjectStatus).index(row.status),
            "precision": lambda: get_args(Precision).index(row.precision),
            "region": lambda: row.adcode,
            "plan": lambda: self._plans[row.plan],
        }
        return keys[sort]()

    def _amount(self, row: Project) -> float:
        unit = self.units.get(row.capacity_unit)
        return (row.capacity or 0.0) * (unit.factor if unit else 1.0)

    def _kind_of_capacity(self, row: Project) -> tuple[int, str]:
        """Return what keeps unlike capacities apart: powers first, other units each by itself, none last."""
        if row.capacity is None:
            return LAST, ""
        unit = self.units.get(row.capacity_unit)
        si = unit.si_unit if unit else row.capacity_unit
        return (0, "") if si == POWER else (1, si)


def spelt(name: str) -> bytes:
    """Return what Chinese names are sorted by: GB 18030 has the common characters in the order of their pinyin."""
    return name.encode("gb18030", "replace")
