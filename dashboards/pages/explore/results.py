"""Rows in the shape that was chosen: a table, a pivot, bars, lines, a map of tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element

from dashboards import theme
from dashboards.charts.drawing import element
from dashboards.charts.lines import COLOURS, Point, lines, scale
from dashboards.models.selection import Selection, is_change, measure_of
from dashboards.pages.explore.labels import Labels
from dashboards.server.view import View

MOST_BARS = 60
MOST_SERIES = len(COLOURS)
Row = dict[str, Any]


@dataclass(frozen=True)
class Shown:
    """The rows of one answer; `varying` are the dimensions in which they differ."""

    selection: Selection
    rows: Sequence[Row]
    varying: tuple[str, ...]
    labels: Labels
    view: View

    def name(self, row: Row, without: str | None = None) -> str:
        """What a row is about, leaving out one dimension."""
        names = [self.labels.value(name, row[name]) for name in self.varying if name != without]
        return " · ".join(names) or self.labels.unshown(self.selection, ())

    def text(self, row: Row, column: str) -> str:
        """A figure; where only its bounds are known, these."""
        if row[column] is None and column == "value" and row.get("lower_bound") is not None:
            low, high = (
                self.labels.number(self.selection, row, name) for name in ("lower_bound", "upper_bound")
            )
            return f"{low} – {high}"
        return self.labels.number(self.selection, row, column)

    def point(self, row: Row | None, column: str) -> Point:
        """A figure as a chart takes it."""
        if row is None:
            return Point(None, None, None, "–")
        ends = (row.get("lower_bound"), row.get("upper_bound")) if column == "value" else (None, None)
        return Point(
            _float(row[column]),
            _float(ends[0]),
            _float(ends[1]),
            f"{self.name(row)}: {self.text(row, column)}",
        )

    def source(self, row: Row) -> str:
        """The page of the returns behind a row."""
        about = {name: row[name] for name in ("indicator", "scheme", "sex", "period") if name in row}
        about = {name: value for name, value in about.items() if value not in (None, "_T")}
        return replace(self.view, query=()).href(f"/sources/{row['area_code']}", **about)


def varying(selection: Selection, rows: Sequence[Row]) -> tuple[str, ...]:
    """The dimensions in which rows differ; the area at least, so that no row is without a name."""
    names = tuple(
        name
        for name in selection.mart.dimensions
        if len({row[name] for row in rows}) > 1
        or (selection.several(name) and name != "age_group" and not rows)
    )
    return names or ("area_code",)


def across(shown: Shown) -> str:
    """The dimension of a pivot's columns: the one chosen, else the last in which rows differ that is no area."""
    others = [name for name in shown.varying if name != "area_code"]
    if shown.selection.across in shown.varying:
        return str(shown.selection.across)
    return "period" if "period" in others else others[-1] if others else shown.varying[-1]


def table(shown: Shown) -> Element:
    """A row a line; heads sort."""
    selection, labels = shown.selection, shown.labels
    columns = selection.columns[len(selection.keys) :]
    head = element(
        "tr",
        *(_head(shown, name, "text") for name in shown.varying),
        *(_head(shown, name, "num") for name in columns),
    )
    body = [
        element(
            "tr",
            *(_key(shown, row, name, place) for place, name in enumerate(shown.varying)),
            *(
                element(
                    "td",
                    element("a", shown.text(row, name), href=shown.source(row), data_in_page="")
                    if place == 0
                    else shown.text(row, name),
                    class_=f"num{_direction(row, name)}",
                )
                for place, name in enumerate(columns)
            ),
        )
        for row in shown.rows
    ]
    return _boxed(labels.unshown(selection, shown.varying), head, body)


def pivot(shown: Shown, measure: str) -> Element:
    """One measure: a dimension's values as columns, all others as rows."""
    labels, other = shown.labels, across(shown)
    heads = list(dict.fromkeys(row[other] for row in shown.rows))
    if other == "period":
        heads.sort()
    cells: dict[str, dict[Any, Row]] = {}
    for row in shown.rows:
        cells.setdefault(shown.name(row, other), {})[row[other]] = row
    head = element(
        "tr",
        element("th", labels.column(measure), scope="col", class_="text"),
        *(element("th", labels.value(other, value), scope="col", class_="num") for value in heads),
    )
    body = []
    for name, found in cells.items():
        figures = [
            element(
                "td",
                element("a", shown.text(row, measure), href=shown.source(row), data_in_page="")
                if row
                else "–",
                class_="num",
            )
            for row in map(found.get, heads)
        ]
        body.append(element("tr", element("th", name, scope="row", class_="text"), *figures))
    return _boxed(labels.unshown(shown.selection, shown.varying), head, body)


