"""Snapshots: CPU time and memory of one process, against the budgets of the issue."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from rich.console import Console
from rich.table import Table

from benchmarks._server import running
from geoapp.atlas import Atlas
from geoapp.settings import load_settings
from geoapp.sheets.paper import Format, Sheet, read_sheet
from geoapp.sheets.scene.primitives import Scene
from geoapp.store.files import FilesStore

ROUNDS = 15
COUNTIES = "region=410000&level=county"
"""河南: 157 counties, the research's largest area."""


@dataclass(frozen=True)
class Case:
    """One sheet and what it may cost, in milliseconds of CPU."""

    name: str
    query: str
    form: Format
    sheet: tuple[tuple[str, str], ...]
    budget: float


A4 = (("paper", "a4"), ("dpi", "300"))
CASES = [
    Case("PNG 1600×1100, Ordos", "region=150600", "png", (), 150),
    Case("PNG 1600×1100, Tacheng", "region=654200", "png", (), 150),
    Case("PNG A4 300 dpi, Ordos", "region=150600", "png", A4, 500),
    Case("PDF A4, Ordos", "region=150600", "pdf", (("paper", "a4"),), 200),
    Case("SVG, Ordos", "region=150600", "svg", (), 150),
    Case("PNG 1600×1100, Henan by county", COUNTIES, "png", (), 400),
    Case("PNG 1600×1100, Xinjiang by county", "region=650000&level=county", "png", (), 400),
    Case("PNG 1600×1100, the country", "region=100000", "png", (), 800),
    Case("PNG 1600×1100, the country by county", "region=100000&level=county", "png", (), 800),
    Case("PDF, the country by county", "region=100000&level=county", "pdf", (), 1200),
    Case("PNG 1600×1100 over a raster", "region=150600&raster=clear-sky-irradiation", "png", (), 1500),
]


def _atlas() -> Atlas:
    build = load_settings().build_dir
    return Atlas(FilesStore(build / "atlas"), build / "rasters")


def cpu(work: Callable[[], object]) -> float:
    """Return the milliseconds of CPU that something takes."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def peak() -> float:
    """Return the most memory this process ever held, in MB; ``getrusage`` would tell that of its parent too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def measure(case: Case) -> dict[str, float]:
    """Measure one case in this process: first and warm CPU, peak memory, size."""
    atlas = _atlas()
    sheet = read_sheet(dict(case.sheet), case.form)
    pairs = parse_qsl(case.query)

    def draw() -> bytes:
        return atlas.snapshot(atlas.view(pairs), sheet)

    first = cpu(draw)
    warm = [cpu(draw) for _ in range(ROUNDS)]
    return {
        "first": first,
        "median": statistics.median(warm),
        "worst": max(warm),
        "peak": peak(),
        "size": len(draw()) / 1024,
    }


def cairosvg_milliseconds() -> float:
    """Measure the other way to a PDF, through CairoSVG, on the same scene."""
    import cairosvg

    from geoapp.sheets.paint import svg

    atlas = _atlas()
    scene: Scene = atlas.snapshots.scene(atlas.show(atlas.view([("region", "150600")])), Sheet())
    cairosvg.svg2pdf(bytestring=svg.paint(scene))
    return statistics.median(cpu(lambda: cairosvg.svg2pdf(bytestring=svg.paint(scene))) for _ in range(5))


def cached_against_static() -> tuple[float, float]:
    """Return the median wall milliseconds of a cached picture and of a static file of our own server."""

    def median(url: str) -> float:
        found = []
        for _ in range(200):
            start = time.perf_counter()
            with urllib.request.urlopen(url, timeout=30) as reply:
                reply.read()
            found.append((time.perf_counter() - start) * 1000)
        return statistics.median(found)

    with running(workers=1) as (url, _), urllib.request.urlopen(url + "/?region=100000", timeout=30) as page:
        text = page.read().decode()
        static = next(part for part in text.split('"') if part.endswith("explorer.js"))
        urllib.request.urlopen(f"{url}/view.png?region=150600", timeout=60).read()
        return median(f"{url}/view.png?region=150600"), median(url + static)


def main() -> None:
    """Print the table; each case runs in a process of its own, so that its memory is its own."""
    table = Table("sheet", "first ms", "warm median", "worst", "budget", "", "peak MB", "kB", box=None)
    for number, case in enumerate(CASES):
        command = [sys.executable, "-m", "benchmarks.snapshots", str(number)]
        with tempfile.TemporaryFile() as log:
            found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=log).stdout)
        verdict = "ok" if found["median"] <= case.budget and found["peak"] <= 200 else "over"
        cells = (found["first"], found["median"], found["worst"], case.budget)
        table.add_row(
            case.name, *(f"{each:.0f}" for each in cells), verdict, f"{found['peak']:.0f}", f"{found['size']:.0f}"
        )
    Console(width=120).print(table)
    print(f"PDF through CairoSVG instead: {cairosvg_milliseconds():.0f} ms for the painter alone (SVG included)")
    cached, static = cached_against_static()
    print(
        f"cached picture {cached:.2f} ms, static explorer.js {static:.2f} ms (wall, one client): {cached / static:.1f}×"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(CASES[int(sys.argv[1])])))
    else:
        assert Path("geoapp").is_dir(), "run it from the project's folder"
        main()
