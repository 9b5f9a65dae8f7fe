"""How well documents are drafted: the five plans against their packs, four made-up ones held out, speed and memory.

A drafted row counts as right when region, indicator, value and year (targets and statistics), or region
and name (parks and projects; names at least 85 % alike) equal a row of the pack; every row of the pack
can be found once. "All fields" counts the right rows that are right in every further column but caveats.
"""

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from geoapp.boundaries.gazetteer import Gazetteer, read_aliases
from geoapp.boundaries.regions_cache import kept_regions
from geoapp.builder import read_regions
from geoapp.drafting.drafting import Draft, draft
from geoapp.drafting.language.terms import TermBook
from geoapp.drafting.reading.read import read_documents
from geoapp.drafting.rows import TABLES, Row
from geoapp.drafting.vocabulary import read_points, read_terms
from geoapp.model.region import Adcode
from geoapp.settings import load_settings

ROOT = Path(__file__).resolve().parent.parent
SOURCES = Path(os.environ.get("BENCH_SOURCES", ROOT.parent / "shared" / "sources"))
HELD_OUT = ROOT / "tests" / "data" / "drafts" / "truth"
PLANS = {
    "tacheng-2021-2025": ("000_88352bae385c8e08.txt", "654200"),
    "xinjiang-2015": ("001_ed2a3d34feba004d.txt", "650000"),
    "shizuishan-2021-2025": ("002_c58ea0b72fbf33fa.txt", "640200"),
    "wuwei-2021-2025": ("003_e603035c0d34471e.txt", "620600"),
    "ordos-2021-2025": ("004_fb2ad496a8a607a2.txt", "150600"),
}
FIELDS = {
    "targets": ("value_text", "unit", "comparator", "direction", "base_year", "nature", "tier", "section"),
    "statistics": ("value_text", "unit", "section"),
    "parks": ("section",),
    "projects": ("type", "capacity", "capacity_unit", "status", "section"),
}
ALIKE = 85
Code = Callable[[str], str]
"""The code of a printed region: 额敏 and 额敏县 are one."""


@dataclass
class Score:
    """Counts of one table of one document."""

    truth: int = 0
    drafted: int = 0
    right: int = 0
    whole: int = 0

    def __iadd__(self, other: "Score") -> "Score":
        self.truth += other.truth
        self.drafted += other.drafted
        self.right += other.right
        self.whole += other.whole
        return self

    def __str__(self) -> str:
        recall = self.right / self.truth if self.truth else float("nan")
        precision = self.right / self.drafted if self.drafted else float("nan")
        whole = self.whole / self.right if self.right else float("nan")
        counts = f"{self.right:3}/{self.truth:3} of the pack, {self.drafted:3} drafted"
        return f"recall {recall:.2f}  precision {precision:.2f}  all fields {whole:.2f}   ({counts})"


