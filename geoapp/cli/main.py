"""The command line: build, check, serve, export. Exit codes: 0 fine, 1 faults found, 2 wrong use.

What builds (GeoPandas) and what serves (Flask) is imported by the commands that need it: drawing
a sheet or writing a file takes half a second and 90 MB less without them.
"""

import os
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import click
from rich.console import Console
from rich.table import Table

from geoapp import __version__
from geoapp.analysis.consistency import Consistency
from geoapp.atlas import Atlas
from geoapp.boundaries.gazetteer import Gazetteer
from geoapp.cli.briefing import briefing
from geoapp.cli.console import console, format_of, save
from geoapp.cli.console import progress as _progress
from geoapp.cli.console import readable_errors as _readable_errors
from geoapp.cli.raster import raster, screen
from geoapp.errors import Busy
from geoapp.files.registry import FORMATS, write_file
from geoapp.files.text import write_sidecar
from geoapp.model.dataset import Dataset
from geoapp.settings import Settings, load_settings
from geoapp.sheets.paint import MIMETYPES
from geoapp.sheets.paper import SHEET_PARAMETERS, read_sheet
from geoapp.store.files import FilesStore

if TYPE_CHECKING:
    from geoapp.builder import BuildPlan


def plan_of(settings: Settings) -> "BuildPlan":
    """Return where a build reads and writes, from the settings."""
    from geoapp.boundaries.build import ShapeSource
    from geoapp.builder import BuildPlan

    return BuildPlan(
        layers=settings.layers_dir,
        aliases=settings.shapes_dir / "aliases.csv",
        source=ShapeSource(
            manifest=settings.shapes_dir / "manifest.json",
            code_fixes=settings.shapes_dir / "code_fixes.csv",
            own_file=settings.boundary_file,
            own_columns=settings.boundary_columns,
            own_attribution=settings.boundary_attribution,
            own_review_no=settings.boundary_review_no,
        ),
        build_dir=settings.build_dir,
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="geoapp")
def main() -> None:
    """A planning atlas: targets, parks and projects of energy-saving plans on a real map."""


main.add_command(briefing)
main.add_command(raster)
main.add_command(screen)


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
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="folder of the source texts: look up every record where it says it is printed",
)
def check(sources: Path | None) -> None:
    """Check every file in layers/: all faults at once, with file, row, column and a way to mend.

    Contradictions that the documents themselves print are listed and are no fault. A record
    that cannot be traced to its source text is one.
    """
    from geoapp import builder

    with _readable_errors():
        settings = load_settings()
        dataset = builder.check(plan_of(settings), _progress())
        click.echo(_counts(dataset))
        for finding in Consistency(dataset, Gazetteer(dataset.regions, dataset.aliases)).findings:
            records = ", ".join(finding.records)
            click.echo(f"{finding.severity} {finding.rule}: {finding.sentence.say('zh')} [{records}]")
        if sources is not None:
            _trace(dataset, settings.layers_dir, sources)


def _trace(dataset: Dataset, layers: Path, sources: Path) -> None:
    """Print how many records were found in the source texts, and every one that was not."""
    from geoapp.ingest.tracing import trace

    report = trace(dataset, layers, sources)
    ways = ", ".join(f"{count} {way}" for way, count in sorted(report.found.items()))
    click.echo(f"traced in {sources}: {ways}; {len(report.untraced)} not found")
    for each in report.untraced:
        click.echo(f"  {each}")
    if report.untraced:
        sys.exit(1)


@main.command()
def build() -> None:
    """Build what the server serves. A failed build leaves the last good one serving."""
    from geoapp import builder

    with _readable_errors():
        dataset = builder.build(plan_of(load_settings()), _progress())
        click.echo(_counts(dataset))


def _counts(dataset: Dataset) -> str:
    lines = [f"data {dataset.version}, boundaries {dataset.edition.id}"]
    for report in dataset.report:
        read = ", ".join(f"{count} {kind}" for kind, count in report.rows.items())
        lines.append(f"{report.plan}: {read}; all joined; {len(report.unplaced)} known only to prefecture or province")
    return "\n".join(lines)


@main.command()
@click.option("--host", default=lambda: os.environ.get("HOST", "127.0.0.1"), help="address to listen on (or HOST)")
@click.option("--port", default=lambda: os.environ.get("PORT", "8000"), help="port to listen on (or PORT)")
@click.option("--workers", type=click.IntRange(1, 64), default=None, help="server processes (or GEOAPP_WORKERS)")
def serve(host: str, port: str, workers: int | None) -> None:
    """Serve the atlas."""
    from geoapp.app import bundled

    with _readable_errors():
        settings = load_settings()
        FilesStore(settings.build_dir / "atlas")  # said here in a sentence, not by a worker's traceback
        bundled(settings.vendor_dir)
        number = _free_port(host, port)
        from geoapp.server import run

        run(host, number, workers or settings.workers)


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
        atlas, pairs = _atlas(), parse_qsl(view.lstrip("?"), keep_blank_values=True)
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
        atlas, pairs = _atlas(), parse_qsl(view.lstrip("?"), keep_blank_values=True)
        given = {name: text for name, text in pairs if name in SHEET_PARAMETERS}
        given |= {name: text for name, text in sheet.items() if text is not None}
        form = format_of(output.name, MIMETYPES)
        drawn = read_sheet(given, form, maker=settings.maker, review_no=settings.review_no)
        save(output, atlas.snapshot(atlas.view(pairs, extra=SHEET_PARAMETERS), drawn))


def _atlas() -> Atlas:
    build_dir = load_settings().build_dir
    return Atlas(FilesStore(build_dir / "atlas"), build_dir / "rasters")


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
