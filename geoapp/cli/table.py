"""``geoapp table``: a table of one's own, matched with regions on the command line."""

import sys
from pathlib import Path

import click

from geoapp.cli.build_plan import gazetteer_of
from geoapp.cli.console import console, format_of, readable_errors, save
from geoapp.settings import load_settings

OPEN_ROWS = 3
"""Exit code where rows are left to decide."""
MOST_LINES = 20


@click.group()
def table() -> None:
    """Tables of your own: counties, prefectures or provinces in rows."""


@table.command("match")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=".xlsx or .csv to write",
)
@click.option("--sheet", default="", help="sheet of a workbook, if not the one with most regions")
def match(file: Path, output: Path, sheet: str) -> None:
    """Match the rows of FILE (.xlsx .xls .ods .csv .tsv) with divisions and write them with their codes.

    Exit code 0: every row is matched; 3: some are left to decide, the file names their candidates; 1: no such table.
    """
    from geoapp.files.own.given_back import write_own_csv, write_own_xlsx  # they need what serving a page does not
    from geoapp.owndata.matching.names import NameIndex
    from geoapp.owndata.reading.read import read_book
    from geoapp.owndata.understand import Understanding

    with readable_errors():
        suffix = format_of(output.name, ("xlsx", "csv"))
        gazetteer = gazetteer_of(load_settings())
        found = Understanding(NameIndex(gazetteer)).table(read_book(file.read_bytes(), file.name), sheet)
        save(output, (write_own_xlsx if suffix == "xlsx" else write_own_csv)(found, gazetteer))
    counts = found.counts
    click.echo(
        f"{output}: {counts['matched']} of {len(found.rows) - counts['ignored']} rows matched, "
        f"{counts['ambiguous']} to decide, {counts['unmatched']} not found, {counts['ignored']} left out"
    )
    left = [row for row in found.rows if row.status in ("ambiguous", "unmatched")]
    for row in left[:MOST_LINES]:
        near = ", ".join(f"{gazetteer[code].name} {code}" for code in row.candidates[:4])
        console.print(f"row {row.row}: {row.name or '(no name)'} is {row.status}" + (f" ({near})" if near else ""))
    if len(left) > MOST_LINES:
        console.print(f"… and {len(left) - MOST_LINES} more; all of them are in the file")
    for fault in found.faults[:MOST_LINES]:
        console.print(f"cell {fault.cell}: {fault.text} is no number", style="dim", markup=False)
    if left:
        sys.exit(OPEN_ROWS)
