"""The tables of readers: taken, settled, found again, forgotten. All workers share what is on disk."""

from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.errors import NotFound
from geoapp.model.region import Adcode
from geoapp.owndata.matching.names import NameIndex
from geoapp.owndata.reading.read import read_book
from geoapp.owndata.settle import Decisions, settle
from geoapp.owndata.table import Column, Table
from geoapp.owndata.table_file import from_bytes, to_bytes
from geoapp.owndata.understand import Understanding
from geoapp.owndata.uploads import CREATED, GONE, Uploads

SOURCE, TABLE = "source", "table.json"
MOST_OPEN = 8
"""Tables that a worker keeps in memory."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OwnTable:
    """A table that is kept.

    Attributes:
        created, expires: seconds since 1970.
        version: changes with every decision; what is made of the table is kept under it.
        by_region: for each region its rows, as positions in the table.
    """

    id: str
    created: float
    expires: float
    version: str
    table: Table
    by_region: dict[Adcode, tuple[int, ...]]

    def position(self, column: Column, adcode: Adcode) -> int | None:
        """Return the position of a region's row for a column; None where no row is the region's."""
        rows = self.table.rows
        found = self.by_region.get(adcode, ())
        return next((each for each in found if column.of_year in (None, rows[each].year)), None)


class Tables:
    """The tables that readers uploaded. Regions are those of today's edition: codes stay attached over a rebuild."""

    def __init__(self, uploads: Uploads) -> None:
        self.uploads = uploads
        self._open: OrderedDict[str, OwnTable] = OrderedDict()
        self._lock = Lock()
        self._understanding: tuple[Gazetteer, Understanding] | None = None

    def take(self, data: bytes, name: str, gazetteer: Gazetteer, sheet: str = "") -> OwnTable:
        """Read, understand, match and keep a file.

        Raises:
            UnreadableTable: it is no table of regions; the message says which cell stops it.
            OSError: the disk is full.
        """
        table = self._understood(gazetteer).table(read_book(data, name), sheet)
        return self.find(self.uploads.keep({SOURCE: data, TABLE: to_bytes(table)}))

    def find(self, identifier: str) -> OwnTable:
        """Return a table as it is at this moment, whichever worker changed it last.

        Raises:
            NotFound: there is none of this id, or no longer.
        """
        folder = self.uploads.find(identifier)
        try:
            stat = (folder / TABLE).stat()
            version = f"{stat.st_mtime_ns:x}-{stat.st_ino:x}"
            with self._lock:
                known = self._open.get(identifier)
                if known is not None and known.version == version:
                    self._open.move_to_end(identifier)
                    return known
            found = self._opened(identifier, folder, version)
        except FileNotFoundError:
            raise NotFound(GONE.say("en"), wording=GONE, suggestion="/table") from None
        with self._lock:
            self._open[identifier] = found
            while len(self._open) > MOST_OPEN:
                self._open.popitem(last=False)
        return found

    def settle(self, identifier: str, decisions: Decisions, gazetteer: Gazetteer) -> OwnTable:
        """Change a table as its reader decides; of two who decide at once, neither's decisions are lost.

        Raises:
            NotFound: there is no such table.
            UnreadableTable: a decision cannot be carried out; then none is.
        """
        with self.uploads.changing(identifier) as folder:
            table = from_bytes((folder / TABLE).read_bytes())
            if decisions.sheet and decisions.sheet != table.sheet:
                book = read_book((folder / SOURCE).read_bytes(), table.file)
                table = self._understood(gazetteer).table(book, decisions.sheet)
            self.uploads.replace(folder, TABLE, to_bytes(settle(table, decisions, gazetteer)))
        return self.find(identifier)

    def forget(self, identifier: str) -> None:
        """Remove a table."""
        self.uploads.remove(identifier)
        with self._lock:
            self._open.pop(identifier, None)

    def _understood(self, gazetteer: Gazetteer) -> Understanding:
        """Return what understands books, made once for each build."""
        known = self._understanding
        if known is None or known[0] is not gazetteer:
            known = self._understanding = (gazetteer, Understanding(NameIndex(gazetteer)))
        return known[1]

    def _opened(self, identifier: str, folder: Path, version: str) -> OwnTable:
        table = from_bytes((folder / TABLE).read_bytes())
        by_region: dict[Adcode, tuple[int, ...]] = {}
        for position, row in enumerate(table.rows):
            if row.status == "matched" and row.adcode:
                by_region[row.adcode] = (*by_region.get(row.adcode, ()), position)
        return OwnTable(
            id=identifier,
            created=(folder / CREATED).stat().st_mtime,
            expires=self.uploads.expires(folder),
            version=version,
            table=table,
            by_region=by_region,
        )
