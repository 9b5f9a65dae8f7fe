"""Documents in other offices' manners are drafted as well as the benchmark says; no rule was written for them."""

from pathlib import Path

import pytest

from benchmarks.drafts import HELD_OUT, read_truth, score
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.drafting.drafting import draft
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.reading.read import read_documents
from geoapp.drafting.rows import TABLES
from geoapp.model.region import Adcode
from tests.data.drafts.documents import WRITERS, make

LEAST = {"targets": (0.9, 0.85), "statistics": (0.8, 0.8), "parks": (0.8, 0.8), "projects": (0.7, 0.7)}


@pytest.mark.parametrize("name", ["yulin", "linze", "qinghai"])
def test_recall_and_precision(name: str, tmp_path: Path, gazetteer: Gazetteer, book: TermBook) -> None:
    region = WRITERS[name][2]
    made = draft(read_documents([make(name, tmp_path)]), gazetteer, book, region)

    def code(printed: str) -> str:
        return gazetteer.resolve(printed, Adcode(region)).adcode

    for table in TABLES:
        rows = [row for row in made.rows if row.table == table]
        found, wrong, missing = score(table, rows, read_truth(HELD_OUT / name, table), set(book.indicators), code)
        recall, precision = LEAST[table]
        assert found.right >= recall * found.truth, (table, missing)
        assert found.right >= precision * found.drafted, (table, [row.fields for row in wrong])
