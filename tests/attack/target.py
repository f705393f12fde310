"""What is attacked, and what an attack is: a function that returns what it saw, or raises NotHeld with what it saw."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
import requests
import yaml
from requests.adapters import HTTPAdapter

from countries.period import Period

CHAIN = Path(__file__).with_name("chain.yaml")
PASSWORD = "seven blue lanterns"
UPLOAD = "/api/v1/submissions"
CALLBACKS = "/_dash-update-component"
PATIENCE_SECONDS = 120


class NotHeld(Exception):
    """An attack got through; says what was seen."""


class NotTried(Exception):
    """The target has not what the attack needs; says what."""


def must(held: bool, seen: object) -> None:
    """Raises NotHeld with what was seen, unless it held."""
    if not held:
        raise NotHeld(str(seen))


@dataclass(frozen=True)
class Attack:
    """One attack, named like its function and described by its docstring; `short`: within a second or two."""

    run: Callable[[Target], str]
    short: bool

    @property
    def name(self) -> str:
        return self.run.__name__

    @property
    def subject(self) -> str:
        return self.run.__module__.rpartition(".")[2]

    @property
    def sentence(self) -> str:
        return " ".join((self.run.__doc__ or "").split())


ATTACKS: list[Attack] = []


def attack(short: bool = True) -> Callable[[Callable[[Target], str]], Callable[[Target], str]]:
    """Lists a function as an attack."""

    def listed(run: Callable[[Target], str]) -> Callable[[Target], str]:
        ATTACKS.append(Attack(run, short))
        return run

    return listed


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in; `login`: the address of their login in the database, where they have one."""

    name: str
    password: str = PASSWORD
    role: str = ""
    area: str = ""
    administrator: str | None = None
    sql: bool = False
    login: str | None = None


@dataclass(frozen=True)
class Machine:
    """The machine itself, in whose environment this process lives: its inbox, logs and the database's owner."""

    home: Path
    receive: Callable[[], None]


class _From(HTTPAdapter):
    """Connects from an address of its own."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options, source_address=(self._address, 0))


class Browser(requests.Session):
    """A browser without a screen: it keeps cookies, sends the token of its page and follows nothing."""

    def __init__(self, url: str, address: str | None = None) -> None:
        super().__init__()
        self.url = url
        self.trust_env = False
        self._token: str | None = None
        if address:
            self.mount("http://", _From(address))

    def request(self, method: str, path: str, *more: Any, **options: Any) -> requests.Response:  # type: ignore[override]
        """As of requests, but for a path of the instance; who sent too much waits, as it is told."""
        options = {"timeout": PATIENCE_SECONDS, "allow_redirects": False} | options
        answer = super().request(method, self.url + path, *more, **options)
        if answer.status_code == 429 and options["timeout"] == PATIENCE_SECONDS:
            time.sleep(int(answer.headers.get("Retry-After", "5")) + 1)
            answer = super().request(method, self.url + path, *more, **options)
        return answer

    def sign_in(self, name: str, password: str) -> requests.Response:
        """By the form of the sign-in page."""
        shown = self.page("/sign-in").text
        found = re.search(r'"name": ?"csrf_token", ?"value": ?"([^"]+)"', shown) or re.search(
            r'"value": ?"([^"]{60,})"', shown
        )
        if found is None:
            raise NotTried("the sign-in page has no form with a token")
        self._token = None
        return self.post("/sign-in", data={"name": name, "password": password, "csrf_token": found[1]})

    def token(self) -> str:
        """The token against forged requests that the page carries for somebody who is signed in."""
        if self._token is None:
            found = re.search(r'name="csrf-token" content="([^"]*)"', self.get("/sign-in").text)
            self._token = found[1] if found else ""
        return self._token

    def form(self, path: str, **fields: str) -> requests.Response:
        """Send a form as its page does."""
        return self.post(path, data=fields | {"csrf_token": self.token()})

    def page(self, path: str, search: str = "") -> requests.Response:
        """The content of a page, as the browser asks for it."""
        return self.callback(
            {
                "output": "..page.children...head.data..",
                "outputs": [{"id": "page", "property": "children"}, {"id": "head", "property": "data"}],
                "inputs": [
                    {"id": "address", "property": "pathname", "value": path},
                    {"id": "address", "property": "search", "value": search},
                ],
                "changedPropIds": ["address.pathname"],
            }
        )

    def callback(self, body: object) -> requests.Response:
        """Call a callback; what is bytes is sent as it is."""
        headers = {"X-CSRFToken": self.token(), "Content-Type": "application/json"}
        return (
            self.post(CALLBACKS, data=body, headers=headers)
            if isinstance(body, bytes)
            else self.post(CALLBACKS, json=body, headers=headers)
        )

    def hand_in(self, raw: bytes, filename: str = "file.csv", **form: str) -> requests.Response:
        """Hand a file in as programs and the upload box do."""
        files = {"file": (filename, io.BytesIO(raw))}
        return self.post(UPLOAD, data=form, files=files, headers={"X-CSRFToken": self.token()})

    def check(self, raw: bytes, **form: str) -> requests.Response:
        """Have a file judged that is not handed in."""
        return self.hand_in(raw, dry_run="true", **form)

    def withdraw(self, receipt: str, **which: str) -> requests.Response:
        """Take back a submission, or the returns of it that are named."""
        body = {"because": "an attack"} | which
        return self.delete(f"{UPLOAD}/{receipt}", json=body, headers={"X-CSRFToken": self.token()})

    def follow(self, receipt: str, act: str) -> requests.Response:
        """confirmations, retries or joins of a submission."""
        return self.post(f"{UPLOAD}/{receipt}/{act}", headers={"X-CSRFToken": self.token()})

    def grant(self, month: str, area: str, scheme: str, amount: int, page_of: str) -> str:
        """Grant money by the form of the page of an area's notices. Gives what became of it."""
        fields = {"period": month, "to": area, "scheme": scheme, "amount": str(amount)}
        answer = self.form(f"/notices/{page_of}/allocate", **fields)
        outcome = re.search(r"outcome=(\w+)", answer.headers.get("Location", ""))
        return outcome[1] if outcome else str(answer.status_code)


