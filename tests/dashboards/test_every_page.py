"""Every page that is registered, wide and on a phone: whom assistive technology would fail, what hangs over the edge,
which column has no head of its own.
"""

from collections.abc import Sequence
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from countries.country import CAMBODIA, load
from sql import warehouse
from tests.conftest import living_in
from tests.dashboards.conftest import NARROW, NARROWEST, PATIENCE, WIDE, reading, sign_in_as, wait_until_shown
from tests.dashboards.every_page import RegisteredPage, every_page

# of each table the heads of its last row that stand there twice
DOUBLED = """heads => heads.flatMap(head => {
    const words = [...head.querySelectorAll('tr:last-child th')].map(th => th.textContent.trim()).filter(Boolean);
    return words.filter((word, i) => words.indexOf(word) !== i);
})"""
AXE = Axe()


@pytest.fixture(scope="module")
def pages(lived_in: str, filled_home: Path) -> list[RegisteredPage]:
    with living_in(filled_home):
        with warehouse.transaction() as connection:
            found = every_page(connection, load(CAMBODIA))
        warehouse.engine().dispose()
    return found


@pytest.mark.parametrize(
    ("by", "language", "sizes"), [("a visitor", "km", (NARROW,)), ("its reader", "fr", (WIDE, NARROW))]
)
def test_every_page_is_sound(
    by: str,
    language: str,
    sizes: tuple[tuple[int, int], ...],
    pages: list[RegisteredPage],
    lived_in: str,
    browser: Browser,
    filled_home: Path,
) -> None:
    faults: dict[str, list[str]] = {}
    looked_at = [page for page in pages if page.public or by == "its reader"]
    for reader in dict.fromkeys(page.reader if by == "its reader" else "" for page in looked_at):
        with reading(browser) as context, living_in(filled_home):
            shown = context.new_page()
            shown.set_default_timeout(PATIENCE)
            if reader:
                sign_in_as(shown, lived_in, reader)
            for page in looked_at:
                if page.reader == reader or not reader:
                    faults[page.address] = faults_of(
                        shown,
                        f"{lived_in}{page.in_language(language)}",
                        sizes[:1] if page.alike else sizes,  # the visitor has it on a phone
                    )
    assert len(faults) > 40
    assert {address: found for address, found in faults.items() if found} == {}


def faults_of(shown: Page, address: str, sizes: Sequence[tuple[int, int]]) -> list[str]:
    """What is wrong with a page at these sizes."""
    shown.goto(address)
    wait_until_shown(shown)
    found = [f"two columns: {head}" for head in shown.locator("table thead").evaluate_all(DOUBLED)]
    found += [f"hangs over the edge at {width}" for width in widths_too_small(shown)]
    for width, height in sizes:
        shown.set_viewport_size({"width": width, "height": height})
        found += [
            f"{violation['id']} at {width}: {[node['html'][:160] for node in violation['nodes']][:3]}"
            for violation in AXE.run(shown).response["violations"]
            if violation["impact"] in ("serious", "critical")
        ]
    return found


def widths_too_small(shown: Page) -> list[int]:
    """At which widths of the window the page has to be scrolled sideways."""
    found = []
    for width, height in (WIDE, NARROW, NARROWEST):
        shown.set_viewport_size({"width": width, "height": height})
        if shown.evaluate("document.documentElement.scrollWidth") > width:
            found.append(width)
    return found
