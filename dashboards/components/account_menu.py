"""Who is reading: at the end of the line above every page."""

from dash import dcc, html
from dash.development.base_component import Component
from flask_wtf.csrf import generate_csrf

from countries.model import Country
from dashboards.components.aria import aria
from dashboards.pages.inbox.queries import inbox
from dashboards.server.current_user import account
from dashboards.server.view import View
from sala.translation.translator import Words


def who(view: View, country: Country, words: Words) -> Component | None:
    """The account with its role and area and the ways out; or the way in. Nothing where there are no accounts."""
    if not country.roles:
        return None
    known = account()
    if known is None:
        here = view.href() if not view.path.startswith(("/sign-in", "/password")) else None
        return dcc.Link(words("account.sign_in"), href=view.href("/sign-in", next=here), className="who in")
    role = words.name(known.role.names, known.role.id) if known.role else ""
    held = [role, "" if known.area_code == country.root else known.area_code]
    waiting = inbox().waiting
    mine = dcc.Link(
        [words("inbox.title"), html.B(words.number(waiting), className="count") if waiting else None],
        href=view.href("/inbox", period=None),
        className="mine",
        title=words("inbox.headline", n=waiting) if waiting else words("inbox.nothing"),
    )
    held_by = html.Details(
        [
            html.Summary([html.B(known.name), html.Span(" · ".join(part for part in held if part))]),
            html.Div(
                [
                    dcc.Link(words("account.change"), href=view.href("/password")),
                    html.Form(
                        [
                            dcc.Input(
                                type="hidden", name="csrf_token", value=generate_csrf(), id="sign-out-token"
                            ),
                            html.Button(words("account.sign_out"), type="submit"),
                        ],
                        action="/sign-out",
                        method="post",
                    ),
                ]
            ),
        ],
        className="who",
        **aria(label=words("account.who")),
    )
    return html.Div([mine, held_by], className="reader")
