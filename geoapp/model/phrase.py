"""Sentences the atlas says itself, kept apart from their values so that they can be translated."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path

from geoapp.model.heading import heading_in_english

LOCALES = Path(__file__).resolve().parent.parent / "translations"
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A Chinese sentence with named gaps. The catalogue of each language holds its wording.

    A gap called ``section`` holds a heading path as the document prints it, and is said in the sentence's language.

    Attributes:
        context: which of several wordings is meant, where another language has more than Chinese
            (园区 is one park or many); made by `sense`.
    """

    text: str
    values: Mapping[str, object] = field(default_factory=dict)
    context: str = ""

    def say(self, lang: str) -> str:
        """Return the sentence in a language, its gaps filled; nested phrases are said too."""
        if not self.text:  # to gettext the empty text is the head of the catalogue
            return ""
        filled = {name: _filled(name, value, lang) for name, value in self.values.items()}
        catalogue = _catalogue(lang)
        worded = catalogue.pgettext(self.context, self.text) if self.context else catalogue.gettext(self.text)
        return worded.format(**filled)


def sense(context: str, text: str) -> Phrase:
    """Return a word in one of the senses that other languages tell apart: ``one`` thing or ``many``."""
    return Phrase(text, context=context)


def in_a_row(items: Iterable[object]) -> object:
    """Return things one after the other, parted as each language parts them; nothing is an empty text."""
    found = list(items)
    return reduce(lambda head, tail: Phrase("{head}、{tail}", {"head": head, "tail": tail}), found) if found else ""


def section_words(section: str, lang: str) -> str:
    """Return a printed heading path in a language: ``附件1`` is Annex 1 to English readers."""
    return heading_in_english(section, translator(lang)) if lang == "en" else section


def _filled(name: str, value: object, lang: str) -> object:
    if isinstance(value, Phrase):
        return value.say(lang)
    return section_words(value, lang) if name == "section" and isinstance(value, str) else value


def translator(lang: str) -> Translate:
    """Return the function that turns a Chinese source string into ``lang``."""
    return _catalogue(lang).gettext


@lru_cache(maxsize=4)
def _catalogue(lang: str) -> GNUTranslations | NullTranslations:
    return translation("messages", localedir=LOCALES, languages=[lang], fallback=True)
