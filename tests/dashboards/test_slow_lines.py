"""What a slow line carries, and what one hears while there is none."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.dashboards.conftest import PATIENCE

MOST_BYTES = 900_000
MOST_BYTES_AGAIN = 100_000


def load(page: Page, address: str) -> dict[str, int]:
    """Open a page in a browser that kept what it may keep. Gives the bytes on the wire of each address."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}
    carried: dict[str, int] = defaultdict(int)

    def arrived(event: dict[str, object]) -> None:
        carried[addresses[str(event["requestId"])]] += int(str(event["encodedDataLength"]))

    session.on("Network.requestWillBeSent", lambda e: addresses.update({e["requestId"]: e["request"]["url"]}))
    session.on("Network.loadingFinished", arrived)
    page.goto(address, wait_until="networkidle")
    expect(page.locator("#headline")).to_be_visible()
    session.detach()
    return carried


def test_the_first_visit_is_light_and_the_next_one_lighter(page: Page, served: str) -> None:
    first = load(page, served)
    assert sum(first.values()) <= MOST_BYTES, first
    assert len(first) <= 22, first
    assert not [address for address in first if "plotly" in address]
    again = load(page, f"{served}/calendar")
    assert sum(again.values()) <= MOST_BYTES_AGAIN, again


@pytest.fixture
def patient(browser: Browser) -> Iterator[Page]:
    """A reader whose browser may complain of a line that is cut."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    yield page
    context.close()


def test_the_headline_comes_with_the_address(patient: Page, served: str) -> None:
    patient.route("**/*.js*", lambda route: route.abort())  # none has come yet
    answer = patient.goto(f"{served}/area/17")
    assert answer
    assert patient.locator("h1").inner_text().startswith("Siem Reap: between")
    assert len(answer.body()) < 20_000


def test_a_page_that_is_asked_for_without_a_line_comes_with_the_line(patient: Page, served: str) -> None:
    patient.goto(served)
    expect(patient.locator("#headline")).to_be_visible()
    expect(patient.locator("#connection")).to_be_hidden()
    patient.context.set_offline(True)
    patient.locator(".tiles a").first.click()
    expect(patient.locator("#connection .away")).to_be_visible()
    patient.context.set_offline(False)
    expect(patient.locator(".crumbs a")).to_have_count(1)
    expect(patient.locator("#connection")).to_be_hidden()


def test_what_may_have_been_done_is_not_done_again(patient: Page, served: str) -> None:
    patient.goto(served)
    table = patient.locator("#reporting summary").first
    expect(table).to_be_visible()
    patient.route("**/_dash-update-component*", lambda route: route.abort())
    with patient.expect_request("**/_dash-update-component*"):
        table.click()
    expect(patient.locator("#connection .lost")).to_be_visible()
