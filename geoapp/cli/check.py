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
from geoapp.errors import InvalidData, NotFound
from geoapp.ingest.wording import place, say_all, step
from geoapp.settings import load_settings

if TYPE_CHECKING:
    from geoapp.analysis.checks.finding import Finding, Severity
    from geoapp.model.dataset import Dataset, PlanReport

MOST_ON_SCREEN = 60
"""Lines of one kind that a person still reads; more go into a file."""
FINDINGS = "findings.txt"
"""Every finding of the last whole check, in the build folder."""

TABLES = {"targets": "目标", "statistics": "统计", "parks": "园区", "projects": "项目"}
SEVERITIES: "Mapping[Severity, str]" = {"contradiction": "矛盾", "note": "提示"}


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
    read = _rows(checked.rows, lang)
    click.echo(f"{plan}：{read}；没有错误" if lang == "zh" else f"{plan}: {read}; no fault")


def _check_all(sources: Path | None, lang: str) -> None:
    from geoapp import builder
    from geoapp.analysis.consistency import Consistency
    from geoapp.boundaries.gazetteer import Gazetteer
    from geoapp.ingest.record_rows import record_rows

    settings = load_settings()
    tell = progress()
    dataset = builder.check(plan_of(settings), lambda text: tell(step(text, lang)))
    findings = Consistency(dataset, Gazetteer(dataset.regions, dataset.aliases)).findings
    click.echo(summary(dataset, findings, lang))
    lines = _lines(findings, record_rows(settings.layers_dir), lang)
    if len(lines) <= MOST_ON_SCREEN:
        click.echo("\n".join(lines))
    else:
        path = settings.build_dir / FINDINGS
        save(path, ("\n".join(lines) + "\n").encode())
        if lang == "zh":
            click.echo(f"全部 {len(lines):,} 条，每条一行并列出记录：{path}")
        else:
            click.echo(f"all {len(lines):,} findings, one a line with its records: {path}")
    if sources is not None:
        _trace(dataset, settings.layers_dir, sources, lang)


def _lines(findings: Sequence["Finding"], rows: Mapping[str, str], lang: str) -> list[str]:
    """Return a line for each finding: what, why, and the rows it is about."""
    colon = "：" if lang == "zh" else ": "
    lines = []
    for each in findings:
        told = (f"{record}: {place(rows[record], lang)}" if record in rows else record for record in each.records)
        severity = SEVERITIES[each.severity] if lang == "zh" else each.severity
        lines.append(f"{severity} {each.rule}{colon}{each.sentence.say(lang)} [{', '.join(told)}]")
    return lines


def _trace(dataset: "Dataset", layers: Path, sources: Path, lang: str) -> None:
    """Print how many records were found in the source texts, and every one that was not."""
    from geoapp.ingest.source_text.tracing import trace

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


def counts(dataset: "Dataset") -> str:
    """Return what a build read: the totals, and a line for each plan where they are few enough to be read."""
    return "\n".join([*_totals(dataset, "en"), *(_plan_line(each, [], "en") for each in _few(dataset.report))])


def summary(dataset: "Dataset", findings: Sequence["Finding"], lang: str) -> str:
    """Return what a check read and found: totals, findings by kind, then plan by plan."""
    lines = _totals(dataset, lang)
    kinds = Counter((each.severity, each.rule) for each in findings)
    words: Mapping[Severity, str] = SEVERITIES if lang == "zh" else {}
    lines += [f"  {count:,} × {words.get(kind, kind)} {rule}" for (kind, rule), count in sorted(kinds.items())]
    found = Counter((each.plan, each.severity) for each in findings)
    for report in dataset.report:
        here = [
            f"{words[kind]} {found[report.plan, kind]}" if words else f"{found[report.plan, kind]} {kind}s"
            for kind in SEVERITIES
            if found[report.plan, kind]
        ]
        lines.append(_plan_line(report, here, lang))
    return "\n".join(lines)


def _few(reports: Sequence["PlanReport"]) -> Sequence["PlanReport"]:
    return reports if len(reports) <= MOST_ON_SCREEN else ()


def _totals(dataset: "Dataset", lang: str) -> list[str]:
    totals: Counter[str] = Counter()
    for report in dataset.report:
        totals.update(report.rows)
    read, edition = _rows(totals, lang), dataset.edition.id
    if lang == "zh":
        return [f"数据 {dataset.version}，边界 {edition}", f"规划 {len(dataset.plans):,} 部：{read}；全部对应到地区"]
    return [
        f"data {dataset.version}, boundaries {edition}",
        f"{len(dataset.plans):,} plans: {read}; all joined",
    ]


def _plan_line(report: "PlanReport", found: Sequence[str], lang: str) -> str:
    read, loose = _rows(report.rows, lang), len(report.unplaced)
    if lang == "zh":
        return "；".join((f"{report.plan}：{read}", "全部对应到地区", f"{loose} 个只知所在地市或省区", *found))
    unplaced = f"{loose} known only to prefecture or province"
    return f"{report.plan}: {read}; all joined; {unplaced}" + (f"; {', '.join(found)}" if found else "")


def _rows(rows: Mapping[str, int], lang: str) -> str:
    """Return how many rows of each table there are."""
    if lang == "zh":
        return "，".join(f"{TABLES.get(kind, kind)} {count:,}" for kind, count in rows.items())
    return ", ".join(f"{count:,} {kind}" for kind, count in rows.items())
