"""A file through every door: what each says of it, and what stands afterwards."""

from __future__ import annotations

import io
import json
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from typer.testing import CliRunner

from countries.country import Country
from sala.commands.app import app
from sala.settings import settings
from sala.translation.translator import translator
from tests.transforms.identity.client import page, token
from transforms.intake import inbox
from transforms.intake.receive import receive_waiting

SEVERITIES = {translator("en")(f"severity.{name}"): name for name in ("reject", "hold", "warn")}
Told = tuple[str, str, str, str]
"""Row, column, severity and the words of a problem."""
NOWHERE = "the whole file"


@dataclass(frozen=True)
class Answer:
    """A verdict as its reader gets it. `outcome`: `held` where the file waits to be confirmed."""

    outcome: str
    rows: tuple[int | None, int | None]
    problems: tuple[Told, ...]


@dataclass(frozen=True)
class Door(ABC):
    """`clients`: a signed-in browser for each account."""

    country: Country
    clients: dict[str, FlaskClient]

    @abstractmethod
    def check(self, path: Path, by: str, dataset: str | None) -> Answer | None:
        """The verdict on a file that is not handed in; None where the door has no check."""

    @abstractmethod
    def send(self, path: Path, by: str, dataset: str | None) -> str:
        """Hand a file in. Gives the receipt."""

    @abstractmethod
    def answer(self, receipt: str, by: str) -> Answer:
        """The verdict on a file that was handed in and received."""

    def receive(self) -> None:
        """Have everything taken in that waits."""
        receive_waiting(self.country)

    def act(self, act: str, receipt: str, by: str) -> None:
        """Confirm a held file, or join it with what it would drop."""
        path = {"confirm": "confirmations", "join": "joins"}[act]
        answered = self._api(by).post(f"/api/v1/submissions/{receipt}/{path}", headers=token(self._api(by)))
        assert answered.status_code < 300, answered.get_json()

    def withdraw_left_out(self, older: str, newer: str, by: str) -> None:
        """Withdraw what a newer file no longer has of an older one."""
        answered = self._api(by).delete(
            f"/api/v1/submissions/{older}",
            json={"because": "a test", "left_out_of": newer},
            headers=token(self._api(by)),
        )
        assert answered.status_code < 300, answered.get_json()

    def _api(self, by: str) -> FlaskClient:
        return self.clients[by]

    def _post(self, path: Path, by: str, dataset: str | None, **form: str) -> dict[str, Any]:
        client = self._api(by)
        data = form | {"file": (io.BytesIO(path.read_bytes()), path.name)}
        data |= {"dataset": dataset} if dataset else {}
        answered = client.post("/api/v1/submissions", data=data, headers=token(client))
        body = answered.get_json()
        assert answered.status_code in (200, 202), body
        return dict(body)


class Api(Door):
    """The HTTP interface."""

    def check(self, path: Path, by: str, dataset: str | None) -> Answer | None:
        return _of_check(self._post(path, by, dataset, dry_run="true"))

    def send(self, path: Path, by: str, dataset: str | None) -> str:
        return str(self._post(path, by, dataset)["receipt"])

    def answer(self, receipt: str, by: str) -> Answer:
        body = self._api(by).get(f"/api/v1/submissions/{receipt}").get_json()
        problems = [
            (_word(p["row_number"]), _word(p["column_name"]), p["severity"], p["message"]["en"])
            for p in body["problems"]
        ]
        return _answer(body["state"], body["outcome"], (body["rows_read"], body["rows_accepted"]), problems)


class Page(Door):
    """The boxes and the page of a submission."""

    def check(self, path: Path, by: str, dataset: str | None) -> Answer | None:
        body = self._post(path, by, dataset, dry_run="true", via="page")
        call = {
            "output": "checked-verdict.children",
            "outputs": {"id": "checked-verdict", "property": "children"},
            "inputs": [{"id": "checked", "property": "data", "value": body}],
            "state": [{"id": "upload-messages", "property": "data", "value": {"language": "en"}}],
            "changedPropIds": ["checked.data"],
        }
        answered = self._api(by).post("/_dash-update-component", json=call, headers=token(self._api(by)))
        return _shown(json.loads(answered.get_data(as_text=True)))

    def send(self, path: Path, by: str, dataset: str | None) -> str:
        return str(self._post(path, by, dataset, via="page")["receipt"])

    def answer(self, receipt: str, by: str) -> Answer:
        shown = page(self._api(by), "/submissions", f"?receipt={receipt}&lang=en")
        return _shown(json.loads(shown.get_data(as_text=True)))

    def act(self, act: str, receipt: str, by: str) -> None:
        client = self._api(by)
        form = {"csrf_token": token(client).get("X-CSRFToken", ""), "comment": "a test"}
        assert client.post(f"/submissions/{receipt}/{act}", data=form).status_code == 303

    def withdraw_left_out(self, older: str, newer: str, by: str) -> None:
        client = self._api(by)
        form = {"csrf_token": token(client).get("X-CSRFToken", ""), "because": "a test", "left_out_of": newer}
        assert client.post(f"/submissions/{older}/withdraw", data=form).status_code == 303


