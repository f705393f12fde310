"""What the documents name exists, and their examples run.

In a document a block of language `sh` or `sql` is run as it stands, in the order of the page, in an empty folder and a
warehouse of Cambodia with a single return; `csv NAME` is a file of that name. Lines of `make` are only looked up.
"""

from __future__ import annotations

import ast
import io
import os
import re
import shlex
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import typer

from dashboards.app import server
from sala.commands.app import app
from sala.runtime import embedded_postgres
from sala.settings import REPOSITORY, Settings
from sql import definitions, warehouse
from sql.dictionary import marts
from tests.conftest import living_in

DOCUMENTS = [
    "README.md",
    "CHANGELOG.md",
    "countries/README.md",
    *(f"docs/{path.name}" for path in (REPOSITORY / "docs").glob("*.md")),
]
STORIES = [
    f"docs/{name}.md" for name in ("officer", "committee", "board", "m-and-e", "data-team", "developer")
]
FENCE = re.compile(r"^```(\w*) ?(\S*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#:]+)\)")
PATH = re.compile(r"(?<![\w./-])[a-z_]+/[\w/]+\.(?:py|sql|ya?ml|md|typ)\b")
RELATION = re.compile(r"\b(?:core|ledger)\.(\w+)")
COMMENTED = ("*.py", "*.sql", "*.yaml", "*.yml", "*.toml", "Makefile", "docker-compose.yml")
PROGRAMS = Path(sys.executable).parent
RETURN = """\
period,area_code,scheme,sex,age_group,beneficiaries
2026-10,020202,cash_under2,F,_T,17
2026-10,020202,cash_under2,M,_T,19
"""


def text_of(document: str) -> str:
    return (REPOSITORY / document).read_text(encoding="utf-8")


