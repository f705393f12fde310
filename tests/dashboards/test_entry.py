"""A small return filled in on the page: its sums checked while it is written, kept while the line is cut, sent when it
is back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.dashboards.conftest import NARROW, PATIENCE
from tests.dashboards.test_province_month import MONTH, Played, month, sign_in

SHEET = f"/entry?period={MONTH}"
__all__ = ["month"]


@pytest.fixture
def phone(month: Played, browser: Browser) -> Iterator[Page]:
    """The officer's phone, whose line may be cut: what it complains of then is no fault."""
    with closing(
        browser.new_context(viewport={"width": NARROW[0], "height": NARROW[1]}, locale="en-GB")
    ) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        month.windows["dara"] = page
        sign_in(month, "dara")
        month.chain_runs()  # the country's population is there
        yield page


def cell(page: Page, area: str, line: str) -> Locator:
    """Where the beneficiaries of a line of an area's return are written."""
    return of_area(page, area).get_by_role("group", name=line, exact=True).get_by_label("Beneficiaries")


def of_area(page: Page, area: str) -> Locator:
    return page.locator(".entry-form fieldset", has_text=f"Area {area}")


def test_a_return_is_filled_in_where_the_line_is_cut_and_sent_when_it_is_back(
    month: Played, phone: Page
) -> None:
    month.at("dara", SHEET)
    first = of_area(phone, "C1")
    total = first.get_by_label("Total, if your paper has one")
    cell(phone, "C1", "Women").fill("12x")
    expect(first).to_contain_text("“12x” is not a whole number.")
    cell(phone, "C1", "Women").fill("1,200")
    expect(first).not_to_contain_text("is not a whole number")
    cell(phone, "C1", "Men").fill("80")
    total.fill("1290")
    expect(first).to_contain_text("this line gives 1290 as the total, and its parts add up to 1280")
    total.fill("1280")
    expect(first).to_contain_text("The lines add up to 1,280. 2 of 2 filled in.")
    expect(first).not_to_contain_text("as the total")
    expect(phone.locator(".entry-sheet")).to_contain_text("Draft saved at")
    # What only the server knows, it says without taking anything in: more women than live there.
    phone.get_by_role("button", name="Check without sending").click()
    expect(phone.locator(".entry-sheet .after")).to_contain_text(
        "3 of 3 lines would be accepted", timeout=4 * PATIENCE
    )
    expect(first).to_contain_text("more than the 1000 persons")
    expect(phone.locator(".entry-sheet")).to_have_attribute("data-kept", "page")
    assert phone.evaluate("document.documentElement.scrollWidth") == NARROW[0]

    phone.context.set_offline(True)
    cell(phone, "C2", "Women").fill("66")
    expect(phone.locator(".entry-sheet")).to_contain_text("No connection: kept on this device.")
    phone.reload()
    expect(phone.locator(".lede")).to_contain_text("There is no connection")
    expect(cell(phone, "C1", "Women")).to_have_value("1,200")
    expect(cell(phone, "C2", "Women")).to_have_value("66")
    cell(phone, "C2", "Men").fill("95")
    phone.get_by_role("button", name="Send the return").click()
    expect(phone.locator(".entry-sheet .after")).to_contain_text(
        "it is sent by itself as soon as there is a connection"
    )

    phone.context.set_offline(False)
    expect(phone).to_have_url(re.compile(r"/submissions\?.*receipt="))
    expect(phone.locator("#headline")).to_have_text(f"scheme_returns-D-{MONTH}.csv")
    month.chain_runs()
    expect(phone.locator("#verdict")).to_contain_text("5 of 5 rows accepted")
    # The draft is gone; what stands is where the next correction begins.
    month.at("dara", SHEET)
    expect(cell(phone, "C2", "Men")).to_have_value("95")
    phone.get_by_role("button", name="Send the return").click()
    expect(phone.locator(".entry-sheet .after")).to_contain_text("nothing differs from what was sent before")


def test_a_draft_is_found_on_another_device(month: Played, phone: Page, browser: Browser) -> None:
    month.at("dara", SHEET)
    cell(phone, "C2", "Women").fill("67")
    expect(phone.locator(".entry-sheet")).to_contain_text("Draft saved at")
    with closing(browser.new_context(locale="en-GB")) as context:
        month.windows["dara"] = desk = context.new_page()
        sign_in(month, "dara")
        month.at("dara", SHEET)
        expect(cell(desk, "C2", "Women")).to_have_value("67")
