"""`make` sets itself up, or says what is missing."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(REPOSITORY / name, tmp_path)
    return tmp_path


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", "-C", str(folder), *arguments], capture_output=True, text=True)


def python_that(folder: Path, script: str) -> str:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return f"PYTHON={path}"


def test_help_names_every_command(checkout: Path) -> None:
    done = make(checkout, "help")
    for command in ("run", "test", "check", "bench", "attack", "advisories", "lock"):
        assert f"make {command} " in done.stdout


def test_a_python_of_another_age_is_refused(checkout: Path) -> None:
    done = make(checkout, "run", python_that(checkout, "exit 1"))
    assert done.returncode != 0
    assert "Sala needs Python 3.11, 3.12 or 3.13" in done.stderr
    assert "make PYTHON=" in done.stderr


def test_a_python_without_venv_is_told_what_to_install(checkout: Path) -> None:
    done = make(checkout, "run", python_that(checkout, 'case "$2" in *ensurepip*) exit 1;; esac'))
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stderr


def test_the_lock_is_hashed_and_names_no_address() -> None:
    lock = (REPOSITORY / "requirements.lock").read_text()
    packages = re.findall(
        r"^[a-z0-9-]+(?:\[[a-z0-9,-]+\])?==.*?(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL
    )
    assert len(packages) > 200
    assert all("--hash=sha256:" in package for package in packages)
    assert "://" not in lock
    assert any(package.startswith("uv==") for package in packages)
