"""The areas below on a map of tiles, and in words those that stand out."""

from collections.abc import Mapping

from dash import dcc, html
from dash.development.base_component import Component

from dashboards import theme
from dashboards.components.area_label import area_label, indicator_title
from dashboards.components.aria import aria
from dashboards.components.chart_frame import chart_frame
from dashboards.components.coverage_bar import INCOMPLETE
from dashboards.components.format_figure import figure_text, per_hundred, says_nothing
from dashboards.models.area import Area
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import MEN, WOMEN, Figure
from dashboards.server.view import View
from sala.translation.translator import Translator

Tiles = Mapping[str, tuple[int, int, str]]


def tile_map(
    profile: AreaProfile, tiles: Tiles, indicator: str, view: View, t: Translator
) -> Component | None:
    """The areas below as a grid of tiles, each a link; None when the country drew no tiles for them."""
    placed = [area for area in profile.below if area.code in tiles]
    if not placed:
        return None
    layer = profile.reference.layer(profile.area.depth + 1)
    title = t.name(layer.plurals, layer.level) if layer else ""
    cells = [
        _tile(area, tiles[area.code], profile.figure(indicator, area=area.code), view, t) for area in placed
    ]
    unplaced = len(profile.below) - len(placed)
    return chart_frame(
        title,
        [
            html.Nav(cells, className="tiles", **aria(label=title)),
            _key(t),
            _standing_out(profile, indicator, view, t),
        ],
        t,
        id="map",
        note=_note(profile, placed, indicator, t),
        foot=t("places.unplaced", n=unplaced) if unplaced else None,
        download=view.download_href("areas", profile.area.code, indicator=indicator, under="map"),
        wide="map",
    )


def _note(profile: AreaProfile, placed: list[Area], indicator: str, t: Translator) -> str:
    note = t("places.map_note", indicator=indicator_title(profile.reference, indicator, t))
    shown = [profile.figure(indicator, area=area.code) for area in placed]
    bounded = any(figure is not None and figure.value is None for figure in shown)
    return f"{note} {t('places.map_bounds')}" if bounded else note


def _key(t: Translator) -> Component:
    """The scale of colour, from none to where it ends."""
    ends = [
        html.Span(t.number(0)),
        html.I(className="shades"),
        html.Span(f"{t.number(theme.DEEPEST * 100)}+"),
    ]
    return html.P(ends, className="shade-key", **aria(hidden="true"))


def _standing_out(profile: AreaProfile, indicator: str, view: View, t: Translator) -> Component:
    """Highest, lowest, the widest gap between women and men, the one that reports least: a line each."""
    order = [
        a for a in profile.ranked(indicator) if (f := profile.figure(indicator, area=a.code)) and f.known
    ]
    lines: list[tuple[str, Area, str]] = []
    if len(order) > 2:
        for key, area in (("highest", order[0]), ("lowest", order[-1])):
            lines.append((key, area, figure_text(profile.figure(indicator, area=area.code), t)))
    gaps = [
        (abs(both[0] - both[1]), both, area)
        for area in order
        if (both := _both_sexes(profile, indicator, area)) is not None
    ]
    if gaps:
        _, (women, men), area = max(gaps, key=lambda row: (row[0], row[2].code))
        lines.append(("widest", area, t("card.gap", points=t.points(women, men))))
    reported = [
        (f.completeness, a)
        for a in order
        if (f := profile.figure(indicator, area=a.code)) and f.completeness is not None
    ]
    if reported:
        share, area = min(reported, key=lambda row: (row[0], row[1].code))
        lines.append(("least", area, t("places.reported", share=t.percent(share))))
    return html.Dl(
        [
            part
            for key, area, value in lines
            for part in (
                html.Dt(t(f"places.{key}")),
                html.Dd(
                    [
                        dcc.Link(t.name(area.names, area.code), href=view.area_href(area.code)),
                        html.Span(value),
                    ]
                ),
            )
        ],
        className="standing-out",
    )


def _both_sexes(profile: AreaProfile, indicator: str, area: Area) -> tuple[float, float] | None:
    women, men = (profile.figure(indicator, sex, area.code) for sex in (WOMEN, MEN))
    if women is None or men is None or women.value is None or men.value is None:
        return None
    return women.value, men.value


def _tile(
    area: Area, place: tuple[int, int, str], figure: Figure | None, view: View, t: Translator
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
        number = per_hundred(figure, t)
        name += " range" if len(number) > 3 else ""
    return dcc.Link(
        [
            html.Span(label, **aria(hidden="true")),
            html.B(number, **aria(hidden="true")),
            html.Span(area_label(area, figure, t), className="unseen"),
        ],
        href=view.area_href(area.code),
        className=name,
        style=style,
        title=area_label(area, figure, t),
    )
