"""Sentences the atlas says itself, kept apart from their values so that they can be translated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations, translation
from pathlib import Path

LOCALES = Path(__file__).resolve().parent.parent / "translations"
Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A Chinese sentence with named gaps. The catalogue of each language holds its wording."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: str) -> str:
        """Return the sentence in a language, its gaps filled; nested phrases are said too."""
        filled = {name: value.say(lang) if isinstance(value, Phrase) else value for name, value in self.values.items()}
        return translator(lang)(self.text).format(**filled)


def translator(lang: str) -> Translate:
    """Return the function that turns a Chinese source string into ``lang``."""
    return _catalogue(lang).gettext


@lru_cache(maxsize=4)
def _catalogue(lang: str) -> GNUTranslations | NullTranslations:
    return translation("messages", localedir=LOCALES, languages=[lang], fallback=True)
