"""The second factor: set up with an application, asked for after the password, or said to be in place."""

import pyotp
import segno
from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form, hidden_field, line
from dashboards.server.current_user import account
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.session_cookie import session_token, shown_once
from dashboards.server.sessions import SECOND_FACTOR, SIGN_IN, safe_next
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.identity.person import Person
from transforms.identity.second_factor import STEP, SecondFactor, must_have, offered_secret, second_factor

NEW_CODES = "recovery_codes"
"""Where the session keeps recovery codes that were just made, until they have been shown once."""


@page(SECOND_FACTOR)
def second_factor_page(view: View, country: Country, t: Translator) -> Page:
    """What there is to do: set one up, give a code, or nothing."""
    user = account()
    if user is None:
        title = t("factor.title")
        sign_in = dcc.Link(
            t("account.sign_in"), href=view.href(SIGN_IN, next=SECOND_FACTOR), className="action"
        )
        return Page(title=title, body=[_headline(title), sign_in], section="account")
    kept = second_factor(user)
    if kept is None:
        body = _enrolment(user, view, country, t)
    elif user.must_prove:
        body = _question(view, t)
    else:
        body = _in_place(kept, view, t)
    return Page(title=t("factor.title"), body=body, section="account")


def _enrolment(user: Person, view: View, country: Country, t: Translator) -> list[Component]:
    secret = offered_secret(session_token() or "")
    address = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=user.name, issuer_name="Sala")
    why = t("factor.must" if must_have(user, country) else "factor.may")
    return [
        _headline(t("factor.set_up")),
        html.P(why, className="lede"),
        *outcome(view, t, "factor"),
        html.Section(
            [
                html.P(t("factor.scan")),
                html.Img(src=_qr(address), alt=t("factor.qr"), className="qr"),
                html.P([t("factor.type"), " ", html.Code(_in_fours(secret), id="factor-secret")]),
                _code_form(f"{SECOND_FACTOR}/enrol", t("factor.keep"), view, t),
            ],
            className="card",
        ),
    ]


def _question(view: View, t: Translator) -> list[Component]:
    return [
        _headline(t("factor.give")),
        html.P(t("factor.give_lede"), className="lede"),
        *outcome(view, t, "factor"),
        html.Section(_code_form(SECOND_FACTOR, t("factor.on"), view, t), className="card"),
        html.P(t("factor.lost"), className="note"),
    ]


def _in_place(kept: SecondFactor, view: View, t: Translator) -> list[Component]:
    codes = shown_once(NEW_CODES)
    made = html.Section(
        [
            html.H2(t("factor.codes")),
            html.P(t("factor.codes_lede")),
            html.Ul([html.Li(html.Code(code)) for code in codes or ()], id="recovery-codes"),
        ],
        className="card",
    )
    return [
        _headline(t("factor.in_place")),
        html.P(t("factor.left", n=kept.codes_left), className="lede"),
        *outcome(view, t, "factor"),
        *([made] if codes else []),
        dcc.Link(t("account.on"), href=view.href("/", period=None, indicator=None), className="action"),
    ]


def _code_form(action: str, button: str, view: View, t: Translator) -> Component:
    return form(
        action,
        [
            line("code", t("factor.code"), fills="one-time-code", of="factor"),
            hidden_field("next", safe_next(view.next), "factor"),
        ],
        button,
        view,
        strong=True,
    )


def _qr(address: str) -> str:
    """The address as a picture, drawn here: nobody else learns the secret."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=2, light="white"))


def _in_fours(secret: str) -> str:
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _headline(text: str) -> Component:
    return html.H1(text, id="headline", tabIndex=-1)
