"""The command line: build, check, serve, export. Exit codes: 0 fine, 1 faults found, 2 wrong use.

What builds (GeoPandas) and what serves (Flask) is imported by the commands that need it: drawing
a sheet or writing a file takes half a second and 90 MB less without them.
"""

import os
import socket
import sys
from contextlib import nullcontext
from pathlib import Path
from urllib.parse import parse_qsl

import click
from rich.console import Console
from rich.table import Table

from geoapp import __version__
from geoapp.cli.briefing import briefing
from geoapp.cli.build_plan import plan_of
from geoapp.cli.check import check, counts
from geoapp.cli.console import console, format_of, save
from geoapp.cli.console import progress as _progress
from geoapp.cli.console import readable_errors as _readable_errors
from geoapp.cli.draft import draft
from geoapp.cli.layer import layer
from geoapp.cli.open_atlas import open_atlas
from geoapp.cli.project import init, rollback, show_settings
from geoapp.cli.raster import raster, screen
from geoapp.cli.store import store
from geoapp.cli.table import table
from geoapp.errors import Busy
from geoapp.files.registry import FORMATS, write_file
from geoapp.files.text import write_sidecar
from geoapp.settings import Settings, give_option, load_settings
from geoapp.sheets.paint import MIMETYPES
from geoapp.sheets.paper import SHEET_PARAMETERS, read_sheet
from geoapp.store.files import FilesStore
from geoapp.store.postgis.follower import first_copy, following


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="geoapp")
@click.option(
    "--project", type=click.Path(exists=True, file_okay=False), help="project folder, if not the one you are in"
)
@click.option("--set", "given", multiple=True, metavar="NAME=VALUE", help="a setting for this command; may be repeated")
def main(project: str | None, given: tuple[str, ...]) -> None:
    """A planning atlas: targets, parks and projects of energy-saving plans on a real map."""
    if project is not None:
        give_option("project_dir", project)
    for each in given:
        name, sign, value = each.partition("=")
        if not sign or name not in Settings.model_fields:
            raise click.BadParameter(
                f"{each!r}: write NAME=VALUE; `geoapp settings` lists the names", param_hint="--set"
            )
        give_option(name, value)


main.add_command(init)
main.add_command(show_settings)
main.add_command(rollback)
main.add_command(briefing)
main.add_command(check)
main.add_command(draft)
main.add_command(layer)
main.add_command(raster)
main.add_command(screen)
main.add_command(table)
main.add_command(store)


@main.group()
def shapes() -> None:
    """Administrative boundaries."""


@shapes.command("build")
def shapes_build() -> None:
    """Build the boundaries from the pinned package, or from GEOAPP_BOUNDARY_FILE."""
    from geoapp.boundaries.build import build_shapes

    with _readable_errors():
        plan = plan_of(load_settings())
        edition = build_shapes(plan.source, plan.shapes, _progress())
        console.print(f"boundaries {edition.id}: " + ", ".join(f"{n} {level}" for level, n in edition.rows.items()))


@shapes.command("check")
def shapes_check() -> None:
    """Check rows per level, validity, coverage, nesting, codes and the dash line."""
    from geoapp.boundaries.check import inspect_shapes

    with _readable_errors():
        report = inspect_shapes(plan_of(load_settings()).shapes)
        click.echo(str(report))
        if report.issues:
            sys.exit(1)


@main.command()
def build() -> None:
    """Build what the server serves. A failed build leaves the last good one serving."""
    from geoapp import builder

    with _readable_errors():
        dataset = builder.build(plan_of(load_settings()), _progress())
        click.echo(counts(dataset))


@main.command()
@click.option("--host", default=lambda: os.environ.get("HOST"), help="address to listen on (or HOST)")
@click.option("--port", default=lambda: os.environ.get("PORT"), help="port to listen on (or PORT)")
@click.option("--workers", type=click.IntRange(1, 64), default=None, help="server processes (or GEOAPP_WORKERS)")
def serve(host: str | None, port: str | None, workers: int | None) -> None:
    """Serve the atlas."""
    from geoapp.app import bundled

    with _readable_errors():
        settings = load_settings()
        if settings.store:
            first_copy(settings.store, settings.build_dir)
        FilesStore(settings.build_dir / "atlas")  # said here in a sentence, not by a worker's traceback
        bundled(settings.web_dir)
        address = host or settings.host
        number = _free_port(address, port or str(settings.port))
        from geoapp.server import run

        beside = following(settings.store, settings.build_dir) if settings.store else nullcontext()
        run(address, number, workers or settings.workers, beside)


def _free_port(host: str, port: str) -> int:
    """Return the port as a number, after making sure that nobody listens there."""
    if not (port.isdigit() and 0 < int(port) < 65536):
        raise click.BadParameter(f"{port!r} is not a port; use a number from 1 to 65535", param_hint="PORT")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            message = f"cannot listen on {host}:{port} ({error.strerror}); stop what uses it or set PORT to another"
            raise Busy(message) from None
    return int(port)


@main.command()
@click.argument("view")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help="file to write")
def export(view: str, output: Path) -> None:
    """Export a VIEW (a query string such as "region=150600&year=2025") to a file, as the web gives it."""
    with _readable_errors():
        suffix = format_of(output.name, FORMATS)
        atlas, pairs = open_atlas(load_settings()), parse_qsl(view.lstrip("?"), keep_blank_values=True)
        chosen, options = atlas.file_request(pairs, suffix, full_allowed=load_settings().full_geometry)
        content = atlas.content(chosen, options)
        save(output, write_file(content, suffix))
        if suffix == "csv":
            save(output.with_name(f"{output.name}-metadata.json"), write_sidecar(content))


@main.command()
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
    with _readable_errors():
        settings = load_settings()
        atlas, pairs = open_atlas(load_settings()), parse_qsl(view.lstrip("?"), keep_blank_values=True)
        given = {name: text for name, text in pairs if name in SHEET_PARAMETERS}
        given |= {name: text for name, text in sheet.items() if text is not None}
        form = format_of(output.name, MIMETYPES)
        drawn = read_sheet(given, form, maker=settings.maker, review_no=settings.review_no)
        save(output, atlas.snapshot(atlas.view(pairs, extra=SHEET_PARAMETERS), drawn))


@main.command()
def doctor() -> None:
    """Say what is installed, built and served, and what is missing."""
    with _readable_errors():
        settings = load_settings()
        from geoapp.cli.doctor import examine

        table = Table("what", "state", "how to mend", box=None)
        findings = examine(settings)
        for finding in findings:
            table.add_row(finding.what, ("ok " if finding.good else "✗ ") + finding.state, finding.mend)
        Console(highlight=False).print(table)
        if not all(finding.good for finding in findings):
            sys.exit(1)
