"""Whose turn it is, who is refused, and what is done once."""

import pytest

from geoapp.jobs.fair_queue import FairQueue, Full


def filled(queue: FairQueue, text: str) -> FairQueue:
    """Put a job for each letter: its client; jobs are named after their place, such as a0, a1, b2."""
    for place, client in enumerate(text):
        queue.put(client, f"{client}{place}", b"", f"ticket-{client}{place}")
    return queue


def order(queue: FairQueue) -> list[str]:
    """Take everything, and return the names in their order."""
    return [queue.take().key for _ in range(queue.waiting)]


def test_clients_take_turns_however_much_each_asks() -> None:
    assert order(filled(FairQueue(20), "aaaaabbc")) == ["a0", "b5", "c7", "a1", "b6", "a2", "a3", "a4"]


def test_a_client_that_comes_late_is_next_but_one() -> None:
    queue = filled(FairQueue(20), "aaaa")
    assert queue.take().key == "a0"
    queue.put("b", "b", b"")
    assert order(queue) == ["a1", "b", "a2", "a3"]


def test_the_place_that_is_told_is_the_one_it_gets() -> None:
    queue = filled(FairQueue(20), "aaabbc")
    told = {name: queue.before(f"ticket-{name}") for name in ("a0", "a1", "a2", "b3", "b4", "c5")}
    assert {name: order_ for order_, name in enumerate(order(queue))} == told
    assert queue.before("ticket-a0") == -1
    assert queue.before("never given") is None


def test_a_full_queue_refuses_the_one_that_waits_for_most() -> None:
    queue = filled(FairQueue(4), "aaaa")
    with pytest.raises(Full):
        queue.put("a", "one more", b"")
    last = queue.put("a", "a3", b"").done
    queue.put("b", "b", b"")
    assert isinstance(last.exception(0), Full)
    assert queue.waiting == 4
    assert order(queue) == ["a0", "b", "a1", "a2"]


def test_among_equals_the_newcomer_is_refused() -> None:
    queue = filled(FairQueue(4), "aabb")
    with pytest.raises(Full):
        queue.put("b", "b", b"")
    for client in "cd":  # they have nothing yet, the others two
        queue.put(client, client, b"")
    with pytest.raises(Full):  # now each has one
        queue.put("e", "e", b"")
    assert order(queue) == ["a0", "b2", "c", "d"]


def test_the_same_work_is_done_once_while_it_waits_and_while_it_is_worked_on() -> None:
    queue = FairQueue(4)
    first = queue.put("a", "same", b"x")
    assert queue.put("b", "same", b"x") is first
    assert queue.waiting == 1
    assert queue.take() is first
    assert queue.put("c", "same", b"x") is first
    assert (queue.waiting, queue.working) == (0, 1)
    queue.finish(first)
    assert queue.put("c", "same", b"x") is not first
