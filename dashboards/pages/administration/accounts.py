"""Accounts: who there is, one more, and what can be done with one of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.breadcrumb import breadcrumb
from dashboards.components.form import form, line, select
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.queries.places import names_of
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting, person
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.session_cookie import shown_once
from dashboards.server.view import View
from sala.errors import NotFound
from sala.translation.translator import Translator, translator
from transforms.identity.administration import tokens_of
from transforms.identity.tokens import Token

ACCOUNTS = "/admin/accounts"
GIVEN = "given_password"
"""Where the session keeps a password that was just made, until it has been shown once."""

Names = Mapping[str, Mapping[str, str]]

_ACCOUNTS = (
    "SELECT * FROM mart.account WHERE CAST(:name AS text) IS NULL OR name = :name ORDER BY NOT active, name"
)


@page(ACCOUNTS, menu=91, group="data", name="accounts", may="administer")
def accounts_page(view: View, country: Country, t: Translator) -> Page:
    """Every account, and a form for one more."""
    listed, names = _accounts(None)
    body = [
        html.H1(t("accounts.title"), id="headline", tabIndex=-1),
        html.P(t("accounts.lede", n=sum(account["active"] for account in listed)), className="lede"),
        *outcome(view, t, "accounts"),
        *_given(t),
        html.Section(data_table(_table(listed, names, view, country, t), t, "stacked"), className="card one"),
        html.Section([html.H2(t("accounts.new")), _new(view, country, t)], className="card one"),
    ]
    return Page(title=t("accounts.title"), body=body, section="accounts")


@page(f"{ACCOUNTS}/<name>", may="administer")
def account_page(view: View, country: Country, t: Translator, name: str) -> Page:
    """One account: role, area, password, database login, tokens, closing. Raises NotFound."""
    found, names = _accounts(name)
    if not found:
        raise NotFound("unknown_account", name=name)
    account = found[0]
    about = [
        (t("accounts.role"), _role(account["role"], country, t)),
        (t("column.area"), _area(account["area_code"], names, t)),
        (t("accounts.email"), account["email"] or "–"),
        (t("accounts.login"), account["login"] or t("accounts.no_login")),
        (t("column.state"), t(_state(account))),
    ]
    body: list[Component] = [
        breadcrumb([(t("accounts.title"), view.href(ACCOUNTS))], t, name),
        html.H1(name, id="headline", tabIndex=-1),
        *outcome(view, t, "accounts"),
        *_given(t),
        html.Section(
            html.Dl(
                [part for key, value in about for part in (html.Dt(key), html.Dd(value))], className="facts"
            ),
            className="card",
        ),
    ]
    if account["active"] and name != person().name:
        body.append(html.Section(_acts(account, view, country, t), className="card one account-acts"))
    elif name == person().name:
        body.append(html.P(t("accounts.own"), className="note"))
    if account["active"]:
        body.append(
            html.Section(
                _tokens(name, tokens_of(person(), country, name), view, country, t), className="card one"
            )
        )
    return Page(title=name, body=body, section="accounts")


def _accounts(name: str | None) -> tuple[list[dict[str, Any]], Names]:
    """The account of that name, or all; and the names of their areas."""
    with acting() as connection:
        listed = rows(connection, _ACCOUNTS, name=name)
        return listed, names_of(connection, [account["area_code"] for account in listed])


def _area(code: str, names: Names, t: Translator) -> str:
    return f"{code} {t.name(names[code])}" if code in names else code


def _given(t: Translator) -> list[Component]:
    """The password that was just made: shown once, to whoever made it."""
    if (given := shown_once(GIVEN)) is None:
        return []
    text = t("accounts.given_login" if given.get("login") else "accounts.given", name=given["name"])
    return [
        html.Div(
            [html.P(text), html.P(html.Code(given["password"], id="given-password"))],
            className="card one",
            role="status",
        )
    ]


def _state(account: dict[str, Any]) -> str:
    if not account["active"]:
        return "accounts.closed"
    return "accounts.invited" if account["must_change"] else "accounts.open"


def _role(role: str, country: Country, t: Translator) -> str:
    return next((t.name(one.names, role) for one in country.roles if one.id == role), role)


def _table(
    listed: Sequence[dict[str, Any]], names: Names, view: View, country: Country, t: Translator
) -> Table:
    columns = (
        Column("name", t("accounts.name"), "text"),
        Column("role", t("accounts.role"), "text"),
        Column("area_code", t("column.area"), "text"),
        Column("state", t("column.state"), "text"),
        Column("login", t("accounts.login"), "text"),
        Column("created_at", t("accounts.made"), "moment"),
    )
    cells = [
        (
            account["name"],
            _role(account["role"], country, t)
            + (f" · {account['administrator']}" if account["administrator"] else ""),
            _area(account["area_code"], names, t),
            t(_state(account)),
            account["login"],
            t.moment(account["created_at"], country.timezone),
        )
        for account in listed
    ]
    return Table(t("accounts.title"), columns, cells, [view.href(f"{ACCOUNTS}/{a['name']}") for a in listed])


def _new(view: View, country: Country, t: Translator) -> Component:
    languages = [(language, translator(language)("language.name")) for language in country.languages]
    fields = [
        line("name", t("accounts.name"), of="new"),
        *_place(country, t, "new"),
        line("email", t("accounts.email"), required=False, of="new"),
        select("language", t("accounts.language"), languages, of="new"),
        select(
            "login",
            t("accounts.login"),
            [("", t("accounts.no_login")), ("yes", t("accounts.with_login"))],
            of="new",
        ),
    ]
    return form(f"{ACCOUNTS}/invite", fields, t("accounts.invite"), view)


def _place(
    country: Country, t: Translator, of: str, account: dict[str, Any] | None = None
) -> list[Component]:
    """Role, area and administrator, as they are or still to be chosen."""
    roles = [(role.id, t.name(role.names, role.id)) for role in country.roles if role.visitors is None]
    bodies = [("", t("accounts.no_administrator"))] + [
        (b.id, t.name(b.names, b.id)) for b in country.administrators
    ]
    now = account or {}
    return [
        select("role", t("accounts.role"), roles, of=of, chosen=now.get("role")),
        line("area", t("accounts.area"), value=now.get("area_code", country.root), of=of),
        select(
            "administrator", t("accounts.administrator"), bodies, of=of, chosen=now.get("administrator") or ""
        ),
    ]


def _acts(account: dict[str, Any], view: View, country: Country, t: Translator) -> list[Component]:
    at, hidden = f"{ACCOUNTS}/{account['name']}", {"account": account["name"]}
    acts: list[Component] = [
        html.H2(t("accounts.change")),
        form(f"{at}/assign", _place(country, t, "assign", account), t("accounts.assign"), view, hidden),
        html.H2(t("accounts.password")),
        html.P(t("accounts.password_note"), className="note"),
        form(f"{at}/password", [], t("accounts.reset"), view, hidden),
    ]
    if not account["login"]:
        acts.append(form(f"{at}/login", [], t("accounts.give_login"), view, hidden))
    acts += [
        html.H2(t("accounts.factor")),
        html.P(t("accounts.factor_note"), className="note"),
        form(f"{at}/second-factor", [], t("accounts.reset_factor"), view, hidden),
        html.H2(t("accounts.close")),
        html.P(t("accounts.close_note"), className="note"),
        form(
            f"{at}/close",
            [line("confirmed", t("accounts.close_confirm", name=account["name"]), of="close")],
            t("accounts.close"),
            view,
            hidden,
        ),
    ]
    return acts


def _tokens(name: str, kept: Sequence[Token], view: View, country: Country, t: Translator) -> list[Component]:
    standing = [token for token in kept if token.revoked_at is None]
    listed = [
        html.Li(
            [
                html.Span(
                    f"{token.name} · {', '.join(t(f'account.scope.{scope}') for scope in token.scopes)} · "
                    + (
                        t("account.token_used", at=t.moment(token.last_used_at, country.timezone))
                        if token.last_used_at
                        else t("account.token_unused")
                    )
                ),
                form(
                    f"{ACCOUNTS}/{name}/revoke",
                    [],
                    t("account.token_revoke"),
                    view,
                    {"token": str(token.number)},
                ),
            ]
        )
        for token in standing
    ]
    return [
        html.H2(t("account.tokens")),
        html.Ul(listed, className="tokens") if listed else html.P(t("accounts.no_tokens")),
    ]
