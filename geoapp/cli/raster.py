"""The command line of rasters: ``geoapp raster add|list|stats|remove`` and ``geoapp screen``."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from geoapp.atlas import Atlas
from geoapp.cli.console import console, progress, readable_errors
from geoapp.errors import Issue, NeedsAnswer, RasterError
from geoapp.model.region import Level
from geoapp.raster.library import RasterLibrary, write_statistics
from geoapp.raster.publish.files import RasterFile
from geoapp.raster.publish.ingest import Described, add_raster, remove_raster
from geoapp.raster.publish.publication import RasterPlan, flatten, publish
from geoapp.raster.siting.result import write_result
from geoapp.raster.siting.screen import run_screen
from geoapp.raster.siting.spec import read_spec
from geoapp.raster.source.raster_file import Answers
from geoapp.raster.zonal.cluster import zonal_values_on
from geoapp.raster.zonal.statistics import Polygons
from geoapp.settings import Settings, load_settings
from geoapp.store.files import FilesStore

LEVELS = (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY)


def _plan(settings: Settings) -> RasterPlan:
    edition = FilesStore(settings.build_dir / "atlas").dataset().edition.id
    return RasterPlan(layers=settings.layers_dir / "rasters", folder=settings.build_dir / "rasters", edition=edition)


def _polygons(settings: Settings) -> Callable[[], Polygons]:
    store = FilesStore(settings.build_dir / "atlas")
    return lambda: flatten({level: store.geometry(level, "full") for level in LEVELS})


@click.group()
def raster() -> None:
    """Raster layers: add a GeoTIFF of your own, list them, remove one."""


@raster.command("add")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "identifier", required=True, help="short name in URLs, such as ghi-2020")
@click.option("--title", required=True, help="Chinese title")
@click.option("--title-en", default="", help="English title")
@click.option("--unit", default=None, help="unit of the values, such as m, m/s, kWh/m²")
@click.option("--per", type=click.Choice(["day", "year"]), default=None, help="period of an amount of energy")
@click.option("--crs", default=None, help="system of a file that names none or a wrong one, such as EPSG:4326")
@click.option(
    "--nodata", multiple=True, help='value that means "no data" (may be given again); none says that no other does'
)
@click.option("--layer", type=int, default=None, help="layer of a file that holds several, 1 for the first")
@click.option("--band", type=int, default=None, help="band to use, 1 for the first")
@click.option("--kind", type=click.Choice(["values", "classes"]), default=None, help="measured values or classes")
@click.option("--class", "classes", multiple=True, help="name of a class: 10=耕地 (may be given again)")
@click.option("--date", default="", help="what time the values stand for")
@click.option("--licence", default="", help="licence, such as CC BY 4.0")
@click.option("--attribution", default="", help="the source line that must be shown")
@click.option("--note", default="", help="what a reader must know")
@click.option("--keep-float", is_flag=True, help="never store values in whole steps")
@click.option("--replace", "overwrite", is_flag=True, help="replace a raster of the same id")
def add(
    file: Path, identifier: str, title: str, title_en: str, unit: str | None, per: str | None, crs: str | None,
    nodata: tuple[str, ...], layer: int | None, band: int | None, kind: str | None, classes: tuple[str, ...],
    date: str, licence: str, attribution: str, note: str, keep_float: bool, overwrite: bool,
) -> None:  # fmt: skip
    """Check FILE, make it a cloud-optimised layer and compute the values of every region.

    What only you can know is asked on a terminal; in a script each question is a sentence that
    names the option to give.
    """
    from geoapp.builder import build_lock  # GeoPandas comes with it: not for every command line

    with readable_errors():
        settings = load_settings()
        plan = _plan(settings)
        answers = Answers(
            crs=crs, nodata=_markers(nodata), no_other="none" in nodata, layer=layer, band=band, per=per, kind=kind
        )
        described = Described(
            id=identifier, title=title, title_en=title_en, unit=unit, date=date, licence=licence,
            attribution=attribution, note=note, class_names=_class_names(classes), keep_float=keep_float,
            replace=overwrite,
        )  # fmt: skip
        with build_lock(settings.build_dir):
            entry = _add(file, described, answers, plan)
            publish(plan, _polygons(settings), progress())
        click.echo(f"raster {entry.id} is published ({entry.file}); described in {plan.layers / entry.id}.toml")


def _add(file: Path, described: Described, answers: Answers, plan: RasterPlan) -> RasterFile:
    """Add a file, asking on a terminal until nothing is open."""
    while True:
        try:
            return add_raster(file, described, answers, layers=plan.layers, folder=plan.folder, progress=progress())
        except NeedsAnswer as asked:
            if not sys.stdin.isatty():
                raise
            described, answers = _ask(asked.issues, described, answers)


def _ask(issues: tuple[Issue, ...], described: Described, answers: Answers) -> tuple[Described, Answers]:
    """Ask each question on the terminal and return what was said so far and now."""
    for issue in issues:
        wording = click.prompt(f"{issue.problem} [{issue.hint}] {issue.where}").strip()
        name = issue.where.removeprefix("--")
        if name == "unit":
            described = replace(described, unit=wording)
        elif name == "nodata":
            known = (*(answers.nodata or ()), *(_markers((wording,)) or ()))
            answers = replace(answers, nodata=known, no_other=answers.no_other or wording == "none")
        elif name == "layer":
            answers = replace(answers, layer=int(_number(wording, name, int)))
        elif name == "band":
            answers = replace(answers, band=int(_number(wording, name, int)))
        elif name == "crs":
            answers = replace(answers, crs=wording)
        elif name == "per":
            answers = replace(answers, per=wording)
        else:
            answers = replace(answers, kind=wording)
    return described, answers


def _number(text: str, option: str, kind: type[int] | type[float]) -> int | float:
    try:
        return kind(text)
    except ValueError:
        raise RasterError(f"--{option} {text!r} is not a number") from None


def _markers(texts: tuple[str, ...]) -> tuple[float, ...] | None:
    if not texts:
        return None
    return tuple(float(_number(text, "nodata", float)) for text in texts if text != "none")


def _class_names(texts: tuple[str, ...]) -> dict[int, str]:
    found = {}
    for text in texts:
        number, sign, name = text.partition("=")
        if not sign:
            raise RasterError(f"--class {text!r}: write number=name, such as 10=耕地")
        found[int(_number(number, "class", int))] = name
    return found


@raster.command("list")
def list_rasters() -> None:
    """List the published rasters."""
    with readable_errors():
        settings = load_settings()
        library = RasterLibrary(settings.build_dir / "rasters", _plan(settings).edition)
        for record in library.records():
            regions = len(library.statistics(record))
            click.echo(
                f"{record.id}\t{record.title.zh}\t{record.unit or record.kind}\t{record.size[0]} × {record.size[1]}\t"
                f"{record.cell_m:,.0f} m\t{regions} regions\t{record.date}"
            )


@raster.command("stats")
@click.argument("identifier")
@click.option("--cluster", default=None, help="address of a dask scheduler, or `local` for two workers here")
def stats(identifier: str, cluster: str | None) -> None:
    """Compute the values of every region anew, for large rasters on a dask cluster, province by province."""
    with readable_errors():
        settings = load_settings()
        plan = _plan(settings)
        library = RasterLibrary(plan.folder, plan.edition)
        record = library.get(identifier)
        store = FilesStore(settings.build_dir / "atlas")
        provinces = {region.adcode: region.parent for region in store.dataset().regions}
        values = zonal_values_on(
            cluster, library.path(record), record.kind, _polygons(settings)(), provinces, progress()
        )
        write_statistics(plan.folder, record, plan.edition, values)
        click.echo(f"{len(values)} regions")


@raster.command("remove")
@click.argument("identifier")
def remove(identifier: str) -> None:
    """Remove a raster and its description."""
    from geoapp.builder import build_lock  # as above

    with readable_errors():
        settings = load_settings()
        plan = _plan(settings)
        with build_lock(settings.build_dir):
            for path in remove_raster(identifier, layers=plan.layers, folder=plan.folder):
                console.print(f"· removed {path}", style="dim", markup=False)
            publish(plan, _polygons(settings), progress())


@click.command()
@click.argument("spec", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), required=True, help="folder to write")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="language of the report")
def screen(spec: Path, output: Path, lang: str) -> None:
    """Screen regions by SPEC.toml: km² left after each criterion, patches as GeoJSON, inclusion as COG."""
    with readable_errors():
        settings = load_settings()
        atlas = Atlas(FilesStore(settings.build_dir / "atlas"), settings.build_dir / "rasters")
        wanted = read_spec(spec)
        result = run_screen(wanted, atlas.surroundings(wanted), progress())
        for step in result.funnel:
            click.echo(f"{step.km2:>14,.1f} km²  {step.label.get(lang)}")
        for text in result.warnings:
            console.print(f"! {text.get(lang)}", style="yellow", markup=False)
        for path in write_result(result, output, lang):
            click.echo(str(path))
