"""Make or renew a draft folder from documents; show a draft's review files anew after decisions."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from pypinyin import lazy_pinyin

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.drafting.drafting import draft
from geoapp.drafting.folder.pack import write_pack
from geoapp.drafting.folder.review_book import write_book
from geoapp.drafting.folder.review_page import write_page
from geoapp.drafting.folder.state import (
    DRAFT,
    Saved,
    changes,
    effective,
    read_decisions,
    read_draft,
    saved,
    write_draft,
)
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.reading.read import read_documents
from geoapp.drafting.rules.frontpage import FrontPage
from geoapp.ingest.schemas import PlaceRow
from geoapp.model.region import Adcode

CHANGES = "changes.txt"


def make_draft(
    paths: Sequence[Path],
    folder: Path,
    gazetteer: Gazetteer,
    book: TermBook,
    points: Iterable[PlaceRow] = (),
    *,
    region: str = "",
    plan: str = "",
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Saved, list[str]]:
    """Draft documents into a folder; return the draft and, for a second draft, what changed.

    Decisions already taken stay with the rows they fit. The list of changes is also written to
    ``changes.txt``.

    Raises:
        UnreadableDocument: a document cannot be read.
        NoRegion: the region cannot be told and none was given.
    """
    document = read_documents(paths, progress)
    progress("drafting")
    made = draft(document, gazetteer, book, region, points)
    new = saved(made, plan or _plan_id(made.page, gazetteer))
    folder.mkdir(parents=True, exist_ok=True)
    said = changes(read_draft(folder), new, read_decisions(folder)) if (folder / DRAFT).exists() else []
    write_draft(folder, new)
    if said:
        (folder / CHANGES).write_text("\n".join(said) + "\n", encoding="utf-8")
    progress("writing the review")
    write_views(folder, book)
    return new, said


def write_views(folder: Path, book: TermBook) -> None:
    """Write the pack, ``review.html`` and ``review.xlsx`` of a draft as it stands."""
    new, decisions = read_draft(folder), read_decisions(folder)
    rows = effective(new, decisions)
    write_pack(folder, new, rows)
    write_page(folder, new, rows, book)
    write_book(folder, new, rows, book)


def _plan_id(page: FrontPage, gazetteer: Gazetteer) -> str:
    """Return ``<place>-<period>``; the place is spelt in pinyin."""
    name = gazetteer.regions[Adcode(page.region)].short_name.rstrip("市县区旗州盟省")
    place = "".join(lazy_pinyin(name)) or page.region
    period = f"{page.start_year}" if page.start_year == page.end_year else f"{page.start_year}-{page.end_year}"
    return f"{place}-{period}"