@dataclass
class Target:
    """An instance, and what chain.yaml says of it."""

    url: str
    areas: Mapping[str, str]
    schemes: list[str]
    administrators: list[str]
    files: Mapping[str, str]
    accounts: Mapping[str, Account]
    months: Iterator[Period]
    machine: Machine | None = None
    _browsers: dict[str, Browser] = field(default_factory=dict)

    @classmethod
    def of(cls, declared: Mapping[str, Any], machine: Machine | None = None) -> Target:
        """As a file like chain.yaml declares it."""
        return cls(
            url=declared["url"].rstrip("/"),
            areas=declared["areas"],
            schemes=declared["schemes"],
            administrators=declared["administrators"],
            files=declared["files"],
            accounts={part: Account(**account) for part, account in declared["accounts"].items()},
            months=_months(str(declared["first_spare_month"])),
            machine=machine,
        )

    @classmethod
    def read(cls, path: Path) -> Target:
        """Of an instance that runs."""
        return cls.of(yaml.safe_load(path.read_text(encoding="utf-8")))

    def spare_month(self) -> str:
        """A month of which no other attack says anything."""
        return next(self.months).key

    def file(self, dataset: str, at: str, area: str, n: int, about: str = "") -> bytes:
        """A file that says one thing of one area; `area` is one of `areas`."""
        return self.files[dataset].format(at=at, area=self.areas[area], about=about, n=n).encode()

    def browser(self, part: str | None = None, address: str | None = None) -> Browser:
        """A new browser, of an account that has signed in or of a visitor, at an address of this machine."""
        if address is not None and not self._is_here:
            raise NotTried("an instance on this machine, which sees addresses of this machine")
        browser = Browser(self.url, address)
        if part is not None:
            account = self.account(part)
            answer = browser.sign_in(account.name, account.password)
            if answer.status_code != 303 or "outcome" in answer.headers.get("Location", ""):
                raise NotTried(f"{account.name}, who cannot sign in: {answer.status_code}")
        return browser

    def as_(self, part: str) -> Browser:
        """The one browser of an account, kept for all attacks; `visitor` has none."""
        if part not in self._browsers:
            self._browsers[part] = self.browser(None if part == "visitor" else part)
        return self._browsers[part]

    def forget(self, part: str) -> None:
        """Let the account sign in anew at its next attack."""
        self._browsers.pop(part, None)

    def account(self, part: str) -> Account:
        """Raises NotTried where the target has none."""
        if part not in self.accounts:
            raise NotTried(f"an account `{part}`")
        return self.accounts[part]

    @contextmanager
    def cursor(self, part: str) -> Iterator[Any]:
        """In the database by an account's own login, each statement in a transaction of its own."""
        login = self.account(part).login
        if login is None:
            raise NotTried(f"the database login of `{part}`")
        with closing(psycopg2.connect(login)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                yield cursor

    def on_the_machine(self) -> Machine:
        """Raises NotTried where the target is only an address."""
        if self.machine is None:
            raise NotTried("the machine of the instance")
        return self.machine

    def taken_in(self, part: str, answer: requests.Response) -> dict[str, Any]:
        """What became of a file that was handed in, when it was judged: the submission with its problems."""
        must(answer.status_code == 202, f"{answer.status_code} {answer.text[:200]}")
        if self.machine is not None:
            self.machine.receive()
        until = time.monotonic() + PATIENCE_SECONDS
        while True:
            submission = dict(self.as_(part).get(f"{UPLOAD}/{answer.json()['receipt']}").json())
            if submission.get("state") not in ("received", "reading"):
                return submission
            must(time.monotonic() < until, f"still {submission['state']} after {PATIENCE_SECONDS} s")
            time.sleep(1)

    @property
    def _is_here(self) -> bool:
        host = urlsplit(self.url).hostname or ""
        return host == "localhost" or (host[:1].isdigit() and ip_address(host).is_loopback)


def _months(first: str) -> Iterator[Period]:
    year, month = map(int, first.split("-"))
    while True:
        yield Period.parse(f"{year}-{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
