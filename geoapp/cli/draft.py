"""``geoapp draft``: from a document to a draft, through a review, to a published plan."""

from pathlib import Path

import click

from geoapp.cli.build_plan import gazetteer_of
from geoapp.cli.console import console, progress, readable_errors
from geoapp.settings import load_settings


class _Documents(click.Group):
    """A group whose own command drafts: ``geoapp draft plan.pdf -o folder`` needs no further word."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = ["make", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Documents, short_help="Draft a plan from a document, take its review, publish it.")
def draft() -> None:
    """From a document to a checked plan.

    \b
    geoapp draft plan.pdf -o FOLDER          read and draft
    geoapp draft take FOLDER                 take the decisions of review.json or review.xlsx
    geoapp draft publish FOLDER              put what is accepted into layers/plans/
    """


@draft.command("make", short_help="Draft documents (also without the word make).")
@click.argument("documents", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="the draft's folder"
)
@click.option("--region", default="", help="six-digit code, where the title does not say it")
@click.option("--plan", default="", help="id of the plan, such as ulanqab-2026-2030")
def make(documents: tuple[Path, ...], output: Path, region: str, plan: str) -> None:
    """Read DOCUMENTS (.pdf .docx .html .txt .xlsx .doc .wps; one plan) and draft a pack into a folder."""
    from geoapp.drafting.folder.make import make_draft
    from geoapp.drafting.vocabulary import read_points, read_terms

    with readable_errors():
        settings = load_settings()
        book, points = read_terms(settings.layers_dir), read_points(settings.layers_dir)
        made, changed = make_draft(
            documents, output, gazetteer_of(settings), book, points, region=region, plan=plan, progress=progress()
        )
        counts = ", ".join(
            f"{sum(1 for r in made.rows if r.table == t)} {t}" for t in ("targets", "statistics", "parks", "projects")
        )
        doubtful = sum(1 for row in made.rows if row.open)
        click.echo(
            f"{made.id}: {counts}; {doubtful} with something to decide; {len(made.proposals)} new indicators proposed"
        )
        click.echo(f"review: {output / 'review.html'} or {output / 'review.xlsx'}")
        for line in changed:
            click.echo(line)


@draft.command("take")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("review", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def take_review(folder: Path, review: Path | None) -> None:
    """Write the decisions of REVIEW (review.json or review.xlsx) back into the draft in FOLDER."""
    from geoapp.drafting.folder.take import take
    from geoapp.drafting.vocabulary import read_terms

    with readable_errors():
        taken, lost = take(folder, read_terms(load_settings().layers_dir), review)
        click.echo(
            f"{taken} decisions taken" + (f"; {len(lost)} belong to rows that are drafted no longer" if lost else "")
        )


@draft.command("publish")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def publish_draft(folder: Path) -> None:
    """Put the accepted rows of FOLDER into layers/plans/ once they have no fault; the rest stays open."""
    from geoapp.drafting.folder.publish import publish

    with readable_errors():
        settings = load_settings()
        done = publish(folder, settings.layers_dir, gazetteer_of(settings))
        click.echo(f"{done.folder}: {done.published} rows published, {done.left} still open")
        console.print("next: geoapp build", style="dim")
