"""The drawing processes: each is a pool of one, so that one that dies takes no other's work with it."""

import multiprocessing
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress

from geoapp.jobs.fair_queue import FairQueue, Job
from geoapp.jobs.process import Place, prepare, run, start

PROCESSES = multiprocessing.get_context("spawn")
"""New interpreters: a fork of the broker would take the locks of its threads along."""
Answer = tuple[str, bytes]
"""How a job ended (an ``Outcome``, or ``died``), and the pickled answer or error."""


class Slot(threading.Thread):
    """Takes one job after the other from the queue, and has a process work on it."""

    def __init__(self, queue: FairQueue, place: Place) -> None:
        super().__init__(daemon=True, name="slot")
        self._queue, self._place = queue, place
        self._begun = PROCESSES.RawValue("Q", 0)
        self.seconds = 1.0
        """What a job took of late, on average."""

    def run(self) -> None:
        """Work for ever."""
        self._begin()
        while True:
            job = self._queue.take()
            since = time.monotonic()
            answer, good = self._work(job)
            self.seconds += (time.monotonic() - since - self.seconds) / 8
            self._queue.finish(job)
            job.done.set_result(answer)
            if not good:
                self._pool.shutdown(wait=False)
                self._begin()

    def _work(self, job: Job, *, again: bool = False) -> tuple[Answer, bool]:
        """Return the answer, and whether the process is fit for another job."""
        before = self._begun.value
        try:
            ended, answer, held = self._pool.submit(run, self._place, job.payload).result()
        except (BrokenProcessPool, OSError):  # the system has no room for a process, say
            if self._begun.value > before or again:
                return ("died", b""), False
            self._begin()  # it ended as it waited for work: not this job's fault
            return self._work(job, again=True)
        return (ended, answer), held <= self._place.held and ended != "memory"

    def _begin(self) -> None:
        """Start a process and let it open the atlas; where it cannot, the jobs say why."""
        self._pool = ProcessPoolExecutor(
            1, mp_context=PROCESSES, initializer=start, initargs=(self._place, self._begun)
        )
        with suppress(Exception):
            self._pool.submit(prepare, self._place).result()
