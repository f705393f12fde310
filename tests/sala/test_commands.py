"""Every command as a process of its own, where nothing runs: it works, or says in a line what is missing.

The commands are found by walking the application, so a new one is tested as soon as it is there.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import typer
from pysdmx.io import read_sdmx
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from sala.commands.app import app
from sala.commands.explained import explained as refusals_of
from sala.runtime import embedded_postgres
from tests.countries import tiny
from tests.sala.conftest import running

PROGRAMS = Path(sys.executable).parent
FILE = "period,area_code,scheme,sex,age_group,beneficiaries\n2026-10,01.01,grant,F,young,7\n"

# What is given for a parameter that a command cannot do without.
VALUES = {
    "account": "somebody",
    "area": "01",
    "because": "a test",
    "check": "completeness",
    "dataset": "scheme_returns",
    "file": "returns.csv",
    "files": "returns.csv",
    "folder": "country",
    "path": "released",
    "name": "somebody",
    "number": "1",
    "other": "02",
    "out": "out.pdf",
    "period": "2026-10",
    "receipt": "ABCD-EFGH-2345",
    "role": "officer",
}
# Further words.
MORE = {
    "airflow": ["version"],
    "indicators": ["--period", "2031-01"],
    "sheets": ["--period", "2031-01"],
}

# Exit status of each command in a warehouse that was migrated and then stopped, where it is not 0.
REFUSED = {
    "backup": 1,  # the folder is there
    "confirm": 1,  # no such receipt
    "indicators": 1,  # nothing published for that month
    "join": 1,  # no such receipt
    "original": 1,
    **dict.fromkeys(  # the country has no public tables, and there is no release
        [
            f"release {act}"
            for act in ["draft", "show", "answer", "approve", "publish", "withdraw", "export", "verify"]
        ],
        1,
    ),
    "restore": 1,  # no backup
    "residence decide": 1,  # no list names anybody in two areas
    "sheets": 1,  # nothing published for that month
    "retry": 2,  # neither a receipt nor --all
    "run": 1,  # the port is taken
    "token add": 1,  # no such account
    "token list": 1,
    "token revoke": 1,
    "user add": 1,  # the country declares no roles
    "user disable": 1,
    "user password": 1,
    "user reset-second-factor": 1,  # no such account
    "withdraw": 1,
}
WITHOUT_A_WAREHOUSE = {
    "airflow",
    "check",
    "country check",
    "docs",
    "migrate",
    "release verify",
    "restore",
    "run",
    "settings",
    "template",
}


@pytest.fixture(scope="module", autouse=True)
def quick_start(programs: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
        yield


def commands(group: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*words, name))
        else:
            yield " ".join((*words, name)), command


ALL = dict(commands(typer.main.get_command(app)))


def arguments(name: str) -> list[str]:
    """The command with the least that it asks for."""
    given: list[str] = []
    for parameter in ALL[name].params:
        if parameter.required:
            option = [parameter.opts[0]] if parameter.param_type_name == "option" else []
            given += [*option, VALUES[parameter.name]]
    return [*name.split(), *given, *MORE.get(name, [])]


def sala(home: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder that `folder` made. The dashboard's port is taken."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("SALA_")}
    ours = {"SALA_HOME": str(home / "home"), "SALA_COUNTRY": str(home / "country")}
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        ours["SALA_PORT"] = str(taken.getsockname()[1])
        return subprocess.run(
            ["sala", *words],
            cwd=home,
            env=inherited | ours | environment,
            capture_output=True,
            text=True,
            timeout=300,
        )


def explained(done: subprocess.CompletedProcess[str], status: int) -> str:
    """The one line with which a command refused."""
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    assert done.returncode == status, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def folder() -> Path:
    made = Path(tempfile.mkdtemp())
    made.chmod(0o755)
    tiny.write(made / "country")
    (made / "returns.csv").write_text(FILE)
    return made


def erase(made: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SALA_HOME", str(made / "home"))
        embedded_postgres.erase()
    shutil.rmtree(made)


@pytest.fixture
def nothing() -> Iterator[Path]:
    """A folder with a country and a file; its home does not exist yet."""
    made = folder()
    yield made
    erase(made)


@pytest.fixture(scope="module")
def stopped() -> Iterator[Path]:
    """The same after `sala migrate`."""
    made = folder()
    done = sala(made, "migrate")
    assert done.returncode == 0, done.stderr
    assert running(made / "home") == []
    yield made
    erase(made)


@pytest.mark.parametrize("name", ALL)
def test_a_command_works_while_nothing_runs(name: str, stopped: Path) -> None:
    done = sala(stopped, *arguments(name))
    if status := REFUSED.get(name, 0):
        explained(done, status)
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    assert done.returncode == status, done.stdout + done.stderr
    assert running(stopped / "home") == []  # what it started it has stopped


@pytest.mark.parametrize("name", sorted(set(ALL) - WITHOUT_A_WAREHOUSE))
def test_a_command_says_that_there_is_no_warehouse(name: str, nothing: Path) -> None:
    assert "There is no database yet" in explained(sala(nothing, *arguments(name)), 1)
    assert not (nothing / "home").exists()


@pytest.mark.parametrize("name", ["check", "country check", "docs", "template"])
def test_a_command_that_needs_no_warehouse(name: str, nothing: Path) -> None:
    done = sala(nothing, *arguments(name))
    assert (done.returncode, done.stderr) == (0, "")
    assert not (nothing / "home").exists()


def test_two_commands_at_once_and_none_stops_the_others_server(stopped: Path) -> None:
    with ThreadPoolExecutor() as pool:
        both = list(pool.map(lambda words: sala(stopped, *words), [["status"], ["audit", "verify"]]))
    assert [done.returncode for done in both] == [0, 0], [done.stderr for done in both]
    assert running(stopped / "home") == []


def test_a_server_that_runs_is_adopted_and_goes_on(stopped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALA_HOME", str(stopped / "home"))
    with embedded_postgres.borrowed() as server:  # as `sala run` does
        assert sala(stopped, "status").returncode == 0
        assert embedded_postgres.start() == server
    assert running(stopped / "home") != []  # started to stay
    assert sala(stopped, "status").returncode == 0
    assert running(stopped / "home") != []
    embedded_postgres.stop()


def test_no_command_ends_in_a_traceback_where_the_country_folder_is_broken(
    stopped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(stopped / "country", stopped / "broken", dirs_exist_ok=True)
    (stopped / "broken" / "schemes.yaml").write_text("- id: [")
    monkeypatch.setenv("SALA_HOME", str(stopped / "home"))
    names = sorted(set(ALL) - {"airflow", "run"})
    with embedded_postgres.borrowed(), ThreadPoolExecutor(2) as pool:
        ended = pool.map(
            lambda name: sala(stopped, *arguments(name), SALA_COUNTRY=str(stopped / "broken")), names
        )
        for name, done in zip(names, ended, strict=True):
            assert "Traceback" not in done.stdout + done.stderr, f"{name}: {done.stderr}"
            assert "not yours" not in done.stderr, f"{name}: {done.stderr}"
    checked = sala(stopped, "check", "returns.csv", SALA_COUNTRY=str(stopped / "broken"))
    folder, fault = checked.stderr.splitlines()  # and nothing of what names the schemes
    assert (checked.returncode, folder) == (1, f"{stopped / 'broken'} cannot be used:")
    assert "schemes.yaml:1: is not YAML" in fault


def test_a_warehouse_of_another_version_is_named(nothing: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALA_HOME", str(nothing / "home"))
    embedded_postgres.start()
    assert "Run `sala migrate` first" in explained(sala(nothing, "status"), 1)


def test_a_server_that_does_not_answer_is_named_without_its_password(nothing: Path) -> None:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}/sala"
    line = explained(
        sala(nothing, "status", SALA_DATABASE_URL=f"postgresql+psycopg2://sala:hidden@{place}"), 1
    )
    assert place in line
    assert "hidden" not in line


@pytest.mark.parametrize(
    "url", ["nonsense", "sqlite:////tmp/none.db", "postgres://sala:hidden@127.0.0.1/sala"]
)
def test_a_url_of_no_postgres_is_named_without_its_password(url: str, nothing: Path) -> None:
    line = explained(sala(nothing, "status", SALA_DATABASE_URL=url), 1)
    assert "postgresql+psycopg2://USER:PASSWORD@HOST" in line
    assert "hidden" not in line


def test_a_server_that_stops_meanwhile_or_refuses_is_named(
    monkeypatch: pytest.MonkeyPatch, stopped: Path
) -> None:
    monkeypatch.setenv("SALA_HOME", str(stopped / "home"))
    with embedded_postgres.borrowed() as server:
        line = explained(sala(stopped, "user", "disable", "somebody", SALA_DATABASE_URL=server.app_url), 1)
        assert "will not do this: permission denied" in line
        engine = create_engine(server.url)
        try:
            with pytest.raises(DBAPIError) as lost, engine.connect() as connection:
                connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        finally:
            engine.dispose()
    assert [refusal.key for refusal in refusals_of(lost.value)] == ["database_lost"]


def test_who_waits_hears_that_nobody_works(stopped: Path) -> None:
    (stopped / "later.csv").write_text(FILE.replace("2026-10", "2026-09"))
    done = sala(stopped, "submit", "later.csv", "--wait")
    assert done.returncode == 1
    assert "nothing that takes files in is running" in done.stderr


def test_a_backup_comes_back_where_nothing_runs(stopped: Path) -> None:
    assert sala(stopped, "backup", "copy").returncode == 0
    assert "add --replace" in explained(sala(stopped, "restore", "copy"), 1)
    done = sala(stopped, "restore", "copy", "--replace")
    assert (done.returncode, done.stderr) == (0, "")
    assert "every link holds" in done.stdout
    assert running(stopped / "home") == []
    assert sala(stopped, "audit", "verify").returncode == 0


def test_a_country_is_not_mixed_with_another(stopped: Path) -> None:
    shutil.copytree(stopped / "country", stopped / "other", dirs_exist_ok=True)
    for file in ("country.yaml", "areas.csv"):
        declared = (stopped / "other" / file).read_text()
        (stopped / "other" / file).write_text(declared.replace("XY", "XZ"))
    for command in ("status", "migrate"):
        line = explained(sala(stopped, command, SALA_COUNTRY=str(stopped / "other")), 1)
        assert "The warehouse holds the country XY" in line
    assert sala(stopped, "check", "returns.csv", SALA_COUNTRY=str(stopped / "other")).returncode == 0


def test_a_fault_of_sala_is_a_line_and_where_it_came_about_is_kept() -> None:
    try:
        int("PERSON-4711")
    except ValueError as fault:
        (refusal,) = refusals_of(fault)
    log = Path(refusal.params["log"])
    kept = log.read_text()
    log.unlink()
    assert "not yours (ValueError)" in str(refusal)
    assert "test_a_fault_of_sala" in kept
    assert kept.endswith("ValueError")
    assert "invalid literal" not in kept  # a message may repeat a cell


def test_what_is_printed_where_it_cannot_be_written(nothing: Path) -> None:
    done = sala(nothing, "docs", "--language", "km", PYTHONIOENCODING="ascii", PATH=str(PROGRAMS))
    assert (done.returncode, done.stderr) == (0, "")
    program, home = PROGRAMS / "sala", nothing / "home"
    for ending, said in ((">/dev/full", "No space left"), ("| head -1", "")):
        line = f"SALA_HOME={home} {program} docs {ending}"
        done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=300)
        assert "Traceback" not in done.stderr
        assert said in done.stderr


def test_a_period_that_has_not_begun_is_not_published(stopped: Path) -> None:
    line = explained(sala(stopped, "compile", "--period", "2026-10", "--period", "2999-01"), 2)
    assert "2999-01 has not begun" in line
    assert "is not a period" in explained(sala(stopped, "compile", "--period", "2026-13"), 2)
    done = sala(stopped, "compile", "--period", "2020-01")
    assert done.stdout == "2020-01: nothing was ever handed in for it, so nothing is published\n"
    assert explained(sala(stopped, "indicators", "--period", "2020-01"), 1)


def test_compile_and_status_say_what_was_refused_and_what_is_a_warning(nothing: Path) -> None:
    rows = ["2026-10,01.01,grant,F,young,9999", "2026-10,01.02,grant,F,young,x"]
    (nothing / "returns.csv").write_text("\n".join([FILE.splitlines()[0], *rows]))
    for words in (["migrate"], ["submit", "returns.csv"]):
        done = sala(nothing, *words)
    receipt = done.stdout.split()[0]
    compiled = sala(nothing, "compile", "--period", "2026-10").stdout.splitlines()
    assert compiled == [
        f"{receipt}  returns.csv: partial, 1 of 2 rows accepted; `sala status {receipt}` says why",
        "2026-10 published",
    ]
    places = [
        line.split(":")[:2] for line in sala(nothing, "status", receipt).stdout.splitlines() if ": " in line
    ]
    assert ["warn", " row 2, column beneficiaries"] in places
    assert ["reject", " row 3, column beneficiaries"] in places
    assert "2026-10" in sala(nothing, "indicators").stdout
    assert "No area of this country has the code 99" in sala(nothing, "indicators", "--area", "99").stderr
    assert sala(nothing, "indicators", "--format", "csv", "--as-known-at", "2020-01-01").returncode == 1
    written = sala(nothing, "indicators", "--format", "sdmx-csv").stdout.splitlines()
    assert written[0].startswith("STRUCTURE,STRUCTURE_ID,ACTION,FREQ,")
    assert {tuple(row.split(",")[1:4]) for row in written[1:]} == {("XY:SALA_COVERAGE(1.0)", "I", "M")}
    message = sala(nothing, "indicators", "--format", "sdmx-ml").stdout.encode()
    back = read_sdmx(io.BytesIO(message), validate=True).data[0].data
    assert len(back) == len(written) - 1
    assert set(back["OBS_STATUS"]) == {"P"}
    refused = sala(nothing, "indicators", "--format", "sdg-csv")
    assert "Set SALA_SDG_STRUCTURE" in explained(refused, 1)


def test_every_variable_that_cannot_be_used_is_named(nothing: Path) -> None:
    done = sala(nothing, "status", SALA_PORT="many", SALA_PROXIES="-1")
    assert done.returncode == 2
    assert [line.split()[0] for line in done.stderr.splitlines()] == ["SALA_PORT", "SALA_PROXIES"]


def test_a_country_folder_with_a_fault_is_named_with_its_line(nothing: Path) -> None:
    tiny.write(nothing / "country", schemes=("frequency: M", "frequency: X"))
    done = sala(nothing, "docs")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "schemes.yaml:9" in done.stderr


def test_a_refusal_is_in_the_language_that_is_asked_for(stopped: Path) -> None:
    line = explained(sala(stopped, "status", "ABCD-EFGH-2345", "--language", "fr"), 1)
    assert "Aucun fichier" in line
