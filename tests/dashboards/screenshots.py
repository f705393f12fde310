"""Pictures of the pages: `make screenshots` for the documents, or every page in every language and two widths.

python -m tests.dashboards.screenshots               docs/national.png and docs/images/, of a made-up round
python -m tests.dashboards.screenshots all OUTDIR    every page of the database that SALA_HOME names
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from countries.country import CAMBODIA, current, load
from sala.runtime import embedded_postgres
from sala.settings import REPOSITORY
from sql import warehouse
from sql.warehouse import database_url
from tests.conftest import fill
from tests.dashboards.conftest import CHROMIUM_ARGUMENTS, NARROW, WIDE, serve

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
_LINKS_DOWN = ".tiles a, .place"


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
    """Fill a warehouse with two months of the made-up round and take the documents' pictures. Returns their files."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)  # the embedded Postgres may run as another user
        os.environ["SALA_HOME"] = str(Path(folder, "home"))
        embedded_postgres.start()
        try:
            fill(load(CAMBODIA))
            with warehouse.transaction() as connection:
                receipt = warehouse.read(connection, A_PARTIAL_FILE).iat[0, 0]
            with served(Path(folder, "log")) as address, chromium() as browser:
                return [
                    _taken(browser, f"{address}{path.format(receipt=receipt)}", REPOSITORY / "docs" / name)
                    for name, path in DOCUMENTS.items()
                ]
        finally:
            warehouse.engine().dispose()
            embedded_postgres.erase()


def _taken(browser: Browser, address: str, file: Path) -> Path:
    file.parent.mkdir(exist_ok=True)
    page = browser.new_page(viewport={"width": WIDE[0], "height": WIDE[1]}, locale="en-GB")
    page.goto(address)
    page.wait_for_selector("#headline")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file)
    page.close()
    return file


def pages(browser: Browser, address: str) -> dict[str, str]:
    """Name → path of every page, with one area of each layer, found by going down as a reader would."""
    paths = {"nation": "/", "data": "/data", "submissions": "/submissions", "nowhere": "/area/nowhere"}
    reader = browser.new_page()
    path: str | None = "/"
    for layer in current().layers[1:]:
        reader.goto(f"{address}{path}")
        reader.wait_for_selector("#headline")
        links = reader.locator(_LINKS_DOWN)
        if links.count() == 0:
            break
        path = (links.nth(links.count() // 2).get_attribute("href") or "/").split("?")[0]
        paths[layer.id] = path
    reader.close()
    return paths


def take_all(folder: Path) -> int:
    """Write a picture of every page; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    with served(folder / "server.log") as address, chromium() as browser:
        paths = pages(browser, address)
        for size, (width, height) in SIZES.items():
            reader = browser.new_context(viewport={"width": width, "height": height})  # keeps the bundles
            for name, path in paths.items():
                for language in LANGUAGES:
                    shown = reader.new_page()
                    shown.goto(f"{address}{path}?lang={language}")
                    shown.wait_for_selector("#headline")
                    shown.wait_for_load_state("networkidle")
                    if name == "data":
                        shown.wait_for_selector(".ag-center-cols-container .ag-cell-value")
                    shown.screenshot(path=folder / f"{name}-{language}-{size}.png", full_page=True)
                    shown.close()
                    taken += 1
            reader.close()
    return taken


if __name__ == "__main__":
    match sys.argv[1:]:
        case []:
            print("\n".join(str(file.relative_to(REPOSITORY)) for file in take_documents()))
        case ["all", folder]:
            print(f"{take_all(Path(folder))} pictures in {folder}")
        case _:
            raise SystemExit(__doc__)
