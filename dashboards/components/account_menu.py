"""Who is reading: at the end of the line above every page."""

from dash import dcc, html
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.queries.inbox import inbox
from dashboards.server.current_user import account
from dashboards.server.view import View
from sala.translation.translator import Translator


def who(view: View, country: Country, t: Translator) -> Component | None:
    """The account with its role and area and the ways out; or the way in. Nothing where there are no accounts."""
    if not country.roles:
        return None
    known = account()
    if known is None:
        here = view.href() if not view.path.startswith(("/sign-in", "/password")) else None
        return dcc.Link(t("account.sign_in"), href=view.href("/sign-in", next=here), className="who in")
    role = t.name(known.role.names, known.role.id) if known.role else ""
    held = [role, "" if known.area_code == country.root else known.area_code]
    waiting = inbox().waiting
    mine = dcc.Link(
        [t("inbox.title"), html.B(t.number(waiting), className="count") if waiting else None],
        href=view.href("/inbox", period=None),
        className="mine",
        title=t("inbox.headline", n=waiting) if waiting else t("inbox.nothing"),
    )
    held_by = html.Details(
        [
            html.Summary([html.B(known.name), html.Span(" · ".join(part for part in held if part))]),
            html.Div(
                [
                    dcc.Link(t("account.change"), href=view.href("/password")),
                    html.Form(
                        [
                            dcc.Input(
                                type="hidden", name="csrf_token", value=generate_csrf(), id="sign-out-token"
                            ),
                            html.Button(t("account.sign_out"), type="submit"),
                        ],
                        action="/sign-out",
                        method="post",
                    ),
                ]
            ),
        ],
        className="who",
        **aria(label=t("account.who")),
    )
    return html.Div([mine, held_by], className="reader")
