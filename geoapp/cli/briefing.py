"""``geoapp briefing``: views become a Word document or slides on the command line."""

from pathlib import Path
from urllib.parse import parse_qsl

import click

from geoapp.atlas import Atlas
from geoapp.cli.console import format_of, readable_errors, save
from geoapp.cli.open_atlas import open_atlas
from geoapp.errors import GeoappError
from geoapp.office.briefings import MIMETYPES
from geoapp.office.maps import Imprint
from geoapp.office.own_templates.files import Templates
from geoapp.office.request import BriefingRequest
from geoapp.settings import load_settings


@click.command()
@click.argument("views", nargs=-1, required=True)
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True, help=".docx, .pptx or .pdf"
)
@click.option("--title", help="a title of your own")
@click.option("--date", help="the date of making to print, such as 2026-03-31")
@click.option("--maker", help="who made it, to print")
@click.option("--style", help="of Word: report, or official (GB/T 9704)")
@click.option("--tables", help="which are told: targets,parks,projects,actions, some of them, or none")
@click.option("--book", is_flag=True, help="a map book: a page for each county of the view's prefecture")
@click.option("--pages", help="a map book of a level (province, prefecture, county) or of codes such as 150602,150621")
def briefing(views: tuple[str, ...], output: Path, book: bool, pages: str | None, **told: str | None) -> None:
    """Write VIEWS (query strings such as "region=150600&year=2025") as one briefing, in their order.

    Instead of views, name a TOML file that lists them (see docs/briefings.md).
    """
    with readable_errors():
        settings, suffix = load_settings(), format_of(output.name, MIMETYPES)
        atlas = open_atlas(settings)
        told["book"] = pages or ("1" if book else None)
        asked = _read(atlas, views, {name: text for name, text in told.items() if text is not None})
        base = settings.public_url.rstrip("/")
        templates = Templates(settings.templates_office)
        imprint = Imprint(maker=settings.maker, review_no=settings.review_no, base=base, templates=templates)
        save(output, atlas.briefing(asked, suffix, imprint))


def _read(atlas: Atlas, views: tuple[str, ...], told: dict[str, str]) -> BriefingRequest:
    """Read what is asked for; an option wins over the same parameter in a view."""
    if len(views) == 1 and views[0].lower().endswith(".toml"):
        if told:
            raise GeoappError(f"{views[0]} says everything itself; leave out --{', --'.join(told)}")
        return _read_file(atlas, Path(views[0]))
    if len(views) > 1:
        return atlas.briefings.read([*(("views", view) for view in views), *told.items()])
    pairs = parse_qsl(views[0].lstrip("?"), keep_blank_values=True)
    return atlas.briefings.read([*((name, text) for name, text in pairs if name not in told), *told.items()])


def _read_file(atlas: Atlas, path: Path) -> BriefingRequest:
    """Read the views from a TOML file."""
    try:
        return atlas.briefings.read_file(path)
    except FileNotFoundError:
        mend = "name a TOML file that lists views (docs/briefings.md has an example), or give the views themselves"
        raise GeoappError(f"there is no file {path}; {mend}") from None
    except OSError as error:
        raise GeoappError(f"{path} cannot be read: {error.strerror}; name a TOML file that you may read") from None
