"""Acts on returns through page, API and inbox, each done for good, and what stands afterwards."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from countries.country import Country
from sala.settings import settings
from sql import warehouse
from tests.transforms.identity.client import token
from transforms.flash.flash_report import AXES
from transforms.identity.person import Person
from transforms.intake import inbox
from transforms.intake.receive import receive_waiting

# dataset → header, and the line of a return about an area, what it is about besides, and a number
LINES = {
    "scheme_returns": ("period,area_code,scheme,sex,age_group,beneficiaries", "{at},{area},{about},F,Y_GE60,{n}"),
    "beneficiary_list": ("period,area_code,scheme,person_id,sex,birth_year", "{at},{area},{about},p{n},F,1950"),
    "grievances": (
        "period,area_code,category,sex,received,resolved,escalated,pending,median_days",
        "{at},{area},late,F,{n},0,0,{n},1",
    ),
    "flash_reports": (
        "week,area_code,institutional_arrangement,human_resources,communication_enrolment,process_tools,"
        "project_management,administrator",
        "{at},{area},{n},{n},{n},{n},{n},{about}",
    ),
    "flash_items": ("week,area_code,kind,text,administrator", "{at},{area},done,Number {n},{about}"),
    "population": (
        "year,area_code,sex,age_group,population,status,source",
        "{at},{area},F,Y_GE60,{n},A,a count\n{at},{area},M,Y_GE60,{n},A,a count",
    ),
    "targets": ("indicator,area_code,sex,year,kind,value", "older,{area},_T,{at},target,0.{n}"),
    "allocations": ("period,area_code,scheme,amount", "{at},{area},{about},{n}"),
    "control_totals": ("period,area_code,scheme,sex,beneficiaries", "{at},{area},{about},_T,{n}"),
}  # fmt: skip
STANDING = """
    SELECT r.return_id, s.receipt, s.submitted_by
    FROM core.return r
    JOIN ledger.submission s USING (submission_id)
    JOIN core.area a USING (area_id)
    JOIN core.period p USING (period_id)
    LEFT JOIN core.scheme c ON c.scheme_id = r.scheme_id
    LEFT JOIN core.administrator b ON b.administrator_id = r.administrator_id
    WHERE r.known_to = 'infinity' AND r.dataset = :dataset AND p.key = :at AND a.code = :area
      AND coalesce(CASE WHEN r.scheme_id > 0 THEN c.code WHEN r.administrator_id > 0 THEN b.code END, '') = :about
"""


@dataclass(frozen=True)
class Return:
    """A dataset's return of an area for a period; `about`: a scheme's or an administrator's code, where it has one."""

    dataset: str
    at: str
    area: str
    about: str = ""

    def file(self, n: int) -> bytes:
        """A file of this return alone, with a number that tells it from others."""
        return file_of([self], n)

    @property
    def stands(self) -> Any:
        """Number, receipt and sender of what stands; None where nothing does."""
        with warehouse.transaction() as connection:
            return connection.execute(text(STANDING), vars(self)).one_or_none()

    @property
    def sender(self) -> str | None:
        """Who sent what stands."""
        row = self.stands
        return row.submitted_by if row else None


def file_of(returns: Sequence[Return], n: int) -> bytes:
    """A file of some returns of a dataset; the first one says `n`, and each of the others one more."""
    header, line = LINES[returns[0].dataset]
    lines = [line.format(**vars(of), n=number) for number, of in enumerate(returns, start=n)]
    return "\n".join([header, *lines, ""]).encode()


