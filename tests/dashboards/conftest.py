"""The dashboard as its users have it: gunicorn, a filled warehouse, and Debian's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from countries.country import CAMBODIA, load
from sql import warehouse
from sql.warehouse import application_url
from tests.conftest import APPLICATION, living_in
from tests.dashboards.lived_in import live_in
from transforms.identity.demo_accounts import demo_password

ROOT = Path(__file__).parents[2]
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",  # tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # milliseconds: other tests may have the machine's cores
expect.set_options(timeout=PATIENCE)
WIDE, NARROW, NARROWEST = (1280, 900), (390, 844), (360, 740)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


ONE_WORKER = ("--threads", "4", "--worker-class", "dashboards.server.gunicorn_worker.PatientWorker")


def serve(database_url: str, log: Path, *options: str) -> tuple[subprocess.Popen[bytes], str]:
    """Start the dashboard on a free port of this machine, with one worker or as options of gunicorn say, and wait until
    it answers.
    """
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", "dashboards.app:server", "--bind", address]
    command += options or ONE_WORKER
    application = APPLICATION.get(database_url) or application_url()
    environment = os.environ | {
        "SALA_DATABASE_URL": database_url,
        "SALA_APP_DATABASE_URL": application,
        "SALA_REQUESTS_PER_MINUTE": "0",  # all tests are one address
    }
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT)
    wait_until_served(process, f"http://{address}", log)
    return process, f"http://{address}"


def wait_until_served(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return when the dashboard answers; fails with the words of its log."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=5):
                return
        except OSError:  # refused, reset or not yet answering
            if process.poll() is not None:
                break
            time.sleep(0.2)
    process.kill()
    raise AssertionError(f"the dashboard did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def served(filled: str, filled_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running dashboard over a small published sample."""
    with living_in(filled_home):
        process, address = serve(filled, tmp_path_factory.mktemp("dashboard") / "log")
    yield address
    process.terminate()
    process.wait(timeout=120)


@pytest.fixture(scope="session")
def lived_in(served: str, filled_home: Path) -> str:
    """The same after some weeks of work, with the sample's accounts. Gives the address; stays as it is left."""
    with living_in(filled_home):
        live_in(load(CAMBODIA))
        warehouse.engine().dispose()
    return served


def wait_until_shown(page: Page) -> None:
    """Return when a page's content is there, and no longer pale as it is while it loads."""
    page.wait_for_selector("#page #headline")
    page.wait_for_function("!document.querySelector('[data-dash-is-loading=true]')")
    expect(page.locator("#page")).to_have_css("opacity", "1")


def sign_in_as(page: Page, address: str, name: str) -> None:
    """By the form, with the password that the sample gives the account."""
    account = next(one for one in load(CAMBODIA).demo_accounts if one.name == name)
    page.goto(f"{address}/sign-in?lang=en")
    page.get_by_label("Name of the account").fill(name)
    page.get_by_label("Password").fill(demo_password(account))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".who summary")).to_contain_text(name)


@pytest.fixture(scope="module")  # Playwright's event loop must be gone before anything else that has one
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or "/usr/bin/chromium"
    assert Path(path).exists(), "these tests need Chromium: apt-get install chromium fonts-noto-core"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh reader with an English browser. A complaint, or a request to another host, is a failure."""
    with reading(browser) as reader:
        yield reader


@contextmanager
def reading(browser: Browser) -> Iterator[BrowserContext]:
    """A reader's browser with cookies of its own; what it complains of is a failure at the end."""
    reader = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, locale="en-GB")
    complaints: list[str] = []
    reader.on("console", lambda message: complaints.append(message.text) if is_complaint(message) else None)
    reader.on("weberror", lambda error: complaints.append(str(error.error)))
    reader.on("request", lambda sent: complaints.append(sent.url) if is_elsewhere(sent.url) else None)
    yield reader
    reader.close()
    assert complaints == []


def is_complaint(message: ConsoleMessage) -> bool:
    """An error; but that a page is not there or not the reader's, or that a session has ended, is an answer, and
    Chromium notes its status.
    """
    if "status of 401" in message.text:
        return False
    url = message.location["url"]
    of_a_page = message.page is not None and url == message.page.url.split("#")[0]
    return message.type == "error" and not (of_a_page and message.text.startswith("Failed to load resource"))


def is_elsewhere(url: str) -> bool:
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))


@pytest.fixture
def page(context: BrowserContext) -> Page:
    shown = context.new_page()
    shown.set_default_timeout(PATIENCE)
    return shown
