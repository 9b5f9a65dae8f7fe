"""Broken copies of the real ``layers/`` folder, and what reading them says."""

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import shapely

from geoapp.atlas import Atlas
from geoapp.errors import InvalidData
from geoapp.ingest.layers import read_layers
from geoapp.model.dataset import Dataset
from geoapp.model.region import Adcode, Level
from geoapp.vector.join import Counties, read_vectors

ROOT = Path(__file__).resolve().parents[3]
Row = dict[str, str]


@dataclass
class Layers:
    """A copy of ``layers/`` that may be broken, and the reader on it."""

    folder: Path
    atlas: Atlas

    def path(self, name: str) -> Path:
        """Return a file: ``indicators.csv`` or, of a plan, ``ordos-2021-2025/targets.csv``."""
        return self.folder / "plans" / name if "/" in name else self.folder / name

    def rows(self, name: str) -> list[list[str]]:
        """Return the cells of a table, the header first."""
        with self.path(name).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, name: str, rows: list[list[str]]) -> None:
        """Write the cells of a table."""
        with self.path(name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def find(self, name: str, /, **having: str) -> tuple[int, Row]:
        """Return the number, as a spreadsheet shows it, and the cells of the first row that has these cells."""
        header, *rows = self.rows(name)
        for number, cells in enumerate(rows, start=2):
            row = dict(zip(header, cells, strict=True))
            if having.items() <= row.items():
                return number, row
        raise AssertionError(f"{name} has no row with {having}")

    def edit(self, name: str, change: Callable[[list[str]], list[str]], /, **having: str) -> tuple[int, Row]:
        """Change the cells of the first row that has these cells; return its number and what it was."""
        number, row = self.find(name, **having)
        rows = self.rows(name)
        rows[number - 1] = change(rows[number - 1])
        self.write(name, rows)
        return number, row

    def put(self, name: str, column: str, cell: str, /, **having: str) -> tuple[int, Row]:
        """Write one cell of the first row that has these cells; return its number and what it was."""
        at = self.rows(name)[0].index(column)
        return self.edit(name, lambda cells: [*cells[:at], cell, *cells[at + 1 :]], **having)

    def append(self, name: str, /, **cells: str) -> int:
        """Add a row; return its number."""
        rows = self.rows(name)
        rows.append([cells.get(column, "") for column in rows[0]])
        self.write(name, rows)
        return len(rows)

    def read(self) -> Dataset:
        """Read the copy as ``geoapp check`` does."""

        def contains(adcode: Adcode, lon: float, lat: float) -> bool:
            return bool(shapely.contains_xy(self.atlas.shape(self.atlas.region(adcode)), lon, lat))

        counties = Counties(self.atlas.store.geometry(Level.COUNTY, "full"))
        vectors, faults = read_vectors(self.folder / "vectors", counties)
        published = [each.layer for each in vectors], faults
        return read_layers(self.folder, self.atlas.gazetteer, self.atlas.dataset.edition, contains, published)

    def faults(self) -> list[str]:
        """Return every message of reading the copy, its folder left out."""
        with pytest.raises(InvalidData) as caught:
            self.read()
        head, *lines = str(caught.value).splitlines()
        assert head == f"{self.folder}: {len(lines)} fault(s)"
        return [line.strip().replace(f"{self.folder}/", "").replace("plans/", "", 1) for line in lines]


@pytest.fixture
def layers(tmp_path: Path, atlas: Atlas) -> Layers:
    """A fresh copy of the real folder."""
    shutil.copytree(ROOT / "layers", tmp_path / "layers")
    return Layers(tmp_path / "layers", atlas)
