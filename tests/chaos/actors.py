"""What people do meanwhile: each acknowledged act is remembered, to be asked for afterwards."""

from __future__ import annotations

import hashlib
import json
import os
import random
import threading
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sala.settings import settings
from sql import warehouse
from tests.transforms.identity.conftest import MONTH, PASSWORD, WEEK, returns
from transforms.flash.drafts import save
from transforms.flash.flash_report import FlashReport
from transforms.identity.person import Person
from transforms.intake.submit import receipt_of

SCHEMES = ("first", "second")
BY_PAGE = {"C11": "officer-p1", "C12": "officer-p1", "C21": "officer-p2"}  # area → who sends its returns
BY_INBOX = "C22"
CHAIRS = {"P1": "chair-p1", "P2": "chair-p2", "R": "chair-r"}
HONEST = {409, 429, 503, 507}
"""Statuses with which Sala may answer what it cannot do now."""


@dataclass
class Acts:
    """What was acknowledged. `sent`: what an area last said of a scheme; `dishonest`: answers nobody should get."""

    address: str
    people: Mapping[str, Person]
    receipts: set[str] = field(default_factory=set)
    sent: dict[tuple[str, str], int] = field(default_factory=dict)
    signed: list[tuple[str, str]] = field(default_factory=list)  # person, what they signed
    drafted: dict[str, int] = field(default_factory=dict)  # area → the number in the last draft
    dishonest: list[str] = field(default_factory=list)
    number: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self) -> int:
        """A number that no other act has."""
        with self.lock:
            self.number += 1
            return self.number

    def upload(self, area: str, scheme: str, stop: threading.Event | None = None) -> str | None:
        """Hand in a return, again and again until there is a receipt. None where `stop` was set before."""
        persons = 100_000 + self.next()
        raw = returns(area, scheme, persons).encode()
        while stop is None or not stop.is_set():
            if answer := self.ask("/api/v1/submissions", BY_PAGE[area], file=(f"{area}-{persons}.csv", raw)):
                with self.lock:
                    self.receipts.add(answer["receipt"])
                    self.sent[area, scheme] = persons
                return str(answer["receipt"])
            time.sleep(0.3)
        return None

    def drop(self, scheme: str) -> None:
        """Put a return into the inbox folder, by a name of its own at once; it has its receipt later."""
        persons = 100_000 + self.next()
        raw = returns(BY_INBOX, scheme, persons).encode()
        folder = settings().home / "inbox" / "officer-p2"
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f".{persons}"
        unfinished.write_bytes(raw)
        os.rename(unfinished, folder / f"{persons}.csv")
        with self.lock:
            self.receipts.add(receipt_of(hashlib.sha256(raw).digest(), self.people["officer-p2"]))
            self.sent[BY_INBOX, scheme] = persons

    def sign(self, area: str) -> None:
        """Sign what is compiled, if it can be signed now."""
        at = f"/api/v1/reviews/{area}/scheme_returns/{MONTH}"
        review = self.ask(at, CHAIRS[area])
        if review and review["seen"] and self.ask(f"{at}/sign", CHAIRS[area], body={"seen": review["seen"]}):
            with self.lock:
                self.signed.append((CHAIRS[area], review["seen"]))

    def draft(self, area: str) -> None:
        """Keep a draft of a flash report."""
        number = self.next()
        report = FlashReport(WEEK, area, None, {"process_tools": float(number % 100)})
        try:
            with warehouse.acting(self.people[BY_PAGE[area]].person_id) as connection:
                save(connection, report)
        except Exception as error:
            if not warehouse.away(error):
                raise
            return
        with self.lock:
            self.drafted[area] = number % 100

    def ask(
        self, path: str, who: str, body: Any = None, file: tuple[str, bytes] | None = None
    ) -> dict[str, Any] | None:
        """The answer as JSON; None where there is none now."""
        headers = {"Authorization": "Basic " + b64encode(f"{who}:{PASSWORD}".encode()).decode()}
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        if file:
            name, raw = file
            head = f'--part\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
            data = head.encode() + raw + b"\r\n--part--\r\n"
            headers["Content-Type"] = "multipart/form-data; boundary=part"
        request = urllib.request.Request(self.address + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as refused:
            if refused.code not in HONEST and not (refused.code == 404 and "/reviews/" in path):
                self.dishonest.append(f"{refused.code} {path}: {refused.read()[:300]!r}")
            return None
        except (OSError, ValueError):
            return None  # nobody answers, or no more than a part


@contextmanager
def busy(acts: Acts, rng: random.Random) -> Iterator[None]:
    """Everybody is at work until the block ends, and done when it has ended."""
    stop = threading.Event()

    def until_stopped(pause: float, act: Any, choices: Sequence[Any], seed: int) -> None:
        own = random.Random(seed)
        while not stop.is_set():
            act(*own.choice(choices))
            stop.wait(own.uniform(0, 2 * pause))

    work = [
        (0.6, lambda a, s: acts.upload(a, s, stop), [(a, s) for a in ("C11", "C12") for s in SCHEMES]),
        (0.6, lambda a, s: acts.upload(a, s, stop), [("C21", s) for s in SCHEMES]),
        (1.5, acts.drop, [(s,) for s in SCHEMES]),
        (0.8, acts.sign, [(area,) for area in CHAIRS]),
        (0.8, acts.draft, [(area,) for area in BY_PAGE]),
    ]
    threads = [threading.Thread(target=until_stopped, args=(*one, rng.random())) for one in work]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()
