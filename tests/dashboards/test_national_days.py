"""A day of the board, of monitoring and evaluation, and of an administrator, from signing in to done."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboards.pages.board.meeting import BY_THEMSELVES
from tests.conftest import living_in
from tests.dashboards.conftest import PATIENCE, reading, sign_in_as
from tests.dashboards.lived_in import DRAFTED
from transforms.release.acts import publish_release

DECISION = "Open a second pay point in the districts that are cut off."
PASSWORD = "nine grey herons at dusk"

SignedIn = Callable[[str], Page]


@pytest.fixture
def window(browser: Browser, lived_in: str, filled_home: Path) -> Iterator[SignedIn]:
    """Gives a window of an account's own; of a visitor where the account has no name."""
    with ExitStack() as windows:

        def opened(name: str) -> Page:
            page = windows.enter_context(reading(browser)).new_page()
            page.set_default_timeout(PATIENCE)
            if name:
                with living_in(filled_home):
                    sign_in_as(page, lived_in, name)
            return page

        yield opened


def shown(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator("#page #headline")).to_be_visible()
    return page


def by_menu(page: Page, group: str, name: str) -> None:
    """As a reader goes: the group, then the page in it."""
    ways = page.locator(".ways")
    ways.first.get_by_role("link", name=group).click()
    ways.nth(1).get_by_role("link", name=name, exact=True).click()


def test_a_day_of_the_board(window: SignedIn, lived_in: str, filled_home: Path) -> None:
    board = window("board")
    expect(board.locator("#page #headline")).to_contain_text("wait for you")

    # Five questions, each answered.
    by_menu(board, "Figures", "The board")
    expect(board.locator(".question")).to_have_count(5)
    expect(board.locator("#question-1 .sentence")).to_contain_text("of every 100 people")
    changed = board.locator("#question-2")
    expect(changed).to_contain_text("The fewest who must be covered")
    parts = [number_of(text) for text in changed.locator(".movement b").all_inner_texts()]
    assert sum(parts) == number_of(
        changed.locator(".lede").inner_text().split("covered are ")[1].split(" ")[0]
    )
    expect(changed.locator(".movement a.receipt").first).to_be_visible()
    expect(board.locator("#question-3 .scorecard tbody tr")).to_have_count(25)
    expect(board.locator("#question-3 .calls li").first).to_contain_text("is missing")
    expect(board.locator("#question-4 tbody tr").first).to_be_visible()
    expect(board.locator("#question-5")).to_contain_text("was granted and")

    # The meeting: slides by the keys, by themselves, and not while somebody writes.
    board.clock.install()
    board.get_by_role("link", name="Meeting mode").click()
    place = board.locator(".slide-controls .place")
    expect(place).to_have_text(re.compile(r"^1 / \d+$"))
    slides = int(place.inner_text().split(" / ")[1])
    assert slides > 4
    said = board.locator(".slide:not([hidden])").inner_text()
    assert said.count(said.split("\n")[0].split(": ")[1]) == 1, "a slide says its sentence twice"
    board.keyboard.press("ArrowRight")
    expect(place).to_have_text(f"2 / {slides}")
    expect(board.locator(".slide:not([hidden]) h2")).to_be_focused()
    board.keyboard.press("ArrowLeft")
    expect(place).to_have_text(f"1 / {slides}")
    board.get_by_role("button", name="Advance by themselves").click()
    board.clock.fast_forward(1000 * (BY_THEMSELVES + 1))
    expect(place).to_have_text(f"2 / {slides}")
    slide = board.locator(".slide:not([hidden])")
    slide.get_by_label("Who was heard").fill("The national fund and the provinces.")
    board.clock.fast_forward(1000 * (BY_THEMSELVES + 1))
    expect(place).to_have_text(f"2 / {slides}")

    # A decision becomes an item with holder and day, and waits on the home of whoever holds it.
    slide.get_by_label("What is decided").fill(DECISION)
    slide.get_by_label("Who carries it out").select_option(label="Battambang")
    slide.get_by_label("By which day").fill("2099-12-31")
    slide.get_by_role("button", name="Write it down").click()
    expect(board.get_by_role("status").first).to_contain_text("the decision is an item now")
    for _ in range(slides):
        board.keyboard.press("ArrowRight")
    record = board.locator(".slide:not([hidden])", has_text="Record of meetings").locator(
        "tr", has_text=DECISION
    )
    expect(record).to_contain_text("The national fund and the provinces.")
    expect(record).to_contain_text("Battambang")
    chair_02 = window("chair-02")
    shown(chair_02, f"{lived_in}/items/02").get_by_role("tab", name=re.compile("Held here")).click()
    held = chair_02.locator("li", has_text=DECISION)
    expect(held).to_contain_text("held by Battambang")
    expect(held).to_contain_text("Decision")

    # The draft: nobody outside sees it; its open points are answered, two sign, and it is public.
    visitor = window("")
    by_menu(board, "Figures", "Published")
    board.locator("#all tr", has_text="draft").get_by_role("link").click()
    expect(board.locator("#standing")).to_contain_text("Under embargo")
    draft = board.url.split("?")[0]
    expect(shown(visitor, draft).locator("#headline")).not_to_contain_text("Social protection")
    answer_all(board)
    board.get_by_role("button", name="Sign: these figures may be published").click()
    expect(board.get_by_role("status").first).to_contain_text("You have signed. Others must sign too.")
    chair = shown(window("chair"), draft)
    expect(chair.locator("#acts")).to_contain_text("Still to sign: Committee chair")
    chair.get_by_role("button", name="Sign: these figures may be published").click()
    expect(chair.get_by_role("status").first).to_contain_text("The quorum has signed")
    with living_in(filled_home):
        publish_release(draft.rsplit("/", 1)[1])  # as the DAG of releases does with what is approved
    expect(shown(visitor, f"{lived_in}/releases").locator("#headline")).to_contain_text("October 2026")
    assert DRAFTED == "2026-10"
    expect(visitor.locator("#timeline")).to_contain_text("board")


