"""``geoapp store``: the builds that the database of ``GEOAPP_STORE`` keeps."""

import click

from geoapp.cli.console import readable_errors
from geoapp.errors import InvalidSettings
from geoapp.settings import Settings, load_settings
from geoapp.store.postgis import fetch as fetching
from geoapp.store.postgis import register


@click.group()
def store() -> None:
    """Builds in the database of GEOAPP_STORE."""


@store.command("list")
def list_builds() -> None:
    """List the builds in the database, the current one first."""
    with readable_errors():
        for number, each in enumerate(register.published(_settings().store)):
            click.echo(f"{each.version}  built {each.built_at:%Y-%m-%d %H:%M}{'  current' if number == 0 else ''}")


@store.command()
@click.option("--keep", type=click.IntRange(1, 1000), help="builds to keep (or GEOAPP_STORE_KEEP)")
def prune(keep: int | None) -> None:
    """Drop the oldest builds of the database; the current one and those before it stay, as many as configured."""
    with readable_errors():
        settings = _settings()
        dropped = register.prune(settings.store, keep or settings.store_keep)
        click.echo(f"dropped {len(dropped)} build(s): {', '.join(dropped)}" if dropped else "nothing to drop")


@store.command("fetch")
def fetch_build() -> None:
    """Copy the current build to this host now; a server that follows the database does so by itself."""
    with readable_errors():
        settings = _settings()
        version = fetching.fetch(settings.store, settings.build_dir)
        click.echo(f"build {version} is current here" if version else "nothing is published in the database yet")


def _settings() -> Settings:
    settings = load_settings()
    if not settings.store:
        raise InvalidSettings("GEOAPP_STORE is not set; give it the address of a database, postgresql://…")
    return settings
