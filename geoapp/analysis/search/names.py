"""The written names of everything that can be found, in the form in which names are compared."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from geoapp.analysis.search.results import Kind
from geoapp.model.dataset import Alias
from geoapp.model.plan import Indicator, Park, Plan, Project, Text
from geoapp.model.region import Level, Region

Record = Region | Plan | Indicator | Park | Project
KIND_ORDER: tuple[Kind, ...] = ("region", "plan", "park", "indicator", "project")
LEVEL_ORDER = {Level.NATION: 3, Level.PROVINCE: 0, Level.PREFECTURE: 1, Level.COUNTY: 2}
QUIET = re.compile(r"[\s“”‘’\"'·《》()\[\]〔〕,、-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that can be found; ``weight`` orders equals, least first."""

    kind: Kind
    record: Record
    title: Text
    related: str
    weight: tuple[int, int, int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One written name of an entry: ``english`` ones are matched from the start of a word."""

    text: str
    entry: int
    english: bool = False
    alias: Alias | None = None


def squeeze(text: str) -> str:
    """Bring a text to the form names are compared in: one width, one case, no spaces or quotes."""
    return QUIET.sub("", unicodedata.normalize("NFKC", text).casefold())


def english(text: str) -> str:
    """Bring an English text to words parted by one space, without accents: urumqi finds Ürümqi."""
    plain = "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return QUIET.sub(" ", plain.casefold()).strip()


def entry_of(
    kind: Kind,
    record: Record,
    title: Text,
    identifier: str,
    spoken: bool = True,
    uses: int = 0,
    related: Iterable[str] = (),
) -> Entry:
    """Weigh an entry: what plans speak of, then by kind, then high divisions and much used indicators."""
    rank = LEVEL_ORDER[record.level] if isinstance(record, Region) else -uses
    weight = (int(not spoken), KIND_ORDER.index(kind), rank, len(title.zh), identifier)
    return Entry(kind=kind, record=record, title=title, related=squeeze("|".join(related)), weight=weight)


def chinese_names(entry: Entry) -> list[str]:
    """Return what an entry is called in Chinese, short names, numbers and codes included."""
    record = entry.record
    if isinstance(record, Region):
        short = [record.short_name] if len(record.short_name) > 1 and record.short_name != record.name else []
        return [record.name, *short, record.adcode]
    if isinstance(record, Plan):
        return [record.title.zh, record.short_title.zh, *([record.document_no] if record.document_no else [])]
    if isinstance(record, Indicator):
        return [entry.title.zh, *record.also]
    return [entry.title.zh]


def english_names(entry: Entry) -> list[str]:
    """Return what an entry is called in letters."""
    record = entry.record
    if isinstance(record, Plan):
        return [record.title.en, record.short_title.en, record.id]
    if isinstance(record, Indicator):
        return [record.title.en, record.id]
    return [record.name_en] if isinstance(record, Region) and record.name_en else []
