"""One search over regions, parks, projects, indicators and plans.

A reader types what is at hand: an official or a short name, an old name, a code, pinyin or its
initials, words of an English title. Exact beats prefix, prefix beats substring, and all of them
beat pinyin, but for a whole name spelt out, which is as good as exact; a name misread (乐亭 as
leting) comes after all that is read so; among equals what plans
speak of comes first, by kind, and indicators by their use, however their long names begin.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from typing import Literal

from geoapp.analysis.spelling import WHOLE, Spelling, spell, typed_letters
from geoapp.analysis.undertakings import layer_of
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.address import Address
from geoapp.model.dataset import Alias, Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Park, Plan, Project, Statistic, Target, Text
from geoapp.model.region import CHINA, Adcode, Level, Region
from geoapp.model.view import PointLayer

Kind = Literal["region", "plan", "indicator", "park", "project"]
Record = Region | Plan | Indicator | Park | Project
MOST_CHARACTERS = 100
EXACT, SPELT_WHOLE, PREFIX, INSIDE, RELATED = range(5)
"""Grades of a match in what is written; ``RELATED`` is a word of the kind or the place, not of the name."""
SPELT = 5
"""First grade of a match in pinyin; how well it fits is added (:meth:`Spelling.fit`)."""
PATHS: dict[Kind, str] = {
    "region": "regions",
    "plan": "plans",
    "indicator": "indicators",
    "park": "parks",
    "project": "projects",
}
KIND_ORDER: tuple[Kind, ...] = ("region", "plan", "park", "indicator", "project")
LEVEL_ORDER = {Level.NATION: 3, Level.PROVINCE: 0, Level.PREFECTURE: 1, Level.COUNTY: 2}
QUIET = re.compile(r"[\s“”‘’\"'·《》()\[\]〔〕,、-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One result. ``where`` says where it is or what it belongs to; ``url`` is its page; ``layer`` shows a point."""

    kind: Kind
    id: str
    adcode: str | None
    name: str
    where: str
    url: Address
    layer: PointLayer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One thing that can be found; ``weight`` orders equals, least first."""

    kind: Kind
    record: Record
    title: Text
    related: str
    weight: tuple[int, int, int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Name:
    """One written name of an entry: ``english`` ones are matched from the start of a word."""

    text: str
    entry: int
    english: bool = False
    alias: Alias | None = None


class Searcher:
    """Searches one dataset. The tables are made at the first question, pinyin at the first in letters."""

    def __init__(self, dataset: Dataset, gazetteer: Gazetteer, zonal: Iterable[Indicator] = ()) -> None:
        """Search a dataset, and the indicators of the ground as they are when it is opened."""
        self._dataset, self._gazetteer = dataset, gazetteer
        self._indicators = (*dataset.indicators, *zonal)
        self._terms = {(term.kind, term.id): term.title for term in dataset.terms}

    def search(self, text: str, limit: int, lang: str) -> list[Hit]:
        """Return at most ``limit`` results, best first; nothing for an empty text."""
        tight, words = squeeze(text), english(text)
        if not tight:
            return []
        found = self._written(tight, words)
        if (known := self._ids.get(text.strip())) is not None:
            found[known] = (EXACT, None)
        for entry in self._by_terms(text):
            found.setdefault(entry, (RELATED, None))
        letters = typed_letters(tight)
        if letters.isascii() and letters.isalpha():
            for entry, grade in self._spelt(letters):
                if entry not in found or grade < found[entry][0]:
                    found[entry] = (grade, None)
        best = nsmallest(limit, found, key=lambda entry: (found[entry][0], self._entries[entry].weight))
        return [self._hit(self._entries[entry], found[entry][1], lang) for entry in best]

    def _written(self, tight: str, words: str) -> dict[int, tuple[int, Alias | None]]:
        """Return the entries whose written names hold the text, with their best grade."""
        found: dict[int, tuple[int, Alias | None]] = {}
        for name in self._names:
            if (words if name.english else tight) not in name.text:
                continue
            grade = _grade(name, words if name.english else tight, self._entries[name.entry].kind)
            if grade is not None and (name.entry not in found or grade < found[name.entry][0]):
                found[name.entry] = (grade, name.alias)
        for number, entry in enumerate(self._entries):
            if tight in entry.related:
                begins = f"|{tight}" in f"|{entry.related}"  # 零碳: a park of the programme 零碳示范园区
                found.setdefault(number, (INSIDE if begins else RELATED, None))
        return found

    def _by_terms(self, text: str) -> Iterator[int]:
        """Yield the entries that hold every one of several words: ``沙湾 水电`` finds its hydropower works."""
        terms = [term for part in text.split() if (term := squeeze(part))]
        if len(terms) < 2:
            return
        for number, (entry, whole) in enumerate(zip(self._entries, self._whole, strict=True)):
            if all(term in whole for term in terms) and entry.kind != "region":
                yield number

    def _spelt(self, letters: str) -> Iterator[tuple[int, int]]:
        for spelling, entry in self._spellings:
            fit = spelling.fit(letters)
            if fit is not None:
                yield entry, SPELT_WHOLE if fit == WHOLE else SPELT + fit

    @cached_property
    def _entries(self) -> list[_Entry]:
        data = self._dataset
        records: tuple[Target | Statistic | Park | Project, ...] = (
            *data.targets,
            *data.statistics,
            *data.parks,
            *data.projects,
        )
        spoken = {each.adcode for each in records} | {plan.region for plan in data.plans}
        regions = [
            _entry("region", each, Text(zh=each.name, en=each.name_en or each.name), each.adcode, each.adcode in spoken)
            for each in data.regions
            if each.adcode != CHINA
        ]
        plans = [_entry("plan", each, each.title, each.id) for each in data.plans]
        uses = Counter(each.indicator for each in data.targets)
        indicators = [_entry("indicator", each, each.title, each.id, uses=uses[each.id]) for each in self._indicators]
        return [*regions, *plans, *indicators, *self._points()]

    def _points(self) -> Iterator[_Entry]:
        for park in self._dataset.parks:
            words = [self._word("programme", each, "zh") for each in park.programmes]
            yield _entry("park", park, Text(zh=park.name, en=park.name), park.id, related=words)
        for work in self._dataset.projects:
            words = [self._word("project_type", work.type, lang) for lang in ("zh", "en")]
            yield _entry("project", work, Text(zh=work.name, en=work.name), work.id, related=words)

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {entry.weight[-1]: number for number, entry in enumerate(self._entries)}

    @cached_property
    def _names(self) -> list[_Name]:
        """Every written name. Short names of one character and composite names stay what they are: aliases."""
        aliases: dict[Adcode, list[Alias]] = {}
        for alias in self._dataset.aliases:
            aliases.setdefault(alias.adcode, []).append(alias)
        found: list[_Name] = []
        for number, entry in enumerate(self._entries):
            record = entry.record
            found += [_Name(text=squeeze(text), entry=number) for text in _chinese_names(entry)]
            if isinstance(record, Region):
                known = aliases.get(record.adcode, ())
                found += [_Name(text=squeeze(alias.alias), entry=number, alias=alias) for alias in known]
            found += [_Name(text=english(text), entry=number, english=True) for text in _english_names(entry)]
        return found

    @cached_property
    def _whole(self) -> list[str]:
        """Everything said of an entry in one text, for questions of several words."""
        wholes = [[entry.related] for entry in self._entries]
        for name in self._names:
            wholes[name.entry].append(name.text)
        for entry, whole in zip(self._entries, wholes, strict=True):
            if isinstance(entry.record, Park | Project):
                whole.append(squeeze("".join(self._line(entry.record.adcode, "zh"))))
        return ["\n".join(whole) for whole in wholes]

    @cached_property
    def _spellings(self) -> list[tuple[Spelling, int]]:
        return [
            (spelling, name.entry)
            for name in self._names
            if not name.english
            for spelling in spell(name.text, place=isinstance(self._entries[name.entry].record, Region))
        ]

    def _hit(self, entry: _Entry, alias: Alias | None, lang: str) -> Hit:
        record = entry.record
        identifier = record.adcode if isinstance(record, Region) else record.id
        code = getattr(record, "region" if isinstance(record, Plan) else "adcode", None)
        return Hit(
            kind=entry.kind,
            id=identifier,
            adcode=code,
            name=entry.title.get(lang),
            where=" · ".join(each for each in (*self._where(record, lang), *_former(alias, lang)) if each),
            url=Address(f"/{PATHS[entry.kind]}/{identifier}{'?lang=en' if lang == 'en' else ''}"),
            layer=layer_of(record) if isinstance(record, Park | Project) else None,
        )

    def _where(self, record: Record, lang: str) -> list[str]:
        if isinstance(record, Region):
            return self._line(record.adcode, lang)[:-1]
        if isinstance(record, Plan):
            years = f"{record.start_year}–{record.end_year}" if record.start_year != record.end_year else ""
            return [record.issuer.get(lang), years or str(record.end_year)]
        if isinstance(record, Indicator):
            return [self._word("sector", record.sector, lang), self._word("unit", record.unit, lang)]
        if isinstance(record, Park):
            first = [self._word("programme", each, lang) for each in record.programmes[:1]]
            return [*self._line(record.adcode, lang), *first]
        return [*self._line(record.adcode, lang), self._word("project_type", record.type, lang)]

    def _line(self, adcode: Adcode, lang: str) -> list[str]:
        """Return the names from the province down to a division."""
        above = [each for each in self._gazetteer.parents(adcode) if each.adcode != CHINA]
        line = [*reversed(above), self._gazetteer[adcode]]
        return [each.name_en if lang == "en" else each.name for each in line]

    def _word(self, kind: str, identifier: str, lang: str) -> str:
        title = self._terms.get((kind, identifier))
        return title.get(lang) if title else identifier


def squeeze(text: str) -> str:
    """Bring a text to the form names are compared in: one width, one case, no spaces or quotes."""
    return QUIET.sub("", unicodedata.normalize("NFKC", text).casefold())


def english(text: str) -> str:
    """Bring an English text to words parted by one space, without accents: urumqi finds Ürümqi."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return QUIET.sub(" ", plain.casefold()).strip()


