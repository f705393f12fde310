"""Who is late below the reader's own area, by name, and the button that reminds them at once."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from dash import html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.form import form
from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.calendar.row_title import row_title
from dashboards.queries.rows import rows
from dashboards.server.current_user import acting
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST = 40
_LATE = """
SELECT *, count(*) OVER () AS all_rows, sum(n) OVER ()::bigint AS all_returns FROM mart.late_below
ORDER BY days_late DESC, n DESC, area_code, dataset, scheme LIMIT :most
"""


def late_below(code: str, country: Country, view: View, t: Translator) -> Component | None:
    """Those who are late for the longest first; None where nobody is, or the reader follows nothing up."""
    with acting() as connection:
        late = rows(connection, _LATE, most=_MOST)
    if not late:
        return None
    more = late[0]["all_rows"] - len(late)
    remind = form(f"/calendar/{quote(code, safe='')}/remind", [], t("late.remind"), view, strong=True)
    parts: list[Component | None] = [
        html.H2(t("late.title")),
        html.P(t("late.lede", n=late[0]["all_returns"]), className="note"),
        remind if any(row["people"] for row in late) else None,
        data_table(_table(late, country, view, t), t, "stacked"),
        html.P(t("print.more", n=more), className="note") if more else None,
    ]
    return html.Section(parts, className="card one", id="late-below")


def _table(late: Sequence[dict[str, Any]], country: Country, view: View, t: Translator) -> Table:
    columns = (
        Column("area", t("column.area"), "text"),
        Column("what", t("late.what"), "text"),
        Column("period", t("shell.period"), "text"),
        Column("n", t("late.returns")),
        Column("days_late", t("late.days")),
        Column("people", t("late.people"), "text"),
        Column("reminded_at", t("late.reminded"), "moment"),
    )
    cells = [
        (
            t.name(row["names"], row["area_code"]),
            row_title(row, country, t),
            t.period(row["period"]),
            row["n"],
            row["days_late"],
            ", ".join(row["people"] or ()) or t("late.nobody"),
            t.moment(row["reminded_at"], country.timezone) if row["reminded_at"] else None,
        )
        for row in late
    ]
    return Table(
        t("late.title"), columns, cells, [view.href(f"/calendar/{row['area_code']}") for row in late]
    )
