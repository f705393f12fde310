"""Charts are pure: figures in, picture out. They draw what is known, and nothing else."""

import dataclasses

import pytest

from dashboards import theme
from dashboards.charts.discipline import STEPS, discipline, step
from dashboards.charts.radar import radar
from dashboards.charts.sparkline import sparkline
from dashboards.models.area import Area
from dashboards.models.flash_report import AXES, Flash
from dashboards.models.reporting import Reporting
from sala.translation.translator import translator
from tests.dashboards.made_up import figure

EN = translator("en")


def test_sparkline_draws_settled_months_solid_and_open_ones_dashed_from_where_they_meet() -> None:
    history = [
        figure("health", "KH", "2026-08", value=0.40, status="released"),
        figure("health", "KH", "2026-09", value=0.42, status="endorsed"),
        figure("health", "KH", "2026-10", value=0.44),
    ]
    solid, dashed, ring = sparkline(history, "2026-10", EN).data
    assert (solid.line.dash, list(solid.y)) == ("solid", [0.40, 0.42, None])
    assert (dashed.line.dash, list(dashed.y)) == ("4px 4px", [None, 0.42, 0.44])
    assert ring.marker.color == theme.CARD  # a ring: not endorsed yet


def test_sparkline_of_bounds_is_a_band_and_never_a_line_in_the_middle() -> None:
    history = [figure("older", "KH", month, low=0.2, high=0.3) for month in ("2026-09", "2026-10")]
    high, low, ring = sparkline(history, "2026-10", EN).data
    assert (list(high.y), list(low.y), low.fill) == ([0.3, 0.3], [0.2, 0.2], "tonexty")
    assert list(ring.y) == [0.2, 0.3]


def test_a_month_without_a_figure_is_a_gap() -> None:
    history = [
        figure("health", "KH", "2026-08", value=0.4, status="released"),
        figure("health", "KH", "2026-09", status="released"),
        figure("health", "KH", "2026-10", value=0.5, status="released"),
    ]
    solid = sparkline(history, "2026-10", EN).data[0]
    assert list(solid.y) == [0.4, None, 0.5]
    assert not solid.connectgaps


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
    drawn = discipline(
        [(Area("01", "province", 1, {"en": "First"}), "/area/01")], ["2026-10"], {"01": {"2026-10": cell}}, EN
    )
    (heat,) = drawn.data
    assert heat.z[0][0] == STEPS.index("mostly")
    href, hover_text = heat.customdata[0][0]
    assert href == "/area/01"
    assert hover_text == "<b>First</b>, October 2026<br>9 of 10 received, 8 on time, 1 late"


def test_radar_closes_its_outline_and_says_the_change_since_last_week() -> None:
    before = Flash("KH", "2026-W43", "compiled", dict.fromkeys(AXES, 50.0), 25, 25, (), "provisional")
    now = dataclasses.replace(before, week="2026-W44", axes=dict.fromkeys(AXES, 57.0))
    last_week, this_week = radar(now, before, EN).data
    assert last_week.line.dash == "3px 4px"
    assert list(this_week.r) == [57.0] * 6
    assert "57% (+7)" in this_week.theta[0]


def test_radar_leaves_an_unknown_axis_out() -> None:
    axes = dict.fromkeys(AXES, 57.0) | {"human_resources": None}
    (outline,) = radar(Flash("KH", "2026-W44", "own", axes, None, None, (), "provisional"), None, EN).data
    assert outline.r[1] is None
    assert "–" in outline.theta[1]
