"""What comes down the chain to an area: notices, guidelines, scheme parameters, and money with what became of it."""

from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.breadcrumb import area_breadcrumb
from dashboards.pages.notices.absorption import absorption
from dashboards.pages.notices.allocate_form import allocate_form
from dashboards.pages.notices.grants import grants
from dashboards.pages.notices.models import NoticeBoard
from dashboards.pages.notices.notice_list import notice_list
from dashboards.pages.notices.publish_form import publish_form
from dashboards.pages.notices.queries import notice_board
from dashboards.queries.access import must_read
from dashboards.server.current_user import person
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator


@page("/notices", "/notices/<code>", menu=10, group="money")
def notices_page(view: View, country: Country, t: Translator, code: str | None = None) -> Page:
    """The notices of the area `code`; None is the reader's own."""
    code = code or person().area_code or country.root
    must_read(code)
    board = notice_board(code)
    return Page(title=t("notices.title"), body=body(board, view, country, t), section="notices")


def body(board: NoticeBoard, view: View, country: Country, t: Translator) -> list[Component]:
    """Notices, grants and what became of them; the forms for whoever may; the areas below."""
    reader, code = person(), board.area.code
    in_force = [notice for notice in board.notices if notice.state == "in_force"]
    name = t.name(board.area.names, code)
    headline = t("notices.headline", n=len(in_force), area=name) if in_force else t("notices.none", area=name)
    parts: list[Component | None] = [
        area_breadcrumb(board.above, board.area, lambda code: _address(code, view), t),
        html.H1(headline, id="headline", tabIndex=-1),
        html.P(t("notices.lede"), className="lede"),
        *outcome(view, t, "notices"),
        notice_list(board, country, view, t),
        grants(board, country, view, t),
        absorption(board, country, view, t),
        publish_form(board, country, view, t) if reader.may("publish", code) else None,
        allocate_form(board, country, view, t) if reader.may("allocate", code) else None,
        _ways_down(board, view, t),
    ]
    return [part for part in parts if part is not None]


def _ways_down(board: NoticeBoard, view: View, t: Translator) -> Component | None:
    if not board.below:
        return None
    links = [dcc.Link(t.name(area.names, area.code), href=_address(area.code, view)) for area in board.below]
    return html.Section(
        [html.H2(t("notices.below")), html.Div(links, className="way-down")], className="card one"
    )


def _address(code: str, view: View) -> str:
    return view.href(f"/notices/{quote(code, safe='')}")
