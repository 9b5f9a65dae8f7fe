"""The command line: build, check, serve, export. Exit codes: 0 fine, 1 faults found, 2 wrong use."""

import os
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl

import click
from rich.console import Console
from rich.table import Table

from geoapp import __version__, builder
from geoapp.atlas import Atlas
from geoapp.boundaries.build import ShapeSource, build_shapes
from geoapp.boundaries.check import inspect_shapes
from geoapp.errors import Busy, GeoappError
from geoapp.model.dataset import Dataset
from geoapp.settings import Settings, load_settings
from geoapp.store.files import FilesStore

console = Console(stderr=True, highlight=False)


@contextmanager
def _readable_errors() -> Iterator[None]:
    """Turn our errors into a message and exit code 1; anything else is a bug and shows itself."""
    try:
        yield
    except (GeoappError, FileNotFoundError) as error:
        console.print(str(error), style="red", markup=False, soft_wrap=True)
        sys.exit(1)


def _progress() -> Callable[[str], None]:
    return lambda text: console.print(f"· {text}", style="dim", markup=False)


def plan_of(settings: Settings) -> builder.BuildPlan:
    """Return where a build reads and writes, from the settings."""
    return builder.BuildPlan(
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


@main.group()
def shapes() -> None:
    """Administrative boundaries."""


@shapes.command("build")
def shapes_build() -> None:
    """Build the boundaries from the pinned package, or from GEOAPP_BOUNDARY_FILE."""
    with _readable_errors():
        plan = plan_of(load_settings())
        edition = build_shapes(plan.source, plan.shapes, _progress())
        console.print(f"boundaries {edition.id}: " + ", ".join(f"{n} {level}" for level, n in edition.rows.items()))


@shapes.command("check")
def shapes_check() -> None:
    """Check rows per level, validity, coverage, nesting, codes and the dash line."""
    with _readable_errors():
        report = inspect_shapes(plan_of(load_settings()).shapes)
        click.echo(str(report))
        if report.issues:
            sys.exit(1)


@main.command()
def check() -> None:
    """Check every file in layers/: all faults at once, with file, row, column and a way to mend."""
    with _readable_errors():
        dataset = builder.check(plan_of(load_settings()), _progress())
        click.echo(_counts(dataset))


@main.command()
def build() -> None:
    """Build what the server serves. A failed build leaves the last good one serving."""
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
    with _readable_errors():
        settings = load_settings()
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
        atlas = _atlas()
        chosen = atlas.view(parse_qsl(view.lstrip("?"), keep_blank_values=True))
        if output.suffix != ".geojson":
            raise click.BadParameter(f"cannot write {output.suffix or 'a file without suffix'}; use .geojson")
        part = output.with_name(output.name + ".part")
        part.write_bytes(atlas.view_geojson(chosen))
        part.rename(output)


def _atlas() -> Atlas:
    return Atlas(FilesStore(load_settings().build_dir / "atlas"))


@main.command()
def doctor() -> None:
    """Say what is installed, built and served, and what is missing."""
    with _readable_errors():
        settings = load_settings()
        from geoapp.doctor import examine

        table = Table("what", "state", "how to mend", box=None)
        findings = examine(settings)
        for finding in findings:
            table.add_row(finding.what, ("ok " if finding.good else "✗ ") + finding.state, finding.mend)
        Console(highlight=False).print(table)
        if not all(finding.good for finding in findings):
            sys.exit(1)