def number_of(text: str) -> int:
    """A number as the page writes it."""
    return int(re.sub(r"[^\d-]", "", text.replace("−", "-")))


def answer_all(board: Page) -> None:
    """Say of each open point of the checklist why it does not stand in the way."""
    points = board.locator("#checklist .check")
    expect(points.first).to_be_visible()
    while (forms := board.locator("#checklist form")).count():
        left = forms.count()
        forms.first.get_by_label("Why it may be released all the same").fill("The figures are made up.")
        forms.first.get_by_role("button", name="Answer").click()
        expect(forms).to_have_count(left - 1)


def test_a_day_of_monitoring_and_evaluation(window: SignedIn, lived_in: str) -> None:
    analyst = window("mande")

    # Chosen as it is shown; each shape draws the same rows.
    by_menu(analyst, "Data", "Data")
    choose(analyst, find="Women, Districts", within="Battambang")
    row = analyst.locator(".explored-table tbody tr")
    expect(row).to_have_count(14)
    expect(analyst.locator(".lede")).to_contain_text("Women")
    for shape, drawn in (
        ("Lines", ".explored-lines svg"),
        ("Bars", ".explored-bars li"),
        ("Cross table", ".explored-table td"),
        ("Table", ".explored-table td"),
    ):
        way = analyst.locator(".shapes").get_by_role("link", name=shape, exact=True)
        way.click()
        expect(way).to_have_attribute("aria-current", "true")  # the new page is there
        expect(analyst.locator(f".explore-result {drawn}").first).to_be_visible()

    # What it means stands beside it, with the way to the dictionary.
    meaning = analyst.locator(".explore-side", has_text="What it means")
    expect(meaning).to_contain_text("Counts")
    expect(meaning).to_contain_text("Divided by")
    expect(meaning.get_by_role("link", name="Dictionary of all tables and columns")).to_have_attribute(
        "href", re.compile("^/dictionary.*#indicator_value$")
    )

    # The file holds the rows that are shown.
    with analyst.expect_download() as download:
        analyst.get_by_role("link", name="CSV", exact=True).click()
    records = list(csv.DictReader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(records) == 14
    assert {record["sex"] for record in records} == {"F"}

    # Kept under a name, and found again at the same address.
    analyst.locator(".explore-side").get_by_label("Name").fill("Women of Battambang")
    analyst.get_by_role("button", name="Save this view").click()
    expect(analyst.get_by_role("status").first).to_contain_text("Saved.")
    shown(analyst, f"{lived_in}/explore").get_by_role("link", name="Women of Battambang").click()
    expect(row).to_have_count(14)
    expect(analyst.locator(".lede")).to_contain_text("Women")

    # As known at a moment before anything was: nothing then, so that all of it is the difference.
    choose(analyst, known_at="2000-01-01")
    expect(analyst.locator(".explore-result")).to_contain_text("Nothing is known of this choice")
    choose(analyst, known_at="", compared_with="2000-01-01")
    expect(analyst.locator(".explored-table thead")).to_contain_text("Value: change")

    # Back to the file's row in three clicks: the figure, the area, the line.
    choose(analyst, compared_with="", find="Women, Communes", within="0202")
    row.filter(has_text="Ta Pung").locator("td a").first.click()
    expect(analyst.locator("#page #headline")).to_contain_text("Where the figures of Ta Pung come from")
    analyst.locator("#areas tbody a").first.click()
    line = analyst.locator("#lines tbody tr").first
    persons = number_of(line.locator("td.num").first.inner_text())
    line.get_by_role("link").click()
    opened = analyst.locator("tr.opened")
    expect(opened).to_be_in_viewport()
    for cell in (str(persons), "F"):
        expect(opened.get_by_text(cell, exact=True).first).to_be_visible()


def choose(page: Page, **boxes: str) -> None:
    """Open the choices, write into boxes by their names, and show."""
    form = page.locator("details.explore-choose")
    if form.get_attribute("open") is None:
        form.locator("summary").first.click()
    for name, words in boxes.items():
        form.locator(f"input[name={name}]").fill(words)
    form.get_by_role("button", name="Show").click()
    expect(page.locator("#page")).not_to_have_attribute("data-dash-is-loading", "true")


def test_a_day_of_an_administrator(window: SignedIn, lived_in: str) -> None:
    admin, newcomer = window("admin"), window("")

    # Somebody is invited, signs in with the password that is shown once, and chooses another.
    by_menu(admin, "Data", "Accounts")
    invite = admin.locator("section", has=admin.get_by_role("heading", name="Invite somebody"))
    invite.get_by_label("Name to sign in with").fill("officer-0203")
    invite.get_by_label("Role").select_option(label="Officer")
    invite.get_by_label("Code of the area").fill("0203")
    invite.get_by_label("Language").select_option(label="English")
    invite.get_by_role("button", name="Make the account").click()
    expect(admin.locator(".done")).to_contain_text("The account is made.")
    first = admin.locator("#given-password").inner_text()
    shown(admin, f"{lived_in}/admin/accounts")
    expect(admin.locator("#given-password")).to_have_count(0)
    expect(row(admin, "officer-0203")).to_contain_text("Invited")
    enter(newcomer, lived_in, "officer-0203", first)
    newcomer.get_by_label("Current password").fill(first)
    newcomer.get_by_label("New password", exact=True).fill(PASSWORD)
    newcomer.get_by_label("New password once more").fill(PASSWORD)
    newcomer.get_by_role("button", name="Change the password").click()
    expect(newcomer.locator("#page #headline")).to_contain_text("The password is changed")
    expect(shown(newcomer, f"{lived_in}/admin/accounts").locator("#headline")).to_contain_text("access")

    # Another role and area: the session ends, and the next one has them.
    row(admin, "officer-0203").get_by_role("link").click()
    acts = admin.locator(".account-acts")
    acts.get_by_label("Role").select_option(label="Committee chair")
    acts.get_by_label("Code of the area").fill("0204")
    acts.get_by_role("button", name="Change role and area").click()
    expect(admin.locator(".done")).to_contain_text("its sessions have ended")
    expect(admin.locator(".facts")).to_contain_text("0204")
    expect(shown(newcomer, f"{lived_in}/home").locator(".lede")).to_contain_text("once you are signed in")
    enter(newcomer, lived_in, "officer-0203", PASSWORD)
    expect(newcomer.locator(".ways").first).to_contain_text("Committee")

    # A forgotten password, a lost telephone, a database login.
    admin.get_by_role("button", name="Give a new password").click()
    expect(admin.locator(".done")).to_contain_text("The password is changed.")
    assert admin.locator("#given-password").inner_text() != first
    admin.get_by_role("button", name="Reset the second factor").click()
    expect(admin.get_by_role("alert").first).to_contain_text("with a second factor")
    admin.get_by_role("button", name="Give a database login").click()
    expect(admin.locator(".done")).to_contain_text("The database login is made.")
    expect(admin.get_by_role("button", name="Give a database login")).to_have_count(0)

    # A token that leaked is ended; an account is closed only where its name is written.
    shown(admin, f"{lived_in}/admin/accounts/mande").get_by_role("button", name="Revoke").click()
    expect(admin.locator("#main")).to_contain_text("There is no token in use.")
    shown(admin, f"{lived_in}/admin/accounts/officer-0203")
    close(admin, "officer-0204")
    expect(admin.get_by_role("alert").first).to_contain_text("officer-0203")
    close(admin, "officer-0203")
    expect(admin.locator(".facts")).to_contain_text("Closed")
    expect(admin.locator(".account-acts")).to_have_count(0)
    expect(shown(newcomer, f"{lived_in}/home").locator(".lede")).to_contain_text("once you are signed in")

    # All of it stands in the log, whose chain holds.
    by_menu(admin, "Data", "Audit log")
    admin.get_by_label("Words").fill("officer-0203")
    admin.get_by_role("button", name="Search").click()
    acts_of = admin.locator("table.data tbody tr")
    expect(acts_of.filter(has_not_text="officer-0203")).to_have_count(0)
    expect(acts_of.filter(has_text="close account")).to_have_count(1)
    expect(acts_of.filter(has_text="make account")).to_have_count(1)
    admin.get_by_role("button", name="Check every link").click()
    expect(admin.get_by_role("status").last).to_contain_text("every link holds")

    # The country folder as it is loaded, and how the work stands.
    by_menu(admin, "Data", "Country folder")
    expect(admin.locator("tr", has_text="Provinces")).to_contain_text("25")
    admin.get_by_role("link", name="Check the folder now").click()
    expect(admin.locator("#faults h2")).to_have_text("0 faults", timeout=4 * PATIENCE)
    by_menu(admin, "Data", "Health")
    expect(admin.locator("tr", has_text="Files that wait").first).to_be_visible()


def row(page: Page, name: str) -> Locator:
    return page.locator("table.data tbody tr").filter(has=page.get_by_role("link", name=name, exact=True))


def enter(page: Page, address: str, name: str, password: str) -> None:
    page.goto(f"{address}/sign-in")
    page.get_by_label("Name of the account").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".who summary")).to_contain_text(name)


def close(page: Page, written: str) -> None:
    page.get_by_label("to close it").fill(written)
    page.get_by_role("button", name="Close the account").click()
