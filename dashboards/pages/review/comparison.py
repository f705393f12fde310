"""The area's own figures: women and men, against the period before and what was signed last."""

from dash import html
from dash.development.base_component import Component

from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Noted, Table, Unknown
from dashboards.models.figure import MEN, WOMEN
from dashboards.pages.review.download_link import download_link
from dashboards.pages.review.figures import cell_name, change, kind_of
from dashboards.pages.review.models import FLASH, Review
from dashboards.server.view import View
from sala.translation.translator import Translator


def comparison(review: Review, view: View, t: Translator) -> Component:
    """The card with `comparison_table` and the link to it as CSV."""
    title = t("review.compared", area=t.name(review.area.names, review.area.code))
    return html.Section(
        [
            html.H2(title),
            html.P(t("review.compared.note"), className="note"),
            data_table(comparison_table(review, title, t), t, "reviewed"),
            download_link(review, "cells", view, t),
        ],
        className="card one",
        id="compared",
    )


def comparison_table(review: Review, title: str, t: Translator) -> Table:
    """A row a scheme or axis: now, by sex where there is any, the period before, what was signed last."""
    code, kind, by_sex = review.area.code, kind_of(review), review.dataset != FLASH
    columns = [Column("cell", t("column.scheme" if by_sex else "column.axis"), "text")]
    if by_sex:
        columns += [Column("women", t("column.women")), Column("men", t("column.men"))]
    columns += [
        Column("now", t("column.all"), kind),
        Column("before", t.period(review.before.code) if review.before else t("review.before"), kind),
        Column("signed", t("review.signed"), kind),
    ]
    rows: list[list[Cell]] = []
    for cell in review.cells:
        now, before = review.value(code, cell), review.value(code, cell, back=1)
        signed = review.signed_value(cell)
        sexes = [_of_sex(review, cell, sex) for sex in (WOMEN, MEN)] if by_sex else []
        rows.append(
            [
                cell_name(review, cell, t),
                *sexes,
                Unknown.NOT_REPORTED if now is None else now,
                Noted(Unknown.NOT_REPORTED if before is None else before, change(now, before, review, t)),
                Noted(signed, change(now, signed, review, t)),
            ]
        )
    return Table(title, columns, rows)


def _of_sex(review: Review, cell: str, sex: str) -> Cell:
    persons = review.of_sex(review.area.code, cell, sex)
    return Unknown.NOT_REPORTED if persons is None and review.is_due(cell, sex) else persons
