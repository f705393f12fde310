"""Pictures of the pages, of a made-up round.

make screenshots                  docs/national.png and docs/images/
make screenshots FOLDER=pictures  every page, wide and on a phone, in three languages, signed in and as a visitor
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from countries.country import CAMBODIA, Country, load
from sala.runtime import embedded_postgres
from sala.settings import REPOSITORY
from sql import warehouse
from sql.warehouse import database_url
from tests.conftest import fill
from tests.dashboards.conftest import CHROMIUM_ARGUMENTS, NARROW, WIDE, serve, sign_in_as, wait_until_shown
from tests.dashboards.every_page import RegisteredPage, every_page
from tests.dashboards.lived_in import live_in

LANGUAGES = ("en", "km", "fr")
SIZES = {"wide": WIDE, "phone": NARROW}
DOCUMENTS = {
    "national.png": "/?period=2026-10",
    "images/verdict.png": "/submissions?receipt={receipt}",
    "images/review.png": "/review/02/scheme_returns?period=2026-10",
}
A_PARTIAL_FILE = """
    SELECT receipt FROM mart.submission WHERE outcome = 'partial' AND dataset = 'scheme_returns'
    ORDER BY received_at LIMIT 1
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        )
        yield browser
        browser.close()


@contextmanager
def served(log: Path) -> Iterator[str]:
    """The address of a dashboard over the database that SALA_HOME names."""
    process, address = serve(database_url(), log)
    yield address
    process.terminate()
    process.wait(timeout=120)


def take_documents() -> list[Path]:
    """Take the documents' pictures. Returns their files."""
    with lived_in_warehouse(load(CAMBODIA)):
        with warehouse.transaction() as connection:
            receipt = warehouse.read(connection, A_PARTIAL_FILE).iat[0, 0]
        with served(Path(os.environ["SALA_HOME"], "log")) as address, chromium() as browser:
            return [
                _taken(browser, f"{address}{path.format(receipt=receipt)}", REPOSITORY / "docs" / name)
                for name, path in DOCUMENTS.items()
            ]


def _taken(browser: Browser, address: str, file: Path) -> Path:
    file.parent.mkdir(exist_ok=True)
    page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]}, locale="en-GB")
    page.goto(address)
    page.wait_for_selector("#headline")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file)
    page.close()
    return file


def take_every_page(folder: Path) -> int:
    """Write a picture of every page that is registered, by its reader and by a visitor, wide and on a phone, in three
    languages, of the made-up round after some weeks; returns how many.
    """
    folder.mkdir(parents=True, exist_ok=True)
    country = load(CAMBODIA)
    with lived_in_warehouse(country), served(folder / "server.log") as address, chromium() as browser:
        with warehouse.transaction() as connection:
            pages = every_page(connection, country)
        looks = [(page, page.reader) for page in pages] + [(page, None) for page in pages if page.public]
        return sum(
            _taken_of_reader(browser, address, reader, [page for page, by in looks if by == reader], folder)
            for reader in dict.fromkeys(by for _, by in looks)
        )


@contextmanager
def lived_in_warehouse(country: Country) -> Iterator[None]:
    """A warehouse of its own with the made-up round after some weeks."""
    with tempfile.TemporaryDirectory() as home:
        os.chmod(home, 0o755)  # the embedded Postgres may run as another user
        os.environ["SALA_HOME"] = str(Path(home, "home"))
        embedded_postgres.start()
        try:
            fill(country)
            live_in(country)
            yield
        finally:
            warehouse.engine().dispose()
            embedded_postgres.erase()


def _taken_of_reader(
    browser: Browser, address: str, reader: str | None, pages: Sequence[RegisteredPage], folder: Path
) -> int:
    context = browser.new_context(locale="en-GB")  # keeps the bundles
    shown = context.new_page()
    if reader is not None:
        sign_in_as(shown, address, reader)
    taken = 0
    for page in pages:
        for language, (size, (width, height)) in product(LANGUAGES, SIZES.items()):
            shown.set_viewport_size({"width": width, "height": height})
            shown.goto(f"{address}{page.in_language(language)}")
            wait_until_shown(shown)
            shown.wait_for_load_state("networkidle")  # what scripts draw afterwards
            name = f"{page.name}-{language}-{size}-{reader or 'visitor'}.png"
            shown.screenshot(path=folder / name, full_page=True)
            taken += 1
    context.close()
    return taken


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            print("\n".join(str(file.relative_to(REPOSITORY)) for file in take_documents()))
        case [folder]:
            print(f"{take_every_page(Path(folder))} pictures in {folder}")
        case _:
            raise SystemExit(__doc__)
