"""Children end when we end, whatever ends us."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from sala.errors import Unavailable
from sala.runtime.processes import Children

# A parent of its own: starts a child that forks, and one that wants to stay, then waits to be ended.
PARENT = """
import sys, time
from pathlib import Path
from sala.runtime.processes import Children
children = Children(Path(sys.argv[1]))
children.start("forking", ["sh", "-c", "sleep 1000 & sleep 1000"], {"PATH": "/usr/bin:/bin"})
children.start("plain", ["sleep", "1000"], {"PATH": "/usr/bin:/bin"})
print("started", flush=True)
time.sleep(1000)
"""


def within(seconds: float, true: Callable[[], bool]) -> bool:
    ends = time.monotonic() + seconds
    while not true() and time.monotonic() < ends:
        time.sleep(0.05)
    return true()


def test_killing_the_parent_alone_ends_its_children(tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT, str(tmp_path)], stdout=subprocess.PIPE, start_new_session=True
    )
    assert parent.stdout
    assert parent.stdout.readline() == b"started\n"
    children = psutil.Process(parent.pid).children()
    assert len(children) == 2
    parent.kill()
    parent.wait()
    assert within(60, lambda: not any(child.is_running() for child in children))
    os.killpg(parent.pid, signal.SIGKILL)  # the fork that its shell left, which no supervisor could end


def test_stop_ends_forks_of_forks(tmp_path: Path) -> None:
    children = Children(tmp_path)
    children.start("forking", ["sh", "-c", "trap '' TERM; sleep 1000 & exit 0"], os.environ)
    forking = children.running[0].process
    forking.wait(5)
    family = psutil.Process().children(recursive=True)
    assert [process.name() for process in family if process.name() == "sleep"] == ["sleep"]
    children.stop()
    assert not any(process.is_running() for process in family)


def checked_until(children: Children, true: Callable[[], bool], seconds: float = 120) -> bool:
    def looked() -> bool:
        children.check()
        return true()

    return within(seconds, looked)


def test_a_child_that_never_comes_up_is_reported_with_its_last_words(tmp_path: Path) -> None:
    children = Children(tmp_path)
    script = f"echo >>{tmp_path}/starts; for line in $(seq 1 60); do echo line $line; done; exit 3"
    children.start("talker", ["sh", "-c", script], os.environ)
    with pytest.raises(Unavailable) as died:
        checked_until(children, lambda: False)
    message = str(died.value)
    assert "talker ended by itself (exit status 3)" in message
    assert str(tmp_path / "talker.log") in message
    assert message.endswith("line 59\nline 60")
    assert "line 20\n" not in message
    assert len((tmp_path / "starts").read_text().splitlines()) == 4
    children.stop()


def test_a_child_that_is_killed_is_started_again_and_what_it_forked_ends(tmp_path: Path) -> None:
    heard: list[str] = []
    children = Children(tmp_path, say=heard.append)
    child = children.start("forking", ["sh", "-c", "sleep 1000 & wait"], os.environ)
    first = child.process
    assert within(60, lambda: bool(psutil.Process(first.pid).children()))
    forked = psutil.Process(first.pid).children()
    first.kill()
    assert checked_until(children, lambda: child.process is not first)
    assert not any(process.is_running() for process in forked)
    assert heard == ["forking ended (killed by SIGKILL); it is started again"]
    children.stop()


def test_a_death_proves_nothing_while_what_all_need_is_away(tmp_path: Path) -> None:
    there = False
    children = Children(tmp_path, ready=lambda: there)
    child = children.start("needy", ["sh", "-c", "exit 1"], os.environ)
    first = child.process
    assert not checked_until(children, lambda: child.process is not first, seconds=1.5)
    there = True
    assert checked_until(children, lambda: child.process is not first)
    children.stop()


def test_a_child_that_is_meant_to_end_may(tmp_path: Path) -> None:
    children = Children(tmp_path)
    child = children.start("brief", ["true"], os.environ)
    child.process.wait(5)
    assert children.finished(child)
    children.check()
    failing = children.start("failing", ["false"], os.environ)
    failing.process.wait(5)
    with pytest.raises(Unavailable, match="failing ended by itself"):
        children.finished(failing)
    children.stop()


def test_the_log_of_the_time_before_is_kept(tmp_path: Path) -> None:
    for words in ("first", "second", "third"):
        children = Children(tmp_path)
        children.start("speaker", ["echo", words], os.environ).process.wait(5)
        children.stop()
    assert (tmp_path / "speaker.log").read_text() == "third\n"
    assert (tmp_path / "speaker.log.1").read_text() == "second\n"