def bars(shown: Shown, measure: str) -> Element:
    """A bar a row, from nothing; pale from the lower to the upper bound where only these are known."""
    points = [(row, shown.point(row, measure)) for row in shown.rows[:MOST_BARS]]
    most = max((abs(end) for _, point in points for end in point.ends), default=1) or 1
    items = []
    for row, point in points:
        ends = [100 * abs(end) / most for end in point.ends]
        start = min(ends) if point.value is None and len(ends) > 1 else 0
        width = (max(ends) - start) if ends else 0
        style = f"margin-left:{start:.4g}%;width:{width:.4g}%"
        kind = "bar bounds" if point.value is None else "bar less" if point.value < 0 else "bar"
        items.append(
            element(
                "li",
                element("span", shown.name(row), class_="of"),
                element("span", element("i", class_=kind, style=style), class_="room"),
                element("a", shown.text(row, measure), href=shown.source(row), data_in_page=""),
            )
        )
    return element("ol", *items, class_="explored-bars")


def line_chart(shown: Shown, measure: str, periods: Sequence[str]) -> Element:
    """A line a series over the periods, with the names of the series below."""
    series: dict[str, dict[str, Row]] = {}
    for row in shown.rows:
        series.setdefault(shown.name(row, "period"), {})[row["period"]] = row
    names = list(series)[:MOST_SERIES]
    drawn = [[shown.point(series[name].get(period), measure) for period in periods] for name in names]
    low, high = scale(drawn)
    labels = shown.labels
    ends = [labels.number(shown.selection, {**shown.rows[0], measure: end}, measure) for end in (high, low)]
    return element(
        "div",
        element("div", *(element("span", end) for end in ends), class_="axis-ends", aria_hidden="true"),
        element("div", lines(drawn), class_="plot", role="img", aria_label=labels.column(measure)),
        element(
            "div", *(element("span", labels.t.tick(period)) for period in periods), class_="axis-periods"
        ),
        element(
            "ul",
            *(
                element("li", element("i", style=f"background:{colour}"), element("span", name))
                for colour, name in zip(COLOURS, names, strict=False)
            ),
            class_="axis-series",
        ),
        class_="explored-lines",
    )


def tile_map(shown: Shown, measure: str) -> Element | None:
    """A tile an area, coloured by a scale fitted to what is shown; None where the country has drawn none of them."""
    tiles = shown.labels.country.tiles
    placed = {row["area_code"]: row for row in shown.rows if row["area_code"] in tiles}
    if not placed:
        return None
    points = {code: shown.point(row, measure) for code, row in placed.items()}
    known = [min(point.ends) for point in points.values() if point.ends] or [0.0]
    low, high = min(known), max(known)
    cells = []
    for code, row in placed.items():
        column, line, label = tiles[code]
        place = f"grid-column:{column + 1};grid-row:{line + 1};"
        point, text = points[code], shown.text(row, measure)
        if point.ends:
            share = (min(point.ends) - low) / (high - low) if high > low else 1.0
            colour = theme.coverage_colour(share * theme.DEEPEST)
            place += f"background-color:{colour};color:{theme.text_on(colour)}"
        name = shown.labels.value("area_code", code)
        cells.append(
            element(
                "a",
                element("span", label, aria_hidden="true"),
                element("b", text, aria_hidden="true"),
                element("span", f"{name}: {text}", class_="unseen"),
                href=shown.source(row),
                data_in_page="",
                class_="tile" if point.ends else "tile empty",
                style=place,
                title=f"{name}: {text}",
            )
        )
    first = next(iter(placed.values()))
    ends = [shown.labels.number(shown.selection, {**first, measure: end}, measure) for end in (low, high)]
    key = element(
        "p",
        element("span", ends[0]),
        element("i", class_="shades"),
        element("span", ends[1]),
        class_="shade-key",
    )
    return element(
        "div", element("nav", *cells, class_="tiles wide", aria_label=shown.labels.column(measure)), key
    )


def _head(shown: Shown, name: str, look: str) -> Element:
    sort = shown.selection.sort
    to = name if sort == f"-{name}" else f"-{name}" if look == "num" or sort == name else name
    state = {f"-{name}": "descending", name: "ascending"}.get(sort or "")
    link = element(
        "a",
        shown.labels.column(name) + {"descending": " ↓", "ascending": " ↑"}.get(state or "", ""),
        href=shown.view.href(sort=to, page=None),
        data_in_page="",
    )
    return element("th", link, scope="col", class_=look, aria_sort=state)


def _key(shown: Shown, row: Row, name: str, place: int) -> Element:
    text = shown.labels.value(name, row[name])
    if name == "area_code":
        inside: Element | str = element(
            "a", text, href=replace(shown.view, query=()).area_href(row[name]), data_in_page=""
        )
    else:
        inside = text
    if place == 0:
        return element("th", inside, scope="row", class_="text")
    return element("td", inside, class_="text")


def _direction(row: Row, name: str) -> str:
    number = row[name]
    return " moved" if is_change(name) and number and measure_of(name) != name else ""


def _boxed(caption: str, head: Element, body: list[Element]) -> Element:
    return element(
        "div",
        element(
            "table",
            element("caption", caption),
            element("thead", head),
            element("tbody", *body),
            class_="data",
        ),
        class_="table-box explored-table",
        tabindex="0",
        role="region",
        aria_label=caption,
    )


def _float(number: Any) -> float | None:
    return None if number is None else float(number)
