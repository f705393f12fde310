"""Pages for what is not there: an unknown address, area or period, a warehouse that does not answer."""

from dash import dcc, html

from dashboards.server.current_user import account
from dashboards.server.page import Page
from dashboards.server.view import View
from sala.translation.translator import Translator

FORBIDDEN = 403


def trouble(kind: str, what: str, view: View, t: Translator, status: int) -> Page:
    """Says what happened, and where to go from here."""
    title = t(f"trouble.{kind}.title")
    return Page(
        title=title,
        body=[
            html.H1(title, id="headline", tabIndex=-1),
            html.P(t(f"trouble.{kind}.text", what=what), className="lede"),
            html.Div(
                [
                    dcc.Link(
                        t("account.sign_in"),
                        href=view.href("/sign-in", next=view.path),
                        className="action",
                    )
                    if status == FORBIDDEN and account() is None
                    else None,
                    dcc.Link(
                        t("trouble.home"),
                        href=view.href("/", period=None, indicator=None),
                        className="action",
                    ),
                ],
                className="ways-out",
            ),
        ],
        status=status,
    )
