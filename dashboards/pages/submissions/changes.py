"""What a file changed in the figures, from the top down to its own areas."""

from dash import html
from dash.development.base_component import Component

from dashboards.components.table_data import Cell, Column
from dashboards.pages.submissions.models import Change
from dashboards.pages.submissions.return_table import return_table
from sala.translation.translator import Translator


def changes_card(changes: list[Change], timezone: str, t: Translator) -> Component:
    """Who changed figures, when and why; an area, scheme and period a row."""
    first, title = changes[0], t("submissions.moved")
    columns = (
        Column("what", t("column.what_came"), "text"),
        Column("before", t("column.before")),
        Column("after", t("column.after")),
        Column("difference", t("column.difference")),
    )
    lede = (t(f"submissions.{first.kind}"), first.by, t.moment(first.at, timezone), first.why)
    return html.Section(
        [
            html.H2(title),
            html.P(" · ".join(part for part in lede if part), className="lede"),
            return_table(title, changes, columns, lambda change: _cells(change, t), t),
        ],
        className="card",
    )


def _cells(change: Change, t: Translator) -> tuple[Cell, ...]:
    return (
        t(f"submissions.moved.{change.kind}"),
        _whole(change.before),
        _whole(change.after),
        _whole(change.difference),
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
