"""Words in a workbook where other formats have codes."""

import io
from typing import get_args

import openpyxl
import pytest
from flask.testing import FlaskClient

from geoapp.files.columns import CODE_WORDS
from geoapp.model.region import Level
from geoapp.model.vocabulary import Comparator, Direction, Nature, Tier


def test_every_code_has_a_word_of_its_own() -> None:
    lists = {"comparator": Comparator, "direction": Direction, "tier": Tier, "nature": Nature}
    codes = {name: set(get_args(words)) for name, words in lists.items()} | {"level": {str(each) for each in Level}}
    assert {name: set(words) for name, words in CODE_WORDS.items()} == codes
    for words in CODE_WORDS.values():
        for lang in ("zh", "en"):
            assert len({word.say(lang) for word in words.values()}) == len(words)


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("县级", "等于", "下降")), ("en", ("County", "equal to", "reduce"))]
)
def test_a_workbook_says_words_and_hides_the_codes_beside_them(
    client: FlaskClient, lang: str, words: tuple[str, ...]
) -> None:
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"/view.xlsx?region=150600&lang={lang}").data))
    sheet = book.worksheets[0]
    cells = {cell.value for row in sheet.iter_rows(min_row=2) for cell in row}
    assert set(words) <= cells
    names = {title: name for layer, name, title, _ in book.worksheets[-1].values if layer == sheet.title}
    seen = {names.get(cell.value) for cell in sheet[1] if not sheet.column_dimensions[cell.column_letter].hidden}
    assert "status" not in seen
    assert {"status_words", "level", "comparator"} <= seen
