"""What a file changed in the figures, from the top down to its own areas."""

from dash import html
from dash.development.base_component import Component

from dashboards.components.table import data_table
from dashboards.components.table_data import Column, Table
from dashboards.pages.submissions.models import Change
from sala.translation.translator import Translator


def changes_card(changes: list[Change], timezone: str, t: Translator) -> Component:
    """Who changed figures, when and why; an area, scheme and period a row."""
    first = changes[0]
    lede = (t(f"submissions.{first.kind}"), first.by, t.moment(first.at, timezone), first.why)
    return html.Section(
        [
            html.H2(t("submissions.moved")),
            html.P(" · ".join(part for part in lede if part), className="lede"),
            data_table(_table(changes, t), t),
        ],
        className="card",
    )


def _table(changes: list[Change], t: Translator) -> Table:
    columns = (
        Column("area", t("column.area"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("period", t("column.period"), "text"),
        Column("before", t("column.before")),
        Column("after", t("column.after")),
        Column("difference", t("column.difference")),
    )
    rows = [
        (
            t.name(change.names, change.area_code),
            t.name(change.scheme, "–") if change.scheme else "–",
            t.period(change.period),
            _whole(change.before),
            _whole(change.after),
            _whole(change.difference),
        )
        for change in changes
    ]
    return Table(t("submissions.moved"), columns, rows)


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)
