"""Every page, wide and narrow, in every language: `python -m tests.dashboards.screenshots OUTDIR`.

Looks at the database that SALA_HOME or SALA_DATABASE_URL names; without one it says so.
"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from countries.country import current
from sql.warehouse import database_url
from tests.dashboards.conftest import CHROMIUM_ARGUMENTS, NARROW, WIDE, serve

LANGUAGES = ("en", "km", "fr")
SIZES = {"wide": WIDE, "phone": NARROW}
_LINKS_DOWN = ".tiles a, .place"


def pages(browser: Browser, address: str) -> dict[str, str]:
    """Name → path of every page, with one area of each layer, found by going down as a reader would."""
    found = {"nation": "/", "data": "/data", "submissions": "/submissions", "nowhere": "/area/nowhere"}
    reader = browser.new_page()
    path: str | None = "/"
    for layer in current().layers[1:]:
        reader.goto(f"{address}{path}")
        reader.wait_for_selector("#headline")
        links = reader.locator(_LINKS_DOWN)
        if links.count() == 0:
            break
        path = (links.nth(links.count() // 2).get_attribute("href") or "/").split("?")[0]
        found[layer.id] = path
    reader.close()
    return found


def take(folder: Path) -> int:
    """Write the pictures; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    process, address = serve(database_url(), folder / "server.log")
    taken = 0
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
            )
            found = pages(browser, address)
            for size, (width, height) in SIZES.items():
                reader = browser.new_context(viewport={"width": width, "height": height})  # keeps the bundles
                for name, path in found.items():
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
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)
    return taken


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    print(f"{take(Path(sys.argv[1]))} pictures in {sys.argv[1]}")
