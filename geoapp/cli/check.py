"""``geoapp check``: every fault of ``layers/``, or of one plan in under a second, in Chinese or English."""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geoapp.cli.build_plan import gazetteer_of, plan_of
from geoapp.cli.console import console, progress, readable_errors, save
from geoapp.errors import InvalidData
from geoapp.ingest.wording import say_all
from geoapp.settings import load_settings

if TYPE_CHECKING:
    from geoapp.analysis.checks.finding import Finding
    from geoapp.model.dataset import Dataset, PlanReport

MOST_ON_SCREEN = 60
"""Lines of one kind that a person still reads; more go into a file."""
FINDINGS = "findings.txt"
"""Every finding of the last whole check, in the build folder."""


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

    Contradictions that the documents themselves print are counted by kind and by plan, and listed (when they are
    many, in a file); they are no fault. A record that cannot be traced to its source text is one.
    """
    if plan is not None and sources is not None:
        raise click.UsageError("--plan checks the files of one plan; --sources looks up the records of all: give one")
    with readable_errors(), _faults_in(reader_language(lang)):
        if plan is not None:
            _check_plan(plan, reader_language(lang))
        else:
            _check_all(sources)


@contextmanager
def _faults_in(lang: str) -> Iterator[None]:
    """Say the faults of data in a language; other errors go on."""
    try:
        yield
    except InvalidData as error:
        console.print(say_all(error, lang), style="red", markup=False, soft_wrap=True)
        sys.exit(1)


def _check_plan(plan: str, lang: str) -> None:
    from geoapp.ingest.one_plan import check_plan

    settings = load_settings()
    checked = check_plan(settings.layers_dir, plan, gazetteer_of(settings))
    read = ", ".join(f"{count} {kind}" for kind, count in checked.rows.items())
    click.echo(f"{plan}：{read}；没有错误" if lang == "zh" else f"{plan}: {read}; no fault")


def _check_all(sources: Path | None) -> None:
    from geoapp import builder
    from geoapp.analysis.consistency import Consistency
    from geoapp.boundaries.gazetteer import Gazetteer
    from geoapp.ingest.record_rows import record_rows

    settings = load_settings()
    dataset = builder.check(plan_of(settings), progress())
    findings = Consistency(dataset, Gazetteer(dataset.regions, dataset.aliases)).findings
    click.echo(summary(dataset, findings))
    lines = _lines(findings, record_rows(settings.layers_dir))
    if len(lines) <= MOST_ON_SCREEN:
        click.echo("\n".join(lines))
    else:
        path = settings.build_dir / FINDINGS
        save(path, ("\n".join(lines) + "\n").encode())
        click.echo(f"all {len(lines):,} findings, one a line with its records: {path}")
    if sources is not None:
        _trace(dataset, settings.layers_dir, sources)


def _lines(findings: Sequence["Finding"], rows: Mapping[str, str]) -> list[str]:
    """Return a line for each finding: what, why, and the rows it is about."""
    lines = []
    for each in findings:
        records = ", ".join(f"{record}: {rows[record]}" if record in rows else record for record in each.records)
        lines.append(f"{each.severity} {each.rule}: {each.sentence.say('zh')} [{records}]")
    return lines


def _trace(dataset: "Dataset", layers: Path, sources: Path) -> None:
    """Print how many records were found in the source texts, and every one that was not."""
    from geoapp.ingest.source_text.tracing import trace

    report = trace(dataset, layers, sources)
    ways = ", ".join(f"{count} {way}" for way, count in sorted(report.found.items()))
    click.echo(f"traced in {sources}: {ways}; {len(report.untraced)} not found")
    for each in report.untraced:
        click.echo(f"  {each}")
    if report.untraced:
        sys.exit(1)


def counts(dataset: "Dataset") -> str:
    """Return what a build read: the totals, and a line for each plan where they are few enough to be read."""
    return "\n".join([*_totals(dataset), *(_plan_line(each, "") for each in _few(dataset.report))])


def summary(dataset: "Dataset", findings: Sequence["Finding"]) -> str:
    """Return what a check read and found: totals, findings by kind, then plan by plan."""
    lines = _totals(dataset)
    kinds = Counter((each.severity, each.rule) for each in findings)
    lines += [f"  {count:,} × {severity} {rule}" for (severity, rule), count in sorted(kinds.items())]
    found = Counter((each.plan, each.severity) for each in findings)
    for report in dataset.report:
        here = [f"{found[report.plan, kind]} {kind}s" for kind in ("contradiction", "note") if found[report.plan, kind]]
        lines.append(_plan_line(report, "; " + ", ".join(here) if here else ""))
    return "\n".join(lines)


def _few(reports: Sequence["PlanReport"]) -> Sequence["PlanReport"]:
    return reports if len(reports) <= MOST_ON_SCREEN else ()


def _totals(dataset: "Dataset") -> list[str]:
    totals: Counter[str] = Counter()
    for report in dataset.report:
        totals.update(report.rows)
    read = ", ".join(f"{count:,} {kind}" for kind, count in totals.items())
    return [
        f"data {dataset.version}, boundaries {dataset.edition.id}",
        f"{len(dataset.plans):,} plans: {read}; all joined",
    ]


def _plan_line(report: "PlanReport", found: str) -> str:
    read = ", ".join(f"{count} {kind}" for kind, count in report.rows.items())
    unplaced = f"{len(report.unplaced)} known only to prefecture or province"
    return f"{report.plan}: {read}; all joined; {unplaced}{found}"
