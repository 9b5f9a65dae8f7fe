"""How many mistakes do the tests notice? Prints killed and survived by room, and the survivors.

Run by hand (``scripts/mutants``); it takes long and is no part of ``make test``. A room's mistakes are judged by that
room's unit tests alone. Mistakes that change nothing anybody can see are named, with the reason, in
``scripts/mutants.toml``; they are left out of the score.
"""

import argparse
import os
import random
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.mutation import nest
from tests.mutation.mistakes import Mistake, mistakes

ROOT = Path(__file__).resolve().parents[2]
EQUIVALENT = ROOT / "scripts" / "mutants.toml"
EXTRA = {"ingest": ["tests/unit/layers"], "web": ["tests/web"], "house": ["tests/web"]}
"""Tests of a room that lie elsewhere than in ``tests/unit/<room>``."""
NEAR = 12
"""Lines above a mistake that may be the first of its statement."""


@dataclass
class Score:
    """What became of the mistakes of a room."""

    killed: int = 0
    equivalent: int = 0
    survived: list[tuple[Mistake, str]] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Killed of those that could be, per cent."""
        total = self.killed + len(self.survived)
        return 100 * self.killed / total if total else 100.0


def main(arguments: Sequence[str]) -> int:
    """Run a sample and print the scores."""
    options = _options(arguments)
    os.chdir(ROOT)
    sys.dont_write_bytecode = True
    rooms = {name: files for name, files in _rooms().items() if not options.rooms or name in options.rooms}
    share = options.sample / sum(_weight(path) for files in _rooms().values() for path in files)
    scores: dict[str, Score] = {}
    nest.warm()
    for room, files in rooms.items():
        tests = nest.Tests(_tests(room), options.quick)
        passed, seconds, covered = nest.coverage_of(ROOT, tests)
        if not passed:
            print(f"{room}: its tests fail without any mistake; mend them first", flush=True)
            return 1
        chosen = random.Random(f"{options.seed} {room}")
        sample = _sample(files, chosen, max(share * sum(map(_weight, files)), options.least))
        print(f"{room}: {len(sample)} mistakes, tests take {seconds:.0f} s", flush=True)
        scores[room] = _judge(tests, sample, covered, 3 * seconds + 20, options.jobs)
        print("\n".join([*_survivors(room, scores[room]), _line(room, scores[room])]), flush=True)
    _report(scores)
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="scripts/mutants", description=__doc__)
    parser.add_argument("rooms", nargs="*", help="rooms of geoapp/ (all); single modules of geoapp/ are the room house")
    parser.add_argument("--sample", type=int, default=300, help="mistakes over all rooms (300)")
    parser.add_argument("--least", type=int, default=8, help="mistakes of a room at the least (8)")
    parser.add_argument("--seed", type=int, default=22, help="another seed makes other mistakes (22)")
    parser.add_argument("--jobs", type=int, default=2, help="tests at once (2)")
    parser.add_argument("--quick", action="store_true", help="without the tests that build the real atlas")
    return parser.parse_args(arguments)


def _rooms() -> Mapping[str, list[Path]]:
    rooms: dict[str, list[Path]] = {}
    for path in sorted((ROOT / "geoapp").rglob("*.py")):
        parts = path.relative_to(ROOT / "geoapp").parts
        rooms.setdefault(parts[0] if len(parts) > 1 else "house", []).append(path.relative_to(ROOT))
    return rooms


def _weight(path: Path) -> int:
    return len((ROOT / path).read_text(encoding="utf-8").splitlines())


def _tests(room: str) -> list[str]:
    own = [f"tests/unit/{room}"] if (ROOT / "tests" / "unit" / room).is_dir() else []
    if room == "house":
        own = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "unit").glob("test_*.py"))
    return [*own, *EXTRA.get(room, [])]


def _sample(files: Sequence[Path], chosen: random.Random, number: float) -> list[Mistake]:
    """Draw files by their length, and from each as many mistakes as it was drawn."""
    drawn = chosen.choices(files, weights=[_weight(path) for path in files], k=round(number))
    return [each for path in files if path in drawn for each in mistakes(ROOT, path, chosen, drawn.count(path))]


def _judge(tests: Sequence[str], sample: Sequence[Mistake], covered: nest.Covered, limit: float, jobs: int) -> Score:
    score, waiting, running = Score(), list(sample), list[nest.Run]()
    known = _equivalent()
    while waiting or running:
        while waiting and len(running) < jobs:
            mistake = waiting.pop(0)
            wanted = _wanted(mistake, covered)
            if (str(mistake.path), mistake.before, mistake.after) in known:
                score.equivalent += 1
            elif not wanted:
                score.survived.append((mistake, "no test runs this line"))
            else:
                named = None if "" in wanted else wanted
                running.append(nest.Run.start(ROOT, tests, mistake, named, limit))
        for run in list(running):
            if result := run.result():
                running.remove(run)
                if result in ("failed", "late"):
                    score.killed += 1
                else:
                    score.survived.append((run.mistake, "the tests pass"))
                print(f"{result} {run.mistake}", file=sys.stderr, flush=True)
        time.sleep(0.02)
    return score


def _wanted(mistake: Mistake, covered: nest.Covered) -> frozenset[str]:
    """Return the tests that run the line of a mistake, or the first line of its statement."""
    lines = covered.get(mistake.path, {})
    return next((lines[at] for at in range(mistake.line, mistake.line - NEAR, -1) if lines.get(at)), frozenset())


def _equivalent() -> set[tuple[str, str, str]]:
    entries = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("equivalent", [])
    return {(each["path"], each["before"], each["after"]) for each in entries}


def _line(room: str, score: Score) -> str:
    total = score.killed + len(score.survived)
    return f"{room:12} {score.killed:4} of {total:4} killed  {score.share:5.1f} %  ({score.equivalent} equivalent)"


def _report(scores: Mapping[str, Score]) -> None:
    print()
    print("\n".join(_line(room, score) for room, score in scores.items()))
    whole = Score(
        sum(each.killed for each in scores.values()),
        sum(each.equivalent for each in scores.values()),
        [each for score in scores.values() for each in score.survived],
    )
    print(_line("all", whole))


def _survivors(room: str, score: Score) -> Iterator[str]:
    for mistake, why in score.survived:
        yield f"survived in {room} ({why}): {mistake}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
