"""What a country of plans costs: the five real plans and made-up ones, from the check of the files to the pages.

``BENCH_PLANS=5,50`` chooses the sizes; each is built in a folder of its own that is removed again. Times of a machine
that does other things are too long: where a second figure stands in brackets it is processor time.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from benchmarks._made_plans import make_layers
from benchmarks._server import free_port, own_mb, started, workers
from geoapp.cli.build_plan import gazetteer_of
from geoapp.settings import load_settings

SIZES = tuple(int(each) for each in os.environ.get("BENCH_PLANS", "5,50,150,364").split(","))
ONE = "ordos-2021-2025"
PAGES = (
    "/",
    "/?region=150600",
    "/?region=100000&indicator=ei_gdp_cut",
    "/plans",
    f"/plans/{ONE}",
    "/indicators",
    "/indicators/ei_gdp_cut",
    "/parks",
    "/projects",
    "/regions",
    "/regions/150621",
    "/quality",
)
DRAWN = (
    "/view.png?region=100000&level=county&indicator=ei_gdp_cut&year=2025",
    "/view.docx?region=100000&level=county&indicator=ei_gdp_cut&year=2025",
)
ASKED = 5


def main() -> None:
    """Print a column for each size."""
    columns = []
    for size in SIZES:
        columns.append(_measured(size))
        _print([size], [columns[-1]])  # what was measured is not lost when a later size stops
    _print(list(SIZES), columns)


def _print(sizes: list[int], columns: list[dict[str, str]]) -> None:
    print("".join([f"{'plans':44}", *(f"{size:>22}" for size in sizes)]))
    for row in columns[0]:
        print("".join([f"{row:44}", *(f"{column.get(row, ''):>22}" for column in columns)]), flush=True)


def _measured(size: int) -> dict[str, str]:
    settings = load_settings()
    with tempfile.TemporaryDirectory(prefix="geoapp-growth-") as name:
        folder = Path(name)
        make_layers(settings.layers_dir, folder / "layers", size, gazetteer_of(settings))
        environ = {"GEOAPP_LAYERS_DIR": str(folder / "layers"), "GEOAPP_BUILD_DIR": str(folder / "build")}
        rows = sum(sum(1 for _ in path.open("rb")) - 1 for path in folder.glob("layers/plans/*/targets.csv"))
        column = {"targets": f"{rows:,}"}
        column |= _commands(folder, environ)
        column["disk for each plan, MB"] = f"{_disk(folder / 'build', settings.build_dir) / size:.2f}"
        return column | _served(environ)


def _commands(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    column = {"build from nothing": _run(["build"], environ)}
    column["check"] = _run(["check"], environ)
    column["check --plan"] = _run(["check", "--plan", ONE], environ)
    path = folder / "layers" / "plans" / ONE / "targets.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",16.5,16.5%,", ",16.6,16.6%,", 1), encoding="utf-8")
    column["build when one plan changed"] = _run(["build"], environ)
    return column


def _run(arguments: list[str], environ: Mapping[str, str]) -> str:
    """Run a command; return its seconds, processor seconds and largest memory."""
    code = "import resource,subprocess,sys;d=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);" + (
        "u=resource.getrusage(resource.RUSAGE_CHILDREN);print(u.ru_utime+u.ru_stime,u.ru_maxrss//1024,d.returncode)"
    )
    start = time.perf_counter()
    command = [sys.executable, "-c", code, sys.executable, "-m", "geoapp", *arguments]
    done = subprocess.run(command, env={**os.environ, **environ}, capture_output=True, text=True, check=True)
    took = time.perf_counter() - start
    spent, memory, status = done.stdout.split()
    failed = "" if status == "0" else f" exit {status}"
    return f"{took:.1f} ({float(spent):.1f}) s {memory} MB{failed}"


def _disk(build: Path, _: Path) -> float:
    """Return MB of what the plans add: everything but polygons, rasters and what is made of the divisions alone."""
    current = build / "atlas" / "current"
    plans = ("targets", "statistics", "parks", "projects", "dataset")
    return sum(path.stat().st_size for path in current.rglob("*") if path.name.startswith(plans)) / 1e6


def _served(environ: Mapping[str, str]) -> dict[str, str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "geoapp", "serve", "--port", str(port), "--workers", "1"]
    start = time.perf_counter()
    with started(command, f"{url}/healthz", environ) as pid:
        column = {"start until /healthz, s": f"{time.perf_counter() - start:.1f}"}
        column["worker after start, MB"] = f"{max(map(own_mb, workers(pid))):.0f}"
        for path in PAGES:
            column[path] = _page(url + path, pid)
        for path in DRAWN:
            column[path.split("?")[0] + " of the country"] = _drawn(url + path)
        column["worker at the end, MB"] = f"{max(map(own_mb, workers(pid))):.0f}"
        return column | _in_browser(url)


def _page(url: str, pid: int) -> str:
    """Return milliseconds of the worker for an answer that is not its first, and kB on the wire."""
    spent, size = [], 0
    for number in range(ASKED):
        before = _processor(pid)
        size = len(_fetch(url))
        if number:
            spent.append(_processor(pid) - before)
    return f"{1000 * statistics.median(spent):.0f} ms {size / 1000:.0f} kB"


def _processor(pid: int) -> float:
    ticks = 0
    for each in workers(pid):
        fields = Path(f"/proc/{each}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _fetch(url: str) -> bytes:
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip", "Accept": "text/html,*/*"})
    with urllib.request.urlopen(asked, timeout=300) as answer:
        found: bytes = answer.read()
    return found


def _drawn(url: str) -> str:
    start = time.perf_counter()
    try:
        size = len(_fetch(url))
    except urllib.error.HTTPError as error:
        return f"{time.perf_counter() - start:.1f} s refused {error.code}"
    return f"{time.perf_counter() - start:.1f} s {size / 1000:.0f} kB"


def _in_browser(url: str) -> dict[str, str]:
    """Return what a browser asks for and holds, of the first page and of the longest."""
    from playwright.sync_api import sync_playwright

    column = {}
    with sync_playwright() as chromium:
        browser = chromium.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for path in ("/", "/?region=100000", "/indicators/ei_gdp_cut", "/quality", "/plans", "/regions"):
            page = browser.new_page(viewport={"width": 1366, "height": 768})
            seen: list[str] = []
            page.on("request", lambda each, seen=seen: seen.append(each.url))
            start = time.perf_counter()
            page.goto(url + path, wait_until="networkidle", timeout=120_000)
            idle = time.perf_counter() - start
            nodes = page.evaluate("document.querySelectorAll('*').length")
            column[f"browser {path}"] = f"{idle:.1f} s {len(seen)} req. {nodes:,} n."
            page.close()
        browser.close()
    return column
