"""The figures under review: those of each area right below, and the area's own against earlier ones."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards.components.aria import aria
from dashboards.components.table_data import Cell, Column, Table
from dashboards.models.figure import MEN, WOMEN
from dashboards.pages.reviews.models import FLASH, ReviewFacts, Row
from dashboards.server.view import View
from sala.translation.translator import Translator

_MOST_ROWS = 120  # those that need somebody come first; the file has them all
_URGENCY = ("returned", "reopened", "open", "compiled", "endorsed", "none")


def review_href(view: View, code: str, dataset: str, period: str, **changes: str | None) -> str:
    """The review page of an area."""
    return view.href(f"/review/{code}/{dataset}", period=period, indicator=None, level=None, **changes)


def cell_name(facts: ReviewFacts, cell: str, t: Translator) -> str:
    """A scheme's or an axis's name."""
    if facts.dataset == FLASH:
        return t(f"axis.{cell}")
    scheme = facts.reference.scheme(cell)
    return t.name(scheme.names, cell) if scheme else cell


def by_area(facts: ReviewFacts, view: View, t: Translator, signed: bool) -> Component:
    """A row an area, a column a scheme or axis; under each number how it moved against the period before."""
    below = {area for (area, _, _, _) in facts.figures} - {facts.area.code}
    shown_cells = [
        cell
        for cell in facts.cells
        if any(facts.value(area, cell, back) is not None for area in below for back in (0, 1))
    ]
    rows = sorted(
        facts.children, key=lambda row: (_URGENCY.index(row.state), -_marks(facts, row), row.area.code)
    )
    shown = rows[:_MOST_ROWS]
    head = [html.Th(t("column.area"), scope="col", className="text")]
    head += [html.Th(t("column.state"), scope="col", className="text")]
    head += [html.Th(t("column.completeness"), scope="col", className="num")]
    head += [html.Th(cell_name(facts, cell, t), scope="col", className="num") for cell in shown_cells]
    body = [_line(facts, facts.own, shown_cells, view, t, signed, total=True)]
    body += [_line(facts, row, shown_cells, view, t, signed) for row in shown]
    layer = facts.reference.layer(facts.area.depth + 1)
    title = t("review.by_area", layers=t.within(layer.plurals) if layer else "")
    table = html.Div(
        html.Table(
            [html.Caption(title, className="unseen"), html.Thead(html.Tr(head)), html.Tbody(body)],
            className="data reviewed",
        ),
        className="table-box",
        tabIndex=0,
        role="region",
        **aria(label=title),
    )
    parts: list[Component] = [
        html.Header([html.H2(title), _versions(facts, view, t, signed)]),
        html.P(t("review.by_area.note"), className="note"),
        table,
    ]
    if len(rows) > len(shown):
        parts.append(html.P(t("review.more_areas", n=len(rows) - len(shown)), className="note"))
    parts.append(download(facts, "areas", view, t, signed))
    return html.Section(parts, className="card one", id="by-area")


def _marks(facts: ReviewFacts, row: Row) -> int:
    return sum(facts.stands_out(row.area.code, cell) for cell in facts.cells)


def _line(
    facts: ReviewFacts,
    row: Row,
    shown: Sequence[str],
    view: View,
    t: Translator,
    signed: bool,
    total: bool = False,
) -> Component:
    name = t.name(row.area.names, row.area.code)
    href = review_href(view, row.area.code, facts.dataset, facts.period.code)
    first = html.B(t("review.all_of", area=name)) if total else dcc.Link(name, href=href)
    cells: list[Component] = [
        html.Th(first, scope="row", className="text"),
        html.Td(state_mark(row.state, t), className="text"),
        html.Td(t.percent(row.completeness), className="num"),
    ]
    for cell in shown:
        now = facts.value(row.area.code, cell, signed=signed)
        before = facts.value(row.area.code, cell, back=1)
        remarks = sum(
            1 for remark in facts.remarks if remark.child == row.area.code and remark.cell.startswith(cell)
        )
        odd = not signed and facts.stands_out(row.area.code, cell)
        parts: list[Component | str] = [number(now, facts, t)]
        if remarks:
            parts.append(html.A(f" ¶{t.number(remarks)}", href="#remarks", title=t("review.remarks")))
        parts.append(html.Small(change(now, before, facts, t)))
        cells.append(
            html.Td(parts, className="num odd" if odd else "num", title=t("review.odd") if odd else None)
        )
    return html.Tr(cells, className="total" if total else None)


def number(n: float | None, facts: ReviewFacts, t: Translator) -> str:
    """Persons, or percent advanced."""
    if facts.dataset == FLASH:
        return t.percent(None if n is None else n / 100)
    return t.number(n)


def change(now: float | None, before: float | None, facts: ReviewFacts, t: Translator) -> str:
    """How far a figure moved: in percent of the one before, or in points of a percentage."""
    if now is None or before is None:
        return ""
    if facts.dataset == FLASH:
        return t.points((now - before) / 100)
    if before == 0:
        return "" if now == 0 else "+"
    share = (now - before) / before
    sign = "+" if share > 0 else "−" if share < 0 else "±"
    return f"{sign}{t.percent(abs(share))}"


def state_mark(state: str, t: Translator) -> Component:
    """The state in a word with its colour."""
    return html.Span(t(f"review.state.{state}"), className=f"pill small {state}")


def _versions(facts: ReviewFacts, view: View, t: Translator, signed: bool) -> Component | None:
    """The latest figures, or those that were signed."""
    if facts.own.signed_at is None or facts.dataset == FLASH:
        return None
    here = (facts.area.code, facts.dataset, facts.period.code)
    return html.Nav(
        [
            dcc.Link(
                t("review.latest"),
                href=review_href(view, *here),
                className="" if signed else "on",
            ),
            dcc.Link(
                t("review.signed"),
                href=review_href(view, *here, version="signed"),
                className="on" if signed else "",
            ),
        ],
        className="languages",
        **aria(label=t("review.versions")),
    )


def download(facts: ReviewFacts, table: str, view: View, t: Translator, signed: bool = False) -> Component:
    path = f"/download/review/{table}/{facts.dataset}/{facts.area.code}.csv"
    href = view.href(
        path,
        period=facts.period.code,
        indicator=None,
        level=None,
        lang=view.language,
        version="signed" if signed else None,
    )
    return html.Div(
        html.A(t("frame.download"), href=href, download="", className="download"), className="evidence"
    )


def compared(facts: ReviewFacts, view: View, t: Translator) -> Component:
    """The area's own figures: women and men, against the period before and what was signed last."""
    table = cells_table(facts, t)
    head = html.Tr(
        [
            html.Th(column.label, scope="col", className="text" if column.kind == "text" else "num")
            for column in table.columns
        ]
    )
    body = []
    for cell, row in zip(facts.cells, table.rows, strict=True):
        now, before = facts.value(facts.area.code, cell), facts.value(facts.area.code, cell, back=1)
        signed = facts.signed_value(cell)
        cells: list[Component] = [html.Th(str(row[0]), scope="row", className="text")]
        for column, value in zip(table.columns[1:], row[1:], strict=True):
            n = float(value) if isinstance(value, int | float) else None
            parts: list[Component | str] = [number(n, facts, t)]
            if column.key == "before":
                parts.append(html.Small(change(now, before, facts, t)))
            if column.key == "signed":
                parts.append(html.Small(change(now, signed, facts, t)))
            cells.append(html.Td(parts, className="num"))
        body.append(html.Tr(cells))
    title = t("review.compared", area=t.name(facts.area.names, facts.area.code))
    box = html.Div(
        html.Table(
            [html.Caption(title, className="unseen"), html.Thead(head), html.Tbody(body)],
            className="data reviewed",
        ),
        className="table-box",
        tabIndex=0,
        role="region",
        **aria(label=title),
    )
    note = t("review.compared.note")
    return html.Section(
        [html.H2(title), html.P(note, className="note"), box, download(facts, "cells", view, t)],
        className="card one",
        id="compared",
    )


