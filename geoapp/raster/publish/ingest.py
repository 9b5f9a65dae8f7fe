"""``geoapp raster add``: a planner's file becomes one checked, cloud-optimised, described copy."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geoapp.errors import Issue, NeedsAnswer, NotFound, RasterError
from geoapp.raster.colours import class_legend, ramp_for, round_breaks, value_legend
from geoapp.raster.publish.encode import choose_encoding, write_cog
from geoapp.raster.publish.files import ID, LegendEntry, RasterFile, write_raster_file
from geoapp.raster.publish.publication import Progress, digest_of, workspace
from geoapp.raster.record import LegendClass, RasterKind
from geoapp.raster.source.questions import open_questions, period_of, unit_with_period
from geoapp.raster.source.raster_file import Answers, open_source
from geoapp.raster.source.survey import Survey, survey


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the owner says of the layer. Texts left empty are filled with what is honest to say."""

    id: str
    title: str
    title_en: str = ""
    unit: str | None = None
    date: str = ""
    licence: str = ""
    attribution: str = ""
    note: str = ""
    class_names: dict[int, str] | None = None
    keep_float: bool = False
    replace: bool = False


def add_raster(
    path: Path, described: Described, answers: Answers, *, layers: Path, folder: Path, progress: Progress
) -> RasterFile:
    """Check a file, write its copy to ``folder`` and its description to ``layers``.

    Nothing is left behind when it fails: the copy is written in a folder of its own and moved
    when it is whole; the description comes last.

    Raises:
        RasterError: the file cannot be a layer; the sentence says why and how to mend it.
        NeedsAnswer: the owner must decide something; each issue names the option.
    """
    _check_id(described, layers)
    with open_source(path, answers) as (dataset, band, crs):
        seen = survey(dataset, band, crs, answers.nodata, progress)
        for line in report(seen):
            progress(line)
        words = f"{described.id} {described.title} {described.title_en} {path.name}"
        questions = open_questions(seen, answers, unit=described.unit, words=words)
        if questions:
            raise NeedsAnswer(path.name, questions)
        kind: RasterKind = "classes" if answers.kind == "classes" else "values"
        legend = _legend(seen, kind, described)
        encoding = choose_encoding(seen, kind, keep_float=described.keep_float)
        progress(encoding.words)
        with workspace(folder) as place:
            made = Path(place) / "made.tif"
            write_cog(dataset, band, crs, seen, encoding, made, progress)
            progress("hashing")
            file = f"{described.id}.{digest_of(made)[:12]}.tif"
            entry = _entry(path, described, answers, seen, kind, legend, file)
            made.replace(folder / file)
    write_raster_file(layers, entry)
    return entry


def remove_raster(identifier: str, *, layers: Path, folder: Path) -> list[Path]:
    """Delete a raster's description and copies; returns what was deleted.

    Raises:
        NotFound: no such raster.
    """
    description = layers / f"{identifier}.toml"
    if not re.fullmatch(ID, identifier) or not description.is_file():
        known = ", ".join(sorted(path.stem for path in layers.glob("*.toml"))) or "none"
        raise NotFound(f"no raster has the id {identifier!r}; described are {known}")
    doomed = [description, *folder.glob(f"{identifier}.*.tif")]
    for path in doomed:
        path.unlink()
    return doomed


def _check_id(described: Described, layers: Path) -> None:
    if not re.fullmatch(ID, described.id):
        raise RasterError(f"--id {described.id!r}: use small letters, digits and single hyphens, such as ghi-2020")
    if (layers / f"{described.id}.toml").is_file() and not described.replace:
        raise RasterError(f"--id {described.id!r}: is taken; choose another id, or say --replace")


def report(seen: Survey) -> list[str]:
    """Return what was found, line by line, with a histogram."""
    tally = seen.tally
    declared = "not declared" if seen.declared_nodata is None else f"{seen.declared_nodata:g}"
    share = tally.cells / (seen.size[0] * seen.size[1])
    lines = [
        f"{seen.name}: {seen.driver}, {seen.size[0]:,} × {seen.size[1]:,} cells of {seen.cell[0]:.6g} × "
        f"{seen.cell[1]:.6g}, {seen.dtype}",
        f"system {seen.crs if len(seen.crs) < 60 else seen.crs[:60] + ' …'}; no data {declared}; "
        f"{share:.1%} of the cells have data",
        f"values {tally.minimum:g} … {tally.maximum:g}, median {seen.median:g}, 2–98 % {seen.low:g} … {seen.high:g}",
    ]
    limits, counts = seen.histogram
    most = max(*counts, 1)
    for number, count in enumerate(counts):
        bar = "█" * round(30 * count / most) or ("▏" if count else "")
        lines.append(f"{limits[number]:>12.6g} {bar}")
    return lines


def _legend(seen: Survey, kind: RasterKind, described: Described) -> tuple[LegendClass, ...]:
    if kind == "values":
        unit = described.unit or ""
        breaks = round_breaks(seen.low, seen.high)
        return value_legend(breaks, seen.tally.minimum, seen.tally.maximum, ramp_for(unit))
    classes = seen.tally.classes
    if classes is None:
        problem = "classes must be whole numbers, 64 at most"
        raise NeedsAnswer(seen.name, [Issue("--kind", f"{problem}; this file has others", "values")])
    return class_legend(sorted(classes), {**seen.names, **(described.class_names or {})}, seen.colours)


def _entry(
    path: Path, described: Described, answers: Answers, seen: Survey, kind: RasterKind,
    legend: tuple[LegendClass, ...], file: str,
) -> RasterFile:  # fmt: skip
    unit = "" if kind == "classes" else described.unit or ""
    if answers.per is not None or (period_of(unit) and "Wh" in unit):
        unit = unit_with_period(unit, answers.per or period_of(unit))
    source = described.attribution or f"{path.name}（来源未注明）"
    return RasterFile(
        id=described.id,
        title_zh=described.title,
        title_en=described.title_en or described.title,
        unit=unit,
        kind=kind,
        note_zh=described.note,
        note_en=described.note,
        date=described.date or f"not stated; added {date.today().isoformat()}",  # noqa: DTZ011 - a day, for people
        licence=described.licence or "not stated; for internal use only",
        attribution_zh=source,
        attribution_en=described.attribution or f"{path.name} (source not stated)",
        file=file,
        source=path.name,
        source_sha256=digest_of(path),
        legend=[
            LegendEntry(low=line.low, high=line.high, colour=line.colour, zh=line.label.zh, en=line.label.en)
            for line in legend
        ],
    )