@dataclass(frozen=True)
class Office:
    """The country, everybody in it, and a browser for each, signed in."""

    country: Country
    people: Mapping[str, Person]
    clients: Mapping[str, FlaskClient]

    def receive(self) -> None:
        """Have everything taken in that waits."""
        receive_waiting(self.country)

    def sent(self, name: str, raw: bytes, **form: Any) -> str:
        """Have a file of somebody's taken in. Gives the receipt."""
        answer = self.send(name, raw, **form)
        assert answer.status_code == 202, answer.get_json()
        self.receive()
        return str(answer.get_json()["receipt"])

    def granted(self, name: str, to: Return, amount: int) -> str:
        """Have a grant of somebody's taken in. Gives the receipt."""
        assert outcome(self.grant(name, to, amount)) in ("allocated", "unchanged")
        self.receive()
        with warehouse.transaction() as connection:
            last = (
                "SELECT receipt FROM ledger.submission WHERE submitted_by = :name ORDER BY turn DESC LIMIT 1"
            )
            return str(connection.execute(text(last), {"name": name}).scalar_one())

    def send(self, name: str, raw: bytes, **form: Any) -> TestResponse:
        """Hand a file in as programs and the upload box do."""
        client = self.clients[name]
        data = form | {"file": (io.BytesIO(raw), "file.csv")}
        return client.post("/api/v1/submissions", data=data, headers=token(client))

    def check(self, name: str, raw: bytes, dataset: str | None = None) -> dict[str, Any]:
        """The verdict on a file that is not handed in."""
        answer = self.send(name, raw, dry_run="true", **({"dataset": dataset} if dataset else {}))
        return dict(answer.get_json()) | {"status": answer.status_code}

    def put_in_inbox(self, name: str, raw: bytes) -> bool:
        """Put a file into somebody's folder. Gives whether it was taken."""
        folder = settings().home / "inbox" / name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "file.csv"
        path.write_bytes(raw)
        os.utime(path, (1, 1))  # it has settled
        return inbox.take_in() == 1

    def withdraw(self, name: str, receipt: str, **which: str) -> TestResponse:
        """By the API; `which`: period, area_code, scheme."""
        client = self.clients[name]
        return client.delete(
            f"/api/v1/submissions/{receipt}", json={"because": "a test"} | which, headers=token(client)
        )

    def follow(self, name: str, receipt: str, act: str) -> TestResponse:
        """By the API: confirmations, retries or joins."""
        client = self.clients[name]
        return client.post(f"/api/v1/submissions/{receipt}/{act}", headers=token(client))

    def press(self, name: str, receipt: str, act: str) -> TestResponse:
        """By the form of the submission's page: withdraw, confirm, retry or join."""
        return self._post(name, f"/submissions/{receipt}/{act}", because="a test", comment="a test")

    def grant(self, name: str, to: Return, amount: int) -> TestResponse:
        """By the form of the page of notices and grants."""
        form = {"period": to.at, "to": to.area, "scheme": to.about, "amount": str(amount)}
        return self._post(name, f"/notices/{self.people[name].area_code}/allocate", **form)

    def write_sheet(self, name: str, of: Return, n: int, file: bool) -> str:
        """Type a flash report, and file it or have its draft kept. Gives the page's answer."""
        client, call = self.clients[name], sheet_call(of.at, of.area, of.about, n, file)
        return client.post("/_dash-update-component", json=call, headers=token(client)).get_data(as_text=True)

    def _post(self, name: str, path: str, **form: str) -> TestResponse:
        client = self.clients[name]
        return client.post(path, data=form | {"csrf_token": token(client).get("X-CSRFToken", "")})


def outcome(answer: TestResponse) -> str:
    """What became of a form, by the address that it leads back to."""
    return (
        answer.location.partition("outcome=")[2].partition("&")[0]
        if answer.location
        else str(answer.status_code)
    )


def sheet_call(week: str, area: str, administrator: str, n: int, file: bool) -> dict[str, Any]:
    """What the page of a flash report sends when it is filed, or when its draft is kept."""
    did = ("flash-file", "n_clicks") if file else ("flash-written", "data")
    said = "flash-filed" if file else "flash-message"
    fields: list[tuple[str, str | int, Any]] = [("axis", axis, n) for axis in AXES] + [
        ("text", 0, f"Number {n}")
    ]
    ids = [{"type": "flash-field", "field": field, "n": place} for field, place, _ in fields]
    values = [value for *_, value in fields]
    sheet = {
        "week": week,
        "code": area,
        "administrator": administrator or None,
        "language": "en",
        "entries": [{"kind": "done", "text": ""}],
    }
    return {
        "output": f"{said}.children",
        "outputs": {"id": said, "property": "children"},
        "inputs": [{"id": did[0], "property": did[1], "value": 1}],
        "state": [
            [{"id": i, "property": "value", "value": v} for i, v in zip(ids, values, strict=True)],
            [{"id": one, "property": "id", "value": one} for one in ids],
            {"id": "flash-of", "property": "data", "value": sheet},
        ],
        "changedPropIds": [".".join(did)],
    }
