"""One search over regions, parks, projects, indicators and plans.

A reader types what is at hand: an official or a short name, an old name, a code, pinyin or its
initials, words of an English title. Exact beats prefix, prefix beats substring, and all of them
beat pinyin, but for a whole name spelt out, which is as good as exact; a name misread (乐亭 as
leting) comes after all that is read so; among equals what plans
speak of comes first, by kind, and indicators by their use, however their long names begin. What is written
nowhere is read again in simplified characters, then with one character wrong, and the answer says so.
"""

import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from heapq import nsmallest

from geoapp.analysis.search.map_of import shown_at
from geoapp.analysis.search.names import Entry, Name, Record, chinese_names, english, english_names, entry_of, squeeze
from geoapp.analysis.search.near import NearNames
from geoapp.analysis.search.results import PATHS, Found, Hit, Kind
from geoapp.analysis.search.spelling import WHOLE, Spelling, spell, typed_letters
from geoapp.analysis.undertakings import layer_of
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.model.address import Address
from geoapp.model.dataset import Alias, Dataset
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Park, Plan, Project, Statistic, Target, Text
from geoapp.model.region import CHINA, Adcode, Region

MOST_CHARACTERS = 100
EXACT, SPELT_WHOLE, PREFIX, INSIDE, RELATED = range(5)
"""Grades of a match in what is written; ``RELATED`` is a word of the kind or the place, not of the name."""
SPELT = 5
"""First grade of a match in pinyin; how well it fits is added (:meth:`Spelling.fit`)."""


