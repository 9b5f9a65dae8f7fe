"""The explorer's budgets: first map, its requests, indicator switch, card, page weight, Lighthouse.

    python -m benchmarks explorer

Times are medians on this machine; weights are bytes over the wire (gzip) with an empty cache.
"""

import json
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

from benchmarks._server import running

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync"]
ROUNDS = 5
WORKS = "/?region=100000&fill=none&layers=projects"
"""The country without goals: polygons and counts of projects."""
VIEWS = {"prefecture": "/?region=150600", "country": "/?region=100000", "all counties": "/?level=county"}
COUNTRY = (
    ("front door, coverage and counts", "/", ".where .cluster circle"),
    ("country, goals and counts of works", VIEWS["country"], ".leaflet-points-pane .heap"),
    ("country, counts of works alone", WORKS, ".leaflet-points-pane .heap"),
    ("list of works, with its map", "/projects", ".country .cluster circle"),
)
"""The whole country at first sight: what is asked for, and what stands there when it is drawn."""
SWITCH = """async (id) => {
  const select = document.getElementById("indicator");
  const before = document.getElementById("title").textContent;
  const start = performance.now();
  select.value = id;
  select.dispatchEvent(new Event("change", {bubbles: true}));
  while (document.getElementById("title").textContent === before) await new Promise(requestAnimationFrame);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return performance.now() - start;
}"""


def main() -> None:
    """Print every figure beside its budget."""
    with running() as (home, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name, path in VIEWS.items():
            budget = 1.0 if name == "prefecture" else 1.5
            seconds = median(lambda path=path: first_map(browser, home + path))
            requests, total = weight(browser, home + path)
            print(f"{name:13} first map {seconds:.2f} s (≤ {budget}), {requests} requests (≤ 12), {total / 1e3:.0f} kB")
        for name, path, drawn in COUNTRY:
            seconds = median(lambda path=path, drawn=drawn: until(browser, home + path, drawn))
            requests, total = weight(browser, home + path)
            print(f"{name}: {seconds:.2f} s, {requests} requests, {total / 1e3:.0f} kB")
        print(f"indicator switch to repaint {switch(browser, home):.0f} ms (≤ 100)")
        for what, path in (
            ("region", "/regions/150625/card"),
            ("siblings", "/regions/150625/kin"),
            ("view", "/view.json"),
        ):
            milliseconds = 1000 * median(lambda path=path: ask(f"{home}{path}?region=150600"))
            print(f"server, {what}: {milliseconds:.1f} ms (≤ 100)")
        browser.close()
        for form in ("desktop", "mobile"):
            runs = [lighthouse(home + VIEWS["prefecture"], form) for _ in range(ROUNDS)]
            scores = {name: statistics.median(each[name] for each in runs) for name in runs[0]}
            print(f"lighthouse {form}: {scores} (≥ 0.9 performance, ≥ 0.95 others; medians of {ROUNDS})")


def median(measure: Callable[[], float]) -> float:
    """The median of a few rounds."""
    return statistics.median(measure() for _ in range(ROUNDS))


def first_map(browser: Browser, url: str) -> float:
    """Seconds from the request until every area is painted, empty cache."""
    return until(browser, url, "path[data-adcode]")


def until(browser: Browser, url: str, drawn: str) -> float:
    """Seconds from the request until what ``drawn`` selects is painted, empty cache."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    start = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(drawn, state="attached")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    seconds = time.perf_counter() - start
    page.close()
    return seconds


def weight(browser: Browser, url: str) -> tuple[int, int]:
    """Requests until the page rests, and their bytes over the wire."""
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    sizes: list[int] = []

    def add(response: Response) -> None:
        if not response.url.startswith("data:"):
            measured = response.request.sizes()
            sizes.append(measured["responseBodySize"] + measured["responseHeadersSize"])

    page.on("requestfinished", lambda request: add(request.response()))
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.close()
    return len(sizes), sum(sizes)


def switch(browser: Browser, home: str) -> float:
    """Milliseconds from choosing an indicator until the new map is painted."""
    page: Page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(home + VIEWS["prefecture"])
    page.wait_for_selector("body[data-ready=true]")
    free = page.locator("#indicator optgroup option:not([disabled])").evaluate_all("(all) => all.map((o) => o.value)")
    times = [float(page.evaluate(SWITCH, each)) for each in [*free[1:8], free[0]] * 2]
    page.close()
    return statistics.median(times[2:])


def ask(url: str) -> float:
    """Seconds for one answer of the server."""
    start = time.perf_counter()
    with urllib.request.urlopen(url) as answer:
        answer.read()
    return time.perf_counter() - start


def lighthouse(url: str, form: str) -> dict[str, float]:
    """Scores of Lighthouse, from npm's development packages."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "report.json")
        command = [
            "node",
            str(ROOT / "benchmarks/node_modules/lighthouse/cli/index.js"),
            url,
            "--quiet",
            "--output=json",
        ]
        command += [f"--output-path={out}", "--only-categories=performance,accessibility,best-practices"]
        command += ["--chrome-flags=--headless=new " + " ".join(QUIET)]
        if form == "desktop":
            command.append("--preset=desktop")
        subprocess.run(
            command,
            check=True,
            env={"CHROME_PATH": CHROMIUM, "PATH": "/usr/bin:/usr/local/bin", "HOME": folder},
            timeout=180,
        )
        report = json.loads(out.read_text())
        for each in report["audits"].values():
            if each.get("score") is not None and each["score"] < 0.9 and each.get("scoreDisplayMode") == "binary":
                print("   ", each["id"], "-", each["title"])
        return {name: category["score"] for name, category in report["categories"].items()}