def code_of(document: str) -> list[str]:
    """Every line of code in a document: of its blocks, and within its sentences."""
    text = text_of(document)
    blocks = [line for _, _, block in FENCE.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    return [*blocks, *CODE.findall(FENCE.sub("", text))]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_settings_exist(document: str) -> None:
    declared = {f"SALA_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"\bSALA_[A-Z_]+[A-Z]\b", text_of(document))) <= declared


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_and_paths_exist(document: str) -> None:
    folder = (REPOSITORY / document).parent
    missing = [link for link in LINK.findall(text_of(document)) if not (folder / link).exists()]
    top = {path.name for path in REPOSITORY.iterdir() if path.is_dir() and not path.name.startswith(".")}
    for code in code_of(document):
        if (
            re.fullmatch(r"[a-z_]+/[\w./-]*", code)
            and "NAME" not in code
            and code.split("/")[0] in top
            and not (REPOSITORY / code).exists()
        ):
            missing.append(code)
    assert missing == []


def comments_of(file: Path) -> Iterator[str]:
    """The comments of a file of text, and in Python its docstrings as well."""
    content = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(content).readline):
            if token.type == tokenize.COMMENT:
                yield token.string
        for node in ast.walk(ast.parse(content)):
            match node:
                case ast.Expr(value=ast.Constant(value=str(docstring))):
                    yield docstring
    else:
        yield from re.findall(r"--.*" if file.suffix == ".sql" else r"#.*", content)


def test_paths_that_comments_mention_exist() -> None:
    tracked = subprocess.check_output(["git", "ls-files", *COMMENTED], cwd=REPOSITORY, text=True).split()
    mentions = {
        (file, path)
        for file in tracked
        for comment in comments_of(REPOSITORY / file)
        for path in PATH.findall(comment)
        if (REPOSITORY / path.split("/")[0]).is_dir()
    }
    assert mentions
    assert {(file, path) for file, path in mentions if not (REPOSITORY / path).exists()} == set()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_tables_and_functions_exist(document: str) -> None:
    made = {path.stem for path in definitions.paths()}
    for migration in (definitions.FOLDER / "migrations").rglob("*.sql"):
        made |= set(re.findall(r"CREATE TABLE \w+\.(\w+)", migration.read_text(encoding="utf-8")))
    assert set(RELATION.findall(text_of(document))) <= made


@pytest.mark.parametrize("document", DOCUMENTS)
def test_marts_and_columns_exist(document: str) -> None:
    columns_of = {mart.name: set(mart.columns) for mart in marts()}
    for name, column in re.findall(r"\bmart\.(\w+)(?:\.(\w+))?", "\n".join(code_of(document))):
        assert name in columns_of, f"{document} names mart.{name}"
        assert not column or column in columns_of[name], f"{document} names mart.{name}.{column}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_make_targets_exist(document: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    named = {line.split()[1] for line in code_of(document) if re.match(r"make [a-z]", line)}
    assert named <= targets


@pytest.mark.parametrize("document", DOCUMENTS)
def test_calls_of_the_api_exist(document: str) -> None:
    paths = server.test_client().get("/api/v1/openapi.json").get_json()["paths"]
    for method, path, query in re.findall(
        r"\b(GET|POST) /api/v1(/[\w./-]+)\??([\w=&.-]*)", text_of(document)
    ):
        if path == "/openapi.json":
            continue
        call = paths[f"/api/v1{path}"][method.lower()]
        parameters = {parameter["name"] for parameter in call.get("parameters", [])}
        assert {name for name, _ in parse_qsl(query)} <= parameters, f"{document}: {method} {path}?{query}"


@pytest.mark.parametrize("document", DOCUMENTS)
def test_commands_and_options_exist(document: str) -> None:
    for line in code_of(document):
        for words in re.findall(r"(?:^|\$\(|\s|/)sala ([a-z][^|)`#]*)", line):
            check_command(shlex.split(words.replace("…", "")), line)


def check_command(words: list[str], line: str) -> None:
    """The words name a command, and each option is one of its own."""
    command = typer.main.get_command(app)
    while words and (subcommands := getattr(command, "commands", {})):
        assert words[0] in subcommands, f"there is no such command: {line}"
        command, words = subcommands[words[0]], words[1:]
    options = {name for param in command.params for name in param.opts} | {"--help"}
    if not command.ignore_unknown_options:
        assert {word for word in words if word.startswith("--")} <= options, line


def test_every_command_is_documented() -> None:
    """In the page of the data team, or in that of whoever uses it."""
    written = "\n".join(line for document in STORIES for line in code_of(document))
    for name in getattr(typer.main.get_command(app), "commands"):  # noqa: B009
        assert re.search(rf"\bsala {name}\b", written) or name in ("run",), f"no document names `sala {name}`"


@pytest.fixture(scope="module")
def home(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A SALA_HOME with Cambodia in its warehouse, and a commune's return for a month."""
    folder = tmp_path_factory.mktemp("docs")
    with living_in(folder):
        embedded_postgres.start()
        (folder / "return.csv").write_text(RETURN)
        for command in (["migrate"], ["submit", folder / "return.csv"], ["compile", "--period", "2026-10"]):
            subprocess.run([programs / "sala", *command], check=True, capture_output=True)
        yield folder
        warehouse.engine().dispose()
        embedded_postgres.erase()


@pytest.mark.xdist_group("docs")
@pytest.mark.parametrize("document", STORIES)
def test_examples_run(home: Path, programs: Path, document: str, tmp_path: Path) -> None:
    examples = FENCE.findall(text_of(document))
    assert any(language in ("sh", "sql") for language, *_ in examples), f"{document} has no example"
    path = os.pathsep.join(map(str, (programs, PROGRAMS, os.environ["PATH"])))
    (tmp_path / "countries").symlink_to(REPOSITORY / "countries")
    environment = os.environ | {"PATH": path, "COLUMNS": "200"}
    for language, name, block in examples:
        if language == "csv":
            (tmp_path / name).write_text(block)
        elif language == "sh":
            script = "\n".join(line for line in block.splitlines() if not line.startswith("make "))
            done = subprocess.run(
                ["bash", "-euc", script], cwd=tmp_path, env=environment, capture_output=True, text=True
            )
            assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
        elif language == "sql":
            with warehouse.transaction() as connection:
                warehouse.read(connection, block.replace(":", r"\:"))
