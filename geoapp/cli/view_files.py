"""``geoapp export`` and ``geoapp snapshot``: a view as a file, or as a map sheet."""

from pathlib import Path
from urllib.parse import parse_qsl

import click

from geoapp.cli.console import format_of, readable_errors, save
from geoapp.cli.open_atlas import open_atlas
from geoapp.files.registry import FORMATS, write_file
from geoapp.files.text import write_sidecar
from geoapp.settings import load_settings
from geoapp.sheets.paint import MIMETYPES
from geoapp.sheets.paper import SHEET_PARAMETERS, read_sheet


@click.command()
@click.argument("view")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="file to write")
def export(view: str, output: Path) -> None:
    """Export a VIEW (a query string such as "region=150600&year=2025") to a file, as the web gives it."""
    with readable_errors():
        suffix = format_of(output.name, FORMATS)
        atlas, pairs = open_atlas(load_settings()), parse_qsl(view.lstrip("?"), keep_blank_values=True)
        chosen, options = atlas.file_request(pairs, suffix, full_allowed=load_settings().full_geometry)
        content = atlas.content(chosen, options)
        save(output, write_file(content, suffix))
        if suffix == "csv":
            save(output.with_name(f"{output.name}-metadata.json"), write_sidecar(content))


@click.command()
@click.argument("view")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help=".png, .svg, .pdf")
@click.option("--paper", help="a4, a3 or 16x9; without it the size is in pixels")
@click.option("--orientation", help="landscape or portrait")
@click.option("--width", help="pixels")
@click.option("--height", help="pixels")
@click.option("--dpi", help="72 to 600")
@click.option("--title", help="a title of your own")
@click.option("--date", help="the date of making to print, such as 2026-03-31")
def snapshot(view: str, output: Path, **sheet: str | None) -> None:
    """Draw a VIEW (a query string such as "region=150600&year=2025") as a map sheet with legend and sources."""
    with readable_errors():
        settings = load_settings()
        atlas, pairs = open_atlas(load_settings()), parse_qsl(view.lstrip("?"), keep_blank_values=True)
        given = {name: text for name, text in pairs if name in SHEET_PARAMETERS}
        given |= {name: text for name, text in sheet.items() if text is not None}
        form = format_of(output.name, MIMETYPES)
        drawn = read_sheet(given, form, maker=settings.maker, review_no=settings.review_no)
        save(output, atlas.snapshot(atlas.view(pairs, extra=SHEET_PARAMETERS), drawn))
