"""``geoapp check``: every fault of ``layers/``, or of one plan in under a second, in Chinese or English."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geoapp.cli.build_plan import gazetteer_of, plan_of
from geoapp.cli.console import console, progress, readable_errors
from geoapp.errors import InvalidData, NotFound
from geoapp.ingest.wording import place, say_all, step
from geoapp.settings import load_settings

if TYPE_CHECKING:
    from geoapp.model.dataset import Dataset

TABLES = {"targets": "目标", "statistics": "统计", "parks": "园区", "projects": "项目"}
SEVERITIES = {"contradiction": "矛盾", "note": "提示"}


def reader_language(given: str | None) -> str:
    """Return ``zh`` or ``en``: what was asked for, else what ``LC_ALL``, ``LC_MESSAGES``, ``LANG`` say; English."""
    if given is not None:
        return given
    locale = next((text for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (text := os.environ.get(name))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


@click.command()
@click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="folder of the source texts: look up every record where it says it is printed",
)
@click.option("--plan", help="check this plan only, such as ordos-2021-2025 (under a second)")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="language of the faults; otherwise LANG says it")
def check(sources: Path | None, plan: str | None, lang: str | None) -> None:
    """Check every file in layers/: all faults at once, with file, row, column and a way to mend.

    Contradictions that the documents themselves print are listed and are no fault. A record
    that cannot be traced to its source text is one.
    """
    if plan is not None and sources is not None:
        raise click.UsageError("--plan checks the files of one plan; --sources looks up the records of all: give one")
    with readable_errors(), _faults_in(reader_language(lang)):
        if plan is not None:
            _check_plan(plan, reader_language(lang))
        else:
            _check_all(sources, reader_language(lang))


@contextmanager
def _faults_in(lang: str) -> Iterator[None]:
    """Say the faults of data in a language; other errors go on."""
    try:
        yield
    except InvalidData as error:
        said = say_all(error, lang)
    except NotFound as error:
        said = error.wording.say(lang) if error.wording is not None and lang == "zh" else str(error)
    else:
        return
    console.print(said, style="red", markup=False, soft_wrap=True)
    sys.exit(1)


def _check_plan(plan: str, lang: str) -> None:
    from geoapp.ingest.one_plan import check_plan

    settings = load_settings()
    checked = check_plan(settings.layers_dir, plan, gazetteer_of(settings))
    if lang == "zh":
        read = "，".join(f"{TABLES.get(kind, kind)} {count}" for kind, count in checked.rows.items())
        click.echo(f"{plan}：{read}；没有错误")
    else:
        read = ", ".join(f"{count} {kind}" for kind, count in checked.rows.items())
        click.echo(f"{plan}: {read}; no fault")


def _check_all(sources: Path | None, lang: str) -> None:
    from geoapp import builder
    from geoapp.analysis.consistency import Consistency
    from geoapp.boundaries.gazetteer import Gazetteer
    from geoapp.ingest.record_rows import record_rows

    settings = load_settings()
    tell = progress()
    dataset = builder.check(plan_of(settings), lambda text: tell(step(text, lang)))
    click.echo(counts(dataset, lang))
    rows = record_rows(settings.layers_dir)
    for finding in Consistency(dataset, Gazetteer(dataset.regions, dataset.aliases)).findings:
        records = ", ".join(f"{each}: {place(rows[each], lang)}" if each in rows else each for each in finding.records)
        severity, colon = (SEVERITIES[finding.severity], "：") if lang == "zh" else (finding.severity, ": ")
        click.echo(f"{severity} {finding.rule}{colon}{finding.sentence.say(lang)} [{records}]")
    if sources is not None:
        _trace(dataset, settings.layers_dir, sources, lang)


def _trace(dataset: "Dataset", layers: Path, sources: Path, lang: str) -> None:
    """Print how many records were found in the source texts, and every one that was not."""
    from geoapp.ingest.tracing import trace

    report = trace(dataset, layers, sources)
    ways = ", ".join(f"{count} {way}" for way, count in sorted(report.found.items()))
    if lang == "zh":
        click.echo(f"在 {sources} 中核对：{ways}；{len(report.untraced)} 条没有找到")
    else:
        click.echo(f"traced in {sources}: {ways}; {len(report.untraced)} not found")
    for each in report.untraced:
        click.echo(f"  {each}")
    if report.untraced:
        sys.exit(1)


def counts(dataset: "Dataset", lang: str = "en") -> str:
    """Return what a build or a check read, a line for each plan."""
    zh = lang == "zh"
    edition = dataset.edition.id
    lines = [f"数据 {dataset.version}，边界 {edition}" if zh else f"data {dataset.version}, boundaries {edition}"]
    for report in dataset.report:
        loose = len(report.unplaced)
        if zh:
            read = "，".join(f"{TABLES.get(kind, kind)} {count}" for kind, count in report.rows.items())
            lines.append(f"{report.plan}：{read}；全部对应到地区；{loose} 个只知所在地市或省区")
        else:
            read = ", ".join(f"{count} {kind}" for kind, count in report.rows.items())
            lines.append(f"{report.plan}: {read}; all joined; {loose} known only to prefecture or province")
    return "\n".join(lines)
