"""First come, first served: nobody who waits is overtaken."""

import threading
import time

from models.turnstile import Turnstile


def test_who_came_first_goes_first():
    turnstile, order = Turnstile(1), []

    def go(name: str) -> None:
        turnstile.enter(seconds=60)
        order.append(name)
        turnstile.leave()

    assert turnstile.enter(seconds=0)
    threads = []
    for name in "abcdef":
        threads.append(threading.Thread(target=go, args=(name,)))
        threads[-1].start()
        while len(turnstile._waiting) < len(threads):
            time.sleep(0.001)
    turnstile.leave()
    for thread in threads:
        thread.join()
    assert order == list("abcdef")


def test_who_waited_too_long_gives_up_and_stands_in_nobodys_way():
    turnstile = Turnstile(1)
    assert turnstile.enter(seconds=0)
    assert not turnstile.enter(seconds=0.01)
    turnstile.leave()
    assert turnstile.enter(seconds=0)


def test_as_many_as_there_are_places_go_in_and_as_many_as_may_wait_wait():
    turnstile = Turnstile(2, queue=0)
    assert turnstile.enter(seconds=0)
    assert turnstile.enter(seconds=0)
    assert not turnstile.enter(seconds=60), "told at once"
    turnstile.leave()
    assert turnstile.enter(seconds=0)
