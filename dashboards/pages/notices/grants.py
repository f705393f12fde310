"""Money on its way down: grants of an area and of those right below it, each with its acknowledgement."""

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.notices.may_acknowledge import may_acknowledge
from dashboards.pages.notices.models import NoticeBoard
from dashboards.pages.notices.scheme_name import scheme_name
from dashboards.server.view import View
from sala.translation.translator import Translator


def grants(board: NoticeBoard, country: Country, view: View, t: Translator) -> Component:
    """The area's own grants, each with its acknowledgement, and those of the areas right below."""
    parts: list[Component] = [html.H2(t("grants.title"))]
    own = [grant for grant in board.grants if grant.area_code == board.area.code]
    below = [grant for grant in board.grants if grant.area_code != board.area.code]
    if not board.grants:
        parts.append(html.P(t("grants.none"), className="empty"))
    lines = []
    for grant in own:
        text: list[Component | str] = [
            html.B(f"{t.number(grant.amount)} {country.currency}"),
            f" · {scheme_name(grant.scheme, country, t)} · {t.period(grant.period)}",
        ]
        if grant.acknowledged_at:
            when = t.moment(grant.acknowledged_at, country.timezone)
            who = grant.acknowledged_by or t("review.somebody")
            text.append(html.P(t("notices.acknowledged", who=who, when=when), className="note"))
        elif may_acknowledge(board.area.code):
            hidden = {"allocation": str(grant.allocation)}
            action = f"/notices/{board.area.code}/acknowledge"
            text.append(form(action, [], t("grants.acknowledge"), view, hidden))
        else:
            text.append(html.P(t("notices.not_acknowledged"), className="note"))
        mark = html.I(className="mark" if grant.acknowledged_at else "mark soon")
        lines.append(html.Li([mark, html.Div(text)]))
    if lines:
        parts.append(html.Ul(lines, className="items"))
    if below:
        done = sum(grant.acknowledged_at is not None for grant in below)
        total = t("grants.below", done=t.number(done), n=len(below))
        parts.append(
            html.Details([html.Summary(total), data_table(grants_table(board, country, view, t), t)])
        )
    return html.Section(parts, className="card one", id="grants")


def grants_table(board: NoticeBoard, country: Country, view: View, t: Translator) -> Table:
    """Grants of the areas right below, one a row."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("period", t("column.period"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("amount", t("grants.amount")),
        Column("acknowledged_at", t("notices.column.acknowledged"), "text"),
    )
    table: list[tuple[Cell, ...]] = []
    hrefs: list[str | None] = []
    for grant in board.grants:
        if grant.area_code == board.area.code:
            continue
        names = board.named(grant.area_code).names
        when = t.date(grant.acknowledged_at.date()) if grant.acknowledged_at else "–"
        scheme = scheme_name(grant.scheme, country, t)
        table.append((t.name(names, grant.area_code), t.period(grant.period), scheme, grant.amount, when))
        hrefs.append(view.href(f"/notices/{grant.area_code}"))
    return Table(t("grants.title"), columns, table, hrefs)
