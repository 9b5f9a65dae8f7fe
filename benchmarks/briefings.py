"""Briefings: CPU time and memory of one process that writes them, against the budget of one second a view."""

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl

from rich.console import Console
from rich.table import Table

from geoapp.atlas import Atlas
from geoapp.office.maps import Imprint
from geoapp.settings import load_settings
from geoapp.store.files import FilesStore

ROUNDS = 9
BUDGET = 1000.0
"""Milliseconds of CPU for a briefing of one view."""


@dataclass(frozen=True)
class Case:
    """One briefing; a map book has no budget, as it is as long as its prefecture has counties."""

    name: str
    query: str
    suffix: str
    budget: float = BUDGET


CASES = [
    Case("Word, Ordos", "region=150600", "docx"),
    Case("Word, Tacheng", "region=654200", "docx"),
    Case("Word, the country", "region=100000", "docx"),
    Case("Word, Xinjiang by county", "region=650000&level=county", "docx"),
    Case("slides, Ordos", "region=150600", "pptx"),
    Case("slides, Tacheng", "region=654200", "pptx"),
    Case("slides, the country", "region=100000", "pptx"),
    Case("slides, Xinjiang by county", "region=650000&level=county", "pptx"),
    Case("map book of Ordos, 9 counties", "region=150600&book=1", "docx", 0),
    Case("map book of Ordos, slides", "region=150600&book=1", "pptx", 0),
]


def measure(case: Case) -> dict[str, float]:
    """Measure one case in this process: first and warm CPU, peak memory, size."""
    settings = load_settings()
    atlas = Atlas(FilesStore(settings.build_dir / "atlas"), settings.build_dir / "rasters")
    asked = atlas.briefings.read(parse_qsl(case.query))

    def cpu() -> float:
        start = time.process_time()
        atlas.briefing(asked, case.suffix, Imprint())
        return (time.process_time() - start) * 1000

    first = cpu()
    warm = [cpu() for _ in range(ROUNDS)]
    return {
        "first": first,
        "median": statistics.median(warm),
        "worst": max(warm),
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "size": len(atlas.briefing(asked, case.suffix, Imprint())) / 1024,
    }


def main() -> None:
    """Print the table; each case runs in a process of its own, so that its memory is its own."""
    table = Table("briefing", "first ms", "warm median", "worst", "budget", "", "peak MB", "kB", box=None)
    for number, case in enumerate(CASES):
        command = [sys.executable, "-m", "benchmarks.briefings", str(number)]
        with tempfile.TemporaryFile() as log:
            found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=log).stdout)
        verdict = "" if not case.budget else "ok" if found["median"] <= case.budget else "over"
        cells = [f"{found[name]:.0f}" for name in ("first", "median", "worst")]
        budget = f"{case.budget:.0f}" if case.budget else ""
        table.add_row(case.name, *cells, budget, verdict, f"{found['peak']:.0f}", f"{found['size']:.0f}")
    Console(width=120).print(table)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(CASES[int(sys.argv[1])])))
    else:
        assert Path("geoapp").is_dir(), "run it from the project's folder"
        main()
