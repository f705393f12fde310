"""A month of a province, played through the pages by its district's officer, its chair and secretary, and the board.

Between the steps the chain does by itself what Airflow would have it do: files are judged, and what moved is compiled.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Locator, Page, expect
from sqlalchemy import text

from countries.country import Country, load
from sala.runtime import embedded_postgres
from sql import warehouse
from tests.conftest import country_in_use, reset
from tests.dashboards.conftest import PATIENCE, reading, serve
from tests.reference.world import AGES, Indicator, Scheme, World
from transforms.country.load_country import load_country
from transforms.coverage.publishing import compile_and_publish
from transforms.identity.accounts import add
from transforms.identity.audit import verify
from transforms.intake.receive import receive_waiting

MONTH, WEEK = "2026-10", "2026-W44"
PASSWORD = "seven blue lanterns"
LAYERS = ("Nation", "Province", "District", "Commune")
EVERY = ["provisional", "endorsed", "released"]
# account → role, area, what the role may do
PEOPLE = {
    "dara": ("officer", "D", ["read", "submit", "draft"]),
    "sokha": ("secretary", "P", ["read", "submit", "draft", "endorse", "return", "settle"]),
    "chan": ("chair", "P", ["read", "draft", "endorse", "return", "settle"]),
    "bopha": ("board", "R", ["read", "return", "publish", "allocate"]),
}
RISK = "The bridge to the pay point is closed."
ANSWER = "The province sends a boat every Monday."
REASON = "The second commune doubled within a month: please look again."
TITLE, WORDS = "Payments in November", "Pay before the water festival."

Counts = dict[tuple[str, str], int | str]  # (commune, sex) → persons, as written in the file
LAST: Counts = {("C1", "F"): 1_200, ("C1", "M"): 80, ("C2", "F"): 66, ("C2", "M"): 95}


def country(folder: Path) -> Country:
    """One province with one district of two communes, each with 1,000 women and 1,000 men of 60 and more."""
    world = World(
        {"R": None, "P": "R", "D": "P", "C1": "D", "C2": "D"},
        (Scheme("allowance", 3, ("Y_GE60",)),),
        (Indicator("older", ("allowance",), "disjoint", ("Y_GE60",)),),
        {(code, sex, age): 1_000 for code in ("C1", "C2") for sex in "FM" for age in AGES},
    )
    world.country(folder)
    file = folder / "country.yaml"
    declared = yaml.safe_load(file.read_text())
    for layer, name in zip(declared["layers"], LAYERS, strict=True):
        layer |= {"names": {"en": name}, "plurals": {"en": f"{name}s"}}
    declared["names"] = {"en": "The nation"}
    declared["schemes"][0]["names"] = {"en": "Old-age allowance"}
    file.write_text(yaml.safe_dump(declared))
    everywhere = [layer["id"] for layer in declared["layers"]]
    public = {"id": "public", "layers": everywhere[:1], "sees": ["released"], "actions": ["read"]}
    roles = [public | {"visitors": "always", "names": {"en": "Public"}}] + [
        {"id": id, "names": {"en": id.title()}, "layers": everywhere, "sees": EVERY, "actions": actions}
        for id, _, actions in PEOPLE.values()
    ]
    committees = [
        {"layer": everywhere[1], "quorum": ["chair", "secretary"]},
        {"layer": everywhere[2], "quorum": ["chair"]},
    ]
    (folder / "roles.yaml").write_text(yaml.safe_dump(roles))
    (folder / "committees.yaml").write_text(yaml.safe_dump(committees))
    return load(folder)


@dataclass(frozen=True)
class Played:
    """The dashboard's address, its country, and each person's own window, by account."""

    address: str
    country: Country
    windows: dict[str, Page]

    def chain_runs(self) -> None:
        """What the DAGs do: waiting files are judged and loaded, and what they moved is compiled up to the nation."""
        for period in receive_waiting(self.country):
            compile_and_publish(period)

    def at(self, who: str, path: str) -> Page:
        """Their window, on a page of the dashboard."""
        window = self.windows[who]
        window.goto(self.address + path)
        expect(window.locator("#headline")).to_be_visible()
        return window


@pytest.fixture
def month(server: embedded_postgres.Server, browser: Browser, tmp_path: Path) -> Iterator[Played]:
    """A warehouse in which nothing was reported yet, its dashboard, and four people who are not signed in."""
    made = country(tmp_path / "country")
    reset()
    with country_in_use(made.folder), ExitStack() as windows:
        load_country(made)
        for name, (role, area, _) in PEOPLE.items():
            add(made, name, role, area, password=PASSWORD, must_change=False)
        process, address = serve(server.url, tmp_path / "log")
        windows.callback(process.wait, timeout=20)
        windows.callback(process.terminate)
        pages = {name: windows.enter_context(reading(browser)).new_page() for name in PEOPLE}
        for page in pages.values():
            page.set_default_timeout(PATIENCE)
        yield Played(address, made, pages)


@pytest.mark.timeout(1800)
def test_a_month_of_a_province(month: Played) -> None:
    for who in PEOPLE:
        sign_in(month, who)

    # The officer has a draft checked, mends one of its two faults, and sends what is left of them.
    check(month.at("dara", "/submissions"), {**LAST, ("C2", "F"): "many", ("C2", "X?"): 3})
    sent = send(month, "dara", "october.csv", {**LAST, ("C2", "F"): "many"})
    expect(sent.locator("#verdict")).to_contain_text("Checking now")
    month.chain_runs()
    expect(sent.locator("#verdict")).to_contain_text("accepted in part")
    expect(sent.locator("#verdict")).to_contain_text("3 of 4 rows accepted")
    expect(sent.locator("#verdict tr", has_text="row rejected")).to_contain_text("many")
    # It is mended on its page, although the session ends meanwhile, and the whole return comes anew.
    mend_after_signing_in_again(sent, "many", "130")
    month.chain_runs()
    # More women than live in the first commune: that is right, and they say why.
    expect(sent.locator("#verdict")).to_contain_text("4 of 4 rows accepted")
    expect(sent.locator("#verdict")).to_contain_text("In the national figure: October 2026")
    confirm(sent, "Women of the neighbouring commune are paid here.")

    # Their flash report of the week raises a risk that the province can settle.
    file_sheet(month.at("dara", f"/flash/D/{WEEK}"))
    month.chain_runs()
    expect(month.windows["dara"].locator("#flash-filed")).not_to_contain_text("Checking now")
    expect(month.windows["dara"].locator("#flash-filed .pill.accepted")).to_have_count(2)

    # The secretary finds the month in the worklist, asks about a figure, and sends the district's back.
    review = open_review(month, "sokha", "mine", "P")
    expect(row(review, "Area D")).to_contain_text("1,505")
    remark(review, "Area D", "Is 130 right?")
    send_back(review, "Area D", REASON)
    expect(row(review, "Area D")).to_contain_text("returned")

    # The officer reads why, answers, and sends the right figure.
    returned = open_review(month, "dara", "returned", "D")
    expect(returned.locator("#headline")).to_contain_text("were returned")
    expect(returned.locator("#reason")).to_contain_text(REASON)
    expect(returned.locator("#remarks")).to_contain_text("Is 130 right?")
    returned.get_by_placeholder("Answer").fill("No: it is 65.")
    send_after_signing_in_again(returned, returned.locator("#remarks .thread button"))
    expect(returned.locator("#remarks .answer")).to_contain_text("No: it is 65.")
    send(month, "dara", "october-3.csv", {**LAST, ("C2", "F"): 65})
    month.chain_runs()
    expect(month.at("dara", f"/review/D/scheme_returns?period={MONTH}").locator("#timeline")).to_contain_text(
        "A corrected file came"
    )

    # Chair and secretary sign; only then is the province's figure endorsed.
    checklist = open_review(month, "chan", "mine", "P").locator(".checklist")
    expect(checklist).to_contain_text("that nobody has confirmed")
    expect(checklist).to_contain_text("more than the 1000 persons")
    sign(month, "chan", "Another one is still needed.")
    expect(month.at("bopha", f"/area/P?period={MONTH}").locator(".pills").first).not_to_contain_text(
        "Endorsed"
    )
    sign(month, "sokha", "Endorsed: the figures shown are the signed ones.")
    expect(month.at("bopha", f"/area/P?period={MONTH}").locator(".pills").first).to_contain_text("Endorsed")

    # The chair answers the risk, and the officer reads the answer.
    answer(month.at("chan", "/items"))
    items = month.at("dara", "/items")
    items.get_by_role("tab", name=re.compile("Answered")).click()
    expect(items.locator("li", has_text=RISK).locator(".answer").first).to_contain_text(ANSWER)

    # One woman more comes late: both versions can be seen until they sign again.
    send(month, "dara", "october-4.csv", LAST)
    month.chain_runs()
    reopened = open_review(month, "sokha", "mine", "P")
    expect(reopened.locator("#restatement")).to_contain_text("1,265 → 1,266")
    expect(row(reopened, "Area P, all together")).to_contain_text("1,441")
    expect(reopened.locator("#by-area")).to_contain_text("1 line is not as it was signed")
    expect(row(reopened, "Area D")).to_contain_text("signed: 1,440")
    reopened.get_by_role("link", name="signed", exact=True).click()
    expect(row(reopened, "Area P, all together")).to_contain_text("1,440")
    sign(month, "sokha", "Another one is still needed.")
    sign(month, "chan", "Endorsed: the figures shown are the signed ones.")

    # The board sees the figures and publishes a notice; it sees who has read it.
    nation = month.at("bopha", f"/?period={MONTH}")
    expect(nation.locator("#schemes")).to_contain_text("1,441")
    publish(month.at("bopha", "/notices"))
    officers = month.at("dara", "/notices")
    expect(officers.locator(".notice")).to_contain_text(WORDS)
    officers.get_by_role("button", name="We have read it").click()
    expect(officers.locator(".notice")).to_contain_text("Acknowledged by dara")
    expect(month.at("bopha", "/notices").locator(".notice summary")).to_contain_text("Acknowledged by 1 of")

    # A correction that cannot be read changes nothing: the page says what stands, and since which file.
    spoilt = send(month, "dara", "october-5.csv", {**LAST, ("C2", "F"): "some"})
    month.chain_runs()
    expect(spoilt.locator("#verdict tr", has_text="row rejected")).to_contain_text("66 still stands, from")

    # Every step is in the audit log, unbroken, and the figures are the plain sum of what was filed last.
    with warehouse.transaction() as connection:
        log = verify(connection)
        by = connection.execute(text("SELECT DISTINCT person FROM ledger.audit")).scalars().all()
        totals = connection.execute(text(_TOTALS), {"month": MONTH}).all()
        numerator = connection.execute(text(_NUMERATOR), {"month": MONTH}).scalar_one()
    assert log.broken is None
    assert log.entries > 10
    assert set(PEOPLE) <= set(by)
    communes = {"C1": ("C1",), "C2": ("C2",)} | dict.fromkeys("DPR", ("C1", "C2"))
    assert {(area, sex): n for area, sex, n in totals} == {
        (area, sex): sum(int(LAST[commune, sex]) for commune in below)
        for area, below in communes.items()
        for sex in "FM"
    }
    assert numerator == sum(map(int, LAST.values()))


_TOTALS = """
SELECT area_code, sex, sum(beneficiaries) FROM mart.scheme_total
WHERE period = :month AND sex <> '_T' AND age_group = 'Y_GE60' GROUP BY area_code, sex
"""
_NUMERATOR = """
SELECT numerator FROM mart.indicator_value
WHERE indicator = 'older' AND area_code = 'R' AND period = :month AND sex = '_T' AND age_group = '_T'
"""


def table(counts: Counts) -> bytes:
    """The return as an officer's file."""
    lines = [
        f"{MONTH},{commune},allowance,{sex},Y_GE60,{persons}" for (commune, sex), persons in counts.items()
    ]
    return "\n".join(["period,area_code,scheme,sex,age_group,beneficiaries", *lines, ""]).encode()


