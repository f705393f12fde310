"""Signing in, and changing one's password."""

from typing import Literal

from dash import dcc, html
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

from countries.model import Country
from dashboards.server.current_user import account
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.identity.passwords import SHORTEST


@page("/sign-in")
def sign_in_page(view: View, country: Country, t: Translator) -> Page:
    """A name, a password, and nothing else; a country without roles has no accounts."""
    title = t("account.sign_in")
    if not country.roles:
        body: list[Component] = [_headline(title), html.P(t("account.open"), className="lede")]
        return Page(title=title, body=body, section="account")
    known = account()
    if known is not None:
        there = t("account.signed_in", name=known.name)
        return Page(title=title, body=[_headline(there), _home(view, t)], section="account")
    form = _form(
        "/sign-in",
        [
            _field("name", t("account.name"), "text", "username"),
            _field("password", t("account.password"), "password", "current-password"),
            dcc.Input(type="hidden", name="next", value=view.next or "/", id="account-next"),
        ],
        title,
    )
    lede = t("account.sample" if country.sample else "account.ask")
    return Page(
        title=title,
        body=[_headline(title), html.P(lede, className="lede"), *outcome(view, t, "account"), form],
        section="account",
    )


@page("/password")
def password_page(view: View, _: Country, t: Translator) -> Page:
    """The old one, and the new one twice."""
    title = t("account.change")
    known = account()
    if known is None:
        return Page(title=title, body=[_headline(title), _to_sign_in(view, t)], section="account")
    if view.said == "changed":
        return Page(title=title, body=[_headline(t("account.changed")), _home(view, t)], section="account")
    form = _form(
        "/password",
        [
            dcc.Input(type="hidden", name="username", value=known.name, id="account-username"),
            _field("old", t("account.old"), "password", "current-password"),
            _field("new", t("account.new"), "password", "new-password"),
            _field("again", t("account.again"), "password", "new-password"),
        ],
        title,
    )
    rules = t("account.rules", n=SHORTEST)
    lede = [t("account.must"), " ", rules] if known.must_change else rules
    return Page(
        title=title,
        body=[_headline(title), html.P(lede, className="lede"), *outcome(view, t, "account"), form],
        section="account",
    )


def _headline(text: str) -> Component:
    return html.H1(text, id="headline", tabIndex=-1)


def _home(view: View, t: Translator) -> Component:
    return dcc.Link(t("account.on"), href=view.href("/", period=None, indicator=None), className="action")


def _to_sign_in(view: View, t: Translator) -> Component:
    return dcc.Link(t("account.sign_in"), href=view.href("/sign-in", next=view.path), className="action")


def _form(to: str, fields: list[Component], button: str) -> Component:
    token = dcc.Input(type="hidden", name="csrf_token", value=generate_csrf(), id="account-token")
    return html.Form(
        [*fields, token, html.Button(button, type="submit", className="action strong")],
        action=to,
        method="post",
        className="card form",
    )


def _field(name: str, label: str, kind: Literal["text", "password"], fills: str) -> Component:
    box = dcc.Input(
        type=kind, name=name, id=f"account-{name}", required=True, autoComplete=fills, maxLength=200
    )
    return html.Label([html.Span(label), box], htmlFor=f"account-{name}")
