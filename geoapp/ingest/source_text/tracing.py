"""Every record is looked up in the text it cites: the printed value or name, inside its section.

White space, page breaks and full-width forms do not count. A name that the document prints
only in parts (``托里县、和布克赛尔县储能电站`` are two stations) is explained: by the caveat
``name_assembled``, whose parts must stand in order in one sentence, or by a reviewed row of
``tracing.csv`` with the printed form, which is then looked up in its place.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from geoapp.boundaries.gazetteer import WHOLE_REGION
from geoapp.errors import InvalidData, Issue
from geoapp.ingest.packs import read_tracing
from geoapp.ingest.source_text.sections import CELL, Document, Passage, fold
from geoapp.ingest.tables import read_text
from geoapp.model.dataset import Dataset
from geoapp.model.plan import Park, Plan, Project, Statistic, Target

Record = Target | Statistic | Park | Project
How = Literal["printed", "assembled", "reviewed"]
REGION_FROM = {"region_from_name", "region_from_context", "region_from_places"}
"""Caveats that say why a region's name need not stand in the cited section."""
OTHER_SPELLING = {"name_variant", "typo_in_source", "old_region_name"}
"""Caveats that let a reviewed printed form differ in its characters from the name."""
SENTENCE = re.compile(rf"[。;{CELL}]")
PIECES = 4
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Untraced:
    """A record whose print was not found where it says it is."""

    record: str
    printed: str
    section: str
    reason: str

    def __str__(self) -> str:
        return f"{self.record}: {self.printed!r} in {self.section}: {self.reason}"


@dataclass(frozen=True, slots=True)
class TraceReport:
    """What was looked up.

    Attributes:
        found: number of records by how they were found: as printed, assembled from parts
            of one sentence, or by the printed form of a reviewed ``tracing.csv``.
    """

    found: Mapping[How, int]
    untraced: tuple[Untraced, ...]


def trace(dataset: Dataset, layers: Path, sources: Path) -> TraceReport:
    """Look up every record of a dataset in the source texts.

    Raises:
        InvalidData: a source text or a ``tracing.csv`` is missing or unreadable.
    """
    found: Counter[How] = Counter()
    untraced: list[Untraced] = []
    issues: list[Issue] = []
    for plan in dataset.plans:
        text, faults = read_text(sources / plan.source_file)
        reviewed, more = read_tracing(layers / "plans" / plan.id)
        issues += faults + more
        if faults or more:
            continue
        tracer = Tracer(Document(text), {row.id: row.printed for _, row in reviewed})
        for record in _records(dataset, plan):
            answer = tracer.trace(record)
            if isinstance(answer, Untraced):
                untraced.append(answer)
            else:
                found[answer] += 1
    if issues:
        raise InvalidData(sources, issues)
    return TraceReport(found, tuple(untraced))


class _Missing(Exception):
    """The print is not where the record says; the message is the reason."""


class Tracer:
    """Looks up the records of one document."""

    def __init__(self, document: Document, reviewed: Mapping[str, str]) -> None:
        self._document, self._reviewed = document, reviewed

    def trace(self, record: Record) -> How | Untraced:
        """Return how a record was found in every section it cites, or why it was not."""
        ways: list[How] = []
        for section in record.section.split(";"):
            try:
                ways.append(self._look(record, section))
            except _Missing as missing:
                return Untraced(record.id, _printed(record), section, str(missing))
        return next((way for way in ways if way != "printed"), "printed")

    def _look(self, record: Record, section: str) -> How:
        passage = self._document.passage(section)
        if passage is None:
            raise _Missing("the document has no such heading")
        _check_region(record, passage)
        if isinstance(record, Target | Statistic):
            passage = passage.of_row(fold(record.name_in_source)) or passage
            if not stands_in(record.value_text, passage):
                raise _Missing("the value is not printed in this section")
            return "printed"
        way = self._look_name(record, passage)
        _check_capacity(record, passage)
        return way

    def _look_name(self, record: Park | Project, passage: Passage) -> How:
        if stands_in(record.name, passage):
            return "printed"
        form = self._reviewed.get(record.id)
        if form is not None:
            if not stands_in(form, passage):
                raise _Missing(f"tracing.csv says it is printed as {form!r}, which is not in this section either")
            if not _is_part_of(fold(record.name), fold(form)) and not OTHER_SPELLING & set(record.caveats):
                raise _Missing(f"{form!r} of tracing.csv does not hold the name; add a caveat such as name_variant")
            return "reviewed"
        if "name_assembled" in record.caveats:
            if any(in_pieces(fold(record.name), sentence) for sentence in SENTENCE.split(passage.text)):
                return "assembled"
            raise _Missing("its parts do not stand in order in one sentence; add the printed form to tracing.csv")
        raise _Missing("the name is not printed in this section; correct it, or add the printed form to tracing.csv")


def stands_in(printed: str, passage: Passage) -> bool:
    """Say whether a text is printed in a passage; a number only as a whole number or cell.

    ``5`` is not found in ``15`` or ``5.7``, and ``/`` only as a cell of its own.
    """
    needle = fold(printed)
    if any(needle in row for row in passage.rows):
        return True
    if not any(character.isalnum() for character in needle):
        return False
    before = r"(?<![\d.])" if needle[0].isdigit() else ""
    after = r"(?!\d|\.\d)" if needle[-1].isdigit() else ""
    return re.search(before + re.escape(needle) + after, passage.text) is not None


def in_pieces(name: str, sentence: str, pieces: int = PIECES) -> bool:
    """Say whether a name stands in a sentence in at most ``pieces`` runs of two characters or more, in order."""
    if not name:
        return True
    if pieces == 0:
        return False
    for length in range(len(name), SHORTEST - 1, -1):
        start = sentence.find(name[:length])
        if start >= 0 and in_pieces(name[length:], sentence[start + length :], pieces - 1):
            return True
    return False


def _is_part_of(name: str, printed: str) -> bool:
    """Say whether all characters of a name occur in a printed form, in order."""
    rest = iter(printed)
    return all(character in rest for character in name)


def _printed(record: Record) -> str:
    return record.value_text if isinstance(record, Target | Statistic) else record.name


def _check_region(record: Record, passage: Passage) -> None:
    name = record.name_in_source
    if name in WHOLE_REGION or REGION_FROM & set(record.caveats) or fold(name) in passage.text:
        return
    raise _Missing(f"the region {name!r} is not printed in this section; a caveat region_from_… may say whence it is")


def _check_capacity(record: Park | Project, passage: Passage) -> None:
    if isinstance(record, Park) or record.capacity is None or "capacity_multiplied" in record.caveats:
        return
    size = f"{record.capacity:.10g}"
    if not stands_in(size, passage):
        raise _Missing(f"the capacity {size} is not printed in this section")


def _records(dataset: Dataset, plan: Plan) -> Iterator[Record]:
    groups: tuple[tuple[Record, ...], ...] = (dataset.targets, dataset.statistics, dataset.parks, dataset.projects)
    for group in groups:
        yield from (record for record in group if record.plan == plan.id)