def cells_table(facts: ReviewFacts, t: Translator) -> Table:
    """A row a scheme or axis: now, by sex where there is any, the period before, what was signed last."""
    here = facts.area.code
    before = (
        facts.periods[facts.periods.index(facts.period) - 1] if facts.period != facts.periods[0] else None
    )
    name = "column.axis" if facts.dataset == FLASH else "column.scheme"
    columns = [Column("cell", t(name), "text")]
    if facts.dataset != FLASH:
        columns += [Column("women", t("column.women")), Column("men", t("column.men"))]
    columns += [
        Column("now", t("column.all")),
        Column("before", t.period(before.code) if before else t("review.before")),
        Column("signed", t("review.signed")),
    ]
    rows: list[list[Cell]] = []
    for cell in facts.cells:
        row: list[Cell] = [cell_name(facts, cell, t)]
        if facts.dataset != FLASH:
            row += [facts.of_sex(here, cell, WOMEN), facts.of_sex(here, cell, MEN)]
        row += [facts.value(here, cell), facts.value(here, cell, back=1), facts.signed_value(cell)]
        rows.append(row)
    return Table(t("review.title"), columns, rows)


def areas_table(facts: ReviewFacts, t: Translator, signed: bool) -> Table:
    """The file behind `by_area`: every area, every cell, the number and the one before."""
    columns = [
        Column("area_code", t("column.code"), "text"),
        Column("area", t("column.area"), "text"),
        Column("state", t("column.state"), "text"),
        Column("expected", t("column.expected")),
        Column("received", t("column.received")),
    ]
    for cell in facts.cells:
        columns += [Column(cell, cell), Column(f"{cell}_before", cell)]
    rows: list[list[Cell]] = []
    for row in (facts.own, *facts.children):
        code = row.area.code
        line: list[Cell] = [code, t.name(row.area.names, code), row.state, row.expected, row.received]
        for cell in facts.cells:
            line += [facts.value(code, cell, signed=signed), facts.value(code, cell, back=1)]
        rows.append(line)
    return Table(t("review.title"), columns, rows)


def missing_table(facts: ReviewFacts, t: Translator) -> Table:
    """Every return that was expected and does not stand."""
    columns = (
        Column("area_code", t("column.code"), "text"),
        Column("area", t("column.area"), "text"),
        Column("scheme", t("column.scheme"), "text"),
    )
    rows = [(entry.area, t.name(entry.names, entry.area), entry.scheme) for entry in facts.missing]
    return Table(t("review.missing"), columns, rows)
