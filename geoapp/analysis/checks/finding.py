"""What a rule finds: a sentence about some records, as a contradiction or as a note."""

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from geoapp.model.dataset import Dataset
from geoapp.model.phrase import Phrase, in_a_row
from geoapp.model.plan import Statistic, Target

Severity = Literal["contradiction", "note"]
Figure = Target | Statistic
F = TypeVar("F", bound=Figure)
NUMBER = re.compile(r"\d+(?:\.(\d+))?")
TOLERANCE = 0.05
"""Percentage points by which a compounded rate may miss, beyond the rounding of its print."""


@dataclass(frozen=True, slots=True)
class Title(Phrase):
    """A title of the data, said in the reader's language inside a sentence."""

    en: str = ""

    def say(self, lang: str) -> str:
        """Return the title in a language."""
        return self.en if lang == "en" else self.text


def titles(dataset: Dataset) -> Mapping[str, Title]:
    """Return the titles of all indicators by id."""
    return {each.id: Title(each.title.zh, en=each.title.en) for each in dataset.indicators}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that a reader of these records should know.

    Attributes:
        rule: id of the rule, see ``geoapp.analysis.consistency.RULES``.
        severity: ``contradiction`` where a document's own figures cannot all be true,
            ``note`` where they may be, but a reader would stumble.
        plan: id of the document.
        records: ids of the records concerned.
        scope: ``document`` for what is said of a whole table, which a single record's card
            need not repeat.
    """

    rule: str
    severity: Severity
    plan: str
    records: tuple[str, ...]
    sentence: Phrase
    scope: Literal["records", "document"] = "records"


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What one rule did: how many comparisons it made, and what it found."""

    compared: int
    findings: tuple[Finding, ...]


def grouped(records: Iterable[F], key: Callable[[F], Hashable]) -> Mapping[Hashable, list[F]]:
    """Return records by key, in their order."""
    groups: dict[Hashable, list[F]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups


def half_step(record: Figure) -> float:
    """Return half of the last printed digit: 2.52 stands for 2.515 to 2.525."""
    matched = NUMBER.search(unicodedata.normalize("NFKC", record.value_text))
    decimals = len(matched[1] or "") if matched else 0
    return 0.5 * 10.0**-decimals


def printed(records: Iterable[Figure]) -> object:
    """Return the printed values with their places: ``100%（三(八)）、80（附件3 #31）``."""
    return in_a_row(
        Phrase("{value}（{section}）", {"value": record.value_text, "section": record.section}) for record in records
    )


def is_exact(record: Figure) -> bool:
    """Say whether a figure is one year's exact number: not 左右, not the mean of a period."""
    return record.value is not None and "period_value" not in record.caveats and "左右" not in record.value_text


def tier_of(target: Target) -> str:
    """Return the tier of a goal; one without a tier is the basic one."""
    return target.tier or "basic"


def in_table(record: Figure) -> bool:
    """Say whether a figure stands in a table or an annex."""
    return record.section.startswith("附件") or "表" in record.section
