"""A committee writes its sheet in a real browser: kept while it writes, put together from below, filed."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.dashboards.conftest import NARROW
from tests.dashboards.test_browser import open_page

SHEET = "/flash/0204/2026-W47"


def risk(page: Page) -> str:
    field = page.locator("#list-risk .entry textarea").last
    expect(field).to_be_visible()
    return field.input_value()


def test_a_sheet_is_kept_put_together_and_filed(page: Page, browser: Browser, served: str) -> None:
    open_page(page, served + SHEET)
    page.get_by_role("button", name="Take the means").click()
    expect(page.locator(".axis-field input").first).to_have_value(re.compile(r"^\d+(\.\d)?%$"))
    page.locator("#list-risk").get_by_role("button", name="Add a line").click()
    expect(page.locator("#list-risk .entry textarea").last).to_be_visible()
    page.wait_for_timeout(1500)  # what is said of a draft tells the second in which it was saved
    message = page.locator("#flash-message").inner_text()
    page.locator("#list-risk .entry textarea").last.fill("The district office has no car.")
    page.locator("#list-risk .entry textarea").last.blur()
    expect(page.locator("#flash-message")).not_to_have_text(message)
    expect(page.locator("#flash-message")).to_contain_text("Draft saved")
    page.close()

    another = browser.new_context(viewport={"width": NARROW[0], "height": NARROW[1]}, locale="en-GB")
    phone = another.new_page()
    open_page(phone, served + SHEET)
    assert risk(phone) == "The district office has no car."
    assert phone.evaluate("document.documentElement.scrollWidth") == NARROW[0]

    below = phone.locator(".list .below").first  # whatever the communes sent up
    if below.get_attribute("open") is None:
        below.locator("summary").click()
    text = below.locator(".picks label").first.inner_text().split(" — ")[0].strip()
    below.locator(".picks input").first.check()
    below.get_by_role("button", name="Put what is ticked together").click()
    expect(phone.locator(".entry.compiled textarea")).to_have_value(text)
    expect(phone.locator(".entry.compiled")).to_contain_text("from 1 line below")

    phone.get_by_role("button", name="File this report").click()
    expect(phone.locator("#flash-filed .receipt")).to_have_count(2)
    open_page(phone, served + SHEET)
    expect(phone.locator("#flash-message")).to_contain_text("kept as a draft at once")  # the draft is gone
    another.close()


def test_a_sheet_that_says_nothing_is_not_filed(page: Page, served: str) -> None:
    open_page(page, f"{served}/flash/0205/2026-W45")
    page.get_by_role("button", name="File this report").click()
    expect(page.get_by_role("alert")).to_contain_text("each of the five axes")


def test_a_percentage_out_of_range_is_refused_as_it_was_written(page: Page, served: str) -> None:
    open_page(page, f"{served}/flash/0206/2026-W45")
    axes = page.locator(".axis-field input")
    for axis in axes.all():
        axis.fill("60")
    axes.last.fill("140")
    axes.last.blur()
    page.locator("#list-done").get_by_role("button", name="Add a line").click()
    page.locator("#list-done .entry textarea").last.fill("The team met.")
    page.get_by_role("button", name="File this report").click()
    expect(page.get_by_role("alert")).to_contain_text("a percentage lies between 0 and 100")
    expect(axes.last).to_have_value("140%")
    expect(page.locator("#flash-filed .receipt")).to_have_count(0)
