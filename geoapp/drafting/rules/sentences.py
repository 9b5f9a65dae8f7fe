"""Sentences of a paragraph, each with its section and the year that holds for it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geoapp.drafting.language.years import mentions
from geoapp.drafting.reading.document import Block
from geoapp.drafting.rules.context import Context

SENTENCE = re.compile(r"[^。；;！？]+[。；;！？]?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph: its text, where it begins in the document, the year that holds from before."""

    text: str
    start: int
    section: str
    year: int | None
    carried: bool
    dated: bool


def sentences(context: Context, block: Block) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph; a target year holds until another one is named."""
    section = context.outline.paths.get(block.number, "")
    if not section:
        return
    year = context.lead_years.get(block.number)
    for found in SENTENCE.finditer(block.text):
        named = [each.year for each in mentions(found[0])]
        yield Sentence(
            found[0], block.start + found.start(), section, year, year is not None, bool(named) or year is not None
        )
        future = [each for each in named if each >= context.page.start_year]
        if named:
            year = future[-1] if future else named[-1] if context.is_past(section) else None