def read_truth(folder: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of a table of a pack."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(table: str, row: Mapping[str, str], truth: Mapping[str, str], known: set[str], code: Code) -> bool:
    """Say whether a drafted row is the row of the pack in what makes it that row."""
    if code(row["name_in_source"]) != code(truth["name_in_source"]):
        return False
    if table in ("parks", "projects"):
        return fuzz.ratio(row["name"], truth["name"]) >= ALIKE
    year = "year" if table == "statistics" else "target_year"
    if row[year] != truth[year] or not _equal(row["value"], truth["value"]):
        return False
    return row["indicator"] == truth["indicator"] or (truth["indicator"] == "?" and row["indicator"] not in known)


def _equal(one: str, two: str) -> bool:
    return one == two or bool(one and two and float(one) == float(two))


def score(
    table: str, rows: Sequence[Row], truths: Sequence[dict[str, str]], known: set[str], code: Code
) -> tuple[Score, list[Row], list[dict[str, str]]]:
    """Match drafted rows with a pack's, each once; also return what is wrong and what is missing."""
    left = list(truths)
    made = Score(truth=len(truths), drafted=len(rows))
    wrong = []
    for row in rows:
        fits = [t for t in left if same(table, row.fields, t, known, code)]
        if not fits:
            wrong.append(row)
            continue
        best = max(fits, key=lambda t: sum(_field(row.fields, t, name) for name in FIELDS[table]))
        left.remove(best)
        made.right += 1
        made.whole += all(_field(row.fields, best, name) for name in FIELDS[table])
    return made, wrong, left


def _field(row: Mapping[str, str], truth: Mapping[str, str], name: str) -> bool:
    given = truth.get(name, row.get(name, ""))
    return row.get(name, "") == given or (name in ("capacity", "value") and _equal(row.get(name, ""), given))


def report(
    name: str, made: Draft, folder: Path, known: set[str], totals: dict[str, Score], bins: "Bins", gazetteer: Gazetteer
) -> None:
    """Print the scores of one document."""
    for table in TABLES:
        rows = [row for row in made.rows if row.table == table]
        truths = read_truth(folder, table)

        def code(region: str) -> str:
            return gazetteer.resolve(region, Adcode(made.page.region)).adcode

        found, wrong, missing = score(table, rows, truths, known, code)
        totals[table] += found
        bins.add(rows, wrong)
        print(f"{name:22} {table:10} {found}")
        if os.environ.get("BENCH_DRAFTS_SHOW", "") in (table, "all"):
            _show(wrong, missing, table)


def _show(wrong: Sequence[Row], missing: Sequence[dict[str, str]], table: str) -> None:
    keys = ("name_in_source", "indicator", "name", "value", "value_text", "target_year", "year", "section")
    for row in wrong:
        print("   +", row.rule, *(row.fields.get(k, "") for k in keys if k in row.fields))
    for truth in missing:
        print("   -", *(truth.get(k, "") for k in keys if k in truth))


class Bins:
    """How often rows of a confidence are right."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.all: Counter[str] = Counter()

    def add(self, rows: Iterable[Row], wrong: Sequence[Row]) -> None:
        """Count rows by their confidence and by their rule."""
        bad = {id(row) for row in wrong}
        for row in rows:
            for key in (f"confidence {row.confidence:.1f}", f"{row.table} {row.rule}"):
                self.all[key] += 1
                self.right[key] += id(row) not in bad

    def print(self, prefix: str) -> None:
        """Print the share of right rows of every bin."""
        for key in sorted(self.all):
            if key.startswith(prefix):
                print(f"  {key:28} {self.right[key] / self.all[key]:.2f} right of {self.all[key]}")


def main() -> None:
    """Draft all documents and print."""
    if "--one" in sys.argv:
        _one(Path(sys.argv[-1]))
        return
    settings = load_settings()
    gazetteer = Gazetteer(
        read_regions(settings.build_dir / "shapes"), read_aliases(settings.shapes_dir / "aliases.csv")
    )
    book = read_terms(settings.layers_dir)
    known = set(book.indicators)
    five: dict[str, Score] = defaultdict(Score)
    bins = Bins()
    for plan, (source, region) in PLANS.items():
        made = draft(read_documents([SOURCES / source]), gazetteer, book, region, read_points(settings.layers_dir))
        report(plan, made, settings.layers_dir / "plans" / plan, known, five, bins, gazetteer)
    for table in TABLES:
        print(f"{'FIVE PLANS':22} {table:10} {five[table]}")
    bins.print("confidence")
    if os.environ.get("BENCH_DRAFTS_SHOW"):
        for prefix in TABLES:
            bins.print(prefix)
    if "--five" in sys.argv:
        return
    _held_out(gazetteer, book, known)
    _speed()
    _check_one_plan()


def _held_out(gazetteer: Gazetteer, book: TermBook, known: set[str]) -> None:
    from tests.data.drafts.documents import WRITERS, make

    totals: dict[str, Score] = defaultdict(Score)
    bins = Bins()
    with tempfile.TemporaryDirectory() as folder:
        for name, (_, _, region) in WRITERS.items():
            path = make(name, Path(folder))
            made = draft(read_documents([path]), gazetteer, book, region)
            report(f"{name} {path.suffix}", made, HELD_OUT / name, known, totals, bins, gazetteer)
    for table in TABLES:
        print(f"{'HELD OUT':22} {table:10} {totals[table]}")
    bins.print("confidence")


def _speed() -> None:
    """Draft a PDF of thirty pages in a process of its own; print its time and the most memory it had."""
    from tests.data.drafts.documents import write_pdf
    from tests.data.drafts.texts import QINGHAI, Heading

    body = [block for block in QINGHAI if not (isinstance(block, Heading) and block.level == 0)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        write_pdf([QINGHAI[0], *(body * 14)], path)
        subprocess.run([sys.executable, "-m", "benchmarks.drafts", "--one", str(path)], check=True)


def _one(path: Path) -> None:
    settings = load_settings()
    regions = kept_regions(settings.build_dir / "shapes") or read_regions(settings.build_dir / "shapes")
    gazetteer = Gazetteer(regions, read_aliases(settings.shapes_dir / "aliases.csv"))
    start, spent = time.perf_counter(), time.process_time()
    document = read_documents([path])
    draft(document, gazetteer, read_terms(settings.layers_dir), "630000")
    seconds, spent = time.perf_counter() - start, time.process_time() - spent
    pages = max(block.page or 0 for block in document.blocks)
    print(f"{pages} pages of PDF drafted in {seconds:.1f} s ({spent:.1f} s of processor), at most {_peak():.0f} MB")


def _peak() -> float:
    """Return the most memory this process had, MB; ``ru_maxrss`` would count that of the process that began it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _check_one_plan() -> None:
    """Check one plan of all as a planner does, in a process of its own, and print how long she waits."""
    command = [sys.executable, "-m", "geoapp", "check", "--plan", "ordos-2021-2025"]
    runs = []
    for _ in range(5):
        start, spent = time.perf_counter(), os.times()
        subprocess.run(command, check=False, capture_output=True)
        seconds, now = time.perf_counter() - start, os.times()
        runs.append((seconds, now.children_user + now.children_system - spent.children_user - spent.children_system))
    seconds, processor = (sorted(each)[2] for each in zip(*runs, strict=True))
    print(f"geoapp check --plan: {seconds:.2f} s ({processor:.2f} s of processor), middle of 5 (promise: under 1 s)")


if __name__ == "__main__":
    main()
