"""Heavy work over HTTP: a full queue, a process that dies, and how far one's own work is."""

import http.client
import os
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
import pytest
from flask.testing import FlaskClient

from geoapp.settings import Settings
from tests.conftest import Server
from tests.data.drawing_process import drawing, kill_at_work, ticks
from tests.data.world import JIA
from tests.data.world_folders import WorldFolders

rounds = count(100)
"""No picture is asked for twice: it would come from the cache."""
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture(scope="module")
def server(world_folders: WorldFolders) -> Iterator[Server]:
    """A server of the world, with one drawing process and room for one request that waits."""
    one = {
        "GEOAPP_DRAWING": "1",
        "GEOAPP_DRAWING_QUEUE": "1",
        "GEOAPP_DRAWING_MEMORY": "512",
        "GEOAPP_LAYERS_DIR": str(world_folders.layers),
    }
    with Server(world_folders.build_dir, **one) as running:
        assert ask(running, "/view.png?title=first")[0] == 200  # the process has started
        yield running


def ask(server: Server, path: str, ticket: str = "", client: str = "127.0.0.1", **headers: str) -> Answer:
    """Ask from an address of this machine."""
    home = urlsplit(server.url).netloc
    with closing(http.client.HTTPConnection(home, timeout=120, source_address=(client, 0))) as line:
        line.request("GET", path, headers={"X-Ticket": ticket, **headers})
        with line.getresponse() as reply:
            return reply.status, {name.lower(): text for name, text in reply.getheaders()}, reply.read()


def state(server: Server, ticket: str) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(ask(server, f"/queue.json?ticket={ticket}")[2])
    return found


@contextmanager
def asked_while_held(server: Server) -> Iterator[list["Future[Answer]"]]:
    """Yield two requests that are under way: one is worked on by a process that was stopped, one waits."""
    held = drawing(server)
    os.kill(held, signal.SIGSTOP)
    with ThreadPoolExecutor(2) as pool:
        try:
            asked = []
            for number, before in enumerate((-1, 0)):
                ticket = f"ticket-{number}-{next(rounds)}"
                path = f"/view.png?title={ticket}"
                asked.append(pool.submit(ask, server, path, ticket, f"127.0.0.{2 + number}"))
                while state(server, ticket)["before"] != before:
                    time.sleep(0.02)
            yield asked
        finally:
            with suppress(ProcessLookupError):
                os.kill(held, signal.SIGCONT)


def test_a_full_queue_says_when_to_come_back_and_all_else_is_answered(server: Server) -> None:
    with asked_while_held(server) as asked:
        status, headers, body = ask(server, "/view.docx?title=one+more")
        assert (status, int(headers["retry-after"]) >= 1) == (503, True)
        assert orjson.loads(body)["type"] == "/problems/too-busy"
        for path in ("/", "/view.json", "/ogc/collections/counties/items?limit=1", "/search.json?q=a", "/healthz"):
            assert ask(server, path)[0] == 200
    assert [each.result()[0] for each in asked] == [200, 200]


def test_people_read_a_sentence_in_their_language(server: Server) -> None:
    with asked_while_held(server):
        for lang, sentence in (("zh", "名额已经用完；其他页面不受影响。"), ("en", "all places are taken")):
            status, headers, body = ask(server, f"/screen?region={JIA}&near=parks&near_max=9&lang={lang}")
            assert (status, sentence in body.decode()) == (503, True)
            assert int(headers["retry-after"]) >= 1


def test_a_process_killed_before_it_began_hurts_no_request(server: Server) -> None:
    with asked_while_held(server) as asked:
        os.kill(drawing(server), signal.SIGKILL)
    assert [each.result()[0] for each in asked] == [200, 200]


def test_a_process_that_dies_at_work_hurts_that_request_alone(server: Server) -> None:
    process = drawing(server)
    before = ticks(process)
    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask, server, "/view.png?paper=a3&dpi=600")
        kill_at_work(process, before)
        status, headers, body = asked.result()
    assert (status, headers["retry-after"]) == (503, "5")
    problem = orjson.loads(body)
    assert problem["type"] == "/problems/work-ended"
    assert "more memory or time than one request may take" in problem["detail"]
    assert ask(server, problem["type"])[0] == 200
    assert ask(server, "/view.png?paper=a4")[0] == 200


def test_nobody_knows_a_ticket_that_was_never_given(server: Server, client: FlaskClient) -> None:
    assert state(server, "never-given") == {"before": None, "waiting": 0, "working": 0}
    reply = client.get("/queue.json")
    assert (reply.json, reply.headers["Cache-Control"]) == ({"before": None, "waiting": 0, "working": 0}, "no-store")
    assert client.get("/queue.json?tickets=1").status_code == 400


def test_processes_end_with_their_server(settings: Settings, atlas: object) -> None:
    with Server(settings.build_dir, GEOAPP_DRAWING="1") as running:
        assert ask(running, "/view.png")[0] == 200
        process = drawing(running)
        assert running.process is not None
        log = running.stop()
    while Path(f"/proc/{process}").exists() and not re.search(r"\) Z ", Path(f"/proc/{process}/stat").read_text()):
        time.sleep(0.02)
    assert log == ""
