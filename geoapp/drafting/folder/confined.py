"""Drafts one document in a process of its own, with limits of memory and time: no document can hurt the server.

Started by the web as ``python -m geoapp.drafting.folder.confined JOB`` where ``JOB`` is a folder with
``job.json``. What becomes of it stands in ``status.json``, which is written anew at each step.
"""

import json
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path
from typing import Any

from geoapp.boundaries.gazetteer import Gazetteer, read_aliases
from geoapp.boundaries.regions_cache import kept_regions
from geoapp.drafting.folder.make import make_draft
from geoapp.drafting.vocabulary import read_points, read_terms
from geoapp.errors import GeoappError

MEMORY = 3 * 1024**3
"""Bytes of address space; a plan of 500 pages takes a sixth of it."""
SECONDS = 600
STATUS, JOB = "status.json", "job.json"
STEPS = {"waiting": 0.05, "reading": 0.3, "drafting": 0.6, "writing": 0.9, "done": 1.0, "failed": 1.0}


@dataclass(frozen=True, slots=True)
class Status:
    """Where a job stands: a step of :data:`STEPS`, a sentence, and the share done."""

    step: str
    message: str

    @property
    def share(self) -> float:
        """The part of the work that is done, 0 to 1."""
        return STEPS.get(self.step, 0.0)

    @property
    def ended(self) -> bool:
        """Say whether nothing more will happen."""
        return self.step in ("done", "failed")


def read_status(job: Path) -> Status:
    """Return where a job stands; one whose process died without a word has failed."""
    try:
        raw = json.loads((job / STATUS).read_text(encoding="utf-8"))
        return Status(raw["step"], raw["message"])
    except (OSError, ValueError, KeyError):
        return Status("waiting", "")


def write_status(job: Path, step: str, message: str = "") -> None:
    """Write where a job stands."""
    part = job / f"{STATUS}.part"
    part.write_text(json.dumps({"step": step, "message": message}, ensure_ascii=False), encoding="utf-8")
    part.replace(job / STATUS)


def run(job: Path) -> None:
    """Draft what ``job.json`` asks for; every end is written down."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
    signal.signal(signal.SIGALRM, _too_long)
    signal.signal(signal.SIGXCPU, _too_long)
    try:
        with _alone(job.parent):
            signal.alarm(SECONDS)
            _draft(job, json.loads((job / JOB).read_text(encoding="utf-8")))
    except GeoappError as error:
        write_status(job, "failed", str(error))
    except MemoryError:
        write_status(job, "failed", "内存不够：请拆成几个文件，或只留规划正文")
    except TimeoutError:
        write_status(job, "failed", "超过 10 分钟：请拆成几个文件，或只留规划正文")
    except Exception as error:  # whatever a damaged document breaks, its reader is told and the server lives
        write_status(job, "failed", f"文件读不出来（{type(error).__name__}）：请另存为 .docx 或 .pdf 再试")
        raise


def _too_long(number: int, frame: object) -> None:
    raise TimeoutError


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other document is being drafted: one at a time leaves the server its cores."""
    with (folder / ".lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


def _draft(job: Path, asked: dict[str, Any]) -> None:
    steps = {"drafting": "drafting", "writing the review": "writing"}
    layers = Path(asked["layers"])
    regions = kept_regions(Path(asked["shapes"])) or []
    gazetteer = Gazetteer(regions, read_aliases(Path(asked["aliases"])))
    documents = sorted((job / "documents").iterdir())
    make_draft(
        documents,
        job,
        gazetteer,
        read_terms(layers),
        read_points(layers),
        region=asked["region"],
        plan=asked["plan"],
        progress=lambda text: write_status(job, steps.get(text, "reading")),
    )
    write_status(job, "done")


if __name__ == "__main__":
    run(Path(sys.argv[1]))
