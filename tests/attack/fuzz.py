"""Requests that no page and no program of ours sends, as each role: no fault, and no answer that is not described."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import schemathesis

from tests.attack.target import Browser, NotHeld, Target, attack, must
from tests.dashboards.api.promises import keeps_its_promises
from tests.transforms.identity.client import call_of

CALLS = 400  # of callbacks, by each role
EXAMPLES = 6  # of each call of the API, by each role
ANSWERS = {200, 204, 400, 401, 403, 404, 409, 410, 413, 415, 422}
AT = {
    "pathname": "/data", "search": "?period=2026-10", "period": "2026-10", "week": "2026-W45", "language": "en",
    "administrator": None, "entries": [], "receipt": "AAAA-AAAA-AAAA", "receipts": ["AAAA-AAAA-AAAA"], "item": 1,
    "step": "settled", "kind": "risk", "ids": "1 2", "field": "axis", "n": "process_tools", "what": "means",
}  # fmt: skip
ODD: list[Any] = [
    None, True, -1, 0, 2**31, 10**30, 1e308, float("nan"), "", " ", "\0", "\ud800", "\n", "2026-10\nX: y", "NaT", "nan",
    "-1", "9" * 400, "'; DROP TABLE core.area --", "../../etc/passwd", "%00", "{0.__class__}", "ក" * 3000, [], [[]], {},
    {"a": {"b": []}}, [None], ["x"], "/", "//", "/download", "/download/x/y.csv", "/area/", "/area/C11?period=1\0",
    "/review/C11/scheme_returns", "0001-01-01", "9999-12", "2026-W99", "99999-01", "settled", "add", "take",
]  # fmt: skip


def spoilt_calls(
    declared: list[dict[str, Any]], at: dict[str, Any], count: int, seed: int = 1
) -> Iterator[bytes]:
    """So many bodies of calls, each callback in turn: values that do not belong, parts missing, parts of others."""
    chance = random.Random(seed)
    for number in range(count):
        call = _spoilt(call_of(declared[number % len(declared)], at), at, chance, declared)
        yield json.dumps(call).encode()


def _spoilt(call: Any, at: dict[str, Any], chance: random.Random, others: list[dict[str, Any]]) -> Any:
    if chance.random() < 0.01:
        return chance.choice(ODD)
    for _ in range(chance.randint(1, 2)):
        places = [place for place in _places(call) if place and (chance.random() < 0.1 or "value" in place)]
        if not places:
            continue
        *way, last = chance.choice(places)
        holder = call
        for step in way:
            holder = holder[step]
        kind = chance.random()
        if kind < 0.8:
            holder[last] = copy.deepcopy(chance.choice(ODD))
        elif kind < 0.9:
            del holder[last]
        else:
            holder[last] = call_of(chance.choice(others), at)
    return call


def _places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of a JSON value."""
    yield way
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from _places(part, (*way, key))


def _parts(target: Target) -> list[str]:
    """Somebody of each role, and a visitor."""
    by_role = {account.role or part: part for part, account in target.accounts.items()}
    return ["visitor", *by_role.values()]


def call_callbacks(target: Target, part: str, calls: int) -> Counter[int]:
    """Statuses of so many spoilt calls. Raises NotHeld for a fault or an answer that callbacks do not give."""
    browser = target.as_(part)
    declared = [
        one for one in browser.get("/_dash-dependencies").json() if not one.get("clientside_function")
    ]
    statuses: Counter[int] = Counter()
    at = AT | {"code": target.areas["own"]}
    for body in spoilt_calls(declared, at, calls, seed=len(part)):
        answer = browser.callback(body)
        if answer.status_code not in ANSWERS:
            raise NotHeld(f"{part}: {answer.status_code} to {body[:1500]!r}")
        statuses[answer.status_code] += 1
    return statuses


@attack(short=False)
def callbacks(target: Target) -> str:
    """Spoilt calls of every callback, as each role, end in no fault."""
    parts = _parts(target)
    statuses = sum((call_callbacks(target, part, CALLS) for part in parts), Counter())
    return f"{statuses.total()} calls by {len(parts)} roles: {dict(sorted(statuses.items()))}"


@attack(short=False)
def api(target: Target) -> str:
    """Whatever is sent to the API, as each role, is answered as its description says."""
    description = schemathesis.openapi.from_dict(target.browser().get("/api/v1/openapi.json").json())
    calls = [result.ok() for result in description.get_all_operations()]
    parts = _parts(target)
    for part in parts:
        headers = _headers(target.as_(part))
        for call in calls:
            try:
                keeps_its_promises(call, EXAMPLES, headers, target.url)
            except (AssertionError, ExceptionGroup) as broken:
                raise NotHeld(f"{part}, {call.label}: {broken}") from broken
    must(len(calls) > 15, f"{len(calls)} calls are described")
    return f"{len(calls)} calls by {len(parts)} roles"


def _headers(browser: Browser) -> dict[str, str]:
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies)
    return {"Accept-Encoding": "identity", "Cookie": cookies, "X-CSRFToken": browser.token()}
