"""Files over HTTP and in a browser, as gunicorn serves them: checked, handed in, confirmed, taken back."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Page, expect, sync_playwright

from countries.country import Country
from sala.runtime import embedded_postgres
from tests.dashboards.conftest import CHROMIUM_ARGUMENTS, ROOT, free_port
from tests.transforms.intake.conftest import (
    files_that_hold,
    in_a_warehouse,
    read,
    returns,
    standing,
    tables_that_hold,
)
from transforms.intake.receive import receive_waiting
from validators.masking import MASK

OCTOBER = returns("2026-10 RA1 cash F Y0T17 30", "2026-10 RA1 cash M Y0T17 20")
FEWER = returns("2026-10 RA1 cash F Y0T17 33", "2026-10 RA9 cash F Y0T17 1")
LIST = (
    b"period,area_code,scheme,person_id,sex,birth_year\n"
    b"2026-10,RA1,cash,ID-77,F,1950\n2026-10,RA9,cash,ID-78,M,1948\n"
)


@pytest.fixture(scope="module")
def country(server: embedded_postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Country:
    """One warehouse and one server for all tests here: a start costs seconds."""
    return in_a_warehouse(tmp_path_factory.mktemp("country"))


@pytest.fixture(scope="module")
def address(country: Country, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard over the country of four villages, with gunicorn's own configuration."""
    tmp_path = tmp_path_factory.mktemp("server")
    place = f"127.0.0.1:{free_port()}"
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:dashboards.server.gunicorn_config",
        "dashboards.app:server",
    ]
    with (tmp_path / "log").open("wb") as out:
        process = subprocess.Popen(
            [*command, "--bind", place, "--workers", "1"],
            cwd=ROOT,
            env=os.environ | {"SALA_COUNTRY": str(country.folder)},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://{place}/healthz", timeout=120).close()
            break
        except OSError:
            assert process.poll() is None, (tmp_path / "log").read_text()
            time.sleep(0.2)
    yield f"http://{place}"
    process.terminate()
    process.wait(timeout=120)


def call(method: str, url: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
    """Status, and the answer: read as JSON where it is that."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            content, status, kind = answer.read(), answer.status, answer.headers["Content-Type"]
    except urllib.error.HTTPError as refused:
        content, status, kind = refused.read(), refused.code, refused.headers["Content-Type"]
    return status, json.loads(content) if "json" in kind else content


def hand_in(address: str, raw: bytes, name: str = "file.csv", **fields: str) -> tuple[int, dict[str, Any]]:
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode()
        for k, v in fields.items()
    ]
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    request = urllib.request.Request(
        f"{address}/api/v1/submissions",
        b"".join([*parts, head, raw, b"\r\n--x--\r\n"]),
        {"Content-Type": "multipart/form-data; boundary=x"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.status, json.load(answer)


def cells(workbook: bytes, sheet: str) -> list[list[Any]]:
    return [
        list(row) for row in openpyxl.load_workbook(io.BytesIO(workbook))[sheet].iter_rows(values_only=True)
    ]


def texts(workbook: bytes) -> list[str]:
    """Every cell and comment of a workbook."""
    return [
        f"{cell.value} {cell.comment.text if cell.comment else ''}"
        for sheet in openpyxl.load_workbook(io.BytesIO(workbook))
        for row in sheet.iter_rows()
        for cell in row
    ]


def test_the_whole_way_over_http(address: str, country: Country) -> None:
    status, checked = hand_in(address, FEWER, dry_run="true")
    assert (status, checked["counts"]) == (200, {"unlisted": 1})
    assert read("SELECT count(*) FROM mart.submission WHERE via = 'api'").iloc[0, 0] == 0

    hand_in(address, OCTOBER)
    receive_waiting(country)
    status, checked = hand_in(address, FEWER, dry_run="true")
    status, given = hand_in(address, FEWER, "réponse ខែ.csv", because="The men moved")
    assert status == 202
    receive_waiting(country)
    of = f"{address}/api/v1/submissions/{given['receipt']}"
    _, submission = call("GET", of)
    assert submission["unconfirmed"] == 1
    assert submission["because"] == "The men moved"
    stored = [(p["row_number"], p["rule"], p["message"]["en"]) for p in submission["problems"]]
    dry_run = [(p["row"], p["rule"], f"{p['message']['en']} {p['fix']['en']}") for p in checked["problems"]]
    assert sorted(stored) == sorted(dry_run)

    assert call("POST", f"{of}/confirmations", {"rule": "jump"})[0] == 409
    assert call("POST", f"{of}/confirmations", {"row": "two"})[0] == 400
    assert submission["state"] == "held"
    assert call("POST", f"{of}/confirmations", {"comment": "Counted"}) == (201, {"confirmed": 1})
    receive_waiting(country)
    assert call("GET", of)[1]["unconfirmed"] == 0
    assert call("GET", f"{of}/confirmations")[1]["confirmations"][0]["comment"] == "Counted"
    assert [c["difference"] for c in call("GET", f"{of}/changes")[1]["changes"]] == [-17, -17, -17]
    assert call("POST", f"{of}/retries")[0] == 202
    receive_waiting(country)
    assert len(call("GET", f"{of}/verdicts")[1]["verdicts"]) == 3

    assert call("DELETE", of)[0] == 409  # no reason given
    assert call("DELETE", of, {"because": "A mistake"}) == (200, {"withdrawn": 1})
    assert standing("RA1") == {}
    assert call("GET", f"{address}/api/v1/submissions/NONE/annotated")[0] == 404


def test_the_annotated_file_of_a_list_says_where_and_no_cell(address: str, country: Country) -> None:
    _, given = hand_in(address, LIST, "list.csv")
    receive_waiting(country)
    status, workbook = call("GET", f"{address}/api/v1/submissions/{given['receipt']}/annotated")
    assert status == 200
    header, *rows = cells(workbook, "beneficiary_list")
    assert {cell for row in rows for cell in row[: header.index("# row")]} == {MASK}
    assert "area_code" in [row[1] for row in cells(workbook, "Problems")[1:]]
    assert not any(secret in str(texts(workbook)) for secret in ("ID-7", "RA9"))
    assert "ID-7" not in str(call("GET", f"{address}/api/v1/submissions/{given['receipt']}")[1])


HEADER = "period,area_code,scheme,person_id,sex,birth_year,disability,amount_paid"
ROW = ["2026-10", "RA1", "cash", "Q88374Z61", "F", "1950", "N", "5"]
SECRETS = ("Q88374Z61", "988374061")


def sheet(*rows: str) -> bytes:
    """A workbook of these rows, every cell a text."""
    book, content = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row.split(","))
    book.save(content)
    return content.getvalue()


def lists_gone_wrong() -> dict[tuple[str, str], bytes]:
    """Files that a person's identifier is in where nobody expects one, by what is wrong and what each is sent as."""
    row = ",".join(ROW)
    files = {
        "no header": row,
        "no header, twice the same": f"{row},{ROW[3]}",
        "no header, one name by chance": f"{row},sex",
        "a title for a header": f"List of {ROW[3]}\n{row}",
        "identifier beside the names": f"{HEADER},{ROW[3]}\n{row},x",
        "identifier twice beside the names": f"{HEADER},{ROW[3]},{ROW[3]}\n{row},x,y",
        "names of another dataset, and an identifier": f"period,area_code,scheme,{ROW[3]}\n{row}",
        "name like one of ours": f"{HEADER.replace('person_id', 'person_id_' + ROW[3])}\n{row}",
        "quotation mark left open": f'{HEADER}\n"{row}\n{row}',
        "more cells than names": f"{HEADER}\n{row},{ROW[3]}",
        "rows that are no rows": f"{HEADER}\n{';'.join(ROW)}",
    }
    sent = {
        (what, dataset): f"{text}\n#{dataset}".encode()
        for what, text in files.items()
        for dataset in ("", "beneficiary_list", "scheme_returns")
    }
    sent |= {(f"sheet: {what}", ""): sheet(*text.split("\n")) for what, text in list(files.items())[:4]}
    for secret in SECRETS:
        for place, name in enumerate(HEADER.split(",")):
            cells = [*ROW[:place], secret, *ROW[place + 1 :]]
            sent[f"{secret} in {name}", ""] = f"{HEADER}\n{row}\n{','.join(cells)}".encode()
    return sent


def test_a_list_that_went_wrong_leaves_no_identifier_anywhere(
    address: str, country: Country, page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    said: dict[str, str] = {}
    receipts: dict[str, str] = {}
    for (what, dataset), raw in lists_gone_wrong().items():
        as_what = {"dataset": dataset} if dataset else {}
        case = f"{what}, as {dataset}"
        if not dataset:
            said[f"checked: {case}"] = str(hand_in(address, raw, dry_run="true")[1])
        receipts[case] = hand_in(address, raw, **as_what)[1]["receipt"]
    receive_waiting(country)
    for case, receipt in receipts.items():
        said[case] = str(call("GET", f"{address}/api/v1/submissions/{receipt}")[1])
        workbook = call("GET", f"{address}/api/v1/submissions/{receipt}/annotated")[1]
        said[f"annotated: {case}"] = str(texts(workbook))

    upload = tmp_path_factory.mktemp("upload") / "list.csv"
    for box, answer in (("#check-upload", "#checked-verdict"), ("#upload", "#verdict")):
        page.goto(f"{address}/submissions")
        upload.write_bytes(",".join(ROW).encode())
        page.set_input_files(f"{box} input", upload)
        if box == "#upload":
            page.wait_for_url("**/submissions?*receipt=*")
            receive_waiting(country)
        expect(page.locator(answer)).to_contain_text("names the columns", timeout=60_000)
        said[f"page: {box}"] = page.content()
    upload.unlink()

    assert len(receipts) > 50
    for secret in SECRETS:
        assert [case for case, text in said.items() if secret.lower() in text.lower()] == []
        assert tables_that_hold(secret) == []
        assert files_that_hold(tmp_path_factory.getbasetemp(), secret.encode()) == []
    assert {"unreadable", "partial", "rejected"} <= set(
        read("SELECT DISTINCT outcome FROM mart.submission")["outcome"]
    )


def test_a_template_with_the_last_figures_is_accepted_as_it_is_filled_in(
    address: str, country: Country
) -> None:
    hand_in(address, returns("2026-09 RA1 cash F Y0T17 30"))
    receive_waiting(country)
    assert call("GET", f"{address}/api/v1/templates/scheme_returns")[0] == 400
    assert call("GET", f"{address}/api/v1/templates/nothing?area=RA")[0] == 404
    assert call("GET", f"{address}/api/v1/templates/scheme_returns?area=XX")[0] == 404
    assert call("GET", f"{address}/api/v1/templates/scheme_returns?format=csv")[1].startswith(
        b"\xef\xbb\xbfperiod,"
    )
    _, workbook = call("GET", f"{address}/api/v1/templates/scheme_returns?area=RA&period=2026-10")
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book["scheme_returns"]
    header = [cell.value for cell in sheet[1]]
    last = next(i for i, name in enumerate(header) if str(name).startswith("# beneficiaries"))
    key = [header.index(name) for name in ("area_code", "scheme", "sex", "age_group")]
    shown = {tuple(row[i].value for i in key): row[last].value for row in sheet.iter_rows(min_row=2)}
    assert shown[("RA1", "cash", "F", "Y0T17")] == 30
    for row in sheet.iter_rows(min_row=2):
        row[header.index("beneficiaries")].value = 4
    filled = io.BytesIO()
    book.save(filled)
    _, verdict = hand_in(address, filled.getvalue(), "filled.xlsx", dry_run="true")
    assert (verdict["outcome"], verdict["rows_read"]) == ("accepted", len(shown))


@pytest.fixture
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM_ARGUMENTS)
        yield browser.new_page()
        browser.close()


def test_an_officer_checks_hands_in_confirms_and_withdraws(
    address: str, country: Country, page: Page, tmp_path: Path
) -> None:
    hand_in(address, OCTOBER.replace(b"RA1", b"RB1"))
    receive_waiting(country)
    file = tmp_path / "corrected.csv"
    file.write_bytes(FEWER.replace(b"RA1", b"RB1"))
    page.goto(f"{address}/submissions")
    page.set_input_files("#check-upload input", file)
    expect(page.locator("#checked-verdict")).to_contain_text("Checked, not handed in", timeout=60_000)
    expect(page.locator("#checked-verdict")).to_contain_text("1 fewer")
    assert read("SELECT count(*) FROM mart.submission WHERE filename = 'corrected.csv'").iloc[0, 0] == 0

    page.set_input_files("#upload input", file)
    page.wait_for_url("**/submissions?*receipt=*")
    receive_waiting(country)
    expect(page.locator("#unconfirmed")).to_contain_text("1 warning is not confirmed yet", timeout=60_000)
    expect(page.locator("#held")).to_contain_text("Nothing in this file counts yet")
    expect(page.locator("#held tbody")).to_contain_text("-17")
    page.fill("#unconfirmed textarea", "The men moved away")
    page.click("#unconfirmed button")
    expect(page.locator("p.done")).to_contain_text("Confirmed")
    receive_waiting(country)
    expect(page.locator("#verdict")).to_contain_text("The men moved away")
    with page.expect_download() as started:
        page.click("text=Download the file with every problem")
    assert started.value.suggested_filename.endswith(".xlsx")

    page.click("text=Withdraw or try again")
    page.fill("#withdraw-because", "The wrong month")
    page.click("text=Withdraw the file")
    expect(page.locator("p.done")).to_contain_text("Withdrawn")
    expect(page.locator("#verdict")).to_contain_text("withdrawn")
    assert standing("RB1") == {}

    page.goto(f"{address}/submissions")
    page.select_option("#template-dataset", "scheme_returns")
    page.select_option("#template-area", "RA")
    with page.expect_download() as started:
        page.click("text=Download the template")
    assert started.value.suggested_filename.startswith("scheme_returns-RA-")
