"""``geoapp init``, ``settings`` and ``rollback``: a project folder, what is in force in it, the build before."""

from pathlib import Path

import click

from geoapp.cli.console import readable_errors
from geoapp.project import create_project
from geoapp.settings import Settings, explain, load_settings
from geoapp.store.files import roll_back
from geoapp.store.postgis import register
from geoapp.store.postgis.fetch import fetch


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a project in FOLDER: data to edit, sources of boundaries, and geoapp.toml."""
    with readable_errors():
        fields = Settings.model_fields.items()
        create_project(folder, [(name, field.description or "") for name, field in fields if name != "project_dir"])
        click.echo(
            f"{folder} holds layers/, shapes/ and geoapp.toml; next: cd {folder} && geoapp build && geoapp serve"
        )


@click.command("settings")
def show_settings() -> None:
    """Show every setting, its value and where it came from."""
    with readable_errors():
        for given in explain(load_settings()):
            click.echo(f"{given.name:<22}{given.value}  [{given.origin}]")


@click.command()
def rollback() -> None:
    """Serve the build before the current one; a second time, the current one again."""
    with readable_errors():
        settings = load_settings()
        left, now = _roll_back(settings)
        click.echo(f"serving build {now} instead of {left}; layers/ stays as it is, and geoapp build builds it again")


def _roll_back(settings: Settings) -> tuple[str, str]:
    """Go back in the database, which all hosts follow, or in the folder where there is none."""
    if not settings.store:
        return roll_back(settings.build_dir / "atlas")
    found = register.roll_back(settings.store)
    fetch(settings.store, settings.build_dir)
    return found
