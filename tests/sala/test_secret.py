"""The secret of an installation, as processes that start at the same moment make it."""

import os
import subprocess
import sys
from pathlib import Path


def test_processes_that_start_together_make_one_secret(tmp_path: Path) -> None:
    home = tmp_path / "home"
    command = [sys.executable, "-c", "from sala.secret import key; print(key('test').hex())"]
    environment = {**os.environ, "SALA_HOME": str(home), "SALA_SECRET": ""}
    together = [
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(8)
    ]
    printed = [process.communicate(timeout=60) for process in together]
    assert [errors for _, errors in printed] == [""] * 8
    assert len({key for key, _ in printed}) == 1
    assert [file.name for file in home.iterdir()] == ["secret"]
