"""Every mart that people choose from: its rows by what a reader wants to see, in five shapes, and what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import urlencode
from xml.etree.ElementTree import Element

from dash import dcc, html
from dash.development.base_component import Component
from sqlalchemy import Connection

from countries.indicator_definition import one
from countries.model import Country
from dashboards.charts.drawing import element, markup
from dashboards.components.drawn import Drawn
from dashboards.models.reference import Reference
from dashboards.models.selection import Selection, is_change, parse
from dashboards.pages.explore import results
from dashboards.pages.explore.filters import filters, shapes
from dashboards.pages.explore.labels import Labels, find
from dashboards.pages.explore.saved_views import saved_views
from dashboards.queries.access import must_read
from dashboards.queries.places import names_of
from dashboards.queries.reference import chosen_period, reference
from dashboards.queries.rows import rows as query_rows
from dashboards.queries.selection import as_sql, explored, explored_mart, numeric, some, values
from dashboards.server.current_user import acting, person
from dashboards.server.forms import outcome
from dashboards.server.page import Page
from dashboards.server.registry import page
from dashboards.server.view import View
from sala.errors import NotFound
from sala.translation.translator import Translator

PAGE_ROWS = 100
_MOST_ROWS = {"table": PAGE_ROWS, "bars": results.MOST_BARS, "pivot": 2_000, "line": 2_000, "map": 200}
_MOST_DEFINITIONS = 3
_FIRST_MEASURES = 6
_FILES = {"csv": "CSV", "xlsx": "Excel (XLSX)", "parquet": "Parquet", "json": "JSON"}
"""The names of formats are the same in every language."""
_SEARCH = "SELECT area_code FROM mart.area_search(:words) ORDER BY place LIMIT 200"


@page("/explore", "/data", menu=10, group="data", name="data")
def explore_page(view: View, country: Country, t: Translator) -> Page:
    """What the address asks for; what it leaves open is chosen so that something is to be seen."""
    view = _as_now(view)
    said = dict(view.query)
    mart = explored_mart(said.get("mart", "indicator_value"))
    with acting() as connection:
        lists = reference(connection)
        numbers = numeric(connection, mart)
        selection = parse(mart, view.query, (), country.timezone)
        periods = _periods(selection, lists, view)
        if not periods:
            return _nothing(t)
        present = _present(connection, selection, lists, periods)
        labels = Labels(country, lists, t, {})
        measure = selection.measures[0] if selection.measures else str(mart.explored)
        found = find(said.get("find", ""), selection, present, labels, measure)
        unknown = []
        for words in found.unknown:
            codes = [row["area_code"] for row in query_rows(connection, _SEARCH, words=words)]
            if codes:
                found = replace(
                    found,
                    selection=replace(
                        found.selection, values={**found.selection.values, "area_code": tuple(codes)}
                    ),
                )
            else:
                unknown.append(words)
        selection = _chosen(found.selection, present, periods, numbers, connection, said)
        first = PAGE_ROWS * (_number(said.get("page")) - 1) if selection.shape == "table" else 0
        shown_rows, total = some(connection, _with_bounds(selection), first, _MOST_ROWS[selection.shape])
        areas = names_of(connection, sorted({row["area_code"] for row in shown_rows}))
    labels = replace(labels, areas=areas)
    shown = results.Shown(selection, shown_rows, results.varying(selection, shown_rows), labels, view)
    measures = [name for name in mart.measures if name in numbers or name in ("status", "unit", "known_from")]
    form = filters(
        selection, {**present, "period": periods_of(lists)}, explored().values(), measures, view, labels
    )
    title = labels.mart(mart.name)
    body: list[Component] = [
        html.H1(title, id="headline", tabIndex=-1),
        html.P(_sentence(shown, total, t), className="lede"),
        *outcome(view, t, "explore"),
        *(
            html.P(t("explore.unknown_words", words=words), className="refusal", role="alert")
            for words in unknown
        ),
        html.Div(
            [
                html.Details(
                    [html.Summary(t("explore.choose")), Drawn(markup(form))],
                    className="card explore-choose",
                    open=not shown_rows or None,
                ),
                html.Section(_result(shown, total, first, numbers, t), className="card explore-result"),
                html.Aside(_side(shown, view, country, t), className="explore-side"),
            ],
            className="explore",
        ),
    ]
    return Page(title=title, body=body, section="data")


def _as_now(view: View) -> View:
    """Addresses of the page that this one has taken the place of still lead to the same figures."""
    names = {"level": "area_level"}
    compared = any(name == "compared_with" and value for name, value in view.query)
    query = tuple(
        (names.get(name, name), value)
        for name, value in view.query
        # whoever had sorted by a difference and compares no longer
        if compared or name != "sort" or not is_change(value.lstrip("-"))
    )
    return replace(view, path="/explore", query=query, level=None)


def _nothing(t: Translator) -> Page:
    title = t("nav.data")
    return Page(title=title, body=[html.H1(t("data.none"), id="headline", tabIndex=-1)], section="data")


def _number(text: str | None) -> int:
    return max(1, min(int(text), 100_000)) if text and text.isascii() and text.isdigit() else 1


def periods_of(lists: Reference) -> list[str]:
    """The periods that have figures, newest first."""
    return list(reversed(lists.period_codes))


def _periods(selection: Selection, lists: Reference, view: View) -> tuple[str, ...]:
    """Those chosen; else the newest with enough returns, and for lines all months."""
    chosen = selection.values.get("period", ())
    if selection.shape == "line" and len(chosen) < 2:
        kinds = {period.code: period.kind for period in lists.periods}
        kind = kinds.get(chosen[0]) if chosen else "M"
        return tuple(code for code in lists.period_codes if kinds[code] == kind) or lists.period_codes
    if chosen:
        return chosen
    period, _ = chosen_period(lists.periods, None)
    return (period.code,) if period else ()


def _present(
    connection: Connection, selection: Selection, lists: Reference, periods: Sequence[str]
) -> dict[str, list[str]]:
    """The values to choose from, in the order in which the country lists them."""
    found = values(connection, selection.mart, person().area_code, periods)
    order = {name: place for place, name in enumerate([i.id for i in lists.indicators])}
    if "indicator" in found:
        found["indicator"].sort(key=lambda name: order.get(name, len(order)))
    levels = [layer.level for layer in lists.layers]
    own = levels.index(person().area_level) if person().area_level in levels else 0
    return {"area_level": levels[own:]} | found if "area_level" in selection.mart.columns else found


def _chosen(
    selection: Selection,
    present: Mapping[str, Sequence[str]],
    periods: Sequence[str],
    numbers: Sequence[str],
    connection: Connection,
    said: Mapping[str, str],
) -> Selection:
    """The selection with what the reader left open: all together where a dimension has that, else everything."""
    chosen: dict[str, tuple[str, ...]] = {**selection.values, "period": tuple(periods)}
    levels = list(present.get("area_level", ()))
    if levels and "area_level" not in chosen and "area_code" not in chosen:
        chosen["area_level"] = (levels[min(1, len(levels) - 1)],)
    for name, listed in present.items():
        if name not in chosen and "_T" in listed:
            chosen[name] = ("_T",)
    if "indicator" not in chosen and present.get("indicator"):
        chosen["indicator"] = (present["indicator"][0],)
    first = str(selection.mart.explored)
    measures = selection.measures
    if not measures and selection.shape == "table" and not selection.compared_with:
        measures = (first, *[name for name in numbers if name != first][: _FIRST_MEASURES - 1])
    selection = replace(selection, values=chosen, measures=measures or (first,))
    if within := said.get("within"):
        code = within.strip()
        if not names_of(connection, [code]):
            rows = query_rows(connection, _SEARCH, words=code)
            if not rows:
                raise NotFound("unknown_area", what=code)
            code = rows[0]["area_code"]
        must_read(code)
        selection = replace(selection, within=code)
    if selection.compared_with and not selection.sort:
        selection = replace(selection, sort=f"-{selection.measures[0]}_change")
    if not selection.sort and selection.shape == "bars":
        selection = replace(selection, sort=f"-{selection.measures[0]}")
    return selection


def _with_bounds(selection: Selection) -> Selection:
    """What is drawn needs the bounds of a value too, and tables of it where it is not known."""
    bounds = [n for n in ("lower_bound", "upper_bound") if n in selection.mart.columns]
    if "value" not in selection.measures or selection.compared_with:
        return selection
    return replace(selection, measures=tuple(dict.fromkeys([*selection.measures, *bounds])))


def _sentence(shown: results.Shown, total: int, t: Translator) -> str:
    fixed = shown.labels.unshown(shown.selection, shown.varying)
    rows = t("explore.rows", n=total)
    if shown.selection.compared_with and not shown.rows:
        return t("explore.nothing_changed")
    return f"{fixed}. {rows}" if fixed else rows


def _result(
    shown: results.Shown, total: int, first: int, numbers: Sequence[str], t: Translator
) -> list[Component]:
    selection, view = shown.selection, shown.view
    parts: list[Element] = [shapes(selection, view, shown.labels)]
    if not shown.rows:
        parts.append(element("p", t("explore.none"), class_="empty"))
    elif selection.shape == "table":
        parts += [results.table(shown), _pages(total, first, view, t)]
    else:
        for measure in [name for name in selection.measures if name in numbers]:
            for column in selection.shown(measure)[-1:]:
                parts.append(element("h2", shown.labels.column(column)))
                parts.append(_picture(shown, column, t))
        most = _MOST_ROWS[selection.shape]
        if total > most:
            parts.append(element("p", t("explore.cut", n=most, of=t.number(total)), class_="note"))
    return [Drawn("".join(map(markup, parts)))]


def _picture(shown: results.Shown, column: str, t: Translator) -> Element:
    match shown.selection.shape:
        case "bars":
            return results.bars(shown, column)
        case "line":
            return results.line_chart(shown, column, shown.selection.values["period"])
        case "pivot":
            return results.pivot(shown, column)
    drawn = results.tile_map(shown, column)
    return drawn if drawn is not None else element("p", t("explore.no_map"), class_="empty")


def _pages(total: int, first: int, view: View, t: Translator) -> Element:
    links = []
    place = first // PAGE_ROWS + 1
    for key, to in (("explore.before_page", place - 1), ("explore.next_page", place + 1)):
        if to >= 1 and PAGE_ROWS * (to - 1) < total:
            links.append(element("a", t(key), href=view.href(page=str(to)), data_in_page="", class_="action"))
    last = min(first + PAGE_ROWS, total)
    where = t("explore.of_rows", first=t.number(first + 1), last=t.number(last), n=total)
    return element("p", element("span", where), *links, class_="pages")


def _side(shown: results.Shown, view: View, country: Country, t: Translator) -> list[Component]:
    selection = shown.selection
    address = address_of(selection)
    files = [
        html.Li(
            html.A(
                name,
                href=f"{address}&format={kind}",
                download="" if kind != "json" else None,
            )
        )
        for kind, name in _FILES.items()
    ]
    definitions = [
        html.Details(
            [
                html.Summary(t.name(indicator.title, indicator.id)),
                dcc.Markdown(one(indicator, country, t).split("\n", 1)[1]),
                dcc.Link(
                    t("explore.definition"), href=replace(view, query=()).href(f"/definitions/{indicator.id}")
                ),
            ],
            open=place == 0,
        )
        for place, indicator in enumerate(
            [i for i in country.indicators if i.id in selection.values.get("indicator", ())][
                :_MOST_DEFINITIONS
            ]
        )
    ]
    meanings = [
        part
        for name in selection.measures
        for part in (html.Dt(shown.labels.column(name)), html.Dd(shown.labels.meaning(selection, name)))
    ]
    return [
        html.Section(
            [
                html.H2(t("explore.take")),
                html.Ul(files, className="files"),
                html.P(t("explore.streamed"), className="note"),
            ],
            className="card",
        ),
        saved_views(view, t),
        html.Section(
            [
                html.H2(t("explore.meaning")),
                *definitions,
                html.Dl(meanings, className="meanings"),
                dcc.Link(
                    t("explore.dictionary"),
                    href=replace(view, query=()).href("/dictionary") + f"#{selection.mart.name}",
                ),
            ],
            className="card",
        ),
        html.Section(
            [
                html.H2(t("explore.elsewhere")),
                html.Details(
                    [html.Summary(t("explore.sql")), html.Pre(html.Code(as_sql(selection)), tabIndex=0)]
                ),
                html.Details(
                    [html.Summary(t("explore.api")), html.Pre(html.Code(f"GET {address}"), tabIndex=0)]
                ),
            ],
            className="card",
        ),
    ]


def address_of(selection: Selection) -> str:
    """The call of the API for just these rows."""
    pairs: list[tuple[str, str]] = [
        (name, value) for name, chosen in selection.values.items() for value in chosen
    ]
    pairs += [("measure", name) for name in selection.measures]
    pairs += [("limit", str(limit)) for limit in selection.limits]
    for name in ("known_at", "compared_with"):
        if moment := getattr(selection, name):
            pairs.append((name, moment.isoformat()))
    if selection.within:
        pairs.append(("within", selection.within))
    return f"/api/v1/marts/{selection.mart.name}?{urlencode(pairs)}"
