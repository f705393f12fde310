"""Charts are pure: figures in, picture out. They draw what is known, and nothing else."""

import dataclasses
from math import hypot
from xml.etree.ElementTree import Element

import pytest

from dashboards import theme
from dashboards.charts.discipline import discipline, step
from dashboards.charts.drawing import markup
from dashboards.charts.radar import radar
from dashboards.charts.sparkline import sparkline
from dashboards.models.area import Area
from dashboards.models.flash_report import AXES, Flash
from dashboards.models.reporting import Reporting
from sala.translation.translator import translator
from tests.dashboards.made_up import figure

EN = translator("en")


def places(line: Element) -> list[tuple[float, float]]:
    """The points of a line or outline, in percent of width and height."""
    return [(float(x), float(y)) for x, y in (point.split(",") for point in line.get("points", "").split())]


def test_sparkline_draws_settled_months_solid_and_open_ones_dashed_from_where_they_meet() -> None:
    history = [
        figure("health", "KH", "2026-08", value=0.40, status="released"),
        figure("health", "KH", "2026-09", value=0.42, status="endorsed"),
        figure("health", "KH", "2026-10", value=0.44),
    ]
    drawn = sparkline(history, "2026-10", EN)
    solid, dashed = drawn.iter("polyline")
    assert (solid.get("stroke-dasharray"), dashed.get("stroke-dasharray")) == (None, "4 4")
    assert [len(places(line)) for line in (solid, dashed)] == [2, 2]
    assert places(solid)[-1] == places(dashed)[0]
    assert places(solid)[0][1] > places(solid)[1][1] > places(dashed)[1][1]  # more is higher
    (ring,) = drawn.iter("circle")
    assert ring.get("fill") == theme.CARD  # a ring: not endorsed yet
    assert [month.text for month in drawn.iter("title")][-1] == "October 2026: 44%"


def test_sparkline_of_bounds_is_a_band_and_never_a_line_in_the_middle() -> None:
    history = [figure("older", "KH", month, low=0.2, high=0.3) for month in ("2026-09", "2026-10")]
    drawn = sparkline(history, "2026-10", EN)
    (band,) = drawn.iter("polygon")
    high, low = drawn.iter("polyline")
    assert places(band) == [*places(high), *reversed(places(low))]
    assert places(high)[0][1] < places(low)[0][1]
    assert [ring.get("cy") for ring in drawn.iter("circle")] == [
        f"{places(low)[1][1]:g}%",
        f"{places(high)[1][1]:g}%",
    ]


def test_a_month_without_a_figure_is_a_gap() -> None:
    history = [
        figure("health", "KH", "2026-08", value=0.4, status="released"),
        figure("health", "KH", "2026-09", status="released"),
        figure("health", "KH", "2026-10", value=0.5, status="released"),
    ]
    assert [len(places(line)) for line in sparkline(history, "2026-10", EN).iter("polyline")] == [1, 1]


@pytest.mark.parametrize(
    ("received", "on_time", "wanted"),
    [(0, 0, "none"), (50, 50, "part"), (90, 10, "late"), (100, 90, "mostly"), (100, 96, "on_time")],
)
def test_steps_of_reporting(received: int, on_time: int, wanted: str) -> None:
    cell = Reporting(
        "01", "2026-10", "scheme_returns", 100, received, on_time, received - on_time, 0, 0, 100 - received
    )
    assert step(cell) == wanted


def test_a_strip_cell_leads_to_its_area_and_says_what_it_is() -> None:
    cell = Reporting("01", "2026-10", "scheme_returns", 10, 9, 8, 1, 0, 0, 1)
    first = Area("01", "province", 1, {"en": "First"})
    drawn = discipline([(first, "/area/01")], ["2026-10"], {"01": {"2026-10": cell}}, EN)
    (cell,) = drawn.iter("rect")
    assert cell.get("data-href") == "/area/01"
    assert cell.findtext("title") == "First, October 2026\n9 of 10 received, 8 on time, 1 late"
    nothing = discipline([(first, "/area/01")], ["2026-10"], {}, EN)
    assert next(nothing.iter("rect")).get("fill") != cell.get("fill")  # nothing was expected


def test_radar_closes_its_outline_and_says_the_change_since_last_week() -> None:
    before = Flash("KH", "2026-W43", "compiled", dict.fromkeys(AXES, 50.0), 25, 25, (), "provisional")
    now = dataclasses.replace(before, week="2026-W44", axes=dict.fromkeys(AXES, 57.0))
    *_, last_week, this_week = radar(now, before, EN).iter("polygon")
    assert last_week.get("stroke-dasharray") == "3 4"
    assert {round(hypot(x, y), 0) for x, y in places(this_week)} == {57}
    assert [text.text for text in radar(now, before, EN).iter("text")][:3] == [
        "Institutional",
        "arrangement",
        "57% (+7)",
    ]


def test_radar_leaves_an_unknown_axis_out() -> None:
    axes = dict.fromkeys(AXES, 57.0) | {"human_resources": None}
    drawn = radar(Flash("KH", "2026-W44", "own", axes, None, None, (), "provisional"), None, EN)
    *_, outline = drawn.iter("polygon")
    assert len(places(outline)) == len(AXES) - 1
    assert [text.text for text in drawn.iter("text")][5] == "–"


def test_a_name_with_marks_of_markup_is_a_name() -> None:
    place = Area("01", "province", 1, {"en": '<b onclick="x">&'})
    drawn = markup(discipline([(place, '/area/"01"')], ["2026-10"], {}, EN))
    assert '<span>&lt;b onclick="x"&gt;&amp;</span>' in drawn
    assert 'data-href="/area/&quot;01&quot;"' in drawn
