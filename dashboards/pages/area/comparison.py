"""The areas below compared for one indicator: their order, what is said of each, their table."""

from dashboards.components.format_figure import said, says_nothing
from dashboards.components.table_data import Column, Table
from dashboards.models.figures import MEN, TOTAL, WOMEN, Area, AreaFacts, Figure
from dashboards.server.view import View
from sala.translation.translator import Words


def ranked(facts: AreaFacts, indicator: str) -> list[Area]:
    """The areas below, highest share first, those with bounds by the lower one, unknown ones last.

    Where no population is known the number of persons takes the place of the share.
    """

    def order(area: Area) -> tuple[bool, float, str]:
        figure = facts.figure(indicator, area=area.code)
        shares = (figure.value, figure.low, count_of(figure)) if figure else ()
        best = next((share for share in shares if share is not None), None)
        return best is None, -(best or 0), area.code

    return sorted(facts.below, key=order)


def count_of(figure: Figure) -> float | None:
    """Persons counted, or the fewest that there must be."""
    return figure.numerator if figure.numerator is not None else figure.low_count


def indicator_name(facts: AreaFacts, indicator: str, words: Words) -> str:
    shown = facts.reference.indicator(indicator)
    return words.name(shown.titles, indicator) if shown else indicator


def spoken(area: Area, figure: Figure | None, words: Words) -> str:
    if figure is None or says_nothing(figure):
        return words("places.spoken_nothing", area=words.name(area.names, area.code))
    return words(
        "places.spoken",
        area=words.name(area.names, area.code),
        value=said(figure, words),
        share=words.percent(figure.completeness),
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
    return Table(indicator_name(facts, indicator, words), columns, rows, hrefs)
