"""A reader in a real Chromium: down to the village and back, in three languages, wide and on a phone."""

import csv
import io
import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from tests.dashboards.conftest import NARROW


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#headline")).to_be_visible()


def test_from_the_nation_down_to_a_village_and_back_up(page: Page, served: str) -> None:
    open_page(page, served)
    expect(page.locator("#headline")).to_contain_text("income protection from at least one scheme")
    page.locator(".tiles a").first.click()  # by the map
    expect(page).to_have_url(re.compile(r"/area/\d\d$"))
    expect(page.locator(".crumbs a")).to_have_count(1)  # the new page is there, not only its address
    for digits in (4, 6, 8):  # by the ranking
        page.locator(".place").first.click()
        expect(page).to_have_url(re.compile(rf"/area/\d{{{digits}}}$"))
        expect(page.locator(".crumbs a")).to_have_count(digits // 2)
    expect(page.locator(".place")).to_have_count(0)  # a village is a leaf
    expect(page.locator("#schemes")).to_be_visible()
    page.locator(".crumbs a").first.click()
    expect(page.locator(".tiles a")).to_have_count(25)


def test_the_menu_is_one_line_and_shows_where_one_is(page: Page, served: str) -> None:
    lines = """() => new Set([...document.querySelectorAll('.top > :not(.skip, .within)')]
        .map(e => e.getBoundingClientRect()).map(box => Math.round(box.top + box.height / 2))).size"""
    for language in ("km", "en", "fr"):
        for width in (1280, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            open_page(page, f"{served}/figures?lang={language}")
            expect(page.locator(".ways").first.locator("a")).to_have_count(5)
            assert page.evaluate(lines) == 1, (language, width)
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    open_page(page, f"{served}/contracts?lang=fr")
    for way in page.locator(".ways .on").all():
        expect(way).to_be_in_viewport(ratio=0.95)


def test_an_area_is_found_by_a_name_in_any_language_and_by_its_code(page: Page, served: str) -> None:
    open_page(page, served)
    search, found = page.get_by_role("searchbox", name="Find an area"), page.locator(".area-search .found a")
    for words in ("siem-REAP", "សៀមរាប", "17"):
        search.fill(words)
        expect(found.first).to_contain_text("Siem Reap")
    search.press("ArrowDown")
    expect(found.first).to_be_focused()
    search.fill("tonle bassac")
    search.press("Enter")  # as a plain form does, before anything is suggested
    expect(page).to_have_url(re.compile("/(search|area)"))


def test_a_cell_of_the_reporting_strip_leads_to_its_area(page: Page, served: str) -> None:
    open_page(page, served)
    page.locator("#reporting [data-href]").first.click()
    expect(page).to_have_url(re.compile(r"/area/\d\d$"))


def test_switching_the_language_keeps_the_page_and_is_remembered(page: Page, served: str) -> None:
    open_page(page, f"{served}/area/17")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_title("ភាសាខ្មែរ").click()
    expect(page.locator("#headline")).to_contain_text("សៀមរាប")
    expect(page.locator("html")).to_have_attribute("lang", "km")
    expect(page).to_have_url(f"{served}/area/17?lang=km")
    page.get_by_title("Français").click()
    expect(page.locator("#headline")).to_contain_text("personnes sur 100")
    open_page(page, served)  # a new visit, without the language in the address
    expect(page.locator("#headline")).to_contain_text("personnes sur 100")


def test_choosing_a_period_and_an_indicator_changes_address_and_figures(page: Page, served: str) -> None:
    open_page(page, served)
    before = page.locator(".figure .big").first.inner_text()
    page.get_by_role("textbox", name="Period").click()
    page.get_by_role("option", name=re.compile("[A-Z]")).last.click()  # the oldest month
    expect(page).to_have_url(re.compile(r"\?period=\d{4}-\d\d$"))
    expect(page.locator(".figure .big").first).not_to_have_text(before)
    page.get_by_role("textbox", name="Indicator on the map").click()
    page.get_by_role("option", name="Children").click()
    expect(page).to_have_url(re.compile(r"indicator=children"))
    expect(page.locator("#map .note").first).to_contain_text("Children")
    page.locator(".place").first.click()
    expect(page).to_have_url(re.compile(r"/area/\d\d\?period=\d{4}-\d\d&indicator=children$"))


def test_a_table_opens_and_its_file_holds_the_same_rows(page: Page, served: str) -> None:
    open_page(page, served)
    ranking = page.locator("#ranking")
    ranking.get_by_text("Table", exact=True).click()
    rows = ranking.locator("tbody tr")
    expect(rows).to_have_count(25)
    with page.expect_download() as download:
        ranking.get_by_text("Download CSV").click()
    assert download.value.suggested_filename.startswith("sala-areas-KH-")
    text = download.value.path().read_text(encoding="utf-8-sig")
    records = list(csv.DictReader(io.StringIO(text)))
    assert [record["area"] for record in records] == rows.locator("th").all_inner_texts()
    assert all(float(record["lower_bound"]) <= float(record["upper_bound"]) for record in records)


def test_on_a_phone_what_is_touched_is_large_enough(page: Page, served: str) -> None:
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    open_page(page, served)
    page.wait_for_load_state("networkidle")
    small = page.evaluate(
        """() => [...document.querySelectorAll(
                '.top a, .choice input, .tile, .place, summary, .download, .crumbs a')]
            .filter(e => e.offsetParent && !e.classList.contains('skip'))
            .map(e => [e.textContent || e.className, e.getBoundingClientRect()])
            .filter(([, box]) => box.height < 43.5)
            .map(([text, box]) => text + ' ' + box.height)"""
    )
    assert small == []


def test_tables_are_whole_on_paper(page: Page, served: str) -> None:
    over_the_edge = """tables => tables.map(table => table.getBoundingClientRect().right)
        .filter(right => right > document.documentElement.clientWidth + 1)"""
    page.set_viewport_size({"width": 703, "height": 1000})  # A4 less its margins
    page.emulate_media(media="print")
    for path in ("/", "/board", "/gender", "/grievances", "/calendar"):
        open_page(page, served + path)
        expect(page.locator("#main table").first).to_be_attached()
        assert page.locator("#main table").evaluate_all(over_the_edge) == [], path


def test_every_link_can_be_reached_by_keyboard_and_shows_its_focus(page: Page, served: str) -> None:
    open_page(page, served)
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    tile = page.locator(".tiles a").first
    tile.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(tile).to_be_focused()
    assert tile.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/area/\d\d$"))
    expect(page.locator("#headline")).to_be_focused()


def test_an_unknown_area_or_period_is_answered_kindly(page: Page, served: str) -> None:
    open_page(page, f"{served}/area/ZZ")
    expect(page.locator("#headline")).to_have_text("There is no such area")
    expect(page.locator("main")).to_contain_text("ZZ")
    open_page(page, f"{served}/?period=1999-01")
    expect(page.locator("#headline")).to_have_text("There are no figures for this period")
    page.get_by_text("Go to the national page").click()
    expect(page.locator(".tiles a")).to_have_count(25)


def test_an_address_without_a_page_is_not_found(served: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"{served}/nowhere", timeout=120)
    with urllib.request.urlopen(f"{served}/area/17", timeout=120) as answer:
        assert answer.status == 200


def test_figures_are_filtered_as_they_are_shown_and_lead_to_areas(page: Page, served: str) -> None:
    open_page(page, f"{served}/explore")
    page.get_by_text("Choose what is shown").click()
    page.get_by_label("Filter as it is shown").fill("Siem Reap, Women")
    page.get_by_role("button", name="Show").click()
    row = page.locator(".explored-table tbody tr")
    expect(row).to_have_count(1)
    expect(page.locator(".lede")).to_contain_text("Women")
    expect(row.locator("td.num").first).to_have_text(re.compile(r"^[\d,]+\s*$"))  # persons
    expect(row).to_contain_text(re.compile(r"\d\.\d\s?%"))
    row.get_by_role("link", name="Siem Reap").click()
    expect(page).to_have_url(re.compile(r"/area/17"))


def test_a_file_that_is_sent_gets_a_receipt_and_a_page_of_its_own(page: Page, served: str) -> None:
    open_page(page, f"{served}/submissions")
    table = b"period,area_code,scheme,sex,age_group,beneficiaries\n2026-10,17,no_such_scheme,F,_T,1\n"
    page.locator("#upload input[type=file]").set_input_files(
        {"name": "siem-reap.csv", "mimeType": "text/csv", "buffer": table}
    )
    expect(page).to_have_url(re.compile(r"receipt=[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}"))
    expect(page.locator("#headline")).to_have_text("siem-reap.csv")
    expect(page.locator("#verdict")).to_contain_text("Checking now")
