"""Where each record is written: a check names records, and whoever mends them looks for a row."""

from collections.abc import Mapping
from pathlib import Path

from geoapp.ingest.packs import read_pack


def record_rows(layers: Path) -> Mapping[str, str]:
    """Return the file and the row of every record of ``layers/plans`` by its id: ``<plan>/targets.csv row 5``."""
    found: dict[str, str] = {}
    for folder in sorted(path for path in (layers / "plans").glob("*") if path.is_dir()):
        pack, _ = read_pack(folder)
        if pack is None:
            continue
        tables = (
            ("targets", [(number, row.id) for number, row in pack.targets]),
            ("statistics", [(number, row.id) for number, row in pack.statistics]),
            ("parks", [(number, row.id) for number, row in pack.parks]),
            ("projects", [(number, row.id) for number, row in pack.projects]),
        )
        for name, rows in tables:
            found |= {identifier: f"{folder.name}/{name}.csv row {number}" for number, identifier in rows}
    return found
