"""Every Chinese sentence the atlas says has its English, with the same gaps and no Chinese left."""

import io
import re
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from geoapp.model.phrase import Phrase, in_a_row, sense
from tests.conftest import ROOT

CATALOGUE = Path(ROOT, "geoapp", "translations", "en", "LC_MESSAGES", "messages.po")
GAP = re.compile(r"\{\w+\}|%\(\w+\)s")
KEYWORDS = {**DEFAULT_KEYWORDS, "Phrase": None, "sense": ((1, "c"), 2)}
ENDS = {"。": ".", "：": ":", "…": "…"}
Key = tuple[str, str]
"""Context (mostly none) and Chinese text."""


def sources() -> set[Key]:
    """The sentences in ``Phrase(…)``, ``sense(…)``, ``_(…)`` and ``pgettext(…)`` of code and templates."""
    found = set()
    for folder, method in (("geoapp", [("**.py", "python")]), ("templates", [("**.html", "jinja2")])):
        options = {"**.html": {"trim_blocks": "true", "lstrip_blocks": "true"}}
        for _, _, text, _, context in extract_from_dir(Path(ROOT, folder), method, options, KEYWORDS):
            found.add((context or "", text if isinstance(text, str) else text[0]))
    return found


@pytest.fixture(scope="module")
def english() -> dict[Key, str]:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    return {(each.context or "", str(each.id)): str(each.string) for each in catalogue if each.id}


def test_every_sentence_has_its_english(english: dict[Key, str]) -> None:
    missing = sorted(key for key in sources() if not english.get(key))
    assert missing == [], "run scripts/messages, then write the English"


def test_nothing_is_kept_that_nobody_says(english: dict[Key, str]) -> None:
    assert set(english) - sources() == set(), "run scripts/messages"


def test_gaps_are_the_same(english: dict[Key, str]) -> None:
    different = {zh: en for (_, zh), en in english.items() if en and set(GAP.findall(zh)) != set(GAP.findall(en))}
    assert different == {}


def test_no_chinese_is_left(english: dict[Key, str]) -> None:
    assert {zh: en for (_, zh), en in english.items() if re.search("[一-鿿“”、，。；：（）《》]", en)} == {}


def test_sentences_end_alike(english: dict[Key, str]) -> None:
    """A full stop in one language is a full stop in the other."""
    wording = [(zh.rstrip(), en.rstrip()) for (_, zh), en in english.items() if len(zh) > 1]
    lost = [(zh, en) for zh, en in wording if zh[-1] in ENDS and not en.endswith(ENDS[zh[-1]])]
    added = [(zh, en) for zh, en in wording if en.endswith(".") and not zh.endswith("。")]
    assert (lost, added) == ([], [])


def test_the_catalogue_compiles_and_is_what_the_atlas_says(english: dict[Key, str]) -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    spoken = GNUTranslations(compiled)
    for (context, zh), en in english.items():
        assert (spoken.pgettext(context, zh) if context else spoken.gettext(zh)) == en
        if "{" not in zh:
            assert (sense(context, zh) if context else Phrase(zh)).say("en") == en, "run `make translations`"
            assert Phrase(zh).say("zh") == zh


def test_a_title_reads_naturally_in_both_languages() -> None:
    gaps = {"region": "鄂尔多斯市", "period": Phrase("“十四五”")}
    zh = Phrase("{region}{period}{indicator}", {**gaps, "indicator": "用电量"})
    en = Phrase("{region}{period}{indicator}", {**gaps, "indicator": "Electricity use"})
    assert (zh.say("zh"), en.say("en")) == (
        "鄂尔多斯市“十四五”用电量",
        "Electricity use: 鄂尔多斯市, 14th Five-Year Plan",
    )


def test_things_in_a_row_are_parted_as_the_language_does() -> None:
    wording = Phrase("{region}", {"region": in_a_row(["甲", "乙", Phrase("{year}年", {"year": 2025})])})
    assert (wording.say("zh"), wording.say("en")) == ("甲、乙、2025年", "甲, 乙, 2025")
    assert (in_a_row([]), in_a_row(["甲"])) == ("", "甲")


def test_one_and_many_differ_only_where_english_needs_it() -> None:
    assert [Phrase("园区").say(lang) for lang in ("zh", "en")] == ["园区", "Parks"]
    assert [sense("one", "园区").say(lang) for lang in ("zh", "en")] == ["园区", "Park"]
