"""A release from its draft to the one that takes its place: who may do what, what is refused, what never changes."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from countries.country import Country
from sala.errors import Conflict, NotAllowed, NotFound, Refusal
from sql import warehouse
from tests.transforms.identity.client import page, sign_in
from tests.transforms.release.conftest import MONTH, PASSWORD, file, person
from transforms.identity.audit import verify
from transforms.identity.person import SYSTEM, Person, visitor
from transforms.intake.corrections.confirm import confirm
from transforms.release.acts import answer, approve, publish_release, withdraw
from transforms.release.draft import draft
from transforms.release.exports import Format, rendered
from transforms.release.folder import folder_files, write_folder

FIGURES = (
    "SELECT key, count, value, lower_bound, upper_bound, status FROM mart.released_figure"
    " WHERE release = :release ORDER BY public_table, key"
)


def read(who: Person, query: str, **params: Any) -> list[Any]:
    with who.acting() as connection:
        return list(connection.execute(text(query), params))


def one(who: Person, release: str) -> Any:
    (row,) = read(who, "SELECT * FROM mart.release WHERE release = :release", release=release)
    return row


def clear(release: str, who: Person) -> None:
    for check in one(who, release).open_checks:
        with who.acting() as connection:
            answer(connection, release, check, "known and explained in the note", who)


def signed_by(release: str, *people: Person) -> list[str]:
    seen, done = one(people[0], release).content_hash, []
    for who in people:
        with who.acting() as connection:
            done.append(approve(connection, release, seen, who))
    return done


def refused(act: Any, *arguments: Any, kind: type[Refusal] = Conflict) -> str:
    with pytest.raises(kind) as refusal:
        act(*arguments)
    return refusal.value.key


def test_from_the_draft_to_the_release_that_takes_its_place(releases: Country) -> None:
    board, chair, analyst, reader = (person(n, releases) for n in ("board", "chair", "analyst", "reader"))
    everybody = visitor(releases)

    first = draft(releases, MONTH, analyst, "The first one.")
    assert first == f"{MONTH}-r1"
    # under embargo: whoever may preview sees it, and nobody else, however much else they see
    assert len(read(board, FIGURES, release=first)) > 20
    for outsider in (reader, everybody):
        assert read(outsider, "SELECT * FROM mart.release") == []
        assert read(outsider, FIGURES, release=first) == []
        assert read(outsider, "SELECT * FROM mart.release_file") == []
    figures = {row.key: row for row in read(board, FIGURES, release=first)}
    assert (figures["C11:F:exact"].count, figures["C11:F:exact"].value) == (100, 100 / 4000)
    assert figures["R:_T:exact"].count == 2000
    assert figures["R:_T:range"].count is None
    assert [figures["R:_T:range"].lower_bound, figures["R:_T:range"].upper_bound] == [
        0.06,
        0.1,
    ]  # 2000 to 3000 of 32000
    assert figures["P1:b:M"].count == 150

    # nobody signs before the checklist is clear, nor what they did not see, nor without the right to it
    opened = one(board, first).open_checks
    assert {"endorsements"} <= set(opened)
    assert refused(signed_by, first, board) == "checks_open"
    with reader.acting() as connection:
        assert refused(answer, connection, first, "endorsements", "why not", reader, kind=NotAllowed)
    with board.acting() as connection:
        assert refused(answer, connection, first, opened[0], " ", board, kind=Refusal) == "release_reason"
    clear(first, analyst)
    with board.acting() as connection:
        assert refused(approve, connection, first, "0" * 64, board) == "figures_moved"
    province = person("board-1", releases)
    with province.acting() as connection:
        assert (
            refused(approve, connection, first, "0" * 64, province, kind=NotAllowed)
            == "may_not_approve_releases"
        )
    with analyst.acting() as connection:
        assert (
            refused(approve, connection, first, "0" * 64, analyst, kind=NotAllowed)
            == "may_not_approve_releases"
        )
    assert refused(publish_release, first) == "release_not_approved"
    assert signed_by(first, board) == ["signed"]
    assert refused(signed_by, first, board) == "already_signed"
    assert refused(publish_release, first) == "release_not_approved"
    assert signed_by(first, chair) == ["approved"]
    assert read(everybody, FIGURES, release=first) == []  # approved, and it waits
    publish_release(first)
    publish_release(first)  # whoever was killed after it asks again
    published = one(everybody, first)
    assert (published.state, published.version, published.stands_now) == ("released", "1.0.0", first)
    before = read(everybody, FIGURES, release=first)
    assert len(before) == len(figures)

    # nothing new, nothing to release; a correction restates, and what stood is superseded and stays what it was
    assert refused(draft, releases, MONTH, board) == "release_unchanged"
    file({"C11": 160}, releases)
    second = draft(releases, MONTH, board, "C11 corrected.")
    clear(second, board)
    assert signed_by(second, chair, board) == ["signed", "approved"]
    publish_release(second)
    assert (one(everybody, second).version, one(everybody, second).restates) == ("1.0.1", first)
    old = one(everybody, first)
    assert (old.state, old.stands_now, old.ended_because) == ("superseded", second, second)
    assert read(everybody, FIGURES, release=first) == before
    restated = read(everybody, "SELECT * FROM mart.restatement WHERE release = :release", release=second)
    assert {r.key: (r.count_before, r.count) for r in restated if r.key.startswith("C11:F")} == {
        "C11:F:exact": (100, 160)
    }
    notes = json.loads(file_of(everybody, second, "notes.json"))
    assert notes["changes"] == [
        {"part": "patch", "kind": "figures_corrected", "n": len(restated), "what": ""}
    ]

    # as it was known before the correction: exactly the first one's figures
    again = draft(releases, MONTH, board, "", as_known_at=old.as_known_at)
    assert read(board, FIGURES, release=again) == before
    for table in ("coverage.csv", "schemes.csv"):  # byte by byte
        assert file_of(board, again, table) == file_of(board, first, table)
    with board.acting() as connection:
        assert withdraw(connection, again, "only to compare", board) == "discarded"
    assert read(everybody, "SELECT * FROM mart.release WHERE release = :r", r=again) == []

    # withdrawn with a reason, and readable; concealed, the reason alone is
    with reader.acting() as connection:
        assert refused(withdraw, connection, second, "no", reader, kind=NotAllowed)
    with chair.acting() as connection:
        assert withdraw(connection, second, "a wrong file", chair) == "withdrawn"
    assert (one(everybody, second).ended_because, one(everybody, second).stands_now) == ("a wrong file", None)
    assert read(everybody, FIGURES, release=second)
    with chair.acting() as connection:
        assert withdraw(connection, first, "it named persons", chair, conceal=True) == "withdrawn"
    assert one(everybody, first).concealed
    assert read(everybody, FIGURES, release=first) == []
    assert read(chair, FIGURES, release=first) == before
    with warehouse.transaction() as connection:
        assert verify(connection).broken is None


def file_of(who: Person, release: str, name: str) -> bytes:
    query = "SELECT content FROM mart.release_file WHERE release = :release AND name = :name"
    return bytes(read(who, query, release=release, name=name)[0].content)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core.released_cell SET count = 1",
        "DELETE FROM core.released_cell",
        "UPDATE core.release SET note = 'x'",
        "UPDATE core.release SET state = 'released' WHERE state = 'draft'",
        "DELETE FROM core.release_decision",
        "UPDATE core.release_file SET content = ''",
        "TRUNCATE core.held_back_count",
        "INSERT INTO core.release_file SELECT release_id, 'x', '', '', encode(sha256(''), 'hex') FROM core.release",
    ],
)
def test_nothing_of_a_release_is_changed_by_anybody(releases: Country, statement: str) -> None:
    if not read(SYSTEM, "SELECT FROM mart.release WHERE state = 'draft'"):
        file({"C22": 401}, releases)
        draft(releases, MONTH, SYSTEM)
    with (
        pytest.raises(DBAPIError, match=r"refused|never changed|Nothing is added"),
        warehouse.transaction() as connection,
    ):
        connection.exec_driver_sql(statement)


def test_what_cannot_be_released_is_refused_in_words(releases: Country) -> None:
    board, analyst = person("board", releases), person("analyst", releases)
    assert refused(draft, releases, "2026-W40", board, kind=Refusal) == "release_of_a_week"
    assert refused(draft, releases, "2020-01", board, kind=NotFound) == "release_of_nothing"
    assert refused(draft, releases, MONTH, person("reader", releases), kind=NotAllowed) == "not_allowed"
    with analyst.acting() as connection:
        assert refused(withdraw, connection, "2020-01-r1", "x", analyst, kind=NotFound) == "unknown_release"


def released(country: Country, counts: dict[str, int]) -> str:
    """A release of the month with these counts, drafted, answered for, signed and published."""
    board, chair = person("board", country), person("chair", country)
    file(counts, country)
    name = draft(country, MONTH, board, "Explained.")
    clear(name, board)
    signed_by(name, board, chair)
    publish_release(name)
    return name


SPOILT = {
    "a digit": ("coverage.csv", b"C12,F,_T,_T,exact,200", b"C12,F,_T,_T,exact,201", "was changed"),
    "a line": ("coverage.csv", b"C12:F:exact,C12,F,_T,_T,exact,200,4000,0.05,,,1.0,A,\n", b"", "lines, not"),
    "a definition": ("definitions.json", b'"version": 1', b'"version": 2', "definitions.json was changed"),
    "a hash": ("manifest.json", b'"bytes": ', b'"bytes": 1', "about something else"),
    "who signed": ("signatures.json", b'\\"board\\"', b'\\"chair\\"', "does not give its seal"),
    "an entry": ("signatures.json", b"release.signed", b"release.looked", "the signature of board, chair is missing"),
}  # fmt: skip


def test_anyone_can_check_a_release_without_sala(releases: Country, tmp_path: Path) -> None:
    name = released(releases, {"C22": 555})
    with visitor(releases).acting() as connection:
        files = folder_files(connection, name)
    write_folder(files, tmp_path)
    for format in set(Format) - {Format.SDG_CSV, Format.SDG_ML}:  # a month has no annual series
        assert rendered({file.name: file.content for file in files}, format), format

    def verified(*arguments: str) -> tuple[int, str]:
        # isolated: no package of ours, nor anybody's
        command = [sys.executable, "-I", "-S", "verify.py", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    status, said = verified("--figure", "C22:F:exact", "--hash", one(SYSTEM, name).content_hash)
    assert status == 0, said
    assert "count 555" in said
    assert "release.signed  board board" in said
    assert verified("--hash", "0" * 64)[0] == 1
    for what, (file_name, old, new, words) in SPOILT.items():
        whole = (tmp_path / file_name).read_bytes()
        assert old in whole, what
        (tmp_path / file_name).write_bytes(whole.replace(old, new))
        status, said = verified()
        assert (status, words in said) == (1, True), (what, said)
        (tmp_path / file_name).write_bytes(whole)
    (tmp_path / "signatures.json").unlink()
    assert "nobody has signed" in verified()[1]


def test_programs_read_releases_and_their_figures_for_good(releases: Country) -> None:
    from dashboards.app import server

    client = server.test_client()
    first, second = (released(releases, {"C22": n}) for n in (610, 620))
    listed = client.get(f"/api/v1/releases?period={MONTH}").get_json()["releases"]
    assert listed[0]["release"] == second
    at = f"/api/v1/releases/{first}"
    figure = client.get(f"{at}/figures/coverage/C22:F:exact").get_json()
    assert (figure["count"], figure["now"]["count"], figure["now"]["release"]) == (610, 620, second)
    assert (figure["of"]["state"], figure["of"]["stands_now"]) == ("superseded", second)
    standing = {
        (f["public_table"], f["key"]): f
        for f in client.get(f"/api/v1/releases/{second}/figures").get_json()["figures"]
    }
    for each in client.get(f"{at}/figures").get_json()["figures"]:
        place = each["public_table"], each["key"]
        assert client.get(f"{at}/figures/{'/'.join(place)}").get_json()["now"] == standing[place]
    for path in (
        at,
        f"{at}/figures?table=schemes&area_code=P2",
        f"{at}/files/coverage.csv",
        f"{at}/files/folder.zip",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        again = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b""), path
    for path in (f"{at}/files/none", f"{at}/figures/coverage/C22", "/api/v1/releases/2026-10-r99"):
        assert client.get(path).status_code == 404, path
    basic = {"Authorization": "Basic " + b64encode(f"board:{PASSWORD}".encode()).decode()}
    sent: dict[str, Any] = {"period": MONTH}
    assert client.post("/api/v1/releases", json=sent).get_json()["rule"] == "not_allowed_visitor"
    assert client.post("/api/v1/releases", json=sent, headers=basic).get_json()["rule"] == "release_unchanged"


def test_everybody_reads_what_was_released_and_nobody_else_a_draft(releases: Country) -> None:
    from dashboards.app import server

    visitor, board = server.test_client(), server.test_client()
    assert sign_in(board, "board", PASSWORD).status_code == 303
    first, second = (released(releases, {"C22": n}) for n in (710, 720))

    def shown(path: str, client: FlaskClient = visitor) -> str:
        return str(page(client, path).get_json())

    assert f"/releases/{second}/figures/coverage/R:_T:exact" in shown("/releases")
    assert "/api/v1/releases/" in shown(f"/releases/{second}/areas/P2")
    assert f"See {second}, which holds now" in shown(f"/releases/{first}")
    figure = shown(f"/releases/{first}/figures/coverage/C22:F:exact")
    assert "710" in figure
    assert "What holds now:" in figure
    file({"C22": 730}, releases)
    name = draft(releases, MONTH, person("board", releases))
    assert "Under embargo" in shown(f"/releases/{name}", board)
    assert "There is no release" in shown(f"/releases/{name}")
    assert "How to complain" in shown("/schemes")
    assert "How to complain" in visitor.get("/schemes/sheet").get_data(as_text=True)


def test_the_checklist_counts_warnings_until_somebody_confirms_them(releases: Country) -> None:
    def unconfirmed() -> int:
        name = draft(releases, MONTH, SYSTEM)
        query = "SELECT detail FROM mart.release_check WHERE release = :release AND name = 'warnings'"
        return int(read(SYSTEM, query, release=name)[0].detail["unconfirmed"])

    file({"C22": 9}, releases)  # far from what it was
    assert unconfirmed() > 0
    doubtful = "SELECT DISTINCT receipt FROM mart.problem WHERE severity = 'warn' AND confirmed_by IS NULL"
    for (receipt,) in read(SYSTEM, doubtful):
        confirm(SYSTEM, receipt, comment="so it is")
    assert unconfirmed() == 0