class CommandLine(Door):
    """`sala check`, `sala submit` and `sala status`."""

    def check(self, path: Path, by: str, dataset: str | None) -> Answer | None:
        return _of_check(json.loads(self._sala("check", path, "--json", *_as(by), *_of(dataset))))

    def send(self, path: Path, by: str, dataset: str | None) -> str:
        return self._sala("submit", path, *_as(by), *_of(dataset)).split()[0]

    def answer(self, receipt: str, by: str) -> Answer:
        lines = self._sala("status", receipt).splitlines()
        (heads,) = [_cells(line) for line in lines if line.startswith("┃")]
        (cells,) = [dict(zip(heads, _cells(line), strict=True)) for line in lines if line.startswith("│")]
        accepted, rejected = (int(cells[n]) if cells[n] else None for n in ("rows_accepted", "rows_rejected"))
        read = None if accepted is None or rejected is None else accepted + rejected
        problems = []
        for line in lines:
            if told := re.match(
                rf"(reject|hold|warn): ({NOWHERE}|(?:row (\d+))?(?:, )?(?:column (\S+))?): (.*)", line
            ):
                severity, _, row, column, words = told.groups()
                problems.append((row or "", column or "", severity, words))
        return _answer(cells["state"], cells["outcome"], (read, accepted), problems)

    def act(self, act: str, receipt: str, by: str) -> None:
        self._sala(act, receipt, *_as(by))

    def withdraw_left_out(self, older: str, newer: str, by: str) -> None:
        self._sala("withdraw", older, "--because", "a test", "--left-out-of", newer, *_as(by))

    def _sala(self, *words: object) -> str:
        ran = CliRunner().invoke(app, [str(word) for word in words], env={"COLUMNS": "1000"})
        assert ran.exception is None or isinstance(ran.exception, SystemExit), ran.exception
        return ran.stdout


class Inbox(CommandLine):
    """The sender's folder of the inbox, and `sala status` for the answer."""

    def check(self, path: Path, by: str, dataset: str | None) -> Answer | None:
        return None

    def send(self, path: Path, by: str, dataset: str | None) -> str:
        folder = settings().home / "inbox" / by
        folder.mkdir(parents=True, exist_ok=True)
        (folder / path.name).write_bytes(path.read_bytes())
        os.utime(folder / path.name, (1, 1))  # it has settled
        assert inbox.take_in() == 1
        (note,) = folder.glob(".taken/*")
        note.unlink()
        return note.stem


DOORS = (Page, Api, CommandLine, Inbox)


def _answer(
    state: str, outcome: str, rows: tuple[int | None, int | None], problems: Iterable[Told]
) -> Answer:
    return Answer("held" if state == "held" else outcome, rows, tuple(sorted(problems)))


def _of_check(verdict: dict[str, Any]) -> Answer:
    """The JSON of `sala check` and of the API, which is the same."""
    problems = [
        (_word(p["row"]), _word(p["column"]), p["severity"], f"{p['message']['en']} {p['fix']['en']}".strip())
        for p in verdict["problems"]
    ]
    state = "held" if verdict["held"] else ""
    return _answer(state, verdict["outcome"], (verdict["rows_read"], verdict["rows_accepted"]), problems)


def _shown(page: Any) -> Answer:
    """What a page shows of a verdict: its pills, and the table of its problems."""
    parts = list(_parts(page))
    pills = [(part["className"], _text(part)) for part in parts if "pill" in _classes(part)]
    outcome = pills[0][0].removeprefix("pill ")
    counts = [re.match(r"([\d,]+) of ([\d,]+) rows", text) for _, text in pills]
    accepted, read = next(
        ([int(number.replace(",", "")) for number in found.groups()] for found in counts if found),
        (None, None),
    )
    rows = [
        [_text(cell).split("\n")[0] for cell in row["children"]]
        for table in parts
        if "stacked" in _classes(table)
        for row in _parts(table["children"][2])
        if "data-label" in str(row.get("children", ""))
        and isinstance(row.get("children"), list)
        and all("data-label" in cell["props"] for cell in row["children"])
    ]
    problems = [
        (
            number.replace("–", "").replace(",", ""),
            column.replace("–", ""),
            SEVERITIES[severity.split(" · ")[0]],
            words,
        )
        for number, column, _, words, severity in rows
    ]
    return Answer(outcome, (read, accepted), tuple(sorted(problems)))


def _parts(shown: Any) -> Iterator[dict[str, Any]]:
    """The properties of every component of a page."""
    if isinstance(shown, dict):
        if isinstance(properties := shown.get("props"), dict):
            yield properties
        for value in shown.values():
            yield from _parts(value)
    elif isinstance(shown, list):
        for value in shown:
            yield from _parts(value)


def _classes(properties: dict[str, Any]) -> list[str]:
    return str(properties.get("className") or "").split()


def _text(shown: Any) -> str:
    """What is read in a component; what stands in components of its own, a line each."""
    if isinstance(shown, list):
        return "\n".join(_text(part) for part in shown)
    if isinstance(shown, dict):
        return _text(shown.get("props", shown).get("children", ""))
    return "" if shown is None else str(shown)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split("[┃│]", line)[1:-1]]


def _word(value: object) -> str:
    return "" if value is None else str(value)


def _as(by: str) -> list[str]:
    return ["--as", by]


def _of(dataset: str | None) -> list[str]:
    return ["--dataset", dataset] if dataset else []
