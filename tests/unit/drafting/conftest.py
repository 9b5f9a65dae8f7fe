"""The real divisions and vocabulary, and a way to draft a few lines of a made-up plan."""

from collections.abc import Callable
from pathlib import Path

import pytest

from geoapp.boundaries.gazetteer import Gazetteer, read_aliases
from geoapp.builder import read_regions
from geoapp.drafting.drafting import Draft, draft
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.reading.document import assemble
from geoapp.drafting.reading.lines import Line, parts_of
from geoapp.drafting.vocabulary import read_terms

ROOT = Path(__file__).parents[3]
HEAD = "榆林市“十四五”节能减排方案\n\n榆林市人民政府\n\n2022年9月8日\n\n"
Drafting = Callable[..., Draft]


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    """All divisions, as the boundaries on disk have them."""
    return Gazetteer(read_regions(ROOT / "build" / "shapes"), read_aliases(ROOT / "shapes" / "aliases.csv"))


@pytest.fixture(scope="session")
def book() -> TermBook:
    """The vocabulary of ``layers/`` and its terms."""
    return read_terms(ROOT / "layers")


@pytest.fixture(scope="session")
def drafted(gazetteer: Gazetteer, book: TermBook) -> Drafting:
    """Draft lines under the head of a made-up plan of 榆林市; ``section`` is the chapter they stand in."""

    def make(text: str, section: str = "一、主要目标", region: str = "610800") -> Draft:
        lines = [Line(line) for line in f"{HEAD}{section}\n\n{text}".splitlines()]
        return draft(assemble(["made-up.txt"], parts_of(lines)), gazetteer, book, region)

    return make


def said(made: Draft, table: str, *columns: str) -> list[tuple[str, ...]]:
    """Return some columns of the drafted rows of a table, in document order."""
    return [tuple(row.fields[column] for column in columns) for row in made.rows if row.table == table]
