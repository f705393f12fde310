"""A folder in dashboards/pages is all that a page takes: it brings its address, its menu entry and who may open it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import Dash, html
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Map

from countries.country import current
from dashboards.routing import page_of, status_of
from dashboards.server import registry
from dashboards.server.current_user import reading
from dashboards.server.view import View
from sala.translation.translator import translator
from tests.transforms.identity.client import page
from transforms.identity.person import EVERYBODY, Person, visitor

PAGE = """
from dash import html

from dashboards.server.page import Page
from dashboards.server.registry import page


@page("/tryout", "/tryout/<word>", menu=55, group="figures")
def tryout_page(view, country, t, word="nothing"):
    return Page(title="Try-out", body=html.P(f"You said {word}."), section="tryout")


@page("/tryout-accounts", may="administer")
def accounts_page(view, country, t):
    return Page(title="Accounts", body=html.P("All of them."))


@page("/tryout-mine", menu=56, name="tryout", may=lambda person: bool(person.name))
def mine_page(view, country, t):
    return Page(title="Mine", body=html.P("Yours alone."))
"""
FORMS = """
from flask import Blueprint

blueprint = Blueprint("tryout", __name__)


@blueprint.post("/tryout/<word>")
def post_word(word):
    return f"Heard {word}."
"""
CALLBACKS = """
from dash import Input, Output


def register(app):
    app.callback(Output("tryout-echo", "children"), Input("tryout-word", "value"))(lambda word: word)
"""


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Flask, Dash]]:
    """A server that has found the pages there are, and one more of this test; afterwards that one is gone."""
    package = tmp_path / "tryout"
    package.mkdir()
    for name, text in {"__init__": "", "page": PAGE, "forms": FORMS, "callbacks": CALLBACKS}.items():
        (package / f"{name}.py").write_text(text)
    import dashboards.app

    rules = [rule.empty() for rule in registry.routes.iter_rules()]
    monkeypatch.setattr(registry, "routes", Map(rules, strict_slashes=False))
    monkeypatch.setattr(registry, "_routes", dict(registry._routes))
    monkeypatch.setattr(registry, "_menu", list(registry._menu))
    monkeypatch.setattr(dashboards.pages, "__path__", [*dashboards.pages.__path__, str(tmp_path)])
    monkeypatch.setitem(translator("en")._messages, "nav.tryout", "Try-out")  # type: ignore[arg-type]
    server = Flask("tryout")
    app = Dash("tryout", server=server)
    app.layout = html.Div()
    registry.discover(dashboards.pages, server, app)
    yield server, app
    for name in [name for name in sys.modules if name.startswith("dashboards.pages.tryout")]:
        del sys.modules[name]


@pytest.fixture
def client(added: tuple[Flask, Dash]) -> FlaskClient:
    """A visitor's browser at the dashboard itself."""
    from dashboards.app import server

    return server.test_client()


def page_for(path: str, person: Person) -> tuple[int, str]:
    """The status and the title of an address for somebody."""
    with reading(person):
        shown = page_of(View(path=path))
        assert status_of(path) == shown.status
        return shown.status, shown.title


def menu_of(person: Person) -> list[str]:
    return [entry.address for entry in registry.menu(person)]


def test_it_answers_at_its_addresses_and_stands_in_the_menu(client: FlaskClient) -> None:
    text = json.dumps(page(client, "/tryout/hall", "?lang=en").get_json())
    assert "You said hall." in text
    assert '"href": "/tryout?lang=en"' in text  # the way to it from the pages of its group
    assert client.get("/tryout").status_code == 200
    assert client.get("/tryout/a/b").status_code == 404


def test_it_says_who_may_open_it(added: tuple[Flask, Dash]) -> None:
    stranger = visitor(current())
    assert page_for("/tryout-accounts", EVERYBODY) == (200, "Accounts")
    assert page_for("/tryout-accounts", stranger) == (403, "You do not have access to this")
    assert page_for("/tryout-mine", stranger) == (403, "You do not have access to this")
    assert "/tryout" in menu_of(stranger)
    assert "/tryout-mine" not in menu_of(stranger)


def test_its_forms_and_callbacks_come_with_it(added: tuple[Flask, Dash]) -> None:
    server, app = added
    assert server.test_client().post("/tryout/hall").get_data(as_text=True) == "Heard hall."
    assert "tryout-echo.children" in app.callback_map
