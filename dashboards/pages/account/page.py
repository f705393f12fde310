"""Signing in, and changing one's password."""

from typing import Literal
from urllib.parse import urlencode

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form, hidden_field, line
from dashboards.pages.account.provider_forms import TO_PROVIDER
from dashboards.pages.account.tokens import tokens_section
from dashboards.server import provider
from dashboards.server.current_user import account
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.sessions import SECOND_FACTOR
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
    user = account()
    if user is not None:
        signed_in = t("account.signed_in", name=user.name)
        return Page(title=title, body=[_headline(signed_in), _home(view, t)], section="account")
    sending = form(
        "/sign-in",
        [
            _field("name", t("account.name"), "text", "username"),
            _field("password", t("account.password"), "password", "current-password"),
            hidden_field("next", view.next or "/", "account"),
        ],
        title,
        view,
        strong=True,
        look="card",
    )
    lede = t("account.sample" if country.sample else "account.ask")
    return Page(
        title=title,
        body=[
            _headline(title),
            html.P(lede, className="lede"),
            *outcome(view, t, "account"),
            *_by_provider(view, t),
            sending,
        ],
        section="account",
    )


@page("/password")
def password_page(view: View, country: Country, t: Translator) -> Page:
    """The old one, and the new one twice; below, one's tokens."""
    title = t("account.change")
    user = account()
    if user is None:
        return Page(title=title, body=[_headline(title), _to_sign_in(view, t)], section="account")
    if view.outcome == "changed":
        return Page(title=title, body=[_headline(t("account.changed")), _home(view, t)], section="account")
    sending = form(
        "/password",
        [
            hidden_field("username", user.name, "account"),
            _field("old", t("account.old"), "password", "current-password"),
            _field("new", t("account.new"), "password", "new-password"),
            _field("again", t("account.again"), "password", "new-password"),
        ],
        title,
        view,
        strong=True,
        look="card",
    )
    rules = t("account.rules", n=SHORTEST)
    lede = [t("account.must"), " ", rules] if user.must_change else rules
    return Page(
        title=title,
        body=[
            _headline(title),
            html.P(lede, className="lede"),
            *outcome(view, t, "account"),
            sending,
            *([] if user.must_change else [_second_factor(view, t), tokens_section(user, view, country, t)]),
        ],
        section="account",
    )


def _headline(text: str) -> Component:
    return html.H1(text, id="headline", tabIndex=-1)


def _by_provider(view: View, t: Translator) -> list[Component]:
    if not provider.offered():
        return []
    address = f"{TO_PROVIDER}?{urlencode({'next': view.next or '/'})}"
    return [html.P(html.A(t("account.by_provider"), href=address, className="action strong"))]


def _home(view: View, t: Translator) -> Component:
    return dcc.Link(t("account.on"), href=view.href("/", period=None, indicator=None), className="action")


def _second_factor(view: View, t: Translator) -> Component:
    return html.P(dcc.Link(t("factor.title"), href=view.href(SECOND_FACTOR), className="action"))


def _to_sign_in(view: View, t: Translator) -> Component:
    return dcc.Link(t("account.sign_in"), href=view.href("/sign-in", next=view.path), className="action")


def _field(name: str, label: str, kind: Literal["text", "password"], fills: str) -> Component:
    return line(name, label, kind=kind, fills=fills, of="account")
