"""A backup on one machine comes back on another: figures, accounts, raw files and the audit log, and no key with it."""

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
import pytest

from countries.country import Country
from countries.declarations.conventions import Retention
from sala.errors import Conflict, Gone, Refusal
from sala.runtime import embedded_postgres
from sql import deploy, warehouse
from tests.conftest import country_in_use, living_in
from tests.transforms.identity.conftest import MONTH, PASSWORD, REPORTED, logged_in, returns, write
from tests.transforms.intake.conftest import read
from transforms.backup import manifest
from transforms.backup.pack import pack
from transforms.backup.restore import Restored, restore
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.accounts import add, set_password
from transforms.identity.audit import head, verify
from transforms.identity.person import SYSTEM
from transforms.intake import raw_store
from transforms.intake.receive import receive_waiting
from transforms.intake.submit import submit

PERSONS = f"period,area_code,scheme,person_id,sex,birth_year\n{MONTH},C11,first,PERSON-4711,F,1950\n"
SHOWN = "SELECT * FROM mart.indicator_value ORDER BY indicator, area_code, period, sex, age_group"
ROWS = (
    "SELECT (SELECT count(*) FROM core.return), (SELECT count(*) FROM core.scheme_line),"
    " (SELECT count(*) FROM ledger.submission), (SELECT count(*) FROM core.beneficiary_line)"
)


@dataclass(frozen=True)
class Written:
    """The backup, what stood when it was written, and the keys that are kept elsewhere."""

    folder: Path
    country: Country
    keys: Path
    shown: str
    rows: list[int]
    head: str
    files: dict[bytes, bytes]
    login: str
    persons: str


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    """A chain with a published month, a list of persons, an account with a database login, and its backup; in a home of
    its own, for keys, raw files and logins outlive a warehouse."""
    place = tmp_path_factory.mktemp("backup")
    country = write(place / "country")
    home = place / "home"
    with living_in(home), country_in_use(country.folder), pytest.MonkeyPatch.context() as patch:
        # within SALA_HOME, and even where raw files lie: keys are never taken for data
        keys = home / "raw" / "keys"
        patch.setenv("SALA_KEYS", str(keys))
        embedded_postgres.start()
        deploy.migrate()
        load_country(country)
        made = add(
            country, "analyst-sql", "analyst", "P1", password=PASSWORD, sql_login=True, must_change=False
        )
        assert made.login is not None
        raws = [returns(area, "first", persons).encode() for area, persons in REPORTED.items()]
        for raw in raws:
            submit(raw, "file.csv", by=SYSTEM, via="api")
        long_ago = datetime.now(UTC) - timedelta(days=90)
        raws.append(PERSONS.encode())
        persons = submit(raws[-1], "file.csv", by=SYSTEM, via="api", received_at=long_ago).receipt
        for period in receive_waiting(country):
            compile_and_publish(period)
        pack(place / "written")
        with warehouse.transaction() as connection:
            last = str(head(connection))
        yield Written(
            place / "written",
            country,
            shutil.copytree(keys, place / "keys"),
            read(SHOWN).to_csv(),
            read(ROWS).iloc[0].tolist(),
            last,
            {hashlib.sha256(raw).digest(): raw for raw in raws},
            made.login,
            persons,
        )
        warehouse.engine().dispose()
        embedded_postgres.erase()


def brought_back(written: Written, country: Country | None = None, replace: bool = False) -> Restored:
    return restore(written.folder, manifest.read(written.folder), country or written.country, replace)