def sign_in(month: Played, who: str) -> None:
    page = month.at(who, "/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("Name of the account").fill(who)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".who summary")).to_contain_text(who)


def drop(page: Page, box: str, filename: str, counts: Counts) -> None:
    page.locator(f"#{box} input[type=file]").set_input_files(
        {"name": filename, "mimeType": "text/csv", "buffer": table(counts)}
    )


def check(page: Page, counts: Counts) -> None:
    """Two faults are told, and nothing is handed in."""
    drop(page, "check-upload", "draft.csv", counts)
    # the first file of a server waits until it has loaded what it judges with
    expect(page.locator("#checked-verdict")).to_contain_text("Checked, not handed in", timeout=4 * PATIENCE)
    expect(page.locator("#checked-verdict")).to_contain_text("2 problems")
    page.reload()
    expect(page.locator("#files")).to_be_visible()
    expect(page.get_by_text("draft.csv")).to_have_count(0)


def send(month: Played, who: str, filename: str, counts: Counts) -> Page:
    """Hand a file in; their window is on its verdict."""
    page = month.at(who, "/submissions")
    drop(page, "upload", filename, counts)
    expect(page.locator("#headline")).to_have_text(filename)
    return page


def mend_after_signing_in_again(page: Page, before: str, after: str) -> None:
    """Write the one faulty cell anew and send; the session is over by then, and what was typed is kept."""
    cell = page.locator(".cell.faulty input").first  # what is rejected stands before what is only a question
    expect(cell).to_have_value(before)
    cell.fill(after)
    expect(page.locator(".cell .before:visible")).to_contain_text(f"{before} → {after}")
    page.get_by_role("button", name="Check without sending").click()
    expect(page.locator(".mend .after")).to_contain_text("3 before, 4 of 4 now")
    send_after_signing_in_again(page, page.get_by_role("button", name="Send the mended file"))
    expect(page.locator("#headline")).to_have_text("october mended.xlsx")


def send_after_signing_in_again(page: Page, button: Locator) -> None:
    """The session is over when the button is pressed: it is asked for anew, and what was typed is sent then."""
    kept = page.context.cookies()
    page.context.clear_cookies()
    button.click()
    expect(page.locator("#session")).to_contain_text("What you typed is still here")
    page.context.add_cookies(kept)  # as signing in again in another window does
    expect(page.locator("#session")).not_to_be_visible()


def confirm(page: Page, why: str) -> None:
    warning = page.locator("#unconfirmed .thread", has_text="more than the 1000 persons")
    warning.get_by_role("textbox").fill(why)
    page.get_by_role("button", name="Confirm the lines").click()
    expect(page.get_by_role("status").first).to_contain_text("Confirmed, and recorded under your name.")
    expect(page.locator("#verdict")).to_contain_text(f"confirmed by dara · {why}")


def file_sheet(page: Page) -> None:
    """Five axes and one risk for the province."""
    for axis in page.locator(".axis-field input").all():
        axis.fill("60")
        axis.blur()
    page.locator("#list-risk").get_by_role("button", name="Add a line").click()
    risk = page.locator("#list-risk .entry")
    risk.locator("textarea").last.fill(RISK)
    risk.get_by_role("textbox", name="Who can settle it").click()
    page.get_by_role("option", name="Province").click()
    send_after_signing_in_again(page, page.get_by_role("button", name="File this report"))
    expect(page.locator("#flash-filed .receipt")).to_have_count(2)


def open_review(month: Played, who: str, group: str, area: str) -> Page:
    """From the worklist to an area's month."""
    page = month.at(who, "/reviews")
    waiting = page.locator(f"#reviews-{group} tr", has_text="Scheme returns").filter(has_text=f"Area {area}")
    waiting.get_by_role("link").click()
    expect(page).to_have_url(re.compile(f"/review/{area}/scheme_returns"))
    expect(page.locator("#signatures")).to_be_visible()
    return page


def row(page: Page, name: str) -> Locator:
    return page.locator("#by-area tbody tr").filter(has=page.get_by_role("rowheader", name=name, exact=True))


def remark(page: Page, child: str, words: str) -> None:
    row(page, child).get_by_role("button", name=f"remark on {child}, Old-age allowance").click()
    box = page.locator("#remarks")
    expect(box.get_by_label("Remark")).to_be_focused()
    expect(box.get_by_label("Area").locator("option:checked")).to_have_text(child)
    box.get_by_label("Remark").fill(words)
    box.get_by_role("button", name="Add the remark").click()
    expect(page.get_by_role("status").first).to_contain_text("Your remark is recorded.")


def send_back(page: Page, child: str, why: str) -> None:
    box = page.locator("#send-back")
    box.get_by_label(child).check()
    box.get_by_label("Why (required)").fill(why)
    box.get_by_role("button", name="Send back").click()
    expect(page.get_by_role("status").first).to_contain_text("Sent back, with your reason.")


def sign(month: Played, who: str, message: str) -> None:
    page = open_review(month, who, "mine", "P")
    page.get_by_label("We have looked at these points").check()
    page.get_by_role("button", name="Sign these figures").click()
    expect(page.get_by_role("status").first).to_contain_text(message)


def answer(page: Page) -> None:
    risk = page.locator("li", has_text=RISK).first
    risk.get_by_role("textbox").fill(ANSWER)
    risk.get_by_role("button", name="Answer and return").click()
    expect(page.locator("#items-message")).to_have_text("Answered; it is back where it came from.")


def publish(page: Page) -> None:
    box = page.locator("#publish")
    box.locator("summary").click()
    box.locator("[name=title_en]").fill(TITLE)
    box.locator("[name=text_en]").fill(WORDS)
    box.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("Published.")
