"""A browser's part without a browser: Dash's calls as its page makes them, and signing in by the form."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from countries.country import Country
from tests.transforms.identity.conftest import PASSWORD
from transforms.identity.accounts import add

# What a callback is given, by the property that it listens to or looks at.
DATA = {
    "period": "2026-10", "week": "2026-W45", "level": "layer2", "language": "en", "dataset": "scheme_returns",
    "page": 1, "item": 1, "item_id": 1, "administrator": None, "path": "/", "entries": [],
    "outcome": "accepted", "rows_read": 0, "rows_accepted": 0, "counts": {}, "problems": [],
}  # fmt: skip
# What stands in the blanks of an id, by its type.
BLANKS: dict[str, dict[str, Any]] = {
    "flash-field": {"field": "axis", "n": "process_tools"},
    "flash-do": {"what": "means", "n": ""},
    "flash-pick": {"kind": "risk"},
    "flash-tick": {"kind": "risk", "ids": "1"},
    "item-move": {"item": 1, "step": "settled"},
    "item-reason": {"item": 1},
    "item-way": {"item": 1},
    "item-steps": {"item": 1},
}

_DECLARED: list[dict[str, Any]] = []
_TOKENS: dict[str, str] = {}  # by the session's cookie


def clients_of(
    country: Country, accounts: Mapping[str, tuple[str, str, str | None]]
) -> dict[str, FlaskClient]:
    """Browsers in which accounts are signed in that are made here, by name: each with role, area and administrator."""
    from dashboards.app import server as dashboard

    dashboard.config["PROPAGATE_EXCEPTIONS"] = True  # a fault of ours fails the test with its own words
    clients = {}
    for name, (role, area, administrator) in accounts.items():
        add(country, name, role, area, password=PASSWORD, administrator=administrator, must_change=False)
        clients[name] = dashboard.test_client()
        assert sign_in(clients[name], name).status_code == 303
    return clients


def callback(client: FlaskClient, declared: dict[str, Any], at: dict[str, Any]) -> TestResponse:
    """Call one callback of /_dash-dependencies, as if everything it listens to spoke of `at`."""
    return client.post("/_dash-update-component", json=call_of(declared, at), headers=token(client))


def call_of(declared: dict[str, Any], at: dict[str, Any]) -> dict[str, Any]:
    """What a page sends to a callback of /_dash-dependencies."""
    inputs = [_argument(d, at) for d in declared["inputs"]]
    outputs = [_concrete(o, at) for o in _outputs(declared["output"])]
    return {
        "output": declared["output"],
        "outputs": outputs if declared["output"].startswith("..") else outputs[0],
        "inputs": inputs,
        "state": [_argument(d, at) for d in declared["state"]],
        "changedPropIds": [_name(i if isinstance(i, dict) else i[0]) for i in inputs],
    }


def page(client: FlaskClient, path: str, search: str = "") -> TestResponse:
    """The content of a page."""
    declared = next(d for d in dependencies(client) if "page.children" in d["output"])
    return callback(client, declared, {"pathname": path, "search": search})


def dependencies(client: FlaskClient) -> list[dict[str, Any]]:
    """Every callback that the server answers."""
    if not _DECLARED:
        _DECLARED.extend(client.get("/_dash-dependencies").get_json())
    return [d for d in _DECLARED if not d.get("clientside_function")]


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD) -> TestResponse:
    """By the form of the sign-in page, with its token."""
    return client.post(
        "/sign-in", data={"name": name, "password": password, "csrf_token": form_token(client, "/sign-in")}
    )


def form_token(client: FlaskClient, path: str) -> str:
    match = re.search(
        r'"name": ?"csrf_token", ?"value": ?"([^"]+)"', page(client, path).get_data(as_text=True)
    )
    if match is None:  # Dash writes a component's properties in an order of its own
        match = re.search(r'"value": ?"([^"]{60,})"', page(client, path).get_data(as_text=True))
    assert match is not None, f"{path} has no form with a token"
    return match[1]


def token(client: FlaskClient) -> dict[str, str]:
    """The token that the page carries for somebody who is signed in."""
    cookie = client.get_cookie("sala_session")
    session = cookie.value if cookie else ""
    if session not in _TOKENS:
        index = client.get("/sign-in").get_data(as_text=True)
        match = re.search(r'name="csrf-token" content="([^"]*)"', index)
        _TOKENS[session] = match[1] if match else ""
    return {"X-CSRFToken": _TOKENS[session]} if _TOKENS[session] else {}


def _outputs(output: str) -> list[dict[str, Any]]:
    parts = output[2:-2].split("...") if output.startswith("..") else [output]
    named = [part.rsplit(".", 1) for part in parts]
    return [{"id": name, "property": prop.split("@")[0]} for name, prop in named]


def _argument(declared: dict[str, Any], at: dict[str, Any]) -> Any:
    made = _concrete(declared, at)
    made["value"] = _value(declared["property"], made["id"], at)
    return [made] if "ALL" in str(declared["id"]) else made


def _concrete(declared: dict[str, Any], at: dict[str, Any]) -> dict[str, Any]:
    identity: Any = declared["id"]
    if isinstance(identity, str) and identity.startswith("{"):
        pattern = json.loads(identity)
        blanks = at | BLANKS.get(pattern["type"], {})
        identity = {
            key: blanks.get(key, "x") if isinstance(value, list) else value for key, value in pattern.items()
        }
    return {"id": identity, "property": declared["property"]}


def _value(prop: str, identity: Any, at: dict[str, Any]) -> Any:
    if prop in at:
        return at[prop]
    match prop:
        case "n_clicks" | "n_intervals" | "n_submit" | "n_blur":
            return 1
        case "data":
            return DATA | at | {"receipts": [at.get("receipt", "AAAA-AAAA-AAAA")]}
        case "id":
            return identity
        case "getRowsRequest":
            return {"startRow": 0, "endRow": 1000, "filterModel": {}, "sortModel": []}
        case "value" if isinstance(identity, dict) and identity["type"] == "flash-pick":
            return ["1"]
        case "value" if isinstance(identity, dict) and identity["type"] == "flash-field":
            return 60
        case "value":
            return at.get("code")
    return None


def _name(argument: dict[str, Any]) -> str:
    identity = argument["id"]
    spelt = (
        identity if isinstance(identity, str) else json.dumps(identity, separators=(",", ":"), sort_keys=True)
    )
    return f"{spelt}.{argument['property']}"
