"""The secret of an installation, as processes that start at the same moment make it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sala.errors import Unavailable
from sala.secret import key
from transforms.intake import keys


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


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A home and a folder of keys elsewhere."""
    home, folder = tmp_path / "home", tmp_path / "keys"
    monkeypatch.setenv("SALA_HOME", str(home))
    monkeypatch.setenv("SALA_KEYS", str(folder))
    for variable in ("SALA_SECRET", "SALA_RAW_KEY", "SALA_PSEUDONYM_KEY"):
        monkeypatch.delenv(variable, raising=False)
    return home, folder


def test_a_home_holds_no_key_where_they_have_a_folder_of_their_own(apart: tuple[Path, Path]) -> None:
    home, folder = apart
    made = key("test"), keys.newest("raw"), keys.newest("pseudonym")
    assert sorted(file.name for file in folder.iterdir()) == ["pseudonym-1", "raw-1", "secret"]
    assert {file.stat().st_mode & 0o077 for file in (folder, *folder.iterdir())} == {0}
    assert not home.exists()
    assert made == (key("test"), keys.newest("raw"), keys.newest("pseudonym"))


def test_no_key_is_made_anew_while_the_old_one_lies_in_the_home(
    apart: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    home, folder = apart
    monkeypatch.delenv("SALA_KEYS")
    made = key("test"), keys.newest("raw"), keys.newest("pseudonym")
    monkeypatch.setenv("SALA_KEYS", str(folder))
    with pytest.raises(Unavailable, match=f"Move it to {folder}/secret"):
        key("test")
    for purpose in ("raw", "pseudonym"):
        with pytest.raises(Unavailable, match=f"Move it to {folder}/{purpose}-1"):
            keys.newest(purpose)
    assert not folder.exists()
    (home / "keys").rename(folder)
    (home / "secret").rename(folder / "secret")
    assert made == (key("test"), keys.newest("raw"), keys.newest("pseudonym"))
