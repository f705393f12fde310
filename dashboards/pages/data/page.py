"""Every figure of a period: a grid to filter and sort, and the whole as one file."""

from typing import Any

import dash_ag_grid as dag
from dash import dcc, html
from dash.development.base_component import Component

from countries.model import Country
from dashboards.components.choice import choice
from dashboards.models.reference import Period, Reference
from dashboards.pages.data.models import Shown, Slice
from dashboards.pages.data.queries import browse
from dashboards.queries.reference import chosen_period, reference
from dashboards.server.current_user import acting
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.translation.translator import Translator, translator

_SHARES = ("value", "lower_bound", "upper_bound", "completeness")
_COUNTS = ("numerator", "denominator")
_NO_MARKDOWN = str.maketrans(dict.fromkeys("[]()*_`<>\\", " "))
_NUMBER, _TEXT = "agNumberColumnFilter", "agTextColumnFilter"


@page("/data", menu=10, group="data")
def data_page(view: View, country: Country, t: Translator) -> Page:
    """The grid for the chosen period and layer. Raises NotFound."""
    with acting() as connection:
        lists = reference(connection)
    period, _ = chosen_period(lists.periods, view.period)
    level = view.level if any(layer.level == view.level for layer in lists.layers) else _usual(lists)
    return Page(
        title=t("nav.data"),
        body=_body(lists, period, level, view, t),
        section="data",
        periods=lists.period_codes,
        chosen={"period": period.code if period else None, "level": level},
    )


def _usual(lists: Reference) -> str | None:
    """The layer below the root: enough to look at, little enough to come at once."""
    layer = lists.layer(1) or lists.layer(0)
    return layer.level if layer else None


def _body(
    lists: Reference, period: Period | None, level: str | None, view: View, t: Translator
) -> list[Component]:
    if period is None or level is None:
        return [html.H1(t("data.none"), id="headline", tabIndex=-1)]
    options = [(layer.level, t.name(layer.plurals, layer.level)) for layer in lists.layers]
    whole = view.href(f"/download/figures/{period.code}.csv", lang=view.language, period=None, indicator=None)
    return [
        html.H1(t("data.title", period=t.period(period.code)), id="headline", tabIndex=-1),
        html.P(t("data.lede"), className="lede"),
        html.Div(
            [
                choice("level", options, level, t("data.layer")),
                html.A(t("data.download"), href=whole, download="", className="download"),
            ],
            className="above-grid",
        ),
        grid(lists, t),
        dcc.Store(id="grid-of", data={"period": period.code, "level": level, "language": view.language}),
    ]


def grid(lists: Reference, t: Translator) -> Component:
    """The grid; its rows come in slices from `slice_of`."""
    titles = {i.id: t.name(i.titles, i.id) for i in lists.indicators}
    sexes = {sex: t(f"sex.{sex}") for sex in ("_T", "F", "M", "X", "U")}

    def named(field: str, label: str, names: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
        shown = (
            {"valueFormatter": {"function": f"({names!r})[params.value] || params.value"}} if names else {}
        )
        return {"field": field, "headerName": t(label), "filter": _TEXT, "minWidth": 110} | shown | more

    def number(field: str, label: str) -> dict[str, Any]:
        return {
            "field": field,
            "headerName": t(label),
            "filter": _NUMBER,
            "type": "rightAligned",
            "minWidth": 110,
        }

    columns = [
        named("area", "column.area", pinned="left", minWidth=150, cellRenderer="markdown"),
        named("area_code", "column.code"),
        named("indicator", "column.indicator", titles, minWidth=190),
        named("sex", "column.sex", sexes),
        number("value", "column.value"),
        number("lower_bound", "column.low"),
        number("upper_bound", "column.high"),
        number("numerator", "column.numerator"),
        number("denominator", "column.denominator"),
        number("completeness", "column.completeness"),
        named("status", "column.status"),
    ]
    return dag.AgGrid(
        id="grid",
        columnDefs=columns,
        rowModelType="infinite",
        defaultColDef={"sortable": True, "resizable": True, "floatingFilter": True, "flex": 1},
        dashGridOptions={
            "cacheBlockSize": 100,
            "maxBlocksInCache": 20,
            "rowHeight": 40,
            "floatingFiltersHeight": 46,
        },
        className="ag-theme-alpine sala-grid",
        style={"height": "68vh", "width": "100%"},
    )


def slice_of(request: Slice, shown: Shown) -> dict[str, Any]:
    """The rows that the grid asks for as it is scrolled, filtered or sorted."""
    figures, count = browse(
        shown.period,
        shown.level,
        shown.language,
        request.startRow,
        request.endRow,
        request.filterModel or {},
        request.sortModel or [],
    )
    view, t = View(language=shown.language, period=shown.period), translator(shown.language)
    for row in figures:
        row |= {field: t.percent(row[field]) for field in _SHARES} | {
            field: t.number(row[field]) for field in _COUNTS
        }
        name = str(row["area"] or row["area_code"]).translate(_NO_MARKDOWN)
        row["area"] = f"[{name}]({view.area_href(row['area_code'])})"
    return {"rowData": figures, "rowCount": count}
