"""Sentences the atlas says itself, kept apart from their values so that they can be translated."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, reduce
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path

LOCALES = Path(__file__).resolve().parent.parent / "translations"
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A Chinese sentence with named gaps. The catalogue of each language holds its wording.

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
        filled = {name: value.say(lang) if isinstance(value, Phrase) else value for name, value in self.values.items()}
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


def translator(lang: str) -> Translate:
    """Return the function that turns a Chinese source string into ``lang``."""
    return _catalogue(lang).gettext


@lru_cache(maxsize=4)
def _catalogue(lang: str) -> GNUTranslations | NullTranslations:
    return translation("messages", localedir=LOCALES, languages=[lang], fallback=True)
