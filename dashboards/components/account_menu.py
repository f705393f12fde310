"""Who is reading: at the end of the line above every page."""

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.components.form import csrf_token
from dashboards.server.current_user import account
from dashboards.server.registry import HOME
from dashboards.server.view import View
from sala.translation.translator import Translator
from transforms.identity.person import Person

_FORMS = ("/sign-in", "/password")  # no places to come back to


def account_menu(view: View, country: Country, t: Translator, waiting: int) -> Component | None:
    """The account with its role and area, home, and the way out; or the way in. None where there are no accounts."""
    if not country.roles:
        return None
    user = account()
    if user is None:
        back = None if view.path.startswith(_FORMS) else view.href()
        return dcc.Link(t("account.sign_in"), href=view.href("/sign-in", next=back), className="who in")
    return html.Div([_home(view, t, waiting), _menu(user, view, country, t)], className="reader")


def _home(view: View, t: Translator, waiting: int) -> Component:
    return dcc.Link(
        [t("home.title"), html.B(t.number(waiting), className="count") if waiting else None],
        href=view.href(HOME, period=None, indicator=None),
        className="mine",
        title=t("home.headline", n=waiting) if waiting else t("home.nothing"),
    )


def _menu(user: Person, view: View, country: Country, t: Translator) -> Component:
    role = t.name(user.role.names, user.role.id) if user.role else ""
    area = "" if user.area_code == country.root else user.area_code
    sign_out = html.Form(
        [csrf_token("sign-out"), html.Button(t("account.sign_out"), type="submit")],
        action="/sign-out",
        method="post",
    )
    return html.Details(
        [
            html.Summary([html.B(user.name), html.Span(" · ".join(part for part in (role, area) if part))]),
            html.Div([dcc.Link(t("account.change"), href=view.href("/password")), sign_out]),
        ],
        className="who",
        **aria(label=t("account.who")),
    )
