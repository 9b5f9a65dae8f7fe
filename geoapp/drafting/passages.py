"""The passage of a document that a published record is printed in, found by its section and its print."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from geoapp.drafting.language.figures import fold
from geoapp.drafting.language.outline import Outline, outline
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.reading.document import Block, Document
from geoapp.drafting.reading.read import READERS, read_documents
from geoapp.ingest.source_text.sections import fold as squeezed
from geoapp.ingest.source_text.tracing import in_pieces
from geoapp.model.plan import Park, Plan, Project, Statistic, Target

Record = Target | Statistic | Park | Project
SENTENCE = re.compile(r"[^。；;]+")
NEAR = 60


@dataclass(frozen=True, slots=True)
class Read:
    """A document as it was read, with its headings."""

    document: Document
    outline: Outline


def document_of(plan: Plan, layers: Path, documents: Path | None) -> Path | None:
    """Return where a plan's document lies here: in its folder, or in the operator's; None where it is not."""
    folder = layers / "plans" / plan.id
    places = [*sorted(folder.glob("document.*"))]
    if documents is not None:
        places += [documents / plan.source_file, *sorted(documents.glob(f"{plan.id}.*"))]
    return next((path for path in places if path.is_file() and path.suffix.lower() in READERS), None)


def read(path: Path) -> Read:
    """Read a document for its passages.

    Raises:
        UnreadableDocument: it cannot be read.
    """
    document = read_documents([path])
    return Read(document, outline(document))


def passage(source: Read, record: Record, book: TermBook) -> tuple[int, int] | None:
    """Return the characters a record is printed in, or None where they are not found.

    A value that stands in a section more than once is looked for where its indicator is named.
    """
    printed = record.value_text if isinstance(record, Target | Statistic) else record.name
    found = [
        place
        for section in record.section.split(";")
        for block in _in_section(source, section)
        for place in _places(block, printed, record)
    ]
    if not isinstance(record, Target | Statistic):
        return found[0] if found else _assembled(source, record)
    if not found:
        return None
    return max(found, key=lambda place: _named(source.document.text, place, record, book))


def _assembled(source: Read, record: Park | Project) -> tuple[int, int] | None:
    """Return the sentence in which the parts of a name stand in order: 托里县、和布克赛尔县储能电站."""
    name = squeezed(record.name)
    for section in record.section.split(";"):
        for block in _in_section(source, section):
            for sentence in SENTENCE.finditer(block.text):
                if in_pieces(name, squeezed(sentence[0])):
                    return block.start + sentence.start(), block.start + sentence.end()
    return None


def _in_section(source: Read, section: str) -> Iterable[Block]:
    """Return the blocks of a section; a section written more coarsely than the document's headings holds those too."""
    wanted = section.split(" #", maxsplit=1)[0]
    exact = [b for b in source.document.blocks if source.outline.paths.get(b.number) == wanted]
    if exact:
        return exact
    main = wanted.split(" ")[0]
    return [b for b in source.document.blocks if source.outline.paths.get(b.number, "").startswith(main)]


def _places(block: Block, printed: str, record: Record) -> Iterable[tuple[int, int]]:
    if block.rows:
        rows = [row for row in block.rows if _is_row_of(row[0].text, record)]
        rows = rows or list(block.rows)
        return [(c.start, c.end) for row in rows for c in row if fold(c.text) == fold(printed)]
    text, needle = fold(block.text), fold(printed)
    before = r"(?<![\d.])" if needle[:1].isdigit() else ""
    return [(block.start + m.start(), block.start + m.end()) for m in re.finditer(before + re.escape(needle), text)]


def _is_row_of(first: str, record: Record) -> bool:
    number = record.section.partition(" #")[2]
    return first == number if number else first == record.name_in_source


def _named(text: str, place: tuple[int, int], record: Target | Statistic, book: TermBook) -> int:
    """Say how well the words before a value name the record's indicator and its division."""
    line = text.rfind("\n", 0, place[0]) + 1
    before = text[max(line, place[0] - NEAR) : place[1] + NEAR // 3]
    matches = book.matches(before, record.unit, before)
    weight = max((match.weight for match in matches if match.indicator == record.indicator), default=0)
    return weight + (len(record.name_in_source) if record.name_in_source in before else 0)
