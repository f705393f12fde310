"""Where women and men stand: the areas below, on a map of tiles and ranked, for one indicator."""

from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component

from dashboards import theme
from dashboards.facts import MEN, TOTAL, WOMEN, Area, AreaFacts, Figure
from dashboards.frame.aria import aria
from dashboards.frame.chart import chart_frame
from dashboards.frame.lanes import INCOMPLETE, lanes, scale, top_of_scale
from dashboards.frame.said import per_hundred, said, says_nothing
from dashboards.tables import Column, Table
from dashboards.view import View
from dashboards.words import Words

Tiles = Mapping[str, tuple[int, int, str]]
_MOST_ROWS, _FIRST, _LAST = 40, 20, 10


def ranked(facts: AreaFacts, indicator: str) -> list[Area]:
    """The areas below, highest share first, those with bounds by their lower one, unknown ones last."""

    def order(area: Area) -> tuple[bool, float, str]:
        figure = facts.figure(indicator, area=area.code)
        share = None
        if figure is not None:
            share = figure.value if figure.value is not None else figure.low
        return share is None, -(share or 0), area.code

    return sorted(facts.below, key=order)


def _name(facts: AreaFacts, indicator: str, words: Words) -> str:
    shown = facts.reference.indicator(indicator)
    return words.name(shown.titles, indicator) if shown else indicator


def _spoken(area: Area, figure: Figure | None, words: Words) -> str:
    if figure is None or says_nothing(figure):
        return words("places.spoken_nothing", area=words.name(area.names, area.code))
    return words(
        "places.spoken",
        area=words.name(area.names, area.code),
        value=said(figure, words),
        share=words.percent(figure.completeness),
    )


def tile_map(facts: AreaFacts, tiles: Tiles, indicator: str, view: View, words: Words) -> Component | None:
    """The areas below as a grid of tiles, each a link; None when the country drew no tiles for them."""
    placed = [area for area in facts.below if area.code in tiles]
    if not placed:
        return None
    layer = facts.reference.layer(facts.area.depth + 1)
    title = words.name(layer.plurals, layer.level) if layer else ""
    cells = [
        _tile(area, tiles[area.code], facts.figure(indicator, area=area.code), view, words) for area in placed
    ]
    unplaced = len(facts.below) - len(placed)
    return chart_frame(
        title,
        [
            html.Nav(cells, className="tiles", **aria(label=title)),
            _key(words),
            _standing_out(facts, indicator, view, words),
        ],
        words,
        id="map",
        note=words("places.map_note", indicator=_name(facts, indicator, words)),
        foot=words("places.unplaced", n=unplaced) if unplaced else None,
        table=areas_table(facts, indicator, view, words),
        download=view.download_href("areas", facts.area.code, indicator=indicator),
        wide="map",
    )


def _key(words: Words) -> Component:
    """The scale of colour, from none to where it ends."""
    ends = [
        html.Span(words.number(0)),
        html.I(className="shades"),
        html.Span(f"{words.number(theme.DEEPEST * 100)}+"),
    ]
    return html.P(ends, className="shade-key", **aria(hidden="true"))


def _standing_out(facts: AreaFacts, indicator: str, view: View, words: Words) -> Component:
    """Highest, lowest, the widest gap between women and men, the one that reports least: a line each."""
    order = [a for a in ranked(facts, indicator) if (f := facts.figure(indicator, area=a.code)) and f.known]
    lines: list[tuple[str, Area, str]] = []
    if len(order) > 2:
        for key, area in (("highest", order[0]), ("lowest", order[-1])):
            lines.append((key, area, said(facts.figure(indicator, area=area.code), words)))
    gaps = [(abs(gap), gap, area) for area in order if (gap := _gap(facts, indicator, area)) is not None]
    if gaps:
        _, gap, area = max(gaps, key=lambda found: (found[0], found[2].code))
        lines.append(("widest", area, words("card.gap", points=words.points(gap))))
    heard = [
        (f.completeness, a)
        for a in order
        if (f := facts.figure(indicator, area=a.code)) and f.completeness is not None
    ]
    if heard:
        share, area = min(heard, key=lambda found: (found[0], found[1].code))
        lines.append(("least", area, words("places.reported", share=words.percent(share))))
    return html.Dl(
        [
            part
            for key, area, value in lines
            for part in (
                html.Dt(words(f"places.{key}")),
                html.Dd(
                    [
                        dcc.Link(words.name(area.names, area.code), href=view.area_href(area.code)),
                        html.Span(value),
                    ]
                ),
            )
        ],
        className="standing-out",
    )


def _gap(facts: AreaFacts, indicator: str, area: Area) -> float | None:
    women, men = (facts.figure(indicator, sex, area.code) for sex in (WOMEN, MEN))
    if women is None or men is None or women.value is None or men.value is None:
        return None
    return women.value - men.value


