"""The figures under review of each area right below, with how each moved against the period before."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.components.table import data_table
from dashboards.components.table_data import Cell, Column, Noted, Table, Unknown
from dashboards.pages.review.download_link import download_link
from dashboards.pages.review.figures import cell_name, change, kind_of, written
from dashboards.pages.review.models import FLASH, Review, ReviewedArea
from dashboards.pages.review.remarks import may_remark
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST_AREAS = 120  # the most unusual come first; the file has them all
_URGENCY = ("returned", "reopened", "open", "compiled", "endorsed", "none")


def figures_by_area(review: Review, view: View, t: Translator, signed: bool) -> Component:
    """The table with its download; `signed`: the figures as they were last signed."""
    layer = review.reference.layer(review.area.depth + 1)
    title = t("review.by_area", layers=t.within(layer.plurals) if layer else "")
    changed = {row.area.code for row in review.children if review.changed_cells(row.area.code)}
    children = sorted(
        review.children,
        key=lambda row: (
            row.area.code not in changed,
            -_unusual(review, row),
            _URGENCY.index(row.state),
            row.area.code,
        ),
    )
    shown = children[:_MOST_AREAS]
    parts: list[Component | None] = [
        html.Header([html.H2(title), _versions(review, view, t, signed)]),
        html.P(t("review.by_area.note"), className="note"),
        html.P(t("review.lines_changed", n=len(changed)), className="refusal")
        if changed and not signed
        else None,
        data_table(_table(review, title, shown, view, t, signed), t, "reviewed"),
    ]
    if len(children) > len(shown):
        parts.append(html.P(t("review.more_areas", n=len(children) - len(shown)), className="note"))
    parts.append(download_link(review, "areas", view, t, signed))
    return html.Section(parts, className="card one", id="by-area")


def _unusual(review: Review, row: ReviewedArea) -> float:
    """How unusual an area is: one for each figure far from its usual, and the share of its returns that is missing."""
    missing = 0 if row.completeness is None else 1 - row.completeness
    return missing + sum(review.is_unusual(row.area.code, cell) for cell in review.cells)


def _table(
    review: Review, title: str, children: Sequence[ReviewedArea], view: View, t: Translator, signed: bool
) -> Table:
    """A row an area, the area itself first; a column a scheme or axis that any area below has."""
    below = {area for (area, _, _, _) in review.figures} - {review.area.code}
    cells = [
        cell
        for cell in review.cells
        if any(review.value(area, cell, back) is not None for area in below for back in (0, 1))
    ]
    columns = [
        Column("area", t("column.area"), "text"),
        Column("state", t("column.state"), "state"),
        Column("completeness", t("column.completeness"), "share"),
        *(Column(cell, cell_name(review, cell, t), kind_of(review)) for cell in cells),
    ]
    rows: list[list[Cell]] = []
    for row in (review.own, *children):
        name = t.name(row.area.names, row.area.code)
        rows.append(
            [
                t("review.all_of", area=name) if row is review.own else name,
                row.state,
                row.completeness,
                *(_noted(review, row.area.code, cell, t, signed) for cell in cells),
            ]
        )
    hrefs = [view.review_href(row.area.code, review.dataset, review.period.code) for row in children]
    return Table(title, columns, rows, [None, *hrefs], totals=1)


def _noted(review: Review, area: str, cell: str, t: Translator, signed: bool) -> Noted:
    """A figure with how it moved, how many remarks there are about it, and a warning where it is unusual."""
    now = review.value(area, cell, signed=signed)
    note, warning = change(now, review.value(area, cell, back=1), review, t), ""
    if not signed and cell in review.changed_cells(area):
        note = warning = t(
            "review.was_signed", value=written(review.value(area, cell, signed=True), review, t)
        )
    elif not signed and review.is_unusual(area, cell):
        warning = t("review.unusual")
    remarks = sum(remark.child == area and remark.cell.startswith(cell) for remark in review.remarks)
    return Noted(
        Unknown.NOT_REPORTED if now is None else now,
        note=note,
        warning=warning,
        link=(f"¶{t.number(remarks)}", "#remarks") if remarks else None,
        chosen_as=(f"{area}/{cell}", _remark_on(review, area, cell, t)) if may_remark(review) else None,
    )


def _remark_on(review: Review, area: str, cell: str, t: Translator) -> str:
    row = review.area_of(area)
    return t(
        "review.remark.on", area=t.name(row.names, area) if row else area, what=cell_name(review, cell, t)
    )


def _versions(review: Review, view: View, t: Translator, signed: bool) -> Component | None:
    """The latest figures, or those that were signed."""
    if review.own.signed_at is None or review.dataset == FLASH:
        return None
    address = (review.area.code, review.dataset, review.period.code)
    return html.Nav(
        [
            dcc.Link(t("review.latest"), href=view.review_href(*address), className="" if signed else "on"),
            dcc.Link(
                t("review.signed"),
                href=view.review_href(*address, version="signed"),
                className="on" if signed else "",
            ),
        ],
        className="languages",
        **aria(label=t("review.versions")),
    )


def areas_table(review: Review, t: Translator, signed: bool) -> Table:
    """The file: every area, every scheme or axis, the figure and the one before."""
    columns = [
        Column("area_code", t("column.code"), "text"),
        Column("area", t("column.area"), "text"),
        Column("state", t("column.state"), "state"),
        Column("expected", t("column.expected")),
        Column("received", t("column.received")),
    ]
    for cell in review.cells:
        columns += [Column(cell, cell), Column(f"{cell}_before", cell)]
    rows: list[list[Cell]] = []
    for row in (review.own, *review.children):
        code = row.area.code
        line: list[Cell] = [code, t.name(row.area.names, code), row.state, row.expected, row.received]
        for cell in review.cells:
            both = review.value(code, cell, signed=signed), review.value(code, cell, back=1)
            line += [Unknown.NOT_REPORTED if value is None else value for value in both]
        rows.append(line)
    return Table(t("review.title"), columns, rows)
