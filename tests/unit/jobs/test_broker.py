"""Real drawing processes behind a real broker: answers, errors, deaths, bounds, turns."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from geoapp.atlas import Atlas
from geoapp.errors import InvalidView, TooBusy, WorkEnded
from geoapp.jobs.beside import SOCKET, working
from geoapp.jobs.client import Asker, ByBroker
from geoapp.jobs.process import Place
from geoapp.settings import Settings
from geoapp.sheets.paper import Sheet
from tests.data import heavy_work as work

PLACES = 3
Ask = Callable[..., Any]


@pytest.fixture(scope="module")
def broker(world_folders: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ByBroker]:
    """One drawing process behind a queue of three places, with narrow bounds."""
    place = Place(build_dir=world_folders.build_dir, memory=700, held=300, seconds=20)
    with working(place, 1, PLACES, tmp_path_factory.mktemp("jobs")):
        yield ByBroker(os.environ[SOCKET], PLACES)


@pytest.fixture
def ask(broker: ByBroker, world_atlas: Atlas) -> Ask:
    """Have work done for a client, ``a`` unless it is said."""
    return lambda each, *args, client="a", ticket="": broker.ask(Asker(client, ticket), each, world_atlas, *args)


def broker_pid(drawing: int) -> int:
    """Return the parent of a drawing process."""
    fields = Path(f"/proc/{drawing}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[1])


def ended(process: int) -> bool:
    """Say whether a process has ended, also one whose parent has not looked yet."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; the test's own limit of time ends what never does."""
    while not holds():
        time.sleep(0.01)


def test_it_draws_what_the_atlas_draws(ask: Ask, world_atlas: Atlas) -> None:
    view = world_atlas.view([])
    assert ask(Atlas.snapshot, view, Sheet()) == world_atlas.snapshot(view, Sheet())


def test_it_works_elsewhere_and_gives_way(ask: Ask) -> None:
    drawing = ask(work.who)
    assert drawing != os.getpid()
    niceness = int(Path(f"/proc/{drawing}/stat").read_text().rsplit(")", 1)[1].split()[16])
    assert niceness > os.getpriority(os.PRIO_PROCESS, 0) or niceness == 19


def test_refusals_come_back_whole(ask: Ask) -> None:
    with pytest.raises(InvalidView, match="is too small") as caught:
        ask(work.refuse)
    assert [(each.where, each.hint) for each in caught.value.issues] == [("width", "take 400 or more")]


def test_a_mistake_is_told_with_its_place_and_ends_nothing(ask: Ask) -> None:
    before = ask(work.who)
    with pytest.raises(RuntimeError, match=r"heavy_work.py(.|\n)*a mistake"):
        ask(work.fail)
    assert ask(work.who) == before


def test_a_process_that_dies_hurts_one_request(ask: Ask) -> None:
    before = ask(work.who)
    with pytest.raises(WorkEnded, match="more memory or time than one request may take") as caught:
        ask(work.die)
    assert caught.value.retry_after > 0
    assert ask(work.who) != before


def test_a_process_killed_while_it_waits_hurts_none(ask: Ask) -> None:
    before = ask(work.who)
    os.kill(before, signal.SIGKILL)
    until(lambda: ended(before))
    assert ask(work.who) != before


def test_memory_beyond_the_bound_hurts_one_request(ask: Ask) -> None:
    assert ask(work.eat, 50) == 1
    with pytest.raises(WorkEnded):
        ask(work.eat, 2000)
    assert ask(work.eat, 50) == 1


def test_a_process_that_holds_much_is_followed_by_a_new_one(ask: Ask) -> None:
    first = ask(work.hold, 10)
    assert ask(work.hold, 290) == first  # it still answers
    assert ask(work.who) != first


def test_clients_take_turns_and_one_more_than_may_wait_is_refused(ask: Ask, broker: ByBroker, tmp_path: Path) -> None:
    with ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(ask, work.leave_mark, tmp_path, "0", ticket="ticket-0")]
        until((tmp_path / "order").exists)
        for number, client in enumerate("aab", 1):
            asked.append(
                pool.submit(ask, work.leave_mark, tmp_path, str(number), client=client, ticket=f"ticket-{number}")
            )
            until(lambda: broker.state("")["waiting"] == len(asked) - 1)
        assert [broker.state(f"ticket-{each}")["before"] for each in range(4)] == [-1, 0, 2, 1]
        with pytest.raises(TooBusy) as caught:
            ask(work.leave_mark, tmp_path, "4", client="a")
        assert caught.value.retry_after >= 1
        (tmp_path / "go").touch()
        assert [each.result() for each in asked] == ["0", "1", "2", "3"]
    assert (tmp_path / "order").read_text() == "0132"
    assert broker.state("ticket-0") == {"before": None, "waiting": 0, "working": 0}


def test_the_same_work_asked_by_many_is_done_once(ask: Ask, tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask, work.leave_mark, tmp_path, "x", client=str(each)) for each in range(8)]
        until((tmp_path / "order").exists)
        # all others have found it before it may end
        until(lambda: sum(thread.name.startswith("ThreadPool") for thread in threading.enumerate()) == 8)
        (tmp_path / "go").touch()
        assert {each.result() for each in asked} == {"x"}
    assert set((tmp_path / "order").read_text()) == {"x"}


def test_a_broker_that_dies_is_started_again(ask: Ask) -> None:
    drawing = ask(work.who)
    os.kill(broker_pid(drawing), signal.SIGKILL)
    until(lambda: not Path(f"/proc/{drawing}").exists())  # it ends with its broker
    assert ask(work.who) != drawing


def test_what_never_ends_is_ended(world_folders: Settings, world_atlas: Atlas, tmp_path: Path) -> None:
    with working(Place(build_dir=world_folders.build_dir, seconds=0.5), 1, PLACES, tmp_path):
        broker = ByBroker(os.environ[SOCKET], PLACES)
        with pytest.raises(WorkEnded):
            broker.ask(Asker("a"), work.go_on, world_atlas)