def _grade(name: _Name, text: str, kind: Kind) -> int | None:
    if name.text == text:
        return EXACT
    # The end of a Chinese name says what the thing is: 乌苏工业园区.
    if name.text.startswith(text) or (kind in ("park", "project") and name.text.endswith(text)):
        return INSIDE if kind == "indicator" else PREFIX
    if name.english and f" {text}" not in name.text:
        return None
    if text.isdigit() and name.text.isdigit():
        return None  # the middle of a code is nobody's code
    return INSIDE


def _entry(
    kind: Kind,
    record: Record,
    title: Text,
    identifier: str,
    spoken: bool = True,
    uses: int = 0,
    related: Iterable[str] = (),
) -> _Entry:
    """Weigh an entry: what plans speak of, then by kind, then high divisions and much used indicators."""
    rank = LEVEL_ORDER[record.level] if isinstance(record, Region) else -uses
    weight = (int(not spoken), KIND_ORDER.index(kind), rank, len(title.zh), identifier)
    return _Entry(kind=kind, record=record, title=title, related=squeeze("|".join(related)), weight=weight)


def _chinese_names(entry: _Entry) -> list[str]:
    record = entry.record
    if isinstance(record, Region):
        short = [record.short_name] if len(record.short_name) > 1 and record.short_name != record.name else []
        return [record.name, *short, record.adcode]
    if isinstance(record, Plan):
        return [record.title.zh, record.short_title.zh, *([record.document_no] if record.document_no else [])]
    if isinstance(record, Indicator):
        return [entry.title.zh, *record.also]
    return [entry.title.zh]


def _english_names(entry: _Entry) -> list[str]:
    record = entry.record
    if isinstance(record, Plan):
        return [record.title.en, record.short_title.en, record.id]
    if isinstance(record, Indicator):
        return [record.title.en, record.id]
    return [record.name_en] if isinstance(record, Region) and record.name_en else []


def _former(alias: Alias | None, lang: str) -> list[str]:
    """Say that a result was found under a former name or code."""
    if alias is None or alias.kind not in ("old_name", "old_code"):
        return []
    gap = {"alias": alias.alias}
    former = Phrase("旧名{alias}", gap) if alias.kind == "old_name" else Phrase("旧码{alias}", gap)
    return [former.say(lang)]
