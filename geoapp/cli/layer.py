"""``geoapp layer``: a file of points, lines or areas becomes a published layer; one is listed or removed."""

from pathlib import Path
from typing import Any, get_args

import click

from geoapp.cli.console import console, readable_errors
from geoapp.errors import GeoappError
from geoapp.model.region import Level
from geoapp.model.vocabulary import Precision
from geoapp.owndata.reading.read import read_book
from geoapp.owndata.reading.sheet import Book
from geoapp.settings import Settings, load_settings
from geoapp.store.files import FilesStore
from geoapp.vector.add import Described, add_layer, remove_layer
from geoapp.vector.coordinates import DATUMS, Datum
from geoapp.vector.description import read_description
from geoapp.vector.join import Counties
from geoapp.vector.placed_table import PlacedTable, place_table

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls")
"""Files whose rows have their places in columns."""


class UnknownSheet(GeoappError):
    """A workbook has no sheet of the name that was given, or several and none was."""

    slug = "unknown-sheet"


@click.group()
def layer() -> None:
    """Vector layers: add a list or a map of your own, list them, remove one."""


@layer.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "identifier", required=True, help="short name in URLs, such as red-line-2024")
@click.option("--title", required=True, help="Chinese title")
@click.option("--title-en", default="", help="English title")
@click.option("--lon", default="", help="column of longitudes, or of both; without it found by its name")
@click.option("--lat", default="", help="column of latitudes")
@click.option("--datum", type=click.Choice(DATUMS), default=None, help="datum of a table's coordinates")
@click.option("--sheet", default="", help="sheet of a workbook that has several")
@click.option("--layer", "inner", default="", help="layer of a file that holds several")
@click.option("--crs", default="", help="system of a file that names none or a wrong one, such as EPSG:4547")
@click.option("--encoding", default="", help="encoding of a Shapefile that says none, such as GB18030")
@click.option("--kind", default="", help="column whose words are types")
@click.option("--name", default="", help="column of names")
@click.option("--key", default="", help="column of ids")
@click.option("--amount", default="", help="column of the number that sizes symbols")
@click.option("--unit", default="", help="unit of the amount, such as MW")
@click.option("--summed", is_flag=True, help="the amount may be added up over a region: an indicator is made of it")
@click.option("--precision", type=click.Choice(get_args(Precision)), default="site", help="how well places are known")
@click.option("--date", default="", help="what time the data stand for")
@click.option("--licence", default="", help="licence, such as CC BY 4.0")
@click.option("--attribution", default="", help="the source line that must be shown")
@click.option("--attribution-en", default="", help="the same in English")
@click.option("--note", default="", help="what a reader must know")
@click.option("--replace", "overwrite", is_flag=True, help="replace a layer of the same id")
def add(file: Path, identifier: str, inner: str, kind: str, overwrite: bool, **given: Any) -> None:
    """Check FILE, copy it into layers/vectors and describe it there; `geoapp build` publishes it.

    Tables (CSV, XLSX) have coordinates in columns; GeoJSON, KML, KMZ, GeoPackage, FlatGeobuf and zipped
    Shapefiles have geometry.
    """
    with readable_errors():
        settings = load_settings()
        table = {name: given.pop(name) for name in ("lon", "lat", "datum", "sheet")}
        placed = _placed(file, **table) if file.suffix.lower() in TABLES else None
        described = Described(id=identifier, layer=inner, kind_header=kind, replace=overwrite, **given)
        folder = settings.layers_dir / "vectors"
        made = add_layer(file, described, folder, _counties(settings), placed)
        inside = made.layer.rows - len(made.layer.outside)
        click.echo(f"layer {identifier}: {made.layer.rows} {made.layer.shape}s, {inside} of them in a county")
        if placed and table["datum"] == "gcj02":
            click.echo("GCJ-02 was undone by the formula in general use, which is known to a metre or so")
        click.echo(f"described in {folder / identifier}.toml; `geoapp build` publishes it")


def _placed(file: Path, lon: str, lat: str, datum: Datum | None, sheet: str) -> PlacedTable:
    """Read a table with its places; which datum they are in only the owner knows, and is asked."""
    if not file.is_file():
        raise click.UsageError(f"{file} is no file")
    if datum is None:
        words = "--datum is not given: wgs84 (GPS), cgcs2000 (surveys) or gcj02 (Amap, Tencent), which differ by 500 m"
        raise click.UsageError(words)
    return place_table(file.name, _sheet(read_book(file.read_bytes(), file.name), sheet), datum, lon, lat)


def _sheet(book: Book, name: str) -> Any:
    shown = [each for each in book.sheets if not each.hidden and each.rows]
    found = [each for each in shown if each.name == name] if name else shown
    if len(found) != 1:
        known = ", ".join(each.name for each in shown)
        raise UnknownSheet(f"{book.name}: name one sheet with --sheet; it has: {known}")
    return found[0].rows


def _counties(settings: Settings) -> Counties:
    return Counties(FilesStore(settings.build_dir / "atlas").geometry(Level.COUNTY, "full"))


@layer.command("list")
def list_layers() -> None:
    """List the layers described in layers/vectors."""
    with readable_errors():
        for path in sorted((load_settings().layers_dir / "vectors").glob("*.toml")):
            entry, issues = read_description(path)
            said = f"{entry.title_zh}\t{entry.data}\t{entry.licence}" if entry else "; ".join(map(str, issues))
            click.echo(f"{path.stem}\t{said}")


@layer.command("remove")
@click.argument("identifier")
def remove(identifier: str) -> None:
    """Remove a layer's description and data; `geoapp build` takes it off the map."""
    with readable_errors():
        for path in remove_layer(identifier, load_settings().layers_dir / "vectors"):
            console.print(f"· removed {path}", style="dim", markup=False)
        click.echo("`geoapp build` takes it off the map")
