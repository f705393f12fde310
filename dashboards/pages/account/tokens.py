"""The tokens of one's own account: a list, each with a button that ends it, and a form for a new one."""

from itertools import combinations

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form, line, select
from dashboards.server.session_cookie import shown_once
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.identity.person import Person
from transforms.identity.tokens import Token, offered, tokens

MAKE, REVOKE = "/password/token", "/password/revoke"
NEW_TOKEN = "new_token"
"""Where the session keeps a token that was just made, until it has been shown once."""

_DAYS = (30, 90, 365)
LONGEST_DAYS = max(_DAYS)


def tokens_section(person: Person, view: View, country: Country, t: Translator) -> Component:
    """Everything about one's tokens, below the form for the password."""
    kept = [token for token in tokens(person) if token.revoked_at is None]
    made = shown_once(NEW_TOKEN)
    return html.Section(
        [
            html.H2(t("account.tokens"), id="tokens"),
            html.P(t("account.tokens_lede")),
            html.P(html.Code(made, id="new-token")) if made else None,
            html.Ul([_token(token, view, country, t) for token in kept], className="tokens")
            if kept
            else html.P(t("account.tokens_none")),
            _new_token(person, view, t),
        ],
        className="card",
    )


def _token(token: Token, view: View, country: Country, t: Translator) -> Component:
    used = (
        t("account.token_used", at=t.moment(token.last_used_at, country.timezone))
        if token.last_used_at
        else t("account.token_unused")
    )
    ends = (
        t("account.token_ends", at=t.moment(token.expires_at, country.timezone))
        if token.expires_at
        else t("account.token_endless")
    )
    scopes = ", ".join(t(f"account.scope.{scope}") for scope in token.scopes)
    return html.Li(
        [
            html.Span([html.B(token.name), " · ", scopes, " · ", used, " · ", ends]),
            form(REVOKE, [], t("account.token_revoke"), view, {"token": str(token.number)}),
        ]
    )


def _new_token(person: Person, view: View, t: Translator) -> Component:
    more = [scope for scope in offered(person) if scope != "read"]
    choices = [
        ("read",),
        *(("read", *some) for n in range(1, len(more) + 1) for some in combinations(more, n)),
    ]
    scopes = [
        (" ".join(choice), ", ".join(t(f"account.scope.{scope}") for scope in choice)) for choice in choices
    ]
    days = [(str(n), t("account.token_days", n=n)) for n in _DAYS] + [("", t("account.token_endless"))]
    return form(
        MAKE,
        [
            line("name", t("account.token_name")),
            select("scopes", t("account.token_scopes"), scopes),
            select("days", t("account.token_lasts"), days),
        ],
        t("account.token_make"),
        view,
    )