class Searcher:
    """Searches one dataset. The tables are made at the first question, pinyin at the first in letters."""

    def __init__(self, dataset: Dataset, gazetteer: Gazetteer, zonal: Iterable[Indicator] = ()) -> None:
        """Search a dataset, and the indicators of the ground as they are when it is opened."""
        self._dataset, self._gazetteer = dataset, gazetteer
        self._indicators = (*dataset.indicators, *zonal)
        self._terms = {(term.kind, term.id): term.title for term in dataset.terms}

    def ask(self, text: str, limit: int, lang: str) -> Found:
        """Return at most ``limit`` results, best first, as the text is written or else as it may be meant."""
        hits = self.search(text, limit, lang)
        if hits or not squeeze(text):
            return Found(hits=tuple(hits))
        simplified = _simplified(text)
        if simplified != text and (hits := self.search(simplified, limit, lang)):
            return Found(hits=tuple(hits), said=Phrase("按简体“{text}”查找", {"text": simplified.strip()}))
        if hits := self._nearest(simplified, limit, lang):
            said = Phrase("没有叫“{text}”的；下面是只差一个字符的名称", {"text": text.strip()})
            return Found(hits=tuple(hits), said=said, near=True)
        return Found(hits=(), said=self._why(text.strip()))

    def _nearest(self, text: str, limit: int, lang: str) -> list[Hit]:
        """Return what bears a name one character away: as written, in English, or spelt in pinyin."""
        tight = squeeze(text)
        found = dict.fromkeys(self._near_names.of(tight))
        if (letters := typed_letters(tight)).isascii() and letters.isalpha():
            found |= dict.fromkeys(self._near_spellings.of(letters))
        best = nsmallest(limit, found, key=lambda entry: self._entries[entry].weight)
        return [self._hit(self._entries[entry], None, lang) for entry in best]

    def _why(self, text: str) -> Phrase:
        """Say why nothing is found, as far as the text itself tells."""
        if text.isascii() and text.isdigit():
            near = self._gazetteer.nearest(text)
            if near is not None:
                gaps = {"text": text, "code": near.adcode, "name": near.name}
                return Phrase("没有区划代码 {text}；最接近的是 {code}（{name}）", gaps)
            return Phrase("没有区划代码 {text}；代码是六位数字，如 150600", {"text": text})
        return Phrase("地区、规划文件、指标、园区和项目的名称里都没有“{text}”，也没有只差一个字符的", {"text": text})

    @cached_property
    def _near_names(self) -> NearNames:
        return NearNames((name.text.replace(" ", ""), name.entry) for name in self._names)

    @cached_property
    def _near_spellings(self) -> NearNames:
        return NearNames((spelling.full, entry) for spelling, entry in self._spellings if not spelling.misread)

    @cached_property
    def _shown_at(self) -> dict[str, Address | None]:
        data = self._dataset
        return {each.id: shown_at(each, data.targets, data.statistics, self._gazetteer) for each in self._indicators}

    def search(self, text: str, limit: int, lang: str) -> list[Hit]:
        """Return at most ``limit`` results as the text is written, best first; nothing for an empty text."""
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
    def _entries(self) -> list[Entry]:
        data = self._dataset
        records: tuple[Target | Statistic | Park | Project, ...] = (
            *data.targets,
            *data.statistics,
            *data.parks,
            *data.projects,
        )
        spoken = {each.adcode for each in records} | {plan.region for plan in data.plans}
        regions = [
            entry_of(
                "region", each, Text(zh=each.name, en=each.name_en or each.name), each.adcode, each.adcode in spoken
            )
            for each in data.regions
            if each.adcode != CHINA
        ]
        plans = [entry_of("plan", each, each.title, each.id) for each in data.plans]
        uses = Counter(each.indicator for each in data.targets)
        indicators = [entry_of("indicator", each, each.title, each.id, uses=uses[each.id]) for each in self._indicators]
        return [*regions, *plans, *indicators, *self._points()]

    def _points(self) -> Iterator[Entry]:
        for park in self._dataset.parks:
            words = [self._word("programme", each, "zh") for each in park.programmes]
            yield entry_of("park", park, Text(zh=park.name, en=park.name), park.id, related=words)
        for work in self._dataset.projects:
            words = [self._word("project_type", work.type, lang) for lang in ("zh", "en")]
            yield entry_of("project", work, Text(zh=work.name, en=work.name), work.id, related=words)

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {entry.weight[-1]: number for number, entry in enumerate(self._entries)}

    @cached_property
    def _names(self) -> list[Name]:
        """Every written name. Short names of one character and composite names stay what they are: aliases."""
        aliases: dict[Adcode, list[Alias]] = {}
        for alias in self._dataset.aliases:
            aliases.setdefault(alias.adcode, []).append(alias)
        found: list[Name] = []
        for number, entry in enumerate(self._entries):
            record = entry.record
            found += [Name(text=squeeze(text), entry=number) for text in chinese_names(entry)]
            if isinstance(record, Region):
                known = aliases.get(record.adcode, ())
                found += [Name(text=squeeze(alias.alias), entry=number, alias=alias) for alias in known]
            found += [Name(text=english(text), entry=number, english=True) for text in english_names(entry)]
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

    def _hit(self, entry: Entry, alias: Alias | None, lang: str) -> Hit:
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
            map=self._shown_at[identifier] if isinstance(record, Indicator) else None,
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


def _called(region: Region) -> Text:
    return Text(zh=region.name, en=region.name_en or region.name)


def _simplified(text: str) -> str:
    """Return a text in simplified characters: 鄂爾多斯 as 鄂尔多斯."""
    from zhconv import convert  # its tables: only for what is found nowhere as written

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # it leaves the file of its tables to be closed by itself
        return str(convert(text, "zh-cn"))


def _grade(name: Name, text: str, kind: Kind) -> int | None:
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


def _former(alias: Alias | None, lang: str) -> list[str]:
    """Say that a result was found under a former name or code."""
    if alias is None or alias.kind not in ("old_name", "old_code"):
        return []
    gap = {"alias": alias.alias}
    former = Phrase("旧名{alias}", gap) if alias.kind == "old_name" else Phrase("旧码{alias}", gap)
    return [former.say(lang)]
