"""Runs the tests of a room with one mistake in memory: a fork of a process that has the heavy libraries already.

Nothing is written into the tree: the module with the mistake is compiled from its text when it is first imported.
"""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import coverage
import pytest

from tests.mutation.mistakes import Mistake

HEAVY = (
    "numpy", "pandas", "shapely", "geopandas", "pyproj", "rasterio", "scipy", "skia", "cairosvg", "flask",
    "flask_babel", "pydantic", "orjson", "openpyxl", "docx", "pptx", "lark", "folium", "fontTools.ttLib",
    "pypinyin", "pyarrow", "PIL", "pypdf", "playwright.sync_api", "rio_tiler.io",
    "exactextract", "pvlib", "mapclassify", "lxml",
)  # fmt: skip
"""What geoapp and its tests import and a fork need not import again."""
SLOW_FIXTURES = {"atlas", "app", "client", "server", "browser", "watched", "real_build"}
"""Fixtures that build the real atlas: tests that need them run last."""
OUTCOMES = {
    pytest.ExitCode.OK: "passed",
    pytest.ExitCode.TESTS_FAILED: "failed",
    pytest.ExitCode.INTERRUPTED: "failed",  # a test module cannot even be imported
    pytest.ExitCode.NO_TESTS_COLLECTED: "empty",
}
"""What became of a run; anything else is pytest's own fault and no kill."""
Covered = Mapping[Path, Mapping[int, frozenset[str]]]
"""File, line and the tests that run it, as ``file::function``; an empty one stands for fixtures and imports."""


@dataclass(frozen=True)
class Tests:
    """The tests of a room: their folders, and whether those on the real atlas are left out."""

    paths: Sequence[str]
    quick: bool = False


@dataclass(eq=False)  # pytest keeps its plugins in sets
class _Order:
    """Picks and orders tests: first those that stand on the made-up world."""

    tests: Tests
    wanted: frozenset[str] | None = None
    meter: coverage.Coverage | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Iterator[None]:
        if self.meter is not None:
            self.meter.switch_context(_name(item.nodeid))
        yield
        if self.meter is not None:
            self.meter.switch_context("")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        left = [item for item in items if not self._runs(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if self._runs(item)]
        items.sort(key=_is_slow)

    def _runs(self, item: pytest.Item) -> bool:
        named = self.wanted is None or _name(item.nodeid) in self.wanted
        return named and not (self.tests.quick and _is_slow(item))


def _is_slow(item: pytest.Item) -> bool:
    return bool(SLOW_FIXTURES & set(getattr(item, "fixturenames", ())))


def _name(nodeid: str) -> str:
    """Return file and function of a test, without its parameters."""
    path, _, function = nodeid.partition("::")
    return f"{path}::{function.partition('[')[0]}"


class _Mistaken(importlib.abc.SourceLoader, importlib.abc.MetaPathFinder):
    """Imports one module from a text."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self._name, self._path, self._source = name, path, source

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._name:
            return None
        package = [str(self._path.parent)] if self._path.name == "__init__.py" else None
        return importlib.util.spec_from_file_location(
            fullname, self._path, loader=self, submodule_search_locations=package
        )

    def get_filename(self, fullname: str) -> str:
        return str(self._path)

    def get_data(self, path: str) -> bytes:
        return self._source.encode()


def module_name(path: Path) -> str:
    """Return the name a file is imported by."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def warm() -> None:
    """Import the heavy libraries, so that every fork has them."""
    for name in HEAVY:
        importlib.import_module(name)


@dataclass
class Run:
    """A fork that runs tests with a mistake."""

    mistake: Mistake
    child: int
    end: float

    @classmethod
    def start(cls, root: Path, tests: Tests, mistake: Mistake, wanted: Iterable[str] | None, limit: float) -> "Run":
        """Start the tests (those named, or all); they have ``limit`` seconds."""
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            os._exit(_child(root, tests, mistake, wanted))
        return cls(mistake, child, time.monotonic() + limit)

    def result(self) -> str:
        """Return ``passed``, ``failed``, ``late`` or ``empty``; nothing while it runs."""
        done, status = os.waitpid(self.child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
            return "failed" if code < 0 else OUTCOMES.get(pytest.ExitCode(code), "broken")
        if time.monotonic() < self.end:
            return ""
        os.killpg(self.child, signal.SIGKILL)  # the fork and what it started
        os.waitpid(self.child, 0)
        return "late"


def _child(root: Path, tests: Tests, mistake: Mistake | None, wanted: Iterable[str] | None) -> int:
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)
    if mistake is not None:
        finder = _Mistaken(module_name(mistake.path), root / mistake.path, mistake.source)
        sys.meta_path.insert(0, finder)
    order = _Order(tests, frozenset(wanted) if wanted is not None else None)
    if wanted is not None:
        tests = Tests(sorted({each.partition("::")[0] for each in wanted}), tests.quick)
    return int(pytest.main(_options(tests), plugins=[order]))


def _options(tests: Tests) -> list[str]:
    base = Path(tempfile.mkdtemp(prefix="mutants-", dir="/tmp"))
    return [
        "-x",
        "-q",
        "-p",
        "no:cacheprovider",
        "--basetemp",
        str(base / "run"),
        "-p",
        "no:random_order",
        *tests.paths,
    ]


def coverage_of(root: Path, tests: Tests) -> tuple[bool, float, Covered]:
    """Run tests in a fork without a mistake; return whether all pass, the seconds, and which test runs which line."""
    folder = Path(tempfile.mkdtemp(prefix="mutants-", dir="/tmp"))
    begin = time.monotonic()
    child = os.fork()
    if child == 0:
        os._exit(_measured(root, tests, folder / "coverage", folder / "log"))
    _, status = os.waitpid(child, 0)
    seconds = time.monotonic() - begin
    passed = os.waitstatus_to_exitcode(status) == 0
    if not passed:
        sys.stderr.write((folder / "log").read_text(encoding="utf-8", errors="replace")[-4000:])
    return passed, seconds, _read_coverage(root, folder / "coverage")


def _measured(root: Path, tests: Tests, data: Path, log: Path) -> int:
    out = os.open(log, os.O_CREAT | os.O_WRONLY)
    os.dup2(out, 1)
    os.dup2(out, 2)
    meter = coverage.Coverage(data_file=str(data), source=[str(root / "geoapp")], config_file=False)
    meter.start()
    code = int(
        pytest.main([option for option in _options(tests) if option != "-x"], plugins=[_Order(tests, None, meter)])
    )
    meter.stop()
    meter.save()
    return code


def _read_coverage(root: Path, data: Path) -> Covered:
    read = coverage.CoverageData(str(data))
    read.read()
    found: dict[Path, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for file in read.measured_files():
        for line, contexts in read.contexts_by_lineno(file).items():
            found[Path(file).relative_to(root)][line] |= set(contexts)
    return {path: {line: frozenset(names) for line, names in lines.items()} for path, lines in found.items()}
