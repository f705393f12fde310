"""What was granted against what was paid out."""

from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.chart_frame import chart_frame
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Table
from dashboards.pages.notices.models import NoticeBoard
from dashboards.pages.notices.scheme_name import scheme_name
from dashboards.server.view import View
from sala.translation.translator import Translator


def absorption(board: NoticeBoard, country: Country, view: View, t: Translator) -> Component | None:
    """What was granted against what was paid, with how much of the returns is there to tell."""
    if not board.absorption:
        return None
    code = board.area.code
    return chart_frame(
        t("absorption.title"),
        data_table(absorption_table(board, country, t), t),
        t,
        id="absorption",
        note=t("absorption.note"),
        download=view.href(f"/download/absorption/{code}.csv", lang=t.language),
        table=False,
        wide="one",
    )


def absorption_table(board: NoticeBoard, country: Country, t: Translator) -> Table:
    """A row an area, period and scheme. Shares are divided from the sums beside them."""
    columns = (
        Column("area", t("column.area"), "text"),
        Column("area_code", t("column.code"), "text"),
        Column("period", t("column.period"), "text"),
        Column("scheme", t("column.scheme"), "text"),
        Column("allocated", t("absorption.allocated")),
        Column("paid", t("absorption.paid")),
        Column("absorption", t("absorption.share"), "share"),
        Column("received", t("column.received")),
        Column("expected", t("column.expected")),
        Column("completeness", t("column.completeness"), "share"),
    )
    table: list[tuple[Cell, ...]] = [
        (
            t.name(board.named(row["area_code"]).names, row["area_code"]),
            row["area_code"],
            t.period(row["period"]),
            scheme_name(row["scheme"], country, t),
            *(row[column.key] for column in columns[4:]),
        )
        for row in board.absorption
    ]
    return Table(t("absorption.title"), columns, table)
