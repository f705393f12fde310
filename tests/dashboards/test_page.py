"""What an area's page says, from small made-up profiles."""

import dataclasses
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from dash import html
from dash.development.base_component import Component

from countries.country import current
from dashboards.components.coverage_bar import coverage_bar, top_of_scale
from dashboards.components.format_figure import figure_text
from dashboards.components.headline_sentence import headline_sentence
from dashboards.components.table_data import csv_text
from dashboards.models.area_profile import AreaProfile
from dashboards.models.figure import Figure
from dashboards.pages.area.guarantees import guarantees
from dashboards.pages.area.indicator_tables import areas_table
from dashboards.pages.area.page import body
from dashboards.queries.reference import chosen_period
from dashboards.server.view import View, parse
from sala.errors import NotFound
from sala.translation.translator import translator
from tests.dashboards.made_up import MONTHS, TODAY, figure, indicator, nation, period

EN = translator("en")


def texts(part: Any) -> Iterator[str]:
    """Every piece of text in a component tree, in order."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list | tuple):
        for child in part:
            yield from texts(child)
    elif isinstance(part, Component):
        yield from texts(getattr(part, "children", None))


def page(profile: AreaProfile, view: View | None = None) -> str:
    shown = " ".join(texts(body(profile, view or View(), current(), EN, TODAY)))
    return " ".join(shown.split())


def says(profile: AreaProfile, shown: Figure | None) -> str:
    return "".join(texts(headline_sentence(profile, shown, EN)))


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [
        (
            {"low": 0.343, "high": 0.387},
            "Between 34 and 39 of every 100 people have income protection from at least one scheme",
        ),
        ({"value": 0.344}, "34 of every 100 people have income protection from at least one scheme"),
        (
            {"low": 0.07, "high": 1.0},
            "At least 7 of every 100 people have income protection from at least one scheme",
        ),
        ({"low": 0.0, "high": 1.0}, "Cambodia: it is not known yet how many people are protected"),
        ({}, "Cambodia: it is not known yet how many people are protected"),
    ],
)
def test_the_sentence_says_what_is_known_and_no_more(shown: dict[str, float], wanted: str) -> None:
    assert says(nation(), figure("any_scheme", "KH", MONTHS[-1], **shown)) == wanted


def test_without_population_the_sentence_counts_people() -> None:
    counted = Figure(
        "any_scheme", "KH", "2014", "_T", None, None, None, None, None, 1.0, "provisional", None, 3000, 5200
    )
    assert (
        says(nation(), counted)
        == "Cambodia: between 3,000 and 5,200 people have income protection from at least one scheme"
    )


def test_without_any_figure_the_page_says_so_and_leads_down() -> None:
    profile = dataclasses.replace(nation(), figures=())
    text = page(profile)
    assert "Cambodia has no figures yet for October 2026" in text
    assert "Siem Reap" in text


def test_the_page_shows_guarantees_status_silence_and_what_waits() -> None:
    text = page(nation())
    for wanted in (
        "Health care",
        "Women 46%",
        "Men 42%",
        "gap +4 pts",
        "Provisional: 0 of 25 provinces endorsed",
    ):
        assert wanted in text
    assert "November 2026 has begun: 3% received" in text
    assert "Officialise the provincial team" in text
    assert "5 days late" in text


def test_a_second_indicator_of_a_guarantee_gets_a_card_of_its_own() -> None:
    profile = nation()
    assert headings(profile) == ["Health care", "Children", "Working age", "Older persons"]
    pensions = (*profile.reference.indicators, indicator("pensions", "older"))
    more = dataclasses.replace(
        profile,
        reference=dataclasses.replace(profile.reference, indicators=pensions),
        figures=(*profile.figures, figure("pensions", "KH", MONTHS[-1], value=0.17)),
    )
    assert headings(more)[3:] == ["Protected: older", "Protected: pensions"]
    assert "17 %" in page(more)


def headings(profile: AreaProfile) -> list[str]:
    """The titles of the figure cards, in their order."""
    cards = guarantees(profile, View(), EN).children
    return ["".join(texts(card.children[0].children[0])) for card in cards]


def test_a_rate_above_everybody_is_not_capped() -> None:
    over = figure("health", "KH", MONTHS[-1], value=1.26)
    assert figure_text(over, EN) == "126%"
    assert top_of_scale([over]) == 1.5


def test_where_there_is_no_population_persons_are_shown_and_no_rate() -> None:
    counted = Figure("older", "KH", MONTHS[-1], "_T", 1234, None, None, None, None, 1.0, "provisional")
    assert figure_text(counted, EN) == "1,234 persons"
    bounds = replace(counted, numerator=None, low_count=70, high_count=90)
    assert figure_text(bounds, EN) == "≥ 70 persons"


def test_only_bounds_give_strokes_and_a_value_gives_a_dot() -> None:
    def marks(shown: Figure) -> list[str]:
        drawn = coverage_bar(shown, None, None, 1.0)
        return [mark.className for mark in drawn.children if isinstance(mark, html.I)]

    assert marks(figure("older", "KH", MONTHS[-1], low=0.2, high=0.3)) == ["band", "span all"]
    assert marks(figure("older", "KH", MONTHS[-1], low=0.2, high=1.0)) == ["band", "span all open"]
    assert marks(figure("older", "KH", MONTHS[-1], low=0.0, high=1.0)) == []
    hatched = figure("older", "KH", MONTHS[-1], value=0.2, low=0.2, high=0.3, completeness=0.5)
    assert marks(hatched) == ["band hatched", "dot all"]


def test_areas_are_ranked_with_unknown_ones_last() -> None:
    profile = nation()
    unknown = tuple(f for f in profile.figures if f.area != "12")
    order = dataclasses.replace(profile, figures=unknown).ranked("health")
    shares = [f.value for area in order[:-1] if (f := profile.figure("health", area=area.code))]
    assert order[-1].code == "12"
    assert len(shares) == 24
    assert shares == sorted(shares, key=lambda share: -(share or 0))


def test_a_table_and_its_file_hold_the_same_figures() -> None:
    table = areas_table(nation(), "any_scheme", View(), EN)
    lines = csv_text(table).splitlines()
    assert lines[0] == (
        "area,area_code,women,women_lower_bound,women_upper_bound,men,men_lower_bound,men_upper_bound,"
        "value,lower_bound,upper_bound,numerator,denominator,completeness"
    )
    assert len(lines) == 26
    first = table.rows[0]
    assert lines[1].startswith(f"{first[0]},{first[1]},,")  # only bounds are known


def test_the_usual_period_is_the_newest_that_half_the_returns_have_reached() -> None:
    begun = dataclasses.replace(period("2026-11"), reported=0.03)
    periods = (period("2026-09"), period("2026-10"), begun)
    assert chosen_period(periods, None) == (periods[1], begun)
    assert chosen_period(periods, "2026-11") == (begun, None)
    assert chosen_period((), None) == (None, None)
    with pytest.raises(NotFound, match="Nothing is published for"):
        chosen_period(periods, "2031-01")


def test_a_link_keeps_what_the_reader_chose_and_nothing_else() -> None:
    view = parse("/area/17", "?lang=fr&period=2026-09&receipt=x", ("km", "en", "fr"), "en")
    assert view.area_href("1701") == "/area/1701?lang=fr&period=2026-09"
    assert parse("/", "?lang=xx", ("km", "en"), "km").language == "km"
    assert parse("/", None, ("km", "en"), "km").href(period="2026-08") == "/?period=2026-08"


def test_where_no_sex_is_stated_women_and_men_are_not_none() -> None:
    of_sex = {"_T": 0.4, "F": 0.0, "M": 0.0, "U": 0.4}
    figures = tuple(figure("health", "KH", MONTHS[-1], sex, value=share) for sex, share in of_sex.items())
    shown = page(dataclasses.replace(nation(), figures=figures))
    assert "Women and men are not counted separately." in shown
    assert "Women 0" not in shown


def test_without_a_population_both_sexes_are_counted() -> None:
    of_sex = {"_T": 500, "F": 300, "M": 200}
    figures = tuple(
        dataclasses.replace(figure("health", "KH", MONTHS[-1], sex), numerator=count, denominator=None)
        for sex, count in of_sex.items()
    )
    shown = page(dataclasses.replace(nation(), figures=figures))
    assert "Women 300 Men 200" in shown
