"""Pieces of work with a title, done one after the other beside what else starts, and shown with their seconds."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from rich.console import Console

from sql import warehouse

DATABASE_SECONDS = 300  # after that one that is silent is a broken set-up

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Step:
    """A piece of work with the title shown for it; it reports its progress in lines of text."""

    title: str
    work: Callable[[Progress], object]


class Screen:
    """Lines with the seconds since the start, readable on a terminal and in a log file."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.console = Console(highlight=False, soft_wrap=True)

    def say(self, line: str) -> None:
        """Print a line on stdout after the seconds since the start."""
        self.console.print(f"[dim]{time.monotonic() - self.started:6.1f} s[/dim]  {line}")

    def fail(self, message: str) -> None:
        """Print a message on stderr, in red on a terminal."""
        Console(stderr=True, highlight=False, soft_wrap=True).print(message, style="red", markup=False)


def patiently(work: Callable[[], object], screen: Screen) -> None:
    """Do a piece of work that begins by looking what is done already; anew where the database went away meanwhile.

    Raises NoWarehouse where it stays away.
    """
    gives_up = time.monotonic() + DATABASE_SECONDS
    while True:
        try:
            work()
            return
        except Exception as error:
            silence = warehouse.away(error)
            if silence is None:
                raise
            if time.monotonic() > gives_up:
                raise silence from error
            screen.say(f"    {silence} Trying again")
            time.sleep(2)


class Work:
    """Steps in a thread of their own: the main thread stays free for signals and for children that die."""

    def __init__(self, steps: Sequence[Step], screen: Screen) -> None:
        self.steps, self.screen = steps, screen
        self.error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def wait(self, check: Callable[[], None]) -> None:
        """Wait for the last step, and check again and again. Raises the error of a step, or what `check` raises."""
        while self.thread.is_alive():
            check()
            self.thread.join(0.2)
        if self.error:
            raise self.error

    def _run(self) -> None:
        try:
            for step in self.steps:
                started = time.monotonic()
                self.screen.say(f"{step.title} …")
                patiently(partial(step.work, self._progress()), self.screen)
                self.screen.say(f"{step.title}: {time.monotonic() - started:.1f} s")
        except BaseException as error:
            self.error = error

    def _progress(self) -> Progress:
        """Shows what a step says, at most every other second."""
        shown = time.monotonic()

        def progress(line: str) -> None:
            nonlocal shown
            if time.monotonic() - shown >= 2:
                self.screen.say(f"    {line}")
                shown = time.monotonic()

        return progress
