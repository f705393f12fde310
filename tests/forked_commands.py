"""Commands as processes of their own that have imported everything: they are forked from one that has.

`sala` of a folder that `forking` made is called like the real one. It hands its words, folder, environment and streams
to the process that forks, and ends with the status of the command. Importing cost most of what a short command takes.
"""

from __future__ import annotations

import gc
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sala.settings import REPOSITORY

CLIENT = """#!{python} -IS
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as forks:
    forks.connect({address!r})
    request = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)])
    socket.send_fds(forks, [request.encode() + b"\\n"], [0, 1, 2])
    sys.exit(int(forks.recv(16)))
"""


@contextmanager
def forking() -> Iterator[Path]:
    """A folder with the program `sala`, as long as the block takes."""
    with tempfile.TemporaryDirectory() as folder:
        program, address = Path(folder) / "sala", f"{folder}/socket"
        program.write_text(CLIENT.format(python=sys.executable, address=address))
        program.chmod(0o755)
        command = [sys.executable, "-m", "tests.forked_commands", address]
        with subprocess.Popen(
            command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdin
            assert process.stdout
            assert process.stdout.readline() == b"ready\n"
            yield Path(folder)
            process.stdin.close()  # at which it ends


def serve(address: str) -> None:
    """Fork a command for each who asks, until standard input ends."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        answers: list[int] = []
        print("ready", flush=True)
        while sys.stdin not in (ready := select.select([listener, sys.stdin], [], [])[0]):
            assert ready == [listener]
            asking, _ = listener.accept()
            if (answering := os.fork()) == 0:
                answer(asking)
            asking.close()
            answers.append(answering)
            answers = [each for each in answers if os.waitpid(each, os.WNOHANG) == (0, 0)]


def answer(asking: socket.socket) -> None:
    """Run the command in a fork of this process, which tells its status."""
    request, streams, _, _ = socket.recv_fds(asking, 1 << 16, 3)
    while not request.endswith(b"\n"):
        request += asking.recv(1 << 16)
    words, folder, environment = json.loads(request)
    if command := os.fork():
        for stream in streams:
            os.close(stream)
        asking.sendall(b"%d" % os.waitstatus_to_exitcode(os.waitpid(command, 0)[1]))
        os._exit(0)
    asking.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout = os.fdopen(0), os.fdopen(1, "w")
    sys.stderr = os.fdopen(2, "w", buffering=1)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    os._exit(run(words))  # without tidying up all that was imported


def run(words: list[str]) -> int:
    """The status with which the command ends, all that it printed written."""
    sys.argv = ["sala", *words]
    try:
        app(prog_name="sala")
        return 0
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    from sala.commands.app import app
    from validators.rules import suite

    suite.warm()
    gc.freeze()  # what is never looked at is never copied
    serve(sys.argv[1])
