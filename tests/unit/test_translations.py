"""Every Chinese sentence the atlas says has its English, with the same gaps and no Chinese left."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.conftest import ROOT

CATALOGUE = Path(ROOT, "geoapp", "translations", "en", "LC_MESSAGES", "messages.po")
GAP = re.compile(r"\{\w+\}|%\(\w+\)s")


def sources() -> set[str]:
    """The sentences in ``Phrase(…)`` and ``_(…)`` of code and templates."""
    keywords = {"Phrase": None, "_": None}
    found = set()
    for folder, method in (("geoapp", [("**.py", "python")]), ("templates", [("**.html", "jinja2")])):
        options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
        for _, _, text, _, _ in extract_from_dir(Path(ROOT, folder), method, options, keywords):
            found.add(text if isinstance(text, str) else text[0])
    return found


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file, locale="en") if message.id}


def test_every_sentence_has_its_english(english: dict[str, str]) -> None:
    missing = sorted(text for text in sources() if not english.get(text))
    assert missing == [], "run scripts/messages, then write the English"


def test_gaps_are_the_same(english: dict[str, str]) -> None:
    different = {zh: en for zh, en in english.items() if en and set(GAP.findall(zh)) != set(GAP.findall(en))}
    assert different == {}


def test_no_chinese_is_left(english: dict[str, str]) -> None:
    assert {zh: en for zh, en in english.items() if re.search("[一-鿿“”，。；：（）]", en)} == {}
