"""The command line: build, check, serve, export. Exit codes: 0 fine, 1 faults found, 2 wrong use.

Commands and what they need (GeoPandas, Flask, NumPy) are imported when they are asked for: checking one
plan loads nothing that draws, drawing a sheet nothing that builds.
"""

import os
import socket
import sys
from collections.abc import Mapping
from contextlib import nullcontext
from importlib import import_module
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from geoapp import __version__
from geoapp.cli.build_plan import plan_of
from geoapp.cli.check import counts
from geoapp.cli.console import console
from geoapp.cli.console import progress as _progress
from geoapp.cli.console import readable_errors as _readable_errors
from geoapp.errors import Busy
from geoapp.settings import Settings, give_option, load_settings


class LazyGroup(click.Group):
    """A group that knows where its commands are, as ``module:name``."""

    def __init__(self, *args: Any, places: Mapping[str, str], **settings: Any) -> None:
        """Make a group; what is not about places is click's."""
        super().__init__(*args, **settings)
        self.places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in order."""
        return sorted({*super().list_commands(ctx), *self.places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now where nobody asked for it before."""
        if cmd_name not in self.places:
            return super().get_command(ctx, cmd_name)
        module, _, name = self.places[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


PLACES = {
    "init": "geoapp.cli.project:init",
    "settings": "geoapp.cli.project:show_settings",
    "rollback": "geoapp.cli.project:rollback",
    "briefing": "geoapp.cli.briefing:briefing",
    "check": "geoapp.cli.check:check",
    "draft": "geoapp.cli.draft:draft",
    "export": "geoapp.cli.view_files:export",
    "layer": "geoapp.cli.layer:layer",
    "raster": "geoapp.cli.raster:raster",
    "screen": "geoapp.cli.raster:screen",
    "snapshot": "geoapp.cli.view_files:snapshot",
    "store": "geoapp.cli.store:store",
    "table": "geoapp.cli.table:table",
}
"""Where the commands of other modules are."""


@click.group(cls=LazyGroup, places=PLACES, context_settings={"help_option_names": ["-h", "--help"]})
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
    from geoapp.store.files import assert_readable
    from geoapp.store.postgis.follower import first_copy, following

    with _readable_errors():
        settings = load_settings()
        if settings.store:
            first_copy(settings.store, settings.build_dir)
        assert_readable(settings.build_dir / "atlas")  # said here in a sentence, not by a worker's traceback
        bundled(settings.web_dir)
        address = host or settings.host
        number = _free_port(address, port or str(settings.port))
        from geoapp.jobs.process import Place
        from geoapp.server import Drawing, run

        place = Place(
            build_dir=settings.build_dir,
            full_geometry=settings.full_geometry,
            tables_days=settings.tables_days if settings.tables == "on" else None,
            memory=settings.drawing_memory,
        )
        drawing = Drawing(place, settings.drawing, settings.drawing_queue)

        beside = following(settings.store, settings.build_dir) if settings.store else nullcontext()
        run(address, number, workers or settings.workers, drawing, beside)


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
