"""Faults that a page says in the reader's language; programs and the command line get the English."""

from dataclasses import dataclass

from geoapp.errors import Issue
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Text


@dataclass(frozen=True, slots=True)
class SaidIssue(Issue):
    """A fault with its sentence for pages."""

    said: Phrase | Text | None = None


def say_issue(issue: Issue, lang: str) -> str:
    """Return a fault in a language, or in English where nobody worded it."""
    said = issue.said if isinstance(issue, SaidIssue) else None
    if said is None:
        return str(issue)
    return said.get(lang) if isinstance(said, Text) else said.say(lang)