def _tile(
    area: Area, place: tuple[int, int, str], figure: Figure | None, view: View, words: Words
) -> Component:
    column, row, label = place
    style: dict[str, object] = {"gridColumn": column + 1, "gridRow": row + 1}
    name, number = "tile empty", "–"
    if figure is not None and not says_nothing(figure):
        # Only bounds: the tile takes the colour of the lower one and says both.
        share = figure.value if figure.value is not None else figure.low or 0.0
        colour = theme.coverage_colour(share)
        style |= {"backgroundColor": colour, "color": theme.text_on(colour)}
        complete = figure.completeness is None or figure.completeness >= INCOMPLETE
        name = "tile" if complete else "tile hatched"
        number = per_hundred(figure, words)
        name += " range" if len(number) > 3 else ""
    return dcc.Link(
        [
            html.Span(label, **aria(hidden="true")),
            html.B(number, **aria(hidden="true")),
            html.Span(_spoken(area, figure, words), className="unseen"),
        ],
        href=view.area_href(area.code),
        className=name,
        style=style,
        title=_spoken(area, figure, words),
    )


def ranking(facts: AreaFacts, indicator: str, view: View, words: Words, choice: Component) -> Component:
    """Every area below as a row that is a link: women and men on what the figure could be, who reported."""
    order = ranked(facts, indicator)
    figures = {
        (a.code, sex): facts.figure(indicator, sex, a.code) for a in order for sex in (TOTAL, WOMEN, MEN)
    }
    top = top_of_scale(list(figures.values()))
    rows = [_row(area, figures, top, view, words) for area in order]
    if len(rows) > _MOST_ROWS:
        between = rows[_FIRST:-_LAST]
        more = html.Details(
            [html.Summary(words("places.more", n=len(between))), *between], className="between"
        )
        rows = [*rows[:_FIRST], more, *rows[-_LAST:]]
    sexes = any(figures[a.code, WOMEN] is not None for a in order)
    legend = [
        *(
            [
                html.I(className="key women"),
                words("places.women"),
                " ",
                html.I(className="key men"),
                words("places.men"),
            ]
            if sexes
            else []
        ),
        " ",
        html.I(className="key band"),
        words("places.band"),
    ]
    return chart_frame(
        words("places.title" if sexes else "places.title_no_sexes"),
        [
            html.Div(rows, className="ranking"),
            html.Div([html.Span(), scale(top, words), html.Span()], className="axis"),
        ],
        words,
        id="ranking",
        tag=choice,
        note=legend,
        table=areas_table(facts, indicator, view, words),
        download=view.download_href("areas", facts.area.code, indicator=indicator),
        wide="ranking-card",
    )


def _row(
    area: Area, figures: Mapping[tuple[str, str], Figure | None], top: float, view: View, words: Words
) -> Component:
    total, women, men = (figures[area.code, sex] for sex in (TOTAL, WOMEN, MEN))
    reported = total.completeness if total else None
    return dcc.Link(
        [
            html.Span(words.name(area.names, area.code), className="name"),
            lanes(total, women, men, top, small=True)
            if not says_nothing(total)
            else html.Div(words("figure.unknown"), className="lanes small none"),
            html.Span("" if says_nothing(total) else said(total, words), className="value"),
            html.Span(
                words("places.reported", share=words.percent(reported))
                if reported is not None
                else words("places.silent"),
                className="reported" if reported is not None and reported >= INCOMPLETE else "reported low",
            ),
        ],
        href=view.area_href(area.code),
        className="place",
    )


def areas_table(facts: AreaFacts, indicator: str, view: View, words: Words) -> Table:
    """The areas below for one indicator: women, men and all, bounds, persons counted, completeness."""
    columns = (
        Column("area", words("column.area"), "text"),
        Column("area_code", words("column.code"), "text"),
        Column("women", words("column.women"), "figure"),
        Column("men", words("column.men"), "figure"),
        Column("value", words("column.all"), "figure"),
        Column("bounds", words("column.bounds"), "bounds"),
        Column("numerator", words("column.numerator")),
        Column("denominator", words("column.denominator")),
        Column("completeness", words("column.completeness"), "share"),
    )
    rows, hrefs = [], []
    for area in ranked(facts, indicator):
        total, women, men = (facts.figure(indicator, sex, area.code) for sex in (TOTAL, WOMEN, MEN))
        counted = (total.numerator, total.denominator, total.completeness) if total else (None, None, None)
        rows.append((words.name(area.names, area.code), area.code, women, men, total, total, *counted))
        hrefs.append(view.area_href(area.code))
    return Table(_name(facts, indicator, words), columns, rows, hrefs)
