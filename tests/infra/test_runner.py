"""The runner around the fixture service: queues, streams, schedules, the clock."""

import json
from datetime import datetime, timedelta

from tests.infra.conftest import Echo
from tests.infra.test_gateway import post, signed_form


def send(echo: Echo, *names: str) -> None:
    assert echo.send("PUT", f"/api/echo/messages/{','.join(names)}").status == 200


def change(echo: Echo, *names: str) -> None:
    assert echo.send("PUT", f"/api/echo/items/{','.join(names)}").status == 200


def test_a_message_and_a_fact_on_the_bus_reach_their_function_once(echo: Echo) -> None:
    send(echo, "m1", "bus:m2")
    echo.settle()
    assert [echo.times("queue#m1"), echo.times("queue#m2")] == [1, 1]


def test_a_failed_message_comes_again_alone_and_ends_as_a_dead_letter(echo: Echo) -> None:
    send(echo, "poison-q", "good-q")
    echo.settle()
    assert [echo.times("queue#poison-q"), echo.times("queue#good-q")] == [2, 1]
    assert any("poison-q" in letter for letter in echo.letters())


def test_a_fifo_group_keeps_its_order_and_its_failure_holds_only_itself(echo: Echo) -> None:
    send(echo, "g1:a1", "g1:a2", "g2:poison-b", "g2:b2", "g1:a3")
    echo.settle()
    order = echo.order("fifo#")
    assert [name for name in order if name.startswith("g1")] == ["g1:a1", "g1:a2", "g1:a3"]
    assert [name for name in order if name.startswith("g2")] == ["g2:poison-b", "g2:b2"]
    assert echo.times("fifo#g2:poison-b") == 2
    assert any(letter == "poison-b" for letter in echo.letters())


def test_changes_come_in_order_and_a_poisoned_one_is_set_apart(echo: Echo) -> None:
    change(echo, "s1", "s2", "crash-s", "s3", "poison-s", "s4")
    echo.settle()
    assert [name for name in echo.order("stream#") if name in {"s1", "s2", "s3", "s4"}] == ["s1", "s2", "s3", "s4"]
    given_up = [json.loads(letter) for letter in echo.letters() if "DDBStreamBatchInfo" in letter]
    assert [letter["DDBStreamBatchInfo"]["batchSize"] for letter in given_up] == [1, 1]
    assert {letter["requestContext"]["condition"] for letter in given_up} == {"RetryAttemptsExhausted"}


def test_an_upload_is_announced_with_the_portals_time(echo: Echo) -> None:
    form = signed_form(echo)
    assert post(echo, form, b"x" * 100).status == 204
    name = f"queue#{form['fields']['key']}"
    echo.wait(lambda: echo.times(name) == 1)
    stamped = next(datetime.fromisoformat(entry[3]) for entry in echo.seen() if entry[0] == name)
    assert abs(stamped - echo.cloud.clock.now()) < timedelta(seconds=10)


def test_a_fact_on_the_bus_carries_the_portals_time(echo: Echo) -> None:
    echo.send("POST", "/_local/clock", json.dumps({"advance_seconds": 3600}).encode())
    send(echo, "bus:told-late")
    echo.wait(lambda: echo.times("queue#told-late") == 1)
    stamped = next(datetime.fromisoformat(entry[3]) for entry in echo.seen() if entry[0] == "queue#told-late")
    assert abs(stamped - echo.cloud.clock.now()) < timedelta(seconds=10)


def test_moving_the_clock_fires_what_became_due_once(echo: Echo) -> None:
    echo.settle()
    before = len(echo.order("tick#"))
    echo.send("POST", "/_local/clock", json.dumps({"advance_seconds": 3600}).encode())
    echo.settle()
    assert len(echo.order("tick#")) == before + 1


def test_a_schedule_may_send_to_a_queue(echo: Echo) -> None:
    echo.settle()
    before = echo.times("queue#scheduled")
    echo.send("POST", "/_local/clock", json.dumps({"advance_seconds": 86_400}).encode())
    echo.wait(lambda: echo.times("queue#scheduled") == before + 1)
    echo.settle()
    assert echo.times("queue#scheduled") == before + 1


def test_a_queue_that_is_held_waits_and_is_not_waited_for(echo: Echo) -> None:
    name = "echo-on_message"
    assert echo.send("GET", "/_local/queues").json["held"][name] is False
    held = echo.send("POST", "/_local/queues", json.dumps({"hold": [name]}).encode()).json["held"]
    assert [each for each in held if held[each]] == [name]
    send(echo, "held")
    echo.settle()
    assert echo.times("queue#held") == 0
    assert echo.send("POST", "/_local/queues", b'{"hold": ["echo-nothing"]}').status == 422
    assert echo.send("POST", "/_local/queues", b"[]").status == 422
    assert not any(echo.send("POST", "/_local/queues", b'{"hold": []}').json["held"].values())
    echo.wait(lambda: echo.times("queue#held") == 1)


def test_the_clock_moves_to_an_instant_for_functions_and_pages(echo: Echo) -> None:
    instant = "2022-10-31T16:58:00+07:00"
    answer = echo.send("POST", "/_local/clock", json.dumps({"now": instant}).encode()).json
    wanted = datetime.fromisoformat(instant)
    assert abs(datetime.fromisoformat(answer["now"]) - wanted) < timedelta(seconds=5)
    seen = datetime.fromisoformat(echo.send("GET", "/api/echo/event/a").json["clock"])
    assert abs(seen - wanted) < timedelta(seconds=5)
    assert b"2022-10-31 16:58:0" in echo.send("GET", "/_local/").body


def test_the_clocks_page_takes_a_form_and_says_what_it_cannot_read(echo: Echo) -> None:
    assert echo.send("POST", "/_local/", b"advance=60").status == 303
    wrong = echo.send("POST", "/_local/", b"now=besok")
    assert (wrong.status, b'role="alert"' in wrong.body) == (422, True)
    assert echo.send("POST", "/_local/clock", b"{}").status == 422