def test_another_machine_shows_the_same(
    written: Written, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with living_in(tmp_path / "home"), country_in_use(written.country.folder):
        monkeypatch.setenv("SALA_KEYS", str(written.keys))
        with embedded_postgres.borrowed():
            restored = brought_back(written)
            assert restored.raw_files == len(written.files) + 1  # the country's population
            assert restored.without_login == ["analyst-sql"]
            assert not restored.other_country_folder
            assert read(SHOWN).to_csv() == written.shown
            assert read(ROWS).iloc[0].tolist() == written.rows
            assert {digest: raw_store.fetch(digest) for digest in written.files} == written.files
            with warehouse.transaction() as connection:
                assert verify(connection).broken is None
                number = int(written.head.split(":")[0])
                assert verify(connection).entries > number
            # its own database login comes back with the next password, and sees what it saw
            with pytest.raises(psycopg2.OperationalError), logged_in(written.login, PASSWORD):
                pass
            set_password("analyst-sql", "other orange kites")
            with logged_in(written.login, "other orange kites") as cursor:
                cursor.execute("SELECT count(*) FROM mart.scheme_return")
                assert cursor.fetchone()[0] > 0
                with pytest.raises(psycopg2.Error, match="permission denied"):
                    cursor.execute("SELECT * FROM ledger.person")
            # it goes on from there; what came since and a list of long ago end when the backup comes again
            submit(returns("C11", "second", 5).encode(), "next.csv", by=SYSTEM, via="api")
            receive_waiting(written.country)
            with pytest.raises(Conflict) as refused:
                brought_back(written)
            assert refused.value.key == "restore_not_empty"
            forgetful = written.country.model_copy(update={"retention": Retention(person_files_days=30)})
            assert brought_back(written, forgetful, replace=True).ended == [written.persons]
            for gone in (PERSONS.encode(), returns("C11", "second", 5).encode()):
                with pytest.raises(Gone):
                    raw_store.fetch(hashlib.sha256(gone).digest())
            assert read(ROWS).iloc[0].tolist() == written.rows
            warehouse.engine().dispose()


def test_no_key_is_in_it_and_only_the_owner_reads_it(written: Written) -> None:
    secrets = [path.read_bytes() for path in written.keys.rglob("*") if path.is_file()]
    assert len(secrets) >= 2
    files = [path for path in written.folder.rglob("*") if path.is_file()]
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
    for path in files:
        content = path.read_bytes()
        assert not any(secret in content or secret.hex().encode() in content for secret in secrets)
        assert b"PERSON-4711" not in content


def without_a_key(written: Written, keys: Path) -> None:
    (keys / "pseudonym-1").unlink()


def with_another_key(written: Written, keys: Path) -> None:
    (keys / "raw-1").write_bytes(bytes(32))


def with_a_changed_row_count(written: Written, keys: Path) -> None:
    changed = written.folder / "manifest.json"
    changed.write_text(changed.read_text().replace('"migration"', '"migration" '))


def with_a_changed_file_and_sums_to_match(written: Written, keys: Path) -> None:
    sums, dump = written.folder / "SHA256SUMS", written.folder / "warehouse.dump"
    before = hashlib.sha256(dump.read_bytes()).hexdigest()
    dump.write_bytes(dump.read_bytes() + b" ")
    sums.write_text(sums.read_text().replace(before, hashlib.sha256(dump.read_bytes()).hexdigest()))


def without_a_raw_file(written: Written, keys: Path) -> None:
    next(written.folder.rglob("*.sealed")).unlink()


def with_one_file_more(written: Written, keys: Path) -> None:
    (written.folder / "raw" / "more.sealed").write_bytes(b"")


def of_nothing(written: Written, keys: Path) -> None:
    (written.folder / "seal").unlink()


@pytest.mark.parametrize(
    ("spoilt", "key"),
    [
        (without_a_key, "backup_keys_missing"),
        (with_another_key, "backup_keys_others"),
        (with_a_changed_row_count, "backup_changed"),
        (with_a_changed_file_and_sums_to_match, "backup_changed"),
        (without_a_raw_file, "backup_changed"),
        (with_one_file_more, "backup_changed"),
        (of_nothing, "no_backup"),
    ],
)
def test_what_is_not_as_it_was_written_is_refused(
    spoilt: Callable[[Written, Path], None],
    key: str,
    written: Written,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copied = Written(**{**written.__dict__, "folder": shutil.copytree(written.folder, tmp_path / "copy")})
    keys = shutil.copytree(written.keys, tmp_path / "keys")
    spoilt(copied, keys)
    monkeypatch.setenv("SALA_KEYS", str(keys))
    there = {path.name for path in keys.iterdir()}
    with pytest.raises(Refusal) as refused:
        manifest.read(copied.folder)
    assert refused.value.key == key
    assert {path.name for path in keys.iterdir()} == there  # no key is made in the place of a missing one
