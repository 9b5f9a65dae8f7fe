"""Faults that a page says in the reader's language; programs and the command line get the English."""

from dataclasses import dataclass

from geoapp.errors import Issue
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Text


@dataclass(frozen=True, slots=True)
class LocalizedIssue(Issue):
    """A fault with its sentence for pages."""

    wording: Phrase | Text | None = None


def localize_issue(issue: Issue, lang: str) -> str:
    """Return a fault in a language, or in English where nobody worded it."""
    wording = issue.wording if isinstance(issue, LocalizedIssue) else None
    if wording is None:
        return str(issue)
    return wording.get(lang) if isinstance(wording, Text) else wording.say(lang)
